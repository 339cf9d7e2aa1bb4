"""How ready a domain is for a stronger policy: the facts gathered for `core.whatif.path`, and its advice in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from sekisho.core.dmarc.record import DmarcRecord, Standing
from sekisho.core.terms import AlignmentMode, Class, Found, Policy
from sekisho.core.whatif import path
from sekisho.core.whatif.path import Advice, Met, Situation, Step
from sekisho.core.whatif.trial import Trial
from sekisho.registry import states
from sekisho.registry.models import Decision, Domain
from sekisho.store.query import Filter, GroupSum, Page, ReportSum
from sekisho.web import formats
from sekisho.web.pages import words
from sekisho.web.pages.asked import Asked
from sekisho.web.pages.senders import named
from sekisho.web.parts import Tone

WINDOW_DAYS = 30
GROUPS_ASKED = 100
REPORTS_ASKED = 10
"""The newest reports, among which one tells the domain's own policy."""

STEPS: dict[Step, Promise] = {
    Step.MONITOR: gettext_lazy("Monitor only"),
    Step.REHEARSE: gettext_lazy("Rehearsal"),
    Step.QUARANTINE: gettext_lazy("Quarantine"),
    Step.REJECT: gettext_lazy("Reject"),
    Step.BELOW: gettext_lazy("Subdomains too"),
    Step.DONE: gettext_lazy("Nothing left to do"),
}
CONDITIONS: dict[str, Promise] = {
    "reports": gettext_lazy("There are enough reports"),
    "mended": gettext_lazy("No failures are left that can be mended"),
    "decided": gettext_lazy("No new source is undecided"),
    "forwarding": gettext_lazy("The effect on forwarded mail is known"),
    "signed": gettext_lazy("Mail is signed, not only permitted by SPF"),
}
TAGS = {
    Met.YES: pgettext_lazy("condition", "met"),
    Met.NEARLY: pgettext_lazy("condition", "nearly"),
    Met.NO: pgettext_lazy("condition", "not yet"),
}
TONES = {Met.YES: Tone.OK, Met.NEARLY: Tone.WARN, Met.NO: Tone.BAD}


@dataclass(frozen=True, slots=True)
class Line:
    """A condition as the page shows it."""

    tag: str
    tone: Tone
    title: str
    evidence: str


def trial_seen(asked: Asked, name: str, f: Filter) -> Trial | None:
    """The policy that the newest report on the domain's own record tells of; None when none does."""
    for row in asked.store.reports(f, Page("-begin", size=REPORTS_ASKED)).rows:
        head = asked.store.report_head(asked.org.pk, row.key) if isinstance(row, ReportSum) else None
        said = (head or {}).get("policy")
        if (
            isinstance(said, dict)
            and said.get("domain") == name
            and said.get("p") in (Policy.NONE, Policy.QUARANTINE, Policy.REJECT)
        ):
            return Trial(
                Policy(said["p"]),
                _policy(said.get("sp"), said["p"]),
                _policy(said.get("np"), ""),
                _mode(said.get("adkim")),
                _mode(said.get("aspf")),
                t=said.get("testing") == "y",
            )
    return None


def published(domain: Domain) -> DmarcRecord | None:
    """The record of the domain itself as the DNS was known to have it at the last look; None where it was never looked at."""
    kept = states.latest(domain.pk)
    found = kept.known.dmarc if kept is not None else None
    return found.record if found is not None and found.policy_domain == domain.name else None


def names_known(domain: Domain) -> Mapping[str, Found]:
    """Which names below the domain exist, as far as they were looked up."""
    kept = states.latest(domain.pk)
    return kept.now.names if kept is not None else {}


def trial_now(asked: Asked, domain: Domain, f: Filter) -> Trial | None:
    """The policy that holds: of the DNS, else of the newest report."""
    record = published(domain)
    if record is None or record.standing is not Standing.APPLIES:
        return trial_seen(asked, domain.name, f)
    return Trial(record.p, record.sp, record.np, record.adkim, record.aspf, t=record.t)


def _policy(wire: object, same: object) -> Policy:
    """A policy for names below; reporters write the default out, which is left out again."""
    return Policy(str(wire)) if wire in (Policy.NONE, Policy.QUARANTINE, Policy.REJECT) and wire != same else Policy.ABSENT


def _mode(wire: object) -> AlignmentMode:
    return AlignmentMode.STRICT if wire == AlignmentMode.STRICT else AlignmentMode.RELAXED


