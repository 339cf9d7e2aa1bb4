"""From the tree of one record to what it says (RFC 9990, 3.1.1.7): words to enums, names to normal form, flaws to notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from sekisho.core.limits import Limits
from sekisho.core.names import MAX_NAME, normal
from sekisho.core.reports.markup import Node
from sekisho.core.reports.text import Notes, clean
from sekisho.core.reports.values import DkimAuth, Reason, Said, SpfAuth
from sekisho.core.terms import Aligned, AuthResult, Disposition, Override, SpfScope

T = TypeVar("T", Aligned, AuthResult, Disposition, Override, SpfScope)

_DISPOSITIONS = {str(value): value for value in Disposition if value is not Disposition.ABSENT}
_OVERRIDES = {str(value): value for value in Override if value is not Override.ABSENT}
_SCOPES = {"mfrom": SpfScope.MFROM, "helo": SpfScope.HELO, "mailfrom": SpfScope.MFROM, "ehlo": SpfScope.HELO}
_ALIGNED = {"pass": Aligned.PASS} | dict.fromkeys(
    # Whatever is no pass has not passed; receivers that put their raw result here are common.
    ("fail", "none", "neutral", "softfail", "hardfail", "policy", "temperror", "permerror", "unknown", "error"),
    Aligned.FAIL,
)
_RESULTS = {str(value): value for value in AuthResult if value is not AuthResult.ABSENT} | {
    # RFC 7489, App. C names unknown and error; the others are words of receivers that were seen.
    "hardfail": AuthResult.FAIL,
    "unknown": AuthResult.TEMPERROR,
    "temp_error": AuthResult.TEMPERROR,
    "error": AuthResult.PERMERROR,
    "perm_error": AuthResult.PERMERROR,
    "invalid": AuthResult.PERMERROR,
    "nxdomain": AuthResult.PERMERROR,
}
_WORD = re.compile(r"[a-z_]+")
_PLAIN_NAME = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]+").fullmatch
_BREAKS = re.compile(r"[,;\s]+")


class Shared:
    """A bounded store of what records said: equal values are one object, across rows and across reports.

    Two generations: what is not asked for while the younger one fills up is forgotten.
    """

    def __init__(self, entries: int, weight: int) -> None:
        self._entries = entries
        self._weight = weight
        self._young: dict[object, Said] = {}
        self._old: dict[object, Said] = {}
        self._held = 0

    def get(self, key: object) -> Said | None:
        """The value of the key, if it is still known."""
        said = self._young.get(key)
        if said is None and (said := self._old.get(key)) is not None:
            self.put(key, said)
        return said

    def put(self, key: object, said: Said) -> None:
        """Remembers a value."""
        if len(self._young) >= self._entries or self._held >= self._weight:
            self._old, self._young, self._held = self._young, {}, 0
        self._young[key] = said
        self._held += weight(said) + (len(key) if isinstance(key, str) else 0)

    def clear(self) -> None:
        """Forgets all."""
        self._young, self._old, self._held = {}, {}, 0


_SAID = Shared(entries=10_000, weight=8 * 1024 * 1024)


def weight(said: Said) -> int:
    """About how many bytes of memory the value takes."""
    known = said.memo.get("weight")
    if isinstance(known, int):
        return known
    texts = [said.header_from, said.envelope_from, said.envelope_to]
    texts += [text for reason in said.reasons for text in (reason.comment, reason.said)]
    texts += [text for dkim in said.dkim for text in (dkim.domain, dkim.selector, dkim.human_result)]
    texts += [text for spf in said.spf for text in (spf.domain, spf.human_result)]
    texts += [text for note in said.notes for text in note]
    said.memo["weight"] = total = 300 + 60 * len(texts) + sum(map(len, texts))
    return total


def read_said(record: Node, limits: Limits, *, is_crowded: bool = False) -> Said:
    """All that the record says except its address and count; equal ones are the same object."""
    return _Reading(limits).said(record, is_crowded=is_crowded)


def section(node: Node, name: str) -> Node | None:
    """The first child of that name."""
    for child in node.children:
        if child.name == name:
            return child
    return None


class _Reading:
    """The reading of one record, with the notes made on the way."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._notes = Notes()

    def said(self, record: Node, *, is_crowded: bool) -> Said:
        """The value, taken from the shared store where an equal one is known."""
        if is_crowded:
            self._notes.add("too_many_elements", "A record has more elements than are looked at")
        row = self._one(record, "row") or record
        evaluated = self._one(row, "policy_evaluated") or self._one(record, "policy_evaluated") or row
        identifiers = self._one(record, "identifiers") or record
        results = self._one(record, "auth_results")
        if results is None:
            self._notes.add("no_auth_results", "A record does not say what SPF and DKIM found")
        values = (
            self._word(evaluated, "disposition", _DISPOSITIONS, Disposition.ABSENT),
            self._aligned(evaluated, "dkim"),
            self._aligned(evaluated, "spf"),
            tuple(self._reason(node) for node in self._some(evaluated, "reason")),
            self._header_from(identifiers),
            self._domain(identifiers, "envelope_from"),
            self._domain(identifiers, "envelope_to"),
            tuple(self._dkim(node) for node in self._some(results, "dkim")),
            tuple(self._spf(node) for node in self._some(results, "spf")),
            self._notes.all(),
        )
        known = _SAID.get(values)
        if known is None:
            known = Said(*values)
            _SAID.put(values, known)
        return known

    def _one(self, node: Node, name: str) -> Node | None:
        """The element that should occur once: the first, with a note where there are more."""
        found: Node | None = None
        for child in node.children:
            if child.name == name:
                if found is not None:
                    self._notes.add("repeated", "An element that should occur once occurs again; the first counts", name)
                    break
                found = child
        return found

    def _some(self, node: Node | None, name: str) -> list[Node]:
        """The elements of that name, up to the limit."""
        if node is None:
            return []
        found = node.all(name)
        if len(found) > self._limits.results:
            self._notes.add("too_many_results", "A record has more results than RFC 9990 allows; the first are kept", name)
        return found[: self._limits.results]

    def _text(self, node: Node, name: str) -> str:
        found = self._one(node, name)
        if found is None or not found.text:
            return ""
        if len(found.text) > self._limits.text:
            self._notes.add("cut_value", "A value is too long and was cut", name)
        return clean(found.text, self._limits.text)

    def _word(self, node: Node, name: str, words: Mapping[str, T], absent: T) -> T:
        """An enum, whatever the casing; absent, with a note, where it is none of the known words."""
        return self._known(self._text(node, name), name, words, absent)

    def _known(self, text: str, name: str, words: Mapping[str, T], absent: T) -> T:
        value = words.get(text)
        if value is not None:
            return value
        if not text:
            return absent
        word = _WORD.match(text.lower())
        value = words.get(word[0]) if word else None
        if value is None or word is None or word[0] != text.lower():
            self._notes.add("odd_word", "A value is none of the known words", f"{name}: {text[:60]}")
        return absent if value is None else value

    def _aligned(self, node: Node, name: str) -> Aligned:
        """The aligned result of one mechanism."""
        if node.name == "record":  # without a row, dkim and spf found here are raw results
            return Aligned.ABSENT
        value = self._word(node, name, _ALIGNED, Aligned.ABSENT)
        if value is Aligned.ABSENT:
            self._notes.add("no_alignment", "A record does not say whether it passed for the domain", name)
        return value

    def _reason(self, node: Node) -> Reason:
        comment = self._text(node, "comment")
        if not node.children:  # plain text instead of type and comment
            comment = clean(node.text, self._limits.text)
            said = comment.lower()
            return Reason(_OVERRIDES[said]) if said in _OVERRIDES else Reason(_type_of(said), comment)
        said = self._text(node, "type")
        known = _OVERRIDES.get(said.lower().replace("-", "_").replace(" ", "_"))
        if known is not None:
            return Reason(known, comment)
        return Reason(_type_of(said), comment, said)

    def _dkim(self, node: Node) -> DkimAuth:
        return DkimAuth(
            self._domain(node, "domain"),
            self._text(node, "selector").lower(),
            self._word(node, "result", _RESULTS, AuthResult.ABSENT),
            self._text(node, "human_result"),
        )

    def _spf(self, node: Node) -> SpfAuth:
        return SpfAuth(
            self._domain(node, "domain"),
            self._word(node, "scope", _SCOPES, SpfScope.ABSENT),
            self._word(node, "result", _RESULTS, AuthResult.ABSENT),
            self._text(node, "human_result"),
        )

    def _header_from(self, identifiers: Node) -> str:
        name = self._domain(identifiers, "header_from")
        if not name:
            self._notes.add("no_header_from", "A record does not say which domain was in the From line")
        return name

    def _domain(self, node: Node, name: str) -> str:
        return domain_of(self._text(node, name), name, self._notes)


