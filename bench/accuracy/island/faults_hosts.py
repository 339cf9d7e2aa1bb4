"""Hosts and lines of the owners that send without SPF and DKIM knowing of them."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.island.carrying import LOCAL, cloud, domain, size
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Host, Letter, Stream, failing, through
from bench.accuracy.island.people import lacks, uses
from bench.accuracy.island.services import HOSTERS
from bench.accuracy.island.town import Town


@failing
def website_on_shared_hosting(town: Town, dice: Dice) -> Iterator[Stream]:
    """WordPress forms and shop notices by the web server's own mailer: the envelope is the hosting account, nothing is signed."""
    for site in town.pick(dice, 9, 12, lacks(*HOSTERS)):
        hoster = dice.choice(LOCAL[site.country])
        host = dice.choice(town.farm(hoster))
        envelope = host.helo if dice.happens(0.6) else site.domain
        if envelope != site.domain:
            town.directory.spf(envelope, "v=spf1 a ~all" if dice.happens(0.5) else f"v=spf1 ip4:{host.address} -all")
        yield Stream(site, through([host], Letter(site.domain, envelope)), 0.22 * size(site), "steady")


@failing
def forgotten_server(town: Town, dice: Dice) -> Iterator[Stream]:
    """An old server in the office or at a hoster, with a name below the owner's domain, in no SPF record."""
    for site in town.pick(dice, 4, 6):
        net = site.lines if dice.happens(0.5) else cloud(site, dice)
        host = town.machine(
            net, dice, f"{dice.choice(('old', 'ns1', 'www2', 'sv1', 'apps'))}.{site.domain}", forward=dice.happens(0.8)
        )
        yield Stream(site, through([host], Letter(site.domain, site.domain)), 0.35 * size(site), "steady")


@failing
def unsigned_cloud_machine(town: Town, dice: Dice) -> Iterator[Stream]:
    """A department's application on a rented machine sends by itself, by the cloud's default name.

    Hard: a spoofer's rented machine looks the same at first; steadiness and the receivers tell.
    """
    for site in town.pick(dice, 4, 5, lambda site: site.volume > 12):
        host = town.machine(cloud(site, dice), dice)
        yield Stream(site, through([host], Letter(site.domain, site.domain)), 0.22 * size(site), "steady")


@failing
def office_machines(town: Town, dice: Dice) -> Iterator[Stream]:
    """Scanners, telephone exchanges and door bells send straight from the office line, by the router's address."""
    for site in town.pick(dice, 5, 7, lambda site: site.policy == "none"):
        host = Host(town.line(site).address, dice.choice((f"mfp.{site.domain}", "localhost.localdomain", "BRN3C2AF4")))
        yield Stream(site, through([host], Letter(site.domain, site.domain)), 0.3)


@failing
def cron_of_a_subdomain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Root's mails of a Linux server: From and envelope are root@host.domain, which has no SPF record."""
    for site in town.pick(dice, 4, 5):
        name = f"{dice.choice(('web01', 'db', 'backup', 'monitor', 'git'))}.{site.domain}"
        host = town.machine(
            cloud(site, dice) if dice.happens(0.5) else site.lines, dice, name if dice.happens(0.6) else "", helo=name
        )
        town.directory.leads(name, host.address)
        yield Stream(site, through([host], Letter(name, name)), 0.3, "steady", "companies")


@failing
def old_hoster_still_sends(town: Town, dice: Dice) -> Iterator[Stream]:
    """The owner has moved its mail; some programs still send by the old hoster, which SPF has lost."""
    for site in town.pick(dice, 3, 4, lacks(*HOSTERS)):
        hosts = dice.sample(town.farm(dice.choice(LOCAL[site.country])), 2)
        end = dice.randint(30, 90)
        yield Stream(site, through(hosts, Letter(site.domain, site.domain)), 0.5 * size(site), days=(0, end))


@failing
def absence_notes(town: Town, dice: Dice) -> Iterator[Stream]:
    """Absence notes and receipts with the null sender from hosts whose own name is not the owner's, unsigned."""
    for site in town.pick(dice, 9, 12, uses(*HOSTERS, "proofpoint", "hornet", "iphmx", "securemx")):
        service = next(way.service for way in site.ways if way.service in {*HOSTERS, "proofpoint", "hornet", "iphmx", "securemx"})
        hosts = dice.some(town.farm(service), 2, 3)
        yield Stream(site, through(hosts, Letter(site.domain, "")), 0.16 * size(site), "steady")


@failing
def bounces_of_an_own_server(town: Town, dice: Dice) -> Iterator[Stream]:
    """The postmaster's bounces from a server whose name has no SPF record, to senders that were often forged."""
    for site in town.pick(dice, 3, 5, uses("own")):
        host = town.machine(site.lines, dice, f"gw.{dice.choice((site.domain, domain(dice, 'co.jp', 'fr', 'com')))}", forward=True)
        yield Stream(site, through([host], Letter(site.domain, "")), 0.2, "steady", "world")
