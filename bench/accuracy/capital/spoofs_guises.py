"""Those who write in the owners' names, by the guise they take."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.letters import Fate, Letter, Sig, Stream, spoof
from bench.accuracy.capital.ordinary import office_sigs
from bench.accuracy.capital.people import HOMES, Home
from bench.accuracy.capital.reporters import BUSINESS
from bench.accuracy.capital.roads import ROADS, spoofed_along
from bench.accuracy.capital.spoofs_nets import BAD_LINES, EVERYBODY, lie, to, victims
from bench.accuracy.capital.town import WORDS, Town

RENTED = ("digitalocean", "vultr", "contabo", "ovh", "hetzner", "linode", "bulletproof")

NO_NAMES = ("secure-login", "kaiin", "verify", "billing-center", "espace-client", "account-update", "mypage")


def seldom_unsigned(dice: Dice, homes: list[Home]) -> list[Home]:
    """Owners who do not sign are kept out mostly: nobody could tell what passed by a forwarder from what was made up there."""
    return [home for home in homes if home.signs or dice.happens(0.25)]


@spoof()
def parked_domain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Names that send nothing, used because nobody looks."""
    for home in (each for each in HOMES if each.parked):
        for _ in range(dice.randint(2, 5)):
            hosts = [town.fresh(dice.choice((*RENTED, *BAD_LINES)), dice) for _ in range(dice.randint(1, 6))]
            yield Stream(home, hosts, [(1.0, lie(home))], 0.3, 2.0, "waves", to=to(dice, home))


@spoof()
def no_such_name(town: Town, dice: Dice) -> Iterator[Stream]:
    """Sub-domains that do not exist, as `secure-login.` and `kaiin.`."""
    for home in victims(dice, 10, 14):
        author = f"{dice.choice(NO_NAMES)}.{home.domain}"
        hosts = [town.fresh(dice.choice((*RENTED, "aws")), dice) for _ in range(dice.randint(1, 4))]
        yield Stream(home, hosts, [(1.0, lie(home, author=author, sender=author))], 0.2, 4.0, "waves", to=to(dice, home))


@spoof()
def made_up_signature(town: Town, dice: Dice) -> Iterator[Stream]:
    """Signatures in the owner's name with a selector that nobody published."""
    for home in victims(dice, 8, 11, "bank insurer retailer airline telecom ministry"):
        host = town.fresh(dice.choice(RENTED), dice)
        real = {sig.selector for stream in town.proper[home.domain] for sig in stream.letters[0][1].sigs}
        made_up = [name for name in ("default", "mail", "dkim", "s1", "k1", "selector1", "google") if name not in real]
        sig = Sig(home.domain, dice.choice(made_up), Fate.NO_KEY)
        yield Stream(home, [host], [(1.0, lie(home, sigs=(sig,)))], 0.22, 6.0, "waves", to=to(dice, home))


@spoof(hard=True)
def stolen_signature(town: Town, dice: Dice) -> Iterator[Stream]:
    """A real signature of the owner's, copied from a genuine mail on to another text.

    Hard: a broken signature with a real selector is what lists and filters leave.
    """
    for home in victims(dice, 7, 10):
        sigs = tuple(sig for sig in office_sigs(home, Dice.of(town.seed, "settle", home.domain)) if sig.domain == home.domain)
        proper = [sig for stream in town.proper[home.domain] for sig in stream.letters[0][1].sigs if sig.domain == home.domain]
        copied = (proper or list(sigs))[:1]
        if not copied:
            continue
        hosts = [town.fresh(dice.choice((*RENTED, "aws")), dice) for _ in range(dice.randint(1, 3))]
        letter = lie(home, sigs=(copied[0]._replace(fate=Fate.BROKEN),))
        yield Stream(home, hosts, [(1.0, letter)], 0.22, 5.0, "waves", to=to(dice, home))


@spoof()
def look_alike(town: Town, dice: Dice) -> Iterator[Stream]:
    """A registered name like the owner's in envelope and signature, the owner's own in the author."""
    for home in victims(dice, 8, 11, "bank insurer retailer airline telecom"):
        word = home.domain.removesuffix(".example")
        name = dice.choice(
            (
                f"{word}-secure.example",
                f"{word.replace('-', '')}-online.example",
                f"{word}-group.example",
                f"support-{word}.example",
            )
        )
        host = town.fresh(dice.choice((*RENTED, "snow")), dice, f"mx.{name}", ptr=0.7)
        town.dns.spf(name, f"ip{6 if ':' in host.ip else 4}:{host.ip} -all")
        yield Stream(
            home, [host], [(1.0, lie(home, sender=name, sigs=(Sig(name, "mail"),)))], 0.22, 6.0, "waves", to=to(dice, home)
        )


@spoof()
def own_address_blackmail(town: Town, dice: Dice) -> Iterator[Stream]:
    """Blackmail that pretends to come from the reader's own mailbox, from infected computers."""
    for home in victims(dice, 12, 16):
        hosts = [town.fresh(dice.choice(BAD_LINES), dice) for _ in range(dice.randint(4, 14))]
        yield Stream(home, hosts, [(1.0, lie(home))], 0.15, 1.0, "waves", to=dict(BUSINESS))


