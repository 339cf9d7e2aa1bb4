"""The book of services and providers: what their hosts are called, which envelope and signatures they use."""

from __future__ import annotations

from typing import NamedTuple


class Service(NamedTuple):
    """A service that mails for many."""

    host: str
    """Name of a host: `{n}` a number, `{a}` a token, `{ip}` the address with dashes."""
    spf: str
    """Name whose SPF record lists its hosts; empty for none."""
    mfrom: str = ""
    """Envelope domain where the customer has set nothing up."""
    dkim: str = ""
    """Domain it signs with where the customer has set nothing up; empty: it does not sign."""
    selector: str = "s1"
    own: str = ""
    """Label of the customer's envelope sub-domain where it is set up; empty: the envelope stays the service's."""
    also: bool = False
    """Signs with its own domain too, beside the customer's."""
    ranges: tuple[str, ...] = ("",)
    hosts: int = 6


SERVICES = {
    # mail platforms
    "google": Service(
        "mail-{a}1-f{n}.google.com",
        "_spf.google.com",
        "gmail.com",
        "gmail.com",
        "20230601",
        ranges=("209.85.128.0/17", "2607:f8b0:4864::/48"),
        hosts=26,
    ),
    "m365": Service(
        "mail-{a}azon11{n}.outbound.protection.outlook.com",
        "spf.protection.outlook.com",
        "",
        "",
        "selector1",
        ranges=("40.107.0.0/16", "52.100.0.0/14", "2a01:111:f403::/48"),
        hosts=28,
    ),
    "outlook": Service(
        "mail-{a}olkn20{n}.outbound.protection.outlook.com",
        "spf-a.hotmail.com",
        "outlook.com",
        "outlook.com",
        "selector1",
        ranges=("40.92.0.0/15",),
        hosts=8,
    ),
    "yahoo": Service(
        "sonic3{n}-{n}.consmr.mail.ne1.yahoo.com",
        "_spf.mail.yahoo.com",
        "yahoo.com",
        "yahoo.com",
        "s2048",
        ranges=("66.163.184.0/21",),
        hosts=8,
    ),
    "icloud": Service(
        "st43p00im-{a}{n}.me.com", "_spf.icloud.com", "icloud.com", "icloud.com", "1a1hai", ranges=("17.58.0.0/16",), hosts=5
    ),
    "zoho": Service("sender-of-o{n}.zoho.in", "zoho.in", "", "", "zmail", ranges=("103.117.156.0/22", "169.148.128.0/20"), hosts=5),
    "titan": Service("out-{n}.smtp.titan.email", "spf.titan.email", "", "", "titan1", hosts=5),
    "fastmail": Service(
        "fout-{a}{n}-smtp.messagingengine.com", "spf.messagingengine.com", "", "", "fm1", ranges=("103.168.172.0/22",), hosts=4
    ),
    # newsletters and campaigns
    "mailchimp": Service(
        "mail{n}.sea{n}.mcsv.net",
        "servers.mcsv.net",
        "mail{n}.sea{n}.mcsv.net",
        "mcsv.net",
        "k2",
        ranges=("198.2.128.0/18", "205.201.128.0/20"),
        hosts=10,
    ),
    "brevo": Service(
        "{a}.d.sender-sib.com",
        "spf.sendinblue.com",
        "{a}.d.sender-sib.com",
        "sender-sib.com",
        "mail",
        ranges=("77.32.128.0/17", "185.41.28.0/22"),
        hosts=7,
    ),
    "mailjet": Service(
        "o{n}.p{n}.mailjet.com",
        "spf.mailjet.com",
        "bnc3.mailjet.com",
        "bnc3.mailjet.com",
        "mailjet",
        ranges=("87.253.232.0/21",),
        hosts=5,
    ),
    "cleverreach": Service(
        "mta{n}.cleverreach.com", "spf.crsend.com", "bounce.crsend.com", "crsend.com", "s1", ranges=("83.246.64.0/19",), hosts=5
    ),
    "dotdigital": Service(
        "mail{n}.emsg-cld.com",
        "spf.dotdigital.com",
        "bounce.dotdigital-email.com",
        "dotdigital-email.com",
        "dkim1024",
        own="email",
        hosts=5,
    ),
    "constantcontact": Service(
        "ccm{n}.constantcontact.com",
        "spf.constantcontact.com",
        "in.constantcontact.com",
        "auth.ccsend.com",
        "1000073432",
        ranges=("208.75.120.0/21",),
        hosts=6,
    ),
    "campaignmonitor": Service("mo{n}.createsend.com", "_spf.createsend.com", "cmail20.com", "cmail20.com", "cs2013", hosts=5),
    "klaviyo": Service("o{n}.ptr{n}.klaviyomail.com", "klaviyomail.com", "klaviyomail.com", "klaviyomail.com", "s1", hosts=5),
    "blastmail": Service("mta{n}.blayn.jp", "spf.bmv.jp", "bma.mpse.jp", "", "bm", own="", hosts=5),
    "cuenote": Service("fc{n}.cuenote.jp", "spf.cuenote.jp", "", "", "cn1", own="mm", hosts=5),
    "haihai": Service("send{n}.hm-f.jp", "_spf.hm-f.jp", "hm-f.jp", "", "haihai", hosts=5),
    "wowmail": Service("mx{n}.asumeru.net", "spf.asumeru.net", "asumeru.net", "asumeru.net", "asm", hosts=4),
    "rdstation": Service(
        "mta{n}.rdstation-mail.com.br",
        "_spf.rdstation.com.br",
        "bounce.rdstation-mail.com.br",
        "rdstation-mail.com.br",
        "rds1",
        hosts=4,
    ),
    "zoho_campaigns": Service(
        "mail{n}.zcsend.net", "zcsend.net", "bounce.zcsend.net", "zcsend.net", "zcsend", own="bounce", hosts=4
    ),
    # transactional
    "sendgrid": Service(
        "o{n}.ptr{n}.sendgrid.net",
        "sendgrid.net",
        "u{n}.wl.sendgrid.net",
        "sendgrid.net",
        "s1",
        own="em{n}",
        ranges=("149.72.0.0/16", "167.89.0.0/17", "168.245.0.0/17"),
        hosts=14,
    ),
    "ses": Service(
        "a{n}-{n}.smtp-out.amazonses.com",
        "amazonses.com",
        "amazonses.com",
        "amazonses.com",
        "224i4yxa5dv7c2xz3womw6peuasteono",
        own="bounce",
        also=True,
        ranges=("54.240.0.0/18", "76.223.128.0/18"),
        hosts=12,
    ),
    "ses_tokyo": Service(
        "e234-{n}.smtp-out.ap-northeast-1.amazonses.com",
        "amazonses.com",
        "ap-northeast-1.amazonses.com",
        "amazonses.com",
        "zh4gjftm6etwoq6afzugpky45synznly",
        own="bounce",
        also=True,
        ranges=("23.251.234.0/23",),
        hosts=6,
    ),
    "mailgun": Service(
        "m{n}.mailgun.net",
        "mailgun.org",
        "mailgun.org",
        "mailgun.org",
        "pic",
        own="mg",
        ranges=("159.135.224.0/20", "69.72.32.0/20"),
        hosts=7,
    ),
    "postmark": Service(
        "mta{n}.pmta.mtasv.net",
        "spf.mtasv.net",
        "pm.mtasv.net",
        "pm.mtasv.net",
        "pm",
        own="pm-bounces",
        ranges=("50.31.156.0/24",),
        hosts=5,
    ),
    "mandrill": Service(
        "mail{n}.mandrillapp.com",
        "spf.mandrillapp.com",
        "mandrillapp.com",
        "mandrillapp.com",
        "mte1",
        ranges=("198.2.176.0/21",),
        hosts=6,
    ),
    "sparkpost": Service(
        "mta-{n}.sparkpostmail.com",
        "_spf.sparkpostmail.com",
        "sparkpostmail.com",
        "sparkpostmail.com",
        "scph0124",
        ranges=("147.253.208.0/20",),
        hosts=5,
    ),
    "smtp2go": Service("e{a}.smtpcorp.com", "spf.smtp2go.com", "smtpservice.net", "smtpservice.net", "a1-4", hosts=5),
    # business software
    "zendesk": Service(
        "out{n}.pod{n}.zdsys.com",
        "mail.zendesk.com",
        "zendesk.com",
        "zendesk.com",
        "zendesk1",
        ranges=("192.161.144.0/20", "188.172.128.0/20"),
        hosts=6,
    ),
    "freshdesk": Service("mail-{a}.freshemail.io", "email.freshdesk.com", "bounce.freshemail.io", "freshemail.io", "s1", hosts=4),
    "hubspot": Service(
        "bid{n}.{a}.hubspotemail.net",
        "spf.hubspotemail.net",
        "bf{n}.hubspotemail.net",
        "hubspotemail.net",
        "hs1",
        own="hs",
        ranges=("143.244.80.0/20", "158.247.16.0/20"),
        hosts=6,
    ),
    "salesforce": Service(
        "smtp{n}-{a}.mta.salesforce.com",
        "_spf.salesforce.com",
        "bnc.salesforce.com",
        "",
        "sf1",
        also=False,
        ranges=("13.108.192.0/18", "101.53.160.0/19"),
        hosts=6,
    ),
    "pipedrive": Service("m{n}.pipedrive.com", "spf.pipedrive.com", "smtp.pipedrive.com", "pipedrive.com", "pd", hosts=4),
    "zohocrm": Service("mail{n}.zohocrm.com", "transmail.net", "bounce-zem.zohocrm.com", "zohocrm.com", "zcrm", hosts=4),
    "surveymonkey": Service(
        "mail{n}.surveymonkey.com", "spf.surveymonkey.com", "bounce.surveymonkey.com", "surveymonkeyuser.com", "s1", hosts=4
    ),
    "docusign": Service("mail{n}.docusign.net", "spf.docusign.net", "camail.docusign.net", "docusign.net", "mail1", hosts=4),
    "payroll": Service(
        "mta{n}.lohnpost-mail.com", "spf.lohnpost-mail.com", "bounce.lohnpost-mail.com", "lohnpost-mail.com", "lp1", hosts=4
    ),
    "jinji": Service("smtp{n}.jinjibako.jp", "spf.jinjibako.jp", "bounce.jinjibako.jp", "jinjibako.jp", "jb", hosts=3),
    "bookline": Service(
        "out{n}.bookline-mail.com", "spf.bookline-mail.com", "bounces.bookline-mail.com", "bookline-mail.com", "bl1", hosts=4
    ),
    "schoolpost": Service("relay{n}.campuspost.net", "spf.campuspost.net", "bounce.campuspost.net", "", "cp", hosts=3),
    "knowbe4": Service(
        "psm{n}.knowbe4.com", "_spf.psm.knowbe4.com", "psm.knowbe4.com", "", "kb4", ranges=("147.160.167.0/24",), hosts=3
    ),
    # gateways
    "mimecast": Service(
        "{a}-smtp-delivery-{n}.mimecast.com", "{r}._netblocks.mimecast.com", ranges=("146.101.78.0/24", "170.10.128.0/20"), hosts=8
    ),
    "proofpoint": Service(
        "mx0{a}-00{n}.pphosted.com", "spf.pphosted.com", ranges=("148.163.128.0/17", "205.220.160.0/19"), hosts=10
    ),
    "ppe": Service("dispatch1-us1.ppe-hosted.com", "a.spf.ppe-hosted.com", ranges=("67.231.144.0/20",), hosts=4),
    "barracuda": Service(
        "egress-ip{n}.ess.uk.barracuda.com", "spf.ess.barracudanetworks.com", ranges=("209.222.80.0/21", "18.133.136.0/24"), hosts=6
    ),
    "trend": Service(
        "mail{n}.out.tmems.trendmicro.com", "spf.tmes.trendmicro.com", ranges=("18.208.22.0/24", "13.238.202.0/24"), hosts=6
    ),
    "hornet": Service(
        "mx-gate{n}-hz{n}.hornetsecurity.com", "spf.hornetsecurity.com", ranges=("94.100.128.0/20", "185.140.204.0/22"), hosts=8
    ),
    "messagelabs": Service(
        "mail1.bemta{n}.messagelabs.com", "spf.messagelabs.com", ranges=("195.245.230.0/23", "85.158.142.0/23"), hosts=5
    ),
    "cisco": Service("esa{n}.hc{n}-{n}.iphmx.com", "spf.hc1.iphmx.com", ranges=("68.232.128.0/19", "207.54.64.0/19"), hosts=6),
    "sophos": Service("mfod-{a}-0{n}.prod.hydra.sophos.com", "spf.prod.hydra.sophos.com", ranges=("198.154.180.0/23",), hosts=4),
    "iij": Service("omgo{n}.securemx.jp", "spf.securemx.jp", ranges=("210.130.202.0/24",), hosts=5),
    "spamexperts": Service("filter{n}.antispamcloud.com", "spf.antispamcloud.com", ranges=("185.201.16.0/22",), hosts=5),
}
"""Every service by its name in this world."""

