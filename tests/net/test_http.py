"""HTTP for machines: a bounded, whole answer or a named fault."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from sekisho.net.http import Fault, Http, HttpFailed, is_public


@pytest.fixture
def http() -> Iterator[Http]:
    """A client."""
    made = Http()
    yield made
    made.close()


@pytest.fixture
def say() -> Iterator[Callable[[bytes], str]]:
    """Starts a server that says these bytes on every connection, and closes; gives its URL."""
    servers: list[socket.socket] = []

    def start(answer: bytes) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = server.accept()
                    with client:
                        client.recv(65536)
                        client.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/x"

    yield start
    for server in servers:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()


WHOLE = b"HTTP/1.1 200 OK\r\nX-Test: 1\r\nRetry-After: 7\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"


def test_an_answer_is_status_headers_and_bytes(http: Http, say: Callable[[bytes], str]) -> None:
    answer = http.ask("GET", say(WHOLE))
    assert (answer.status, answer.headers["x-test"], answer.data, answer.retry_after_s) == (200, "1", b"hello", 7)
    assert answer.is_good
    assert answer.json() == {}


def test_an_answer_cut_anywhere_is_never_taken_for_whole(http: Http, say: Callable[[bytes], str]) -> None:
    for end in range(len(WHOLE)):
        with pytest.raises(HttpFailed) as caught:
            http.ask("GET", say(WHOLE[:end]))
        assert caught.value.fault is Fault.CUT, end
        assert not caught.value.permanent


def test_a_body_over_the_bound_is_not_read(http: Http, say: Callable[[bytes], str]) -> None:
    with pytest.raises(HttpFailed, match="larger than 4 bytes") as caught:
        http.ask("GET", say(WHOLE), max_bytes=4)
    assert caught.value.fault is Fault.TOO_LARGE


def test_compressed_bodies_come_as_they_are(http: Http, say: Callable[[bytes], str]) -> None:
    answer = http.ask("GET", say(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00"))
    assert answer.data == b"\x1f\x8b\x08\x00"


def test_redirects_are_answers_and_not_followed(http: Http, say: Callable[[bytes], str]) -> None:
    answer = http.ask("GET", say(b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n"))
    assert answer.status == 302


@pytest.mark.parametrize("url", ["http://192.0.2.1/", "ftp://127.0.0.1/", "file:///etc/passwd", "//x", ""])
def test_only_https_leaves_the_machine(http: Http, url: str) -> None:
    with pytest.raises(HttpFailed) as caught:
        http.ask("GET", url)
    assert (caught.value.fault, caught.value.permanent) == (Fault.URL, True)


def test_a_closed_port_and_an_unknown_name_are_told_apart(http: Http) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for url, fault in ((f"http://127.0.0.1:{port}/", Fault.CONNECT), ("https://nobody.invalid/", Fault.NAME)):
        with pytest.raises(HttpFailed) as caught:
            http.ask("GET", url)
        assert caught.value.fault is fault


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
def test_a_private_address_hears_no_packet_so_that_nobody_learns_which_ports_are_open(host: str) -> None:
    public = Http(only_public=True)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        with pytest.raises(HttpFailed, match="private") as caught:
            public.ask("GET", f"https://{host}:{server.getsockname()[1]}/")
        with pytest.raises(BlockingIOError):
            server.accept()
    with pytest.raises(HttpFailed, match="private") as closed:
        public.ask("GET", f"https://{host}:1/")
    assert closed.value.fault is caught.value.fault, "an open port and a closed one are the same to who asks"
    public.close()


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        ("64:ff9b::101:101", True),  # a translator's way to 1.1.1.1
        ("64:ff9b::a9fe:a9fe", False),  # and to the metadata of a cloud
        ("64:ff9b::7f00:1", False),
        ("2002:a00:1::1", False),  # 6to4 of 10.0.0.1
        ("2002:101:101::1", True),
        ("::ffff:10.0.0.1", False),
        ("::7f00:1", False),
        ("::", False),
        ("::1", False),
        ("fec0::1", False),
        ("fe80::1%eth0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("name.example", False),
    ],
)
def test_an_address_is_public_only_where_it_leads_there_by_any_way(address: str, *, may: bool) -> None:
    assert is_public(address) is may


def test_a_name_that_changes_after_it_was_looked_at_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = socket.getaddrinfo, []

    def changing(host: str, port: int, *rest: object, **named: object) -> object:
        if host != "changing.example":
            return real(host, port, *rest, **named)  # type: ignore[arg-type]
        asked.append(host)
        address = "1.1.1.1" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    public = Http(only_public=True)
    with socket.create_server(("127.0.0.1", 0)) as server:
        with pytest.raises(HttpFailed, match="private"):
            public.ask("GET", f"https://changing.example:{server.getsockname()[1]}/")
        connection, _address = server.accept()
        with connection:
            assert connection.recv(1) == b"", "it was closed before anything was said"
    assert len(asked) >= 2
    public.close()
