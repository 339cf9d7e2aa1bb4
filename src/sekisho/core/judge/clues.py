"""The clues in a case: each finds what there is to say and adds it, with its weight and the values its sentence names."""

from __future__ import annotations

from sekisho.core.facts import Because
from sekisho.core.judge.case import ENOUGH, NO_MARK, Case, Signature
from sekisho.core.judge.days import Shape
from sekisho.core.judge.habits import MANY_HEAR, SEVERAL, audience, days_and_receivers
from sekisho.core.judge.hostnames import looks_like_desk, looks_like_lists, looks_like_mail_server
from sekisho.core.judge.likeness import looks_like
from sekisho.core.judge.sources import Book, Sender, SenderKind
from sekisho.core.judge.weights import PRIOR, WEIGHTS, marks_of
from sekisho.core.names import aligned, is_within, organizational_domain
from sekisho.core.terms import AuthResult, Class, Found, Override

MANY = 500
"""Passing messages from which a domain's keys are known without the DNS; a small service may sign one mail of some hundred."""

VARIOUS = 3
"""Unproven envelope domains of strangers from one address, from which they are made up as the mail goes."""

Values = dict[str, str | int]


class Scales:
    """The sums of the three classes, and the reasons that made them."""

    __slots__ = ("failing", "forwarded", "reasons", "spoof")

    def __init__(self) -> None:
        self.spoof, self.forwarded, self.failing = PRIOR
        self.reasons: list[tuple[float, Because]] = []

    def add(self, key: str, values: Values, scale: float = 1.0) -> None:
        """Adds a clue of the table, `scale` times its weight."""
        code, spoof, forwarded, failing, toward, spread, marks = WEIGHTS[key]
        if scale != 1.0:
            spoof, forwarded, failing, spread = spoof * scale, forwarded * scale, failing * scale, spread * scale
            marks = marks_of(spread)
        self.spoof += spoof
        self.forwarded += forwarded
        self.failing += failing
        self.reasons.append((spread, Because(code, toward, marks, values)))

    def push(self, spoof: float, forwarded: float, failing: float) -> None:
        """Adds what a rule says; the reason for it is among the clues already."""
        self.spoof += spoof
        self.forwarded += forwarded
        self.failing += failing

    def of(self, klass: Class) -> float:
        """The sum of one class."""
        if klass is Class.SPOOF:
            return self.spoof
        return self.forwarded if klass is Class.FORWARDED else self.failing


def named(sender: Sender, word: str) -> Values:
    """The values that name an entry of the book: `id` lets a page say it in its reader's language."""
    return {word: sender.name, "id": sender.id}


def weigh(case: Case, book: Book) -> Scales:
    """All clues of a case, added up."""
    scales = Scales()
    _signature(case, scales)
    _foreign_signature(case, book, scales)
    _names_of_others(case, book, scales)
    if case.envelope:
        _envelope(case, book, scales)
    if case.helo_is_own or case.context.in_own_spf is Found.YES or case.context.source_spf:
        _permitted(case, scales)
    if case.host is not None:
        _HOSTS[case.host.kind](case, case.host, scales)
    else:
        _unknown_host(case, book, scales)
    _same_source(case, scales)
    _neighbours(case, book, scales)
    _claims(case, scales)
    if case.flow.way.overrides or case.flow.way.arc_pass:
        _receivers(case, scales)
    _lists(case, scales)
    days_and_receivers(case, scales)
    audience(case, scales)
    return scales


# ---- signature


def _signature(case: Case, scales: Scales) -> None:
    """What the domain's own signature says."""
    state = case.signature
    if state is Signature.ABSENT:
        _no_signature(case, scales)
        return
    if state is Signature.UNTOLD:
        scales.add("dkim_untold", {})
        return
    key = case.key
    assert key is not None
    domain, selector = key.domain, key.selector
    values: Values = {"selector": selector, "domain": domain}
    if state is Signature.REAL_BROKEN:
        first_hand = case.is_sending_host and not case.had_it_in_hand
        hand = ":own" if first_hand else ":rented" if case.is_rented else ""
        scales.add(f"dkim_own_selector_broken{hand}", values)
    elif state is Signature.NEVER_VALID:
        scales.add("dkim_key_problem:never_valid", values)
    elif state is Signature.VALID:
        away = not case.is_sending_host and not case.is_used and (case.is_kind in _RELAYS or case.context.source_spf == 0)
        scales.add(
            "strict_alignment:away" if away and not case.envelope_is_own else "strict_alignment",
            {"name": domain, "domain": case.author},
        )
    elif state is Signature.NO_ANSWER:
        scales.add("dkim_key_problem:temporary", values)
    elif state is Signature.BROKEN:
        _broken(case, values, scales)
    elif case.is_sending_host:
        scales.add("dkim_key_problem", values)
    else:
        scales.add("dkim_fake_selector" if is_surely_fake(case) else "dkim_fake_selector:few_known", values)


