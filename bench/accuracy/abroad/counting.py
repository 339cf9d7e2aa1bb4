"""How receivers weigh letters and make reports of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from ipaddress import ip_address
from typing import NamedTuple
from uuid import UUID

from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.letters import NO_KEY, Letter, Seal, Stream
from bench.accuracy.abroad.people import Home
from bench.accuracy.abroad.postoffices import OFFICES, PUBLICS, PostOffice
from bench.accuracy.abroad.rhythm import date_of
from bench.accuracy.abroad.town import Town
from bench.accuracy.labels import DAYS, Key, Truth

from sekisho.core.names import aligned
from sekisho.core.questions import answered
from sekisho.core.reports.values import AggregateReport, DkimAuth, PolicyPublished, Reason, Record, Rows, Said, SpfAuth
from sekisho.core.spf.check import check_mail_from
from sekisho.core.spf.values import Client
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Class, Disposition, Override, Policy, SpfScope

MAX_WEIGHT = 0.35
"""Share of its receivers' mail that one receiver, day and stream may lack by chance, so that no two days are alike."""

SaidKey = tuple[object, ...]


class Row(NamedTuple):
    """A row while it is counted."""

    ip: str
    said: SaidKey


class Counting:
    """All receivers at work for one domain."""

    def __init__(self, town: Town, home: Home) -> None:
        self._town, self._home = town, home
        self._strict = "strict" in home.traits
        self._spf: dict[tuple[str, str], AuthResult] = {}
        self._counts: dict[tuple[int, str], dict[Row, Counter[Truth]]] = defaultdict(lambda: defaultdict(Counter))
        self._dice = Dice.of(town.seed, "receivers", home.domain)

    def take(self, stream: Stream, dice: Dice) -> None:
        """Sends a stream through the whole window."""
        audience = stream.audience or PUBLICS[self._home.public]
        whole = sum(audience.values())
        for day in range(DAYS):
            rate = stream.rate * stream.rhythm(day)
            if rate <= 0:
                continue
            for office, weight in audience.items():
                number = dice.number(rate * weight / whole * dice.uniform(1 - MAX_WEIGHT, 1 + MAX_WEIGHT))
                for count in _lots(number, stream.lots):
                    self._arrive(stream, stream.write(dice, day), office, day, count)

    def _arrive(self, stream: Stream, letter: Letter, office: str, day: int, count: int) -> None:
        post = OFFICES[office]
        trouble = not self._home.untroubled and self._dice.odds(post.lookup_trouble)
        spf = AuthResult.TEMPERROR if trouble else self._spf_of(letter)
        seals = tuple(_verified(seal, post, trouble=trouble) for seal in letter.seals)
        author = letter.header_from
        dkim_ok = any(s.result is AuthResult.PASS and aligned(s.domain, author, strict=self._strict) for s in seals)
        spf_ok = spf is AuthResult.PASS and bool(letter.envelope) and aligned(letter.envelope, author, strict=self._strict)
        passed = dkim_ok or spf_ok
        policy, pct = self._home.policy_on(day)
        disposition, reasons = self._treatment(post, letter, policy if not passed else "none", pct)
        shown = {"all": seals, "first": seals[:1], "none": ()}[post.dkim]
        said = (
            disposition,
            dkim_ok,
            spf_ok,
            reasons,
            author,
            letter.envelope if post.envelope else "",
            tuple(DkimAuth(s.domain, s.selector if post.selectors else "", s.result) for s in shown),
            (_spf_auth(post, letter, spf),),
        )
        self._counts[day, office][Row(letter.ip, said)][_truth(stream, letter, passed=passed)] += count

    def _spf_of(self, letter: Letter) -> AuthResult:
        if letter.spf is not None:
            return letter.spf
        domain = letter.envelope or letter.helo or "localhost"
        key = letter.ip, domain
        if key not in self._spf:
            asking = check_mail_from(Client(ip_address(letter.ip), letter.helo or domain), f"postmaster@{domain}")
            self._spf[key] = answered(asking, self._town.answer).result
        return self._spf[key]

    def _treatment(self, post: PostOffice, letter: Letter, policy: str, pct: int) -> tuple[Disposition, tuple[Reason, ...]]:
        if policy == "none":
            return Disposition.NONE, ()
        if letter.travelled and self._dice.odds(post.notices):
            if post.says is Override.FORWARDED:
                return Disposition.NONE, (Reason(Override.MAILING_LIST if letter.travelled == "list" else Override.FORWARDED),)
            return Disposition.NONE, (Reason(Override.LOCAL_POLICY, "arc=pass" if letter.travelled == "arc" else ""),)
        if not self._dice.odds(pct / 100):
            lower = Disposition.QUARANTINE if policy == "reject" else Disposition.NONE
            return lower, (Reason(Override.SAMPLED_OUT),)
        if self._dice.odds(0.01):  # a user's own rule let it in, whatever it was
            return Disposition.NONE, (Reason(Override.LOCAL_POLICY),)
        return Disposition(policy), ()

    def reports(self) -> Iterator[tuple[AggregateReport, dict[Key, Truth]]]:
        """The reports, oldest first, and the truth of their rows: that of most of the messages which a row counts together."""
        for (day, office), rows in sorted(self._counts.items()):
            report = self._report(OFFICES[office], office, day, rows)
            truths = (counts.most_common(1)[0][0] for counts in rows.values())
            yield report, {(report.reporter, report.report_id, n): truth for n, truth in enumerate(truths)}

    def _report(self, post: PostOffice, office: str, day: int, rows: Mapping[Row, Counter[Truth]]) -> AggregateReport:
        begin = int((date_of(day) - timedelta(hours=post.zone_h)).timestamp())
        policy, pct = self._home.policy_on(day)
        mode = AlignmentMode.STRICT if self._strict else AlignmentMode.RELAXED
        published = PolicyPublished(self._home.domain, Policy(policy), adkim=mode, aspf=mode, pct=pct)
        saids: dict[SaidKey, Said] = {}
        records = [Record(row.ip, counts.total(), saids.setdefault(row.said, _said(row.said))) for row, counts in rows.items()]
        name = _report_id(post, self._home.domain, begin, Dice.of(self._town.seed, "id", self._home.domain, office, day))
        return AggregateReport(post.org_name, post.email, "", name, begin, begin + 86399, published, Rows.of(records))


