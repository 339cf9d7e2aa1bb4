"""Spoofers by where they send from: bots, rented machines, broken-into hosts and accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import ip_address

from bench.accuracy.overseas.chance import Dice, bursts, on_days, steady
from bench.accuracy.overseas.letters import Letter, Signature, Stream, spoof
from bench.accuracy.overseas.nets import BOTS, Host
from bench.accuracy.overseas.people import Home
from bench.accuracy.overseas.receivers import WORLDWIDE
from bench.accuracy.overseas.town import Town

MUTE = 0.1
"""How often the DNS of an access line without names does not answer at all."""


def _famous(home: Home) -> bool:
    return "famous" in home.traits


def sent(home: Home, letter: Letter, hosts: Sequence[Host], rate: float, rhythm: tuple[float, ...]) -> Stream:
    """A spoofer's stream: bought addresses everywhere, all hosts alike."""
    return Stream(home, letter, tuple(hosts), rate, rhythm, WORLDWIDE, even=True)


def bots(town: Town, dice: Dice, count: int, listed: float = 0.7) -> tuple[Host, ...]:
    """Infected machines on access lines of the world; so many of them are on lists."""
    hosts = tuple(host for _ in range(count) for host in town.nets.hosts(dice.choice(BOTS), 1, dice))
    for host in hosts:
        if dice.happens(MUTE) and host.name.endswith(".local"):
            town.directory.fails(ip_address(host.address).reverse_pointer)
        if dice.happens(listed):
            town.directory.blame(host.address, *(() if dice.happens(0.6) else ("bl.mailspike.net",)))
    return hosts


@spoof()
def botnet(town: Town, dice: Dice) -> Iterator[Stream]:
    """A botnet on access lines everywhere: From and return path are the owner's, one or two mails a machine."""
    for home in town.choose(dice, 8) + town.choose(dice, 4, _famous):
        yield sent(home, Letter(home.domain, home.domain, helo=f"[{dice.word()}]"), bots(town, dice, 30), 5.0, bursts(dice, 7))


@spoof()
def background_noise(town: Town, dice: Dice) -> Iterator[Stream]:
    """What every domain gets all the time: a single mail now and then by a bot, a broken-into host or a line, each seen once."""
    for home in town.choose(dice, 25):
        hosts = bots(town, dice, 14) + town.nets.hosts("firm_br", 2, dice) + town.nets.hosts("contabo", 2, dice)
        yield sent(home, Letter(home.domain, home.domain), hosts, dice.around(0.06, 0.3), steady())


@spoof()
def rented_machines(town: Town, dice: Dice) -> Iterator[Stream]:
    """Phishing from rented virtual machines for a day or two, with the machine's own name as return path."""
    for home in town.choose(dice, 4, _famous) + town.choose(dice, 3):
        hosts = tuple(host for net in ("contabo", "digitalocean") for host in town.nets.hosts(net, 1, dice))
        town.directory.blame(hosts[0].address, "bl.spamcop.net")
        path = town.foreign(f"{dice.word()}{dice.word()}.example", "", hosts)
        yield sent(home, Letter(home.domain, path), hosts, 60.0, bursts(dice, 2))


@spoof()
def snowshoe(town: Town, dice: Dice) -> Iterator[Stream]:
    """A row of addresses with names in a row and throw-away domains, SPF and signature in order, little from each."""
    for home in town.choose(dice, 5):
        domain = f"{dice.word()}-{dice.word()}.example"
        hosts = town.nets.beside("smallhost", 14, dice, "m{n}." + domain)
        town.foreign(domain, "", hosts, selector="dkim")
        yield sent(home, Letter(home.domain, domain, (Signature(domain, "dkim"),)), hosts, 3.0, bursts(dice, 9))


@spoof()
def broken_into_mail_servers(town: Town, dice: Dice) -> Iterator[Stream]:
    """Firms' mail servers with a guessed password, used as relays; the return path is the owner's."""
    for home in town.choose(dice, 8):
        hosts = tuple(
            h
            for net in dice.some(("firm_br", "firm_de", "firm_us", "line_in", "firm_jp"), 3)
            for h in town.nets.hosts(net, 1, dice)
        )
        for host in hosts:
            if dice.happens(0.4):
                town.directory.blame(host.address, "bl.spamcop.net")
        yield sent(home, Letter(home.domain, home.domain), hosts, 3.0, bursts(dice, 4))


@spoof(hard=True)
def broken_into_web_pages(town: Town, dice: Dice) -> Iterator[Stream]:
    """Phishing by a script on strangers' broken-into pages on shared hosting.

    Hard: hosts and return paths as those of an owner's own web form.
    """
    for home in town.choose(dice, 9):
        for net in dice.some(("bluehost", "hostinger", "namecheap_web", "locaweb_web", "hetzner_shared"), 2):
            hosts = town.pool(net, 2)
            path = town.foreign(hosts[0].name, "", hosts[:1], end="~all")
            yield sent(home, Letter(home.domain, path), hosts[:1], 3.0, bursts(dice, 4))


