"""Which clues a flow gives, by their keys in the table of weights, and which it must not give."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stories import DOMAIN, FAIL, NONE, NOTHING, PASS, SIGNS, SPF_ONLY, flow, host, signed, way

from sekisho.core.facts import Beat, Context, Evidence, Flow, Way
from sekisho.core.judge.book import BOOK
from sekisho.core.judge.case import Case
from sekisho.core.judge.clues import weigh
from sekisho.core.judge.weights import WEIGHTS
from sekisho.core.terms import Found

OWN_HOST = host("mail.example.co.jp")
STRANGER = host("srv4.example.net")
SENDGRID = host("o1.sendgrid.net")
GOOGLE = host("mail-pl1-f198.google.com")


@pytest.fixture(autouse=True)
def _tell_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets reasons name the whole key of their clue, of which a page only gets the code."""
    for key, weight in WEIGHTS.items():
        monkeypatch.setitem(WEIGHTS, key, weight._replace(code=key))


def keys(how: Way | Flow, evidence: Evidence = NOTHING, **context: object) -> set[str]:
    """The clues of a flow of a domain that signs."""
    mail = flow(how) if isinstance(how, Way) else how
    around = Context(**{**SIGNS, **context})  # type: ignore[arg-type]
    return {because.code for _, because in weigh(Case(mail, evidence, around, BOOK), BOOK).reasons}


def said(of: set[str], code: str) -> set[str]:
    """Those of one code, whatever company it is in."""
    return {key for key in of if key.partition(":")[0] == code}


# ---- receivers


@pytest.mark.parametrize(
    ("likeness", "clue"), [(0.01, "own_receivers"), (1.5, "own_receivers"), (-0.01, "other_receivers"), (-1.5, "other_receivers")]
)
def test_receivers_speak_for_the_owner_or_against(likeness: float, clue: str) -> None:
    assert keys(way(), STRANGER, receivers=likeness) & {"own_receivers", "other_receivers"} == {clue}


def test_receivers_of_which_nothing_is_known_are_no_clue() -> None:
    assert not keys(way(), STRANGER, receivers=0.0) & {"own_receivers", "other_receivers"}


@pytest.mark.parametrize("likeness", [1.5, -1.5])
def test_the_owners_own_host_needs_no_receivers_to_speak_for_it(likeness: float) -> None:
    assert not keys(way(), OWN_HOST, receivers=likeness) & {"own_receivers", "other_receivers"}


@pytest.mark.parametrize(
    ("silent", "reporters", "clues"),
    [
        (15, 10, set()),
        (16, 10, {"ceased"}),
        (16, 9, set()),
        (45, 10, {"ceased"}),
        (45, 7, set()),
        (46, 7, {"ceased:long"}),
        (46, 10, {"ceased:long"}),
        (46, 6, set()),
    ],
)
def test_mail_that_many_heard_and_that_stopped_has_ceased(silent: int, reporters: int, clues: set[str]) -> None:
    mail = flow(way(), 200, reporters=reporters)
    assert said(keys(mail, STRANGER, until=mail.last_day + silent), "ceased") == clues


def test_what_stopped_at_the_owners_host_is_mended_and_what_has_no_end_yet_goes_on() -> None:
    mail = flow(way(), 200, reporters=12)
    assert not said(keys(mail, OWN_HOST, until=mail.last_day + 60), "ceased")
    assert not said(keys(mail, STRANGER), "ceased")


def test_mail_at_a_shared_host_has_ceased_when_all_with_its_envelope_has() -> None:
    mail = flow(way(signed("k", PASS, "sendgrid.net"), envelope="em.sendgrid.net", spf_result=PASS), 3, 2, 3, reporters=2)
    until = mail.last_day + 60
    gone = Beat(900, 20, 12, mail.first_day - 5, mail.last_day, 12, hosts=6)
    assert said(keys(mail, SENDGRID, until=until, kin=gone), "ceased") == {"ceased:long"}
    assert not said(keys(mail, SENDGRID, until=until, kin=gone._replace(last_day=until - 1)), "ceased")


# ---- names of others

FAMILY = frozenset({DOMAIN, "example.net"})


