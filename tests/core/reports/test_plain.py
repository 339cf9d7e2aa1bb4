"""The patterns of plain parts give what the reference reader gives, or leave the part to it."""

import os
import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.reports.shown import said_shown

from sekisho.core.limits import DEFAULT
from sekisho.core.reports.markup import Collector, Malformed, Source
from sekisho.core.reports.metadata import read_metadata, read_policy
from sekisho.core.reports.pieces import Pieces
from sekisho.core.reports.plain import plain_identifiers, plain_metadata, plain_result, plain_said
from sekisho.core.reports.record import read_identifiers, read_result, read_said
from sekisho.core.reports.text import Flaws
from sekisho.core.reports.tree import Node, simple_tree

ROUNDS = int(os.environ.get("SEKISHO_FUZZ_ROUNDS", "600"))
"""Records tried; set it higher for a long run."""

blanks = st.sampled_from(["", " ", "\n      ", "\r\n\t", "x", "\x0b"])
WORDS = [
    *("example.com", "a.b-c_d.example", "EXAMPLE.com", "a..b", ".", " example.com ", "a@b.example", "x" * 253, "x" * 254),
    *("pass", "fail", "Pass", "hardfail", "none", "unknown", "bogus", "mfrom", "helo", "mailfrom", "s1", "S1", "r", "reject"),
    *("1791417600", "0", "00012", "9999999999", "8589934592", "1.0", "", " ", "&amp;", "<", "]]>", "日本", "a\u00ad", "~", "\x7f"),
]
values = st.one_of(
    st.sampled_from(WORDS),
    st.text(alphabet="abc.-_ 019&<>\"'\t", max_size=8),
)