@spoof(hard=True)
def director_writes(town: Town, dice: Dice) -> Iterator[Stream]:
    """A letter or three in a director's name to the book-keepers of partners, from a machine in good standing.

    Hard: so little mail has no shape at all.
    """
    for home in victims(dice, 18, 26):
        net = dice.choice(("aws", "azure", "gce", "linode", "comcast_office", "godaddy", "ionos", "zoho"))
        sender = home.domain if dice.happens(0.4) else f"{dice.choice(WORDS)}-consulting{dice.randint(1, 99)}.example"
        if net in ("ionos", "zoho") and sender != home.domain:
            town.dns.spf(sender, f"include:{'_spf.perfora.net' if net == 'ionos' else 'zohomail.com'} ~all")
        yield Stream(home, [town.host(net, dice)], [(1.0, lie(home, sender=sender))], 0.035, 1.0, "daily", to=dict(BUSINESS))


@spoof(hard=True)
def supplier_taken_over(town: Town, dice: Dice) -> Iterator[Stream]:
    """A supplier's mail server in a burglar's hands writes to the owner's customers about new bank details.

    Hard: the same server passes on the owner's genuine mail on other days.
    """
    for home in victims(dice, 8, 11, "bank insurer hospital retailer university ministry firm"):
        host = town.supplier(dice)
        name = host.name.partition(".")[2]
        letter = lie(home, sender=name, sigs=(Sig(name, "otrs"),) if dice.happens(0.4) else ())
        yield Stream(home, [host], [(1.0, letter)], 0.12, 2.0, "waves", to=dict(BUSINESS))


@spoof(hard=True)
def lie_through_a_forwarder(town: Town, dice: Dice) -> Iterator[Stream]:
    """Phishing that arrives at a mailbox which forwards, and is seen coming from there.

    Hard: the host is the one that passes on the owner's genuine mail.
    """
    for home in seldom_unsigned(dice, victims(dice, 30, 38)):
        road = ROADS[
            dice.choice(
                ("gmail", "m365", "m365", "cloudflare", "orange", "xserver", "sakura", "xneelo", "fastmail", "ocn", "bt", "gandi")
            )
        ]
        yield Stream(home, town.hosts(road.net, dice, 1, 3), spoofed_along(town, road, lie(home), dice), 0.09, 1.1, "waves")


@spoof(hard=True)
def lie_through_a_filter(town: Town, dice: Dice) -> Iterator[Stream]:
    """Phishing that a receiver's filter did not stop and handed on.

    Hard: genuine mail comes from the same hosts, changed and unsigned.
    """
    for home in seldom_unsigned(dice, victims(dice, 18, 24)):
        road = ROADS[dice.choice(("mimecast", "proofpoint", "barracuda", "trend", "iphmx", "antispamcloud", "securemx"))]
        letter = lie(home, sender=home.domain if dice.happens(0.5) else f"{dice.choice(WORDS)}-{dice.word(5)}.example")
        yield Stream(
            home,
            town.hosts(road.net, dice, 1, 3),
            spoofed_along(town, road, letter, dice),
            0.1,
            1.2,
            "waves",
            to={"enterprise": 8.0, "google": 1.5},
        )


@spoof(hard=True)
def lie_to_a_list(town: Town, dice: Dice) -> Iterator[Stream]:
    """Phishing posted to a group or list and sent on to its members.

    Hard: envelope, signature and host are those of the list.
    """
    for home in seldom_unsigned(dice, victims(dice, 14, 20)):
        road = ROADS[dice.choice(("groups", "groups", "renater"))]
        letters = spoofed_along(town, road, lie(home), dice)
        yield Stream(home, town.hosts(road.net, dice, 1, 3), letters, 0.1, 1.5, "waves")


@spoof()
def null_sender(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mail with a null sender made to look like a bounce or a voice message."""
    for home in victims(dice, 7, 10):
        hosts = [town.fresh(dice.choice((*RENTED, *BAD_LINES)), dice) for _ in range(dice.randint(1, 5))]
        yield Stream(home, hosts, [(1.0, lie(home, sender=""))], 0.16, 2.0, "waves", to=to(dice, home))


@spoof()
def claims_the_owners_host(town: Town, dice: Dice) -> Iterator[Stream]:
    """Hosts that greet with a name of the owner's and use its bounce addresses."""
    for home in victims(dice, 7, 10):
        hosts = [town.fresh(dice.choice((*RENTED, *BAD_LINES)), dice) for _ in range(dice.randint(1, 6))]
        letter = Letter(home.domain, dice.choice((f"bounce.{home.domain}", "")), helo=f"mx-out1.{home.domain}")
        yield Stream(home, hosts, [(1.0, letter)], 0.18, 3.0, "waves", to=to(dice, home))


@spoof()
def great_wave(town: Town, dice: Dice) -> Iterator[Stream]:
    """One big brand campaign against banks, cards and airlines, from hundreds of hosts at one cloud in three days."""
    for home in dice.some([each for each in HOMES if each.trade in ("bank", "airline", "telecom")], 2, 3):
        net = dice.choice(("gce", "aws", "digitalocean", "contabo"))
        hosts = [town.fresh(net, dice) for _ in range(dice.randint(50, 90))]
        start = dice.randrange(80)
        sender = f"{dice.word(6)}.example" if dice.happens(0.5) else home.domain
        yield Stream(home, hosts, [(1.0, lie(home, sender=sender))], 60.0, 9.0, "daily", first=start, last=start + 3, to=EVERYBODY)


@spoof()
def forgery_tester(town: Town, dice: Dice) -> Iterator[Stream]:
    """Curious people who try forging sites, once."""
    for home in victims(dice, 8, 12):
        host = town.fresh("ovh", dice, f"emkei{dice.randint(1, 9)}.example")
        yield Stream(home, [host], [(1.0, lie(home))], 0.025, 1.0, "daily", to={"google": 4.0, "outlook": 1.0, "yahoo": 0.3})
