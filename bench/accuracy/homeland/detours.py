"""Genuine mail that is passed on: forwarders, lists and gateways of every kind."""

from __future__ import annotations

from bench.accuracy.homeland.kinds import add, kind, passed_on
from bench.accuracy.homeland.operators import MAILBOXES, RELAYS
from bench.accuracy.homeland.town import Home, Sig, Town, workdays

from sekisho.core.terms import Class, Override

FORWARDED = Class.FORWARDED


def _live(home: Home) -> bool:
    return not home.parked


def _signs(home: Home) -> bool:
    return home.signs >= 0.9 and not home.parked


def _unsigned(home: Home) -> bool:
    return home.signs == 0 and not home.parked


def _troubled(home: Home) -> bool:
    return _live(home) and not home.untroubled


def _like(home: Home, share: float):
    """Mail that follows the owner's own in rhythm and size."""
    return workdays(max(1.5, home.volume * share))


# ---- for fitting


@kind(FORWARDED, "fit", suits=_live, times=4)
def mailbox_forwards(town: Town, home: Home) -> None:
    """Users' forwarding at a mailbox provider; a scanner breaks some signatures."""
    name = town.rng.choice(("google", "microsoft", "docomo", "ocn"))
    operator = MAILBOXES[name]
    envelope = town.rng.choice((None, operator.envelope))
    hosts = town.pool(operator, 8)
    add(town, home, "mailbox_forwards", hosts, passed_on(home, envelope, 0.2), _like(home, 0.06))


@kind(FORWARDED, "fit", suits=_live, times=3)
def alumni_forwarder(town: Town, home: Home) -> None:
    """A university forwards for its alumni with SRS; a footer breaks half of the signatures."""
    host = town.host(RELAYS["university"], lists=0.05)
    registrable = host.ptr.partition(".")[2]
    town.spf(registrable, {host.address})
    add(town, home, "alumni_forwarder", [host], passed_on(home, registrable, 0.5), _like(home, 0.03))


@kind(FORWARDED, "fit", suits=_signs, times=3)
def list_with_footer(town: Town, home: Home) -> None:
    """A mailing list that adds a footer and a tag, and leaves the author alone."""
    host = town.host(RELAYS["society"])
    town.spf(host.ptr, {host.address})
    letters = passed_on(home, host.ptr, 1.0, extra=(Sig(host.ptr, "list"),), detour=Override.MAILING_LIST)
    add(town, home, "list_with_footer", [host], letters, _like(home, 0.02))


@kind(FORWARDED, "fit", suits=_signs)
def sourceforge_list(town: Town, home: Home) -> None:
    """A list at a known list host."""
    operator = RELAYS["sourceforge"]
    letters = passed_on(home, operator.envelope, 0.9, extra=(Sig(operator.dkim, "beta"),), detour=Override.MAILING_LIST)
    add(town, home, "sourceforge_list", town.pool(operator, 2), letters, _like(home, 0.015))


@kind(FORWARDED, "fit", suits=_live, times=3)
def gateway_of_recipient(town: Town, home: Home) -> None:
    """A security gateway before Microsoft 365 rewrites links; Microsoft reports the gateway as the source."""
    operator = RELAYS[town.rng.choice(("mimecast", "proofpoint", "securemx"))]
    hosts = town.pool(operator, 3)
    reach = (("Enterprise Outlook", 0.9), ("google.com", 0.1))
    add(town, home, "gateway_of_recipient", hosts, passed_on(home, None, 0.8), _like(home, 0.05), reach=reach)


@kind(FORWARDED, "fit", suits=_signs)
def alias_service(town: Town, home: Home) -> None:
    """A forwarding service with its own return path."""
    operator = RELAYS["forwardemail"]
    letters = passed_on(home, operator.envelope, 0.3, extra=(Sig(operator.dkim, "default"),))
    add(town, home, "alias_service", town.pool(operator, 3), letters, _like(home, 0.02))


@kind(FORWARDED, "fit", hard=True, suits=_unsigned, times=2)
def unsigned_forwarded(town: Town, home: Home) -> None:
    """Mail of a domain without signatures, passed on with its own envelope. Hard: nothing of the author is left."""
    operator = MAILBOXES[town.rng.choice(("so-net", "ocn"))]
    add(town, home, "unsigned_forwarded", town.pool(operator, 4), passed_on(home, None, 0), _like(home, 0.06))


# ---- for testing


@kind(FORWARDED, "test", suits=_live, times=4)
def carrier_forwards(town: Town, home: Home) -> None:
    """Forwarding at other providers, envelope kept or of the user's mailbox."""
    operator = MAILBOXES[town.rng.choice(("yahoo-japan", "biglobe", "icloud", "fastmail", "yahoo"))]
    envelope = town.rng.choice((None, operator.envelope))
    letters = passed_on(home, envelope, town.rng.uniform(0.08, 0.4))
    add(town, home, "carrier_forwards", town.pool(operator, 6), letters, _like(home, 0.06))


@kind(FORWARDED, "test", suits=_signs, times=3)
def google_group(town: Town, home: Home) -> None:
    """A Google group with a footer: Google's hosts, googlegroups.com in envelope and signature."""
    operator = RELAYS["googlegroups"]
    letters = passed_on(home, "googlegroups.com", 1.0, extra=(Sig("googlegroups.com", "20230601"),), detour=Override.MAILING_LIST)
    add(town, home, "google_group", town.pool(operator, 5), letters, _like(home, 0.02))


