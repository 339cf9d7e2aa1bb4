"""TLS-RPT: where reports on encryption are to be sent (RFC 8460, 3)."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.dmarc.uri import ReportUri, read_uris
from sekisho.core.dnsrecords.tags import one_of, read_tags
from sekisho.core.names import normal
from sekisho.core.questions import Asking, Question
from sekisho.core.reports.values import Note
from sekisho.core.terms import Found


@dataclass(frozen=True, slots=True)
class TlsRpt:
    """The TLS-RPT record of a domain; NO where no address gets reports."""

    domain: str
    state: Found
    text: str = ""
    rua: tuple[ReportUri, ...] = ()
    notes: tuple[Note, ...] = ()
    why: str = ""


def ask_tlsrpt(domain: str) -> Asking[TlsRpt]:
    """Asks for the record; `https:` addresses are good here too."""
    domain = normal(domain)
    answer = yield Question(f"_smtp._tls.{domain}", "TXT")
    state, text, notes = one_of(answer, "TLSRPTv1")
    if state is not Found.YES:
        return TlsRpt(domain, state, text, notes=notes, why=answer.why)
    tags = read_tags(text)
    uris, odd = read_uris("rua", tags.get("rua"))
    odd = [note for note in odd if note.code not in ("uri_scheme", "uri_empty")]
    good = [uri for uri in uris if uri.is_usable or (uri.is_valid and uri.scheme == "https")]
    if not good:
        odd.append(Note("no_address", "there is no `mailto:` or `https:` address, so nobody gets reports", "rua"))
    return TlsRpt(domain, Found.YES if good else Found.NO, text, uris, (*tags.notes, *notes, *odd))
