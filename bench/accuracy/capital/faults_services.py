"""Services, suppliers and sister companies that send for the owners and were set up half or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.faults_hosts import some
from bench.accuracy.capital.letters import Fate, Letter, Sig, Stream, failing
from bench.accuracy.capital.ordinary import service_letter, slug
from bench.accuracy.capital.people import Home
from bench.accuracy.capital.reporters import BUSINESS
from bench.accuracy.capital.services import SERVICES
from bench.accuracy.capital.town import ALL_NETS, Town


def used(
    town: Town,
    dice: Dice,
    home: Home,
    name: str,
    rate: float,
    size: float,
    rhythm: str = "daily",
    *,
    mode: str = "none",
    label: str = "",
) -> Stream:
    """A service that sends in the owner's name."""
    letter = service_letter(town, home, name, dice, mode=mode, label=label)
    return Stream(home, town.hosts(SERVICES[name].net, dice, 2, 6), [(1.0, letter)], rate, size, rhythm)


NEWS = {
    "jp": "blastmail cuenote emberpoint brevo",
    "kr": "stibee",
    "za": "everlytic mailchimp brevo",
    "fr": "brevo mailjet splio mailchimp",
    "uk": "mailchimp dotdigital brevo",
    "us": "mailchimp hubspot sendgrid marketo",
}


@failing()
def newsletter_half(town: Town, dice: Dice) -> Iterator[Stream]:
    """A department's newsletter service that nobody told the mail team of."""
    for home in some(town, dice, 12, 16):
        yield used(town, dice, home, dice.choice(NEWS[home.country].split()), 0.5, 25.0 * home.size, "campaign")


@failing()
def crm_half(town: Town, dice: Dice) -> Iterator[Stream]:
    """Sales people's Salesforce, which keeps its own envelope and signs nothing until it is told to."""
    for home in some(town, dice, 8, 12):
        yield used(town, dice, home, dice.choice(("salesforce", "salesforce", "hubspot", "sfmc")), 0.35, 3.0, "office")


@failing()
def people_office(town: Town, dice: Dice) -> Iterator[Stream]:
    """Payroll and personnel services that write to staff and candidates."""
    for home in some(town, dice, 8, 12):
        yield used(town, dice, home, dice.choice(("workday", "successfactors")), 0.25, 2.0, dice.choice(("monthly", "office")))


@failing()
def tickets(town: Town, dice: Dice) -> Iterator[Stream]:
    """Help desks at Zendesk, Freshdesk, ServiceNow with the owner's address and nothing else of the owner's."""
    for home in some(town, dice, 9, 13):
        yield used(town, dice, home, dice.choice(("zendesk", "freshdesk", "servicenow")), 0.35, 2.5, "office")


@failing()
def surveys_and_events(town: Town, dice: Dice) -> Iterator[Stream]:
    """Surveys, donations, courses and press notices by services that use the owner's address."""
    for home in some(town, dice, 9, 13):
        yield used(town, dice, home, dice.choice(("qualtrics", "blackbaud", "canvas", "cision")), 0.3, 6.0, "waves")


@failing(hard=True)
def applications_at_the_same_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """Developers' own accounts at SES, SendGrid and Mailgun, which send notices with only the service's signature.

    Hard: those who lie in the owner's name have accounts at the same services and share the hosts.
    """
    for home in some(town, dice, 12, 16):
        yield used(town, dice, home, dice.choice(("ses", "ses", "sendgrid", "mailgun", "postmark")), 0.25, 2.0, "daily")


@failing()
def tenant_without_a_key(town: Town, dice: Dice) -> Iterator[Stream]:
    """Microsoft 365 just switched on: the tenant signs with its onmicrosoft name, SPF still has the old servers only."""
    for home in some(town, dice, 4, 6, office="own"):
        sigs = (Sig(f"{slug(home)}.onmicrosoft.com", f"selector1-{slug(home)}-onmicrosoft-com"),)
        start = dice.randrange(20, 60)
        yield Stream(
            home, town.hosts("m365", dice, 3, 6), [(1.0, Letter(home.domain, home.domain, sigs))], 0.9, 2.0, "office", first=start
        )