def _lots(number: int, most: int) -> Iterable[int]:
    lots = min(number, most)
    return [number // lots + (n < number % lots) for n in range(lots)] if lots else []


def _truth(stream: Stream, letter: Letter, *, passed: bool) -> Truth:
    if passed:
        return Truth(Class.NORMAL, stream.kind, False, letter.ip)
    if stream.klass is Class.NORMAL:  # proper mail that a receiver could not verify
        return Truth(Class.FAILING, "lost_on_arrival", False, letter.ip)
    return Truth(stream.klass, stream.kind, stream.hard, letter.ip)


def _verified(seal: Seal, post: PostOffice, *, trouble: bool) -> Seal:
    if trouble:
        return seal._replace(result=AuthResult.TEMPERROR)
    return seal._replace(result=post.no_key) if seal.result is NO_KEY else seal


def _spf_auth(post: PostOffice, letter: Letter, result: AuthResult) -> SpfAuth:
    scope = SpfScope.HELO if not letter.envelope and post.scope is not SpfScope.ABSENT else post.scope
    return SpfAuth(letter.envelope or letter.helo, scope, result)


def _said(key: SaidKey) -> Said:
    disposition, dkim_ok, spf_ok, reasons, author, envelope, dkim, spf = key
    verdicts = [Aligned.PASS if ok else Aligned.FAIL for ok in (dkim_ok, spf_ok)]
    return Said(disposition, *verdicts, reasons, author, envelope, "", dkim, spf)  # type: ignore[arg-type, call-arg]


def _report_id(post: PostOffice, domain: str, begin: int, dice: Dice) -> str:
    match post.name:
        case "number":
            return str(dice.randrange(10**18, 10**19))
        case "hex":
            return f"{dice.getrandbits(128):032x}"
        case "dotted":
            return f"{begin + 90000}.{dice.randrange(10**6)}-{dice.word(4)}"
        case "host":
            return f"{domain}-{begin + 86400}@{post.org_name}"
        case _:
            return str(UUID(int=dice.getrandbits(128)))