def is_surely_fake(case: Case) -> bool:
    """Whether a key that no passing mail names does not exist: the DNS says so, or much mail would have shown it."""
    key = case.key
    missing = key is not None and (key.domain, key.selector) in case.context.missing_selectors
    return case.context.domain_passed >= (ENOUGH if missing else MANY)


def _broken(case: Case, values: Values, scales: Scales) -> None:
    """A broken signature whose key is not named, or of a domain none of whose keys is known."""
    key = case.key
    assert key is not None
    if case.context.real_selectors:
        scales.add("dkim_broken", {"domain": key.domain})
    elif (key.domain, key.selector) in case.context.missing_selectors and not case.is_sending_host:
        scales.add("dkim_fake_selector:unsigned", values)
    elif key.selector and key.result in (AuthResult.PERMERROR, AuthResult.TEMPERROR):
        scales.add("dkim_key_problem", values, 0.5)
    else:
        scales.add("dkim_broken:no_keys_known", {"domain": key.domain})


def _no_signature(case: Case, scales: Scales) -> None:
    """A missing signature speaks where the domain is known to sign, and not on a sending host: there it is the very fault."""
    context = case.context
    share = context.signed_share
    if share is None or context.domain_passed < ENOUGH:
        return
    told = 1 - context.untold
    if case.is_sending_host:
        if share >= 0.95 and case.is_used and context.group_keys and case.is_kind is SenderKind.SERVICE and not case.tenant:
            scales.add("dkim_absent:used", {"domain": case.domain}, told)
        return
    if share >= 0.5 and (case.is_script or (case.is_marked and case.is_coherent)):
        scales.add("dkim_absent:coherent", {"domain": case.domain}, told)
        return
    if share >= 0.95:
        scales.add("dkim_absent:relay" if case.relays and not case.is_shared else "dkim_absent", {"domain": case.domain}, told)
    elif share >= 0.8:
        scales.add("dkim_absent:mostly", {"domain": case.domain}, told)
    elif share >= 0.5:
        scales.add("dkim_absent:often", {"domain": case.domain}, told)


def _foreign_signature(case: Case, book: Book, scales: Scales) -> None:
    """Valid signatures of others: a service's own is typical of a half-done set-up, a stranger's of a stranger."""
    if case.tenant:
        signer = book.by_dkim(case.tenant)
        name: Values = named(signer, "service") if signer is not None else {"service": case.tenant}
        away = case.evidence.confirmed is Found.YES and signer is not None and case.host is not signer
        away = away or (case.envelope_spf is AuthResult.PASS and not case.envelope_is_own and case.envelope != case.tenant)
        key = "own_tenant:away" if away else "own_tenant" if case.host is not None else "own_tenant:either"
        scales.add(key, name | {"domain": case.domain})
        return
    if case.tenant_broken and not case.is_sending_host:
        scales.add("own_tenant:broken", {"service": case.author, "domain": case.domain})
    if case.foreign and case.signature is Signature.REAL_BROKEN and case.key is not None and case.key.result is AuthResult.FAIL:
        # both were made of one body only if both verify: who signed later had changed it, so he was not the first to send
        scales.add("foreign_dkim:later", {"dkim_domain": case.foreign[0]})
        return
    for domain in case.foreign:
        signer = book.by_dkim(domain)
        if signer is None:
            continue
        used = signer.id in case.context.services if signer.kind is SenderKind.SERVICE else case.is_used and signer is case.host
        if signer.kind is SenderKind.SERVICE or used:
            scales.add("service_dkim_only:used" if used else "service_dkim_only", named(signer, "service"))
        elif signer.kind is SenderKind.MAILBOX and case.signature is Signature.ABSENT:
            key = "foreign_dkim:composed" if case.shape in (Shape.STEADY, Shape.LASTING) else "foreign_dkim:mailbox"
            key = "foreign_dkim:tenant" if domain not in signer.return_path and domain not in signer.dkim else key
            scales.add(key, {"dkim_domain": domain}, 1.0 if case.signs_always else 0.6)
        return
    if case.foreign and case.signature in (Signature.ABSENT, Signature.FAKE) and not case.is_sending_host:
        key = "foreign_dkim:hosted" if case.is_kind is SenderKind.MAILBOX else "foreign_dkim"
        scales.add("foreign_dkim:coherent" if case.is_coherent else key, {"dkim_domain": case.foreign[0]})


