"""The stage of the world: hosts, DNS, block lists and streams of mail, and the reports that receivers make of what arrives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_address
from itertools import accumulate
from random import Random

from bench.accuracy.homeland.operators import Operator
from bench.accuracy.homeland.reporters import REPORTERS, Details, Reporter
from bench.accuracy.labels import DAYS, Key, Truth

from sekisho.core.names import aligned
from sekisho.core.reports.values import AggregateReport, DkimAuth, PolicyPublished, Reason, Record, Rows, Said, SpfAuth
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Class, Disposition, Override, Policy, SpfScope
from sekisho.sample.dice import amount, dice

LAST_DAY = 20_780
"""The last day of every world."""
FIRST_DAY = LAST_DAY - DAYS + 1
DAY_S = 86_400
FEW = 300
"""Up to so many messages are dealt one by one."""
LISTS = ("bl1.kabe.example", "bl2.tate.example", "bl3.mon.example", "bl4.hori.example")
WORDS = ("kita", "minami", "aoi", "sumire", "hato", "kaede", "tsuru", "nami", "yuki", "mori", "sora", "hoshi", "kawa", "take")
PASS, FAIL = AuthResult.PASS, AuthResult.FAIL


@dataclass(frozen=True, slots=True)
class Host:
    """A host that hands mail over."""

    address: str
    ptr: str


@dataclass(frozen=True, slots=True)
class Sig:
    """A signature on its arrival: `state` is ok, broken, nokey (the key is not in the DNS) or temp."""

    domain: str
    selector: str
    state: str = "ok"


@dataclass(frozen=True, slots=True)
class Letter:
    """Mail as it arrives. An `envelope` of "" is a bounce: SPF is checked for `helo`."""

    share: float
    header_from: str
    envelope: str
    sigs: tuple[Sig, ...] = ()
    helo: str = ""
    detour: Override = Override.ABSENT
    """What a receiver that sees through it says it was."""
    arc: bool = False
    days: tuple[int, int] = (0, DAYS)
    """First day and the day after the last, from the start of the world."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Mail of one kind from some hosts; `mean` gives messages by day from the start of the world."""

    home: Home
    kind: str
    klass: Class
    hard: bool
    hosts: tuple[tuple[float, Host], ...]
    letters: tuple[Letter, ...]
    mean: Callable[[int], float]
    reach: tuple[tuple[str, float], ...] = ()


@dataclass(slots=True)
class Permits:
    """An SPF record: what it permits and what it says of the rest."""

    addresses: set[str] = field(default_factory=set)
    includes: list[str] = field(default_factory=list)
    rest: AuthResult = AuthResult.SOFTFAIL
    breaks: int = 10_000
    """Day from which the record is a permanent error."""


@dataclass(slots=True)
class Home:
    """A registered domain and how it is run."""

    owner: str
    domain: str
    japan: bool
    part: str
    """`fit` or `test`."""
    volume: float
    """Own messages a workday."""
    signs: float = 1.0
    """Share of own mail that is signed."""
    selector: str = "s1"
    policies: tuple[tuple[int, Policy], ...] = ((0, Policy.NONE),)
    strict: bool = False
    office: str = "own"
    """Whose hosts send the ordinary mail: `own`, `google`, `microsoft` or `hosted`."""
    parked: bool = False
    untroubled: bool = False
    hosts: tuple[tuple[float, Host], ...] = ()
    services: list[str] = field(default_factory=list)

    def policy(self, day: int) -> Policy:
        """The policy of a day."""
        return [policy for start, policy in self.policies if start <= day][-1]


def workdays(mean: float, off: float = 0.25, start: int = 0, end: int = DAYS) -> Callable[[int], float]:
    """Messages by the week: less on days off."""

    def by_day(day: int) -> float:
        if not start <= day < end:
            return 0.0
        weekend = date.fromordinal(date(1970, 1, 1).toordinal() + FIRST_DAY + day).weekday() >= 5
        return mean * (off if weekend else 1.0)

    return by_day


def on_days(mean: float, days: frozenset[int]) -> Callable[[int], float]:
    """Messages on some days only."""
    return lambda day: mean if day in days else 0.0


