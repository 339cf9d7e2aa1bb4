"""Warnings and what people do about them; decisions on sources."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.core.terms import Class
from sekisho.registry import alerts as registry
from sekisho.registry import decisions
from sekisho.registry.audit import Action
from sekisho.registry.models import Alert, Decision
from sekisho.store.span import canonical
from sekisho.web import alertwords, exports
from sekisho.web.api.access import ApiRequest, note, person_of
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem, missing
from sekisho.web.api.queries import PAGES, Parameter, listed, refuse
from sekisho.web.judging import rejudge
from sekisho.web.pages.alerts import MAX_NOTE, SNOOZES, TABS
from sekisho.web.pages.deciding import MAX_THING

alerts = Section("Alerts and decisions")
Row = dict[str, object]


class AlertShape(TypedDict):
    """A warning."""

    number: int
    rule: str
    severity: str
    state: str
    domain: str
    about: str
    title: str
    text: str
    first_day: str
    last_day: str
    messages: int
    hosts: int
    groups: list[str]
    raised: str
    changed: str
    person: str
    """Who has it in hand."""
    snoozed_until: str | None
    resolved: str | None


class Alerts(TypedDict):
    """A page of warnings, the most urgent first."""

    items: list[AlertShape]
    total: int
    page: int
    size: int


class Step(TypedDict):
    """What happened to a warning."""

    at: str
    what: str
    person: str
    text: str


class AlertStory(AlertShape):
    """A warning with why it was raised, what to do, and what happened to it."""

    why: list[str]
    advice: list[str]
    steps: list[Step]


class Act(Schema):
    """What is to be done: `for` goes with snooze, `text` with note."""

    what: Literal["take", "snooze", "resolve", "reopen", "note"]
    for_: Annotated[Literal["day", "week", "change"], Field(alias="for")] = "day"
    text: Annotated[str, Field(max_length=MAX_NOTE)] = ""


class DecisionShape(TypedDict):
    """A person's word on a source."""

    number: int
    group: str
    source_ip: str
    domain: str
    verdict: str
    note: str
    person: str
    at: str
    undone: str | None


class Decisions(TypedDict):
    """A page of decisions, the newest first."""

    items: list[DecisionShape]
    total: int
    page: int
    size: int


class Decided(TypedDict):
    """A decision, and how many verdicts it changed."""

    decision: DecisionShape
    changed: int


