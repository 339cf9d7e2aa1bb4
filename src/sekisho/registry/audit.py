"""The audit log: who changed what, and who looked at failure reports; entries are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Never

from django.db import models
from django.db.models.functions import Now

if TYPE_CHECKING:
    from django.http import HttpRequest

    from sekisho.registry.models import Organisation, User

MAX_TEXT = 500
"""Characters of a target and of each text in the details: enough for names and reasons, too little to store a report in."""
MAX_DETAILS = 20
MAX_ITEMS = 50
"""Of a list in the details."""


class Action(StrEnum):
    """What was done: the thing, and what happened to it. `web.auditwords` has the words of each."""

    SIGNED_IN = "account.signed_in"
    SIGNED_OUT = "account.signed_out"
    SIGN_IN_FAILED = "account.sign_in_failed"
    PASSWORD_CHANGED = "account.password_changed"
    EMAIL_CHANGED = "account.email_changed"
    PROFILE_CHANGED = "account.profile_changed"
    FACTOR_ADDED = "account.factor_added"
    FACTOR_REMOVED = "account.factor_removed"
    CODES_MADE = "account.codes_made"
    SESSION_ENDED = "account.session_ended"
    OPERATOR_MADE = "account.operator_made"
    PERSON_INVITED = "person.invited"
    INVITATION_ACCEPTED = "person.joined"
    INVITATION_WITHDRAWN = "person.invitation_withdrawn"
    ROLE_CHANGED = "person.role_changed"
    PERSON_REMOVED = "person.removed"
    PERSON_LEFT = "person.left"
    ORGANISATION_MADE = "organisation.made"
    ORGANISATION_CHANGED = "organisation.changed"
    ORGANISATION_REMOVED = "organisation.removed"
    SECURITY_CHANGED = "organisation.security_changed"
    SSO_CHANGED = "sso.changed"
    SSO_REMOVED = "sso.removed"
    DOMAIN_ADDED = "domain.added"
    DOMAIN_CHANGED = "domain.changed"
    DOMAIN_PROVED = "domain.proved"
    DOMAIN_REMOVED = "domain.removed"
    DNS_LOOKED = "domain.records_looked_at"
    INBOX_ADDED = "inbox.added"
    INBOX_CHANGED = "inbox.changed"
    INBOX_TESTED = "inbox.tested"
    INBOX_PAUSED = "inbox.paused"
    INBOX_RESUMED = "inbox.resumed"
    INBOX_REMOVED = "inbox.removed"
    INBOX_SIGN_IN_BEGUN = "inbox.sign_in_begun"
    INBOX_SIGNED_IN = "inbox.signed_in"
    UPLOADED = "delivery.uploaded"
    REREAD = "delivery.read_again"
    DOWNLOADED = "delivery.downloaded"
    DECIDED = "decision.made"
    DECISION_UNDONE = "decision.undone"
    FAILURE_SHOWN = "failure.shown"
    FAILURE_HIDDEN = "failure.hidden"
    FAILURES_EXPORTED = "failure.exported"
    ALERT_ACTED = "alert.acted"
    ALERT_RULES_CHANGED = "alert.rules_changed"
    NOTIFICATIONS_CHANGED = "notifications.changed"
    CHANNEL_ADDED = "channel.added"
    CHANNEL_CHANGED = "channel.changed"
    CHANNEL_TESTED = "channel.tested"
    CHANNEL_REMOVED = "channel.removed"
    TOKEN_MADE = "token.made"
    TOKEN_REVOKED = "token.revoked"
    VIEW_SAVED = "view.saved"
    VIEW_REMOVED = "view.removed"
    LABELS_CHANGED = "labels.changed"
    RETENTION_CHANGED = "retention.changed"
    HOLD_SET = "hold.set"
    HOLD_LIFTED = "hold.lifted"
    ERASURE_ASKED = "data.erasure_asked"
    ERASED = "data.erased"
    EXPORTED = "data.exported"
    REPORT_MADE = "report.made"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, or a program by its name."""

    person: User | None = None
    name: str = ""
    address: str = ""


