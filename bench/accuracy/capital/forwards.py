"""Mailboxes that pass mail on."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.letters import Host, Sig, Stream, forwarded
from bench.accuracy.capital.ordinary import genuine
from bench.accuracy.capital.people import Home
from bench.accuracy.capital.reporters import BUSINESS
from bench.accuracy.capital.roads import ROADS, Road, along, sent_along
from bench.accuracy.capital.town import WORDS, Town


def of(town: Town, dice: Dice, least: int, most: int, *, country: str = "", traced: bool = False) -> list[Home]:
    """Some domains whose mail is passed on: owners who do not sign show up with all of it, the others with what was changed."""
    known = [home for home in town.sending() if not country or home.country in country.split()]
    if traced:  # where the host says nothing either, few letters should come without any trace of their author
        known = [home for home in known if home.signs or dice.happens(0.3)]
    return dice.some(known, least, most)


@forwarded()
def gmail_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """Private Gmail mailboxes that forward, with an envelope of their own and an ARC seal."""
    for home in of(town, dice, 14, 20):
        yield along(town, home, ROADS["gmail"], dice, rate=0.16)


@forwarded()
def workspace_routing(town: Town, dice: Dice) -> Iterator[Stream]:
    """Workspace tenants that deliver a second copy to another system; the envelope stays, footers are added here and there."""
    for home in of(town, dice, 10, 16):
        yield along(town, home, ROADS["workspace"], dice, rate=0.14, size=1.6, to=BUSINESS)


@forwarded()
def m365_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """Exchange Online mailboxes that forward, with SRS; invitations and rich text are written anew and lose the signature."""
    for home in of(town, dice, 16, 24):
        yield along(town, home, ROADS["m365"], dice, rate=0.2, size=1.3)


@forwarded(hard=True)
def m365_redirect(town: Town, dice: Dice) -> Iterator[Stream]:
    """Transport rules of Exchange Online that redirect and tag mail from outside, envelope kept.

    Hard: the hosts are those that owners and spoofers send through as well, and nothing of the way can be seen.
    """
    for home in of(town, dice, 8, 12):
        yield along(town, home, ROADS["m365_plain"], dice, rate=0.12)


@forwarded()
def private_mailboxes(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailboxes at Outlook.com, iCloud, Yahoo and Fastmail that forward."""
    for name in ("hotmail", "icloud", "yahoo", "fastmail"):
        for home in of(town, dice, 5, 9):
            yield along(town, home, ROADS[name], dice, rate=0.1)


@forwarded()
def isp_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailboxes of Internet providers that forward as they did thirty years ago."""
    where = {"orange": "fr", "free": "fr", "bt": "uk", "comcast": "us", "nifty": "jp", "ocn": "jp", "telkom": "za"}
    for name, country in where.items():
        for home in of(town, dice, 3, 5, country=country):
            yield along(town, home, ROADS[name], dice, rate=0.14)


@forwarded()
def carrier_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """Japanese mobile carriers' mailboxes that forward to the new phone's mailbox, long lines folded anew."""
    for home in of(town, dice, 8, 12, country="jp"):
        yield along(
            town,
            home,
            ROADS[dice.choice(("docomo", "au"))],
            dice,
            rate=0.14,
            to={"google": 6.0, "yahoo": 0.2, "docomo": 1.0, "outlook": 1.0},
        )


@forwarded()
def korean_portals(town: Town, dice: Dice) -> Iterator[Stream]:
    """Naver and Daum mailboxes that fetch, convert the character set and forward."""
    for home in of(town, dice, 5, 7, country="kr jp us"):
        yield along(town, home, ROADS[dice.choice(("naver", "daum"))], dice, rate=0.2)


@forwarded()
def registrar_alias(town: Town, dice: Dice) -> Iterator[Stream]:
    """Aliases that registrars give with a domain; most rewrite the envelope, some do not."""
    for name in ("cloudflare", "gandi", "ovh", "improvmx", "namecheap"):
        for home in of(town, dice, 4, 8):
            yield along(town, home, ROADS[name], dice, rate=0.1)


@forwarded()
def hosting_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailboxes on shared hosting with a `.forward`; neighbours on the same host send all sorts of things."""
    where = {"xserver": "jp", "sakura": "jp", "xneelo": "za", "bluehost": "us", "uk_hosting": "uk"}
    for name, country in where.items():
        for home in of(town, dice, 4, 6, country=country):
            yield along(town, home, ROADS[name], dice, rate=0.13)


@forwarded()
def alumni_alias(town: Town, dice: Dice) -> Iterator[Stream]:
    """Universities' addresses for life: many recipients, two hosts, envelope kept, a line of thanks below some mail."""
    for _ in range(4):
        name = f"alumni.{dice.choice(WORDS)}-college.example"
        hosts = [town.fresh("campus", dice, f"post{n}.{name}") for n in (1, 2)]
        road = Road("campus", "", dice.choice((0.05, 0.05, 0.4)))
        for home in of(town, dice, 5, 8):
            yield along(
                town, home, road, dice, rate=0.14, hosts=hosts, to={"google": 8.0, "yahoo": 1.5, "outlook": 3.0, "comcast": 0.5}
            )


