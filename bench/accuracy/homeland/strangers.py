"""Spoofers of every kind."""

from __future__ import annotations

from bench.accuracy.homeland.kinds import add, kind
from bench.accuracy.homeland.operators import HOSTERS, LINES, MAILBOXES, RELAYS, SERVICES
from bench.accuracy.homeland.town import Home, Host, Letter, Sig, Town, on_days, workdays

from sekisho.core.terms import Class

SPOOF = Class.SPOOF


def _troubled(home: Home) -> bool:
    return not home.untroubled


def _live(home: Home) -> bool:
    return not home.untroubled and not home.parked


def _signs(home: Home) -> bool:
    return home.signs >= 0.9 and _live(home)


def _lines(town: Town, names: tuple[str, ...], number: int, lists: float) -> list[Host]:
    return [town.host(LINES[town.rng.choice(names)], lists=lists) for _ in range(number)]


def _burst(town: Town, mean: float, length: int):
    start = town.rng.randrange(5, 85 - length)
    return on_days(mean, frozenset(range(start, start + length)))


# ---- for fitting


@kind(SPOOF, "fit", suits=_troubled, times=6)
def botnet_dialup(town: Town, home: Home) -> None:
    """A botnet on home lines, a few mails a day from anywhere, envelope forged too."""
    hosts = _lines(town, ("vn", "br", "in", "tr", "jp"), 40, 0.5)
    add(town, home, "botnet_dialup", hosts, [Letter(1.0, home.domain, home.domain)], workdays(6, 1.0))


@kind(SPOOF, "fit", suits=_troubled, times=3)
def rented_burst(town: Town, home: Home) -> None:
    """A campaign from rented servers with a domain of the sender's own for the envelope."""
    hosts = [town.host(HOSTERS[town.rng.choice(("hetzner", "contabo", "nameless"))], lists=0.4) for _ in range(4)]
    bulk = f"kampagne{town.rng.randrange(100)}.example"
    town.spf(bulk, {h.address for h in hosts})
    sigs = (Sig(bulk, "mail"),) if town.rng.random() < 0.6 else ()
    add(town, home, "rented_burst", hosts, [Letter(1.0, home.domain, bulk, sigs)], _burst(town, 120, 4))


@kind(SPOOF, "fit", suits=_live, times=3)
def invaded_site(town: Town, home: Home) -> None:
    """Invaded web servers that send as www-data, a few a day."""
    hosts = [town.host(HOSTERS[town.rng.choice(("ovh", "webfarm", "hetzner"))], lists=0.25) for _ in range(5)]
    letters = [Letter(0.5, home.domain, hosts[0].ptr or "web.example"), Letter(0.5, home.domain, home.domain)]
    add(town, home, "invaded_site", hosts, letters, workdays(4, 1.0, town.rng.randrange(0, 40)))


@kind(SPOOF, "fit", suits=_signs, times=2)
def made_up_key(town: Town, home: Home) -> None:
    """Servers that sign with a key that the domain does not have."""
    hosts = [town.host(HOSTERS["nameless"], lists=0.3) for _ in range(3)]
    letters = [Letter(1.0, home.domain, home.domain, (Sig(home.domain, "default", "nokey"),))]
    add(town, home, "made_up_key", hosts, letters, workdays(5, 0.8, 15))


@kind(SPOOF, "fit", hard=True, suits=_live, times=2)
def same_service_stranger(town: Town, home: Home) -> None:
    """A stranger with an account at a delivery service. Hard: as a department's own account; but sudden and short."""
    operator = SERVICES["sendgrid"]
    hosts = town.pool(operator, 4)
    letters = [Letter(1.0, home.domain, town.envelope(operator, hosts[1][1]), (Sig(operator.dkim, "s1"),))]
    add(town, home, "same_service_stranger", hosts[1:2], letters, _burst(town, 90, 3))


@kind(SPOOF, "fit", hard=True, suits=_live, times=2)
def freemail_stranger(town: Town, home: Home) -> None:
    """Somebody writes by a free mailbox with another author. Hard: forwarding comes from the same hosts."""
    operator = MAILBOXES["google"]
    letters = [Letter(1.0, home.domain, "gmail.com", (Sig("gmail.com", "20230601"),))]
    add(town, home, "freemail_stranger", town.pool(operator, 8), letters, _burst(town, 25, 6))


