"""Networks: where mail leaves from, and what the hosts there call themselves.

The ranges and the manner of naming are those of life; the single addresses are made up.
"""

from __future__ import annotations

from typing import NamedTuple


class Net(NamedTuple):
    """A network: blocks, patterns of host names (`{a}` to `{d}` octets, `{n}` a number, `{w}` letters, `{x}` hexadecimal)."""

    blocks: tuple[str, ...]
    names: tuple[str, ...]
    bare: float = 0.0
    """Share of hosts without a name."""
    lies: float = 0.0
    """Share of hosts whose name does not lead back to the address."""
    six: tuple[str, ...] = ()


OFFICES = {
    "google": Net(
        ("209.85.128.0/18", "209.85.192.0/19"),
        ("mail-{w2}1-f{n}.google.com",),
        six=("2a00:1450:4864:20::/64", "2607:f8b0:4864:20::/64"),
    ),
    "microsoft": Net(
        ("40.107.0.0/17", "52.101.64.0/18"),
        ("mail-{w2}0pr0{n}cu{n}.outbound.protection.outlook.com", "mail-{w5}on2{n}.outbound.protection.outlook.com"),
        six=("2a01:111:f403:2600::/56", "2a01:111:f400:7e00::/56"),
    ),
    "ionos": Net(("212.227.126.128/25", "217.72.192.64/26", "212.227.17.0/27"), ("mout.kundenserver.de",)),
    "strato": Net(("81.169.146.160/27", "85.215.255.0/24"), ("mo4-p{n}-ob.smtp.rzone.de",)),
    "aruba": Net(("62.149.155.0/24", "62.149.156.0/24", "62.149.158.0/24"), ("smtpdh{n}-1.aruba.it", "smtpcmd{n}-1.aruba.it")),
    "homepl": Net(("79.96.0.0/16", "46.242.232.0/21"), ("serwer{n}.home.pl", "cloudserver{n}.home.pl")),
    "locaweb": Net(("177.153.20.0/22", "191.252.112.0/21"), ("hm{n}-f.email.locaweb.com.br", "relay{n}-hm.email.locaweb.com.br")),
    "zoho": Net(("136.143.188.0/24", "103.163.152.0/24"), ("sender4-of-o{n}.zoho.in", "sender4-pp-f{n}.zoho.com")),
    "xserver": Net(("183.90.232.0/22", "162.43.116.0/22"), ("sv{n}.xserver.jp", "sv1{n}.xserver.jp")),
    "sakura": Net(("219.94.128.0/18", "49.212.180.0/22"), ("www{n}.sakura.ne.jp", "www1{n}.sakura.ne.jp")),
    "securemx": Net(("210.130.202.0/24", "210.138.100.0/23"), ("mo-csw-fb{n}.securemx.jp", "mo-csw{n}.securemx.jp")),
    "hornet": Net(
        ("94.100.132.0/22", "185.140.204.0/23"), ("mx-relay{n}-hz1.hornetsecurity.com", "out-{n}-hz2.antispameurope.com")
    ),
    "mimecast": Net(
        ("170.10.128.0/22", "205.139.111.0/24", "185.58.84.0/22"),
        ("us-smtp-delivery-{n}.mimecast.com", "eu-smtp-delivery-{n}.mimecast.com"),
    ),
    "proofpoint": Net(("148.163.128.0/19", "205.220.160.0/20"), ("mx0a-00{n}01.pphosted.com", "mx0b-00{n}02.pphosted.com")),
    "essentials": Net(("67.231.154.0/24", "148.163.129.0/25"), ("dispatch1-us1.ppe-hosted.com", "dispatch{n}-eu1.ppe-hosted.com")),
    "barracuda": Net(
        ("209.222.82.0/24", "35.176.92.0/24"), ("outbound-ip{n}a.ess.barracuda.com", "outbound-ip{n}b.ess.barracuda.com")
    ),
    "trend": Net(
        ("18.208.22.64/26", "18.176.203.128/26", "18.185.115.0/25"),
        ("repost01.tmes.trendmicro.com", "outbound{n}.tmes.trendmicro.com"),
    ),
    "ironport": Net(("68.232.136.0/22", "216.71.144.0/21"), ("esa{n}.hc{n}-47.iphmx.com", "esa{n}.hc1{n}-88.iphmx.com")),
    "libraesva": Net(("80.211.116.0/23", "94.177.200.0/23"), ("smtp-out{n}.esvacloud.com",)),
    "antispamcloud": Net(("185.201.16.0/22", "149.13.73.0/24"), ("out{n}.antispamcloud.com", "filter{n}.mailspamprotection.com")),
    "secureserver": Net(
        ("72.167.218.0/23", "173.201.192.0/22", "68.178.252.0/23"),
        ("p3plsmtpa{n}-10.prod.phx3.secureserver.net", "sxb1plsmtpa0{n}-07.prod.sxb1.secureserver.net"),
    ),
    "gandi": Net(("217.70.183.192/27",), ("relay{n}-d.mail.gandi.net",)),
    "fastmail": Net(
        ("103.168.172.0/24", "202.12.124.0/24"), ("fout-a{n}-smtp.messagingengine.com", "fhigh-b{n}-smtp.messagingengine.com")
    ),
    "cloudflare": Net(
        ("104.30.8.0/23",), ("cloudflare-email-{w2}{n}.net", "e{n}-s.cloudflare-email.net"), six=("2405:8100:c400::/56",)
    ),
    "forwardemail": Net(("121.127.44.0/26", "138.197.213.128/26"), ("smtp{n}.forwardemail.net", "mx{n}.forwardemail.net")),
    "improvmx": Net(
        ("54.74.76.0/25", "35.156.120.0/25"), ("ec2-{a}-{b}-{c}-{d}.eu-west-1.compute.amazonaws.com", "mx{n}.improvmx.com")
    ),
    "namecheap": Net(("162.255.118.0/24",), ("eforward{n}e.registrar-servers.com", "se{n}-lax1.registrar-servers.com")),
    "yahoo": Net(
        ("77.238.176.0/22", "98.137.64.0/21"), ("sonic3{n}-20.consmr.mail.ir2.yahoo.com", "sonic3{n}-49.consmr.mail.gq1.yahoo.com")
    ),
    "gmx": Net(("212.227.15.0/27", "217.72.192.0/27"), ("mout.gmx.net", "mout.web.de")),
    "tonline": Net(("194.25.134.16/28", "194.25.134.80/28"), ("mailout{n}.t-online.de",)),
    "icloud": Net(("17.57.152.0/22", "17.58.6.0/24"), ("st43p00im-{w4}{n}.me.com", "qs51p00im-{w4}{n}.me.com")),
    "ocn": Net(("153.149.236.0/22", "153.138.211.0/24"), ("vrs{n}.vmail.ne.jp", "mfgw{n}.ocn.ad.jp")),
    "wp": Net(("212.77.101.0/24",), ("mx{n}.wp.pl",)),
    "uol": Net(("200.147.33.0/24", "200.147.100.0/24"), ("a{n}-smtpout.uol.com.br", "smtpout{n}.uhserver.com")),
    "libero": Net(("213.209.10.0/25",), ("smtp-{n}.italiaonline.it", "libero-out{n}.iol.local"), lies=0.1),
    "rediff": Net(("119.252.148.0/23",), ("f5mail-{a}-{n}.rediffmail.com", "proxy{n}.rediffmailpro.com")),
    "ovh": Net(
        ("46.105.0.0/18", "178.32.124.0/22", "87.98.160.0/20"), ("{n}.mo{n}.mail-out.ovh.net", "{n}.mo5{n}.mail-out.ovh.net")
    ),
    "webhosting": Net(
        ("192.185.0.0/17", "108.167.128.0/18", "162.241.0.0/17"),
        ("gateway{n}.websitewelcome.com", "box5{n}.bluehost.com", "br{n}.hostgator.com.br", "192-185-{c}-{d}.unifiedlayer.com"),
    ),
    "plesk": Net(
        ("144.76.0.0/16", "88.198.0.0/16"),
        ("web{n}.{w6}-hosting.example", "s{n}.{w7}-server.example", "static.{d}.{c}.{b}.{a}.clients.your-server.de"),
        bare=0.03,
    ),
}
"""Mail providers, gateways and hosts of web sites."""

