"""Services that send by an owner's order and are set up half or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.accuracy.island.carrying import size
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Letter, Sign, Stream, failing, through
from bench.accuracy.island.people import Site, among, lacks
from bench.accuracy.island.town import Town

CHANGED = 45
"""Day on which new services are switched on."""


def _half(town: Town, dice: Dice, service: str, site: Site, rate: float, rhythm: str = "steady", **more: object) -> Stream:
    """Mail of a service with the service's own bounces and signature."""
    envelope, signs = town.own(service, site)
    envelope = envelope or f"{dice.word()}.{site.domain}"
    pairs = through(dice.some(town.farm(service), 2, 4), Letter(site.domain, envelope, signs))
    stream = Stream(site, pairs, rate * size(site), rhythm, heap=3.0 if rhythm == "news" else 1.3)
    for name, value in more.items():
        setattr(stream, name, value)
    return stream


def _not_using(site: Site, *services: str) -> bool:
    return lacks(*services)(site)


def _japanese_without(service: str) -> Callable[[Site], bool]:
    return lambda site: site.country == "jp" and _not_using(site, service)


@failing
def ses_not_verified_for_dkim(town: Town, dice: Dice) -> Iterator[Stream]:
    """An application sends by Amazon SES from a verified address, not a verified domain: only amazonses.com signs."""
    for site in town.pick(dice, 4, 6, lacks("ses", "ses_tokyo")):
        yield _half(town, dice, "ses_tokyo" if site.country == "jp" else "ses", site, 0.5)


@failing
def sendgrid_not_authenticated(town: Town, dice: Dice) -> Iterator[Stream]:
    """An application sends by SendGrid without domain authentication."""
    for site in town.pick(dice, 2, 4, lacks("sendgrid")):
        yield _half(town, dice, "sendgrid", site, 0.45)


@failing
def mailchimp_not_authenticated(town: Town, dice: Dice) -> Iterator[Stream]:
    """A newsletter by Mailchimp whose domain is verified, but without the two DKIM names."""
    for site in town.pick(dice, 2, 4, lacks("mailchimp")):
        yield _half(town, dice, "mailchimp", site, 0.5, "news")


@failing
def brevo_not_authenticated(town: Town, dice: Dice) -> Iterator[Stream]:
    """A newsletter by Brevo on shared addresses, before anybody has put its names into the DNS."""
    for site in town.pick(dice, 2, 3, among("fr", "de", "in", "ng", "uk")):
        yield _half(town, dice, "brevo", site, 0.6, "news")


