"""A flow as the judge sees it: what its signature, envelope and host come to, derived once."""

from __future__ import annotations

from enum import StrEnum

from sekisho.core.facts import Context, Evidence, Flow
from sekisho.core.judge.days import beat_of, shape_of, week_of
from sekisho.core.judge.hostnames import looks_dynamic, looks_fixed
from sekisho.core.judge.likeness import is_named_after
from sekisho.core.judge.sources import Book, Sender, SenderKind, owner_of
from sekisho.core.names import aligned, is_within, organizational_domain
from sekisho.core.reports.values import DkimAuth, SpfAuth
from sekisho.core.terms import AuthResult, Found, SpfScope

ENOUGH = 20
"""Passing messages from which a domain's habits (its keys, how much it signs) are taken as known."""


class Signature(StrEnum):
    """What became of the domain's own signature on the mail."""

    VALID = "valid"
    """It verifies, and DMARC failed all the same: the policy asks for the exact domain."""
    REAL_BROKEN = "real_broken"
    """Made with a key that the domain is known to use, and broken."""
    NEVER_VALID = "never_valid"
    """Its key is in the DNS, and no mail ever verified with it: the signer's fault, not the way's."""
    NO_ANSWER = "no_answer"
    """A known key that the receiver could not fetch."""
    BROKEN = "broken"
    """Broken; the key is not named, or none of the domain's keys is known."""
    FAKE = "fake"
    """It names a key that none of the domain's passing mail was signed with."""
    UNTOLD = "untold"
    """None is named, by receivers that never name any."""
    ABSENT = "absent"


NO_MARK = (Signature.ABSENT, Signature.FAKE, Signature.UNTOLD)
"""States in which nothing of the author's is left, as far as is told."""


