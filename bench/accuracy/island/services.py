"""Mail services of the public book, as they are seen from outside: networks, host names, SPF record, what they sign with."""

from __future__ import annotations

from typing import NamedTuple


class Service(NamedTuple):
    """A service that sends mail for many."""

    prefixes: tuple[str, ...]
    pattern: str
    """Names of its hosts, as `nets.Net.pattern`."""
    spf: str = ""
    """The name that customers include; empty: it has none."""
    envelope: str = ""
    """Domain of its own bounces where a customer has set up none; `{w}` is a word of the customer."""
    sign: str = ""
    """Domain of its own signature where a customer has set up none; empty: it does not sign then."""
    selector: str = "s1"
    size: int = 6
    """Hosts that the island sees."""


GOOGLE6 = "2607:f8b0:4864::/56"

SERVICES = {
    "google": Service(
        ("209.85.128.0/17", GOOGLE6),
        "mail-{w}-f{d}.google.com",
        "_spf.google.com",
        "",
        "{w}.20230601.gappssmtp.com",
        "20230601",
        14,
    ),
    "m365": Service(
        ("40.107.0.0/16", "52.100.0.0/15", "2a01:111:f403:c400::/64"),
        "mail-{w}{n}.outbound.protection.outlook.com",
        "spf.protection.outlook.com",
        "{w}.onmicrosoft.com",
        "{w}.onmicrosoft.com",
        "selector1",
        16,
    ),
    "outlook": Service(
        ("40.92.0.0/16",),
        "mail-{w}olkn{n}.outbound.protection.outlook.com",
        "spf2.outlook.com",
        "outlook.com",
        "outlook.com",
        "selector1",
        5,
    ),
    "ses": Service(
        ("54.240.0.0/18", "69.169.224.0/20"),
        "a{c}-{d}.smtp-out.amazonses.com",
        "amazonses.com",
        "amazonses.com",
        "amazonses.com",
        "224i4yxa5dv7c2xz3womw6peuasteono",
        8,
    ),
    "ses_tokyo": Service(
        ("23.251.234.0/23", "54.240.64.0/19"),
        "e{c}-{d}.smtp-out.ap-northeast-1.amazonses.com",
        "amazonses.com",
        "ap-northeast-1.amazonses.com",
        "amazonses.com",
        "zh4gjftm6etwoq6afzugpky45synznly",
        8,
    ),
    "sendgrid": Service(
        ("149.72.0.0/16", "167.89.0.0/17"),
        "{w}{n}.outbound-mail.sendgrid.net",
        "sendgrid.net",
        "em{n}.sendgrid.net",
        "sendgrid.net",
        "smtpapi",
        8,
    ),
    "mailchimp": Service(
        ("198.2.128.0/18", "205.201.128.0/20"),
        "mail{d}.{w}.mcsv.net",
        "servers.mcsv.net",
        "mail{n}.mcsv.net",
        "mailchimpapp.net",
        "k2",
        8,
    ),
    "mandrill": Service(
        ("198.2.176.0/21",),
        "mail{n}-{d}.suw31.mandrillapp.com",
        "spf.mandrillapp.com",
        "mandrillapp.com",
        "mandrillapp.com",
        "mte1",
        4,
    ),
    "brevo": Service(
        ("77.32.148.0/24", "185.41.28.0/22"),
        "{w}.d.sender-sib.com",
        "spf.sendinblue.com",
        "{w}.d.sender-sib.com",
        "sendinblue.com",
        "mail",
        5,
    ),
    "mailjet": Service(
        ("87.253.232.0/21",), "o{d}.p{c}.mailjet.com", "spf.mailjet.com", "a{n}.bnc3.mailjet.com", "bnc3.mailjet.com", "mailjet", 4
    ),
    "mailgun": Service(
        ("69.72.32.0/20", "166.78.68.0/22"),
        "m{c}-{d}.mailgun.net",
        "mailgun.org",
        "sandbox{n}.mailgun.org",
        "mailgun.org",
        "pic",
        4,
    ),
    "postmark": Service(
        ("50.31.156.0/24", "50.31.205.0/24"), "mta{d}.mtasv.net", "spf.mtasv.net", "pm.mtasv.net", "pm.mtasv.net", "pm", 3
    ),
    "sparkpost": Service(
        ("147.253.208.0/20",),
        "mta{d}.sparkpostmail.com",
        "_netblocks.sparkpostmail.com",
        "mail{n}.sparkpostmail.com",
        "sparkpostmail.com",
        "scph0118",
        4,
    ),
    "hubspot": Service(
        ("158.247.16.0/20",),
        "{w}.bid{n}.hubspotemail.net",
        "143.spf04.hubspotemail.net",
        "bf{n}x.hubspotemail.net",
        "bf{n}x.hubspotemail.net",
        "hs1",
        4,
    ),
    "salesforce": Service(
        ("13.110.0.0/16", "101.53.160.0/19"),
        "smtp{d}-{w}.mta.salesforce.com",
        "_spf.salesforce.com",
        "{w}.bnc.salesforce.com",
        "",
        "",
        5,
    ),
    "zendesk": Service(
        ("192.161.144.0/20",),
        "outbyoip{d}.pod{c}.euw1.zdsys.com",
        "mail.zendesk.com",
        "{w}.zendesk.com",
        "zendesk.com",
        "zendesk1",
        4,
    ),
    "freshdesk": Service(
        ("162.159.200.0/24", "3.93.157.0/24"),
        "fdesk-mta{d}.freshemail.io",
        "email.freshdesk.com",
        "fdmail.freshemail.io",
        "freshemail.io",
        "fd",
        3,
    ),
    "shopify": Service(
        ("23.227.38.0/24",), "mta{d}.shopifyemail.com", "spf.shopifyemail.com", "shopifyemail.com", "shopifyemail.com", "sy1", 3
    ),
    "qualtrics": Service(
        ("139.60.152.0/22",), "mta{d}.qualtrics.com", "_spf.qualtrics.com", "qemailserver.com", "qemailserver.com", "2015", 3
    ),
    "workday": Service(
        ("209.177.160.0/20",), "mta{d}.myworkday.com", "_spf.myworkday.com", "myworkday.com", "myworkday.com", "wd1", 2
    ),
    "quickbooks": Service(
        ("167.89.98.0/24",), "o{d}.ptr.e.quickbooks.com", "spf.intuit.com", "e.intuit.com", "intuit.com", "s1", 2
    ),
    "docusign": Service(
        ("64.207.216.0/21",), "mail{d}.docusign.net", "_spf.docusign.net", "camail.docusign.net", "docusign.net", "mail1", 2
    ),
    "cuenote": Service(
        ("210.157.22.0/24", "202.212.116.0/24"), "mta{d}.fc{c}.cuenote.jp", "spf.cuenote.jp", "bounce.fc{n}.cuenote.jp", "", "", 4
    ),
    "haihai": Service(("153.127.251.0/24", "59.106.178.0/24"), "mail{d}.hm-f.jp", "spf.hm-f.jp", "err{n}.hm-f.jp", "", "", 4),
    "blastmail": Service(
        ("210.188.214.0/24", "49.212.166.0/24"), "mta{d}.bmsend.com", "spf.bmsend.com", "b{n}.bmsend.com", "bmsend.com", "bm1", 4
    ),
    "spiral": Service(("124.146.175.0/24",), "mx{d}.smp.ne.jp", "spf.smp.ne.jp", "rt.smp.ne.jp", "", "", 3),
    "will": Service(("203.104.134.0/24",), "mta{d}.willcloud.jp", "spf.willcloud.jp", "rtn.willcloud.jp", "willcloud.jp", "wm", 3),
    "cybozu": Service(("103.79.12.0/22",), "mail{d}.cybozu.com", "spf.cybozu.com", "{w}.cybozu.com", "cybozu.com", "cb1", 4),
    "smarthr": Service(
        ("54.240.96.0/24",),
        "b{c}-{d}.smtp-out.ap-northeast-1.amazonses.com",
        "spf.smarthr.plus",
        "bounce.smarthr.plus",
        "smarthr.plus",
        "shr",
        2,
    ),
    "freee": Service(
        ("149.72.219.0/24",), "o{d}.mail.freee.co.jp", "spf.mail.freee.co.jp", "em.freee.co.jp", "freee.co.jp", "s1", 2
    ),
    "moneyforward": Service(
        ("168.245.49.0/24",), "o{d}.sg.moneyforward.com", "spf.moneyforward.com", "em.moneyforward.com", "moneyforward.com", "s1", 2
    ),
    "formrun": Service(("168.245.12.0/24",), "o{d}.mail.form.run", "spf.form.run", "em{n}.form.run", "form.run", "s1", 2),
    "makeshop": Service(("210.172.183.0/24",), "mail{d}.makeshop.jp", "spf.makeshop.jp", "makeshop.jp", "", "", 3),
    "safety": Service(("202.221.174.0/24",), "mta{d}.anpikakunin.com", "spf.anpikakunin.com", "anpikakunin.com", "", "", 2),
    "mailchannels": Service(("23.83.208.0/20",), "{w}.relay.mailchannels.net", "relay.mailchannels.net", "", "", "", 5),
    "kb4": Service(
        ("147.160.167.0/26", "23.21.109.192/27"),
        "psm{d}.knowbe4.com",
        "_spf.psm.knowbe4.com",
        "psm.knowbe4.com",
        "psm.knowbe4.com",
        "k4",
        2,
    ),
}
"""Services that send for owners, and their mailbox providers."""

