"""`sekisho token`: what programs show at the HTTP interface."""

from __future__ import annotations

import argparse
import datetime as dt

from sekisho.cli import show
from sekisho.cli.house import note, open_registry
from sekisho.cli.words import _
from sekisho.core.errors import UsageError


def add(args: argparse.Namespace) -> int:
    """Makes a token and prints it, once."""
    open_registry()
    from sekisho.registry import tokens
    from sekisho.registry.domains import the_organisation

    days = tokens.DAYS if args.days is None else args.days
    if not 0 <= days <= tokens.MOST_DAYS:
        raise UsageError("--expires must be between 1 and {most} days, or 0 for never", most=tokens.MOST_DAYS)
    scopes = _scopes(args.scope, tuple(scope for scope in tokens.SCOPES if scope != tokens.AGENCY))  # that of a person
    org = the_organisation(args.org).pk
    token, text = tokens.add(org, args.name, scopes=scopes, expires=tokens.until(days))
    note("token.made", args.name, org, days=days, scopes=scopes)
    print(text)
    show.error(_("This is token {id}. It is shown only now; keep it as a password.").format(id=token.pk))
    return 0


def _scopes(given: list[str], known: tuple[str, ...]) -> list[str]:
    """Scopes out of texts with commas; raises UsageError for one that is none."""
    found = [part.strip() for text in given for part in text.split(",") if part.strip()]
    wrong = [scope for scope in found if scope not in known]
    if wrong:
        raise UsageError("--scope takes {known}; not {text!r}", known=", ".join(known), text=wrong[0])
    return found or ["ingest"]


def list_(args: argparse.Namespace) -> int:
    """Lists the tokens, without what they are."""
    open_registry()
    from sekisho.registry.models import Token

    rows = Token.objects.order_by("organisation__slug", "id")
    if args.org:
        rows = rows.filter(organisation__slug=args.org)
    names = ("id", "organisation__slug", "name", "scopes", "created", "expires", "last_used", "revoked")
    values = list(rows.values_list(*names))
    if args.format == "json":
        keys = ("id", "organisation", *names[2:])
        show.as_json([dict(zip(keys, row, strict=True)) for row in values])
        return 0
    columns = (_("token"), _("organisation"), _("name"), _("scopes"), _("made"), _("expires"), _("last use"), _("revoked"))
    show.table(columns, ((*row[:4], *map(_day, row[4:])) for row in values), right=(0,))
    return 0


def revoke(args: argparse.Namespace) -> int:
    """Makes a token good for nothing."""
    open_registry()
    from sekisho.registry import tokens
    from sekisho.registry.models import Token

    found = Token.objects.filter(pk=args.id).first()
    if found is None:
        raise UsageError("there is no token {id}; see `sekisho token list`", id=args.id)
    tokens.revoke(found)
    note("token.revoked", found.name, found.organisation_id)
    print(_("token {id} is revoked").format(id=found.pk))
    return 0


def _day(value: dt.datetime | None) -> str:
    return f"{value:%Y-%m-%d}" if value else "–"
