"""Failures of the owner's own: genuine mail, set up wrong."""

from __future__ import annotations

from bench.accuracy.homeland.kinds import add, kind, signed
from bench.accuracy.homeland.operators import HOSTERS, LINES, MAILBOXES, SERVICES
from bench.accuracy.homeland.town import DAYS, Home, Letter, Sig, Town, workdays

from sekisho.core.terms import Class

FAILING = Class.FAILING


def _live(home: Home) -> bool:
    return not home.parked


def _own(home: Home) -> bool:
    return home.office == "own" and not home.parked


def _signs(home: Home) -> bool:
    return home.signs >= 0.9 and not home.parked


def _prefix(home: Home) -> str:
    return home.hosts[0][1].address.rpartition(".")[0]


def _half_set_up(town: Town, home: Home, name: str, service: str, rate: float, start: int = 0, mended: int = DAYS) -> None:
    """A service that signs only for itself; from `mended` on it is set up."""
    operator = SERVICES[service]
    hosts = town.pool(operator, 4)
    own = (Sig(operator.dkim, "s1"),) if operator.dkim else ()
    envelope = town.envelope(operator, hosts[0][1])
    author = home.domain if town.rng.random() < 0.6 else f"info.{home.domain}"
    town.publish(author, "A", "203.0.113.82")
    letters = [Letter(1.0, author, envelope, own, days=(0, mended))]
    if mended < DAYS:
        town.key(home.domain, "sv1")
        letters.append(Letter(1.0, author, envelope, (Sig(home.domain, "sv1"), *own), days=(mended, DAYS)))
    add(town, home, name, hosts, letters, workdays(rate * (2 if mended < DAYS else 1), 0.5, start))


# ---- for fitting


@kind(FAILING, "fit", suits=lambda h: bool(h.services))
def esp_subaccount_unaligned(town: Town, home: Home) -> None:
    """A department's account at a service that the domain uses and set up elsewhere."""
    _half_set_up(town, home, "esp_subaccount_unaligned", home.services[0], 12)


@kind(FAILING, "fit", hard=True, suits=_live, times=3)
def esp_never_set_up(town: Town, home: Home) -> None:
    """A service the domain was never set up at. Hard: a stranger with an account there looks the same."""
    unused = [s for s in ("sendgrid", "amazon-ses", "mailchimp", "cuenote", "zendesk", "salesforce") if s not in home.services]
    _half_set_up(town, home, "esp_never_set_up", town.rng.choice(unused), 9)


@kind(FAILING, "fit", suits=_live)
def esp_switched_on(town: Town, home: Home) -> None:
    """A new service in mid-window whose DKIM is switched on two weeks later."""
    start = town.rng.randrange(25, 50)
    unused = [s for s in ("amazon-ses", "zendesk", "salesforce", "mailchimp") if s not in home.services]
    _half_set_up(town, home, "esp_switched_on", town.rng.choice(unused), 10, start, start + 14)


@kind(FAILING, "fit", suits=_own)
def own_server_unlisted(town: Town, home: Home) -> None:
    """A server of the company with a proper name, unsigned and not in SPF."""
    host = town.named(f"{town.own_range()}.9", f"app.{home.domain}")
    envelope = town.rng.choice((home.domain, f"app.{home.domain}"))
    add(town, home, "own_server_unlisted", [host], [Letter(1.0, home.domain, envelope)], workdays(8))


@kind(FAILING, "fit", suits=_own)
def own_server_next_door(town: Town, home: Home) -> None:
    """A machine without a name in the company's own network."""
    host = town.named(f"{_prefix(home)}.{town.rng.randrange(100, 200)}", "")
    add(town, home, "own_server_next_door", [host], [Letter(1.0, home.domain, home.domain)], workdays(5, 0.8))


@kind(FAILING, "fit", hard=True, suits=_live)
def cloud_server_forgotten(town: Town, home: Home) -> None:
    """A web server rented at AWS and forgotten. Hard: only its small, steady mail tells it from an invaded one."""
    host = town.host(HOSTERS["aws"])
    add(town, home, "cloud_server_forgotten", [host], [Letter(1.0, home.domain, home.domain)], workdays(2.5, 0.9))


