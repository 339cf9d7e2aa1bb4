"""What raises an alarm, and where it arrives: weeks of proper mail, a burst, a mail server in front of mailboxes, a mailbox."""

from __future__ import annotations

import email.policy
import imaplib
import re
import shutil
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.builders import record, report_xml
from tests.contract.inbox.servers.dovecot import PASSWORD, Dovecot
from tests.contract.inbox.servers.postfix import Postfix

UNSIGNED = re.compile(r"(?<=<auth_results>)<dkim>.*?</dkim>")


@pytest.fixture
def postfix(public_root: Path, dovecot: Dovecot) -> Iterator[Postfix]:
    """A mail server that delivers into the mailboxes."""
    if shutil.which("postfix") is None:
        pytest.skip("needs postfix")
    server = Postfix(public_root / "postfix-alerts", f"lmtp:inet:127.0.0.1:{dovecot.lmtp}")
    server.start()
    yield server
    server.stop()


def quiet(path: Path, today: int) -> None:
    """Three weeks of proper mail."""
    path.mkdir()
    for age in range(1, 22):
        (path / f"{age}.xml").write_bytes(report_xml(age, [record("192.0.2.1", 40)], day=today - age))


def burst(number: int, day: int) -> bytes:
    """A day on which five hosts send what the domain never signed."""
    hosts = (f"198.51.100.{n}" for n in range(1, 6))
    failed = [record(host, 60, dkim="fail", spf="fail", envelope="bounce.example.net") for host in hosts]
    return report_xml(number, [UNSIGNED.sub("", row) for row in failed], day=day)


def mails(address: str, imap: int) -> list[EmailMessage]:
    """What is in the INBOX of an address, fetched by IMAP."""
    with imaplib.IMAP4("127.0.0.1", imap) as box:
        box.login(address, PASSWORD)
        box.select("INBOX", readonly=True)
        numbers = box.search(None, "ALL")[1][0].split()
        raw = [box.fetch(number, "(RFC822)")[1][0] for number in numbers]
    parse = email.message_from_bytes
    return [parse(part[1], policy=email.policy.default) for part in raw if isinstance(part, tuple)]  # type: ignore[misc]
