"""The commands and their options (names that scripts rely on)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sekisho import __version__
from sekisho.cli.words import _
from sekisho.web import installed

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]


class Later:
    """A file of commands, loaded when one of them runs: scripts call `ingest` for every mail, and each file takes its time."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, command: str) -> Callable[[argparse.Namespace], int]:
        def run(args: argparse.Namespace) -> int:
            installed.for_command(self._name)
            status: int = getattr(import_module(f"sekisho.cli.{self._name}"), command)(args)
            return status

        return run


admin, check, demo, digest, doctor = map(Later, ("admin", "check", "demo", "digest", "doctor"))
evidence, export, inbox = map(Later, ("evidence", "export", "inbox"))
ingest, migrate, read, serve, token = map(Later, ("ingest", "migrate", "read", "serve", "token"))
whatif, keeping, agency = map(Later, ("whatif", "keeping", "agency"))


def parser() -> argparse.ArgumentParser:
    """The parser; every command sets `run`, a function from the arguments to the exit status."""
    argparse._ = _  # type: ignore[attr-defined]  # what it says by itself, see `words.OF_ARGPARSE`
    top = argparse.ArgumentParser(prog="sekisho", description=_("Reads DMARC reports and says who sends mail in your name."))
    top.add_argument("--version", action="version", version=f"sekisho {__version__}")
    commands = top.add_subparsers(required=True, metavar=_("COMMAND"))
    _reading(commands)
    _checking(commands)
    _migrating(commands)
    _judging(commands)
    _telling(commands)
    _serving(commands)
    _administration(commands)
    _intakes(commands)
    return top


def _reading(commands: Commands) -> None:
    c = commands.add_parser("read", help=_("open reports without any database and print what they say"))
    c.add_argument("files", nargs="+", type=Path, metavar="FILE")
    c.add_argument("--format", choices=("text", "json"), default="text")
    c.set_defaults(run=read.run)

    c = commands.add_parser("ingest", help=_("take files, folders, mbox and Maildir into the store"))
    c.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    c.add_argument("--org", metavar="NAME", help=_("the organisation (default: the only one)"))
    c.add_argument("--adopt", action="store_true", help=_("register domains not yet known"))
    c.add_argument("--judge-later", action="store_true", help=_("only store; sekisho judge, or the server, judges later"))
    c.add_argument("--list", action="store_true", help=_("one line a file with outcome and reason"))
    c.add_argument("--format", choices=("text", "json"), default="text")
    c.set_defaults(run=ingest.run)

    c = commands.add_parser("reread", help=_("read the raw archive again after a reader was mended"))
    c.add_argument("--org", metavar="NAME")
    c.add_argument("--broken", action="store_true", help=_("only what could not be read"))
    c.add_argument("--since", metavar="DAY", help="YYYY-MM-DD")
    c.set_defaults(run=ingest.reread)


def _checking(commands: Commands) -> None:
    c = commands.add_parser("check", help=_("look at the mail records of a domain in the DNS and explain them"))
    c.add_argument("domain", metavar="DOMAIN")
    c.add_argument("--selector", action="append", default=[], metavar="NAME", help=_("a DKIM selector whose key is looked at too"))
    c.add_argument("--format", choices=("text", "json"), default="text")
    c.set_defaults(run=check.run)


def _migrating(commands: Commands) -> None:
    migration = commands.add_parser("migrate", help=_("take reports over from the store of another tool"))
    tools = migration.add_subparsers(dest="store", required=True, metavar=_("TOOL"))
    for name, text in (
        ("parsedmarc", _("parsedmarc's aggregate.json or aggregate.csv")),
        ("elastic", _("parsedmarc's documents in an export of Elasticsearch or OpenSearch")),
        ("dmarcts", _("a dump of the MySQL or PostgreSQL database of dmarcts-report-parser")),
    ):
        c = tools.add_parser(name, help=text)
        c.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        c.add_argument("--org", metavar="NAME", help=_("the organisation (default: the only one)"))
        c.add_argument("--adopt", action="store_true", help=_("register domains not yet known"))
        c.add_argument("--dry-run", action="store_true", help=_("only say what would be taken over"))
        c.add_argument("--timezone", default="UTC", metavar="ZONE", help=_("of times that are written without one (default: UTC)"))
        c.add_argument("--list", action="store_true", help=_("one line a report with its outcome"))
        c.add_argument("--format", choices=("text", "json"), default="text")
        c.set_defaults(run=migrate.run)


