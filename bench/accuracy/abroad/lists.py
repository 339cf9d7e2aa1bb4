"""Mailing lists and groups, and the gates before recipients' mailboxes: they change mail on its way, with good intent."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.forwards import GREAT, passed_on
from bench.accuracy.abroad.letters import Letter, Seal, Stream, forwarded, forwarded_hard
from bench.accuracy.abroad.ordinary import seals_of, way_hosts
from bench.accuracy.abroad.people import Home
from bench.accuracy.abroad.rhythm import bursts, office
from bench.accuracy.abroad.town import Town

READERS = {"google": 6.0, "outlook": 2.0, "yahoo": 1.5, "gmx": 1.5, "m365": 2.0, "fastmail": 0.5, "seznam": 0.7, "college": 0.4}
READERS_JP = {"google": 6.0, "docomo": 1.0, "iij": 1.5, "nifty": 1.0, "yahoo": 0.6, "m365": 2.0, "yukimi": 0.3}
TENANTS = {"m365": 1.0}


def _list(home: Home, hosts: list[str], envelope: str, own: tuple[Seal, ...] = (), **more: object) -> Stream:
    """Posts of the owner's people, re-sent by a list with subject tag and footer: the owner's signature is broken always."""

    def write(dice: Dice, _: int) -> Letter:
        return Letter(dice.choice(hosts), home.domain, envelope, seals_of(home, dice, broken=1.0) + own, travelled="list")

    return Stream(home.domain, write=write, lots=1, **more)  # type: ignore[arg-type]


@forwarded
def mailman2_footer(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailman 2 without munging: bounces to the list, footer and tag; some sites sign as themselves, others do not."""
    for number, net in enumerate(("univ_us", "univ_ch", "hetzner", "ovh", "linode")):
        site = f"lists.verband{number}-{dice.word(3)}.example"
        host = town.host(net, site)
        town.text(site, f"v=spf1 ip4:{host} -all")
        own = (Seal(site, "list"),) if dice.odds(0.5) else ()
        if own:
            town.key(site, "list")
        for home in town.sending(dice, 4):
            yield _list(home, [host], site, own, audience=READERS, rate=dice.uniform(2, 6), rhythm=bursts(dice, 9, 3))


