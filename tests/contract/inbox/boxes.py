"""Every kind of mailbox as the contract sees it: filled from outside, and looked into from outside."""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from imaplib import IMAP4
from pathlib import Path
from typing import Any, Protocol

import boto3

from sekisho.ingest.bucket import BucketConfig, BucketInbox
from sekisho.ingest.config import Tls
from sekisho.ingest.folder import FolderConfig, FolderInbox
from sekisho.ingest.gmail import GmailConfig, GmailInbox
from sekisho.ingest.graph import GraphConfig, GraphInbox
from sekisho.ingest.imap import ImapConfig, ImapInbox
from sekisho.ingest.inbox import After, Batch, Bounds, Delivery, Inbox, Probe, Step
from sekisho.ingest.maildir import MaildirConfig, MaildirInbox
from sekisho.ingest.mbox import MboxConfig, MboxInbox
from sekisho.ingest.pop3 import Pop3Config, Pop3Inbox
from tests.contract.inbox.servers.cut import Wire
from tests.contract.inbox.servers.dovecot import PASSWORD, Dovecot
from tests.contract.inbox.servers.gmail import Gmail
from tests.contract.inbox.servers.graph import MAILBOX, Graph

HERE, MARKED, DONE = "here", "marked", "done"


class Box(Protocol):
    """A mailbox on a real server, or the fake."""

    afters: tuple[After, ...]
    wire: Wire | None
    """The connection to the server, where there is one."""
    orders: bool
    """Whether the oldest come first even from one look to the next."""

    def put(self, data: bytes) -> None:
        """Delivers a mail."""

    def comes(self, data: bytes) -> bytes:
        """How the server hands out what was put."""

    def open(self, after: After) -> Inbox:
        """A new inbox, as a new process would make."""

    def state(self) -> Counter[str]:
        """How many mails are here unmarked, here and marked, and in the done folder."""

    def close(self) -> None:
        """Ends what was started for this box."""


class MemoryBox:
    """The fake: mails in a list. It keeps the contract, so tests of what stands above may use it."""

    afters = tuple(After)
    wire = None
    orders = True

    def __init__(self) -> None:
        self.mails: dict[int, tuple[bytes, str]] = {}

    def put(self, data: bytes) -> None:
        self.mails[len(self.mails) + 1] = (data, HERE)

    def comes(self, data: bytes) -> bytes:
        return data

    def open(self, after: After) -> MemoryInbox:
        return MemoryInbox(self, after)

    def state(self) -> Counter[str]:
        return Counter(where for _, where in self.mails.values() if where)

    def close(self) -> None:
        """Nothing was started."""


class MemoryInbox:
    """The fake's inbox."""

    def __init__(self, box: MemoryBox, after: After) -> None:
        self._box, self._after = box, after

    def __enter__(self) -> MemoryInbox:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def fetch(self, cursor: str, bounds: Bounds) -> Batch:
        found, refused, total, last = [], [], 0, int(cursor or 0)
        waiting = [n for n, (_, where) in self._box.mails.items() if n > last and where == HERE]
        for number in waiting[: bounds.count]:
            data = self._box.mails[number][0]
            if len(data) > bounds.mail_bytes:
                refused.append(bounds.refusal(str(number)))
            else:
                total += len(data)
                if found and total > bounds.batch_bytes:
                    break
                found.append(Delivery(data, str(number), str(number)))
            last = number
        return Batch(tuple(found), str(last), tuple(refused), sum(n > last for n in waiting))

    def settle(self, handles: Any) -> None:
        into = {After.LEAVE: HERE, After.FLAG: MARKED, After.MOVE: DONE, After.DELETE: ""}[self._after]
        for number in map(int, handles):
            self._box.mails[number] = (self._box.mails[number][0], into)

    def wait(self, timeout_s: float) -> bool:
        return True

    def test(self) -> list[Probe]:
        return [Probe(Step.COUNT, ok=True, said=str(len(self._box.mails)))]


class MaildirBox:
    """A Maildir that mails are delivered to as the format wants: written to tmp, renamed to new."""

    afters = MaildirConfig.afters
    wire = None
    orders = True

    def __init__(self, root: Path) -> None:
        self.root = root / "Maildir"
        for part in ("tmp", "new", "cur"):
            (self.root / part).mkdir(parents=True)
        self._made = 0

    def put(self, data: bytes) -> None:
        self._made += 1
        name = f"{int(time.time())}.M{self._made}P7.host"
        (self.root / "tmp" / name).write_bytes(data)
        (self.root / "tmp" / name).rename(self.root / "new" / name)

    def comes(self, data: bytes) -> bytes:
        return data

    def open(self, after: After) -> MaildirInbox:
        return MaildirInbox(MaildirConfig(str(self.root), after=after))

    def state(self) -> Counter[str]:
        cur = os.listdir(self.root / "cur")
        done = self.root / ".Done" / "cur"
        here = len(os.listdir(self.root / "new")) + sum("S" not in n.partition(":2,")[2] for n in cur)
        return +Counter(
            {
                HERE: here,
                MARKED: sum("S" in n.partition(":2,")[2] for n in cur),
                DONE: len(os.listdir(done)) if done.exists() else 0,
            }
        )

    def close(self) -> None:
        """Nothing was started."""


