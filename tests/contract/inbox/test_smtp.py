"""The listener, spoken to by the standard library, by bare sockets, and by a real Postfix over SMTP and LMTP."""

from __future__ import annotations

import shutil
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.smtp import Envelope, Listener, SmtpConfig
from tests.contract.inbox.servers.postfix import Postfix
from tests.contract.inbox.test_contract import HOSTILE, eventually, mail

ADDRESS = "reports@rcpt.test"


@dataclass
class Desk:
    """What stands behind the listener: keeps envelopes, knows one address, can be told to fail."""

    kept: list[Envelope] = field(default_factory=list)
    fails: bool = False
    slow_s: float = 0
    is_full: bool = False

    def accept(self, envelope: Envelope) -> None:
        """Keeps, or fails as a full disk does."""
        time.sleep(self.slow_s)
        if self.fails:
            raise OSError(28, "No space left on device")
        self.kept.append(envelope)

    def allowed(self, address: str) -> bool:
        """One address, and any user of the load test."""
        if self.is_full and address.lower() == ADDRESS:
            raise IngestError(Trouble.BUSY, "here", "the disk is full")
        return address.lower() == ADDRESS


@pytest.fixture
def desk() -> Desk:
    """An empty desk."""
    return Desk()


@pytest.fixture
def listen(desk: Desk) -> Iterator[Callable[..., Listener]]:
    """Starts listeners on free ports, and stops them."""
    started: list[Listener] = []

    def start(**changes: object) -> Listener:
        listener = Listener(replace(SmtpConfig(port=0, hostname="mx.rcpt.test"), **changes), desk.accept, desk.allowed)  # type: ignore[arg-type]
        listener.start()
        started.append(listener)
        return listener

    yield start
    for listener in started:
        listener.stop()


def send(port: int, data: bytes, sender: str = "a@example.test", to: str = ADDRESS, kind: type[smtplib.SMTP] = smtplib.SMTP) -> str:
    """Sends one mail; the reply to it, or the refusal."""
    with kind("127.0.0.1", port) as client:
        client.ehlo_or_helo_if_needed()
        code, word = client.mail(sender)
        if code == 250:
            code, word = client.rcpt(to)
        if code == 250:
            code, word = client.data(data)
        return f"{code} {word.decode()}"


def below(envelope: Envelope) -> bytes:
    """The data without our two header fields."""
    return envelope.data.split(b"+0000\r\n", 1)[1]


def raw(port: int, *lines: bytes) -> bytes:
    """Says lines as they are, and reads until the listener closes or falls silent."""
    with closing(socket.create_connection(("127.0.0.1", port), 5)) as wire:
        wire.settimeout(1)
        for line in lines:
            wire.sendall(line)
        said = b""
        with suppress(TimeoutError):
            while part := wire.recv(65536):
                said += part
        return said


HELLO = (b"EHLO x.test\r\n", b"MAIL FROM:<a@example.test>\r\n", b"RCPT TO:<reports@rcpt.test>\r\n", b"DATA\r\n")


def test_a_mail_is_kept_with_its_envelope_and_unaltered(listen: Callable[..., Listener], desk: Desk) -> None:
    listener = listen()
    assert send(listener.port, mail(1)).startswith("250")
    (envelope,) = desk.kept
    assert (envelope.sender, envelope.recipients, envelope.peer) == ("a@example.test", (ADDRESS,), "127.0.0.1")
    assert envelope.data.startswith(b"Return-Path: <a@example.test>\r\nReceived: from ")
    assert b"by mx.rcpt.test with ESMTP id " in envelope.data
    assert below(envelope) == mail(1)
    assert listener.health.accepted == 1
    assert listener.health.last_at == envelope.at


def test_a_bounce_with_an_empty_sender_is_taken(listen: Callable[..., Listener], desk: Desk) -> None:
    assert send(listen().port, mail(1), sender="").startswith("250")
    assert desk.kept[0].sender == ""
    assert desk.kept[0].data.startswith(b"Return-Path: <>\r\n")


def test_hostile_mails_are_kept_as_they_are(listen: Callable[..., Listener], desk: Desk) -> None:
    port = listen().port
    for data in HOSTILE:
        stuffed = (b"\r\n" + data).replace(b"\r\n.", b"\r\n..")[2:]
        said = raw(port, *HELLO, stuffed + b"\r\n.\r\nQUIT\r\n")
        assert b"250 2.6.0" in said
    assert [below(e) for e in desk.kept] == [data + b"\r\n" for data in HOSTILE]


def test_only_our_own_addresses_are_taken(listen: Callable[..., Listener], desk: Desk) -> None:
    listener = listen()
    assert send(listener.port, mail(1), to="someone@elsewhere.test").startswith("550 5.1.1")
    assert send(listener.port, mail(1), to="REPORTS@rcpt.test").startswith("250")
    assert listener.health.refused == 1
    assert len(desk.kept) == 1


