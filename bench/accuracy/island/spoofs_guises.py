"""Spoofers by what they pretend: signatures, names, accounts of others, ways through lists and forwarders."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.island.carrying import FORWARD, LIST, domain, mailers, signed, stations
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.falsehood import ASIA, CHEAP, ELSEWHERE, bought, letters, swarm, throwaway, wave
from bench.accuracy.island.letters import Letter, Sign, Stream, spoof, through
from bench.accuracy.island.people import uses
from bench.accuracy.island.town import Town


@spoof
def made_up_selector(town: Town, dice: Dice) -> Iterator[Stream]:
    """A signature in the owner's name with a selector that does not exist."""
    for site in town.targets(dice, 6, 8, lambda site: site.target >= 1):
        hosts = swarm(town, dice, (*CHEAP, "chinanet", "alibaba"), dice.randint(2, 8), 0.35)
        selector = dice.choice(("default", "mail", "dkim", "key1", dice.jumble(8)))
        envelope = dice.choice((site.domain, throwaway(dice)))
        pairs = through(hosts, Letter(site.domain, envelope, (Sign(site.domain, selector, "no_key"),)))
        yield wave(site, pairs, 0.22, dice, audience="carriers" if site.country == "jp" else "")


@spoof
def replayed_signature(town: Town, dice: Dice) -> Iterator[Stream]:
    """A true signature of the owner's newsletter, copied above another body.

    Hard: domain and selector are the owner's true ones, as in mail that a forwarder broke.
    """
    for site in town.targets(dice, 3, 4, lambda site: any(way.mode != "spf" for way in site.ways)):
        letter = next(each for each in town.letters[site.domain] if each.signs)
        hosts = swarm(town, dice, CHEAP, dice.randint(2, 6), 0.3)
        envelope = dice.choice((site.domain, bought(town, dice, hosts)[0]))
        broken = tuple(sign._replace(state="broken") for sign in letter.signs)
        yield wave(site, through(hosts, Letter(site.domain, envelope, broken)), 0.25, dice)


@spoof
def lookalike_signature(town: Town, dice: Dice) -> Iterator[Stream]:
    """Envelope and signature of a bought name that looks like the owner's, From the owner's own."""
    for site in town.targets(dice, 5, 7, lambda site: site.target >= 1):
        stem = site.domain.partition(".")[0].replace("-", "")
        name = f"{stem}-{dice.choice(('info', 'support', 'jp', 'mail', 'secure'))}.{dice.choice(('com', 'net', 'top', 'cn'))}"
        hosts = mailers(town, dice, dice.choice(CHEAP), name, dice.randint(1, 2), sign="default")
        yield wave(site, through(hosts, Letter(site.domain, name, (signed(town, name, "default"),))), 0.2, dice)


@spoof
def parked_domain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Domains that send nothing are used as senders, by bots and rented servers alike."""
    for site in town.targets(dice, 5, 7, lambda site: site.parked):
        hosts = swarm(town, dice, ASIA + ELSEWHERE + CHEAP, dice.randint(6, 20), 0.5)
        yield wave(site, letters(dice, site.domain, hosts, own=0.7), 0.3, dice, audience="world")


@spoof
def invented_subdomain(town: Town, dice: Dice) -> Iterator[Stream]:
    """From at a sub-domain that does not exist, as `secure-login` or a person's name."""
    for site in town.targets(dice, 8, 10):
        name = f"{dice.choice(('secure', 'login', 'account', 'service', dice.word(), dice.jumble(6)))}.{site.domain}"
        hosts = swarm(town, dice, CHEAP + ASIA, dice.randint(2, 8), 0.45)
        yield wave(site, letters(dice, name, hosts, own=0.7), 0.25, dice, audience="world")


@spoof
def account_at_ses(town: Town, dice: Dice) -> Iterator[Stream]:
    """Stolen keys of somebody's Amazon account: amazonses.com signs, and the thief's verified domain too."""
    for site in town.targets(dice, 4, 6):
        service = dice.choice(("ses", "ses_tokyo"))
        envelope, signs = town.own(service, None, dice)
        name = domain(dice, "com", "co", "com.br", "jp")
        pairs = through(dice.some(town.farm(service), 2, 4), Letter(site.domain, envelope, (signed(town, name, "ses1"), *signs)))
        yield wave(site, pairs, 0.16, dice)


