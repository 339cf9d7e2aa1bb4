"""From streams to reports: who receives what on which day, what he makes of it, and what he tells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from bench.accuracy.labels import DAYS, Key, Truth
from bench.accuracy.overseas.chance import Dice
from bench.accuracy.overseas.checks import Checks, Group
from bench.accuracy.overseas.letters import Stream
from bench.accuracy.overseas.nets import Host
from bench.accuracy.overseas.people import Home
from bench.accuracy.overseas.receivers import RECEIVERS, Receiver
from bench.accuracy.overseas.town import Town

from sekisho.core.reports.values import AggregateReport, PolicyPublished, Rows, Said
from sekisho.core.terms import SECONDS_A_DAY, Aligned, AlignmentMode, Class, Generation, Policy

START = 1_785_715_200
"""2026-08-03 00:00 UTC, a Monday."""
LOST = 0.02
"""Reports that never arrive."""

Day = tuple[str, str, int]
"""Domain, receiver, day."""


class Counting:
    """Counts the messages of all streams and writes the reports."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._checks = Checks(town)
        self._homes = {home.domain: home for home in town.homes}
        self._rows: dict[Day, dict[tuple[str, int], Counter[tuple[Class, str, bool]]]] = defaultdict(dict)
        self._saids: dict[int, Said] = {}

    def take(self, stream: Stream, dice: Dice) -> None:
        """Sends the letters of a stream."""
        names, shares = list(stream.audience), list(stream.audience.values())
        weights = [1.0 if stream.even else 1 / (n + 1) for n in range(len(stream.hosts))]
        for day in range(DAYS):
            count = dice.poisson(stream.rate * stream.rhythm[day]) if stream.rhythm[day] else 0
            if not count:
                continue
            pairs = Counter(zip(dice.choices(names, shares, k=count), dice.choices(stream.hosts, weights, k=count), strict=True))
            for (name, host), messages in pairs.items():
                self._see(stream, day, name, host, messages, dice)

    def _see(self, stream: Stream, day: int, name: str, host: Host, messages: int, dice: Dice) -> None:
        group = Group(stream.home, stream.letter, host, day, RECEIVERS[name])
        rows = self._rows[stream.home.domain, name, day]
        for said, count in self._checks.told(group, messages, dice):
            self._saids[id(said)] = said
            passed = Aligned.PASS in (said.dkim_aligned, said.spf_aligned)
            rows.setdefault((host.address, id(said)), Counter())[truth_of(stream, passed=passed)] += count

    def reports(self) -> Iterator[tuple[str, AggregateReport, dict[Key, Truth]]]:
        """Owner, report and the truth of its rows, the oldest first."""
        days = sorted(self._rows, key=lambda item: (item[2] * 24 + RECEIVERS[item[1]].offset, item[0], item[1]))
        for domain, name, day in days:
            dice = Dice.of(self._town.seed, "report", domain, name, day)
            if dice.happens(LOST):
                continue
            report, truth = self._report(self._homes[domain], RECEIVERS[name], day, self._rows[domain, name, day], dice)
            yield self._homes[domain].owner, report, truth

    def _report(
        self,
        home: Home,
        receiver: Receiver,
        day: int,
        seen: dict[tuple[str, int], Counter[tuple[Class, str, bool]]],
        dice: Dice,
    ) -> tuple[AggregateReport, dict[Key, Truth]]:
        begin = START + day * SECONDS_A_DAY + receiver.offset * 3600
        items = list(seen.items())
        dice.shuffle(items)
        rows = Rows()
        for (address, said), counts in items:
            rows.append(address, counts.total(), self._saids[said])
        report = AggregateReport(
            receiver.org_name, receiver.email, receiver.extra, _report_id(receiver, home, begin, dice), begin,
            begin + SECONDS_A_DAY - (0 if receiver.next_midnight else 1), _policy(home, receiver, day), rows,
            version=receiver.version, namespace="urn:ietf:params:xml:ns:dmarc-2.0" if receiver.rfc9990 else "",
            generation=Generation.RFC9990 if receiver.rfc9990 else Generation.RFC7489,
        )  # fmt: skip
        truth = {
            (report.reporter, report.report_id, number): Truth(*counts.most_common(1)[0][0], address)
            for number, ((address, _), counts) in enumerate(items)
        }
        return report, truth


def truth_of(stream: Stream, *, passed: bool) -> tuple[Class, str, bool]:
    """What a message was. Proper mail that did not pass had a receiver whose DNS failed."""
    if passed:
        return Class.NORMAL, stream.kind, False
    if stream.klass is Class.NORMAL:
        return Class.FAILING, "receiver_dns", True
    return stream.klass, stream.kind, stream.hard


def _policy(home: Home, receiver: Receiver, day: int) -> PolicyPublished:
    stance = Policy(home.stance(day))
    mode = AlignmentMode.STRICT if "strict" in home.traits else AlignmentMode.RELAXED
    said = receiver.says
    return PolicyPublished(
        home.domain,
        stance,
        (Policy.NONE if "subnone" in home.traits else stance) if "sp" in said else Policy.ABSENT,
        stance if "np" in said else Policy.ABSENT,
        mode if "adkim" in said else AlignmentMode.ABSENT,
        mode if "adkim" in said else AlignmentMode.ABSENT,
        (50 if "half" in home.traits else 100) if "pct" in said else None,
        "0" if "fo" in said else "",
        "n" if "testing" in said else "",
        "psl" if "discovery" in said else "",
    )


def _report_id(receiver: Receiver, home: Home, begin: int, dice: Dice) -> str:
    if receiver.email.endswith(("google.com", "mail.ru")):
        return str(dice.getrandbits(64))
    if receiver.org_name == "Yahoo":
        return f"{begin + dice.randrange(90000)}.{dice.randrange(10**6)}"
    if receiver.email.endswith("microsoft.com"):
        return f"{dice.getrandbits(128):032x}"
    return f"{home.domain}.{begin}.{dice.code(6)}"