@kind(SPOOF, "fit", hard=True, suits=_signs, times=2)
def spoof_passed_on(town: Town, home: Home) -> None:
    """A botnet's mail that a forwarder passes on. Hard: the host is a forwarder's; only the signature is missing."""
    operator = MAILBOXES[town.rng.choice(("ocn", "docomo"))]
    letters = [Letter(1.0, home.domain, town.rng.choice((operator.envelope, home.domain)))]
    add(town, home, "spoof_passed_on", town.pool(operator, 8), letters, workdays(0.6, 1.0))


@kind(SPOOF, "fit", suits=_live, times=2)
def made_up_subdomain(town: Town, home: Home) -> None:
    """Mail from sub-domains that do not exist."""
    hosts = _lines(town, ("in", "vn", "br"), 15, 0.4)
    names = [f"{word}.{home.domain}" for word in ("secure", "account", "billing")]
    add(town, home, "made_up_subdomain", hosts, [Letter(1.0, name, name) for name in names], workdays(3, 1.0))


# ---- for testing


@kind(SPOOF, "test", suits=_troubled, times=6)
def botnet_elsewhere(town: Town, home: Home) -> None:
    """Another botnet, with random envelopes."""
    hosts = _lines(town, ("mx", "id", "us", "pl"), 40, 0.45)
    letters = [Letter(0.6, home.domain, home.domain), Letter(0.4, home.domain, f"x{town.rng.randrange(1000)}.example")]
    add(town, home, "botnet_elsewhere", hosts, letters, workdays(6, 1.0))


@kind(SPOOF, "test", suits=_signs, times=2, hard=True)
def replayed_signature(town: Town, home: Home) -> None:
    """A real mail's signature pasted under another body, from bots. Hard: a broken, real key, as forwarding leaves."""
    hosts = _lines(town, ("mx", "id", "pl"), 12, 0.5)
    letters = [Letter(1.0, home.domain, home.domain, (Sig(home.domain, home.selector, "broken"),))]
    add(town, home, "replayed_signature", hosts, letters, _burst(town, 30, 8))


@kind(SPOOF, "test", hard=True, suits=_live, times=2)
def invaded_tenant(town: Town, home: Home) -> None:
    """An invaded Microsoft 365 tenant of others. Hard: as a subsidiary's, but sudden."""
    letters = [Letter(1.0, home.domain, "nusumare.example", (Sig("nusumare.onmicrosoft.com", "selector1"),))]
    hosts = town.pool(MAILBOXES["microsoft"], 8)
    town.spf("nusumare.example", set(), town.permits["spf.protection.outlook.com"].rest, "spf.protection.outlook.com")
    add(town, home, "invaded_tenant", hosts, letters, _burst(town, 60, 3))


@kind(SPOOF, "test", hard=True, suits=_live)
def invaded_mailbox(town: Town, home: Home) -> None:
    """A stolen mailbox at a small company's proper server. Hard: a good host, good marks, all of somebody else."""
    host = town.named(f"{town.own_range()}.7", "mail.machi-koba.example")
    town.spf("machi-koba.example", {host.address})
    letters = [Letter(1.0, home.domain, "machi-koba.example", (Sig("machi-koba.example", "dk1"),))]
    add(town, home, "invaded_mailbox", [host], letters, _burst(town, 80, 3))


@kind(SPOOF, "test", suits=_troubled, times=3)
def snowshoe_ipv6(town: Town, home: Home) -> None:
    """Many IPv6 addresses of a hoster, each a little."""
    hosts = [town.host(HOSTERS["snow6"], lists=0.1) for _ in range(20)]
    bulk = f"snow{town.rng.randrange(100)}.example"
    town.spf(bulk, {h.address for h in hosts})
    add(town, home, "snowshoe_ipv6", hosts, [Letter(1.0, home.domain, bulk, (Sig(bulk, "s"),))], _burst(town, 60, 10))


@kind(SPOOF, "test", suits=_live, times=3)
def lying_name(town: Town, home: Home) -> None:
    """Hosts whose reverse name claims to be Google's or the owner's."""
    names = ("mail-ej1-f41.google.com", f"mail.{home.domain}", "mx1.securemx.jp")
    hosts = [town.host(HOSTERS["bulletproof"], lists=0.3, ptr=town.rng.choice(names)) for _ in range(4)]
    add(town, home, "lying_name", hosts, [Letter(1.0, home.domain, home.domain)], workdays(5, 1.0, 20))


