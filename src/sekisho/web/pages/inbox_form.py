"""The form of an inbox, made from the settings of its kind; secrets go in and never come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from sekisho.core.errors import SettingsError
from sekisho.intake.kinds import MAX_VALUE, Field, fields_of, set_up
from sekisho.registry.inboxes import MAX_TITLE, Setup
from sekisho.registry.models import Inbox

MOST = 999_999_999


class _SecretText(forms.Textarea):
    """A text of many lines that is sent and never shown."""

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:  # noqa: ARG002
        """Without the value."""
        return super().get_context(name, None, attrs)


class InboxForm(forms.Form):
    """Settings of a kind; `allow_paths` lets it name files of the server."""

    def __init__(self, kind: str, data: Mapping[str, object] | None, *, old: Inbox | None, allow_paths: bool) -> None:
        super().__init__(data)
        self._kind = kind
        self._old = old
        self._settings = [f for f in fields_of(kind) if allow_paths or not f.is_path]
        self.setup: Setup | None = None
        for f in self._settings:
            self.fields[f.name] = _field(f, old)
        self.fields["title"] = forms.CharField(
            label=_("Name"), help_text=_("As lists show it. Empty: the account or path."), required=False, max_length=MAX_TITLE
        )
        self.fields["adopt"] = forms.BooleanField(
            label=_("Take over unknown domains"),
            help_text=_("Registers every domain that a report from here is about. Only for a mailbox nobody else writes to."),
            required=False,
        )
        if old is not None:
            self.initial = {**old.values, "title": old.title, "adopt": old.adopt}

    def shown(self) -> Iterator[BoundField]:
        """The fields everybody needs, the name first."""
        yield self["title"]
        yield from (self[f.name] for f in self._settings if not f.is_rare)

    def rare(self) -> Iterator[BoundField]:
        """The fields few need."""
        yield from (self[f.name] for f in self._settings if f.is_rare)
        yield self["adopt"]

    @property
    def opens_rare(self) -> bool:
        """Whether one of the folded fields is wrong."""
        return any(field.errors for field in self.rare())

    def clean(self) -> dict[str, object]:
        """Makes the set-up; what the settings themselves refuse is said at their field."""
        given = {f.name: self.cleaned_data.get(f.name) for f in self._settings if f.name in self.cleaned_data}
        if self._old is not None:  # what the form leaves out stays
            given = {**self._old.values, **given}
        if self.errors:
            return self.cleaned_data
        values = {name: "" if value is None else value for name, value in given.items()}
        title, adopt = self.cleaned_data.get("title", ""), bool(self.cleaned_data.get("adopt"))
        try:
            self.setup = set_up(self._kind, title, values, adopt=adopt, old=self._old)
        except SettingsError as error:
            name, _colon, text = str(error).partition(": ")
            known = name in self.fields
            self.add_error(name if known else None, _said(text if known else str(error)))
        return self.cleaned_data


def _field(f: Field, old: Inbox | None) -> forms.Field:
    label, help_ = _(f.label), _(f.help)
    if f.is_secret:
        keeps = old is not None and bool(old.sealed)
        widget = _SecretText({"rows": 4, "autocomplete": "off"}) if f.is_long else _password()
        kept = _("Leave it empty to keep what is stored.")
        help_ = f"{help_} {kept}" if keeps else help_
        return forms.CharField(
            label=label,
            help_text=help_,
            required=f.default is None and not keeps,
            widget=widget,
            strip=f.is_long,
            max_length=MAX_VALUE,
        )
    if f.choices:
        choices = [(value, _(text)) for value, text in f.choices]
        return forms.ChoiceField(label=label, help_text=help_, choices=choices, initial=f.default)
    if f.type is bool:
        return forms.BooleanField(label=label, help_text=help_, required=False, initial=f.default)
    if f.type is int:
        return forms.IntegerField(label=label, help_text=help_, required=False, min_value=0, max_value=MOST, initial=f.default)
    return forms.CharField(label=label, help_text=help_, required=f.default is None, initial=f.default or "", max_length=1000)


def _password() -> forms.PasswordInput:
    return forms.PasswordInput({"autocomplete": "new-password"}, render_value=False)


def _said(text: str) -> str:
    """What settings refuse, in the language of the page."""
    known = {
        "enter it again, because it would now be sent elsewhere": _(
            "Enter it again: server or account have changed, and what is stored was meant for the old ones."
        ),
        "lies among the files of Sekisho itself": _("These are files of Sekisho itself. Choose another place."),
        "must be a whole path, which begins with /": _("Write the whole path; it begins with /."),
        "must be one line": _("Write it on one line."),
        "another inbox has one of them already": _("Another inbox has one of these addresses already."),
        "another inbox listens there with other settings; use the same ones, or another port": _(
            "Another inbox listens there with other settings. Use the same settings, or another port."
        ),
    }
    return known.get(text, _("This cannot be used."))
