"""The words of the checklist for senders: the rules, their points, and what to do about each."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sekisho.core.guidance.bulk import State
from sekisho.core.guidance.bulk_rules import Point

Lazy = Promise | str


class Words(NamedTuple):
    """What is asked for, and what to do; of a rule its name and what it is."""

    what: Lazy
    do: Lazy


STATES: dict[State, Lazy] = {
    State.MET: gettext_lazy("Met"),
    State.NOT_MET: gettext_lazy("Not met"),
    State.UNKNOWN: gettext_lazy("Not known yet"),
    State.UNSEEN: gettext_lazy("Cannot be seen"),
}

RULES_WORDS: dict[str, Words] = {
    "google": Words(
        gettext_lazy("Gmail: all senders"), gettext_lazy("Google's rules for everybody who sends to personal Gmail accounts.")
    ),
    "google_bulk": Words(
        gettext_lazy("Gmail: 5,000 messages a day and more"),
        gettext_lazy("Who has once sent close to 5,000 messages on a day to personal Gmail accounts stays a bulk sender for good."),
    ),
    "yahoo": Words(
        gettext_lazy("Yahoo and AOL: bulk senders"),
        gettext_lazy("Yahoo names no number from which they hold. Yahoo! JAPAN is another company with rules of its own."),
    ),
    "microsoft": Words(
        gettext_lazy("Outlook.com: more than 5,000 messages a day"),
        gettext_lazy("For outlook.com, hotmail.com and live.com. Mail that does not meet them is rejected (550 5.7.515)."),
    ),
    "docomo": Words(
        gettext_lazy("docomo mail"),
        gettext_lazy("Mail of domains without DMARC, or that fails it, is shown with a warning that it may be spoofed."),
    ),
    "kddi": Words(
        gettext_lazy("au mail (KDDI)"),
        gettext_lazy("DMARC and DKIM decide in the filter for unwanted mail, which is on unless people switch it off."),
    ),
    "softbank": Words(
        gettext_lazy("SoftBank and Y!mobile"),
        gettext_lazy("“Refuse spoofed mail” follows the DMARC policy; it is on unless people switch it off."),
    ),
    "government": Words(
        gettext_lazy("Common standards of the Japanese government (2023)"),
        gettext_lazy("The guideline for setting standards in government agencies names DMARC among the basic measures."),
    ),
    "antiphishing": Words(
        gettext_lazy("Council of Anti-Phishing Japan: guideline for services"),
        gettext_lazy("It asks services to authenticate their mail by DMARC, so that customers can tell it from phishing."),
    ),
}

POINTS: dict[Point, Words] = {
    Point.SPF_OR_DKIM: Words(
        gettext_lazy("Mail passes SPF or DKIM for the domain"),
        gettext_lazy("Set up SPF or DKIM at the senders that fail; the list of sending groups shows them."),
    ),
    Point.SPF_SET_UP: Words(
        gettext_lazy("SPF is set up: nearly all of your mail passes aligned SPF"),
        gettext_lazy("Let services send with an envelope sender under your domain, and add them to your SPF record."),
    ),
    Point.DKIM_SET_UP: Words(
        gettext_lazy("DKIM is set up: nearly all of your mail is signed by your domain"),
        gettext_lazy("Switch DKIM on at the senders without a signature of your domain, and publish their keys."),
    ),
    Point.BOTH: Words(
        gettext_lazy("Mail passes both aligned SPF and aligned DKIM"),
        gettext_lazy("Set up what is missing at each sender."),
    ),
    Point.ALIGNED: Words(
        gettext_lazy("Mail passes DMARC: SPF or DKIM is of the domain in From"),
        gettext_lazy("Mend the senders of yours that fail before you go further."),
    ),
    Point.SPF_RECORD: Words(
        gettext_lazy("There is an SPF record that receivers can follow"),
        gettext_lazy("Publish one, or mend what the DNS state shows to be wrong."),
    ),
    Point.DMARC_RECORD: Words(
        gettext_lazy("There is a DMARC record, with p=none at least"),
        gettext_lazy("Publish it; the first steps of the domain show the exact text."),
    ),
    Point.POLICY_ENFORCED: Words(
        gettext_lazy("The policy is quarantine or reject"),
        gettext_lazy("Go there step by step; the path to reject shows what each step would hit."),
    ),
    Point.KEY_LENGTH: Words(
        gettext_lazy("DKIM keys have 1,024 bits at least, better 2,048"),
        gettext_lazy("Make new keys of 2,048 bits, and withdraw the short ones once nothing is signed with them."),
    ),
    Point.PTR: Words(
        gettext_lazy("Sending hosts have a name (PTR) that leads back to them"),
        gettext_lazy(
            "Ask whoever runs the network of the host to set its PTR record to a name whose A or AAAA record is its address."
        ),
    ),
    Point.TLS: Words(
        gettext_lazy("Mail is sent by TLS"),
        gettext_lazy("Reports do not tell. Look into the settings of your mail server, or ask the service."),
    ),
    Point.UNSUBSCRIBE: Words(
        gettext_lazy("Newsletters can be unsubscribed from by one click (List-Unsubscribe, RFC 8058)"),
        gettext_lazy("Reports do not tell. Look at the headers of a newsletter of yours, or ask the service."),
    ),
    Point.SPAM_RATE: Words(
        gettext_lazy("Few people report the mail as spam (below 0.3 %, better 0.1 %)"),
        gettext_lazy("Reports do not tell. Google Postmaster Tools and Yahoo Sender Hub show it."),
    ),
    Point.FORMAT: Words(
        gettext_lazy("Messages are formed as RFC 5322 says"),
        gettext_lazy("Reports do not tell. Mail servers and services of today nearly always do it right."),
    ),
}