SHELL = Actor(name="shell")
"""An operator at the command line of the machine."""


class Entries(models.QuerySet["AuditEntry"]):
    """Entries that can be read and added, and nothing else."""

    def delete(self) -> Never:
        """Never."""
        raise TypeError("entries of the audit log are not deleted")

    def update(self, **_values: object) -> Never:
        """Never."""
        raise TypeError("entries of the audit log are not changed")

    def bulk_update(self, *_args: object, **_values: object) -> Never:
        """Never."""
        raise TypeError("entries of the audit log are not changed")


class AuditEntry(models.Model):
    """Something that somebody did; goes with its organisation, or when its time is over (`keeping`)."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, null=True, related_name="audit")
    """None for what concerns a person's account or the whole install."""
    person = models.ForeignKey("registry.User", models.SET_NULL, null=True, related_name="+")
    who = models.CharField(max_length=254)
    """The person's address as it was, or the name of the program."""
    at = models.DateTimeField(db_default=Now())
    action = models.CharField(max_length=40)
    target = models.CharField(max_length=MAX_TEXT, blank=True)
    """What it was done to: a name or number, as people know it."""
    detail = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    """Of the client."""

    objects = Entries.as_manager()

    class Meta:
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("organisation", "-id"), name="audit_newest"),
            models.Index(fields=("organisation", "action", "target", "-id"), name="audit_target"),
            models.Index(fields=("person", "-id"), name="audit_person"),
        )

    def __str__(self) -> str:
        return f"{self.who}: {self.action} {self.target}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the entry; an entry that is there is not written again."""
        if not self._state.adding:
            raise TypeError("entries of the audit log are not changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: object, **_kwargs: object) -> Never:
        """Never."""
        raise TypeError("entries of the audit log are not deleted")


def note(
    by: HttpRequest | Actor | User, action: Action, target: object = "", *, org: Organisation | int | None = None, **detail: object
) -> AuditEntry:
    """Writes down that somebody did something; of a page, the organisation is that of its address unless `org` says another.

    Never give a secret or the content of a report: names, numbers, and what was before and after.
    """
    actor = by if isinstance(by, Actor) else actor_of(by)
    of = org if org is not None else getattr(by, "org", None)
    return AuditEntry.objects.create(
        organisation_id=of if isinstance(of, int) or of is None else of.pk,
        person=actor.person,
        who=(actor.name or (actor.person.email if actor.person else ""))[:254],
        action=action.value,
        target=str(target)[:MAX_TEXT],
        detail=_bounded(detail),
        address=actor.address[:45],
    )


def actor_of(by: HttpRequest | User) -> Actor:
    """A person, or whoever sends a request."""
    from sekisho.registry.models import User

    if isinstance(by, User):
        return Actor(by)
    user = getattr(by, "user", None)
    return Actor(user if isinstance(user, User) else None, address=str(by.META.get("REMOTE_ADDR", "")))


def between(org: int, since: datetime | None = None, until: datetime | None = None) -> models.QuerySet[AuditEntry]:
    """The entries of an organisation from `since` to before `until`, the newest first."""
    found = AuditEntry.objects.filter(organisation_id=org).select_related("person")
    if since is not None:
        found = found.filter(at__gte=since)
    if until is not None:
        found = found.filter(at__lt=until)
    return found.order_by("-id")


def forget(org: int, before: datetime) -> int:
    """Removes the entries of an organisation that are older than it keeps them; returns how many. The only way out of the log."""
    old: models.QuerySet[AuditEntry] = models.QuerySet(AuditEntry).filter(organisation_id=org, at__lt=before)
    return int(old._raw_delete(old.db))


def _bounded(detail: Mapping[str, object]) -> dict[str, object]:
    return {name[:40]: _plain(value) for name, value in list(detail.items())[:MAX_DETAILS] if value not in ("", None)}


def _plain(value: object) -> object:
    """A value that JSON knows, cut to its bound."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in list(value)[:MAX_ITEMS]]
    return str(value)[:MAX_TEXT]
