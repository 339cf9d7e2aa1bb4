"""Faults with rented services: the owner's mail, by services that nobody told how to prove it."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.letters import NO_KEY, Letter, Seal, Stream, failing, failing_hard
from bench.accuracy.abroad.ordinary import way_hosts
from bench.accuracy.abroad.people import Home
from bench.accuracy.abroad.rhythm import Rhythm, between, office, on_dates, once, shop, steady, weekly
from bench.accuracy.abroad.services import SERVICES
from bench.accuracy.abroad.town import Town

from sekisho.core.terms import AuthResult

BIG = 6.0
"""A newsletter day, in ordinary days."""


def served(
    town: Town, home: Home, way: str, rate: float, rhythm: Rhythm, seals: tuple[Seal, ...] | None = None, envelope: str = ""
) -> Stream:
    """Mail of the owner by a service, with the service's own envelope and signature if not told otherwise."""
    service = SERVICES[way]
    hosts = Dice.of(town.seed, home.domain, way).sample(way_hosts(town, way), 4)
    own = (Seal(service.signs_as, service.selector),) if seals is None else seals

    def write(dice: Dice, _: int) -> Letter:
        return Letter(dice.choice(hosts), home.domain, envelope or service.return_path, own)

    return Stream(home.domain, rate, write, rhythm, lots=2)


def house(town: Town, word: str, net: str, number: int = 2) -> tuple[str, list[str]]:
    """A small service under its own name: domain and hosts, with SPF and a key."""
    name = f"{word}.example"
    hosts = [town.host(net, f"smtp{n}.{name}") for n in range(number)]
    town.text(name, "v=spf1 " + " ".join(f"ip4:{ip}" for ip in hosts) + " -all")
    town.key(name, "svc")
    return name, hosts


@failing
def new_newsletter_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """Since a day in the window a newsletter goes out by a well-known service, with the service's envelope and signature, every
    week."""
    for way in ("mailchimp", "sendgrid", "brevo", "hubspot"):
        for home in town.troubled(dice, 2):
            rhythm = between(dice.randint(15, 50), 90, weekly(dice.randint(0, 4)))
            if way not in home.traits:
                yield served(town, home, way, dice.uniform(18, 40), rhythm)


@failing
def crm_own_return_path(town: Town, dice: Dice) -> Iterator[Stream]:
    """The sales people's CRM sends with its own return path and no signature."""
    for home in town.troubled(dice, 6):
        if "salesforce" not in home.traits:
            yield served(town, home, "salesforce", dice.uniform(2, 6), office, ())


@failing
def helpdesk_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """A help desk service answers customers as the owner, signed as itself."""
    for home in town.troubled(dice, 6):
        yield served(town, home, "zendesk", dice.uniform(2, 5), shop)


@failing
def key_withdrawn(town: Town, dice: Dice) -> Iterator[Stream]:
    """The key that a service signs with was deleted while DNS was tidied: the service still signs as the owner, for nothing."""
    for home in town.troubled(dice, 5, "dkim"):
        way = dice.choice(("sendgrid", "mailgun", "ses"))
        first = dice.randint(10, 40)
        for rhythm, result in ((between(0, first - 1, shop), AuthResult.PASS), (between(first, 90, shop), NO_KEY)):
            seals = (Seal(home.domain, f"{way[:2]}1", result), Seal(SERVICES[way].signs_as, SERVICES[way].selector))
            yield served(town, home, way, 6.0, rhythm, seals)


@failing
def rotation_gone_wrong(town: Town, dice: Dice) -> Iterator[Stream]:
    """For some days of a rotation the service signs with the new key while DNS has the old one; the envelope is the service's."""
    for home in town.troubled(dice, 5, "dkim"):
        way = dice.choice(("sendgrid", "mailchimp", "brevo"))
        first = dice.randint(20, 70)
        good, bad = AuthResult.PASS, AuthResult.FAIL
        for days, result in (((0, first - 1), good), ((first, first + 5), bad), ((first + 6, 90), good)):
            yield served(town, home, way, 9.0, between(*days), (Seal(home.domain, home.selectors[0], result),))


@failing
def tenant_default_key(town: Town, dice: Dice) -> Iterator[Stream]:
    """The owner's new tenant at Microsoft signs as `onmicrosoft.com`, and SPF was not told."""
    for home in town.troubled(dice, 6):
        if not home.traits & {"m365", "crowded"}:
            tenant = f"{home.domain.partition('.')[0].replace('-', '')}.onmicrosoft.com"
            selector = f"selector2-{tenant.partition('.')[0]}-onmicrosoft-com"
            town.key(tenant, selector)
            yield served(town, home, "m365", dice.uniform(3, 8), office, (Seal(tenant, selector),), home.domain)


