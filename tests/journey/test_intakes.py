"""Mail on its way from real mailboxes into the facts, with a real server."""

from __future__ import annotations

import csv
import io
import os
import random
import smtplib
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.builders import record, report_mail, report_xml
from tests.cli.run import sekisho
from tests.cli.served import Served, add_inbox, inbox_list, outcomes, rows, until
from tests.contract.inbox.conftest import certificate, dovecot, public_root  # noqa: F401 - fixtures
from tests.contract.inbox.servers.dovecot import PASSWORD, Dovecot, free_ports


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two organisations; example.jp is the first one's."""
    made = tmp_path / "home"
    for name in ("acme", "other"):
        sekisho(made, ["org", "add", name], check=True)
    sekisho(made, ["domain", "add", "example.jp", "--org", "acme"], check=True)
    return made


def a_mail(number: int, *, domain: str = "example.jp", count: int = 3) -> bytes:
    """A report mail with one record."""
    return report_mail(report_xml(number, [record("192.0.2.1", count, domain=domain)], domain=domain))


def a_maildir(path: Path) -> Path:
    """An empty Maildir."""
    for part in ("new", "cur", "tmp"):
        (path / part).mkdir(parents=True)
    return path


def drop(maildir: Path, number: int, data: bytes) -> None:
    """Delivers as a mail server does."""
    (maildir / "tmp" / str(number)).write_bytes(data)
    os.rename(maildir / "tmp" / str(number), maildir / "new" / f"{time.time():.6f}.M{number}.host")


def facts(home: Path, org: str = "acme") -> Counter[str]:
    """Messages by report."""
    found: Counter[str] = Counter()
    for row in csv.DictReader(io.StringIO(sekisho(home, ["export", "records", "--org", org], check=True).stdout)):
        found[row["report_id"]] += int(row["count"])
    return found


def report(number: int) -> str:
    """What a report of `a_mail` is called."""
    return f"receiver.example.{number}"


@pytest.mark.slow
def test_mails_become_facts_within_seconds_and_one_bad_inbox_disturbs_no_other(home: Path, tmp_path: Path) -> None:
    maildir, folder = a_maildir(tmp_path / "maildir"), tmp_path / "folder"
    folder.mkdir()
    add_inbox(home, "maildir", {"path": tmp_path / "none"}, "--org", "acme")
    good = add_inbox(home, "maildir", {"path": maildir}, "--org", "acme")
    (closed,) = free_ports(1)
    (tmp_path / "word").write_text("secret\n")
    add_inbox(
        home,
        "imap",
        {"host": "127.0.0.1", "port": closed, "user": "u"},
        "--org",
        "acme",
        "--secret-file",
        f"password={tmp_path / 'word'}",
    )
    with Served(home) as served:
        late = add_inbox(home, "folder", {"path": folder, "quiet_s": 1}, "--org", "acme")
        until(lambda: rows(home, "SELECT looked_at FROM registry_inbox WHERE id = ?", [late])[0][0] is not None)
        drop(maildir, 1, a_mail(1))
        until(lambda: outcomes(home)["kept"] == 1)
        (folder / "report.xml").write_bytes(report_xml(2, [record("192.0.2.1", 4)]))
        until(lambda: outcomes(home)["kept"] == 2)
        assert facts(home) == {report(1): 3, report(2): 4}
        until(lambda: not list((maildir / "new").iterdir()) and (folder / "done" / "report.xml").exists())
        states = [(row["state"], row["trouble"]) for row in inbox_list(home).values()]
        assert states == [("failing", "no_folder"), ("well", ""), ("failing", "not_reached"), ("well", "")]
        sekisho(home, ["inbox", "pause", good], check=True)
        time.sleep(6)
        drop(maildir, 3, a_mail(3))
        time.sleep(2)
        assert outcomes(home)["kept"] == 2
        sekisho(home, ["inbox", "resume", good], check=True)
        until(lambda: outcomes(home)["kept"] == 3)
        assert served.stop() == 0
    assert "secret" not in served.log.read_text()