@kind(FORWARDED, "test", hard=True, suits=lambda h: _troubled(h) and h.signs >= 0.5, times=2)
def list_strips(town: Town, home: Home) -> None:
    """An old list that removes signatures. Hard: unsigned mail of a domain that signs, with a foreign envelope."""
    host = town.host(RELAYS["debian"])
    town.spf("lists.debian.org", {host.address})
    letters = passed_on(home, "lists.debian.org", 0.0, stripped=1.0, detour=Override.MAILING_LIST)
    add(town, home, "list_strips", [host], letters, _like(home, 0.02))


@kind(FORWARDED, "test", hard=True, suits=lambda h: _troubled(h) and h.signs >= 0.5)
def school_list(town: Town, home: Home) -> None:
    """A small list at a school that removes half of the signatures. Hard: nobody knows the host."""
    host = town.host(RELAYS["society"], word=f"alum{town.rng.randrange(9)}")
    town.spf(host.ptr, {host.address})
    letters = passed_on(home, host.ptr, 0.5, stripped=0.5, detour=Override.MAILING_LIST)
    add(town, home, "school_list", [host], letters, _like(home, 0.02))


@kind(FORWARDED, "test", suits=_signs, times=3)
def partner_forwards(town: Town, home: Home) -> None:
    """A partner's mail server passes on to Microsoft 365 with a warning line in each mail; the envelope is kept."""
    host = town.host(RELAYS["partner"])
    add(
        town, home, "partner_forwards", [host], passed_on(home, None, 0.95), _like(home, 0.04), reach=(("Enterprise Outlook", 1.0),)
    )


@kind(FORWARDED, "test", suits=_signs, times=2)
def tenant_forwards(town: Town, home: Home) -> None:
    """A Microsoft 365 tenant passes on with SRS in its own domain."""
    tenant = town.rng.choice(("kogyo-kai.example", "buturyu.example"))
    hosts = town.pool(MAILBOXES["microsoft"], 8)
    town.spf(tenant, set(), town.permits["spf.protection.outlook.com"].rest, "spf.protection.outlook.com")
    letters = passed_on(home, tenant, 0.5, extra=(Sig(tenant.replace(".", "") + ".onmicrosoft.com", "selector2"),))
    add(town, home, "tenant_forwards", hosts, letters, _like(home, 0.03))


@kind(FORWARDED, "test", hard=True, suits=_signs, times=2)
def hobbyist_forwards(town: Town, home: Home) -> None:
    """Somebody's own server at a hoster, on a block list by mistake. Hard: all about the host speaks against it."""
    host = town.host(RELAYS["hobbyist"], lists=0.35)
    add(town, home, "hobbyist_forwards", [host], passed_on(home, None, 0.5), _like(home, 0.012))


@kind(FORWARDED, "test", suits=_signs, times=2)
def gateway_elsewhere(town: Town, home: Home) -> None:
    """Other gateways, some before Google."""
    operator = RELAYS[town.rng.choice(("barracuda", "mailgates"))]
    reach = (("Enterprise Outlook", 0.6), ("google.com", 0.4))
    add(town, home, "gateway_elsewhere", town.pool(operator, 3), passed_on(home, None, 0.7), _like(home, 0.05), reach=reach)


@kind(FORWARDED, "test", suits=_signs, times=2)
def nameless_appliance(town: Town, home: Home) -> None:
    """A hospital's virus scanner without a host name passes on to Microsoft; every signature breaks."""
    host = town.host(RELAYS["hospital"])
    reach = (("Enterprise Outlook", 1.0),)
    add(town, home, "nameless_appliance", [host], passed_on(home, None, 1.0), _like(home, 0.03), reach=reach)


@kind(FORWARDED, "test", suits=_live, times=2)
def improvmx_alias(town: Town, home: Home) -> None:
    """A forwarding service, also for domains that sign nothing."""
    operator = RELAYS["improvmx"]
    letters = passed_on(home, operator.envelope, 0.3)
    add(town, home, "improvmx_alias", town.pool(operator, 3), letters, _like(home, 0.02))


@kind(FORWARDED, "test", suits=_signs, times=2)
def city_forwards(town: Town, home: Home) -> None:
    """A city hall's server passes on with the envelope of its own; a third of the signatures break."""
    host = town.host(RELAYS["city"])
    registrable = host.ptr.partition(".")[2]
    town.spf(registrable, {host.address})
    add(town, home, "city_forwards", [host], passed_on(home, registrable, 0.35), _like(home, 0.02))


@kind(FORWARDED, "test", hard=True, suits=_unsigned)
def cable_forwards_unsigned(town: Town, home: Home) -> None:
    """A cable network that no book knows passes on unsigned mail. Hard: as `unsigned_forwarded`, from nobody."""
    host = town.host(RELAYS["catv"])
    add(town, home, "cable_forwards_unsigned", [host], passed_on(home, None, 0), _like(home, 0.08))


@kind(FORWARDED, "test", suits=_signs)
def academy_by_ipv6(town: Town, home: Home) -> None:
    """A school passes on by IPv6, signatures mostly intact."""
    host = town.host(RELAYS["academy6"])
    add(town, home, "academy_by_ipv6", [host], passed_on(home, None, 0.3), _like(home, 0.03))
