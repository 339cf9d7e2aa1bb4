"""Why a delivery was set aside, in the language of the page: the reader's English sentences are looked up in the catalogue."""

from __future__ import annotations

from django.utils.translation import gettext

MAX_PARTS = 20


def reason_words(reason: str) -> str:
    """A reason of the reader in the language of the page; what has no translation stays as it is.

    A reason is one sentence or several parted by `; `, each with where it was found before a colon.
    """
    return "; ".join(_one(part) for part in reason.split("; ")[:MAX_PARTS])


def _one(part: str) -> str:
    whole = _known(part)
    if whole is not None:
        return whole
    where, colon, rest = part.partition(": ")
    told = _known(rest) if colon else None
    return part if told is None else f"{where}: {told}"


def _known(text: str) -> str | None:
    """The translation of a sentence; None when it has none."""
    if not text:
        return None
    found = gettext(text)
    return found if found != text else None