@kind(FAILING, "fit", hard=True, suits=_live)
def office_printer(town: Town, home: Home) -> None:
    """A branch's printer on its own line. Hard: the line is like a botnet's; it is steady, few, to the same receivers."""
    host = town.host(LINES["flets"])
    add(town, home, "office_printer", [host], [Letter(1.0, home.domain, home.domain)], workdays(3, 0.0))


@kind(FAILING, "fit", suits=lambda h: _signs(h) and bool(h.services))
def key_rotated_late(town: Town, home: Home) -> None:
    """A service rotates its key; two days pass until the new one is published."""
    operator = SERVICES[home.services[0]]
    day = town.rng.randrange(30, 70)
    hosts = town.pool(operator, 4)
    town.key(home.domain, "rot2026b")
    envelope = town.envelope(operator, hosts[0][1])
    letters = [
        Letter(1.0, home.domain, envelope, (Sig(home.domain, "rot2026b", "nokey"),), days=(day, day + 2)),
        Letter(1.0, home.domain, envelope, (Sig(home.domain, "rot2026b"),), days=(day + 2, DAYS)),
    ]
    add(town, home, "key_rotated_late", hosts, letters, workdays(25, 0.5, day))


@kind(FAILING, "fit", suits=lambda h: _own(h) and _signs(h))
def own_signature_spoilt(town: Town, home: Home) -> None:
    """An own host that signs and then lets a filter change the body, with a return path of another domain."""
    letters = [
        Letter(0.15, home.domain, f"bounce.{home.domain}-mail.example", (Sig(home.domain, home.selector, "broken"),)),
        Letter(0.85, home.domain, home.domain, signed(home)),
    ]
    add(town, home, "own_signature_spoilt", home.hosts[:1], letters, workdays(20))


@kind(FAILING, "fit", suits=lambda h: _live(h) and h.office == "own")
def workspace_unset(town: Town, home: Home) -> None:
    """People write by Google Workspace, which was never entered: only Google's substitute signature is there."""
    tenant = home.domain.replace(".", "-") + ".20230601.gappssmtp.com"
    letters = [Letter(1.0, home.domain, home.domain, (Sig(tenant, "20230601"),))]
    add(town, home, "workspace_unset", town.pool(MAILBOXES["google"], 8), letters, workdays(9))


# ---- for testing


@kind(FAILING, "test", suits=lambda h: _live(h) and not h.services)
def service_return_path(town: Town, home: Home) -> None:
    """A service without DKIM of its own that sends with its own return path, only."""
    _half_set_up(town, home, "service_return_path", "spiral", 10)


@kind(FAILING, "test", hard=True, suits=_live)
def unknown_service(town: Town, home: Home) -> None:
    """A small local service that no book knows, not set up. Hard: it is a foreign host with foreign marks."""
    name = town.rng.choice(("letterworks", "kawaraban"))
    _half_set_up(town, home, "unknown_service", name, 8)


@kind(FAILING, "test", suits=_live)
def unknown_service_mended(town: Town, home: Home) -> None:
    """An unknown service whose DKIM the owner switches on in the end."""
    _half_set_up(town, home, "unknown_service_mended", "letterworks", 6, 20, 45)


@kind(FAILING, "test", suits=lambda h: bool(h.services))
def second_account(town: Town, home: Home) -> None:
    """Another account at a service in use."""
    _half_set_up(town, home, "second_account", home.services[-1], 10)


@kind(FAILING, "test", hard=True, suits=_live, times=3)
def new_saas(town: Town, home: Home) -> None:
    """A new service that nobody told the mail people of. Hard: as `esp_never_set_up`."""
    unused = [s for s in ("mailgun", "hubspot", "freshdesk", "blastengine", "shopify", "spiral") if s not in home.services]
    _half_set_up(town, home, "new_saas", town.rng.choice(unused), 9, town.rng.randrange(0, 60))


@kind(FAILING, "test", suits=_own)
def spf_broke(town: Town, home: Home) -> None:
    """An own host, unsigned, after a change that made the SPF record of its sub-domain void."""
    name = f"kanri.{home.domain}"
    host = town.named(f"{town.own_range()}.31", town.rng.choice((f"kanri.{home.domain}", "")))
    town.spf(name, {host.address}).breaks = town.rng.randrange(40, 70)
    town.publish(name, "A", host.address)
    add(town, home, "spf_broke", [host], [Letter(1.0, name, name)], workdays(9))


