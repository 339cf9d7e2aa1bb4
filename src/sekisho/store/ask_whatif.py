"""Answers about stored mail under another policy.

Who failed stays as it was told, except where the modes of alignment differ: then the ways, which have the identifiers, decide.
"""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sekisho.core.facts import Way
from sekisho.core.terms import URGENCY, AlignmentMode, Class, Found, Policy
from sekisho.core.ways import way_from_text
from sekisho.core.whatif.trial import Alignment, Place, Trial, dkim_alignment, spf_alignment
from sekisho.store.query import Filter, HitGroup, HitHost, Replay, Split
from sekisho.store.sql import RANK, SPLIT, Ask, Where, marks, split_of, where

MOST_WAYS = 50_000
"""Ways looked into where modes of alignment differ; a domain has some hundred."""
MOST_NAMES = 1_000
"""Names below a domain that are told apart."""
MOST_GROUPS = 500
HOSTS_TOLD = 3

_PASSED = "dkim_aligned + spf_aligned > 0"


def replay(ask: Ask, f: Filter, trial: Trial, known: Mapping[str, Found]) -> Replay:
    """See `Store.replay`.

    1. Leave out mail below names that have a record of their own. 2. Where modes of alignment differ, find out from the ways who
    would fail. 3. Tell names below the domain apart by whether they exist. 4. Sum what would fail by place, class, day, group.
    """
    (domain,) = f.domains
    w = where(f)
    own = Where("org = ? AND domain = ? AND policy_domain <> domain", (f.org, domain))
    has_own = _any(ask, own)
    governed = w.but(f"report NOT IN (SELECT key FROM report WHERE {own.text})", *own.values) if has_own else w
    whole = _sum(ask, w)
    mine = _sum(ask, governed) if has_own else whole
    modes = _Modes(ask, governed, f, trial)
    names = _Names(ask, f, modes.failing, trial, known)
    facts = _Facts(modes.failing, names, trial)
    hit = facts.by_day(ask)
    return Replay(
        split=whole,
        own_record=Split(*(whole.of(k) - mine.of(k) for k in Class)),
        days=tuple(hit),
        groups=_groups(ask, facts, f),
        handled=_handled(ask, modes.failing),
        untold=modes.untold,
        unclear=names.unclear if trial.needs_existence else (),
        missing=names.missing if trial.needs_existence else (),
    )


def _sum(ask: Ask, w: Where) -> Split:
    return split_of(ask(f"SELECT {SPLIT} FROM fact WHERE {w.text}", w.values)[0])


def _any(ask: Ask, reports: Where) -> bool:
    """Whether there are such reports: mostly there are none, and their facts need not be looked for."""
    return bool(ask(f"SELECT COUNT(*) FROM report WHERE {reports.text}", reports.values)[0][0])


class _Modes:
    """Who would fail: as told, or by the ways where the modes of the trial differ from those the reporter applied.

    Strict: of what passed, ways without an identifier that is exactly the name in From fail; where the report leaves the
    details out, what it says stands. Relaxed: of what failed by a record that asks for strict, ways with a relaxed one pass.
    """

    def __init__(self, ask: Ask, w: Where, f: Filter, trial: Trial) -> None:
        self.untold = 0
        ok: list[Where] = []
        for name, mode, of in (("dkim", trial.adkim, dkim_alignment), ("spf", trial.aspf, spf_alignment)):
            if mode is AlignmentMode.STRICT:
                ok.append(self._strict(ask, w, f"{name}_aligned", of))
            else:
                ok.append(self._relaxed(ask, w, f, name, of))
        self.failing = w.but("NOT (" + " OR ".join(o.text for o in ok) + ")", *(v for o in ok for v in o.values))

    def _strict(self, ask: Ask, w: Where, column: str, of: Callable[[Way], Alignment]) -> Where:
        lost, silent = [], []
        passed = w.but(f"{column} = 1")
        for key, way in _ways(ask, passed):
            found = of(way)
            if found is Alignment.RELAXED:
                lost.append(key)
            elif found is Alignment.NONE:
                silent.append(key)
        if silent:
            told = passed.but(f"way IN ({numbers(silent)})")
            self.untold += int(ask(f"SELECT SUM(messages) FROM fact WHERE {told.text}", told.values)[0][0] or 0)
        return Where(f"{column} = 1" + (f" AND way NOT IN ({numbers(lost)})" if lost else ""), ())

    def _relaxed(self, ask: Ask, w: Where, f: Filter, name: str, of: Callable[[Way], Alignment]) -> Where:
        plain = f"{name}_aligned = 1"
        reports = Where("org = ? AND domain = ? AND head LIKE ?", (f.org, f.domains[0], f'%"a{name}":"s"%'))
        if not _any(ask, reports):
            return Where(plain, ())
        strict = Where(f"report IN (SELECT key FROM report WHERE {reports.text})", reports.values)
        failed = w.but(f"{name}_aligned = 0 AND {strict.text}", *strict.values)
        won = [key for key, way in _ways(ask, failed) if of(way) is Alignment.RELAXED]
        if not won:
            return Where(plain, ())
        return Where(f"{plain} OR (way IN ({numbers(won)}) AND {strict.text})", strict.values)


