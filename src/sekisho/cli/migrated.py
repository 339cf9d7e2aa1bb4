"""What a migration finds in the house already, and what it has to tell in the end."""

from __future__ import annotations

import argparse
from collections import Counter, OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sekisho.cli import control, show
from sekisho.cli.ingest import Line
from sekisho.cli.words import _
from sekisho.core.errors import StoreError
from sekisho.core.migrate.jsontext import JsonText
from sekisho.core.migrate.lost import changed
from sekisho.core.migrate.names import SPELLED, shortened_id, shortened_reporter
from sekisho.core.migrate.values import Migrated, Refused
from sekisho.core.names import is_within
from sekisho.core.reports.values import AggregateReport
from sekisho.core.terms import Outcome
from sekisho.core.ways import key63
from sekisho.settings import Settings

if TYPE_CHECKING:
    from sekisho.store.base import Store

DAY_S = 86_400
LONGEST_DAYS = 31
"""How long before its first day in the store a report of unsure times is looked for."""
DAYS_AT_HAND = 64
"""Days whose reports are remembered."""
EVER = 1 << 30
MANY_REPORTERS = 10_000
_COUNTS = ("reports", "records", "messages", "new", "there", "repeated", "original")
TOLD = 100
"""Refusals that are told one by one."""


class _There(NamedTuple):
    """A report that the store has."""

    reporter: str
    report_id: str
    domain: str
    begin: int
    end: int
    messages: int


class Existing:
    """The reports that are there; of one that parsedmarc has renamed, it knows the true names where the store tells them."""

    def __init__(self, settings: Settings, org: int, source: str) -> None:
        self._settings = settings
        self._org = org
        self._renames = source == "parsedmarc"
        self._days: OrderedDict[int, list[_There]] = OrderedDict()
        self._reporters: dict[str, set[str]] | None = None

    def known_as(self, migrated: Migrated) -> tuple[Migrated, bool]:
        """The report under its true names as far as they are known, and whether it is there."""
        report = migrated.report
        there = self._near(migrated)
        if any((t.reporter, t.report_id) == (report.reporter, report.report_id) for t in there):
            return migrated, True
        if not self._renames:
            return migrated, False
        same = [t for t in there if _is_same(t, report)]
        if len(same) > 1:
            same = [t for t in same if t.messages == report.rows.messages]
        if same:
            return replace(migrated, report=replace(report, org_name=same[0].reporter, report_id=same[0].report_id)), True
        return replace(migrated, report=replace(report, org_name=self._spelled(report.org_name))), False

    def _near(self, migrated: Migrated) -> list[_There]:
        """The reports of the same time about the same registered domain; where the time is not sure, those around it as large."""
        report, day = migrated.report, migrated.report.begin // DAY_S
        if migrated.is_sure_of_times:
            found = [t for t in self._on(day) if (t.begin, t.end) == (report.begin, report.end)]
        else:
            days = range(day - LONGEST_DAYS, day + 1)
            found = [t for d in days for t in self._on(d) if t.begin <= report.begin and t.end >= report.end]
            found = [t for t in found if t.messages == report.rows.messages]
        return [t for t in found if is_within(report.policy.domain, t.domain)]

    def key(self, migrated: Migrated) -> int:
        """What makes the report one report, as in the store."""
        report = migrated.report
        return key63(self._org, report.reporter, report.report_id, report.policy.domain, report.begin, report.end)

    def _spelled(self, name: str) -> str:
        """The name as the reporter writes it: one seen here that parsedmarc shortens to this, or a known one."""
        if self._reporters is None:
            self._reporters = {}
            for reporter in self._all_reporters():
                self._reporters.setdefault(shortened_reporter(reporter), set()).add(reporter)
        names = self._reporters.get(name, set())
        if name not in names and len(names) == 1:
            return next(iter(names))
        return name if names else SPELLED.get(name, name)

    def _on(self, day: int) -> list[_There]:
        """The reports of a UTC day."""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = list(self._ask(day))
            if len(self._days) > DAYS_AT_HAND:
                self._days.popitem(last=False)
        self._days.move_to_end(day)
        return found

    def _ask(self, day: int) -> Iterator[_There]:
        from sekisho.store.query import Filter
        from sekisho.web import exports

        if store := _store():
            for row in exports.all_rows(store.reports, Filter(org=self._org, since=day, until=day)):
                yield _There(row.reporter, row.report_id, row.domain, row.begin, row.end, row.split.messages)
            return
        wanted: dict[str, object] = {"what": "reports", "format": "json", "org": self._org, "since": day, "until": day}
        text = JsonText(control.stream(self._settings, "export", wanted | {"domains": [], "classes": []}))
        for _at in text.items():
            row = text.value()
            assert isinstance(row, dict)
            begin, end = _seconds(row["begin"]), _seconds(row["end"])
            yield _There(row["org_name"], row["report_id"], row["domain"], begin, end, row["messages"])

    def _all_reporters(self) -> list[str]:
        """The names of those who have reported; none while a server owns the facts, which has no short answer to this."""
        from sekisho.store.query import Filter

        store = _store()
        if store is None:
            return []
        shares = store.shares(Filter(org=self._org, since=-EVER, until=EVER), "reporter", limit=MANY_REPORTERS)
        return [share.value for share in shares]