def _judging(commands: Commands) -> None:
    c = commands.add_parser("lookup", help=_("gather evidence for hosts that lack it"))
    c.add_argument("--all", action="store_true", help=_("look everything up again"))
    c.add_argument("--wait", action="store_true", help=_("wait until the server has done it"))
    c.set_defaults(run=evidence.lookup)

    c = commands.add_parser("judge", help=_("judge again what evidence, decisions or a better book have touched"))
    c.add_argument("--all", action="store_true")
    c.add_argument("--org", metavar="NAME")
    c.add_argument("--domain", metavar="D")
    c.add_argument("--since", metavar="DAY", help="YYYY-MM-DD")
    c.set_defaults(run=evidence.judge)

    c = commands.add_parser("export", help=_("write facts as CSV or JSON"))
    c.add_argument("what", choices=("records", "hosts", "groups", "reports", "alerts", "failures", "tls", "campaigns"))
    c.add_argument("--format", choices=("csv", "json", "parquet"), default="csv")
    c.add_argument("--org", metavar="NAME")
    c.add_argument("--domain", action="append", default=[], metavar="D")
    c.add_argument("--since", metavar="DAY", help="YYYY-MM-DD")
    c.add_argument("--until", metavar="DAY", help="YYYY-MM-DD")
    c.add_argument("--class", dest="classes", metavar="CLASS", help="spoof,failing,forwarded,normal")
    c.add_argument("--output", type=Path, metavar="FILE", help=_("write here instead of standard output"))
    c.set_defaults(run=export.run)

    c = commands.add_parser("what-if", help=_("what stored mail would have met under another policy"))
    c.add_argument("domain", metavar="DOMAIN")
    tags = _("tags as in the record: 'p=reject; sp=none' (default: p=reject)")
    c.add_argument("--policy", default="p=reject", metavar="TAGS", help=tags)
    c.add_argument("--org", metavar="NAME", help=_("the organisation (default: the only one)"))
    c.add_argument("--since", metavar="DAY", help=_("YYYY-MM-DD (default: 30 days ago)"))
    c.add_argument("--until", metavar="DAY", help="YYYY-MM-DD")
    c.add_argument("--format", choices=("text", "json", "csv"), default="text")
    c.set_defaults(run=whatif.run)


def _telling(commands: Commands) -> None:
    c = commands.add_parser("digest", help=_("the digest of a day, week or month: show it, or send it once"))
    c.add_argument("--kind", choices=("daily", "weekly", "monthly"), default="weekly")
    c.add_argument("--day", metavar="DAY", help=_("the one that is told on this morning (default: today)"))
    c.add_argument("--preview", action="store_true", help=_("only print it"))
    c.add_argument("--format", choices=("text", "html", "json"), default="text")
    c.add_argument("--org", metavar="NAME", help=_("the organisation (default: the only one)"))
    c.add_argument("--language", choices=("ja", "en"))
    c.set_defaults(run=digest.run)

    c = commands.add_parser("paper", help=_("the monthly report as a PDF"))
    c.add_argument("month", metavar="YYYY-MM")
    c.add_argument("--org", metavar="NAME", help=_("the organisation (default: the only one)"))
    c.add_argument("--language", choices=("ja", "en"))
    c.add_argument("--output", type=Path, metavar="FILE", help=_("write here instead of standard output"))
    c.set_defaults(run=digest.paper)


def _serving(commands: Commands) -> None:
    for name, run, text in (
        ("serve", serve.run, _("pages, API and workers in one process")),
        ("demo", demo.run, _("a sample organisation in a throw-away home, then serve")),
    ):
        c = commands.add_parser(name, help=text)
        c.add_argument("--host", default="127.0.0.1")
        c.add_argument("--port", type=int, default=8025)
        c.set_defaults(run=run)
        if name == "demo":
            c.add_argument("--home", type=Path, help=_("keep it here instead of a throw-away folder"))
            c.add_argument("--days", type=int, default=90)
            c.add_argument("--seed", type=int, default=1)
            c.add_argument("--no-serve", action="store_true", help=_("only make it"))

    c = commands.add_parser("doctor", help=_("check settings, store, DNS, clock and disk, and say what to do"))
    c.set_defaults(run=doctor.run)