@spoof(hard=True)
def strangers_account(town: Town, dice: Dice) -> Iterator[Stream]:
    """Strangers' mailboxes at Microsoft and Google that were broken into; SPF and signature are those strangers'.

    Hard: looks as a partner or a forwarding tenant.
    """
    for home in town.choose(dice, 9):
        victim, net = f"{dice.word(4)}.example", dice.choice(("microsoft", "microsoft", "google"))
        town.foreign(victim, net, selector="selector1")
        letter = Letter(home.domain, victim, (Signature(victim, "selector1"),))
        yield sent(home, letter, town.pool(net, 3), 4.0, bursts(dice, 3))


@spoof(hard=True)
def account_at_owners_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """A spoofer with an account at a mail service, for some owners the very one that they use.

    Hard: hosts and signature of the service as with the owner's half set-up mail.
    """
    for home in town.choose(dice, 8):
        used = [name for name in ("sendgrid", "ses", "mailjet", "brevo", "mailchimp") if name in home.uses]
        service = used[0] if used else dice.choice(("sendgrid", "brevo", "mailgun"))
        letter = town.letter(home, service, aligned=False)
        hosts = town.pool({"ses": "ses", "brevo": "brevo"}.get(service, service), 3)
        if dice.happens(0.5):
            town.directory.blame(hosts[-1].address, "bl.spamcop.net")
        yield sent(home, letter, hosts, 6.0, bursts(dice, 2, days=2))


@spoof()
def sextortion(town: Town, dice: Dice) -> Iterator[Stream]:
    """ "I have filmed you", from the reader's own address: bots, From and return path the owner's, in waves."""
    for home in town.choose(dice, 9):
        yield sent(
            home, Letter(home.domain, home.domain), bots(town, dice, 20, listed=0.8), 8.0, on_days(*dice.sample(range(88), 2))
        )


@spoof()
def bots_by_ipv6(town: Town, dice: Dice) -> Iterator[Stream]:
    """Bots on access lines with IPv6, a new address every day; lists know none of them."""
    for home in town.choose(dice, 5):
        hosts = tuple(h for net in ("dial_us", "dial_ma") for h in town.nets.hosts(net, 8, dice, six=True))
        yield sent(home, Letter(home.domain, home.domain), hosts, 3.0, bursts(dice, 5))


@spoof(hard=True)
def through_providers_relay(town: Town, dice: Dice) -> Iterator[Stream]:
    """Infected customers of access providers: the provider's proper relay sends it.

    Hard: the same relays carry forwarded mail and that of staff at home.
    """
    for home in town.choose(dice, 7):
        hosts = town.pool(dice.choice(("isp_br", "isp_it", "isp_in", "isp_fr")), 4)
        yield sent(home, Letter(home.domain, home.domain), hosts, 3.0, bursts(dice, 5))


@spoof()
def phones_behind_nat(town: Town, dice: Dice) -> Iterator[Stream]:
    """Thousands of phones behind a few addresses of a carrier, some of them bots."""
    for home in town.choose(dice, 5):
        hosts = town.nets.hosts("mobile_ng", 3, dice)
        town.directory.blame(hosts[0].address)
        yield sent(home, Letter(home.domain, home.domain), hosts, 1.5, bursts(dice, 14))


@spoof(hard=True)
def hacked_university(town: Town, dice: Dice) -> Iterator[Stream]:
    """A student's stolen account at a university whose server also forwards for its alumni.

    Hard: a host with the best of names that sends forwarded mail, too.
    """
    for home in town.choose(dice, 6, _famous) + town.choose(dice, 2):
        net = dice.choice(("uni_us", "uni_jp"))
        hosts = (dice.choice(town.pool(net, 9)),)
        domain = ".".join(hosts[0].name.split(".")[-2:])
        town.foreign(hosts[0].name, "", hosts, selector="mail")
        yield sent(
            home, Letter(home.domain, hosts[0].name, (Signature(hosts[0].name, "mail"),), helo=domain), hosts, 5.0, bursts(dice, 3)
        )


@spoof()
def bulletproof_host(town: Town, dice: Dice) -> Iterator[Stream]:
    """A small hoster that looks away: weeks of phishing from one address without a name, listed everywhere."""
    for home in town.choose(dice, 5, _famous):
        hosts = town.nets.hosts("azure", 1, dice) + town.nets.hosts("smallhost", 1, dice)
        for host in hosts:
            town.directory.blame(host.address)
        yield sent(home, Letter(home.domain, home.domain), hosts, 1.2, steady(*sorted(dice.sample(range(90), 2))))