@pytest.mark.parametrize(
    "how",
    [
        way(signed("k", PASS, "example.net")),
        way(signed("k", PASS, "news.example.net")),
        way(envelope="bounce.example.net", spf_result=PASS),
        way(signed("k", PASS, "mailer.test"), envelope="example.net", spf_result=PASS),
        way(signed("x7"), signed("k", PASS, "example.net")),
    ],
)
def test_a_proven_name_of_another_domain_of_the_owner_is_family(how: Way) -> None:
    assert "own_family" in keys(how, family=FAMILY)


@pytest.mark.parametrize(
    "how",
    [
        way(signed("k", FAIL, "example.net")),
        way(envelope="example.net", spf_result=FAIL),
        way(envelope="example.net", spf_result=NONE),
        way(signed("k", PASS, "example.org"), envelope="example.org", spf_result=PASS),
        way(signed("k", PASS, "example.net.phish.test")),
        way(envelope="mail.example.co.jp", spf_result=PASS),
        way(envelope=""),
    ],
)
def test_a_name_that_is_not_proven_or_of_strangers_is_no_family(how: Way) -> None:
    assert "own_family" not in keys(how, family=FAMILY)


def test_family_is_asked_for_only_where_nothing_of_the_author_is_left() -> None:
    relative = signed("k", PASS, "example.net")
    assert "own_family" not in keys(way(signed("s1"), relative), family=FAMILY)
    assert "own_family" not in keys(way(relative), OWN_HOST, family=FAMILY)
    assert "own_family" not in keys(way(relative))


CUSTOMER = signed("k", PASS, "customer.test")


@pytest.mark.parametrize(
    "how",
    [
        way(CUSTOMER, envelope="em1.sendgrid.net", spf_result=PASS),
        way(signed("s", PASS, "sendgrid.net"), CUSTOMER, envelope="em1.sendgrid.net", spf_result=PASS),
        way(envelope="bounce.customer.test", spf_result=PASS),
    ],
)
def test_a_proven_name_of_another_customer_tells_whose_mail_it_is(how: Way) -> None:
    assert said(keys(how, SENDGRID), "other_customer") == {"other_customer"}
    assert said(keys(how, SENDGRID, services=frozenset({"sendgrid"})), "other_customer") == {"other_customer:used"}


@pytest.mark.parametrize(
    ("how", "evidence"),
    [
        (way(signed("s", PASS, "sendgrid.net"), envelope="em1.sendgrid.net", spf_result=PASS), SENDGRID),
        (way(envelope="mail9.mcdlv.net", spf_result=PASS), host("mail9.mcdlv.net")),
        (way(signed("k", FAIL, "customer.test"), envelope="customer.test", spf_result=FAIL), SENDGRID),
        (way(signed("s1"), CUSTOMER, envelope="em1.sendgrid.net", spf_result=PASS), SENDGRID),
        (way(CUSTOMER, signed("k", PASS, "example-co-jp.20230601.gappssmtp.com")), SENDGRID),
        (way(CUSTOMER, envelope="customer.test", spf_result=PASS), STRANGER),
        (way(CUSTOMER, envelope="customer.test", spf_result=PASS), GOOGLE),
        (way(CUSTOMER, envelope="customer.test", spf_result=PASS), OWN_HOST),
    ],
    ids=["the service's names", "its return path", "not proven", "own mark", "own account", "no service", "mailboxes", "own host"],
)
def test_there_is_no_other_customer(how: Way, evidence: Evidence) -> None:
    assert not said(keys(how, evidence), "other_customer")


def test_a_relative_is_no_other_customer() -> None:
    found = keys(way(signed("k", PASS, "example.net")), SENDGRID, family=FAMILY)
    assert "own_family" in found
    assert not said(found, "other_customer")


# ---- hosts


@pytest.mark.parametrize("ptr", ["tickets.example.org", "support.example.org", "otrs2.it.example.org"])
def test_a_ticket_system_is_known_by_its_confirmed_name(ptr: str) -> None:
    assert "desk_by_name" in keys(way(), host(ptr))
    assert "desk_by_name" not in keys(way(), host(ptr, Found.NO))
    assert "desk_by_name" not in keys(way(signed("x7")), host(ptr))


@pytest.mark.parametrize("ptr", ["starts.example.org", "sport.example.org", "support.example.co.jp", "support.sendgrid.net"])
def test_no_ticket_system_of_others(ptr: str) -> None:
    assert "desk_by_name" not in keys(way(), host(ptr))


