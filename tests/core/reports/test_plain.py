"""The patterns of plain parts give what the reference reader gives, or leave the part to it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.core.limits import DEFAULT
from sekisho.core.reports.metadata import read_metadata, read_policy
from sekisho.core.reports.pieces import Pieces
from sekisho.core.reports.plain import plain_identifiers, plain_metadata, plain_result
from sekisho.core.reports.record import read_identifiers, read_result
from sekisho.core.reports.text import Flaws
from sekisho.core.reports.tree import Node, simple_tree

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


def test_what_is_usual_is_read_by_the_patterns() -> None:
    assert plain_identifiers(
        "\n<identifiers>\n <envelope_from></envelope_from>\n <header_from>a.example</header_from>\n</identifiers>"
    )
    assert plain_result("dkim", "<dkim><domain>a.example</domain><result>pass</result><selector>s1</selector></dkim>")
    assert plain_result("spf", "<spf><domain>a.example</domain><scope>mfrom</scope><result>softfail</result></spf>")
    dates = "<date_range><begin>1791417600</begin><end>1791503999</end></date_range>"
    head = "<org_name>A Mail</org_name><email>x@a.example</email><report_id>1!2</report_id>"
    assert plain_metadata(f"<report_metadata>{head}{dates}</report_metadata>")