SENDERS = {
    "sendgrid": Net(
        ("149.72.0.0/16", "167.89.0.0/17", "159.183.0.0/16"),
        ("{w8}.outbound-mail.sendgrid.net", "o{n}.sg.{w7}.example", "o{n}.ptr{n}{n}.{w6}.example"),
    ),
    "mailchimp": Net(
        ("198.2.128.0/18", "205.201.128.0/20"), ("mail{n}.sea31.rsgsv.net", "mail{n}.atl21.rsgsv.net", "mail{n}.suw231.mcsv.net")
    ),
    "brevo": Net(
        ("77.32.148.0/22", "185.41.28.0/22", "212.146.192.0/20"),
        ("{w2}.d.sender-sib.com", "{w2}.mail.{w7}.example", "{w3}.r.mailin.fr"),
    ),
    "mailjet": Net(("87.253.232.0/21", "185.250.236.0/22"), ("o{n}.p{n}.mailjet.com", "o1{n}.p{n}.mailjet.com")),
    "mailgun": Net(("69.72.32.0/20", "161.38.192.0/20"), ("m{n}-{n}.mailgun.net", "m{n}-{n}.eu.mailgun.net")),
    "ses": Net(
        ("54.240.0.0/18", "76.223.176.0/20", "23.251.224.0/19"),
        (
            "a{n}-{n}.smtp-out.amazonses.com",
            "e{n}-{n}.smtp-out.ap-northeast-1.amazonses.com",
            "b{n}-{n}.smtp-out.eu-central-1.amazonses.com",
        ),
    ),
    "postmark": Net(("50.31.156.96/27", "104.245.209.192/26"), ("mta{n}a-ord.mtasv.net", "sc-ord-mta{n}.mtasv.net")),
    "hubspot": Net(("158.247.16.0/20", "3.210.190.0/24"), ("{w2}{n}.hubspotemail.net", "{w4}.{w2}{n}.hubspotemail.net")),
    "salesforce": Net(
        ("13.110.64.0/18", "85.222.128.0/19"), ("smtp{n}-ia4-sp{n}.mta.salesforce.com", "smtp0{n}-fra-sp{n}.mta.salesforce.com")
    ),
    "exacttarget": Net(("136.147.128.0/19", "13.111.0.0/16"), ("mta{n}.{w6}.exacttarget.com", "mta.mkt.{w7}.example")),
    "zendesk": Net(
        ("188.172.128.0/20", "192.161.144.0/20"), ("outbyoip{n}.pod17.euw1.zdsys.com", "outbyoip{n}.pod13.use1.zdsys.com")
    ),
    "freshdesk": Net(("54.240.0.0/18", "168.245.0.0/17"), ("fwd{n}-us.freshemail.io", "{w8}.outbound-mail.sendgrid.net")),
    "rdstation": Net(("52.67.64.0/22", "18.230.8.0/22"), ("mta{n}.rdstation-mail.com.br", "ip{n}.e.rdstation.com.br")),
    "getresponse": Net(("104.160.64.0/20", "185.28.196.0/22"), ("mta{n}.getresponse-mail.com", "{w4}.getresponse.com")),
    "freshmail": Net(("91.240.28.0/24",), ("s{n}.freshmail.pl", "fm{n}.freshmail.pl")),
    "cleverreach": Net(("185.98.184.0/22", "82.98.82.0/24"), ("mta{n}.crsend.com", "mail{n}.crsend.com")),
    "mailup": Net(("93.174.64.0/21",), ("{w3}{n}.musvc.com", "smtp{n}.musvc2.net")),
    "netcore": Net(("103.52.180.0/22", "202.162.242.0/24"), ("mta{n}.netcorecloud.net", "n{n}.mailer.netcore.co.in")),
    "blayn": Net(("210.171.128.0/22",), ("mail{n}.bme.jp", "mta{n}.blayn.jp")),
    "cuenote": Net(("203.105.64.0/22",), ("ml{n}.cuenote.jp", "mta{n}.mail.cuenote.jp")),
    "shopify": Net(("149.72.128.0/17", "168.245.0.0/17"), ("{w8}.outbound-mail.sendgrid.net", "o{n}.shared.shopifyemail.com")),
    "govdelivery": Net(("209.134.144.0/21",), ("mailer{n}.public.govdelivery.com",)),
    "datev": Net(("193.27.48.0/22",), ("mailout{n}.datev.de",)),
    "payrolls": Net(
        ("199.83.108.0/23", "185.132.180.0/23"),
        ("mail{n}.payouts.{w7}.example", "smtp{n}.hr-{w6}.example", "mta{n}.{w6}-payroll.example"),
    ),
    "schools": Net(
        ("54.72.0.0/16", "34.243.0.0/16", "185.44.104.0/22"),
        ("smtp{n}.school-{w6}.example", "ec2-{a}-{b}-{c}-{d}.eu-west-1.compute.amazonaws.com", "mailer{n}.{w7}-edu.example"),
    ),
}
"""Services that send in the name of their customers."""

