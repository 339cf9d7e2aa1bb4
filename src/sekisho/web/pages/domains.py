"""Domains: the list, and one domain with its tabs."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sekisho.core.terms import URGENCY, Class
from sekisho.core.whatif.path import advise
from sekisho.registry import proofs
from sekisho.registry.models import Domain
from sekisho.store.query import Answer, DomainSum, GroupSum, Page, Split
from sekisho.web.filters import Form, write
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import bar, compare, groups, hosts, ladder, readiness, reports, words
from sekisho.web.pages.alarm import Alarm, alarm, banner, events
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.overview import DomainLine, domain_lines, steps
from sekisho.web.pages.roles import may_own
from sekisho.web.parts import Crumb, DayState, Step, Tab

GROUPS_SHOWN = 10
SUBDOMAINS_SHOWN = 25


@org_page
def domains(request: OrgRequest) -> HttpResponse:
    """All registered domains with their sums; those without mail too."""
    asked = ask(request, Form())
    found = alarm(asked)
    sums = {row.domain: row for row in asked.store.domains(asked.filter)}
    registered = list(asked.org.domains.order_by("name"))
    if not asked.state.is_filtered:
        for domain in registered:
            sums.setdefault(domain.name, DomainSum(domain.name, Split(), 0, 0, "", ()))
    return asked.render(
        "pages/domains.html",
        **bar.context(asked, "range", "reporter", "class", "q"),
        domains=domain_lines(asked, list(sums.values()), found),
        registered=registered,
        total=Split(**{k.value: sum(row.split.of(k) for row in sums.values()) for k in Class}),
    )


def domain_tabs(asked: Asked, name: str, here: str) -> dict[str, object]:
    """Crumbs and tabs of a domain's pages."""
    labels = (
        ("domain", pgettext("tab", "Overview")),
        ("domain_groups", _("Sending groups")),
        ("domain_hosts", _("Hosts")),
        ("what_if", _("Path to reject")),
        ("domain_dns", _("DNS state")),
        ("domain_checklist", _("Rules for senders")),
        ("domain_reports", _("Reports")),
    )
    return {
        "domain": name,
        "crumbs": [Crumb(_("Domains"), asked.url("domains")), Crumb(name)],
        "tabs": [Tab(label, asked.url(page, name=name), is_current=page == here) for page, label in labels],
        "tabs_label": _("Pages of this domain"),
    }


def registered_domain(request: OrgRequest, name: str) -> Domain:
    """The domain of the organisation by its name; 404 for any other."""
    found = Domain.objects.filter(organisation=request.org, name=name).first()
    if found is None:
        raise Http404
    return found


@org_page
def domain(request: OrgRequest, name: str) -> HttpResponse:
    """Who sends in this name, and how safe is it to go further?"""
    registered = registered_domain(request, name)
    asked = ask(request, Form(), domain=(name,))
    found = alarm(asked, (name,))
    split = asked.store.split(asked.filter)
    sums = asked.store.domains(asked.filter)
    mine = next((line for line in domain_lines(asked, sums, found) if line.sum.domain == name), None)
    policy = mine.sum.policy if mine else ""
    days = asked.store.days(asked.filter)
    largest = asked.store.groups(asked.filter, Page("-messages", size=GROUPS_SHOWN))
    reports_count, reporters, newest = asked.store.reporters_seen(asked.filter)
    return asked.render(
        "pages/domain.html",
        is_held=proofs.is_held(request.org.pk, name),
        **domain_tabs(asked, name, "domain"),
        **bar.context(asked, "range", "reporter", "class", "group", "host", "disposition", "dkim", "spf", compare=True),
        banner=banner(asked, found),
        policy=policy,
        policy_word=words.policy(policy),
        **_path(asked, registered),
        line=mine,
        **asked.comparison(split),
        **compare.context(asked),
        steps=domain_steps(asked, mine, found),
        reports_url=asked.url("domain_reports", name=name),
        chart=days,
        events=events(found),
        spoken=words.spoken_range(asked.state),
        reports_count=reports_count,
        reporters=reporters,
        newest=newest,
        strip=_strip(asked, {day for day, _split in days}),
        lines=_largest_groups(asked, largest),
        group_total=largest.total,
        subdomains=_subdomains(asked, name),
        four_url=asked.url("domain_groups", name=name),
        may_own=may_own(request),
    )


def domain_steps(asked: Asked, line: DomainLine | None, found: Alarm) -> list[Step]:
    """What to do next for one domain: a surge, its largest failing source, then its policy."""
    return steps(asked, found, [line] if line else [])


def _path(asked: Asked, registered: Domain) -> dict[str, object]:
    """The steps to reject, and how safe the next one is."""
    if not asked.has_reports:
        return {}
    now = readiness.situation(asked, registered)
    advice = advise(now)
    tone, title, text = readiness.headline(now, advice)
    return {
        "rungs": ladder.rungs_of(advice) if now.trial else [],
        "next_tone": tone,
        "next_title": title,
        "next_text": text,
        "what_if_url": asked.url("what_if", name=registered.name),
    }


def _strip(asked: Asked, seen: set[int]) -> list[DayState]:
    """On which of the last days (at most 60) reports came."""
    first = max(asked.state.first, asked.state.last - 59)
    return [DayState.CAME if day in seen else DayState.NONE for day in range(first, asked.state.last + 1)]


def _largest_groups(asked: Asked, answer: Answer) -> list[groups.Line]:
    """The largest groups, the most urgent of them first."""
    largest = [row for row in answer.rows if isinstance(row, GroupSum)]
    largest.sort(key=lambda row: (URGENCY.index(row.split.worst), -row.split.messages))
    return [groups.line(asked, row) for row in largest]


def _subdomains(asked: Asked, name: str) -> list[dict[str, object]]:
    """The names under which mail came, when there are more than the domain itself."""
    shares = asked.store.shares(asked.filter, "header_from", by="class", limit=SUBDOMAINS_SHOWN)
    if not [share for share in shares if share.value != name]:
        return []

    def here(text: str) -> str:
        return write(asked.state.away(q=text, domain=()))

    return [
        {"name": share.value, "split": groups.split_of(share.by), "url": asked.path("domain_groups", name=name) + here(share.value)}
        for share in shares
    ]


@org_page
def domain_groups(request: OrgRequest, name: str) -> HttpResponse:
    """The sending groups of a domain."""
    registered_domain(request, name)
    asked = ask(request, groups.FORM, domain=(name,))
    return groups.render_list(asked, "pages/domain_groups.html", **domain_tabs(asked, name, "domain_groups"))


@org_page
def domain_hosts(request: OrgRequest, name: str) -> HttpResponse:
    """The hosts of a domain."""
    registered_domain(request, name)
    asked = ask(request, hosts.FORM, domain=(name,))
    return hosts.render_list(asked, "pages/domain_hosts.html", **domain_tabs(asked, name, "domain_hosts"))


@org_page
def domain_reports(request: OrgRequest, name: str) -> HttpResponse:
    """The reports on a domain."""
    registered_domain(request, name)
    asked = ask(request, reports.FORM, domain=(name,))
    return reports.render_list(asked, "pages/domain_reports.html", **domain_tabs(asked, name, "domain_reports"))