GATEWAYS = {
    "mimecast": Service(
        ("207.211.30.0/24", "170.10.128.0/22"), "us-smtp-delivery-{d}.mimecast.com", "us._netblocks.mimecast.com", size=5
    ),
    "mimecast_eu": Service(
        ("195.130.217.0/24", "91.220.42.0/24"), "eu-smtp-delivery-{d}.mimecast.com", "eu._netblocks.mimecast.com", size=4
    ),
    "proofpoint": Service(("67.231.144.0/20", "148.163.128.0/19"), "mx0a-00{n}01.pphosted.com", "spf-a.pphosted.com", size=5),
    "barracuda": Service(("209.222.82.0/24",), "outbound-ip{d}a.ess.barracuda.com", "spf.ess.barracudanetworks.com", size=4),
    "hornet": Service(("94.100.128.0/20",), "mx-relay{d}-hz{c}.antispameurope.com", "spf.hornetsecurity.com", size=4),
    "trend": Service(("18.208.22.64/26", "13.238.202.0/26"), "repost{d}.tmes.trendmicro.com", "spf.tmes.trendmicro.com", size=4),
    "trend_jp": Service(
        ("54.199.0.0/26", "18.176.203.128/26"), "repost{d}.tmems-jp.trendmicro.com", "spf.tmems-jp.trendmicro.com", size=3
    ),
    "securemx": Service(("210.130.202.0/24", "202.32.8.0/24"), "mo{d}.securemx.jp", "spf.securemx.jp", size=4),
    "hennge": Service(("52.69.40.0/26", "54.65.12.0/26"), "o{d}.hdemail.jp", "spf.hdemail.jp", size=3),
    "cloudses": Service(("136.143.188.0/23",), "sender{d}-of-o{c}.zoho.com", "spf.zoho.com", size=3),
    "messagelabs": Service(("85.158.136.0/21", "216.82.240.0/20"), "mail1.bemta{c}.messagelabs.com", "spf.messagelabs.com", size=4),
    "iphmx": Service(("68.232.128.0/19",), "esa{d}.hc{n}-{c}.iphmx.com", "spf.iphmx.com", size=4),
}
"""Gateways that mail goes through on its way in or out."""

