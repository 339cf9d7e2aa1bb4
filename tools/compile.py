"""Compiles the modules that an ingest spends its time in to machine code by mypyc; the source is the same, and so is what it does.

Needs a C compiler and Python's headers; where they are missing, or `SEKISHO_PURE=1` says so, the package runs from its source as
it is, only slower. The wheel's build hook comes here; `python -m tools.compile` compiles into the tree, at names git ignores.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = "compiled.json"
"""Beside the package: the sources that were compiled, by their hashes, so that old machine code is noticed."""
SUFFIX = sysconfig.get_config_var("EXT_SUFFIX") or ".so"

MODULES = {
    "core": ("facts", "limits", "mail", "mailhead", "names", "unpack", "ways"),
    "core/reports": (
        "address",
        "aggregate",
        "alignment",
        "failure",
        "markup",
        "metadata",
        "number",
        "open",
        "pieces",
        "plain",
        "record",
        "shortcut",
        "text",
        "tree",
        "values",
    ),
    "core/judge": ("advise", "case", "classify", "clues", "days", "habits", "hostnames", "likeness", "rules", "sources", "weights"),
    "store": ("around", "hosts", "judged", "keep", "rhythm", "span", "sql", "touched"),
}
"""By folder. Compiling one alone gains little: what counts is that they call each other without the interpreter."""

_SETUP = """
import json, sys
from mypyc.build import mypycify
from setuptools import setup
options = ["--config-file=", "--no-site-packages", "--follow-imports=silent", "--ignore-missing-imports"]
modules = mypycify([*options, *json.loads(sys.stdin.read())], opt_level="2", debug_level="0", multi_file=True, group_name="sekisho")
setup(name="sekisho-compiled", ext_modules=modules, script_args=["build_ext", "--inplace", "--parallel", "2"])
"""
"""Types of other packages are left out, so that the same comes out whatever is installed."""


def sources() -> list[Path]:
    """The modules that are compiled, from the root of the checkout."""
    return [Path("src/sekisho") / folder / f"{name}.py" for folder, names in MODULES.items() for name in names]


def can_compile() -> bool:
    """Whether there are mypyc, a C compiler and what it needs of Python, and nobody has asked for the source alone."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    headers = Path(sysconfig.get_path("include")) / "Python.h"
    if os.environ.get("SEKISHO_PURE") or find_spec("mypyc") is None or find_spec("setuptools") is None:
        return False
    return shutil.which(compiler) is not None and headers.is_file()


@contextmanager
def compiled(root: Path = ROOT) -> Iterator[Path]:
    """A folder with the extension modules, laid out as below `src`; it is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="sekisho-compiled-") as scratch:
        work = Path(scratch)
        shutil.copytree(root / "src" / "sekisho", work / "sekisho", ignore=_all_but_source)
        names = [str(path.relative_to("src")) for path in sources()]
        environment = {name: value for name, value in os.environ.items() if name != "MYPYPATH"}
        command = [sys.executable, "-c", _SETUP]
        done = subprocess.run(
            command, cwd=work, env=environment, input=json.dumps(names), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"the modules could not be compiled:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        shutil.rmtree(work / "build", ignore_errors=True)
        for path in work.rglob("*.py"):
            path.unlink()
        (work / "sekisho" / STATE).write_text(json.dumps(_state(root), indent=0))
        yield work


def install(made: Path, root: Path = ROOT) -> None:
    """Puts the extension modules into the source tree, in place of those that are there."""
    remove(root)
    for path in [*made.rglob(f"*{SUFFIX}"), made / "sekisho" / STATE]:
        shutil.copyfile(path, root / "src" / path.relative_to(made))


def remove(root: Path = ROOT) -> None:
    """Takes the extension modules out of the source tree, which then runs as it is written."""
    for path in [*(root / "src").rglob("*.so"), root / "src" / "sekisho" / STATE]:
        path.unlink(missing_ok=True)


def is_stale(root: Path = ROOT) -> bool:
    """Whether the source tree holds extension modules of another source than its own."""
    state = root / "src" / "sekisho" / STATE
    if not state.exists():
        return any((root / "src").rglob("*.so"))
    return bool(json.loads(state.read_text()) != _state(root))


def _state(root: Path) -> dict[str, str]:
    return {str(path): sha256((root / path).read_bytes()).hexdigest() for path in sources()}


def _all_but_source(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".py") and not (Path(folder) / name).is_dir()]


def main(words: list[str]) -> None:
    """`--remove` takes the machine code out of the tree, `--if-stale` makes it anew only where the source has changed."""
    if "--remove" in words:
        remove()
    elif "--if-stale" in words and not is_stale():
        return
    elif can_compile():
        with compiled() as fresh:
            install(fresh)
    else:
        remove()
        sys.stdout.write("no mypyc, C compiler or Python.h (gcc, libc6-dev, python3-dev): Sekisho runs from its source, slower\n")


if __name__ == "__main__":
    main(sys.argv[1:])
