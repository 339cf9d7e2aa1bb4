"""Services that send by the owners' order or leave, set up half or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.accuracy.harbour import rhythm, services
from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.letters import Letter, Stream, failing, kind
from bench.accuracy.harbour.people import Home
from bench.accuracy.harbour.rhythm import Pace
from bench.accuracy.harbour.services import DONE, HALF_DKIM, HALF_SPF, SERVICE_ONLY, SERVICES
from bench.accuracy.harbour.stage import Stage
from bench.accuracy.labels import DAYS

NEWSLETTERS = {
    "de": ("cleverreach", "mailchimp", "brevo"),
    "jp": ("blayn", "cuenote", "sendgrid"),
    "us": ("mailchimp", "hubspot", "exacttarget"),
    "br": ("rdstation", "mailchimp"),
    "in": ("netcore", "brevo"),
    "it": ("mailup", "brevo", "mailchimp"),
    "pl": ("getresponse", "freshmail"),
}
"""What owners of a country use for newsletters."""


def _through(stage: Stage, dice: Dice, home: Home, name: str, how: str, pace: Pace, total: float, *, rows: int = 45) -> Stream:
    """Mail of an owner through a service."""
    letter = services.letter(stage.town, name, home.domain, how)
    hosts = dice.sample(stage.town.pool(SERVICES[name].net), 4)
    return Stream(home, letter, hosts, pace, total, rows=rows)


def _not_in_order(homes: Sequence[Home], name: str) -> list[Home]:
    return [home for home in homes if name not in home.with_]


@kind(failing)
def newsletter_service_only(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A newsletter begun with a click: envelope and signature are the service's alone."""
    for home in dice.some(stage.troubled, 6, 8):
        name = dice.choice(NEWSLETTERS[home.country])
        if name not in home.with_:
            yield _through(stage, dice, home, name, SERVICE_ONLY, rhythm.weekly(dice), dice.spread(30))


