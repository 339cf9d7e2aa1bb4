"""Channels: who is told of warnings and how; added, tried, switched and removed by owners and administrators."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sekisho.alerts.message import Message, SendFailed
from sekisho.core.alerts.values import Severity
from sekisho.registry import channels as registry
from sekisho.registry.models import Channel
from sekisho.web import telling
from sekisho.web.frame import OrgRequest
from sekisho.web.pages.roles import admin_page
from sekisho.web.parts import Tone

MOST = 30
"""Channels of one organisation."""
LEAST = tuple(
    (severity.value, words)
    for severity, words in (
        (Severity.NOTICE, gettext_lazy("everything")),
        (Severity.IMPORTANT, gettext_lazy("what is important or urgent")),
        (Severity.URGENT, gettext_lazy("only what is urgent")),
    )
)
LANGUAGES = (("", gettext_lazy("that of the organisation")), ("ja", "日本語"), ("en", "English"))
KIND_WORDS = {registry.MAIL: gettext_lazy("Mail"), registry.WEBHOOK: gettext_lazy("Webhook")}


def _addresses(text: str) -> None:
    """Each line an address."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > registry.MOST_PEOPLE:
        raise ValidationError(_("These are too many addresses for one channel."))
    for line in lines:
        try:
            validate_email(line)
        except ValidationError:
            raise ValidationError(_("%(line)s is no e-mail address.") % {"line": line}) from None


def _webhook_url(text: str) -> None:
    parts = urlsplit(text)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
        raise ValidationError(_("The address must begin with https:// and hold no password before the host."))


class MailForm(forms.Form):
    """A channel that writes mails."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    to = forms.CharField(
        label=gettext_lazy("Addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[_addresses],
        help_text=gettext_lazy("One a line. Empty: the owners and administrators of the organisation."),
        max_length=20_000,
    )
    least = forms.ChoiceField(label=gettext_lazy("Tells"), choices=LEAST, initial=Severity.IMPORTANT.value)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES, required=False)


class WebhookForm(forms.Form):
    """A channel that posts signed JSON."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    url = forms.CharField(label=gettext_lazy("Address"), max_length=2000, validators=[_webhook_url])
    least = forms.ChoiceField(label=gettext_lazy("Tells"), choices=LEAST, initial=Severity.IMPORTANT.value)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES, required=False)


FORMS: dict[str, type[forms.Form]] = {registry.MAIL: MailForm, registry.WEBHOOK: WebhookForm}


@dataclass(frozen=True, slots=True)
class Line:
    """A channel as the list shows it."""

    channel: Channel
    kind: str
    least: str
    to: str
    tone: Tone
    state: str


@never_cache
@admin_page
@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: OrgRequest) -> HttpResponse:
    """The list and the forms; a POST adds a channel and shows the key of a webhook, this once."""
    kind = request.POST.get("kind", "")
    found = {name: form(request.POST if name == kind else None, prefix=name) for name, form in FORMS.items()}
    key = ""
    if kind in found and found[kind].is_valid():
        if Channel.objects.filter(organisation=request.org).count() >= MOST:
            messages.error(request, _("There are too many channels. Remove those that are not used any more."))
        else:
            key = _add(request, kind, found[kind].cleaned_data)
            found[kind] = FORMS[kind](prefix=kind)
            if not key:
                return redirect("settings_channels", org=request.org.slug)
    context = {
        "lines": [_line(channel) for channel in registry.the_channels(request.org.pk)],
        "mail_form": found[registry.MAIL],
        "webhook_form": found[registry.WEBHOOK],
        "key": key,
        "has_mail": settings.MAIL is not None,
    }
    return render(request, "pages/channels.html", context)


def _add(request: OrgRequest, kind: str, data: dict[str, str]) -> str:
    """Makes the channel; returns the key of a webhook."""
    registry.the_channels(request.org.pk)
    channel = Channel(
        organisation=request.org,
        kind=kind,
        title=data["title"],
        to=data.get("to", ""),
        least=data["least"],
        language=data["language"],
    )
    key = ""
    if kind == registry.WEBHOOK:
        key = registry.new_key()
        registry.seal_webhook(channel, data["url"], key)
    channel.save()
    messages.success(request, _("The channel is added. Send a test message to see that it works."))
    return key


@admin_page
@require_POST
def act(request: OrgRequest, number: int) -> HttpResponse:
    """Takes `what`: test, on, off, remove."""
    channel = get_object_or_404(Channel, organisation=request.org, pk=number)
    what = request.POST.get("what", "")
    if what == "test":
        _test(request, channel)
    elif what in ("on", "off"):
        Channel.objects.filter(pk=channel.pk).update(is_on=what == "on", failures=0, trouble="")
    elif what == "remove" and Channel.objects.filter(organisation=request.org).count() > 1:
        channel.delete()
        messages.success(request, _("The channel is removed."))
    elif what == "remove":
        messages.error(request, _("The last channel cannot be removed. Switch it off if nobody is to be told."))
    return redirect("settings_channels", org=request.org.slug)


def _test(request: OrgRequest, channel: Channel) -> None:
    """Sends a test message and says what came back."""
    told = _sample(request, channel)
    people = registry.recipients(channel) if channel.kind == registry.MAIL else [""]
    try:
        said = [telling.hand_over(channel, person, told, number=f"test_{channel.pk}", at=int(time.time())) for person in people]
    except SendFailed as error:
        messages.error(request, _("The test message could not be sent: %(why)s") % {"why": error})
        return
    if not said:
        messages.error(request, _("There is nobody to send it to."))
        return
    messages.success(request, _("The test message was handed over: %(said)s") % {"said": ", ".join(said[:5])})


def _sample(request: OrgRequest, channel: Channel) -> Message:
    from django.utils import translation

    with translation.override(telling.language_of(channel)):
        subject = _("[Test] A message of Sekisho")
        text = _("This is a test message. Warnings will come this way.")
    url = f"{telling.base_url()}/{request.org.slug}/alerts/"
    html = (
        f"<!doctype html><html><head><meta charset='utf-8'></head><body><p>{text}</p><p><a href='{url}'>{url}</a></p></body></html>"
    )
    return Message(subject, f"{text}\n\n{url}\n", html, url, {"type": "test", "text": text, "url": url})


def _line(channel: Channel) -> Line:
    to = ", ".join(channel.to.split()) if channel.kind == registry.MAIL else _host(channel)
    if channel.kind == registry.MAIL and not to:
        to = _("Owners and administrators")
    tone, state = Tone.OK, _("On")
    if not channel.is_on:
        tone, state = (Tone.BAD, _("Switched off after a fault")) if channel.failures else (Tone.PLAIN, _("Off"))
    elif channel.failures:
        tone, state = Tone.WARN, _("Tried again")
    return Line(channel, str(KIND_WORDS.get(channel.kind, channel.kind)), str(dict(LEAST).get(channel.least, "")), to, tone, state)


def _host(channel: Channel) -> str:
    """Of the address of a webhook the host alone: the rest may let anybody write there."""
    return urlsplit(registry.webhook_of(channel)[0]).hostname or ""
