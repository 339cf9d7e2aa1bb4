"""Intakes with a real Postfix in front: mail that is sent to it ends in a mailbox, a file, a bucket or an API, or with us."""

from __future__ import annotations

import pwd
import shutil
import smtplib
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.cli.run import sekisho
from tests.cli.served import add_inbox
from tests.contract.inbox.servers.dovecot import PASSWORD, USER, Dovecot, free_ports
from tests.contract.inbox.servers.gmail import Gmail
from tests.contract.inbox.servers.graph import MAILBOX, Graph
from tests.contract.inbox.servers.postfix import Postfix

TO = "reports@rcpt.test"
POST = """
import sys, urllib.request
headers = {{"Authorization": "Bearer {token}", "Content-Type": "message/rfc822"}}
try:
    url = "http://127.0.0.1:{port}/api/v1/deliveries"
    urllib.request.urlopen(urllib.request.Request(url, sys.stdin.buffer.read(), headers), timeout=20)
except Exception:
    sys.exit(75)
"""
"""For Debian's own Python, which the account of the mailboxes can run; 75 (EX_TEMPFAIL) makes Postfix try again."""


@dataclass
class Source:
    """An intake that waits for mail; `deliver` takes one mail towards it."""

    home: Path
    deliver: Callable[[bytes], None]
    is_empty: Callable[[], bool] = field(default=lambda: True)
    """Whether nothing is on its way any more."""


def send(port: int, data: bytes, to: str = TO) -> None:
    """Hands a mail to Postfix."""
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.sendmail("a@receiver.example", [to], data)


def queue_is_empty(postfix: Postfix) -> bool:
    """Whether Postfix has delivered all it took."""
    queues = ("maildrop", "incoming", "active", "deferred")
    return not any(path.is_file() for name in queues for path in (postfix.root / "spool" / name).rglob("*"))


def secret(folder: Path, text: str) -> Path:
    """A file with a secret."""
    path = folder / "word"
    path.write_text(text + "\n")
    return path


