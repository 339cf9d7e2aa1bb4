"""`sekisho token`: what programs show to deliver reports by HTTP."""

from __future__ import annotations

import argparse
import datetime as dt

from sekisho.cli import show
from sekisho.cli.house import open_registry
from sekisho.cli.words import _
from sekisho.core.errors import UsageError

MOST_DAYS = 3650


def add(args: argparse.Namespace) -> int:
    """Makes a token and prints it, once."""
    open_registry()
    from django.utils import timezone

    from sekisho.registry import tokens
    from sekisho.registry.domains import the_organisation

    if args.days is not None and not 0 < args.days <= MOST_DAYS:
        raise UsageError(f"--days must be between 1 and {MOST_DAYS}")
    expires = timezone.now() + dt.timedelta(days=args.days) if args.days else None
    token, text = tokens.add(the_organisation(args.org).pk, args.name, expires=expires)
    print(text)
    show.error(_("This is token {id}. It is shown only now; keep it as a password.").format(id=token.pk))
    return 0


def list_(args: argparse.Namespace) -> int:
    """Lists the tokens, without what they are."""
    open_registry()
    from sekisho.registry.models import Token

    rows = Token.objects.order_by("organisation__slug", "id")
    if args.org:
        rows = rows.filter(organisation__slug=args.org)
    names = ("id", "organisation__slug", "name", "scope", "created", "expires", "last_used", "revoked")
    values = list(rows.values_list(*names))
    if args.format == "json":
        keys = ("id", "organisation", *names[2:])
        show.as_json([dict(zip(keys, row, strict=True)) for row in values])
        return 0
    columns = (_("token"), _("organisation"), _("name"), _("scope"), _("made"), _("expires"), _("last use"), _("revoked"))
    show.table(columns, ((*row[:4], *map(_day, row[4:])) for row in values), right=(0,))
    return 0


def revoke(args: argparse.Namespace) -> int:
    """Makes a token good for nothing."""
    open_registry()
    from sekisho.registry import tokens
    from sekisho.registry.models import Token

    found = Token.objects.filter(pk=args.id).first()
    if found is None:
        raise UsageError(f"there is no token {args.id}; see `sekisho token list`")
    tokens.revoke(found)
    print(_("token {id} is revoked").format(id=found.pk))
    return 0


def _day(value: dt.datetime | None) -> str:
    return f"{value:%Y-%m-%d}" if value else "–"
