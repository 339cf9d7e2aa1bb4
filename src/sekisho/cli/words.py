"""The words of the command line in the language of the terminal (SEKISHO_LANGUAGE, LC_ALL, LC_MESSAGES, LANG)."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from sekisho.core.errors import SekishoError

_LOCALE = Path(__file__).parent.parent / "web" / "locale"


def language() -> str:
    """`ja` or `en`: as `SEKISHO_LANGUAGE` says, else as the terminal asks."""
    asked = (
        os.environ.get("SEKISHO_LANGUAGE")
        or os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or ""
    )
    return "ja" if asked.lower().startswith("ja") else "en"


def N_(words: str) -> str:  # noqa: N802 - the usual name
    """The words, to be translated where they are used."""
    return words


OF_ARGPARSE = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
)
"""What the reader of arguments says by itself."""

_catalogue = gettext.translation("django", _LOCALE, languages=[language()], fallback=True)
_ = _catalogue.gettext
ngettext = _catalogue.ngettext


def told(error: SekishoError) -> str:
    """What an error says, in the language of the terminal; as it is where nobody has translated it."""
    words = _(error.words) if error.words else ""
    return words.format(**error.values) if error.values else words or str(error)
