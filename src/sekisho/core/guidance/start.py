"""The first hour of a domain: what must be published, what of it is there, and what nobody could find out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sekisho.core.dmarc.destination import Destination, confirm, confirmation_name
from sekisho.core.dmarc.discover import Discovery, discover
from sekisho.core.dmarc.record import Psd
from sekisho.core.dmarc.uri import ReportUri, mailto
from sekisho.core.dmarc.write import asks_for_reports_at, merged
from sekisho.core.names import normal, organizational_domain
from sekisho.core.questions import Answer, Asking, Question, found
from sekisho.core.terms import Found

T = TypeVar("T")

PROOF_LABEL = "_sekisho-challenge"
PROOF_VALUE = "sekisho-verification="
PERMISSION = "v=DMARC1"


@dataclass(frozen=True, slots=True)
class Txt:
    """A TXT record to publish; `before` are the records that it takes the place of."""

    name: str
    value: str
    before: tuple[str, ...] = ()

    @property
    def zone(self) -> str:
        """The zone it most likely is in: that of the organizational domain."""
        return organizational_domain(self.name)

    @property
    def relative(self) -> str:
        """The name as panels of DNS providers ask for it: without the zone."""
        return self.name.removesuffix("." + self.zone)


@dataclass(frozen=True, slots=True)
class Start:
    """What a look at the DNS found on the way of a domain to its first report."""

    domain: str
    proof: Found
    proof_why: str
    is_asking: Found
    """Whether the DMARC record that applies asks for reports at the address."""
    asking_why: str
    record: Txt | None
    """The DMARC record to publish; None where nobody knows what is there now."""
    policy_domain: str
    """Where that record is: the domain itself, or the one above it whose record applies."""
    permission: Found
    """Whether the host of the address has agreed; YES where it needs not."""
    permission_why: str
    permit: Txt | None
    """The record of the agreement; None where none is needed."""

    @property
    def is_ready(self) -> bool:
        """Whether receivers will send reports."""
        return self.is_asking is Found.YES and self.permission is Found.YES


def proof_record(domain: str, token: str) -> Txt:
    """The TXT record by which the owner of a domain says that an organisation here speaks for it."""
    return Txt(f"{PROOF_LABEL}.{normal(domain)}", PROOF_VALUE + token)


def ask_proof(domain: str, token: str) -> Asking[tuple[Found, str]]:
    """Asks whether the proof is published, and why it is not known; a failed question never means that it is missing."""
    record = proof_record(domain, token)
    answer = yield Question(record.name, "TXT")
    if answer.failed:
        return Found.UNKNOWN, answer.why or "no answer"
    return (Found.YES if any(text.strip() == record.value for text in answer.values) else Found.NO), ""


def ask_start(domain: str, address: str, token: str) -> Asking[Start]:
    """Asks for all that the first hour shows; `address` is where the organisation gets its reports.

    1. the proof of ownership
    2. the record that applies, by tree walk, and what it becomes with the address in it; the other addresses stay
    3. the agreement of the host of the address, where it lies under another organizational domain (RFC 9990, 4)
    """
    domain = normal(domain)
    proof, proof_why = yield from ask_proof(domain, token)
    way = yield from discover(domain)
    place, texts, is_sure = _standing(way)
    record = Txt(f"_dmarc.{place}", merged(texts, address), texts) if is_sure else None
    asking = Found.UNKNOWN if not is_sure else Found.YES if asks_for_reports_at(texts, address) else Found.NO
    agreed = yield from (_agreement(place, address) if record is None else _as_published(record, _agreement(place, address)))
    permit = Txt(confirmation_name(place, agreed.uri.host), PERMISSION) if agreed.is_external else None
    return Start(domain, proof, proof_why, asking, way.why, record, place, agreed.allowed, agreed.why, permit)


def _standing(found: Discovery) -> tuple[str, tuple[str, ...], bool]:
    """Where the record is that has to be changed, the DMARC texts there, and whether that is sure.

    Under a public suffix that has a record (`psd=y`) the domain gets one of its own: that of the suffix is not the owner's.
    """
    place = found.policy_domain or found.author
    if found.record is not None and found.record.psd is Psd.YES:
        place = found.author
    stop = next((stop for stop in found.stops if stop.domain == place), None)
    if stop is None or stop.answer.failed or found.state is Found.UNKNOWN:
        return place, (), False
    return place, tuple(text for text in stop.answer.values if "dmarc" in text.lower()), True


def _as_published(record: Txt, asking: Asking[T]) -> Asking[T]:
    """Asks the same as if the record were there: it makes its name an organizational domain, which decides who is outside."""
    answer: Answer | None = None
    try:
        while True:
            question = asking.send(answer) if answer is not None else next(asking)
            is_it = question == Question(record.name, "TXT")
            answer = found(record.value) if is_it else (yield question)
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]


def _agreement(domain: str, address: str) -> Asking[Destination]:
    uri = ReportUri(mailto(address), "mailto", address, None, is_valid=True)
    return (yield from confirm(domain, uri))
