"""The overview: is anyone using our name, and what must I do today?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekisho.core.terms import Class
from sekisho.store.query import DomainSum, Filter, GroupSum, Page
from sekisho.web import formats
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import bar, surges, words
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.ladder import Next, by_first, is_ready, next_step
from sekisho.web.pages.senders import Named, named
from sekisho.web.pages.surges import Surge
from sekisho.web.parts import Banner, Event, Step

TO_REVIEW = 5
"""Sources shown on the overview."""
REVIEWED = ((Class.SPOOF, 2), (Class.FAILING, 3), (Class.FORWARDED, 2))
"""How many sources of each class the overview shows at most."""
ON_THE_MAP = 200


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
    found = found_surges(asked)
    sums = asked.store.domains(asked.filter)
    lines = domain_lines(asked, sums, found)
    review = to_review(asked)
    split = asked.store.split(asked.filter)
    return asked.render(
        "pages/overview.html",
        **bar.context(asked, "range", "domain", "reporter", "class", "group", "host", "disposition", "dkim", "spf", compare=True),
        banner=banner(asked, found),
        **asked.comparison(split),
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


def found_surges(asked: Asked, domains: tuple[str, ...] = ()) -> dict[str, Surge]:
    """The surges of suspected spoofing that hold on the last day, by domain, the largest first."""
    last = asked.horizon.last
    if asked.horizon.oldest is None:
        return {}
    window = Filter(asked.org.pk, last - surges.WINDOW + 1, last, domains=domains or asked.state.domain, classes=(Class.SPOOF,))
    known = last - asked.horizon.oldest + 1
    found = [surges.surge(line.domain, line.spark, last, known_days=known) for line in asked.store.domains(window)]
    return {s.domain: s for s in sorted((s for s in found if s), key=lambda s: -s.messages)}


def surge_groups(asked: Asked, surge: Surge) -> tuple[list[GroupSum], int]:
    """The sending groups behind a surge, the largest first, and how many hosts they have."""
    f = Filter(asked.org.pk, surge.first_day, asked.horizon.last, domains=(surge.domain,), classes=(Class.SPOOF,))
    rows = asked.store.groups(f, Page("-messages", size=25)).rows
    groups = [row for row in rows if isinstance(row, GroupSum)]
    large = [g for g in groups if g.split.messages * 10 >= surge.messages] or groups[:1]
    return large, sum(g.hosts for g in large)


def banner(asked: Asked, found: dict[str, Surge]) -> Banner | None:
    """What stands above the page while suspected spoofing surges."""
    if not found:
        return None
    surge = next(iter(found.values()))
    groups, hosts = surge_groups(asked, surge)
    if not groups:
        return None
    day = formats.day_short(surge.first_day, words.lang())
    count = formats.messages(surge.messages, words.lang())
    names = words.named([named(g.group).label for g in groups])
    text = ngettext(
        "%(count)s messages since %(day)s, from %(n)d host of %(groups)s.",
        "%(count)s messages since %(day)s, from %(n)d hosts of %(groups)s.",
        hosts,
    ) % {"count": count, "day": day, "n": hosts, "groups": names}
    lead = _("A surge of suspicious mail in the name of %(domain)s.") % {"domain": surge.domain}
    return Banner(lead, text, asked.url("group", key=groups[0].group), _("Look at the source and act"), more=len(found) - 1)


def events(found: dict[str, Surge]) -> list[Event]:
    """The first days of surges, for the chart."""
    days = sorted({surge.first_day for surge in found.values()})
    return [Event(day, _("%(day)s: surge") % {"day": formats.day_short(day, words.lang())}) for day in days[:3]]


def to_review(asked: Asked) -> list[GroupLine]:
    """The sending groups that need a look: the largest of each class that failed, so that many small ones hide no large one."""
    found: dict[str, GroupSum] = {}
    for klass, most in REVIEWED:
        if asked.state.classes and klass not in asked.state.classes:
            continue
        f = replace(asked.filter, classes=(klass,))
        for row in asked.store.groups(f, Page("-messages", size=TO_REVIEW)).rows[: most if not asked.state.classes else TO_REVIEW]:
            if isinstance(row, GroupSum):
                found.setdefault(row.group, row)
    return [group_line(asked, row) for row in list(found.values())[:TO_REVIEW]]


def group_line(asked: Asked, row: GroupSum) -> GroupLine:
    """A sending group as a table shows it."""
    return GroupLine(
        row,
        named(row.group),
        asked.url("group", key=row.group),
        asked.with_("hosts", group=(row.group,)),
        is_new=row.first_day > asked.state.first and row.first_day > (asked.horizon.oldest or 0),
    )


def domain_lines(asked: Asked, sums: list[DomainSum], found: dict[str, Surge]) -> list[DomainLine]:
    """The table of domains: those with the most suspected spoofing first."""
    whole = asked.whole
    parts = by_first(
        [(s.value, s.by) for s in asked.store.shares(replace(whole, classes=(Class.FAILING,)), "domain", by="sgroup", limit=500)]
    )
    entire = {row.domain: row for row in (sums if whole == asked.filter else asked.store.domains(whole))}
    lines = []
    for row in sorted(sums, key=lambda s: (-s.split.spoof, -s.split.failing, s.domain)):
        step = next_step(entire.get(row.domain, row), parts.get(row.domain, {}), found.get(row.domain))
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
                is_hot=row.domain in found,
                is_ready=row.policy == "none" and is_ready(row.policy, entire.get(row.domain, row).split),
            )
        )
    return lines


def _step_url(asked: Asked, domain: str, step: Next) -> str:
    if step.page == "group":
        return asked.url("group", key=step.key)
    return asked.url(step.page, name=domain) if step.page else ""


def steps(asked: Asked, found: dict[str, Surge], lines: list[DomainLine]) -> list[Step]:
    """What to do next, at most three: a surge, the largest failing source, a domain that may go further."""
    todo = []
    for surge in list(found.values())[:1]:
        groups, _hosts = surge_groups(asked, surge)
        todo += [_surge_step(asked, surge, group) for group in groups[:1]]
    failing = _largest_failing(asked)
    if failing is not None:
        todo.append(_failing_step(failing))
    ready = [line for line in lines if line.is_ready]
    todo += [_policy_step(line) for line in ready[:1]]
    return todo[:3]


def _largest_failing(asked: Asked) -> GroupLine | None:
    rows = asked.store.groups(replace(asked.whole, classes=(Class.FAILING,)), Page("-failing", size=1)).rows
    return next((group_line(asked, row) for row in rows if isinstance(row, GroupSum)), None)


def _surge_step(asked: Asked, surge: Surge, group: GroupSum) -> Step:
    text = _("%(count)s messages since %(day)s in the name of %(domain)s. See who sends them, and decide.") % {
        "count": formats.messages(surge.messages, words.lang()),
        "day": formats.day_short(surge.first_day, words.lang()),
        "domain": surge.domain,
    }
    return Step(_("Look at the suspected spoofing"), text, asked.url("group", key=group.group), _("Open the source"))


def _failing_step(line: GroupLine) -> Step:
    text = _(
        "%(count)s messages fail authentication. They are most likely genuine: fix the source before the policy is made stronger."
    ) % {"count": formats.messages(line.sum.split.failing, words.lang())}
    return Step(_("Fix %(group)s") % {"group": line.named.label}, text, line.url, _("How to fix it"))


def _policy_step(line: DomainLine) -> Step:
    text = _("Suspicious mail still reaches people. So little of your own mail fails that a stronger policy can be prepared.")
    return Step(_("Take %(domain)s beyond monitoring") % {"domain": line.sum.domain}, text, line.url, _("See the steps"))