@pytest.mark.slow
def test_a_mailbox_at_a_real_imap_server(home: Path, tmp_path: Path, dovecot: Dovecot) -> None:  # noqa: F811
    user = dovecot.user()
    dovecot.put(user, a_mail(1))
    (tmp_path / "word").write_text(PASSWORD + "\n")
    settings = {"host": "localhost", "port": dovecot.imaps, "user": user, "ca_file": dovecot.ca}
    number = add_inbox(home, "imap", settings, "--org", "acme", "--secret-file", f"password={tmp_path / 'word'}")
    tried = sekisho(home, ["inbox", "test", number])
    assert tried.returncode == 0, tried.stdout
    assert PASSWORD not in tried.stdout
    with Served(home):
        until(lambda: outcomes(home)["kept"] == 1)
        dovecot.put(user, a_mail(2))
        until(lambda: outcomes(home)["kept"] == 2)
        assert facts(home) == {report(1): 3, report(2): 3}
        row = inbox_list(home)[number]
        assert (row["state"], row["taken"]) == ("well", 2)
    assert PASSWORD not in str(rows(home, "SELECT * FROM registry_inbox"))


@pytest.mark.slow
def test_organisations_share_a_listener_and_nothing_else(home: Path, tmp_path: Path) -> None:
    (port,) = free_ports(1)
    token = dict(rows(home, "SELECT slug, report_token FROM registry_organisation"))
    shared = {"port": port, "hostname": "mx.example.test"}
    mine = add_inbox(home, "smtp", {**shared, "addresses": "dmarc@acme.example"}, "--org", "acme", "--adopt")
    add_inbox(home, "smtp", shared, "--org", "other", "--adopt")
    with Served(home):
        until(lambda: rows(home, "SELECT COUNT(*) FROM registry_inbox WHERE looked_at IS NOT NULL")[0][0] == 2)
        with smtplib.SMTP("127.0.0.1", port) as client:
            for number, to in enumerate(
                (f"{token['acme']}@anything.test", f"{token['acme'].upper()}+tag@x.test", "dmarc@acme.example")
            ):
                assert client.sendmail("a@example.test", [to], a_mail(number)) == {}
            assert client.sendmail("a@example.test", [f"{token['other']}@mx.example.test"], a_mail(9, domain="other.example")) == {}
            both = [f"{token['other']}@mx.example.test", f"{token['acme']}@mx.example.test"]
            assert client.sendmail("a@example.test", both, a_mail(10)) == {}
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                client.sendmail("a@example.test", ["dmarc@other.example"], a_mail(11))
        until(lambda: outcomes(home).total() == 6)
        assert set(facts(home)) == {report(n) for n in (0, 1, 2, 10)}
        assert set(facts(home, "other")) == {report(9)}  # example.jp is of acme, until somebody proves it
        assert outcomes(home)["stray"] == 1
        until(lambda: inbox_list(home)[mine]["taken"] == 4)
        sekisho(home, ["inbox", "pause", mine], check=True)
        until(lambda: _answer(port, f"{token['acme']}@x.test", a_mail(12)) == 451)
        assert _answer(port, f"{token['other']}@x.test", a_mail(13)) == 250


def _answer(port: int, to: str, data: bytes) -> int:
    try:
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.ehlo()
            client.mail("a@example.test")
            code, _word = client.rcpt(to)
            return code if code != 250 else client.data(data)[0]
    except OSError:  # the listener is made anew just now
        return 0


MAILS = 100
KILLS = 5


@pytest.mark.slow
def test_no_mail_is_lost_or_counted_twice_when_the_server_is_killed(home: Path, tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "maildir")
    add_inbox(home, "maildir", {"path": maildir}, "--org", "acme")
    served = Served(home)
    dice = random.Random(20261124)
    numbers = iter(range(MAILS))
    for _ in range(KILLS):
        served.start(wait=False)
        end = time.monotonic() + dice.uniform(1.5, 5)
        while time.monotonic() < end:
            number = next(numbers, None)
            if number is not None:
                drop(maildir, number, a_mail(number, count=1 + number % 7))
            time.sleep(dice.uniform(0.01, 0.2))
        served.kill()
    for number in numbers:
        drop(maildir, number, a_mail(number, count=1 + number % 7))
    with served:
        until(lambda: not list((maildir / "new").iterdir()) and outcomes(home)["kept"] >= MAILS)
        until(lambda: not rows(home, "SELECT 1 FROM registry_delivery WHERE state = 0 LIMIT 1"))
        assert facts(home) == {report(number): 1 + number % 7 for number in range(MAILS)}
    settled = [path.name for path in (maildir / "cur").iterdir()]
    assert len(settled) == MAILS
    assert all(name.endswith(":2,S") for name in settled)
    assert set(outcomes(home)) <= {"kept", "duplicate"}
