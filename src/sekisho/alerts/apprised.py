"""apprise, loaded when a chat is written to, with `requests` in its plugins replaced by our own guarded client.

The plugins know what each chat wants. They would ask with a client that follows redirects, reaches private networks and
tells nothing but yes or no; so the modules that are used get another `requests`, once.
"""

from __future__ import annotations

import json as jsons
import logging
import threading
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sekisho.net.http import HttpFailed

if TYPE_CHECKING:
    from sekisho.alerts.chats import Wire

PLUGINS = {
    "slack": ("slack", "NotifySlack"),
    "teams": ("workflows", "NotifyWorkflows"),
    "discord": ("discord", "NotifyDiscord"),
    "googlechat": ("google_chat", "NotifyGoogleChat"),
    "telegram": ("telegram", "NotifyTelegram"),
    "mattermost": ("mattermost", "NotifyMattermost"),
    "rocketchat": ("rocketchat", "NotifyRocketChat"),
    "ntfy": ("ntfy", "NotifyNtfy"),
}
"""Kind -> module and class. They are taken one by one: all hundred and more would take seconds and some 100 MiB."""
OPTIONS = "image=no&avatar=no&footer=no&format=text&overflow=truncate&retry=0"
"""No pictures from elsewhere, plain text, no attempts behind our back."""
_now = threading.local()
"""The wire of the message this thread is sending."""


def made(kind: str, address: str) -> Any:
    """apprise's own object for an address; None where it is none."""
    plugin = _plugin(kind)
    whole = f"{address}{'&' if '?' in address else '?'}{OPTIONS}"
    read = plugin.parse_native_url(whole) if whole.startswith("https:") else plugin.parse_url(whole)
    if not read:
        return None
    try:
        return plugin(**{**read, "asset": _asset()})
    except TypeError:  # what apprise raises for settings that do not fit
        return None


def notify(kind: str, address: str, title: str, text: str, wire: Wire) -> None:
    """Has the plugin of a kind send its requests over the wire."""
    target = made(kind, address)
    if target is None:
        return
    _now.wire = wire
    try:
        target.notify(body=text, title=title)
    finally:
        del _now.wire


@cache
def _plugin(kind: str) -> Any:
    """The class of a kind, its module rewired."""
    name, kind_of = PLUGINS[kind]
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it tells whole addresses, with what is secret in them
    module = import_module(f"apprise.plugins.{name}")
    module.requests = _Requests(module.requests)  # type: ignore[attr-defined]
    return getattr(module, kind_of)


@cache
def _asset() -> Any:
    return import_module("apprise.asset").AppriseAsset(app_id="Sekisho", app_desc="Sekisho", app_url="", secure_logging=True)


class _Requests:
    """What the plugins use of `requests`."""

    def __init__(self, real: Any) -> None:
        self.codes = real.codes
        self.RequestException = real.RequestException
        self.exceptions = real.exceptions

    def post(self, url: str, **kwargs: Any) -> Any:
        """An answer as `requests` gives it."""
        return self.request("POST", url, **kwargs)

    def get(self, url: str, **_kwargs: Any) -> Any:
        """Nothing is fetched: what a plugin would look up first, the address says already."""
        raise self.RequestException(f"not asked: {url[:40]}")

    def request(self, method: str, url: str, **kwargs: Any) -> Any:
        """Sends over the wire of this thread."""
        if method.upper() != "POST":
            return self.get(url)
        if kwargs.get("params"):
            url += ("&" if "?" in url else "?") + urlencode(kwargs["params"])
        body, headers = _body(kwargs)
        try:
            status, data = _now.wire.post(url, body, headers)
        except HttpFailed as error:
            raise self.RequestException(str(error)) from error
        return SimpleNamespace(
            status_code=status,
            content=data,
            text=data.decode("utf-8", "replace"),
            headers={},  # a plugin would wait for as long as they ask
            ok=status < HTTPStatus.BAD_REQUEST,
            json=lambda: jsons.loads(data),
        )


def _body(kwargs: Mapping[str, Any]) -> tuple[bytes, dict[str, str]]:
    """Body and headers as `requests` would make them."""
    headers = {str(name): str(value) for name, value in (kwargs.get("headers") or {}).items()}
    data = kwargs.get("data")
    if kwargs.get("json") is not None:
        headers["Content-Type"] = "application/json"
        return jsons.dumps(kwargs["json"]).encode(), headers
    if isinstance(data, Mapping):
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        return urlencode(data).encode(), headers
    return data.encode() if isinstance(data, str) else bytes(data or b""), headers
