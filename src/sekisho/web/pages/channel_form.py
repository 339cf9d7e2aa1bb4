"""The form of a channel: what each kind must be told, which warnings and digests go there, and in which language."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sekisho.alerts import chats
from sekisho.core.alerts.values import Severity
from sekisho.registry import channels as registry
from sekisho.registry.models import Channel, Organisation

LEAST = tuple(
    (severity.value, words)
    for severity, words in (
        (Severity.NOTICE, gettext_lazy("everything")),
        (Severity.IMPORTANT, gettext_lazy("what is important or urgent")),
        (Severity.URGENT, gettext_lazy("only what is urgent")),
    )
)
LANGUAGES = (("", gettext_lazy("that of the organisation")), ("ja", "日本語"), ("en", "English"))
DIGESTS = (
    ("daily", gettext_lazy("Daily digest of failures")),
    ("weekly", gettext_lazy("Weekly summary")),
    ("monthly", gettext_lazy("Monthly report")),
)
KIND_WORDS: dict[str, Promise | str] = {
    registry.MAIL: gettext_lazy("Mail"),
    registry.WEBHOOK: gettext_lazy("Webhook"),
    **{kind: about.name for kind, about in chats.KINDS.items()},
}
FIELD_WORDS: dict[str, tuple[Promise | str, Promise | str]] = {
    "url": (gettext_lazy("Address of the incoming webhook"), ""),
    "telegram.token": (gettext_lazy("Token of the bot"), gettext_lazy("As the BotFather gave it.")),
    "telegram.target": (gettext_lazy("Chat"), gettext_lazy("The number of the chat, or the name of a channel.")),
    "chatwork.token": (gettext_lazy("API token"), gettext_lazy("Of the account that writes, from its settings in Chatwork.")),
    "chatwork.target": (gettext_lazy("Room"), gettext_lazy("The number behind `rid` in the address of the room.")),
    "ntfy.url": (gettext_lazy("Address of the topic"), ""),
    "ntfy.token": (gettext_lazy("Access token"), gettext_lazy("Only where the topic is protected.")),
}


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


class ChannelForm(forms.Form):
    """A channel of one kind. Secrets are never shown again: left empty, they stay as they are."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    least = forms.ChoiceField(label=gettext_lazy("Tells"), choices=LEAST, initial=Severity.IMPORTANT.value)
    domains = forms.MultipleChoiceField(
        label=gettext_lazy("Domains"), required=False, help_text=gettext_lazy("None chosen: warnings of all domains go there.")
    )
    digests = forms.MultipleChoiceField(label=gettext_lazy("Digests"), choices=DIGESTS, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES, required=False)

    def __init__(self, kind: str, org: Organisation, data: Any = None, *, old: Channel | None = None) -> None:
        self.kind, self.old = kind, old
        initial = {} if old is None else {name: getattr(old, name) for name in ("title", "least", "digests", "language", "to")}
        if old is not None:
            initial["domains"] = old.domains.split()
        super().__init__(data, prefix=kind, initial=initial)
        names = list(org.domains.order_by("name").values_list("name", flat=True)[:500])
        own = self._own_fields()
        rest = dict(self.fields)
        rest["domains"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        rest["domains"].widget.attrs["size"] = min(6, max(2, len(names)))
        rest["digests"].widget = forms.CheckboxSelectMultiple(choices=DIGESTS)
        if len(names) < 2:
            del rest["domains"]
        self.fields = {"title": rest.pop("title"), **own, **rest}

    def _own_fields(self) -> dict[str, forms.Field]:
        if self.kind == registry.MAIL:
            return {
                "to": forms.CharField(
                    label=_("Addresses"),
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3}),
                    validators=[_addresses],
                    help_text=_("One a line. Empty: the members of the organisation, each as they choose under Notifications."),
                    max_length=20_000,
                )
            }
        if self.kind == registry.WEBHOOK:
            return {"url": self._secret(_("Address"), "", [_webhook_url])}
        found: dict[str, forms.Field] = {}
        for field in chats.KINDS[self.kind].fields:
            name = field.rstrip("?")
            label, text = FIELD_WORDS.get(f"{self.kind}.{name}") or FIELD_WORDS[name]
            example = chats.KINDS[self.kind].example if name == "url" else ""
            found[name] = self._secret(str(label), example or str(text), [], is_needed=not field.endswith("?"))
        return found

    def _secret(self, label: str, text: str, validators: list[Any], *, is_needed: bool = True) -> forms.CharField:
        is_kept = self.old is not None
        return forms.CharField(
            label=label,
            max_length=2000,
            required=is_needed and not is_kept,
            validators=validators,
            help_text=_("Empty: as it is.") if is_kept else text,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        )

    def clean(self) -> dict[str, Any]:
        """The values; what a chat must be told is looked at as a whole, with what was kept."""
        values: dict[str, Any] = super().clean() or {}
        if self.kind in chats.KINDS and not self.errors:
            wrong = chats.problem(self.kind, self.secrets())
            if wrong:
                self.add_error(wrong, _("This does not look as %(name)s gives it.") % {"name": KIND_WORDS[self.kind]})
        return values

    def secrets(self) -> dict[str, str]:
        """What is to be sealed: the new values, else those kept; a token goes to no other server than it was entered for."""
        kept = registry.values_of(self.old) if self.old is not None else {}
        new = {name: self.cleaned_data[name] for name in ("url", "token", "target") if self.cleaned_data.get(name)}
        if "url" in new and urlsplit(new["url"]).netloc != urlsplit(kept.get("url", "")).netloc:
            kept.pop("token", None)
        return {**kept, **new}
