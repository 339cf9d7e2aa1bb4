"""Reads aggregate reports of both generations (RFC 7489, 7.2 and App. C; RFC 9990): what was said, as it was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sekisho.core.errors import Broken, NotAReport, TooLarge
from sekisho.core.limits import DEFAULT, Limits, Work
from sekisho.core.names import organizational_domain
from sekisho.core.reports.address import canonical, is_plain_ipv4
from sekisho.core.reports.lenient import read_leniently
from sekisho.core.reports.markup import Collector, Malformed, Source
from sekisho.core.reports.metadata import Metadata, Policies, read_metadata, read_policy
from sekisho.core.reports.number import count_of
from sekisho.core.reports.record import heaviest, is_later_generation, read_said, section, weight
from sekisho.core.reports.shortcut import Shortcut
from sekisho.core.reports.text import Notes, as_utf8, clean
from sekisho.core.reports.tree import Node
from sekisho.core.reports.values import AggregateReport, Note, PolicyPublished, Rows, Said
from sekisho.core.terms import Generation

NAMESPACE = "urn:ietf:params:xml:ns:dmarc-2.0"
"""RFC 9990, 6."""
LONG_S = 8 * 86400
"""A range longer than a week is noted; a day is the rule (RFC 9990, 3.1.1.4)."""


def read_aggregate(
    chunks: Iterable[bytes], limits: Limits = DEFAULT, *, shortcuts: bool = True, work: Work | None = None
) -> AggregateReport:
    """The report in an XML document that comes in pieces; raises `NotAReport`, `Broken` or `TooLarge`.

    Flaws that leave it readable are notes, and a bad row never sinks it. Times that are not said are 0, with the note
    `no_times`. With `shortcuts`, records that differ from an earlier one only in address and count are not parsed again. `work` is
    what may still be done for the delivery that the report came in.

    1. Bytes to UTF-8 (`text`). 2. Expat hands over the parts of the document as trees (`markup`). 3. Where the XML is broken and
    not too long, it is read again leniently; else what came before the break counts. 4. Parts to values (`metadata`, `record`).
    """
    outer = Notes()
    held = _Held(limits.repair_bytes)
    source = held.passing(as_utf8(chunks, outer))
    work = work or Work(limits)
    draft = _Draft(limits, work)
    try:
        _read_strictly(source, draft, limits, shortcuts=shortcuts)
    except Malformed as error:
        if draft.collector.is_closed:
            outer.add("text_after", "There is text after the document")
        elif error.cut:
            draft.is_cut = True
        elif held.takes_all(source):
            outer.add("broken_xml", "The XML is not well-formed; it was read as far as it can be understood")
            draft = _Draft(limits, work)
            draft.is_cut = read_leniently(held.text(), draft.collector)
        else:
            draft.is_cut = True
    return draft.report(outer.all())


def _read_strictly(source: Iterator[bytes], draft: _Draft, limits: Limits, *, shortcuts: bool) -> None:
    """Feeds the document to expat, by way of the shortcut where that is wanted."""
    if shortcuts:
        Shortcut(draft, limits).read(source)
        return
    parser = Source(draft.collector, limits)
    try:
        for chunk in source:
            parser.feed(chunk)
        parser.close()
    finally:
        parser.release()


class _Held:
    """Keeps the document while it passes through, as long as it is short enough to be read twice."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._chunks: list[bytes] = []
        self._length = 0
        self.is_over = False

    def passing(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks that hold something, as they come."""
        for chunk in filter(None, chunks):
            if not self.is_over:
                self._chunks.append(chunk)
                self._length += len(chunk)
                if self._length > self._longest:
                    self.is_over = True
                    self._chunks.clear()
            yield chunk

    def takes_all(self, rest: Iterator[bytes]) -> bool:
        """Takes what has not passed yet; whether all of the document is held."""
        while not self.is_over and next(rest, b""):
            pass
        return not self.is_over

    def text(self) -> str:
        """All of it."""
        return b"".join(self._chunks).decode("utf-8", "replace")


class _Draft:
    """A report in the making: takes the parts as they come, in any order."""

    def __init__(self, limits: Limits, work: Work) -> None:
        self._limits = limits
        self.work = work
        self.notes = Notes()
        self.collector = Collector(limits, self.take, work)
        self.rows = Rows()
        self.is_cut = False
        self._version = ""
        self._metadata: Metadata | None = None
        self._policy: PolicyPublished | None = None
        self._room = limits.rows
        self._said_bytes = 0
        self._said_number = 0
        self._unweighed = limits.said_bytes // 8 // heaviest(limits)
        """How many new `Said` can be let pass before they are weighed together: few reports have more."""
        self._is_later = False

    def take(self, part: Node) -> None:
        """One part of the document; of those that should occur once, the first counts."""
        match part.name:
            case "record":
                self._record(part)
            case "report_metadata":
                if self._metadata is None:
                    self.take_metadata(read_metadata(part, self.notes, self._limits))
                else:
                    self._repeated(part.name)
            case "policy_published":
                self.take_policies(read_policy(part, self._limits))
            case "version":
                self.take_version(part.text)

    def take_version(self, text: str) -> None:
        """What stands in `version`."""
        self._version = self._version or clean(text, 20)

    def take_metadata(self, metadata: Metadata) -> None:
        """What stands in `report_metadata`."""
        if self._metadata is not None:
            self._repeated("report_metadata")
            return
        self._metadata = metadata
        self._is_later = self._is_later or bool(metadata.generator)

    def take_policies(self, policies: Policies) -> None:
        """What stands in `policy_published`."""
        if self._policy is not None:
            self._repeated("policy_published")
            return
        self._policy = policies.policy
        self._is_later = self._is_later or policies.is_later
        for flaw in policies.flaws:
            self.notes.add(*flaw)

    def _repeated(self, name: str) -> None:
        self.notes.add("repeated", "An element that should occur once occurs again; the first counts", name)

    def _record(self, record: Node) -> None:
        """One record; where its row is missing, the record itself is looked at."""
        row = section(record, "row") or record
        address, count = section(row, "source_ip"), section(row, "count")
        said = read_said(record, self._limits, is_crowded=self.collector.is_crowded)
        self.collector.is_crowded = False
        self.add(address.text if address else "", count.text if count else "", said)

    def add(self, address: str, count: str, said: Said) -> None:
        """A row, address and count as written."""
        if not is_plain_ipv4(address):
            address = self._address(clean(address, self._limits.text))
        self.add_rows([address], [self._count(count, address)], [said])

    def add_rows(self, addresses: list[str], counts: list[int], saids: list[Said]) -> None:
        """Rows, their addresses in canonical text; raises `TooLarge` where the report passes a limit."""
        is_too_much = len(addresses) > self._room
        if is_too_much:
            last = self._room + 1
            addresses, counts, saids = addresses[:last], counts[:last], saids[:last]
        self._room -= len(addresses)
        self.rows.extend(addresses, counts, saids)
        if len(self.rows.saids) > self._said_number + self._unweighed:
            self._weigh()
        if is_too_much:
            raise TooLarge("The report has too many records")

    def _weigh(self) -> None:
        """Keeps what new rows say within the limits."""
        new = self.rows.saids[self._said_number :]
        self._said_bytes += sum(map(weight, new))
        self._said_number = len(self.rows.saids)
        if self._said_bytes > self._limits.said_bytes:
            raise TooLarge("The records of the report say too much")

    def _address(self, text: str) -> str:
        known = canonical(text)
        if known is not None:
            return known
        first = text.replace(",", " ").replace(";", " ").partition(" ")[0]
        known = canonical(first) if first != text else None
        if known is not None:
            self.notes.add("several_addresses", "A row has more than one address; the first counts", self._here())
            return known
        if text:
            self.notes.add("odd_address", "The address of a row is none", self._here())
        else:
            self.notes.add("no_address", "A row has no address", self._here())
        return text[:100]

    def _count(self, text: str, address: str) -> int:
        if not address and not text.strip():
            return 0  # an empty record, by which some say that nothing was seen
        count, is_odd = count_of(text)
        if is_odd:
            self.notes.add("odd_count", "The number of messages of a row is not readable; taken as written or as one", self._here())
        return count

    def _here(self) -> str:
        return f"record {len(self.rows) + 1}"

    def report(self, notes: tuple[Note, ...]) -> AggregateReport:
        """The report, with the notes on the document put first, or why there is none."""
        self.collector.release()
        self._refuse_if_nothing()
        metadata = self._metadata or Metadata()
        policy = self._with_domain(self._policy or PolicyPublished(""))
        if self.is_cut and self.collector.is_feedback_closed:
            self.notes.add("unclosed", "The report stands in an element that has no end", self.collector.root[:60])
        elif self.is_cut:
            self.notes.add("cut", "The document ends too early; later records are missing", f"record {len(self.rows)}")
        self._check_metadata(metadata)
        collector = self.collector
        is_later = (
            self._is_later
            or collector.has_extension
            or collector.namespace == NAMESPACE
            or any(map(is_later_generation, self.rows.saids))
        )
        return AggregateReport(
            org_name=metadata.org_name,
            email=metadata.email,
            extra_contact_info=metadata.extra_contact_info,
            report_id=metadata.report_id,
            begin=metadata.begin,
            end=metadata.end,
            policy=policy,
            rows=self.rows,
            errors=metadata.errors,
            generator=metadata.generator,
            version=self._version,
            namespace=collector.namespace,
            generation=Generation.RFC9990 if is_later else Generation.RFC7489,
            notes=notes + self.notes.all(),
        )

    def _refuse_if_nothing(self) -> None:
        """A report has records with messages, or at least says for when it has none."""
        if self.rows.messages:
            return
        if self.collector.root != "feedback" and not self.collector.feedbacks and not (self._metadata or self._policy):
            raise NotAReport("This XML is not a DMARC report")
        if self.is_cut and not len(self.rows):
            raise Broken("The report ends before its first record")
        if self._metadata is None or not (self._metadata.begin or self._metadata.end):
            raise Broken("The report has neither records nor a time it is for")

    def _with_domain(self, policy: PolicyPublished) -> PolicyPublished:
        """The policy with a domain: where it is not said, that of the first record that names one."""
        if policy.domain:
            return policy
        names = (said.header_from for said in self.rows.saids if said.header_from)
        name = organizational_domain(next(names, ""))
        self.notes.add("no_policy_domain", "The report does not say which domain it is for; taken from its records", name)
        return replace(policy, domain=name)

    def _check_metadata(self, metadata: Metadata) -> None:
        """Notes on what makes a report harder to place."""
        if self.collector.migrated:
            words = "Taken over from the store of another tool, which may not have kept all that the report said"
            self.notes.add("migrated", words, self.collector.migrated)
        if self.collector.feedbacks > 1:
            self.notes.add("second_report", "The document has a second report, which was not read")
        if not self.collector.feedbacks:
            self.notes.add("odd_root", "The document is not called a report", self.collector.root[:60])
        if not metadata.report_id:
            self.notes.add("no_report_id", "The report has no identifier")
        if not metadata.begin:
            self.notes.add("no_times", "The report does not say for which time it is")
        elif metadata.end <= metadata.begin:
            self.notes.add("end_before_begin", "The report does not end after it begins")
        elif metadata.end - metadata.begin > LONG_S:
            self.notes.add("long_range", "The report is for more than a week")
