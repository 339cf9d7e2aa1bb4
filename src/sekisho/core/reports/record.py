"""From the tree of one record to what it says (RFC 9990, 3.1.1.7): words to enums, names to normal form, flaws to notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from sekisho.core.limits import MIB, Limits
from sekisho.core.names import MAX_NAME, normal
from sekisho.core.reports.text import Flaws, Notes, clean
from sekisho.core.reports.tree import Node
from sekisho.core.reports.values import DkimAuth, Note, Reason, Said, SpfAuth
from sekisho.core.terms import Aligned, AuthResult, Disposition, Override, SpfScope

V = TypeVar("V")
T = TypeVar("T", Aligned, AuthResult, Disposition, Override, SpfScope)

DISPOSITIONS = {str(value): value for value in Disposition if value is not Disposition.ABSENT}
OVERRIDES = {str(value): value for value in Override if value is not Override.ABSENT}
SCOPES = {"mfrom": SpfScope.MFROM, "helo": SpfScope.HELO, "mailfrom": SpfScope.MFROM, "ehlo": SpfScope.HELO}
ALIGNED = {"pass": Aligned.PASS} | dict.fromkeys(
    # Whatever is no pass has not passed; receivers that put their raw result here are common.
    ("fail", "none", "neutral", "softfail", "hardfail", "policy", "temperror", "permerror", "unknown", "error"),
    Aligned.FAIL,
)
RESULTS = {str(value): value for value in AuthResult if value is not AuthResult.ABSENT} | {
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


class Shared(Generic[V]):
    """A bounded store of values that repeat, across rows and across reports.

    Two generations: what is not asked for while the younger one fills up is forgotten.
    """

    def __init__(self, entries: int, max_bytes: int) -> None:
        self._entries = entries
        self._max_bytes = max_bytes
        self.young: dict[object, V] = {}
        """What was put or asked for lately: to be asked first, where a call more is much."""
        self._old: dict[object, V] = {}
        self._held = 0

    def get(self, key: object) -> V | None:
        """The value of the key, if it is still known."""
        value = self.young.get(key)
        if value is None and self._old and (value := self._old.pop(key, None)) is not None:
            self.put(key, value, 1000)  # a guess: what is asked for again is kept, and that is rare enough
        return value

    def put(self, key: object, value: V, size: int) -> None:
        """Remembers a value that takes about `size` bytes."""
        if len(self.young) >= self._entries or self._held >= self._max_bytes:
            self._old, self.young, self._held = self.young, {}, 0
        self.young[key] = value
        self._held += size


def weight(said: Said) -> int:
    """About how many bytes of memory the value takes."""
    total = 600 + len(said.header_from) + len(said.envelope_from) + len(said.envelope_to)
    for reason in said.reasons:
        total += 200 + len(reason.comment) + len(reason.said)
    for dkim in said.dkim:
        total += 250 + len(dkim.domain) + len(dkim.selector) + len(dkim.human_result)
    for spf in said.spf:
        total += 200 + len(spf.domain) + len(spf.human_result)
    for note in said.notes:
        total += 200 + len(note.where)
    return total


def heaviest(limits: Limits) -> int:
    """More than `weight` gives for any record that is read within the limits."""
    return 100_000 + limits.results * (1500 + 6 * limits.text)


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """`policy_evaluated`, and its flaws in the order they were met. Of equal parts there is one, so they are compared by `is`."""

    disposition: Disposition
    dkim: Aligned
    spf: Aligned
    reasons: tuple[Reason, ...]
    flaws: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Identifiers:
    """`identifiers`; compared by `is`."""

    header_from: str
    envelope_from: str
    envelope_to: str
    flaws: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """A `dkim` or `spf` of `auth_results`; compared by `is`."""

    auth: DkimAuth | SpfAuth
    flaws: tuple[Note, ...] = ()


_SAID: Shared[Said] = Shared(entries=10_000, max_bytes=8 * MIB)
_EVALUATED: Shared[Evaluated] = Shared(entries=2_000, max_bytes=1 * MIB)
_IDENTIFIERS: Shared[Identifiers] = Shared(entries=4_000, max_bytes=2 * MIB)
_RESULTS_FOUND: Shared[Result] = Shared(entries=8_000, max_bytes=4 * MIB)
"""The one value that stands for all equal ones, so that what is made of the same parts is found by the parts themselves."""


def one_identifiers(header_from: str, envelope_from: str, envelope_to: str, flaws: tuple[Note, ...] = ()) -> Identifiers:
    """The identifiers of these values."""
    key = header_from, envelope_from, envelope_to, flaws
    known = _IDENTIFIERS.get(key)
    if known is None:
        known = Identifiers(*key)
        _IDENTIFIERS.put(key, known, 500 + len(header_from) + len(envelope_from) + len(envelope_to))
    return known


def one_result(auth: DkimAuth | SpfAuth, flaws: tuple[Note, ...] = ()) -> Result:
    """The result of these values."""
    key = type(auth), auth, flaws
    known = _RESULTS_FOUND.get(key)
    if known is None:
        known = Result(auth, flaws)
        _RESULTS_FOUND.put(key, known, 500 + len(auth.domain) + len(auth.human_result))
    return known


def read_said(record: Node, limits: Limits, *, is_crowded: bool = False) -> Said:
    """All that the record says except its address and count; equal ones are the same object."""
    reading = Reading(limits)
    if is_crowded:
        reading.add("too_many_elements", "A record has more elements than are looked at")
    row = reading.one(record, "row") or record
    evaluated = reading.one(row, "policy_evaluated") or reading.one(record, "policy_evaluated") or row
    identifiers = reading.one(record, "identifiers") or record
    results = reading.one(record, "auth_results")
    if results is None:
        reading.add("no_auth_results", "A record does not say what SPF and DKIM found")
        results = Node("")
    dkim, spf = reading.some(results, "dkim"), reading.some(results, "spf")
    return composed(
        read_evaluated(evaluated, limits),
        read_identifiers(identifiers, limits),
        [read_result(node, limits) for node in (*dkim, *spf)],
        reading.found,
    )


def composed(evaluated: Evaluated, identifiers: Identifiers, results: Sequence[Result], flaws: Sequence[Note] = ()) -> Said:
    """The value made of its parts, from the shared store where it is known; results in their order, DKIM or SPF."""
    key = (evaluated, identifiers, *results, *flaws)
    known = _SAID.get(key)
    if known is None:
        known = Said(
            evaluated.disposition,
            evaluated.dkim,
            evaluated.spf,
            evaluated.reasons,
            identifiers.header_from,
            identifiers.envelope_from,
            identifiers.envelope_to,
            tuple([result.auth for result in results if isinstance(result.auth, DkimAuth)]),
            tuple([result.auth for result in results if isinstance(result.auth, SpfAuth)]),
            _notes([*flaws, *evaluated.flaws, *identifiers.flaws, *chain.from_iterable([result.flaws for result in results])]),
        )
        _SAID.put(key, known, weight(known))
    return known


def _notes(flaws: Sequence[Note]) -> tuple[Note, ...]:
    """One note for each kind of flaw."""
    if not flaws:
        return ()
    notes = Notes()
    for flaw in flaws:
        notes.add(*flaw)
    return notes.all()


def read_evaluated(node: Node, limits: Limits) -> Evaluated:
    """What the receiver made of it (RFC 9990, 3.1.1.9)."""
    reading = Reading(limits)
    key = (
        reading.word(node, "disposition", DISPOSITIONS, Disposition.ABSENT),
        reading.aligned(node, "dkim"),
        reading.aligned(node, "spf"),
        tuple(reading.reason(reason) for reason in reading.some(node, "reason")),
        tuple(reading.found),
    )
    known = _EVALUATED.get(key)
    if known is None:
        known = Evaluated(*key)
        _EVALUATED.put(key, known, 500 + sum(len(reason.comment) + 300 for reason in known.reasons))
    return known


def read_identifiers(node: Node, limits: Limits) -> Identifiers:
    """Who the mail said it was from (RFC 9990, 3.1.1.10)."""
    reading = Reading(limits)
    header_from = reading.domain(node, "header_from")
    if not header_from:
        reading.add("no_header_from", "A record does not say which domain was in the From line")
    names = reading.domain(node, "envelope_from"), reading.domain(node, "envelope_to")
    return one_identifiers(header_from, *names, tuple(reading.found))


def read_result(node: Node, limits: Limits) -> Result:
    """What DKIM or SPF found (RFC 9990, 3.1.1.11), by the name of the element."""
    reading = Reading(limits)
    domain = reading.domain(node, "domain")
    if node.name == "dkim":
        selector = reading.text(node, "selector").lower()
        result = reading.word(node, "result", RESULTS, AuthResult.ABSENT)
        return one_result(DkimAuth(domain, selector, result, reading.text(node, "human_result")), tuple(reading.found))
    scope = reading.word(node, "scope", SCOPES, SpfScope.ABSENT)
    result = reading.word(node, "result", RESULTS, AuthResult.ABSENT)
    return one_result(SpfAuth(domain, scope, result, reading.text(node, "human_result")), tuple(reading.found))


def section(node: Node, name: str) -> Node | None:
    """The first child of that name."""
    for child in node.children:
        if child.name == name:
            return child
    return None


class Reading(Flaws):
    """The reading of one element, with the flaws met on the way."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def one(self, node: Node, name: str) -> Node | None:
        """The element that should occur once: the first, with a flaw where there are more."""
        found: Node | None = None
        for child in node.children:
            if child.name == name:
                if found is not None:
                    self.add("repeated", "An element that should occur once occurs again; the first counts", name)
                    break
                found = child
        return found

    def some(self, node: Node, name: str) -> list[Node]:
        """The elements of that name, up to the limit."""
        found = node.all(name)
        if len(found) > self._limits.results:
            self.add("too_many_results", "A record has more results than RFC 9990 allows; the first are kept", name)
        return found[: self._limits.results]

    def text(self, node: Node, name: str) -> str:
        """The text of the element."""
        found = self.one(node, name)
        if found is None or not found.text:
            return ""
        if len(found.text) > self._limits.text:
            self.add("cut_value", "A value is too long and was cut", name)
        return clean(found.text, self._limits.text)

    def word(self, node: Node, name: str, words: Mapping[str, T], absent: T) -> T:
        """An enum, whatever the casing; absent, with a flaw, where it is none of the known words."""
        text = self.text(node, name)
        value = words.get(text)
        if value is not None:
            return value
        if not text:
            return absent
        word = _WORD.match(text.lower())
        value = words.get(word[0]) if word else None
        if value is None or word is None or word[0] != text.lower():
            self.add("odd_word", "A value is none of the known words", f"{name}: {text[:60]}")
        return absent if value is None else value

    def aligned(self, node: Node, name: str) -> Aligned:
        """The aligned result of one mechanism."""
        if node.name == "record":  # without a row, dkim and spf found here are raw results
            return Aligned.ABSENT
        value = self.word(node, name, ALIGNED, Aligned.ABSENT)
        if value is Aligned.ABSENT:
            self.add("no_alignment", "A record does not say whether it passed for the domain", name)
        return value

    def reason(self, node: Node) -> Reason:
        """Why the policy was not followed; plain text where type and comment should be is understood."""
        if not node.children:
            comment = clean(node.text, self._limits.text)
            said = comment.lower()
            return Reason(OVERRIDES[said]) if said in OVERRIDES else Reason(_type_of(said), comment)
        comment, said = self.text(node, "comment"), self.text(node, "type")
        known = OVERRIDES.get(said.lower().replace("-", "_").replace(" ", "_"))
        return Reason(known, comment) if known is not None else Reason(_type_of(said), comment, said)

    def domain(self, node: Node, name: str) -> str:
        """A domain name."""
        text = self.text(node, name)
        if not text or (len(text) <= MAX_NAME and _PLAIN_NAME(text)):
            return text
        return domain_of(text, name, self)


def _type_of(said: str) -> Override:
    """A type that is none of the standard ones is another one; an empty one is none."""
    return Override.OTHER if said else Override.ABSENT


def domain_of(text: str, where: str, notes: Notes | Flaws) -> str:
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


def is_later_generation(said: Said) -> bool:
    """Whether something was said that only RFC 9990 knows."""
    if said.disposition is Disposition.PASS:
        return True
    for spf in said.spf:
        if spf.human_result:
            return True
    return bool(said.reasons) and any(reason.type is Override.POLICY_TEST_MODE for reason in said.reasons)
