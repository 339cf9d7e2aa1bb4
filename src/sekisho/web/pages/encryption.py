"""The words of TLS reports: what a failure type and a policy type mean, and what to do (RFC 8460, 4.3)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

UNKNOWN_TYPE = (
    gettext_lazy("Another failure"),
    gettext_lazy("Look at the details in the report; ask the reporter when it goes on."),
)
TYPES: dict[str, tuple[Promise, Promise]] = {
    "starttls-not-supported": (
        gettext_lazy("The server offered no encryption"),
        gettext_lazy("Turn on STARTTLS on this server, and check that no firewall removes it."),
    ),
    "certificate-host-mismatch": (
        gettext_lazy("The certificate is for another name"),
        gettext_lazy("Use a certificate that holds the name of the server as it stands in the MX record."),
    ),
    "certificate-expired": (
        gettext_lazy("The certificate had expired"),
        gettext_lazy("Renew the certificate, and let it be renewed by itself from now on."),
    ),
    "certificate-not-trusted": (
        gettext_lazy("The certificate is not trusted"),
        gettext_lazy("Use a certificate of a public authority, and send the certificates between along."),
    ),
    "validation-failure": (
        gettext_lazy("The connection could not be verified"),
        gettext_lazy("Look at the reason given in the report; often protocol versions or ciphers are too old."),
    ),
    "tlsa-invalid": (
        gettext_lazy("The TLSA record does not fit the certificate (DANE)"),
        gettext_lazy("Publish the TLSA record of the new certificate before you change certificates."),
    ),
    "dnssec-invalid": (
        gettext_lazy("DNSSEC could not be verified (DANE)"),
        gettext_lazy("Check the signatures of the zone of the mail server, and the DS record above it."),
    ),
    "dane-required": (
        gettext_lazy("The sender asks for DANE, which is missing"),
        gettext_lazy("Publish TLSA records with DNSSEC, or ask the sender why it insists on them."),
    ),
    "sts-policy-fetch-error": (
        gettext_lazy("The MTA-STS policy could not be fetched"),
        gettext_lazy("Check that https://mta-sts.<domain>/.well-known/mta-sts.txt answers, without being redirected."),
    ),
    "sts-policy-invalid": (
        gettext_lazy("The MTA-STS policy cannot be read"),
        gettext_lazy("Check the lines version, mode, mx and max_age of the policy."),
    ),
    "sts-webpki-invalid": (
        gettext_lazy("The web server of the MTA-STS policy has no valid certificate"),
        gettext_lazy("Use a certificate for mta-sts.<domain> of a public authority."),
    ),
}
POLICIES: dict[str, Promise] = {
    "sts": gettext_lazy("MTA-STS"),
    "tlsa": gettext_lazy("DANE (TLSA)"),
    "no-policy-found": gettext_lazy("No policy: encrypted where possible"),
}


def type_words(wire: str) -> tuple[str, str]:
    """A failure type in plain words, and what to do about it."""
    words, advice = TYPES.get(wire, UNKNOWN_TYPE)
    return str(words), str(advice)


def policy_words(wire: str) -> str:
    """A policy type in words; as it is when it is none of the standard ones."""
    return str(POLICIES.get(wire, wire)) or "–"