@kind(FAILING, "test", hard=True, suits=_own)
def own_host_by_ipv6(town: Town, home: Home) -> None:
    """An own mail server begins to use IPv6, which SPF and the reverse tree do not know. Hard: a bare address."""
    six = town.named(f"2001:{town.rng.randrange(0x300, 0x3FF):x}:{town.rng.randrange(1, 0xFFFF):x}::25", "")
    share = 0.12 if home.signs >= 0.5 else 1.0
    letters = [Letter(1 - share, home.domain, home.domain, signed(home)), Letter(share, home.domain, home.domain)]
    add(town, home, "own_host_by_ipv6", [six], letters[-1:] if share == 1.0 else letters, workdays(12, 0.25, 30))


@kind(FAILING, "test", suits=_own)
def moved_address(town: Town, home: Home) -> None:
    """The mail server's NAT gives it the neighbouring address for a week."""
    host = town.named(f"{_prefix(home)}.{town.rng.randrange(201, 250)}", "")
    day = town.rng.randrange(20, 80)
    letters = [Letter(1.0, home.domain, home.domain, signed(home, "broken" if town.rng.random() < 0.3 else "ok"))]
    letters = [Letter(1.0, home.domain, home.domain)]
    add(town, home, "moved_address", [host], letters, workdays(30, 0.25, day, day + 7))


@kind(FAILING, "test", hard=True, suits=_live)
def agency_sends(town: Town, home: Home) -> None:
    """An advertising agency writes in the owner's name from its own server. Hard: proper, foreign, and wanted."""
    operator_host = town.named(f"{town.own_range()}.4", "mail.dairi-ten.example")
    town.spf("dairi-ten.example", {operator_host.address})
    letters = [Letter(1.0, home.domain, "dairi-ten.example", (Sig("dairi-ten.example", "k1"),))]
    add(town, home, "agency_sends", [operator_host], letters, workdays(4, 0.1))


@kind(FAILING, "test", hard=True, suits=_live)
def shared_hosting_site(town: Town, home: Home) -> None:
    """The owner's web site on shared hosting sends its forms. Hard: neighbours on the host could, too."""
    hosts = town.pool(MAILBOXES["lolipop"], 2)[:1]
    letters = [Letter(1.0, home.domain, town.envelope(MAILBOXES["lolipop"], hosts[0][1]))]
    add(town, home, "shared_hosting_site", hosts, letters, workdays(2.5, 0.8))


@kind(FAILING, "test", suits=lambda h: _live(h) and h.office == "own")
def microsoft_unset(town: Town, home: Home) -> None:
    """A subsidiary writes by Microsoft 365 under the domain, which was never entered there."""
    tenant = home.domain.partition(".")[0] + ".onmicrosoft.com"
    letters = [Letter(1.0, home.domain, home.domain, (Sig(tenant, "selector1-" + tenant.replace(".", "-")),))]
    add(town, home, "microsoft_unset", town.pool(MAILBOXES["microsoft"], 8), letters, workdays(8))


@kind(FAILING, "test", suits=_own)
def monitoring_host(town: Town, home: Home) -> None:
    """A watch-dog that writes as root@ its own host name, under a name that is not in the DNS any more."""
    host = town.named(f"{_prefix(home)}.77", f"zabbix.{home.domain}")
    add(town, home, "monitoring_host", [host], [Letter(1.0, f"zabbix.{home.domain}", f"zabbix.{home.domain}")], workdays(6, 1.0))


@kind(FAILING, "test", suits=lambda h: _own(h) and _signs(h), times=1)
def exact_domain_asked(town: Town, home: Home) -> None:
    """A sub-domain's mail, signed for the domain, under a policy that asks for the exact name."""
    home.strict = True
    name = f"order.{home.domain}"
    town.publish(name, "A", "203.0.113.83")
    add(town, home, "exact_domain_asked", home.hosts[:1], [Letter(1.0, name, home.domain, signed(home))], workdays(12))
