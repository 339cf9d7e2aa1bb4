"""Sending groups: which services and servers send for us, and one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from sekisho.core.terms import Class
from sekisho.store.query import Answer, GroupSum, HostSum, Page, Split
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import advising, bar, verdicts, words
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.senders import Named, named
from sekisho.web.parts import Crumb, Tab

FORM = Form(
    sorts=("messages", "spoof", "failing", "forwarded", "normal", "hosts", "first_day", "last_day", "group", "urgency"),
    sort="urgency",
)
HOSTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A sending group as the table shows it."""

    sum: GroupSum
    named: Named
    url: str
    hosts_url: str
    advice: str
    is_hot: bool
    worst_count: int
    """Messages of the worst class where the group sent others too."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A domain that a source claimed, with its policy in words and on the wire."""

    name: str
    split: Split
    policy: str
    wire: str
    url: str
    reports_url: str


def line(asked: Asked, row: GroupSum) -> Line:
    """A row of the table."""
    name = named(row.group)
    return Line(
        row,
        name,
        asked.url("group", key=row.group),
        asked.with_("hosts", group=(row.group,)),
        advice_for(asked, row, name),
        is_hot=row.split.worst is Class.SPOOF,
        worst_count=row.split.of(row.split.worst) if row.split.of(row.split.worst) < row.split.messages else 0,
    )


def advice_for(asked: Asked, row: GroupSum, name: Named) -> str:
    """What to do about the worst flow of a group, in one sentence; that nothing need be done when all is well."""
    if row.split.worst is Class.NORMAL:
        return _("Nothing to do")
    domain = asked.state.domain[0] if len(asked.state.domain) == 1 else _("the domain")
    return advising.advice(row.advice, service=name.label, source_ip=row.sample_host, domain=domain)


def split_of(parts: Iterable[tuple[str, int]]) -> Split:
    """A split from pairs of wire name and messages."""
    return Split(**{klass: count for klass, count in parts if words.class_of(klass)})


def source_tabs(asked: Asked, here: str) -> dict[str, object]:
    """The tabs of the sources."""
    labels = (("groups", _("Groups")), ("hosts", _("Hosts")), ("map", _("Map")), ("campaigns", _("Campaigns")))
    return {
        "tabs": [Tab(label, asked.url(page), is_current=page == here) for page, label in labels],
        "tabs_label": _("Views of the sources"),
    }


def render_list(asked: Asked, template: str, **values: object) -> HttpResponse:
    """A page with the table of groups."""
    answer = asked.store.groups(asked.filter, asked.page)
    return asked.render(
        template,
        **bar.context(
            asked,
            "range",
            "domain",
            "class",
            "q",
            "reporter",
            "group",
            "host",
            "disposition",
            "dkim",
            "spf",
            export="groups",
            compare=True,
        ),
        **_comparison(asked, answer.split),
        answer=answer,
        lines=[line(asked, row) for row in answer.rows if isinstance(row, GroupSum)],
        **values,
    )


def _comparison(asked: Asked, split: Split) -> dict[str, object]:
    """Both periods by class and by group, when that is wanted."""
    if not asked.state.compare:
        return {}
    from sekisho.web.pages import compare  # it needs the splits of this file

    return {**asked.comparison(split), **compare.context(asked)}


@org_page
def groups(request: OrgRequest) -> HttpResponse:
    """All sending groups."""
    asked = ask(request, FORM)
    return render_list(asked, "pages/groups.html", **source_tabs(asked, "groups"))


@org_page
def group(request: OrgRequest, key: str) -> HttpResponse:
    """One sending group: what it is, why it is judged so, what to do about it."""
    asked = ask(request, Form(), group=(key,))
    f = asked.filter
    days = asked.store.days(f)
    if not days and not is_known(asked):
        raise Http404
    name = named(key)
    panel = verdicts.of(asked, group=key)
    hosts = asked.store.hosts(f, Page("urgency", size=HOSTS_SHOWN))
    return asked.render(
        "pages/group.html",
        **bar.context(asked, "range", "domain", "reporter", "class", "host", "disposition", "dkim", "spf"),
        crumbs=[Crumb(_("Sources"), asked.url("groups")), Crumb(name.label)],
        split=asked.store.split(f),
        first=days[0].day if days else None,
        last=days[-1].day if days else None,
        named=name,
        advice=advising.advice_on(panel.flow, name.label) if panel and panel.klass is not Class.NORMAL else "",
        verdict=panel,
        before=asked.before(),
        chart=days,
        hosts=hosts,
        host_count=hosts.total,
        host_lines=host_lines(asked, hosts),
        hosts_url=asked.with_("hosts", group=(key,)),
        domains=domain_parts(asked),
        reporters=reporters(asked),
        question=verdicts.question(panel, name),
        **verdicts.deciding(asked, group=key),
        spoken=words.spoken_range(asked.state),
    )


def is_known(asked: Asked) -> bool:
    """Whether the organisation ever had mail of the group."""
    ever = replace(asked.state.bare().filter(asked.org.pk), since=0, until=asked.horizon.today)
    return asked.store.split(ever).messages > 0


def host_lines(asked: Asked, answer: Answer) -> list[dict[str, object]]:
    """Hosts with their addresses, for tables."""
    return [
        {
            "sum": row,
            "url": asked.url("host", address=row.source_ip),
            "named": named(row.group),
            "group_url": asked.url("group", key=row.group),
        }
        for row in answer.rows
        if isinstance(row, HostSum)
    ]


def domain_parts(asked: Asked) -> list[Claimed]:
    """The domains a source claimed."""
    return [
        Claimed(
            row.domain,
            row.split,
            words.policy(row.policy),
            row.policy,
            asked.url("domain", name=row.domain),
            asked.with_("reports", domain=(row.domain,)),
        )
        for row in asked.store.domains(asked.filter)
    ]


def reporters(asked: Asked) -> list[dict[str, object]]:
    """Who reported this, and what they did with it."""
    shares = asked.store.shares(asked.filter, "reporter", by="disposition", limit=15)
    return [
        {
            "name": share.value,
            "messages": share.messages,
            "handled": words.handled(share.by),
            "url": asked.with_("reports", reporter=(share.value,)),
        }
        for share in shares
    ]
