"""The words of the judge: every code has its sentence in both languages, and no value can break one."""

import gettext
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import trans_real
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.facts import Because
from sekisho.core.judge.weights import WEIGHTS
from sekisho.core.terms import Class
from sekisho.web import words

PART = Path(words.__file__).parent / "locale" / "ja" / "parts" / "words.po"
HOLE = re.compile(r"%\((\w+)\)s")
DECIDED = (
    "same_source",
    "decided_ours",
    "decided_forwarder",
    "decided_spoofer",
    "little_evidence",
    "dkim_aligned",
    "spf_aligned",
    "both_aligned",
)


@pytest.fixture
def japanese() -> Iterator[None]:
    """The page in Japanese, with this part of the catalogue whether or not it has been compiled."""
    with PART.open("rb") as file:
        catalog = read_po(file, locale="ja")
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    with translation.override("ja"):
        whole = trans_real.translation("ja")
        kept = list(whole._catalog._catalogs)
        whole._catalog.update(gettext.GNUTranslations(compiled))
        yield
        whole._catalog._catalogs = kept


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def entries():
    with PART.open("rb") as file:
        return [message for message in read_po(file, locale="ja") if message.id]


def test_every_reason_of_the_judge_has_a_sentence():
    assert {weight.code for weight in WEIGHTS.values()} | set(DECIDED) <= set(words.REASONS)


def test_every_entry_is_translated_with_the_same_values():
    for message in entries():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), message.id
        assert set(HOLE.findall(strings[-1])) == set(HOLE.findall(ids[-1])), message.id


def test_the_part_translates_all_that_the_module_says(english):
    translated = {message.id if isinstance(message.id, str) else message.id[1] for message in entries()}
    for table in (words.REASONS, words.EXPLAINED, words.ADVICE, words.SENTENCES):
        for code in table:
            said = _template(table, code)
            assert said in translated, code


def _template(table, code: str) -> str:
    """The English sentence with its holes."""

    class Holes(dict):
        def __missing__(self, key):
            return f"%({key})s"

    return str(table[code] % Holes(count=2)) if "%" in str(table[code]) or hasattr(table[code], "__mod__") else str(table[code])


@pytest.mark.parametrize(
    ("because", "sentence"),
    [
        (
            Because("never_aligned", Class.SPOOF, 1, {"domain": "example.co.jp", "n": 3412, "days": 90}),
            "このホストから、example.co.jp の正しい署名が付いたメールは一度も届いていません（90 日間、3,412 通）。",
        ),
        (
            Because("known_service", Class.FAILING, 5, {"service": "SPIRAL", "id": "spiral", "domain": "example.co.jp"}),
            "スパイラル（ver.1） の送信元です。example.co.jp はこのサービスを使っています。",
        ),
        (
            Because("burst", Class.SPOOF, 1, {"date": 20_777, "days": 4, "n": 1200}),
            "11/20 に突然現れ、4 日間で 1,200 通を送っています。",
        ),
        (
            Because("decided_ours", Class.FAILING, 5, {"person": "佐藤", "date": 20_777}),
            "佐藤 さんが 2026年11月20日 に「自社の送信元」と判断しました。",
        ),
    ],
)
def test_reasons_in_japanese(japanese, because, sentence):
    assert words.reason(because) == sentence


@pytest.mark.parametrize(
    ("because", "sentence"),
    [
        (Because("began_together", Class.SPOOF, 1, {"n": 1}), "1 other source began on the same day."),
        (Because("began_together", Class.SPOOF, 1, {"n": 1200}), "1,200 other sources began on the same day."),
        (Because("few_steady", Class.FORWARDED, 1, {"days": 1}), "Small, steady numbers over 1 day."),
        (
            Because("known_service_new", Class.FAILING, 1, {"service": "SPIRAL", "id": "spiral", "domain": "example.com"}),
            "It belongs to SPIRAL, seen for example.com for the first time.",
        ),
        (Because("foreign_envelope", Class.SPOOF, 2, {}), "The envelope sender belongs to another domain, …."),
        (Because("of_a_later_version", Class.SPOOF, 2, {"n": 1}), "of_a_later_version"),
    ],
)
def test_reasons_in_english(english, because, sentence):
    assert words.reason(because) == sentence


def test_sentences_names_and_confidence(japanese):
    assert words.verdict_sentence(Class.SPOOF, "example.jp") == "第三者が、example.jp を名乗って送っている可能性が高いです。"
    assert words.verdict_sentence(Class.SPOOF, "example.jp", confirmed=True) == "なりすましと確定した送信元です。"
    assert words.verdict_sentence(Class.FAILING, "example.jp", confirmed=True).startswith("本物のメールが、設定の不備")
    assert words.class_name(Class.SPOOF, confirmed=True) == "なりすまし（確定）"
    assert [words.confidence_word(c) for c in (1.0, 0.9, 0.89, 0.7, 0.69, 0.0)] == ["高", "高", "中", "中", "低", "低"]
    assert words.sender_name("docomo") == "NTTドコモ"
    assert words.sender_name("unknown-id", "Example") == "Example"


def test_advice(english):
    assert words.advice("spf_add", {"mechanism": "ip4:203.0.113.9", "n": 1}) == (
        "Add `ip4:203.0.113.9` to the SPF record. That makes 1 look-up of at most 10."
    )
    assert words.advice("", {}) == ""


@given(
    st.sampled_from(sorted(words.REASONS)),
    st.dictionaries(
        st.sampled_from(("domain", "n", "days", "date", "id", "service", "envelope", "ptr", "person")),
        st.one_of(st.text(max_size=400), st.integers()),
    ),
)
def test_no_value_can_break_a_sentence(code, values):
    said = words.reason(Because(code, Class.SPOOF, 1, values))
    assert said
    assert "%(" not in said or any("%(" in str(value) for value in values.values())
    assert len(said) < 3_000
    assert words.evidence_line(Because(code, Class.SPOOF, 1, values)) is not None
