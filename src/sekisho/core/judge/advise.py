"""What to do about a verdict: one code of the glossary, section 4."""

from __future__ import annotations

from sekisho.core.judge.case import Case, Signature
from sekisho.core.judge.sources import Book, SenderKind
from sekisho.core.terms import AuthResult, Class, Found

FEW_A_DAY = 2
"""Messages a day up to which an own host that never passed may be one that was forgotten."""


def advise(klass: Class, case: Case, book: Book, *, sure: bool) -> str:
    """The code of what to do; `sure` tells whether the class stands without the owner's word."""
    if klass is Class.SPOOF:
        if case.is_shared:
            return "shared_service"
        return "spoof_confirm" if sure else "find_owner"
    if klass is Class.FORWARDED:
        return _forwarded(case, book)
    return _failing(case, book, sure=sure)


def _forwarded(case: Case, book: Book) -> str:
    """Forwarded mail needs nothing, unless signing or the list's owner could help."""
    owner = book.by_return_path(case.envelope)
    if case.is_kind is SenderKind.LIST or (owner is not None and owner.kind is SenderKind.LIST):
        return "list_from"
    share = case.context.signed_share
    if case.signature in (Signature.ABSENT, Signature.UNTOLD) and share is not None and share < 0.5:
        return "forward_dkim"
    return "forward_nothing"


def _failing(case: Case, book: Book, *, sure: bool) -> str:
    """A fault of our own: by whose host it is, and by what is missing."""
    if case.signature is Signature.VALID or (case.envelope_is_own and case.envelope_spf is AuthResult.PASS):
        return "relax_alignment"
    if case.signature in (Signature.FAKE, Signature.NO_ANSWER) and case.is_sending_host:
        return "dkim_key_publish"
    if case.is_kind in (SenderKind.SERVICE, SenderKind.MAILBOX, SenderKind.GATEWAY):
        return _service(case)
    if not case.is_own and _is_of_service(case, book):
        return _service(case)
    if not case.is_own:
        return "find_owner"
    if case.is_dynamic:
        return "relay_own"
    context = case.context
    if case.signature is Signature.BROKEN and case.key is not None and case.key.result is AuthResult.PERMERROR:
        return "dkim_key_publish"
    never = not context.source_dkim and not context.source_spf
    if never and case.has_own_name and case.flow.days >= 10 and case.flow.messages <= FEW_A_DAY * case.flow.days:
        return "retire"
    if not context.source_spf and context.in_own_spf is not Found.YES and not case.helo_is_own:
        return "spf_add"
    return "dkim_own" if case.signature is Signature.ABSENT or sure else "find_owner"


def _is_of_service(case: Case, book: Book) -> bool:
    """Whether a service's own signature or return path names the sender where the host does not."""
    for domain in case.foreign:
        signer = book.by_dkim(domain)
        if signer is not None and signer.kind is SenderKind.SERVICE:
            return True
    owner = book.by_return_path(case.envelope)
    return owner is not None and owner.kind is SenderKind.SERVICE and case.envelope_spf is AuthResult.PASS


def _service(case: Case) -> str:
    """What to switch on at a service."""
    if case.envelope_spf is AuthResult.PASS and not case.envelope_is_own and not case.foreign:
        return "return_path"
    return "dkim_service"
