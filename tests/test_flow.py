"""The staircase: what comes in is kept once, strays wait for their owner, and one bad delivery never stops the others."""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from sekisho import flow
from sekisho.core.errors import StoreError
from sekisho.core.terms import Outcome
from sekisho.registry import deliveries
from sekisho.registry.models import Delivery, Domain, Failure
from sekisho.store.query import Filter, Page
from tests.builders import failure_mail, record, report_mail, report_xml

gz = partial(gzip.compress, mtime=0)
"""Equal bytes in every run: they are names of tests."""

pytestmark = pytest.mark.django_db
GOOD = report_xml(1, [record("192.0.2.1", 5), record("198.51.100.7", 2, dkim="fail", spf="fail")])


def everything(org: Any) -> Filter:
    return Filter(org=org.pk, since=0, until=1 << 30)


def take_in(house: Any, org: Any, *items: bytes, adopt: bool = False) -> list[str]:
    numbers = deliveries.accept(org.pk, [(f"{n}.xml", data) for n, data in enumerate(items)], door="test", adopt=adopt)
    while flow.drain(house):
        pass
    flow.judge_touched(house)
    return [Delivery.objects.get(pk=n).outcome for n in numbers]


def test_a_report_becomes_facts_with_classes(house: Any, org: Any) -> None:
    assert take_in(house, org, report_mail(GOOD)) == [Outcome.KEPT]
    split = house.store.split(everything(org))
    assert (split.normal, split.messages) == (5, 7)
    (verdict,) = house.store.flows(everything(org))
    assert verdict.source_ip == "198.51.100.7"
    assert verdict.because


