"""What findings on DNS records mean, and what to do about each; the same words for pages and for the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sekisho.core.state.findings import Finding, Part, Severity

Translate = Callable[[str], str]


def N_(text: str) -> str:  # noqa: N802 (the name that the extractor of messages knows)
    """Marks a text for translation, which happens where it is shown."""
    return text


class Words(NamedTuple):
    """What it means, and what to do; the second is empty where nothing is to be done."""

    what: str
    do: str = ""


PARTS: dict[Part, str] = {
    Part.DOMAIN: N_("Domain"),
    Part.DMARC: "DMARC",
    Part.SPF: "SPF",
    Part.DKIM: "DKIM",
    Part.MX: N_("Incoming mail (MX)"),
    Part.STS: "MTA-STS",
    Part.TLSRPT: N_("TLS reports"),
    Part.BIMI: "BIMI",
}
SEVERITIES: dict[Severity, str] = {
    Severity.PROBLEM: N_("Problem"),
    Severity.WARNING: N_("Warning"),
    Severity.UNKNOWN: N_("Could not be checked"),
    Severity.ADVICE: N_("Advice"),
    Severity.GOOD: N_("Good"),
}
NOT_MISSING = N_("This does not mean that the record is missing. It is tried again by itself.")

WORDS: dict[str, Words] = {
    "domain_unknown": Words(N_("The name servers of {domain} could not be found out."), NOT_MISSING),
    "domain_missing": Words(
        N_("{domain} does not exist in the DNS."), N_("Check the spelling, and whether it is still registered.")
    ),
    "parked": Words(N_("{domain} says that it neither sends nor takes mail, and mail in its name is refused.")),
    "parked_open": Words(
        N_("{domain} sends no mail, but mail in its name is not refused."),
        N_("Publish `v=DMARC1; p=reject;` at `_dmarc.{domain}`: nothing genuine can be lost."),
    ),
    "dmarc_unknown": Words(N_("The DMARC record could not be looked up ({why})."), NOT_MISSING),
    "dmarc_missing": Words(
        N_("There is no DMARC record, so anybody can send in the name of {domain}, and you hear nothing of it."),
        N_("Publish `v=DMARC1; p=none; rua=mailto:…` at `_dmarc.{domain}`. It changes nothing for your mail yet."),
    ),
    "dmarc_several": Words(
        N_("There is more than one DMARC record, so none of them counts."), N_("Merge them into one and remove the others.")
    ),
    "dmarc_ignored": Words(N_("There is a record that was meant for DMARC, but receivers ignore it."), N_("Correct it: {note}")),
    "dmarc_inherited": Words(
        N_("It has no record of its own; that of {name} applies."),
        N_("Nothing needs to be done unless it shall have a policy of its own."),
    ),
    "dmarc_not_applied": Words(
        N_("The policy is missing or wrong and no reports are asked for, so receivers do not apply the record at all."),
        N_("Set `p=` to none, quarantine or reject."),
    ),
    "dmarc_as_none": Words(
        N_("A policy is missing or wrong, so receivers act as if it were `p=none`."),
        N_("Set `p=`, `sp=` and `np=` to none, quarantine or reject, or leave `sp` and `np` out."),
    ),
    "dmarc_rehearsal": Words(
        N_("The policy {policy} is only rehearsed (`t=y`): receivers are asked to treat failed mail as {expected}."),
        N_("Remove `t=y` when the reports show that no genuine mail fails."),
    ),
    "dmarc_monitoring": Words(
        N_("The policy is `{tag}=none`: mail that fails is delivered all the same."),
        N_("When your own mail passes, go on to quarantine and then to reject, step by step."),
    ),
    "dmarc_quarantine": Words(N_("Mail that fails goes to the spam folder (`{tag}=quarantine`).")),
    "dmarc_reject": Words(N_("Mail that fails is refused (`{tag}=reject`).")),
    "dmarc_weaker_below": Words(
        N_("Sub-domains are less protected (`{tag}={policy}`) than the domain itself (`p={p}`)."),
        N_("Spoofers go where it is easy: remove `{tag}` unless genuine mail of a sub-domain needs it."),
    ),
    "dmarc_pct": Words(
        N_("`pct={pct}` has no effect any more: receivers of today apply the policy to all mail."),
        N_("Remove `pct`. To rehearse a policy, use `t=y`."),
    ),
    "dmarc_no_rua": Words(
        N_("No aggregate reports are asked for, so you do not see who sends in your name."),
        N_("Add `rua=mailto:…` to the record of {domain}."),
    ),
    "dmarc_note": Words("{note}"),
    "destination_refused": Words(
        N_("Reports do not reach {address}: that domain has not agreed to take them."),
        N_("Whoever runs that domain has to publish the TXT record `v=DMARC1;` at `{name}`."),
    ),
    "destination_unknown": Words(N_("Whether {address} may get the reports could not be looked up."), NOT_MISSING),
    "spf_unknown": Words(N_("The SPF record could not be looked up ({why})."), NOT_MISSING),
    "spf_missing": Words(
        N_("There is no SPF record."),
        N_("Publish one that names your mail servers; for a domain that sends no mail, `v=spf1 -all`."),
    ),
    "spf_several": Words(N_("There are {n} SPF records, so none of them counts."), N_("Merge them into one.")),
    "spf_found": Words(N_("The SPF record and all it leads to is in order, with {n} of at most 10 look-ups.")),
    "spf_too_many": Words(
        N_("The SPF record needs {n} look-ups; more than 10 make it fail for all mail."),
        N_("Remove includes you no longer use, or put addresses in place of `a` and `mx`."),
    ),
    "spf_nearly_too_many": Words(
        N_("The SPF record needs {n} of at most 10 look-ups."),
        N_("The next service that you include may break it; remove what is unused first."),
    ),
    "spf_voids": Words(
        N_("The SPF record asks for {n} names that do not exist; more than 2 make it fail."),
        N_("Remove the terms that lead nowhere."),
    ),
    "spf_voids_ipv6": Words(
        N_("For mail sent over IPv6, the SPF record asks for {n} names without such an address; more than 2 make it fail."),
        N_("If you send over IPv6, put networks (`ip4:`, `ip6:`) in place of `a` and `mx`."),
    ),
    "spf_loop": Words(N_("The SPF record includes itself in a circle, so it fails."), N_("Remove the include that leads back.")),
    "spf_syntax": Words(
        N_("`{term}` in the SPF record of {name} cannot be read, so the whole record fails."), N_("Correct or remove it.")
    ),
    "spf_part_missing": Words(
        N_("The SPF record includes {name}, which has no SPF record (or several), so it fails."),
        N_("Remove this include, or correct its name."),
    ),
    "spf_part_unknown": Words(N_("The part {name} of the SPF record could not be looked up ({why})."), NOT_MISSING),
    "spf_cut": Words(
        N_("The SPF record leads to so many others that {name} was not looked at."), N_("Remove includes you no longer use.")
    ),
    "spf_permits_all": Words(
        N_("The SPF record permits every machine in the world (`+all`)."), N_("End it with `-all` or `~all`.")
    ),
    "spf_neutral_all": Words(
        N_("The SPF record says nothing about machines it does not name (`?all`)."), N_("End it with `-all` or `~all`.")
    ),
    "spf_no_all": Words(
        N_("The SPF record has no end: about machines it does not name it says nothing."), N_("End it with `-all` or `~all`.")
    ),
    "spf_ptr": Words(
        N_("The SPF record of {name} uses `ptr`, which is slow, unreliable and ignored by some receivers."),
        N_("Name the addresses instead."),
    ),
    "spf_old_type": Words(
        N_("There is also a record of the old type SPF, which nobody asks for."), N_("Remove it, so that the two cannot differ.")
    ),
    "dkim_no_selectors": Words(
        N_("No DKIM key is known yet."),
        N_("Keys are found through the selectors that reports name; name one yourself to check it now."),
    ),
    "key_unknown": Words(N_("The key {selector} of {domain} could not be looked up ({why})."), NOT_MISSING),
    "key_missing": Words(
        N_("There is no key {selector} at {domain}."),
        N_("If your mail is still signed with it, publish it again. Else it is an old key, or a name that a spoofer made up."),
    ),
    "key_several": Words(
        N_("There is more than one key {selector} at {domain}; receivers take any of them."), N_("Leave only the one in use.")
    ),
    "key_revoked": Words(
        N_("The key {selector} of {domain} was withdrawn."), N_("Nothing needs to be done if no mail is signed with it.")
    ),
    "key_too_short": Words(
        N_("The key {selector} of {domain} has only {bits} bits; receivers refuse it."), N_("Replace it by one of 2,048 bits.")
    ),
    "key_broken": Words(
        N_("The key {selector} of {domain} cannot be used; signatures with it fail."),
        N_("Publish it again; often it was cut when it was pasted."),
    ),
    "key_short": Words(
        N_("The key {selector} of {domain} has {bits} bits."), N_("Replace it by one of 2,048 bits when you next change keys.")
    ),
    "key_good": Words(N_("The key {selector} of {domain} is good ({kind}, {bits} bits).")),
    "key_testing": Words(
        N_("The key {selector} of {domain} is marked as a test (`t=y`)."),
        N_("Remove `t=y`: receivers may treat your mail as unsigned."),
    ),
    "mx_unknown": Words(N_("The MX records could not be looked up ({why})."), NOT_MISSING),
    "mx_null": Words(N_("The domain says that it takes no mail (null MX).")),
    "mx_missing": Words(
        N_("There is no MX record; mail goes to the address of {domain} itself, if it has one."),
        N_("If the domain takes no mail, publish the null MX `0 .`."),
    ),
    "mx_found": Words(N_("Mail servers: {n}.")),
    "mx_unresolved": Words(
        N_("The mail server {host} has no address."), N_("Correct the MX record, or give the server an address.")
    ),
    "sts_unknown": Words(N_("The MTA-STS record could not be looked up ({why})."), NOT_MISSING),
    "sts_missing": Words(
        N_("There is no MTA-STS, so mail to you can be made to travel unencrypted."),
        N_("Publish a policy in testing mode first, and ask for TLS reports."),
    ),
    "sts_no_policy": Words(
        N_("The MTA-STS policy cannot be had ({why})."),
        N_("Serve it at https://mta-sts.<domain>/.well-known/mta-sts.txt with a valid certificate, without redirect."),
    ),
    "sts_policy_unknown": Words(N_("The MTA-STS policy could not be fetched ({why})."), NOT_MISSING),
    "sts_invalid": Words(N_("The MTA-STS policy is not valid, so senders ignore it."), N_("Correct the lines named here.")),
    "sts_mx_not_named": Words(
        N_("The mail server {host} is not in the MTA-STS policy: senders that follow it deliver nothing there."),
        N_("Add `mx: {host}` to the policy, then change the `id` of the record."),
    ),
    "sts_enforce": Words(N_("MTA-STS is enforced; senders remember it for {days} days.")),
    "sts_testing": Words(
        N_("MTA-STS is in testing mode: failures are only reported."), N_("When TLS reports show no failures, set `mode: enforce`.")
    ),
    "sts_none": Words(N_("MTA-STS is switched off (`mode: none`).")),
    "tlsrpt_unknown": Words(N_("The TLS-RPT record could not be looked up ({why})."), NOT_MISSING),
    "tlsrpt_found": Words(N_("Reports on encryption go to {address}.")),
    "tlsrpt_ignored": Words(N_("There is a TLS-RPT record, but it brings no reports."), N_("Publish `v=TLSRPTv1; rua=mailto:…`.")),
    "tlsrpt_missing": Words(
        N_("Nobody tells you when mail to you cannot be encrypted."),
        N_("Publish `v=TLSRPTv1; rua=mailto:…` at `_smtp._tls.{domain}`."),
    ),
    "bimi_unknown": Words(N_("The BIMI record could not be looked up ({why})."), NOT_MISSING),
    "bimi_declined": Words(N_("BIMI is declined: no logo is wanted.")),
    "bimi_not_shown": Words(
        N_("There is a BIMI record, but the logo is not shown with this DMARC policy."),
        N_("It needs `p=quarantine` or `p=reject`, not `sp=none`, and no `t=y`."),
    ),
    "bimi_no_certificate": Words(
        N_("The BIMI record names a logo without a certificate; most mailbox providers then do not show it."),
        N_("A mark certificate (VMC or CMC) is needed at these."),
    ),
    "bimi_found": Words(N_("BIMI: a logo with its certificate is published.")),
    "note": Words("{note}"),
}

NOTES: dict[str, str] = {
    "too_long": N_("the record is too long"),
    "leading_space": N_("the record begins with a blank"),
    "version_missing": N_("`v=DMARC1` is missing at the beginning"),
    "version_case": N_("`DMARC1` must be in capitals"),
    "version_not_first": N_("the version must be the first tag"),
    "version_wrong": N_("the version at the beginning is wrong"),
    "quoted": N_("it begins with a quotation mark"),
    "several_records": N_("there is more than one record, so none counts"),
    "malformed_tag": N_("this is no `tag=value` and is ignored"),
    "duplicate_tag": N_("the tag is there twice; the first counts"),
    "unknown_tag": N_("this tag is unknown and is ignored"),
    "odd_characters": N_("there are characters that may not stand in a record"),
    "p_missing": N_("the policy (`p`) is missing"),
    "policy_invalid": N_("the policy must be none, quarantine or reject"),
    "value_invalid": N_("the value is unknown; the default is taken"),
    "p_not_second": N_("older receivers want the policy right after the version"),
    "historic_tag": N_("this tag has no effect any more"),
    "pct_ignored": N_("receivers of today ignore `pct`"),
    "fo_contradicts": N_("`0` and `1` exclude each other"),
    "fo_without_ruf": N_("`fo` has no effect without `ruf`"),
    "uri_empty": N_("there is nothing between two commas"),
    "uri_invalid": N_("this address cannot be used"),
    "uri_no_scheme": N_("the address needs `mailto:` in front"),
    "uri_scheme": N_("reports are sent to `mailto:` addresses only"),
    "uri_size": N_("size limits are ignored nowadays"),
    "too_many_uris": N_("there are too many addresses"),
    "null_mx_not_alone": N_("a null MX counts only alone"),
    "sts_id": N_("`id` must be 1 to 32 letters and digits"),
    "sts_line": N_("this is no `key: value` and is ignored"),
    "sts_version": N_("`version: STSv1` is missing"),
    "sts_mode": N_("`mode` must be enforce, testing or none"),
    "sts_max_age": N_("`max_age` must be a number of seconds, a year at most"),
    "sts_no_mx": N_("no mail server is named by `mx`"),
    "sts_mx": N_("this is no name of a mail server"),
    "sts_short_age": N_("the policy is remembered for less than a day"),
    "no_address": N_("no address can get the reports"),
    "bimi_no_https": N_("the address must begin with https://"),
    "bimi_no_logo": N_("the address of the logo (`l=`) is missing"),
    "bimi_no_svg": N_("the logo must be an SVG file"),
}


def said(finding: Finding, translate: Translate) -> Words:
    """A finding in words of the reader."""
    words = WORDS[finding.code]
    values = _values(finding.values, translate)
    what = translate(words.what).format(**values)
    return Words(what[:1].upper() + what[1:], translate(words.do).format(**values) if words.do else "")


def _values(values: Mapping[str, str | int], translate: Translate) -> dict[str, str | int]:
    code = values.get("note")
    if code is None:
        return dict(values)
    where = str(values.get("where", ""))
    words = translate(NOTES.get(str(code), str(code)))
    return {**values, "note": f"{words} ({where})" if where else words}
