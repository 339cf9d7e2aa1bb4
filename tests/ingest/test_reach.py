"""What a tenant enters as a server never leads into the network of this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from sekisho.ingest import reach
from sekisho.ingest.bucket import BucketConfig
from sekisho.ingest.config import Config, Tls
from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.gmail import GmailConfig
from sekisho.ingest.graph import GraphConfig
from sekisho.ingest.imap import ImapConfig
from sekisho.ingest.inbox import Bounds
from sekisho.ingest.kinds import open_inbox
from sekisho.ingest.pop3 import Pop3Config

PRIVATE = (
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0.0.0.0",  # noqa: S104 - what somebody may enter
    "10.0.0.1",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "localhost",
)


class Ear:
    """A server on loopback that notes who came."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.came = 0
        self.heard = b""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                peer, _ = self._server.accept()
            except OSError:
                return
            self.came += 1
            with peer:
                peer.settimeout(2)
                try:
                    self.heard += peer.recv(1000)
                except OSError:
                    continue

    def close(self) -> None:
        self._server.close()


@pytest.fixture
def ear() -> Iterator[Ear]:
    made = Ear()
    yield made
    made.close()


def _configs(port: int) -> list[Config]:
    url = f"http://127.0.0.1:{port}"
    return [
        ImapConfig("localhost", "u", "p", port=port, tls=Tls.NONE),
        ImapConfig("127.0.0.1", "u", "p", port=port, tls=Tls.TLS),
        Pop3Config("localhost", "u", "p", port=port, tls=Tls.NONE),
        Pop3Config("127.0.0.1", "u", "p", port=port, tls=Tls.TLS),
        BucketConfig("bucket", "key", "secret", endpoint=url),
        GraphConfig("tenant", "client", "secret", mailbox="m@example.test", login_url=url, base_url=url),
        GmailConfig(client_id="c", client_secret="s", refresh_token="r", token_url=url, base_url=url),
    ]


@pytest.mark.parametrize("number", range(7))
def test_no_kind_of_inbox_says_a_word_to_a_private_server(ear: Ear, number: int) -> None:
    config = _configs(ear.port)[number]
    with open_inbox(config, only_public=True) as inbox, pytest.raises(IngestError) as caught:
        inbox.fetch("", Bounds())
    assert caught.value.trouble is Trouble.PRIVATE
    assert caught.value.permanent
    with open_inbox(config, only_public=True) as inbox:
        assert [probe.trouble for probe in inbox.test()][-1] is Trouble.PRIVATE
    assert (ear.came, ear.heard) == (0, b"")


@pytest.mark.parametrize("number", range(7))
def test_where_it_is_allowed_the_server_is_asked(ear: Ear, number: int) -> None:
    with open_inbox(_configs(ear.port)[number]) as inbox, pytest.raises(IngestError) as caught:
        inbox.fetch("", Bounds())
    assert caught.value.trouble is not Trouble.PRIVATE
    assert ear.came


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_known_however_they_are_written(host: str) -> None:
    with pytest.raises((IngestError, OSError)) as caught:  # OSError: this system does not take it for an address at all
        reach.resolve(host, 25)
    assert isinstance(caught.value, OSError) or caught.value.trouble is Trouble.PRIVATE


def _answers(*addresses: str) -> object:
    def resolve(_host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch, ear: Ear) -> None:
    monkeypatch.setattr(reach.socket, "getaddrinfo", _answers("198.41.0.4", "127.0.0.1"))
    with pytest.raises(IngestError) as caught:
        reach.connect("rebind.example.test", ear.port, 1, only_public=True)
    assert caught.value.trouble is Trouble.PRIVATE
    assert not ear.came


def test_a_name_that_changes_after_it_was_looked_at_gains_nothing(monkeypatch: pytest.MonkeyPatch, ear: Ear) -> None:
    """The look sees a public address, the connection would go to loopback."""
    config = GraphConfig(
        "t", "c", "s", mailbox="m@x.test", login_url=f"https://localhost:{ear.port}", base_url=f"https://localhost:{ear.port}"
    )
    monkeypatch.setattr(reach, "resolve", lambda *_place: [])
    with open_inbox(config, only_public=True) as inbox, pytest.raises(IngestError) as caught:
        inbox.fetch("", Bounds())
    assert caught.value.trouble is Trouble.PRIVATE
    assert ear.heard == b""


def test_the_address_that_was_looked_at_is_the_one_that_is_connected_to(monkeypatch: pytest.MonkeyPatch, ear: Ear) -> None:
    asked: list[str] = []

    def once(host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(reach.socket, "getaddrinfo", once)
    monkeypatch.setattr(reach, "is_public", lambda _address: True)
    reach.connect("rebind.example.test", ear.port, 1, only_public=True).close()
    assert asked == ["rebind.example.test"]
