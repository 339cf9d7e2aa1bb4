"""Mail services that owners and crooks alike can rent: their hosts, SPF names, return paths and signatures."""

from __future__ import annotations

from typing import NamedTuple

from bench.accuracy.abroad.nets import NETS


class Service(NamedTuple):
    """A mail service."""

    nets: tuple[str, ...]
    hosts: int
    """Outgoing hosts of each network that the world meets."""
    spf_name: str
    return_path: str
    """Domain of the reverse-path where the customer has not set up one."""
    signs_as: str
    selector: str

    @property
    def ranges(self) -> tuple[str, ...]:
        """What its SPF record permits."""
        return tuple(r for net in self.nets for r in NETS[net].ranges)


SERVICES = {
    "m365": Service(("outlook", "outlook6"), 30, "spf.protection.outlook.com", "outlook.com", "outlook.com", "selector1"),
    "google": Service(("google", "google6"), 30, "_spf.google.com", "gmail.com", "gmail.com", "20230601"),
    "sendgrid": Service(("sendgrid",), 24, "sendgrid.net", "em.sendgrid.net", "sendgrid.info", "smtpapi"),
    "ses": Service(("ses",), 16, "amazonses.com", "us-west-2.amazonses.com", "amazonses.com", "hsbnp7p3ensaochzwyq5wwmceodymuwv"),
    "ses_tokyo": Service(
        ("ses_tokyo",),
        12,
        "_spf-tokyo.amazonses.com",
        "ap-northeast-1.amazonses.com",
        "ap-northeast-1.amazonses.com",
        "zh4gjftm6etwoq6afzugpky45synznly",
    ),
    "mailchimp": Service(("mailchimp",), 20, "servers.mcsv.net", "mail.atl11.rsgsv.net", "mailchimpapp.net", "k1"),
    "mailgun": Service(("mailgun",), 12, "_netblocks.mailgun.org", "mailgun.org", "mailgun.org", "mailo"),
    "salesforce": Service(("salesforce",), 12, "_spf.salesforce.com", "bounce.exacttarget.salesforce.com", "sfdc.net", "sf2"),
    "zendesk": Service(("zendesk",), 8, "mail.zendesk.com", "support.zendesk.com", "zendesk.com", "zendesk1"),
    "hubspot": Service(("hubspot",), 10, "_spf.hubspotemail.net", "bf03.hubspotemail.net", "bf03.hubspotemail.net", "hs1"),
    "brevo": Service(("brevo",), 14, "spf.brevo.com", "bounces.sender-sib.com", "sender-sib.com", "mail"),
    "proofpoint": Service(("proofpoint",), 8, "spf-00148501.pphosted.com", "pphosted.com", "pphosted.com", "pps1"),
    "mimecast": Service(("mimecast", "mimecast_eu"), 8, "_netblocks.mimecast.com", "mimecast.com", "mimecast.com", "mimecast2020"),
    "barracuda": Service(
        ("barracuda",), 5, "spf.ess.barracudanetworks.com", "ess.barracudanetworks.com", "ess.barracudanetworks.com", "ess"
    ),
    "securemx": Service(("securemx",), 5, "spf.securemx.jp", "securemx.jp", "securemx.jp", "smx"),
}
