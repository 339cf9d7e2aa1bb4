"""The page of whoever runs the server: how the organisations and their intakes are doing, and nothing of what is in the reports."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sekisho import __version__
from sekisho.registry.models import Delivery, Domain, Inbox, Member, Notice, Organisation, User
from sekisho.web import formats

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation in figures."""

    organisation: Organisation
    people: int
    domains: int
    inboxes: int
    failing: int
    waiting: int


@never_cache
@login_required
@require_safe
def operator(request: HttpRequest) -> HttpResponse:
    """Organisations, people, intakes, queues, disk and versions; 404 for everybody who is no operator."""
    if not isinstance(request.user, User) or not request.user.is_superuser:
        raise Http404
    page = Paginator(_organisations(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"lines": [_line(row) for row in page], "page": page, "page_size": PAGE_SIZE, "figures": _figures()}
    return render(request, "pages/operator.html", context)


def _organisations() -> QuerySet[Organisation]:
    """The organisations with their counts, each counted apart: joined, they would multiply."""
    counts = {
        "people_count": _count(Member.objects.all()),
        "domain_count": _count(Domain.objects.all()),
        "inbox_count": _count(Inbox.objects.all()),
        "failing_count": _count(Inbox.objects.filter(failures__gt=0, is_paused=False)),
        "waiting_count": _count(Delivery.objects.filter(state=Delivery.State.WAITING)),
    }
    return Organisation.objects.annotate(**counts).order_by("name", "pk")


def _count(rows: QuerySet[Any]) -> Coalesce:
    mine = rows.filter(organisation=OuterRef("pk")).order_by().values("organisation").annotate(n=Count("pk"))
    return Coalesce(Subquery(mine.values("n")), 0)


def _line(row: Organisation) -> Line:
    names = ("people_count", "domain_count", "inbox_count", "failing_count", "waiting_count")
    return Line(row, *(int(getattr(row, name)) for name in names))


def _figures() -> list[tuple[str, str]]:
    """The server in figures."""
    house = settings.HOUSE
    free = shutil.disk_usage(house.home).free
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).count()
    due = Notice.objects.filter(sent=None, given_up=None).count()
    people = User.objects.aggregate(n=Count("pk", filter=Q(is_active=True)))["n"]
    return [
        (_("Version"), __version__),
        (_("People"), formats.number(people)),
        (_("Deliveries that wait"), formats.number(waiting)),
        (_("Mails and messages that wait"), formats.number(due)),
        (_("Registry"), _size(house.registry_path)),
        (_("Facts"), _size(house.facts_path)),
        (_("Free on the disk"), formats.size(free)),
    ]


def _size(path: Path) -> str:
    return formats.size(path.stat().st_size) if path.exists() else formats.EN_DASH
