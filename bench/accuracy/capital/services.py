"""Services that send in other people's names, and gateways that mail passes on its way."""

from __future__ import annotations

from typing import NamedTuple

from bench.accuracy.capital.nets import Net


class Service(NamedTuple):
    """What a service puts on mail. In `bounce` {w} is a word of the customer, in `selectors` too."""

    net: str
    bounce: str
    """Where bounces go as long as the customer has set nothing up."""
    own: str
    """Domain it signs with for all customers; empty where it does not."""
    own_selector: str
    selectors: str
    """Selectors that customers publish, with blanks between."""
    sub: str
    """Label of the customer's bounce domain where one is set up; empty where the service has no such thing."""


SERVICE_NETS = {
    "ses": Net("54.240.8.0/21 76.223.176.0/20", "a{n}-{d}.smtp-out.amazonses.com", 36, spf="amazonses.com", listed=0.04),
    "sendgrid": Net("149.72.0.0/16 167.89.0.0/17", "{w}.outbound-mail.sendgrid.net", 32, spf="sendgrid.net", listed=0.15),
    "mailchimp": Net("198.2.128.0/18", "mail{n}.atl{n}.mcsv.net", 24, spf="servers.mcsv.net", listed=0.08),
    "brevo": Net("77.32.148.0/22 1.179.112.0/20", "{w}.mailin.fr", 20, spf="spf.sendinblue.com", listed=0.15),
    "mailjet": Net("87.253.232.0/21 185.211.120.0/22", "o{n}.p{n}.mailjet.com", 14, spf="spf.mailjet.com", listed=0.05),
    "mailgun": Net("159.135.224.0/20 69.72.32.0/20", "m{n}-{d}.mailgun.net", 16, spf="mailgun.org", listed=0.08),
    "postmark": Net("50.31.205.0/24", "mta{n}a-ord.mtasv.net", 8, spf="spf.mtasv.net"),
    "sparkpost": Net("147.253.208.0/20", "mta-{n}-{d}.sparkpostmail.com", 14, spf="sparkpostmail.com", listed=0.03),
    "hubspot": Net("158.247.16.0/20", "bid{n}.hubspotemail.net", 12, spf="spf.hubspotemail.net"),
    "marketo": Net("192.28.144.0/20", "em-sj-{n}.mktomail.com", 8, spf="mktomail.com"),
    "sfmc": Net("136.147.128.0/18 13.111.0.0/16", "mta{n}.s{n}.exacttarget.com", 20, spf="cust-spf.exacttarget.com"),
    "salesforce": Net("13.110.6.0/23 13.110.14.0/24", "smtp{n}-{w}-sp3.mta.salesforce.com", 12, spf="_spf.salesforce.com"),
    "zendesk": Net("192.161.144.0/20 188.172.128.0/20", "outbyoip{n}.pod{n}.euw1.zdsys.com", 10, spf="mail.zendesk.com"),
    "freshdesk": Net("54.251.80.0/24", "fdsmtp{n}.freshemail.io", 6, spf="email.freshdesk.com"),
    "servicenow": Net("149.96.0.0/17", "outbound{n}.service-now.com", 8, spf="spf.service-now.com"),
    "workday": Net("209.177.160.0/20", "mta{n}.myworkday.com", 6, spf="myworkday.com"),
    "successfactors": Net("130.214.192.0/20", "mail{n}.successfactors.com", 6, spf="successfactors.com"),
    "qualtrics": Net("139.60.152.0/22", "mta{n}.qualtrics-survey.com", 5, spf="_spf.qualtrics.com"),
    "docusign": Net("162.248.184.0/22", "mailsea{n}.docusign.net", 6, spf="_spf.docusign.net"),
    "canvas": Net("54.186.0.0/20", "ec2-out{n}.instructuremail.com", 5, spf="instructure.com"),
    "blackbaud": Net("205.139.104.0/23", "mail{n}.blackbaud.com", 6, spf="outboundmail.convio.net"),
    "cision": Net("204.14.64.0/22", "out{n}.mail.cision.com", 4, spf="spf.cision.com"),
    "amadeus": Net("82.150.224.0/22", "muc-mail{n}.amadeus.com", 6, spf="amadeus.com"),
    "knowbe4": Net("147.160.167.0/26 23.21.109.192/26", "psm{n}.knowbe4.com", 6, spf="_spf.psm.knowbe4.com"),
    "emberpoint": Net("153.120.128.0/20", "mta{n}.mpme.jp", 10, spf="spf.mpme.jp"),
    "cuenote": Net("210.134.168.0/22", "mx{n}.cuenote.jp", 10, spf="spf.cuenote.jp"),
    "blastmail": Net("210.150.232.0/24", "ma{n}.bme.jp", 8, spf="spf.bme.jp", listed=0.05),
    "stibee": Net("223.130.100.0/23", "mta{n}.stibee.com", 8, spf="spf.stibee.com"),
    "everlytic": Net("129.232.200.0/22", "delivery{n}.everlytic.net", 8, spf="everlytic.net"),
    "dotdigital": Net("94.143.104.0/21", "mta{n}-{w}.dotmailer.com", 10, spf="spf.dotmailer-email.com"),
    "splio": Net("178.20.64.0/21", "mta{n}.splio.fr", 8, spf="spf.splio.com"),
    "hennge": Net("54.64.0.0/20", "mo{n}.smtp.hdems.com", 10, spf="spf.hdems.com"),
    # gateways, in and out
    "mimecast": Net(
        "195.130.217.0/24 205.139.110.0/24 41.74.192.0/20", "us-smtp-delivery-{n}.mimecast.com", 20, spf="_netblocks.mimecast.com"
    ),
    "proofpoint": Net("148.163.128.0/19 205.220.160.0/20", "mx0a-00{x}.pphosted.com", 22, spf="spf.pphosted.com"),
    "barracuda": Net("209.222.82.0/24 18.130.0.0/22", "outbound-ip{n}.ess.barracuda.com", 14, spf="spf.ess.barracudanetworks.com"),
    "trend": Net("18.208.22.0/24 18.185.115.0/24", "inpost-{n}.tmes.trendmicro.com", 10, spf="spf.tmes.trendmicro.com"),
    "hornet": Net("94.100.128.0/20", "mx-gate{n}-hz1.hornetsecurity.com", 10, spf="spf.hornetsecurity.com"),
    "iphmx": Net("68.232.128.0/19 216.71.128.0/19", "esa{n}.hc{n}-{d}.iphmx.com", 16, spf="spf.iphmx.com"),
    "messagelabs": Net("67.219.240.0/20 85.158.136.0/21", "mail{n}.bemta{n}.messagelabs.com", 12, spf="spf.messagelabs.com"),
    "vade": Net("163.172.240.0/22", "smtp-out{n}.cloud.vadesecure.com", 8, spf="spf.vadesecure.com"),
    "antispamcloud": Net(
        "185.201.16.0/22 199.115.117.0/24", "delivery.antispamcloud.com", 12, spf="spf.antispamcloud.com", listed=0.05
    ),
    "securemx": Net("210.130.202.0/24", "mo{n}.securemx.jp", 10, spf="spf.securemx.jp"),
    "cloudflare": Net("104.30.0.0/19", "{w}.email.cloudflare.net", 10, "2405:8100:c000::/64", "_spf.mx.cloudflare.net"),
    "gandi": Net("217.70.178.0/24", "relay{n}-d.mail.gandi.net", 8, "2001:4b98:dc4:8::/64", "_mailcust.gandi.net"),
    "improvmx": Net("54.36.72.0/24", "smtp{n}.improvmx.com", 4, spf="spf.improvmx.com", listed=0.25),
    "namecheap": Net("162.255.118.0/24", "eforward{n}.registrar-servers.com", 8, spf="spf.efwd.registrar-servers.com", listed=0.2),
    "renater": Net("194.254.240.0/23", "sympa{n}.renater.fr", 4, spf="renater.fr"),
    "mailinblack": Net("51.159.64.0/22", "out{n}.mailinblack.com", 5, spf="spf.mailinblack.com"),
}
"""Networks of services; joined with those of `nets`."""

