"""Those who write in the owners' names from other people's accounts, sites and servers."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.letters import Sig, Stream, spoof
from bench.accuracy.capital.ordinary import service_letter
from bench.accuracy.capital.services import SERVICES
from bench.accuracy.capital.spoofs_nets import lie, to, victims
from bench.accuracy.capital.town import ALL_NETS, WORDS, Town

FIRMS = ("univ", "textile", "clinic", "comune", "prefeitura")


@spoof()
def hacked_site(town: Town, dice: Dice) -> Iterator[Stream]:
    """Hacked web sites on shared hosting: envelope of the account at the host, hosts shared with honest neighbours."""
    for home in victims(dice, 14, 18):
        host = town.host(
            dice.choice(("bluehost", "ovh_shared", "xneelo", "sakura", "xserver", "cafe24", "godaddy", "uk_hosting")), dice
        )
        yield Stream(home, [host], [(0.7, lie(home, sender=host.name)), (0.3, lie(home))], 0.16, 3.0, "waves", to=to(dice, home))


@spoof(hard=True)
def stolen_mailbox(town: Town, dice: Dice) -> Iterator[Stream]:
    """Stolen mailboxes of third parties at Microsoft 365 and Google: the victim's envelope and signature, our owner's author.

    Hard: an invitation that a guest passed on looks the same.
    """
    for home in victims(dice, 12, 16):
        net, selector = dice.choice((("m365", "selector1"), ("m365", "selector1"), ("google", "google")))
        third = (
            f"{dice.choice(WORDS)}-{dice.choice(('legal', 'dental', 'school', 'kensetsu', 'travaux'))}{dice.randint(1, 60)}.example"
        )
        town.dns.spf(third, f"include:{ALL_NETS[net].spf} -all")
        yield Stream(
            home,
            town.hosts(net, dice, 1, 4),
            [(1.0, lie(home, sender=third, sigs=(Sig(third, selector),)))],
            0.16,
            6.0,
            "waves",
            to=to(dice, home),
        )


@spoof(hard=True)
def trial_tenant(town: Town, dice: Dice) -> Iterator[Stream]:
    """Trial tenants of Microsoft 365 made for a day, with the owner's name as author.

    Hard: sister firms and forgotten tenants of owners look the same.
    """
    for home in victims(dice, 9, 13):
        tenant = f"{dice.choice(WORDS)}{dice.word(3)}"
        sigs = (Sig(f"{tenant}.onmicrosoft.com", f"selector1-{tenant}-onmicrosoft-com"),)
        town.dns.spf(f"{tenant}.onmicrosoft.com", "include:spf.protection.outlook.com -all")
        yield Stream(
            home,
            town.hosts("m365", dice, 1, 4),
            [(1.0, lie(home, sender=f"{tenant}.onmicrosoft.com", sigs=sigs))],
            0.15,
            4.0,
            "waves",
            to=to(dice, home),
        )


@spoof(hard=True)
def same_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """Stolen accounts at SES, SendGrid and Mailgun, the services that owners use too.

    Hard: hosts, envelope and signature are those of the service; honest applications of owners look the same.
    """
    for home in victims(dice, 12, 16):
        name = dice.choice(("ses", "sendgrid", "sendgrid", "mailgun", "sparkpost"))
        letter = service_letter(town, home, name, dice)
        yield Stream(home, town.hosts(SERVICES[name].net, dice, 1, 4), [(1.0, letter)], 0.16, 7.0, "waves", to=to(dice, home))


@spoof()
def stolen_sender(town: Town, dice: Dice) -> Iterator[Stream]:
    """Accounts of third parties at newsletter services, signed for the third party."""
    for home in victims(dice, 9, 12):
        name = dice.choice(("mailchimp", "brevo", "mailjet", "sendgrid", "hubspot"))
        third = f"{dice.choice(WORDS)}-{dice.choice(('yoga', 'immo', 'events', 'shop'))}{dice.randint(1, 60)}.example"
        letter = service_letter(town, home, name, dice).plus(Sig(third, "k2" if name == "mailchimp" else "s1"))
        yield Stream(home, town.hosts(SERVICES[name].net, dice, 1, 3), [(1.0, letter)], 0.16, 9.0, "waves", to=to(dice, home))


@spoof()
def open_relay(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mail servers of firms and universities through which anybody can send, or for which a password was guessed."""
    for home in victims(dice, 9, 12):
        name = f"mail.{dice.choice(WORDS)}-{dice.choice(FIRMS)}{dice.randint(1, 40)}.example"
        host = town.fresh(
            dice.choice(("campus", "teraco_dc", "kinx_dc", "colt_dc", "business_kt", "lumen_dc")), dice, name, ptr=0.9
        )
        sender = name.partition(".")[2]
        town.dns.spf(sender, f"ip4:{host.ip} ~all")
        sigs = (Sig(sender, "default"),) if dice.happens(0.4) else ()
        yield Stream(
            home,
            [host],
            [(1.0, lie(home, sender=sender if dice.happens(0.6) else home.domain, sigs=sigs))],
            0.18,
            5.0,
            "waves",
            to=to(dice, home),
        )
