"""The press: sets a document with typst, from JSON on standard input to a PDF on standard output.

It is a program of its own, so that the server keeps the 80 MiB it takes only for that second, and a document that takes too
long can be ended. What reports say reaches typst only as JSON in its inputs: strings are text there, never markup.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

DOCUMENT = Path(__file__).parent / "paper.typ"
FONT = "NotoSansJP_400Regular.ttf"
"""The others lie beside it."""


def printed(values: dict[str, Any], form: str = "pdf", **options: Any) -> Any:
    """The document of some values: bytes of a PDF tagged for screen readers (PDF/UA-1), or with `png` a list, a page each."""
    import typst

    if form == "pdf":
        options["pdf_standards"] = ["ua-1"]
    inputs = {"data": json.dumps(values, ensure_ascii=False)}
    return typst.compile(  # type: ignore[call-overload]
        DOCUMENT.read_bytes(), format=form, font_paths=_fonts(), sys_inputs=inputs, **options
    )


def _fonts() -> typst.Fonts:
    """The fonts of sekisho-data, and those of the system where it is not installed."""
    import typst

    try:
        import sekisho_data

        folders = [str(sekisho_data.path(FONT).parent)]
    except (ImportError, FileNotFoundError):
        folders = []
    return typst.Fonts(include_system_fonts=not folders, include_embedded_fonts=not folders, font_paths=folders)


if __name__ == "__main__":
    sys.stdout.buffer.write(printed(json.load(sys.stdin.buffer)))
