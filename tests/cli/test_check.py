"""`sekisho check` against a real name server, without home and database."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.run import environment
from tests.net.servers import Responder, knot, says

pytestmark = pytest.mark.needs_knot
ZONE = """
@ TXT "v=spf1 ip4:192.0.2.0/24 -all"
@ MX 10 mx
mx A 192.0.2.25
_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@reports.test"
s1._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
_smtp._tls TXT "v=TLSRPTv1; rua=mailto:t@example.test"
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with knot({"example.test.": ZONE, "reports.test.": "", "parked.test.": '@ TXT "v=spf1 -all"\n@ MX 0 .\n'}) as found:
        yield found


def check(home: Path, servers: str, *arguments: str, language: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    env = environment(home) | {"SEKISHO_DNS_SERVERS": servers, "LANG": language, "LC_ALL": language}
    argv = [sys.executable, "-m", "sekisho", "check", *arguments]
    return subprocess.run(argv, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_it_explains_the_records_and_makes_no_home(port: int, tmp_path: Path) -> None:
    home = tmp_path / "none"
    done = check(home, f"127.0.0.1:{port}", "example.test", "--selector", "s1")
    assert done.stderr == ""
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert "    _dmarc.example.test TXT v=DMARC1; p=none; rua=mailto:d@reports.test" in lines
    assert any("WARN\tThe policy is `p=none`" in line for line in lines)
    assert any("BAD\tReports do not reach d@reports.test" in line for line in lines)
    assert any("example.test._report._dmarc.reports.test" in line for line in lines)
    assert any("OK\tThe key s1 of example.test is good (ed25519, 256 bits)." in line for line in lines)
    assert not home.exists()


def test_it_speaks_japanese(port: int, tmp_path: Path) -> None:
    done = check(tmp_path, f"127.0.0.1:{port}", "example.test", language="ja_JP.UTF-8")
    assert "ポリシーは `p=none` です。" in done.stdout


def test_as_json_all_values_are_there(port: int, tmp_path: Path) -> None:
    told = json.loads(check(tmp_path, f"127.0.0.1:{port}", "parked.test", "--format", "json").stdout)
    assert told["state"]["mx"]["is_null"] is True
    assert {"dmarc_missing", "parked_open"} <= {finding["code"] for finding in told["findings"]}


def test_a_server_that_fails_makes_everything_unknown(tmp_path: Path) -> None:
    with Responder(lambda query, _: [says(query, rcode=2).to_wire()]) as server:
        done = check(tmp_path, f"127.0.0.1:{server.port}", "example.test", "--format", "json")
    assert done.returncode == 1
    told = json.loads(done.stdout)["findings"]
    assert {finding["severity"] for finding in told if finding["code"] != "dkim_no_selectors"} == {"unknown"}


def test_what_is_no_domain_is_wrong_use(tmp_path: Path) -> None:
    assert check(tmp_path, "off", "not a domain").returncode == 2
