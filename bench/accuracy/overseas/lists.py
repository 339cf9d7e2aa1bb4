"""Mail to mailing lists: what each software does to a member's letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.overseas.chance import Dice
from bench.accuracy.overseas.letters import Stream, forwarded
from bench.accuracy.overseas.nets import Host
from bench.accuracy.overseas.receivers import AUDIENCES, WORLDWIDE, only
from bench.accuracy.overseas.roads import FIRM, Road, carried, people, signed
from bench.accuracy.overseas.town import Town


def _posts(
    town: Town, dice: Dice, hosts: tuple[Host, ...], domain: str, *, homes: int, selector: str = "", breaks: float = 1.0
) -> Iterator[Stream]:
    """Posts of some owners' people to a list, which goes to its members everywhere."""
    signature = signed(town, domain, selector) if selector else None
    town.lists.append((hosts, signature, domain))
    for home in town.choose(dice, homes, untroubled=True):
        to = {**WORLDWIDE, **AUDIENCES[home.country]}
        road = Road(
            hosts, dice.around(0.2, 0.9), to, breaks=breaks, envelope=domain, by_list=True,
            signature=signature,
        )  # fmt: skip
        yield from carried(town, home, road, mailboxes=True)


@forwarded()
def mailman2_plain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailman 2.1 that leaves From alone: prefix and footer, return path of the list, no own signature."""
    for net, name in (("hetzner", "lists.freie-karten.example"), ("linode", "mail.openrowing.example")):
        hosts = town.single(net, dice, name=name)
        yield from _posts(town, dice, hosts, town.foreign(name, "", hosts), homes=4)


@forwarded()
def mailman3_plain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailman 3 that leaves From alone; Postfix signs for the list's domain; IPv4 and IPv6."""
    hosts = town.single("hetzner", dice, name="mail.lists-nord.example") + town.single(
        "linode", dice, "mail6.lists-nord.example", six=True
    )
    yield from _posts(town, dice, hosts, town.foreign("lists-nord.example", "", hosts), homes=6, selector="ml3")


@forwarded()
def sympa_university(town: Town, dice: Dice) -> Iterator[Stream]:
    """Sympa at a university: some lists change the text, some do not; a signature of the university's."""
    hosts = town.nets.hosts("uni_de", 2, dice, name="sympa{m}.uni-hohenau.example")
    yield from _posts(town, dice, hosts, town.foreign("uni-hohenau.example", "", hosts), homes=5, selector="sympa", breaks=0.6)


@forwarded()
def listserv_academy(town: Town, dice: Dice) -> Iterator[Stream]:
    """LISTSERV with footers; From stays for domains whose policy is none."""
    hosts = town.single("uni_us", dice, name="listserv.statecollege.example")
    yield from _posts(town, dice, hosts, town.foreign("listserv.statecollege.example", "", hosts), homes=5)


@forwarded()
def google_groups_public(town: Town, dice: Dice) -> Iterator[Stream]:
    """A public Google Group that leaves From alone (policy none): footer, return path and signature of googlegroups.com."""
    domain = town.foreign("googlegroups.com", "google", end="~all")
    for home in town.choose(dice, 6, lambda h: h.stance(0) == "none"):
        road = Road(
            town.pool("google", 14), dice.around(0.2, 0.7), people(home), breaks=1.0, envelope=domain, arc=True, by_list=True,
            signature=signed(town, domain, "20230601"),
        )  # fmt: skip
        yield from carried(town, home, road, mailboxes=True)


@forwarded()
def group_in_a_tenant(town: Town, dice: Dice) -> Iterator[Stream]:
    """An address like sales@ that is a Google Group of a customer: members outside get it with the customer's return path."""
    for home in town.choose(dice, 8, untroubled=True):
        tenant = town.foreign(f"{dice.word(4)}.example", "google", end="~all")
        road = Road(
            town.pool("google", 14), dice.around(0.1, 0.35), only("google", "outlook", "yahoo"), breaks=0.4, envelope=tenant,
            signature=signed(town, tenant, "google"), arc=True, by_list=True,
        )  # fmt: skip
        yield from carried(town, home, road, mailboxes=True)


@forwarded()
def m365_distribution_group(town: Town, dice: Dice) -> Iterator[Stream]:
    """A distribution group of Microsoft 365 with members outside: the return path stays, the text gets a banner."""
    for home in town.choose(dice, 7, untroubled=True):
        road = Road(
            town.pool("microsoft", 14), dice.around(0.1, 0.4), only("google", "enterprise", "outlook"), breaks=0.7, arc=True
        )
        yield from carried(town, home, road, mailboxes=True)


@forwarded()
def groups_io(town: Town, dice: Dice) -> Iterator[Stream]:
    """groups.io for members whose policy is none: footer, From stays, own return path and signature."""
    domain = town.foreign("groups.io", "groupsio")
    for home in town.choose(dice, 4, lambda h: h.stance(0) == "none"):
        road = Road(
            town.pool("groupsio", 3),
            dice.around(0.2, 0.7),
            people(home),
            1.0,
            domain,
            signed(town, domain, "20240206"),
            by_list=True,
        )
        yield from carried(town, home, road, mailboxes=True)


@forwarded(hard=True)
def old_majordomo(town: Town, dice: Dice) -> Iterator[Stream]:
    """A list of the nineties on a club's server: subject prefix, the writer's return path stays, no PTR, no SPF.

    Hard: nothing says that it is a list, and the host looks abandoned.
    """
    for home in town.choose(dice, 5):
        hosts = town.single(dice.choice(("azure", "digitalocean")), dice)
        road = Road(hosts, dice.around(0.15, 0.5), {**people(home), "mailru": 0.2}, breaks=1.0)
        yield from carried(town, home, road, mailboxes=True)


@forwarded()
def fml_japan(town: Town, dice: Dice) -> Iterator[Stream]:
    """Lists of schools and clubs in Japan (fml, hosters' own): [name:00012] in the subject, return path of the list."""
    for home in town.choose(dice, 5, lambda h: h.country == "jp"):
        hosts = town.single(dice.choice(("sakura", "xserver")), dice)
        domain = town.foreign(f"ml.{dice.word()}.example", "", hosts, end="~all")
        road = Road(hosts, dice.around(0.3, 0.9), people(home), breaks=1.0, envelope=domain, by_list=True)
        yield from carried(town, home, road, mailboxes=True)


@forwarded(hard=True)
def post_sent_on_by_member(town: Town, dice: Dice) -> Iterator[Stream]:
    """A post that a member's provider sends on: the list broke the signature, the provider shows its own address.

    Hard: the provider's host carries no trace of the list but a return path that does not permit it.
    """
    for home in town.choose(dice, 8):
        hosts = town.pool("isp_gmx" if home.country == "de" else "isp_us", 3)
        listed = town.foreign(f"lists.{dice.word()}.example", FIRM[home.country])
        road = Road(hosts, dice.around(0.06, 0.25), only("google", "outlook"), breaks=1.0, envelope=listed)
        for stream in carried(town, home, road, mailboxes=True):
            stream.letter = replace(stream.letter, by_list=True)
            yield stream
