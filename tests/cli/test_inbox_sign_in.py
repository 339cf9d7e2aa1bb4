"""`sekisho inbox sign-in` against local servers of Microsoft and Google, in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cli.run import environment, sekisho
from tests.cli.served import add_inbox, rows
from tests.contract.inbox.servers.gmail import Gmail
from tests.contract.inbox.servers.graph import Graph


def _browse(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - it is on loopback
        return str(answer.read().decode())


@pytest.mark.slow
def test_microsoft_by_a_code(tmp_path: Path) -> None:
    server, home = Graph(), tmp_path / "home"
    sekisho(home, ["org", "add", "acme"], check=True)
    url = f"http://127.0.0.1:{server.port}"
    values = {"tenant": "tenant-1", "client_id": "c", "base_url": f"{url}/v1.0", "login_url": url}
    number = add_inbox(home, "graph", values)
    server.agreed = True
    done = sekisho(home, ["inbox", "sign-in", number])
    assert done.returncode == 0, done.stderr
    assert "ABCD-1234" in done.stdout
    assert "refresh-1" not in done.stdout + str(rows(home, "SELECT * FROM registry_inbox"))
    assert sekisho(home, ["inbox", "test", number]).returncode == 0
    server.close()


@pytest.mark.slow
def test_google_by_a_browser_that_comes_back(tmp_path: Path) -> None:
    server, home = Gmail(), tmp_path / "home"
    sekisho(home, ["org", "add", "acme"], check=True)
    url = f"http://127.0.0.1:{server.port}"
    (tmp_path / "secret").write_text("good-secret\n")
    values = {"client_id": "c", "base_url": f"{url}/gmail/v1", "token_url": f"{url}/token"}
    number = add_inbox(home, "gmail", values, "--secret-file", f"client_secret={tmp_path / 'secret'}")
    argv = [sys.executable, "-m", "sekisho", "inbox", "sign-in", str(number)]
    process = subprocess.Popen(argv, env=environment(home), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    found = next(filter(None, (re.search(r"https://\S+", line) for line in process.stdout)))
    code, state = server.agree(found[0])
    back = parse_qs(urlsplit(found[0]).query)["redirect_uri"][0]
    assert "command line" in _browse(f"{back}/?state=wrong&code=evil")
    assert "command line" in _browse(f"{back}/?state={state}&code={code}")
    assert process.wait(30) == 0
    process.stdout.close()
    assert sekisho(home, ["inbox", "test", number]).returncode == 0
    server.close()
