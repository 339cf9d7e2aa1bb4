"""Receivers at work: they check each mail, treat it, count it, and report the counts by day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.checks import Spf
from bench.accuracy.harbour.letters import Letter, Sig, Stream
from bench.accuracy.harbour.people import HOMES, Home
from bench.accuracy.harbour.receivers import BY_COUNTRY, RECEIVERS, Receiver
from bench.accuracy.harbour.rhythm import START
from bench.accuracy.harbour.town import Town
from bench.accuracy.labels import Key, Truth

from sekisho.core.reports.values import AggregateReport, DkimAuth, PolicyPublished, Reason, Record, Rows, Said, SpfAuth
from sekisho.core.terms import (
    SECONDS_A_DAY,
    Aligned,
    AlignmentMode,
    AuthResult,
    Class,
    Disposition,
    Generation,
    Override,
    Policy,
    SpfScope,
)

TENANTS = (
    "fabrik-ost.example",
    "norte-seguros.example",
    "yamanote-bussan.example",
    "vega-logistics.example",
    "kancelaria-wilk.example",
)
"""Customers of Microsoft, as its reports name them."""
LOWER = {Disposition.REJECT: Disposition.QUARANTINE, Disposition.QUARANTINE: Disposition.NONE}
"""What is done with mail that `pct` leaves out."""


class _Row(NamedTuple):
    """What makes a row of its own."""

    ip: str
    said: tuple[object, ...]
    truth: tuple[Class, str, bool]


class Counting:
    """All mail goes through here, all of the DNS being there."""

    def __init__(self, town: Town) -> None:
        self._seed = town.seed
        self._spf = Spf(town.directory)
        self._counts: dict[tuple[str, str, int], dict[_Row, int]] = {}
        self._saids: dict[tuple[object, ...], Said] = {}

    def take(self, stream: Stream, dice: Dice) -> None:
        """Sends the mail of a stream."""
        number = dice.poisson(stream.total)
        parts = min(number, stream.rows)
        mix = stream.mix or BY_COUNTRY[stream.home.country]
        names, shares, days = list(mix), list(mix.values()), range(len(stream.pace))
        for part in range(parts):
            count = number // parts + (part < number % parts)
            (name,) = dice.choices(names, shares)
            (day,) = dice.choices(days, stream.pace)
            receiver = RECEIVERS[name]
            ip = stream.hosts(dice) if callable(stream.hosts) else _host(stream.hosts, dice)
            row = self._check(stream, receiver, ip, day, dice)
            rows = self._counts.setdefault((stream.home.domain, name, day - day % receiver.span), {})
            rows[row] = rows.get(row, 0) + count

    def _check(self, stream: Stream, receiver: Receiver, ip: str, day: int, dice: Dice) -> _Row:
        home, letter = stream.home, stream.letter
        asked = letter.envelope or letter.helo
        flawed = not home.quiet and dice.likely(receiver.flaw)
        spf = AuthResult.NONE if not asked else AuthResult.TEMPERROR if flawed else self._spf.check(asked, ip, day)
        spf_aligned = spf is AuthResult.PASS and _aligned(asked, letter.header_from, home)
        dkim_aligned = not flawed and any(
            sig.state == "ok" and _aligned(sig.domain, letter.header_from, home) for sig in letter.sigs
        )
        passed = spf_aligned or dkim_aligned
        disposition, reasons = (Disposition.NONE, ()) if passed else _treat(home, letter, receiver, day, dice)
        to = receiver.envelope_to if receiver.envelope_to != "tenant" else dice.choice(TENANTS)
        envelope = letter.envelope if receiver.envelope else ""
        shown = _dkim(letter, receiver, flawed=flawed), _spf(letter, receiver, asked, spf)
        said = (disposition, dkim_aligned, spf_aligned, reasons, letter.header_from, envelope, to, *shown)
        truth = (stream.klass, stream.kind, stream.hard)
        if passed:
            truth = (Class.NORMAL, stream.kind, False)
        elif stream.klass is Class.NORMAL:
            truth = (Class.FAILING, "receiver_dns", True)
        return _Row(ip, said, truth)

    def reports(self) -> Iterator[tuple[str, AggregateReport, dict[Key, Truth]]]:
        """Owner, report and the truth of its rows, the oldest first."""
        homes = {home.domain: home for home in HOMES}
        for (domain, name, day), counts in sorted(self._counts.items(), key=lambda item: (item[0][2], item[0][0], item[0][1])):
            receiver, home = RECEIVERS[name], homes[domain]
            dice = Dice.of(self._seed, "report", domain, name, day)
            made = _report(home, receiver, day, dice)
            rows = list(counts.items())
            dice.shuffle(rows)
            truth: dict[Key, Truth] = {}
            for number, (row, count) in enumerate(rows):
                made.rows.append(*Record(row.ip, count, self._said(row.said)))
                klass, kind, hard = row.truth
                truth[made.reporter, made.report_id, number] = Truth(klass, kind, hard, row.ip)
            yield home.owner, made, truth

    def _said(self, words: tuple[object, ...]) -> Said:
        if words not in self._saids:
            disposition, dkim, spf, *rest = words
            results = [Aligned.PASS if each else Aligned.FAIL for each in (dkim, spf)]
            self._saids[words] = Said(disposition, *results, *rest)  # type: ignore[arg-type]
        return self._saids[words]


def _host(hosts: object, dice: Dice) -> str:
    """One of the addresses; the first ones do most of the work."""
    assert isinstance(hosts, (list, tuple))
    if len(hosts) > 12:
        return str(dice.choice(hosts))
    return str(dice.choices(hosts, [1 / (1 + at) ** 0.7 for at in range(len(hosts))])[0])


def _aligned(domain: str, header_from: str, home: Home) -> bool:
    if home.mode is AlignmentMode.STRICT:
        return domain == header_from
    return domain == home.domain or domain.endswith(f".{home.domain}")


def _policy(home: Home, header_from: str, day: int) -> Policy:
    policy = home.was[1] if home.was and day < home.was[0] else home.policy
    return home.sub if header_from != home.domain and home.sub is not Policy.ABSENT else policy


def _treat(home: Home, letter: Letter, receiver: Receiver, day: int, dice: Dice) -> tuple[Disposition, tuple[Reason, ...]]:
    """What becomes of a mail that failed, and the reasons where it is not what the policy says."""
    wanted = Disposition(str(_policy(home, letter.header_from, day)))
    if wanted is Disposition.NONE:
        return wanted, ()
    if letter.arc and dice.likely(receiver.arc * (1.0 if letter.arc == "pass" else 0.03)):
        return Disposition.NONE, (Reason(Override.LOCAL_POLICY, "arc=pass"),)
    if dice.likely(receiver.eases.get(letter.seems, 0.0)):
        return Disposition.NONE, (Reason(Override(letter.seems)),)
    if not dice.likely(home.pct / 100):
        return LOWER[wanted], (Reason(Override.SAMPLED_OUT),)
    if dice.likely(receiver.whims):
        return LOWER[wanted], (Reason(Override.LOCAL_POLICY, dice.choice(("", "", "allow-listed", "trusted by the recipient"))),)
    return wanted, ()


def _dkim(letter: Letter, receiver: Receiver, *, flawed: bool) -> tuple[DkimAuth, ...]:
    results = {"ok": AuthResult.PASS, "broken": receiver.broken, "no_key": receiver.no_key, "bad_key": AuthResult.PERMERROR}
    shown: tuple[Sig, ...] = letter.sigs
    if receiver.sigs == "passed":
        shown = tuple(sig for sig in shown if sig.state == "ok") or shown[:1]
    shown = {"first": shown[:1], "none": ()}.get(receiver.sigs, shown)
    return tuple(
        DkimAuth(sig.domain, sig.selector if receiver.selectors else "", AuthResult.TEMPERROR if flawed else results[sig.state])
        for sig in shown
    )


def _spf(letter: Letter, receiver: Receiver, asked: str, result: AuthResult) -> tuple[SpfAuth, ...]:
    scope = SpfScope.ABSENT if not receiver.scope else SpfScope.MFROM if letter.envelope else SpfScope.HELO
    return (SpfAuth(asked, scope, result),)


def _report(home: Home, receiver: Receiver, day: int, dice: Dice) -> AggregateReport:
    begin = (START + day) * SECONDS_A_DAY
    mode = home.mode if receiver.modes else AlignmentMode.ABSENT
    policy = PolicyPublished(
        home.domain,
        _policy(home, home.domain, day),
        Policy.ABSENT if not receiver.modes else home.sub if home.sub is not Policy.ABSENT else _policy(home, home.domain, day),
        adkim=mode,
        aspf=mode,
        pct=None if receiver.rfc9990 else home.pct,
        testing="n" if receiver.rfc9990 else "",
        discovery_method="psl" if receiver.rfc9990 else "",
    )
    report_id = (
        f"{home.domain}:{begin}"
        if not receiver.org_name
        else dice.letters(19, "123456789")
        if "google" in receiver.email
        else dice.hexes(32)
    )
    generation = Generation.RFC9990 if receiver.rfc9990 else Generation.RFC7489
    return AggregateReport(
        receiver.org_name,
        receiver.email,
        "",
        report_id,
        begin,
        begin + receiver.span * SECONDS_A_DAY - 1,
        policy,
        Rows(),
        generation=generation,
    )