@kind(failing)
def newsletter_include_only(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The owner put the newsletter service into SPF and thinks that was it; the envelope never was his."""
    for home in dice.some(stage.troubled, 4, 6):
        name = dice.choice(NEWSLETTERS[home.country])
        if name not in home.with_:
            stage.include(home, f"include:{SERVICES[name].include}")
            yield _through(stage, dice, home, name, SERVICE_ONLY, rhythm.monthly(dice, 2), dice.spread(30))


@kind(failing)
def shop_notices(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Order mails of a shop platform (Shopify, or a script with SendGrid, Mailgun, Amazon), before the domain was verified."""
    for home in dice.some(stage.of("shop", "saas", "firm"), 5, 7):
        name = dice.choice(("shopify", "sendgrid", "mailgun", "ses"))
        if name not in home.with_:
            yield _through(stage, dice, home, name, SERVICE_ONLY, rhythm.always(), dice.spread(24))


@kind(failing)
def help_desk(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Answers from a help desk (Zendesk, Freshdesk) whose domain was never verified."""
    for home in dice.some(stage.of("shop", "saas", "firm", "school"), 4, 6):
        yield _through(stage, dice, home, dice.choice(("zendesk", "freshdesk")), SERVICE_ONLY, rhythm.business(), dice.spread(20))


@kind(failing)
def crm(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A CRM (Salesforce, HubSpot) writes for the sales people: sometimes with the owner's envelope that SPF does not allow."""
    for home in dice.some(stage.of("firm", "saas", "bank", "school"), 3, 5):
        name = dice.choice(("salesforce", "salesforce", "hubspot"))
        if name in home.with_:
            continue
        stream = _through(stage, dice, home, name, SERVICE_ONLY, rhythm.business(), dice.spread(22))
        if name == "salesforce" and dice.likely(0.6):
            stream.letter = Letter(home.domain, home.domain)
        yield stream


@kind(failing)
def pay_slips(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Pay slips and holiday approvals of a payroll service, monthly, as the employer."""
    for home in dice.some(stage.troubled, 5, 7):
        name = "datev" if home.country == "de" and dice.likely(0.6) else "payrolls"
        yield _through(stage, dice, home, name, SERVICE_ONLY, rhythm.monthly(dice, 2), dice.spread(10))


@kind(failing)
def school_platform(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Notes to parents from a school platform, as the school."""
    for home in _not_in_order(stage.of("school", "club"), "schools"):
        yield _through(
            stage, dice, home, "schools", dice.choice((SERVICE_ONLY, SERVICE_ONLY, HALF_SPF)), rhythm.business(0.2), dice.spread(26)
        )
        if dice.likely(0.4):
            yield _through(stage, dice, home, "ses", SERVICE_ONLY, rhythm.business(0.1), dice.spread(12))


@kind(failing)
def town_newsletter(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Alerts and minutes of a town hall through a bulletin service."""
    for home in stage.of("town"):
        name = {"de": "cleverreach", "jp": "cuenote", "it": "mailup"}[home.country]
        yield _through(stage, dice, home, name, SERVICE_ONLY, rhythm.now_and_then(dice, 14), dice.spread(40))


@kind(failing)
def transaction_service_half(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A developer set the envelope domain up and forgot the key, or the other way round with a key under the wrong name."""
    for home in dice.some(stage.of("saas", "shop", "firm"), 4, 6):
        name = dice.choice(("sendgrid", "mailgun", "postmark", "ses", "mailjet"))
        stream = _through(stage, dice, home, name, HALF_DKIM, rhythm.always(), dice.spread(20))
        own, *others = stream.letter.sigs
        stream.letter = Letter(
            home.domain, stream.letter.envelope, (own._replace(selector=f"{own.selector[:6]}2", state="no_key"), *others)
        )
        yield stream


@kind(failing, hard=True)
def freelancer(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The designer or bookkeeper writes as the customer from his own hosting. Hard: a stranger's envelope from a shared host."""
    for home in dice.some(stage.of("shop", "club", "firm"), 4, 6):
        net = {"jp": "sakura", "de": "strato", "pl": "homepl"}.get(home.country, "webhosting")
        hosts = dice.sample(stage.town.pool(net), 1)
        studio = stage.third_party(f"studio-{dice.letters(5)}.example", f"ip4:{hosts[0]}")
        yield Stream(home, Letter(home.domain, studio), hosts, rhythm.business(), dice.spread(9))


@kind(failing)
def agency_in_the_clients_name(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The agency's tool sends its clients' bookings and enquiries from one server, each in the client's name."""
    ip = stage.town.host("sakuravps", dice, name="mailer.aozora-design.example")
    for home in [home for home in stage.troubled if home.owner == "青空デザイン" and home.domain != "aozora-design.example"]:
        letter = Letter(home.domain, dice.choice(("aozora-design.example", home.domain)))
        yield Stream(home, letter, [ip], rhythm.always(), dice.spread(24))


@kind(failing)
def booking_engine(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Confirmations of a booking or appointment system, from its own hosts or by Amazon, as the hotel or practice."""
    for home in dice.some(stage.of("shop", "firm", "club"), 4, 6):
        host = f"book-{dice.letters(5)}.example"
        ips = [stage.town.host(dice.choice(("hetzner", "aws", "ovhcloud")), dice, name=f"mta{n}.{host}") for n in (1, 2)]
        bounce = stage.third_party(host, *(f"ip4:{ip}" for ip in ips))
        sigs = (stage.key_of(host, "s1"),) if dice.likely(0.6) else ()
        yield Stream(
            home, Letter(home.domain, dice.choice((bounce, bounce, home.domain)), sigs), ips, rhythm.always(), dice.spread(20)
        )


@kind(failing)
def job_portal(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Invitations and refusals to applicants, sent by a recruiting service as the employer."""
    for home in dice.some(stage.of("firm", "bank", "town", "saas"), 3, 5):
        yield _through(
            stage,
            dice,
            home,
            dice.choice(("mailgun", "sendgrid", "postmark", "ses")),
            SERVICE_ONLY,
            rhythm.business(),
            dice.spread(9),
        )


@kind(failing)
def new_service_at_mid_window(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A service is switched on one day without anything; some weeks later its envelope is set up, and it passes."""
    for home in dice.some(stage.troubled, 3, 5):
        name = dice.choice(("brevo", "sendgrid", "mailjet", *NEWSLETTERS[home.country]))
        if name in home.with_:
            continue
        start, mended = dice.randint(15, 45), dice.randint(50, 80)
        for how, first, last in ((SERVICE_ONLY, start, mended), (DONE, mended, DAYS)):
            yield _through(stage, dice, home, name, how, rhythm.between(rhythm.business(0.3), first, last), dice.spread(24, 0.5))


@kind(failing)
def old_service_left_on(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The service used before still sends birthday greetings; its key was taken out of the DNS, the account was not closed."""
    for home in dice.some(stage.troubled, 3, 5):
        name = dice.choice(NEWSLETTERS[home.country])
        letter = services.letter(stage.town, name, f"old-{home.domain}", SERVICE_ONLY, header=home.domain)
        mute = services.sign_for(stage.town, name, home.domain, own=True)[0]
        gone = mute._replace(selector=f"{mute.selector}old", state="no_key")
        pool = dice.sample(stage.town.pool(SERVICES[name].net), 3)
        yield Stream(home, Letter(home.domain, letter.envelope, (gone, *letter.sigs)), pool, rhythm.always(), dice.spread(12))


@kind(failing)
def survey_and_events(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Surveys, event tickets and signatures of contracts, sent once or twice as the owner by services of which he knows little."""
    for home in dice.some(stage.troubled, 6, 9):
        name = dice.choice(("ses", "sendgrid", "mailgun", "exacttarget", "postmark"))
        yield _through(stage, dice, home, name, SERVICE_ONLY, rhythm.now_and_then(dice, 4), dice.spread(5))


@kind(failing, hard=True)
def tax_adviser_and_suppliers(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A tax adviser or a supplier sends with the owner's leave from his own tenant. Hard: only the owner knows of it."""
    for home in dice.some(stage.of("firm", "shop", "club"), 3, 5):
        tenant = stage.third_party(
            f"{dice.letters(6)}-{dice.choice(('steuer', 'kaikei', 'contabil', 'studio'))}.example",
            "include:spf.protection.outlook.com",
        )
        sig = stage.key_of(tenant, "selector1")
        yield Stream(
            home,
            Letter(home.domain, tenant, (sig,)),
            dice.sample(stage.town.pool("microsoft"), 3),
            rhythm.monthly(dice, 3),
            dice.spread(7),
        )


@kind(failing, hard=True)
def monitoring_by_the_host(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The web host's back-ups report as the owner, from a machine of the host. Hard: few, unsigned, a foreign host."""
    for home in dice.some(stage.troubled, 5, 8):
        ip = stage.town.host(dice.choice(("hetzner", "contabo", "vultr", "gcp")), dice)
        envelope = dice.choice((home.domain, f"panel.{dice.letters(6)}-host.example", f"srv.{home.domain}"))
        yield Stream(home, Letter(home.domain, envelope), [ip], rhythm.always(), dice.spread(4))
