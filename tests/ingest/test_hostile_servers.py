"""Mail servers that misbehave: they may not fill the memory, hang us, or have a mail lost."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from sekisho.ingest.config import Tls
from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.imap import ImapConfig, ImapInbox
from sekisho.ingest.imap_client import TALK_BYTES
from sekisho.ingest.inbox import After, Bounds
from sekisho.ingest.pop3 import Pop3Config, Pop3Inbox

Script = Callable[[bytes], bytes]
"""From a line of the client to what is answered; `TAG` in it becomes the tag."""


@pytest.fixture
def serve() -> Iterator[Callable[[bytes, Script], int]]:
    """Starts a server that greets and then answers line by line; gives its port."""
    servers: list[socket.socket] = []

    def start(greeting: bytes, script: Script) -> int:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def talk() -> None:
            with suppress(OSError):
                while True:
                    client, _ = server.accept()
                    with client, suppress(OSError), client.makefile("rb") as lines:
                        client.sendall(greeting)
                        for line in lines:
                            answer = script(line)
                            if answer == b"HANG UP":
                                break
                            client.sendall(answer.replace(b"TAG", line.split()[0]))

        threading.Thread(target=talk, daemon=True).start()
        return int(server.getsockname()[1])

    yield start
    for server in servers:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()


def imap(answers: dict[bytes, bytes]) -> Script:
    """A minimal IMAP server with two mails, whose answers to some commands are replaced."""
    usual = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n",
        b"SELECT": b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 3] x\r\n* OK [PERMANENTFLAGS (\\Seen)] x\r\n"
        b"TAG OK [READ-WRITE] done\r\n",
        b"SEARCH": b"* SEARCH 1 2\r\nTAG OK done\r\n",
        b"RFC822.SIZE": b"* 1 FETCH (UID 1 RFC822.SIZE 5)\r\n* 2 FETCH (UID 2 RFC822.SIZE 5)\r\nTAG OK done\r\n",
        b"BODY.PEEK[]": b"* 1 FETCH (UID 1 BODY[] {5}\r\nmail1)\r\n* 2 FETCH (UID 2 BODY[] {5}\r\nmail2)\r\nTAG OK done\r\n",
    } | answers

    def script(line: bytes) -> bytes:
        for word, answer in usual.items():
            if word in line:
                return answer
        return b"TAG OK done\r\n"

    return script


def imap_inbox(port: int, after: After = After.FLAG) -> ImapInbox:
    """An inbox of it."""
    return ImapInbox(ImapConfig("127.0.0.1", "u", "p", port=port, tls=Tls.NONE, after=after, poll_s=1))


def test_a_server_without_any_extension_is_read_and_settled(serve: Callable[[bytes, Script], int]) -> None:
    said: list[bytes] = []
    answer = imap({})

    def script(line: bytes) -> bytes:
        said.append(line)
        return answer(line)

    with imap_inbox(serve(b"* OK\r\n", script), After.MOVE) as inbox:
        batch = inbox.fetch("", Bounds())
        assert [d.data for d in batch.deliveries] == [b"mail1", b"mail2"]
        assert batch.cursor == "7:2"
        inbox.settle([d.handle for d in batch.deliveries])
        assert inbox.wait(3) is True
    orders = b"".join(said)
    assert b"UID COPY 1,2" in orders
    assert b"UID STORE 1,2 +FLAGS.SILENT (\\Deleted)" in orders
    assert b"EXPUNGE" not in orders  # a plain one would take what others have marked


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ({b"BODY.PEEK[]": b"* 1 FETCH (UID 1 BODY[] {9999999999}\r\n"}, Trouble.CUT_OFF),
        ({b"BODY.PEEK[]": b"* 1 FETCH (UID 1 BODY[] {5}\r\nma"}, None),
        ({b"BODY.PEEK[]": b"HANG UP"}, Trouble.CUT_OFF),
        ({b"SEARCH": b"* SEARCH one two\r\nTAG OK done\r\n"}, Trouble.PROTOCOL),
        ({b"SEARCH": b"* " + b"x" * 2_000_000}, Trouble.PROTOCOL),
        ({b"SEARCH": b"TAG NO [SERVERBUG]\r\n"}, Trouble.PROTOCOL),
        ({b"SEARCH": b"* BYE too long\r\n"}, Trouble.CUT_OFF),
        ({b"RFC822.SIZE": b"* 1 FETCH (UID 1 RFC822.SIZE (((\r\nTAG OK done\r\n"}, Trouble.PROTOCOL),
        ({b"SELECT": b"TAG NO no such mailbox\r\n"}, Trouble.NO_FOLDER),
        ({b"LOGIN": b"TAG NO [UNAVAILABLE] try again later\r\n"}, Trouble.BUSY),
        ({b"LOGIN": b"TAG NO [AUTHENTICATIONFAILED]\r\n"}, Trouble.SIGN_IN),
    ],
)
def test_each_misbehaviour_is_trouble_in_words(
    serve: Callable[[bytes, Script], int], answers: dict[bytes, bytes], trouble: Trouble | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if trouble is None:  # silence in the middle
        from imapclient import SocketTimeout

        monkeypatch.setattr("sekisho.ingest.imap_client.TIMEOUT", SocketTimeout(1, 0.3))
    with imap_inbox(serve(b"* OK\r\n", imap(answers))) as inbox, pytest.raises(IngestError) as caught:
        inbox.fetch("", Bounds())
    assert caught.value.trouble is (trouble or Trouble.TIMED_OUT)


def test_a_flood_of_answers_is_cut(serve: Callable[[bytes, Script], int]) -> None:
    flood = b"* OK still here\r\n" * (TALK_BYTES // 17 + 1000)
    with imap_inbox(serve(b"* OK\r\n", imap({b"SEARCH": flood}))) as inbox, pytest.raises(IngestError, match="more than was asked"):
        inbox.fetch("", Bounds())


def test_a_mail_that_is_announced_but_not_sent_does_not_stop_the_others(serve: Callable[[bytes, Script], int]) -> None:
    only_second = {b"BODY.PEEK[]": b"* 2 FETCH (UID 2 BODY[] {5}\r\nmail2)\r\n* 1 FETCH (UID 1 BODY[] NIL)\r\nTAG OK done\r\n"}
    with imap_inbox(serve(b"* OK\r\n", imap(only_second))) as inbox:
        assert [d.data for d in inbox.fetch("", Bounds()).deliveries] == [b"mail2"]


def pop3(answers: dict[bytes, bytes]) -> Script:
    """A minimal POP3 server with one mail, whose answers to some commands are replaced."""
    usual = {
        b"CAPA": b"-ERR\r\n",
        b"LIST": b"+OK\r\n1 5\r\n.\r\n",
        b"UIDL": b"+OK\r\n1 key\r\n.\r\n",
        b"RETR": b"+OK\r\nmail1\r\n.\r\n",
    } | answers
    return lambda line: next((answer for word, answer in usual.items() if line.startswith(word)), b"+OK\r\n")


def pop3_inbox(port: int) -> Pop3Inbox:
    """An inbox of it."""
    return Pop3Inbox(Pop3Config("127.0.0.1", "u", "p", port=port, tls=Tls.NONE))


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ({b"RETR": b"+OK\r\n" + b"x" * 5_000}, Trouble.PROTOCOL),
        ({b"RETR": b"+OK\r\n" + b"x\r\n" * 5_000}, Trouble.PROTOCOL),
        ({b"RETR": b"+OK\r\nmai"}, None),
        ({b"RETR": b"HANG UP"}, Trouble.CUT_OFF),
        ({b"UIDL": b"-ERR\r\n"}, Trouble.PROTOCOL),
        ({b"UIDL": b"+OK\r\n2 other\r\n.\r\n"}, Trouble.PROTOCOL),
        ({b"LIST": b"+OK\r\nx\r\n.\r\n"}, Trouble.PROTOCOL),
        ({b"PASS": b"-ERR [IN-USE] locked\r\n"}, Trouble.BUSY),
        ({b"PASS": b"-ERR no\r\n"}, Trouble.SIGN_IN),
    ],
)
def test_each_misbehaviour_of_pop3_is_trouble_in_words(
    serve: Callable[[bytes, Script], int], answers: dict[bytes, bytes], trouble: Trouble | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if trouble is None:
        monkeypatch.setattr("sekisho.ingest.pop3.TIMEOUT_S", 0.3)
    with pop3_inbox(serve(b"+OK\r\n", pop3(answers))) as inbox, pytest.raises(IngestError) as caught:
        inbox.fetch("", Bounds(mail_bytes=1000))
    assert caught.value.trouble is (trouble or Trouble.TIMED_OUT)


def test_a_pop3_server_without_extensions_is_read(serve: Callable[[bytes, Script], int]) -> None:
    with pop3_inbox(serve(b"+OK\r\n", pop3({}))) as inbox:
        assert [d.data for d in inbox.fetch("", Bounds()).deliveries] == [b"mail1\r\n"]
