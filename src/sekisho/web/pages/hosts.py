"""Source hosts: the list, and one of them: is this one bad, why, and what do I do?"""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from sekisho.core.facts import Evidence
from sekisho.core.judge.sources import is_private
from sekisho.core.terms import Class
from sekisho.core.ways import way_from_text
from sekisho.enrich.dnsbl import zones_from
from sekisho.settings import Settings
from sekisho.store.query import Change, FlowVerdict, HostSum, Page, PlaceSum, Split
from sekisho.store.span import canonical
from sekisho.web import formats
from sekisho.web import settings as web_settings
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import advising, bar, groups, owners, stays, verdicts, words
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.senders import named
from sekisho.web.parts import Crumb, Event, Step

FORM = Form(
    sorts=(
        *("messages", "spoof", "failing", "forwarded", "normal", "domains", "first_day", "last_day", "group", "urgency"),
        *("source_ip", "ptr", "country", "asn", "confidence"),
    ),
    sort="urgency",
)
NEIGHBOURS_SHOWN = 6
MAX_ADDRESS = 64


def render_list(asked: Asked, template: str, **values: object) -> HttpResponse:
    """A page with the table of hosts."""
    answer = asked.store.hosts(asked.filter, asked.page)
    return asked.render(
        template,
        **bar.context(
            asked,
            "range",
            "q",
            "domain",
            "class",
            "group",
            "host",
            "place",
            "reporter",
            "disposition",
            "dkim",
            "spf",
            export="hosts",
        ),
        answer=answer,
        lines=groups.host_lines(asked, answer),
        **values,
    )


@org_page
def hosts(request: OrgRequest) -> HttpResponse:
    """All source hosts."""
    asked = ask(request, FORM)
    return render_list(asked, "pages/hosts.html", **groups.source_tabs(asked, "hosts"))


@org_page
def host(request: OrgRequest, address: str) -> HttpResponse:
    """One host."""
    address = canonical(address)
    asked = ask(request, Form(), host=(address,))
    seen = asked.store.first_seen(request.org.pk, address)
    if seen is None:
        raise Http404
    f = asked.filter
    evidence, group = asked.store.evidence([address]).get(address) or (Evidence(address), None)
    name = named(group.key if group else "unknown")
    panel = verdicts.of(asked, source_ip=address)
    domains = groups.domain_parts(asked)
    split = asked.store.split(f)
    place = _place(evidence, split)
    return asked.render(
        "pages/host.html",
        **bar.context(asked, "range", "domain", "reporter", "class", "disposition", "dkim", "spf"),
        crumbs=[Crumb(_("Sources"), asked.url("hosts")), Crumb(name.label, asked.url("group", key=name.key)), Crumb(address)],
        address=address,
        evidence=evidence,
        named=name,
        group_url=asked.url("group", key=name.key),
        is_private=is_private(address),
        first=seen[0],
        last=seen[1],
        verdict=panel,
        **verdicts.deciding(asked, source_ip=address),
        group_word=_group_word(asked, name.key),
        steps=steps(panel, name.label, domains, letter_url=asked.url("host_letter", address=address)),
        split=split,
        before=asked.before(),
        chart=asked.store.days(f),
        events=_events(asked, seen[0]),
        domains=domains,
        envelopes=asked.store.shares(f, "envelope_from", by="class", limit=10),
        reporters=groups.reporters(asked),
        ways=[_way(flow) for flow in panel.flows] if panel else [],
        changes=[_change(change) for change in asked.store.changes(request.org.pk, address)],
        neighbours=_neighbours(asked, name.key, address),
        elsewhere=asked.store.elsewhere(request.org.pk, address),
        place=place,
        place_name=words.place(evidence.place.city, evidence.place.country),
        place_list=[place] if place else [],
        list_lines=stays.lines(evidence, _zones(web_settings.HOUSE), asked.horizon.today),
        owner=owners.owned(asked, address),
        letter_url=asked.url("host_letter", address=address),
        question=verdicts.question(panel, name, address),
        can_look_up=web_settings.HOUSE.dns_servers != "off",
        spoken=words.spoken_range(asked.state),
    )


def _group_word(asked: Asked, key: str) -> str:
    """What was decided on the host's whole group; empty when nothing was."""
    word = verdicts.standing(asked.org, group=key)
    return verdicts.decided_word(word.verdict) if word else ""


def _zones(house: Settings) -> tuple[str, ...]:
    """Names of the lists in use, without a customer's key."""
    return tuple(zone.name for zone in zones_from(house.listed("dnsbl_zones"))) if house.dns_servers != "off" else ()


def _events(asked: Asked, first: int) -> list[Event]:
    """The day it was first seen, when the chart shows days before it."""
    if not asked.state.first < first <= asked.state.last:
        return []
    return [Event(first, _("first seen %(day)s") % {"day": formats.day_short(first, words.lang())})]


def steps(panel: verdicts.Panel | None, service: str, domains: list[groups.Claimed], *, letter_url: str) -> list[Step]:
    """What to do next about a host, by the advice on its worst flow."""
    if panel is None or panel.klass is Class.NORMAL:
        return []
    flow = panel.flow
    text = advising.advice_on(flow, service)
    found = [Step("", text)] if text else []
    if panel.klass is Class.SPOOF:
        found.append(Step("", _("Report it to whoever runs the network. A letter is ready."), letter_url, _("Read the letter")))
    weak = next((domain for domain in domains if domain.wire == "none"), None)
    if panel.klass is Class.SPOOF and weak is not None:
        text = advising.advice("spoof_policy", domain=weak.name)
        found.append(Step("", text, weak.url, _("Policy of %(domain)s") % {"domain": weak.name}))
    return found


def _way(flow: FlowVerdict) -> dict[str, object]:
    """A flow with its way of authentication opened."""
    return {"flow": flow, "klass": Class(flow.klass), "way": way_from_text(flow.way)}


def _change(change: Change) -> dict[str, object]:
    why = {
        "new_reports": _("new reports"),
        "decision": _("a decision"),
        "new_evidence": _("new evidence"),
        "evidence": _("new evidence"),
        "rejudged": _("judged again"),
        "asked": _("judged again by command"),
        "book": _("a newer book of senders"),
        "dns": _("changed DNS records"),
    }.get(change.why, change.why)
    return {"change": change, "why": why, "was": words.class_of(change.was), "klass": Class(change.klass)}


def _neighbours(asked: Asked, key: str, address: str) -> list[dict[str, object]]:
    """Other hosts of the same group, the most urgent first; none for the sources without a name, which have nothing in common."""
    if key == "unknown":
        return []
    f = replace(asked.filter, hosts=(), groups=(key,))
    answer = asked.store.hosts(f, Page("urgency", size=NEIGHBOURS_SHOWN + 1))
    others = [row for row in answer.rows if isinstance(row, HostSum) and row.source_ip != address]
    return [{"sum": row, "url": asked.url("host", address=row.source_ip)} for row in others[:NEIGHBOURS_SHOWN]]


def _place(evidence: Evidence, split: Split) -> PlaceSum | None:
    """Where the host is thought to be, as the map takes it."""
    place = evidence.place
    if not place.country and place.latitude is None:
        return None
    return PlaceSum(place.country, place.city, place.latitude, place.longitude, split, 1)
