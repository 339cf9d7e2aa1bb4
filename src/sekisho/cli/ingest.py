"""`sekisho ingest` and `sekisho reread`: files into the inbox table, the inbox table down the stairs."""

from __future__ import annotations

import argparse
import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sekisho.cli import show
from sekisho.cli.house import open_house, open_registry
from sekisho.cli.words import _
from sekisho.core.errors import StoreBusy, UsageError
from sekisho.core.terms import Outcome
from sekisho.ingest.files import FoundFile, deliveries, walk

if TYPE_CHECKING:
    from sekisho.flow import House
    from sekisho.registry.deliveries import Settled

AT_ONCE = 2000
AT_ONCE_BYTES = 4 << 20
"""Files and their bytes that go down the stairs together; each flight costs some 30 ms, whatever is on it."""
POLL_S = 0.2


class Line(NamedTuple):
    """What became of one delivery of this run."""

    name: str
    outcome: str
    reason: str
    reports: int
    records: int
    messages: int


def run(args: argparse.Namespace) -> int:
    """Takes the paths in; status 1 when something was refused."""
    settings = open_registry()
    from sekisho.registry.domains import the_organisation

    for path in args.paths:
        if not path.exists():
            raise UsageError("{path} does not exist", path=path)
    org = the_organisation(args.org).pk
    files = walk(args.paths)
    told = Told(is_listed=args.list)
    with _few_collections(), Worker(settings, told.settle) as work, show.progress() as bar:
        task = bar.add_task(_("files"), total=len(files))
        for batch, done in _batches(files):
            told.refuse(f for f in batch if f.refused)
            told.waiting |= _accept(org, [f for f in batch if not f.refused], work.at_hand, adopt=args.adopt)
            batch.clear()
            work(False)
            bar.update(task, completed=done)
        work(not args.judge_later)
        _wait(list(told.waiting))
    told.add(_lines(list(told.waiting)))
    _tell(told, args)
    return 1 if told.outcomes.keys() & {Outcome.BROKEN, Outcome.NOT_A_REPORT} else 0


class Told:
    """What became of the deliveries of this run: how many of each outcome, and a line each where that is wanted."""

    def __init__(self, *, is_listed: bool) -> None:
        self._is_listed = is_listed
        self._refused: list[Line] = []
        self._lines: list[Line] = []
        self.outcomes: Counter[str] = Counter()
        self.waiting: dict[int, str] = {}
        """Names of deliveries by number, as long as this process has not settled them."""

    @property
    def lines(self) -> list[Line]:
        """The lines, those first that were not taken in at all."""
        return self._refused + self._lines

    def refuse(self, files: Iterable[FoundFile]) -> None:
        """Notes files that could not be taken in."""
        for file in files:
            self.outcomes[Outcome.BROKEN] += 1
            if self._is_listed:
                self._refused.append(Line(file.name, Outcome.BROKEN, file.refused, 0, 0, 0))

    def settle(self, settled: Iterable[Settled]) -> None:
        """Notes what this process has settled, so that it need not be asked for again."""
        from sekisho.registry.deliveries import MAX_REASON, kept_name

        for done in settled:
            name = self.waiting.pop(done.id, None)
            if name is not None:
                self.add([Line(kept_name(name), done.outcome, done.reason[:MAX_REASON], done.reports, done.records, done.messages)])

    def add(self, lines: Iterable[Line]) -> None:
        """Adds lines."""
        for line in lines:
            self.outcomes[line.outcome] += 1
            if self._is_listed:
                self._lines.append(line)


def reread(args: argparse.Namespace) -> int:
    """Reads the archive again: all, what could not be read, or what came since a day."""
    settings = open_registry()
    from sekisho.registry.deliveries import reread_broken
    from sekisho.registry.domains import the_organisation
    from sekisho.registry.models import Delivery

    org = the_organisation(args.org).pk if args.org else None
    if args.broken:
        count = reread_broken(org)
    else:
        rows = Delivery.objects.filter(state=Delivery.State.DONE)
        rows = rows.filter(organisation_id=org) if org else rows
        rows = rows.filter(received__gte=day_start(args.since)) if args.since else rows
        count = rows.update(state=Delivery.State.WAITING)
    with _few_collections(), Worker(settings) as work:
        work(True)
        while _someone_else_works():
            time.sleep(POLL_S)
    print(_("{n} deliveries were read again").format(n=count))
    return 0


