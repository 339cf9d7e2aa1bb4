"""The inboxes of organisations: their settings, where they stand, how they are doing, and whose an address is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sekisho.registry.models import Inbox, Organisation, new_report_token
from sekisho.registry.sealing import seal, unseal

LISTENER = "smtp"
"""The kind whose inboxes have report addresses of their own."""
MAX_TITLE = 100
MAX_SAID = 300
REFUSALS_KEPT = 20

Values = Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Setup:
    """How an inbox is set up; the secrets are in clear here, and nowhere else."""

    kind: str
    title: str
    values: Values
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    adopt: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a look into a mailbox brought."""

    cursor: str
    taken: int = 0
    mail_at: dt.datetime | None = None
    refused: Sequence[tuple[str, str]] = ()
    """Names and reasons."""


def add(org: int, setup: Setup) -> Inbox:
    """A new inbox; it is looked at within seconds where a server runs."""
    with transaction.atomic():
        made = Inbox.objects.create(
            organisation_id=org,
            kind=setup.kind,
            title=setup.title[:MAX_TITLE],
            values=dict(setup.values),
            adopt=setup.adopt,
            report_token=new_report_token() if setup.kind == LISTENER else None,
        )
        if setup.secrets:
            made.sealed = seal(setup.secrets, _place(made.pk))
            made.save(update_fields=["sealed"])
    return made


def change(inbox: Inbox, setup: Setup, *, from_start: bool) -> None:
    """Other settings for an inbox; `from_start` where the old cursor says nothing of the mailbox they name."""
    rows = Inbox.objects.filter(pk=inbox.pk)
    rows.update(
        title=setup.title[:MAX_TITLE],
        values=dict(setup.values),
        sealed=seal(setup.secrets, _place(inbox.pk)) if setup.secrets else b"",
        adopt=setup.adopt,
        **_fresh(),
    )
    if from_start:
        rows.update(cursor="")


def pause(inbox: Inbox) -> None:
    """Nothing is fetched any more; where it stands is kept."""
    Inbox.objects.filter(pk=inbox.pk).update(is_paused=True, revision=F("revision") + 1)


def resume(inbox: Inbox) -> None:
    """Fetching goes on where it stopped; also where it only waits after failures."""
    Inbox.objects.filter(pk=inbox.pk).update(is_paused=False, **_fresh())


def remove(inbox: Inbox) -> None:
    """Forgets the inbox and its secrets; what it brought stays."""
    Inbox.objects.filter(pk=inbox.pk).delete()


def secrets_of(inbox: Inbox) -> dict[str, str]:
    """The secret settings in clear; raises SettingsError when they cannot be decrypted."""
    return unseal(bytes(inbox.sealed), _place(inbox.pk))


def renew_secret(number: int, name: str, value: str) -> None:
    """Keeps a secret that the server has replaced, beside the others."""
    with transaction.atomic():
        inbox = Inbox.objects.filter(pk=number).first()
        if inbox is not None:
            sealed = seal(secrets_of(inbox) | {name: value}, _place(number))
            Inbox.objects.filter(pk=number).update(sealed=sealed)


def looked(number: int, revision: int, look: Look) -> None:
    """Writes that a look went well, what it brought, and where the next one begins; nothing when the settings have changed."""
    now = timezone.now()
    changes: dict[str, object] = {"cursor": look.cursor, "looked_at": now} | _well()
    if look.taken:
        changes |= {"taken": F("taken") + look.taken, "stored_at": now, "mail_at": look.mail_at}
    if look.refused:
        changes |= {"refused": F("refused") + len(look.refused), "refusals": _refusals(number, look.refused, now)}
    Inbox.objects.filter(pk=number, revision=revision).update(**changes)


def failed(number: int, revision: int, *, failures: int, trouble: str, said: str) -> None:
    """Writes that looks fail, and why; the time is that of the first failure in a row."""
    rows = Inbox.objects.filter(pk=number, revision=revision)
    rows.filter(failed_at=None).update(failed_at=timezone.now())
    rows.update(failures=failures, trouble=trouble, said=said[:MAX_SAID])


def took(number: int, taken: int, at: dt.datetime) -> None:
    """Writes what came to the report address of an inbox since the last time."""
    Inbox.objects.filter(pk=number).update(taken=F("taken") + taken, stored_at=at, mail_at=at)


def listened(number: int, revision: int, *, refused: int = 0) -> None:
    """Writes what a listener has turned away since the last time; that it is well, only for settings still in use."""
    rows = Inbox.objects.filter(pk=number)
    if refused:
        rows.update(refused=F("refused") + refused)
    rows.filter(revision=revision).update(looked_at=timezone.now(), **_well())


def organisation_of_token(token: str) -> int | None:
    """Whose report address begins so; None when nobody's."""
    return Organisation.objects.filter(report_token=token).values_list("pk", flat=True).first()


def of_token(token: str) -> Inbox | None:
    """The inbox whose report address begins so; None where there is none."""
    return Inbox.objects.filter(report_token=token).defer("sealed").first() if token else None


def _refusals(number: int, refused: Sequence[tuple[str, str]], now: dt.datetime) -> list[dict[str, str]]:
    old = Inbox.objects.filter(pk=number).values_list("refusals", flat=True).first() or []
    new = [{"name": name[:200], "reason": reason[:300], "at": now.isoformat()} for name, reason in refused]
    return [*reversed(new), *old][:REFUSALS_KEPT]


def _well() -> dict[str, object]:
    return {"failures": 0, "failed_at": None, "trouble": "", "said": ""}


def _fresh() -> dict[str, object]:
    return _well() | {"revision": F("revision") + 1, "looked_at": None}


def _place(number: int) -> str:
    return f"inbox:{number}"