def _type_of(said: str) -> Override:
    """A type that is none of the standard ones is another one; an empty one is none."""
    return Override.OTHER if said else Override.ABSENT


def domain_of(text: str, where: str, notes: Notes) -> str:
    """The domain in normal form; of an address its domain, of several the first, with a note for both."""
    if not text or (len(text) <= MAX_NAME and _PLAIN_NAME(text)):
        return text
    if text.endswith(">") and "<" in text:
        text = text[text.rindex("<") + 1 : -1]
    first, *others = [part for part in _BREAKS.split(text) if part] or [""]
    if others:
        notes.add("several_names", "There is more than one name where one should be; the first counts", where)
    if "@" in first:
        notes.add("address_for_name", "There is an address where a domain should be", where)
        first = first[first.rindex("@") + 1 :]
    if len(first) > MAX_NAME:
        notes.add("cut_value", "A value is too long and was cut", where)
    return normal(first[:MAX_NAME].strip("[]"))


def is_later_generation(saids: Iterable[Said]) -> bool:
    """Whether something was said that only RFC 9990 knows."""
    return any(
        said.disposition is Disposition.PASS
        or any(reason.type is Override.POLICY_TEST_MODE for reason in said.reasons)
        or any(spf.human_result for spf in said.spf)
        for said in saids
    )
