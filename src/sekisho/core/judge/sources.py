"""The book of senders: services, mailbox providers, forwarders, list hosts and gateways, found by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address, ip_network

from sekisho.core.facts import Evidence, Group
from sekisho.core.judge.hostnames import looks_dynamic
from sekisho.core.names import registrable_host_domain
from sekisho.core.terms import Found

MAX_CACHED = 65536
"""Names whose entry is remembered; the names come from outside, so the memory for them is bounded."""


class SenderKind(StrEnum):
    """What a sender in the book is."""

    SERVICE = "service"
    """Sends on behalf of its customers (delivery, groupware, shop, ticket …)."""
    MAILBOX = "mailbox"
    """Mailbox provider or carrier: its hosts also forward."""
    FORWARDER = "forwarder"
    LIST = "list"
    GATEWAY = "gateway"
    HOSTING = "hosting"
    """Anybody can rent a server there."""


@dataclass(frozen=True, slots=True)
class Sender:
    """An entry of the book; facts with their public source."""

    id: str
    name: str
    name_ja: str
    kind: SenderKind
    hosts: tuple[str, ...]
    """Suffixes of host names (PTR), by whole labels."""
    spf: tuple[str, ...] = ()
    """Names that customers include in their SPF record."""
    dkim: tuple[str, ...] = ()
    """`d=` domains of its own signatures, suffixes."""
    return_path: tuple[str, ...] = ()
    """Domains of its own envelope senders, suffixes."""
    help_url: str = ""
    source: str = ""
    """Public page the facts come from."""
    networks: tuple[str, ...] = ()
    """Domains of the owners of networks (`Evidence.as_domain`) in which its customers have their hosts."""


class _Suffixes:
    """Names below which everything belongs to one entry; the longest suffix wins, by whole labels."""

    __slots__ = ("_cache", "_owners")

    def __init__(self) -> None:
        self._owners: dict[str, Sender] = {}
        self._cache: dict[str, Sender | None] = {}

    def claim(self, suffix: str, sender: Sender) -> None:
        """Gives a suffix to an entry; ValueError where another one has it."""
        owner = self._owners.setdefault(suffix, sender)
        if owner is not sender:
            raise ValueError(f"{suffix} is claimed by {owner.id} and {sender.id}")

    def find(self, name: str) -> Sender | None:
        """The entry with the longest suffix of `name`, which is in normal form."""
        try:
            return self._cache[name]
        except KeyError:
            pass
        found = None
        rest = name
        while rest:
            found = self._owners.get(rest)
            if found is not None:
                break
            rest = rest.partition(".")[2]
        if len(self._cache) >= MAX_CACHED:
            self._cache.clear()
        self._cache[name] = found
        return found


class Book:
    """The entries, found by the longest suffix at label boundaries; each suffix has one owner per kind of name."""

    def __init__(self, senders: Iterable[Sender]) -> None:
        self.senders = {s.id: s for s in senders}
        self._hosts = _Suffixes()
        self._dkim = _Suffixes()
        self._return_path = _Suffixes()
        self._spf: dict[str, Sender] = {}
        self._networks: dict[str, Sender] = {}
        for sender in self.senders.values():
            for suffixes, names in (
                (self._hosts, sender.hosts),
                (self._dkim, sender.dkim),
                (self._return_path, sender.return_path),
            ):
                for name in names:
                    suffixes.claim(name, sender)
            for name in sender.spf:
                self._spf.setdefault(name, sender)
            for name in sender.networks:
                self._networks.setdefault(name, sender)

    def by_host(self, name: str) -> Sender | None:
        """Who owns hosts of this name."""
        return self._hosts.find(name)

    def by_dkim(self, domain: str) -> Sender | None:
        """Whose own signature this is."""
        return self._dkim.find(domain)

    def by_return_path(self, domain: str) -> Sender | None:
        """Whose return path this is."""
        return self._return_path.find(domain)

    def by_spf(self, name: str) -> Sender | None:
        """Whose customers include this very name in their SPF record."""
        return self._spf.get(name)

    def by_network(self, as_domain: str) -> Sender | None:
        """Whose customers rent the hosts of this network."""
        return self._networks.get(as_domain)


def owner_of(evidence: Evidence, book: Book) -> Sender | None:
    """The book's entry for an address, by its forward-confirmed host name and nothing less.

    Anybody can name his address `mail.sendgrid.net`; only SendGrid can make that name lead back. A host with the name of
    a subscriber line is a customer of its provider, not the provider's mail server.
    """
    if evidence.confirmed is not Found.YES or not evidence.ptr:
        return None
    sender = book.by_host(evidence.ptr)
    if sender is not None and sender.kind is SenderKind.MAILBOX and looks_dynamic(evidence.ptr, evidence.address):
        return None
    return sender


def group_of(evidence: Evidence, book: Book) -> Group:
    """The sending group of an address: book, host-name domain, claimed host-name domain, network owner, `unknown`.

    1. Private addresses are `net.private`: no look-up can say whose they are.
    2. A forward-confirmed host name gives the book's entry (`svc.ID`), else its registrable domain (`dom.NAME`).
    3. A host name that is merely claimed gives `claim.NAME`, a group of its own: who only claims `example.com` must not
       be taken together with, or be decided on together with, those who are `example.com`.
    4. Without a host name, the owner of the network (`net.NAME`), else `unknown`.
    """
    if is_private(evidence.address):
        return Group("net.private", "private")
    if evidence.ptr:
        if evidence.confirmed is Found.YES:
            sender = owner_of(evidence, book)
            if sender is not None:
                return Group(f"svc.{sender.id}", sender.name)
            domain = registrable_host_domain(evidence.ptr)
            return Group(f"dom.{domain}", domain)
        domain = registrable_host_domain(evidence.ptr)
        return Group(f"claim.{domain}", f"{domain} (?)")
    if evidence.as_domain:
        return Group(f"net.{evidence.as_domain}", evidence.as_name or evidence.as_domain)
    if evidence.asn:
        return Group(f"net.as{evidence.asn}", evidence.as_name or f"AS{evidence.asn}")
    return Group("unknown", "unknown")


_PRIVATE = tuple(
    ip_network(text) for text in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")
) + tuple(ip_network(text) for text in ("::1/128", "fc00::/7", "fe80::/10"))
"""Addresses that mean another host in every network (RFC 1918, 6598, 1122, 3927, 4193, 4291)."""

_MAYBE_PRIVATE = ("10.", "100.", "127.", "169.254.", "172.", "192.168.", "::", "fc", "fd", "fe")


def is_private(address: str) -> bool:
    """Whether an address belongs to no one in particular."""
    if not address.startswith(_MAYBE_PRIVATE):
        return False
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed.version == network.version and parsed in network for network in _PRIVATE)
