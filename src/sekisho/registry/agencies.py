"""Agencies: a group of organisations with people of its own, who have a role in each of them.

The role is an ordinary membership, so that every page and interface asks one table who may what. `Granted` remembers which
memberships came by the agency: those go when the person leaves it, or the organisation does. Where a person belongs to an
organisation already, that membership stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models.functions import Now

from sekisho.registry.models import Member, Organisation, Role, User

MANAGERS = (Role.OWNER, Role.ADMIN)
"""Who may add organisations; people are the business of owners."""
MOST_ORGANISATIONS = 2_000
"""Of an agency: as many as one page can still sum up in its time."""
MOST_PEOPLE = 200


class Agency(models.Model):
    """Somebody who looks after the organisations of others."""

    name = models.CharField(max_length=200, unique=True)
    created = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name


class AgencyPerson(models.Model):
    """A person of an agency, with the role that it gives in each of its organisations."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="people")
    user = models.ForeignKey(User, models.CASCADE, related_name="agencies")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.READER)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "user"), name="agency_person_once"),)

    def __str__(self) -> str:
        return f"{self.user} in {self.agency} as {self.role}"


class Customer(models.Model):
    """An organisation that an agency looks after; one agency at a time."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="customers")
    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="customer")

    def __str__(self) -> str:
        return f"{self.organisation} of {self.agency}"


class Granted(models.Model):
    """A membership that a person has by an agency."""

    person = models.ForeignKey(AgencyPerson, models.CASCADE, related_name="granted")
    member = models.OneToOneField(Member, models.CASCADE, related_name="granted")

    def __str__(self) -> str:
        return f"{self.member} by {self.person.agency}"


def put_person(agency: Agency, user: User, role: str) -> AgencyPerson:
    """Takes a person into an agency, or gives another role; in all organisations at once."""
    with transaction.atomic():
        person, _ = AgencyPerson.objects.update_or_create(agency=agency, user=user, defaults={"role": role})
        Member.objects.filter(granted__person=person).update(role=role)
        _grant([person], Organisation.objects.filter(customer__agency=agency))
    return person


def remove_person(person: AgencyPerson) -> int:
    """Takes a person out of an agency, and so out of all organisations it gave; returns how many those were."""
    with transaction.atomic():
        mine = Member.objects.filter(granted__person=person)
        count = mine.count()
        mine.delete()
        person.delete()
    return count


def put_organisation(agency: Agency, organisation: Organisation) -> None:
    """Gives an organisation to an agency: its people get their role there. One of another agency leaves that first."""
    with transaction.atomic():
        take_out(organisation)
        Customer.objects.create(agency=agency, organisation=organisation)
        _grant(agency.people.all(), [organisation])


def take_out(organisation: Organisation) -> None:
    """Lets an organisation stand by itself: who came by its agency is no member any more."""
    with transaction.atomic():
        Member.objects.filter(organisation=organisation, granted__isnull=False).delete()
        Customer.objects.filter(organisation=organisation).delete()


def _grant(people: Iterable[AgencyPerson], organisations: Iterable[Organisation]) -> None:
    """Memberships of the people in the organisations, where they are no members yet."""
    organisations = list(organisations)
    for person in people:
        there = set(Member.objects.filter(user=person.user_id).values_list("organisation_id", flat=True))
        new = [Member(organisation=org, user_id=person.user_id, role=person.role) for org in organisations if org.pk not in there]
        Granted.objects.bulk_create([Granted(person=person, member=member) for member in Member.objects.bulk_create(new)])


def managed_by(user: User) -> list[AgencyPerson]:
    """The agencies in which a person may add organisations."""
    return list(user.agencies.filter(role__in=MANAGERS).select_related("agency").order_by("agency__name"))


def is_full(agency: Agency, user: User | None = None) -> bool:
    """Whether nobody more can be taken in; somebody who is there always fits."""
    return agency.people.count() >= MOST_PEOPLE and not agency.people.filter(user=user).exists()


def is_owner(agency: Agency, user: User) -> bool:
    """Whether a person decides who belongs to the agency."""
    return agency.people.filter(user=user, role=Role.OWNER).exists()
