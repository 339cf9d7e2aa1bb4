"""What senders of other people's mail publish, and how they send: envelope domain, signature, SPF; one line a service.

id (as in networks) | envelope domain | DKIM domain, selector | SPF name for customers
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from bench.accuracy.elsewhere.chance import word
from bench.accuracy.elsewhere.dns import ALWAYS, Dns
from bench.accuracy.elsewhere.mail import Mail, Signature
from bench.accuracy.elsewhere.networks import NETWORKS

_TABLE = """
google | gmail.com | gmail.com 20230601 | _spf.google.com
microsoft | outlook.com | outlook.com selector1 | spf.protection.outlook.com
yahoo-us | yahoo.com | yahoo.com s2048 |
yahoo-jp | yahoo.co.jp | yahoo.co.jp yj20110701 |
mailru | mail.ru | mail.ru mail4 | _spf.mail.ru
qq | qq.com | qq.com s201512 | spf.mail.qq.com
netease | 163.com | 163.com s110527 | spf.163.com
fastmail | messagingengine.com | messagingengine.com fm3 | spf.messagingengine.com
gmx | gmx.net | gmx.net s31663417 |
nifty | nifty.com | nifty.com dk20230601 |
ocn-mail | ocn.ne.jp | | spf.ocn.ad.jp
biglobe | biglobe.ne.jp | |
sonet | so-net.ne.jp | |
docomo | docomo.ne.jp | |
au | ezweb.ne.jp | |
softbank-mobile | i.softbank.jp | |
plala | plala.or.jp | |
eonet | eonet.ne.jp | |
asahi | asahi-net.or.jp | |
xserver | xserver.jp | | spf.xserver.jp
sakura | sakura.ne.jp | |
lolipop | lolipop.jp | | _spf.lolipop.jp
onamae | onamae.ne.jp | | spf.onamae.ne.jp
kagoya | kagoya.net | | spf.kagoya.net
heteml | heteml.jp | | _spf.heteml.jp
bluehost | bluehost.com | | spf.bluehost.com
hostgator | hostgator.com | | websitewelcome.com
ovh-web | hosting.ovh.net | | mx.ovh.com
beget | beget.com | |
sendgrid | sendgrid.net | sendgrid.net smtpapi | sendgrid.net
ses | ap-northeast-1.amazonses.com | amazonses.com zh4gjftm6etwoq6afzugpky45synznly | amazonses.com
mailchimp | mail133.atl31.mcsv.net | mcsv.net k1 | servers.mcsv.net
mailgun | mailgun.org | mailgun.org mg | mailgun.org
brevo | gg.d.sender-sib.com | sendinblue.com mail | spf.sendinblue.com
salesforce | bnc.salesforce.com | salesforce.com dkim1 | _spf.salesforce.com
hubspot | bf03.hubspotemail.net | hubspotemail.net hs1 | spf.hubspotemail.net
zendesk | pod18.zendesk.com | zendesk.com zendesk1 | mail.zendesk.com
bmsend | bounce.bmsend.com | bmsend.com bmdeda | bmsend.com
blastengine | bes.blastengine.jp | blastengine.jp be2021 | spf.besender.jp
cuenote | c.cuenotefc.jp | | spf.cuenotefc.jp
haihai | e.haihaimail.jp | | spf.haihaimail.jp
willmail | b.willap.jp | willap.jp wm1 | spf.willap.jp
spiral | smp.ne.jp | | spf.smp.ne.jp
surveymonkey | outbound.surveymonkey.com | surveymonkey.com s1 |
workday | myworkday.com | myworkday.com wd1 |
docusign | docusign.net | docusign.net mail1 |
jobcan | jobcan.ne.jp | |
knowbe4 | psm.knowbe4.com | | _spf.psm.knowbe4.com
formzu | formzu.com | |
improvmx | srs.improvmx.com | | spf.improvmx.com
simplelogin | simplelogin.co | simplelogin.co dkim | simplelogin.co
cloudflare | email.cloudflare.net | email.cloudflare.net cf2024-1 | _spf.mx.cloudflare.net
namecheap | eforward.registrar-servers.com | | spf.efwd.registrar-servers.com
python | python.org | python.org 200901 |
groupsio | groups.io | groups.io 20240206 |
janog | janog.gr.jp | |
"""


class Service(NamedTuple):
    """What a service sends as, where its customer has set up nothing."""

    id: str
    envelope: str
    signer: str
    selector: str
    spf: str

    def unaligned(self, header_from: str) -> Mail:
        """A mail with all identities those of the service."""
        signatures = (Signature(self.signer, self.selector),) if self.signer else ()
        return Mail(header_from, self.envelope, signatures)

    def aligned(self, header_from: str, domain: str, selector: str, bounce: str = "") -> Mail:
        """A mail signed for the customer, and by the service."""
        own = Signature(domain, selector)
        return Mail(header_from, bounce or self.envelope, (own, Signature(self.signer, self.selector)) if self.signer else (own,))


def _read() -> dict[str, Service]:
    found = {}
    for line in filter(None, _TABLE.splitlines()):
        id_, envelope, signature, spf = (column.strip() for column in line.split("|"))
        signer, _, selector = signature.partition(" ")
        found[id_] = Service(id_, envelope, signer, selector, spf)
    return found


SERVICES = _read()


def publish_key(dns: Dns, domain: str, selector: str, rng: Random, *, start: int = 0, end: int = ALWAYS, bits: int = 2048) -> None:
    """Puts a DKIM key into the DNS for some days; what stands in it is as long as a key and none."""
    text = word(rng, bits // 6 + 40, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    dns.add(f"{selector}._domainkey.{domain}", "TXT", f"v=DKIM1; k=rsa; p=MIG{text}QAB", start=start, end=end)


def publish_services(dns: Dns, rng: Random) -> None:
    """Puts the SPF records and keys of all services into the DNS."""
    for service in SERVICES.values():
        net = NETWORKS[service.id]
        terms = f"ip4:{net.v4}" + (f" ip6:{net.v6}" if net.v6 else "")
        for name in filter(None, dict.fromkeys((service.envelope, service.spf))):
            dns.add(name, "TXT", f"v=spf1 {terms} ~all")
        if service.signer:
            publish_key(dns, service.signer, service.selector, rng)
    dns.add("googlegroups.com", "TXT", "v=spf1 include:_spf.google.com ~all")
    publish_key(dns, "googlegroups.com", "20230601", rng)
    publish_key(dns, "google.com", "20230601", rng)
    dns.add("calendar-server.bounces.google.com", "TXT", "v=spf1 include:_spf.google.com ~all")