class Town:
    """All that exists in a world; kinds add to it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = dice(seed, "town")
        self.zone: dict[str, list[tuple[str, str]]] = {}
        self.listed: dict[str, set[str]] = {name: set() for name in LISTS}
        self.streams: list[Stream] = []
        self.permits: dict[str, Permits] = {}
        self.homes: list[Home] = []
        self._used: set[str] = set()
        self._pools: dict[tuple[str, int], list[Host]] = {}
        self._names = 0

    # ---- hosts
    def host(self, operator: Operator, *, lists: float = 0.0, word: str = "", ptr: str | None = None) -> Host:
        """A new host of an operator, in the DNS, on each list with probability `lists`; `ptr` overrides its name."""
        rng = self.rng
        while True:
            address = self._address(rng.choice(operator.ranges))
            if address not in self._used:
                break
        self._used.add(address)
        self._names += 1
        octets = address.split(".") if "." in address else ["0", "0", "0", str(rng.randrange(1, 255))]
        name = operator.pattern if ptr is None else ptr
        name = name.format(
            a=octets[0], b=octets[1], c3=octets[2], c=octets[2], d=octets[3], n=rng.randrange(1, 9), w=word or rng.choice(WORDS),
            p="".join(octet.zfill(3) for octet in octets),
        )  # fmt: skip
        host = Host(address, name)
        self._name(host, confirmed=operator.confirmed and ptr is None)
        for zone in LISTS:
            if rng.random() < lists:
                self.listed[zone].add(address)
        return host

    def named(self, address: str, ptr: str, *, confirmed: bool = True) -> Host:
        """A host at a very address."""
        self._used.add(address)
        host = Host(address, ptr)
        self._name(host, confirmed=confirmed)
        return host

    def pool(self, operator: Operator, size: int, *, lists: float = 0.0) -> tuple[tuple[float, Host], ...]:
        """Hosts that many share: the same for all who ask with the same size."""
        found = self._pools.get((operator.name, size))
        if found is None:
            word = self.rng.choice(WORDS)
            found = self._pools[operator.name, size] = [self.host(operator, lists=lists, word=word) for _ in range(size)]
            if operator.spf:
                self.spf(operator.spf, {h.address for h in found}, AuthResult.NEUTRAL)
            if operator.envelope:
                for host in found:
                    self.spf(self.envelope(operator, host), {h.address for h in found}, FAIL)
        return tuple((1 / (at + 1.5), host) for at, host in enumerate(found))

    def envelope(self, operator: Operator, host: Host) -> str:
        """The operator's own return path at a host."""
        if "{" not in operator.envelope:
            return operator.envelope
        if operator.envelope == operator.pattern:
            return host.ptr
        if "{w}" in operator.envelope:
            return host.ptr
        octets = host.address.split(".")
        return operator.envelope.format(c=octets[2], d=octets[3], n=1)

    def own_range(self) -> str:
        """A fresh /24 of somebody's own."""
        return f"{self.rng.choice((202, 210, 219, 61, 203))}.{self.rng.randrange(10, 250)}.{self.rng.randrange(1, 250)}"

    def _address(self, start: str) -> str:
        if ":" in start:
            return str(ip_address(f"{start}:{self.rng.randrange(1, 0xFFFF):x}::{self.rng.randrange(1, 0xFFFF):x}"))
        # operators have few /24: neighbours are as likely as in life
        return f"{start}.{self.rng.randrange(1, 250)}.{self.rng.randrange(2, 254)}"

    def _name(self, host: Host, *, confirmed: bool) -> None:
        reverse = ip_address(host.address).reverse_pointer
        if not host.ptr:
            if self.rng.random() < 0.04:
                self.zone[reverse] = [("SERVFAIL", "")]
            return
        if self.rng.random() < 0.02:
            self.zone[reverse] = [("SERVFAIL", "")]
            return
        self.zone[reverse] = [("PTR", host.ptr + ".")]
        if confirmed:
            self.publish(host.ptr, "AAAA" if ":" in host.address else "A", host.address)

    # ---- DNS
    def publish(self, name: str, rtype: str, text: str) -> None:
        """Adds a record."""
        records = self.zone.setdefault(name, [])
        if (rtype, text) not in records:
            records.append((rtype, text))

    def spf(self, domain: str, addresses: set[str], rest: AuthResult = AuthResult.SOFTFAIL, *includes: str) -> Permits:
        """Makes or widens an SPF record."""
        permits = self.permits.setdefault(domain, Permits(rest=rest))
        permits.addresses |= addresses
        permits.includes += [i for i in includes if i not in permits.includes]
        return permits

    def key(self, domain: str, selector: str) -> None:
        """Publishes a DKIM key."""
        self.publish(f"{selector}._domainkey.{domain}", "TXT", "v=DKIM1; k=rsa; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAK")

    def finish(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The whole zone, with the SPF records as text."""
        marks = {FAIL: "-all", AuthResult.SOFTFAIL: "~all", AuthResult.NEUTRAL: "?all"}
        for domain, permits in self.permits.items():
            words = [f"ip{6 if ':' in a else 4}:{a}" for a in sorted(permits.addresses)]
            words += [f"include:{i}" for i in permits.includes] + (["include:loop.invalid."] if permits.breaks < DAYS else [])
            self.publish(domain, "TXT", " ".join(["v=spf1", *words, marks[permits.rest]]))
        return {name: tuple(records) for name, records in self.zone.items()}

    def check(self, domain: str, address: str, day: int, depth: int = 0) -> AuthResult:
        """What SPF says."""
        permits = self.permits.get(domain)
        if permits is None:
            return AuthResult.NONE
        if permits.breaks <= day:
            return AuthResult.PERMERROR
        if address in permits.addresses:
            return PASS
        if depth < 3 and any(self.check(i, address, day, depth + 1) is PASS for i in permits.includes):
            return PASS
        return permits.rest

    # ---- mail
    def add(self, *streams: Stream) -> None:
        """Adds streams."""
        self.streams += streams

    def reports(self) -> Iterator[tuple[str, AggregateReport, list[Truth]]]:
        """Owner, report and the truth of its rows, the oldest first."""
        cells = [_cells(stream) for stream in self.streams]
        teller = _Teller(self)
        for day in range(DAYS):
            boxes: dict[tuple[int, str], dict[tuple[str, int], list]] = {}
            for number, stream in enumerate(self.streams):
                self._send(number, stream, cells[number], day, boxes, teller)
            homes = {id(home): home for home in self.homes}
            for (home_id, name), rows in boxes.items():
                yield self._report(homes[home_id], name, day, rows)

    def _send(self, number: int, stream: Stream, cells: tuple, day: int, boxes: dict, teller: _Teller) -> None:
        mean = stream.mean(day)
        if mean <= 0:
            return
        rng = dice(self.seed, "mail", number, day)
        for (host, letter, reporter), count in _deal(rng, amount(rng, mean), cells):
            if not letter.days[0] <= day < letter.days[1]:
                continue
            if reporter.samples < 1:
                count = sum(rng.random() < reporter.samples for _ in range(min(count, 50)))
            for said, part in teller.told(rng, stream.home, host, letter, reporter, day, count):
                rows = boxes.setdefault((id(stream.home), reporter.name), {})
                entry = rows.setdefault((host.address, id(said)), [said, 0, stream, host])
                if entry[2] is not stream and stream.klass is Class.SPOOF:
                    continue  # the same words of the same host: the first to come has the row
                entry[1] += part

    def _report(self, home: Home, name: str, day: int, rows: dict) -> tuple[str, AggregateReport, list[Truth]]:
        reporter = next(r for r in REPORTERS if r.name == name)
        rng = dice(self.seed, "report", home.domain, name, day)
        entries = list(rows.values())
        rng.shuffle(entries)
        truths = []
        for said, _, stream, host in entries:
            passed = said.dkim_aligned is Aligned.PASS or said.spf_aligned is Aligned.PASS
            troubled = not passed and stream.klass is Class.NORMAL
            klass = Class.NORMAL if passed else Class.FAILING if troubled else stream.klass
            kind = "ordinary_mail_failing" if troubled else stream.kind
            truths.append(Truth(klass, kind, stream.hard and not passed, host.address))
        mode = AlignmentMode.STRICT if home.strict else AlignmentMode.RELAXED
        policy = home.policy(day)
        begin = (FIRST_DAY + day) * DAY_S
        report = AggregateReport(
            reporter.name, reporter.email, "", f"{home.domain}!{begin}!{rng.getrandbits(48):012x}", begin, begin + DAY_S - 1,
            PolicyPublished(home.domain, policy, policy, adkim=mode, aspf=mode, pct=100, fo="0"),
            Rows.of(Record(host.address, count, said) for said, count, _, host in entries), version="1.0",
        )  # fmt: skip
        return home.owner, report, truths


def _cells(stream: Stream) -> tuple[list[tuple[Host, Letter, Reporter]], list[float]]:
    """Where a message of a stream may end up, and running shares."""
    reach = dict(stream.reach)
    cells, shares = [], []
    for weight, host in stream.hosts:
        for letter in stream.letters:
            for reporter in REPORTERS:
                usual = reporter.japan if stream.home.japan else reporter.world
                share = reach.get(reporter.name, 0.0) if reach else usual
                if share:
                    cells.append((host, letter, reporter))
                    shares.append(weight * letter.share * share)
    return cells, list(accumulate(shares))


def _deal(rng: Random, messages: int, cells: tuple) -> Iterator[tuple[tuple[Host, Letter, Reporter], int]]:
    places, shares = cells
    if messages <= FEW:
        for index, count in sorted(Counter(rng.choices(range(len(places)), cum_weights=shares, k=messages)).items()):
            yield places[index], count
        return
    before = 0.0
    for place, until in zip(places, shares, strict=True):
        count = amount(rng, messages * (until - before) / shares[-1])
        before = until
        if count:
            yield place, count


class _Teller:
    """What a reporter says of mail; equal words are one object."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._told: dict[tuple, Said] = {}

    def told(
        self, rng: Random, home: Home, host: Host, letter: Letter, reporter: Reporter, day: int, count: int
    ) -> Iterator[tuple[Said, int]]:
        """The words, with counts: detours are seen in some of the mail, a receiver's own DNS fails now and then."""
        trouble = sum(rng.random() < 0.002 for _ in range(min(count, 200))) if letter.sigs and not home.untroubled else 0
        kinds: Counter[tuple[str, bool]] = Counter()
        for _ in range(min(count - trouble, 12)):
            seen = "detour" if letter.detour is not Override.ABSENT and rng.random() < reporter.says_detours else ""
            seen = "arc" if letter.arc and rng.random() < reporter.sees_arc else seen
            if not seen and reporter.flattens and rng.random() < reporter.flattens:
                seen = "local"
            kinds[seen, False] += 1
        if count - trouble > 12:
            kinds["", False] += count - trouble - 12
        if trouble:
            kinds["", True] += trouble
        for (seen, is_trouble), part in kinds.items():
            yield self._said(home, host, letter, reporter, day, seen, is_trouble), part

    def _said(self, home: Home, host: Host, letter: Letter, reporter: Reporter, day: int, seen: str, trouble: bool) -> Said:
        spf = self._spf(letter, host, day, reporter)
        policy = home.policy(day)
        key = (letter, reporter.name, spf, policy, seen, trouble, host.address if seen == "arc" else "")
        found = self._told.get(key)
        if found is None:
            found = self._told[key] = self._make(home, letter, reporter, policy, spf, seen, trouble)
        return found

    def _spf(self, letter: Letter, host: Host, day: int, reporter: Reporter) -> SpfAuth:
        domain = letter.envelope or letter.helo or host.ptr or "unknown.invalid"
        scope = SpfScope.MFROM if letter.envelope else SpfScope.HELO
        if not reporter.tells_scope:
            scope = SpfScope.ABSENT if letter.envelope else SpfScope.HELO
        return SpfAuth(domain, scope, self._town.check(domain, host.address, day))

    def _make(
        self, home: Home, letter: Letter, reporter: Reporter, policy: Policy, spf: SpfAuth, seen: str, trouble: bool
    ) -> Said:  # fmt: skip
        results = {"ok": PASS, "broken": FAIL, "nokey": reporter.no_key, "temp": AuthResult.TEMPERROR}
        dkim = [DkimAuth(s.domain, s.selector, AuthResult.TEMPERROR if trouble else results[s.state]) for s in letter.sigs]
        signed = any(d.result is PASS and aligned(d.domain, letter.header_from, strict=home.strict) for d in dkim)
        sent = spf.scope is not SpfScope.HELO and spf.result is PASS and aligned(spf.domain, letter.header_from, strict=home.strict)
        reasons: tuple[Reason, ...] = ()
        if not signed and not sent:
            if seen == "arc":
                reasons = (Reason(Override.LOCAL_POLICY, f"arc=pass as[1].d={spf.domain} as[1].s=arc1"),)
            elif seen == "detour":
                reasons = (Reason(letter.detour, ""),)
            elif seen == "local":
                reasons = (Reason(Override.LOCAL_POLICY, "whitelisted"),)
        is_spared = bool(reasons) or signed or sent or policy is Policy.NONE
        return Said(
            Disposition.NONE if is_spared else Disposition(policy.value),
            Aligned.PASS if signed else Aligned.FAIL,
            Aligned.PASS if sent else Aligned.FAIL,
            reasons,
            letter.header_from,
            letter.envelope if reporter.tells_envelope else "",
            reporter.recipients[0] if reporter.recipients else "",
            self._details(reporter, dkim),
            (spf,),
        )

    def _details(self, reporter: Reporter, dkim: list[DkimAuth]) -> tuple[DkimAuth, ...]:
        if reporter.details is Details.NONE:
            return ()
        if reporter.details is Details.NO_SELECTOR:
            dkim = [d._replace(selector="") for d in dkim]
        return tuple(dkim[:1] if reporter.details is Details.FIRST else dkim)


def index(reports: list[tuple[str, AggregateReport, list[Truth]]]) -> dict[Key, Truth]:
    """The truth by key."""
    return {(r.reporter, r.report_id, row): truth for _, r, truths in reports for row, truth in enumerate(truths)}
