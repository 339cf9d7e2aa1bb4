"""Services of the public book that send in the name of many: their hosts, bounce domains and signatures."""

from __future__ import annotations

from dataclasses import dataclass

from bench.accuracy.province import nets
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.mail import Sig
from bench.accuracy.province.town import Host, Net, Town, ip_terms


@dataclass(frozen=True, slots=True)
class Service:
    """A service as its half-set-up customers see it."""

    net: Net
    size: int
    """Hosts that a customer of this world meets."""
    bounce: str
    """Bounce domain of those who have none of their own; `{n}` a number, `{w}` a word of the customer's."""
    signs: tuple[tuple[str, str], ...] = ()
    """Its own signatures: domain and selector."""
    spf: str = ""
    """The name customers include; empty: the bounce domain's own."""
    net6: Net | None = None


SERVICES = {
    "gws": Service(nets.GOOGLE, 34, "", (), "_spf.google.com", nets.GOOGLE6),
    "m365": Service(nets.OUTLOOK, 30, "", (), "spf.protection.outlook.com", nets.OUTLOOK6),
    "m365_eu": Service(nets.OUTLOOK_EU, 24, "", (), "spf.protection.outlook.com", nets.OUTLOOK6),
    "ses": Service(nets.SES_US, 14, "amazonses.com", (("amazonses.com", "224i4yxa5dv7c2xz3womw6peuasteono"),), "amazonses.com"),
    "ses_jp": Service(
        nets.SES_JP, 12, "ap-northeast-1.amazonses.com", (("amazonses.com", "zh4gjftm6etwoq6afzugpky45synznly"),), "amazonses.com"
    ),
    "sendgrid": Service(nets.SENDGRID, 24, "sendgrid.net", (("sendgrid.net", "smtpapi"),), "sendgrid.net"),
    "mandrill": Service(nets.MANDRILL, 8, "mandrillapp.com", (("mandrillapp.com", "mandrill"),), "spf.mandrillapp.com"),
    "mailchimp": Service(nets.MAILCHIMP, 12, "mail{n}.atl{n}.rsgsv.net", (("mailchimpapp.net", "k2"),), "servers.mcsv.net"),
    "mailgun": Service(nets.MAILGUN, 8, "mailgun.org", (("mailgun.org", "k1"),), "mailgun.org"),
    "mailjet": Service(nets.MAILJET, 8, "bnc3.mailjet.com", (("bnc3.mailjet.com", "mailjet"),), "spf.mailjet.com"),
    "brevo": Service(nets.BREVO, 8, "{w}.d.sender-sib.com", (("sender-sib.com", "mail"),), "spf.brevo.com"),
    "hubspot": Service(nets.HUBSPOT, 8, "bf{n}x.hubspotemail.net", (("bf01.hubspotemail.net", "hs1"),), "hubspotemail.net"),
    "salesforce": Service(nets.SALESFORCE, 8, "{w}.bnc.salesforce.com", (), "_spf.salesforce.com"),
    "zendesk": Service(nets.ZENDESK, 8, "{w}.zendesk.com", (("zendesk.com", "zendesk1"),), "mail.zendesk.com"),
    "freshdesk": Service(nets.FRESHDESK, 6, "fbl{n}.freshemail.io", (("freshemail.io", "fd"),), "email.freshdesk.com"),
    "cleverreach": Service(nets.CLEVERREACH, 8, "bounce.crsend.com", (("crsend.com", "crsend1"),), "spf.crsend.com"),
    "rdstation": Service(nets.RDSTATION, 8, "bounce.rdstation.email", (("rdstation.email", "s1"),), "_spf.rdstation.com.br"),
    "sarbacane": Service(nets.SARBACANE, 6, "bounce.tinyclues-sbc.net", (("tinyclues-sbc.net", "sbc"),), "spf.sbc-mail.net"),
    "blastmail": Service(nets.BLASTMAIL, 8, "bme.jp", (("bme.jp", "bm01"),), "spf.bme.jp"),
    "cuenote": Service(nets.CUENOTE, 6, "{w}.cuenote.jp", (), "spf.cuenote.jp"),
    "haihai": Service(nets.HAIHAI, 6, "hm-f.jp", (("hm-f.jp", "hm2023"),), "spf.hm-f.jp"),
    "shopify": Service(nets.SHOPIFY, 8, "shopifyemail.com", (("shopifyemail.com", "sp1"),), "shops.shopify.com"),
    "futureshop": Service(nets.FUTURESHOP, 5, "future-shop.jp", (), "spf.future-shop.jp"),
    "freee": Service(nets.FREEE, 4, "bounce.freee.co.jp", (("freee.co.jp", "s1"),), "spf.freee.co.jp"),
    "adp": Service(nets.ADP, 5, "adp.com", (("adp.com", "adpcorp1"),), "spf.adp.com"),
    "schoolmessenger": Service(nets.SCHOOLMSG, 6, "schoolmessenger.com", (), "spf.schoolmessenger.com"),
    "blackbaud": Service(nets.BLACKBAUD, 4, "blackbaud.com", (("blackbaud.com", "bb2"),), "spf.blackbaud.com"),
    "survey": Service(nets.SURVEY, 4, "bounce.surveymonkeyuser.com", (("surveymonkeyuser.com", "s1"),), "spf.surveymonkeyuser.com"),
    "knowbe4": Service(nets.KNOWBE4, 4, "psm.knowbe4.com", (("psm.knowbe4.com", "kb4"),), "_spf.psm.knowbe4.com"),
    "mimecast": Service(nets.MIMECAST, 10, "", (), "us._netblocks.mimecast.com"),
    "mimecast_eu": Service(nets.MIMECAST_EU, 6, "", (), "eu._netblocks.mimecast.com"),
    "proofpoint": Service(nets.PROOFPOINT, 12, "", (), "spf-a.pphosted.com"),
    "ppe": Service(nets.PPE, 8, "", (), "a.spf.ppe-hosted.com"),
    "barracuda": Service(nets.BARRACUDA, 8, "", (), "spf.ess.barracuda.com"),
    "trend": Service(nets.TREND, 6, "", (), "spf.tmes.trendmicro.com"),
    "hornet": Service(nets.HORNET, 8, "", (), "spf.hornetsecurity.com"),
    "ironport": Service(nets.IRONPORT, 8, "", (), "spf.iphmx.com"),
    "iij": Service(nets.IIJ, 6, "", (), "spf.securemx.jp"),
    "locaweb": Service(nets.LOCAWEB, 12, "", (), "_spf.locaweb.com.br"),
    "ovh": Service(nets.OVH_MUTU, 12, "", (), "mx.ovh.com"),
    "ionos": Service(nets.IONOS, 6, "", (), "_spf.perfora.net"),
}


