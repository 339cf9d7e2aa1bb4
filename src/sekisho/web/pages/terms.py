"""The glossary: every term of the pages with its line (design, glossary 1); Japanese is in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the pages and the one line that explains it."""

    slug: str
    word: Promise | str
    line: Promise | str


TERMS = (
    Term("normal", pgettext_lazy("term", "Normal"), gettext_lazy("Mail that passed authentication.")),
    Term(
        "forwarded",
        pgettext_lazy("term", "Forwarded"),
        gettext_lazy("Genuine mail that failed because it was passed on by a forwarder or mailing list."),
    ),
    Term(
        "authentication-failure",
        pgettext_lazy("term", "Authentication failure"),
        gettext_lazy("Genuine mail, sent by you or for you, that failed because something is set up wrong."),
    ),
    Term(
        "suspected-spoofing",
        pgettext_lazy("term", "Suspected spoofing"),
        gettext_lazy("Mail that a third party most likely sent in your name."),
    ),
    Term(
        "spoofing-confirmed",
        pgettext_lazy("term", "Spoofing (confirmed)"),
        gettext_lazy("A source that one of your people has confirmed as spoofing."),
    ),
    Term("verdict", pgettext_lazy("term", "Verdict"), gettext_lazy("Which of the four classes the mail belongs to.")),
    Term(
        "confidence",
        pgettext_lazy("term", "Confidence"),
        gettext_lazy("How sure the verdict is: high, medium or low, with a percentage."),
    ),
    Term("why-we-think-so", pgettext_lazy("term", "Why we think so"), gettext_lazy("The facts that led to the verdict.")),
    Term("evidence-against", pgettext_lazy("term", "Evidence against"), gettext_lazy("Facts that point the other way.")),
    Term(
        "re-evaluated",
        pgettext_lazy("term", "Re-evaluated"),
        gettext_lazy("The verdict was made again after new evidence or a decision."),
    ),
    Term("decision", pgettext_lazy("term", "Decision"), gettext_lazy("What one of your people said a source is.")),
    Term("sending-group", pgettext_lazy("term", "Sending group"), gettext_lazy("Hosts of one operator, taken together.")),
    Term("source-host", pgettext_lazy("term", "Source host"), gettext_lazy("The address of the machine that sent the mail.")),
    Term(
        "host-name",
        pgettext_lazy("term", "Host name (PTR)"),
        gettext_lazy("The name given to an address; its owner can choose it freely."),
    ),
    Term("forward-confirmed", pgettext_lazy("term", "Forward-confirmed"), gettext_lazy("The name leads back to the same address.")),
    Term("block-list", pgettext_lazy("term", "Block list (RBL)"), gettext_lazy("An outside list of addresses known for spam.")),
    Term(
        "listed",
        pgettext_lazy("term", "Listed, not listed, unknown"),
        gettext_lazy('"Unknown" means the list did not answer, not that the host is clean.'),
    ),
    Term("first-seen", pgettext_lazy("term", "First seen"), gettext_lazy("The day a source first appeared in a report.")),
    Term(
        "aggregate-report",
        pgettext_lazy("term", "Aggregate report"),
        gettext_lazy("A receiver's daily counts per source, with results. No message content."),
    ),
    Term(
        "failure-report",
        pgettext_lazy("term", "Failure report"),
        gettext_lazy("A report on one failed message. Personal data are hidden."),
    ),
    Term(
        "tls-report", pgettext_lazy("term", "TLS report"), gettext_lazy("A report on whether mail could be encrypted on its way.")
    ),
    Term("reporter", pgettext_lazy("term", "Reporter"), gettext_lazy("The receiver that sent the report.")),
    Term("receiver", pgettext_lazy("term", "Receiver"), gettext_lazy("The provider or company that takes the mail in.")),
    Term(
        "stray-report",
        pgettext_lazy("term", "Stray report"),
        gettext_lazy("A report for a domain not registered here. You can adopt it."),
    ),
    Term("dmarc", pgettext_lazy("term", "DMARC"), gettext_lazy("Lets receivers check the From domain and follow your policy.")),
    Term("spf", pgettext_lazy("term", "SPF"), gettext_lazy("Publishes which addresses may send for a domain.")),
    Term("dkim", pgettext_lazy("term", "DKIM"), gettext_lazy("A signature on the mail; it usually survives forwarding.")),
    Term("selector", pgettext_lazy("term", "Selector"), gettext_lazy("The name that tells one DKIM key from another.")),
    Term("alignment", pgettext_lazy("term", "Alignment"), gettext_lazy("The domain that passed is the same as the From domain.")),
    Term("from", pgettext_lazy("term", "From (header)"), gettext_lazy("The sender people see; this is what DMARC protects.")),
    Term(
        "envelope-sender",
        pgettext_lazy("term", "Envelope sender"),
        gettext_lazy("The address used for delivery, where bounces go."),
    ),
    Term("policy", pgettext_lazy("term", "Policy"), gettext_lazy("What you ask receivers to do with failed mail.")),
    Term(
        "monitor-only",
        pgettext_lazy("term", "Monitor only (p=none)"),
        gettext_lazy("Failed mail is delivered; you only get reports."),
    ),
    Term(
        "rehearsal",
        pgettext_lazy("term", "Rehearsal (t=y)"),
        gettext_lazy("Announces a stronger policy but asks for one step less."),
    ),
    Term("quarantine", pgettext_lazy("term", "Quarantine"), gettext_lazy("Failed mail goes to the spam folder.")),
    Term("reject", pgettext_lazy("term", "Reject"), gettext_lazy("Failed mail is refused.")),
    Term(
        "what-the-receiver-did",
        pgettext_lazy("term", "What the receiver did"),
        gettext_lazy("Delivered, quarantined or rejected in fact."),
    ),
    Term("override", pgettext_lazy("term", "Override"), gettext_lazy("Why a receiver did not follow your policy.")),
    Term(
        "path-to-reject",
        pgettext_lazy("term", "Path to reject"),
        gettext_lazy("The steps from monitoring to reject, taken safely."),
    ),
    Term("what-if", pgettext_lazy("term", "What if"), gettext_lazy("Past mail replayed under another policy.")),
    Term(
        "subdomain",
        pgettext_lazy("term", "Subdomain, non-existent subdomain"),
        gettext_lazy("Names that do not exist can have a policy of their own."),
    ),
    Term("mta-sts-dane", pgettext_lazy("term", "MTA-STS, DANE"), gettext_lazy("Make encryption of incoming mail mandatory.")),
    Term("bimi", pgettext_lazy("term", "BIMI"), gettext_lazy("Shows your logo beside authenticated mail.")),
    Term("alert", pgettext_lazy("term", "Alert"), gettext_lazy("A change that may need you.")),
    Term("alert-states", pgettext_lazy("term", "In hand, snoozed, resolved"), gettext_lazy("Who is doing what about an alert.")),
    Term("abuse-report", pgettext_lazy("term", "Abuse report"), gettext_lazy("Asking the network owner to stop a source.")),
    Term("gone-quiet", pgettext_lazy("term", "Gone quiet"), gettext_lazy("The source stopped after the report.")),
    Term("sharing", pgettext_lazy("term", "Sharing"), gettext_lazy("Passing confirmed spoofers on to other systems.")),
    Term(
        "look-alike-domain",
        pgettext_lazy("term", "Look-alike domain"),
        gettext_lazy("Somebody else's domain that resembles yours."),
    ),
    Term("inbox", pgettext_lazy("term", "Inbox"), gettext_lazy("Where reports come in: mailbox, folder and so on.")),
    Term("retention", pgettext_lazy("term", "Retention"), gettext_lazy("How many days data are kept.")),
)
BY_SLUG = {term.slug: term for term in TERMS}