@failing
def workspace_default_key(town: Town, dice: Dice) -> Iterator[Stream]:
    """A department's Workspace signs with Google's stand-in domain for the owner; SPF does not include Google."""
    for home in town.troubled(dice, 6):
        if "google" not in home.traits:
            stand_in = f"{home.domain.replace('.', '-')}.20230601.gappssmtp.com"
            town.key(stand_in, "20230601")
            yield served(town, home, "google", dice.uniform(3, 7), office, (Seal(stand_in, "20230601"),), home.domain)


@failing
def strict_and_subdomain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Alignment is strict, and the shop program signs and bounces as a sub-domain of the owner: proven, never aligned."""
    for home in town.troubled(dice, 3, "strict"):
        name = f"shop.mail.{home.domain}"
        town.key(name, "st")
        town.text(name, "v=spf1 include:amazonses.com -all")
        yield served(town, home, "ses", 10.0, shop, (Seal(name, "st"),), name)


@failing_hard
def agency_server(town: Town, dice: Dice) -> Iterator[Stream]:
    """The owner's marketing agency mails campaigns from its own hosts with the owner's envelope, unsigned. Hard: rented hosts
    with clean, foreign names, once a month in one go, look like snowshoe."""
    for number, home in enumerate(town.troubled(dice, 6)):
        _, hosts = house(town, f"werbebuero{number}-{dice.word(3)}", dice.choice(("ovh", "linode", "sakura_vps")), 3)
        letter = [Letter(ip, home.domain, home.domain) for ip in hosts]
        yield Stream(home.domain, 110.0, lambda dice, _, some=letter: dice.choice(some), on_dates(dice.randint(3, 25)), lots=3)  # type: ignore[misc]


@failing_hard
def pay_slips(town: Town, dice: Dice) -> Iterator[Stream]:
    """A small payroll service sends slips in the employer's name, properly as itself, on pay day. Hard: no book knows the
    service, and a crook's own domain proves itself as well; the calendar does not lie."""
    for number, home in enumerate(town.troubled(dice, 7)):
        name, hosts = house(town, f"kyuyo-meisai{number}", dice.choice(("sakura_vps", "aws_tokyo", "hetzner")))
        letter = [Letter(ip, home.domain, name, (Seal(name, "svc"),)) for ip in hosts]
        yield Stream(home.domain, 45.0, lambda dice, _, some=letter: dice.choice(some), on_dates(10, 25), lots=3)  # type: ignore[misc]


@failing_hard
def survey_once(town: Town, dice: Dice) -> Iterator[Stream]:
    """One survey by a service that was never used before or after. Hard, and hardly to be told from a crook with a trial account:
    only the owner knows. A small part of all."""
    for number, home in enumerate(town.troubled(dice, 5)):
        name, hosts = house(town, f"umfrage{number}-{dice.word(3)}", "hetzner")
        letter = Letter(hosts[0], home.domain, name, (Seal(name, "svc"),))
        yield Stream(home.domain, 60.0, lambda _, __, one=letter: one, once(dice.randint(5, 80)), lots=1)  # type: ignore[misc]


@failing_hard
def booking_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """A booking service unknown to any book confirms dates in the owner's name all through the window, as itself. Hard for the same
    reason as pay slips; easier by its customers' rhythm."""
    for number, home in enumerate(town.troubled(dice, 6)):
        name, hosts = house(town, f"yoyaku{number}-{dice.word(3)}", dice.choice(("aws_tokyo", "gcp", "hetzner")))
        letter = [Letter(ip, home.domain, name, (Seal(name, "svc"),)) for ip in hosts]
        yield Stream(home.domain, dice.uniform(3, 7), lambda dice, _, some=letter: dice.choice(some), shop, lots=2)  # type: ignore[misc]


@failing
def ses_without_identity(town: Town, dice: Dice) -> Iterator[Stream]:
    """The owner's web application sends by Amazon SES with the default envelope and only Amazon's signature, night and day."""
    for home in town.troubled(dice, 6):
        if not home.traits & {"ses", "ses_tokyo"}:
            yield served(town, home, "ses_tokyo" if home.public == "jp" else "ses", dice.uniform(4, 9), steady)


@failing
def invoices_by_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """Invoices at the turn of the month by a well-known service, unaligned."""
    for home in town.troubled(dice, 5):
        if "mailgun" not in home.traits:
            yield served(town, home, "mailgun", 7 * BIG, on_dates(1, 2, 30, 31))
