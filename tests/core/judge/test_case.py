"""What a flow comes to before it is weighed: accounts, relays, keys, shapes, hosts known by SPF."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stories import DOMAIN, FAIL, NO_NAME, NONE, NOTHING, PASS, SIGNS, SPF_ONLY, flow, host, signed, way

from sekisho.core.facts import Beat, Context, Evidence, Flow
from sekisho.core.judge.book import BOOK
from sekisho.core.judge.case import Case, Signature
from sekisho.core.judge.classify import classify, classify_source
from sekisho.core.judge.days import Shape
from sekisho.core.judge.hostnames import looks_dynamic, looks_fixed, looks_like_lists, looks_like_mail_server
from sekisho.core.judge.likeness import is_named_after
from sekisho.core.state.own import OwnRecords, own_context
from sekisho.core.terms import AuthResult, Class, Found


def case(mail: Flow, evidence: Evidence = NOTHING, **context: object) -> Case:
    return Case(mail, evidence, Context(**{**SIGNS, **context}), BOOK)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("domain", "author", "is_so"),
    [
        ("example-co-jp.20230601.gappssmtp.com", "example.co.jp", True),
        ("example.onmicrosoft.com", "example.co.jp", True),
        ("example.onmicrosoft.com", "news.example.co.jp", True),
        ("other.onmicrosoft.com", "example.co.jp", False),
        ("example.com", "example.co.jp", False),
        ("ab.onmicrosoft.com", "ab.example", False),
    ],
)
def test_accounts_are_known_by_the_owners_name(domain: str, author: str, is_so: bool) -> None:
    assert is_named_after(domain, author) is is_so


def test_an_accounts_signature_is_a_fault_at_its_service_and_a_detour_elsewhere() -> None:
    mail = flow(way(signed("20230601", PASS, "example-co-jp.20230601.gappssmtp.com")))
    at_google = classify(mail, host("mail-pl1-f198.google.com"), Context(**SIGNS), BOOK)
    elsewhere = classify(mail, host("mail01.docomo.ne.jp"), Context(**SIGNS), BOOK)
    assert (at_google.klass, elsewhere.klass) == (Class.FAILING, Class.FORWARDED)


def test_mail_without_signature_is_untold_where_the_receivers_never_name_any() -> None:
    assert case(flow(way()), untold=1.0).signature is Signature.UNTOLD
    assert case(flow(way()), untold=0.2).signature is Signature.ABSENT
    assert case(flow(way(signed("s1"))), untold=1.0).signature is Signature.REAL_BROKEN


def test_who_hands_over_intact_signatures_without_spf_relays() -> None:
    mail = flow(way(signed("s1")))
    assert case(mail, source_dkim=5).relays
    assert not case(mail, source_dkim=5, source_spf=5).relays
    assert not case(mail, source_dkim=5, group_keys=frozenset({(DOMAIN, "s1")})).relays
    assert not case(mail, source_dkim=5, source_first_pass_day=mail.last_day + 1).relays


def test_a_key_in_the_dns_that_never_verified_is_the_signers_fault() -> None:
    mail = flow(way(signed("s9")))
    known = case(mail, real_selectors=frozenset({(DOMAIN, "s9")}), unproven_selectors=frozenset({(DOMAIN, "s9")}))
    assert known.signature is Signature.NEVER_VALID


def test_own_records_tell_of_keys_without_any_pass_and_of_keys_that_are_none() -> None:
    own = OwnRecords(DOMAIN, published=frozenset({(DOMAIN, "s1"), (DOMAIN, "s9")}), withdrawn=frozenset({(DOMAIN, "x7")}))
    seen = Context(**SIGNS)  # type: ignore[arg-type]

    def state(selector: str, result: AuthResult = FAIL) -> Signature:
        mail = flow(way(signed(selector, result)))
        return Case(mail, NOTHING, own_context(own, mail, seen), BOOK).signature

    assert (state("s1"), state("s9")) == (Signature.REAL_BROKEN, Signature.NEVER_VALID)
    assert state("x7", AuthResult.TEMPERROR) is Signature.FAKE


def test_a_web_hosts_own_name_as_envelope_is_a_programs() -> None:
    web_host = host("server12-3.web-hosting.com")
    assert case(flow(way(envelope="server12-3.web-hosting.com", spf_result=NONE)), web_host).is_script
    assert case(flow(way(envelope="server99-1.web-hosting.com", spf_result=NONE)), web_host).is_script
    assert not case(flow(way(envelope="gmail.com", spf_result=FAIL)), web_host).is_script
    assert not case(flow(way(envelope="docomo.ne.jp", spf_result=PASS)), host("mail01.docomo.ne.jp")).is_script


def test_made_up_envelopes_from_one_address_speak_against_forwarding() -> None:
    context = Context(**SIGNS)  # type: ignore[arg-type]
    server = host("v87.linodeusercontent.com")

    def forwarded(*envelopes: str) -> float:
        mails = [(flow(way(signed("s1"), envelope=name, spf_result=NONE)), context) for name in envelopes]
        verdict = classify_source(mails, server, BOOK)[0]
        return verdict.confidence if verdict.klass is Class.FORWARDED else 0.0

    assert forwarded("a.example", "a.example", "a.example", "a.example") > forwarded("a.example", "b.example", "c.example") + 0.01


def test_a_filter_on_an_office_line_may_pass_on_what_it_breaks() -> None:
    line = host("203-0-113-9.dynamic.example.net")
    assert classify(flow(way(signed("s1"))), line, Context(**SIGNS), BOOK).klass is Class.FORWARDED  # type: ignore[arg-type]
    assert classify(flow(way(), 6, 3, 5), line, Context(**SIGNS), BOOK).klass is Class.SPOOF  # type: ignore[arg-type]


def test_a_burst_at_a_service_in_use_is_never_sure_to_be_the_owners() -> None:
    proven = way(signed("k", PASS, "sendgrid.net"), envelope="em.sendgrid.net", spf_result=PASS)
    burst = flow(proven, 400, 3, 3, reporters=9)
    context = Context(**SIGNS, services=frozenset({"sendgrid"}), group_keys=frozenset({(DOMAIN, "s1")}), group_passed=900)  # type: ignore[arg-type]
    assert classify(burst, host("o1.sendgrid.net"), context, BOOK).confidence < 0.9


def test_a_proper_server_of_strangers_is_likely_only() -> None:
    proven = way(signed("k", PASS, "news.example"), envelope="news.example", spf_result=PASS)
    mail = flow(proven, 400, 3, 3, reporters=9)
    context = Context(**SIGNS, until=20_790, domain_first_day=20_600, source_first_day=mail.first_day)  # type: ignore[arg-type]
    verdict = classify(mail, host("mx1.news.example", lists_asked=3), context, BOOK)
    assert verdict.klass is Class.SPOOF
    assert verdict.confidence < 0.9


def test_spf_of_a_services_return_path_tells_whose_host_it_is() -> None:
    proven = flow(way(envelope="bounce.cuenotefc.jp", spf_result=PASS))
    refused = flow(way(envelope="bounce.cuenotefc.jp", spf_result=FAIL))
    assert case(proven, NO_NAME).host is BOOK.senders["cuenote"]
    assert case(refused, NO_NAME).host is None
    assert case(proven, host("mx.example.net")).host is BOOK.senders["cuenote"]
    passed_on = flow(way(envelope="docomo.ne.jp", spf_result=PASS))
    assert case(passed_on, host("mx.example.net")).host is None


def test_a_host_that_passes_for_others_is_shared() -> None:
    mail = flow(way())
    assert case(mail, host("mx.example.net"), passes_for=1).is_shared
    assert not case(mail, host("mx.example.co.jp"), passes_for=1).is_shared


def test_a_service_with_a_key_that_it_never_signs_with_was_handed_the_mail() -> None:
    mail = flow(way(signed("s1"), envelope="em.sendgrid.net", spf_result=PASS))
    theirs = frozenset({(DOMAIN, "sg")})
    assert case(mail, host("o1.sendgrid.net"), group_selectors=theirs).had_it_in_hand
    assert not case(mail, host("o1.sendgrid.net"), group_selectors=frozenset({(DOMAIN, "s1")})).had_it_in_hand


@pytest.mark.parametrize(
    ("envelope", "result", "handed"),
    [
        (DOMAIN, PASS, False),
        (DOMAIN, FAIL, False),
        ("news.example.co.jp", NONE, False),
        ("exclaimer.net", PASS, True),
        ("customer.test", FAIL, True),
    ],
)
def test_who_signs_mail_on_its_way_out_keeps_the_authors_envelope(envelope: str, result: AuthResult, handed: bool) -> None:
    mail = flow(way(signed("s1"), envelope=envelope, spf_result=result))
    service = host("mail-euw1.exclaimer.net")
    assert case(mail, service).host is BOOK.senders["exclaimer"]
    assert case(mail, service).had_it_in_hand is handed
    assert case(mail, service, group_selectors=frozenset({(DOMAIN, "sg")})).had_it_in_hand is handed
    assert not case(mail, service, group_selectors=frozenset({(DOMAIN, "s1")})).had_it_in_hand


def test_an_operator_that_the_book_does_not_know_was_handed_mail_with_any_envelope() -> None:
    mail, theirs = flow(way(signed("s1"))), frozenset({(DOMAIN, "sg")})
    assert case(mail, host("mx.example.net"), group_selectors=theirs).had_it_in_hand
    assert not case(mail, host("mx.example.net")).had_it_in_hand
    assert not case(mail, host("mx.example.co.jp"), group_selectors=theirs).had_it_in_hand


@pytest.mark.parametrize(
    ("ptr", "confirmed", "is_line"),
    [
        ("203-0-113-9.ip.linodeusercontent.com", Found.NO, False),
        ("203-0-113-9.ip.linodeusercontent.com", Found.UNKNOWN, False),
        ("203-0-113-9.ip.linodeusercontent.com", Found.YES, False),
        ("203-0-113-9.ip.example.net", Found.NO, True),
        ("203-0-113-9.dynamic.example.net", Found.YES, True),
        ("p1234-ipngn100.tokyo.ocn.ne.jp", Found.NO, True),
    ],
)
def test_a_rented_server_is_no_line_though_its_name_may_not_lead_back(ptr: str, confirmed: Found, is_line: bool) -> None:
    assert case(flow(way()), host(ptr, confirmed)).is_dynamic is is_line


def test_shapes() -> None:
    until = 20_790
    sudden = flow(way(), 60, 3, 4)
    assert case(sudden, until=until).shape is Shape.SUDDEN
    assert case(sudden, until=until, domain_first_day=sudden.first_day).shape is Shape.UNCLEAR
    assert case(flow(way(), 60, 20, 40), until=until).shape is Shape.STEADY
    assert case(flow(way(), 3, 2, 40), until=until).shape is Shape.UNCLEAR


def test_mail_of_a_shared_host_has_the_shape_of_all_mail_with_its_envelope() -> None:
    mail = flow(way(signed("k", PASS, "sendgrid.net"), envelope="em.sendgrid.net", spf_result=PASS), 3, 2, 3)
    kin = Beat(90, 2, 40, mail.first_day - 50, mail.last_day, 5, hosts=3)
    assert case(mail, host("o1.sendgrid.net"), kin=kin).shape is Shape.STEADY
    assert case(mail, host("o1.sendgrid.net"), beat=kin).shape is Shape.UNCLEAR


@pytest.mark.parametrize(
    ("name", "address", "is_line"),
    [
        ("softbank126007198128.bbtec.net", "126.7.198.128", True),
        ("p241220-ipngn200506tokaisakaetozai.aichi.ocn.ne.jp", "118.9.241.220", True),
        ("users3.lolipop.jp", "157.7.190.4", False),
        ("client-12-34.example.net", "192.0.2.34", True),
        ("c-71-62-1-2.hsd1.va.comcast.net", "71.62.1.2", True),
    ],
)
def test_lines_and_web_servers_of_many_customers_are_told_apart(name: str, address: str, is_line: bool) -> None:
    assert looks_dynamic(name, address) is is_line


def test_what_host_names_say_of_themselves() -> None:
    assert looks_fixed("i124-35-1-2.static.ap.example.ne.jp")
    assert not looks_fixed("mail.example.ne.jp")
    assert looks_like_lists("lists.example.org")
    assert not looks_like_lists("specialists.example.org")
    assert looks_like_mail_server("mgw3.mail.example.org")
    assert not looks_like_mail_server("mail.jp")


def test_months_at_a_service_are_a_customers_and_a_burst_is_not() -> None:
    proven = way(signed("k", PASS, "sendgrid.net"), envelope="em.sendgrid.net", spf_result=PASS)
    context = Context(**SIGNS, until=20_790, domain_first_day=20_600)
    steady = classify(flow(proven, 90, 40, 60), host("o1.sendgrid.net"), context, BOOK)
    burst = classify(flow(proven, 900, 3, 3, reporters=9), host("o1.sendgrid.net"), replace(context, source_first_day=20_700), BOOK)
    assert (steady.klass, burst.klass) == (Class.FAILING, Class.SPOOF)
    assert burst.confidence < 0.9


def test_unsigned_mail_of_an_unsigned_domain_through_a_mail_server_of_others_may_be_passed_on() -> None:
    verdict = classify(flow(way(), 6, 3, 40), host("mta3.cable.example.ne.jp"), Context(**SPF_ONLY), BOOK)
    assert verdict.klass is Class.FORWARDED
    assert "mail_server" in {because.code for because in verdict.because}


def test_the_owners_name_that_does_not_lead_back_is_no_mark_of_his() -> None:
    lie = host("mail-ej1-f41.google.com", Found.NO)
    assert case(flow(way()), lie).host is None
    verdict = classify(flow(way(), 6, 3, 5), lie, Context(**SIGNS), BOOK)
    assert verdict.klass is Class.SPOOF
    assert AuthResult.PASS not in {auth.result for auth in flow(way()).way.spf}


def test_the_provider_that_takes_mail_in_is_known_by_the_book_or_by_its_confirmed_name() -> None:
    def takes_mail_in(evidence: Evidence, exchanger: str) -> bool:
        return case(flow(way()), evidence, mx_hosts=(exchanger,)).takes_mail_in(BOOK)

    assert takes_mail_in(host("mout.kundenserver.de"), "mx01.kundenserver.de")
    assert not takes_mail_in(host("mail.example.net"), "mx01.kundenserver.de")
    assert takes_mail_in(host("relay3.example.net"), "mx.example.net")
    assert not takes_mail_in(replace(host("relay3.example.net"), confirmed=Found.NO), "mx.example.net")


def test_only_a_known_services_name_makes_an_account_of_the_owners():
    named = way(signed("k", PASS, "example.phish.test"), author=DOMAIN)
    assert Case(flow(named), NOTHING, Context(), BOOK).tenant == ""
    known = way(signed("k", PASS, "example.onmicrosoft.com"), author=DOMAIN)
    assert Case(flow(known), NOTHING, Context(), BOOK).tenant == "example.onmicrosoft.com"