def hosts_of(town: Town, name: str) -> tuple[Host, ...]:
    """The hosts of a service; its SPF records and keys stand in the DNS from then on."""
    service = SERVICES[name]
    if name not in town.pools:
        if service.spf:
            blocks = service.net.prefixes + (service.net6.prefixes if service.net6 else ())
            town.spf(service.spf, f"v=spf1 {ip_terms(blocks)} {'-all' if 'outlook' in service.spf else '~all'}")
        for domain, selector in service.signs:
            town.key(domain, selector)
    if service.net6 and name not in town.pools:
        town.pools[name] = town.pool(f"{name} 4", service.net, service.size) + town.pool(
            f"{name} 6", service.net6, service.size // 4
        )
    return town.pool(name, service.net, service.size)


def some_hosts(town: Town, name: str, dice: Dice, most: int) -> tuple[Host, ...]:
    """The hosts that a customer of little mail meets."""
    return tuple(dice.some(hosts_of(town, name), max(1, most // 2), most))


def bounce_of(town: Town, name: str, dice: Dice) -> str:
    """A bounce domain of the service, with its SPF record."""
    service = SERVICES[name]
    hosts_of(town, name)
    domain = service.bounce.replace("{n}", str(dice.randint(10, 99))).replace("{w}", dice.word(6))
    town.spf(domain, f"v=spf1 {ip_terms(service.net.prefixes)} ~all")
    town.add(domain, "MX", f"10 mx.{domain}.")
    return domain


def own_signs(name: str) -> tuple[Sig, ...]:
    """The signatures that the service puts on everything."""
    return tuple(Sig(domain, selector) for domain, selector in SERVICES[name].signs)
