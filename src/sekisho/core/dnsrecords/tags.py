"""Lists of `tag=value` behind a version, as DKIM keys, MTA-STS, TLS-RPT and BIMI use them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sekisho.core.questions import Answer
from sekisho.core.reports.values import Note
from sekisho.core.terms import Found

MAX_TEXT = 16384
"""Characters of a record that are read; a DKIM key of 16,384 bits has 3,000."""

_TAG = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)\s*=\s*(.*)$", re.ASCII | re.DOTALL)


class Tags(NamedTuple):
    """The tags in their order, names in lower case, and what is wrong with them."""

    pairs: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]

    def get(self, name: str, default: str = "") -> str:
        """The value of a tag."""
        return next((value for known, value in self.pairs if known == name), default)

    def has(self, name: str) -> bool:
        """Whether the tag is there, were it empty."""
        return any(known == name for known, _ in self.pairs)


def read_tags(text: str) -> Tags:
    """The tags of a record; of one that comes twice the first counts, what is no tag is noted."""
    found: dict[str, str] = {}
    notes: list[Note] = []
    if len(text) > MAX_TEXT:
        notes.append(Note("too_long", f"only the first {MAX_TEXT} characters are read"))
    for part in text[:MAX_TEXT].split(";"):
        part = part.strip()
        match = _TAG.match(part)
        if match is None:
            if part and len(notes) < 20:
                notes.append(Note("malformed_tag", "this is no `tag=value`; it is ignored", part[:100]))
            continue
        if match[1].lower() in found:
            notes.append(Note("duplicate_tag", "the tag is there twice; the first counts", part[:100]))
        found.setdefault(match[1].lower(), match[2].strip())
    return Tags(tuple(found.items()), tuple(notes[:20]))


def one_of(answer: Answer, version: str) -> tuple[Found, str, tuple[Note, ...]]:
    """The one TXT record that begins with `v=VERSION`: YES and its text, NO (several are none), UNKNOWN where it failed."""
    if answer.failed:
        return Found.UNKNOWN, "", ()
    begins = re.compile(rf"v\s*=\s*{version}\s*(?:;|$)", re.ASCII)
    texts = [text for text in answer.values if begins.match(text)]
    if len(texts) == 1:
        return Found.YES, texts[0], ()
    if texts:
        return Found.NO, texts[0], (Note("several_records", f"there are {len(texts)} records, so none of them counts"),)
    return Found.NO, "", _nearly(answer.values, version)


def _nearly(texts: Sequence[str], version: str) -> tuple[Note, ...]:
    """A note on a record that was meant to be one."""
    name = version.rstrip("0123456789").removesuffix("v").lower()
    for text in texts:
        if re.match(rf"[\s\"']*v\s*=\s*{name}", text, re.IGNORECASE):
            return (Note("version_wrong", f"the record must begin with `v={version};`, so it is ignored", text[:40]),)
    return ()
