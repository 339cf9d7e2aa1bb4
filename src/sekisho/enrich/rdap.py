"""RDAP: the bootstrap (RFC 9224), and what an answer on an address says of its network (RFC 9083, vCards of RFC 7095)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network, summarize_address_range
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from sekisho.enrich.address import Address

MAX_ANSWER = 512 << 10
"""Octets; the longest answers of registries have some 60 kB."""
MAX_BOOTSTRAP = 4 << 20
"""Octets; that of the IANA for IPv4 has 20 kB."""
MAX_NETWORKS = 20_000
"""Of a bootstrap; the IANA's have some hundred."""
MAX_ENTITIES = 100
"""Of an answer, those within others included."""
MAX_NESTED = 4
"""Entities within entities."""
MAX_TEXT = 200
MAX_MAIL = 254
"""RFC 5321, 4.5.3.1.3, without the brackets."""
MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
"""An address that may stand in a letter's head; quoted ones and those with spaces do not."""
WIDEST = {4: 8, 6: 12}
"""Prefix lengths: registries got blocks no wider (IANA); what claims more is the answer for space that nobody has."""


class Owner(NamedTuple):
    """Who runs a network."""

    first: Address
    last: Address
    name: str = ""
    """The organisation's name; the network's where it is not told."""
    handle: str = ""
    """The network's name or number at the registry."""
    country: str = ""
    abuse: str = ""
    """E-mail address for complaints."""
    source: str = ""
    """`rdap:SERVER` or `whois:SERVER`."""

    @property
    def networks(self) -> str:
        """The range in short: as CIDR where it is one, else first – last."""
        networks = list(islice(summarize_address_range(self.first, self.last), 2))
        return str(networks[0]) if len(networks) == 1 else f"{self.first} – {self.last}"


class NoOwner(ValueError):
    """The answer does not tell whose the address is; says why."""


class Nobody(NoOwner):
    """The registry answers, but nobody has this part of the address space."""


Service = tuple[IPv4Network | IPv6Network, tuple[str, ...]]
"""A network and the addresses of the servers that know about it."""


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Which servers know about which networks, the narrowest first."""

    services: tuple[Service, ...]

    def servers(self, ip: Address) -> tuple[str, ...]:
        """Addresses of the servers for an address: `https://…/`, `http://…/`, `whois://HOST:PORT`; none where nobody is named."""
        return next((urls for network, urls in self.services if ip in network), ())

    def hosts(self) -> frozenset[str]:
        """Names of all servers."""
        return frozenset(urlsplit(url).hostname or "" for _, urls in self.services for url in urls)


def read_bootstrap(data: bytes) -> Bootstrap:
    """The bootstrap in a file as the IANA publishes it (RFC 9224, 3); of several services, and both families. Raises ValueError."""
    try:
        services = json.loads(data)["services"]
        pairs = [(ip_network(name), tuple(map(str, urls))) for names, *_, urls in services for name in names]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"this is no bootstrap of RDAP (RFC 9224): {error}") from error
    if len(pairs) > MAX_NETWORKS:
        raise ValueError(f"the bootstrap names {len(pairs)} networks; at most {MAX_NETWORKS} are taken")
    return Bootstrap(tuple(sorted(pairs, key=lambda pair: -pair[0].prefixlen)))


def question(base: str, ip: Address) -> str:
    """The address to ask about an IP (RFC 9082, 3.1.1)."""
    return f"{base.rstrip('/')}/ip/{ip}"


def read_answer(data: bytes, ip: Address, source: str) -> Owner:
    """Whose network the address is in; raises NoOwner where the answer does not tell, or tells of another network."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NoOwner("the answer is no JSON") from error
    if not isinstance(said, dict):
        raise NoOwner("the answer is no JSON object")
    first, last = _range(said)
    check(first, last, ip)
    entities = list(_entities(said.get("entities")))
    name, handle = text(said.get("name")), text(said.get("handle"))
    return Owner(
        first,
        last,
        _named(entities) or name or handle,
        name or handle,
        country(said.get("country")),
        _abuse(entities),
        source,
    )


def check(first: Address, last: Address, ip: Address) -> None:
    """Raises NoOwner unless the range holds the address and is no wider than what registries were given."""
    if not (type(first) is type(ip) and type(last) is type(ip) and int(first) <= int(ip) <= int(last)):
        raise NoOwner("the answer is about another network")
    if int(last) - int(first) >= 1 << (ip.max_prefixlen - WIDEST[ip.version]):
        raise Nobody("nobody has this part of the address space")


def _range(said: Mapping[str, object]) -> tuple[Address, Address]:
    try:
        return ip_address(str(said["startAddress"])), ip_address(str(said["endAddress"]))
    except (KeyError, ValueError) as error:
        raise NoOwner("the answer names no network") from error


class _Entity(NamedTuple):
    roles: frozenset[str]
    name: str
    mails: tuple[str, ...]
    is_person: bool


def _entities(value: object) -> Iterator[_Entity]:
    """The entities of an answer and those within them, the outer ones first; bounded."""
    seen = 0
    level = value if isinstance(value, list) else []
    for _ in range(MAX_NESTED):
        inner: list[object] = []
        for one in level:
            if not isinstance(one, dict):
                continue
            seen += 1
            if seen > MAX_ENTITIES:
                return
            yield _entity(one)
            nested = one.get("entities")
            inner += nested if isinstance(nested, list) else []
        level = inner


def _entity(one: Mapping[str, object]) -> _Entity:
    roles = one.get("roles")
    words = frozenset(str(role).lower() for role in roles) if isinstance(roles, list) else frozenset()
    name, kind, mails = "", "", []
    for item in _vcard(one.get("vcardArray")):
        what, value = str(item[0]).lower(), text(item[3])
        if what == "fn":
            name = name or value
        elif what == "kind":
            kind = value.lower()
        elif what == "email" and is_mail(value):
            mails.append(value)
    return _Entity(words, name, tuple(mails), kind == "individual")


def _vcard(value: object) -> Iterator[Sequence[object]]:
    """The properties of a jCard: name, parameters, type, value."""
    if isinstance(value, list) and len(value) > 1 and isinstance(value[1], list):
        yield from (item for item in value[1][:MAX_ENTITIES] if isinstance(item, list) and len(item) > 3)


def _named(entities: Sequence[_Entity]) -> str:
    """The organisation that has the network; people are left out, except where one has it."""
    owners = [e for e in entities if "registrant" in e.roles and e.name]
    return next((e.name for e in owners if not e.is_person), owners[0].name if owners else "")


def _abuse(entities: Sequence[_Entity]) -> str:
    """The address for complaints: of the entity with that role, else one whose name says so."""
    for e in entities:
        if "abuse" in e.roles and e.mails:
            return e.mails[0]
    return next((mail for e in entities for mail in e.mails if mail.lower().startswith("abuse")), "")


def text(value: object) -> str:
    """A text of an answer in one line without control characters, cut to a length; empty for what is none."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value[: 4 * MAX_TEXT]).split())[:MAX_TEXT]


def country(value: object) -> str:
    """An ISO 3166 code in capitals; empty for anything else."""
    word = value.strip().upper() if isinstance(value, str) else ""
    return word if len(word) == 2 and word.isascii() and word.isalpha() else ""


def is_mail(value: str) -> bool:
    """Whether the text is one plain e-mail address, which can be written to."""
    return len(value) <= MAX_MAIL and MAIL.fullmatch(value) is not None
