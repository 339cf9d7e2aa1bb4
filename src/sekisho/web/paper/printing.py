"""Sets the monthly report as a PDF with typst: tagged for screen readers (PDF/UA-1), fonts of sekisho-data, nothing fetched.

What reports say reaches the document only as JSON in its inputs: typst shows strings as text and never reads them as markup.
"""

from __future__ import annotations

import json
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import translation

from sekisho.core.errors import UsageError
from sekisho.registry.models import Organisation
from sekisho.web.digests.periods import month_named
from sekisho.web.paper.contents import contents

if TYPE_CHECKING:
    import typst

DOCUMENT = Path(__file__).parent / "paper.typ"
FONTS = ("NotoSansJP_400Regular.ttf", "NotoSansJP_700Bold.ttf")
_one = threading.BoundedSemaphore(1)
"""Papers set at a time: each takes some 100 MiB for a second."""


def paper(org: Organisation, month: str, language: str) -> bytes:
    """The report on a month such as `2026-10` as a PDF. Raises UsageError where it is no month."""
    period = month_named(month)
    if period is None:
        raise UsageError("{month} is no month; write it as YYYY-MM", month=month)
    with translation.override(language):
        values = contents(org, period)
    with _one:
        return bytes(printed(values))


def printed(values: dict[str, Any], form: str = "pdf", **options: Any) -> Any:
    """The document of some values: bytes, or a list of bytes, a page each, as PNG."""
    import typst

    if form == "pdf":
        options["pdf_standards"] = ["ua-1"]
    inputs = {"data": json.dumps(values, ensure_ascii=False)}
    return typst.compile(  # type: ignore[call-overload]
        DOCUMENT.read_bytes(), format=form, font_paths=_fonts(), sys_inputs=inputs, **options
    )


@cache
def _fonts() -> typst.Fonts:
    """The fonts of sekisho-data, and those of the system where it is not installed."""
    import typst

    try:
        import sekisho_data

        folders = [str(sekisho_data.path(name).parent) for name in FONTS[:1]]
    except (ImportError, FileNotFoundError):
        folders = []
    return typst.Fonts(include_system_fonts=not folders, include_embedded_fonts=not folders, font_paths=folders)


def file_name(org: Organisation, month: str, language: str) -> str:
    """What the file is called; slugs hold nothing odd."""
    return f"sekisho-{org.slug}-{month}-{language}.pdf"
