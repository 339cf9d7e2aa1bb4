"""Services that send for the owner and are not, or only half, set up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.overseas.chance import Dice, Rhythm, bursts, steady, working
from bench.accuracy.overseas.letters import Letter, Seal, Signature, Stream, failing
from bench.accuracy.overseas.people import Home
from bench.accuracy.overseas.services import SERVICES
from bench.accuracy.overseas.town import Town


def _half(town: Town, home: Home, service: str, rate: float, rhythm: Rhythm, hosts: int = 2) -> Stream:
    """A service as it sends for a customer who has set up nothing."""
    return town.stream(home, town.letter(home, service, aligned=False), town.pool(SERVICES[service].net, hosts), rate, rhythm)


@failing()
def newsletter_half_set_up(town: Town, dice: Dice) -> Iterator[Stream]:
    """A newsletter service without the owner's signature: its own return path, its own signature."""
    for home in town.choose(dice, 8):
        service = dice.choice([name for name in ("mailchimp", "brevo", "mailjet", "sendgrid", "klaviyo") if name not in home.uses])
        yield _half(town, home, service, dice.around(20.0, 90.0), bursts(dice, dice.randrange(2, 6)), hosts=1)


@failing()
def newsletter_japan(town: Town, dice: Dice) -> Iterator[Stream]:
    """A Japanese mailing service (Cuenote) that signs nothing, with its own return path."""
    for home in town.choose(dice, 4, lambda h: h.country == "jp"):
        yield _half(town, home, "cuenote", dice.around(15.0, 60.0), bursts(dice, 5), hosts=1)


@failing()
def crm_unaligned(town: Town, dice: Dice) -> Iterator[Stream]:
    """The sales people's CRM (HubSpot, Salesforce) in the owner's name with its own return path."""
    for home in town.choose(dice, 7):
        yield _half(town, home, dice.choice(("hubspot", "salesforce_core")), dice.around(0.4, 1.5), working())


@failing()
def helpdesk_unaligned(town: Town, dice: Dice) -> Iterator[Stream]:
    """A help desk (Zendesk, Freshdesk) that answers in the owner's name."""
    for home in town.choose(dice, 7, lambda h: "freshworks" not in h.uses):
        yield _half(town, home, dice.choice(("zendesk", "freshworks")), dice.around(0.4, 1.5), working())


@failing()
def payroll_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """Payroll and personnel services (ADP, Workday, DATEV, SmartHR) that write to staff at the end of the month."""
    local = {"de": "datev", "jp": "smarthr", "us": "adp"}
    for home in town.choose(dice, 7):
        yield _half(town, home, local.get(home.country, "workday"), dice.around(5.0, 15.0), bursts(dice, 3, days=2), hosts=1)


@failing(hard=True)
def signing_and_surveys(town: Town, dice: Dice) -> Iterator[Stream]:
    """DocuSign and SurveyMonkey in the name of one of the owner's people.

    Hard: phishers use the same services with the same look; few mails.
    """
    for home in town.choose(dice, 7):
        yield _half(town, home, dice.choice(("docusign", "surveymonkey")), dice.around(0.1, 0.4), working())


@failing()
def invoices_by_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """QuickBooks invoices with the owner's address in From."""
    for home in town.choose(dice, 5, lambda h: h.country in ("us", "in", "fr", "ng")):
        yield _half(town, home, "intuit", dice.around(0.2, 0.8), working())


@failing()
def project_tool(town: Town, dice: Dice) -> Iterator[Stream]:
    """Jira that writes as the owner's user."""
    for home in town.choose(dice, 5, lambda h: "b2b" in h.traits):
        yield _half(town, home, "atlassian", dice.around(0.3, 1.0), working())


@failing()
def shop_platform(town: Town, dice: Dice) -> Iterator[Stream]:
    """A shop at Shopify whose notices come in the owner's name before the domain was authenticated there."""
    for home in town.choose(dice, 4, lambda h: "b2c" in h.traits and "shopify" not in h.uses):
        yield _half(town, home, "shopify", dice.around(0.5, 1.6), steady(dice.choice((0, 30))))


@failing(hard=True)
def google_calendar_invites(town: Town, dice: Dice) -> Iterator[Stream]:
    """Invitations by Google Calendar of people who use it with the owner's address, though the owner's mail is elsewhere.

    Hard: Google's hosts and signature, which forwarders have as well.
    """
    path = town.foreign("calendar-server.bounces.google.com", "google_calendar", end="~all")
    town.directory.key("google.com", "20230601")
    for home in town.choose(dice, 8, lambda h: "google" not in h.uses):
        letter = Letter(home.domain, path, (Signature("google.com", "20230601"),))
        yield town.stream(home, letter, town.pool("google_calendar", 4), dice.around(0.05, 0.3), working())


