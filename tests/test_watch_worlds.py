"""Warnings as stories over a labelled world: its reports come in day by day, are kept, judged and watched as the server does it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from bench.accuracy.homeland import make_world
from bench.accuracy.labels import World
from bench.accuracy.table import Table

from sekisho import flow, watch
from sekisho.core.judge.sources import group_of
from sekisho.core.names import is_within
from sekisho.core.questions import answered
from sekisho.core.reports.values import AggregateReport
from sekisho.core.state.gather import Wanted, gather
from sekisho.core.state.sheet import Sheet, recorded
from sekisho.flow import House
from sekisho.registry import channels, states
from sekisho.registry.models import Alert, Domain, Organisation
from sekisho.store.base import Arrival

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SEED = 7
KINDS = frozenset(("mailbox_forwards", "list_with_footer", "sourceforge_list", "rented_burst", "esp_switched_on"))
A_DAY = 86_400
DAYS = 66
"""Days that are lived through: a quiet domain stays quiet for sixty, and all that was played has begun."""
WITHIN_DAYS = 4
"""A service sends some ten mails a day; it is called new from twenty on."""
SPOOFING = ("surge", "new_spoofer")


class Told(NamedTuple):
    """A warning that people were told of: on which day, and the newest day that reports had shown by then."""

    day: int
    rule: str
    domain: str
    about: str
    first_day: int


class Lived(NamedTuple):
    """A world after its days."""

    world: World
    told: list[Told]
    first: int
    """The first day of reports."""


def day_of(report: AggregateReport) -> int:
    """The day a report is about."""
    return report.begin // A_DAY


def lived(house: House, world: World) -> Lived:
    """Lives through the world: each day brings the reports on the day before."""
    played = {d for d, kinds in kinds_of(world).items() if kinds & {"rented_burst", "esp_switched_on"}}
    quiet = {d for owner in world.owners for d in owner.untroubled}
    watched = {owner.name: tuple(d for d in owner.domains if d in played | quiet) for owner in world.owners}
    owners = {name: _settle(world, name, domains) for name, domains in watched.items() if domains}
    table = Table(world)
    by_day: dict[int, list[Arrival]] = defaultdict(list)
    addresses: set[str] = set()
    for number, (name, report) in enumerate(world.reports, 1):
        domain = next((d for d in watched[name] if is_within(report.policy.domain, d)), None)
        if domain is None:
            continue
        by_day[day_of(report)].append(Arrival(owners[name], domain, number, report))
        addresses |= {row.source_ip for row in report.rows}
    house.store.keep_evidence([(e, group_of(e, house.book)) for a in sorted(addresses) for e in [table.evidence(a, None)]])
    told = []
    for day in range(min(by_day), min(by_day) + DAYS):
        now = replace(house, now=lambda day=day: (day + 1) * A_DAY + 6 * 3600)
        house.store.keep(by_day[day])
        flow.judge_touched(now)
        for org in owners.values():
            due = watch.watch_all(now, org)
            channels.queue(due, datetime.fromtimestamp(now.now(), UTC), has_mail=False)
            told += [Told(day, alert.rule, alert.domain, alert.about, alert.first_day) for alert in due]
    return Lived(world, told, min(by_day))


def kinds_of(world: World) -> dict[str, set[str]]:
    """The kinds of source that mail of each domain came from."""
    found: dict[str, set[str]] = defaultdict(set)
    for _name, report in world.reports:
        for number in range(len(report.rows)):
            found[report.policy.domain].add(world.truth[report.reporter, report.report_id, number].kind)
    return found


def _settle(world: World, name: str, domains: tuple[str, ...]) -> int:
    """The organisation of an owner, its domains with their records as the world's DNS has them."""
    org = Organisation.objects.create(slug=f"o{Organisation.objects.count()}", name=name)
    table = Table(world)
    for domain in domains:
        row = Domain.objects.create(organisation=org, name=domain)
        keys = [n.split("._domainkey.") for n in world.zone if n.endswith(f"._domainkey.{domain}")]
        wanted = Wanted(domain, tuple((domain, selector) for selector, _ in keys))
        sheet = Sheet()
        answered(recorded(gather(wanted), sheet), table.answer)
        states.keep(row, wanted, sheet, datetime.fromtimestamp(0, UTC))
    return org.pk


def begins(world: World, kind: str) -> dict[str, int]:
    """The first day of mail of a kind, by domain."""
    found: dict[str, int] = {}
    for _name, report in world.reports:
        for number in range(len(report.rows)):
            if world.truth[report.reporter, report.report_id, number].kind == kind:
                domain, day = report.policy.domain, day_of(report)
                found[domain] = min(day, found.get(domain, day))
    return found


def test_a_world_is_told_as_it_was(house: House) -> None:
    """Bursts once and at once, services that are switched on as new, and of a quiet domain nothing for sixty days."""
    found = lived(house, make_world(SEED, kinds=KINDS))
    bursts, services = begins(found.world, "rented_burst"), begins(found.world, "esp_switched_on")
    quiet = {domain for owner in found.world.owners for domain in owner.untroubled}
    assert len(bursts) >= 2
    assert len(services) >= 2
    assert quiet

    assert [each for each in found.told if each.domain in quiet] == []

    spoofing = Alert.objects.filter(rule__in=SPOOFING)
    assert Counter(spoofing.values_list("domain", flat=True)) == Counter(list(bursts))
    for domain, day in bursts.items():
        first = next(each for each in found.told if each.rule in SPOOFING and each.domain == domain)
        assert (first.day, first.first_day) == (day, day)

    new = {each.domain: each for each in found.told if each.rule == "new_source"}
    assert set(new) == set(services)
    for domain, day in services.items():
        assert new[domain].about.startswith("svc.")
        assert new[domain].day - day <= WITHIN_DAYS
        assert not [row for row in spoofing.filter(domain=domain) if new[domain].about in row.values["groups"]]

    assert {each.rule for each in found.told} == {"surge", "new_source"}
