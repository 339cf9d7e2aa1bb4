"""The warnings of an organisation: findings become stories that are told once, grow, are taken in hand, and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When

from sekisho.core.alerts.records import event_of, is_policy, policy_of
from sekisho.core.alerts.thresholds import DEFAULT, Thresholds
from sekisho.core.alerts.values import SPOOFING, Finding, Rule, Severity
from sekisho.core.terms import SECONDS_A_DAY, Outcome
from sekisho.registry.models import Alert, AlertRule, AlertStep, Delivery, User

COOL_DOWN = timedelta(hours=24)
"""The same story is not told again within this time, however it grows."""
GROWN = 3
"""Times the messages of the last telling from which it is told again."""
QUIET_DAYS = 7
"""Without news for so many days, a story nobody has taken in hand ends by itself."""
STATES = Alert.State
RULES = frozenset(rule.value for rule in Rule)
UNENDED = (STATES.OPEN, STATES.IN_HAND, STATES.SNOOZED)


def thresholds(org: int) -> tuple[Thresholds, frozenset[Rule]]:
    """The thresholds of an organisation, and the rules it has switched off."""
    known = {field.name for field in fields(Thresholds)}
    found, off = DEFAULT, set()
    for row in AlertRule.objects.filter(organisation_id=org):
        found = replace(found, **{name: value for name, value in row.thresholds.items() if name in known})
        if not row.is_on and row.rule in RULES:
            off.add(Rule(row.rule))
    return found, frozenset(off)


def take(org: int, found: Iterable[Finding], now: datetime) -> list[Alert]:
    """Makes or continues the story of each finding; returns those that people should be told of now.

    1. A story that goes on gets the newer figures; it is told again only where it grew much, and not within a day.
    2. A finding about days that a resolved story covered is no news.
    3. All else is a new story.
    """
    tell = []
    with transaction.atomic():
        for finding in found:
            alert = _go_on(org, finding, now) or _begin(org, finding, now)
            if alert is not None and _is_due(alert, now):
                tell.append(alert)
    return tell


def _go_on(org: int, finding: Finding, now: datetime) -> Alert | None:
    rule, domain, about = finding.key
    alert = Alert.objects.filter(organisation_id=org, rule=rule, domain=domain, about=about).exclude(state=STATES.RESOLVED).first()
    if alert is None:
        return None
    if finding.first_day >= alert.first_day:
        alert.last_day = max(alert.last_day, finding.last_day)
        alert.messages = max(alert.messages, finding.messages)
        alert.hosts = max(alert.hosts, finding.hosts)
        alert.values = _values(finding)
        alert.changed = now
        alert.save()
    return alert


def _begin(org: int, finding: Finding, now: datetime) -> Alert | None:
    rule, domain, about = finding.key
    before = Alert.objects.filter(organisation_id=org, rule=rule, domain=domain, about=about, last_day__gte=finding.first_day)
    if before.exists():
        return None
    alert = Alert.objects.create(
        organisation_id=org,
        rule=rule,
        domain=domain,
        about=about,
        severity=finding.severity,
        first_day=finding.first_day,
        last_day=finding.last_day,
        messages=finding.messages,
        usual=finding.usual,
        hosts=finding.hosts,
        values=_values(finding),
        raised=now,
        changed=now,
    )
    _note(alert, "raised", now)
    return alert


def _values(finding: Finding) -> dict[str, object]:
    return {"groups": list(finding.groups), "days": list(finding.days), "was": finding.was, "now": finding.now}


def _is_due(alert: Alert, now: datetime) -> bool:
    """Whether people should be told: at first, and where it grew much while nobody has it in hand."""
    if alert.state != STATES.OPEN:
        return False
    if alert.told is None:
        return True
    return now - alert.told >= COOL_DOWN and alert.messages >= GROWN * max(1, alert.told_messages)


def undo(org: int, found: Iterable[Finding], now: datetime) -> None:
    """Ends the warnings of changed records that the newest change has taken back."""
    for finding in found:
        if finding.rule is not Rule.RECORD_CHANGED:
            continue
        rows = Alert.objects.filter(organisation_id=org, rule=finding.rule, domain=finding.domain, state__in=UNENDED)
        for alert in rows.filter(first_day__lte=finding.first_day):
            is_same = event_of(alert.about)[1] == event_of(finding.about)[1]
            if is_same and (alert.values.get("was"), alert.values.get("now")) == (finding.now, finding.was):
                resolve(alert, None, now, "undone")


def take_in_hand(alert: Alert, person: User, now: datetime) -> None:
    """Somebody looks after it; the others see that."""
    _move(alert, STATES.IN_HAND, now, person=person, snoozed_until=None)


def snooze(alert: Alert, person: User, now: datetime, until: datetime | None) -> None:
    """Not now: until a time, or until it grows much (None)."""
    _move(alert, STATES.SNOOZED, now, person=person, snoozed_until=until)


def resolve(alert: Alert, person: User | None, now: datetime, text: str = "") -> None:
    """It is over; a finding about later days begins a new story."""
    _move(alert, STATES.RESOLVED, now, person=person, snoozed_until=None, resolved=now, text=text)


def reopen(alert: Alert, person: User | None, now: datetime) -> None:
    """Back among the open ones, unless another story of the same kind has begun since."""
    twin = Alert.objects.filter(organisation_id=alert.organisation_id, rule=alert.rule, domain=alert.domain, about=alert.about)
    if not twin.exclude(pk=alert.pk).exclude(state=STATES.RESOLVED).exists():
        _move(alert, STATES.OPEN, now, person=None, snoozed_until=None, resolved=None, by=person)


def note(alert: Alert, person: User, now: datetime, text: str) -> None:
    """A person's note."""
    _note(alert, "noted", now, person=person, text=text)