class FolderBox:
    """A watched folder."""

    afters = FolderConfig.afters
    wire = None
    orders = True

    def __init__(self, root: Path) -> None:
        self.root = root / "drop"
        self.root.mkdir()
        self._made = 0

    def put(self, data: bytes) -> None:
        self._made += 1
        (self.root / f"report-{self._made}.eml").write_bytes(data)

    def comes(self, data: bytes) -> bytes:
        return data

    def open(self, after: After) -> FolderInbox:
        return FolderInbox(FolderConfig(str(self.root), after=after, quiet_s=0))

    def state(self) -> Counter[str]:
        done = self.root / "done"
        here = sum(path.is_file() for path in self.root.iterdir())
        return +Counter({HERE: here, DONE: len(os.listdir(done)) if done.exists() else 0})

    def close(self) -> None:
        """Nothing was started."""


class ImapBox:
    """A mailbox of the Dovecot, behind a wire that can be cut."""

    afters = ImapConfig.afters
    orders = True

    def __init__(self, server: Dovecot, tls: Tls = Tls.NONE) -> None:
        self._server = server
        self.user = server.user()
        self.wire: Wire = Wire(server.imaps if tls is Tls.TLS else server.imap)
        self.config = ImapConfig("127.0.0.1", self.user, PASSWORD, port=self.wire.port, tls=tls, ca_file=str(server.ca), poll_s=1)

    def put(self, data: bytes) -> None:
        self._server.put(self.user, data)

    def comes(self, data: bytes) -> bytes:
        return data.replace(b"\0", b"\x80")  # IMAP cannot carry NUL (RFC 3501, 9); Dovecot sends this instead

    def open(self, after: After) -> ImapInbox:
        return ImapInbox(replace(self.config, after=after))

    def state(self) -> Counter[str]:
        with self.client() as client:
            client.select("INBOX", readonly=True)
            here = len(client.uid("SEARCH", "UNSEEN")[1][0].split())
            marked = len(client.uid("SEARCH", "SEEN")[1][0].split())
            done = 0
            if client.select('"DMARC.Done"', readonly=True)[0] == "OK":
                done = len(client.uid("SEARCH", "ALL")[1][0].split())
        return +Counter({HERE: here, MARKED: marked, DONE: done})

    def client(self) -> IMAP4:
        """A client of the standard library, signed in."""
        client = IMAP4("127.0.0.1", self._server.imap)
        client.login(self.user, PASSWORD)
        return client

    def close(self) -> None:
        with suppress(OSError):
            self.wire.close()


class Pop3Box(ImapBox):
    """The same mailbox by POP3."""

    afters = Pop3Config.afters

    def __init__(self, server: Dovecot, tls: Tls = Tls.NONE) -> None:
        super().__init__(server)
        self.wire.close()
        self.wire = Wire(server.pop3s if tls is Tls.TLS else server.pop3)
        self.pop3 = Pop3Config("127.0.0.1", self.user, PASSWORD, port=self.wire.port, tls=tls, ca_file=str(server.ca), poll_s=1)

    def comes(self, data: bytes) -> bytes:
        return data if data.endswith(b"\r\n") else data + b"\r\n"  # POP3 sends whole lines; Dovecot leaves NUL alone here

    def state(self) -> Counter[str]:
        return +Counter({HERE: super().state().total()})  # Dovecot marks as read what POP3 has fetched

    def open(self, after: After) -> Pop3Inbox:  # type: ignore[override]
        return Pop3Inbox(replace(self.pop3, after=after))


class MboxBox:
    """An mbox file that an MDA appends to under a lock."""

    afters = MboxConfig.afters
    wire = None
    orders = True

    def __init__(self, root: Path) -> None:
        self.path = root / "mbox"
        self.path.touch()

    def put(self, data: bytes) -> None:
        whole = self.comes(data)
        quoted = re.sub(rb"^(>*From )", rb">\1", whole, flags=re.MULTILINE)
        with self.path.open("ab") as file:
            fcntl.lockf(file, fcntl.LOCK_EX)
            file.write(b"From reporter@example.test Tue Nov 24 07:00:00 2026\n" + quoted + b"\n")

    def comes(self, data: bytes) -> bytes:
        return data if data.endswith(b"\n") else data + b"\n"

    def open(self, after: After) -> MboxInbox:
        assert after is After.LEAVE
        return MboxInbox(MboxConfig(str(self.path), quiet_s=0))

    def state(self) -> Counter[str]:
        return +Counter({HERE: self.path.read_bytes().count(b"From reporter@example.test")})

    def close(self) -> None:
        """Nothing was started."""