def _names_of_others(case: Case, book: Book, scales: Scales) -> None:
    """Proven names that tell whose mail it is: of another domain of the owner's, or of another customer of the service."""
    if case.has_own_mark or case.is_own:
        return
    relative = case.relative
    if relative:
        scales.add("own_family", {"name": relative})
        return
    customer = case.of_customer(book)
    if customer:
        scales.add("other_customer:used" if case.is_used else "other_customer", {"name": customer})


# ---- envelope


def _envelope(case: Case, book: Book, scales: Scales) -> None:
    """What the envelope sender says."""
    passed = case.envelope_spf is AuthResult.PASS
    if case.envelope_is_own:
        if passed:
            scales.add("strict_alignment", {"name": case.envelope, "domain": case.author})
        elif case.envelope != case.author:
            scales.add("envelope_own_host", {"envelope": case.envelope, "domain": case.domain})
        return
    if not passed:
        if case.is_script and case.signature not in NO_MARK:
            scales.add("foreign_envelope:host_signed", {"envelope": case.envelope})
        _unproven_envelope(case, book, scales)
        return
    _proven_envelope(case, book.by_return_path(case.envelope), scales)


def _unproven_envelope(case: Case, book: Book, scales: Scales) -> None:
    """An envelope of another domain that SPF does not prove: whoever passes mail on keeps the sender's, or gives one of his own."""
    if case.is_script and case.signature in NO_MARK:
        scales.add("foreign_envelope:host", {"envelope": case.envelope})
    if case.is_script or case.is_own or case.is_kind is SenderKind.SERVICE:
        return
    if case.is_shared:
        if _is_stray(case, book):
            served = case.context.passes_for > 0
            scales.add("foreign_envelope:stray_served" if served else "foreign_envelope:stray", {"envelope": case.envelope})
        return
    if case.envelopes >= VARIOUS:
        scales.add("foreign_envelope:various", {"envelope": case.envelope})
    elif case.signature in NO_MARK:
        scales.add("foreign_envelope:unproven", {"envelope": case.envelope})
    elif _is_stray(case, book):
        scales.add("foreign_envelope:odd", {"envelope": case.envelope})


def _is_stray(case: Case, book: Book) -> bool:
    """Whether an unproven envelope is neither one that genuine mail comes with, nor that of the host or of a service."""
    if case.context.envelope_passed or book.by_return_path(case.envelope) is not None:
        return False
    return case.evidence.confirmed is not Found.YES or not aligned(case.envelope, case.evidence.ptr)


def _proven_envelope(case: Case, owner: Sender | None, scales: Scales) -> None:
    """An envelope of another domain for which SPF passes: whose is it, and does genuine mail come with it too?"""
    envelope: Values = {"envelope": case.envelope, "domain": case.domain}
    if case.envelope.startswith("srs") and not case.is_sending_host:
        scales.add("srs_envelope", {})
    elif owner is not None and owner.kind in (SenderKind.SERVICE, SenderKind.HOSTING):
        used = owner.id in case.context.services or case.context.envelope_passed > 0
        scales.add("own_spf_no_alignment:used" if used else "own_spf_no_alignment", envelope)
    elif owner is not None and owner.kind is SenderKind.LIST:
        if case.host is None or case.host is not owner:
            scales.add("known_list_host" if case.may_be_relayed else "known_list_host:signature_gone", named(owner, "name"))
    elif case.is_script and case.signature in NO_MARK:
        scales.add("foreign_envelope:host", {"envelope": case.envelope})
    elif case.is_script:
        scales.add("foreign_envelope:host_signed", {"envelope": case.envelope})
    elif owner is not None and case.may_be_relayed and not case.foreign:
        scales.add("srs_envelope" if owner.kind is SenderKind.FORWARDER else "srs_envelope:mailbox", {})
    elif owner is None and case.context.envelope_passed:
        _shared_envelope(case, envelope, scales)
    elif case.signature in NO_MARK and not case.is_sending_host:
        key = "foreign_envelope:relayed" if case.may_be_relayed else "foreign_envelope"
        if case.is_kind is SenderKind.MAILBOX:
            key = "foreign_envelope:hosted" if case.foreign or owner is not case.host else "foreign_envelope:provider"
        scales.add("foreign_envelope:coherent" if case.is_coherent else key, {"envelope": case.envelope})


