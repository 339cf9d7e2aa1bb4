"""Whose network a source host is in, and the letter to the people who run it."""

from __future__ import annotations

from typing import Annotated

from ninja import Path
from typing_extensions import TypedDict

from sekisho.core.facts import Evidence
from sekisho.registry import networks as registry
from sekisho.store.span import canonical
from sekisho.web import exports, judging
from sekisho.web.api.access import ApiRequest, person_of
from sekisho.web.api.operations import Section
from sekisho.web.api.problems import missing
from sekisho.web.api.queries import FILTERS, Parameter, asked, one_of
from sekisho.web.filters import Form
from sekisho.web.pages.asked import Asked
from sekisho.web.pages.hosts import MAX_ADDRESS
from sekisho.web.pages.letters import LANGUAGES, letter
from sekisho.web.pages.owners import owned

networks = Section("Sources")
Row = dict[str, object]
Address = Annotated[str, Path(max_length=MAX_ADDRESS)]
ANSWERS = ("no", "yes")


class OwnerShape(TypedDict):
    """Who runs the network of a host, as a registry of addresses told."""

    source_ip: str
    state: str
    """`yes`, `no` (the registries know of none), `unknown` (they could not be asked), `private`, `waiting` (not asked), `off`."""
    networks: str
    name: str
    handle: str
    country: str
    abuse: str
    """Address for complaints."""
    way: str
    """`RDAP` or `WHOIS`."""
    server: str
    why: str
    asked: str | None


class LetterShape(TypedDict):
    """A letter, ready to be read and sent by a person."""

    to: str
    subject: str
    body: str
    language: str


_ASK: Parameter = {
    "in": "query",
    "name": "ask",
    "required": False,
    "description": "Whether the registries are asked where nothing is known or it is old, which may take seconds.",
    "schema": {"type": "string", "enum": list(ANSWERS), "default": "no"},
}
_LANGUAGE: Parameter = {
    "in": "query",
    "name": "language",
    "required": False,
    "description": "Of the letter; else that of the network.",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
}


@networks.get("/hosts/{address}/owner", OwnerShape, parameters=(_ASK,))
def host_owner(request: ApiRequest, address: Address) -> Row:
    """Who runs the network of a host, and where complaints go."""
    address, ask = canonical(address), one_of(request, "ask", ANSWERS)
    found = _seen(request, address)
    if ask == "yes":
        judging.owner(address)
    owner = owned(found, address)
    told = ("networks", "name", "handle", "country", "abuse", "why")
    return {
        "source_ip": address,
        "state": owner.state,
        **{name: getattr(owner.row, name, "") for name in told},
        "way": owner.way,
        "server": owner.server,
        "asked": exports.utc(owner.row.asked) if owner.row is not None else None,
    }


@networks.get("/hosts/{address}/letter", LetterShape, parameters=(*FILTERS, _LANGUAGE))
def host_letter(request: ApiRequest, address: Address) -> Row:
    """The letter of complaint to the network of a host, with figures; it is sent by nobody but a person.

    It is signed with the name of the person who asks, or who made the token.
    """
    address, chosen = canonical(address), one_of(request, "language", tuple(LANGUAGES))
    request.user = person_of(request)
    found = _seen(request, address)
    owner = registry.known(address)
    evidence, _group = found.store.evidence([address]).get(address) or (Evidence(address), None)
    made = letter(found, evidence, owner, chosen)
    return {"to": made.to, "subject": made.subject, "body": made.body, "language": made.language}


def _seen(request: ApiRequest, address: str) -> Asked:
    """What is asked of a host that reports of this organisation name; 404 for any other."""
    found = asked(request, Form(), host=(address,))
    if found.store.first_seen(request.org.pk, address) is None:
        raise missing()
    return found
