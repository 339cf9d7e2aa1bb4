"""Mail services: how mail of a customer looks when all is set up, and when it is not."""

from __future__ import annotations

from typing import NamedTuple

from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.letters import Letter, Sig
from bench.accuracy.harbour.nets import NETS
from bench.accuracy.harbour.town import Town


class Service(NamedTuple):
    """A service: its network, what customers include, and its own names."""

    net: str
    include: str
    bounce: str
    """Envelope domain where the customer has none of his own (`{n}` a number); empty: the customer's."""
    signs: str = ""
    """The domain it signs with for everybody; `{d}` is the customer's domain with dashes."""
    selector: str = "s1"
    own: str = "s1"
    """The selector it gives its customers."""


SERVICES = {
    "google": Service("google", "_spf.google.com", "", "{d}.20230601.gappssmtp.com", "20230601", "google"),
    "microsoft": Service(
        "microsoft", "spf.protection.outlook.com", "", "{t}.onmicrosoft.com", "selector1-{t}-onmicrosoft-com", "selector1"
    ),
    "ionos": Service("ionos", "_spf-eu.ionos.com", "", "", "", "s1-ionos"),
    "strato": Service("strato", "smtp.rzone.de", "", "", "", "strato-dkim-0002"),
    "aruba": Service("aruba", "_spf.aruba.it", "", "aruba.it", "a1", "a1"),
    "homepl": Service("homepl", "_spf.home.pl", "", "", "", "default"),
    "locaweb": Service("locaweb", "_spf.locaweb.com.br", "", "", "", "locaweb"),
    "zoho": Service("zoho", "zoho.in", "", "", "", "zmail"),
    "xserver": Service("xserver", "spf.sender.xserver.jp", "", "", "", "default"),
    "sakura": Service("sakura", "spf.sakura.ne.jp", "", "", "", "rs20240417"),
    "securemx": Service("securemx", "spf.securemx.jp", "", "", "", "iij2023"),
    "hornet": Service("hornet", "spf.hornetsecurity.com", "", "", "", "hse1"),
    "libraesva": Service("libraesva", "_spf.esvacloud.com", "", "", "", "esva"),
    "secureserver": Service("secureserver", "secureserver.net", "", "", "", "gd1"),
    "ovh": Service("ovh", "mx.ovh.com", "", "", "", "ovhmo-selector-1"),
    "webhosting": Service("webhosting", "websitewelcome.com", "", "", "", "default"),
    "sendgrid": Service("sendgrid", "sendgrid.net", "sendgrid.net", "sendgrid.net", "smtpapi", "s1"),
    "mailchimp": Service("mailchimp", "servers.mcsv.net", "mail{n}.sea31.rsgsv.net", "mailchimpapp.net", "k3", "k2"),
    "brevo": Service("brevo", "spf.sendinblue.com", "bounces-{n}.d.sender-sib.com", "sendinblue.com", "mail", "mail"),
    "mailjet": Service("mailjet", "spf.mailjet.com", "bnc3.mailjet.com", "bnc3.mailjet.com", "mailjet", "mailjet"),
    "mailgun": Service("mailgun", "mailgun.org", "sandbox{n}.mailgun.org", "mailgun.org", "k1", "mailo"),
    "ses": Service("ses", "amazonses.com", "{region}.amazonses.com", "amazonses.com", "ug7nbtf4gccmlpwj322ax3p6ow6yfsug", "{x}"),
    "postmark": Service("postmark", "spf.mtasv.net", "pm.mtasv.net", "pm.mtasv.net", "pm20230601", "20230812pm"),
    "hubspot": Service("hubspot", "hubspotemail.net", "bf0{n}.hubspotemail.net", "hubspotemail.net", "hs2", "hs1"),
    "salesforce": Service("salesforce", "_spf.salesforce.com", "{n}.bnc.salesforce.com", "", "", "sf1"),
    "exacttarget": Service(
        "exacttarget", "cust-spf.exacttarget.com", "bounce.s{n}.exacttarget.com", "s{n}.exacttarget.com", "200608", "10dkim1"
    ),
    "zendesk": Service("zendesk", "mail.zendesk.com", "{t}.zendesk.com", "zendesk.com", "zendesk1", "zendesk1"),
    "freshdesk": Service("freshdesk", "email.freshdesk.com", "emailus.freshservice.com", "freshdesk.com", "fd2", "fd"),
    "rdstation": Service("rdstation", "rdstation-mail.com.br", "e.rdstation-mail.com.br", "rdstation-mail.com.br", "rd1", "rd1"),
    "getresponse": Service(
        "getresponse", "getresponse-mail.com", "bounce.getresponse-mail.com", "getresponse-mail.com", "gr", "getresponse"
    ),
    "freshmail": Service("freshmail", "spf.freshmail.pl", "bounce.freshmail.pl", "freshmail.pl", "fm", "fmdkim"),
    "cleverreach": Service("cleverreach", "spf.crsend.com", "bounce.crsend.com", "crsend.com", "cr", "crsend"),
    "mailup": Service("mailup", "musvc.com", "bounces.musvc.com", "musvc.com", "ml", "ml1"),
    "netcore": Service("netcore", "netcorecloud.net", "bounce.netcorecloud.net", "netcorecloud.net", "nc1", "nc2"),
    "blayn": Service("blayn", "spf.bme.jp", "bme.jp", "bme.jp", "bme", "bm1"),
    "cuenote": Service("cuenote", "spf.cuenote.jp", "bounce.cuenote.jp", "", "", "cuenote"),
    "shopify": Service("shopify", "shops.shopify.com", "em.shopifyemail.com", "shopifyemail.com", "s1", "sh1"),
    "govdelivery": Service("govdelivery", "spf.govdelivery.com", "public.govdelivery.com", "govdelivery.com", "gd", "gd2"),
    "datev": Service("datev", "spf.datev.de", "datev.de", "datev.de", "dtv1", "dtv2"),
    "payrolls": Service(
        "payrolls", "spf.payouts-online.example", "bounce.payouts-online.example", "payouts-online.example", "pay", "pay"
    ),
    "schools": Service("schools", "spf.schulpost.example", "bounce.schulpost.example", "schulpost.example", "mx", "edu"),
}
"""By the names that people and kinds use."""