@forwarded()
def own_small_server(town: Town, dice: Dice) -> Iterator[Stream]:
    """People with a machine of their own that passes their mail on, one or two letters each."""
    for home in of(town, dice, 26, 34, traced=True):
        net = dice.choice(("hetzner", "ovh", "linode", "conoha", "digitalocean", "comcast_office", "usen_office"))
        named = f"mail.{dice.choice(WORDS)}-{dice.randint(2, 99)}.example" if dice.happens(0.6) else ""
        host = town.fresh(net, dice, named)
        road = Road(net, "", dice.choice((0.0, 0.1, 0.6)), signs=f"{named}/mail" if named and dice.happens(0.3) else "")
        yield along(town, home, road, dice, rate=0.06, hosts=[host])


@forwarded()
def pop_fetched(town: Town, dice: Dice) -> Iterator[Stream]:
    """Offices whose server fetches mailboxes by POP and sends them on to the hosted mailboxes, over the office's line."""
    for home in of(town, dice, 12, 16, traced=True):
        net = {"jp": "usen_office", "us": "comcast_office", "kr": "business_kt"}.get(home.country, "bt_line")
        road = Road(net, "", 0.25, road="")
        yield along(town, home, road, dice, rate=0.07, hosts=[town.fresh(net, dice)], to=BUSINESS)


@forwarded(hard=True)
def invitation_passed_on(town: Town, dice: Dice) -> Iterator[Stream]:
    """Invitations that a guest passes on: the calendar keeps the host as author, the guest's tenant sends and signs.

    Hard: it looks as if another tenant of the same service wrote in the owner's name, and so it does.
    """
    for home in of(town, dice, 14, 20):
        net, tenant = ("m365", "onmicrosoft.com") if dice.happens(0.7) else ("google", "")
        guest = f"{dice.choice(WORDS)}-{dice.choice(('trading', 'legal', 'medical', 'kogyo'))}.example"
        sender = f"{dice.choice(WORDS)}{dice.randint(1, 99)}.{tenant}" if tenant else guest
        town.dns.spf(guest, f"include:{'spf.protection.outlook.com' if tenant else '_spf.google.com'} ~all")
        letter = genuine(town, home, dice)._replace(mail_from=guest, sigs=(Sig(sender, "selector1" if tenant else "google"),))
        yield Stream(home, town.hosts(net, dice, 1, 3), [(1.0, letter)], 0.07, 1.0, "office", to=dict(BUSINESS))


@forwarded()
def helpdesk_resends(town: Town, dice: Dice) -> Iterator[Stream]:
    """A supplier's ticket system that sends each new mail on to its agents as it came, with a number in the subject."""
    for home in of(town, dice, 10, 14):
        host = town.supplier(dice)
        desk = host.name.partition(".")[2]
        letter = genuine(town, home, dice).broken()._replace(mail_from=desk, road="")
        sigs = (Sig(desk, "otrs"),) if dice.happens(0.4) else ()
        yield Stream(home, [host], [(1.0, letter.plus(*sigs))], 0.12, 1.2, "office", to=dict(BUSINESS))


@forwarded(hard=True)
def long_chain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mail that goes alias, tenant, gateway, private mailbox; the third hop changes it and the fourth one shows.

    Hard: the host that is seen knows the author only by a broken signature, and its own envelope is of the last hop.
    """
    for home in of(town, dice, 14, 20):
        letter = genuine(town, home, dice)
        for name in dice.sample(["cloudflare", "m365", "proofpoint", "gmail", "hosting"], 3):
            if name != "hosting":
                letter = dice.choice(sent_along(town, ROADS[name], letter, dice))[1]
        end = ROADS[dice.choice(("gmail", "m365", "fastmail", "gandi"))]
        letters = [(share, each.broken() if dice.happens(0.7) else each) for share, each in sent_along(town, end, letter, dice)]
        yield Stream(home, town.hosts(end.net, dice, 1, 3), letters, 0.1, 1.0)


@forwarded()
def moved_firm(town: Town, dice: Dice) -> Iterator[Stream]:
    """Firms that moved to another service and let the old server pass on what still arrives there, for some weeks."""
    for home in of(town, dice, 8, 12):
        name = f"mail.{dice.choice(WORDS)}-{dice.choice(('gumi', 'group', 'et-fils', 'holdings'))}.example"
        host: Host = town.fresh(dice.choice(("lumen_dc", "ntt_dc", "colt_dc", "kinx_dc", "teraco_dc")), dice, name, ptr=0.7)
        stream = along(town, home, Road("colt_dc", "", 0.35), dice, rate=0.3, hosts=[host], to=BUSINESS)
        stream.first = dice.randrange(50)
        stream.last = stream.first + dice.randint(14, 40)
        yield stream
