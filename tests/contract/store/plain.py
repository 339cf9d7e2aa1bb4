"""A store over lists, as plain as can be: it answers each question by going through all facts, and so checks the others."""

from __future__ import annotations

import copy
import dataclasses
import ipaddress
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sekisho.core.errors import KeyCollision
from sekisho.core.facts import Beat, Context, Evidence, Flow, FlowKey, Group, Verdict
from sekisho.core.names import aligned, organizational_domain
from sekisho.core.reports.values import AggregateReport, Said, TlsReport
from sekisho.core.terms import URGENCY, AuthResult, Class
from sekisho.core.ways import dkim_is_aligned, envelope_of, key63, spf_is_aligned, way_key, way_of, way_text
from sekisho.store.base import Arrival, Judged, Kept, TlsArrival
from sekisho.store.query import (
    Answer,
    Change,
    DaySplit,
    DomainSum,
    Filter,
    FlowVerdict,
    GroupSum,
    HostSum,
    Page,
    PlaceSum,
    ReportSum,
    RowFact,
    Share,
    Split,
)
from sekisho.store.rhythm import BITS, HIDDEN, SELDOM
from tests.contract.store.plain_alerts import PlainAlerts
from tests.contract.store.plain_receivers import Heard, likeness
from tests.contract.store.plain_tls import PlainTls
from tests.contract.store.plain_whatif import PlainWhatIf


