"""`sekisho what-if`: what stored mail would have met under another policy."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from sekisho.cli import control
from sekisho.cli.export import day
from sekisho.cli.house import open_house, open_registry
from sekisho.cli.words import _
from sekisho.core.errors import StoreBusy, UsageError
from sekisho.core.names import normal
from sekisho.core.terms import SECONDS_A_DAY
from sekisho.core.whatif.trial import read_trial

DAYS = 30
"""Looked at when nothing else is said, like the page."""


def run(args: argparse.Namespace) -> int:
    """Prints the answer as text, JSON or CSV."""
    settings = open_registry()
    from sekisho.registry.domains import the_organisation
    from sekisho.registry.models import Domain

    org = the_organisation(args.org)
    name = normal(args.domain)
    domain = Domain.objects.filter(organisation=org, name=name).first()
    if domain is None:
        raise UsageError("{domain} is not a registered domain; `sekisho domain list` shows those that are", domain=args.domain)
    today = int(time.time()) // SECONDS_A_DAY
    wanted: dict[str, object] = {
        "org": org.pk,
        "domain": name,
        "policy": read_trial(args.policy).to_text(),
        "since": day(args.since, today - DAYS),
        "until": day(args.until, today),
        "format": args.format,
    }
    try:
        with open_house(settings):
            _write(pieces(wanted))
    except StoreBusy:
        _write(control.stream(settings, "what-if", wanted))
    return 0


def _write(parts: Iterator[bytes]) -> None:
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def pieces(wanted: Mapping[str, Any]) -> Iterator[bytes]:
    """The answer in pieces, from the store of this process; the names of JSON are those scripts rely on."""
    from sekisho.registry.models import Domain
    from sekisho.store.query import Filter
    from sekisho.web import exports, facts
    from sekisho.web.pages import readiness, whatif

    trial = read_trial(wanted["policy"])
    domain = Domain.objects.get(organisation_id=wanted["org"], name=wanted["domain"])
    f = Filter(wanted["org"], wanted["since"], wanted["until"], domains=(domain.name,))
    found = facts.store().replay(f, trial, readiness.names_known(domain))
    if wanted["format"] == "csv":
        yield from exports.csv_lines(whatif.COLUMNS, whatif.rows_of(found, trial))
        return
    told = _told(wanted, found, [dict(zip(whatif.COLUMNS, row, strict=True)) for row in whatif.rows_of(found, trial)])
    if wanted["format"] == "json":
        yield (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
        return
    yield "".join(f"{line}\n" for line in _text(told)).encode("utf-8", "replace")


def _told(wanted: Mapping[str, Any], found: Any, groups: list[dict[str, object]]) -> dict[str, Any]:
    """The answer as plain values."""
    from sekisho.core.terms import URGENCY, Policy
    from sekisho.web.exports import iso_day

    asked = (Policy.REJECT, Policy.QUARANTINE, Policy.NONE)
    return {
        "domain": wanted["domain"],
        "policy": wanted["policy"],
        "since": iso_day(wanted["since"]),
        "until": iso_day(wanted["until"]),
        "messages": found.split.messages,
        "would": {what.value: {k.value: found.hit(what).of(k) for k in URGENCY} for what in asked},
        "did": [{"class": k.value, "disposition": what, "messages": count} for k, what, count in found.handled],
        "days": [
            {"day": iso_day(day), "asked": what.value, **{k.value: split.of(k) for k in URGENCY}} for day, what, split in found.days
        ],
        "groups": groups,
        "own_record": found.own_record.messages,
        "alignment_unknown": found.untold,
        "existence_unknown": dict(found.unclear),
        "nonexistent": list(found.missing),
    }


def _text(told: Mapping[str, Any]) -> Iterator[str]:
    """The answer for people."""
    yield _("{domain}, {since} to {until}, policy {policy}: {n} messages").format(
        domain=told["domain"], since=told["since"], until=told["until"], policy=told["policy"], n=told["messages"]
    )
    for what, by_class in told["would"].items():
        counts = "  ".join(f"{klass} {count:,}" for klass, count in by_class.items() if count)
        if counts and what != "none":
            yield f"  {what}: {counts}"
    if told["existence_unknown"]:
        names = ", ".join(list(told["existence_unknown"])[:10])
        yield _("not known whether these names exist, taken as existing: {names}").format(names=names)
    if told["alignment_unknown"]:
        yield _("{n} messages pass by a name that the reports leave out; taken as passing").format(n=told["alignment_unknown"])
    genuine = [group for group in told["groups"] if group["class"] != "spoof"]
    yield _("genuine mail that would be hit:") if genuine else _("no genuine mail would be hit")
    for group in genuine:
        yield f"  {group['messages']:>10,}  {group['class']:<10} " + "  ".join(
            str(group[name]) for name in ("group", "last_day", "busiest", "advice")
        )
