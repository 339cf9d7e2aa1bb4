"""Spoofers by what they pretend: signatures, names, services, detours."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.forwards import GREAT
from bench.accuracy.abroad.letters import FAIL, NO_KEY, Letter, Seal, Stream, spoof, spoof_hard
from bench.accuracy.abroad.lists import READERS
from bench.accuracy.abroad.nets import CHEAP, DIALUPS
from bench.accuracy.abroad.ordinary import way_hosts
from bench.accuracy.abroad.people import Home
from bench.accuracy.abroad.rhythm import bursts, once, steady
from bench.accuracy.abroad.services import SERVICES
from bench.accuracy.abroad.spoofs_nets import bots, crooked
from bench.accuracy.abroad.town import Town


def _hosts(town: Town, dice: Dice, number: int, listed: float = 0.25) -> list[str]:
    return [town.host(dice.choice(CHEAP), listed=listed) for _ in range(number)]


@spoof
def made_up_selector(town: Town, dice: Dice) -> Iterator[Stream]:
    """Signatures in the owner's name with selectors that never were: there is no key. The DNS shows it."""
    for home in town.troubled(dice, 8):
        hosts, selector = _hosts(town, dice, 5), dice.choice(("dkim", "default", "mail", dice.word(6)))
        seals = (Seal(home.domain, f"{selector}x", NO_KEY),)

        def write(dice: Dice, _: int, home: Home = home, hosts: list[str] = hosts, seals: tuple[Seal, ...] = seals) -> Letter:
            return Letter(dice.choice(hosts), home.domain, home.domain, seals)

        yield crooked(home, 20.0, bursts(dice, 3, 3), write)


@spoof_hard
def replayed_and_changed(town: Town, dice: Dice) -> Iterator[Stream]:
    """A real letter of the owner sent again with other contents: the true selector, a broken signature, from rented hosts. Hard: so
    arrives whatever a forwarder has changed; the number of hosts and letters in two days is not a forwarder's."""
    for home in town.troubled(dice, 7, "dkim"):
        hosts, seals = _hosts(town, dice, 7), (Seal(home.domain, home.selectors[0], FAIL),)

        def write(dice: Dice, _: int, home: Home = home, hosts: list[str] = hosts, seals: tuple[Seal, ...] = seals) -> Letter:
            return Letter(dice.choice(hosts), home.domain, f"{dice.word(6)}.example", seals)

        yield crooked(home, 45.0, bursts(dice, 2, 2), write, lots=3)


@spoof
def foreign_signature(town: Town, dice: Dice) -> Iterator[Stream]:
    """Signed and bounced by throw-away domains, another every burst, from bots and cheap hosts with the operators' names."""
    herd = bots(town, (*CHEAP, "vnpt", "viettel"), 70, 0.35)
    for home in town.troubled(dice, 7):
        for _ in range(3):
            name = f"{dice.word(9)}.example"
            town.key(name, "s1")

            def write(dice: Dice, _: int, home: Home = home, name: str = name) -> Letter:
                return Letter(dice.choice(herd), home.domain, name, (Seal(name, "s1"),))

            yield crooked(home, 16.0, bursts(dice, 1, 3), write)


@spoof
def no_such_subdomain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Sub-domains that do not exist, as `secure-login`, by a herd of lines and hosts."""
    herd = bots(town, (*DIALUPS, *CHEAP), 180, 0.35)
    for home in [*town.troubled(dice, 8), *(h for h in town.homes if h.parked)]:
        name = f"{dice.choice(('secure-login', 'billing', 'no-reply', 'kakunin', 'konto'))}.{home.domain}"

        def write(dice: Dice, _: int, name: str = name) -> Letter:
            return Letter(dice.choice(herd), name, name if dice.odds(0.5) else f"{dice.word(5)}.example")

        yield crooked(home, 14.0, bursts(dice, 3, 3), write)


@spoof
def fake_bounces(town: Town, dice: Dice) -> Iterator[Stream]:
    """Made-up bounces with the owner's name, null envelope, a HELO of nonsense, from many lines."""
    herd = bots(town, DIALUPS, 150, 0.4)
    for home in town.troubled(dice, 8):

        def write(dice: Dice, _: int, home: Home = home) -> Letter:
            return Letter(dice.choice(herd), home.domain, "", helo=f"{dice.word(5)}.local")

        yield crooked(home, 8.0, bursts(dice, 4, 3), write, lots=3)


