"""Services that send for an owner without having been set up, or set up half."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.accuracy.province.chance import Dice
from bench.accuracy.province.kinds import KINDS, kind
from bench.accuracy.province.mail import NIGHTLY, OFFICE, SHOP, Flow, Home, Rhythm, Sig
from bench.accuracy.province.services import bounce_of, hosts_of, own_signs, some_hosts
from bench.accuracy.province.stage import Stage

from sekisho.core.terms import Class

PACE = 0.55
"""Share of a service's mail to mailboxes whose operators report."""


def sent_by(
    stage: Stage,
    name: str,
    home: Home,
    service: str,
    rate: float,
    dice: Dice,
    *,
    rhythm: Rhythm = OFFICE,
    most: int = 4,
    envelope: str | None = None,
    sigs: tuple[Sig, ...] | None = None,
    reach: Mapping[str, float] | None = None,
    below: str = "",
) -> Flow:
    """Mail of a service in the name of a home, with its own reverse-path and signatures where nothing else is said."""
    kind = KINDS[name]
    path = bounce_of(stage.town, service, dice) if envelope is None else envelope
    return Flow(
        home,
        name,
        kind.klass,
        kind.hard,
        some_hosts(stage.town, service, dice, most),
        path,
        own_signs(service) if sigs is None else sigs,
        dice.about(rate * PACE, 0.6),
        rhythm,
        author=f"{below}.{home.domain}" if below else "",
        reach=reach,
        even=0.7,
    )


def campaign(dice: Dice, days: int = 7) -> Rhythm:
    """The rhythm of a newsletter: some begin or end within the season."""
    first = dice.randrange(days)
    return Rhythm(first=first + (dice.randrange(20, 50) if dice.random() < 0.25 else 0), every=days, calm=0.2)


