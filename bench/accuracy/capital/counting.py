"""What receivers count of the streams, and the reports they make of it, each in its own manner."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.letters import Fate, Host, Letter, Sig, Stream
from bench.accuracy.capital.people import HOMES
from bench.accuracy.capital.policies import Policies, treat
from bench.accuracy.capital.reporters import REPORTERS, Reporter, weights
from bench.accuracy.capital.rhythm import BEGIN, shape
from bench.accuracy.capital.town import Town
from bench.accuracy.labels import Key, Truth

from sekisho.core.names import aligned
from sekisho.core.reports.values import AggregateReport, DkimAuth, Reason, Record, Rows, Said, SpfAuth
from sekisho.core.terms import SECONDS_A_DAY, Aligned, AuthResult, Class, SpfScope

TIMEOUTS = 0.002
"""Share of checks for which a receiver's DNS does not answer."""

LOST = "receiver_dns"
"""Kind of proper mail that failed because of that: the label is failing and hard, for nobody can see it from outside."""

lined_up = lru_cache(maxsize=65536)(aligned)

Entry = tuple[str, Said, str, Class, bool]


class Counting:
    """Rows by reporter, domain and day."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.policies = Policies(HOMES)
        self._counts: dict[tuple[str, str, int], dict[Entry, int]] = {}
        self._saids: dict[tuple[object, ...], Said] = {}

    def take(self, stream: Stream, dice: Dice) -> None:
        """Sends a stream and lets its receivers count it."""
        to = stream.to or weights(stream.home.country)
        names, shares = list(to), list(to.values())
        heavy = [dice.around(1.0, 2.5) for _ in stream.hosts]
        letters, parts = [letter for _, letter in stream.letters], [part for part, _ in stream.letters]
        for sig in (sig for letter in letters for sig in letter.sigs if sig.fate is not Fate.NO_KEY):
            self.town.dns.key(sig.selector, sig.domain)
        days = shape(stream.rhythm, dice)
        for day in range(stream.first, stream.last):
            for _ in range(dice.events(stream.rate * days[day])):
                name = dice.choices(names, shares)[0]
                host = dice.choices(stream.hosts, heavy)[0]
                letter = dice.choices(letters, parts)[0]
                size = max(1, round(dice.around(stream.size, 2.5) - 0.2))
                self._count(name, stream, host, letter, day, size, dice)

    def _count(self, name: str, stream: Stream, host: Host, letter: Letter, day: int, size: int, dice: Dice) -> None:
        reporter = REPORTERS[name]
        said = self._said(reporter, stream, host, letter, day, dice)
        passed = Aligned.PASS in (said.dkim_aligned, said.spf_aligned)
        kind, klass, hard = stream.kind, Class.NORMAL if passed else stream.klass, stream.hard and not passed
        if not passed and stream.klass is Class.NORMAL:
            kind, klass, hard = LOST, Class.FAILING, True
        entry = (host.ip, said, kind, klass, hard)
        rows = self._counts.setdefault((name, stream.home.domain, day), {})
        rows[entry] = rows.get(entry, 0) + size

    def _said(self, reporter: Reporter, stream: Stream, host: Host, letter: Letter, day: int, dice: Dice) -> Said:
        policy = self.policies.of(stream.home, day)
        strict, rare = policy.strict, not stream.home.calm
        results = [(sig, _dkim(sig, reporter, dice, rare=rare)) for sig in letter.sigs]
        checked = letter.mail_from or letter.helo or host.name
        result = AuthResult.TEMPERROR if rare and dice.happens(TIMEOUTS) else self.town.dns.check(checked, host.ip)
        spf_ok = result is AuthResult.PASS and lined_up(checked, letter.header_from, strict=strict)
        dkim_ok = any(r is AuthResult.PASS and lined_up(sig.domain, letter.header_from, strict=strict) for sig, r in results)
        treated = treat(policy, reporter, letter, passed=spf_ok or dkim_ok, sub=letter.header_from != stream.home.domain, dice=dice)
        dkim = _shown(results, reporter, letter.header_from, strict=strict)
        scope = (SpfScope.MFROM if letter.mail_from else SpfScope.HELO) if reporter.scope else SpfScope.ABSENT
        to = dice.choice(reporter.envelope_to) if reporter.envelope_to else ""
        return self._shared(
            treated,
            Aligned.PASS if dkim_ok else Aligned.FAIL,
            Aligned.PASS if spf_ok else Aligned.FAIL,
            letter.header_from,
            letter.mail_from if reporter.envelope_from else "",
            to,
            dkim,
            (SpfAuth(checked, scope, result),),
        )

    def _shared(self, treated: tuple[object, tuple[Reason, ...]], *rest: object) -> Said:
        key = (treated, *rest)
        if key not in self._saids:
            dkim_ok, spf_ok, author, sender, to, dkim, spf = rest
            self._saids[key] = Said(treated[0], dkim_ok, spf_ok, treated[1], author, sender, to, dkim, spf)  # type: ignore[arg-type]
        return self._saids[key]

    def reports(self) -> Iterator[tuple[str, AggregateReport, dict[Key, Truth]]]:
        """Owner, report, and the truth of its rows; the oldest report first."""
        owners = {home.domain: home for home in HOMES}
        made = sorted(
            self._counts.items(),
            key=lambda item: (BEGIN + item[0][2] * SECONDS_A_DAY + REPORTERS[item[0][0]].hours * 3600, item[0]),
        )
        for (name, domain, day), entries in made:
            reporter, dice = REPORTERS[name], Dice.of(self.town.seed, "report", name, domain, day)
            if not dice.happens(reporter.days):
                continue
            rows = list(entries.items())
            dice.shuffle(rows)
            begin = BEGIN + day * SECONDS_A_DAY + reporter.hours * 3600
            report = AggregateReport(
                reporter.org_name,
                reporter.email,
                "",
                _report_id(reporter, begin, domain, dice),
                begin,
                begin + SECONDS_A_DAY - (0 if reporter.fills else 1),
                self.policies.published(owners[domain], day, reporter),
                Rows.of(Record(ip, count, said) for (ip, said, *_), count in rows),
                generation=reporter.generation,
            )
            truth = {
                (report.reporter, report.report_id, number): Truth(klass, kind, hard, ip)
                for number, ((ip, _, kind, klass, hard), _) in enumerate(rows)
            }
            yield owners[domain].owner, report, truth


def _dkim(sig: Sig, reporter: Reporter, dice: Dice, *, rare: bool) -> AuthResult:
    if rare and dice.happens(TIMEOUTS):
        return AuthResult.TEMPERROR
    return {Fate.GOOD: AuthResult.PASS, Fate.BROKEN: reporter.broken, Fate.NO_KEY: reporter.no_key}[sig.fate]


def _shown(results: list[tuple[Sig, AuthResult]], reporter: Reporter, author: str, *, strict: bool) -> tuple[DkimAuth, ...]:
    """The results that a receiver writes down, in its order."""
    if reporter.dkim == "none":
        return ()
    if reporter.dkim in ("one", "two"):
        results = sorted(
            results, key=lambda each: (each[1] is not AuthResult.PASS, not lined_up(each[0].domain, author, strict=strict))
        )
        if any(lined_up(sig.domain, author, strict=strict) and r is AuthResult.PASS for sig, r in results):
            results.sort(key=lambda each: not (each[1] is AuthResult.PASS and lined_up(each[0].domain, author, strict=strict)))
        results = results[: 1 if reporter.dkim == "one" else 2]
    if reporter.dkim == "ok":
        results = [each for each in results if each[1] is AuthResult.PASS]
    found = tuple(DkimAuth(sig.domain, sig.selector if reporter.selectors else "", result) for sig, result in results)
    return found or ((DkimAuth(author, "", AuthResult.NONE),) if reporter.fills else ())


def _report_id(reporter: Reporter, begin: int, domain: str, dice: Dice) -> str:
    if reporter.id_like == "digits":
        return str(dice.randrange(10**18, 10**19))
    if reporter.id_like == "yahoo":
        return f"{begin + 90_000 + dice.randrange(9000)}.{dice.randrange(10**6):06}"
    if reporter.id_like == "stamp":
        return f"{domain}-{begin}-{dice.hexes(6)}"
    if reporter.id_like == "esa":
        return f"{dice.hexes(6)}$9{dice.hexes(6)}={dice.hexes(16)}@{reporter.org_name}"
    return dice.hexes(32)