def _shared_envelope(case: Case, values: Values, scales: Scales) -> None:
    """A stranger's return path with which mail of the domain passes, too: a service that is in use, or a forwarder's."""
    if case.is_sending_host or (case.signature is Signature.ABSENT and case.signs_always):
        scales.add("own_spf_no_alignment:used", values)
    elif case.relays and case.signature is not Signature.FAKE:
        scales.add("srs_envelope:relay", {})
    else:
        scales.add("own_spf_no_alignment:either", values)


def _permitted(case: Case, scales: Scales) -> None:
    """The domain's SPF record permits the host: seen in passes, by HELO, or in the record of today."""
    key = "own_spf" if case.is_own else "own_spf:others" if case.is_of_others else "own_spf:shared"
    scales.add(key, {"domain": case.domain})


# ---- host


def _service(case: Case, host: Sender, scales: Scales) -> None:
    """A host that sends for customers."""
    scales.add("known_service" if case.is_used else "known_service_new", named(host, "service") | {"domain": case.domain})


def _mailbox(case: Case, host: Sender, scales: Scales) -> None:
    """A host of a mailbox provider: forwards for its users, may send for the domain, and sends for strangers."""
    if case.is_used and not case.has_own_mark:
        key = "known_service:others" if case.is_of_others else "known_service:mailbox"
        scales.add(key, named(host, "service") | {"domain": case.domain})
    if case.tenant and book_signs(case, host):
        return
    if case.has_own_mark or case.tenant or case.signature is Signature.BROKEN:
        scales.add("mailbox_provider", named(host, "provider"))
    elif case.signs_always:
        scales.add("mailbox_provider:signature_gone", named(host, "provider"))
    else:
        scales.add("mailbox_provider:unsigned", named(host, "provider"))


def book_signs(case: Case, host: Sender) -> bool:
    """Whether the host's operator made the signature for the owner's account itself."""
    return any(is_within(case.tenant, name) for name in host.dkim)


def _forwarder(case: Case, host: Sender, scales: Scales) -> None:
    """A host that only forwards; it forwards spoofed mail as well."""
    scales.add("known_forwarder" if case.may_be_relayed else "known_forwarder:signature_gone", named(host, "name"))


def _list(case: Case, host: Sender, scales: Scales) -> None:
    """A host of mailing lists."""
    scales.add("known_list_host" if case.may_be_relayed else "known_list_host:signature_gone", named(host, "name"))


_RELAYS = (SenderKind.MAILBOX, SenderKind.FORWARDER, SenderKind.LIST, SenderKind.GATEWAY)


def _gateway(case: Case, host: Sender, scales: Scales) -> None:
    """A security gateway: of the recipient, unless the domain itself sends through it."""
    few_intact = case.context.source_dkim * 5 < case.context.source_failed or case.context.group_passed * 2 < case.beat.messages
    heard = case.beat.reporters
    is_permitted = case.context.source_spf > case.context.source_failed  # SPF never passes behind a recipient's gateway
    if (heard >= MANY_HEAR or is_permitted or (heard >= SEVERAL and few_intact)) and case.signature is not Signature.VALID:
        scales.add("known_service:outbound", named(host, "service") | {"domain": case.domain})
    elif case.is_used:
        scales.add("known_service:gateway", named(host, "service") | {"domain": case.domain})
    else:
        scales.add("known_gateway" if case.may_be_relayed else "known_gateway:signature_gone", named(host, "name"))