def numbers(keys: Sequence[int]) -> str:
    """Keys of our own making as text: marks for so many would take longer than the question."""
    return ", ".join(str(int(key)) for key in keys)


def _ways(ask: Ask, w: Where) -> Iterable[tuple[int, Way]]:
    sql = f"SELECT key, words FROM way WHERE key IN (SELECT way FROM fact WHERE {w.text}) ORDER BY key LIMIT ?"
    return [(key, way_from_text(words)) for key, words in ask(sql, (*w.values, MOST_WAYS))]


class _Names:
    """Names below the domain: which do not exist by the verdicts that say so, and of which it is not known.

    What was looked up is known; besides, that a name exists shows in mail that passed SPF for just this name: it has a record
    (RFC 8020: then it exists).
    """

    def __init__(self, ask: Ask, f: Filter, failing: Where, trial: Trial, known: Mapping[str, Found]) -> None:
        self.domain = domain = f.domains[0]
        self.missing: tuple[str, ...] = ()
        self.unclear: tuple[tuple[str, int], ...] = ()
        if not trial.needs_existence:
            return
        below = failing.but("header_from <> ? AND header_from <> ''", domain)
        sql = f"SELECT header_from, SUM(messages) AS total FROM fact WHERE {below.text} GROUP BY header_from"
        names = {
            name: int(total) for name, total in ask(f"{sql} ORDER BY total DESC, header_from LIMIT ?", (*below.values, MOST_NAMES))
        }
        proof = "spf_aligned = 1 AND envelope_from = header_from"
        sql = f"SELECT DISTINCT header_from FROM fact WHERE org = ? AND domain = ? AND {proof}"
        proven = {name for (name,) in ask(sql, (f.org, domain))}
        gone = {name for name, found in known.items() if found is Found.NO}
        exist = (proven | {name for name, found in known.items() if found is Found.YES}) - gone
        absent = (_told_missing(ask, f.org, domain) - exist) | gone
        self.missing = tuple(sorted(absent & set(names)))
        self.unclear = tuple((n, total) for n, total in names.items() if n not in absent and n not in exist and total)


def _told_missing(ask: Ask, org: int, domain: str) -> set[str]:
    """Names that a verdict calls missing."""
    sql = (
        "SELECT words FROM way WHERE key IN (SELECT way FROM flow WHERE org = ? AND domain = ?"
        " AND because LIKE '%\"nonexistent_subdomain\"%') ORDER BY key LIMIT ?"
    )
    return {way_from_text(words).header_from for (words,) in ask(sql, (org, domain, MOST_WAYS))}