def situation(asked: Asked, domain: Domain) -> Situation:
    """What is known of the domain in the last 30 days, whatever the filters of the page."""
    last = asked.horizon.last
    f = Filter(asked.org.pk, last - WINDOW_DAYS + 1, last, domains=(domain.name,))
    failing = replace(f, classes=(Class.FAILING,))
    split, days = asked.store.split(f), asked.store.days(f)
    failures = [day for day, sums in asked.store.days(failing) if sums.messages]
    groups = [row for row in asked.store.groups(failing, Page("-messages", size=GROUPS_ASKED)).rows if isinstance(row, GroupSum)]
    decided = set(Decision.objects.filter(organisation=asked.org, undone=None).values_list("group", flat=True))
    began = last - path.NEW_DAYS + 1
    is_old = (asked.horizon.oldest or 0) < began - path.NEW_DAYS
    return Situation(
        trial=trial_now(asked, domain, f),
        days=last - days[0].day + 1 if days else 0,
        reporters=asked.store.reporters_seen(f)[1],
        normal=split.normal,
        signed=asked.store.split(replace(f, dkim=True)).normal,
        forwarded=split.forwarded,
        failing=split.failing,
        spoof=split.spoof,
        failing_groups=tuple((row.group, row.split.failing) for row in groups if row.split.failing),
        new_groups=_new(asked, f, [row.group for row in groups if row.first_day >= began and row.group not in decided], began)
        if is_old
        else (),
        last_failure=failures[-1] if failures else 0,
        today=asked.horizon.today,
        is_stale=asked.horizon.is_stale,
        is_parked=domain.is_parked,
    )


def _new(asked: Asked, f: Filter, groups: Sequence[str], began: int) -> tuple[str, ...]:
    """Those of the groups that were never seen before a day, failing or not."""
    if not groups:
        return ()
    before = replace(f, since=0, until=began - 1, groups=tuple(groups))
    seen = {share.value for share in asked.store.shares(before, "sgroup", limit=len(groups))}
    return tuple(group for group in groups if group not in seen)


def lines(s: Situation, advice: Advice) -> list[Line]:
    """The conditions in words, with their evidence."""
    found = []
    for code, met in advice.conditions:
        found.append(Line(str(TAGS[met]), TONES[met], str(CONDITIONS[code]), _evidence(code, s)))
    return found


def _evidence(code: str, s: Situation) -> str:
    lang = words.lang()
    if code == "reports":
        text = ngettext("%(n)d day of reports, from %(r)s receivers.", "%(n)d days of reports, from %(r)s receivers.", s.days)
        return text % {"n": s.days, "r": formats.number(s.reporters)}
    if code == "mended":
        if not s.failing:
            return _("No genuine mail fails because of its set-up.")
        values = {
            "count": formats.messages(s.failing, lang),
            "groups": words.named([named(key).label for key, _count in s.failing_groups]),
            "share": formats.share(s.failing, s.genuine, lang),
        }
        return _("%(count)s from %(groups)s (%(share)s of the genuine mail). Below 0.20%% you can go on.") % values
    if code == "decided":
        if s.new_groups:
            return _("New within the last 7 days: %(groups)s. Is it yours?") % {
                "groups": words.named([named(key).label for key in s.new_groups])
            }
        return _("No unknown source with failing mail appeared within the last 7 days.")
    if code == "forwarding":
        values = {"count": formats.messages(s.forwarded, lang), "share": formats.share(s.forwarded, s.genuine, lang)}
        if not s.forwarded:
            return _("No forwarded mail failed.")
        return _("%(count)s (%(share)s). Many receivers let it through all the same, some of it will not arrive.") % values
    return _("%(share)s of the mail that passes carries your signature. SPF alone breaks on forwarding.") % {
        "share": formats.share(s.signed, s.normal, lang)
    }


def headline(s: Situation, advice: Advice) -> tuple[Tone, str, str]:
    """Tone, title and text of the note beside the conditions."""
    step = {"step": str(STEPS[advice.next])}
    if "no_policy" in advice.blocks:
        return Tone.WARN, _("No report has told the policy yet"), _("As soon as one does, the path begins here.")
    if advice.next is Step.DONE:
        return Tone.OK, _("This is the strongest policy"), _("Keep an eye on new sources; nothing else need be done.")
    if "stale" in advice.blocks:
        return Tone.WARN, _("Reports have stopped"), _("Nothing should be made stronger before they come again.")
    if advice.ready:
        if advice.next is Step.BELOW:
            return (
                Tone.OK,
                _("Close the door for subdomains too"),
                _("Mail in the name of subdomains is still treated more mildly."),
            )
        return (
            Tone.OK,
            _("Ready for “%(step)s”") % step,
            _("All conditions are met. Publish the record below; you can go back at any time."),
        )
    if "little_mail" in advice.blocks:
        return (
            Tone.PLAIN,
            _("There is too little mail to judge by"),
            _("With fewer than 100 genuine messages in 30 days, wait or decide by hand."),
        )
    if "mended" in advice.blocks:
        count = len(s.failing_groups)
        title = ngettext("First, mend %(n)d source", "First, mend %(n)d sources", count) % {"n": count}
        return Tone.WARN, title, _("When nothing has failed for 7 days, you can go on to “%(step)s”.") % step
    if "decided" in advice.blocks:
        return Tone.WARN, _("First, decide on the new source"), _("Whether it is yours decides whether its mail may be lost.")
    if "signed" in advice.blocks:
        return Tone.WARN, _("First, sign more of your mail"), _("Mail that passes by SPF alone is lost when it is forwarded.")
    return Tone.PLAIN, _("Wait for more reports"), _("Four weeks hold every kind of mail that a month brings.")


def outlook(advice: Advice) -> list[tuple[int, str]]:
    """The earliest days of the steps that are left, in words."""
    return [(day, str(STEPS[step])) for day, step in advice.outlook]
