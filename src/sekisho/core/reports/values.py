"""The values of an aggregate report and of a TLS report, and the notes a reader makes on them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sekisho.core.terms import (
    Aligned,
    AlignmentMode,
    AuthResult,
    Disposition,
    Generation,
    Override,
    Policy,
    SpfScope,
)

BLOCK = 1024
"""Rows that are kept together in one piece of text; bounds what one step of an iteration holds."""


class Note(NamedTuple):
    """A flaw that leaves a report readable: `code` for programs, `words` (English) and `where` for people."""

    code: str
    words: str
    where: str = ""


class DkimAuth(NamedTuple):
    """One DKIM result of `auth_results`, names in lower case."""

    domain: str
    selector: str
    result: AuthResult
    human_result: str = ""


class SpfAuth(NamedTuple):
    """One SPF result of `auth_results`, names in lower case."""

    domain: str
    scope: SpfScope
    result: AuthResult
    human_result: str = ""


class Reason(NamedTuple):
    """A `reason` of `policy_evaluated`: why the receiver did not follow the policy."""

    type: Override
    comment: str = ""
    said: str = ""
    """The type as written where it is none of the standard ones."""


@dataclass(slots=True, init=False, eq=False)
class Said:
    """All that a record says except its address and count. Equal texts share one object, so compare by `is` first."""

    disposition: Final[Disposition]
    dkim_aligned: Final[Aligned]
    spf_aligned: Final[Aligned]
    reasons: Final[tuple[Reason, ...]]
    header_from: Final[str]
    envelope_from: Final[str]
    """Empty for a null reverse-path or where the reporter gives none."""
    envelope_to: Final[str]
    dkim: Final[tuple[DkimAuth, ...]]
    spf: Final[tuple[SpfAuth, ...]]
    notes: Final[tuple[Note, ...]]
    memo: dict[str, object] = field(compare=False, repr=False)
    """What others have derived from this value (it is shared by thousands of rows): a cache, never a source."""

    def __init__(
        self,
        disposition: Disposition,
        dkim_aligned: Aligned,
        spf_aligned: Aligned,
        reasons: tuple[Reason, ...],
        header_from: str,
        envelope_from: str,
        envelope_to: str,
        dkim: tuple[DkimAuth, ...],
        spf: tuple[SpfAuth, ...],
        notes: tuple[Note, ...] = (),
        memo: dict[str, object] | None = None,
    ) -> None:
        self.disposition = disposition
        self.dkim_aligned = dkim_aligned
        self.spf_aligned = spf_aligned
        self.reasons = reasons
        self.header_from = header_from
        self.envelope_from = envelope_from
        self.envelope_to = envelope_to
        self.dkim = dkim
        self.spf = spf
        self.notes = notes
        self.memo = {} if memo is None else memo


class Record(NamedTuple):
    """One row of an aggregate report (RFC 9990, 3.1.1.7)."""

    source_ip: str
    """Canonical text of the address; as written where it is none."""
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a record
    said: Said


class Rows:
    """The rows of a report, compact: 200,000 of them take about 6 MB. Iterates as `Record`s."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._open: list[str] = []
        self._counts = array("q")
        self._said = array("i")
        self._saids: list[Said] = []
        self._index: dict[int, int] = {}
        self.messages = 0

    def append(self, source_ip: str, count: int, said: Said) -> None:
        """Adds a row; `source_ip` holds no line break."""
        at = self._index.get(id(said))
        if at is None:
            at = self._index[id(said)] = len(self._saids)
            self._saids.append(said)
        self._open.append(source_ip)
        self._counts.append(count)
        self._said.append(at)
        self.messages += count
        if len(self._open) == BLOCK:
            self._blocks.append("\n".join(self._open))
            self._open = []

    def extend(self, addresses: list[str], counts: list[int], saids: list[Said]) -> None:
        """Adds rows, as `append` does."""
        index, known = self._index, self._saids
        numbers = [index.setdefault(id(said), len(index)) for said in saids]
        if len(index) > len(known):
            for said, number in zip(saids, numbers, strict=True):
                if number == len(known):
                    known.append(said)
        self._open += addresses
        self._counts.fromlist(counts)
        self._said.fromlist(numbers)
        self.messages += sum(counts)
        while len(self._open) >= BLOCK:
            self._blocks.append("\n".join(self._open[:BLOCK]))
            del self._open[:BLOCK]

    @property
    def saids(self) -> list[Said]:
        """The distinct `Said` values; `blocks` refers to them by index."""
        return self._saids

    def blocks(self) -> Iterator[tuple[int, list[str], array[int], array[int]]]:
        """The rows in pieces: number of the first row, addresses, counts, indexes into `saids`."""
        start = 0
        for text in self._blocks:
            stop = start + BLOCK
            yield start, text.split("\n"), self._counts[start:stop], self._said[start:stop]
            start = stop
        if self._open:
            yield start, list(self._open), self._counts[start:], self._said[start:]

    def __len__(self) -> int:
        return len(self._counts)

    def __iter__(self) -> Iterator[Record]:
        for _, addresses, counts, indexes in self.blocks():
            for address, count, index in zip(addresses, counts, indexes, strict=True):
                yield Record(address, count, self._saids[index])

    @classmethod
    def of(cls, records: Iterable[Record]) -> Rows:
        """Rows made of records, for writers and tests."""
        rows = cls()
        for record in records:
            rows.append(*record)
        return rows


