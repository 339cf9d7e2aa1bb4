"""Policy discovery: which record applies to an author domain (RFC 9989, 4.10.1; RFC 7489, 6.6.3 by public suffix list)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sekisho.core import names
from sekisho.core.dmarc.record import Applies, DmarcRecord, Psd, Standing, policy_for
from sekisho.core.dmarc.walk import Stop, Walk, ask_record, organizational_domain, walk
from sekisho.core.questions import Asking, Question
from sekisho.core.terms import Found


class Method(StrEnum):
    """How organizational domain and policy are found, as `discovery_method` says it (RFC 9990, 3.1.1.5)."""

    TREE_WALK = "treewalk"
    PSL = "psl"


@dataclass(frozen=True, slots=True)
class Discovery:
    """The record that applies to an author domain, or that there is none, or that nobody knows."""

    author: str
    method: Method
    state: Found
    """YES with a record, NO where there surely is none, UNKNOWN where a question failed."""
    stops: tuple[Stop, ...]
    """What was asked, in order."""
    record: DmarcRecord | None = None
    policy_domain: str = ""
    """Where the record is."""
    exists: Found = Found.YES
    """Whether the author domain exists; asked only where the record of another name makes it matter."""
    why: str = ""
    """Why it is unknown."""

    @property
    def applies(self) -> Applies | None:
        """The policy for the author domain; None where no DMARC applies, or where nobody knows which policy does."""
        record = self.record
        if record is None or record.standing is Standing.NOT_APPLIED:
            return None
        is_own = self.policy_domain == self.author
        if self.exists is Found.UNKNOWN and not is_own:
            either = [policy_for(record, is_own=False, exists=exists) for exists in (True, False)]
            return either[0] if either[0].expected is either[1].expected else None
        return policy_for(record, is_own=is_own, exists=self.exists is Found.YES)


def discover(author: str, method: Method = Method.TREE_WALK) -> Asking[Discovery]:
    """Asks for the record that applies to mail with this author domain."""
    author = names.normal(author)
    if method is Method.PSL:
        return (yield from _by_list(author))
    first = yield from ask_record(author)
    if first.record is not None:
        return Discovery(author, method, Found.YES, (first,), first.record, author)
    way = yield from walk(author, first)
    found = _of_others(way)
    if not way.is_sure:
        return Discovery(author, method, Found.UNKNOWN, way.stops, why=way.why)
    if found is None:
        return Discovery(author, method, Found.NO, way.stops)
    domain, record = found
    exists = yield from existence(author, record)
    return Discovery(author, method, Found.YES, way.stops, record, domain, exists)


def _of_others(way: Walk) -> tuple[str, DmarcRecord] | None:
    """The record of the organizational domain, else that of the public suffix above it."""
    records = dict(way.found)
    domain = organizational_domain(way)
    if domain in records:
        return domain, records[domain]
    return next(((name, record) for name, record in way.found if record.psd is Psd.YES), None)


def _by_list(author: str) -> Asking[Discovery]:
    """Two questions at most (RFC 7489, 6.6.3); several records at a name end it."""
    method = Method.PSL
    stops: list[Stop] = []
    for name in dict.fromkeys((author, names.organizational_domain(author))):
        stop = yield from ask_record(name)
        stops.append(stop)
        if stop.answer.failed:
            return Discovery(author, method, Found.UNKNOWN, tuple(stops), why=stop.answer.why or "no answer")
        if stop.record is not None:
            return Discovery(author, method, Found.YES, tuple(stops), stop.record, name)
        if any(note.code == "several_records" for note in stop.notes):
            break
    return Discovery(author, method, Found.NO, tuple(stops))


def existence(name: str, record: DmarcRecord) -> Asking[Found]:
    """Whether a name exists: only NXDOMAIN says that it does not (RFC 9989, 3.2.13); not asked where `np` changes nothing."""
    if policy_for(record, is_own=False, exists=True).said is policy_for(record, is_own=False, exists=False).said:
        return Found.YES
    return (yield from exists_at_all(name))


def exists_at_all(name: str) -> Asking[Found]:
    """Whether a name exists in the DNS, with records of any type or none."""
    answer = yield Question(name, "A")
    if answer.failed:
        return Found.UNKNOWN
    return Found.NO if answer.nxdomain else Found.YES
