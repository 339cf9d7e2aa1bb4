"""Who belongs to organisations and agencies: invitations that are used once, roles, and no organisation without an owner."""

from __future__ import annotations

import datetime as dt
import secrets
from hashlib import sha256
from typing import ClassVar

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from sekisho.core.errors import UsageError
from sekisho.registry.agencies import Agency, AgencyPerson, put_person
from sekisho.registry.models import Member, Organisation, Role, User

DAYS = 7
"""An invitation is good for a week: a mail that was forgotten must not open the door later."""
MOST_OPEN = 100
"""Open invitations of an organisation."""
MOST_A_DAY = 50
"""Invitations of an organisation in a day: nobody sends masses of mail by our server."""


class Invitation(models.Model):
    """Somebody is asked to join an organisation, or else an agency; only the hash of what the link holds is kept."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="invitations")
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, related_name="invitations")
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
        constraints = (
            models.CheckConstraint(
                condition=models.Q(organisation=None, agency__isnull=False) | models.Q(organisation__isnull=False, agency=None),
                name="invitation_to_one",
            ),
        )

    def __str__(self) -> str:
        return f"invitation of {self.email} to {self.host}"

    @property
    def host(self) -> Organisation | Agency:
        """Who takes the person in."""
        found = self.organisation or self.agency
        assert found is not None
        return found


def invite(host: Organisation | Agency, email: str, role: str, person: User | None) -> tuple[Invitation, str]:
    """A new invitation and the text of its link, which nobody can show again; an older one to the same address ends.

    Raises UsageError for somebody who is a member already, or where there are too many.
    """
    email = email.strip().lower()
    now = timezone.now()
    people = host.member_set if isinstance(host, Organisation) else host.people
    if people.filter(user__email__iexact=email).exists():
        raise UsageError("{email} is a member already", email=email)
    still_open = _open(host.invitations.all())
    still_open.filter(email=email).update(withdrawn=now)
    if still_open.count() >= MOST_OPEN or host.invitations.filter(created__gt=now - dt.timedelta(days=1)).count() >= MOST_A_DAY:
        raise UsageError("there are too many invitations; withdraw some, or wait until tomorrow")
    text = secrets.token_urlsafe(32)
    made = host.invitations.create(
        email=email, role=role, digest=_digest(text), person=person, expires=now + dt.timedelta(days=DAYS)
    )
    return made, text


def open_invitations(org: int) -> models.QuerySet[Invitation]:
    """Those that can still be accepted, the newest first."""
    return _open(Invitation.objects.filter(organisation_id=org)).order_by("-id")


def open_to(agency: Agency) -> models.QuerySet[Invitation]:
    """Those to an agency that can still be accepted, the newest first."""
    return _open(agency.invitations.all()).order_by("-id")


def _open(rows: models.QuerySet[Invitation]) -> models.QuerySet[Invitation]:
    return rows.filter(accepted=None, withdrawn=None, expires__gt=timezone.now())


def find(text: str) -> Invitation | None:
    """The open invitation of a link; None for one that was used, withdrawn, is too old, or never was."""
    return _open(Invitation.objects.filter(digest=_digest(text))).select_related("organisation", "agency", "person").first()


def accept(invitation: Invitation, user: User) -> Member | AgencyPerson:
    """Makes the person a member of the organisation or the agency, once; raises UsageError when somebody else was quicker.

    Who is a member already keeps a higher role.
    """
    with transaction.atomic():
        if not _open(Invitation.objects.filter(pk=invitation.pk)).update(accepted=timezone.now()):
            raise UsageError("this invitation cannot be used any more")
        if invitation.agency is not None:
            return _into_agency(invitation.agency, invitation.role, user)
        member, is_new = Member.objects.get_or_create(
            organisation=invitation.organisation, user=user, defaults={"role": invitation.role}
        )
        if not is_new and _rank(invitation.role) > _rank(member.role):
            member.role = invitation.role
            member.save(update_fields=["role"])
    return member


def _into_agency(agency: Agency, role: str, user: User) -> AgencyPerson:
    there = agency.people.filter(user=user).first()
    return there if there is not None and _rank(there.role) >= _rank(role) else put_person(agency, user, role)


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


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()