@kind(Class.FAILING)
def newsletter_unaligned(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A newsletter service of the country, signed up for with the owner's address and nothing put into DNS."""
    places = {
        "jp": ("blastmail", "haihai"),
        "de": ("mailjet",),
        "fr": ("sarbacane",),
        "br": ("rdstation",),
        "us": ("mailjet", "mailgun"),
        "in": ("mailjet",),
    }
    for home in dice.some(stage.homes_with(), 5, 7):
        service = dice.choice([each for each in places[home.country] if not home.uses(each)] or ["mailjet"])
        rhythm = campaign(dice, dice.choice((7, 7, 14, 30)))
        yield sent_by(stage, "newsletter_unaligned", home, service, 1.0, dice, rhythm=rhythm, most=5)


@kind(Class.FAILING)
def sendgrid_single_sender(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Forms and notices through SendGrid with a single verified sender: signed by sendgrid.net, bounces at sendgrid.net."""
    for home in dice.some([home for home in stage.homes_with() if not home.uses("sendgrid")], 3, 4):
        yield sent_by(stage, "sendgrid_single_sender", home, "sendgrid", 1.0, dice, rhythm=SHOP, most=5)


@kind(Class.FAILING)
def sales_tool(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Salesforce used by the sales people without a DKIM key, bounces at Salesforce, no signature at all."""
    for home in dice.some(
        [home for home in stage.homes_with("own", "gateway", "m365", "software") if not home.uses("salesforce")], 2, 3
    ):
        yield sent_by(stage, "sales_tool", home, "salesforce", 0.8, dice)


@kind(Class.FAILING)
def hubspot_half(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """HubSpot after somebody deleted its DKIM names from DNS: it signs with a key that is not there any more."""
    for home in dice.some([home for home in stage.homes_with("agency", "gateway", "shop") if not home.uses("hubspot")], 1, 2):
        sigs = (Sig(home.domain, f"hs1-{dice.randint(10**6, 10**7)}", "nokey"), *own_signs("hubspot"))
        yield sent_by(stage, "hubspot_half", home, "hubspot", 1.0, dice, sigs=sigs, rhythm=campaign(dice))


@kind(Class.FAILING)
def ticket_service(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A ticket service (Zendesk, Freshdesk) that answers from the owner's support address, signed by the service alone."""
    for home in dice.some([home for home in stage.homes_with("shop", "gws", "m365", "gateway") if not home.uses("zendesk")], 2, 3):
        yield sent_by(stage, "ticket_service", home, dice.choice(("zendesk", "freshdesk")), 0.9, dice, rhythm=SHOP)


@kind(Class.FAILING)
def payroll(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A payroll or personnel service that writes to staff from the personnel office's address: a few mails, twice a month."""
    for home in dice.some(stage.homes_with("payroll", "own", "gws"), 3, 4):
        service = "freee" if home.country == "jp" else "adp"
        rhythm = Rhythm(first=dice.randrange(14), every=dice.choice((14, 15, 30)))
        yield sent_by(stage, "payroll", home, service, 0.35, dice, rhythm=rhythm, most=3)


@kind(Class.FAILING)
def invoices(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An accounting service that mails invoices from the owner's address through a relay of its own at Amazon SES."""
    for home in dice.some(stage.homes_with("own", "hosting", "agency", "club"), 2, 3):
        yield sent_by(stage, "invoices", home, "ses_jp" if home.country == "jp" else "ses", 0.3, dice, most=3)


@kind(Class.FAILING)
def survey(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A survey service, used for three weeks, with the owner's address as sender."""
    for home in dice.some(stage.homes_with("public", "agency", "club", "software"), 2, 3):
        first = dice.randrange(5, 60)
        rhythm = Rhythm(first, first + dice.randint(8, 22), calm=0.7)
        yield sent_by(stage, "survey", home, "survey", 1.2, dice, rhythm=rhythm, most=3)


@kind(Class.FAILING)
def fundraiser(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A donor and member service (Blackbaud) that sends receipts from the school's or club's address."""
    for home in dice.some([home for home in stage.homes_with("public", "club") if home.country != "jp"], 1, 2):
        yield sent_by(stage, "fundraiser", home, "blackbaud", 0.8, dice, rhythm=SHOP, most=3)


@kind(Class.FAILING)
def cart_service(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Shopify or a Japanese cart that sends order mails from the shop's address without the shop's DNS."""
    for home in dice.some([home for home in stage.homes_with("shop", "hosting") if not home.uses("futureshop")], 2, 3):
        yield sent_by(stage, "cart_service", home, "futureshop" if home.country == "jp" else "shopify", 1.0, dice, rhythm=SHOP)


@kind(Class.FAILING)
def new_service(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A service switched on in mid-season by a department; its DNS names are asked for and not entered for weeks, then they are."""
    for home in dice.some(stage.homes_with(), 2, 3):
        service, first = dice.choice(("mailgun", "brevo", "mandrill", "cleverreach")), dice.randint(30, 55)
        stop = first + dice.randint(12, 30)
        before, after = Rhythm(first, stop, calm=0.4), Rhythm(stop, calm=0.4)
        path = bounce_of(stage.town, service, dice)
        yield sent_by(stage, "new_service", home, service, 1.8, dice, rhythm=before, envelope=path)
        stage.town.key(home.domain, f"{service[:3]}1")
        sigs = (Sig(home.domain, f"{service[:3]}1"), *own_signs(service))
        yield sent_by(stage, "new_service", home, service, 1.8, dice, rhythm=after, envelope=path, sigs=sigs)


@kind(Class.FAILING)
def broken_key_days(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A service whose key was rotated before the new one stood in DNS: two to five days on which its mail fails."""
    for home in dice.some(
        [home for home in stage.homes_with() if home.uses("blastmail", "rdstation", "cleverreach", "mailchimp", "ses_jp")], 2, 3
    ):
        part = next(part for part in home.parts if part.way in ("blastmail", "rdstation", "cleverreach", "mailchimp", "ses_jp"))
        first = dice.randint(10, 80)
        rhythm = Rhythm(first, first + dice.randint(2, 5), calm=0.3)
        sigs = (Sig(home.domain, f"{part.selector[:6]}b", "nokey"), *own_signs(part.way))
        yield sent_by(stage, "broken_key_days", home, part.way, part.rate * 0.5, dice, rhythm=rhythm, sigs=sigs, most=6)


@kind(Class.FAILING)
def include_missing(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A service that sends with the owner's own reverse-path and no signature, while the SPF record does not include it."""
    for home in dice.some(stage.homes_with("public", "own", "hosting", "shop"), 2, 4):
        choices = [each for each in ("cuenote", "salesforce", "schoolmessenger", "futureshop") if not home.uses(each)]
        service = dice.choice(
            [each for each in choices if (each in ("cuenote", "futureshop")) == (home.country == "jp")] or choices
        )
        yield sent_by(stage, "include_missing", home, service, 0.9, dice, envelope=home.domain, sigs=(), rhythm=SHOP)


@kind(Class.FAILING)
def tenant_default_signature(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A second Microsoft 365 tenant (a daughter firm's) that writes from the owner's domain, signed onmicrosoft.com."""
    for home in dice.some(
        [home for home in stage.homes_with("own", "public", "gateway", "hosting") if not home.uses("m365", "ppe")], 2, 3
    ):
        tenant = f"{home.domain.split('.')[0].replace('-', '')[:10]}{dice.choice(('', '1', 'grp'))}.onmicrosoft.com"
        selector = f"selector1-{tenant.split('.')[0]}-onmicrosoft-com"
        stage.town.key(tenant, selector)
        yield sent_by(
            stage, "tenant_default_signature", home, "m365", 0.9, dice, envelope=home.domain, sigs=(Sig(tenant, selector),), most=6
        )


@kind(Class.FAILING, hard=True)
def gmail_send_as(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Staff who write from the firm's address out of a private Gmail account (`send mail as`).

    Hard: nothing but the persons' word tells it from a stranger who does the same.
    """
    stage.town.spf("gmail.com", "v=spf1 redirect=_spf.google.com")
    stage.town.key("gmail.com", "20230601")
    for home in dice.some(stage.homes_with("hosting", "own", "club"), 3, 4):
        hosts = tuple(dice.some(hosts_of(stage.town, "gws"), 5, 7))
        yield Flow(
            home,
            "gmail_send_as",
            Class.FAILING,
            True,
            hosts,
            "gmail.com",
            (Sig("gmail.com", "20230601"),),
            dice.about(0.35),
            OFFICE,
        )


@kind(Class.FAILING, hard=True)
def phishing_drill(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A drill that the owner ordered: a training service plays a phisher in the owner's name for some days.

    Hard: it is made to look like a spoof, and only the service's name tells.
    """
    for home in dice.some(stage.homes_with("m365", "gateway", "public", "software"), 1, 2):
        first = dice.randint(10, 75)
        rhythm, reach = Rhythm(first, first + 4, week=NIGHTLY.week), {"Enterprise Outlook": 60.0, "google.com": 40.0}
        yield sent_by(stage, "phishing_drill", home, "knowbe4", 2.5, dice, rhythm=rhythm, reach=reach, most=3)


@kind(Class.FAILING)
def school_notices(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Notices to parents and citizens from a sub-domain nobody gave an SPF record or a key."""
    for home in dice.some(stage.homes_with("public"), 2, 2):
        service = "cuenote" if home.country == "jp" else "schoolmessenger" if home.country == "us" else "mailjet"
        author = dice.choice(("notice", "info", "alert"))
        stage.town.add(f"{author}.{home.domain}", "A", stage.webs[home.domain].ip)
        yield sent_by(stage, "school_notices", home, service, 1.2, dice, rhythm=SHOP, below=author, sigs=())