class BucketBox:
    """A bucket of a moto server, filled and looked into by Amazon's own client."""

    afters = BucketConfig.afters
    orders = False  # times are whole seconds

    def __init__(self, port: int, name: str) -> None:
        self.wire: Wire = Wire(port)
        options = {"endpoint_url": f"http://127.0.0.1:{port}", "region_name": "eu-west-1"}
        self.s3 = boto3.client("s3", aws_access_key_id="key", aws_secret_access_key="secret", **options)
        self.config = BucketConfig(name, "key", "secret", "eu-west-1", f"http://127.0.0.1:{self.wire.port}", poll_s=1)
        self.s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        self._made = 0

    def put(self, data: bytes) -> None:
        self._made += 1
        self.s3.put_object(Bucket=self.config.bucket, Key=f"mail/{self._made} é+%&.eml", Body=data)

    def comes(self, data: bytes) -> bytes:
        return data

    def open(self, after: After) -> BucketInbox:
        return BucketInbox(replace(self.config, after=after))

    def state(self) -> Counter[str]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.config.bucket)
        keys = [entry["Key"] for page in pages for entry in page.get("Contents", ())]
        done = [key for key in keys if key.startswith("sekisho-done/")]
        tags = [self.s3.get_object_tagging(Bucket=self.config.bucket, Key=key)["TagSet"] for key in keys]
        marked = tags.count([{"Key": "sekisho", "Value": "read"}])
        return +Counter({HERE: len(keys) - len(done) - marked, MARKED: marked, DONE: len(done)})

    def close(self) -> None:
        self.wire.close()
        self.s3.close()


class GraphBox:
    """The mailbox of the local Graph server."""

    afters = GraphConfig.afters
    orders = True

    def __init__(self) -> None:
        self.server = Graph()
        self.wire: Wire = Wire(self.server.port)
        url = f"http://127.0.0.1:{self.wire.port}"
        addresses = {"base_url": f"{url}/v1.0", "login_url": url}
        self.config = GraphConfig("tenant-1", "client-1", "good-secret", mailbox=MAILBOX, poll_s=1, **addresses)

    def put(self, data: bytes) -> None:
        self.server.put(data)

    def comes(self, data: bytes) -> bytes:
        return data

    def open(self, after: After) -> GraphInbox:
        return GraphInbox(replace(self.config, after=after))

    def state(self) -> Counter[str]:
        messages = self.server.messages.values()
        return +Counter(DONE if m["folder"] != "inbox" else MARKED if m["isRead"] else HERE for m in messages)

    def close(self) -> None:
        self.wire.close()
        self.server.close()


class GmailBox:
    """The mailbox of the local Gmail server."""

    afters = GmailConfig.afters
    orders = True

    def __init__(self) -> None:
        self.server = Gmail()
        self.wire: Wire = Wire(self.server.port)
        url = f"http://127.0.0.1:{self.wire.port}"
        addresses = {"base_url": f"{url}/gmail/v1", "token_url": f"{url}/token"}
        self.config = GmailConfig("", "client-1", "good-secret", "refresh-1", poll_s=1, **addresses)

    def put(self, data: bytes) -> None:
        self.server.put(data)

    def comes(self, data: bytes) -> bytes:
        return data

    def open(self, after: After) -> GmailInbox:
        return GmailInbox(replace(self.config, after=after))

    def state(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for _, labels in self.server.messages.values():
            if "TRASH" in labels:
                continue
            found[HERE if {"INBOX", "UNREAD"} <= labels else MARKED if "INBOX" in labels else DONE] += 1
        return found

    def close(self) -> None:
        self.wire.close()
        self.server.close()


MAKERS: dict[str, Callable[[Any, Path], Box]] = {
    "memory": lambda request, root: MemoryBox(),
    "maildir": lambda request, root: MaildirBox(root),
    "folder": lambda request, root: FolderBox(root),
    "bucket": lambda request, root: BucketBox(
        request.getfixturevalue("moto"), f"b-{root.name.replace('_', '-').lower()}"[:60].strip("-")
    ),
    "graph": lambda request, root: GraphBox(),
    "gmail": lambda request, root: GmailBox(),
    "mbox": lambda request, root: MboxBox(root),
    "pop3": lambda request, root: Pop3Box(request.getfixturevalue("dovecot")),
    "imap": lambda request, root: ImapBox(request.getfixturevalue("dovecot")),
}
