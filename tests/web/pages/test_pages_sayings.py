"""Every sentence the reader says is known to the catalogue, so that people read it in their language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from sekisho.web.pages.reasons import note_words, reason_words
from sekisho.web.pages.sayings import SENTENCES

CORE = Path(__file__).parents[3] / "src" / "sekisho" / "core"
ERRORS = {"NotAReport", "Broken", "TooLarge"}


NOT_THE_READER = {"judge", "dmarc", "dnsrecords"}
"""What these say is known by its code: reasons of verdicts, and findings on records (`test_dnswords`)."""


def said() -> Iterator[tuple[str, str]]:
    """(sentence, file) of every note and refusal in the reader's code, written as a constant."""
    for path in sorted(CORE.rglob("*.py")):
        if not NOT_THE_READER.isdisjoint(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from ((text, path.name) for text in _sentences(node))


def _sentences(call: ast.Call) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name in ERRORS and call.args:
        yield from _constants(call.args[0])
    elif (
        name in {"add", "Note"}
        and len(call.args) >= 2
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    ):
        yield from _constants(call.args[1])


def _constants(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def test_every_sentence_of_the_reader_is_known() -> None:
    unknown = {(text, file) for text, file in said() if text not in SENTENCES}
    assert unknown == set()
    assert len(SENTENCES) > 50


@pytest.mark.parametrize(
    ("reason", "japanese"),
    [
        ("report.xml: It is empty", "report.xml: 中身が空です"),
        ("It is empty", "中身が空です"),
        ("a: b.xml: It is empty; c: It is too large", "a: b.xml: 中身が空です; c: 大きすぎます"),
        ("something new: nobody knows", "something new: nobody knows"),
        ("", ""),
    ],
)
def test_reasons_are_said_in_japanese(reason: str, japanese: str) -> None:
    with translation.override("ja"):
        assert reason_words(reason) == japanese
    with translation.override("en"):
        assert reason_words(reason) == reason


def test_notes_are_said_in_japanese() -> None:
    with translation.override("ja"):
        assert note_words("The report has no identifier") == "レポートの番号がありません"
        assert note_words("a note of a later version") == "a note of a later version"
