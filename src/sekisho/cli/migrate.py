"""`sekisho migrate`: reports out of the stores of other tools, as deliveries like all others."""

from __future__ import annotations

import argparse
import gzip
import io
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import tzinfo
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sekisho.cli import ingest, show
from sekisho.cli.house import open_registry
from sekisho.cli.migrated import Existing, Tally
from sekisho.cli.spill import Spill
from sekisho.cli.words import _
from sekisho.core.errors import ReadError, UsageError
from sekisho.core.migrate import dmarcts, elastic, flat, parsedmarc, table
from sekisho.core.migrate.document import write_document
from sekisho.core.migrate.values import Migrated, Piece, Refused
from sekisho.core.reports.write import file_name
from sekisho.core.terms import Outcome
from sekisho.settings import load

if TYPE_CHECKING:
    from rich.progress import Progress

PIECE = 256 * 1024
MIB = 1 << 20
GZIP = b"\x1f\x8b"
LEVEL = 6
"""Of gzip; one for all times, so that the same report makes the same bytes again."""
_SUFFIXES = {
    "parsedmarc": (".json", ".jsonl", ".ndjson", ".csv"),
    "elastic": (".json", ".jsonl", ".ndjson"),
    "dmarcts": (".sql", ".dump"),
}
_OTHER_KINDS = ("failure", "forensic", "smtp_tls")
"""How parsedmarc names what it writes beside aggregate reports."""
_PUT_TOGETHER = {"parsedmarc": flat.put_together, "elastic": flat.put_together, "dmarcts": dmarcts.put_together}
Read = Iterator[Migrated | Piece | Refused]


def run(args: argparse.Namespace) -> int:
    """Takes the store over, or, with `--dry-run`, says what that would do; status 1 when something could not be read."""
    if args.dry_run and not load().home.exists():
        with tempfile.TemporaryDirectory(prefix="sekisho-") as folder:  # a dry run makes no home
            os.environ["SEKISHO_HOME"] = folder
            return _run(args)
    return _run(args)


def _run(args: argparse.Namespace) -> int:
    files = _files(args.paths, args.store)
    zone = _zone(args.timezone)
    settings = open_registry()
    from sekisho.registry.domains import the_organisation

    org = the_organisation(args.org).pk
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    tally = Tally(args.store)
    with Spill(settings.home) as spill, ingest.Worker(settings) as work, show.progress() as bar:
        existing = Existing(settings, org, tally.source)
        door = _Door(org, args, work, tally)
        for migrated in _reports(files, args.store, zone, spill, tally, bar):
            kept, is_there = existing.known_as(migrated)
            is_new = spill.is_new(existing.key(kept))
            tally.add(kept, is_there=is_there, is_repeated=not is_new, in_detail=args.dry_run)
            if not args.dry_run and not is_there and is_new:
                door.take(kept)
        if not args.dry_run:
            door.close()
    tally.tell(org, args)
    return 1 if tally.refused or tally.outcomes.keys() & {Outcome.BROKEN, Outcome.NOT_A_REPORT} else 0


class _Door:
    """Delivers documents in batches; those that were delivered by an earlier run are passed over."""

    def __init__(self, org: int, args: argparse.Namespace, work: Callable[[bool], None], tally: Tally) -> None:
        self._org = org
        self._door = f"migrate:{args.store}"
        self._adopt = bool(args.adopt)
        self._is_listed = bool(args.list)
        self._work = work
        self._tally = tally
        self._batch: list[tuple[str, bytes]] = []
        self._size = 0
        self._numbers: list[int] = []

    def take(self, migrated: Migrated) -> None:
        """Takes a report; it is durable after the next batch, at the latest when the door is closed."""
        data = packed(write_document(migrated, self._tally.source))
        self._batch.append((_name(migrated), data))
        self._size += len(data)
        if len(self._batch) >= ingest.AT_ONCE or self._size >= ingest.AT_ONCE_BYTES:
            self._deliver()

    def close(self) -> None:
        """Delivers what is left, and waits until all is settled and judged."""
        self._deliver()
        self._work(True)
        ingest._wait(self._numbers)
        for start in range(0, len(self._numbers), ingest.AT_ONCE):
            for line in ingest._lines(self._numbers[start : start + ingest.AT_ONCE]):
                self._tally.settled(line, is_listed=self._is_listed)

    def _deliver(self) -> None:
        from sekisho.registry.deliveries import accept

        batch, self._batch, self._size = self._batch, [], 0
        known = _delivered(self._org, self._door, [sha256(data).digest() for _, data in batch], adopt=self._adopt)
        items = [item for item in batch if sha256(item[1]).digest() not in known]
        self._tally.delivered_before += len(batch) - len(items)
        self._numbers += accept(self._org, items, door=self._door, adopt=self._adopt)
        self._work(False)