def test_a_store_that_fails_makes_the_sender_try_again(listen: Callable[..., Listener], desk: Desk) -> None:
    listener = listen()
    desk.fails = True
    assert send(listener.port, mail(1)).startswith("451")
    assert listener.health.trouble == "[Errno 28] No space left on device"
    desk.fails = False
    assert send(listener.port, mail(1)).startswith("250")
    assert (listener.health.accepted, listener.health.not_stored, listener.health.trouble) == (1, 1, "")


def test_the_word_of_250_comes_after_the_store(listen: Callable[..., Listener], desk: Desk) -> None:
    desk.slow_s = 0.3
    start = time.monotonic()
    assert send(listen().port, mail(1)).startswith("250")
    assert time.monotonic() - start >= 0.3


def test_the_size_is_announced_and_kept(listen: Callable[..., Listener], desk: Desk) -> None:
    port = listen(max_bytes=10_000).port
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo()
        assert client.esmtp_features["size"] == "10000"
        assert client.mail("a@example.test", ["SIZE=10001"])[0] == 552
    assert send(port, mail(1, 11_000)).startswith("552")
    assert send(port, b"x" * 11_000).startswith("552")
    assert send(port, mail(1, 9_000)).startswith("250")
    assert len(desk.kept) == 1


def test_a_line_without_end_fills_no_memory(listen: Callable[..., Listener], desk: Desk) -> None:
    listener = listen(max_bytes=100_000)
    most = 0
    with closing(socket.create_connection(("127.0.0.1", listener.port), 5)) as wire:
        wire.sendall(b"".join(HELLO))
        for _ in range(100):
            wire.sendall(b"x" * 100_000)
            most = max(most, listener.held)
        wire.sendall(b"\r\n.\r\n")
        wire.settimeout(5)
        said = b""
        while b"552" not in said and (part := wire.recv(4096)):
            said += part
    assert b"552 5.3.4" in said
    assert most <= 100_000
    assert eventually(lambda: listener.held == 0)


def test_many_at_once_are_bounded_in_memory_and_asked_to_come_again(listen: Callable[..., Listener], desk: Desk) -> None:
    listener = listen(max_bytes=50_000)
    wires = [socket.create_connection(("127.0.0.1", listener.port), 5) for _ in range(10)]
    for wire in wires:
        wire.sendall(b"".join(HELLO) + (b"y" * 98 + b"\r\n") * 400)
    assert eventually(lambda: listener.held > 150_000)
    assert listener.held <= 200_000
    said = []
    for wire in wires:
        wire.sendall(b".\r\nQUIT\r\n")
        text = b""
        while part := wire.recv(4096):
            text += part
        said.append(b"452 4.3.1" in text)
        wire.close()
    assert any(said)
    assert len(desk.kept) == said.count(False) > 0


def test_too_many_connections_are_turned_away_politely(listen: Callable[..., Listener]) -> None:
    listener = listen(max_connections=4)
    wires = [socket.create_connection(("127.0.0.1", listener.port), 5) for _ in range(5)]
    said = [wire.recv(100) for wire in wires]
    for wire in wires:
        wire.close()
    assert [text[:3] for text in said] == [b"220", b"220", b"421", b"421", b"421"]
    assert eventually(lambda: not listener.open)
    assert send(listener.port, mail(1)).startswith("250")


def test_a_sender_that_leaves_in_the_middle_leaves_nothing(listen: Callable[..., Listener], desk: Desk) -> None:
    listener = listen()
    with closing(socket.create_connection(("127.0.0.1", listener.port), 5)) as wire:
        wire.sendall(b"".join(HELLO) + mail(1))
        assert eventually(lambda: listener.held > 0)
    assert eventually(lambda: listener.held == 0 and not listener.open)
    assert desk.kept == []


def test_a_smuggled_end_of_data_is_no_end(listen: Callable[..., Listener], desk: Desk) -> None:
    inner = b"a\n.\nMAIL FROM:<b@example.test>\r\nb\n.\r\nc\r.\r\nd\r\n"
    raw(listen().port, *HELLO, inner + b".\r\nQUIT\r\n")
    assert [below(e) for e in desk.kept] == [inner]


def test_header_fields_cannot_be_injected_by_the_greeting(listen: Callable[..., Listener], desk: Desk) -> None:
    raw(
        listen().port,
        b"EHLO a\rX-Evil: (1)\x00\xff\r\n",
        b"MAIL FROM:<a@example.test>\r\n",
        b"RCPT TO:<reports@rcpt.test>\r\n",
        b"DATA\r\n",
        mail(1) + b".\r\nQUIT\r\n",
    )
    head = desk.kept[0].data.split(b"\tby ")[0] if desk.kept else b""
    assert head.count(b"\r") == head.count(b"\r\n") == 2
    assert b"\nX-Evil" not in head


