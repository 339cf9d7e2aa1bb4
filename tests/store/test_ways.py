"""The ways of a domain's mail, and which keys and names are asked for because of them."""

from __future__ import annotations

from sekisho.core.facts import Way
from sekisho.core.reports.values import DkimAuth, SpfAuth
from sekisho.core.state.gather import MAX_NAMES, MAX_SELECTORS
from sekisho.core.state.wanted import wanted_of
from sekisho.core.terms import AuthResult, SpfScope
from sekisho.flow import House
from sekisho.registry.models import Organisation
from tests.builders import record, report_xml
from tests.web.pages.conftest import keep


def way(name: str, *dkim: tuple[str, str, str]) -> Way:
    return Way(name, "", tuple(DkimAuth(d, s, AuthResult(result)) for d, s, result in dkim), (), ())


def test_the_busiest_ways_of_one_domain_come_first(house: House, org: Organisation, other_org: Organisation) -> None:
    keep(house, org, [("a.xml", report_xml(1, [record("192.0.2.1", 5), record("192.0.2.2", 7, dkim="fail", spf="fail")]))])
    found = house.store.ways(org.pk, "example.jp", limit=10)
    assert [messages for _, messages in found] == [7, 5]
    assert all(found_way.header_from == "example.jp" for found_way, _ in found)
    assert len(house.store.ways(org.pk, "example.jp", limit=1)) == 1
    assert house.store.ways(other_org.pk, "example.jp", limit=10) == []


def test_keys_that_passed_come_before_what_anybody_can_make_up() -> None:
    ways = [
        (way("example.jp", ("example.jp", "made-up", "fail")), 900),
        (way("Sub.Example.jp", ("example.jp", "S1", "pass"), ("other.example", "x", "pass")), 3),
        (way("example.jp", ("mail.example.jp", "s2", "pass"), ("example.jp", "", "pass")), 5),
        (way("notexample.jp"), 9),
    ]
    wanted = wanted_of("example.jp", ways)
    assert wanted.selectors == (("mail.example.jp", "s2"), ("example.jp", "s1"), ("example.jp", "made-up"))
    assert wanted.names == ("sub.example.jp",)


def test_subdomains_whose_spf_passed_are_senders() -> None:
    def sent(domain: str, result: str, scope: SpfScope = SpfScope.MFROM) -> tuple[Way, int]:
        return Way("example.jp", domain, (), (SpfAuth(domain, scope, AuthResult(result)),), ()), 1

    ways = [
        sent("b.example.jp", "pass"),
        sent("c.example.jp", "fail"),
        sent("example.jp", "pass"),
        sent("other.example", "pass"),
        sent("h.example.jp", "pass", SpfScope.HELO),
    ]
    assert wanted_of("example.jp", ways).senders == ("b.example.jp",)


def test_what_spoofers_make_up_is_bounded() -> None:
    ways = [(way(f"n{n}.example.jp", ("example.jp", f"s{n}", "fail")), 1) for n in range(3000)]
    wanted = wanted_of("example.jp", ways)
    assert (len(wanted.selectors), len(wanted.names)) == (MAX_SELECTORS, MAX_NAMES)