@failing
def mailjet_not_authenticated(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailjet with a sender address that is confirmed and a domain that is not."""
    for site in town.pick(dice, 1, 2, lambda site: site.country in ("fr", "de") and _not_using(site, "mailjet")):
        yield _half(town, dice, "mailjet", site, 0.6, "news")


@failing
def hubspot_without_domain(town: Town, dice: Dice) -> Iterator[Stream]:
    """A marketing team has begun with HubSpot and left the sending domain for later."""
    for site in town.pick(dice, 1, 3, lambda site: _not_using(site, "hubspot") and site.volume > 15):
        yield _half(town, dice, "hubspot", site, 0.35, "news")


@failing
def salesforce_without_key(town: Town, dice: Dice) -> Iterator[Stream]:
    """Salesforce sends sales people's mails with its own bounce address and no signature."""
    for site in town.pick(dice, 2, 3, lambda site: _not_using(site, "salesforce") and site.volume > 15):
        yield _half(town, dice, "salesforce", site, 0.35, "office")


@failing
def zendesk_for_a_second_domain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Support answers by Zendesk from an address for which nobody has set the names."""
    for site in town.pick(dice, 2, 3, lambda site: _not_using(site, "zendesk") and site.volume > 10):
        yield _half(town, dice, "zendesk", site, 0.3, "office")


@failing
def freshdesk_default(town: Town, dice: Dice) -> Iterator[Stream]:
    """Freshdesk answers from the owner's support address by its default mail servers."""
    for site in town.pick(dice, 1, 3):
        yield _half(town, dice, "freshdesk", site, 0.25, "office")


@failing
def mailgun_sandbox(town: Town, dice: Dice) -> Iterator[Stream]:
    """A developer's test by a sandbox domain of Mailgun has become the real thing."""
    for site in town.pick(dice, 1, 2, lambda site: site.country != "jp"):
        yield _half(town, dice, "mailgun", site, 0.3)


@failing
def mandrill_without_key(town: Town, dice: Dice) -> Iterator[Stream]:
    """A shop's receipts by Mandrill; its SPF is in order for Mandrill's bounces only."""
    for site in town.pick(dice, 1, 2, lambda site: site.volume > 9):
        yield _half(town, dice, "mandrill", site, 0.4)


@failing
def japanese_mailing_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """A Japanese delivery service (Cuenote, Haihai Mail, WiLL, Blastmail) with its own bounces and no signature of the owner."""
    for service in ("cuenote", "haihai", "will", "blastmail"):
        for site in town.pick(dice, 1, 2, _japanese_without(service)):
            yield _half(town, dice, service, site, 0.6, "news")


@failing
def web_form_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """Answers of a form service (formrun, SPIRAL) in the owner's name to those who wrote."""
    for service in ("formrun", "spiral"):
        for site in town.pick(dice, 1, 3, lambda site: site.country == "jp" and _not_using(site, "spiral")):
            yield _half(town, dice, service, site, 0.2)


@failing
def cybozu_notices(town: Town, dice: Dice) -> Iterator[Stream]:
    """Groupware (kintone, Mailwise) sends to customers with the owner's address as From."""
    for site in town.pick(dice, 2, 4, among("jp")):
        yield _half(town, dice, "cybozu", site, 0.3, "office")


@failing
def payslips(town: Town, dice: Dice) -> Iterator[Stream]:
    """Payroll and personnel services (SmartHR, Workday) write to staff's private mailboxes in the employer's name."""
    for service, where in (("smarthr", ("jp",)), ("workday", ("us", "uk", "de"))):
        for site in town.pick(dice, 2, 3, among(*where)):
            yield _half(town, dice, service, site, 0.3, "monthly")


@failing
def invoices(town: Town, dice: Dice) -> Iterator[Stream]:
    """Accounting services (freee, MoneyForward, QuickBooks) send invoices with the owner as From."""
    for service, where in (("freee", ("jp",)), ("moneyforward", ("jp",)), ("quickbooks", ("us", "uk", "in"))):
        for site in town.pick(dice, 1, 2, among(*where)):
            yield _half(town, dice, service, site, 0.25, "monthly")


@failing
def shop_platform(town: Town, dice: Dice) -> Iterator[Stream]:
    """A shop platform (Shopify, MakeShop) sends orders of a new shop from the owner's address without its names in the DNS."""
    for service in ("shopify", "makeshop"):
        for site in town.pick(dice, 1, 2, lambda site: _not_using(site, "makeshop") and site.volume < 45):
            yield _half(town, dice, service, site, 0.4)


@failing
def survey(town: Town, dice: Dice) -> Iterator[Stream]:
    """A survey by Qualtrics in a university's or county's name, once or twice."""
    for site in town.pick(dice, 3, 5, lambda site: site.volume > 20):
        yield _half(town, dice, "qualtrics", site, 0.15, "waves")


@failing
def safety_mail(town: Town, dice: Dice) -> Iterator[Stream]:
    """A Japanese service for disaster warnings and roll-calls, which sends from the town's or firm's address."""
    for site in town.pick(dice, 2, 3, lambda site: site.country == "jp" and _not_using(site, "safety")):
        yield _half(town, dice, "safety", site, 0.3, "waves", audience="carriers", heap=3.0)


@failing
def contracts(town: Town, dice: Dice) -> Iterator[Stream]:
    """A signing service sends contracts with the owner's person as From."""
    for site in town.pick(dice, 2, 3):
        yield _half(town, dice, "docusign", site, 0.1, "rare", audience="companies")


@failing
def new_service_at_mid_window(town: Town, dice: Dice) -> Iterator[Stream]:
    """A service that was switched on one day by one department: nothing before, a full stream since."""
    for service in ("sparkpost", "sendgrid", "ses_tokyo"):
        for site in town.pick(dice, 1, 1, lacks(service)):
            yield _half(town, dice, service, site, 0.6, days=(CHANGED + dice.randint(-9, 9), 90))


@failing
def m365_without_dkim_for_a_domain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Shared mailboxes of a second domain: Microsoft signs as onmicrosoft.com and takes the tenant's name for bounces."""
    for site in town.pick(dice, 3, 4, lambda site: _not_using(site, "m365") and not site.strict):
        envelope, signs = town.own("m365", site)
        pairs = through(dice.sample(town.farm("m365"), 4), Letter(site.domain, envelope, signs))
        yield Stream(site, pairs, 0.4 * size(site))


@failing
def workspace_alias_domain(town: Town, dice: Dice) -> Iterator[Stream]:
    """People at Google Workspace send as an alias domain: the signature is gappssmtp.com's, the domain's SPF knows no Google."""
    for site in town.pick(dice, 3, 4, lacks("google")):
        envelope, signs = site.domain, town.own("google", site)[1]
        pairs = through(dice.sample(town.farm("google"), 4), Letter(site.domain, envelope, signs))
        yield Stream(site, pairs, 0.3 * size(site))


@failing
def gmail_send_as(town: Town, dice: Dice) -> Iterator[Stream]:
    """A member of staff sends as the work address from a private Gmail: envelope and signature are gmail.com's.

    Hard: a fraud from Gmail looks the same; only the steady few mails to the owner's usual receivers tell.
    """
    town.farm("google")
    town.directory.spf("gmail.com", "v=spf1 include:_spf.google.com ~all")
    town.directory.key("20230601", "gmail.com")
    for site in town.pick(dice, 3, 4, lambda site: site.volume < 20):
        letter = Letter(site.domain, "gmail.com", (Sign("gmail.com", "20230601"),))
        yield Stream(site, through(dice.sample(town.farm("google"), 4), letter), 0.12)


@failing
def phishing_drill(town: Town, dice: Dice) -> Iterator[Stream]:
    """A training service sends false frauds to staff, by the owner's order, in the owner's own name.

    Hard: it is made to look like a spoof, and is one but for the order.
    """
    for site in town.pick(dice, 2, 3, lambda site: site.volume > 15):
        yield _half(town, dice, "kb4", site, 0.25, "once", audience="hosted")
