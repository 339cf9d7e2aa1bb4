"""Asks for all records of a domain that have to do with mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sekisho.core.dmarc.destination import Destination, confirm
from sekisho.core.dmarc.discover import Discovery, discover, exists_at_all
from sekisho.core.dnsrecords.bimi import Bimi, ask_bimi
from sekisho.core.dnsrecords.dkimkey import KeyFound, ask_key
from sekisho.core.dnsrecords.mtasts import Sts, ask_sts, policy_url, read_policy
from sekisho.core.dnsrecords.mx import Exchangers, ask_exchangers
from sekisho.core.dnsrecords.tlsrpt import TlsRpt, ask_tlsrpt
from sekisho.core.names import normal
from sekisho.core.questions import Answer, Asking, Question, answered
from sekisho.core.state.spf import SpfState, ask_permitted, ask_spf
from sekisho.core.terms import Found

MAX_SELECTORS = 200
"""Keys that are asked for; the busiest selectors come first."""
MAX_SENDERS = 10
"""Sub-domains whose SPF records are asked for; each may be a tree of its own."""
MAX_WEB = 20
"""Addresses of web pages that are kept."""
MAX_NAMES = 200
"""Sub-domains whose existence is asked for; spoofers make up any number."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a domain is asked for beside its own records."""

    domain: str
    selectors: tuple[tuple[str, str], ...] = ()
    """(d=, selector) as reports name them."""
    names: tuple[str, ...] = ()
    """Sub-domains that mail claimed to be from."""
    addresses: tuple[str, ...] = ()
    """Addresses whose mail failed."""
    senders: tuple[str, ...] = ()
    """Sub-domains as envelope senders of mail that passed."""


@dataclass(frozen=True, slots=True)
class DomainState:
    """The records of a domain as they are; each part may be unknown."""

    domain: str
    exists: Found
    servers: tuple[str, ...]
    """NS of the very name; a name within a zone has none."""
    servers_state: Found
    spf: SpfState
    dmarc: Discovery
    destinations: tuple[Destination, ...]
    keys: tuple[KeyFound, ...]
    mx: Exchangers
    sts: Sts
    tlsrpt: TlsRpt
    bimi: Bimi
    names: dict[str, Found] = field(default_factory=dict)
    """Whether sub-domains exist."""
    permitted: dict[str, Found] = field(default_factory=dict)
    """Whether SPF permits addresses, where its record depends on the sender."""
    senders: tuple[SpfState, ...] = ()
    """SPF of sub-domains that mail was sent from."""
    web: tuple[str, ...] = ()
    """Addresses of the domain and of its `www`: programs of web pages send mail from there."""

    @property
    def is_parked(self) -> bool:
        """Whether it surely neither sends nor takes mail: SPF permits nobody, and no host takes mail in."""
        no_server = self.mx.is_null or (self.mx.state is Found.NO and not self.mx.addresses)
        return self.spf.permits_nobody and no_server


def gather(wanted: Wanted) -> Asking[DomainState]:
    """Asks for everything; what fails is unknown, the rest is known all the same."""
    domain = normal(wanted.domain)
    servers = yield Question(domain, "NS")
    spf = yield from ask_spf(domain)
    dmarc = yield from discover(domain)
    destinations = yield from _destinations(dmarc)
    keys = yield from _keys(wanted.selectors)
    mx = yield from ask_exchangers(domain)
    sts = yield from ask_sts(domain)
    tlsrpt = yield from ask_tlsrpt(domain)
    bimi = yield from ask_bimi(domain)
    names: dict[str, Found] = {}
    for name in wanted.names[:MAX_NAMES]:
        names[name] = yield from exists_at_all(name)
    permitted = yield from ask_permitted(spf, wanted.addresses)
    senders = yield from _senders(wanted.senders)
    web = yield from ask_web(domain)
    return DomainState(
        domain,
        Found.UNKNOWN if servers.failed else Found.NO if servers.nxdomain else Found.YES,
        tuple(sorted(servers.values)),
        Found.UNKNOWN if servers.failed else Found.YES if servers.found else Found.NO,
        spf,
        dmarc,
        destinations,
        keys,
        mx,
        sts,
        tlsrpt,
        bimi,
        names,
        permitted,
        senders,
        web,
    )


def with_policy(state: DomainState, answer: Answer) -> DomainState:
    """The state with the MTA-STS policy that was fetched (FOUND), refused (NODATA), or could not be asked for."""
    if state.sts.state is not Found.YES:
        return state
    if answer.found:
        sts = replace(state.sts, policy=read_policy(answer.values[0].encode()), fetched=Found.YES)
    else:
        sts = replace(state.sts, fetched=Found.UNKNOWN if answer.failed else Found.NO, why=answer.why)
    return replace(state, sts=sts)


def policy_question(domain: str) -> Question:
    """What a sheet keeps the policy under; no DNS question."""
    return Question(policy_url(domain), "POLICY")


def state_of(wanted: Wanted, answer: Callable[[Question], Answer]) -> DomainState:
    """The state that a sheet or a table gives."""
    return with_policy(answered(gather(wanted), answer), answer(policy_question(normal(wanted.domain))))


def _destinations(dmarc: Discovery) -> Asking[tuple[Destination, ...]]:
    found = []
    record = dmarc.record
    for tag, uris in (("rua", record.rua), ("ruf", record.ruf)) if record is not None else ():
        for uri in uris:
            if uri.is_usable:
                destination = yield from confirm(dmarc.policy_domain, uri, tag)
                found.append(destination)
    return tuple(found)


def _senders(names: Sequence[str]) -> Asking[tuple[SpfState, ...]]:
    found = []
    for name in names[:MAX_SENDERS]:
        spf = yield from ask_spf(name)
        found.append(spf)
    return tuple(found)


def ask_web(domain: str) -> Asking[tuple[str, ...]]:
    """Asks for the addresses of a domain's web pages."""
    found: list[str] = []
    for name in (domain, f"www.{domain}"):
        for rtype in ("A", "AAAA"):
            answer = yield Question(name, rtype)
            found += answer.values
    return tuple(dict.fromkeys(found))[:MAX_WEB]


def _keys(selectors: Sequence[tuple[str, str]]) -> Asking[tuple[KeyFound, ...]]:
    found = []
    for domain, selector in selectors[:MAX_SELECTORS]:
        key = yield from ask_key(domain, selector)
        found.append(key)
    return tuple(found)