class _Facts:
    """The facts that would fail, with the place of their name and what is asked for there."""

    def __init__(self, failing: Where, names: _Names, trial: Trial) -> None:
        self.w = failing
        self.asked = {place: trial.asks(place) for place in Place}
        missing = f"WHEN header_from IN ({marks(names.missing)}) THEN 'np' " if names.missing else ""
        self.place = Where(
            f"CASE WHEN header_from = ? OR header_from = '' THEN 'p' {missing}ELSE 'sp' END", (names.domain, *names.missing)
        )

    def by_day(self, ask: Ask) -> list[tuple[int, Policy, Split]]:
        """Messages that would fail by day and by what is asked for, by class."""
        sql = (
            f"SELECT day, place, {SPLIT} FROM (SELECT day, klass, messages, {self.place.text} AS place FROM fact"
            f" WHERE {self.w.text}) a GROUP BY day, place"
        )
        sums: dict[tuple[int, Policy], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for day, place, *row in ask(sql, (*self.place.values, *self.w.values)):
            kept = sums[day, self.asked[Place(place)]]
            for at, count in enumerate(row):
                kept[at] += int(count)
        return [(day, asked, Split(*row)) for (day, asked), row in sorted(sums.items()) if any(row)]

    def hit(self) -> Where:
        """Of them, those that something would happen to."""
        places = [place.value for place in Place if self.asked[place] is not Policy.NONE]
        if not places:
            return self.w.but("1 = 0")
        if len(places) == len(Place):
            return self.w
        return self.w.but(f"({self.place.text}) IN ({marks(places)})", *self.place.values, *places)


def _groups(ask: Ask, facts: _Facts, f: Filter) -> tuple[HitGroup, ...]:
    """The groups whose mail something would happen to, by class; the most urgent first, then the largest."""
    w = facts.hit()
    sums = (
        "SELECT sgroup, klass, SUM(messages) AS messages, COUNT(*) AS hosts, MIN(first_day), MAX(last_day)"
        f" FROM {_by_host(w)} GROUP BY sgroup, klass HAVING SUM(messages) > 0"
    )
    lines = ask(f"{sums} ORDER BY {RANK}, messages DESC, sgroup LIMIT ?", (*w.values, MOST_GROUPS))
    genuine = [line[0] for line in lines if line[1] != Class.SPOOF]
    advice = _Advice(ask, w, f.org, genuine)
    hosts = _hosts(ask, w, genuine, advice)
    return tuple(
        HitGroup(group, Class(klass), int(messages), count, first, last, tuple(hosts[group, klass]), advice.of(group, klass))
        for group, klass, messages, count, first, last in lines
    )


def _by_host(w: Where) -> str:
    """Sums of facts by host and class, with what is known of the host."""
    sums = "SELECT host, klass, SUM(messages) AS messages, MIN(day) AS first_day, MAX(day) AS last_day"
    return (
        f"({sums} FROM fact WHERE {w.text} GROUP BY host, klass) a"
        " JOIN (SELECT id, source_ip, sgroup, ptr FROM host) h ON h.id = a.host"
    )


def _hosts(ask: Ask, w: Where, groups: Sequence[str], advice: _Advice) -> dict[tuple[str, str], list[HitHost]]:
    """The busiest hosts of groups, by class."""
    found: dict[tuple[str, str], list[HitHost]] = defaultdict(list)
    if not groups:
        return found
    wanted = sorted(set(groups))
    w = w.but("klass <> 'spoof'")
    sql = (
        f"SELECT sgroup, klass, source_ip, ptr, messages FROM {_by_host(w)} WHERE sgroup IN ({marks(wanted)})"
        " ORDER BY messages DESC, source_ip LIMIT ?"
    )
    for group, klass, source_ip, ptr, messages in ask(sql, (*w.values, *wanted, MOST_GROUPS * HOSTS_TOLD)):
        if len(found[group, klass]) < HOSTS_TOLD:
            found[group, klass].append(HitHost(source_ip, ptr, int(messages), advice.of(source_ip, klass)))
    return found


class _Advice:
    """What to do about groups and hosts by class: the advice on most of their mail; what only strict modes hit has its own."""

    def __init__(self, ask: Ask, w: Where, org: int, groups: Sequence[str]) -> None:
        self._best: dict[tuple[str, str], str] = {}
        if not groups:
            return
        facts = (
            f"SELECT domain, host, way, klass, SUM(messages) AS messages FROM fact WHERE {w.text} AND NOT ({_PASSED})"
            " AND klass <> 'spoof' GROUP BY domain, host, way, klass"
        )
        sql = (
            "SELECT sgroup, source_ip, f.klass, v.advice, SUM(f.messages) AS total"
            f" FROM ({facts}) f JOIN (SELECT domain, host, way, advice FROM flow WHERE org = ?) v"
            " ON v.domain = f.domain AND v.host = f.host AND v.way = f.way"
            " JOIN (SELECT id, source_ip, sgroup FROM host) h ON h.id = f.host GROUP BY sgroup, source_ip, f.klass, v.advice"
        )
        sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for group, source_ip, klass, what, total in ask(sql, (*w.values, org)):
            sums[group, klass][what] += int(total)
            sums[source_ip, klass][what] += int(total)
        self._best = {key: max(parts, key=lambda what: (parts[what], what)) for key, parts in sums.items()}

    def of(self, name: str, klass: str) -> str:
        """The code for a group or address; empty for suspected spoofing and where no verdict says anything."""
        return "relax_alignment" if klass == Class.NORMAL else self._best.get((name, klass), "")


def _handled(ask: Ask, failing: Where) -> tuple[tuple[Class, str, int], ...]:
    """What receivers did with the mail that would fail."""
    sql = f"SELECT klass, disposition, SUM(messages) AS total FROM fact WHERE {failing.text} GROUP BY klass, disposition"
    rows = [(Class(klass), disposition, int(total)) for klass, disposition, total in ask(sql, failing.values) if total]
    return tuple(sorted(rows, key=lambda row: (URGENCY.index(row[0]), -row[2], row[1])))
