"""The shortcuts of the aggregate reader give what expat alone gives: by property, and over mutants of real shapes."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.reports.shown import shown

from sekisho.core.errors import ReadError
from sekisho.core.limits import Limits
from sekisho.core.reports import pieces as known
from sekisho.core.reports import shortcut
from sekisho.core.reports.aggregate import read_aggregate
from sekisho.core.reports.markup import Collector, Malformed, Source
from sekisho.core.reports.tree import HOLDERS, Node, simple_tree
from sekisho.core.unpack import Budget, unpack

DATA = Path(__file__).parents[2] / "data" / "aggregate"
CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "aggregate"
ROUNDS = int(os.environ.get("SEKISHO_FUZZ_ROUNDS", "600"))
"""Mutants tried; set it higher for a long run."""
LONGEST = 20_000
"""Bytes of a document that is mutated; longer ones teach nothing more."""

SNIPPETS = (
    b"<", b">", b"&", b"&amp;", b"&#65;", b"&nope;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?x?>", b"<?", b"?>", b"\0",
    b"\r", b"\r\n", b"\xff", b"\xe3\x81\x82", b"\xef\xbf\xbf", b"\x0b", b"/", b" ", b"'", b'"', b"<record>", b"</record>",
    b"<record/>", b"</record >", b"<row>", b"</row>", b"<source_ip>", b"</source_ip>", b"<source_ip>192.0.2.99</source_ip>",
    b"<count>", b"</count>", b"<count>5</count>", b"<count/>", b"<feedback>", b"</feedback>", b"<identifiers>",
    b"</identifiers>", b"<auth_results>", b"</auth_results>", b"<dkim>", b"</dkim>",
    b"<spf><domain>x.example</domain></spf>", b"<version>1</version>", b"<extension/>", b"<policy_published>",
    b"</report_metadata>", b"<a b='c>d'/>", b'<a b="', b"<x:row>", b"<unknown>", b"</unknown>", b"<header_from/>",
    b"<reason><type>other</type></reason>", b"<domain>", b"::1", b"300.1.1.1", b"99999999999", b"-1", b"xmlns='x'",
    b"<!DOCTYPE a>",
)  # fmt: skip


def documents() -> list[bytes]:
    """Our samples, and the published ones where they are at hand."""
    found = [path.read_bytes() for path in sorted(DATA.glob("*.xml"))]
    for path in sorted(CORPUS.glob("*")) if CORPUS.is_dir() else ():
        try:
            found += [b"".join(content.chunks) for content in unpack(path.read_bytes(), Budget())]
        except ReadError:
            continue
    return [document for document in found if document]


def pieces(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """The data cut at random."""
    position = 0
    while position < len(data):
        size = chance.choice((1, 13, 200, 3000, 100_000))
        yield data[position : position + size]
        position += size


def outcome(chunks: Iterator[bytes], *, shortcuts: bool) -> object:
    """The report as plain values, or the refusal."""
    try:
        return shown(read_aggregate(chunks, shortcuts=shortcuts))
    except ReadError as error:
        return type(error), error.reason


def assert_same(data: bytes, chance: random.Random) -> bool:
    """Both readings agree; whether there was a report."""
    alone = outcome(iter((data,)), shortcuts=False)
    quick = outcome(pieces(data, chance), shortcuts=True)
    assert quick == alone, data
    return isinstance(alone, dict)


def mutant(document: bytes, other: bytes, chance: random.Random) -> bytes:
    """The document with a few random changes."""
    data = bytearray(document)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(6):
            case 0:
                data[at:at] = chance.choice(SNIPPETS)
            case 1:
                del data[at : at + chance.choice((1, 2, 10, 300))]
            case 2:
                data[at : at + 1] = bytes((chance.randrange(256),))
            case 3:
                start = chance.randrange(len(data) + 1)
                data[at:at] = data[start : start + chance.choice((5, 60, 900))]
            case 4:
                tag = chance.choice(SNIPPETS[24:])
                near = data.find(b">", at)
                data[near + 1 : near + 1] = tag
            case 5:
                start = chance.randrange(len(other) + 1)
                data[at:at] = other[start : start + chance.choice((30, 400, 1500))]
    return bytes(data)


@pytest.mark.parametrize("number", range(len(documents())))
def test_each_document_is_read_the_same_way(number: int) -> None:
    assert_same(documents()[number], random.Random(number))


def test_mutants_are_read_or_refused_the_same_way() -> None:
    chance = random.Random(20261124)
    found = [document[:LONGEST] for document in documents()]
    read = sum(assert_same(mutant(chance.choice(found), chance.choice(found), chance), chance) for _ in range(ROUNDS))
    assert read > ROUNDS // 4  # else the mutants are too wild to show anything


words = st.sampled_from(
    [
        "",
        "pass",
        "Fail",
        "none",
        "example.com",
        "a@b.example",
        "x, y",
        "&lt;",
        "&",
        "<",
        ">",
        "]]>",
        "é",
        "\r\n",
        "\t",
        "local_policy",
    ]
)
names = st.sampled_from(
    [
        "source_ip",
        "count",
        "row",
        "dkim",
        "spf",
        "domain",
        "result",
        "header_from",
        "identifiers",
        "auth_results",
        "reason",
        "type",
        "policy_evaluated",
        "record",
        "other",
    ]
)
values = st.one_of(words, st.text(max_size=6), st.sampled_from(["192.0.2.1", "::1", "7", "1.2.3.4.5"]))
leaves = st.tuples(names, values).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>")
elements = st.recursive(
    leaves,
    lambda inner: st.tuples(names, st.lists(st.one_of(inner, values), max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=12,
)
rows = st.tuples(values, values, st.lists(elements, max_size=3)).map(
    lambda parts: f"<row><source_ip>{parts[0]}</source_ip><count>{parts[1]}</count>{''.join(parts[2])}</row>"
)
records = st.tuples(rows, st.lists(elements, max_size=4)).map(lambda parts: f"<record>{parts[0]}{''.join(parts[1])}</record>")


@given(st.lists(st.one_of(records, elements), max_size=5), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=150)
def test_made_up_documents_are_read_the_same_way(parts: list[str], chance: random.Random) -> None:
    head = "<feedback><report_metadata><date_range><begin>1</begin><end>2</end></date_range></report_metadata>"
    data = f"{head}{''.join(parts)}</feedback>".encode("utf-8", "surrogatepass")
    assert_same(data, chance)


def tree(node: Node) -> object:
    """What the readers ask of a node: the text only of one that is a value."""
    is_value = not node.children or node.name not in HOLDERS | {"dkim", "spf"}
    return node.name, node.text.strip(" \t\r\n") if is_value else "", [tree(child) for child in node.children]


@given(elements)
@settings(deadline=None, max_examples=300)
def test_a_simple_tree_is_the_tree_that_expat_gives(text: str) -> None:
    simple = simple_tree(text, 1000, 2048)
    parts: list[Node] = []
    collector = Collector(Limits(), parts.append)
    source = Source(collector, Limits())
    try:
        source.feed(f"<feedback><record>{text}</record></feedback>".encode("utf-8", "surrogatepass"))
        source.close()
    except Malformed:
        assert simple is None
        return
    if simple is not None:
        assert [tree(child) for child in parts[0].children] == [tree(simple)]


def test_the_shortcut_is_taken_for_plain_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (DATA / "001-plain.xml").read_bytes()
    expected = outcome(iter((data,)), shortcuts=False)
    monkeypatch.setattr(shortcut, "Source", None)  # no parser at all is needed
    monkeypatch.setattr(known, "Source", None)
    monkeypatch.setattr(known, "PIECES", known.Pieces(Limits()))
    monkeypatch.setattr(shortcut, "PIECES", known.PIECES)
    assert outcome(iter((data,)), shortcuts=True) == expected
