"""Messages to chats: what each wants is known by apprise, what goes over the wire goes through our own guarded client.

Two that apprise does not know are small: LINE WORKS (incoming webhook) and Chatwork (API v2, POST /rooms/ID/messages).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from sekisho.alerts import apprised
from sekisho.alerts.message import Message, SendFailed
from sekisho.alerts.webhook import FOR_GOOD, MAX_BYTES, PATIENCE
from sekisho.net.http import Fault, Http, HttpFailed

MOST_TEXT = 1500
"""Characters of a message: Discord takes 2,000 and LINE WORKS 1,000 a field, the page has the rest."""
MOST_TITLE = 200
LINE_WORKS_TEXT = 1000
WITHOUT_POWER = str.maketrans({"@": "＠", "<": "‹", ">": "›", "`": "'", "[": "［", "]": "］"})
"""Report content may not call people (`@everyone`), nor make links or other marks of a chat's own."""
CHATWORK = "https://api.chatwork.com/v2/rooms/{room}/messages"


@dataclass(frozen=True, slots=True)
class Kind:
    """A chat: what it is called, what must be known, and how an address of it looks."""

    name: str
    fields: tuple[str, ...]
    """Of `url`, `token`, `target`; a question mark behind one that may be empty."""
    url: str = ""
    """Pattern of its address, whole."""
    example: str = ""
    apprise: str = ""
    """Address for apprise, filled with the groups of the pattern and the fields; empty: ours; `=`: the address itself."""


KINDS: dict[str, Kind] = {
    "slack": Kind(
        "Slack",
        ("url",),
        r"https://hooks\.slack(?:-gov)?\.com/services/\w+/\w+/\w+/?",
        "https://hooks.slack.com/services/T…/B…/…",
        "=",
    ),
    "teams": Kind(
        "Microsoft Teams",
        ("url",),
        r"https://[\w.-]+\.(?:logic\.azure\.com|powerplatform\.com)(?::443)?/[\w./-]*workflows/\w+/triggers/\S+",
        "https://….powerplatform.com/…/workflows/…",
        "=",
    ),
    "discord": Kind(
        "Discord",
        ("url",),
        r"https://(?:discord|discordapp)\.com/api/webhooks/\d+/[\w-]+/?",
        "https://discord.com/api/webhooks/…/…",
        "=",
    ),
    "lineworks": Kind(
        "LINE WORKS",
        ("url",),
        r"https://webhook\.worksmobile\.com/message/[\w.~-]+",
        "https://webhook.worksmobile.com/message/…",
    ),
    "chatwork": Kind("Chatwork", ("token", "target")),
    "googlechat": Kind(
        "Google Chat",
        ("url",),
        r"https://chat\.googleapis\.com/v1/spaces/[\w-]+/messages\?\S+",
        "https://chat.googleapis.com/v1/spaces/…/messages?key=…&token=…",
        "=",
    ),
    "telegram": Kind("Telegram", ("token", "target"), apprise="tgram://{token}/{target}/"),
    "mattermost": Kind(
        "Mattermost",
        ("url",),
        r"https://(?P<host>[\w.:-]+)/(?P<path>(?:[\w-]+/)*)hooks/(?P<hook>\w+)/?",
        "https://mattermost.example.jp/hooks/…",
        "mmosts://{host}/{path}{hook}",
    ),
    "rocketchat": Kind(
        "Rocket.Chat",
        ("url",),
        r"https://(?P<host>[\w.:-]+)/hooks/(?P<one>\w+)/(?P<two>\w+)/?",
        "https://chat.example.jp/hooks/…/…",
        "rockets://{one}%2F{two}@{host}/?mode=webhook",
    ),
    "ntfy": Kind(
        "ntfy",
        ("url", "token?"),
        r"https://(?P<host>[\w.:-]+)/(?P<topic>[\w-]{1,64})/?",
        "https://ntfy.example.jp/…",
        "ntfys://{host}/{topic}?mode=private&token={token}",
    ),
}
"""In the order in which they are offered."""
SECRETS = {"token": re.compile(r"[\w:.-]{8,200}"), "target": re.compile(r"-?[\w@.-]{1,64}")}


