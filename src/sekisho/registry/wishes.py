"""What people wish to hear, and when an organisation may be disturbed."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models

from sekisho.core.alerts.values import SEVERITY, Rule, Severity

if TYPE_CHECKING:
    from sekisho.registry.models import Member, Organisation

SEVERITIES = tuple(Severity)
HOURS = 24


class When(StrEnum):
    """How soon a warning reaches a person."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


class Wish(models.Model):
    """What a member wishes to get by mail; who has none gets what the role brings."""

    member = models.OneToOneField("registry.Member", models.CASCADE, related_name="wish")
    rules = models.JSONField(default=dict)
    """Rule -> `When`; a rule that is not named follows the severity, see `default_when`."""
    daily = models.BooleanField(default=False)
    weekly = models.BooleanField(default=True)
    monthly = models.BooleanField(default=True)
    language = models.CharField(max_length=5, blank=True)
    """Empty: the person's own, else that of the organisation."""

    def __str__(self) -> str:
        return f"wishes of member {self.member_id}"


class Manners(models.Model):
    """The quiet hours of an organisation, in its own time zone; what is urgent is told at any hour."""

    organisation = models.OneToOneField("registry.Organisation", models.CASCADE, related_name="manners")
    quiet_from = models.SmallIntegerField(null=True)
    """Hour, 0 to 23; None: there are no quiet hours."""
    quiet_until = models.SmallIntegerField(default=8)

    def __str__(self) -> str:
        return f"manners of organisation {self.organisation_id}"


def default_when(rule: Rule, least: Severity = Severity.IMPORTANT, severity: Severity | None = None) -> When:
    """What is important comes at once, the rest with the weekly summary; a warning may be less so than its rule commonly is."""
    return When.ONCE if SEVERITIES.index(severity or SEVERITY[rule]) <= SEVERITIES.index(least) else When.WEEKLY


def wish_of(member: Member) -> Wish:
    """The member's wishes; where nothing was chosen, those of the role: owners and administrators hear, others do not."""
    from sekisho.registry.models import Role

    found: Wish | None = getattr(member, "wish", None)
    if found is not None:
        return found
    hears = member.role in (Role.OWNER, Role.ADMIN)
    rules = {} if hears else {rule.value: When.NONE.value for rule in Rule}
    return Wish(member=member, rules=rules, weekly=hears, monthly=hears)


def when(wish: Wish, rule: Rule, least: Severity = Severity.IMPORTANT, severity: Severity | None = None) -> When:
    """How soon this person hears of a rule, or of a warning of that severity."""
    said = wish.rules.get(rule.value)
    return When(said) if said in set(When) else default_when(rule, least, severity)


def language_of(member: Member) -> str:
    """The language this person is written to."""
    return str(wish_of(member).language or member.user.language or member.organisation.language)


def member_of(org: int, address: str) -> Member | None:
    """The member with a mail address; None for an address that is nobody's account."""
    from sekisho.registry.models import Member

    found = Member.objects.filter(organisation_id=org, user__email=address.lower(), user__is_active=True)
    return found.select_related("user", "organisation").first()


def not_before(org: Organisation, severity: Severity, now: datetime) -> datetime:
    """When people may be told: now, or when the quiet hours end for what is not urgent."""
    manners = Manners.objects.filter(organisation=org).first()
    if manners is None or manners.quiet_from is None or severity is Severity.URGENT:
        return now
    here = now.astimezone(ZoneInfo(org.timezone))
    length = (manners.quiet_until - manners.quiet_from) % HOURS
    begin = here.replace(hour=manners.quiet_from, minute=0, second=0, microsecond=0)
    if begin > here:
        begin -= timedelta(days=1)
    end = begin + timedelta(hours=length)
    return end.astimezone(now.tzinfo) if here < end else now


def keep(wish: Wish) -> None:
    """Saves a wish; a digest that something is to come with, comes."""
    wish.daily = wish.daily or When.DAILY.value in wish.rules.values()
    wish.save()