def _administration(commands: Commands) -> None:
    org = commands.add_parser("org", help=_("organisations")).add_subparsers(required=True, metavar=_("ACTION"))
    c = org.add_parser("add")
    c.add_argument("slug", metavar="NAME", help=_("short name for addresses: letters, digits, hyphens"))
    c.add_argument("--title", help=_("name for people"))
    c.add_argument("--language", choices=("ja", "en"), default="ja")
    c.add_argument("--timezone", default="Asia/Tokyo")
    c.set_defaults(run=admin.org_add)
    c = org.add_parser("list")
    c.add_argument("--format", choices=("text", "json"), default="text")
    c.set_defaults(run=admin.org_list)
    c = org.add_parser("export", help=_("everything of an organisation as one zip"))
    c.add_argument("name", metavar="NAME")
    c.add_argument("--output", type=Path, metavar="FILE", help=_("write here instead of standard output"))
    c.set_defaults(run=keeping.export)
    c = org.add_parser("erase", help=_("erase an organisation, or one of its domains, for good"))
    c.add_argument("name", metavar="NAME")
    c.add_argument("--domain", metavar="D", help=_("only this domain"))
    c.add_argument("--yes", metavar="NAME", default="", help=_("the name of what is erased, once more"))
    c.set_defaults(run=keeping.erase)
    c = org.add_parser("hold", help=_("forbid erasing, or allow it again"))
    c.add_argument("name", metavar="NAME")
    c.add_argument("--domain", metavar="D", help=_("only this domain"))
    c.add_argument("--reason", metavar="TEXT", help=_("set a legal hold"))
    c.add_argument("--lift", action="store_true", help=_("lift it"))
    c.set_defaults(run=keeping.hold)

    _agencies(commands)
    domain = commands.add_parser("domain", help=_("domains")).add_subparsers(required=True, metavar=_("ACTION"))
    for action, run in (("add", admin.domain_add), ("list", admin.domain_list), ("remove", admin.domain_remove)):
        c = domain.add_parser(action)
        if action != "list":
            c.add_argument("names", nargs="+", metavar="DOMAIN")
        else:
            c.add_argument("--format", choices=("text", "json"), default="text")
        if action == "add":
            c.add_argument(
                "--proved", action="store_true", help=_("you know that they are the organisation's; no proof is asked for")
            )
        c.add_argument("--org", metavar="NAME")
        c.set_defaults(run=run)

    user = commands.add_parser("user", help=_("people")).add_subparsers(required=True, metavar=_("ACTION"))
    c = user.add_parser("add")
    c.add_argument("email")
    c.add_argument("--name", default="")
    c.add_argument("--org", metavar="NAME")
    c.add_argument("--role", choices=("owner", "admin", "analyst", "reader"), default="owner")
    c.add_argument("--operator", action="store_true", help=_("sees the health of the server, and no content without --org"))
    c.add_argument("--password-file", type=Path, help=_("read the password from here; else one is made and printed"))
    c.set_defaults(run=admin.user_add)
    c = user.add_parser("list")
    c.add_argument("--format", choices=("text", "json"), default="text")
    c.set_defaults(run=admin.user_list)
    c = user.add_parser("reset")
    c.add_argument("email")
    c.add_argument("--password-file", type=Path)
    c.add_argument("--mfa", action="store_true", help=_("remove the second factors and passkeys too"))
    c.set_defaults(run=admin.user_reset)