def test_starttls_is_offered_and_may_be_required(
    listen: Callable[..., Listener], desk: Desk, certificate: tuple[Path, Path, Path]
) -> None:
    cert, key, ca = certificate
    listener = listen(cert_file=str(cert), key_file=str(key), require_tls=True)
    assert send(listener.port, mail(1)).startswith("530")
    with smtplib.SMTP("localhost", listener.port) as client:
        client.starttls(context=ssl.create_default_context(cafile=str(ca)))
        client.ehlo()
        assert "auth" not in client.esmtp_features
        client.sendmail("a@example.test", [ADDRESS], mail(1))
    assert b" with ESMTPS id " in desk.kept[0].data


def test_a_renewed_certificate_is_used_at_once(listen: Callable[..., Listener], tmp_path: Path) -> None:
    import os

    import trustme

    path = tmp_path / "both.pem"
    authority = trustme.CA()

    def renew(moment: int) -> None:
        made = authority.issue_cert("localhost")
        path.write_bytes(made.private_key_and_cert_chain_pem.bytes())
        os.utime(path, (moment, moment))

    def serial() -> str:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        with smtplib.SMTP("localhost", listener.port) as client:
            client.starttls(context=context)
            return str(client.sock.getpeercert()["serialNumber"])  # type: ignore[union-attr, index]

    renew(1)
    listener = listen(cert_file=str(path))
    first = serial()
    renew(2)
    assert serial() != first
    path.write_text("broken")
    serial()


def test_a_port_in_use_and_a_missing_certificate_are_trouble_in_words(listen: Callable[..., Listener]) -> None:
    with pytest.raises(IngestError, match="in use"):
        listen(port=listen().port)
    with pytest.raises(IngestError, match="No such file"):
        listen(cert_file="/nonexistent/cert.pem")


def test_lmtp_answers_for_each_recipient(listen: Callable[..., Listener], desk: Desk) -> None:
    port = listen(lmtp=True).port
    with smtplib.LMTP("127.0.0.1", port) as client:
        client.ehlo()
        client.mail("a@example.test")
        assert [client.rcpt(to)[0] for to in (ADDRESS, "x@rcpt.test", ADDRESS)] == [250, 550, 250]
        client.putcmd("data")
        client.getreply()
        client.send(mail(1) + b".\r\n")
        assert [client.getreply()[0] for _ in range(2)] == [250, 250]
        client.putcmd("noop")
        assert client.getreply()[0] == 250
    assert desk.kept[0].recipients == (ADDRESS, ADDRESS)
    assert b"500" in raw(port, b"EHLO x\r\nQUIT\r\n")


@pytest.mark.parametrize("lmtp", [False, True])
def test_postfix_delivers_and_tries_again_when_the_store_failed(
    listen: Callable[..., Listener],
    desk: Desk,
    public_root: Path,
    certificate: tuple[Path, Path, Path],
    lmtp: bool,
) -> None:
    if shutil.which("postfix") is None:
        pytest.skip("needs postfix")
    listener = listen(lmtp=lmtp, cert_file=str(certificate[0]), key_file=str(certificate[1]))
    target = f"lmtp:inet:127.0.0.1:{listener.port}" if lmtp else f"smtp:[127.0.0.1]:{listener.port}"
    server = Postfix(public_root / f"postfix-{lmtp}", target)
    server.start()
    try:
        desk.fails = True
        assert send(server.port, mail(0)).startswith("250")
        assert eventually(lambda: listener.health.not_stored > 0, 60), server.log
        desk.fails = False
        for n in range(1, 60):
            assert send(server.port, mail(n)).startswith("250")
        assert send(server.port, mail(60), to="nobody@rcpt.test").startswith("250")
        assert eventually(lambda: len(desk.kept) == 60, 240), server.log
        assert eventually(lambda: "status=bounced" in server.log, 60)
    finally:
        server.stop()
    subjects = sorted(int(below(e).partition(b"Subject: report ")[2].split(b"\r")[0]) for e in desk.kept)
    assert subjects == list(range(60))
    assert all((b" with LMTPS id " if lmtp else b" with ESMTPS id ") in e.data for e in desk.kept)
    assert "no such report address here" in server.log


def test_ten_thousand_mails_over_many_connections(listen: Callable[..., Listener], desk: Desk) -> None:
    listener = listen()

    def deliver(start: int) -> None:
        with smtplib.SMTP("127.0.0.1", listener.port) as client:
            for n in range(start, start + 500):
                client.sendmail("a@example.test", [ADDRESS], mail(n))

    senders = [threading.Thread(target=deliver, args=(n * 500,)) for n in range(20)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert {below(e) for e in desk.kept} == {mail(n) for n in range(10_000)}


def test_a_sender_hears_before_the_data_that_nothing_can_be_stored_now(
    listen: Callable[..., Listener], desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    listener = listen()
    desk.is_full = True
    with smtplib.SMTP("127.0.0.1", listener.port) as client:
        client.ehlo()
        client.mail("a@example.test")
        assert client.rcpt(ADDRESS)[0] == 451
        assert client.rcpt("nobody@rcpt.test")[0] == 550
        desk.is_full = False
        assert client.rcpt(ADDRESS)[0] == 250
    assert "Traceback" not in caplog.text