HOMES = {
    "de": Net(
        ("84.136.0.0/13", "79.192.0.0/11", "91.0.0.0/12", "95.88.0.0/14"),
        (
            "p{x8}.dip0.t-ipconnect.de",
            "p{x8}.dip0.t-ipconnect.de",
            "p{x8}.dip0.t-ipconnect.de",
            "ip{x8}.dynamic.kabel-deutschland.de",
        ),
        bare=0.05,
    ),
    "jp": Net(
        ("153.160.0.0/11", "114.160.0.0/13", "126.32.0.0/12"),
        ("p{n}{n}{n}-ipoe.ipoe.ocn.ne.jp", "i{a}-{b}-{c}-{d}.s42.a014.ap.plala.or.jp", "softbank{a}{b}{c}{d}.bbtec.net"),
        bare=0.05,
    ),
    "us": Net(
        ("73.0.0.0/9", "98.192.0.0/11", "71.80.0.0/13"),
        (
            "c-{a}-{b}-{c}-{d}.hsd1.ma.comcast.net",
            "{a}-{b}-{c}-{d}-static.hfc.comcastbusiness.net",
            "syn-{a}-{b}-{c}-{d}.biz.spectrum.com",
        ),
    ),
    "br": Net(
        ("177.32.0.0/12", "187.64.0.0/11", "189.0.0.0/11"),
        ("b{x8}.virtua.com.br", "b{x8}.virtua.com.br", "{a}-{b}-{c}-{d}.dsl.telesp.net.br"),
        bare=0.12,
    ),
    "in": Net(
        ("117.192.0.0/11", "122.160.0.0/13", "49.32.0.0/12"),
        ("static.{a}.{b}.{c}.{d}.bsnl.in", "abts-north-static-{a}.{b}.{c}.{d}.airtelbroadband.in", "{a}-{b}-{c}-{d}.jio.example"),
        bare=0.5,
        lies=0.3,
    ),
    "it": Net(("79.16.0.0/12", "87.0.0.0/12", "95.224.0.0/12"), ("host-{a}-{b}-{c}-{d}.retail.telecomitalia.it",), bare=0.05),
    "pl": Net(
        ("83.0.0.0/12", "79.184.0.0/13", "89.64.0.0/13"),
        ("{x4}{n}.neoplus.adsl.tpnet.pl", "{x4}{n}.neoplus.adsl.tpnet.pl", "{a}-{b}-{c}-{d}.dynamic.chello.pl"),
        bare=0.08,
    ),
    "vn": Net(
        ("14.160.0.0/11", "113.160.0.0/12", "171.224.0.0/12"),
        ("static.vnpt.vn", "static.vnpt.vn", "dynamic-ip-adsl.viettel.vn"),
        bare=0.4,
        lies=0.9,
    ),
    "id": Net(("36.64.0.0/12", "180.240.0.0/13"), ("{d}.subnet{a}-{b}-{c}.speedy.telkom.net.id",), bare=0.55),
    "pk": Net(("39.32.0.0/12", "182.176.0.0/13"), ("static-host{a}-{b}-{c}-{d}.link.net.pk",), bare=0.6, lies=0.4),
    "ng": Net(("105.112.0.0/13", "197.210.0.0/16", "102.88.0.0/14"), ("dynamic.{w4}.ng",), bare=0.8, lies=0.9),
    "ru": Net(
        ("95.24.0.0/14", "178.64.0.0/14"),
        ("{a}-{b}-{c}-{d}.broadband.corbina.ru", "ppp{n}.{a}-{b}-{c}-{d}.dynamic.avangarddsl.ru"),
        bare=0.15,
        lies=0.1,
    ),
    "tr": Net(("78.160.0.0/12", "88.224.0.0/12"), ("{a}.{b}.{c}.{d}.dynamic.ttnet.com.tr",), bare=0.1),
    "ar": Net(
        ("186.128.0.0/12", "181.0.0.0/12"), ("{a}-{b}-{c}-{d}.speedy.com.ar", "host{d}.{a}-{b}-{c}.telecom.net.ar"), bare=0.1
    ),
    "mx": Net(("187.128.0.0/11", "189.128.0.0/11"), ("dsl-{a}-{b}-{c}-{d}-dyn.prod-infinitum.com.mx",), bare=0.1),
    "ir": Net(("5.112.0.0/13", "151.232.0.0/14"), ("{d}-{c}-{b}-{a}.shatel.ir",), bare=0.85),
    "eg": Net(("41.32.0.0/13", "156.192.0.0/12"), ("host-{a}.{b}.{c}.{d}.tedata.net",), bare=0.2, lies=0.1),
    "th": Net(
        ("49.228.0.0/15", "171.96.0.0/13"),
        ("{a}-{b}-{c}-{d}.24.nat.sila1-cgn02.myaisfibre.com", "ppp-{a}-{b}-{c}-{d}.revip8.asianet.co.th"),
        bare=0.1,
    ),
}
"""Lines of homes and small offices, by country; the names go with the blocks."""

