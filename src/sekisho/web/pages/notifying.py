"""What a person gets by mail: each rule at once, with a digest, or not; and the way out that every such mail names."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sekisho.core.alerts.values import SEVERITY, Rule
from sekisho.registry import wishes
from sekisho.registry.audit import Action, Actor, note
from sekisho.registry.models import Member
from sekisho.registry.wishes import When, Wish
from sekisho.web.alertwords import RULE_WORDS, SEVERITY_WORDS
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.mailing import UNSUBSCRIBING
from sekisho.web.pages.channel_form import DIGESTS, LANGUAGES

WHEN_WORDS: dict[When, Promise] = {
    When.ONCE: gettext_lazy("at once"),
    When.DAILY: gettext_lazy("with the daily digest"),
    When.WEEKLY: gettext_lazy("with the weekly summary"),
    When.NONE: gettext_lazy("not by mail"),
}
KINDS = {"alerts": gettext_lazy("Alerts"), **dict(DIGESTS)}


@dataclass(frozen=True, slots=True)
class Line:
    """A rule on the page."""

    key: str
    name: str
    severity: str
    chosen: When


@never_cache
@org_page
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: OrgRequest) -> HttpResponse:
    """The person's wishes in this organisation; a POST keeps them."""
    member = get_object_or_404(
        Member.objects.select_related("wish", "user", "organisation"), organisation=request.org, user=request.user
    )
    wish = wishes.wish_of(member)
    if request.method == "POST":
        _keep(wish, request)
        note(request, Action.NOTIFICATIONS_CHANGED, request.user.email)
        messages.success(request, _("Saved."))
        return redirect("notifications", org=request.org.slug)
    lines = [
        Line(rule.value, str(RULE_WORDS[rule]), str(SEVERITY_WORDS[SEVERITY[rule]]), wishes.when(wish, rule))
        for rule in Rule
        if rule in RULE_WORDS
    ]
    digests = [(key, name, getattr(wish, key)) for key, name in DIGESTS]
    context = {
        "lines": lines,
        "choices": list(WHEN_WORDS.items()),
        "digests": digests,
        "languages": LANGUAGES,
        "language": wish.language,
        "address": request.user.email,
        "has_mail": settings.MAIL is not None,
    }
    return render(request, "pages/notifications.html", context)


def _keep(wish: Wish, request: OrgRequest) -> None:
    given = request.POST
    wish.rules = {rule.value: when for rule in Rule if (when := given.get(f"rule_{rule.value}", "")) in set(When)}
    for key, _name in DIGESTS:
        setattr(wish, key, key in given.getlist("digests"))
    language = given.get("language", "")
    wish.language = language if language in dict(LANGUAGES) else ""
    wishes.keep(wish)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, ticket: str) -> HttpResponse:
    """Ends mails of one kind to one person: the ticket in the mail says which, so nobody need sign in (RFC 8058).

    A GET only asks: programs that look at links in mails must not end them.
    """
    try:
        number, kind = signing.loads(ticket, salt=UNSUBSCRIBING)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    member = get_object_or_404(Member.objects.select_related("organisation", "user"), pk=number)
    if kind not in KINDS:
        raise Http404
    if request.method == "POST":
        end(member, kind)
        by = Actor(member.user, address=str(request.META.get("REMOTE_ADDR", "")))
        note(by, Action.NOTIFICATIONS_CHANGED, member.user.email, org=member.organisation_id, ended=kind)
    context = {"member": member, "kind": KINDS[kind], "is_done": request.method == "POST"}
    return render(request, "pages/unsubscribe.html", context)


def end(member: Member, kind: str) -> None:
    """The person gets no more mails of this kind."""
    wish = wishes.wish_of(member)
    if kind == "alerts":
        wish.rules = {rule.value: (_later(wish, rule)).value for rule in Rule}
    else:
        setattr(wish, kind, False)
    wish.save()


def _later(wish: Wish, rule: Rule) -> When:
    """What came at once comes no more; what comes with a digest still does."""
    now = wishes.when(wish, rule)
    return When.NONE if now is When.ONCE else now
