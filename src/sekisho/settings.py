"""Settings: from `sekisho.toml` in the home and `SEKISHO_...` variables into one frozen value; with nothing set it works."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from sekisho.core.errors import SettingsError


def default_home(env: Mapping[str, str]) -> Path:
    """`$XDG_DATA_HOME/sekisho`, else `~/.local/share/sekisho`."""
    base = env.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "sekisho"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; each field is a key of `sekisho.toml` and, in capitals after `SEKISHO_`, a variable that wins over it."""

    home: Path
    """Where everything is kept."""
    database_url: str = ""
    """The registry: `sqlite:///PATH` or `postgresql://…`; SQLite in the home when empty."""
    facts_url: str = ""
    """The facts: `duckdb:///PATH`; DuckDB in the home when empty."""
    dns_servers: str = ""
    """Resolvers, `address[:port],…`; `off` = never ask; the system's when empty."""
    dnsbl_zones: str = ""
    """Block lists to ask, comma-separated; none when empty."""
    rdap: str = "on"
    """`on`, `off`, or a bootstrap file or URL."""
    geo_paths: str = ""
    """Own MMDB files, comma-separated; those of sekisho-data when empty."""
    secret_key_file: str = ""
    """Key file, made on first start with mode 0600; `secret.key` in the home when empty."""
    hosts: str = ""
    """Names under which the server may be called, comma-separated; loopback names always."""
    https: str = "off"
    """`on` when users reach the server by HTTPS (through a proxy): cookies are then sent by HTTPS only."""
    proxy: str = "127.0.0.1"
    """Address of that proxy, whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; `*` where only it can connect."""
    intake_private_hosts: str = "auto"
    """`on` or `off`: whether inboxes may connect to loopback and private networks; `auto` = where there is one organisation."""
    public_url: str = ""
    """Where people reach the pages, for links in mails: `https://sekisho.example.jp`; this machine when empty."""
    mail_url: str = ""
    """Server that mails go to: `smtp://[USER:PASSWORD@]HOST[:PORT]`, `smtps://…` for TLS from the start; none when empty."""
    mail_from: str = ""
    """Sender of mails: `sekisho@example.jp`, a name before it in `NAME <…>`."""
    metrics_token: str = ""
    """What Prometheus shows at `/metrics`; when empty, it is answered on this machine only, where no proxy stands in front."""
    facts_memory_mb: int = 0
    """Memory the facts store may use for queries, MiB; chosen by itself when 0."""
    sample_file: str = ""
    """Evidence of the sample organisation; written by `sekisho demo` only."""

    @property
    def registry_path(self) -> Path:
        """The SQLite file of the registry."""
        if self.database_url:
            return Path(_url_path(self.database_url, "sqlite", "SEKISHO_DATABASE_URL"))
        return self.home / "registry.sqlite3"

    @property
    def facts_path(self) -> Path:
        """The DuckDB file of the facts."""
        if self.facts_url:
            return Path(_url_path(self.facts_url, "duckdb", "SEKISHO_FACTS_URL"))
        return self.home / "facts.duckdb"

    @property
    def secret_path(self) -> Path:
        """The key file."""
        return Path(self.secret_key_file) if self.secret_key_file else self.home / "secret.key"

    @property
    def socket_path(self) -> Path:
        """Where the running server answers the command line."""
        return self.home / "server.sock"

    def listed(self, name: str) -> tuple[str, ...]:
        """The values of a comma-separated setting."""
        return tuple(part.strip() for part in str(getattr(self, name)).split(",") if part.strip())


def _url_path(url: str, scheme: str, name: str) -> str:
    prefix = f"{scheme}:///"
    if not url.startswith(prefix) or len(url) == len(prefix):
        raise SettingsError("{name} must look like {prefix}PATH; it is {url!r}", name=name, prefix=prefix, url=url)
    path = url[len(prefix) :]
    return path if path.startswith("/") or path == ":memory:" else "/" + path


def load(env: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises SettingsError for an unknown key, a wrong type or a missing `..._FILE`."""
    env = os.environ if env is None else env
    home = Path(env.get("SEKISHO_HOME") or default_home(env)).expanduser()
    given = _from_file(home / "sekisho.toml")
    values: dict[str, object] = {"home": home}
    for f in fields(Settings):
        if f.name == "home":
            continue
        text = _from_env(env, f.name)
        value = given.pop(f.name, None) if text is None else text
        if text is not None:
            given.pop(f.name, None)
        if value is not None:
            values[f.name] = _typed(f.name, f.type, value)
    if given:
        raise SettingsError("unknown setting in {path}: {known}", path=home / "sekisho.toml", known=", ".join(sorted(given)))
    return Settings(**values)  # type: ignore[arg-type]


def _from_file(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError("{path} cannot be read: {error}", path=path, error=error) from error


def _from_env(env: Mapping[str, str], name: str) -> str | None:
    key = "SEKISHO_" + name.upper()
    if key in env:
        return env[key]
    file = env.get(key + "_FILE")
    if file is None:
        return None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(
            "{key}_FILE names {file}, which cannot be read: {reason}", key=key, file=file, reason=error.strerror
        ) from error


def _typed(name: str, kind: object, value: object) -> object:
    if isinstance(value, list):
        return ",".join(str(part) for part in value)
    if kind in (int, "int"):
        try:
            return int(str(value))
        except ValueError as error:
            raise SettingsError("{name} must be a whole number; it is {value!r}", name=name, value=value) from error
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def secret_key(settings: Settings) -> str:
    """The secret of this install; makes the key file (mode 0600) when there is none."""
    path = settings.secret_path
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        if settings.secret_key_file and not path.parent.is_dir():
            raise SettingsError("SEKISHO_SECRET_KEY_FILE names {path}; its folder does not exist", path=path) from None
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(48)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w") as file:
        file.write(key + "\n")
    return key
