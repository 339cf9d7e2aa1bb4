"""Cases of our own: what the public suites leave out."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.dmarc.asked import Table

from sekisho.core.questions import FAILED, NODATA, Answer, answered, found
from sekisho.core.spf.check import check_helo, check_mail_from
from sekisho.core.spf.limits import MAX_EXPLANATION, MAX_RECORD, MAX_TERMS
from sekisho.core.spf.macro import MacroString, expand, read_macros, shortened
from sekisho.core.spf.record import Flaw, parse_spf
from sekisho.core.spf.values import Client, SpfResult, Step, unmapped
from sekisho.core.terms import SpfScope

GOOD, BAD, SIX = "192.0.2.1", "198.51.100.1", "2001:db8::1"


def check(
    records: dict[str, object], address: str = GOOD, sender: str = "someone@example.jp", helo: str = "mx.example.net"
) -> SpfResult:
    return Table(records).ask(check_mail_from(Client(ip_address(address), helo, "mx.receiver.example", 1234567890), sender))  # type: ignore[arg-type]


LONG = "x" * 60
CHAIN = {f"r{n}.example": f"v=spf1 redirect=r{n + 1}.example" for n in range(12)}
MANY_MX = {"many.example MX": [f"10 m{n}.example" for n in range(11)], **{f"m{n}.example A": GOOD for n in range(11)}}
PTR = {
    "1.2.0.192.in-addr.arpa PTR": ["elsewhere.example", "host.example.jp"],
    "host.example.jp A": GOOD,
    "elsewhere.example A": GOOD,
}
LIARS = {"1.2.0.192.in-addr.arpa PTR": ["host.example.jp"], "host.example.jp A": BAD}


@pytest.mark.parametrize(
    ("record", "more", "address", "result"),
    [
        # addresses
        ("v=spf1 ip4:192.0.2.1 -all", {}, "::ffff:192.0.2.1", "pass"),
        ("v=spf1 ip6:::ffff:192.0.2.1 -all", {}, "::ffff:192.0.2.1", "fail"),
        ("v=spf1 ip4:0.0.0.0/0 -all", {}, SIX, "fail"),
        ("v=spf1 ip6:::/0 -all", {}, BAD, "fail"),
        ("v=spf1 ip4:192.0.2.77/24 -all", {}, GOOD, "pass"),
        ("v=spf1 ip6:2001:DB8::/32 -all", {}, SIX, "pass"),
        ("v=spf1 a:h.example/24//64 -all", {"h.example AAAA": "2001:db8::ffff"}, SIX, "pass"),
        ("v=spf1 a:h.example//64 -all", {"h.example A": "192.0.2.2"}, GOOD, "fail"),
        ("v=spf1 a:h.example/0 -all", {"h.example A": "203.0.113.1"}, GOOD, "pass"),
        # temporary errors, at each kind of question
        ("v=spf1 a:h.example -all", {"h.example A": FAILED}, GOOD, "temperror"),
        ("v=spf1 mx:h.example -all", {"h.example MX": FAILED}, GOOD, "temperror"),
        ("v=spf1 mx:h.example -all", {"h.example MX": "10 m.example", "m.example A": FAILED}, GOOD, "temperror"),
        ("v=spf1 exists:h.example -all", {"h.example A": FAILED}, GOOD, "temperror"),
        ("v=spf1 include:h.example -all", {"h.example": FAILED}, GOOD, "temperror"),
        ("v=spf1 redirect=h.example", {"h.example": FAILED}, GOOD, "temperror"),
        ("v=spf1 ip4:192.0.2.1 include:h.example -all", {"h.example": FAILED}, GOOD, "pass"),
        ("v=spf1 a:h.example -all", {"h.example AAAA": FAILED, "h.example A": GOOD}, GOOD, "pass"),
        # ptr: errors only fail to match
        ("v=spf1 ptr -all", {"1.2.0.192.in-addr.arpa PTR": FAILED}, GOOD, "fail"),
        ("v=spf1 ptr -all", {**LIARS, "host.example.jp A": FAILED}, GOOD, "fail"),
        ("v=spf1 ptr -all", PTR, GOOD, "pass"),
        ("v=spf1 ptr:ample.jp -all", PTR, GOOD, "fail"),
        ("v=spf1 ptr:EXAMPLE.jp -all", PTR, GOOD, "pass"),
        ("v=spf1 ptr -all", LIARS, GOOD, "fail"),
        # mail exchangers
        ("v=spf1 mx:many.example -all", MANY_MX, GOOD, "permerror"),
        ("v=spf1 mx:h.example -all", {"h.example MX": "0 ."}, GOOD, "fail"),
        ("v=spf1 mx:h.example -all", {"h.example A": GOOD, "h.example MX": NODATA}, GOOD, "fail"),
        # include and redirect
        ("v=spf1 include:h.example ~all", {"h.example": "v=spf1 -all"}, GOOD, "softfail"),
        ("v=spf1 -include:h.example +all", {"h.example": "v=spf1 ip4:192.0.2.1 -all"}, GOOD, "fail"),
        ("v=spf1 include:h.example ~all", {"h.example": "no spf"}, GOOD, "permerror"),
        ("v=spf1 include:h.example ~all", {"h.example": ["v=spf1 +all", "v=spf1 -all"]}, GOOD, "permerror"),
        ("v=spf1 include:h.example ~all", {"h.example": "v=spf1 foo +all"}, GOOD, "permerror"),
        ("v=spf1 redirect=h.example ?all", {"h.example": "v=spf1 +all"}, BAD, "neutral"),
        ("v=spf1 redirect=h.example", {"h.example": "no spf"}, GOOD, "permerror"),
        ("v=spf1 redirect=r3.example", {**CHAIN, "r12.example": "v=spf1 +all"}, GOOD, "pass"),
        ("v=spf1 redirect=r2.example", {**CHAIN, "r12.example": "v=spf1 +all"}, GOOD, "permerror"),
        ("v=spf1 include:example.jp -all", {}, GOOD, "permerror"),
        ("v=spf1 include:%{l}..example -all", {}, GOOD, "permerror"),
        # void look-ups
        ("v=spf1 a:x.example a:y.example ip4:192.0.2.1 -all", {}, GOOD, "pass"),
        ("v=spf1 a:x.example a:y.example a:z.example ip4:192.0.2.1 -all", {}, GOOD, "permerror"),
        ("v=spf1 ip4:192.0.2.1 a:x.example a:y.example a:z.example -all", {}, GOOD, "pass"),
        (f"v=spf1 a:{LONG}xxxx.example a:{LONG}yyyy.example a:{LONG}zzzz.example ip4:192.0.2.1 -all", {}, GOOD, "pass"),
        # what can be no name never matches
        (f"v=spf1 a:%{{l}}{LONG}{LONG}.example -all", {}, GOOD, "fail"),
        ("v=spf1 exists:%{l}..example -all", {}, GOOD, "fail"),
        # syntax before anything is looked up
        ("v=spf1 ip4:192.0.2.1 moo", {}, GOOD, "permerror"),
        ("v=spf1 +all ip4:192.0.2.256", {}, GOOD, "permerror"),
        ("v=spf1 ip4:192.0.2.1 redirect=a.example redirect=b.example", {}, GOOD, "permerror"),
        ("v=spf1 ip4:192.0.2.1 exp=a.example exp=b.example", {}, GOOD, "permerror"),
        ("v=spf1 ip4:192.0.2.1 x=1 x=2 -all", {}, GOOD, "pass"),
        ("v=spf1 ip4:192.0.2.1 x=%{z} -all", {}, GOOD, "permerror"),
        ("V=SPF1 IP4:192.0.2.1 -ALL", {}, GOOD, "pass"),
        ("v=spf1\tip4:192.0.2.1", {}, GOOD, "none"),
        ("v=spf10 ip4:192.0.2.1", {}, GOOD, "none"),
        ("v=spf1 a:ｅxample.jp -all", {}, GOOD, "permerror"),
        ("v=spf1 " + "x" * MAX_RECORD, {}, GOOD, "permerror"),
        ("v=spf1" + " ?a" * (MAX_TERMS + 1), {}, GOOD, "permerror"),
        # macros
        ("v=spf1 exists:%{t}.example -all", {}, GOOD, "permerror"),
        (
            "v=spf1 exists:%{l1r+}.%{h2}.%{v}.%{ir}.x.example -all",
            {"someone.example.net.in-addr.1.2.0.192.x.example A": BAD},
            GOOD,
            "pass",
        ),
        ("v=spf1 exists:%{p}.x.example -all", {**PTR, "host.example.jp.x.example A": BAD}, GOOD, "pass"),
        ("v=spf1 exists:%{p}.x.example -all", {**LIARS, "unknown.x.example A": BAD}, GOOD, "pass"),
        ("v=spf1 include:%{d2r}.x.example -all", {"jp.example.x.example": "v=spf1 +all"}, GOOD, "pass"),
        ("v=spf1 exists:%{S}.x.example -all", {"someone%40example.jp.x.example A": BAD}, GOOD, "pass"),
    ],
)
def test_a_check(record: str, more: dict[str, object], address: str, result: str) -> None:
    got = check({"example.jp": record, **more}, address)
    assert got.result.value == result, got


@pytest.mark.parametrize(
    ("sender", "helo", "domain", "result"),
    [
        ("someone@example.jp", "x", "example.jp", "pass"),
        ("<someone@EXAMPLE.jp>", "x", "example.jp", "pass"),
        ("example.jp", "x", "example.jp", "pass"),
        ('"a@b"@example.jp', "x", "example.jp", "pass"),
        ("someone@example.jp.", "x", "example.jp", "pass"),
        ("", "example.jp", "example.jp", "pass"),
        ("<>", "example.jp", "example.jp", "pass"),
        ("", "localhost", "localhost", "none"),
        ("", "", "", "none"),
        ("a@", "example.jp", "", "none"),
        ("a@localhost", "x", "localhost", "none"),
        ("a@[192.0.2.1]", "x", "[192.0.2.1]", "none"),
        ("a@ex..jp", "x", "ex..jp", "none"),
        ("a@.example.jp", "x", ".example.jp", "none"),
        ("a@日本.jp", "x", "xn--wgv71a.jp", "pass"),
        ("a@\u0000.jp", "x", "\u0000.jp", "none"),
        ("a@" + "x" * 64 + ".jp", "x", "x" * 64 + ".jp", "none"),
        ("a@" + "x." * 127 + "jp", "x", "x." * 127 + "jp", "none"),
    ],
)
def test_who_is_checked(sender: str, helo: str, domain: str, result: str) -> None:
    record = "v=spf1 ip4:192.0.2.1 -all"
    got = check({"example.jp": record, "xn--wgv71a.jp": record}, sender=sender, helo=helo)
    assert (got.domain, got.result.value, got.scope) == (domain, result, SpfScope.MFROM)


def test_helo_is_checked_as_postmaster() -> None:
    zone = Table({"mx.example.net": "v=spf1 exists:%{l}.x.example -all", "postmaster.x.example A": GOOD})
    got = zone.ask(check_helo(Client(ip_address(GOOD), "mx.example.net")))
    assert (got.result.value, got.scope, got.domain) == ("pass", SpfScope.HELO, "mx.example.net")


def test_a_domain_without_answer_is_a_temperror_and_not_none() -> None:
    got = check({"example.jp": Answer(FAILED.reply, why="SERVFAIL")})
    assert (got.result.value, got.problems[0].code, got.problems[0].why) == ("temperror", "unanswered", "SERVFAIL")


def test_the_result_tells_the_way_to_the_term() -> None:
    got = check(
        {
            "example.jp": "v=spf1 a:no.example redirect=b.example",
            "b.example": "v=spf1 include:c.example include:d.example -all",
            "c.example": "v=spf1 ip4:203.0.113.1",
            "d.example": "v=spf1 ?ip4:203.0.113.1 ip4:192.0.2.0/24 -all",
        }
    )
    assert got.path == (
        Step("example.jp", "redirect=b.example"),
        Step("b.example", "include:d.example"),
        Step("d.example", "ip4:192.0.2.0/24"),
    )
    assert (got.mechanism, got.lookups, got.voids, got.problems) == ("ip4:192.0.2.0/24", 4, 1, ())


def test_where_nothing_matches_the_mechanism_is_default() -> None:
    assert check({"example.jp": "v=spf1"}).mechanism == "default"


def test_a_problem_says_where_it_is() -> None:
    got = check({"example.jp": "v=spf1 include:b.example -all", "b.example": "v=spf1 ip4:1.2.3 -all"})
    problem = got.problems[0]
    assert (problem.code, problem.domain, problem.term) == ("syntax", "b.example", "ip4:1.2.3")
    assert got.path == (Step("example.jp", "include:b.example"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("%{i} is not one of %{d}'s.", "192.0.2.1 is not one of example.jp's."),
        ("%{c} %{r} %{t} 100%%", "192.0.2.1 mx.receiver.example 1234567890 100%"),
        ("bad %{x}", ""),
        ("日本", ""),
        ("%{p}", "unknown"),
        ("x" * (MAX_EXPLANATION + 1), "x" * MAX_EXPLANATION),
        (["one", "two"], ""),
        (FAILED, ""),
        (NODATA, ""),
    ],
)
def test_an_explanation(text: object, said: str) -> None:
    got = check({"example.jp": "v=spf1 -all exp=why.example.jp", "why.example.jp": text})
    assert (got.result.value, got.explanation) == ("fail", said)


def test_only_a_fail_of_its_own_is_explained() -> None:
    more = {"why.example.jp": "why", "b.example": "v=spf1 -all exp=why.example.jp"}
    assert check({"example.jp": "v=spf1 ~all exp=why.example.jp", **more}).explanation == ""
    assert check({"example.jp": "v=spf1 include:b.example -all", **more}).explanation == ""
    assert check({"example.jp": "v=spf1 redirect=b.example exp=no.example", **more}).explanation == "why"


def test_a_local_part_beyond_ascii_matches_no_term_that_names_it() -> None:
    more = {"x.example A": GOOD, "xn--wgv71a.x.example A": GOOD}
    got = check({"example.jp": "v=spf1 exists:%{l}.x.example ?all", **more}, sender="日本@example.jp")
    assert got.result.value == "neutral"


def test_a_local_part_cannot_leave_its_place_in_a_name() -> None:
    zone = Table({"example.jp": "v=spf1 exists:%{l}.x.example -all"})
    zone.ask(check_mail_from(Client(ip_address(GOOD), "h"), '"a\\.b"@example.jp'))
    assert zone.asked == ["example.jp", '"a\\\\.b".x.example']


def test_ten_names_of_an_address_are_looked_at() -> None:
    names = [f"n{n}.example.jp" for n in range(11)]
    zone = {"example.jp": "v=spf1 ptr -all", "1.2.0.192.in-addr.arpa PTR": names, "n10.example.jp A": GOOD}
    zone |= {f"{name} A": BAD for name in names[:10]}
    got = check(zone)
    assert (got.result.value, [problem.code for problem in got.problems]) == ("fail", ["ptr_names"])


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("v=spf1 a mx -all", []),
        (
            "v=spf1 moo -all ip4:1 mx/33 include",
            [("mechanism", "moo"), ("address", "ip4:1"), ("cidr", "mx/33"), ("domain", "include")],
        ),
        (
            "v=spf1 all:x a: a:b ptr/24 =x 7=x",
            [("all", "all:x"), ("domain", "a:"), ("domain", "a:b"), ("domain", "ptr/24"), ("term", "=x"), ("term", "7=x")],
        ),
        (
            "v=spf1 ip4:1.2.3.4/08 ip4:1.2.3.04 ip6:fe80::1%eth0 ip6:1.2.3.4",
            [("cidr", "ip4:1.2.3.4/08"), ("address", "ip4:1.2.3.04"), ("address", "ip6:fe80::1%eth0"), ("address", "ip6:1.2.3.4")],
        ),
        ("v=spf1 redirect= exp=%{d} exp=%{d}", [("domain", "redirect="), ("duplicate", "exp=%{d}")]),
        (
            "v=spf1 a:x.example/24/24 a:x.example//129 a:%{d0}.x a:%{d}/24",
            [("domain", "a:x.example/24/24"), ("cidr", "a:x.example//129"), ("domain", "a:%{d0}.x")],
        ),
        (
            "v=spf1 -redirect=x.example +exp:x.example redirect:x.example",
            [("mechanism", "-redirect=x.example"), ("mechanism", "+exp:x.example"), ("mechanism", "redirect:x.example")],
        ),
    ],
)
def test_all_errors_of_a_record_are_found(text: str, flaws: list[tuple[str, str]]) -> None:
    assert [(flaw.code, flaw.text) for flaw in parse_spf(text).flaws] == flaws


def test_unknown_modifiers_are_kept_and_ignored() -> None:
    record = parse_spf("v=spf1 ra=postmaster rp=100 all=x -all")
    assert ([term.name for term in record.unknown], record.flaws) == (["ra", "rp", "all"], ())


VALUES = {
    "s": "strong-bad@email.example.com",
    "l": "strong-bad",
    "o": "email.example.com",
    "d": "email.example.com",
    "i": "192.0.2.3",
    "v": "in-addr",
}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d3}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l}", "strong-bad"),
        ("%{l-}", "strong.bad"),
        ("%{lr}", "strong-bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
        ("%{d999999999999}", "email.example.com"),
    ],
)
def test_the_examples_of_rfc_7208_7_4(text: str, made: str) -> None:
    string = read_macros(text)
    assert isinstance(string, MacroString)
    assert expand(string, VALUES) == made


def test_a_name_too_long_loses_labels_at_its_left() -> None:
    name = ".".join(["a" * 50] * 6)
    assert shortened(name) == ".".join(["a" * 50] * 4)


@given(st.text(max_size=300).map(lambda text: "v=spf1 " + text) | st.text("v=spf1 aimx%{}:/.=+-~?12lsodrp ", max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    record = parse_spf(text)
    assert all(isinstance(flaw, Flaw) for flaw in record.flaws)


@given(
    st.lists(
        st.sampled_from(
            [
                "include:%{l}.e.jp",
                "include:e.jp",
                "a:%{s}",
                "mx:%{h}",
                "exists:%{p}.%{i}",
                "ptr",
                "redirect=e.jp",
                "redirect=%{d}",
                "-all",
                "exp=%{L}",
            ]
        )
    ),
    st.text(max_size=80),
    st.text(max_size=80),
    st.sampled_from([found("v=spf1 include:e.jp mx"), found("10 a.jp", "x"), NODATA, FAILED]),
)
def test_whoever_sends_a_check_ends_within_its_bounds(terms: list[str], sender: str, helo: str, other: Answer) -> None:
    asked = []

    def answer(question: object) -> Answer:
        asked.append(question)
        name, rtype = question.name, question.rtype  # type: ignore[attr-defined]
        if rtype == "TXT" and name.endswith("e.jp"):
            return found("v=spf1 " + " ".join(terms))
        return found(GOOD) if rtype in ("A", "AAAA") and other.found else other

    got = answered(check_mail_from(Client(unmapped(GOOD), helo), sender + "@e.jp"), answer)
    assert got.lookups <= 11
    assert got.voids <= 3
    assert len(asked) < 150
