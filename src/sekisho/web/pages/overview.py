"""The overview: is anyone using our name, and what must I do today?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils.translation import gettext as _

from sekisho.core.terms import Class
from sekisho.store.query import DomainSum, GroupSum, Page, Share
from sekisho.web import formats
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import bar, campaigns, compare, groups, words
from sekisho.web.pages.alarm import Alarm, Surge, alarm, banner, events
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.firststeps import first_steps
from sekisho.web.pages.ladder import Next, by_first, is_ready, next_step
from sekisho.web.pages.roles import may_administer
from sekisho.web.pages.senders import Named, named
from sekisho.web.parts import Step

TO_REVIEW = 5
"""Sources shown on the overview."""
REVIEWED = ((Class.SPOOF, 2), (Class.FAILING, 3), (Class.FORWARDED, 2))
"""How many sources of each class the overview shows at most."""
ON_THE_MAP = 200
GROUPS_ASKED = 200
"""The largest failing groups among which those to review are chosen."""


@dataclass(frozen=True, slots=True)
class DomainLine:
    """A row of the table of domains."""

    sum: DomainSum
    policy: str
    url: str
    spoof_url: str
    failing_url: str
    messages_url: str
    reports_url: str
    next: Next
    next_url: str
    is_hot: bool
    is_ready: bool
    """Whether it may be taken beyond monitoring."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A sending group with its name and addresses."""

    sum: GroupSum
    named: Named
    url: str
    hosts_url: str
    is_new: bool = False


@org_page
def overview(request: OrgRequest) -> HttpResponse:
    """The page after sign-in."""
    asked = ask(request, Form())
    found = alarm(asked)
    sums = asked.store.domains(asked.filter)
    lines = domain_lines(asked, sums, found)
    review = to_review(asked)
    split = asked.store.split(asked.filter)
    return asked.render(
        "pages/overview.html",
        first_steps=[] if asked.has_reports else first_steps(asked.org, may_administer=may_administer(request)),
        **bar.context(asked, "range", "domain", "reporter", "class", "group", "host", "disposition", "dkim", "spf", compare=True),
        banner=banner(asked, found),
        **asked.comparison(split),
        **compare.context(asked),
        open_campaigns=campaigns.open_ones(asked) if split.spoof else [],
        campaigns_url=asked.url("campaigns"),
        chart=asked.store.days(asked.filter),
        events=events(found),
        steps=steps(asked, found, lines),
        domains=lines,
        domain_count=asked.org.domains.count(),
        review=review,
        groups_url=asked.url("groups"),
        map_url=asked.url("map"),
        domains_url=asked.url("domains"),
        places=asked.store.places(asked.filter, limit=ON_THE_MAP),
    )


def to_review(asked: Asked) -> list[GroupLine]:
    """The sending groups that need a look: the largest of each class that failed, so that many small ones hide no large one."""
    wanted = asked.state.classes or tuple(klass for klass, _most in REVIEWED)
    failed = replace(asked.filter, classes=tuple(klass for klass in wanted if klass is not Class.NORMAL))
    if not failed.classes:
        return []
    sums = {
        share.value: groups.split_of(share.by) for share in asked.store.shares(failed, "sgroup", by="class", limit=GROUPS_ASKED)
    }
    chosen: list[str] = []
    for klass, most in REVIEWED:
        mine = sorted((key for key in sums if sums[key].of(klass)), key=lambda key: -sums[key].of(klass))
        chosen += [key for key in mine if key not in chosen][: TO_REVIEW if asked.state.classes else most]
    chosen = chosen[:TO_REVIEW]
    one_page = Page(size=TO_REVIEW + 1)  # that is not full tells its totals by itself
    rows = asked.store.groups(replace(failed, groups=tuple(chosen)), one_page).rows if chosen else ()
    found = {row.group: group_line(asked, row) for row in rows if isinstance(row, GroupSum)}
    return [found[key] for key in chosen if key in found]


def group_line(asked: Asked, row: GroupSum) -> GroupLine:
    """A sending group as a table shows it."""
    return GroupLine(
        row,
        named(row.group),
        asked.url("group", key=row.group),
        asked.with_("hosts", group=(row.group,)),
        is_new=row.first_day > asked.state.first and row.first_day > (asked.horizon.oldest or 0),
    )


def domain_lines(asked: Asked, sums: list[DomainSum], found: Alarm) -> list[DomainLine]:
    """The table of domains: those with the most suspected spoofing first."""
    whole = asked.whole
    parts = by_first(
        [(s.value, s.by) for s in asked.store.shares(replace(whole, classes=(Class.FAILING,)), "domain", by="sgroup", limit=500)]
    )
    entire = {row.domain: row for row in (sums if whole == asked.filter else asked.store.domains(whole))}
    lines = []
    for row in sorted(sums, key=lambda s: (-s.split.spoof, -s.split.failing, s.domain)):
        step = next_step(entire.get(row.domain, row), parts.get(row.domain, {}), found.surges.get(row.domain))
        mine = (row.domain,)
        lines.append(
            DomainLine(
                row,
                words.policy(row.policy),
                asked.url("domain", name=row.domain),
                asked.with_("hosts", domain=mine, classes=(Class.SPOOF,)),
                asked.with_("hosts", domain=mine, classes=(Class.FAILING,)),
                asked.with_("groups", domain=mine),
                asked.with_("reports", domain=mine),
                step,
                _step_url(asked, row.domain, step),
                is_hot=row.domain in found.surges,
                is_ready=row.policy == "none" and is_ready(row.policy, entire.get(row.domain, row).split),
            )
        )
    return lines


def _step_url(asked: Asked, domain: str, step: Next) -> str:
    if step.page == "group":
        return asked.url("group", key=step.key)
    return asked.url(step.page, name=domain) if step.page else ""


def steps(asked: Asked, found: Alarm, lines: list[DomainLine]) -> list[Step]:
    """What to do next, at most three: a surge, the largest failing source, a domain that may go further."""
    todo = []
    if found.first is not None and found.groups:
        todo.append(_surge_step(asked, found.first, found.groups[0]))
    failing = replace(asked.whole, classes=(Class.FAILING,))
    todo += [_failing_step(asked, share) for share in asked.store.shares(failing, "sgroup", limit=1)]
    todo += [_policy_step(asked, line) for line in lines if line.is_ready][:1]
    return todo[:3]


def _surge_step(asked: Asked, surge: Surge, group: str) -> Step:
    text = _("%(count)s messages since %(day)s in the name of %(domain)s. See who sends them, and decide.") % {
        "count": formats.messages(surge.messages, words.lang()),
        "day": formats.day_short(surge.first_day, words.lang()),
        "domain": surge.domain,
    }
    return Step(_("Look at the suspected spoofing"), text, asked.url("group", key=group), _("Open the source"))


def _failing_step(asked: Asked, share: Share) -> Step:
    text = _(
        "%(count)s messages fail authentication. They are most likely genuine: fix the source before the policy is made stronger."
    ) % {"count": formats.messages(share.messages, words.lang())}
    return Step(
        _("Fix %(group)s") % {"group": named(share.value).label}, text, asked.url("group", key=share.value), _("How to fix it")
    )


def _policy_step(asked: Asked, line: DomainLine) -> Step:
    text = _("Suspicious mail still reaches people. So little of your own mail fails that a stronger policy can be prepared.")
    return Step(
        _("Take %(domain)s beyond monitoring") % {"domain": line.sum.domain},
        text,
        asked.url("what_if", name=line.sum.domain),
        _("See the steps"),
    )
