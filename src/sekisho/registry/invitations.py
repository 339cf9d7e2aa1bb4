"""Who belongs to an organisation: invitations that are used once, roles, and never an organisation without an owner."""

from __future__ import annotations

import datetime as dt
import secrets
from hashlib import sha256
from typing import ClassVar

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from sekisho.core.errors import UsageError
from sekisho.registry.models import Member, Organisation, Role, User

DAYS = 7
"""An invitation is good for a week: a mail that was forgotten must not open the door later."""
MOST_OPEN = 100
"""Open invitations of an organisation."""
MOST_A_DAY = 50
"""Invitations of an organisation in a day: nobody sends masses of mail by our server."""


class Invitation(models.Model):
    """Somebody is asked to join an organisation; only the hash of what the link holds is kept."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.READER)
    digest = models.BinaryField(max_length=32, unique=True)
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    """Who invites."""
    created = models.DateTimeField(db_default=Now())
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[tuple[models.Index, ...]] = (models.Index(fields=("organisation", "-id"), name="invitation_newest"),)

    def __str__(self) -> str:
        return f"invitation of {self.email} to {self.organisation_id}"


def invite(org: Organisation, email: str, role: str, person: User | None) -> tuple[Invitation, str]:
    """A new invitation and the text of its link, which nobody can show again; an older one to the same address ends.

    Raises UsageError for somebody who is a member already, or where there are too many.
    """
    email = email.strip().lower()
    now = timezone.now()
    if Member.objects.filter(organisation=org, user__email__iexact=email).exists():
        raise UsageError("{email} is a member already", email=email)
    open_invitations(org.pk).filter(email=email).update(withdrawn=now)
    if open_invitations(org.pk).count() >= MOST_OPEN or _of_today(org, now) >= MOST_A_DAY:
        raise UsageError("there are too many invitations; withdraw some, or wait until tomorrow")
    text = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        organisation=org, email=email, role=role, digest=_digest(text), person=person, expires=now + dt.timedelta(days=DAYS)
    )
    return made, text


def open_invitations(org: int) -> models.QuerySet[Invitation]:
    """Those that can still be accepted, the newest first."""
    return Invitation.objects.filter(organisation_id=org, accepted=None, withdrawn=None, expires__gt=timezone.now()).order_by("-id")


def find(text: str) -> Invitation | None:
    """The open invitation of a link; None for one that was used, withdrawn, is too old, or never was."""
    found = Invitation.objects.filter(digest=_digest(text), accepted=None, withdrawn=None, expires__gt=timezone.now())
    return found.select_related("organisation", "person").first()


def accept(invitation: Invitation, user: User) -> Member:
    """Makes the person a member, once; raises UsageError when somebody else was quicker.

    Who is a member already keeps a higher role.
    """
    with transaction.atomic():
        used = Invitation.objects.filter(pk=invitation.pk, accepted=None, withdrawn=None, expires__gt=timezone.now())
        if not used.update(accepted=timezone.now()):
            raise UsageError("this invitation cannot be used any more")
        member, is_new = Member.objects.get_or_create(
            organisation=invitation.organisation, user=user, defaults={"role": invitation.role}
        )
        if not is_new and _rank(invitation.role) > _rank(member.role):
            member.role = invitation.role
            member.save(update_fields=["role"])
    return member


def withdraw(invitation: Invitation) -> None:
    """Makes the link of an invitation good for nothing."""
    Invitation.objects.filter(pk=invitation.pk, withdrawn=None, accepted=None).update(withdrawn=timezone.now())


def set_role(member: Member, role: str) -> None:
    """Gives a member another role; raises UsageError where no owner would be left."""
    with transaction.atomic():
        if role != Role.OWNER:
            _keep_an_owner(member)
        Member.objects.filter(pk=member.pk).update(role=role)
        member.role = role


def remove(member: Member) -> None:
    """Takes a person out of the organisation; raises UsageError where no owner would be left."""
    with transaction.atomic():
        _keep_an_owner(member)
        Member.objects.filter(pk=member.pk).delete()


def _keep_an_owner(member: Member) -> None:
    """Locks the owners where the database can, so that two do not unmake each other at the same time."""
    owners = Member.objects.select_for_update().filter(
        organisation_id=member.organisation_id, role=Role.OWNER, user__is_active=True
    )
    if [owner.pk for owner in owners] == [member.pk]:
        raise UsageError("an organisation needs an owner; make somebody else an owner first")


def _rank(role: str) -> int:
    from sekisho.registry.roles import RANKS

    return RANKS.index(Role(role))


def _of_today(org: Organisation, now: dt.datetime) -> int:
    return Invitation.objects.filter(organisation=org, created__gt=now - dt.timedelta(days=1)).count()


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()
