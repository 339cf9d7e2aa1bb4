"""Names that are made to look like another's, and names that are made for another's account."""

from __future__ import annotations

import re
from functools import lru_cache

from sekisho.core.names import organizational_domain

SHORTEST = 4
"""Letters from which a name is one of its own: shorter ones stand in many others by chance."""
SPARE = 4
"""Letters that a service or its customer adds to a taken name: `examplejp`, `example2`."""

COMMON = 8
"""First letters in common from which a shortened name may still be the author's: `exampleindgrp` for `example-industries.test`."""
_ADDED = re.compile(r"\d*|(?:grp|group|jp|inc|co|ltd|corp|gmbh|hd|hq|org|mail)\d*")
"""What is added to a shortened name; another word makes it another's: `universityofbath` is not `university-of-leeds`."""

_LETTERS = str.maketrans("", "", "-_.")


@lru_cache(maxsize=8192)
def is_named_after(domain: str, author: str) -> bool:
    """Whether a label of somebody's domain spells the author's: services make such names for their customers' accounts.

    `example-co-jp.20230601.gappssmtp.com` of Google and `example.onmicrosoft.com` of Microsoft, for `example.co.jp`, and
    `examplejp.onmicrosoft.com`, where the name was taken.
    """
    own = organizational_domain(author)
    short, whole = own.partition(".")[0].translate(_LETTERS), own.translate(_LETTERS)
    for label in domain.split(".")[:-2]:
        text = label.translate(_LETTERS)
        if len(label) >= SHORTEST and text in (short, whole):
            return True
        if len(short) > SHORTEST and text.startswith(short) and len(text) <= len(short) + SPARE:
            return True
        common = _in_common(text, short)
        if common >= COMMON and _ADDED.fullmatch(text[common:]):
            return True
    return False


def _in_common(text: str, other: str) -> int:
    """First letters that both have."""
    at = 0
    while at < min(len(text), len(other)) and text[at] == other[at]:
        at += 1
    return at


@lru_cache(maxsize=8192)
def looks_like(domain: str, author: str) -> bool:
    """Whether the registered name of somebody else holds the author's, or differs from it in one letter: `example-corp.net` and
    `examp1e.co.jp` for `example.co.jp`. The same name under another ending is none: its owner is mostly the same."""
    theirs, ours = organizational_domain(domain), organizational_domain(author)
    if not theirs or theirs == ours:
        return False
    name, own = theirs.partition(".")[0], ours.partition(".")[0]
    if len(own) <= SHORTEST or name == own:
        return False
    return _holds(name, own) or _is_one_off(name, own)


def _holds(name: str, own: str) -> bool:
    """Whether the name is ours with a word more before or behind; a number more makes it another of a row of names."""
    plain, ours = name.translate(_LETTERS), own.translate(_LETTERS)
    more = plain.removeprefix(ours) if plain.startswith(ours) else plain.removesuffix(ours)
    return len(more) < len(plain) and len(more) >= 2 and not more.isdigit()


def _is_one_off(name: str, own: str) -> bool:
    """Whether one letter is another, missing or too many; another number is another name of a row, and no likeness."""
    if abs(len(name) - len(own)) > 1:
        return False
    at = _in_common(name, own)
    theirs, ours = name[at : at + 1], own[at : at + 1]
    if name[at + 1 :] == own[at + 1 :]:
        return not (theirs.isdigit() and (ours.isdigit() or not ours)) and not (ours.isdigit() and not theirs)
    return (name[at + 1 :] == own[at:] and not theirs.isdigit()) or (name[at:] == own[at + 1 :] and not ours.isdigit())
