"""`/metrics` for Prometheus: how the install is doing, in numbers alone: no name of a domain, person or organisation."""

from __future__ import annotations

import hmac
import ipaddress
import time
from collections.abc import Callable, Iterator
from platform import python_version
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from sekisho import __version__
from sekisho.core.errors import StoreError
from sekisho.registry.models import Alert, Delivery, Inbox, Notice, Organisation
from sekisho.web import facts
from sekisho.web.pulse import PULSE

REGISTRY = CollectorRegistry()
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; pages are to be there within half a second."""
SECONDS = Histogram(
    "sekisho_http_request_seconds", "Time to answer a request.", ("method", "view"), buckets=BUCKETS, registry=REGISTRY
)
ANSWERS = Counter("sekisho_http_requests", "Requests by the class of their answer.", ("view", "status"), registry=REGISTRY)
METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE")
ProcessCollector(registry=REGISTRY)


class Timed:
    """Measures every request; the view is known by the name of its address, of which there is a bounded number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = match.view_name if match is not None else "other"
        method = request.method if request.method in METHODS else "other"
        SECONDS.labels(method, view).observe(time.perf_counter() - began)
        ANSWERS.labels(view, f"{response.status_code // 100}xx").inc()
        return response


class House(Collector):
    """What registry, facts and workers tell when they are asked."""

    def collect(self) -> Iterator[Metric]:
        """All of it."""
        info = GaugeMetricFamily("sekisho_build_info", "The version that runs.", labels=("version", "python"))
        info.add_metric((__version__, python_version()), 1)
        yield info
        yield from _deliveries()
        yield from _inboxes()
        yield from _warnings()
        yield from _work()
        yield from _sizes()


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"sekisho_{name}", text, value=value)


def _gauges(name: str, text: str, labels: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> Metric:
    """A gauge by labels; the last value of each row is the number."""
    found = GaugeMetricFamily(f"sekisho_{name}", text, labels=labels)
    for *values, number in rows:
        found.add_metric([str(value) for value in values], float(number or 0))
    return found


def _deliveries() -> Iterator[Metric]:
    done = Delivery.objects.filter(state=Delivery.State.DONE)
    by_outcome = done.values_list("outcome").annotate(n=Count("pk")).order_by()
    yield _gauges("deliveries", "Deliveries kept, by what became of them.", ("outcome",), iter(by_outcome))
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).aggregate(n=Count("pk"), oldest=Min("received"))
    age = (timezone.now() - waiting["oldest"]).total_seconds() if waiting["oldest"] else 0
    yield _gauge("queue_deliveries", "Deliveries that wait to be read.", waiting["n"])
    yield _gauge("queue_oldest_seconds", "Age of the one that waits longest.", max(0.0, age))


def _inboxes() -> Iterator[Metric]:
    rows = Inbox.objects.values_list("kind", "is_paused", "trouble").annotate(n=Count("pk")).order_by()
    states = ((kind, "paused" if paused else trouble or "well", n) for kind, paused, trouble, n in rows)
    yield _gauges("inboxes", "Inboxes by kind, and by what is wrong with them.", ("kind", "state"), states)
    lags = Inbox.objects.filter(is_paused=False).exclude(stored_at=None).exclude(mail_at=None)
    worst = lags.values_list("kind").annotate(lag=Max(F("stored_at") - F("mail_at"))).order_by()
    seconds = ((kind, max(0.0, lag.total_seconds())) for kind, lag in worst)
    yield _gauges("inbox_lag_seconds", "How long the last mail lay in its mailbox, the worst of a kind.", ("kind",), seconds)
    now = timezone.now()
    looked = Inbox.objects.filter(is_paused=False).values_list("kind").annotate(at=Min("looked_at")).order_by()
    ages = ((kind, max(0.0, (now - at).total_seconds())) for kind, at in looked if at)
    yield _gauges("inbox_look_age_seconds", "Time since the last good look, the worst of a kind.", ("kind",), ages)


def _warnings() -> Iterator[Metric]:
    rows = Alert.objects.filter(state=Alert.State.OPEN).values_list("rule", "severity").annotate(n=Count("pk")).order_by()
    yield _gauges("alerts_open", "Open warnings by rule.", ("rule", "severity"), iter(rows))
    pending = Notice.objects.filter(sent=None, given_up=None)
    states = (
        ("pending", pending.filter(attempts=0).count()),
        ("retried", pending.exclude(attempts=0).count()),
        ("given_up", Notice.objects.exclude(given_up=None).count()),
    )
    yield _gauges("notices", "Messages about warnings by how they stand.", ("state",), iter(states))


def _work() -> Iterator[Metric]:
    yield _gauge("organisations", "Organisations of the install.", Organisation.objects.count())
    try:
        yield _gauge("judge_backlog_domains", "Domains that have grown and wait to be judged.", len(facts.store().touched()))
        yield _gauge("facts_up", "Whether the facts can be asked.", 1)
    except StoreError:
        yield _gauge("facts_up", "Whether the facts can be asked.", 0)
    yield _gauges("worker_total", "What the workers have done since the start.", ("what",), iter(PULSE.counts()))


def _sizes() -> Iterator[Metric]:
    house = settings.HOUSE
    found = (("facts", house.facts_path), ("registry", house.registry_path))
    rows = ((name, path.stat().st_size) for name, path in found if path.exists())
    yield _gauges("store_bytes", "Size of the files.", ("store",), rows)


REGISTRY.register(House())


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers, for whoever shows the token of the settings; without one, on this machine, where no proxy stands in front."""
    if not _may(request):
        return HttpResponse("metrics are for this machine, or for who shows the token of SEKISHO_METRICS_TOKEN\n", status=403)
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _may(request: HttpRequest) -> bool:
    house = settings.HOUSE
    if house.metrics_token:
        from sekisho.web.api.access import bearer  # the interface is loaded only where it is asked for

        return hmac.compare_digest((bearer(request) or "").encode(), house.metrics_token.encode())
    if house.https == "on" or house.hosts:  # then a proxy stands in front, behind which every request comes from this machine
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
