"""`sekisho org export|erase|hold`: everything of an organisation as one file, its end, and what forbids that."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.cli.house import open_house, open_registry
from sekisho.cli.words import _
from sekisho.core.errors import SekishoError, StoreBusy, UsageError

if TYPE_CHECKING:
    from sekisho.registry.keeping import Errand
    from sekisho.settings import Settings

LOOK_EVERY_S = 0.3
"""While the server does it."""


def export(args: argparse.Namespace) -> int:
    """Writes everything of an organisation as a zip."""
    settings = open_registry()
    from sekisho.registry.domains import the_organisation
    from sekisho.registry.keeping import Errand

    if args.output is None and sys.stdout.isatty():
        raise UsageError("the zip is no text: name a file with --output FILE")
    errand = _ordered(settings, Errand.Kind.EXPORT, the_organisation(args.name))
    path = settings.home / "exports" / errand.file
    try:
        if args.output is None:
            with path.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
        else:
            shutil.move(path, args.output)
            print(_("{path} is written ({size} bytes)").format(path=args.output, size=errand.size))
    finally:
        path.unlink(missing_ok=True)
    return 0


def erase(args: argparse.Namespace) -> int:
    """Erases an organisation, or one of its domains, for good."""
    settings = open_registry()
    from sekisho.keeping.erase import check_held
    from sekisho.registry.domains import checked, the_organisation
    from sekisho.registry.keeping import Errand

    org = the_organisation(args.name)
    domain = checked(args.domain) if args.domain else ""
    wanted = domain or org.slug
    if args.yes != wanted:
        raise UsageError("what is erased cannot be brought back; if you mean it, add: --yes {wanted}", wanted=wanted)
    check_held(org.pk, domain)
    _ordered(settings, Errand.Kind.ERASE, org, domain)
    print(_("{name} is erased").format(name=wanted))
    return 0


def hold(args: argparse.Namespace) -> int:
    """Sets a legal hold, or lifts it, or lists those that stand."""
    open_registry()
    from django.utils import timezone

    from sekisho.registry import audit, keeping
    from sekisho.registry.domains import checked, the_organisation
    from sekisho.registry.keeping import Hold

    org = the_organisation(args.name)
    domain = checked(args.domain) if args.domain else ""
    standing = Hold.objects.filter(organisation=org, lifted=None)
    if args.lift:
        count = standing.filter(domain=domain).update(lifted=timezone.now(), lifted_by="shell")
        if count:
            audit.note(audit.SHELL, audit.Action.HOLD_LIFTED, domain or org.slug, org=org)
    elif args.reason:
        keeping.hold(org, domain, args.reason, "shell")
        audit.note(audit.SHELL, audit.Action.HOLD_SET, domain or org.slug, org=org, reason=args.reason)
    for row in standing.order_by("id"):
        print(
            _("{name} is held since {day}: {reason}").format(
                name=row.domain or org.slug, day=f"{row.at:%Y-%m-%d}", reason=row.reason
            )
        )
    return 0


def _ordered(settings: Settings, kind: str, org: object, domain: str = "") -> Errand:
    """The errand when it is done, by this process or by the server that owns the facts; raises SekishoError where it failed."""
    from sekisho.registry import audit
    from sekisho.registry.keeping import Errand
    from sekisho.web import errands

    errand = errands.ask(kind, org, audit.SHELL, domain=domain)  # type: ignore[arg-type]
    try:
        with open_house(settings) as house:
            errands.resume()
            while not _now(errand).is_over and errands.run_next(house.store, settings.home, house.now()):
                pass
    except StoreBusy:
        _server(settings)
        while not _now(errand).is_over:
            time.sleep(LOOK_EVERY_S)
    errand = _now(errand)
    if errand.state == Errand.State.FAILED:
        raise SekishoError(errand.trouble)
    return errand


def _server(settings: Settings) -> None:
    if not Path(settings.socket_path).exists():
        raise StoreBusy("another process owns the facts file, and no server answers in the home; stop that process first")


def _now(errand: Errand) -> Errand:
    errand.refresh_from_db()
    return errand
