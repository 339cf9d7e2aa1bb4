"""Others who send for an owner by leave: providers, contractors, congress systems."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.island.carrying import cloud, domain, mailers, signed, size
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Letter, Stream, failing, through
from bench.accuracy.island.people import among
from bench.accuracy.island.town import Town


@failing
def provider_smtp(town: Town, dice: Dice) -> Iterator[Stream]:
    """Staff at home and small branches send by their access provider's mail host with the work address.

    Hard: the provider's host is shared by thousands, spoofers among them, and the envelope is the owner's.
    """
    for base, block, where in (
        ("ocn.ne.jp", "153.149.142.0/24", "jp"),
        ("t-online.de", "194.25.134.0/24", "de"),
        ("orange.fr", "80.12.70.0/24", "fr"),
    ):
        hosts = [town.settle(town.addresses.of((block,), dice), f"mail{n}.{base}", dice) for n in range(3)]
        for site in town.pick(dice, 2, 3, among(where)):
            yield Stream(site, through(hosts, Letter(site.domain, site.domain)), 0.15)


@failing
def contractor(town: Town, dice: Dice) -> Iterator[Stream]:
    """A call centre, an agency or an event bureau sends from its own server in the owner's name, by contract.

    Hard: only the owner knows of the contract.
    """
    for site in town.pick(dice, 4, 5, lambda site: site.volume > 12):
        name = domain(dice, "co.jp" if site.country == "jp" else "com", "net")
        hosts = mailers(town, dice, dice.choice((site.lines, cloud(site, dice))), name, dice.randint(1, 2), sign="mail")
        signs = (signed(town, name, "mail"),) if dice.happens(0.6) else ()
        yield Stream(site, through(hosts, Letter(site.domain, name, signs)), 0.3 * size(site), dice.choice(("office", "waves")))


@failing
def congress_system(town: Town, dice: Dice) -> Iterator[Stream]:
    """A congress or library system of a third party writes with a professor's address as From.

    Hard: a stranger's server, a few mails, and the author knows of it.
    """
    for site in town.pick(
        dice, 3, 4, lambda site: any(word in site.domain for word in ("u.", "univ", "state", "institute", "gakkai"))
    ):
        name = domain(dice, "org", "com")
        hosts = mailers(town, dice, dice.choice(("hetzner", "aws", "ovh")), name, sign="conf")
        yield Stream(site, through(hosts, Letter(site.domain, name, (signed(town, name, "conf"),))), 0.12, "waves", "world")


@failing
def learning_platform(town: Town, dice: Dice) -> Iterator[Stream]:
    """Moodle at an outside host sends teachers' notices with the school's domain in From and envelope."""
    for site in town.pick(dice, 2, 3, lambda site: any(word in site.domain for word in ("u.", "univ", "state", "institute"))):
        host = town.machine(
            cloud(site, dice), dice, f"moodle.{dice.choice((site.domain, domain(dice, 'com', 'net')))}", forward=True
        )
        yield Stream(site, through([host], Letter(site.domain, site.domain)), 0.35 * size(site), "steady")