def _store() -> Store | None:
    """The store of this process; None while a server owns it."""
    from sekisho.web import facts

    try:
        return facts.store()
    except StoreError:
        return None


def _is_same(there: _There, report: AggregateReport) -> bool:
    """Whether parsedmarc would give it these names."""
    return report.reporter in (there.reporter, shortened_reporter(there.reporter)) and report.report_id in (
        there.report_id,
        shortened_id(there.report_id),
    )


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


class Tally:
    """Counts for the end."""

    def __init__(self, store: str) -> None:
        self.source = {"dmarcts": "dmarcts-report-parser"}.get(store, "parsedmarc")
        self.counts = Counter(dict.fromkeys(_COUNTS, 0))
        self.refused: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.delivered_before = 0
        self._examples: list[tuple[str, str, str]] = []
        self._domains: Counter[str] = Counter()
        self._days: list[int] = []
        self._lost: Counter[str] = Counter()
        self._filled: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()
        self._lines: list[Line] = []

    def add(self, migrated: Migrated, *, is_there: bool, is_repeated: bool, in_detail: bool) -> None:
        """Counts a report; `in_detail` also what its document will not say, which takes time."""
        report = migrated.report
        self.counts["reports"] += 1
        self.counts["there" if is_there else "repeated" if is_repeated else "new"] += 1
        self.counts["records"] += len(report.rows)
        self.counts["messages"] += report.rows.messages
        self.counts["original"] += bool(migrated.document)
        self._domains[report.policy.domain] += 1
        days = [*self._days, report.begin // DAY_S]
        self._days = [min(days), max(days)]
        self._notes.update({note.code: 1 for note in report.notes})
        if in_detail and not migrated.document:
            lost, filled = changed(report)
            self._lost += lost
            self._filled += filled

    def refuse(self, refused: Refused, path: Path | None = None) -> None:
        """Counts what could not be read."""
        self.refused[refused.reason] += 1
        if len(self._examples) < TOLD:
            self._examples.append((str(path or ""), refused.where, refused.reason))

    def settled(self, line: Line, *, is_listed: bool) -> None:
        """Counts what became of a delivery."""
        self.outcomes[line.outcome] += 1
        if is_listed:
            self._lines.append(line)

    def tell(self, org: int, args: argparse.Namespace) -> None:
        """Prints it, for people or as JSON."""
        summary = self._summary(org)
        if args.format == "json":
            show.as_json({"dry_run": bool(args.dry_run)} | summary)
            return
        for name in (*_COUNTS, "domains", "first_day", "last_day"):
            print(f"{name}={summary[name]}")
        self._tell_more(summary, args)

    def _tell_more(self, summary: dict[str, object], args: argparse.Namespace) -> None:
        if args.dry_run:
            self._tell_table(_("what a document cannot say: field, reports"), self._lost)
            self._tell_table(_("what the store did not say and a document has to: field, reports"), self._filled)
            self._tell_table(_("what is odd: note, reports"), self._notes)
            strays = summary["strays"]
            assert isinstance(strays, list)
            if strays and not args.adopt:
                print(
                    _("not registered, so kept as stray without --adopt: {names}").format(
                        names=show.harmless(", ".join(strays[:20]))
                    )
                )
        else:
            outcomes = {outcome.value: self.outcomes.get(outcome, 0) for outcome in Outcome}
            print(" ".join(f"{name}={n}" for name, n in (outcomes | {"delivered_before": self.delivered_before}).items()))
        if args.list:
            show.table((_("file"), _("outcome"), _("reason")), ((x.name, x.outcome, x.reason) for x in self._lines))
        self._tell_table(_("could not be read: reason, number"), Counter({_(reason): n for reason, n in self.refused.items()}))
        show.table((_("file"), _("place"), _("reason")), ((file, where, _(reason)) for file, where, reason in self._examples))

    def _tell_table(self, title: str, counts: Counter[str]) -> None:
        if counts:
            print(title)
            show.table((_("name"), _("number")), counts.most_common(), right=(1,))

    def _summary(self, org: int) -> dict[str, object]:
        from sekisho.registry.domains import Owners

        owners = Owners()
        return {
            **self.counts,
            "domains": len(self._domains),
            "first_day": _day(self._days[0]) if self._days else "",
            "last_day": _day(self._days[-1]) if self._days else "",
            "strays": sorted(name for name in self._domains if owners.owner(org, name) is None),
            "lost": dict(self._lost),
            "filled": dict(self._filled),
            "notes": dict(self._notes),
            "outcomes": dict(self.outcomes),
            "delivered_before": self.delivered_before,
            "unreadable": sum(self.refused.values()),
            "files": [line._asdict() for line in self._lines],
            "refused": [{"file": file, "where": where, "reason": reason} for file, where, reason in self._examples],
        }


def _day(number: int) -> str:
    return datetime.fromtimestamp(number * DAY_S, UTC).strftime("%Y-%m-%d")