SERVICES = {
    "ses": Service("ses", "{r}.amazonses.com", "amazonses.com", "7v7vs6w47njt4pimodk5mmttbegzsi6n", "{w28}", "bounce"),
    "sendgrid": Service("sendgrid", "sendgrid.net", "sendgrid.net", "smtpapi", "s1 s2", "em{n}"),
    "mailchimp": Service("mailchimp", "mail{n}.atl{n}.mcsv.net", "mailchimpapp.net", "k2", "k2 k3", ""),
    "brevo": Service("brevo", "{w}.d.mailin.fr", "mailin.fr", "mail", "mail brevo1", ""),
    "mailjet": Service("mailjet", "bnc3.mailjet.com", "bnc3.mailjet.com", "mailjet", "mailjet", "bnc3"),
    "mailgun": Service("mailgun", "mailgun.org", "mailgun.org", "mg", "mx pic", "mg"),
    "postmark": Service("postmark", "pm.mtasv.net", "pm.mtasv.net", "pm20", "{n}pm", "pm-bounces"),
    "sparkpost": Service("sparkpost", "mail.sparkpostmail.com", "sparkpostmail.com", "scph0623", "scph{n}", "sp"),
    "hubspot": Service("hubspot", "bf{n}x.hubspotemail.net", "hubspotemail.net", "hs2", "hs1 hs2", ""),
    "marketo": Service("marketo", "em-sj-{n}.mktomail.com", "mktdns.com", "m1", "m1", "go"),
    "sfmc": Service("sfmc", "bounce.s{n}.exacttarget.com", "s{n}.y.mc.salesforce.com", "fbldkim{n}", "{n}dkim1", "bounce.e"),
    "salesforce": Service("salesforce", "{w}.bnc.salesforce.com", "", "", "sf{n} sfa{n}", ""),
    "zendesk": Service("zendesk", "zendesk.com", "zendesk.com", "zendesk1", "zendesk1 zendesk2", ""),
    "freshdesk": Service("freshdesk", "emailus.freshservice.com", "freshemail.io", "s1", "fddkim fwdkim1", "fwd"),
    "servicenow": Service("servicenow", "service-now.com", "service-now.com", "sn1", "sndkim", ""),
    "workday": Service("workday", "myworkday.com", "myworkday.com", "wd5", "wdk{n}", ""),
    "successfactors": Service("successfactors", "successfactors.com", "successfactors.com", "sf5", "sfsf1", ""),
    "qualtrics": Service("qualtrics", "qualtrics-survey.com", "qualtrics-survey.com", "qx", "qualtrics", "qx"),
    "docusign": Service("docusign", "docusign.net", "docusign.net", "mail2", "ds1", ""),
    "canvas": Service("canvas", "instructure.com", "instructure.com", "canvas1", "lms", ""),
    "blackbaud": Service("blackbaud", "blackbaud.com", "blackbaud.com", "bbsel1", "bb1", ""),
    "cision": Service("cision", "mail.cision.com", "mail.cision.com", "mc", "cis1", ""),
    "amadeus": Service("amadeus", "amadeus.com", "amadeus.com", "ama2023", "gds1", ""),
    "knowbe4": Service("knowbe4", "psm.knowbe4.com", "psm.knowbe4.com", "k1", "", ""),
    "emberpoint": Service("emberpoint", "{w}.mpme.jp", "", "", "mpse{n}", "err"),
    "cuenote": Service("cuenote", "bounce.cuenote.jp", "", "", "cn{n}", "fc"),
    "blastmail": Service("blastmail", "{w}.bme.jp", "bme.jp", "bm1", "bmd", ""),
    "stibee": Service("stibee", "bounce.stibee.com", "stibee.com", "stb", "stb{n}", ""),
    "everlytic": Service("everlytic", "everlytic.net", "everlytic.net", "everlytickey2", "everlytickey1", "bounces"),
    "dotdigital": Service("dotdigital", "{w}.dotmailer.com", "dotmailer.com", "dkim1024", "dkim{n}", "email"),
    "splio": Service("splio", "bounce.splio.fr", "splio.fr", "sp1", "spl{n}", "news"),
}
"""Services by our name for them."""
