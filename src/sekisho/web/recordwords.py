"""The words of warnings of changed DNS records: what happened, why it matters, what to do."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sekisho.core.alerts.records import Event, event_of
from sekisho.registry.models import Alert

Lazy = Promise | str


class Said(NamedTuple):
    """What is said of an event; `%(name)s` is the record, `%(domain)s` the domain."""

    title: Lazy
    why: Lazy
    todo: Lazy


_LOOK: Lazy = gettext_lazy("If you did not change it, ask who can change the DNS of the domain, and put the record back.")
_NOTHING: Lazy = gettext_lazy("If you changed it, nothing more is to do.")

EVENTS: dict[Event, Said] = {
    Event.DMARC_GONE: Said(
        gettext_lazy("%(domain)s has no DMARC record any more"),
        gettext_lazy("Without it, receivers let mail in the name of the domain through unchecked, and send no reports."),
        gettext_lazy("Publish the record again: the one from before stands above."),
    ),
    Event.DMARC_WEAKER: Said(
        gettext_lazy("The DMARC policy of %(domain)s has become weaker"),
        gettext_lazy("Receivers now let more of the mail through that only pretends to be from the domain."),
        _LOOK,
    ),
    Event.DMARC_SILENT: Said(
        gettext_lazy("The DMARC record of %(domain)s no longer asks for reports here"),
        gettext_lazy("Its `rua` does not name our address any more, so reports will stop within a day or two."),
        gettext_lazy("Add the address to `rua` again; the first steps of the domain show the exact record."),
    ),
    Event.DMARC_STRONGER: Said(
        gettext_lazy("The DMARC policy of %(domain)s has become stronger"),
        gettext_lazy("Receivers now quarantine or refuse more of the mail that fails."),
        gettext_lazy("Look in the next days whether genuine mail is stopped."),
    ),
    Event.DMARC_CHANGED: Said(
        gettext_lazy("The DMARC record of %(domain)s changed"), gettext_lazy("Its policy is as strong as before."), _NOTHING
    ),
    Event.SPF_GONE: Said(
        gettext_lazy("%(domain)s has no SPF record any more"),
        gettext_lazy("Mail that passed by SPF alone now fails."),
        gettext_lazy("Publish the record again: the one from before stands above."),
    ),
    Event.SPF_OPEN: Said(
        gettext_lazy("The SPF record of %(domain)s now permits everybody"),
        gettext_lazy("With +all any machine of the world passes SPF for the domain, and so DMARC."),
        gettext_lazy("Put -all or ~all at the end of the record at once."),
    ),
    Event.SPF_BROKEN: Said(
        gettext_lazy("The SPF record of %(domain)s cannot be followed any more"),
        gettext_lazy("Receivers then treat it as an error (permerror), and no mail passes by SPF."),
        gettext_lazy(
            "The DNS state of the domain shows which part is wrong. It may be the record of a service that yours includes."
        ),
    ),
    Event.SPF_CHANGED: Said(
        gettext_lazy("The SPF record of %(domain)s changed"), gettext_lazy("It can be followed as before."), _NOTHING
    ),
    Event.KEY_WITHDRAWN: Said(
        gettext_lazy("A DKIM key of %(domain)s by which mail was signed is gone"),
        gettext_lazy("Reports show mail signed with this key. Where that goes on, its signatures fail from now on."),
        gettext_lazy("Look whether the sender signs with another key by now; if not, publish this one again."),
    ),
    Event.KEY_CHANGED: Said(
        gettext_lazy("A DKIM key of %(domain)s changed"),
        gettext_lazy("Keys are changed now and then, which is good. Mail that is still on its way may fail for a day."),
        _NOTHING,
    ),
    Event.MX_CHANGED: Said(
        gettext_lazy("Mail to %(domain)s goes to other servers now"),
        gettext_lazy("The MX records changed. Whoever can change them reads all mail to the domain."),
        _LOOK,
    ),
    Event.SERVERS_CHANGED: Said(
        gettext_lazy("Other name servers answer for %(domain)s now"),
        gettext_lazy("Whoever runs them decides on all records of the domain."),
        _LOOK,
    ),
    Event.OTHER: Said(
        gettext_lazy("A DNS record of %(domain)s changed: %(name)s"),
        gettext_lazy("It has to do with mail, but not with who may send in the name of the domain."),
        _NOTHING,
    ),
}


def said_of(alert: Alert) -> tuple[Said, dict[str, str]]:
    """The words of the event, and what they name; records that are not there are said to be none."""
    event, name = event_of(alert.about)
    was, now = (str(alert.values.get(key, "")) or _("none") for key in ("was", "now"))
    return EVENTS[event], {"domain": alert.domain, "name": name, "was": was, "now": now}
