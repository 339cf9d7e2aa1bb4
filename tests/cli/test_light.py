"""What is only for serving is not loaded when reports are taken in: scripts call `sekisho ingest` for every mail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.builders import record, report_mail, report_xml
from tests.cli.run import environment

HEAVY = (
    "ninja",
    "pydantic",
    "prometheus_client",
    "allauth.account.urls",
    "sekisho.web.urls",
    "apprise",
    "typst",
    "requests",
    "saml2",
)
PROGRAM = """
import sys
from sekisho.cli import main
status = main(["ingest", "--adopt", sys.argv[1]])
print(status, *[name for name in sys.argv[2:] if name in sys.modules], file=sys.stderr)
"""


def test_ingest_loads_nothing_that_only_pages_need(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(report_mail(report_xml(1, [record("192.0.2.1", 3)])))
    env = environment(tmp_path / "home")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(mail), *HEAVY], env=env, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stderr.splitlines()[-1] == "0", done.stderr
