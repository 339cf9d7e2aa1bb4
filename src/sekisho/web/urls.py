"""The addresses of the pages (design.md, 2)."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path
from django.views.decorators.http import require_GET

from sekisho.core.errors import StoreError
from sekisho.registry.models import User
from sekisho.web import facts, metrics
from sekisho.web.accounts import joining
from sekisho.web.accounts.urls import account_urls
from sekisho.web.later import Below, later
from sekisho.web.pages import agency, glossary, notifying, operator
from sekisho.web.pages.urls import org_urls

API = "sekisho.web.api"
"""Loaded only when it is asked for."""


@require_GET
def health(_request: HttpRequest) -> JsonResponse:
    """200 when the registry answers."""
    User.objects.exists()
    return JsonResponse({"status": "ok"})


@require_GET
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when the registry is up to date and the facts answer: requests may be sent here."""
    executor = MigrationExecutor(connection)
    waits = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    try:
        facts.store().touched()
        has_facts = True
    except StoreError:
        has_facts = False
    parts = {"registry": not waits, "facts": has_facts}
    return JsonResponse(
        {"status": "ok" if all(parts.values()) else "not ready", **parts}, status=200 if all(parts.values()) else 503
    )


def home(request: HttpRequest) -> HttpResponse:
    """The overview of the person's first organisation."""
    if not isinstance(request.user, User):
        return redirect("account_login")
    org = request.user.organisations.order_by("name").first()
    if org is None:
        return redirect("no_organisation")
    return redirect("overview", org=org.slug)


urlpatterns = [
    path("", home, name="home"),
    path("healthz", health, name="health"),
    path("readyz", ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("accounts/", include(account_urls)),
    path("operator/", operator.operator, name="operator"),
    path("invitations/<str:text>", joining.join, name="invitation"),
    path("api/v1/deliveries", later(f"{API}.deliveries", "deliver", proves_itself=True), name="api_deliver"),
    path("api/v1/deliveries/<int:number>", later(f"{API}.deliveries", "delivery", proves_itself=True), name="api_delivery"),
    path("api/v1/", later(f"{API}.reference", "reference"), name="api_reference"),
    Below("api/v1/", "api", f"{API}.service", "patterns"),
    re_path(  # `path` matches no line break
        r"^api/v1/(?P<rest>[\s\S]+)$", later(f"{API}.service", "nothing", proves_itself=True), name="api_nothing"
    ),
    path("i18n/", include("django.conf.urls.i18n")),
    path("help/", glossary.help_anywhere, name="help_anywhere"),
    path("unsubscribe/<str:ticket>", notifying.unsubscribe, name="unsubscribe"),
    path("no-organisation", glossary.no_organisation, name="no_organisation"),
    path("agency/", agency.agency, name="agency"),
    path("agency/organisations.<str:format>", agency.export, name="agency_export"),
    path("agency/<int:number>/new", agency.new, name="agency_new"),
    path("agency/<int:number>/people/", agency.people, name="agency_people"),
    path("agency/<int:number>/invitations/<int:invitation>/withdraw", agency.withdraw, name="agency_withdraw"),
    path("agency/<int:number>/people/<int:person>/remove", agency.remove, name="agency_remove"),
    path("<slug:org>/", include(org_urls)),
]