def _hosting(case: Case, host: Sender, scales: Scales) -> None:
    """A host that anybody can rent."""
    if case.is_used:
        scales.add("aligned_group:loose", {"domain": case.domain})
    elif not case.is_own and not case.context.source_dkim:
        scales.add("hosting_network", {"as_name": host.name, "id": host.id})


_HOSTS = {
    SenderKind.SERVICE: _service,
    SenderKind.MAILBOX: _mailbox,
    SenderKind.FORWARDER: _forwarder,
    SenderKind.LIST: _list,
    SenderKind.GATEWAY: _gateway,
    SenderKind.HOSTING: _hosting,
}


def _unknown_host(case: Case, book: Book, scales: Scales) -> None:
    """A host the book does not know by a confirmed name: is it the domain's own, and what does its name look like?"""
    evidence = case.evidence
    if case.has_own_name:
        scales.add("own_hostname", {"ptr": evidence.ptr, "domain": case.domain})
    elif evidence.ptr_state is Found.NO:
        scales.add("ptr_missing", {})
    elif case.is_dynamic:
        scales.add("ptr_dynamic:fixed" if case.is_fixed else "ptr_dynamic", {"ptr": evidence.ptr})
    elif evidence.ptr and evidence.confirmed is Found.NO:
        scales.add(_unconfirmed(case, book), {"ptr": evidence.ptr})
    elif evidence.ptr and evidence.confirmed is Found.YES and case.signature is not Signature.FAKE:
        _server_of_others(case, scales)
    if evidence.confirmed is not Found.YES and case.envelope_spf is AuthResult.PASS and looks_like_lists(case.envelope):
        scales.add("list_by_name:proven", {"name": case.envelope})
    if case.context.is_own_mx:
        scales.add("own_mx", {"domain": case.domain})
    if evidence.as_domain and not case.is_own and not case.is_coherent:
        owner = book.by_network(evidence.as_domain)
        if owner is not None:
            scales.add("hosting_network:by_network", {"as_name": evidence.as_name or owner.name})


def _unconfirmed(case: Case, book: Book) -> str:
    """The clue in a host name that does not lead back: whose name is it?"""
    if is_within(case.evidence.ptr, organizational_domain(case.domain)):
        signed = case.has_own_mark or case.context.source_dkim > 0
        return "ptr_unconfirmed:own_signed" if signed else "ptr_unconfirmed:own"
    return "ptr_unconfirmed:lie" if book.by_host(case.evidence.ptr) else "ptr_unconfirmed"


def _server_of_others(case: Case, scales: Scales) -> None:
    """A proper mail server of somebody the book does not know; lists and forwarders are that, and partners."""
    ptr = case.evidence.ptr
    if looks_like_lists(ptr) or (case.envelope_spf is AuthResult.PASS and looks_like_lists(case.envelope)):
        scales.add("list_by_name:proven" if case.is_coherent else "list_by_name", {"name": ptr})
    elif looks_like_desk(ptr):
        scales.add("desk_by_name", {"name": ptr})
    elif looks_like_mail_server(ptr) and case.may_be_relayed and not case.is_marked:
        scales.add("mail_server", {"ptr": ptr})


# ---- context


def _same_source(case: Case, scales: Scales) -> None:
    """What else came from the very address."""
    context = case.context
    if context.source_dkim:
        values: Values = {"domain": case.domain, "n": context.source_dkim}
        few = context.source_dkim < 3 or context.source_dkim * 100 < context.source_failed
        own = "aligned_elsewhen:relay" if case.relays else "aligned_elsewhen"
        if case.is_shared:
            own = "aligned_elsewhen:relay_shared" if case.relays and case.may_be_relayed else "aligned_elsewhen:shared"
        key = own
        scales.add(key, values, 0.5 if few else 1.0)
    if context.source_dkim or context.source_spf:
        if case.is_mended:
            scales.add("aligned_later", {"date": context.source_first_pass_day})
    elif context.domain_passed and not case.is_shared and not case.is_own and not case.has_own_mark:
        n = max(context.source_failed, case.flow.messages)
        key = "never_aligned" if n >= ENOUGH and not case.is_coherent else "never_aligned:few"
        scales.add(key, {"domain": case.domain, "days": context.window_days, "n": n})


