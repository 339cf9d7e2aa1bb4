"""A world sent as mails through the product: commands take it in, look it up and judge it, and what they export is scored.

Nothing here knows the store or the judge. What the direct run hands over as values goes through writer, archive, mail, reader,
registry, name server and export here, so that the figures agree only if all of these keep what a report says.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.accuracy.labels import Key, World
from bench.accuracy.served import resolver
from bench.accuracy.verdicts import Told

from sekisho.core.facts import Evidence, Verdict
from sekisho.core.reports.values import AggregateReport, Said
from sekisho.core.terms import Class
from sekisho.sample.post import report_mail
from sekisho.sample.reporters import GMX, GOOGLE, MICROSOFT, NETEASE, OPENDMARC, PROVIDER, RSPAMD, YAHOO, Habit, Reporter

KNOWN = {"google.com": GOOGLE, "Outlook.com": MICROSOFT, "Enterprise Outlook": MICROSOFT, "Yahoo": YAHOO, "GMX": GMX}
OTHERS = (PROVIDER, OPENDMARC, RSPAMD, NETEASE)
"""How reporters write and wrap, by name; those without one of their own take one of these, always the same."""

A_DAY = 86400
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Home:
    """A home of its own, and the commands in it."""

    path: Path
    dns_port: int
    lists: tuple[str, ...]

    @property
    def environment(self) -> dict[str, str]:
        """What the commands are told: this home, and the world's own DNS."""
        return os.environ | {
            "SEKISHO_HOME": str(self.path),
            "SEKISHO_DNS_SERVERS": f"127.0.0.1:{self.dns_port}",
            "SEKISHO_DNSBL_ZONES": ",".join(self.lists),
            "SEKISHO_RDAP": "off",
            "DJANGO_SETTINGS_MODULE": "sekisho.web.settings",
        }

    def run(self, *command: str) -> str:
        """What a command prints; its complaints are shown."""
        argv = [sys.executable, "-m", *command]
        done = subprocess.run(argv, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        return done.stdout.decode()


def judge_by_mail(world: World, scratch: Path) -> list[Told]:
    """All records of a world with the classes that `sekisho export records` gives them.

    1. Each owner becomes an organisation with its domains. 2. Its reports become mails in a folder, which `sekisho ingest` takes
    in. 3. `sekisho lookup` asks Knot and rbldnsd for the hosts, and the worker of the server for the domains' own records.
    4. All is judged again and exported; each exported record is set beside its truth.
    """
    with resolver(world) as port:
        home = Home(scratch / "home", port, tuple(sorted(world.listings)))
        slugs = {owner.name: f"owner{number:02}" for number, owner in enumerate(world.owners)}
        for owner in world.owners:
            home.run("sekisho", "org", "add", slugs[owner.name], "--title", owner.name)
            home.run("sekisho", "domain", "add", "--org", slugs[owner.name], *owner.domains)
        write_mails(world, {name: scratch / "mails" / slug for name, slug in slugs.items()})
        for slug in slugs.values():
            print(slug, home.run("sekisho", "ingest", "--org", slug, str(scratch / "mails" / slug)).strip(), file=sys.stderr)
        print(home.run("sekisho", "lookup").strip(), file=sys.stderr)
        home.run("bench.accuracy.own", *(domain for owner in world.owners for domain in owner.parked))
        print(home.run("sekisho", "judge", "--all").strip(), file=sys.stderr)
        exported = [row for slug in slugs.values() for row in _exported(home, slug)]
    return list(_told(world, exported))


def write_mails(world: World, folders: dict[str, Path]) -> None:
    """A mail for each report, in the folder of its owner."""
    for folder in folders.values():
        folder.mkdir(parents=True)
    for number, (owner, report) in enumerate(world.reports):
        (folders[owner] / f"{number:06}.eml").write_bytes(report_mail(report, reporter_of(report), report.end + A_DAY // 6))


def reporter_of(report: AggregateReport) -> Reporter:
    """The reporter of a report, with the habits of its like."""
    domain = report.email.rpartition("@")[2]
    return Reporter(report.org_name, report.email, report.extra_contact_info, domain, 0.0, _habit(report.org_name))


def _habit(name: str) -> Habit:
    return KNOWN.get(name) or OTHERS[sum(name.encode()) % len(OTHERS)]


def _exported(home: Home, slug: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(home.run("sekisho", "export", "records", "--org", slug, "--format", "json"))
    return rows


def _told(world: World, exported: list[dict[str, Any]]) -> Iterator[Told]:
    """Each row of the world with its exported class; a row that is missing, twice or another one is an error."""
    said = {key: (record.source_ip, record.count, record.said) for key, record in _records(world)}
    found: dict[Key, dict[str, Any]] = {(row["org_name"], row["report_id"], row["row"]): row for row in exported}
    if found.keys() != said.keys() or len(found) != len(exported):
        raise AssertionError(f"{len(exported)} records were exported, {len(found)} different ones, of {len(said)} that were sent")
    for key, row in found.items():
        address, count, what = said[key]
        if (row["source_ip"], row["count"], row["header_from"]) != (address, count, what.header_from):
            raise AssertionError(f"{key} was exported as {row}")
        yield _one(world, key, row, what)


def _records(world: World) -> Iterator[tuple[Key, Any]]:
    for _, report in world.reports:
        for number, record in enumerate(report.rows):
            yield (report.reporter, report.report_id, number), record


def _one(world: World, key: Key, row: dict[str, Any], said: Said) -> Told:
    klass, confidence = Class(row["class"]), float(row["confidence"])
    verdict = None if klass is Class.NORMAL else Verdict(klass, confidence, ())
    evidence = Evidence(row["source_ip"])
    return Told(world.truth[key], klass, confidence, row["count"], row["domain"], verdict, None, None, evidence, said)