class Word(Schema):
    """A decision on a sending group or a host: `failing` (it is ours), `forwarded` or `spoof`."""

    verdict: Literal["failing", "forwarded", "spoof"]
    group: Annotated[str, Field(max_length=MAX_THING)] = ""
    source_ip: Annotated[str, Field(max_length=45)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""


_STATE: Parameter = {
    "in": "query",
    "name": "state",
    "required": False,
    "description": "How they stand; open ones include those somebody has in hand.",
    "schema": {"type": "string", "enum": list(TABS), "default": "open"},
}


@alerts.get("/alerts", Alerts, parameters=(_STATE, *PAGES))
def list_alerts(request: ApiRequest) -> Row:
    """Warnings, the most urgent first."""
    state = request.GET.get("state", "open")
    if state not in TABS:
        refuse([("state", state[:60])])
    rows = registry.unended(request.org.pk).filter(state__in=TABS[state])
    if state == "resolved":
        rows = Alert.objects.filter(organisation=request.org, state=Alert.State.RESOLVED).order_by("-resolved", "-id")
    return listed(request, rows.select_related("person"), _alert)


@alerts.get("/alerts/{int:number}", AlertStory)
def alert(request: ApiRequest, number: Number) -> Row:
    """One warning: what happened, why it is one, what to do, and what was done."""
    return _story(_mine(request, number))


@alerts.change("POST", "/alerts/{int:number}/act", AlertStory)
def act_on_alert(request: ApiRequest, number: Number, body: Act) -> Row:
    """Takes a warning in hand, snoozes, resolves or reopens it, or notes something on it."""
    found, person, now = _mine(request, number), person_of(request), timezone.now()
    before = found.state
    if body.what == "take":
        registry.take_in_hand(found, person, now)
    elif body.what == "snooze":
        span = SNOOZES[body.for_]
        registry.snooze(found, person, now, None if span is None else now + span)
    elif body.what == "resolve":
        registry.resolve(found, person, now)
    elif body.what == "reopen":
        registry.reopen(found, person, now)
    elif body.text.strip():
        registry.note(found, person, now, body.text.strip())
    else:
        raise Problem(422, errors=[("text", _("A note needs a text."))])
    note(request, Action.ALERT_ACTED, found.pk, what=body.what, before=before, after=found.state)
    return _story(_mine(request, number))


def _mine(request: ApiRequest, number: int) -> Alert:
    found = Alert.objects.filter(organisation=request.org, pk=number).select_related("person").first()
    if found is None:
        raise missing()
    return found


def _alert(row: Alert) -> Row:
    story = alertwords.story(row)
    return {
        "number": row.pk,
        "rule": row.rule,
        "severity": row.severity,
        "state": row.state,
        "domain": row.domain,
        "about": row.about,
        "title": story.title,
        "text": story.text,
        "first_day": exports.iso_day(row.first_day),
        "last_day": exports.iso_day(row.last_day),
        "messages": row.messages,
        "hosts": row.hosts,
        "groups": list(row.values.get("groups", ())),
        "raised": exports.utc(row.raised),
        "changed": exports.utc(row.changed),
        "person": str(row.person or ""),
        "snoozed_until": exports.utc(row.snoozed_until) if row.snoozed_until else None,
        "resolved": exports.utc(row.resolved) if row.resolved else None,
    }


def _story(row: Alert) -> Row:
    story = alertwords.story(row)
    steps = [
        {"at": exports.utc(step.at), "what": step.what, "person": str(step.person or ""), "text": step.text}
        for step in row.steps.select_related("person").order_by("id")
    ]
    return {**_alert(row), "why": list(story.why), "advice": list(story.todo), "steps": steps}


@alerts.get("/decisions", Decisions, parameters=PAGES)
def list_decisions(request: ApiRequest) -> Row:
    """Decisions on sources, the newest first, those taken back too."""
    rows = Decision.objects.filter(organisation=request.org).select_related("person").order_by("-id")
    return listed(request, rows, _decision)


@alerts.change("POST", "/decisions", Decided, status=201)
def decide(request: ApiRequest, body: Word) -> Row:
    """Decides on a sending group or a host; past mail is judged again at once."""
    source_ip = canonical(body.source_ip)
    if bool(body.group) == bool(source_ip):
        raise Problem(422, errors=[("group", _("A decision is on either a group or a host."))])
    made = decisions.decide(
        request.org.pk, request.auth.person, Class(body.verdict), group=body.group, source_ip=source_ip, note=body.note
    )
    made.refresh_from_db()
    note(request, Action.DECIDED, body.group or source_ip, verdict=body.verdict)
    return {"decision": _decision(made), "changed": rejudge(request.org.pk, source_ip=source_ip)}


@alerts.change("DELETE", "/decisions/{int:number}", Decided)
def undo_decision(request: ApiRequest, number: Number) -> Row:
    """Takes a decision back; it stays readable."""
    found = Decision.objects.filter(organisation=request.org, pk=number).first()
    if found is None:
        raise missing()
    decisions.undo(request.org.pk, group=found.group, source_ip=found.source_ip, domain=found.domain)
    note(request, Action.DECISION_UNDONE, found.group or found.source_ip, verdict=found.verdict)
    changed = rejudge(request.org.pk, source_ip=found.source_ip)
    found.refresh_from_db()
    return {"decision": _decision(found), "changed": changed}


def _decision(row: Decision) -> Row:
    return {
        "number": row.pk,
        "group": row.group,
        "source_ip": row.source_ip,
        "domain": row.domain,
        "verdict": row.verdict,
        "note": row.note,
        "person": str(row.person or ""),
        "at": exports.utc(row.at),
        "undone": exports.utc(row.undone) if row.undone else None,
    }