@spoof
def account_at_the_owners_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """A stolen account at the delivery service that the owner uses too, with that customer's bounces and signature.

    Hard: the hosts are those of the owner's own mail.
    """
    services = ("sendgrid", "ses", "ses_tokyo", "mailjet", "blastmail", "mailchimp")
    for site in town.targets(dice, 5, 6, uses(*services)):
        service = next(way.service for way in site.ways if way.service in services)
        name = domain(dice, "com", "net", "co.jp")
        envelope = f"em{dice.randint(1000, 9999)}.{name}"
        hosts = town.farm(service)[:4]
        town.firm(envelope, hosts)
        yield wave(site, through(hosts, Letter(site.domain, envelope, (signed(town, name, "s1"),))), 0.14, dice)


@spoof
def account_at_sendgrid(town: Town, dice: Dice) -> Iterator[Stream]:
    """A hijacked SendGrid or Mailgun customer sends in a stranger's name, with the customer's bounces."""
    for site in town.targets(dice, 5, 7):
        service = dice.choice(("sendgrid", "sendgrid", "mailgun", "sparkpost"))
        hosts = dice.some(town.farm(service), 1, 3)
        name = domain(dice, "com", "net", "org", "in")
        envelope = f"em{dice.randint(1000, 9999)}.{name}"
        town.firm(envelope, hosts)
        yield wave(site, through(hosts, Letter(site.domain, envelope, (signed(town, name, "s1"),))), 0.16, dice)


@spoof
def tenant_at_m365(town: Town, dice: Dice) -> Iterator[Stream]:
    """A hijacked or trial tenant of Microsoft 365 sends with a stranger's From: its own name signs and takes bounces."""
    for site in town.targets(dice, 7, 9):
        envelope, signs = town.own("m365", None, dice)
        if dice.happens(0.4):
            envelope = domain(dice, "com", "com.br", "co.in")
            town.directory.spf(envelope, "v=spf1 include:spf.protection.outlook.com -all")
        pairs = through(dice.some(town.farm("m365"), 2, 5), Letter(site.domain, envelope, signs))
        yield wave(site, pairs, 0.15, dice, audience="world")


@spoof
def gmail_account(town: Town, dice: Dice) -> Iterator[Stream]:
    """Gmail and Workspace accounts with a foreign From by a client that lets them, in small numbers.

    Hard: staff who send as the work address from Gmail look the same.
    """
    town.farm("google")
    town.directory.spf("gmail.com", "v=spf1 include:_spf.google.com ~all")
    for site in town.targets(dice, 4, 5):
        letter = Letter(site.domain, "gmail.com", (signed(town, "gmail.com", "20230601"),))
        yield wave(site, through(dice.sample(town.farm("google"), 3), letter), 0.08, dice, rhythm="rare")


@spoof
def stolen_mailbox(town: Town, dice: Dice) -> Iterator[Stream]:
    """A hijacked mailbox at a university, ministry or provider sends phishing by its good mail host, which signs for itself.

    Hard: host, envelope and signature are a respected third party's, as a contractor's or a list's are.
    """
    for site in town.targets(dice, 5, 7):
        name = domain(dice, "ac.jp", "edu", "gob.mx", "ac.in", "or.kr")
        hosts = mailers(town, dice, dice.choice(("usen", "comcast_biz", "airtel", "embratel", "nuro")), name, sign="mail")
        signs = (signed(town, name, "mail"),) if dice.happens(0.6) else ()
        yield wave(site, through(hosts, Letter(site.domain, name, signs)), 0.14, dice, rhythm="once", heap=3.0)


@spoof
def neighbour_at_the_hoster(town: Town, dice: Dice) -> Iterator[Stream]:
    """Another customer of the owner's shared host sends in the owner's name with the own account's envelope.

    Hard: host and hoster are the owner's.
    """
    hosters = ("sakura", "xserver", "lolipop", "heteml", "bluehost", "ovh_web", "whogohost", "strato", "locaweb_web")
    for site in town.targets(dice, 3, 5, lambda site: any(way.service in hosters for way in site.ways)):
        service = next(way.service for way in site.ways if way.service in hosters)
        host = dice.choice(town.farm(service))
        yield wave(site, through([host], Letter(site.domain, domain(dice, "com", "jp", "net"))), 0.3, dice)


