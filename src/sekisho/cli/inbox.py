"""`sekisho inbox`: mailboxes that are looked at, and listeners; also while the server runs, which notices within seconds."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.cli import show
from sekisho.cli.house import note, open_registry
from sekisho.cli.words import _
from sekisho.core.errors import UsageError

if TYPE_CHECKING:
    from sekisho.ingest.gmail import GmailConfig
    from sekisho.ingest.graph import GraphConfig
    from sekisho.registry.models import Inbox

MAX_SECRET = 20_000


def kinds(args: argparse.Namespace) -> int:
    """Prints the kinds with their settings; with a kind, that one alone."""
    open_registry()
    from sekisho.intake.kinds import KINDS, fields_of, kind_of
    from sekisho.intake.words import KINDS as WORDS

    if args.kind:
        kind_of(args.kind)
    for kind in [args.kind] if args.kind else KINDS:
        name, text = WORDS[kind]
        print(f"{kind}: {_(name)}. {_(text)}")
        for f in fields_of(kind):
            default = _("needed") if f.default is None else _("secret") if f.is_secret else f"[{_shown(f.default)}]"
            choices = f" ({', '.join(value for value, _label in f.choices)})" if f.choices else ""
            print(f"  {f.name:16} {default} {_(f.label)}{choices}: {_(f.help)}")
        print()
    return 0


def add(args: argparse.Namespace) -> int:
    """Makes an inbox and prints its number."""
    open_registry()
    from sekisho.intake.kinds import set_up
    from sekisho.registry import inboxes
    from sekisho.registry.domains import the_organisation

    org = the_organisation(args.org)
    setup = set_up(args.kind, args.title, _given(args), adopt=args.adopt)
    made = inboxes.add(org.pk, setup)
    note("inbox.added", made.title, org.pk, kind=made.kind)
    print(
        _("inbox {id} is there: {title}; try it with: sekisho inbox test {id}").format(id=made.pk, title=show.harmless(made.title))
    )
    return 0


def change(args: argparse.Namespace) -> int:
    """Changes settings of an inbox; those not named stay."""
    open_registry()
    from sekisho.intake.kinds import is_same_mailbox, set_up
    from sekisho.registry import inboxes

    inbox = _inbox(args)
    adopt = inbox.adopt if args.adopt is None else args.adopt
    setup = set_up(inbox.kind, args.title or inbox.title, {**inbox.values, **_given(args, inbox.kind)}, adopt=adopt, old=inbox)
    inboxes.change(inbox, setup, from_start=not is_same_mailbox(inbox, setup))
    note("inbox.changed", inbox.title, inbox.organisation_id, kind=inbox.kind)
    print(_("inbox {id} is changed").format(id=inbox.pk))
    return 0


def list_(args: argparse.Namespace) -> int:
    """Lists the inboxes with their health; secrets are never shown."""
    open_registry()
    from sekisho.registry.models import Inbox

    rows = Inbox.objects.select_related("organisation").defer("sealed").order_by("organisation__slug", "id")
    if args.org:
        rows = rows.filter(organisation__slug=args.org)
    if args.format == "json":
        show.as_json([_as_json(row) for row in rows])
        return 0
    columns = (_("inbox"), _("organisation"), _("kind"), _("name"), _("state"), _("last look"), _("last mail"), _("mails"))
    shown = (
        (row.pk, row.organisation.slug, row.kind, row.title, _state(row), _time(row.looked_at), _time(row.stored_at), row.taken)
        for row in rows
    )
    show.table(columns, shown, right=(0, 7))
    return 0


def test(args: argparse.Namespace) -> int:
    """Tries an inbox step by step; status 1 when a step fails."""
    open_registry()
    from sekisho.intake import words
    from sekisho.intake.trial import try_out

    status = 0
    for probe in try_out(_inbox(args)):
        print(f"{'✓' if probe.ok else '✗'} {_(words.STEPS[probe.step])}: {show.harmless(probe.said)}")
        if not probe.ok:
            status = 1
            print(f"  {_(words.trouble(probe.trouble or words.SETTINGS))}")
    return status


SIGN_IN_S = 900


def sign_in(args: argparse.Namespace) -> int:
    """Lets a person sign in at Microsoft or Google in a browser, and keeps what that gives; status 1 when nobody does."""
    open_registry()
    from sekisho.ingest import gmail, graph
    from sekisho.intake.kinds import config_of
    from sekisho.registry import inboxes

    inbox = _inbox(args)
    config = config_of(inbox)
    if isinstance(config, graph.GraphConfig):
        token = _device(config)
    elif isinstance(config, gmail.GmailConfig):
        token = _consent(config)
    else:
        raise UsageError(_("nobody signs in to an inbox of this kind"))
    if token is None:
        show.error(_("nobody signed in in time"))
        return 1
    inboxes.renew_secret(inbox.pk, "refresh_token", token)
    note("inbox.signed_in", inbox.title, inbox.organisation_id)
    inboxes.resume(inbox)
    print(_("signed in; try it with: sekisho inbox test {id}").format(id=inbox.pk))
    return 0


def _device(config: GraphConfig) -> str | None:
    """Microsoft: a code that is typed at any computer (RFC 8628)."""
    from sekisho.ingest import graph

    code = graph.begin_sign_in(config)
    print(
        _("Open {link} and enter the code {code}").format(link=show.harmless(code.uri), code=show.harmless(code.user_code)),
        flush=True,
    )
    end = time.monotonic() + min(code.expires_s, SIGN_IN_S)
    while time.monotonic() < end:
        time.sleep(max(1, min(code.interval_s, 30)))
        if token := graph.end_sign_in(config, code):
            return token
    return None


def _consent(config: GmailConfig) -> str | None:
    """Google: a browser on this computer, which comes back to a port of loopback (RFC 8252, 7.3)."""
    from sekisho.cli.redirect import Redirect
    from sekisho.ingest import gmail

    with Redirect() as back:
        consent = gmail.Consent.to(back.address)
        print(_("Open this in a browser on this computer:"), gmail.consent_url(config, consent), sep="\n", flush=True)
        code = back.wait(consent.state, SIGN_IN_S)
    return gmail.end_sign_in(config, code, consent) if code else None


def pause(args: argparse.Namespace) -> int:
    """Stops looking; where it stands is kept."""
    open_registry()
    from sekisho.registry import inboxes

    inbox = _inbox(args)
    inboxes.pause(inbox)
    note("inbox.paused", inbox.title, inbox.organisation_id)
    print(_("inbox {id} is paused").format(id=inbox.pk))
    return 0


def resume(args: argparse.Namespace) -> int:
    """Goes on where it stopped."""
    open_registry()
    from sekisho.registry import inboxes

    inbox = _inbox(args)
    inboxes.resume(inbox)
    note("inbox.resumed", inbox.title, inbox.organisation_id)
    print(_("inbox {id} is looked at again").format(id=inbox.pk))
    return 0


def remove(args: argparse.Namespace) -> int:
    """Forgets an inbox and its secrets; what it brought stays."""
    open_registry()
    from sekisho.registry import inboxes

    inbox = _inbox(args)
    inboxes.remove(inbox)
    note("inbox.removed", inbox.title, inbox.organisation_id, kind=inbox.kind)
    print(_("inbox {id} is removed; the reports it brought stay").format(id=inbox.pk))
    return 0


def address(args: argparse.Namespace) -> int:
    """Prints the report address of an organisation, or of one of its listeners, and what to put into `rua`."""
    open_registry()
    from sekisho.intake.addressing import inbox_address, report_address
    from sekisho.registry.domains import the_organisation

    found = inbox_address(_inbox(args)) if args.id is not None else report_address(the_organisation(args.org))
    if found is None:
        raise UsageError("only listeners (kind smtp) have report addresses of their own")
    print(found.text)
    if found.is_whole:
        print(f"rua=mailto:{found.text}")
    else:
        print(_("The part after @ is the name of your mail host: add a listener (kind smtp) with its hostname."), file=sys.stderr)
    return 0


def _given(args: argparse.Namespace, kind: str = "") -> dict[str, object]:
    """The settings of the command line; secrets come from files alone, so that neither `ps` nor the shell's history has them."""
    from sekisho.intake.kinds import kind_of

    secrets = kind_of(kind or args.kind).secrets
    given: dict[str, object] = {}
    for name, value in _pairs(args.set, "--set"):
        if name in secrets:
            raise UsageError(
                "{name} is secret: put it into a file and say --secret-file {name}=PATH (- reads standard input)", name=name
            )
        given[name] = value
    for name, path in _pairs(args.secret_file, "--secret-file"):
        if name not in secrets:
            raise UsageError("{name} is not secret; say --set {name}=VALUE", name=name)
        given[name] = _secret(path)
    return given


