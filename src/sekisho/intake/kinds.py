"""What kinds of inboxes there are, what settings each has, and how plain values become an inbox's set-up and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import get_type_hints

from django.conf import settings

from sekisho.core.errors import SettingsError
from sekisho.ingest.config import MANY_LINES, Config, config_values, read_config
from sekisho.ingest.inbox import After
from sekisho.ingest.kinds import KINDS as MAILBOXES
from sekisho.ingest.smtp import SmtpConfig
from sekisho.intake import words
from sekisho.registry.inboxes import LISTENER, Setup, secrets_of
from sekisho.registry.models import Inbox, Organisation

MAX_VALUE = 20_000
"""Characters of one setting; the key file of a service account has some 2,400."""
MAX_ADDRESSES = 100
PATHS = frozenset({"path", "ca_file", "cert_file", "key_file"})
"""Settings that name files of this machine."""
SAME_MAILBOX = frozenset({"after", "done_folder", "done_label", "done_prefix", "poll_s", "quiet_s", "ca_file"})
"""Settings that may change while the cursor goes on counting."""
SAME_SERVER = SAME_MAILBOX - {"ca_file"} | {"folder", "label", "prefix"}
"""Settings that may change without a secret going elsewhere than it was meant for."""


@dataclass(frozen=True, slots=True)
class ListenConfig(SmtpConfig):
    """The listener, with what the registry adds."""

    addresses: str = ""
    """Further addresses whose mail is taken."""


KINDS: dict[str, type[Config]] = {**MAILBOXES, LISTENER: ListenConfig}
LOCAL = frozenset({"maildir", "mbox", "folder", LISTENER})
"""Kinds that reach into this machine: its files and ports belong to whoever runs it, not to every organisation on it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One setting of a kind, as forms and help show it."""

    name: str
    type: type[object]
    label: str
    help: str
    default: str | int | bool | None
    """None where a value is needed."""
    is_secret: bool
    is_rare: bool
    """Seldom changed; forms fold it away."""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether its text has many lines."""
        return self.name in MANY_LINES

    @property
    def is_path(self) -> bool:
        """Whether it names a file of this machine."""
        return self.name in PATHS


def kind_of(name: str) -> type[Config]:
    """The configuration class of a kind; raises SettingsError."""
    found = KINDS.get(name)
    if found is None:
        raise SettingsError("there is no kind {name!r} of inbox; there are {known}", name=name, known=", ".join(KINDS))
    return found


def fields_of(kind: str) -> list[Field]:
    """The settings of a kind in the order of its configuration; words are English, to be translated."""
    config = kind_of(kind)
    types = get_type_hints(config)
    found = []
    for f in fields(config):
        label, help_ = words.field(kind, f.name)
        is_needed = f.default is MISSING
        found.append(
            Field(
                f.name,
                types[f.name],
                label,
                help_,
                None if is_needed else _plain(f.default),
                f.name in config.secrets,
                is_rare=not is_needed and f.name not in words.SHOWN.get(kind, ()),
                choices=_choices(types[f.name], config),
            )
        )
    return found


def _choices(type_: type[object], config: type[Config]) -> tuple[tuple[str, str], ...]:
    if type_ is After:
        return tuple((after.value, words.AFTERS[after]) for after in config.afters)
    if isinstance(type_, type) and issubclass(type_, StrEnum):
        return tuple((choice.value, words.TLS[choice.value]) for choice in type_)
    return ()


def _plain(value: object) -> str | int | bool:
    return value if isinstance(value, bool | int) else str(value)


def set_up(kind: str, title: str, given: Mapping[str, object], *, adopt: bool = False, old: Inbox | None = None) -> Setup:
    """The set-up of an inbox from values by field name, secrets among them; those of `old` stay where none is given.

    Raises SettingsError, which begins with the name of the setting where one is to blame.
    """
    config_type = kind_of(kind)
    for name, value in given.items():
        if len(str(value)) > MAX_VALUE:
            raise SettingsError("{name}: is too long", name=name)
    values = dict(given)
    if old is not None:
        kept = {name: value for name, value in _kept_secrets(old).items() if not values.get(name)}
        values |= kept
        config = read_config(config_type, values)
        if kept and _goes_elsewhere(old, config):
            raise SettingsError("{name}: enter it again, because it would now be sent elsewhere", name=next(iter(kept)))
    else:
        config = read_config(config_type, values)
    _check_paths(config)
    if isinstance(config, ListenConfig):
        _check_listener(config, old)
    found = config_values(config)
    secrets = {name: str(found.pop(name)) for name in config_type.secrets}
    return Setup(kind, title.strip() or where(kind, found), found, {n: v for n, v in secrets.items() if v}, adopt)