@forwarded
def mailman3_arc(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailman 3 with ARC seals at a foundation; receivers that trust ARC say so."""
    site = "lists.offene-karten.example"
    host = town.host("hetzner", "mail.offene-karten.example")
    town.text(site, f"v=spf1 ip4:{host} -all")
    town.key("offene-karten.example", "arc2024")
    for home in town.sending(dice, 7):
        one = _list(
            home, [host], site, (Seal("offene-karten.example", "arc2024"),), audience=READERS, rate=3.0, rhythm=bursts(dice, 10, 3)
        )
        yield one


@forwarded
def google_group(town: Town, dice: Dice) -> Iterator[Stream]:
    """Groups of a Workspace domain keep the From of authors at p=none; the group's domain is envelope and signature."""
    for number in range(5):
        name = f"verein-gruppe{number}.example"
        town.text(name, "v=spf1 include:_spf.google.com ~all")
        town.key(name, "google")
        for home in town.sending(dice, 5):
            if home.policy_on(0)[0] == "none":
                yield _list(
                    home,
                    way_hosts(town, "google"),
                    name,
                    (Seal(name, "google"),),
                    audience=READERS,
                    rate=2.0,
                    rhythm=bursts(dice, 9, 4),
                )


@forwarded
def m365_group(town: Town, dice: Dice) -> Iterator[Stream]:
    """Distribution groups of tenants with outside members: envelope by SRS, the body re-encoded, signed as the tenant or not at
    all."""
    for number in range(6):
        name = f"gruppe{number}-{dice.word(3)}.example"
        town.text(name, "v=spf1 include:spf.protection.outlook.com -all")
        tenant = f"gruppe{number}{dice.word(3)}.onmicrosoft.com"
        town.key(tenant, "selector2-gruppe")
        for home in town.sending(dice, 4):
            own = (Seal(tenant, "selector2-gruppe"),) if dice.odds(0.5) else ()
            yield _list(home, way_hosts(town, "m365"), name, own, audience=GREAT, rate=0.6, rhythm=office)


@forwarded
def sympa_list(town: Town, dice: Dice) -> Iterator[Stream]:
    """Sympa at French universities: own envelope with VERP, own signature."""
    for number in range(3):
        name = f"listes.academie{number}.example"
        host = town.host("univ_fr", f"sympa.academie{number}.example")
        town.text(name, f"v=spf1 ip4:{host} -all")
        town.key(f"academie{number}.example", "sympa")
        for home in town.sending(dice, 4):
            yield _list(
                home,
                [host],
                name,
                (Seal(f"academie{number}.example", "sympa"),),
                audience=READERS,
                rate=4.0,
                rhythm=bursts(dice, 8, 3),
            )


@forwarded
def fml_list(town: Town, dice: Dice) -> Iterator[Stream]:
    """fml and Majordomo at Japanese societies: number in the subject, body re-encoded to ISO-2022-JP; no SPF, no signature of
    their own."""
    for number, net in enumerate(("univ_jp", "sakura_vps", "iij_office")):
        site = f"ml.gakkai{number}.example"
        host = town.host(net, site)
        for home in town.sending(dice, 5, "jp"):
            yield _list(home, [host], site, audience=READERS_JP, rate=4.0, rhythm=bursts(dice, 8, 3))


@forwarded_hard
def club_list(town: Town, dice: Dice) -> Iterator[Stream]:
    """A club's list on a rented host with the hoster's name and an envelope of a domain without SPF. Hard: it has all the marks
    of a crook's host; the broken signature of the owner, or the bursts of one conversation, speak for it."""
    for number, net in enumerate(("contabo", "sakura_shared", "ovh", "xserver", "digitalocean", "conoha")):
        host = town.host(net)
        for home in town.sending(dice, 3):
            name = f"klub{number}-{dice.word(3)}.example"
            yield _list(home, [host], name, audience=READERS, rate=3.0, rhythm=bursts(dice, 4, 2))


def _gate(home: Home, hosts: list[str], **more: object) -> Stream:
    """A recipient's gate: keeps the envelope, rewrites links, hands on to the recipient's tenant, which reports what it sees."""
    return passed_on(home, hosts, broken=0.75, travelled="gateway", audience=TENANTS, rhythm=office, **more)  # type: ignore[arg-type]


@forwarded
def gate_proofpoint(town: Town, dice: Dice) -> Iterator[Stream]:
    """Recipients behind Proofpoint whose tenant was not told to trust it."""
    for home in town.sending(dice, 12):
        if "proofpoint" not in home.traits:
            yield _gate(home, way_hosts(town, "proofpoint"), rate=dice.uniform(0.2, 0.8))


@forwarded
def gate_mimecast(town: Town, dice: Dice) -> Iterator[Stream]:
    """Recipients behind Mimecast."""
    for home in town.sending(dice, 12):
        yield _gate(home, way_hosts(town, "mimecast"), rate=dice.uniform(0.2, 0.8))


@forwarded
def gate_barracuda(town: Town, dice: Dice) -> Iterator[Stream]:
    """Recipients behind Barracuda."""
    for home in town.sending(dice, 10):
        yield _gate(home, way_hosts(town, "barracuda"), rate=dice.uniform(0.2, 0.6))


@forwarded
def gate_securemx(town: Town, dice: Dice) -> Iterator[Stream]:
    """Japanese recipients behind their provider's gate, before a tenant."""
    for home in town.sending(dice, 8, "jp"):
        yield _gate(home, way_hosts(town, "securemx"), rate=dice.uniform(0.3, 0.8))


@forwarded
def hybrid_exchange(town: Town, dice: Dice) -> Iterator[Stream]:
    """Partners in mid-move: their own Exchange takes mail and hands it to their tenant. One host, one reporter, the owner's
    envelope."""
    for number in range(9):
        host = town.host(dice.choice(("telia_office", "iij_office", "rogers")), f"exch{number}.handelshaus{number}.example")
        for home in town.sending(dice, 3):
            yield _gate(home, [host], rate=dice.uniform(0.3, 0.9))


@forwarded
def workspace_routing(town: Town, dice: Dice) -> Iterator[Stream]:
    """Schools that deliver twice: their own MTA keeps a copy and sends the mail on to Google, a line added."""
    for number in range(4):
        host = town.host(dice.choice(("univ_us", "univ_no")), f"dual.schule{number}.example")
        for home in town.sending(dice, 4):
            yield passed_on(home, [host], broken=0.5, audience={"google": 1.0}, rate=0.5, rhythm=office)


@forwarded_hard
def appliance_behind_line(town: Town, dice: Dice) -> Iterator[Stream]:
    """A small recipient's filter box on an office line, named by the provider, hands on to a tenant. Hard: an access line like
    a bot's, but with the owner's own broken signature or envelope, on working days, told by one reporter."""
    for net in ("iij_office", "telia_office", "rogers", "ocn_line"):
        host = town.host(net)
        for home in town.sending(dice, 3):
            yield _gate(home, [host], rate=0.5)


@forwarded_hard
def list_with_lost_seal(town: Town, dice: Dice) -> Iterator[Stream]:
    """An announcement list that strips signatures and signs as its own host. Hard: nothing of the owner is left in the report
    but the From."""
    for number in range(3):
        site = f"verteiler{number}.example"
        host = town.host("ovh", f"verteiler{number}.example")
        town.text(site, f"v=spf1 ip4:{host} -all")
        town.key(site, "v1")
        for home in town.sending(dice, 4):

            def write(_: Dice, __: int, host: str = host, site: str = site, home: Home = home) -> Letter:
                return Letter(host, home.domain, site, (Seal(site, "v1"),), travelled="list")

            yield Stream(home.domain, 2.0, write, bursts(dice, 7, 2), READERS, lots=1)
