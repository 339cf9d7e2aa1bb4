"""`sekisho inbox address`: the report address of an organisation, and of each of its listeners."""

from __future__ import annotations

from pathlib import Path

from tests.cli.run import sekisho
from tests.cli.served import add_inbox


def test_each_listener_has_an_address_of_its_own(tmp_path: Path) -> None:
    home, maildir = tmp_path / "home", tmp_path / "maildir"
    sekisho(home, ["org", "add", "acme"], check=True)
    maildir.mkdir()
    other = add_inbox(home, "maildir", {"path": maildir})
    first = add_inbox(home, "smtp", {"port": 2525, "hostname": "mx.rcpt.test"})
    second = add_inbox(home, "smtp", {"port": 2526, "hostname": "mx2.rcpt.test"})
    told = [sekisho(home, ["inbox", "address", *of], check=True).stdout.split() for of in ((), (first,), (second,))]
    assert all(line == f"rua=mailto:{address}" for address, line in told)
    assert [address.partition("@")[2] for address, _ in told] == ["mx.rcpt.test", "mx.rcpt.test", "mx2.rcpt.test"]
    assert len({address.partition("@")[0] for address, _ in told}) == 3
    refused = sekisho(home, ["inbox", "address", other])
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "only listeners" in refused.stderr
