"""How the next digest will look: the letter itself, made of the figures of now, in a frame that runs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from sekisho.alerts.message import Message
from sekisho.registry import wishes
from sekisho.registry.models import Member
from sekisho.web import formats
from sekisho.web.digests import letters, planning
from sekisho.web.digests.periods import Kind, as_of, upcoming
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.middleware import POLICY
from sekisho.web.pages.channel_form import DIGESTS
from sekisho.web.pages.papers import LANGUAGES
from sekisho.web.parts import Crumb

MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""A mail carries its styles in itself; it may do nothing else, and stand in no page but ours."""
FRAMING = POLICY + "; frame-src 'self'"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which digest, in which language."""

    kind: Kind
    language: str

    def query(self, **other: str) -> str:
        """The address of this one, with something else."""
        return "?" + urlencode({"kind": self.kind.value, "language": self.language, **other})


def _wanted(request: OrgRequest, member: Member) -> Wanted:
    """What `?kind=` and `?language=` ask for; else the weekly summary in the language the person is written to."""
    kind, language = request.GET.get("kind", ""), request.GET.get("language", "")
    mine = wishes.language_of(member)
    return Wanted(
        Kind(kind) if kind in set(Kind) else Kind.WEEKLY, language if language in LANGUAGES else mine if mine in LANGUAGES else "en"
    )


def _member(request: OrgRequest) -> Member:
    rows = Member.objects.select_related("wish", "user", "organisation")
    return get_object_or_404(rows, organisation=request.org, user=request.user)


def _message(request: OrgRequest, wanted: Wanted, now: datetime) -> Message:
    """The letter as it would go out now; nothing of it is kept or sent."""
    period = as_of(wanted.kind, now, formats.zone(request.org.timezone))
    return letters.message(planning.digest_of(request.org, period), wanted.language, mail=False)


@never_cache
@org_page
@require_safe
def preview(request: OrgRequest) -> HttpResponse:
    """The letter with its subject, when the next is due, and whether this person gets it."""
    member, now = _member(request), timezone.now()
    wanted = _wanted(request, member)
    message = _message(request, wanted, now)
    context = {
        "crumbs": [Crumb(_("My notifications"), reverse("notifications", kwargs={"org": request.org.slug})), Crumb(_("Preview"))],
        "kinds": [(name, wanted.query(kind=key), key == wanted.kind) for key, name in DIGESTS],
        "languages": [(code, name, wanted.query(language=code), code == wanted.language) for code, name in LANGUAGES.items()],
        "language": wanted.language,
        "kind": wanted.kind.value,
        "subject": message.subject,
        "text": message.text,
        "mail_url": reverse("digest_mail", kwargs={"org": request.org.slug}) + wanted.query(),
        "due": upcoming(wanted.kind, now, formats.zone(request.org.timezone)).due,
        "is_mine": getattr(wishes.wish_of(member), wanted.kind.value),
        "address": request.user.email,
        "has_mail": settings.MAIL is not None,
    }
    answer = render(request, "pages/digest_preview.html", context)
    answer["Content-Security-Policy"] = FRAMING
    return answer


@never_cache
@xframe_options_sameorigin
@org_page
@require_safe
def mail(request: OrgRequest) -> HttpResponse:
    """The HTML of the letter, as a mail program gets it; its links open beside the page."""
    found = _message(request, _wanted(request, _member(request)), timezone.now())
    answer = HttpResponse(found.html.replace("<head>", '<head><base target="_blank">', 1))
    answer["Content-Security-Policy"] = MAIL_POLICY
    return answer
