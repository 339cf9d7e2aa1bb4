"""Gateways in front of a receiver's mailboxes at Google or Microsoft: the mailbox host sees the gateway, and reports it."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.island.carrying import FORWARD, carry, domain, mailers
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Host, Stream, forwarded
from bench.accuracy.island.town import Town


def _inbound(
    town: Town, dice: Dice, hosts: list[Host], rate: float, breaks: float, low: int, high: int, *countries: str
) -> Iterator[Stream]:
    """Mail through a gateway to companies' mailboxes in the cloud."""
    for site in town.carried(dice, low, high, lambda site: not countries or site.country in countries):
        yield from carry(town, site, hosts, rate, breaks=breaks, audience="hosted")


@forwarded
def mimecast_inbound(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mimecast before mailboxes in the cloud; links are rewritten for some customers, which breaks signatures."""
    yield from _inbound(town, dice, town.farm("mimecast"), 0.22, 0.6, 7, 10)
    yield from _inbound(town, dice, town.farm("mimecast_eu"), 0.22, 0.6, 4, 6, "de", "fr", "uk", "ng")


@forwarded
def proofpoint_inbound(town: Town, dice: Dice) -> Iterator[Stream]:
    """Proofpoint before mailboxes in the cloud, with links rewritten."""
    yield from _inbound(town, dice, town.farm("proofpoint"), 0.24, 0.75, 10, 14)


@forwarded
def barracuda_inbound(town: Town, dice: Dice) -> Iterator[Stream]:
    """Barracuda's mail protection before mailboxes in the cloud; a tag for mail from outside."""
    yield from _inbound(town, dice, town.farm("barracuda"), 0.18, 0.4, 7, 10)


@forwarded
def hornet_inbound(town: Town, dice: Dice) -> Iterator[Stream]:
    """Hornetsecurity before a German company's tenant; mail mostly left whole."""
    yield from _inbound(town, dice, town.farm("hornet"), 0.35, 0.12, 3, 4, "de", "fr", "uk")


@forwarded
def trend_micro_inbound(town: Town, dice: Dice) -> Iterator[Stream]:
    """Trend Micro Email Security before tenants, in Japan by its Japanese hosts."""
    yield from _inbound(town, dice, town.farm("trend"), 0.12, 0.3, 4, 6)
    yield from _inbound(town, dice, town.farm("trend_jp"), 0.24, 0.3, 8, 11, "jp")


@forwarded
def securemx_inbound(town: Town, dice: Dice) -> Iterator[Stream]:
    """IIJ SecureMX before a Japanese company's tenant; attachments are taken out for some."""
    yield from _inbound(town, dice, town.farm("securemx"), 0.26, 0.3, 9, 12, "jp")


@forwarded
def appliance_inbound(town: Town, dice: Dice) -> Iterator[Stream]:
    """A company's appliance (GUARDIANWALL, m-FILTER, Cisco) makes attachments harmless and hands over to its tenant."""
    for net in ("ocn_fixed", "usen", "nuro"):
        hosts = mailers(town, dice, net, domain(dice, "co.jp"), dice.randint(1, 2))
        yield from _inbound(town, dice, hosts, 0.2, 0.7, 4, 7, "jp")


@forwarded
def hybrid_exchange(town: Town, dice: Dice) -> Iterator[Stream]:
    """A company's own Exchange takes mail and passes on to mailboxes that have moved to the cloud already."""
    for net in ("dtag_fixed", "comcast_biz", "embratel", "airtel", "bt"):
        hosts = mailers(town, dice, net, domain(dice, "com", "de", "com.br", "in"), 1)
        yield from _inbound(town, dice, hosts, 0.16, 0.15, 3, 6)


@forwarded
def backup_mx(town: Town, dice: Dice) -> Iterator[Stream]:
    """The second mail host of a receiver's domain, at its provider, hands over what came while the first was down."""
    for net in ("hetzner", "sakura_vps"):
        hosts = [town.machine(net, dice, f"mx2.{domain(dice, 'net', 'jp', 'de')}", forward=True)]
        for site in town.carried(dice, 6, 9):
            yield from carry(town, site, hosts, 0.12, breaks=0.02, rhythm="waves", audience="companies")


@forwarded
def receiver_in_migration(town: Town, dice: Dice) -> Iterator[Stream]:
    """A receiver moves to another mail service; for some weeks its old hoster delivers all to the new one."""
    for hoster in ("kagoya", "ionos_web", "godaddy", "xserver"):
        begin = dice.randint(5, 60)
        for site in town.carried(dice, 5, 8):
            hosts = town.farm(hoster)[:3]
            yield from carry(town, site, hosts, 0.3, breaks=0.03, touch=FORWARD, audience="companies", days=(begin, begin + 24))


@forwarded
def archive_copy(town: Town, dice: Dice) -> Iterator[Stream]:
    """A receiver's gateway sends a second copy to a hosted archive or to a colleague's outside mailbox."""
    for gateway in ("iphmx", "messagelabs"):
        for site in town.carried(dice, 5, 8):
            yield from carry(town, site, town.farm(gateway), 0.14, breaks=0.35, audience="companies")
