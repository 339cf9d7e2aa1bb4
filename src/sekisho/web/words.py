"""What the judge says, in words: reasons, verdicts, advice; English here, Japanese in the catalogue (glossary, sections 2 to 4)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from sekisho.core.facts import Because
from sekisho.core.judge.book import BOOK
from sekisho.core.terms import Class
from sekisho.web import formats
from sekisho.web.templatetags.words import class_word, lang

Words = Promise | str
MAX_VALUE = 253
"""Characters of a value that a sentence shows; a domain name has no more (RFC 1035, 2.3.4)."""
NAMED = ("service", "provider", "name", "as_name")
"""Values that name an entry of the book where the reason has its `id`."""

REASONS: dict[str, Words] = {
    "dkim_aligned": gettext_lazy("It carries a valid signature of %(domain)s."),
    "spf_aligned": gettext_lazy("The source is permitted by the SPF record of %(domain)s."),
    "both_aligned": gettext_lazy("Both signature and SPF match %(domain)s."),
    "never_aligned": ngettext_lazy(
        "No mail from this host has ever carried a valid signature of %(domain)s (%(n)s message in %(days)s days).",
        "No mail from this host has ever carried a valid signature of %(domain)s (%(n)s messages in %(days)s days).",
        "count",
    ),
    "aligned_elsewhen": ngettext_lazy(
        "The same host also sent %(n)s message with a valid signature of %(domain)s.",
        "The same host also sent %(n)s messages with a valid signature of %(domain)s.",
        "count",
    ),
    "aligned_group": gettext_lazy("Other hosts of this group pass authentication for %(domain)s."),
    "aligned_later": gettext_lazy("Since %(date)s this source passes, which explains its earlier failures."),
    "own_spf": gettext_lazy("The source is in the SPF record of %(domain)s."),
    "own_spf_no_alignment": gettext_lazy("SPF passes, but for %(envelope)s, which does not match %(domain)s."),
    "own_network": gettext_lazy("It is in the same network as your own senders (%(network)s)."),
    "own_hostname": gettext_lazy("Its host name %(ptr)s is under %(domain)s and is forward-confirmed."),
    "own_mx": gettext_lazy("It is a mail server (MX) of %(domain)s."),
    "own_web": gettext_lazy("It is the web server of %(domain)s, or one beside it."),
    "own_provider": gettext_lazy("It belongs to the provider that takes mail in for %(domain)s."),
    "known_service": gettext_lazy("It belongs to %(service)s, which %(domain)s uses."),
    "known_service_new": gettext_lazy("It belongs to %(service)s, seen for %(domain)s for the first time."),
    "service_dkim_only": gettext_lazy(
        "%(service)s's own signature is valid, that of %(domain)s is absent: typical of an unfinished set-up."
    ),
    "dkim_own_selector_broken": gettext_lazy(
        "A signature made with your real key %(selector)s was broken on the way, most likely because the body was changed."
    ),
    "dkim_fake_selector": gettext_lazy("The signature names a key, %(selector)s, that %(domain)s does not have."),
    "dkim_absent": gettext_lazy("There is no signature of %(domain)s, though your mail always carries one."),
    "dkim_key_problem": gettext_lazy("Key %(selector)s could not be found in DNS; its publication seems faulty."),
    "foreign_dkim": gettext_lazy("It only carries a signature of an unrelated domain, %(dkim_domain)s."),
    "foreign_envelope": gettext_lazy("The envelope sender belongs to another domain, %(envelope)s."),
    "srs_envelope": gettext_lazy("The envelope sender has been rewritten the way forwarders do (SRS)."),
    "mailbox_provider": gettext_lazy("It comes from the mailbox provider %(provider)s, typical of automatic forwarding."),
    "known_forwarder": gettext_lazy("%(name)s is known as a forwarder."),
    "known_list_host": gettext_lazy("%(name)s runs mailing lists."),
    "known_gateway": gettext_lazy("It passed through the recipient's security gateway %(name)s."),
    "override_forwarded": ngettext_lazy(
        "%(n)s receiver let it through as forwarded.", "%(n)s receivers let it through as forwarded.", "count"
    ),
    "override_list": gettext_lazy("A receiver let it through as mailing list mail."),
    "override_arc": gettext_lazy("ARC shows that it passed before it was forwarded."),
    "pattern_follows_genuine": gettext_lazy("Its days and volume follow those of your genuine mail."),
    "few_steady": ngettext_lazy("Small, steady numbers over %(days)s day.", "Small, steady numbers over %(days)s days.", "count"),
    "campaigns": ngettext_lazy(
        "It comes in bursts: %(n)s message on %(days)s single days, and none between.",
        "It comes in bursts: %(n)s messages on %(days)s single days, and none between.",
        "count",
    ),
    "burst": ngettext_lazy(
        "It appeared on %(date)s and sent %(n)s message within %(days)s days.",
        "It appeared on %(date)s and sent %(n)s messages within %(days)s days.",
        "count",
    ),
    "surge": gettext_lazy("It sends %(factor)s times as much as usual."),
    "began_together": ngettext_lazy(
        "%(n)s other source began on the same day.", "%(n)s other sources began on the same day.", "count"
    ),
    "many_domains": ngettext_lazy(
        "It claims to be %(n)s unrelated domain at once.", "It claims to be %(n)s unrelated domains at once.", "count"
    ),
    "many_organisations": gettext_lazy("It also claims domains of other organisations here."),
    "many_reporters": ngettext_lazy("%(n)s receiver reports the same source.", "%(n)s receivers report the same source.", "count"),
    "existing_subdomain": gettext_lazy("It is from %(name)s, a subdomain that exists."),
    "nonexistent_subdomain": gettext_lazy("It claims to be %(name)s, a subdomain that does not exist."),
    "parked_domain": gettext_lazy("%(domain)s is registered as a domain that sends no mail."),
    "ptr_missing": gettext_lazy("It has no host name, which is rare for a proper mail server."),
    "ptr_unconfirmed": gettext_lazy("It has a host name, but the name does not lead back to this address."),
    "ptr_dynamic": gettext_lazy("Its name is typical of a home or dial-up line (%(ptr)s)."),
    "hosting_network": gettext_lazy("It is in a network where anybody can rent a server (%(as_name)s)."),
    "listed": gettext_lazy("It is on %(n)s of the %(asked)s block lists that answered."),
    "not_listed": gettext_lazy("It is on none of the %(asked)s block lists that answered."),
    "policy_changed": gettext_lazy("It has failed since a DNS change on %(date)s."),
    "decided_ours": gettext_lazy("%(person)s decided on %(date)s that it is yours."),
    "decided_forwarder": gettext_lazy("%(person)s decided on %(date)s that it is a forwarder."),
    "decided_spoofer": gettext_lazy("%(person)s confirmed spoofing on %(date)s."),
    "little_evidence": gettext_lazy("There is little to go by, so confidence is low."),
    "strict_alignment": gettext_lazy(
        "Authentication passes for %(name)s, but the policy asks for an exact match (strict), so it does not match %(domain)s."
    ),
    "envelope_own_host": gettext_lazy("The envelope sender %(envelope)s is a name under %(domain)s."),
    "same_source": ngettext_lazy(
        "It follows the verdict on %(n)s other message of the same host.",
        "It follows the verdict on %(n)s other messages of the same host.",
        "count",
    ),
    "dkim_broken": gettext_lazy("It carries a signature of %(domain)s that does not verify."),
    "dkim_untold": gettext_lazy("The receivers that report it never tell signatures, so there may have been one."),
    "own_tenant": gettext_lazy("It carries a signature that %(service)s makes for an account in the name of %(domain)s."),
    "own_key": gettext_lazy("Only this group signs with your key %(selector)s, so it was given to it to send for %(domain)s."),
    "list_by_name": gettext_lazy("By its name, %(name)s runs mailing lists."),
    "mail_server": gettext_lazy("%(ptr)s is a mail server of another organisation, and the sender was left as it was."),
    "same_way_elsewhere": ngettext_lazy(
        "%(n)s other host sends in exactly the same way.", "%(n)s other hosts send in exactly the same way.", "count"
    ),
    "passes_for_others": gettext_lazy("Proper mail of other organisations comes from this host, too."),
    "carries_for_others": ngettext_lazy(
        "It hands on intact signatures of %(n)s other domain, as a forwarder does.",
        "It hands on intact signatures of %(n)s other domains, as a forwarder does.",
        "count",
    ),
    "passes_for_siblings": ngettext_lazy(
        "It is permitted by the SPF record of %(n)s other domain of yours.",
        "It is permitted by the SPF records of %(n)s other domains of yours.",
        "count",
    ),
    "working_days": gettext_lazy("It sends on working days only, as people and offices do."),
    "every_day": gettext_lazy("It sends on Saturdays and Sundays as on any other day."),
    "few_reporters": ngettext_lazy("All of it went to %(n)s receiver.", "All of it went to only %(n)s receivers.", "count"),
    "heavy_days": ngettext_lazy(
        "On days with mail it sends about %(n)s message.", "On days with mail it sends about %(n)s messages.", "count"
    ),
    "own_receivers": gettext_lazy("The receivers that report it are those that the mail of %(domain)s mostly goes to."),
    "other_receivers": gettext_lazy("It is reported by receivers that the mail of %(domain)s seldom goes to."),
    "ceased": ngettext_lazy(
        "%(n)s receiver had such mail, and after %(date)s none came any more.",
        "%(n)s receivers had such mail, and after %(date)s none came any more.",
        "count",
    ),
    "own_family": gettext_lazy("It carries the proven name of another domain of yours, %(name)s."),
    "other_customer": gettext_lazy("At this service it carries the proven name of another customer, %(name)s."),
    "desk_by_name": gettext_lazy("By its name, %(name)s is a ticket system, which hands on what people write to it."),
    "home_country": gettext_lazy("Its country, %(country)s, is one that much of your genuine mail comes from."),
    "foreign_country": gettext_lazy("Its country, %(country)s, is one that your genuine mail never comes from."),
    "kin_listed": ngettext_lazy(
        "%(n)s host of the same group that sends in the same way is on block lists.",
        "%(n)s hosts of the same group that send in the same way are on block lists.",
        "count",
    ),
    "kin_many": ngettext_lazy(
        "%(n)s other host of the same group sends in the same way, and none has ever passed.",
        "%(n)s other hosts of the same group send in the same way, and none has ever passed.",
        "count",
    ),
    "lookalike": gettext_lazy("%(name)s looks like %(domain)s, but is another domain."),
}
"""The reasons by code; `count` is the number that the plural goes by."""

EXPLAINED: dict[str, Words] = {
    "never_aligned": gettext_lazy("A genuine source would pass sooner or later."),
    "foreign_envelope": gettext_lazy("SPF speaks for that other domain and proves nothing for %(domain)s."),
    "foreign_dkim": gettext_lazy("A signature proves nothing unless it is of the From domain."),
    "dkim_own_selector_broken": gettext_lazy(
        "Forwarding keeps the name of the key; a change of the body breaks the signature only."
    ),
    "dkim_fake_selector": gettext_lazy("Forwarding may break a signature, but never changes the name of its key."),
    "ptr_unconfirmed": gettext_lazy("The owner can choose any name, so one that does not lead back proves nothing."),
    "ptr_missing": gettext_lazy("Many receivers refuse servers without a host name."),
    "known_service_new": gettext_lazy("Ask inside whether someone has begun to use this service."),
    "mailbox_provider": gettext_lazy("Mail of many users leaves from the same host."),
    "own_network": gettext_lazy("Machines of others may be in the same network."),
    "hosting_network": gettext_lazy("It is rented within minutes, and often used for a short time only."),
    "listed": gettext_lazy("Lists are a hint; genuine sources are listed at times too."),
    "not_listed": gettext_lazy("A new source may just not be listed yet."),
    "aligned_elsewhen": gettext_lazy("Only the holder of the key can make a valid signature."),
    "override_arc": gettext_lazy("The forwarder has signed the result it saw."),
}
"""Why a reason counts, for the line below it; most reasons speak for themselves."""

ADVICE: dict[str, Words] = {
    "spf_add": ngettext_lazy(
        "Add `%(mechanism)s` to the SPF record. That makes %(n)s look-up of at most 10.",
        "Add `%(mechanism)s` to the SPF record. That makes %(n)s look-ups of at most 10.",
        "count",
    ),
    "spf_too_many": ngettext_lazy(
        "The SPF record needs %(n)s look-up; 10 is the limit. Remove includes you no longer use.",
        "The SPF record needs %(n)s look-ups; 10 is the limit. Remove includes you no longer use.",
        "count",
    ),
    "dkim_service": gettext_lazy("Turn on DKIM for %(domain)s in %(service)s and publish the records it shows."),
    "dkim_own": gettext_lazy("Start signing on this server. We guide you from making the key."),
    "dkim_key_publish": gettext_lazy("There is no key at `%(name)s`. Publish the following TXT record."),
    "return_path": gettext_lazy("In %(service)s, change the return path to a subdomain of %(domain)s."),
    "relay_own": gettext_lazy("Let this device send through your own mail server."),
    "find_owner": gettext_lazy("Ask inside whose server this is. A message is ready."),
    "retire": gettext_lazy("If it is no longer needed, stop it from sending."),
    "forward_nothing": gettext_lazy("Nothing to do. Forwarding broke the signature."),
    "forward_dkim": gettext_lazy("Sign with DKIM when sending: it usually survives forwarding."),
    "list_from": gettext_lazy("Ask the list's owner to switch on From rewriting. A letter is ready."),
    "spoof_confirm": gettext_lazy('If nothing here looks like yours, press "Confirm spoofing".'),
    "spoof_report": gettext_lazy("You can report it to the network owner. You read the letter before it is sent."),
    "spoof_policy": gettext_lazy("A stronger policy stops such mail. See the effect first."),
    "spoof_warn": gettext_lazy("Consider warning customers and partners. A summary is ready."),
    "shared_service": gettext_lazy(
        "Many people use this service. Tell the abuse desk of %(service)s rather than listing the host."
    ),
    "next_step": gettext_lazy('All conditions are met. The next step is "%(step)s". We make the record for you.'),
    "wait_days": ngettext_lazy("Wait for %(n)s more day of reports.", "Wait for %(n)s more days of reports.", "count"),
    "parked": gettext_lazy("If this domain sends no mail, publish records that say so."),
    "reports_stopped": gettext_lazy("No report since %(date)s. Check the address in the DMARC record, and the inbox."),
    "two_records": gettext_lazy("There are two DMARC records, so neither counts. Merge them into one."),
    "dns_unknown": gettext_lazy(
        "Could not be checked (no answer). We try again at %(time)s. It does not mean that the record is missing."
    ),
    "tls_cert": gettext_lazy("The certificate of %(mx)s has expired. Renew it."),
    "relax_alignment": gettext_lazy(
        "Sign and send bounces with exactly the From domain, or change adkim and aspf of the policy to r (relaxed)."
    ),
}
"""What to do, by code."""

SENTENCES: dict[str, Words] = {
    "normal": gettext_lazy("Authentication passed. This is proper mail of %(domain)s."),
    "forwarded": gettext_lazy("Most likely genuine mail that was forwarded."),
    "failing": gettext_lazy("Most likely genuine mail that fails because of its set-up."),
    "spoof": gettext_lazy("A third party is most likely sending in the name of %(domain)s."),
    "confirmed": gettext_lazy("This source is confirmed as spoofing."),
}
CONFIDENCE: tuple[tuple[float, Words], ...] = (
    (formats.HIGH, pgettext_lazy("confidence", "high")),
    (formats.MEDIUM, pgettext_lazy("confidence", "medium")),
    (0.0, pgettext_lazy("confidence", "low")),
)


def reason(because: Because) -> str:
    """The sentence of a reason; the bare code where this version has no sentence for it. Not escaped."""
    return _say(REASONS, because.code, because.values)


def evidence_line(because: Because) -> str:
    """Why the reason counts, in one sentence; empty for most. Not escaped."""
    return _say(EXPLAINED, because.code, because.values) if because.code in EXPLAINED else ""


def advice(code: str, values: Mapping[str, str | int]) -> str:
    """What to do, in one sentence; empty for no code. Not escaped."""
    return _say(ADVICE, code, values) if code else ""


def verdict_sentence(klass: Class, domain: str, *, confirmed: bool = False) -> str:
    """The sentence of a verdict; `confirmed` where a person has said that it is spoofing."""
    return _say(SENTENCES, "confirmed" if confirmed and klass is Class.SPOOF else klass.value, {"domain": domain})


def class_name(klass: Class, *, confirmed: bool = False) -> str:
    """The name of a class."""
    return str(pgettext_lazy("term", "Spoofing (confirmed)")) if confirmed and klass is Class.SPOOF else class_word(klass)


def confidence_word(confidence: float) -> str:
    """How sure, in one word: high from 90 %, medium from 70 %, low below."""
    return str(next((word for least, word in CONFIDENCE if confidence >= least), CONFIDENCE[-1][1]))


def sender_name(sender_id: str, otherwise: str = "") -> str:
    """The name of an entry of the book in the language of the page."""
    sender = BOOK.senders.get(sender_id)
    if sender is None:
        return otherwise or sender_id
    return sender.name_ja if lang().startswith("ja") else sender.name


class _Values(dict[str, object]):
    """Values for a sentence; one that an older version did not keep is shown as a gap, not as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def _say(table: Mapping[str, Words], code: str, values: Mapping[str, str | int]) -> str:
    """A sentence of a table with its values."""
    sentence = table.get(code)
    if sentence is None:
        return code
    shown = _Values({key: _shown(code, key, value) for key, value in values.items()})
    if "id" in values:
        shown.update({key: sender_name(str(values["id"]), str(values[key])) for key in NAMED if key in values})
    count = values.get("days" if code == "few_steady" else "n")
    shown["count"] = count if isinstance(count, int) else 0
    return str(sentence % shown)


def _shown(code: str, key: str, value: str | int) -> str:
    """A value as a sentence shows it: days as dates, numbers with their commas, text cut to a length."""
    if key == "date" and isinstance(value, int):
        try:
            return formats.day_long(value, lang()) if code.startswith("decided_") else formats.day_short(value, lang())
        except (OverflowError, ValueError):
            return "…"
    if isinstance(value, int):
        return formats.number(value)
    if key == "country":
        return formats.country(value, lang())
    return value if len(value) <= MAX_VALUE else value[:MAX_VALUE] + "…"
