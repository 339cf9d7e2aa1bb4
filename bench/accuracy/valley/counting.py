"""Counts letters as reporters do and writes their reports, with the truth of each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.accuracy.labels import DAYS, Key, Truth
from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.letters import Flow, Letter, Rhythm, State
from bench.accuracy.valley.owners import BY_DOMAIN, Home
from bench.accuracy.valley.receivers import BY_COUNTRY, RECEIVERS, Receiver
from bench.accuracy.valley.telling import policy_told, report_id, said_of, treated
from bench.accuracy.valley.town import Town

from sekisho.core.names import aligned
from sekisho.core.reports.values import AggregateReport, Record, Rows, Said
from sekisho.core.terms import SECONDS_A_DAY, AuthResult, Class, Generation, Policy

FIRST_DAY = 1_782_691_200
"""2026-06-29, a Monday, 00:00 UTC."""

SLIPS = 0.0012
"""Share of a receiver's checks in which the DNS does not answer."""

Row = tuple[str, Said, Truth]


class Counting:
    """Takes flows and hands out reports."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._days: dict[tuple[str, str, int], dict[Row, int]] = {}
        self._saids: dict[object, Said] = {}
        self._lost = {
            (name, domain, day)
            for name, receiver in RECEIVERS.items()
            for domain in BY_DOMAIN
            for day in range(DAYS)
            if not Dice.of(town.seed, "lost", name, domain, day).chance(receiver.honest)
        }

    def take(self, flow: Flow, dice: Dice) -> None:
        """Plays a flow: so many letters a day, spread over the receivers, told in a few rows."""
        where = flow.where or BY_COUNTRY[BY_DOMAIN[flow.domain].country]
        weights = _rhythm(flow, dice)
        rate = flow.total / (sum(weights) or 1)
        for day, weight in enumerate(weights):
            left = dice.count(rate * weight)
            for name, number in _shared(left, where, dice).items():
                if (name, flow.domain, day) not in self._lost:
                    self._told(flow, name, day, number, dice)

    def _told(self, flow: Flow, name: str, day: int, number: int, dice: Dice) -> None:
        pieces = min(number, flow.pieces)
        cuts = sorted(dice.sample(range(1, number), pieces - 1)) if pieces > 1 else []
        for first, last in zip([0, *cuts], [*cuts, number], strict=True):
            row = self._row(flow, flow.make(dice), RECEIVERS[name], day, dice)
            rows = self._days.setdefault((flow.domain, name, day), {})
            times = max(1, round(dice.spread(flow.crowd, 0.9))) if flow.crowd > 1 else 1
            rows[row] = rows.get(row, 0) + (last - first) * times

    def _row(self, flow: Flow, letter: Letter, receiver: Receiver, day: int, dice: Dice) -> Row:
        home = BY_DOMAIN[flow.domain]
        spf = self.town.spf(letter.mfrom or letter.host.name, letter.host.ip) if _is_name(letter) else AuthResult.NONE
        slipped = dice.chance(SLIPS)
        if slipped:
            spf = AuthResult.TEMPERROR
        good = [s for s in letter.sigs if s.state is State.GOOD and not (slipped and dice.chance(0.7))]
        dkim_ok = any(aligned(s.domain, letter.header_from, strict=home.strict) for s in good)
        spf_ok = spf is AuthResult.PASS and aligned(letter.mfrom or letter.host.name, letter.header_from, strict=home.strict)
        passed = dkim_ok or spf_ok
        p = _policy(home, day, letter.header_from)
        outcome = treated(receiver, letter, p, home.pct, dice) if not passed else treated(receiver, None, p, 100, dice)
        said = said_of(receiver, letter, spf, frozenset(good), (dkim_ok, spf_ok), outcome)
        said = self._saids.setdefault(_key(said), said)
        return letter.host.ip, said, _truth(flow, letter.host.ip, passed=passed)

    def reports(self, seed: int) -> Iterator[tuple[str, AggregateReport, dict[Key, Truth]]]:
        """All reports, the oldest first, and the truth of their rows."""
        found = sorted(self._days.items(), key=lambda item: (item[0][2] * 24 + RECEIVERS[item[0][1]].starts, item[0]))
        for number, ((domain, name, day), counted) in enumerate(found):
            home, receiver = BY_DOMAIN[domain], RECEIVERS[name]
            dice = Dice.of(seed, "report", domain, name, day)
            begin = FIRST_DAY + day * SECONDS_A_DAY + receiver.starts * 3600
            mixed = list(counted.items())
            dice.shuffle(mixed)
            rows = Rows.of(Record(ip, count, said) for (ip, said, _), count in mixed)
            ident = report_id(receiver, domain, begin, number, dice)
            policy = policy_told(home, receiver, _policy(home, day, domain))
            new = "9990" in receiver.fields
            report = AggregateReport(
                receiver.org_name,
                receiver.email,
                "",
                ident,
                begin,
                begin + SECONDS_A_DAY - (0 if receiver.ident == "hex" else 1),
                policy,
                rows,
                version="1.0" if new else "",
                namespace="urn:ietf:params:xml:ns:dmarc-2.0" if new else "",
                generation=Generation.RFC9990 if new else Generation.RFC7489,
            )
            yield home.owner, report, {(report.reporter, ident, at): truth for at, ((_, _, truth), _) in enumerate(mixed)}


def _is_name(letter: Letter) -> bool:
    return bool(letter.mfrom) or "." in letter.host.name


def _key(said: Said) -> object:
    return (
        said.disposition, said.dkim_aligned, said.spf_aligned, said.reasons, said.header_from,
        said.envelope_from, said.envelope_to, said.dkim, said.spf,
    )  # fmt: skip


def _truth(flow: Flow, ip: str, *, passed: bool) -> Truth:
    if passed:
        return Truth(Class.NORMAL, flow.kind, hard=False, source=ip)
    if flow.klass is Class.NORMAL:
        return Truth(Class.FAILING, "receiver_dns", hard=True, source=ip)
    return Truth(flow.klass, flow.kind, flow.hard, ip)


def _policy(home: Home, day: int, name: str) -> Policy:
    if home.before is not None and day < DAYS // 2:
        return home.before
    return home.sp if name != home.domain and home.sp is not Policy.ABSENT else home.policy


def _shared(number: int, where: Mapping[str, float], dice: Dice) -> dict[str, int]:
    weights = dict(where)
    found: dict[str, int] = {}
    if number > 60:
        total = sum(weights.values())
        return {name: got for name, weight in weights.items() if (got := dice.count(number * weight / total))}
    for name in dice.choices(list(weights), list(weights.values()), k=number):
        found[name] = found.get(name, 0) + 1
    return found


def _rhythm(flow: Flow, dice: Dice) -> list[float]:
    first, last = flow.days
    if flow.rhythm is Rhythm.BURST:
        peaks = [dice.uniform(first, last) for _ in range(dice.randint(1, 4))]
        shape = [sum(max(0.0, 1 - abs(day - peak) / 1.6) for peak in peaks) for day in range(DAYS)]
    elif flow.rhythm is Rhythm.WEEKLY:
        best = dice.randrange(5)
        shape = [1.0 if day % 7 == best else 0.12 if day % 7 < 5 else 0.03 for day in range(DAYS)]
    elif flow.rhythm is Rhythm.WORK:
        shape = [dice.uniform(0.7, 1.3) if day % 7 < 5 else 0.15 for day in range(DAYS)]
    elif flow.rhythm is Rhythm.DAILY:
        shape = [dice.uniform(0.8, 1.2) for _ in range(DAYS)]
    else:
        shape = [dice.spread(1.0, 0.9) for _ in range(DAYS)]
    return [weight if first <= day < last else 0.0 for day, weight in enumerate(shape)]