HOSTERS = {
    "sakura": Service(("49.212.0.0/17", "182.48.0.0/18", "219.94.128.0/17"), "www{n}.sakura.ne.jp", size=5),
    "xserver": Service(("183.90.224.0/19", "157.112.176.0/20"), "sv{n}.xserver.jp", "spf.sender.xserver.jp", size=5),
    "lolipop": Service(("157.7.44.0/24", "157.7.107.0/24"), "mail{n}.phy.lolipop.jp", size=3),
    "heteml": Service(("157.7.188.0/24",), "smtp{d}.heteml.jp", size=2),
    "kagoya": Service(("203.142.192.0/20",), "smtp{n}.kagoya.net", size=3),
    "cpi": Service(("211.125.80.0/22",), "mfw{d}.secure.ne.jp", size=2),
    "ovh_web": Service(("46.105.0.0/17", "188.165.32.0/19"), "{d}.mo{n}.mail-out.ovh.net", "mx.ovh.com", size=4),
    "ionos_web": Service(("212.227.126.0/24", "217.72.192.0/24"), "mout.kundenserver.de", "_spf.perfora.net", size=4),
    "strato": Service(("81.169.146.0/24", "85.215.255.0/24"), "mo4-p{d}.smtp.rzone.de", size=3),
    "bluehost": Service(("66.147.240.0/20", "69.89.16.0/20"), "box{n}.bluehost.com", size=4),
    "godaddy": Service(
        ("72.167.218.0/24", "173.201.192.0/22"), "p3plwbeout{n}-{d}.prod.phx3.secureserver.net", "secureserver.net", size=4
    ),
    "hostgator_br": Service(("192.185.0.0/18",), "br{n}.hostgator.com.br", size=4),
    "locaweb_web": Service(("177.153.16.0/20",), "hmg{n}.locaweb.com.br", "_spf.locaweb.com.br", size=3),
    "bigrock": Service(("162.222.225.0/24", "103.53.42.0/24"), "sv{n}.bigrock.in", size=3),
    "whogohost": Service(("149.255.58.0/24",), "cloud{n}.whogohost.com", size=2),
}
"""Shared hosting, where many neighbours send from one host."""

ALL = SERVICES | GATEWAYS | HOSTERS