class Case:
    """Everything the clues and rules ask, by name. Made by `Case(...)`, never changed after."""

    __slots__ = (
        "author",
        "beat",
        "context",
        "domain",
        "envelope",
        "envelope_spf",
        "envelopes",
        "evidence",
        "flow",
        "foreign",
        "helo_is_own",
        "holds_key",
        "host",
        "is_dynamic",
        "is_fixed",
        "is_own",
        "is_script",
        "is_shared",
        "is_used",
        "key",
        "relays",
        "shape",
        "signature",
        "tenant",
        "tenant_broken",
        "week",
    )

    def __init__(self, flow: Flow, evidence: Evidence, context: Context, book: Book, envelopes: int = 1) -> None:
        way = flow.way
        self.envelopes = envelopes
        """How many unproven envelope domains of others the source's failing flows bear."""
        self.flow = flow
        self.evidence = evidence
        self.context = context
        self.domain = flow.key.domain
        self.author = way.header_from or self.domain
        self.signature, self.key = _own_signature(self.author, way.dkim, context)
        if self.signature is Signature.ABSENT and context.untold >= 0.5:
            self.signature = Signature.UNTOLD
        self.foreign = tuple(d.domain for d in way.dkim if d.result is AuthResult.PASS and not aligned(d.domain, self.author))
        self.envelope, self.envelope_spf = envelope_of(way.envelope_from, way.spf)
        self.helo_is_own = any(
            s.scope is SpfScope.HELO and s.result is AuthResult.PASS and aligned(s.domain, self.author) for s in way.spf
        )
        self.host: Sender | None = self._host_by_spf(book) or owner_of(evidence, book)
        self.is_script = self.host is not None and self.envelope != "" and self._is_hosters(self.envelope, book)
        """Whether the envelope is a name of the shared or rented host itself: written there by a program, not passed on."""
        self.is_used = self.host is not None and self.host.id in context.services and _sends_for_it(self.host, context)
        self.is_shared = self.host.kind is not SenderKind.HOSTING if self.host is not None else self._serves_many
        """Strangers can have mail sent from it too, so what one customer's mail does vouches for no other's. A rented
        server has one tenant."""
        self.is_dynamic = evidence.ptr != "" and self.host is None and looks_dynamic(evidence.ptr, evidence.address)
        self.is_dynamic = self.is_dynamic and not self._says_rented(book)
        self.is_fixed = self.is_dynamic and looks_fixed(evidence.ptr)
        self.holds_key = bool(context.group_keys) and (self.host is None or self.host.kind not in _RELAYING)
        """The domain gave the operator a key of its own, so it sends for it, known to the book or not."""
        self.is_own = self._is_own()
        self.relays = not self.is_sending_host and context.source_dkim > 0 and not context.source_spf
        self.relays = self.relays and not self.is_mended
        """It hands over the domain's signatures intact and is none of the domain's senders: it passes mail on."""
        self.tenant = next((d for d in self.foreign if is_named_after(d, self.author) and book.by_dkim(d) is not None), "")
        """The domain of a signature that a service made for an account in the owner's name; whoever has a domain can put the
        owner's name below it, so only a known service's counts."""
        self.tenant_broken = not self.tenant and any(is_named_after(d.domain, self.author) for d in way.dkim)
        self.beat = beat_of(flow, context, is_shared=self.is_shared, is_line=self.is_dynamic and not self.is_fixed)
        self.shape = shape_of(self.beat, context, is_shared=self.is_shared)
        self.week = week_of(self.beat)

    def _host_by_spf(self, book: Book) -> Sender | None:
        """Whose host it is by SPF: it passes for a return path that only the operator of a service can permit hosts for,
        whatever the host is called; of others than services, only where the host name does not tell."""
        if self.envelope_spf is not AuthResult.PASS:
            return None
        owner = book.by_return_path(self.envelope)
        is_named = self.evidence.ptr != "" and self.evidence.confirmed is Found.YES
        if owner is None or (is_named and owner.kind is not SenderKind.SERVICE):
            return None
        host = owner_of(self.evidence, book)
        return owner if host is None or host.kind is not SenderKind.SERVICE else host

    def _says_rented(self, book: Book) -> bool:
        """Whether its name, though it does not lead back, is one that rented servers are given: those are named like lines."""
        owner = book.by_host(self.evidence.ptr) if self.evidence.confirmed is not Found.YES else None
        return owner is not None and owner.kind is SenderKind.HOSTING

    def _is_hosters(self, name: str, book: Book) -> bool:
        """Whether a name is that of the host, or of another host of those who rent such out, and nobody's mail address."""
        if name == self.evidence.ptr:
            return True
        owner = book.by_host(name)
        if owner is None or book.by_return_path(name) is not None:
            return False
        rents = owner is self.host or not owner.return_path
        return owner.kind is SenderKind.HOSTING or (owner.kind is SenderKind.MAILBOX and rents)

    def _is_own(self) -> bool:
        """Whether the host is the domain's own, by something a stranger cannot make."""
        context = self.context
        if self.is_shared:
            return False
        if self.helo_is_own or self.has_own_name:
            return True
        permitted = context.source_spf > 0 or context.is_own_mx or context.in_own_spf is Found.YES
        return permitted and not (self._came_by_detour and (not context.source_spf or self._is_hosted))

    def takes_mail_in(self, book: Book) -> bool:
        """Whether the host is of the operator that takes mail in for the domain: its provider, through which it mostly sends."""
        evidence = self.evidence
        for name in self.context.mx_hosts:
            if self.host is not None:
                if book.by_host(name) is self.host:
                    return True
            elif evidence.confirmed is Found.YES and aligned(name, evidence.ptr) and not self.has_own_name:
                return True
        return False

    @property
    def _is_hosted(self) -> bool:
        """Whether the host is an operator's by its confirmed name, so that others may be served there, too."""
        return self.evidence.confirmed is Found.YES and not self.is_dynamic and not self.has_own_name

    @property
    def _came_by_detour(self) -> bool:
        """Whether it bears the domain's own signature, broken, and the proven return path of others: what a forwarder makes,
        though the SPF record permits the provider whose host it is."""
        return self.signature is Signature.REAL_BROKEN and self.envelope_spf is AuthResult.PASS and not self.envelope_is_own

    @property
    def has_own_name(self) -> bool:
        """Whether its forward-confirmed host name is under the domain."""
        evidence = self.evidence
        return evidence.confirmed is Found.YES and is_within(evidence.ptr, organizational_domain(self.domain))

    @property
    def is_kind(self) -> SenderKind | None:
        """What the owner of the host is, where the book knows it."""
        return self.host.kind if self.host is not None else None

    @property
    def _serves_many(self) -> bool:
        """Whether proper mail of other organisations here comes from it, too, though its name is not the domain's."""
        return self.context.passes_for > 0 and not self.has_own_name

    @property
    def had_it_in_hand(self) -> bool:
        """Whether a host that sends for customers bears a key that it never signs with: it was handed the mail by those who do."""
        key = self.key
        if self.signature is not Signature.REAL_BROKEN or key is None or self.is_own:
            return False
        if self._is_service and self.envelope_is_own:  # it was given the mail on its way out: signature services, relays
            return False
        signs = self._is_service or bool(self.context.group_selectors)
        return signs and (key.domain, key.selector) not in self.context.group_selectors

    @property
    def _is_service(self) -> bool:
        return self.host is not None and self.host.kind is SenderKind.SERVICE

    @property
    def is_sending_host(self) -> bool:
        """Whether the host sends first-hand: the domain's own, or of a service that sends for its customers."""
        return self.is_own or self._is_service or self.holds_key

    @property
    def may_be_relayed(self) -> bool:
        """Whether it has what genuine mail would still have after forwarding: a signature, where the domain signs."""
        state = self.signature
        if state is Signature.ABSENT:
            return not self.signs_always
        return state is not Signature.FAKE

    @property
    def is_marked(self) -> bool:
        """Whether it carries somebody else's proven name, in signature or envelope."""
        return bool(self.foreign) or (self.envelope_spf is AuthResult.PASS and not self.envelope_is_own)

    @property
    def proven(self) -> tuple[str, ...]:
        """Names of others that are proven: of valid signatures, and of the envelope where SPF passes."""
        return (*self.foreign, self.envelope) if self.envelope_spf is AuthResult.PASS and self.envelope else self.foreign

    @property
    def relative(self) -> str:
        """The proven name of another domain of the same organisation that it bears; empty when it bears none."""
        for name in self.proven:
            base = organizational_domain(name)
            if base in self.context.family and not aligned(base, self.author):
                return name
        return ""

    def of_customer(self, book: Book) -> str:
        """The proven name of another customer of the delivery service whose host it is; empty where it is only the service's."""
        if not self._is_service or self.has_own_mark or self.tenant:
            return ""
        for name in self.proven:
            if not aligned(name, self.author) and book.by_dkim(name) is None and book.by_return_path(name) is None:
                return name
        return ""

    @property
    def is_of_others(self) -> bool:
        """Whether it bears the proven name of another customer of a shared host, and no mark of the owner's."""
        return self.is_kind is SenderKind.MAILBOX and self.is_marked and not self.has_own_mark and not self.tenant

    @property
    def is_mended(self) -> bool:
        """Whether the address passes, and began to after the last of these failures."""
        context = self.context
        return not self.is_shared and context.source_first_pass_day > self.flow.last_day

    @property
    def was_always_there(self) -> bool:
        """Whether the mail goes on from the first week of all reports to the last."""
        first, last = self.context.domain_first_day, self.context.until
        return bool(last) and self.flow.first_day <= first + 7 and self.flow.last_day >= last - 7 and last - first >= 45

    @property
    def is_coherent(self) -> bool:
        """Whether the host's confirmed name and a proven envelope or signature of others are of one organization: a sender
        that is what it says, whoever that is."""
        if self.evidence.confirmed is not Found.YES or self.host is not None or self.is_dynamic:
            return False
        return any(aligned(name, self.evidence.ptr) for name in self.proven)

    @property
    def is_rented(self) -> bool:
        """Whether it is a host that anybody can have at once: rented, a line, or without a name that leads back to it."""
        kind = self.is_kind
        return kind is SenderKind.HOSTING or (kind is None and (self.is_dynamic or self.evidence.confirmed is not Found.YES))

    @property
    def signs_always(self) -> bool:
        """Whether the domain's passing mail is known to be signed, nearly all of it."""
        context = self.context
        return context.signed_share is not None and context.signed_share >= 0.8 and context.domain_passed >= ENOUGH

    @property
    def has_own_mark(self) -> bool:
        """Whether it carries a signature that a stranger could hardly have made."""
        return self.signature in (Signature.REAL_BROKEN, Signature.NO_ANSWER, Signature.NEVER_VALID, Signature.VALID)

    @property
    def envelope_is_own(self) -> bool:
        """Whether the envelope sender is of the author's organization."""
        return aligned(self.envelope, self.author)


