"""Counts the mail of all flows by reporter and day and writes the reports and their truth."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from itertools import accumulate
from typing import NamedTuple

from bench.accuracy.labels import DAYS, Key, Truth
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.mail import Change, Flow, Home, Sig
from bench.accuracy.province.reporters import REACH, REPORTERS, Reporter
from bench.accuracy.province.spf import Spf
from bench.accuracy.province.town import Host, Town

from sekisho.core.names import aligned
from sekisho.core.reports.values import AggregateReport, DkimAuth, PolicyPublished, Reason, Record, Rows, Said, SpfAuth
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Class, Disposition, Generation, Override, Policy, SpfScope

START = 1_788_220_800
"""2026-09-01, a Tuesday, 00:00 UTC."""
SLIP = 0.0006
"""Share of checks that the receiver's own DNS spoils (RFC 8601: temperror)."""

FIRMS = ("kitano-boeki", "nexolar", "brookwell", "stahlhof", "soramachi", "orlaplast", "wendlebury", "tanikaze", "marbleton")
"""Customers of a mail service whose domains a reporter names."""


class _Line(NamedTuple):
    """What makes messages one row of a report, and what the row truly is."""

    ip: str
    said: tuple[object, ...]
    truth: Truth


class Counting:
    """Takes flows, gives reports."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._spf = Spf(town)
        self._days: dict[tuple[Home, str, int], Counter[_Line]] = defaultdict(Counter)
        self._saids: dict[tuple[object, ...], Said] = {}
        self._fits: dict[tuple[str, str, bool], bool] = {}

    def take(self, flow: Flow, dice: Dice) -> None:
        """Sends the mail of a flow."""
        reach = flow.reach or REACH[flow.home.country]
        names, sums = list(reach), list(accumulate(reach.values()))
        turns = list(accumulate(flow.even**n for n in range(len(flow.hosts))))
        for day in range(DAYS):
            factor = flow.rhythm.factor(day, dice)
            for _ in range(dice.poisson(flow.rate * factor) if factor else 0):
                reporter = REPORTERS[names[bisect(sums, dice.random() * sums[-1])]]
                host = flow.hosts[min(bisect(turns, dice.random() * turns[-1]), len(turns) - 1)]
                if dice.random() < reporter.sees:
                    self._deliver(flow, day, reporter, host, dice)

    def _deliver(self, flow: Flow, day: int, reporter: Reporter, host: Host, dice: Dice) -> None:
        broken = flow.altered > 0 and dice.random() < flow.altered
        before = tuple(sig._replace(state="altered") if broken and sig.state == "good" else sig for sig in flow.sigs)
        sigs = before + flow.added
        spf_domain = flow.envelope or host.name
        spf = self._spf.check(spf_domain, host.ip, day) if not spf_domain.startswith("[") else AuthResult.NONE
        if "calm" not in flow.home.tags and dice.random() < SLIP:
            spf, sigs = AuthResult.TEMPERROR, tuple(sig._replace(state="slow") for sig in sigs)
        results = tuple((sig, self._dkim(sig, reporter)) for sig in sigs)
        strict = flow.home.adkim is AlignmentMode.STRICT
        dkim_ok = any(r is AuthResult.PASS and self._fit(s.domain, flow.header_from, strict) for s, r in results)
        spf_ok = spf is AuthResult.PASS and self._fit(spf_domain, flow.header_from, False)
        disposition = Disposition.NONE
        reasons: tuple[Reason, ...] = ()
        if not (dkim_ok or spf_ok):
            disposition, reasons = self._treated(flow, day, reporter, dice)
        said = (
            disposition, dkim_ok, spf_ok, reasons, flow.header_from, flow.envelope if reporter.envelope else "",
            self._recipient(reporter, flow, dice), _told(results, reporter),
            ("" if spf_domain.startswith("[") else spf_domain, flow.envelope != "", reporter.scope, spf),
        )  # fmt: skip
        truth = self._truth(flow, host, dkim_ok or spf_ok, spf)
        self._days[flow.home, reporter.org, day][_Line(host.ip, said, truth)] += 1

    @staticmethod
    def _truth(flow: Flow, host: Host, passed: bool, spf: AuthResult) -> Truth:
        if passed:
            return Truth(Class.NORMAL, flow.kind, False, host.ip)
        if flow.klass is Class.NORMAL:
            slow = spf is AuthResult.TEMPERROR
            return Truth(Class.FAILING, "receiver_dns" if slow else "rare_breakage", True, host.ip)
        return Truth(flow.klass, flow.kind, flow.hard, host.ip)

    def _dkim(self, sig: Sig, reporter: Reporter) -> AuthResult:
        if sig.state == "slow":
            return AuthResult.TEMPERROR
        if sig.state == "altered":
            return reporter.altered
        key = f"{sig.selector}._domainkey.{sig.domain}"
        return AuthResult.PASS if sig.state == "good" and key in self._town.records else reporter.nokey

    def _fit(self, name: str, author: str, strict: bool) -> bool:
        key = (name, author, strict)
        if key not in self._fits:
            self._fits[key] = aligned(name, author, strict=strict)
        return self._fits[key]

    @staticmethod
    def _treated(flow: Flow, day: int, reporter: Reporter, dice: Dice) -> tuple[Disposition, tuple[Reason, ...]]:
        """What the receiver did with mail that failed, and the excuse it gives."""
        at = policy_at(flow.home, day)
        below = flow.header_from != flow.home.domain
        p = flow.home.sp if below and flow.home.sp is not Policy.ABSENT else at.p
        weight = 0.35 if p is Policy.NONE else 1.0  # few write an excuse where nothing was to be done
        if flow.hint == "arc" and dice.random() < reporter.trusts_arc * weight:
            return Disposition.NONE, (Reason(Override.LOCAL_POLICY, "arc=pass"),)
        for kind, comment, share in reporter.notes:
            chance = share if flow.hint else share * 0.15
            if (kind != "mailing_list" or flow.hint == "list") and dice.random() < chance * weight:
                return Disposition.NONE, (Reason(Override(kind), comment),)
        if p is Policy.NONE:
            return Disposition.NONE, ()
        if at.pct < 100 and dice.random() * 100 >= at.pct:
            return Disposition.NONE if p is Policy.QUARANTINE else Disposition.QUARANTINE, (Reason(Override.SAMPLED_OUT),)
        if dice.random() >= reporter.enforces:
            return Disposition.QUARANTINE if p is Policy.REJECT and dice.random() < 0.6 else Disposition.NONE, (
                Reason(Override.LOCAL_POLICY),
            ) if dice.random() < 0.7 else ()
        return Disposition(p.value), ()

    @staticmethod
    def _recipient(reporter: Reporter, flow: Flow, dice: Dice) -> str:
        if not reporter.to:
            return ""
        if reporter.to == ("*",):
            return dice.choice(FIRMS) + (".co.jp" if flow.home.country == "jp" else ".com")
        return reporter.to[min(int(dice.random() ** 2 * len(reporter.to)), len(reporter.to) - 1)]

    def reports(self) -> tuple[list[tuple[str, AggregateReport]], dict[Key, Truth]]:
        """All reports, the oldest first, and the truth of each row."""
        found: list[tuple[str, AggregateReport]] = []
        truth: dict[Key, Truth] = {}
        ordered = sorted(self._days, key=lambda key: (_begin(REPORTERS[key[1]], key[2]), key[1], key[0].domain))
        for number, (home, org, day) in enumerate(ordered):
            reporter = REPORTERS[org]
            lines = _merged(self._days[home, org, day])
            Dice.of(self._town.seed, "report", home.domain, org, day).shuffle(lines)
            records = (Record(line.ip, count, self._said(line.said)) for line, count in lines)
            report = self._report(home, reporter, day, number, Rows.of(records))
            for row, (line, _) in enumerate(lines):
                truth[report.reporter, report.report_id, row] = line.truth
            found.append((home.owner, report))
        return found, truth

    def _report(self, home: Home, reporter: Reporter, day: int, number: int, rows: Rows) -> AggregateReport:
        begin = _begin(reporter, day)
        modern = reporter.generation is Generation.RFC9990
        at = policy_at(home, day)
        policy = PolicyPublished(
            home.domain, at.p, Policy.ABSENT if reporter.ids == "time" else home.sp if home.sp is not Policy.ABSENT else at.p,
            adkim=home.adkim, aspf=AlignmentMode.RELAXED, pct=None if modern else at.pct, fo=reporter.fo,
            testing="n" if modern else "", discovery_method="psl" if modern else "",
        )  # fmt: skip
        return AggregateReport(
            reporter.org, reporter.email, reporter.contact, _id(reporter, home, begin, number), begin, begin + 86_399, policy, rows,
            generator=reporter.generator, version="1.0", generation=reporter.generation,
            namespace="urn:ietf:params:xml:ns:dmarc-2.0" if modern else "",
        )  # fmt: skip

    def _said(self, key: tuple[object, ...]) -> Said:
        if key not in self._saids:
            self._saids[key] = _said(*key)  # type: ignore[arg-type]  # the tuple that `_deliver` made
        return self._saids[key]


def _merged(counted: Counter[_Line]) -> list[tuple[_Line, int]]:
    """One row for what looks alike, as a receiver counts it; it is in truth what most of its messages are."""
    alike: dict[tuple[str, tuple[object, ...]], list[tuple[_Line, int]]] = defaultdict(list)
    for line, count in counted.items():
        alike[line.ip, line.said].append((line, count))
    return [(max(each, key=lambda one: one[1])[0], sum(count for _, count in each)) for each in alike.values()]


def _said(
    disposition: Disposition, dkim_ok: bool, spf_ok: bool, reasons: tuple[Reason, ...], header_from: str, envelope_from: str,
    envelope_to: str, dkim: tuple[DkimAuth, ...], spf: tuple[str, bool, bool, AuthResult],
) -> Said:  # fmt: skip
    domain, mfrom, scoped, result = spf
    scope = SpfScope.ABSENT if not scoped else SpfScope.MFROM if mfrom else SpfScope.HELO
    return Said(
        disposition, Aligned.PASS if dkim_ok else Aligned.FAIL, Aligned.PASS if spf_ok else Aligned.FAIL, reasons, header_from,
        envelope_from, envelope_to, dkim, (SpfAuth(domain, scope, result),),
    )  # fmt: skip


def _told(results: tuple[tuple[Sig, AuthResult], ...], reporter: Reporter) -> tuple[DkimAuth, ...]:
    """What of the signatures gets into the report."""
    shown = () if reporter.dkim == "none" else results[:1] if reporter.dkim == "first" else results
    return tuple(DkimAuth(sig.domain, "" if reporter.dkim == "domain" else sig.selector, result) for sig, result in shown)


def policy_at(home: Home, day: int) -> Change:
    """The policy of a day."""
    return [change for change in home.policies if change.day <= day][-1]


def _begin(reporter: Reporter, day: int) -> int:
    return START + day * 86_400 - (86_400 - reporter.hour * 3600 if reporter.hour else 0)


def _id(reporter: Reporter, home: Home, begin: int, number: int) -> str:
    dice = Dice.of("id", reporter.org, home.domain, begin, number)
    if reporter.ids == "hex":
        return dice.hex(32)
    if reporter.ids == "time":
        return f"{begin + 90_000}.{dice.randrange(10**6):06d}{number}"
    if reporter.ids == "mta":
        return f"{home.domain}:{begin}:{number}"
    if reporter.ids == "rspamd":
        return f"{home.domain}.{begin}.{begin + 86_399}.{dice.hex(8)}"
    if reporter.ids == "esa":
        return f"{dice.hex(6)}${dice.hex(6)}={dice.hex(16)}@{reporter.org}"
    return str(dice.randrange(10**17, 10**19))