MAIL_COMES_IN = {
    "google": "aspmx.l.google.com",
    "microsoft": "{d}.mail.protection.outlook.com",
    "ionos": "mx00.ionos.de",
    "strato": "smtpin.rzone.de",
    "aruba": "mx.aruba.it",
    "homepl": "mx{n}.home.pl",
    "locaweb": "mx.a.locaweb.com.br",
    "zoho": "mx.zoho.in",
    "securemx": "mx{n}.securemx.jp",
    "hornet": "mx01.hornetsecurity.com",
    "libraesva": "mx{n}.esvacloud.com",
}
"""Where the MX records of customers point; at other hosts they point to the web server."""

DONE, HALF_DKIM, HALF_SPF, SERVICE_ONLY = "done", "half_dkim", "half_spf", "service_only"
"""All set up; only the own signature; only the own envelope domain (the service's include); nothing of the customer's."""


def publish(town: Town) -> None:
    """The SPF records and shared keys of the services."""
    for service in SERVICES.values():
        net = NETS[service.net]
        terms = [f"ip4:{block}" for block in net.blocks] + [f"ip6:{block}" for block in net.six]
        town.directory.spf(service.include, f"v=spf1 {' '.join(terms)} {'~all' if len(terms) % 2 else '-all'}")


def sign_for(town: Town, name: str, domain: str, *, own: bool) -> tuple[Sig, ...]:
    """The signatures a service puts: the customer's where he has set that up, and the one it puts for everybody."""
    service = SERVICES[name]
    sigs = []
    if own:
        sigs.append(Sig(domain, _text(service.own, domain, "own", name)))
    if service.signs and not (own and name in ("google", "microsoft", "aruba", "postmark", "brevo", "zendesk", "hubspot")):
        sigs.append(Sig(_text(service.signs, domain, "signs", name), _text(service.selector, domain, "all", name)))
    for sig in sigs:
        town.directory.key(sig.selector, sig.domain)
    return tuple(sigs)


def inbound(town: Town, name: str, domain: str) -> str:
    """The host that takes mail in for a customer, with its address."""
    if name not in MAIL_COMES_IN:
        return domain
    host = _text(MAIL_COMES_IN[name], domain, "inbound", name)
    if host not in town.directory.zone:
        town.directory.add(host, "A", town.host(SERVICES[name].net, Dice.of(town.seed, "inbound", host)))
    return host


def letter(town: Town, name: str, domain: str, how: str = DONE, *, header: str = "") -> Letter:
    """A mail of a customer through a service."""
    service = SERVICES[name]
    envelope = _text(service.bounce, domain, "bounce", name) if service.bounce else domain
    if how in (DONE, HALF_SPF) and service.bounce:
        envelope = f"{_text('em{n}', domain, 'em', name)}.{domain}"
    if envelope not in (domain, service.include):
        town.directory.spf(envelope, f"v=spf1 include:{service.include} ~all")
    return Letter(header or domain, envelope, sign_for(town, name, domain, own=how in (DONE, HALF_DKIM)))


def _text(pattern: str, domain: str, *what: str) -> str:
    """Fills a pattern; what belongs to a customer stays his."""
    his = Dice.of(domain, *what)
    tenant = domain.split(".", maxsplit=1)[0].replace("-", "")
    region = his.choice(("ap-northeast-1", "eu-central-1", "us-west-2"))
    words = {
        "{d}": domain.replace(".", "-"),
        "{t}": tenant,
        "{n}": str(his.randint(100, 9999)),
        "{x}": his.letters(32, "abcdefghijklmnopqrstuvwxyz234567"),
        "{region}": region,
    }
    for slot, word in words.items():
        pattern = pattern.replace(slot, word)
    return pattern