@spoof
def lying_name(town: Town, dice: Dice) -> Iterator[Stream]:
    """Hosts whose reverse name claims to be the owner's mail server; the name does not lead back."""
    for home in town.troubled(dice, 7):
        hosts = [town.host(dice.choice(CHEAP), f"mail{n}.{home.domain}", lies=True, listed=0.2) for n in range(4)]

        def write(dice: Dice, _: int, home: Home = home, hosts: list[str] = hosts) -> Letter:
            return Letter(dice.choice(hosts), home.domain, home.domain, helo=f"mail.{home.domain}")

        yield crooked(home, 22.0, bursts(dice, 2, 4), write)


@spoof_hard
def same_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """A crook is a customer of the very service by which the owner sends, and uses the owner's From. Hard: the hosts are the
    ones the owner's proper mail comes from; only the signature that is not the owner's and the one burst tell."""
    for home in town.troubled(dice, 14):
        ways = [w for w, _, _ in home.ways if w in ("sendgrid", "mailgun", "ses_tokyo", "brevo", "mailchimp")]
        for way in ways[:1]:
            service, hosts = SERVICES[way], way_hosts(town, way)[:6]
            seals = (Seal(service.signs_as, service.selector),)

            def write(
                dice: Dice,
                _: int,
                home: Home = home,
                hosts: list[str] = hosts,
                seals: tuple[Seal, ...] = seals,
                back: str = service.return_path,
            ) -> Letter:
                return Letter(dice.choice(hosts), home.domain, back, seals)

            yield crooked(home, 40.0, bursts(dice, 2, 2), write)


@spoof_hard
def trial_account(town: Town, dice: Dice) -> Iterator[Stream]:
    """A crook's trial account at a service that the owner never used: one burst until the service closes it. Hard: the first
    newsletter by a new service begins alike."""
    for way in ("sendgrid", "mailgun", "brevo", "hubspot"):
        for home in town.troubled(dice, 3):
            if way in home.traits:
                continue
            service, hosts = SERVICES[way], way_hosts(town, way)[-4:]
            letter = [Letter(ip, home.domain, service.return_path, (Seal(service.signs_as, service.selector),)) for ip in hosts]
            yield crooked(home, 70.0, once(dice.randint(4, 84)), lambda dice, _, some=letter: dice.choice(some))  # type: ignore[misc]


@spoof_hard
def through_forwarder(town: Town, dice: Dice) -> Iterator[Stream]:
    """Spoofed mail to mailboxes that forward: it arrives from the very relays that pass on the owner's true mail. Hard: only
    that no signature of a signing owner is there, or the foreign envelope, tells; with the owner's envelope nothing
    does."""
    relays = town.relays or [town.host("ocn_relay") for _ in range(2)]
    for home in town.troubled(dice, 9, "dkim"):

        def write(dice: Dice, _: int, home: Home = home) -> Letter:
            envelope = home.domain if dice.odds(0.5) else f"{dice.word(6)}.example"
            return Letter(dice.choice(relays), home.domain, envelope, travelled="forward")

        yield Stream(home.domain, 0.6, write, steady, GREAT, lots=1)


@spoof_hard
def list_spam(town: Town, dice: Dice) -> Iterator[Stream]:
    """Spoofed posts that open lists re-send, as they re-send true ones. Hard, and rare: the list adds its envelope and signature to
    both; an owner that always signs is missed in it."""
    for number in range(2):
        site = f"offene-liste{number}.example"
        host = town.host("ovh", site)
        town.text(site, f"v=spf1 ip4:{host} -all")
        for home in town.troubled(dice, 4, "dkim"):

            def write(_: Dice, __: int, home: Home = home, host: str = host, site: str = site) -> Letter:
                return Letter(host, home.domain, site, travelled="list")

            yield Stream(home.domain, 5.0, write, bursts(dice, 2, 1), READERS, lots=1)


@spoof
def mailbox_tool(town: Town, dice: Dice) -> Iterator[Stream]:
    """A sending tool on cheap hosts that signs with a key of its own under the owner's name and under a throw-away domain at
    once."""
    for home in town.troubled(dice, 6):
        hosts, name = _hosts(town, dice, 4, 0.35), f"{dice.word(8)}.example"
        seals = (Seal(home.domain, dice.word(5), NO_KEY), Seal(name, "k", FAIL))

        def write(
            dice: Dice, _: int, home: Home = home, hosts: list[str] = hosts, name: str = name, seals: tuple[Seal, ...] = seals
        ) -> Letter:
            return Letter(dice.choice(hosts), home.domain, name, seals)

        yield crooked(home, 16.0, bursts(dice, 3, 2), write)