@kind(SPOOF, "test", suits=_live, times=2)
def rented_steady(town: Town, home: Home) -> None:
    """Rented servers that send a little for weeks, proper in all but the author."""
    hosts = [town.host(HOSTERS[town.rng.choice(("vultr", "sakura-vps", "bulletproof"))], lists=0.3) for _ in range(4)]
    bulk = f"tayori{town.rng.randrange(100)}.example"
    town.spf(bulk, {h.address for h in hosts})
    add(town, home, "rented_steady", hosts, [Letter(1.0, home.domain, bulk, (Sig(bulk, "dkim"),))], workdays(9, 0.9, 30))


@kind(SPOOF, "test", hard=True, suits=_live)
def hosting_neighbour(town: Town, home: Home) -> None:
    """A neighbour on shared hosting. Hard: the same host as `shared_hosting_site`, but sudden."""
    hosts = town.pool(MAILBOXES["lolipop"], 2)[:1]
    letters = [Letter(1.0, home.domain, town.envelope(MAILBOXES["lolipop"], hosts[0][1]))]
    add(town, home, "hosting_neighbour", hosts, letters, _burst(town, 90, 3))


@kind(SPOOF, "test", suits=_live, times=2)
def invaded_cpanel(town: Town, home: Home) -> None:
    """Accounts on big shared web servers abroad."""
    hosts = [town.host(HOSTERS["cpanel"], lists=0.2) for _ in range(4)]
    letters = [Letter(1.0, home.domain, hosts[0].ptr)]
    town.spf(hosts[0].ptr, {h.address for h in hosts})
    add(town, home, "invaded_cpanel", hosts, letters, workdays(6, 1.0, 40, 75))


@kind(SPOOF, "test", hard=True, suits=_live, times=2)
def few_and_aimed(town: Town, home: Home) -> None:
    """A handful of mails to one receiver. Hard: hardly anything to go by."""
    host = town.host(HOSTERS["vultr"])
    letters = [Letter(1.0, home.domain, "kaikei-jimu.example", (Sig("kaikei-jimu.example", "s1"),))]
    town.spf("kaikei-jimu.example", {host.address})
    add(town, home, "few_and_aimed", [host], letters, _burst(town, 2, 5), reach=(("Enterprise Outlook", 1.0),))


@kind(SPOOF, "test", hard=True, suits=_signs, times=2)
def spoof_by_detour(town: Town, home: Home) -> None:
    """Forged mail that a school or provider passes on among the genuine. Hard: as `spoof_passed_on`."""
    operator = MAILBOXES["biglobe"]
    letters = [Letter(1.0, home.domain, town.rng.choice((operator.envelope, home.domain)))]
    add(town, home, "spoof_by_detour", town.pool(operator, 6), letters, workdays(0.6, 1.0))


@kind(SPOOF, "test", suits=_live, times=2)
def mobile_lines(town: Town, home: Home) -> None:
    """Phones behind a carrier's NAT that send bulk mail."""
    hosts = _lines(town, ("cgnat",), 6, 0.2)
    add(town, home, "mobile_lines", hosts, [Letter(1.0, home.domain, home.domain)], _burst(town, 40, 12))


@kind(SPOOF, "test", suits=_signs, times=2)
def guessed_key(town: Town, home: Home) -> None:
    """Bots that sign with a guessed key name."""
    hosts = _lines(town, ("id", "us"), 10, 0.4)
    letters = [Letter(1.0, home.domain, home.domain, (Sig(home.domain, "k1", "nokey"),))]
    add(town, home, "guessed_key", hosts, letters, workdays(4, 1.0, 10))


@kind(SPOOF, "test", hard=True, suits=_live)
def open_relay(town: Town, home: Home) -> None:
    """An old open relay of a city hall. Hard: its kind of host forwards."""
    host = town.host(RELAYS["city"], lists=0.5, word="furui")
    letters = [Letter(0.5, home.domain, home.domain), Letter(0.5, home.domain, f"spam{town.rng.randrange(99)}.example")]
    add(town, home, "open_relay", [host], letters, _burst(town, 150, 4))