@failing(hard=True)
def private_gmail_with_work_address(town: Town, dice: Dice) -> Iterator[Stream]:
    """Staff and professors who write from private Gmail or Outlook with their address at work as author.

    Hard: whose mailbox it is cannot be seen; it is small, regular, and was allowed once.
    """
    for home in some(town, dice, 12, 16):
        net, name, selector = dice.choice(
            (("google", "gmail.com", "20230601"), ("google", "gmail.com", "20230601"), ("hotmail", "outlook.com", "selector1"))
        )
        town.dns.spf(name, f"include:{ALL_NETS[net].spf} ~all")
        yield Stream(
            home, town.hosts(net, dice, 1, 3), [(1.0, Letter(home.domain, name, (Sig(name, selector),)))], 0.09, 1.0, "office"
        )


@failing()
def gateway_out_forgotten(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mail leaves through a new outgoing filter that breaks signatures or has none, and that SPF does not name."""
    for home in some(town, dice, 6, 9, office="m365"):
        name = dice.choice([each for each in ("barracuda", "hornet", "trend", "iphmx") if each not in home.office])
        sigs = (Sig(home.domain, "selector1", Fate.BROKEN),) if home.signs else ()
        start = dice.randrange(60)
        last = start + dice.randint(10, 30)
        yield Stream(
            home,
            town.hosts(name, dice, 2, 5),
            [(1.0, Letter(home.domain, home.domain, sigs))],
            0.7,
            2.0,
            "office",
            first=start,
            last=last,
        )


@failing()
def new_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """A service switched on in the middle of the window, whose key was published a week or three later."""
    for home in some(town, dice, 6, 9):
        name = dice.choice(("brevo", "sendgrid", "hubspot", "mailjet", "zendesk", "sparkpost"))
        bad, good = (used(town, dice, home, name, 0.8, 8.0 * home.size, mode=mode) for mode in ("none", "dkim"))
        bad.first = dice.randrange(20, 55)
        bad.last = good.first = bad.first + dice.randint(7, 22)
        good.hosts, good.rate = bad.hosts, bad.rate
        yield from (bad, good)


@failing()
def key_gone(town: Town, dice: Dice) -> Iterator[Stream]:
    """Somebody tidied DNS and took the key of a service away; it signs on."""
    for home in some(town, dice, 5, 8):
        name = dice.choice(("mailchimp", "sendgrid", "dotdigital", "brevo", "zendesk"))
        letter = service_letter(town, home, name, dice)
        lost = letter.plus(Sig(home.domain, f"{name[:2]}{dice.randint(1, 9)}", Fate.NO_KEY))
        yield Stream(home, town.hosts(name, dice, 2, 5), [(1.0, lost)], 0.5, 6.0 * home.size, "daily")


@failing(hard=True)
def phishing_exercise(town: Town, dice: Dice) -> Iterator[Stream]:
    """Training phish in the owner's name, ordered by the owner's security team.

    Hard: it is made to look like phishing; only the service's name tells.
    """
    for home in dice.some(town.troubled("bank insurer hospital ministry university city"), 4, 6):
        yield used(town, dice, home, "knowbe4", 0.35, 2.0, "waves")


@failing()
def web_form(town: Town, dice: Dice) -> Iterator[Stream]:
    """Forms of web sites on shared hosting that mail with the owner's address as author and the host's as envelope."""
    where = {
        "jp": "xserver sakura",
        "us": "bluehost godaddy",
        "fr": "ovh_shared",
        "uk": "uk_hosting",
        "kr": "cafe24",
        "za": "xneelo",
    }
    for home in some(town, dice, 12, 16):
        host = town.host(dice.choice(where[home.country].split()), dice)
        sender = host.name if dice.happens(0.7) else home.domain
        yield Stream(home, [host], [(1.0, Letter(home.domain, sender))], 0.2, 1.2, "daily")


@failing()
def signed_documents(town: Town, dice: Dice) -> Iterator[Stream]:
    """Contracts sent for signing by a service with the clerk's address as author."""
    for home in some(town, dice, 7, 10):
        stream = used(town, dice, home, "docusign", 0.22, 1.3, "office")
        stream.to = dict(BUSINESS)
        yield stream
