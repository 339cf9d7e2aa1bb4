"""Channels: who is told of warnings and how; added, changed, tried, switched and removed by owners and administrators."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sekisho.alerts import chats
from sekisho.alerts.message import Message, SendFailed
from sekisho.core.errors import SettingsError
from sekisho.registry import channels as registry
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Channel, User
from sekisho.web import mailing, telling
from sekisho.web.frame import OrgRequest
from sekisho.web.pages.channel_form import DIGESTS, KIND_WORDS, LEAST, ChannelForm
from sekisho.web.pages.roles import admin_page
from sekisho.web.parts import Crumb, Tone

MOST = 30
"""Channels of one organisation."""
MOST_TRIED = 10
"""Addresses that a test message goes to."""


@dataclass(frozen=True, slots=True)
class Line:
    """A channel as the list shows it."""

    channel: Channel
    title: str
    kind: str
    least: str
    more: str
    to: str
    tone: Tone
    state: str


@never_cache
@admin_page
@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: OrgRequest) -> HttpResponse:
    """The list, and the form of the kind that was chosen; a POST adds a channel and shows the key of a webhook, this once."""
    chosen = request.POST.get("kind") or request.GET.get("kind", "")
    if chosen and chosen not in KIND_WORDS:
        raise Http404
    form = ChannelForm(chosen, request.org, request.POST if request.method == "POST" else None) if chosen else None
    key = ""
    if form is not None and form.is_valid():
        if Channel.objects.filter(organisation=request.org).count() >= MOST:
            messages.error(request, _("There are too many channels. Remove those that are not used any more."))
        else:
            key = _add(request, form)
            form = None
            if not key:
                return redirect("settings_channels", org=request.org.slug)
    context = {
        "lines": [_line(channel) for channel in registry.the_channels(request.org.pk)],
        "kinds": list(KIND_WORDS.items()),
        "kind": chosen,
        "kind_name": KIND_WORDS.get(chosen, ""),
        "form": form,
        "key": key,
        "has_mail": settings.MAIL is not None,
    }
    return render(request, "pages/channels.html", context)


def _add(request: OrgRequest, form: ChannelForm) -> str:
    """Makes the channel; returns the key of a webhook."""
    registry.the_channels(request.org.pk)
    channel = Channel(organisation=request.org, kind=form.kind)
    key = registry.new_key() if form.kind == registry.WEBHOOK else ""
    keep(channel, form, {"key": key} if key else {})
    note(request, Action.CHANNEL_ADDED, channel.title, kind=channel.kind)
    messages.success(request, _("The channel is added. Send a test message to see that it works."))
    return key


def keep(channel: Channel, form: ChannelForm, more: dict[str, str]) -> None:
    """Writes what a valid form says into a channel; `more` is sealed with its secrets."""
    data = form.cleaned_data
    channel.title, channel.least, channel.language = data["title"], data["least"], data["language"]
    channel.to = data.get("to", "")
    channel.domains = "\n".join(data.get("domains", ()))
    channel.digests = data["digests"]
    if form.kind != registry.MAIL:
        registry.seal_values(channel, {**form.secrets(), **more})
    channel.save()


@never_cache
@admin_page
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: OrgRequest, number: int) -> HttpResponse:
    """One channel, to be changed; its secrets are not shown."""
    found = get_object_or_404(Channel, organisation=request.org, pk=number)
    form = ChannelForm(found.kind, request.org, request.POST if request.method == "POST" else None, old=found)
    if form.is_valid():
        keep(found, form, {})
        note(request, Action.CHANNEL_CHANGED, found.title)
        messages.success(request, _("Saved."))
        return redirect("settings_channels", org=request.org.slug)
    crumbs = [Crumb(_("Channels"), reverse("settings_channels", kwargs={"org": request.org.slug})), Crumb(_title(found))]
    return render(
        request, "pages/channel.html", {"form": form, "title": _title(found), "kind_name": KIND_WORDS[found.kind], "crumbs": crumbs}
    )


@admin_page
@require_POST
def act(request: OrgRequest, number: int) -> HttpResponse:
    """Takes `what`: test, on, off, remove."""
    found = get_object_or_404(Channel, organisation=request.org, pk=number)
    what = request.POST.get("what", "")
    if what == "test":
        _test(request, found)
        note(request, Action.CHANNEL_TESTED, found.title)
    elif what in ("on", "off"):
        Channel.objects.filter(pk=found.pk).update(is_on=what == "on", failures=0, trouble="")
        note(request, Action.CHANNEL_CHANGED, found.title, state=what)
    elif what == "remove" and Channel.objects.filter(organisation=request.org).count() > 1:
        found.delete()
        note(request, Action.CHANNEL_REMOVED, found.title, kind=found.kind)
        messages.success(request, _("The channel is removed."))
    elif what == "remove":
        messages.error(request, _("The last channel cannot be removed. Switch it off if nobody is to be told."))
    return redirect("settings_channels", org=request.org.slug)


def _test(request: OrgRequest, channel: Channel) -> None:
    """Sends a test message and says what came back."""
    try:
        said = try_out(channel, request.user)
    except (SendFailed, SettingsError) as error:
        messages.error(request, _("The test message could not be sent: %(why)s") % {"why": error})
        return
    if not said:
        messages.error(request, _("There is nobody to send it to."))
        return
    messages.success(request, _("The test message was handed over: %(said)s") % {"said": ", ".join(said[:5])})


def try_out(channel: Channel, person: User | None) -> list[str]:
    """Sends a test message; what the other sides said, nothing where there is nobody to send it to.

    Raises SendFailed or SettingsError.
    """
    told, at = _sample(channel), int(time.time())
    number = f"test_{channel.pk}_{at}"
    return [telling.hand_over(channel, to, told, number=number, at=at) for to in _tried(channel, person)]


def _tried(channel: Channel, person: User | None) -> list[str]:
    """Who gets a test message: of the members who asks for it, of named addresses a few, for each takes a moment."""
    if channel.kind == registry.MAIL and not channel.to.strip():
        return [person.email] if person is not None else []
    return registry.recipients(channel)[:MOST_TRIED]


def _sample(channel: Channel) -> Message:
    org = channel.organisation
    with override(channel.language or org.language):
        subject = _("[Test] A message of Sekisho")
        text = _("This is a test message. Warnings will come this way.")
    url = mailing.org_url(org, "alerts/")
    html = (
        f"<!doctype html><html><head><meta charset='utf-8'></head><body><p>{text}</p><p><a href='{url}'>{url}</a></p></body></html>"
    )
    return Message(subject, f"{text}\n\n{url}\n", html, url, {"type": "test", "text": text, "url": url}, brief=text)


def _line(channel: Channel) -> Line:
    tone, state = Tone.OK, _("On")
    if not channel.is_on:
        tone, state = (Tone.BAD, _("Switched off after a fault")) if channel.failures else (Tone.PLAIN, _("Off"))
    elif channel.failures:
        tone, state = Tone.WARN, _("Tried again")
    least = (
        dict(LEAST).get(channel.least, "") if channel.kind != registry.MAIL or channel.to.strip() else _("what each member chose")
    )
    kind = str(KIND_WORDS.get(channel.kind, channel.kind))
    return Line(channel, _title(channel), kind, str(least), _more(channel), _to(channel), tone, state)


def _title(channel: Channel) -> str:
    """The name; that of the first channel is ours until somebody gives it another."""
    return _("Members") if channel.title == registry.MEMBERS else channel.title


def _more(channel: Channel) -> str:
    """The digests that go there, and of which domains it hears."""
    parts = [str(dict(DIGESTS)[kind]) for kind in channel.digests if kind in dict(DIGESTS)]
    only = channel.domains.split()
    if len(only) == 1:
        parts.append(only[0])
    elif only:
        parts.append(ngettext("%(n)d domain", "%(n)d domains", len(only)) % {"n": len(only)})
    return " · ".join(parts)


def _to(channel: Channel) -> str:
    """Of the address of a webhook the host alone: the rest may let anybody write there."""
    if channel.kind == registry.MAIL:
        return ", ".join(channel.to.split()) or _("Members")
    try:
        values = registry.values_of(channel)
    except SettingsError:
        return _("cannot be decrypted; enter it again")
    return chats.host_of(channel.kind, values) if channel.kind in chats.KINDS else urlsplit(values.get("url", "")).hostname or ""
