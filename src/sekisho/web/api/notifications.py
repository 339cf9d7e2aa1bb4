"""What a person gets by mail: each rule at once, with a digest, or not; and which digests."""

from __future__ import annotations

from typing import Literal

from ninja import Schema
from typing_extensions import TypedDict

from sekisho.core.alerts.values import Rule
from sekisho.registry import wishes
from sekisho.registry.audit import Action
from sekisho.registry.models import Member
from sekisho.registry.wishes import When, Wish
from sekisho.web.alertwords import RULE_WORDS
from sekisho.web.api.access import ApiRequest, note, person_of
from sekisho.web.api.operations import Section
from sekisho.web.api.problems import chosen, missing

notifications = Section("Own notifications")
Row = dict[str, object]
DIGESTS = ("daily", "weekly", "monthly")


class WishShape(TypedDict):
    """What the person behind the request gets by mail in this organisation."""

    email: str
    rules: dict[str, str]
    """Of each rule of warnings: `once` (as it happens), `daily` or `weekly` (with that digest), or `none`."""
    daily: bool
    weekly: bool
    monthly: bool
    language: str
    """Empty: the person's own, else that of the organisation."""


class WishChange(Schema):
    """What shall be otherwise; rules and digests that are not named stay as they are."""

    rules: dict[Rule, When] = {}
    daily: bool | None = None
    weekly: bool | None = None
    monthly: bool | None = None
    language: Literal["", "ja", "en"] | None = None


@notifications.get("/notifications", WishShape)
def my_notifications(request: ApiRequest) -> Row:
    """What the person who asks, or who made the token, gets by mail."""
    return _told(wishes.wish_of(_member(request)))


@notifications.change("PATCH", "/notifications", WishShape)
def change_my_notifications(request: ApiRequest, body: WishChange) -> Row:
    """Changes what the person who asks, or who made the token, gets by mail; of nobody else.

    Where a rule is to come with the daily digest, that digest comes.
    """
    wish, given = wishes.wish_of(_member(request)), chosen(body)
    wish.rules = {**wish.rules, **{str(rule): str(when) for rule, when in given.pop("rules", {}).items()}}
    for name, value in given.items():
        setattr(wish, name, value)
    wishes.keep(wish)
    note(request, Action.NOTIFICATIONS_CHANGED, wish.member.user.email)
    return _told(wish)


def _member(request: ApiRequest) -> Member:
    rows = Member.objects.select_related("wish", "user", "organisation")
    found = rows.filter(organisation=request.org, user=person_of(request)).first()
    if found is None:
        raise missing()
    return found


def _told(wish: Wish) -> Row:
    return {
        "email": wish.member.user.email,
        "rules": {rule.value: wishes.when(wish, rule).value for rule in Rule if rule in RULE_WORDS},
        **{name: getattr(wish, name) for name in DIGESTS},
        "language": wish.language,
    }
