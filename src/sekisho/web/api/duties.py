"""What a domain owes and an organisation has set: checklist, proof of ownership, rules of warnings."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Path, Schema
from typing_extensions import TypedDict

from sekisho.core.alerts.values import Rule
from sekisho.core.guidance.bulk import List, checklists
from sekisho.core.guidance.start import proof_record
from sekisho.registry import alerts as alert_registry
from sekisho.registry import proofs, states
from sekisho.registry.audit import Action
from sekisho.registry.models import AlertRule
from sekisho.registry.tokens import ADMIN
from sekisho.web import exports
from sekisho.web.alertwords import RULE_WORDS
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.operations import Name, Section
from sekisho.web.api.problems import Problem
from sekisho.web.api.queries import asked
from sekisho.web.checkwords import POINTS, RULES_WORDS
from sekisho.web.filters import Form
from sekisho.web.pages.alerting import KINDS, LIMITS, SHARES
from sekisho.web.pages.checklist import seen
from sekisho.web.pages.domains import registered_domain

duties = Section("Rules and duties")
Row = dict[str, object]


class Point(TypedDict):
    """A point of a rule and how it stands; `part` of `whole` where it is a share."""

    point: str
    state: str
    part: int
    whole: int
    text: str


class RuleList(TypedDict):
    """A rule of a receiver or a public guideline."""

    name: str
    title: str
    since: str
    source: str
    is_advice: bool
    applies: str
    points: list[Point]


class Checklist(TypedDict):
    """What large receivers and public guidelines ask of senders, and how it stands."""

    domain: str
    rules: list[RuleList]


class ProofShape(TypedDict):
    """The record that proves a domain, and whether it has."""

    domain: str
    record_name: str
    record_value: str
    proved: str | None
    is_held: bool
    """Whether its reports are held back until it is proved."""


class AlertRuleShape(TypedDict):
    """A rule of warnings."""

    rule: str
    title: str
    is_on: bool
    thresholds: dict[str, float]
    """Shares are fractions of one."""


class AlertRules(TypedDict):
    """All of them."""

    items: list[AlertRuleShape]


class RuleChange(Schema):
    """How a rule shall be; thresholds that are not named stay as they are."""

    is_on: bool
    thresholds: dict[str, float] = {}


@duties.get("/domains/{name}/checklist", Checklist)
def checklist(request: ApiRequest, name: Name) -> Row:
    """What large receivers and public guidelines ask of the domain, from what its reports and records show."""
    domain = registered_domain(request, name)
    kept = states.latest(domain.pk)
    found = checklists(seen(asked(request, Form(), domain=(name,)), name, kept.now if kept is not None else None))
    return {"domain": name, "rules": [_rule_list(each) for each in found]}


@duties.get("/domains/{name}/proof", ProofShape)
def domain_proof(request: ApiRequest, name: Name) -> Row:
    """The TXT record that proves the domain for this organisation, and whether it does."""
    proof = proofs.of(registered_domain(request, name).pk)
    record = proof_record(name, proof.token)
    return {
        "domain": name,
        "record_name": record.name,
        "record_value": record.value,
        "proved": exports.utc(proof.proved) if proof.proved else None,
        "is_held": proofs.is_held(request.org.pk, name),
    }


@duties.get("/alert-rules", AlertRules, scope=ADMIN)
def list_alert_rules(request: ApiRequest) -> Row:
    """Rules of warnings: on or off, and from where on each speaks."""
    return {"items": [_alert_rule(request.org.pk, rule) for rule in RULE_WORDS]}


@duties.change("PUT", "/alert-rules/{rule}", AlertRuleShape, scope=ADMIN)
def change_alert_rule(request: ApiRequest, rule: Annotated[Literal[*RULE_WORDS], Path()], body: RuleChange) -> Row:  # type: ignore[valid-type]
    """Switches a rule on or off and sets its thresholds, within the bounds of the page."""
    limits = LIMITS.get(Rule(rule), {})
    wrong = []
    for key, value in body.thresholds.items():
        bounds = limits.get(key)
        shown = value * 100 if key in SHARES else value
        if bounds is None or not bounds[1] <= shown <= bounds[2]:
            wrong.append((key, _("This cannot be used.")))
    if wrong:
        raise Problem(422, errors=wrong)
    given = {key: int(value) if KINDS[key] == "int" else value for key, value in body.thresholds.items()}
    row, _is_new = AlertRule.objects.get_or_create(organisation=request.org, rule=rule)
    row.is_on, row.thresholds = body.is_on, {**row.thresholds, **given}
    row.save()
    note(request, Action.ALERT_RULES_CHANGED, rule, is_on=body.is_on, **given)
    return _alert_rule(request.org.pk, Rule(rule))


def _rule_list(found: List) -> Row:
    rule, words = found.rule, RULES_WORDS[found.rule.name]
    points = [
        {"point": c.point, "state": c.state, "part": c.part, "whole": c.whole, "text": str(POINTS[c.point].what)}
        for c in found.checks
    ]
    return {
        "name": rule.name,
        "title": str(words.what),
        "since": rule.since,
        "source": rule.source,
        "is_advice": rule.is_advice,
        "applies": found.applies,
        "points": points,
    }


def _alert_rule(org: int, rule: Rule) -> Row:
    t, off = alert_registry.thresholds(org)
    thresholds = {name: float(getattr(t, name)) for name in LIMITS.get(rule, {})}
    return {"rule": rule, "title": str(RULE_WORDS[rule]), "is_on": rule not in off, "thresholds": thresholds}
