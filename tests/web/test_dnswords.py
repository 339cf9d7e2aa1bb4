"""Every finding and every note on DNS records has words, and takes the values it is given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho import core
from sekisho.core.state.findings import Finding, Part, Severity
from sekisho.web.dnswords import NOTES, PARTS, SEVERITIES, WORDS, said

CORE = Path(core.__file__).parent
NEVER_SHOWN = {"not_dmarc"}
VALUES = {
    **dict.fromkeys(("domain", "why", "note", "where", "name", "tag", "policy", "expected", "p", "address", "selector"), "x"),
    **dict.fromkeys(("kind", "host", "term"), "x"),
    **dict.fromkeys(("n", "bits", "pct", "days"), 7),
}


def _noted() -> Iterator[str]:
    """The codes of notes that pages show."""
    for path in [*(CORE / "dmarc").glob("*.py"), *(CORE / "dnsrecords").glob("*.py")]:
        if path.name == "dkimkey.py":  # findings of their own say what is wrong with keys
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("Note", "_note"):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield str(first.value)


def _found() -> Iterator[str]:
    """The codes of findings as they are written in the code."""
    for name in ("findings.py", "spf.py"):
        for node in ast.walk(ast.parse((CORE / "state" / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                for part in ast.walk(node.value.elts[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


def test_every_note_has_words() -> None:
    codes = set(_noted())
    assert len(codes) > 30
    assert codes - NEVER_SHOWN - set(NOTES) == set()


def test_every_finding_has_words() -> None:
    codes = set(_found())
    assert len(codes) > 60
    assert {code for code in codes if not code.endswith("_")} - set(WORDS) == set()


@pytest.mark.parametrize("code", WORDS)
def test_words_take_the_values_of_their_finding(code: str) -> None:
    words = said(Finding(Part.DMARC, code, Severity.ADVICE, VALUES), lambda text: text)
    assert words.what
    assert not re.search(r"\{\w*\}", words.what + words.do)


def test_parts_and_severities_have_names() -> None:
    assert set(PARTS) == set(Part)
    assert set(SEVERITIES) == set(Severity)
