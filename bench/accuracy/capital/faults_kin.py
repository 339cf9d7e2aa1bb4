"""Sister firms, agencies and partners that send for the owners, as agreed, and were never set up for it."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.faults_hosts import some
from bench.accuracy.capital.faults_services import used
from bench.accuracy.capital.letters import Letter, Sig, Stream, failing
from bench.accuracy.capital.services import SERVICES
from bench.accuracy.capital.town import WORDS, Town


@failing()
def sent_for_customers(town: Town, dice: Dice) -> Iterator[Stream]:
    """Paperlane sends invoices in its customers' names: its own bounces and its own signature."""
    for home in some(town, dice, 10, 14):
        letter = Letter(
            home.domain,
            "mail.paperlane.example",
            (Sig("paperlane.example", "ses28"), Sig("amazonses.com", SERVICES["ses"].own_selector)),
        )
        town.dns.spf("mail.paperlane.example", "include:amazonses.com ~all")
        yield Stream(home, town.hosts("ses", dice, 3, 7), [(1.0, letter)], 0.35, 3.0, dice.choice(("monthly", "daily")))


@failing(hard=True)
def agency_with_own_servers(town: Town, dice: Dice) -> Iterator[Stream]:
    """Campaigns that an advertising agency sends from servers of its own, properly set up for the agency's name.

    Hard: hosts and names look like those of a snowshoe spammer; only the owner knows the agency.
    """
    for home in dice.some(town.troubled("bank insurer retailer airline shop telecom"), 6, 9):
        name = f"{dice.choice(WORDS)}-{dice.choice(('dm', 'promotion', 'mailing', 'crm'))}.example"
        hosts = [town.fresh(dice.choice(("colt_dc", "lumen_dc", "hetzner", "ntt_dc")), dice, f"mta{n}.{name}") for n in range(1, 4)]
        town.dns.spf(f"b.{name}", " ".join((*(f"ip{6 if ':' in h.ip else 4}:{h.ip}" for h in hosts), "-all")))
        yield Stream(home, hosts, [(1.0, Letter(home.domain, f"b.{name}", (Sig(name, "m1"),)))], 0.6, 40.0, "campaign")


@failing(hard=True)
def sister_tenant(town: Town, dice: Dice) -> Iterator[Stream]:
    """A firm that was bought writes in the group's name from its own tenant of Microsoft 365.

    Hard: signature and envelope are of a tenant that nothing ties to the owner.
    """
    for home in dice.some(town.troubled("bank insurer hospital retailer airline"), 6, 9):
        tenant = f"{dice.choice(WORDS)}{dice.choice(('care', 'life', 'stores', 'fin'))}"
        sigs = (Sig(f"{tenant}.onmicrosoft.com", f"selector2-{tenant}-onmicrosoft-com"),)
        town.dns.spf(f"{tenant}.example", "include:spf.protection.outlook.com -all")
        letters = [(0.7, Letter(home.domain, f"{tenant}.example", sigs)), (0.3, Letter(home.domain, home.domain, sigs))]
        start = dice.randrange(40)
        yield Stream(home, town.hosts("m365", dice, 3, 6), letters, 0.5, 1.6, "office", first=start)


@failing(hard=True)
def itineraries(town: Town, dice: Dice) -> Iterator[Stream]:
    """Itineraries and tickets that a reservation system and travel partners send in airlines' and hotels' names.

    Hard: sent by another firm for a third one, and only the contract says that it may.
    """
    for home in dice.some(town.troubled("airline shop ministry"), 3, 4):
        yield used(town, dice, home, "amadeus", 0.8, 6.0)
        partner = f"res.{dice.choice(WORDS)}-travel.example"
        host = town.fresh(dice.choice(("colt_dc", "aws", "kinx_dc")), dice, partner)
        town.dns.spf(partner, f"ip4:{host.ip} -all")
        yield Stream(home, [host], [(1.0, Letter(home.domain, partner, (Sig(partner, "res"),)))], 0.4, 2.0)


@failing()
def brand_left_behind(town: Town, dice: Dice) -> Iterator[Stream]:
    """A brand's shop system that was migrated: receipts leave by the new shop's service, which has no key yet."""
    for home in dice.some(town.troubled("retailer shop airline saas"), 4, 6):
        yield used(
            town,
            dice,
            home,
            dice.choice(("sendgrid", "mailgun", "sparkpost")),
            0.5,
            5.0,
            "daily",
            label=dice.choice(("shop", "order", "")),
        )


@failing()
def signed_by_a_sister(town: Town, dice: Dice) -> Iterator[Stream]:
    """Brands of a group that share one sending platform, which was set up for the sister's name only."""
    groups = [
        [home for home in town.troubled() if home.owner == name] for name in dict.fromkeys(home.owner for home in town.troubled())
    ]
    for group in (each for each in groups if len(each) > 1):
        for home in dice.some(group, 1, 2):
            streams = [
                stream for sister in group if sister != home for stream in town.proper[sister.domain] if stream.rhythm != "office"
            ]
            if streams:
                chosen = dice.choice(streams)
                letter = chosen.letters[0][1]._replace(header_from=home.domain)
                yield Stream(home, chosen.hosts[:3], [(1.0, letter)], 0.4, 8.0 * home.size, chosen.rhythm)