def day_start(text: str) -> datetime:
    """The first moment (UTC) of a day written YYYY-MM-DD; raises UsageError."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise UsageError("{text!r} is not a day; write YYYY-MM-DD", text=text) from None


@contextmanager
def _few_collections() -> Iterator[None]:
    """Lets Python look for garbage seldom: taking in makes values by the hundred thousand, and hardly any of them in circles.

    The looking took a tenth of all the time. A batch of small reports holds some 150,000 values at once.
    """
    usual = gc.get_threshold()
    gc.set_threshold(400_000, 50, 100)
    gc.freeze()  # what is loaded is looked through no more
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)


class Worker(AbstractContextManager["Worker"]):
    """Owns the facts while it can and does the work after each batch; where a server owns them, that does it.

    `settle` is told what was settled here.
    """

    def __init__(self, settings: object, settle: Callable[[Iterable[Settled]], None] = lambda _: None) -> None:
        self._open = open_house(settings, small=True)  # type: ignore[arg-type]
        self._home = settings.home  # type: ignore[attr-defined]
        self._settle = settle
        self._house: House | None = None
        self.at_hand: dict[int, bytes] | None = None
        """Bytes of deliveries that this process has just archived and opens next, by number; None where another opens them."""

    def __enter__(self) -> Worker:
        try:
            self._house = self._open.__enter__()
        except StoreBusy:
            return self
        from sekisho.flow import drain
        from sekisho.intake.careful import MARK, Careful

        self.at_hand = {}
        self._careful = Careful(self._home / MARK, partial(drain, self._house, at_hand=self.at_hand))
        return self

    def __exit__(self, *error: object) -> None:
        if self._house is not None:
            self._open.__exit__(*error)  # type: ignore[arg-type]

    def __call__(self, judging: bool) -> None:
        """Takes all that waits down the stairs, and judges what has grown, or leaves that to whoever judges next."""
        if self._house is None:
            return
        from sekisho.flow import judge_touched

        while settled := self._careful.drain(limit=AT_ONCE):
            self._settle(settled)
        if self.at_hand:
            self.at_hand.clear()  # another process was quicker
        if judging:
            judge_touched(self._house)


def _someone_else_works() -> bool:
    from sekisho.registry.deliveries import waiting_count

    return waiting_count() > 0


def _batches(files: Sequence[str]) -> Iterator[tuple[list[FoundFile], int]]:
    batch: list[FoundFile] = []
    size = 0
    for number, path in enumerate(files, 1):
        for found in deliveries(path):
            batch.append(found)
            size += len(found.data)
            if len(batch) >= AT_ONCE or size >= AT_ONCE_BYTES:
                yield batch, number
                size = 0
    yield batch, len(files)


def _accept(org: int, found: Sequence[FoundFile], at_hand: dict[int, bytes] | None, *, adopt: bool) -> dict[int, str]:
    """The names of the deliveries by their numbers; their bytes too, where they are wanted at hand."""
    from sekisho.registry.deliveries import accept

    items = [(f.name, f.data) for f in found]
    numbers = accept(org, items, door="cli", adopt=adopt)
    if at_hand is not None:
        at_hand.update(zip(numbers, (data for _, data in items), strict=True))
    return dict(zip(numbers, (name for name, _ in items), strict=True))


def _wait(numbers: Sequence[int]) -> None:
    from sekisho.registry.deliveries import waiting_count

    while waiting_count(numbers):
        time.sleep(POLL_S)


def _lines(numbers: Sequence[int]) -> list[Line]:
    from sekisho.registry.models import Delivery

    lines = []
    for start in range(0, len(numbers), 500):
        rows = Delivery.objects.filter(id__in=numbers[start : start + 500]).order_by("id")
        lines += [Line(*row) for row in rows.values_list("name", "outcome", "reason", "reports", "records", "messages")]
    return lines


def _tell(told: Told, args: argparse.Namespace) -> None:
    summary = {outcome.value: told.outcomes.get(outcome, 0) for outcome in Outcome}
    if args.format == "json":
        show.as_json({"outcomes": summary, "files": [line._asdict() for line in told.lines]})
        return
    if args.list:
        columns = (_("file"), _("outcome"), _("reports"), _("records"), _("messages"), _("reason"))
        rows = ((x.name, x.outcome, x.reports, x.records, x.messages, x.reason) for x in told.lines)
        show.table(columns, rows, right=(2, 3, 4))
    print(" ".join(f"{outcome}={count}" for outcome, count in summary.items()))
