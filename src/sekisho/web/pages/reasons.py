"""Why a delivery was set aside, in the language of the page: the reader's English sentences are looked up in the catalogue."""

from __future__ import annotations

from django.utils.translation import gettext

from sekisho.web.pages.sayings import SENTENCES

MAX_PARTS = 20


def reason_words(reason: str) -> str:
    """A reason of the reader in the language of the page; what has no translation stays as it is.

    A reason is one sentence or several parted by `; `, each with where it was found before a colon.
    """
    whole = _known(reason)
    if whole is not None:
        return whole
    return "; ".join(_one(part) for part in reason.split("; ")[:MAX_PARTS])


def _one(part: str) -> str:
    whole = _known(part)
    if whole is not None:
        return whole
    where, _colon, rest = part.rpartition(": ")
    told = _known(rest)
    return part if told is None or not where else f"{where}: {told}"


def note_words(text: str) -> str:
    """A note of the reader in the language of the page; as it is where the catalogue does not know it."""
    return _known(text) or text


def _known(text: str) -> str | None:
    """The sentence in the language of the page; None for one that the reader of this version does not say."""
    return gettext(text) if text in SENTENCES else None
