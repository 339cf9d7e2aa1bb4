"""How often the rules would have warned: a story counts once, and what was not known on a day does not count on it."""

from __future__ import annotations

from dataclasses import replace

from sekisho.core.alerts.rehearse import mornings, rehearse
from sekisho.core.alerts.rules import findings
from sekisho.core.alerts.thresholds import DEFAULT
from sekisho.core.alerts.values import DomainDays, GroupDays, Rule, Sums

NOW = 20_000


def world(*bursts: int) -> DomainDays:
    """Ninety days of proper mail, and bursts of suspected spoofing on some days."""
    days = range(NOW - 90, NOW)
    genuine = GroupDays("dom.example.jp", {day: Sums(normal=100) for day in days})
    spoof = GroupDays("dom.spoofer.example", {day: Sums(spoof=500) for day in bursts})
    return DomainDays("example.jp", NOW - 1, NOW, (genuine, spoof), dict.fromkeys(days, 1))


def test_quiet_domain_would_not_have_warned() -> None:
    assert not rehearse([world()], DEFAULT)


def test_story_counts_once_and_two_apart_count_twice() -> None:
    assert rehearse([world(NOW - 20, NOW - 19, NOW - 18)], DEFAULT)[Rule.SURGE] == 1
    assert rehearse([world(NOW - 25, NOW - 5)], DEFAULT)[Rule.SURGE] == 2


def test_what_lies_longer_back_is_not_counted() -> None:
    assert not rehearse([world(NOW - 50)], DEFAULT)[Rule.SURGE]


def test_threshold_changes_the_count() -> None:
    assert rehearse([world(NOW - 20)], replace(DEFAULT, surge_messages=501, spoofer_messages=501)) == {}


def test_silence_is_rehearsed_too() -> None:
    d = world()
    silent = replace(d, reports={day: 1 for day in d.reports if day < NOW - 10}, today=NOW - 11)
    assert rehearse([silent], DEFAULT)[Rule.REPORTS_STOPPED] == 1


def test_morning_knows_only_what_lay_before_it() -> None:
    seen = 0
    for d in mornings(world(NOW - 20), 30, 38):
        assert max(day for g in d.groups for day in g.days) == d.today == d.now - 1
        assert ("dom.spoofer.example" in [g.group for g in d.groups]) == (d.now > NOW - 20)
        assert len(d.groups[0].days) == 38
        seen += 1
    assert (seen, d.now) == (30, NOW)


def test_rehearsal_says_what_the_rules_said_on_the_days() -> None:
    d = world(NOW - 40, NOW - 22, NOW - 21, NOW - 3)
    told = []
    for now in range(NOW - 29, NOW + 1):
        groups = tuple(GroupDays(g.group, {day: s for day, s in g.days.items() if day < now}, g.hosts) for g in d.groups)
        known = replace(d, now=now, today=now - 1, groups=groups, reports={day: 1 for day in d.reports if day < now})
        told += [(now, f.key) for f in findings(known, DEFAULT)]
    stories = {key: [now for now, other in told if other == key] for _now, key in told}
    expected = sum(1 for days in stories.values() for n, day in enumerate(days) if n == 0 or day - days[n - 1] > 7)
    assert sum(rehearse([d], DEFAULT).values()) == expected