@contextmanager
def postfix_to(root: Path, transport: str, main: str = "", master: str = "") -> Iterator[Postfix]:
    """A Postfix that hands its mail to a transport, with these lines more in its two files."""
    server = Postfix(root, transport, main, master)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class Sources:
    """Makes a source of each kind in a fresh home."""

    def __init__(self, request: pytest.FixtureRequest, home: Path, public: Path, stack: ExitStack) -> None:
        self._request = request
        self._home = home
        self._public = public
        self._stack = stack

    def make(self, kind: str) -> Source:
        """The source of this name."""
        made: Source = getattr(self, kind)()
        return made

    def _postfix(self, transport: str, main: str = "", master: str = "") -> Postfix:
        return self._stack.enter_context(postfix_to(self._public / "postfix", transport, main, master))

    def _source(self, postfix: Postfix) -> Source:
        return Source(self._home, lambda data: send(postfix.port, data), lambda: queue_is_empty(postfix))

    def _listener(self, *, lmtp: bool) -> Source:
        (port,) = free_ports(1)
        values = {"port": port, "hostname": "mx.rcpt.test", "addresses": TO, "lmtp": "on" if lmtp else "off"}
        add_inbox(self._home, "smtp", values)
        return self._source(
            self._postfix(f"{'lmtp:inet' if lmtp else 'smtp'}:{'' if lmtp else '['}127.0.0.1{'' if lmtp else ']'}:{port}")
        )

    def lmtp(self) -> Source:
        """Postfix hands it to our LMTP listener."""
        return self._listener(lmtp=True)

    def smtp(self) -> Source:
        """Postfix hands it to our SMTP listener."""
        return self._listener(lmtp=False)

    def _dovecot(self, kind: str, after: str) -> Source:
        dovecot: Dovecot = self._request.getfixturevalue("dovecot")
        user = dovecot.user()
        port = dovecot.imaps if kind == "imap" else dovecot.pop3s
        values = {"host": "localhost", "port": port, "user": user, "ca_file": dovecot.ca, "after": after, "poll_s": 1}
        word = secret(self._home, PASSWORD)
        add_inbox(self._home, kind, values, "--secret-file", f"password={word}")
        postfix = self._postfix(f"lmtp:inet:127.0.0.1:{dovecot.lmtp}")
        return Source(self._home, lambda data: send(postfix.port, data, user), lambda: queue_is_empty(postfix))

    def imap(self) -> Source:
        """Dovecot, fed by Postfix over LMTP, read by IMAP."""
        return self._dovecot("imap", "flag")

    def pop3(self) -> Source:
        """The same by POP3, deleted after storing."""
        return self._dovecot("pop3", "delete")

    def maildir(self) -> Source:
        """A Maildir that Postfix delivers to by its own agent."""
        return self._files("maildir", "box/", {"path": "box"})

    def mbox(self) -> Source:
        """A file that Postfix appends to under its locks."""
        return self._files("mbox", "box", {"path": "box"})

    def _files(self, kind: str, mailbox: str, values: dict[str, str]) -> Source:
        root = self._public / "boxes"
        root.mkdir(mode=0o755)
        shutil.chown(root, USER, USER)
        user = pwd.getpwnam(USER)
        conf = (
            f"virtual_mailbox_base = {root}\nvirtual_mailbox_maps = static:{mailbox}\n"
            f"virtual_uid_maps = static:{user.pw_uid}\nvirtual_gid_maps = static:{user.pw_gid}\nvirtual_minimum_uid = 1\n"
        )
        postfix = self._postfix("virtual", conf, "virtual unix - n n - - virtual\n")
        if kind == "maildir":
            for part in ("new", "cur", "tmp"):
                (root / "box" / part).mkdir(parents=True)
            for path in (root / "box", *(root / "box").iterdir()):
                shutil.chown(path, USER, USER)
        add_inbox(self._home, kind, {**values, "path": root / "box", **({"quiet_s": 1} if kind == "mbox" else {})})
        return self._source(postfix)

    def _pipe(self, script: str, shell: str = "#!/bin/sh\nset -e\n") -> Postfix:
        """A Postfix that gives each mail to a script on its standard input; the script's failure defers the mail."""
        path = self._public / "take"
        path.write_text(shell + script)
        path.chmod(0o755)
        limit = "take_destination_recipient_limit = 1\n"
        return self._postfix("take", limit, f"take unix - n n - 4 pipe\n  flags=q user={USER} argv={path}\n")

    def folder(self) -> Source:
        """A script of Postfix writes files under another name and renames them."""
        root = self._public / "drop"
        root.mkdir()
        root.chmod(stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
        add_inbox(self._home, "folder", {"path": root, "quiet_s": 1})
        return self._source(
            self._pipe(f'T=$(mktemp {root}/.XXXXXXXX)\ncat > "$T"\nmv "$T" "{root}/$(basename "$T" | tr -d .).eml"\n')
        )

    def http(self) -> Source:
        """A script of Postfix posts each mail with a token; while the server is away, Postfix tries again."""
        token = sekisho(self._home, ["token", "add", "gateway"], check=True).stdout.strip()
        (self.port,) = free_ports(1)
        return self._source(self._pipe(POST.format(port=self.port, token=token), "#!/usr/bin/python3\n"))

    def _handed(self, put: Callable[[bytes], Any]) -> Source:
        """Postfix delivers to a Maildir; what comes there goes on to a service, as a gateway or the service itself does."""
        root = self._public / "drop"
        root.mkdir()
        root.chmod(stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
        postfix = self._pipe(
            f'T=$(mktemp {root}/.XXXXXXXX)\ncat > "$T"\nchmod 644 "$T"\nmv "$T" "{root}/$(basename "$T" | tr -d .).eml"\n'
        )

        def go_on() -> bool:
            for path in root.glob("*.eml"):
                put(path.read_bytes())
                path.unlink()
            return queue_is_empty(postfix) and not any(root.glob("*.eml"))

        def deliver(data: bytes) -> None:
            send(postfix.port, data)
            go_on()

        return Source(self._home, deliver, go_on)

    def bucket(self) -> Source:
        """An S3 server; the mail service in front puts each mail into the bucket."""
        port: int = self._request.getfixturevalue("moto")
        keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
        client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", **keys)
        client.create_bucket(Bucket="journey")
        word = secret(self._home, "secret")
        values = {"bucket": "journey", "access_key": "key", "endpoint": f"http://127.0.0.1:{port}", "after": "delete", "poll_s": 1}
        add_inbox(self._home, "bucket", values, "--secret-file", f"secret_key={word}")
        numbers = iter(range(10_000))
        return self._handed(lambda data: client.put_object(Bucket="journey", Key=f"mail/{next(numbers)}", Body=data))

    def graph(self) -> Source:
        """Microsoft's API."""
        server = Graph()
        self._stack.callback(server.close)
        word = secret(self._home, server.secret)
        url = f"http://127.0.0.1:{server.port}"
        values = {
            "tenant": "tenant-1",
            "client_id": "c",
            "mailbox": MAILBOX,
            "base_url": f"{url}/v1.0",
            "login_url": url,
            "poll_s": 1,
        }
        add_inbox(self._home, "graph", values, "--secret-file", f"client_secret={word}")
        return self._handed(server.put)

    def gmail(self) -> Source:
        """Google's API."""
        server = Gmail()
        self._stack.callback(server.close)
        (self._home / "token").write_text(server.refresh + "\n")
        word = secret(self._home, "good-secret")
        url = f"http://127.0.0.1:{server.port}"
        values = {"client_id": "c", "base_url": f"{url}/gmail/v1", "token_url": f"{url}/token", "poll_s": 1}
        secrets = ["--secret-file", f"client_secret={word}", "--secret-file", f"refresh_token={self._home / 'token'}"]
        add_inbox(self._home, "gmail", values, *secrets)
        return self._handed(server.put)


KINDS = ("lmtp", "smtp", "imap", "pop3", "maildir", "mbox", "folder", "http", "bucket", "graph", "gmail")