@spoof
def forwarded_spoof(town: Town, dice: Dice) -> Iterator[Stream]:
    """False mail to an alias: the forwarder that passes on the owner's true mail passes this on too.

    Hard: the host is a known forwarder; only what the mail lacks (a signature that the owner's mail has) tells.
    """
    ways = (("sakura", "carriers"), ("bluehost", "world"), ("ovh_web", "world"), ("mailchannels", "world"), ("m365", "companies"))
    for site in town.targets(dice, 8, 10):
        service, audience = dice.choice(ways)
        envelope = domain(dice, "com", "jp") if service == "m365" else site.domain
        if service == "m365":
            town.farm("m365")
            town.directory.spf(envelope, "v=spf1 include:spf.protection.outlook.com -all")
        pairs = through(dice.some(town.farm(service), 1, 3), Letter(site.domain, envelope))
        yield wave(site, pairs, 0.1, dice, audience=audience, touch=FORWARD)
    for site in town.targets(dice, 4, 6):
        station = dice.choice(stations(town, dice.choice(("alumni", "alumni tagging"))))
        yield wave(site, letters(dice, site.domain, station.hosts, own=0.6), 0.1, dice, audience="world", touch=FORWARD)


@spoof
def spoof_at_an_inbound_gateway(town: Town, dice: Dice) -> Iterator[Stream]:
    """False mail to a company that has a gateway before its tenant: the tenant's host sees the gateway, as for all mail.

    Hard: it comes from the host by which the owner's true mail comes.
    """
    for site in town.targets(dice, 7, 9):
        gateway = dice.choice(("mimecast", "proofpoint", "barracuda", "securemx", "trend_jp"))
        yield wave(site, letters(dice, site.domain, town.farm(gateway)[:3], own=0.6), 0.1, dice, audience="hosted")


@spoof
def spoof_to_a_list(town: Town, dice: Dice) -> Iterator[Stream]:
    """An open list takes false mail and sends it to its members with its own envelope and signature.

    Hard: the list's host carries true mail of others; there was no signature to break.
    """
    for what, audience in (("mailman2", "world"), ("mailman2 signing", "world"), ("fml", "jp")):
        for site in town.targets(dice, 2, 3):
            station = dice.choice(stations(town, what))
            letter = Letter(site.domain, station.name, station.signs)
            yield wave(site, through(station.hosts, letter), 0.08, dice, audience=audience, touch=LIST)


@spoof
def chief_by_webmail(town: Town, dice: Dice) -> Iterator[Stream]:
    """The head of the firm asks for a transfer: single mails by a hoster's webmail, replies to another address."""
    for site in town.targets(dice, 6, 8, lambda site: not site.parked):
        service = dice.choice(("godaddy", "ionos_web", "ovh_web", "strato", "hostgator_br"))
        envelope = domain(dice, "com", "net", "org")
        town.directory.spf(envelope, "v=spf1 " + " ".join(f"ip4:{host.address}" for host in town.farm(service)) + " ~all")
        pairs = through(dice.some(town.farm(service), 1, 2), Letter(site.domain, envelope))
        yield wave(site, pairs, 0.05, dice, audience="companies", rhythm="rare")


@spoof
def spoof_tester(town: Town, dice: Dice) -> Iterator[Stream]:
    """Researchers and vendors try whether a domain can be forged, from a cloud machine, to a test mailbox."""
    for site in town.targets(dice, 4, 6):
        host = town.machine(dice.choice(("aws", "digitalocean", "gcp", "azure")), dice)
        yield wave(
            site,
            through([host], Letter(site.domain, site.domain)),
            0.04,
            dice,
            rhythm="once",
            audience=dice.choice(("google", "outlook", "enterprise")),
        )


@spoof
def strangers_placeholder(town: Town, dice: Dice) -> Iterator[Stream]:
    """A stranger's device or test system has the owner's domain as an example in its settings and mails every night.

    Hard: it is steady and small as a forgotten machine of the owner would be.
    """
    for site in town.targets(dice, 2, 3, lambda site: site.target <= 1.5):
        host = town.machine(dice.choice(("airtel", "comcast_biz", "aws", "hetzner")), dice)
        yield wave(
            site,
            through([host], Letter(site.domain, site.domain)),
            0.1,
            dice,
            rhythm="steady",
            audience=dice.choice(("google", "enterprise", "yahoo")),
        )