def _move(alert: Alert, state: str, now: datetime, *, by: User | None = None, text: str = "", **changes: object) -> None:
    alert.state = state
    for name, value in changes.items():
        setattr(alert, name, value)
    alert.save()
    person = by or changes.get("person")
    _note(alert, "woke" if state == STATES.OPEN else state, now, person=person if isinstance(person, User) else None, text=text)


def _note(alert: Alert, what: str, now: datetime, *, person: User | None = None, text: str = "") -> None:
    AlertStep.objects.create(alert=alert, at=now, what=what, person=person, text=text)


def tend(org: int, now: datetime, *, still: frozenset[tuple[str, str, str]] = frozenset()) -> int:
    """Wakes what was snoozed long enough or grew much, and ends what has been quiet; returns how many changed.

    `still` are the keys of findings that hold at this moment, whatever their newest day. A changed record that matters does
    not become right by waiting: its warning stays until somebody resolves it, or the change is taken back.
    """
    changed = 0
    for alert in Alert.objects.filter(organisation_id=org, state__in=UNENDED):
        if alert.state == STATES.SNOOZED and _wakes(alert, now):
            _move(alert, STATES.OPEN, now, person=None, snoozed_until=None, told=None)
            changed += 1
        elif (
            alert.state == STATES.OPEN
            and _is_quiet(alert, now)
            and not _stays(alert)
            and (alert.rule, alert.domain, alert.about) not in still
        ):
            resolve(alert, None, now, "quiet")
            changed += 1
    return changed


def _wakes(alert: Alert, now: datetime) -> bool:
    if alert.snoozed_until is None:
        return alert.messages >= GROWN * max(1, alert.told_messages)
    return now >= alert.snoozed_until


def _stays(alert: Alert) -> bool:
    return alert.rule == Rule.RECORD_CHANGED and alert.severity != Severity.NOTICE


def _is_quiet(alert: Alert, now: datetime) -> bool:
    return (now - datetime.fromtimestamp(alert.last_day * SECONDS_A_DAY, UTC)).days > QUIET_DAYS


def policies_told(org: int, rule: Rule, since: int) -> set[tuple[str, str]]:
    """(domain, policy) of the warnings of a rule that a policy changed, since a day; of those by reports only unended ones."""
    rows = Alert.objects.filter(organisation_id=org, rule=rule.value, first_day__gte=since)
    if rule is Rule.POLICY_CHANGED:
        return set(rows.filter(state__in=UNENDED).values_list("domain", "about"))
    found = [(row.domain, row.about, str(row.values.get("was", "")), str(row.values.get("now", ""))) for row in rows]
    return {(domain, policy_of(now)) for domain, about, was, now in found if is_policy(rule, about, was, now)}


def unended(org: int) -> QuerySet[Alert]:
    """Warnings that are not resolved, the most urgent first."""
    ranks = [When(severity=severity.value, then=Value(rank)) for rank, severity in enumerate(Severity)]
    return Alert.objects.filter(organisation_id=org, state__in=UNENDED).order_by(Case(*ranks, default=Value(9)), "-raised", "id")


def all_between(org: int, since: int, until: int, domains: Sequence[str] = ()) -> Iterator[Alert]:
    """The warnings about some days (inclusive, days since 1970), of all domains or some, for an export: the oldest first."""
    found = Alert.objects.filter(organisation_id=org, first_day__lte=until, last_day__gte=since).select_related("person")
    return (found.filter(domain__in=domains) if domains else found).order_by("id").iterator(chunk_size=1000)


def spoofing_open(org: int) -> QuerySet[Alert]:
    """Open warnings of spoofing: while there are any, the banner stands on every page."""
    rules = [rule.value for rule in SPOOFING]
    return Alert.objects.filter(organisation_id=org, rule__in=rules, state=STATES.OPEN).order_by("-messages", "id")


def outcomes_since(org: int, since: datetime) -> tuple[int, int]:
    """Deliveries since then that could be read, and those that are broken."""
    settled = Delivery.objects.filter(organisation_id=org, received__gte=since, state=Delivery.State.DONE)
    bad = settled.filter(outcome=Outcome.BROKEN.value).count()
    return settled.count() - bad, bad
