"""The words of the command line in the language of the terminal (LC_ALL, LC_MESSAGES, LANG)."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

_LOCALE = Path(__file__).parent.parent / "web" / "locale"


def language() -> str:
    """`ja` or `en`, as the terminal asks."""
    asked = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ja" if asked.lower().startswith("ja") else "en"


_catalogue = gettext.translation("django", _LOCALE, languages=[language()], fallback=True)
_ = _catalogue.gettext
ngettext = _catalogue.ngettext
