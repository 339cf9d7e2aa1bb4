"""Who runs hosts: ranges and host-name patterns of services, mailbox providers, gateways, lists, hosters and access providers.

Suffixes and ranges are those of the real operators, so that the book and the network data are tried as in life; the very
addresses are made up. `*.example` names belong to operators that no book knows.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """Where hosts of an operator are and how they are called: {a}-{d} are octets, {n} counts, {w} is a word."""

    name: str
    ranges: tuple[str, ...]
    """First two octets of IPv4, or the first three groups of IPv6."""
    pattern: str
    dkim: str = ""
    """`d=` of its own signature."""
    envelope: str = ""
    """Its own return path."""
    spf: str = ""
    """What its customers include."""
    confirmed: bool = True
    """Whether its host names lead back."""


def _operators(*rows: tuple[object, ...]) -> dict[str, Operator]:
    return {str(row[0]): Operator(*row) for row in rows}  # type: ignore[arg-type]


SERVICES = _operators(
    ("sendgrid", ("167.89", "149.72"), "o{n}.ptr{d}.sendgrid.net", "sendgrid.net", "u{c}.wl.sendgrid.net", "sendgrid.net"),
    ("amazon-ses", ("54.240", "23.251"), "a{n}-{d}.smtp-out.ap-northeast-1.amazonses.com", "amazonses.com",
     "ap-northeast-1.amazonses.com", "amazonses.com"),
    ("mailchimp", ("198.2",), "mail{n}.suw{d}.mcsv.net", "mcsv.net", "mail{d}.suw1.mcsv.net", "servers.mcsv.net"),
    ("cuenote", ("202.164",), "mta{n}.cuenotefc.jp", "", "bounce.cuenotefc.jp", ""),
    ("zendesk", ("192.161",), "outbyoip{n}.pod{d}.use1.zdsys.com", "zendesk.com", "zendesk.com", "mail.zendesk.com"),
    ("salesforce", ("13.110", "136.147"), "smtp{n}-ia{d}.mta.salesforce.com", "salesforce.com", "bnc.salesforce.com",
     "_spf.salesforce.com"),
    # from here on: only where mail of kinds for testing is played
    ("spiral", ("211.8",), "mta{n}.smp.ne.jp", "", "smp.ne.jp", ""),
    ("mailgun", ("69.72", "161.38"), "m{d}-{n}.mailgun.net", "mailgun.org", "mailgun.org", "mailgun.org"),
    ("blastengine", ("54.65",), "mta{n}.blastengine.jp", "blastengine.jp", "bounce.blastengine.jp", ""),
    ("hubspot", ("54.174", "3.93"), "bid{d}-{n}.hubspotemail.net", "hubspotemail.net", "bf{d}.hubspotemail.net", ""),
    ("freshdesk", ("168.245",), "em{n}.freshemail.io", "freshemail.io", "bounces.freshemail.io", "email.freshdesk.com"),
    ("shopify", ("23.227",), "mx{n}.shopifyemail.com", "shopifyemail.com", "bounce.shopifyemail.com", "shops.shopify.com"),
    ("letterworks", ("103.79",), "out{n}.letter-works.example", "letter-works.example", "bounce.letter-works.example", ""),
    ("kawaraban", ("160.16",), "mta{n}.kawaraban-mail.example", "", "err.kawaraban-mail.example", ""),
)  # fmt: skip

MAILBOXES = _operators(
    ("google", ("209.85",), "mail-{w}1-f{d}.google.com", "gmail.com", "gmail.com", "_spf.google.com"),
    ("microsoft", ("40.107", "52.103"), "mail-{w}01on{c}{d}.outbound.protection.outlook.com", "outlook.com", "outlook.com",
     "spf.protection.outlook.com"),
    ("docomo", ("203.138",), "mail{n}.docomo.ne.jp", "docomo.ne.jp", "docomo.ne.jp", ""),
    ("ocn", ("153.149",), "mbkd{n}.ocn.ad.jp", "ocn.ne.jp", "ocn.ne.jp", ""),
    ("so-net", ("202.238",), "ms-omx{n}.so-net.ne.jp", "so-net.ne.jp", "so-net.ne.jp", ""),
    ("yahoo", ("98.137",), "sonic{n}-{d}.consmr.mail.ne1.yahoo.com", "yahoo.com", "yahoo.com", ""),
    # for testing
    ("yahoo-japan", ("182.22",), "mta{n}.mail.kks.yahoo.co.jp", "yahoo.co.jp", "yahoo.co.jp", ""),
    ("biglobe", ("133.205",), "omta{n}.biglobe.ne.jp", "biglobe.ne.jp", "biglobe.ne.jp", ""),
    ("fastmail", ("64.147", "103.168"), "wfout{n}-smtp.messagingengine.com", "messagingengine.com", "fastmail.com", ""),
    ("icloud", ("17.58",), "qs51p00im-qukt{n}.me.com", "icloud.com", "icloud.com", ""),
    ("xserver", ("183.90", "162.43"), "sv{d}{n}.xserver.jp", "", "sv{d}{n}.xserver.jp", ""),
    ("lolipop", ("157.7",), "users{n}.lolipop.jp", "", "users{n}.lolipop.jp", ""),
    ("mail-ru", ("217.69",), "fallback{n}.mail.ru", "mail.ru", "mail.ru", ""),
)  # fmt: skip

RELAYS = _operators(
    ("mimecast", ("207.211", "205.139"), "us-smtp-delivery-{c}.mimecast.com"),
    ("proofpoint", ("148.163", "67.231"), "mx0{n}b-00{c}.pphosted.com"),
    ("securemx", ("210.130",), "mx{n}.securemx.jp"),
    ("sourceforge", ("216.105",), "lists.sourceforge.net", "lists.sourceforge.net", "lists.sourceforge.net"),
    ("forwardemail", ("138.197",), "mx{n}.forwardemail.net", "forwardemail.net", "forwardemail.net"),
    ("university", ("133.11", "130.54"), "mx{n}.univ-{w}.example"),
    ("society", ("202.32",), "lists.society-{w}.example", "lists.society-{w}.example", "lists.society-{w}.example"),
    # for testing
    ("googlegroups", ("209.85",), "mail-{w}1-f{d}.google.com", "googlegroups.com", "googlegroups.com"),
    ("barracuda", ("209.222",), "outbound-ip{d}{w}.ess.barracuda.com"),
    ("mailgates", ("210.171",), "mg{n}.mailgates.jp"),
    ("improvmx", ("54.37",), "fwd{n}.improvmx.com", "improvmx.com", "improvmx.com"),
    ("debian", ("82.195",), "bendel{n}.debian.org", "", "lists.debian.org"),
    ("hospital", ("210.251",), ""),
    ("city", ("61.206",), "mail{n}.city-{w}.example"),
    ("partner", ("124.110", "211.120"), "mgw{n}.{w}-denki.example"),
    ("partner365", ("40.107",), "mail-{w}01on{c}{d}.outbound.protection.outlook.com"),
    ("hobbyist", ("49.12", "116.203"), "static.{d}.{c3}.{b}.{a}.clients.your-server.de"),
    ("catv", ("122.103",), "mta{n}.cable-{w}.example"),
    ("academy6", ("2001:2f8:1a",), "mx6-{n}.academy-{w}.example"),
)  # fmt: skip

HOSTERS = _operators(
    ("hetzner", ("5.9", "88.99"), "static.{d}.{c3}.{b}.{a}.clients.your-server.de"),
    ("contabo", ("161.97",), "vmi{c}{d}.contaboserver.net"),
    ("ovh", ("51.38", "54.36"), "ns{c}{d}.ip-{a}-{b}-{c3}.eu"),
    ("aws", ("54.178", "18.176"), "ec2-{a}-{b}-{c3}-{d}.ap-northeast-1.compute.amazonaws.com"),
    ("nameless", ("185.222", "45.148"), ""),
    ("webfarm", ("103.3",), "web{d}.host-{w}.example"),
    # for testing
    ("vultr", ("45.76", "149.28"), "{a}.{b}.{c3}.{d}.vultrusercontent.com"),
    ("sakura-vps", ("153.126", "133.242"), "os3-{c}-{d}.vs.sakura.ne.jp"),
    ("bulletproof", ("194.87",), "srv{d}.{w}-net.example"),
    ("snow6", ("2a0b:4140:9",), ""),
    ("cpanel", ("192.185",), "gator{c}.hostgator.com"),
)  # fmt: skip

LINES = _operators(
    ("vn", ("113.161", "14.241"), "static.vnpt.vn", "", "", "", False),
    ("br", ("177.72", "187.44"), "{a}-{b}-{c3}-{d}.user3p.brasiltelecom.net.br"),
    ("in", ("117.212", "59.92"), ""),
    ("tr", ("78.187",), "78.187.{c3}.{d}.dynamic.ttnet.com.tr"),
    ("jp", ("126.78",), "softbank{p}.bbtec.net"),
    ("flets", ("118.9",), "p{c}{d}-ipngn{n}marunouchi.tokyo.ocn.ne.jp"),
    # for testing
    ("mx", ("189.203",), "fixed-{a}-{b}-{c3}-{d}.totalplay.net"),
    ("id", ("36.90", "125.161"), ""),
    ("us", ("71.62",), "c-{a}-{b}-{c3}-{d}.hsd1.va.comcast.net"),
    ("pl", ("83.10",), "{w}{d}.neoplus.adsl.tpnet.pl"),
    ("cgnat", ("49.98",), "sp{a}-{b}-{c3}-{d}.mse.spmode.ne.jp"),
)  # fmt: skip
"""Home and office lines."""