def _neighbours(case: Case, book: Book, scales: Scales) -> None:
    """Whether the group or the network sends for the domain."""
    context = case.context
    if case.holds_key and not case.is_own:
        values: Values = {"selector": min(context.group_keys)[1], "domain": case.domain}
        scales.add("own_key" if case.host is None else "own_key:known", values)
    if context.group_passed and case.host is None and not case.is_own:
        evidence = case.evidence
        if evidence.confirmed is Found.YES and evidence.ptr and not case.is_dynamic:
            either = case.has_own_mark or not context.group_spf
            scales.add("aligned_group:either" if either else "aligned_group", {"domain": case.domain})
        elif not evidence.ptr and evidence.as_domain:
            scales.add("aligned_group:loose", {"domain": case.domain})
    if not case.is_own:
        _provider(case, book, scales)
    if context.network_passed and not case.is_own:
        anybody = case.host is not None or case.is_dynamic
        key = "own_network:either" if case.has_own_mark or not context.network_spf else "own_network"
        scales.add("own_network:shared" if anybody else key, {"network": context.network})


def _provider(case: Case, book: Book, scales: Scales) -> None:
    """Whether the domain's web pages live there, or its mail comes in there."""
    context = case.context
    if context.is_own_web:
        scales.add("own_web:shared" if case.is_shared or case.host is not None else "own_web", {"domain": case.domain})
    elif context.is_near_web:
        scales.add("own_web:near", {"domain": case.domain})
    if not context.mx_hosts:
        return
    if case.is_kind is SenderKind.GATEWAY:
        if case.takes_mail_in(book):
            scales.add("own_provider:gateway", {"domain": case.domain})
    elif not case.is_used and not case.has_own_mark and case.takes_mail_in(book):
        stranger = case.is_marked and not case.tenant
        scales.add("own_provider:marked" if stranger else "own_provider", {"domain": case.domain})


def _claims(case: Case, scales: Scales) -> None:
    """What the source claims to be: too many, or what does not exist or send."""
    context = case.context
    if not case.is_shared and not case.is_own and not case.has_own_mark and not _passes_on(case):
        if context.domains_claimed >= 2:
            key = "many_domains" if context.domains_claimed >= 3 else "many_domains:two"
            scales.add(key, {"n": context.domains_claimed})
        if context.organisations and not context.passes_for:
            key = "many_organisations:coherent" if case.is_coherent else "many_organisations"
            scales.add(key, {"n": context.organisations}, 1.0 if context.organisations >= 2 else 0.6)
        if _began_together(case):
            scales.add("began_together", {"n": context.began_together})
        if context.way_hosts > MANY_HOSTS and (case.is_marked or case.signature is Signature.FAKE):
            scales.add("same_way_elsewhere", {"n": context.way_hosts - 1})
    elif context.organisations and _passes_on(case) and not case.is_shared and not case.is_own:
        few = "" if context.organisations >= SEVERAL_DOMAINS else "_few"
        scales.add(f"many_organisations:handed{few}", {"n": context.organisations})
    if case.signature is Signature.REAL_BROKEN and case.is_rented and not case.is_own and _began_together(case):
        scales.add("began_together:signed", {"n": context.began_together})
    if context.header_from_exists is Found.NO and case.author != case.domain:
        scales.add("nonexistent_subdomain", {"name": case.author})
    elif context.header_from_exists is Found.YES and case.author != case.domain and not case.is_own and not case.has_own_mark:
        scales.add("existing_subdomain", {"name": case.author})
    if context.is_parked:
        scales.add("parked_domain", {"domain": case.domain})
    if not case.is_own and case.is_kind is not SenderKind.SERVICE:
        _for_others(case, scales)
    if not case.is_shared and not case.is_own:
        _kin(case, scales)
    _likeness(case, scales)
    share = context.country_share
    if share is not None and context.domain_passed >= ENOUGH and not case.is_own and not case.has_own_mark:
        shared = ":shared" if case.is_shared else ""
        if shared and case.is_kind is not SenderKind.MAILBOX:
            return
        if share >= HOME:
            scales.add(f"home_country{shared}", {"country": case.evidence.place.country})
        elif share < ABROAD:
            among = ":kin" if not shared and context.kin.hosts >= SEVERAL_HOSTS else shared
            scales.add(f"foreign_country{among}", {"country": case.evidence.place.country})