def packed(pieces: Iterable[bytes]) -> bytes:
    """The pieces as one gzip file without a time; as they are where they are one already."""
    out = io.BytesIO()
    source = iter(pieces)
    first = next(source, b"")
    if first.startswith(GZIP):
        return first
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=LEVEL, mtime=0, filename="") as file:
        file.write(first)
        for piece in source:
            file.write(piece)
    return out.getvalue()


def _delivered(org: int, door: str, hashes: Sequence[bytes], *, adopt: bool) -> set[bytes]:
    """Those that came by this door before; a stray one may come again where its domain is to be registered."""
    from sekisho.registry.models import Delivery

    rows = Delivery.objects.filter(organisation_id=org, door=door, raw_id__in=hashes)
    if adopt:
        rows = rows.exclude(outcome=Outcome.STRAY)
    return {bytes(key) for key in rows.values_list("raw_id", flat=True)}


def _name(migrated: Migrated) -> str:
    report = migrated.report
    return file_name(report, report.reporter.replace(" ", "_"), report.report_id[:60])


# ---- reading
def _reports(files: Sequence[Path], store: str, zone: tzinfo, spill: Spill, tally: Tally, bar: Progress) -> Iterator[Migrated]:
    """All reports of the files: first those that stand whole in them, then those put together of parts."""
    sizes = sum(path.stat().st_size for path in files)
    task = bar.add_task(_("MiB read"), total=max(1, sizes // MIB))
    done = 0
    for path in files:
        with path.open("rb") as file:
            for found in _read(file, store, zone):
                if isinstance(found, Migrated):
                    yield found
                elif isinstance(found, Piece):
                    spill.add(found)
                else:
                    tally.refuse(found, path)
                bar.update(task, completed=(done + file.tell()) // MIB)
        done += path.stat().st_size
    yield from _together(store, zone, spill, tally, bar)


def _together(store: str, zone: tzinfo, spill: Spill, tally: Tally, bar: Progress) -> Iterator[Migrated]:
    """The reports whose parts are in the spill."""
    if not spill.parts:
        return
    task = bar.add_task(_("reports put together"), total=spill.count())
    for parts in spill.reports():
        try:
            yield _PUT_TOGETHER[store](parts.head, parts.rows, zone)
        except ReadError as error:
            tally.refuse(Refused(error.reason, error.where or parts.key.lstrip("0")))
        bar.advance(task)


def _read(file: IO[bytes], store: str, zone: tzinfo) -> Read:
    """What is in a file, by the tool and the first bytes; what ends a file early is told as refused."""
    chunks = _chunks(file)
    try:
        head = next(chunks, b"")
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        whole = chain((head,), chunks)
        if store == "dmarcts":
            yield from dmarcts.read_dmarcts(whole, zone)
        elif store == "elastic":
            yield from elastic.read_elastic(whole)
        elif start in (b"{", b"["):
            yield from parsedmarc.read_parsedmarc(whole, zone)
        else:
            yield from table.read_table(whole, zone)
    except (EOFError, zlib.error):
        yield Refused("The compressed file is damaged, or ends too early")


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces, unpacked where it is gzip; raises `EOFError` or `zlib.error` after what can be unpacked."""
    piece = file.read(PIECE)
    if piece[:2] != GZIP:
        while piece:
            yield piece
            piece = file.read(PIECE)
        return
    while piece[:2] == GZIP:  # one file, or several behind each other
        inflate = zlib.decompressobj(31)
        while not inflate.eof:
            yield inflate.decompress(piece, PIECE)
            piece = inflate.unconsumed_tail or inflate.unused_data or file.read(PIECE)
            if not piece and not inflate.eof:
                raise EOFError


def _files(paths: Sequence[Path], store: str) -> list[Path]:
    """The files named, and those in the folders named whose names are right for the store; raises UsageError."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += _in_folder(path, store)
        elif path.exists():
            found.append(path)
        else:
            raise UsageError("{path} does not exist", path=path)
    if not found:
        raise UsageError("there is no {known} file in it", known=" or ".join(_SUFFIXES[store]))
    return found


def _in_folder(folder: Path, store: str) -> list[Path]:
    """The files; of a table and a list of the same reports, the list, which keeps more."""
    names = {path: path.name.lower().removesuffix(".gz") for path in sorted(folder.rglob("*")) if path.is_file()}
    files = [path for path, name in names.items() if name.endswith(_SUFFIXES[store]) and not name.startswith(_OTHER_KINDS)]
    lists = {path.parent / names[path].removesuffix(".json") for path in files if names[path].endswith(".json")}
    return [
        path for path in files if not (names[path].endswith(".csv") and path.parent / names[path].removesuffix(".csv") in lists)
    ]


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError("{name!r} is not a time zone; write it like Asia/Tokyo", name=name) from None