def _agencies(commands: Commands) -> None:
    of_agency = commands.add_parser("agency", help=_("groups of organisations with people of their own"))
    actions = of_agency.add_subparsers(required=True, metavar=_("ACTION"))
    c = actions.add_parser("add")
    c.add_argument("name", metavar="NAME")
    c.set_defaults(run=agency.add)
    c = actions.add_parser("list")
    c.add_argument("--format", choices=("text", "json"), default="text")
    c.set_defaults(run=agency.list_)
    c = actions.add_parser("person", help=_("give a person a role in all organisations of an agency"))
    c.add_argument("name", metavar="NAME")
    c.add_argument("email")
    c.add_argument("--role", choices=("owner", "admin", "analyst", "reader"), default="reader")
    c.add_argument("--remove", action="store_true", help=_("take the person out"))
    c.set_defaults(run=agency.person)
    c = actions.add_parser("organisation", help=_("give an organisation to an agency"))
    c.add_argument("name", metavar="NAME")
    c.add_argument("org", metavar="ORGANISATION")
    c.add_argument("--remove", action="store_true", help=_("take it out"))
    c.set_defaults(run=agency.organisation)


def _intakes(commands: Commands) -> None:
    actions = commands.add_parser("inbox", help=_("mailboxes and listeners")).add_subparsers(required=True, metavar=_("ACTION"))
    c = actions.add_parser("kinds", help=_("kinds of inboxes and their settings"))
    c.add_argument("kind", nargs="?", metavar="KIND")
    c.set_defaults(run=inbox.kinds)
    c = actions.add_parser("add", help=_("add an inbox; see `sekisho inbox kinds`"))
    c.add_argument("kind", metavar="KIND")
    c.add_argument("--org", metavar="NAME")
    c.add_argument("--adopt", action="store_true", help=_("register domains not yet known"))
    _settings(c)
    c.set_defaults(run=inbox.add)
    c = actions.add_parser("change", help=_("change settings of an inbox"))
    c.add_argument("id", type=int, metavar="ID")
    c.add_argument("--adopt", action=argparse.BooleanOptionalAction, default=None, help=_("register domains not yet known"))
    _settings(c)
    c.set_defaults(run=inbox.change)
    c = actions.add_parser("list", help=_("all inboxes and how they are doing"))
    c.add_argument("--org", metavar="NAME")
    c.add_argument("--format", choices=("text", "json"), default="text")
    c.set_defaults(run=inbox.list_)
    c = actions.add_parser("address", help=_("the report address of an organisation, or of one of its listeners"))
    c.add_argument("id", type=int, nargs="?", metavar="N")
    c.add_argument("--org", metavar="NAME")
    c.set_defaults(run=inbox.address)
    for name, run, text in (
        ("test", inbox.test, _("try an inbox step by step")),
        ("sign-in", inbox.sign_in, _("sign in to Microsoft 365 or Google in a browser")),
        ("pause", inbox.pause, _("look no more for now")),
        ("resume", inbox.resume, _("go on where it stopped")),
        ("remove", inbox.remove, _("forget an inbox; its reports stay")),
    ):
        c = actions.add_parser(name, help=text)
        c.add_argument("id", type=int, metavar="ID")
        c.set_defaults(run=run)

    actions = commands.add_parser("token", help=_("tokens for programs, by HTTP")).add_subparsers(
        required=True, metavar=_("ACTION")
    )
    c = actions.add_parser("add", help=_("make a token and print it once"))
    c.add_argument("name", metavar="NAME", help=_("what it is for"))
    c.add_argument("--org", metavar="NAME")
    scopes = _("what it is for: read, write, ingest, failures, admin; with commas or again (default: ingest)")
    c.add_argument("--scope", action="append", default=[], metavar="SCOPE", help=scopes)
    c.add_argument(
        "--expires", "--days", dest="days", type=int, metavar="DAYS", help=_("good for so many days; 0: always (default: 365)")
    )
    c.set_defaults(run=token.add)
    c = actions.add_parser("list")
    c.add_argument("--org", metavar="NAME")
    c.add_argument("--format", choices=("text", "json"), default="text")
    c.set_defaults(run=token.list_)
    c = actions.add_parser("revoke")
    c.add_argument("id", type=int, metavar="ID")
    c.set_defaults(run=token.revoke)


def _settings(command: argparse.ArgumentParser) -> None:
    command.add_argument("--title", default="", metavar="TEXT", help=_("what it is called on pages"))
    command.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=_("a setting"))
    command.add_argument(
        "--secret-file",
        action="append",
        default=[],
        metavar="NAME=PATH",
        help=_("a secret setting, read from a file (-: standard input)"),
    )