@dataclass(slots=True, init=False)
class PolicyPublished:
    """`policy_published`: the record as the reporter found it."""

    domain: Final[str]
    p: Final[Policy]
    sp: Final[Policy]
    np: Final[Policy]
    adkim: Final[AlignmentMode]
    aspf: Final[AlignmentMode]
    pct: Final[int | None]
    fo: Final[str]
    testing: Final[str]
    """`y`, `n` or empty (RFC 9990)."""
    discovery_method: Final[str]
    """`psl`, `treewalk` or empty (RFC 9990)."""

    def __init__(
        self,
        domain: str,
        p: Policy = Policy.ABSENT,
        sp: Policy = Policy.ABSENT,
        np: Policy = Policy.ABSENT,
        adkim: AlignmentMode = AlignmentMode.ABSENT,
        aspf: AlignmentMode = AlignmentMode.ABSENT,
        pct: int | None = None,
        fo: str = "",
        testing: str = "",
        discovery_method: str = "",
    ) -> None:
        self.domain = domain
        self.p = p
        self.sp = sp
        self.np = np
        self.adkim = adkim
        self.aspf = aspf
        self.pct = pct
        self.fo = fo
        self.testing = testing
        self.discovery_method = discovery_method


@dataclass(slots=True, init=False)
class AggregateReport:
    """One aggregate report, as said; times are Unix seconds (UTC)."""

    org_name: Final[str]
    email: Final[str]
    extra_contact_info: Final[str]
    report_id: Final[str]
    begin: Final[int]
    end: Final[int]
    policy: Final[PolicyPublished]
    rows: Final[Rows]
    errors: Final[tuple[str, ...]]
    generator: Final[str]
    version: Final[str]
    namespace: Final[str]
    generation: Final[Generation]
    notes: Final[tuple[Note, ...]]

    def __init__(
        self,
        org_name: str,
        email: str,
        extra_contact_info: str,
        report_id: str,
        begin: int,
        end: int,
        policy: PolicyPublished,
        rows: Rows,
        errors: tuple[str, ...] = (),
        generator: str = "",
        version: str = "",
        namespace: str = "",
        generation: Generation = Generation.RFC7489,
        notes: tuple[Note, ...] = (),
    ) -> None:
        self.org_name = org_name
        self.email = email
        self.extra_contact_info = extra_contact_info
        self.report_id = report_id
        self.begin = begin
        self.end = end
        self.policy = policy
        self.rows = rows
        self.errors = errors
        self.generator = generator
        self.version = version
        self.namespace = namespace
        self.generation = generation
        self.notes = notes

    @property
    def reporter(self) -> str:
        """Who reports: `org_name`, else the domain of the contact address, else `unknown`."""
        return self.org_name or self.email.rpartition("@")[2] or "unknown"


@dataclass(frozen=True, slots=True)
class TlsFailure:
    """One entry of `failure-details` (RFC 8460, 4.3)."""

    result_type: str
    sending_mta_ip: str
    receiving_mx_hostname: str
    receiving_ip: str
    count: int
    receiving_mx_helo: str = ""
    additional_information: str = ""
    failure_reason_code: str = ""


@dataclass(frozen=True, slots=True)
class TlsPolicy:
    """One entry of `policies` (RFC 8460, 4.2)."""

    policy_type: str
    policy_domain: str
    policy_string: tuple[str, ...]
    mx_hosts: tuple[str, ...]
    successful: int
    failed: int
    failures: tuple[TlsFailure, ...] = ()

    @property
    def sessions(self) -> int:
        """Sessions in all."""
        return self.successful + self.failed


@dataclass(frozen=True, slots=True)
class TlsReport:
    """One SMTP TLS report (RFC 8460, 4); times are Unix seconds (UTC)."""

    organization_name: str
    contact_info: str
    report_id: str
    begin: int
    end: int
    policies: tuple[TlsPolicy, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class FailureReport:
    """One failure report (RFC 9991, RFC 6591): its fields and the message it is about."""

    feedback_type: str
    reported_domain: str
    source_ip: str
    arrival: int | None
    auth_failure: tuple[str, ...]
    identity_alignment: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    original: bytes
    """Part 3: the message or its header, as sent."""
    notes: tuple[Note, ...] = ()
    header_from: str = ""
    """Domain in the From line of the original, in normal form; empty where there is none."""
    reporter: str = "unknown"
    """Who reports: the domain of the report's sender, else the host named in `Reporting-MTA`."""

    def said(self, name: str) -> str:
        """The value of the first field of this name (any case); empty where there is none."""
        return next((value for key, value in self.fields if key.lower() == name.lower()), "")

    def all_said(self, name: str) -> tuple[str, ...]:
        """The values of all fields of this name."""
        return tuple(value for key, value in self.fields if key.lower() == name.lower())


Report = AggregateReport | TlsReport | FailureReport