@failing()
def old_provider_after_move(town: Town, dice: Dice) -> Iterator[Stream]:
    """A move to another mail service: some programs still send through the old one, which is out of the SPF record."""
    for home in town.choose(dice, 5):
        service = dice.choice(
            [name for name in ("godaddy", "ovh", "ionos", "zoho_in") if name not in home.uses and f"{name}:plain" not in home.uses]
        )
        letter = replace(town.letter(home, service), signatures=())
        yield town.stream(
            home, letter, town.pool(SERVICES[service].net, 2), dice.around(0.4, 1.5), working(0, dice.choice((40, 89)))
        )


@failing()
def new_service_at_mid_window(town: Town, dice: Dice) -> Iterator[Stream]:
    """A service switched on without its set-up, which came three weeks later."""
    for home in town.choose(dice, 6):
        service = dice.choice([name for name in ("ses", "sendgrid", "mailgun") if name not in home.uses])
        first = dice.randrange(25, 60)
        yield _half(town, home, service, dice.around(0.8, 2.5), steady(first, first + 20))


@failing()
def gateway_out_not_in_spf(town: Town, dice: Dice) -> Iterator[Stream]:
    """A gateway put behind Microsoft 365 for outgoing mail: it changes text after signing, and SPF does not name it."""
    for home in town.choose(dice, 5, lambda h: "m365" in h.uses or "google" in h.uses):
        first = dice.randrange(20, 60)
        net = dice.choice(("mimecast", "proofpoint", "barracuda", "hornet"))
        letter = town.proper[home.domain][0].letter.broken()
        yield town.stream(home, letter, town.pool(net, 2), dice.around(0.8, 2.5), working(first, first + 30))


@failing(hard=True)
def agency_sends(town: Town, dice: Dice) -> Iterator[Stream]:
    """A marketing agency that sends campaigns for the owner from its own server, with its own signature.

    Hard: without the owner's word nobody can know that it was asked to.
    """
    for home in town.choose(dice, 6):
        name = f"{dice.word(4)}-media.example"
        hosts = town.single(dice.choice(("hetzner", "ovh_vps", "linode")), dice, name=f"mail.{name}")
        town.foreign(name, "", hosts, selector="mktg")
        letter = Letter(home.domain, name, (Signature(name, "mktg"),))
        yield town.stream(home, letter, hosts, dice.around(15.0, 60.0), bursts(dice, 3))


@failing(hard=True)
def partner_writes_for_owner(town: Town, dice: Dice) -> Iterator[Stream]:
    """A partner (travel, insurance, conference) that confirms bookings in the owner's name from its Microsoft 365.

    Hard: looks as a stranger's account that was broken into.
    """
    for home in town.choose(dice, 6):
        name = f"{dice.word(3)}-partners.example"
        town.foreign(name, "microsoft", selector="selector1")
        letter = Letter(home.domain, name, (Signature(name, "selector1"),))
        yield town.stream(home, letter, town.pool("microsoft", 14), dice.around(0.15, 0.6), working())


@failing()
def service_key_removed(town: Town, dice: Dice) -> Iterator[Stream]:
    """Somebody tidied the zone and took a CNAME of a service's key away; mail is signed, and nobody can check it."""
    for home in town.choose(dice, 5):
        service = dice.choice([name for name in ("mailchimp", "brevo", "sendgrid", "hubspot") if name not in home.uses])
        letter = town.letter(home, service, aligned=False)
        letter = replace(letter, signatures=(Signature(home.domain, f"{service}1", Seal.KEYLESS), *letter.signatures))
        first = dice.randrange(10, 60)
        yield town.stream(home, letter, town.pool(SERVICES[service].net, 2), dice.around(0.6, 2.0), steady(first))


@failing()
def hoster_relay_pool(town: Town, dice: Dice) -> Iterator[Stream]:
    """The hoster moved web servers' mail to a relay pool that its customers' SPF records do not name."""
    for home in town.choose(dice, 6):
        hosts = town.pool(
            {"br": "hostgator", "us": "hostgator", "de": "hetzner_shared", "fr": "ovh_vps"}.get(home.country, "spamexperts"), 3
        )
        yield town.stream(home, Letter(home.domain, home.domain), hosts, dice.around(0.3, 1.2), steady())


@failing(hard=True)
def tool_on_amazon(town: Town, dice: Dice) -> Iterator[Stream]:
    """A tool that one department bought sends by Amazon SES with its maker's signature.

    Hard: everybody uses SES, spoofers too, and the maker's name says nothing.
    """
    for home in town.choose(dice, 7):
        maker = f"{dice.word(3)}app.example"
        town.directory.key(maker, "abcs1")
        signatures = (Signature(maker, "abcs1"), Signature("amazonses.com", SERVICES["ses"].selector))
        letter = Letter(home.domain, "amazonses.com", signatures)
        yield town.stream(home, letter, town.pool("ses", 3), dice.around(0.15, 0.6), working())
