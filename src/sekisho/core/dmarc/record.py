"""The DMARC record: a TXT record read into values (RFC 9989, 4.7 and 4.8), with notes on all that is odd about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple, TypeVar

from sekisho.core.dmarc.uri import ReportUri, read_uris
from sekisho.core.reports.values import Note
from sekisho.core.terms import AlignmentMode, Policy

MAX_TEXT = 8192
"""Characters of a record that are read; real ones have some hundred, and a TXT record may hold 65,535."""
MAX_NOTES = 40
"""Notes on one record; hostile ones would fill pages."""


_T = TypeVar("_T")


class Psd(StrEnum):
    """`psd`: whether the name is a public suffix (RFC 9989, 4.7)."""

    YES = "y"
    NO = "n"
    """The organizational domain itself."""
    UNKNOWN = "u"


class Standing(StrEnum):
    """Whether a receiver applies the record (RFC 9989, 4.10.1)."""

    APPLIES = "applies"
    AS_NONE = "as_none"
    """A policy is missing or wrong, reports are asked for: as if `p=none` had been found."""
    NOT_APPLIED = "not_applied"
    """A policy is missing or wrong, and no reports are asked for: no DMARC at all. The tree walk still sees it."""


@dataclass(frozen=True, slots=True)
class DmarcRecord:
    """A record that begins with `v=DMARC1`; tags that are missing have their default, policies are ABSENT."""

    text: str
    p: Policy = Policy.ABSENT
    sp: Policy = Policy.ABSENT
    np: Policy = Policy.ABSENT
    adkim: AlignmentMode = AlignmentMode.RELAXED
    aspf: AlignmentMode = AlignmentMode.RELAXED
    psd: Psd = Psd.UNKNOWN
    t: bool = False
    """`t=y`: one step less than the policy is expected."""
    fo: tuple[str, ...] = ("0",)
    rua: tuple[ReportUri, ...] = ()
    ruf: tuple[ReportUri, ...] = ()
    pct: int | None = None
    """Historic; receivers of today ignore it."""
    standing: Standing = Standing.APPLIES
    tags: tuple[tuple[str, str], ...] = ()
    """All tags as written, names in lower case, in their order, `v` left out."""
    notes: tuple[Note, ...] = ()


class Reading(NamedTuple):
    """What a TXT record turned out to be: a record that counts, or none with the notes that say why."""

    record: DmarcRecord | None
    notes: tuple[Note, ...]


class Applies(NamedTuple):
    """The policy that applies to a name: by which tag, what it says, and what is expected (`t=y` takes one step off)."""

    tag: str
    said: Policy
    expected: Policy


_VERSION = re.compile(r"[ \t]*[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)", re.ASCII)
_NEARLY = re.compile(r"(?:^|[;\s\"'“”„])v\s*[=＝]\s*[\"'“”]?dmarc", re.IGNORECASE)
_TAG = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)[ \t]*=[ \t]*(.*)$", re.ASCII | re.DOTALL)
_ODD = re.compile(r"[^\x20-\x7e]")
_QUOTES = "\"'“”„«»`"


def read_record(text: str) -> Reading:
    """The record in one TXT record; never raises.

    1. Only what begins with `v=DMARC1` counts; for what nearly does, the notes say what keeps it from counting.
    2. Tags are taken one by one; of a tag that comes twice the first counts, unknown ones are ignored.
    3. A missing or wrong policy decides whether the record applies (`Standing`); any other wrong value is its default.
    """
    if len(text) > MAX_TEXT:
        return Reading(None, (Note("too_long", f"the record has more than {MAX_TEXT} characters"),))
    text = text.replace("\r", " ").replace("\n", " ")
    if _VERSION.match(text) is None:
        return Reading(None, _why_not(text))
    notes: list[Note] = []
    if text[0] in " \t":
        notes.append(Note("leading_space", "the record begins with a blank; some receivers ignore it for that"))
    tags = _tags(text, notes)
    record = _Reader(dict(tags), notes).record(text, tags)
    return Reading(replace(record, notes=tuple(notes[:MAX_NOTES])), tuple(notes[:MAX_NOTES]))


def pick(texts: Sequence[str]) -> Reading:
    """The one record among the TXT records of a name; several count as none (RFC 9989, 4.10; RFC 7489, 6.6.3)."""
    readings = [read_record(text) for text in texts]
    records = [reading for reading in readings if reading.record is not None]
    if len(records) == 1:
        return records[0]
    if records:
        return Reading(None, (Note("several_records", f"there are {len(records)} records, so none of them counts"),))
    return Reading(None, tuple(note for reading in readings for note in reading.notes if note.code != "not_dmarc")[:MAX_NOTES])


def _why_not(text: str) -> tuple[Note, ...]:
    """Why a TXT record is no DMARC record; `not_dmarc` where it does not look as if it was meant to be one."""
    nearly = _NEARLY.search(text)
    stripped = text.strip()
    if nearly is None:
        if re.match(r"(?:p|sp|rua)\s*=", stripped, re.IGNORECASE):
            return (Note("version_missing", "`v=DMARC1` is missing at the beginning, so the record is ignored"),)
        return (Note("not_dmarc", "this is no DMARC record"),)
    if stripped[:1] in _QUOTES:
        return (Note("quoted", "the record begins with a quotation mark, so it is ignored", stripped[:20]),)
    if re.match(r"v\s*=\s*dmarc1\s*(?:;|$)", stripped, re.IGNORECASE):
        return (Note("version_case", "`DMARC1` must be in capitals, so the record is ignored", stripped[:20]),)
    if nearly.start() > 0 and stripped[:1].lower() != "v":
        return (Note("version_not_first", "`v=DMARC1` must be the first tag, so the record is ignored", stripped[:20]),)
    return (Note("version_wrong", "the version must be `v=DMARC1;`, so the record is ignored", stripped[:20]),)


def _tags(text: str, notes: list[Note]) -> tuple[tuple[str, str], ...]:
    """The tags after the version, each name once."""
    found: dict[str, str] = {}
    for part in text.split(";")[1:]:
        part = part.strip()
        if not part:
            continue
        match = _TAG.match(part)
        if match is None:
            notes.append(Note("malformed_tag", "this is no `tag=value`; it is ignored", part[:100]))
            continue
        name, value = match[1].lower(), match[2].strip()
        if name in found or name == "v":
            notes.append(Note("duplicate_tag", "the tag is there twice; the first counts", part[:100]))
            continue
        if _ODD.search(value) is not None:
            notes.append(Note("odd_characters", "there are characters that may not stand in a record", part[:100]))
        found[name] = value
    return tuple(found.items())


_POLICIES = {policy.value: policy for policy in Policy if policy is not Policy.ABSENT}
_MODES = {mode.value: mode for mode in (AlignmentMode.RELAXED, AlignmentMode.STRICT)}
_PSD = {psd.value: psd for psd in Psd}
_YES_NO = {"y": True, "n": False}
_FO = frozenset("01ds")
KNOWN = frozenset(("v", "p", "sp", "np", "adkim", "aspf", "psd", "t", "fo", "rua", "ruf"))
HISTORIC = frozenset(("pct", "rf", "ri"))


class _Reader:
    """Takes the values of the tags, and writes down what is wrong with them."""

    def __init__(self, tags: dict[str, str], notes: list[Note]) -> None:
        self._tags = tags
        self._notes = notes

    def record(self, text: str, tags: tuple[tuple[str, str], ...]) -> DmarcRecord:
        rua, ruf = self._uris("rua"), self._uris("ruf")
        p, sp, np = (self._policy(name) for name in ("p", "sp", "np"))
        wrong = p is Policy.ABSENT or any(x is Policy.ABSENT and n in self._tags for n, x in (("sp", sp), ("np", np)))
        wanted = any(uri.is_valid for uri in rua)
        self._order(tags)
        record = DmarcRecord(
            text=text,
            p=p,
            sp=sp,
            np=np,
            adkim=self._one_of("adkim", _MODES, AlignmentMode.RELAXED),
            aspf=self._one_of("aspf", _MODES, AlignmentMode.RELAXED),
            psd=self._one_of("psd", _PSD, Psd.UNKNOWN),
            t=self._one_of("t", _YES_NO, False),
            fo=self._fo(),
            rua=rua,
            ruf=ruf,
            pct=self._pct(),
            standing=Standing.APPLIES if not wrong else Standing.AS_NONE if wanted else Standing.NOT_APPLIED,
            tags=tags,
        )
        self._others(record)
        return record

    def _note(self, code: str, words: str, name: str) -> None:
        self._notes.append(Note(code, words, f"{name}={self._tags[name]}"[:100] if name in self._tags else name))

    def _uris(self, name: str) -> tuple[ReportUri, ...]:
        if name not in self._tags:
            return ()
        found, notes = read_uris(name, self._tags[name])
        self._notes.extend(notes)
        return found

    def _policy(self, name: str) -> Policy:
        """A policy; ABSENT when it is missing or wrong, which the notes tell apart."""
        value = self._tags.get(name)
        if value is None:
            if name == "p":
                self._note("p_missing", "there is no policy (`p`)", "p")
            return Policy.ABSENT
        found = _POLICIES.get(value.lower())
        if found is None:
            self._note("policy_invalid", "the policy must be none, quarantine or reject", name)
            return Policy.ABSENT
        return found

    def _one_of(self, name: str, values: dict[str, _T], default: _T) -> _T:
        value = self._tags.get(name)
        if value is None:
            return default
        if value.lower() not in values:
            self._note("value_invalid", "the value is unknown; the default is taken instead", name)
        return values.get(value.lower(), default)

    def _fo(self) -> tuple[str, ...]:
        """What failures are reported (RFC 9989, 4.7): `0` and `1` exclude each other, of both `1` says more."""
        value = self._tags.get("fo")
        if value is None:
            return ("0",)
        given = list(dict.fromkeys(part.strip().lower() for part in value.split(":")))
        known = tuple(part for part in given if part in _FO)
        if len(known) != len(given):
            self._note("value_invalid", "the value is unknown; the default is taken instead", "fo")
        if "0" in known and "1" in known:
            self._note("fo_contradicts", "`0` and `1` exclude each other; `1` is taken", "fo")
            known = tuple(part for part in known if part != "0")
        if "ruf" not in self._tags:
            self._note("fo_without_ruf", "without `ruf` it has no effect", "fo")
        return known or ("0",)

    def _pct(self) -> int | None:
        value = self._tags.get("pct", "")
        if not (value.isascii() and value.isdigit() and len(value) <= 3 and int(value) <= 100):
            return None
        return int(value)

    def _order(self, tags: tuple[tuple[str, str], ...]) -> None:
        if "p" in self._tags and tags[0][0] != "p":
            self._note("p_not_second", "older receivers ignore a record whose policy does not come right after the version", "p")

    def _others(self, record: DmarcRecord) -> None:
        for name in self._tags:
            if name == "pct" and record.pct is not None and record.pct < 100:
                self._note("pct_ignored", "receivers of today ignore `pct` and apply the policy to all mail", name)
            elif name in HISTORIC:
                self._note("historic_tag", "the tag has no effect any more", name)
            elif name not in KNOWN:
                self._note("unknown_tag", "nobody knows this tag; it is ignored", name)


_STEP_LESS = {Policy.REJECT: Policy.QUARANTINE, Policy.QUARANTINE: Policy.NONE}


def policy_for(record: DmarcRecord, *, is_own: bool, exists: bool = True) -> Applies:
    """The policy for a name: `p` for the record's own name, below it `sp`, or `np` where it does not exist.

    RFC 9989, 4.7 and 4.10.1: `sp` falls back to `p`, `np` to `sp`, then `p`. Not to be asked of a record that is NOT_APPLIED.
    """
    if record.standing is not Standing.APPLIES:
        return Applies("p", Policy.NONE, Policy.NONE)
    order = (("p", record.p),) if is_own else (("sp", record.sp), ("p", record.p))
    if not is_own and not exists:
        order = (("np", record.np), *order)
    tag, said = next((tag, policy) for tag, policy in order if policy is not Policy.ABSENT)
    return Applies(tag, said, _STEP_LESS.get(said, said) if record.t else said)
