"""Why a single message failed, in sentences: of its results, of what the reporter says aligned, of what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sekisho.core.names import aligned
from sekisho.core.reports.authres import Result
from sekisho.core.terms import AlignmentMeaning
from sekisho.registry.models import Failure
from sekisho.web.templatetags.words import listed

AUTH_FAILURES: dict[str, Promise] = {
    "dmarc": gettext_lazy("No check vouches for the From domain."),
    "spf": gettext_lazy("SPF does not permit the source."),
    "signature": gettext_lazy("The DKIM signature is not valid."),
    "bodyhash": gettext_lazy("The text was changed after it was signed."),
    "revoked": gettext_lazy("The key of the DKIM signature was withdrawn."),
    "adsp": gettext_lazy("The signing practices of the domain (ADSP, given up in 2013) were not met."),
}
"""`Auth-Failure` (RFC 6591, 3.2.1; RFC 9991, 4)."""
DELIVERED: dict[str, Promise] = {
    "delivered": pgettext_lazy("failed message", "delivered"),
    "spam": pgettext_lazy("failed message", "put in the spam folder"),
    "policy": pgettext_lazy("failed message", "handled by a rule of the receiver"),
    "reject": pgettext_lazy("failed message", "rejected"),
    "other": pgettext_lazy("failed message", "handled in another way"),
    "": pgettext_lazy("failed message", "not said"),
}
"""`Delivery-Result` (RFC 6591, 3.2.2)."""
REFUSED = ("fail", "softfail", "neutral", "policy")
UNSURE = ("temperror", "permerror")
METHODS = ("spf", "dkim", "dmarc")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of "why it failed": the check, what was told of it, and what that means."""

    method: str
    said: str
    text: str
    aligned: bool | None


def auth_failures(failure: Failure) -> list[str]:
    """What the reporter says failed, each in a sentence; a word that is none of the standard ones as it is."""
    return [str(AUTH_FAILURES.get(word, word)) for word in failure.auth_failure.split(", ") if word]


def delivered(failure: Failure) -> str:
    """What the receiver did with the message."""
    return str(DELIVERED.get(failure.delivery_result, DELIVERED["other"]))


def checks(failure: Failure, results: Sequence[Result]) -> list[Check]:
    """SPF, DKIM and DMARC as told; what was not told of them is said too."""
    found = [_check(failure, result) for method in METHODS for result in results if result.method == method]
    told = {check.method for check in found}
    for method, holds in (("spf", failure.spf_aligned), ("dkim", failure.dkim_aligned)):
        if method.upper() not in told:
            found.append(Check(method.upper(), "", _("The report gives no result."), holds))
    return sorted(found, key=lambda check: ("SPF", "DKIM", "DMARC").index(check.method))


def _check(failure: Failure, result: Result) -> Check:
    holds = None if result.method == "dmarc" else result.result == "pass" and aligned(result.domain, failure.header_from)
    said = f"{result.method}={result.result}"
    return Check(result.method.upper(), said, _sentence(failure, result), holds)


def _sentence(failure: Failure, result: Result) -> str:
    names = {"name": result.domain or "–", "domain": failure.header_from or "–"}
    if result.result in UNSURE:
        return _("The check could not be made.")
    if result.method == "dmarc":
        text = _dmarc(result.result)
    else:
        say = _spf if result.method == "spf" else _dkim
        text = say(result.result, is_aligned=aligned(result.domain, failure.header_from))
    return text % names if text else f"{result.method}={result.result}"


def _spf(result: str, *, is_aligned: bool) -> str:
    if result == "pass":
        if is_aligned:
            return _("SPF of %(name)s permits the source, and it matches %(domain)s.")
        return _("SPF passes, but for %(name)s, which does not match %(domain)s.")
    if result in REFUSED:
        return _("SPF of %(name)s does not permit the source.")
    return _("%(name)s has no SPF record.") if result == "none" else ""


def _dkim(result: str, *, is_aligned: bool) -> str:
    if result == "pass":
        if is_aligned:
            return _("It carries a valid signature of %(name)s, which matches %(domain)s.")
        return _("It carries a valid signature, but of %(name)s, which does not match %(domain)s.")
    if result in REFUSED:
        return _("The signature of %(name)s is not valid: it was broken on the way, or made up.")
    return _("It carries no signature.") if result == "none" else ""


def _dmarc(result: str) -> str:
    return {
        "pass": _("DMARC passed for %(domain)s all the same."),
        "fail": _("DMARC failed: no check vouches for %(domain)s."),
        "none": _("The receiver found no DMARC record of %(domain)s."),
    }.get(result, "")


def alignment(failure: Failure) -> str:
    """What the reporter says of alignment, and how we read it; empty where nothing was said."""
    words = [word for word in failure.identity_alignment.split(", ") if word != "none"]
    names = {"checks": listed(word.upper() for word in words), "domain": failure.header_from or "–"}
    if failure.meaning == AlignmentMeaning.UNCLEAR:
        return _(
            "Older reports list here what matched (RFC 7489), newer ones what failed (RFC 9991). This one does not tell which."
        )
    if failure.meaning == AlignmentMeaning.ALIGNED:
        if not words:
            return _("Read by RFC 7489: nothing matched %(domain)s.") % names
        return _("Read by RFC 7489: %(checks)s matched %(domain)s.") % names
    if failure.meaning == AlignmentMeaning.FAILED:
        if not words:
            return _("Read by RFC 9991: no check failed for %(domain)s.") % names
        return _("Read by RFC 9991: %(checks)s did not vouch for %(domain)s.") % names
    return ""