def test_lists_at_a_desk_are_lists() -> None:
    found = keys(way(), host("lists.support.example.org"))
    assert "list_by_name" in found
    assert "desk_by_name" not in found


@pytest.mark.parametrize(
    ("how", "around", "place"),
    [
        (way(signed("s1")), SIGNS, "marked"),
        (way(), {**SPF_ONLY, "real_selectors": frozenset()}, "bare"),
        (way(), SIGNS, "gone"),
    ],
)
def test_a_host_that_carries_for_many_passes_mail_on(how: Way, around: dict[str, object], place: str) -> None:
    def carried(evidence: Evidence, **more: object) -> set[str]:
        return said(keys(how, evidence, **{**around, **more}), "carries_for_others")

    assert carried(STRANGER, carries_for=3) == {f"carries_for_others:{place}_many"}
    assert carried(STRANGER, carries_for=2) == {f"carries_for_others:{place}"}
    assert carried(GOOGLE, carries_for=9) == {f"carries_for_others:{place}"}
    assert carried(STRANGER, carries_for=3, permitted_for=3) == set()
    assert carried(SENDGRID, carries_for=9) == set()
    assert carried(OWN_HOST, carries_for=9) == set()


def test_a_name_of_the_owner_that_does_not_lead_back_counts_by_his_signatures() -> None:
    forgotten = host("mail.example.co.jp", Found.NO)

    def told(how: Way, evidence: Evidence = forgotten, **context: object) -> set[str]:
        return said(keys(how, evidence, **context), "ptr_unconfirmed")

    assert told(way(signed("s1"))) == {"ptr_unconfirmed:own_signed"}
    assert told(way(), source_dkim=5) == {"ptr_unconfirmed:own_signed"}
    assert told(way()) == {"ptr_unconfirmed:own"}
    assert told(way(signed("x7"))) == {"ptr_unconfirmed:own"}
    assert told(way(signed("s1")), host("mail.example.net", Found.NO)) == {"ptr_unconfirmed"}
    assert told(way(signed("s1")), host("mail-pl1-f198.google.com", Found.NO)) == {"ptr_unconfirmed:lie"}
    assert told(way(signed("s1")), OWN_HOST) == set()


# ---- envelope and country


@pytest.mark.parametrize("evidence", [STRANGER, GOOGLE])
def test_a_stray_envelope_counts_apart_where_others_are_served(evidence: Evidence) -> None:
    def strays(envelope: str = "example.org", **context: object) -> set[str]:
        stray = keys(way(envelope=envelope, spf_result=NONE), evidence, **context)
        return {key for key in stray if key.startswith("foreign_envelope:stray")}

    assert strays(passes_for=2) == {"foreign_envelope:stray_served"}
    assert strays(passes_for=0) == ({"foreign_envelope:stray"} if evidence is GOOGLE else set())
    assert strays(passes_for=2, envelope_passed=9) == set()
    assert strays("example.net" if evidence is STRANGER else "google.com", passes_for=2) == set()
    assert strays(DOMAIN, passes_for=2) == set()


def test_hosts_alike_in_a_country_that_sends_nothing_count_apart() -> None:
    kin = Beat(60, 10, 9, 20_700, 20_729, 4, hosts=4)

    def abroad(how: Way = way(), evidence: Evidence = STRANGER, **context: object) -> set[str]:  # noqa: B008 - a value
        return said(keys(how, evidence, **{"country_share": 0.0, "kin": kin, **context}), "foreign_country")

    assert abroad() == {"foreign_country:kin"}
    assert abroad(kin=kin._replace(hosts=3)) == {"foreign_country"}
    assert abroad(evidence=GOOGLE) == {"foreign_country:shared"}
    assert abroad(country_share=0.01) == set()
    assert abroad(country_share=None) == set()
    assert abroad(domain_passed=10) == set()
    assert abroad(way(signed("s1"))) == set()
    assert abroad(evidence=OWN_HOST) == set()


def test_a_name_of_rented_servers_that_does_not_lead_back_is_no_line() -> None:
    rented = host("192-0-2-5.ip.linodeusercontent.com", Found.NO, address="192.0.2.5")
    line = replace(rented, ptr="192-0-2-5.ip.example.net")
    assert not said(keys(way(), rented), "ptr_dynamic")
    assert said(keys(way(), line), "ptr_dynamic") == {"ptr_dynamic"}