def test_the_same_report_in_another_wrapping_is_a_duplicate(house: Any, org: Any) -> None:
    assert take_in(house, org, GOOD, gz(GOOD), report_mail(GOOD)) == [Outcome.KEPT, Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert house.store.split(everything(org)).messages == 7


def test_a_report_for_an_unknown_domain_waits_for_its_owner(house: Any, org: Any) -> None:
    stray = report_xml(2, [record("192.0.2.9", 3, domain="mail.stray.example")], domain="mail.stray.example")
    assert take_in(house, org, stray) == [Outcome.STRAY]
    assert house.store.split(everything(org)).messages == 0
    assert deliveries.adopt(org.pk, "stray.example") == 1
    flow.drain(house)
    assert Delivery.objects.get().outcome == Outcome.KEPT
    assert [d.domain for d in house.store.domains(everything(org))] == ["stray.example"]


def test_adopting_registers_the_domain(house: Any, org: Any) -> None:
    xml = report_xml(3, [record("192.0.2.9", domain="new.example")], domain="new.example")
    assert take_in(house, org, xml, adopt=True) == [Outcome.KEPT]
    assert Domain.objects.filter(organisation=org, name="new.example").exists()


@pytest.mark.parametrize("name", ["", "not a name", "x" * 300, "<script>.example", "..", "-.example"])
def test_a_name_that_is_no_domain_is_never_registered(house: Any, org: Any, name: str) -> None:
    xml = report_xml(4, [record("192.0.2.9", domain="")], domain=name.replace("<", "&lt;"))
    assert take_in(house, org, xml, adopt=True)[0] in (Outcome.STRAY, Outcome.BROKEN, Outcome.NOT_A_REPORT)
    assert list(Domain.objects.filter(organisation=org).values_list("name", flat=True)) == ["example.jp"]


def test_what_is_no_report_is_kept_with_its_reason(house: Any, org: Any) -> None:
    outcomes = take_in(house, org, b"Dear administrator", b"", GOOD)
    assert outcomes == [Outcome.NOT_A_REPORT, Outcome.NOT_A_REPORT, Outcome.KEPT]
    assert all(d.reason for d in Delivery.objects.exclude(outcome=Outcome.KEPT))


def test_one_report_the_store_refuses_does_not_hold_up_the_others(house: Any, org: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = house.store.keep

    def refuse(arrivals: Any) -> Any:
        if any(a.report.report_id.endswith(".13") for a in arrivals):
            raise StoreError("it cannot be kept")
        return keep(arrivals)

    monkeypatch.setattr(house.store, "keep", refuse)
    outcomes = take_in(house, org, *(report_xml(n, [record("192.0.2.1")]) for n in (12, 13, 14)))
    assert outcomes == [Outcome.KEPT, Outcome.BROKEN, Outcome.KEPT]


def test_a_reader_that_fails_costs_one_delivery_only(house: Any, org: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = flow.open_delivery

    def fail(data: bytes, **words: Any) -> Any:
        if data.startswith(b"boom"):
            raise ZeroDivisionError
        return opened(data, **words)

    monkeypatch.setattr(flow, "open_delivery", fail)
    assert take_in(house, org, b"boom", GOOD) == [Outcome.BROKEN, Outcome.KEPT]


def test_reading_again_changes_nothing(house: Any, org: Any) -> None:
    take_in(house, org, GOOD)
    before = list(house.store.export(everything(org)))
    deliveries.reread(org.pk, list(Delivery.objects.values_list("pk", flat=True)))
    flow.drain(house)
    flow.judge_touched(house)
    assert Delivery.objects.get().outcome == Outcome.KEPT, "it finds its own report"
    assert list(house.store.export(everything(org))) == before


def test_an_organisation_never_gets_what_is_of_another(house: Any, org: Any, other_org: Any) -> None:
    assert take_in(house, other_org, GOOD) == [Outcome.STRAY], "example.jp belongs to the first organisation only"
    assert take_in(house, org, GOOD) == [Outcome.KEPT]
    assert house.store.split(everything(other_org)).messages == 0
    assert deliveries.raw_of(other_org.pk, Delivery.objects.filter(organisation=org).get().pk) is None
    assert house.store.rows(everything(other_org), Page()).total == 0


def test_a_failure_report_is_kept_once_for_the_domain_it_is_about(house: Any, org: Any) -> None:
    first, wrapped = failure_mail(1), b"From: a@example.net\r\nContent-Type: message/rfc822\r\n\r\n" + failure_mail(1)
    stray = failure_mail(2, domain="stray.example")
    assert take_in(house, org, first, wrapped, stray) == [Outcome.KEPT, Outcome.DUPLICATE, Outcome.STRAY]
    (kept,) = Failure.objects.all()
    assert (kept.organisation, kept.domain, kept.source_ip, kept.delivery_id) == (
        org,
        "example.jp",
        "203.0.113.7",
        kept.delivery_id,
    )
    deliveries.reread(org.pk, list(Delivery.objects.values_list("pk", flat=True)))
    deliveries.adopt(org.pk, "stray.example")
    flow.drain(house)
    assert list(Delivery.objects.order_by("pk").values_list("outcome", "failures")) == [
        (Outcome.KEPT, 1),
        (Outcome.DUPLICATE, 1),
        (Outcome.KEPT, 1),
    ]
    assert sorted(Failure.objects.values_list("domain", flat=True)) == ["example.jp", "stray.example"]


def test_a_decision_is_applied_to_the_past_and_undone(house: Any, org: Any, alice: Any) -> None:
    from sekisho.core.terms import Class
    from sekisho.registry import decisions
    from sekisho.web import judging

    take_in(house, org, GOOD)
    decisions.decide(org.pk, alice, Class.FORWARDED, source_ip="198.51.100.7")
    judging.rejudge(org.pk, source_ip="198.51.100.7")
    (verdict,) = house.store.flows(everything(org))
    assert (verdict.klass, verdict.confidence) == ("forwarded", 1.0)
    decisions.undo(org.pk, source_ip="198.51.100.7")
    judging.rejudge(org.pk, source_ip="198.51.100.7")
    (verdict,) = house.store.flows(everything(org))
    assert verdict.confidence < 1.0


def test_domains_are_judged_in_groups_whose_rows_fit() -> None:
    sizes = {"a": 4, "b": 6, "c": 1, "d": 25, "e": 0}
    assert list(flow._in_flights(sizes, ["a", "b", "c", "d", "e", "new"], 10)) == [["a", "b"], ["c"], ["d"], ["e", "new"]]
    assert list(flow._in_flights({}, [], 10)) == []


def test_verdicts_do_not_depend_on_the_groups(house: Any, org: Any) -> None:
    names = [f"d{n}.example" for n in range(5)]
    failing = [record(f"198.51.100.{n}", n + 1, dkim="fail", spf="fail", domain=name) for n, name in enumerate(names)]
    mails = [report_xml(n, [failing[n]], domain=name) for n, name in enumerate(names)]
    take_in(house, org, *mails, adopt=True)
    whole = sorted(house.store.flows(everything(org)), key=str)
    assert flow.judge(replace(house, judge_rows=1), org.pk, names, why="book") == 0
    assert sorted(house.store.flows(everything(org)), key=str) == whole
    assert len(whole) == 5


def test_what_comes_in_is_taken_in_between_two_portions_of_the_judge(house: Any, org: Any) -> None:
    names = [f"d{n}.example" for n in range(3)]
    mails = [
        report_xml(n, [record("198.51.100.7", 1, dkim="fail", spf="fail", domain=name)], domain=name)
        for n, name in enumerate(names)
    ]
    deliveries.accept(org.pk, [("", mail) for mail in mails], door="cli", adopt=True)
    assert len(flow.drain(house)) == 3
    late = [report_xml(9, [record("198.51.100.8", 1, dkim="fail", spf="fail", domain=names[0])], domain=names[0])]
    seen: list[int] = []

    def aside() -> None:
        deliveries.accept(org.pk, [("", mail) for mail in late], door="cli", adopt=True)
        late.clear()
        seen.append(len(flow.drain(house)))

    flow.judge_touched(replace(house, judge_rows=1, aside=aside))
    assert seen == [1, 0, 0]
    assert house.store.touched() == [(org.pk, names[0])]  # it has grown since, and is judged again
    flow.judge_touched(house)
    assert len(house.store.flows(everything(org))) == 4
    assert all(verdict.confidence > 0 for verdict in house.store.flows(everything(org)))


def test_reading_and_judging_step_back_for_pages_again_and_again(house: Any, org: Any) -> None:
    steps: list[int] = []
    polite = replace(house, step_back=lambda: steps.append(1))
    failing = [record(f"198.51.100.{n}", 1, dkim="fail", spf="fail") for n in range(1, 6)]
    deliveries.accept(org.pk, [("", report_xml(n, failing)) for n in range(3)], door="cli", adopt=True)
    flow.drain(polite)
    assert len(steps) == 3  # a mail
    flow.judge_touched(polite)
    assert len(steps) == 8  # and a source
