"""BIMI: where the logo of a domain is (draft-brand-indicators-for-message-identification); its syntax only."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.dnsrecords.tags import one_of, read_tags
from sekisho.core.names import normal
from sekisho.core.questions import Asking, Question
from sekisho.core.reports.values import Note
from sekisho.core.terms import Found


@dataclass(frozen=True, slots=True)
class Bimi:
    """The BIMI record of a domain."""

    domain: str
    state: Found
    text: str = ""
    location: str = ""
    """URL of the logo."""
    authority: str = ""
    """URL of its certificate."""
    is_declined: bool = False
    """`l=; a=;`: no logo is wanted."""
    notes: tuple[Note, ...] = ()
    why: str = ""


def ask_bimi(domain: str, selector: str = "default") -> Asking[Bimi]:
    """Asks for the record of a selector at the very domain."""
    domain = normal(domain)
    answer = yield Question(f"{normal(selector)}._bimi.{domain}", "TXT")
    state, text, notes = one_of(answer, "BIMI1")
    if state is not Found.YES:
        return Bimi(domain, state, text, notes=notes, why=answer.why)
    tags = read_tags(text)
    location, authority = tags.get("l"), tags.get("a")
    odd = [
        Note("bimi_no_https", "the address must begin with https://", f"{name}={value}"[:100])
        for name, value in (("l", location), ("a", authority))
        if value and not value.lower().startswith("https://")
    ]
    if not tags.has("l"):
        odd.append(Note("bimi_no_logo", "the address of the logo (`l=`) is missing"))
    if location and not location.lower().endswith((".svg", ".svgz")):
        odd.append(Note("bimi_no_svg", "the logo must be an SVG file", location[:100]))
    declined = tags.has("l") and not location and not authority
    return Bimi(domain, Found.YES, text, location, authority, declined, (*tags.notes, *notes, *odd))