RENTED = {
    "hetzner": Net(
        ("116.202.0.0/15", "95.216.0.0/16", "159.69.0.0/16", "135.181.0.0/16"),
        ("static.{d}.{c}.{b}.{a}.clients.your-server.de", "mail.{w7}.example", "srv{n}.{w6}.example"),
        six=("2a01:4f8::/36",),
    ),
    "ovhcloud": Net(
        ("51.38.0.0/16", "51.75.0.0/16", "54.36.0.0/16", "135.125.0.0/16"),
        ("vps-{x8}.vps.ovh.net", "ns3{n}.ip-{a}-{b}-{c}.eu", "mail.{w6}.example"),
        six=("2001:41d0:300::/40",),
    ),
    "digitalocean": Net(
        ("134.209.0.0/16", "138.68.0.0/16", "165.22.0.0/16", "167.71.0.0/16"),
        ("{w6}-s-1vcpu-1gb-fra1-01", "mail.{w7}.example", "{w6}.example"),
        bare=0.3,
        lies=0.15,
    ),
    "aws": Net(
        ("3.64.0.0/12", "18.192.0.0/13", "54.64.0.0/13"),
        ("ec2-{a}-{b}-{c}-{d}.eu-central-1.compute.amazonaws.com", "ec2-{a}-{b}-{c}-{d}.ap-northeast-1.compute.amazonaws.com"),
    ),
    "azure": Net(("20.50.0.0/16", "40.112.0.0/14", "52.136.0.0/14"), ("{w6}.westeurope.cloudapp.azure.com",), bare=0.8),
    "gcp": Net(("34.64.0.0/12", "35.184.0.0/14"), ("{d}.{c}.{b}.{a}.bc.googleusercontent.com",)),
    "contabo": Net(
        ("161.97.64.0/18", "207.180.192.0/18", "144.91.64.0/18"),
        ("vmi{n}{n}{n}.contaboserver.net", "mail.{w7}.example"),
        six=("2a02:c207::/40",),
    ),
    "vultr": Net(("45.76.0.0/16", "45.77.0.0/17", "149.28.0.0/16"), ("{a}.{b}.{c}.{d}.vultrusercontent.com", "{w6}.example")),
    "conoha": Net(("160.251.0.0/17", "150.95.128.0/18"), ("v{a}-{b}-{c}-{d}.myvps.jp", "mail.{w6}.example")),
    "sakuravps": Net(
        ("153.120.0.0/17", "160.16.0.0/17"),
        ("ik1-{a}-{n}.vs.sakura.ne.jp", "tk2-{b}-{n}.vs.sakura.ne.jp", "os3-{c}-{n}.vs.sakura.ne.jp"),
    ),
    "colocrossing": Net(
        ("192.3.0.0/17", "107.172.0.0/15", "23.94.0.0/15"),
        ("{a}-{b}-{c}-{d}-host.colocrossing.com", "mta{n}.{w7}.example", "{w5}.{w8}.example"),
        lies=0.2,
    ),
    "m247": Net(("185.104.184.0/22", "193.29.104.0/22"), ("{w5}.{w7}.example",), bare=0.5, lies=0.3),
    "aruba_cloud": Net(("80.211.0.0/18", "94.177.160.0/19"), ("host{d}-{c}-{b}-{a}.serverdedicati.aruba.it", "mail.{w7}.example")),
    "locaweb_vps": Net(("191.252.0.0/18", "186.202.0.0/18"), ("vps{n}{n}.publiccloud.com.br", "cpro{n}{n}.publiccloud.com.br")),
}
"""Machines that anybody rents: forgotten servers of owners as well as those of spammers."""

NETS = OFFICES | SENDERS | HOMES | RENTED
