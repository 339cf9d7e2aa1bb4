"""How the owners' mail is sent on by others: what a forwarder, a gateway or a list does to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.accuracy.overseas.chance import Rhythm, working
from bench.accuracy.overseas.letters import MANY, Letter, Signature, Stream
from bench.accuracy.overseas.nets import Host
from bench.accuracy.overseas.people import Home
from bench.accuracy.overseas.receivers import only
from bench.accuracy.overseas.town import Town

AT_WORK = working()
MOST_SOURCES = 3
"""Sorts of proper mail of an owner that one road carries."""


@dataclass(frozen=True)
class Road:
    """A way by which mail comes to a receiver that the owner did not send it to."""

    hosts: tuple[Host, ...]
    rate: float
    """Messages a day."""
    to: Mapping[str, float]
    breaks: float = 0.0
    """Which part of the letters is changed so that signatures break."""
    envelope: str = ""
    """Own return path (SRS, list); empty: as it came."""
    signature: Signature | None = None
    arc: bool = False
    by_list: bool = False
    rhythm: Rhythm = AT_WORK


def carried(town: Town, home: Home, road: Road, *, mailboxes: bool = False) -> Iterator[Stream]:
    """The owner's proper mail on a road; `mailboxes`: only what people write."""
    letters = dict.fromkeys(stream.letter for stream in town.proper[home.domain])
    some = sorted(letters, key=lambda letter: not letter.envelope)[: 1 if mailboxes else MOST_SOURCES]
    for number, letter in enumerate(some):
        yield from sent_on(home, letter, road, road.rate / (1 + number))


def sent_on(home: Home, letter: Letter, road: Road, rate: float) -> Iterator[Stream]:
    """A letter on a road, the changed and the unchanged ones."""
    for part, before in ((road.breaks, letter.broken()), (1 - road.breaks, letter)):
        if part > 0:
            after = before.forwarded(envelope=road.envelope, signature=road.signature, arc=road.arc)
            after = replace(after, by_list=road.by_list)
            yield Stream(home, after, road.hosts, rate * part, road.rhythm, road.to, even=len(road.hosts) >= MANY)


def signed(town: Town, domain: str, selector: str) -> Signature:
    """A forwarder's own signature, its key published."""
    town.directory.key(domain, selector)
    return Signature(domain, selector)


FIRM = {"br": "firm_br", "de": "firm_de", "jp": "firm_jp", "us": "firm_us", "fr": "firm_fr", "in": "line_in", "ng": "line_ng"}
"""Where a firm of a country has its own server."""
LINE = {"br": "line_br", "de": "line_de", "jp": "line_jp", "in": "line_in", "ng": "line_ng", "us": "line_us", "fr": "line_fr"}
"""Where its office has its line."""
PROVIDER = {"br": "isp_br", "de": "isp_de", "jp": "isp_jp", "in": "isp_in", "ng": "isp_it", "us": "isp_us", "fr": "isp_fr"}
"""Through which provider's relay a line sends."""
WEBHOST = {
    "br": "locaweb_web",
    "de": "ionos_web",
    "jp": "xserver",
    "in": "hostinger",
    "ng": "namecheap_web",
    "us": "bluehost",
    "fr": "ovh",
}
"""Where a small firm has its pages."""
PEOPLE = {"google": 6.0, "outlook": 2.0, "yahoo": 1.5}
"""Where people have the mailbox to which all else is sent on."""
NATIVE: Mapping[str, Mapping[str, float]] = {
    "de": {**PEOPLE, "gmx": 2.0, "webde": 1.5},
    "jp": {**PEOPLE, "docomo": 1.0, "kddi": 0.5},
    "fr": {**PEOPLE, "orange": 1.5},
    "us": {**PEOPLE, "comcast": 0.7, "fastmail": 0.4},
    "br": {**PEOPLE, "uol": 0.5},
}


def people(home: Home) -> Mapping[str, float]:
    """Mailboxes of people in the owner's country."""
    return NATIVE.get(home.country, PEOPLE)


def at(hosts: Sequence[Host]) -> str:
    """The first host's name, as a return path."""
    return hosts[0].name


__all__ = ["FIRM", "LINE", "PROVIDER", "WEBHOST", "Road", "at", "carried", "only", "people", "sent_on", "signed"]
