"""`sekisho doctor`: settings, store, inboxes, DNS, clock, data and disk: what works, what does not, what to do."""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sekisho.cli import control, show
from sekisho.cli.house import open_house, open_registry, size_of
from sekisho.cli.words import _
from sekisho.core.errors import LookupFailed, SekishoError, StoreBusy
from sekisho.settings import Settings

LITTLE_DISK = 1 << 30
OLDEST_CLOCK = 1_780_000_000
"""June 2026: a clock before this is wrong."""


class Finding(NamedTuple):
    """One line of the examination."""

    state: str
    """`ok`, `warn`, `bad` or `off`."""
    what: str
    words: str


def run(_args: argparse.Namespace) -> int:
    """Prints the findings; status 1 when one is bad."""
    settings = open_registry()
    status = 0
    for check in (_home, _registry, _facts, _inboxes, _dns, _lists, _owners, _data, _clock, _frontend):
        for finding in _safely(check, settings):
            mark = {"ok": "✓", "warn": "!", "bad": "✗", "off": "–"}[finding.state]
            print(f"{mark} {finding.what}: {show.harmless(finding.words)}")
            status = 1 if finding.state == "bad" else status
    return status


def _safely(check: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    try:
        yield from check(settings)
    except (SekishoError, OSError) as error:
        yield Finding("bad", check.__name__.strip("_"), str(error))


def _home(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.home).free
    words = _("{home}, {n} GiB free").format(home=settings.home, n=f"{free / (1 << 30):.1f}")
    yield Finding("ok" if free > LITTLE_DISK else "warn", _("home"), words)
    mode = settings.secret_path.stat().st_mode & 0o777
    if mode & 0o077:
        yield Finding("bad", _("key file"), _("others can read {path}; run: chmod 600 {path}").format(path=settings.secret_path))
    else:
        yield Finding("ok", _("key file"), str(settings.secret_path))


def _registry(settings: Settings) -> Iterator[Finding]:
    from sekisho.registry.deliveries import waiting_count
    from sekisho.registry.models import Domain, Member, Organisation

    words = _("{orgs} organisations, {domains} domains, {people} people, {size} MiB").format(
        orgs=Organisation.objects.count(),
        domains=Domain.objects.count(),
        people=Member.objects.count(),
        size=size_of(settings.registry_path) >> 20,
    )
    yield Finding("ok", _("registry"), words)
    if not Member.objects.exists():
        yield Finding("warn", _("people"), _("nobody can sign in yet; run: sekisho user add you@example.com"))
    waiting = waiting_count()
    yield Finding("ok" if waiting < 10000 else "warn", _("inbox table"), _("{n} deliveries wait").format(n=waiting))


def _facts(settings: Settings) -> Iterator[Finding]:
    try:
        with open_house(settings):
            size = size_of(settings.facts_path) >> 20
            yield Finding("ok", _("facts"), _("{path}, {n} MiB; no server is running").format(path=settings.facts_path, n=size))
    except StoreBusy as error:
        if settings.socket_path.exists():
            control.ask(settings, "judge", {"all": False, "domain": "", "org": ""})
            yield Finding("ok", _("facts"), _("the server has them and answers"))
        else:
            yield Finding("bad", _("facts"), str(error))


def _inboxes(_settings: Settings) -> Iterator[Finding]:
    from sekisho.intake import words
    from sekisho.registry.inboxes import secrets_of
    from sekisho.registry.models import Inbox

    rows = list(Inbox.objects.filter(is_paused=False).order_by("pk"))
    troubled = 0
    for row in rows:
        try:
            secrets_of(row)
            trouble = row.trouble
        except SekishoError:
            trouble = words.SETTINGS
        if trouble:
            troubled += 1
            yield Finding("bad", _("inbox {id}").format(id=row.pk), f"{row.title}: {_(words.trouble(trouble))} {row.said}".strip())
    if rows and not troubled:
        yield Finding("ok", _("inboxes"), _("{n} inboxes, none with trouble").format(n=len(rows)))
    elif not rows:
        yield Finding("off", _("inboxes"), _("none; reports come in by upload or command line only. Add one: sekisho inbox add"))


def _dns(settings: Settings) -> Iterator[Finding]:
    from sekisho.core.questions import Question
    from sekisho.net.dns import Dns, DnsSettings

    with Dns(DnsSettings.from_text(settings.dns_servers)) as dns:
        if dns.is_off:
            yield Finding("off", "DNS", _("switched off by SEKISHO_DNS_SERVERS=off"))
            return
        before = time.monotonic()
        answer = dns.ask_one(Question("example.com", "NS"))
    took = int((time.monotonic() - before) * 1000)
    if answer.failed:
        yield Finding("warn", "DNS", _("no answer; host names stay unknown. Check SEKISHO_DNS_SERVERS or /etc/resolv.conf"))
    else:
        yield Finding("ok", "DNS", _("answers in {n} ms").format(n=took))


LIST_WORDS = {
    "sound": _("works"),
    "no_answer": _("does not answer"),
    "refused": _("refuses to answer us; lists do so where they are asked through a public resolver or too often"),
    "not_a_list": _("is no block list: it lacks the entry that each must have (RFC 5782, 5)"),
    "lists_all": _("lists everything, as closed lists do"),
}


def _lists(settings: Settings) -> Iterator[Finding]:
    from sekisho.enrich.dnsbl import Health, self_test, zones_from
    from sekisho.net.dns import Dns, DnsSettings

    zones = zones_from(settings.listed("dnsbl_zones"))
    what = _("block lists")
    if not zones:
        yield Finding("off", what, _("none is asked; name those you may use in SEKISHO_DNSBL_ZONES"))
        return
    with Dns(DnsSettings.from_text(settings.dns_servers)) as dns:
        if dns.is_off:
            yield Finding("off", what, _("not asked while the DNS is switched off"))
            return
        for state in sorted(dns.ask_many(self_test(zone, int(time.time())) for zone in zones), key=lambda s: s.zone.name):
            words = LIST_WORDS["sound" if state.is_sound else state.v4]
            families = [name for name, health in (("IPv4", state.v4), ("IPv6", state.v6)) if health is Health.SOUND]
            told = f" ({', '.join(families)})" if families else ""
            yield Finding("ok" if state.is_sound else "warn", what, f"{state.zone.name}: {words}{told}")


def _owners(settings: Settings) -> Iterator[Finding]:
    from sekisho.enrich.registries import Registries

    registries = Registries(settings.rdap)
    if registries.is_off:
        yield Finding("off", "RDAP", _("switched off by SEKISHO_RDAP=off; owners of networks stay unknown"))
        return
    try:
        source = registries.reachable()
    except LookupFailed as error:
        words = _("{why}; owners of networks stay unknown. Without the internet set SEKISHO_RDAP=off").format(why=error)
        yield Finding("warn", "RDAP", words)
    else:
        yield Finding("ok", "RDAP", _("knows the registries from {source}").format(source=source))
    finally:
        registries.close()


def _data(settings: Settings) -> Iterator[Finding]:
    from sekisho.enrich.geo import open_geo

    sources = open_geo(settings.listed("geo_paths")).sources()
    if not sources:
        words = _("no data on places and networks; install sekisho-data or set SEKISHO_GEO_PATHS")
        yield Finding("warn", _("places"), words)
    for source in sources:
        yield Finding("ok", _("places"), f"{source.name}, {source.built}")


def _clock(_settings: Settings) -> Iterator[Finding]:
    now = time.time()
    state = "ok" if now > OLDEST_CLOCK else "bad"
    yield Finding(state, _("clock"), time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now)))


def _frontend(_settings: Settings) -> Iterator[Finding]:
    from sekisho.web import assets

    if assets.bundle().scripts:
        yield Finding("ok", _("page files"), _("built"))
    else:
        yield Finding("bad", _("page files"), _("not built; install the wheel, or run: make frontend"))