@dataclass
class Kept1:
    """A report that is kept."""

    key: int
    org: int
    domain: str
    delivery: int
    report: AggregateReport

    @property
    def day(self) -> int:
        return max(0, min(10_000_000, self.report.begin // 86_400))

    @property
    def identity(self) -> tuple[object, ...]:
        r = self.report
        return (self.org, r.reporter, r.report_id, r.policy.domain, r.begin, r.end)


@dataclass
class Fact:
    """A row that is kept."""

    of: Kept1
    row: int
    ip: str
    count: int
    said: Said

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)

    @property
    def dkim(self) -> bool:
        return dkim_is_aligned(self.said, self.of.report.policy)

    @property
    def spf(self) -> bool:
        return spf_is_aligned(self.said, self.of.report.policy)

    @property
    def passed(self) -> bool:
        return self.dkim or self.spf

    @property
    def flow(self) -> FlowKey:
        return FlowKey(self.of.org, self.of.domain, self.ip, way_key(self.said))


@dataclass
class World:
    """All that is kept."""

    reports: dict[int, Kept1] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    hosts: dict[str, tuple[Evidence, Group]] = field(default_factory=dict)
    met: dict[str, tuple[int, int]] = field(default_factory=dict)
    flows: dict[FlowKey, tuple[Verdict, int, str]] = field(default_factory=dict)
    changes: list[tuple[FlowKey, Change]] = field(default_factory=list)
    touched: list[tuple[int, str]] = field(default_factory=list)
    tls: dict[int, tuple[TlsReport, int, int, str]] = field(default_factory=dict)


class _Tls(NamedTuple):
    """A TLS report that is kept."""

    report: TlsReport
    delivery: int
    org: int
    domain: str

    @property
    def day(self) -> int:
        return max(0, min(10_000_000, self.report.begin // 86_400))


UNKNOWN = Group("unknown", "")


class PlainStore(PlainTls, PlainWhatIf, PlainAlerts):
    """The protocol, naively."""

    def __init__(self) -> None:
        self.w = World()
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        before = copy.copy(self.w)
        for name in ("reports", "facts", "hosts", "met", "flows", "changes", "touched", "tls"):
            setattr(before, name, copy.copy(getattr(self.w, name)))
        try:
            yield
        except BaseException:
            self.w = before
            raise

    # ---- in
    def keep(self, arrivals: Sequence[Arrival]) -> list[Kept]:
        answers, fresh = [], {}
        for org, domain, delivery, report in arrivals:
            key = key63(org, report.reporter, report.report_id, report.policy.domain, report.begin, report.end)
            this = Kept1(key, org, domain, delivery, report)
            there = self.w.reports.get(key) or fresh.get(key)
            if there is not None and there.identity != this.identity:
                raise KeyCollision("two reports, one key")
            if there is None:
                fresh[key] = this
            answers.append(Kept(key, there is None, delivery if there is None else there.delivery))
        for this in fresh.values():
            self.w.reports[this.key] = this
            self.w.facts += [Fact(this, n, *record) for n, record in enumerate(this.report.rows)]
            if len(this.report.rows):
                self._touch(this.org, this.domain)
        new: dict[str, list[int]] = {}
        for fact in self.w.facts:
            if fact.of.key in fresh and fact.ip not in self.w.met:
                sums = new.setdefault(fact.ip, [0, 0])
                sums[0] += 0 if fact.passed else fact.count
                sums[1] += fact.count
        self.w.met.update({ip: (failed, messages) for ip, (failed, messages) in new.items()})
        return answers

    def _touch(self, org: int, domain: str) -> None:
        if (org, domain) not in self.w.touched:
            self.w.touched.append((org, domain))

    def keep_tls(self, org: int, domain: str, delivery: int, report: TlsReport) -> Kept:
        key = key63("tls", org, domain, report.organization_name, report.report_id, report.begin, report.end)
        there = self.w.tls.setdefault(key, (report, delivery, org, domain))
        return Kept(key, there[0] is report, there[1])

    def keep_all_tls(self, arrivals: Sequence[TlsArrival]) -> list[Kept]:
        return [self.keep_tls(*arrival) for arrival in arrivals]

    def keep_evidence(self, found: Iterable[tuple[Evidence, Group]]) -> set[str]:
        changed = set()
        for evidence, group in found:
            ip = evidence.address
            was, was_in = self.w.hosts.get(ip, (Evidence(ip), UNKNOWN))
            if evidence.at < was.at:
                continue
            if group.key != was_in.key or _weight(evidence) != _weight(was):
                changed.add(ip)
            self.w.hosts[ip] = (evidence, group)
            self.w.met.setdefault(ip, (0, 0))
        for fact in self.w.facts:
            if fact.ip in changed:
                self._touch(fact.org, fact.domain)
        return changed

    def judged(self, verdicts: Iterable[Judged], *, at: int, why: str) -> int:
        changed = 0
        for key, verdict in {v.key: v for v in verdicts}.values():
            if key.source_ip not in self.w.met:
                continue
            old = self.w.flows.get(key)
            if old is None:
                self.w.flows[key] = (verdict, at, "")
                changed += 1
                continue
            was, _, was_before = old
            if was.klass is not verdict.klass:
                self.w.changes.append((key, Change(at, key.domain, was.klass.value, verdict.klass.value, why)))
                changed += 1
                was_before = was.klass.value
            if was != verdict:
                self.w.flows[key] = (verdict, at, was_before)
        return changed

    def erase(self, org: int, *, domain: str | None = None, before_day: int | None = None) -> int:
        def goes(k: Any) -> bool:
            return k.org == org and domain in (None, k.domain) and (before_day is None or k.day < before_day)

        before = len(self.w.facts)
        self.w.facts = [f for f in self.w.facts if not goes(f.of)]
        self.w.reports = {k: r for k, r in self.w.reports.items() if not goes(r)}
        self.w.tls = {k: v for k, v in self.w.tls.items() if not goes(_Tls(*v))}
        alive = {f.flow for f in self.w.facts}
        if before_day is None:
            kept = {k for k in self.w.flows if not (k.org == org and domain in (None, k.domain))}
            self.w.touched = [t for t in self.w.touched if not (t[0] == org and domain in (None, t[1]))]
        else:
            kept = {k for k in self.w.flows if k.org != org or k in alive}
        self.w.flows = {k: v for k, v in self.w.flows.items() if k in kept}
        self.w.changes = [(k, c) for k, c in self.w.changes if k in kept]
        hosts = {f.ip for f in self.w.facts}
        self.w.hosts = {ip: v for ip, v in self.w.hosts.items() if ip in hosts}
        self.w.met = {ip: v for ip, v in self.w.met.items() if ip in hosts}
        return before - len(self.w.facts)

    # ---- judge
    def without_evidence(self, *, limit: int, failing: bool) -> list[str]:
        bad = {fact.ip for fact in self.w.facts if not fact.passed}
        wanted = [ip for ip in self.w.met if ip not in self.w.hosts and (ip in bad or not failing)]
        return sorted(wanted, key=lambda ip: -self.w.met[ip][1])[:limit]

    def unknown_addresses(self, *, limit: int, older_than: int = 0) -> list[str]:
        def at(ip: str) -> int:
            return self.w.hosts[ip][0].at if ip in self.w.hosts else 0

        def rank(ip: str) -> tuple[object, ...]:
            failed, messages = self.w.met[ip]
            return (at(ip) > 0, failed == 0, -messages)

        wanted = [ip for ip in self.w.met if _number(ip) and (at(ip) == 0 or at(ip) < older_than)]
        return sorted(wanted, key=rank)[:limit]

    def evidence(self, addresses: Iterable[str]) -> dict[str, tuple[Evidence, Group]]:
        return {ip: self.w.hosts[ip] for ip in addresses if ip in self.w.hosts}

    def failing_flows(
        self, org: int, domains: Sequence[str], *, since: int, until: int, addresses: Sequence[str] | None = None
    ) -> Iterator[tuple[Flow, Context]]:
        for domain in domains:
            yield from self._failing(org, domain, since, until, addresses)

    def _failing(
        self, org: int, domain: str, since: int, until: int, addresses: Sequence[str] | None
    ) -> Iterator[tuple[Flow, Context]]:
        mine = [f for f in self.w.facts if f.org == org and f.domain == domain and f.day <= until]
        now = [f for f in mine if f.day >= since]
        flows: dict[FlowKey, list[Fact]] = defaultdict(list)
        for fact in now:
            if not fact.passed and (addresses is None or fact.ip in addresses):
                flows[fact.flow].append(fact)
        for key, facts in flows.items():
            days = [f.day for f in facts]
            flow = Flow(
                key,
                way_of(facts[0].said),
                sum(f.count for f in facts),
                min(days),
                max(days),
                len(set(days)),
                len({f.report.reporter for f in facts}),
            )
            yield flow, self._context(flow, mine, now, since, until)

    def _context(self, flow: Flow, mine: list[Fact], now: list[Fact], since: int, until: int) -> Context:
        ip = flow.key.source_ip

        def total(test: Callable[[Fact], bool]) -> int:
            return sum(f.count for f in now if test(f))

        def first_day(address: str) -> int:
            return min(f.day for f in mine if f.ip == address)

        def never_passed(address: str) -> bool:
            return not any(f.passed for f in mine if f.ip == address)

        group, network = self._group(ip), _network(ip)
        failing = {f.ip for f in now if not f.passed and f.count}
        passing = {f.ip for f in now if f.passed and f.count}
        all_org = [f for f in self.w.facts if f.org == flow.key.org and since <= f.day <= until]
        passed = total(lambda f: f.passed)
        envelope = organizational_domain(envelope_of(flow.way))
        alike = [f for f in now if not f.passed and f.flow.way == flow.key.way]
        kin = [f for f in now if not f.passed and self._group(f.ip) == group]
        kin = [f for f in kin if envelope_of(way_of(f.said)) == envelope_of(flow.way)]
        also = {(f.org, f.domain) for f in self.w.facts if f.ip == ip and since <= f.day <= until and f.dkim and f.count}
        also -= {(flow.key.org, flow.key.domain)}
        permitted = {(f.org, f.domain) for f in self.w.facts if f.ip == ip and since <= f.day <= until and f.spf and f.count}
        permitted -= {(flow.key.org, flow.key.domain)}
        others = [f for f in self.w.facts if f.org != flow.key.org and f.ip == ip and since <= f.day <= until]
        signing = [f for f in now if f.dkim]
        mute = {f.report.reporter for f in signing} - {f.report.reporter for f in signing if f.said.dkim}
        mute |= self._hiding([f for f in now if not f.passed])
        keys: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for f in signing:
            for d in f.said.dkim:
                if d.result is AuthResult.PASS and d.selector and aligned(d.domain, f.said.header_from):
                    keys[d.domain, d.selector][self._group(f.ip)] += f.count
        return Context(
            window_days=until - since + 1,
            source_dkim=total(lambda f: f.ip == ip and f.dkim),
            source_spf=total(lambda f: f.ip == ip and f.spf),
            source_failed=total(lambda f: f.ip == ip and not f.passed),
            source_first_day=first_day(ip),
            source_first_pass_day=min((f.day for f in mine if f.ip == ip and f.passed), default=0),
            source_last_pass_day=max((f.day for f in mine if f.ip == ip and f.passed), default=0),
            group_passed=0 if group == "unknown" else total(lambda f: f.ip != ip and f.passed and self._group(f.ip) == group),
            group_hosts=0 if group == "unknown" else len({i for i in passing if i != ip and self._group(i) == group}),
            group_spf=0 if group == "unknown" else total(lambda f: f.ip != ip and f.spf and self._group(f.ip) == group),
            network_spf=total(lambda f: f.ip != ip and f.spf and bool(network) and _network(f.ip) == network),
            network_passed=total(lambda f: f.ip != ip and f.passed and bool(network) and _network(f.ip) == network),
            network=network,
            envelope_passed=total(lambda f: f.passed and organizational_domain(f.said.envelope_from) == envelope)
            if envelope
            else 0,
            real_selectors=frozenset(keys),
            group_keys=frozenset(key for key, groups in keys.items() if group != "unknown" and groups[group] * 2 > groups.total()),
            group_selectors=frozenset(key for key, groups in keys.items() if group in groups and group != "unknown"),
            signed_share=total(lambda f: f.dkim) / passed if passed else None,
            domain_passed=passed,
            services=frozenset(self._group(i)[4:] for i in passing if self._group(i).startswith("svc.")),
            domains_claimed=len({organizational_domain(f.domain) for f in all_org if f.ip == ip and not f.passed}),
            organisations=len({f.org for f in others if not f.passed}),
            passes_for=len({f.org for f in others if f.passed}),
            until=until,
            domain_first_day=min(f.day for f in mine),
            strangers=sum(1 for i in failing if never_passed(i)),
            untold=total(lambda f: f.flow == flow.key and f.report.reporter in mute and not f.passed) / (flow.messages or 1),
            way_hosts=len({f.ip for f in alike}),
            carries_for=len(also - permitted),
            permitted_for=len(permitted),
            siblings=len([1 for org, _ in permitted if org == flow.key.org]),
            country_share=self._country_share(ip, [f for f in now if f.passed]),
            beat=self._beat([f for f in now if not f.passed and f.ip == ip], until)._replace(hosts=1, listed=0),
            kin=self._beat(kin, until),
            began_together=sum(1 for i in failing if i != ip and never_passed(i) and first_day(i) == first_day(ip)),
            receivers=self._receivers(now, [f for f in kin if group != "unknown" or f.ip == ip]),
            family=frozenset(organizational_domain(r.domain) for r in self.w.reports.values() if r.org == flow.key.org),
        )

    @staticmethod
    def _receivers(now: list[Fact], kin: list[Fact]) -> float:
        failing, own, of_kin = (
            [Heard(f.ip, f.report.reporter) for f in facts]
            for facts in ([f for f in now if not f.passed], [f for f in now if f.passed], kin)
        )
        return likeness(failing, own, of_kin)

    def _country(self, ip: str) -> str:
        return self.w.hosts[ip][0].place.country if ip in self.w.hosts else ""

    def _country_share(self, ip: str, passed: list[Fact]) -> float | None:
        placed = [f for f in passed if self._country(f.ip)]
        whole = sum(f.count for f in placed)
        same = sum(f.count for f in placed if self._country(f.ip) == self._country(ip))
        return same / whole if self._country(ip) and whole else None

    @staticmethod
    def _hiding(failing: list[Fact]) -> set[str]:
        """Reporters of which broken signatures were to be expected, and that named none."""

        def broken(fact: Fact) -> bool:
            return any(d.result not in (AuthResult.PASS, AuthResult.NONE, AuthResult.ABSENT) for d in fact.said.dkim)

        theirs = {name: [f for f in failing if f.report.reporter == name] for name in {f.report.reporter for f in failing}}
        share = sum(map(broken, failing)) / (len(failing) or 1)
        return {name for name, facts in theirs.items() if len(facts) * share >= HIDDEN + SELDOM * sum(map(broken, facts))}

    def _beat(self, facts: list[Fact], until: int) -> Beat:
        days = {max(f.day, until - BITS + 1) for f in facts}
        hosts = {f.ip for f in facts}
        return Beat(
            sum(f.count for f in facts),
            sum(f.count for f in facts if (f.day + 4) % 7 in (0, 6)),
            len(days),
            min(days),
            max(days),
            len({f.report.reporter for f in facts}),
            len(hosts),
            sum(1 for ip in hosts if ip in self.w.hosts and self.w.hosts[ip][0].listed),
        )

    def sizes(self, org: int, domains: Sequence[str]) -> dict[str, int]:
        return dict(Counter(fact.domain for fact in self.w.facts if fact.org == org and fact.domain in domains))

    def touched(self) -> list[tuple[int, str]]:
        return list(self.w.touched)

    def settle_touched(self, org: int, domains: Sequence[str]) -> None:
        self.w.touched = [(o, d) for o, d in self.w.touched if not (o == org and d in domains)]

    # ---- answers
    def _group(self, ip: str) -> str:
        return self.w.hosts[ip][1].key if ip in self.w.hosts else "unknown"

    def klass(self, fact: Fact) -> Class:
        if fact.passed:
            return Class.NORMAL
        return self.w.flows[fact.flow][0].klass if fact.flow in self.w.flows else Class.FAILING

    def sure(self, fact: Fact) -> float:
        if fact.passed:
            return 1.0
        return self.w.flows[fact.flow][0].confidence if fact.flow in self.w.flows else 0.0

    def _meets(self, fact: Fact, f: Filter) -> bool:
        return (
            fact.org == f.org
            and f.since <= fact.day <= f.until
            and (not f.domains or fact.domain in f.domains)
            and (not f.reporters or fact.report.reporter in f.reporters)
            and (not f.groups or self._group(fact.ip) in f.groups)
            and (not f.hosts or any(_is_in(fact.ip, h) for h in f.hosts))
            and (not f.classes or self.klass(fact) in f.classes)
            and (not f.dispositions or fact.said.disposition.value in f.dispositions)
            and f.dkim in (None, fact.dkim)
            and f.spf in (None, fact.spf)
            and f.report in (None, fact.key)
            and self._says(fact, f.text.strip().lower())
        )

    def _says(self, fact: Fact, text: str) -> bool:
        evidence, group = self.w.hosts.get(fact.ip, (Evidence(fact.ip), UNKNOWN))
        words = (fact.said.header_from, fact.domain, fact.report.reporter, fact.report.report_id)
        return any(text in word.lower() for word in (*words, fact.ip, evidence.ptr, group.key, group.label))

    def _facts(self, f: Filter) -> list[Fact]:
        return [fact for fact in self.w.facts if self._meets(fact, f)]

    def messages(self, f: Filter, ip: str) -> int:
        """Messages of an address in a filter."""
        return sum(fact.count for fact in self._facts(f) if fact.ip == ip)

    def _split(self, facts: Iterable[Fact]) -> Split:
        sums = dict.fromkeys(Class, 0)
        for fact in facts:
            sums[self.klass(fact)] += fact.count
        return Split(*(sums[k] for k in Class))

    def days(self, f: Filter) -> list[DaySplit]:
        return [DaySplit(day, self._split(facts)) for day, facts in sorted(_by(self._facts(f), lambda x: x.day).items())]

    def split(self, f: Filter) -> Split:
        return self._split(self._facts(f))

    def _reports(self, f: Filter) -> list[Kept1]:
        if f == Filter(f.org, f.since, f.until, f.domains, reporters=f.reporters, report=f.report):
            return [
                r
                for r in self.w.reports.values()
                if r.org == f.org
                and f.since <= r.day <= f.until
                and (not f.domains or r.domain in f.domains)
                and (not f.reporters or r.report.reporter in f.reporters)
                and f.report in (None, r.key)
            ]
        return list({fact.key: fact.of for fact in self._facts(f)}.values())

    def _spark(self, f: Filter, facts: Iterable[Fact]) -> tuple[int, ...]:
        sums = dict.fromkeys(range(f.since, f.until + 1), 0)
        for fact in facts:
            sums[fact.day] += fact.count
        return tuple(sums.values())

    def domains(self, f: Filter) -> list[DomainSum]:
        found = []
        for domain, facts in _by(self._facts(f), lambda x: x.domain).items():
            reports = [r for r in self._reports(f) if r.domain == domain]
            all_reports = [
                r for r in self.w.reports.values() if r.org == f.org and f.since <= r.day <= f.until and r.domain == domain
            ]
            newest = max(all_reports, key=lambda r: (r.report.policy.domain == r.domain, r.report.begin, r.report.policy.p.value))
            found.append(
                DomainSum(
                    domain,
                    self._split(facts),
                    len(reports),
                    len({r.report.reporter for r in reports}),
                    newest.report.policy.p.value,
                    self._spark(f, [x for x in facts if self.klass(x) is Class.SPOOF]),
                )
            )
        return sorted(found, key=lambda d: (-d.split.messages, d.domain))

    def _advice(self, facts: Iterable[Fact]) -> str:
        sums: dict[tuple[Class, str], int] = defaultdict(int)
        for fact in facts:
            if not fact.passed and fact.flow in self.w.flows:
                verdict = self.w.flows[fact.flow][0]
                sums[verdict.klass, verdict.advice] += fact.count
        ranked = sorted((-URGENCY.index(klass), messages, advice) for (klass, advice), messages in sums.items())
        return ranked[-1][2] if ranked else ""

    def groups(self, f: Filter, page: Page) -> Answer:
        found = []
        for group, facts in _by(self._facts(f), lambda x: self._group(x.ip)).items():
            hosts = {ip: sum(x.count for x in of) for ip, of in _by(facts, lambda x: x.ip).items()}
            most = max(hosts.values())
            found.append(
                GroupSum(
                    group=group,
                    split=self._split(facts),
                    passed=sum(x.count for x in facts if x.passed),
                    hosts=len(hosts),
                    domains=len({x.domain for x in facts}),
                    first_day=min(x.day for x in facts),
                    last_day=max(x.day for x in facts),
                    spark=self._spark(f, facts),
                    sample_host=min(ip for ip, messages in hosts.items() if messages == most),
                    advice=self._advice(facts),
                )
            )
        return self._page(f, found, page, "group")

    def hosts(self, f: Filter, page: Page) -> Answer:
        found = []
        for ip, facts in _by(self._facts(f), lambda x: x.ip).items():
            evidence, group = self.w.hosts.get(ip, (Evidence(ip), UNKNOWN))
            split = self._split(facts)
            worst = next((k for k in URGENCY if split.of(k)), None)
            sure = 1.0 if worst in (None, Class.NORMAL) else max(self.sure(x) for x in facts if self.klass(x) is worst)
            found.append(
                HostSum(
                    source_ip=ip,
                    split=split,
                    group=group.key,
                    ptr=evidence.ptr,
                    confirmed=evidence.confirmed.value,
                    country=evidence.place.country,
                    city=evidence.place.city,
                    asn=evidence.asn,
                    as_name=evidence.as_name,
                    domains=len({x.domain for x in facts}),
                    first_day=min(x.day for x in facts),
                    last_day=max(x.day for x in facts),
                    confidence=sure,
                )
            )
        return self._page(f, found, page, "source_ip")

    def _page(self, f: Filter, lines: list[Any], page: Page, name: str) -> Answer:
        """Sorted and cut."""
        key = sort_key(page.sort)
        lines.sort(key=lambda line: (-line.split.messages, getattr(line, name)))
        lines.sort(key=key, reverse=page.sort.startswith("-"))
        first = (page.number - 1) * page.size
        return Answer(tuple(lines[first : first + page.size]), len(lines), self.split(f))

    def places(self, f: Filter, *, limit: int = 500) -> list[PlaceSum]:
        def place(fact: Fact) -> tuple[Any, ...]:
            found = self.w.hosts[fact.ip][0].place if fact.ip in self.w.hosts else Evidence("").place
            return (found.country, found.city, found.latitude, found.longitude)

        known, rest = [], []
        for where, facts in _by(self._facts(f), place).items():
            if where[0] or where[2] is not None:
                known.append((PlaceSum(*where, self._split(facts), len({x.ip for x in facts})), facts))
            else:
                rest += facts
        known.sort(key=lambda k: (-k[0].split.messages, k[0].country, k[0].city))
        for _, facts in known[limit:]:
            rest += facts
        found = [k for k, _ in known[:limit]]
        return [*found, PlaceSum("", "", None, None, self._split(rest), len({x.ip for x in rest}))] if rest else found

    def _sum(self, r: Kept1, facts: Iterable[Fact]) -> ReportSum:
        a = r.report
        return ReportSum(
            key=r.key,
            reporter=a.reporter,
            report_id=a.report_id,
            domain=r.domain,
            begin=a.begin,
            end=a.end,
            rows=len(a.rows),
            split=self._split(facts),
            policy=a.policy.p.value,
            generation=a.generation.value,
            notes=len(a.notes),
            delivery=r.delivery,
        )

    def reports(self, f: Filter, page: Page) -> Answer:
        facts = _by(self._facts(f), lambda x: x.key)
        found = [self._sum(r, facts.get(r.key, [])) for r in self._reports(f)]
        found.sort(key=lambda r: r.key)
        found.sort(key=sort_key(page.sort), reverse=page.sort.startswith("-"))
        first = (page.number - 1) * page.size
        return Answer(tuple(found[first : first + page.size]), len(found), self.split(f))

    def report(self, org: int, key: int) -> ReportSum | None:
        r = self.w.reports.get(key)
        return self._sum(r, [f for f in self.w.facts if f.key == key]) if r and r.org == org else None

    def report_head(self, org: int, key: int) -> dict[str, object] | None:
        r = self.w.reports.get(key)
        if r is None or r.org != org:
            return None
        a = r.report
        return {
            "reporter": a.reporter,
            "report_id": a.report_id,
            "domain": r.domain,
            "begin": a.begin,
            "end": a.end,
            "generation": a.generation.value,
            "delivery": r.delivery,
            "org_name": a.org_name,
            "email": a.email,
            "extra_contact_info": a.extra_contact_info,
            "errors": list(a.errors),
            "generator": a.generator,
            "version": a.version,
            "namespace": a.namespace,
            "policy": {each.name: getattr(a.policy, each.name) for each in dataclasses.fields(a.policy)},
            "notes": [list(n) for n in a.notes],
        }

    def _dress(self, fact: Fact) -> RowFact:
        judged = None if fact.passed else self.w.flows.get(fact.flow)
        return RowFact(
            day=fact.day,
            domain=fact.domain,
            reporter=fact.report.reporter,
            report_id=fact.report.report_id,
            report=fact.key,
            row=fact.row,
            source_ip=fact.ip,
            header_from=fact.said.header_from,
            envelope_from=fact.said.envelope_from,
            count=fact.count,
            disposition=fact.said.disposition.value,
            dkim_aligned=fact.dkim,
            spf_aligned=fact.spf,
            klass=self.klass(fact).value,
            confidence=self.sure(fact),
            group=self._group(fact.ip),
            reasons=tuple(b.code for b in judged[0].because) if judged else (),
            way=way_text(way_of(fact.said)),
        )

    def rows(self, f: Filter, page: Page) -> Answer:
        found = list(self.export(f))
        found.sort(key=sort_key(page.sort, rows=True), reverse=page.sort.startswith("-"))
        first = (page.number - 1) * page.size
        return Answer(tuple(found[first : first + page.size]), len(found), self.split(f))

    def export(self, f: Filter) -> Iterator[RowFact]:
        yield from sorted((self._dress(x) for x in self._facts(f)), key=lambda r: (r.day, r.report, r.row))

    def shares(self, f: Filter, column: str, *, by: str = "", limit: int = 50) -> list[Share]:
        found = []
        for value, facts in _by(self._facts(f), lambda x: self._value(x, column)).items():
            parts = _by(facts, lambda x: self._value(x, by)) if by else {}
            split = sorted(((v, sum(x.count for x in of)) for v, of in parts.items()), key=lambda p: (-p[1], p[0]))
            split = [part for part in split if part[1]]
            found.append(Share(value, sum(x.count for x in facts), tuple(split)))
        return sorted(found, key=lambda s: (-s.messages, s.value))[:limit]

    def _value(self, fact: Fact, column: str) -> str:
        row = self._dress(fact)
        return str({"class": row.klass, "sgroup": row.group}.get(column) or getattr(row, column))

    def flows(self, f: Filter, *, limit: int = 200) -> list[FlowVerdict]:
        found = []
        for key, facts in _by([x for x in self._facts(f) if not x.passed], lambda x: x.flow).items():
            if key not in self.w.flows:
                continue
            verdict, at, was = self.w.flows[key]
            because = tuple(
                {"code": b.code, "toward": b.toward.value if b.toward else "", "weight": b.weight, "values": dict(b.values)}
                for b in verdict.because
            )
            found.append(
                FlowVerdict(
                    key.domain,
                    key.source_ip,
                    way_text(way_of(facts[0].said)),
                    verdict.klass.value,
                    verdict.confidence,
                    because,
                    verdict.advice,
                    sum(x.count for x in facts),
                    min(x.day for x in facts),
                    max(x.day for x in facts),
                    at,
                    was,
                )
            )
        return sorted(found, key=lambda v: (URGENCY.index(Class(v.klass)), -v.messages, v.domain, _span(v.source_ip)))[:limit]

    def changes(self, org: int, source_ip: str, *, limit: int = 50) -> list[Change]:
        found = [c for key, c in self.w.changes if key.org == org and key.source_ip == source_ip]
        return sorted(found, key=lambda c: (-c.at, c.domain, c.klass, c.was))[:limit]

    def there(self, org: int, reports: Sequence[AggregateReport]) -> list[bool]:
        kept = {(r.org, *_identity(r.report)) for r in self.w.reports.values()}
        return [(org, *_identity(report)) in kept for report in reports]

    def bounds(self, org: int) -> tuple[int, int] | None:
        return _bounds(f.day for f in self.w.facts if f.org == org)

    def reporters_seen(self, f: Filter) -> tuple[int, int, int]:
        reports = self._reports(f)
        return len(reports), len({r.report.reporter for r in reports}), max((r.report.end for r in reports), default=0)

    def first_seen(self, org: int, source_ip: str) -> tuple[int, int] | None:
        return _bounds(f.day for f in self.w.facts if f.org == org and f.ip == source_ip)

    def elsewhere(self, org: int, source_ip: str) -> int:
        return len({f.org for f in self.w.facts if f.org != org and f.ip == source_ip and not f.passed})

    def close(self) -> None:
        json.dumps("nothing to give back")


def sort_key(sort: str, *, rows: bool = False) -> Callable[[Any], Any]:
    """What lines are sorted by."""
    name = sort.removeprefix("-")

    def key(line: Any) -> Any:
        if rows and name in ("messages", "class"):
            return line.count if name == "messages" else URGENCY.index(Class(line.klass))
        if name == "urgency":
            return next((n for n, k in enumerate(URGENCY) if line.split.of(k)), len(URGENCY))
        if name == "source_ip":
            return _span(line.source_ip)
        return getattr(line, name) if hasattr(line, name) else getattr(line.split, name)

    return key


def _by(facts: Iterable[Fact], key: Callable[[Fact], Any]) -> dict[Any, list[Fact]]:
    found: dict[Any, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[key(fact)].append(fact)
    return found


def _bounds(days: Iterable[int]) -> tuple[int, int] | None:
    found = sorted(days)
    return (found[0], found[-1]) if found else None


def _number(ip: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(ip)
    except ValueError:
        return None


def _span(ip: str) -> tuple[int, int]:
    number = _number(ip)
    return (number.version, int(number)) if number else (0, 0)


def _network(ip: str) -> str:
    number = _number(ip)
    return str(ipaddress.ip_network(f"{ip}/{24 if number.version == 4 else 48}", strict=False)) if number else ""


def _is_in(ip: str, host: str) -> bool:
    number = _number(ip)
    if "/" not in host or not host.rpartition("/")[2].isdigit() or _number(host.partition("/")[0]) is None:
        return ip == (str(_number(host)) if _number(host) else host)
    return number is not None and number in ipaddress.ip_network(host, strict=False)


def _weight(e: Evidence) -> tuple[object, ...]:
    return (e.ptr_state, e.ptr, e.confirmed, e.asn, e.as_domain, e.listed)


def _identity(report: AggregateReport) -> tuple[str, str, str, int, int]:
    """What makes a report one report."""
    return report.reporter, report.report_id, report.policy.domain, report.begin, report.end
