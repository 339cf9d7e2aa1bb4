"""What a page was asked for: organisation, filters, the question to the store, and the addresses that keep the filters."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sekisho.core.terms import SECONDS_A_DAY, URGENCY
from sekisho.registry.models import Organisation
from sekisho.store.base import Store
from sekisho.store.query import Filter, Page, Split
from sekisho.web import facts, formats
from sekisho.web.filters import Form, Horizon, State, parse, write
from sekisho.web.frame import OrgRequest
from sekisho.web.pages import words


def lang() -> str:
    """The language of the page."""
    return get_language() or "en"


def _told_by_path(kwargs: dict[str, object]) -> dict[str, tuple[str, ...]]:
    told = {"name": "domain", "key": "group", "address": "host"}
    return {told[key]: () for key in kwargs if key in told}


def horizon(org: int, store: Store) -> Horizon:
    """The days of which the organisation has facts."""
    bounds = store.bounds(org)
    today = int(time.time()) // SECONDS_A_DAY
    return Horizon(today) if bounds is None else Horizon(today, *bounds)


@dataclass(frozen=True, slots=True)
class Asked:
    """A page view: who asks for what."""

    request: OrgRequest
    org: Organisation
    store: Store
    horizon: Horizon
    state: State

    @property
    def filter(self) -> Filter:
        """The question to the store."""
        return self.state.filter(self.org.pk)

    @property
    def whole(self) -> Filter:
        """The same days and domains without any other condition: what next steps are told from."""
        return Filter(self.org.pk, self.state.first, self.state.last, domains=self.state.domain)

    @property
    def page(self) -> Page:
        """The part of the table that is shown."""
        return self.state.table()

    @property
    def has_reports(self) -> bool:
        """Whether any report of the organisation is stored."""
        return self.horizon.newest is not None

    def before(self) -> Split | None:
        """The sums of the period just before; None where the facts do not reach back that far."""
        return self._sums(self.state.first - self.state.days, self.state.first - 1)

    def _sums(self, first: int, last: int) -> Split | None:
        """The sums of the filters on other days; None where the facts do not reach back that far."""
        if self.horizon.oldest is None or first < self.horizon.oldest:
            return None
        return self.store.split(replace(self.filter, since=first, until=last))

    def compared(self) -> Split | None:
        """The sums of the period that is to be compared with; None where none is, or the facts do not reach back that far."""
        return self._sums(*self.state.before) if self.state.compare else None

    def comparison(self, split: Split) -> dict[str, object]:
        """The sums, those of the period to compare with, and both by class when the comparison is wanted."""
        values: dict[str, object] = {"split": split, "before": self.before()}
        was = self.compared()
        if was is not None:
            values["compared"] = [(klass, split.of(klass), was.of(klass)) for klass in URGENCY]
        return values

    def url(self, name: str, /, **kwargs: object) -> str:
        """The address of another page with the filters kept; `kwargs` go into the path, and what they name leaves the filters."""
        return self.path(name, **kwargs) + write(self.state.away(**_told_by_path(kwargs)))

    def path(self, name: str, /, **kwargs: object) -> str:
        """The address of a page without filters."""
        return reverse(name, kwargs={"org": self.org.slug, **kwargs})

    def with_(self, name: str, /, **changes: object) -> str:
        """The address of a list with the filters kept and some changed."""
        return self.path(name) + write(self.state.away(**changes))

    def render(self, template: str, **values: object) -> HttpResponse:
        """The page, with what every page with filters needs."""
        common: dict[str, object] = {
            "asked": self,
            "state": self.state,
            "has_reports": self.has_reports,
            "stale": self.stale,
            "problems": self.state.problems,
            "first_words": words.period(self.state),
            "days": self.state.days,
        }
        return render(self.request, template, common | values)

    @property
    def stale(self) -> str:
        """A sentence when reports have stopped coming, else empty."""
        if not self.horizon.is_stale or self.horizon.newest is None:
            return ""
        return _("No reports have come since %(day)s.") % {"day": formats.day_short(self.horizon.newest, lang())}


def ask(request: OrgRequest, form: Form | None = None, **fixed: Any) -> Asked:
    """Reads the filters; `fixed` are those that stand in the path: they are neither read nor written."""
    store = facts.store()
    days = horizon(request.org.pk, store)
    form = replace(form or Form(), fixed=tuple(fixed))
    return Asked(request, request.org, store, days, replace(parse(request.GET, days, form), **fixed))
