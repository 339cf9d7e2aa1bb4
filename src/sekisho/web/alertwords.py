"""The words of warnings: what happened, how much, why we think so, and what to do; pages and mails say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sekisho.core.alerts.values import Rule, Severity
from sekisho.core.terms import Class
from sekisho.registry.models import Alert
from sekisho.web import formats, recordwords
from sekisho.web.pages import words
from sekisho.web.pages.senders import named

RULE_WORDS: dict[Rule, Promise | str] = {
    Rule.SURGE: gettext_lazy("Surge of suspected spoofing"),
    Rule.NEW_SPOOFER: gettext_lazy("New suspected spoofer"),
    Rule.GENUINE_FAILS: gettext_lazy("Genuine sender begins to fail"),
    Rule.GENUINE_STOPPED: gettext_lazy("Genuine mail is stopped"),
    Rule.NEW_SOURCE: gettext_lazy("New sender"),
    Rule.POLICY_CHANGED: gettext_lazy("DMARC policy changed"),
    Rule.RECORD_CHANGED: gettext_lazy("DNS record changed"),
    Rule.REPORTS_STOPPED: gettext_lazy("Reports have stopped"),
    Rule.UNREADABLE: gettext_lazy("Deliveries cannot be read"),
}
SEVERITY_WORDS: dict[Severity, Promise | str] = {
    Severity.URGENT: gettext_lazy("urgent"),
    Severity.IMPORTANT: gettext_lazy("important"),
    Severity.NOTICE: gettext_lazy("for your information"),
}
STATE_WORDS: dict[str, Promise | str] = {
    Alert.State.OPEN: gettext_lazy("Open"),
    Alert.State.IN_HAND: gettext_lazy("In hand"),
    Alert.State.SNOOZED: gettext_lazy("Snoozed"),
    Alert.State.RESOLVED: gettext_lazy("Resolved"),
}
STEP_WORDS: dict[str, Promise | str] = {
    "raised": gettext_lazy("Raised"),
    "told": gettext_lazy("Sent"),
    "failed": gettext_lazy("Could not be sent"),
    "in_hand": gettext_lazy("Taken in hand"),
    "snoozed": gettext_lazy("Snoozed"),
    "woke": gettext_lazy("Open again"),
    "resolved": gettext_lazy("Resolved"),
    "noted": gettext_lazy("Note"),
}
CLASS_OF: dict[Rule, Class] = {
    Rule.SURGE: Class.SPOOF,
    Rule.NEW_SPOOFER: Class.SPOOF,
    Rule.GENUINE_FAILS: Class.FAILING,
    Rule.GENUINE_STOPPED: Class.FAILING,
    Rule.NEW_SOURCE: Class.NORMAL,
}
"""Whose shape a warning bears; the others are not about mail of one class."""


@dataclass(frozen=True, slots=True)
class Story:
    """A warning in words."""

    title: str
    text: str
    why: tuple[str, ...]
    todo: tuple[str, ...]
    klass: Class | None


def story(alert: Alert) -> Story:
    """The words of a warning, in the active language."""
    rule = Rule(alert.rule)
    title, text, why, todo = _STORIES[rule](alert)
    return Story(title, text, why, todo, CLASS_OF.get(rule))


_Parts = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def _values(alert: Alert) -> dict[str, object]:
    """What the sentences name."""
    lang = words.lang()
    groups = [named(key).label for key in alert.values.get("groups", ())]
    return {
        "domain": alert.domain,
        "group": named(alert.about).label if alert.about else "",
        "groups": words.named(groups) if groups else _("unknown sources"),
        "messages": formats.messages(alert.messages, lang),
        "usual": formats.messages(round(alert.usual), lang),
        "day": formats.day_short(alert.first_day, lang),
        "before": formats.day_short(alert.first_day - 1, lang),
        "days": alert.last_day - alert.first_day + 1,
        "n": alert.hosts,
        "was": words.policy(alert.values.get("was", "")) or alert.values.get("was", ""),
        "now": words.policy(alert.values.get("now", "")) or alert.values.get("now", ""),
        "what": alert.about,
    }


def _from_hosts(alert: Alert, v: dict[str, object]) -> str:
    return ngettext("It comes from %(n)d host of %(groups)s.", "It comes from %(n)d hosts of %(groups)s.", alert.hosts) % v


def _joined(first: str, second: str) -> str:
    """Two sentences, one after the other."""
    return _("%(first)s %(second)s") % {"first": first, "second": second}


def _surge(alert: Alert) -> _Parts:
    v = _values(alert)
    usual = (
        _("%(messages)s messages since %(day)s; usual are about %(usual)s a day.")
        if alert.usual >= 1
        else _("%(messages)s messages since %(day)s; usually there are hardly any.")
    )
    return (
        _("Suspicious mail in the name of %(domain)s surges") % v,
        _joined(usual % v, _from_hosts(alert, v)),
        (
            _("Mail from these sources failed DMARC and carries nothing that only %(domain)s could have made.") % v,
            _("It is far more than what is usual for the domain."),
        ),
        (
            _("Ask within your organisation whether anybody knows these sources."),
            _("If nobody does: confirm them as spoofers, so that they count as such from now on."),
            _("Go on towards the policy “reject”: then receivers stop such mail."),
        ),
    )


def _new_spoofer(alert: Alert) -> _Parts:
    v = _values(alert)
    since = _("%(messages)s messages since %(day)s.") % v
    return (
        _("A new source sends suspicious mail in the name of %(domain)s") % v,
        _joined(since, _from_hosts(alert, v)),
        (
            _("None of its mail ever passed DMARC for the domain."),
            _("It was not seen in the weeks before."),
        ),
        (
            _("Ask within your organisation whether anybody knows %(group)s.") % v,
            _("If it is yours, say so on its page, and set up SPF and DKIM there; if not, confirm it as a spoofer."),
        ),
    )


def _genuine_fails(alert: Alert) -> _Parts:
    v = _values(alert)
    return (
        _("Mail from %(group)s in the name of %(domain)s begins to fail") % v,
        _("%(messages)s messages failed since %(day)s; before, its mail passed.") % v,
        (_("Mail from this source passed DMARC in the weeks before."),),
        (
            _("Ask who looks after this source what was changed around %(day)s: keys, addresses, settings.") % v,
            _("Compare the DNS records of the domain with what the service asks for."),
        ),
    )


def _genuine_stopped(alert: Alert) -> _Parts:
    v = _values(alert)
    return (
        _("Receivers stop genuine mail of %(domain)s") % v,
        _("%(messages)s messages of %(groups)s were quarantined or rejected since %(day)s.") % v,
        (_("The mail looks genuine but failed DMARC, and receivers followed the policy of the domain."),),
        (
            _("Set up SPF and DKIM at the source; its page says what is missing."),
            _("Until then, consider a milder policy."),
        ),
    )


def _new_source(alert: Alert) -> _Parts:
    v = _values(alert)
    return (
        _("%(group)s now sends mail in the name of %(domain)s") % v,
        _("%(messages)s messages since %(day)s, which look genuine.") % v,
        (_("It was not seen in the weeks before, and its mail carries marks of the domain's own."),),
        (
            _("Do you use this service? If so, nothing more is to do as long as its mail passes."),
            _("If nobody has set it up, ask who did."),
        ),
    )


def _policy_changed(alert: Alert) -> _Parts:
    v = _values(alert)
    return (
        _("The DMARC policy of %(domain)s changed to “%(now)s”") % v,
        _("Reports from %(day)s on show “%(now)s”; before, it was “%(was)s”.") % v,
        (_("Several receivers read the policy in the DNS and name it in their reports."),),
        (_("If you did not change the record, look at the DNS of the domain at once."),),
    )


def _record_changed(alert: Alert) -> _Parts:
    words_, names = recordwords.said_of(alert)
    v = {**_values(alert), **names}
    return (
        str(words_.title) % v,
        _("%(name)s, seen on %(day)s. Before: %(was)s. Now: %(now)s.") % v,
        (str(words_.why), _("It is another one than at the look before. A look that fails is never taken for a change.")),
        (str(words_.todo),),
    )


def _reports_stopped(alert: Alert) -> _Parts:
    v = _values(alert)
    return (
        _("No reports on %(domain)s come any more") % v,
        _("The last report is about %(before)s. Before, reports came nearly every day.") % v,
        (_("Reports came regularly until then, so it is no chance."),),
        (
            _("Look whether the DMARC record of the domain still names your report address."),
            _("Look whether the inbox that gets the reports can be read: see Settings, Inboxes."),
        ),
    )


def _unreadable(alert: Alert) -> _Parts:
    v = _values(alert)
    return (
        _("Many deliveries cannot be read"),
        ngettext(
            "%(count)d delivery of the last day is broken.", "%(count)d deliveries of the last day are broken.", alert.messages
        )
        % {**v, "count": alert.messages},
        (_("A single broken report is nothing unusual; so many are."),),
        (_("Look at the reasons under Reports, Deliveries. Their bytes are kept and can be read again."),),
    )


_STORIES: dict[Rule, Callable[[Alert], _Parts]] = {
    Rule.SURGE: _surge,
    Rule.NEW_SPOOFER: _new_spoofer,
    Rule.GENUINE_FAILS: _genuine_fails,
    Rule.GENUINE_STOPPED: _genuine_stopped,
    Rule.NEW_SOURCE: _new_source,
    Rule.POLICY_CHANGED: _policy_changed,
    Rule.RECORD_CHANGED: _record_changed,
    Rule.REPORTS_STOPPED: _reports_stopped,
    Rule.UNREADABLE: _unreadable,
}
