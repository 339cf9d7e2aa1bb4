"""How long what is kept, what must not be erased, what is about to go, and the long errands: exports and erasures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from sekisho.core.names import upwards
from sekisho.registry.models import Domain, Organisation, User

FACTS_DAYS = (90, 180, 365, 730, 1095, 2555)
"""Choices; never is the default, because what a domain meant to do years ago still explains its mail."""
RAW_DAYS = (7, 30, 90, 180, 365, 730)
FAILURES_DAYS = (7, 30, 90)
"""Failure reports are personal and never stay longer than 90 days."""
AUDIT_DAYS = (365, 730, 1095, 2555)
"""A log that is shorter than a year answers no auditor."""
HIDDEN_DAYS = 30
"""A domain that is removed is hidden for so many days, in which it can be registered again with all its reports."""
EXPORT_DAYS = 3
"""An export can be fetched for so long."""
MAX_REASON = 500


class Keeping(models.Model):
    """For how many days an organisation keeps what; empty: for good (failure reports: 90 days)."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="keeping")
    facts_days = models.IntegerField(null=True)
    raw_days = models.IntegerField(null=True)
    failures_days = models.IntegerField(default=90)
    audit_days = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"keeping of {self.organisation}"


class Hold(models.Model):
    """While it stands, nothing of the organisation or of one of its domains is erased, whatever else is set."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="holds")
    domain = models.CharField(max_length=253, blank=True)
    """Empty: the whole organisation."""
    reason = models.CharField(max_length=MAX_REASON)
    who = models.CharField(max_length=254)
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    lifted = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=254, blank=True)

    def __str__(self) -> str:
        return f"hold on {self.domain or 'all'} of {self.organisation}"


class Departure(models.Model):
    """A domain that was removed: its reports are hidden and go on a day, unless it is registered again before."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="departures")
    domain = models.CharField(max_length=253)
    removed = models.DateTimeField(db_default=Now())
    due = models.DateTimeField()
    heir = models.CharField(max_length=253, blank=True)
    """The registered domain above it, to which its reports go; then it leaves at once."""
    is_settled = models.BooleanField(default=False)
    """Whether the store has done its part."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "domain"), name="departure_once"),)

    def __str__(self) -> str:
        return f"{self.domain} leaves {self.organisation}"


class Errand(models.Model):
    """A long piece of work that somebody asked for: everything as one file, or the end of a domain or an organisation."""

    class Kind(models.TextChoices):
        """What is to be done."""

        EXPORT = "export"
        ERASE = "erase"

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="errands")
    slug = models.CharField(max_length=63)
    """Of the organisation, which may be gone."""
    domain = models.CharField(max_length=253, blank=True)
    """Empty: the whole organisation."""
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    who = models.CharField(max_length=254)
    asked = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    ended = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    file = models.CharField(max_length=80, blank=True)
    """Name in the folder of exports."""
    size = models.BigIntegerField(default=0)
    expires = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[tuple[models.Index, ...]] = (models.Index(fields=("organisation", "-id"), name="errand_newest"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.domain or self.slug}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED)


@dataclass(frozen=True, slots=True)
class Held:
    """What of an organisation must not be erased."""

    all: bool = False
    domains: frozenset[str] = frozenset()

    def has(self, domain: str) -> bool:
        """Whether a domain is held."""
        return self.all or domain in self.domains

    def __bool__(self) -> bool:
        return self.all or bool(self.domains)

    def keeps(self, domain: str) -> bool:
        """Whether it stands against erasing a domain, or, where that is empty, the whole organisation."""
        return self.has(domain) if domain else bool(self)


def held(org: int) -> Held:
    """The holds that stand."""
    names = set(Hold.objects.filter(organisation_id=org, lifted=None).values_list("domain", flat=True))
    return Held("" in names, frozenset(names - {""}))


def of(org: int) -> Keeping:
    """How long an organisation keeps what, as saved or by default."""
    return Keeping.objects.filter(organisation_id=org).first() or Keeping(organisation_id=org)


def change(kept: Keeping, days: Mapping[str, int | None]) -> list[str]:
    """Saves for how many days what is kept from now on; what changed, for the audit log."""
    changed = [f"{name}={value or 'for good'}" for name, value in days.items() if getattr(kept, name) != value]
    Keeping.objects.update_or_create(organisation_id=kept.organisation_id, defaults=dict(days))
    return changed


def erasable(org: int) -> set[str]:
    """Domains that can be held or erased: registered ones, and those that are about to go."""
    return set(Domain.objects.filter(organisation_id=org).values_list("name", flat=True)) | hidden(org)


def hold(org: Organisation, domain: str, reason: str, by: User | str) -> Hold:
    """Sets a legal hold on a domain, or for an empty one on all of an organisation; `by` is who, where not a person by a name."""
    person = by if isinstance(by, User) else None
    who = person.email if person is not None else str(by)
    made = Hold.objects.create(organisation=org, domain=domain, reason=reason.strip()[:MAX_REASON], who=who, person=person)
    made.refresh_from_db()
    return made


def lift(hold: Hold, person: User, now: dt.datetime) -> None:
    """Ends a hold; it stays in the list."""
    hold.lifted, hold.lifted_by = now, person.email
    hold.save(update_fields=("lifted", "lifted_by"))


def is_registered_above(org: int, domain: str) -> str:
    """The registered domain that a name would belong to were it not registered itself; empty where there is none."""
    mine = Domain.objects.filter(organisation_id=org)
    return next((above for above in upwards(domain.partition(".")[2]) if mine.filter(name=above).exists()), "")


def hidden(org: int) -> frozenset[str]:
    """The domains that are hidden until they are erased."""
    return frozenset(Departure.objects.filter(organisation_id=org, heir="").values_list("domain", flat=True))