def config_of(inbox: Inbox) -> Config:
    """The configuration of an inbox, secrets included; raises SettingsError."""
    return read_config(kind_of(inbox.kind), {**inbox.values, **secrets_of(inbox)})


def only_public() -> bool:
    """Whether inboxes may connect to the open internet only: as the operator says, else where organisations share the install."""
    said = settings.HOUSE.intake_private_hosts
    return said != "on" and (said == "off" or Organisation.objects.count() > 1)


def is_same_mailbox(inbox: Inbox, setup: Setup) -> bool:
    """Whether the cursor of the old settings counts for the new ones."""
    return not _changed(inbox, setup.values) - SAME_MAILBOX


def where(kind: str, values: Mapping[str, object]) -> str:
    """What an inbox is called when nobody has given it a name: account, folder, bucket or port."""
    if kind == LISTENER:
        return f"{values.get('host')}:{values.get('port')}"
    account = str(values.get("user") or values.get("mailbox") or values.get("path") or values.get("bucket") or kind)
    host = str(values.get("host") or "")
    return f"{account} ({host})" if host not in account else account


def addresses(inbox: Inbox) -> list[str]:
    """The further addresses of a listener, in small letters."""
    return str(inbox.values.get("addresses", "")).lower().replace(",", " ").split()


def _kept_secrets(inbox: Inbox) -> dict[str, str]:
    """The secrets of an inbox; none when they cannot be decrypted: they have to be entered again then."""
    try:
        return secrets_of(inbox)
    except SettingsError:
        return {}


def _changed(inbox: Inbox, values: Mapping[str, object]) -> set[str]:
    """Names of settings that differ; one that the inbox does not have yet had its default."""
    old = {f.name: f.default for f in fields_of(inbox.kind) if not f.is_secret} | inbox.values
    return {name for name in {*old, *values} if old.get(name) != values.get(name)}


def _goes_elsewhere(inbox: Inbox, config: Config) -> bool:
    values = {name: value for name, value in config_values(config).items() if name not in config.secrets}
    return bool(_changed(inbox, values) - SAME_SERVER)


def _check_paths(config: Config) -> None:
    """Raises where an inbox would take our own files for mail."""
    house = settings.HOUSE
    ours = {p.resolve().parent for p in (house.registry_path, house.facts_path, house.secret_path)}
    for name in PATHS & {f.name for f in fields(config)}:
        text = getattr(config, name)
        if not text:
            continue
        if not text.startswith("/"):
            raise SettingsError("{name}: must be a whole path, which begins with /", name=name)
        path = Path(text).resolve()
        if path in ours or path.is_relative_to(house.home.resolve()):
            raise SettingsError("{name}: lies among the files of Sekisho itself", name=name)


def _check_listener(config: ListenConfig, old: Inbox | None) -> None:
    """Raises where a listener would get into another one's way."""
    wanted = config.addresses.lower().replace(",", " ").split()
    if len(wanted) > MAX_ADDRESSES:
        raise SettingsError("addresses: at most {most}", most=MAX_ADDRESSES)
    for address in wanted:
        if not all(address.rpartition("@")[::2]):
            raise SettingsError("addresses: {address!r} is no mail address", address=address)
    for other in Inbox.objects.filter(kind=LISTENER):
        if old is not None and other.pk == old.pk:
            continue
        if set(addresses(other)) & set(wanted):
            raise SettingsError("addresses: another inbox has one of them already")
        same = (other.values.get("host"), other.values.get("port")) == (config.host, config.port)
        mine = {name: value for name, value in config_values(config).items() if name != "addresses"}
        if same and any(other.values.get(name) != value for name, value in mine.items()):
            raise SettingsError("port: another inbox listens there with other settings; use the same ones, or another port")
