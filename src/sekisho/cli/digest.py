"""`sekisho digest` and `sekisho paper`: a digest or the monthly report of an organisation, shown, written to a file, or sent."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sekisho.cli import control
from sekisho.cli.house import open_house, open_registry
from sekisho.cli.words import _, language
from sekisho.core.errors import StoreBusy, UsageError

EARLY = timedelta(hours=23, minutes=59)


def run(args: argparse.Namespace) -> int:
    """Prints the digest that is told on the morning of a day (`--preview`), or puts it on its way, once."""
    day = _day(args.day)
    return _do(
        "digest", {**_common(args), "kind": args.kind, "day": day.isoformat(), "format": args.format, "preview": args.preview}
    )


def paper(args: argparse.Namespace) -> int:
    """Writes the monthly report of a month as a PDF."""
    settings = open_registry()
    wanted = {**_common(args), "month": args.month}
    try:
        with open_house(settings):
            data = b"".join(paper_pieces(wanted))
    except StoreBusy:
        data = b"".join(control.stream(settings, "paper", wanted))
    if args.output is not None:
        args.output.write_bytes(data)
        print(_("{path}: {n} bytes").format(path=args.output, n=len(data)), file=sys.stderr)
    else:
        sys.stdout.buffer.write(data)
    return 0


def _common(args: argparse.Namespace) -> dict[str, object]:
    open_registry()
    from sekisho.registry.domains import the_organisation

    return {"org": the_organisation(args.org).pk, "language": args.language or language()}


def _day(text: str | None) -> date:
    if not text:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("{text} is no day; write it as YYYY-MM-DD", text=text) from None


def _do(command: str, wanted: Mapping[str, Any]) -> int:
    settings = open_registry()
    try:
        with open_house(settings):
            parts = list(pieces(wanted))
    except StoreBusy:
        parts = list(control.stream(settings, command, wanted))
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()
    return 0


def pieces(wanted: Mapping[str, Any]) -> Iterator[bytes]:
    """The digest as text, HTML or JSON; without `preview` it is put on its way, and the answer says to how many."""
    from sekisho.registry import digests
    from sekisho.registry.models import Organisation
    from sekisho.web import formats
    from sekisho.web.digests import letters, planning
    from sekisho.web.digests.periods import Kind, latest

    org = Organisation.objects.get(pk=wanted["org"])
    zone = formats.zone(org.timezone)
    end = datetime.combine(date.fromisoformat(wanted["day"]), datetime.min.time(), zone) + EARLY
    digest = planning.digest_of(org, latest(Kind(wanted["kind"]), end, zone))
    if not wanted["preview"]:
        whom = planning.whom(digest)
        is_new = digests.make(digest, whom, datetime.now(UTC))
        text = _("{n} on their way").format(n=len(whom)) if is_new else _("this period was sent already")
        yield f"{digest.kind} {digest.period}: {text}\n".encode()
        return
    told = letters.message(digest, wanted["language"], mail=False)
    if wanted["format"] == "json":
        yield (json.dumps(dict(told.data), ensure_ascii=False, indent=1) + "\n").encode()
    elif wanted["format"] == "html":
        yield told.html.encode()
    else:
        yield f"{told.subject}\n\n{told.text}".encode()


def paper_pieces(wanted: Mapping[str, Any]) -> Iterator[bytes]:
    """The monthly report."""
    from sekisho.registry.models import Organisation
    from sekisho.web.digests.periods import month_named
    from sekisho.web.paper import printing

    if month_named(wanted["month"]) is None:
        raise UsageError("{month} is no month; write it as YYYY-MM", month=wanted["month"])
    yield printing.paper(Organisation.objects.get(pk=wanted["org"]), wanted["month"], wanted["language"])
