"""Long errands, one after the other: everything of an organisation as a file, and erasures that a person has asked for."""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils import timezone

from sekisho.core.errors import SekishoError
from sekisho.keeping import erase
from sekisho.registry import audit
from sekisho.registry.keeping import EXPORT_DAYS, Errand
from sekisho.registry.models import Organisation
from sekisho.store.base import Store
from sekisho.web import everything

log = logging.getLogger(__name__)
FOLDER = "exports"
"""In the home; only its owner may look into it."""
TOLD_EVERY_S = 1.0
"""Progress is written no more often than this."""
SPARE = 256 << 20
"""Bytes that an export must leave free on the disk: reports go on coming in."""
MAX_TROUBLE = 300


class Progress:
    """Writes now and then how far an errand is."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._at = 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._at >= TOLD_EVERY_S or done >= total:
            Errand.objects.filter(pk=self._errand.pk).update(done=done, total=total)
            self._at = time.monotonic()


def ask(kind: str, org: Organisation, by: audit.Actor, *, domain: str = "") -> Errand:
    """Writes an errand down; whoever owns the facts does it soon. One that already waits is not asked for twice."""
    there = Errand.objects.filter(
        kind=kind, organisation=org, domain=domain, state__in=(Errand.State.WAITING, Errand.State.RUNNING)
    )
    found = there.first()
    if found is not None:
        return found
    who = by.person.email if by.person is not None else by.name
    return Errand.objects.create(kind=kind, organisation=org, slug=org.slug, domain=domain, person=by.person, who=who)


def file_of(org: int, number: int) -> Path | None:
    """The file of a finished export of the organisation, until it expires."""
    done = Errand.objects.filter(organisation_id=org, pk=number, state=Errand.State.DONE, expires__gt=timezone.now())
    found = done.first()
    path = settings.HOUSE.home / FOLDER / found.file if found is not None and found.file else None
    return path if path is not None and path.is_file() else None


def download(org: Organisation, path: Path) -> HttpResponse:
    """The file as an answer, streamed."""
    name = f"sekisho-{org.slug}-{timezone.now():%Y-%m-%d}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")  # type: ignore[return-value]


def resume() -> None:
    """After a start: what was under way when the process ended begins anew; every errand can be done twice."""
    Errand.objects.filter(state=Errand.State.RUNNING).update(state=Errand.State.WAITING, done=0)


def run_next(store: Store, home: Path, now: int) -> bool:
    """Does the errand that has waited longest; False when none waits."""
    errand = Errand.objects.filter(state=Errand.State.WAITING).order_by("id").first()
    if errand is None:
        return False
    Errand.objects.filter(pk=errand.pk).update(state=Errand.State.RUNNING)
    at = dt.datetime.fromtimestamp(now, dt.UTC)
    try:
        if errand.kind == Errand.Kind.EXPORT:
            _export(errand, store, home, at)
        else:
            _erase(errand, store, home)
    except (SekishoError, OSError) as error:
        log.warning("errand %d failed: %s", errand.pk, error)
        _end(errand, at, Errand.State.FAILED, trouble=str(error)[:MAX_TROUBLE])
    except Exception as error:
        _end(errand, at, Errand.State.FAILED, trouble=type(error).__name__)
        raise
    else:
        _end(errand, at, Errand.State.DONE)
    return True


def _end(errand: Errand, at: dt.datetime, state: str, **more: object) -> None:
    Errand.objects.filter(pk=errand.pk).update(state=state, ended=at, **more)


def _export(errand: Errand, store: Store, home: Path, at: dt.datetime) -> None:
    if errand.organisation is None:
        raise SekishoError("the organisation is gone")
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{secrets.token_urlsafe(24)}.zip"
    Errand.objects.filter(pk=errand.pk).update(file=name)
    path = folder / name
    try:
        write_file(path, errand.organisation, store, Progress(errand))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    expires = at + dt.timedelta(days=EXPORT_DAYS)
    Errand.objects.filter(pk=errand.pk).update(size=path.stat().st_size, expires=expires)


def write_file(path: Path, org: Organisation, store: Store, tell: erase.Tell = erase.quiet) -> None:
    """Everything of an organisation as a file that only we can read; raises SekishoError where the disk would get full."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        everything.write(out, org, store, tell, check=lambda: check_room(path.parent))


def check_room(folder: Path) -> None:
    """Raises SekishoError where little is left on the disk."""
    if shutil.disk_usage(folder).free < SPARE:
        raise SekishoError("there is too little space left on the disk for an export")


def _erase(errand: Errand, store: Store, home: Path) -> None:
    """Erases what was asked for; who did and when stays, without content."""
    org, tell = errand.organisation, Progress(errand)
    by = audit.Actor(errand.person, errand.who)
    if errand.domain and org is not None:
        erase.erase_domain(store, org.pk, errand.domain, tell=tell)
        audit.note(by, audit.Action.ERASED, errand.domain, org=org)
        return
    if org is not None:
        _forget_files(org, home)
        erase.erase_organisation(store, org, tell=tell)
    else:
        erase.wipe(store)  # it was gone already when the process ended
    audit.note(by, audit.Action.ERASED, errand.slug)


def _forget_files(org: Organisation, home: Path) -> None:
    for name in Errand.objects.filter(organisation=org).exclude(file="").values_list("file", flat=True):
        (home / FOLDER / name).unlink(missing_ok=True)
