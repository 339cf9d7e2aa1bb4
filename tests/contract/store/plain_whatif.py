"""What would have been under another policy, told by going through all facts with values and no SQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sekisho.core.campaigns import Beginning
from sekisho.core.names import aligned
from sekisho.core.terms import URGENCY, AlignmentMode, AuthResult, Class, Found, Policy, SpfScope
from sekisho.core.ways import way_key, way_of
from sekisho.core.whatif.trial import Place, Trial
from sekisho.store.query import Filter, HitGroup, HitHost, Replay, Split

if TYPE_CHECKING:
    from tests.contract.store.plain import Fact, PlainStore

SILENT = "silent"


class PlainWhatIf:
    """The answers of the plain store that need a policy."""

    def replay(self: Any, f: Filter, trial: Trial, names: Mapping[str, Found] | None = None) -> Replay:
        facts = self._facts(f)
        (domain,) = f.domains
        governed = [x for x in facts if x.of.report.policy.domain == domain]
        untold = sum(x.count for x in governed for name in ("dkim", "spf") if _fares(x, name, trial) == SILENT)
        failing = [x for x in governed if not any(_fares(x, name, trial) for name in ("dkim", "spf"))]
        missing, unclear = self._existence(f.org, domain, failing, names or {}) if trial.needs_existence else (set(), {})

        def asked(x: Fact) -> Policy:
            name = x.said.header_from
            return trial.asks(Place.OWN if name in (domain, "") else Place.MISSING if name in missing else Place.BELOW)

        days: dict[tuple[int, Policy], list[Fact]] = defaultdict(list)
        groups: dict[tuple[str, Class], list[Fact]] = defaultdict(list)
        for x in failing:
            days[x.day, asked(x)].append(x)
            if asked(x) is not Policy.NONE:
                groups[self._group(x.ip), self.klass(x)].append(x)
        handled = Counter[tuple[Class, str]]()
        for x in failing:
            handled[self.klass(x), x.said.disposition.value] += x.count
        all_split = self._split(facts)
        mine = self._split(governed)
        return Replay(
            split=all_split,
            own_record=Split(*(all_split.of(k) - mine.of(k) for k in Class)),
            days=tuple((*key, self._split(of)) for key, of in sorted(days.items()) if self._split(of).messages),
            groups=tuple(
                sorted(
                    (self._hit(key, of) for key, of in groups.items() if sum(x.count for x in of)),
                    key=lambda g: (URGENCY.index(g.klass), -g.messages, g.group),
                )
            ),
            handled=tuple(sorted(((*k, n) for k, n in handled.items() if n), key=lambda r: (URGENCY.index(r[0]), -r[2], r[1]))),
            untold=untold,
            unclear=tuple(sorted(unclear.items(), key=lambda n: (-n[1], n[0]))),
            missing=tuple(sorted(missing)),
        )

    def _existence(
        self: Any, org: int, domain: str, failing: list[Fact], known: Mapping[str, Found]
    ) -> tuple[set[str], dict[str, int]]:
        names = Counter[str]()
        for x in failing:
            if x.said.header_from not in (domain, ""):
                names[x.said.header_from] += x.count
        mine = [x for x in self.w.facts if x.org == org and x.domain == domain]
        proof = {x.said.header_from for x in mine if x.spf and x.said.envelope_from == x.said.header_from}
        told = {
            way
            for (o, d, _ip, way), (verdict, _at, _was) in self.w.flows.items()
            if o == org and d == domain and any(b.code == "nonexistent_subdomain" for b in verdict.because)
        }
        gone = {n for n, found in known.items() if found is Found.NO}
        exist = (proof | {n for n, found in known.items() if found is Found.YES}) - gone
        absent = ({x.said.header_from for x in self.w.facts if way_key(x.said) in told} - exist) | gone
        return absent & set(names), {n: c for n, c in names.items() if n not in absent | exist and c}

    def _hit(self: Any, key: tuple[str, Class], facts: list[Fact]) -> HitGroup:
        group, klass = key
        by_host = Counter[str]()
        for x in facts:
            by_host[x.ip] += x.count
        chosen = sorted(by_host, key=lambda ip: (-by_host[ip], ip))[:3] if klass is not Class.SPOOF else []
        hosts = tuple(
            HitHost(ip, self.w.hosts[ip][0].ptr if ip in self.w.hosts else "", by_host[ip], self._mend(klass, facts, ip))
            for ip in chosen
        )
        what = self._mend(klass, facts)
        days = [x.day for x in facts]
        return HitGroup(group, klass, sum(by_host.values()), len(by_host), min(days), max(days), hosts, what)

    def _mend(self: Any, klass: Class, facts: list[Fact], ip: str = "") -> str:
        if klass in (Class.NORMAL, Class.SPOOF):
            return "relax_alignment" if klass is Class.NORMAL else ""
        sums = Counter[str]()
        for x in facts:
            if ip in ("", x.ip) and not x.passed and x.flow in self.w.flows:
                sums[self.w.flows[x.flow][0].advice] += x.count
        return max(sums, key=lambda a: (sums[a], a)) if sums else ""

    def beginnings(self: PlainStore, f: Filter, *, limit: int = 5_000) -> list[Beginning]:  # type: ignore[misc]
        found = []
        spoof = [x for x in self._facts(f) if self.klass(x) is Class.SPOOF]
        for ip in {x.ip for x in spoof}:
            mine = [x for x in spoof if x.ip == ip]
            if not sum(x.count for x in mine):
                continue
            ever = [x for x in self.w.facts if x.org == f.org and x.ip == ip and self.klass(x) is Class.SPOOF]
            evidence = self.w.hosts[ip][0] if ip in self.w.hosts else None
            ways = Counter[int]()
            words = {way_key(x.said): way_of(x.said) for x in mine}
            for x in mine:
                ways[way_key(x.said)] += x.count
            chosen = sorted(ways, key=lambda k: (-ways[k], k))[:3]
            found.append(
                Beginning(
                    ip,
                    self._group(ip),
                    _network(ip),
                    evidence.asn if evidence else 0,
                    evidence.as_name if evidence else "",
                    evidence.place.country if evidence else "",
                    tuple(sorted({x.domain for x in mine})),
                    tuple(words[k] for k in chosen),
                    min(x.day for x in ever),
                    max(x.day for x in mine),
                    sum(x.count for x in mine),
                )
            )
        found = sorted(found, key=lambda b: -b.messages)[:limit]
        return sorted(found, key=lambda b: (b.first_day, b.source_ip))


def _network(ip: str) -> str:
    from tests.contract.store.plain import _network as network

    return network(ip)


def _fares(x: Fact, name: str, trial: Trial) -> bool | str:
    """Whether a mechanism would be aligned; SILENT where the report does not tell and its word stands."""
    said = x.said
    if name == "dkim":
        told, mode, was = x.dkim, trial.adkim, x.of.report.policy.adkim
        passed = [d.domain for d in said.dkim if d.result is AuthResult.PASS]
    else:
        told, mode, was = x.spf, trial.aspf, x.of.report.policy.aspf
        passed = [s.domain for s in said.spf if s.result is AuthResult.PASS and s.scope is not SpfScope.HELO]
    exact = said.header_from in passed
    related = not exact and any(aligned(name, said.header_from) for name in passed)
    if mode is AlignmentMode.STRICT:
        return told and (True if exact else SILENT if not related else False)
    return told or (was is AlignmentMode.STRICT and related)
