"""Keys, SPF records and gateways of the owners that are not set up right."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.island.carrying import letter_of, signed, size
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Letter, Sign, Stream, failing, through
from bench.accuracy.island.people import among
from bench.accuracy.island.services import SERVICES
from bench.accuracy.island.town import Town

MANY = (
    "sendgrid",
    "mailchimp",
    "zendesk",
    "salesforce",
    "hubspot",
    "mailgun",
    "mailjet",
    "brevo",
    "postmark",
    "shopify",
    "qualtrics",
)
"""One more than SPF looks up."""


@failing
def ipv6_forgotten(town: Town, dice: Dice) -> Iterator[Stream]:
    """The owner's server goes out by IPv6 too, which the SPF record forgot; mail is unsigned."""
    for site in town.pick(dice, 3, 4, lambda site: not any(way.mode == "both" for way in site.ways)):
        address = town.addresses.of(
            ("2001:e42:102::/48", "2401:2500:10a::/48") if site.country == "jp" else ("2a01:4f8:c17::/48",), dice
        )
        host = town.settle(address, f"mail6.{site.domain}", dice)
        yield Stream(site, through([host], Letter(site.domain, site.domain)), 0.4 * size(site), "office", "world")


@failing
def gateway_not_permitted(town: Town, dice: Dice) -> Iterator[Stream]:
    """Some departments' mail runs out by a security gateway that SPF lacks and whose footer breaks the signature."""
    for gateway, where in (
        ("mimecast_eu", "uk"),
        ("mimecast_eu", "de"),
        ("barracuda", "us"),
        ("trend_jp", "jp"),
        ("hennge", "jp"),
        ("trend", "br"),
    ):
        for site in town.pick(dice, 1, 1, among(where)):
            letter = letter_of(town, site, dice)
            spoilt = tuple(sign._replace(state="broken") for sign in letter.signs if sign.domain == site.domain)
            hosts = dice.some(town.farm(gateway), 2, 3)
            yield Stream(site, through(hosts, Letter(site.domain, site.domain, spoilt)), 0.45 * size(site))


@failing
def key_rotation_failed(town: Town, dice: Dice) -> Iterator[Stream]:
    """A new selector was used some days before its key stood in the DNS; envelopes are the service's, so nothing else held."""
    for site in town.pick(dice, 3, 3, lambda site: any(way.mode == "dkim" for way in site.ways)):
        way = next(way for way in site.ways if way.mode == "dkim")
        envelope, own = town.own(way.service, site)
        begin = dice.randint(10, 80)
        signs = (Sign(site.domain, f"k{dice.randint(2, 9)}2026", "no_key"), *(own if way.service.startswith("ses") else ()))
        pairs = through(dice.some(town.farm(way.service), 3, 4), Letter(site.domain, envelope, signs))
        yield Stream(site, pairs, 7.0 * size(site), "steady", days=(begin, begin + 3), heap=4.0)


@failing
def key_cut_in_the_dns(town: Town, dice: Dice) -> Iterator[Stream]:
    """A key was pasted with a piece missing: the second server's signatures never verify, and it is not in SPF."""
    for site in town.pick(dice, 2, 2, lambda site: site.volume > 12):
        selector = f"s{dice.randint(2024, 2026)}"
        town.directory.put(f"{selector}._domainkey.{site.domain}", "TXT", "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEB")
        host = town.machine(site.lines, dice, f"smtp2.{site.domain}", forward=True)
        yield Stream(
            site, through([host], Letter(site.domain, site.domain, (Sign(site.domain, selector, "no_key"),))), 0.5 * size(site)
        )


@failing
def strict_alignment_forgotten(town: Town, dice: Dice) -> Iterator[Stream]:
    """An owner with strict alignment sends newsletters with bounces and signature of a sub-domain."""
    for site in town.pick(dice, 1, 1, lambda site: site.strict):
        name = f"news.{site.domain}"
        town.farm("mailjet")
        town.directory.spf(name, "v=spf1 include:spf.mailjet.com -all")
        letter = Letter(site.domain, name, (signed(town, name, "mailjet"),))
        yield Stream(site, through(town.farm("mailjet")[:3], letter), 0.6, "news", heap=2.0)


@failing
def too_many_lookups(town: Town, dice: Dice) -> Iterator[Stream]:
    """A sub-domain for a campaign includes so many services that SPF gives up, and its server does not sign."""
    for site in town.pick(dice, 2, 3, lambda site: site.volume > 20):
        name = f"info.{site.domain}"
        host = town.machine(site.lines, dice, f"mta.{name}", forward=True)
        for service in MANY:
            town.farm(service)
        names = " ".join(f"include:{SERVICES[service].spf}" for service in MANY)
        town.directory.spf(name, f"v=spf1 {names} ~all")
        yield Stream(site, through([host], Letter(name, name)), 0.4 * size(site), "steady")


@failing
def dns_does_not_answer(town: Town, dice: Dice) -> Iterator[Stream]:
    """A branch's sub-domain stands in a zone whose servers are dead: SPF ends in an error, and there is no signature."""
    for site in town.pick(dice, 2, 2, lambda site: site.country != "jp"):
        name = f"branch.{site.domain}"
        town.directory.put(name, "SERVFAIL", "")
        host = town.machine(site.lines, dice)
        yield Stream(site, through([host], Letter(name, name)), 0.4, "office")


@failing
def headers_changed_by_the_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """Proper mail with the service's bounces whose signature came broken, by headers that a relay of the service changed.

    Hard: the source is the owner's proper one, and all of its other mail passes.
    """
    for site in town.pick(dice, 4, 5, lambda site: any(way.mode == "dkim" for way in site.ways)):
        way = next(way for way in site.ways if way.mode == "dkim")
        letter = next(letter for letter in town.letters[site.domain] if letter.envelope != site.domain and letter.signs)
        yield Stream(site, through(town.farm(way.service)[:4], letter), 0.12, "rare", breaks=1.0)


@failing
def key_not_answered(town: Town, dice: Dice) -> Iterator[Stream]:
    """Proper mail with the service's bounces, on days on which the name servers of the owner were slow to give the key.

    Hard: the source is the owner's proper one, and the fault passes by itself.
    """
    for site in town.pick(dice, 4, 5, lambda site: any(way.mode == "dkim" for way in site.ways)):
        way = next(way for way in site.ways if way.mode == "dkim")
        letter = next(letter for letter in town.letters[site.domain] if letter.envelope != site.domain and letter.signs)
        signs = tuple(sign._replace(state="unanswered") if sign.domain == site.domain else sign for sign in letter.signs)
        pairs = through(town.farm(way.service)[:4], letter._replace(signs=signs))
        yield Stream(site, pairs, 0.14, "waves")