_RELAYING = (SenderKind.MAILBOX, SenderKind.FORWARDER, SenderKind.LIST, SenderKind.GATEWAY)
"""Kinds whose hosts also pass on the mail of others, signatures intact: a valid signature does not make one a customer."""


def _sends_for_it(host: Sender, context: Context) -> bool:
    """Whether passes from hosts of this kind mean that the domain sends through them; SPF does not survive forwarding."""
    return host.kind not in _RELAYING or context.source_spf > 0


_RANK = (Signature.VALID, Signature.REAL_BROKEN, Signature.NO_ANSWER, Signature.NEVER_VALID, Signature.BROKEN, Signature.FAKE)


def _own_signature(author: str, dkim: tuple[DkimAuth, ...], context: Context) -> tuple[Signature, DkimAuth | None]:
    """The best that can be said of the signatures of the author's organization, and the one it was said of."""
    best, key, rank = Signature.ABSENT, None, len(_RANK)
    for auth in dkim:
        if auth.result is AuthResult.NONE or not aligned(auth.domain, author):
            continue
        state = _state(auth, context)
        at = _RANK.index(state)
        if at < rank:
            best, key, rank = state, auth, at
    return best, key


def _state(auth: DkimAuth, context: Context) -> Signature:
    """What one signature of the domain comes to."""
    if auth.result is AuthResult.PASS:
        return Signature.VALID
    if (auth.domain, auth.selector) in context.unproven_selectors and context.domain_passed >= ENOUGH:
        return Signature.NO_ANSWER if auth.result is AuthResult.TEMPERROR else Signature.NEVER_VALID
    if (auth.domain, auth.selector) in context.real_selectors:
        return Signature.NO_ANSWER if auth.result is AuthResult.TEMPERROR else Signature.REAL_BROKEN
    if not auth.selector or not context.real_selectors:
        return Signature.BROKEN
    if auth.result is AuthResult.TEMPERROR and (auth.domain, auth.selector) not in context.missing_selectors:
        return Signature.NO_ANSWER
    return Signature.FAKE


def envelope_of(envelope_from: str, spf: tuple[SpfAuth, ...]) -> tuple[str, AuthResult]:
    """The envelope domain, from the identifiers or else from the SPF result, and what SPF said of it."""
    for auth in spf:
        if auth.scope is not SpfScope.HELO and (not envelope_from or auth.domain == envelope_from):
            return auth.domain, auth.result
    return envelope_from, AuthResult.ABSENT
