"""The book of senders: services, mailbox providers, forwarders, list hosts and gateways, found by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sekisho.core.facts import Evidence, Group


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
    dkim: tuple[str, ...] = ()
    """`d=` domains of its own signatures, suffixes."""
    return_path: tuple[str, ...] = ()
    help_url: str = ""
    source: str = ""
    """Public page the facts come from."""


class Book:
    """The entries, found by the longest suffix at label boundaries."""

    def __init__(self, senders: Iterable[Sender]) -> None:
        self.senders = {s.id: s for s in senders}

    def by_host(self, name: str) -> Sender | None:
        """Who owns hosts of this name."""
        raise NotImplementedError

    def by_dkim(self, domain: str) -> Sender | None:
        """Whose own signature this is."""
        raise NotImplementedError

    def by_return_path(self, domain: str) -> Sender | None:
        """Whose return path this is."""
        raise NotImplementedError


def group_of(evidence: Evidence, book: Book) -> Group:
    """The sending group of an address: book by confirmed (else merely claimed) host name, host-name domain, network owner."""
    raise NotImplementedError
