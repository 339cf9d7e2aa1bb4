"""The kinds of troubled source: how one is registered, and what it is given to play with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from bench.accuracy.elsewhere.chance import dice, word
from bench.accuracy.elsewhere.dns import Dns
from bench.accuracy.elsewhere.mail import Host, Mail, Rhythm, Stream
from bench.accuracy.elsewhere.owners import Domain
from bench.accuracy.elsewhere.places import Places

from sekisho.core.terms import Class


@dataclass
class Play:
    """The stage of one kind: the DNS, the addresses, the owners, and dice that no other kind uses."""

    seed: int
    kind: str
    dns: Dns
    places: Places
    domains: Sequence[Domain]
    rng: Random

    def senders(self, count: int = 99, *, unsigned: bool | None = None, untroubled: bool = False) -> list[Domain]:
        """Some of the domains that send, in random order; `untroubled` takes those in too."""
        found = [
            domain
            for domain in self.domains
            if not domain.parked and (untroubled or domain.troubled) and unsigned in (None, not domain.signed)
        ]
        return self.rng.sample(found, min(count, len(found)))

    def people(self, domain: Domain) -> Mail:
        """A mail of somebody at the domain."""
        return domain.routes[0][0]

    def any_mail(self, domain: Domain) -> Mail:
        """Any genuine mail of the domain, mostly of its people."""
        return self.people(domain) if self.rng.random() < 0.7 else self.rng.choice(domain.routes)[0]

    def shared(self, place: str, network: str, name: str | None = None) -> Host:
        """A host that several kinds meet at, as a forwarder does good and bad mail."""
        key = f"{place}/{network}"
        if key not in self.places.known:
            self.places.known[key] = self.places.host(network, dice(self.seed, key), name)
        return self.places.known[key]

    def some(self, *networks: str) -> str:
        """One of the networks."""
        return self.rng.choice(networks)

    def throwaway(self) -> str:
        """A domain that somebody has registered for a week."""
        return f"{word(self.rng, self.rng.randrange(6, 11))}.{self.rng.choice(('top', 'xyz', 'cn', 'shop', 'icu'))}"


Makes = Callable[[Play], Iterator[Stream]]


class Kind(NamedTuple):
    """A kind of source: what it is, and who plays it."""

    name: str
    klass: Class
    hard: bool
    makes: Makes


KINDS: dict[str, Kind] = {}


def kind(klass: Class, *, hard: bool = False) -> Callable[[Makes], Makes]:
    """Registers a generator of streams under its own name; its docstring says what it is, and what is hard."""

    def register(makes: Makes) -> Makes:
        name = makes.__name__
        KINDS[name] = Kind(name, klass, hard, makes)
        return makes

    return register


def played(kind: Kind, play: Play) -> Iterator[Stream]:
    """The streams of a kind, with its name, class and hardness."""
    for stream in kind.makes(play):
        yield replace(stream, kind=kind.name, klass=kind.klass, hard=kind.hard or stream.hard)


def stream(domain: Domain, mail: Mail, hosts: Sequence[Host], rhythm: Rhythm, audience: Sequence[str] = ()) -> Stream:
    """A stream in the name of the domain."""
    return Stream(mail, tuple(hosts), rhythm, domain.name, audience=tuple(audience))
