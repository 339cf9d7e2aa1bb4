"""One contract for every channel but mail: what it hands over, to whom, what it says of refusals, and what it never does."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import pytest

from sekisho.alerts import chats
from sekisho.alerts.message import Message, SendFailed
from sekisho.registry import channels
from sekisho.registry.models import Channel, Organisation
from sekisho.web import telling
from tests.contract.channel.receivers import HOSTS, VALUES, Receiver, serving

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("kind", [*chats.KINDS, channels.WEBHOOK])
LINK = "https://sekisho.example.jp/acme/alerts/7/"
TOLD = Message(
    "【警告】example.jp を名乗る @everyone <!channel> 急増",
    "text",
    "<p>html</p>",
    LINK,
    {"type": "alert.surge", "title": "急増", "text": "11/20 から 5,443 通", "url": LINK},
    brief="11/20 から 5,443 通。[ここ](https://evil.example/) <https://evil.example/|ここ>",
)


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with serving(monkeypatch) as found:
        yield found


def channel(org: Any, kind: str, values: dict[str, str] | None = None) -> Channel:
    made = Channel(organisation=org, kind=kind, title="Desk")
    channels.seal_values(made, VALUES[kind] if values is None else values)
    made.save()
    return Channel.objects.get(pk=made.pk)


def send(found: Channel) -> str:
    return telling.hand_over(found, "", TOLD, number="notice_7", at=1_780_000_000)


@KINDS
def test_message_arrives_with_its_link_where_it_was_meant_to_go(org: Any, receiver: Receiver, kind: str) -> None:
    assert send(channel(org, kind)) == "HTTP 200"
    ((host, path, headers, body),) = receiver.got
    assert host == HOSTS[kind]
    said = readable(headers, body)
    assert LINK in said
    assert "11/20 から 5,443 通" in said
    assert "急増" in said
    for name, secret in VALUES[kind].items():
        if kind == "ntfy" and name == "token":
            assert headers["authorization"] == f"Bearer {secret}"
        if kind == "chatwork" and name == "token":
            assert headers["x-chatworktoken"] == secret
            assert secret not in path


@KINDS
def test_report_content_calls_nobody_and_makes_no_link(org: Any, receiver: Receiver, kind: str) -> None:
    send(channel(org, kind))
    ((_host, _path, headers, body),) = receiver.got
    if kind == channels.WEBHOOK:
        assert json.loads(body) == dict(TOLD.data), "programs get the values as they are"
        return
    said = readable(headers, body)
    for sign in ("@everyone", "<!channel>", "](https://evil", "<https://evil"):
        assert sign not in said


@KINDS
@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_refusal_for_good_is_told_as_such(org: Any, receiver: Receiver, kind: str, status: int) -> None:
    receiver.status, receiver.body = status, b'{"message": "gone", "code": 10015}'
    with pytest.raises(SendFailed, match=str(status)) as failed:
        send(channel(org, kind))
    assert failed.value.permanent


@KINDS
@pytest.mark.parametrize("status", [429, 500, 503])
def test_refusal_for_now_is_tried_again(org: Any, receiver: Receiver, kind: str, status: int) -> None:
    receiver.status, receiver.body = status, b"{}"
    with pytest.raises(SendFailed, match=str(status)) as failed:
        send(channel(org, kind))
    assert not failed.value.permanent
    assert len(receiver.got) == 1, "when to try again is decided in one place"


@KINDS
def test_redirect_is_not_followed(org: Any, receiver: Receiver, kind: str) -> None:
    receiver.status, receiver.location = 302, "https://elsewhere.example/"
    with pytest.raises(SendFailed, match="302"):
        send(channel(org, kind))
    assert len(receiver.got) == 1


@KINDS
def test_secrets_are_sealed_and_in_no_error(org: Any, receiver: Receiver, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    receiver.status = 500
    found = channel(org, kind)
    with pytest.raises(SendFailed) as failed:
        send(found)
    for secret in VALUES[kind].values():
        tail = secret[-8:].encode()
        assert tail not in bytes(found.sealed)
        assert tail.decode() not in str(failed.value)
        assert tail.decode() not in caplog.text


@pytest.mark.parametrize("kind", ["mattermost", "rocketchat", "ntfy", "webhook"])
def test_address_of_a_tenant_does_not_reach_this_machine(org: Any, kind: str) -> None:
    Organisation.objects.create(slug="second", name="With two organisations only the open internet may be reached")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        said: list[bytes] = []
        watcher = threading.Thread(target=_watch, args=(listener, said), daemon=True)
        watcher.start()
        url = VALUES[kind]["url"].split("/", 3)[3]
        with pytest.raises(SendFailed):
            send(channel(org, kind, {**VALUES[kind], "url": f"https://127.0.0.1:{port}/{url}"}))
    watcher.join(timeout=5)
    assert b"".join(said) == b"", "where a name leads is known only once it is connected to; nothing is said then"


def _watch(listener: socket.socket, said: list[bytes]) -> None:
    listener.settimeout(2)
    with suppress(OSError):
        connection, _address = listener.accept()
        with connection:
            connection.settimeout(2)
            said.append(connection.recv(4096))


@pytest.mark.parametrize("kind", list(chats.KINDS))
def test_what_the_service_gives_out_is_taken(kind: str) -> None:
    assert chats.problem(kind, VALUES[kind]) == ""


OTHERS = ("http://127.0.0.1/hooks/a", "file:///etc/passwd", "json://localhost", "https://evil.example/x/y/z/", "")
WITH_URL = [kind for kind, about in chats.KINDS.items() if "url" in about.fields]


@pytest.mark.parametrize("kind", WITH_URL)
@pytest.mark.parametrize("url", OTHERS)
def test_address_of_anything_else_is_refused(kind: str, url: str) -> None:
    assert chats.problem(kind, {**VALUES[kind], "url": url}) == "url"


@pytest.mark.parametrize("values", [{"token": "short", "target": "1"}, {"token": "12345678:abc/../x", "target": "1"}])
def test_tokens_hold_nothing_that_leads_elsewhere(values: dict[str, str]) -> None:
    assert chats.problem("telegram", values) == "token"
    assert chats.problem("chatwork", {"token": "0123456789abcdef", "target": "1/../../me"}) == "target"


def readable(headers: dict[str, str], body: bytes) -> str:
    """The body as its reader sees it."""
    if "json" in headers.get("content-type", ""):
        return json.dumps(json.loads(body), ensure_ascii=False)
    text = body.decode()
    return (
        parse_qs(text)["body"][0] if "form" in headers.get("content-type", "") else json.dumps(json.loads(text), ensure_ascii=False)
    )