def problem(kind: str, values: Mapping[str, str]) -> str:
    """The name of the field that cannot be; empty when all are well."""
    about = KINDS[kind]
    for field in about.fields:
        name, value = field.rstrip("?"), values.get(field.rstrip("?"), "")
        if not value and field.endswith("?"):
            continue
        pattern = re.compile(about.url, re.ASCII) if name == "url" else SECRETS[name]
        if not pattern.fullmatch(value):
            return name
    if about.apprise and apprised.made(kind, _address(kind, values)) is None:
        return about.fields[0]
    return ""


def send(kind: str, values: Mapping[str, str], message: Message, *, only_public: bool) -> str:
    """Posts the message to a chat; returns what came back. Raises SendFailed."""
    wire = Wire(Http(only_public=only_public, patience=PATIENCE))
    title, text = plain(message.subject, MOST_TITLE), plain(message.brief, MOST_TEXT)
    try:
        if kind == "lineworks":
            _line_works(wire, values["url"], title, text, message.url)
        elif kind == "chatwork":
            _chatwork(wire, values, title, text, message.url)
        else:
            apprised.notify(kind, _address(kind, values), title, f"{text}\n{message.url}", wire)
    finally:
        wire.client.close()
    return wire.settle()


def plain(text: str, most: int) -> str:
    """Text without any mark that a chat would act on, cut."""
    return text.translate(WITHOUT_POWER)[:most]


class Wire:
    """What carries the requests of one message, and remembers how they were answered."""

    def __init__(self, client: Http) -> None:
        self.client = client
        self.statuses: list[int] = []
        self.fault: HttpFailed | None = None

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer; raises HttpFailed. After a refusal nothing more is asked: when, the queue decides."""
        if any(_is_bad(status) for status in self.statuses):
            raise HttpFailed(Fault.CUT, "it was refused already")
        try:
            answer = self.client.ask("POST", url, headers=headers, body=body, max_bytes=MAX_BYTES)
        except HttpFailed as error:
            self.fault = error
            raise
        self.statuses.append(answer.status)
        return answer.status, answer.data

    def settle(self) -> str:
        """What came back, in a word; raises SendFailed where anything was refused or nothing was asked at all."""
        if self.fault is not None:
            raise SendFailed(str(self.fault), permanent=self.fault.permanent) from self.fault
        if not self.statuses:
            raise SendFailed("the settings of the channel do not fit any more", permanent=True)
        bad = [status for status in self.statuses if _is_bad(status)]
        if bad:
            raise SendFailed(f"HTTP {bad[0]}", permanent=bad[0] in FOR_GOOD)
        return f"HTTP {self.statuses[-1]}"


def _is_bad(status: int) -> bool:
    return status // 100 != HTTPStatus.OK // 100


def _address(kind: str, values: Mapping[str, str]) -> str:
    """The address as apprise wants it."""
    about = KINDS[kind]
    if about.apprise == "=":
        return values["url"]
    found = re.fullmatch(about.url, values.get("url", ""), re.ASCII) if about.url else None
    parts = {**(found.groupdict() if found else {}), **{name: quote(values.get(name, ""), safe=":") for name in SECRETS}}
    return about.apprise.format(**parts).removesuffix("&token=")


def _line_works(wire: Wire, url: str, title: str, text: str, link: str) -> None:
    body = {"title": title, "body": {"text": text[:LINE_WORKS_TEXT]}, "button": {"label": "Sekisho", "url": link}}
    _quietly(wire, url, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"})


def _chatwork(wire: Wire, values: Mapping[str, str], title: str, text: str, link: str) -> None:
    body = urlencode({"body": f"[info][title]{title}[/title]{text}\n{link}[/info]", "self_unread": "1"}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-ChatWorkToken": values["token"]}
    _quietly(wire, CHATWORK.format(room=quote(values["target"], safe="")), body, headers)


def _quietly(wire: Wire, url: str, body: bytes, headers: Mapping[str, str]) -> None:
    try:
        wire.post(url, body, headers)
    except HttpFailed:
        return  # `settle` tells it


def host_of(kind: str, values: Mapping[str, Any]) -> str:
    """Where it goes, without what is secret."""
    if values.get("url"):
        return urlsplit(str(values["url"])).hostname or ""
    return f"{KINDS[kind].name} {values.get('target', '')}".strip()
