"""Mail services as their customers' records see them: hosts, SPF, return paths and signatures."""

from __future__ import annotations

from typing import NamedTuple


class Service(NamedTuple):
    """A service. In its fields `{d}` is the customer's domain, `{t}` its label, `{x}` something made up."""

    net: str
    include: str
    """Its SPF record, included by customers that set it up; empty: none."""
    path: str
    """Domain of the return path of a customer who has set it up."""
    aligned: str
    """Selector of the customer's own signature."""
    default: str
    """Domain of the return path of one who has not."""
    signer: str = ""
    """Domain of the service's own signature; empty: it makes none."""
    selector: str = ""
    both: bool = False
    """Whether mail has the service's own signature beside an aligned one."""


TABLE = """
google google _spf.google.com {d} google {d} {t}-example.20230601.gappssmtp.com 20230601
m365 microsoft spf.protection.outlook.com {d} selector1 {d} {t}.onmicrosoft.com selector1-{t}
ses ses amazonses.com bounce.{d} {x} amazonses.com amazonses.com 224i4yxa5dv7c2xz3womw6peuasteono+
sendgrid sendgrid sendgrid.net em4821.{d} s1 sendgrid.net sendgrid.net smtpapi
mailchimp mailchimp servers.mcsv.net mail131.suw17.mcsv.net k2 mail98.atl31.mcdlv.net mailchimpapp.net k1
mailgun mailgun mailgun.org mg.{d} mx mailgun.org mailgun.org k1
brevo brevo spf.sendinblue.com gq.d.sender-sib.com mail ab.d.mailin.fr sendinblue.com mail
mailjet mailjet spf.mailjet.com bnc3.{d} mailjet bnc3.mailjet.com mailjet.com mailjet
postmark postmark spf.mtasv.net pm-bounces.{d} 20240711pm pm.mtasv.net pm.mtasv.net pm+
hubspot hubspot - bf10x.{d} hs1-487 bf10x.hubspotemail.net hubspotemail.net hs1
salesforce salesforce cust-spf.exacttarget.com bounce.news.{d} 200608 bounce.s7.exacttarget.com s7.exacttarget.com 10dkim1
salesforce_core salesforce_core _spf.salesforce.com {d} sf1 ia4q2.bnc.salesforce.com - -
zendesk zendesk mail.zendesk.com {d} zendesk1 {t}.zendesk.com zendesk.com zendesk1
freshworks freshworks email.freshdesk.com fwdkim.{d} fwdkim1 emailus.freshdesk.com freshdesk.com s1
klaviyo klaviyo - send.{d} kl bounce.klaviyomail.com klaviyomail.com dkim
shopify shopify - sy1.{d} 4ba8 bounce.shopifyemail.com shopifyemail.com s1
atlassian atlassian _spf.atlassian.net {d} atl1 bounces.mail-us.atlassian.net atlassian.net s2
workday workday - {d} wd myworkday.com myworkday.com wd5
adp adp - {d} adp bounce.adp.com adp.com a1
docusign docusign - {d} ds bounces.docusign.net docusign.net mail
surveymonkey surveymonkey - {d} sm smtp.surveymonkey.com surveymonkey.com s1
intuit intuit - {d} qb notification.intuit.com notification.intuit.com s1
blastengine blastengine spf.besender.jp bounce.{d} be1 besender.jp besender.jp dkim1
cuenote cuenote spf.cuenote.jp cn.{d} cn1 bounce.cuenote.jp - -
datev datev - {d} dv datev.de datev.de d2
smarthr smarthr - {d} sh us-west-2.amazonses.com smarthr.jp s1
zoho_in zoho_in zoho.in {d} zmail {d} zohomail.in zm
proofpoint proofpoint spf-0021.pphosted.com {d} pps1 {d} - -
mimecast mimecast us._netblocks.mimecast.com {d} mimecast20240 {d} - -
hornet hornet spf.antispameurope.com {d} hse1 {d} - -
exclaimer exclaimer spf.eu.exclaimer.net {d} excl {d} - -
ovh ovh mx.ovh.com {d} ovhmo-selector-1 {d} - -
ionos ionos _spf-eu.ionos.com {d} s1-ionos {d} - -
sakura sakura - {d} rs20240 {d} - -
xserver xserver spf.xserver.jp {d} default {d} - -
locaweb locaweb _spf.locaweb.com.br {d} lw1 {d} - -
godaddy godaddy secureserver.net {d} gd1 {d} - -
"""
"""The fields of a service a line, behind its name; `-` is empty, and a `+` at the end says that it signs beside its customer."""


def _service(line: str) -> tuple[str, Service]:
    name, net, include, path, aligned, default, signer, selector = ("" if word == "-" else word for word in line.split())
    return name, Service(net, include, path, aligned, default, signer, selector.rstrip("+"), selector.endswith("+"))


SERVICES = dict(_service(line) for line in TABLE.strip().splitlines())