def element(names: list[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(names), values, blanks).map(lambda e: f"<{e[0]}>{e[1]}</{e[0]}>{e[2]}")


def part(name: str, names: list[str]) -> st.SearchStrategy[str]:
    """The part with its elements in the usual order, some missing, or in any order."""
    usual = st.tuples(*[st.tuples(st.sampled_from([0, 1, 1]), values, blanks) for _ in names]).map(
        lambda found: "".join(f"<{n}>{v}</{n}>{b}" for n, (here, v, b) in zip(names, found, strict=True) if here)
    )
    content = st.one_of(usual, st.lists(element(names), max_size=6).map("".join))
    return st.tuples(blanks, blanks, content, blanks).map(lambda p: f"{p[0]}<{name}>{p[1]}{p[2]}</{name}>{p[3]}")


def reference(text: str) -> Node | None:
    return simple_tree(text, 1000, DEFAULT.text)


@given(part("identifiers", ["envelope_to", "envelope_from", "header_from"]))
@settings(max_examples=400)
def test_identifiers_are_those_of_the_reference_reader(text: str) -> None:
    found, node = plain_identifiers(text), reference(text)
    if found is not None:
        assert node is not None
        assert read_identifiers(node, DEFAULT) is found


@given(
    st.one_of(
        part("dkim", ["domain", "selector", "result", "human_result"]),
        part("dkim", ["domain", "result", "selector"]),
        part("spf", ["domain", "scope", "result", "human_result"]),
    )
)
@settings(max_examples=600)
def test_a_result_is_that_of_the_reference_reader(text: str) -> None:
    node = reference(text)
    for kind in ("dkim", "spf"):
        found = plain_result(kind, text)
        if found is not None:
            assert node is not None
            assert node.name == kind
            assert read_result(node, DEFAULT) is found


@given(st.tuples(part("date_range", ["begin", "end"]), part("report_metadata", ["org_name", "email", "report_id", "generator"])))
@settings(max_examples=400)
def test_metadata_are_those_of_the_reference_reader(parts: tuple[str, str]) -> None:
    dates, rest = parts
    text = rest.replace("</report_id>", f"</report_id>{dates}", 1)
    found, node = plain_metadata(text), reference(text)
    if found is not None:
        flaws = Flaws()
        assert node is not None
        assert read_metadata(node, flaws, DEFAULT) == found
        assert not flaws.found


@given(st.lists(part("policy_published", ["domain", "adkim", "p", "sp", "pct", "np", "domain"]), max_size=4), values, values)
@settings(max_examples=300)
def test_a_policy_is_that_of_the_reference_reader_whatever_was_read_before(texts: list[str], one: str, other: str) -> None:
    pieces = Pieces(DEFAULT)
    for text in [*texts, *(text.replace(f">{one}<", f">{other}<") for text in texts)]:
        node, found = reference(text), pieces.policy(text)
        assert found == (None if node is None else read_policy(node, DEFAULT))


FITTING = {
    "disposition": ["none", "quarantine", "reject", "pass"],
    "dkim": ["pass", "fail"],
    "spf": ["pass", "fail", "none"],
    "type": ["other", "local_policy", "forwarded", "policy_test_mode"],
    "comment": ["", " arc=pass ", "A mailing list. For sure"],
    "header_from": ["example.com", "a", "a.b-c_d.example"],
    "domain": ["example.com", "b12.example.com", "a", "", "x" * 253],
    "selector": ["s1", "", "a.b", "20260101"],
    "result": ["pass", " pass", "fail", "softfail", "hardfail", "temperror"],
    "scope": ["mfrom", "helo", "mailfrom"],
    "human_result": ["", " told so ", "2048 bit"],
}
ODD = [*WORDS, ".", ".a", "a.", "a..b", "Local Policy", "S1", "  pass", "x.x" * 90, "a b", "</dkim><dkim>"]


class Tails:
    """Writes what stands behind the count of a record, with few oddities, so that many of them are read by the pattern."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def leaf(self, name: str, missing: float) -> str:
        """An element, or none."""
        if self.chance.random() < missing:
            return ""
        odd = self.chance.random() < 0.02
        value = self.chance.choice(ODD if odd else FITTING.get(name, FITTING["domain"]))
        return f"<{name}>{value}</{name}>{self.blanks()}"

    def blanks(self) -> str:
        return (
            self.chance.choice(["", "\n    ", "\r\n", "\t "]) if self.chance.random() > 0.002 else self.chance.choice(["\x0b", "x"])
        )

    def within(self, name: str, *content: str) -> str:
        """An element around others."""
        return f"<{name}>{self.blanks()}{''.join(content)}</{name}>{self.blanks()}"

    def several(self, name: str, leaves: dict[str, float], numbers: list[int]) -> str:
        """Some elements of a name, each with leaves."""
        number = self.chance.choice(numbers)
        return "".join(self.within(name, *[self.leaf(leaf, missing) for leaf, missing in leaves.items()]) for _ in range(number))

    def one(self) -> str:
        """A tail."""
        selector = self.chance.choice([{"selector": 0.2, "result": 0.0}, {"result": 0.0, "selector": 0.2}])
        names = {"envelope_to": 0.5, "envelope_from": 0.3, "header_from": 0.01}
        if self.chance.random() < 0.3:
            names = {"envelope_to": 0.5, "header_from": 0.01, "envelope_from": 0.3}
        words = [self.leaf(name, 0.01) for name in ("disposition", "dkim", "spf")]
        parts = [
            self.within("policy_evaluated", *words, self.several("reason", {"type": 0.02, "comment": 0.4}, [0, 0, 1, 1, 2]))
            + "</row>",
            self.within("identifiers", *[self.leaf(name, missing) for name, missing in names.items()]),
            self.within(
                "auth_results",
                self.several("dkim", {"domain": 0.01, **selector, "human_result": 0.7}, [0, 1, 1, 2, 2, 3]),
                self.several("spf", {"domain": 0.01, "scope": 0.4, "result": 0.01, "human_result": 0.7}, [0, 1, 1, 1, 1, 2]),
            ),
        ]
        return "".join(parts)


def parsed(tail: str) -> Node | None:
    """The record that goes on like this, as expat gives it."""
    parts: list[Node] = []
    source = Source(Collector(DEFAULT, parts.append), DEFAULT)
    row = "<record><row><source_ip>192.0.2.1</source_ip><count>1</count>"
    try:
        source.feed(f"<feedback>{row}{tail}</record></feedback>".encode())
        source.close()
    except Malformed:
        return None
    return parts[0] if len(parts) == 1 else None


def test_a_record_is_that_of_the_reference_reader() -> None:
    tails, read = Tails(20261124), 0
    for _ in range(ROUNDS):
        tail = tails.one()
        found = plain_said(tail)
        if found is not None:
            read += 1
            record = parsed(tail)
            assert record is not None, tail
            assert said_shown(read_said(record, DEFAULT)) == said_shown(found), tail
    assert read > ROUNDS // 4  # else the pattern takes too little to show anything


def test_a_record_as_most_write_it_is_read_by_the_pattern() -> None:
    evaluated = "<policy_evaluated>\n <disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>"
    names = "<identifiers><envelope_from></envelope_from><header_from>a.example</header_from></identifiers>"
    dkim = "<dkim><domain>a.example</domain><selector>s1</selector><result>pass</result></dkim>"
    spf = "<spf><domain>b.example</domain><result> softfail</result></spf>"
    found = plain_said(f"\n{evaluated}{names}<auth_results>{dkim * 2}{spf}</auth_results>")
    assert found is not None
    assert (found.header_from, found.dkim[1].selector, found.spf[0].result) == ("a.example", "s1", "softfail")
    assert plain_said(f"{evaluated}{names}<auth_results>{dkim * 3}{spf}</auth_results>") is None


def test_what_is_usual_is_read_by_the_patterns() -> None:
    assert plain_identifiers(
        "\n<identifiers>\n <envelope_from></envelope_from>\n <header_from>a.example</header_from>\n</identifiers>"
    )
    assert plain_result("dkim", "<dkim><domain>a.example</domain><result>pass</result><selector>s1</selector></dkim>")
    assert plain_result("spf", "<spf><domain>a.example</domain><scope>mfrom</scope><result>softfail</result></spf>")
    dates = "<date_range><begin>1791417600</begin><end>1791503999</end></date_range>"
    head = "<org_name>A Mail</org_name><email>x@a.example</email><report_id>1!2</report_id>"
    assert plain_metadata(f"<report_metadata>{head}{dates}</report_metadata>")
