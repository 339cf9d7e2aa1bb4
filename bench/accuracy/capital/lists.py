"""Mailing lists, group addresses and exploders."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.forwards import of
from bench.accuracy.capital.letters import Host, Letter, Sig, Stream, forwarded
from bench.accuracy.capital.ordinary import genuine
from bench.accuracy.capital.people import Home
from bench.accuracy.capital.reporters import BUSINESS
from bench.accuracy.capital.roads import ROADS, along
from bench.accuracy.capital.town import WORDS, Town

HOMES_OF_LISTS = ("hetzner", "aws", "campus", "ovh", "colt_dc", "lumen_dc", "sakura")


def server(town: Town, dice: Dice, name: str, *, net: str = "", ptr: float = 0.95) -> Host:
    """A list server whose envelope domain permits it."""
    host = town.fresh(
        net or dice.choice(HOMES_OF_LISTS),
        dice,
        name if name.startswith("mail.") else f"{dice.choice(('lists', 'ml', 'listes', 'mail'))}.{name}",
        ptr=ptr,
    )
    town.dns.spf(name, f"ip{6 if ':' in host.ip else 4}:{host.ip} ~all")
    return host


def posted(letter: Letter, name: str, *, signed: str = "", changed: bool = True) -> Letter:
    """A letter as a list sends it to its members."""
    out = (letter.broken() if changed else letter)._replace(mail_from=name, road="list")
    return out.plus(Sig(name, signed)) if signed else out


def members(dice: Dice, home: Home, host: Host, letter: Letter, rate: float) -> Stream:
    """What the members of a list get of one author domain."""
    return Stream(home, [host], [(1.0, letter)], rate, 1.8, "office" if dice.happens(0.6) else "waves")


@forwarded()
def mailman2(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailman 2 with footer and subject tag, author kept; old hosts of clubs and projects."""
    for _ in range(5):
        name = f"{dice.choice(WORDS)}-project{dice.randint(1, 9)}.example"
        host = server(town, dice, name)
        for home in of(town, dice, 3, 6):
            yield members(dice, home, host, posted(genuine(town, home, dice), name), 0.12)


@forwarded()
def mailman3(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailman 3 that signs, seals, and munges authors only at p=reject, so that those at p=none fail."""
    for _ in range(4):
        name = f"{dice.choice(WORDS)}-foundation{dice.randint(1, 9)}.example"
        host = server(town, dice, name)
        for home in [each for each in of(town, dice, 8, 12) if "reject" not in each.policy]:
            letter = posted(genuine(town, home, dice), name, signed="mm3")
            yield members(dice, home, host, letter._replace(sealed=name), 0.12)


@forwarded()
def sympa_of_renater(town: Town, dice: Dice) -> Iterator[Stream]:
    """The lists of French research, on Sympa."""
    for home in of(town, dice, 6, 9, country="fr uk us"):
        yield along(town, home, ROADS["renater"], dice, rate=0.25, size=1.5)


@forwarded()
def google_groups(town: Town, dice: Dice) -> Iterator[Stream]:
    """Groups of Workspace tenants with members outside; footers and tags, tenant's envelope and signature."""
    for home in of(town, dice, 12, 18):
        yield along(town, home, ROADS["groups"], dice, rate=0.14)


@forwarded()
def listserv(town: Town, dice: Dice) -> Iterator[Stream]:
    """LISTSERV of learned societies, which keeps text and signature but writes its own headers."""
    for _ in range(3):
        name = f"listserv.{dice.choice(WORDS)}-society.example"
        host = server(town, dice, name, net=dice.choice(("campus", "lumen_dc")))
        for home in of(town, dice, 4, 7):
            letter = genuine(town, home, dice)
            mixed = [(0.5, posted(letter, name)), (0.5, posted(letter, name, changed=False))]
            yield Stream(home, [host], mixed, 0.13, 1.6, "office")


@forwarded()
def ml_of_japan(town: Town, dice: Dice) -> Iterator[Stream]:
    """Japanese lists (fml, ezmlm) on shared hosting with `[name:00123]` in the subject; the envelope is the host's."""
    for _ in range(5):
        host = town.host(dice.choice(("sakura", "xserver")), dice)
        for home in of(town, dice, 3, 4, country="jp"):
            yield members(dice, home, host, posted(genuine(town, home, dice), host.name), 0.13)


@forwarded()
def tenant_groups(town: Town, dice: Dice) -> Iterator[Stream]:
    """Distribution groups of Exchange Online with members outside; nothing is changed but invitations and rich text."""
    for home in of(town, dice, 14, 20):
        yield along(town, home, ROADS["m365"]._replace(changed=0.3, road="list"), dice, rate=0.16, to=BUSINESS)


@forwarded()
def ministry_exploder(town: Town, dice: Dice) -> Iterator[Stream]:
    """An alias of another ministry with three hundred members behind it; envelope kept, text untouched."""
    for _ in range(3):
        name = f"{dice.choice(('kaigi', 'comite', 'panel'))}.{dice.choice(WORDS)}-office.example"
        hosts = [server(town, dice, name, net=dice.choice(("ntt_dc", "colt_dc", "lumen_dc"))) for _ in range(2)]
        for home in of(town, dice, 5, 8):
            letter = genuine(town, home, dice)._replace(road="list")
            yield Stream(home, hosts, [(0.9, letter), (0.1, letter.broken())], 0.2, 3.0, "waves")


@forwarded(hard=True)
def list_of_a_neighbour(town: Town, dice: Dice) -> Iterator[Stream]:
    """A plugin of a web site that mails what members post to all others, on shared hosting, author kept.

    Hard: same host and same envelope as web forms and hacked sites have; only the broken signature tells.
    """
    for home in of(town, dice, 20, 26):
        host = town.host(dice.choice(("bluehost", "xserver", "ovh_shared", "xneelo", "sakura")), dice)
        letter = posted(genuine(town, home, dice), host.name)._replace(road="")
        if not any(sig.domain == letter.header_from for sig in letter.sigs):
            continue
        yield Stream(home, [host], [(1.0, letter)], 0.08, 1.2, "waves")


@forwarded()
def vendor_portal(town: Town, dice: Dice) -> Iterator[Stream]:
    """Procurement portals that hand an author's mail to the other firm with the author kept, a reference below."""
    for home in of(town, dice, 9, 13):
        name = f"mail.{dice.choice(WORDS)}-{dice.choice(('procure', 'torihiki', 'achats'))}.example"
        host = server(town, dice, name, net=dice.choice(("aws", "azure", "ntt_dc")))
        letter = posted(genuine(town, home, dice), name, signed="portal1" if dice.happens(0.5) else "")._replace(road="")
        yield Stream(home, [host], [(1.0, letter)], 0.12, 1.5, "office", to=dict(BUSINESS))
