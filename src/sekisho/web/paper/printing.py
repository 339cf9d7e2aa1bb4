"""The monthly report of an organisation as a PDF: its contents are gathered here, and set by the press."""

from __future__ import annotations

import json
import subprocess
import sys
import threading

from django.utils import translation

from sekisho.core.errors import SekishoError, UsageError
from sekisho.registry.models import Organisation
from sekisho.web.digests.periods import month_named
from sekisho.web.paper.contents import contents

PRESS = [sys.executable, "-m", "sekisho.web.paper.press"]
TIMEOUT_S = 60
"""A report takes a second; one that takes so long never ends."""
MAX_SAID = 300
_one = threading.BoundedSemaphore(1)
"""Papers set at a time: each takes some 100 MiB."""


class PaperFailed(SekishoError):
    """The report could not be set."""


def paper(org: Organisation, month: str, language: str) -> bytes:
    """The report on a month such as `2026-10`. Raises UsageError where it is no month, PaperFailed where it cannot be set."""
    period = month_named(month)
    if period is None:
        raise UsageError("{month} is no month; write it as YYYY-MM", month=month)
    with translation.override(language):
        values = contents(org, period)
    given = json.dumps(values).encode()
    try:
        with _one:
            done = subprocess.run(PRESS, input=given, capture_output=True, timeout=TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PaperFailed(f"the report could not be set: {type(error).__name__}") from error
    if done.returncode or not done.stdout:
        raise PaperFailed(f"the report could not be set: {done.stderr.decode('utf-8', 'replace').strip()[-MAX_SAID:]}")
    return done.stdout


def file_name(org: Organisation, month: str, language: str) -> str:
    """What the file is called; slugs hold nothing odd."""
    return f"sekisho-{org.slug}-{month}-{language}.pdf"