SEVERAL_DOMAINS = 3
"""Other domains whose signatures come through intact, from which a host that the book does not know surely passes mail on."""
HOME = 0.25
"""Share of a domain's passing mail from which a country is one it sends from."""
SEVERAL_HOSTS = 4
"""Hosts of one group that send alike."""
ABROAD = 0.005


def _for_others(case: Case, scales: Scales) -> None:
    """What the address does for other domains: it sends for them, or passes their mail on."""
    context = case.context
    if context.siblings and not case.is_shared:
        scales.add("passes_for_siblings", {"n": context.siblings})
    elif context.permitted_for and not case.has_own_mark and case.host is None:
        scales.add("passes_for_others", {})
    if context.carries_for > context.permitted_for:
        way = "gone" if not case.may_be_relayed else "marked" if case.has_own_mark else "bare"
        if case.host is None and context.carries_for >= SEVERAL_DOMAINS:
            way += "_many"
        scales.add(f"carries_for_others:{way}", {"n": context.carries_for})


def _kin(case: Case, scales: Scales) -> None:
    """Other hosts of the group that send with the same envelope, when none of them ever passes."""
    kin = case.context.kin
    if kin.hosts < 3 or case.is_dynamic or case.context.group_passed or case.context.source_dkim or case.signature not in NO_MARK:
        return
    if kin.listed - bool(case.evidence.listed) > 0:
        scales.add("kin_listed", {"n": kin.listed})
    elif case.is_marked and case.evidence.confirmed is Found.YES:
        scales.add("kin_many", {"n": kin.hosts - 1})


def _likeness(case: Case, scales: Scales) -> None:
    """A proven name that is made to look like the author's."""
    like = next((name for name in case.proven if name != case.tenant and looks_like(name, case.author)), "")
    if like and not case.tenant:
        scales.add("lookalike", {"name": like, "domain": case.author})


def _passes_on(case: Case) -> bool:
    """Whether it looks like a proper mail server with mail that may have been handed to it: that fails for many domains, too."""
    named = case.evidence.confirmed is Found.YES and not case.is_dynamic
    return named and case.may_be_relayed and (looks_like_mail_server(case.evidence.ptr) or looks_like_lists(case.evidence.ptr))


MANY_HOSTS = 12
"""Unrelated hosts with the very same kind of mail; forwarders of one domain are rarely so many."""


def _began_together(case: Case) -> bool:
    """Whether clearly more sources began on that day than usual; the first week of all reports began nothing, and what is
    steady since began by itself."""
    context = case.context
    if case.shape is Shape.STEADY or (context.domain_first_day and context.source_first_day <= context.domain_first_day + 7):
        return False
    return context.began_together >= 4 and context.began_together * context.window_days >= 6 * context.strangers


# ---- receivers, lists


def _receivers(case: Case, scales: Scales) -> None:
    """What receivers took it for. A receiver's word on a sending host is a mistake, so there it counts for little."""
    way = case.flow.way
    scale = 0.3 if case.is_sending_host else 1.0
    if way.arc_pass:
        scales.add("override_arc", {}, scale)
    if Override.MAILING_LIST in way.overrides:
        scales.add("override_list", {}, scale)
    elif Override.FORWARDED in way.overrides or Override.TRUSTED_FORWARDER in way.overrides:
        scales.add("override_forwarded", {"n": case.flow.reporters}, scale)


def _lists(case: Case, scales: Scales) -> None:
    """Block lists: of shared hosts they tell nothing of this mail, and little where the source is known otherwise."""
    evidence = case.evidence
    if case.is_shared:
        return
    n = len(evidence.listed)
    if n:
        scales.add(_listed(case, n), {"n": n, "asked": max(n, evidence.lists_asked)})
    elif evidence.lists_asked >= 2:
        scales.add("not_listed", {"asked": evidence.lists_asked})


def _listed(case: Case, lists: int) -> str:
    """The clue in listings: one list errs, and lists all lines of a provider; two seldom do."""
    if case.is_own or case.context.source_dkim > 0:
        return "listed:known"
    if lists < 2:
        return "listed:line" if case.is_dynamic else "listed:one"
    if case.is_dynamic:
        return "listed:lines"
    return "listed:heard" if case.beat.reporters >= SEVERAL else "listed"
