"""Configurations from plain values, as a form, a file or a table row has them, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar, get_type_hints

from sekisho.core.errors import SettingsError
from sekisho.ingest.inbox import After


class Tls(StrEnum):
    """How a connection is encrypted; the certificate is always checked."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Config(Protocol):
    """The configuration of one kind of intake: a frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    secrets: ClassVar[frozenset[str]]
    """Fields to be encrypted and never shown."""
    afters: ClassVar[tuple[After, ...]]
    """What this kind can do after storing, the default first."""


C = TypeVar("C", bound=Config)
MANY_LINES = frozenset({"service_account"})
"""A key file pasted as text."""
UNTRIMMED = frozenset({"password", "secret_key", "client_secret"})
TRUE = frozenset({"1", "true", "on", "yes"})


def read_config(kind: type[C], values: Mapping[str, object]) -> C:
    """The configuration from values by field name; raises SettingsError that names the field."""
    types = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}
    for name in values:
        if name not in known:
            raise SettingsError("{name}: there is no such setting", name=name)
    given: dict[str, object] = {}
    for name, field in known.items():
        if values.get(name) not in (None, ""):
            given[name] = _value(name, types[name], values[name])
        elif field.default is MISSING:
            raise SettingsError("{name}: is needed", name=name)
    made = kind(**given)
    after = getattr(made, "after", None)
    if after is not None and after not in kind.afters:
        raise SettingsError("after: must be one of {known}", known=", ".join(kind.afters))
    return made


def config_values(config: Config) -> dict[str, str | int | bool]:
    """The values by field name, secrets included: what `read_config` reads again."""
    values = {f.name: getattr(config, f.name) for f in fields(config)}
    return {name: str(value) if isinstance(value, StrEnum) else value for name, value in values.items()}


def _value(name: str, kind: type[object], value: object) -> object:
    text = str(value) if name in UNTRIMMED else str(value).strip()
    if kind is bool:
        return text.lower() in TRUE
    if kind is int:
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise SettingsError("{name}: must be a whole number", name=name)
        return int(text)
    if issubclass(kind, StrEnum):
        try:
            return kind(text)
        except ValueError:
            raise SettingsError("{name}: must be one of {known}", name=name, known=", ".join(kind)) from None
    if "\x00" in text or ("\n" in text and name not in MANY_LINES):
        raise SettingsError("{name}: must be one line", name=name)
    return text
