"""Campaigns: sources of suspected spoofing that began together, as a list and one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from sekisho.core.campaigns import OPEN_DAYS, Campaign, cluster
from sekisho.core.terms import Class
from sekisho.store.query import Filter
from sekisho.web import exports, formats
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import bar, groups, words
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.exporting import file_of
from sekisho.web.pages.senders import named
from sekisho.web.parts import Crumb

SHOWN = 50
BUSIEST = 500
"""Sources among which the overview looks for open campaigns; their own page looks among ten times as many."""
HOSTS_SHOWN = 100
PARTS_SHOWN = 10
HOST_COLUMNS = ("source_ip", "group", "network", "asn", "as_name", "country", "domains", "first_day", "last_day", "messages")


@dataclass(frozen=True, slots=True)
class Line:
    """A campaign as a table shows it."""

    campaign: Campaign
    url: str
    traits: str
    is_open: bool


def found(asked: Asked) -> list[Campaign]:
    """The campaigns that sent within the filters."""
    return cluster(asked.store.beginnings(asked.filter))


def open_ones(asked: Asked) -> list[Line]:
    """Those of the last days that are news, for the overview."""
    last = asked.horizon.last
    f = Filter(asked.org.pk, last - OPEN_DAYS + 1, last, domains=asked.state.domain)
    return [line(asked, one) for one in cluster(asked.store.beginnings(f, limit=BUSIEST)) if one.is_news(last)]


def line(asked: Asked, campaign: Campaign) -> Line:
    """A row of the table."""
    is_open = campaign.last_day > asked.horizon.last - OPEN_DAYS
    url = asked.url("campaign", key=campaign.key)
    return Line(campaign, url, words.named([trait_words(t) for t in campaign.traits], 3), is_open)


def trait_words(trait: str) -> str:
    """What sources have in common, in words."""
    kind, _colon, value = trait.partition(":")
    return {
        "group": _("group %(name)s") % {"name": named(value).label},
        "network": _("network %(name)s") % {"name": value},
        "as": _("network operator AS%(name)s") % {"name": value},
        "envelope": _("envelope sender %(name)s") % {"name": value},
        "dkim": _("signature %(name)s") % {"name": value},
    }.get(kind, value)


@org_page
def campaigns(request: OrgRequest) -> HttpResponse:
    """All campaigns of the period."""
    asked = ask(request, Form())
    lines = [line(asked, campaign) for campaign in found(asked)] if asked.has_reports else []
    return asked.render(
        "pages/campaigns.html",
        **bar.context(asked, "range", "domain", "reporter", export=""),
        **groups.source_tabs(asked, "campaigns"),
        lines=lines[:SHOWN],
        more=max(0, len(lines) - SHOWN),
        csv_file=asked.url("export_campaigns", format="csv"),
        json_file=asked.url("export_campaigns", format="json"),
    )


def the_one(asked: Asked, key: int) -> Campaign:
    """The campaign of a key among those of the filters; 404 where there is none."""
    for campaign in found(asked):
        if campaign.key == key:
            return campaign
    raise Http404


@org_page
def campaign(request: OrgRequest, key: int) -> HttpResponse:
    """One campaign: its hosts, networks, countries, days, the domains it forges, and what receivers did."""
    asked = ask(request, Form())
    one = the_one(asked, key)
    f = of_sources(asked, one)
    shares = asked.store.shares(f, "disposition")
    return asked.render(
        "pages/campaign.html",
        **bar.context(asked, "range", "domain", "reporter", export=""),
        crumbs=[Crumb(_("Sources"), asked.url("groups")), Crumb(_("Campaigns"), asked.url("campaigns")), Crumb(title(one))],
        title=title(one),
        campaign=one,
        traits=[trait_words(trait) for trait in one.traits[:PARTS_SHOWN]],
        split=asked.store.split(f),
        chart=asked.store.days(f),
        handled=words.handled((share.value, share.messages) for share in shares),
        domains=[(s.value, s.messages, asked.url("domain", name=s.value)) for s in asked.store.shares(f, "domain")],
        hosts=[(host, named(host.group), asked.url("host", address=host.source_ip)) for host in one.sources[:HOSTS_SHOWN]],
        more=max(0, len(one.sources) - HOSTS_SHOWN),
        networks=[pair for pair in one.counted("network") if pair[0]][:PARTS_SHOWN],
        countries=[(formats.country(code, words.lang()) or _("unknown"), n) for code, n in one.counted("country")][:PARTS_SHOWN],
        csv_file=asked.path("export_campaign", key=key, format="csv") + _kept(asked),
        json_file=asked.path("export_campaign", key=key, format="json") + _kept(asked),
    )


def title(one: Campaign) -> str:
    """What a campaign is called."""
    return _("Campaign of %(day)s") % {"day": formats.day_long(one.first_day, words.lang())}


def of_sources(asked: Asked, one: Campaign) -> Filter:
    """The suspected spoofing of its sources within the filters."""
    return replace(asked.filter, hosts=tuple(source.source_ip for source in one.sources), classes=(Class.SPOOF,))


def _kept(asked: Asked) -> str:
    from sekisho.web.filters import write

    return write(asked.state.away())


@org_page
def export_all(request: OrgRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """All campaigns as a file."""
    asked = ask(request, Form())
    return file_of("campaigns", format, *exports.table("campaigns", asked.store, asked.filter))


@org_page
def export_one(request: OrgRequest, key: int, format: str) -> HttpResponse:  # noqa: A002 - as above
    """The hosts of a campaign as a file."""
    return file_of("campaign", format, HOST_COLUMNS, _host_values(the_one(ask(request, Form()), key)))


def _host_values(one: Campaign) -> Iterator[tuple[object, ...]]:
    for s in one.sources:
        days = formats.day_iso(s.first_day), formats.day_iso(s.last_day)
        yield s.source_ip, s.group, s.network, s.asn, s.as_name, s.country, " ".join(s.domains), *days, s.messages
