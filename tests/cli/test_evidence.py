"""`sekisho lookup --wait` and `sekisho doctor` against registries on loopback."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.builders import record, report_xml
from tests.cli.run import environment
from tests.enrich.registry_servers import RdapServer, bootstrap_file, network, start_rdap
from tests.net.servers import rbldnsd

SPOOFER = "203.0.113.87"
pytestmark = pytest.mark.slow


@pytest.fixture
def rdap(tmp_path: Path) -> Iterator[RdapServer]:
    """An RDAP server, its authority beside it."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    server, end = start_rdap(authority)
    yield server
    end()


def run(home: Path, rdap: str, *arguments: str, **more: str) -> str:
    """What a command prints; it must go well."""
    env = environment(home) | {"SEKISHO_RDAP": rdap, "SSL_CERT_FILE": str(home.parent / "ca.pem")} | more
    done = subprocess.run([sys.executable, "-m", "sekisho", *arguments], env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_lookup_asks_about_spoofers_only_and_each_network_once(tmp_path: Path, rdap: RdapServer) -> None:
    home, files = tmp_path / "home", tmp_path / "files"
    home.mkdir()
    files.mkdir()
    today = int(time.time()) // 86400 - 1
    bad = [
        re.sub(
            r"<auth_results><dkim>.*?</dkim>",
            "<auth_results>",
            record(f"203.0.113.{n}", 400, dkim="fail", spf="fail", envelope="x.example"),
        )
        for n in (87, 88)
    ]
    for age in range(12):
        (files / f"{age}.xml").write_bytes(report_xml(age, [record("192.0.2.10", 50), *(bad if age < 2 else [])], day=today - age))
    bootstrap = str(bootstrap_file(tmp_path, rdap.url))
    run(home, bootstrap, "org", "add", "acme")
    run(home, bootstrap, "ingest", "--adopt", str(files))
    assert rdap.asked == []
    for n in (87, 88):
        rdap.tell(f"/rdap/ip/203.0.113.{n}", network())
    assert "1 " in run(home, bootstrap, "lookup", "--wait").splitlines()[-1]
    assert len(rdap.asked) == 1
    run(home, bootstrap, "lookup", "--wait")
    assert len(rdap.asked) == 1


def test_the_doctor_says_whether_registries_can_be_asked(tmp_path: Path, rdap: RdapServer) -> None:
    home = tmp_path / "home"
    home.mkdir()
    rdap.replies["/rdap/boot.json"] = (200, {}, bootstrap_file(tmp_path, rdap.url).read_bytes())
    assert "✓ RDAP: " in run(home, rdap.url + "boot.json", "doctor")
    rdap.replies.clear()
    assert "! RDAP: localhost" in run(home, rdap.url + "boot.json", "doctor")
    assert "– RDAP: " in run(home, "off", "doctor")


def test_the_doctor_tests_the_lists_in_use(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    lists = {"bl.test": ("ip4set", ":127.0.0.2:\n127.0.0.2\n"), "closed.test": ("ip4set", ":127.0.0.2:\n0.0.0.0/1\n128.0.0.0/1\n")}
    with rbldnsd(lists) as port:
        names = {"SEKISHO_DNS_SERVERS": f"127.0.0.1:{port}", "SEKISHO_DNSBL_ZONES": "bl.test,closed.test"}
        said = run(home, "off", "doctor", **names)
    assert "✓ block lists: bl.test: works (IPv4, IPv6)" in said
    assert "! block lists: closed.test: lists everything" in said
    assert "– block lists: " in run(home, "off", "doctor")