PLATFORMS = frozenset({"google", "m365"})


class Hoster(NamedTuple):
    """A company that hosts web sites and mail for small owners."""

    web: str
    """Name of a web server."""
    mail: str
    """Name of an outgoing mail relay; empty: mail leaves from the web server."""
    spf: str
    signs: str
    """Domain the relay or server signs with for customers that have nothing set up; empty: none."""
    srs: bool
    """Whether its forwarding rewrites the envelope."""
    countries: tuple[str, ...]


HOSTERS = {
    "sakura": Hoster("www{n}.sakura.ne.jp", "", "", "", False, ("jp",)),
    "xserver": Hoster("sv{n}.xserver.jp", "", "spf.sender.xserver.jp", "", False, ("jp",)),
    "lolipop": Hoster("users{n}.lolipop.jp", "mo{n}.lolipop.jp", "_spf.lolipop.jp", "", False, ("jp",)),
    "kagoya": Hoster("kws{n}.kagoya.net", "smtp{n}.kagoya.net", "_spf.kagoya.net", "", False, ("jp",)),
    "ionos": Hoster("infong{n}.clienthosting.eu", "mout.kundenserver.de", "_spf.perfora.net", "", True, ("de", "gb", "us")),
    "strato": Hoster("h{n}.stratoserver.net", "mo4-p0{n}-ob.smtp.rzone.de", "smtp.rzone.de", "strato.com", True, ("de",)),
    "hetzner": Hoster("www{n}.your-server.de", "", "spf.your-server.de", "", True, ("de",)),
    "ovh": Hoster("cluster0{n}.hosting.ovh.net", "mo{n}.mail-out.ovh.net", "mx.ovh.com", "", True, ("fr", "ng")),
    "o2switch": Hoster("{a}.o2switch.net", "", "spf.jabatus.fr", "", False, ("fr",)),
    "infomaniak": Hoster("h2web{n}.infomaniak.ch", "smtp-{n}.infomaniak.ch", "spf.infomaniak.ch", "", True, ("fr",)),
    "bluehost": Hoster("box{n}.bluehost.com", "outbound-ss-{n}.bluehost.com", "bluehost.com", "", False, ("us", "in", "ng")),
    "godaddy": Hoster(
        "sg2plzcpnl{n}.prod.sin2.secureserver.net",
        "p3plsmtpa{n}.prod.phx3.secureserver.net",
        "secureserver.net",
        "",
        False,
        ("us", "in", "gb"),
    ),
    "hostgator": Hoster("br{n}.hostgator.com.br", "", "spf.hostgator.com.br", "", False, ("br",)),
    "locaweb": Hoster("hm{n}.locaweb.com.br", "smtp{n}.locaweb.com.br", "_spf.locaweb.com.br", "", False, ("br",)),
    "hostinger": Hoster(
        "server{n}.web-hosting.com", "fr-int-smtpout{n}.hostinger.io", "_spf.mail.hostinger.com", "", True, ("in", "br", "ng")
    ),
}
"""Hosters by their name."""