def _pairs(texts: Sequence[str], option: str) -> list[tuple[str, str]]:
    pairs = [(name.strip(), value) for name, is_pair, value in (text.partition("=") for text in texts) if is_pair]
    if len(pairs) != len(texts):
        raise UsageError("{option} wants NAME=VALUE", option=option)
    return pairs


def _secret(path: str) -> str:
    try:
        text = sys.stdin.read(MAX_SECRET + 1) if path == "-" else Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("{path} cannot be read: {error}", path=path, error=error) from error
    return text.rstrip("\r\n")


def _inbox(args: argparse.Namespace) -> Inbox:
    from sekisho.registry.models import Inbox

    found = Inbox.objects.filter(pk=args.id).first()
    if found is None:
        raise UsageError("there is no inbox {id}; see `sekisho inbox list`", id=args.id)
    return found


def _state(row: Inbox) -> str:
    if row.is_paused:
        return _("paused")
    if row.trouble:
        from sekisho.intake import words

        return f"{_(words.trouble(row.trouble))} ({row.said})"
    return _("well") if row.looked_at else _("not looked at yet")


def _as_json(row: Inbox) -> dict[str, object]:
    state = "paused" if row.is_paused else "failing" if row.trouble else "well" if row.looked_at else "new"
    return {
        "id": row.pk,
        "organisation": row.organisation.slug,
        "kind": row.kind,
        "title": row.title,
        "settings": row.values,
        "adopt": row.adopt,
        "state": state,
        "trouble": row.trouble,
        "said": row.said,
        "failures": row.failures,
        "looked_at": row.looked_at,
        "mail_at": row.mail_at,
        "stored_at": row.stored_at,
        "taken": row.taken,
        "refused": row.refused,
        "refusals": row.refusals,
    }


def _time(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}Z" if value else "–"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
