"""Whose addresses there are: networks of services, hosters and access lines, and how they name their hosts.

The blocks are the operators' own, as everybody can look them up; which address in them does what is made up.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_network
from typing import NamedTuple

from bench.accuracy.overseas.chance import Dice
from bench.accuracy.overseas.directory import Directory


class Host(NamedTuple):
    """A machine that sends mail."""

    address: str
    name: str
    """What it calls itself (HELO); its PTR too, where it has one."""


class Net(NamedTuple):
    """Blocks (IPv4 without commas) and the pattern of host names in them; no pattern: no PTR."""

    blocks: str
    pattern: str
    six: str = ""


NETS = {
    # mail services
    "google": Net("209.85.128.0/17", "mail-{w}{m}-f{n}.google.com", "2a00:1450:4864:20::/64"),
    "google_calendar": Net("209.85.128.0/17", "mail-{w}{m}-f{n}.google.com"),
    "microsoft": Net("40.107.0.0/17 52.101.0.0/18", "mail-{w}0{m}on20{n}.outbound.protection.outlook.com", "2a01:111:f403::/48"),
    "hotmail": Net("40.92.0.0/18", "mail-{w}olkn{n}.outbound.protection.outlook.com"),
    "yahoo": Net("74.6.128.0/21 66.163.184.0/21", "sonic{n}-{m}.consmr.mail.ne1.yahoo.com"),
    "apple": Net("17.57.152.0/22", "outbound.{w}.icloud.com"),
    "fastmail": Net("103.168.172.0/24", "fout-{w}-smtp.messagingengine.com"),
    "zoho": Net("136.143.188.0/24", "sender4-op-o{n}.zoho.com"),
    "zoho_in": Net("103.117.158.0/24", "sender-op-o{n}.zoho.in"),
    "ses": Net("54.240.8.0/21", "a{n}-{m}.smtp-out.amazonses.com"),
    "ses_eu": Net("54.240.0.0/22", "a{n}-{m}.smtp-out.eu-west-1.amazonses.com"),
    "sendgrid": Net("167.89.0.0/18 149.72.64.0/18", "o{n}.ptr{m}.sendgrid.net"),
    "mailchimp": Net("198.2.128.0/19 205.201.132.0/22", "mail{n}.suw{m}.mcsv.net"),
    "mailgun": Net("69.72.32.0/21 159.135.224.0/21", "m{n}-{m}.mailgun.net"),
    "brevo": Net("77.32.148.0/22 185.41.28.0/23", "{w}.d.sender-sib.com"),
    "mailjet": Net("87.253.232.0/22", "o{n}.p{m}.mailjet.com"),
    "postmark": Net("50.31.205.0/24 104.245.209.0/24", "mta{n}.pm.mtasv.net"),
    "hubspot": Net("158.247.16.0/22", "bf{n}x.hubspotemail.net"),
    "salesforce": Net("13.111.0.0/17", "mta{n}.s{m}.exacttarget.com"),
    "salesforce_core": Net("101.53.160.0/21", "smtp{n}-ia{m}.mta.salesforce.com"),
    "zendesk": Net("192.161.148.0/22", "outbyoip{n}.pod{m}.use1.zdsys.com"),
    "freshworks": Net("168.245.88.0/23", "o{n}.email.freshdesk.com"),
    "klaviyo": Net("159.183.128.0/20", "o{n}.{w}.klaviyomail.com"),
    "shopify": Net("23.227.38.0/24", "o{n}.{w}.shopifyemail.com"),
    "atlassian": Net("167.89.64.0/20", "mail-us-{n}.atlassian.net"),
    "workday": Net("209.177.164.0/22", "smtp{n}.wd5.myworkday.com"),
    "adp": Net("170.146.92.0/24", "mail{n}.adp.com"),
    "docusign": Net("64.207.216.0/22", "mailer{n}.docusign.net"),
    "surveymonkey": Net("192.254.112.0/22", "smtp{n}.surveymonkey.com"),
    "intuit": Net("167.89.80.0/20", "o{n}.notification.intuit.com"),
    "blastengine": Net("153.127.240.0/22", "smtp{n}.engine-mailer.jp"),
    "cuenote": Net("210.152.140.0/24", "mta{n}.cuenote.jp"),
    "datev": Net("193.27.50.0/24", "mail{n}.datev.de"),
    "smarthr": Net("54.240.20.0/23", "a{n}-{m}.smtp-out.us-west-2.amazonses.com"),
    "exclaimer": Net("52.169.128.0/20", "eu{n}.exclaimer.net"),
    # gateways
    "mimecast": Net("207.211.30.0/23 170.10.128.0/22", "us-smtp-delivery-{n}.mimecast.com"),
    "mimecast_eu": Net("195.130.217.0/24 185.58.84.0/22", "eu-smtp-delivery-{n}.mimecast.com"),
    "proofpoint": Net("148.163.128.0/20 205.220.160.0/20", "mx0{m}-{w}.pphosted.com"),
    "barracuda": Net("209.222.80.0/22", "outbound-ip{n}.ess.barracuda.com"),
    "trendmicro": Net("18.185.115.0/24 18.176.203.0/24", "repost01.tmes-{n}.trendmicro.com"),
    "hornet": Net("94.100.132.0/22", "mx-relay{n}-hz{m}.antispameurope.com"),
    "cisco": Net("68.232.136.0/21", "esa{n}.{w}.iphmx.com"),
    "spamexperts": Net("94.75.244.0/24", "out{n}.antispamcloud.com"),
    # forwarding services
    "cloudflare_mail": Net("104.30.0.0/20", "{w}.email.cloudflare.net", "2a06:98c0:1000:8800::/64"),
    "namecheap_fwd": Net("162.255.118.0/24", "eforward{n}.registrar-servers.com"),
    "gandi_fwd": Net("217.70.178.0/24", "mslow{n}.mail.gandi.net"),
    "improvmx": Net("149.28.192.0/20", "smtp-{n}.improvmx.com"),
    "groupsio": Net("66.175.222.0/24", "mail{n}.groups.io"),
    # hosters
    "ovh": Net("51.68.0.0/16 178.32.96.0/19", "{n}.mail-out.ovh.net"),
    "ovh_vps": Net("51.75.0.0/16 51.210.0.0/16", "vps-{h}.vps.ovh.net"),
    "ionos": Net("212.227.126.0/24", "mout.kundenserver.de"),
    "ionos_web": Net("82.165.80.0/20", "infong-{n}.kundenserver.de"),
    "strato": Net("81.169.146.0/24", "mo4-p0{m}-ob.smtp.rzone.de"),
    "hetzner": Net("88.198.0.0/16 136.243.0.0/16 159.69.0.0/16", "static.{r}.clients.your-server.de"),
    "hetzner_shared": Net("78.46.0.0/20", "www{n}.your-server.de"),
    "sakura": Net("59.106.171.0/24 153.120.16.0/20", "www{n}.sakura.ne.jp"),
    "xserver": Net("183.90.228.0/22", "sv{n}.xserver.jp"),
    "locaweb": Net("186.202.4.0/22 191.252.16.0/20", "hm{n}.email.locaweb.com.br"),
    "locaweb_web": Net("187.45.192.0/19", "hospedagem{n}.locaweb.com.br"),
    "hostgator": Net("192.185.0.0/17 108.167.128.0/18", "gateway{n}.websitewelcome.com"),
    "bluehost": Net("162.144.0.0/16", "box{n}.bluehost.com"),
    "godaddy": Net("68.178.192.0/20", "p3plsmtpa{n}.prod.phx3.secureserver.net"),
    "namecheap_web": Net("198.54.112.0/21", "server{n}.web-hosting.com"),
    "hostinger": Net("145.14.152.0/21", "srv{n}.main-hosting.eu"),
    "aws": Net("3.80.0.0/12 18.192.0.0/13", "ec2-{d}.compute-1.amazonaws.com"),
    "gcp": Net("34.64.0.0/12", "{r}.bc.googleusercontent.com"),
    "azure": Net("20.40.0.0/13", ""),
    "digitalocean": Net("159.65.0.0/16 138.68.0.0/16 167.99.0.0/16", "", "2604:a880:800:10::/64"),
    "linode": Net("172.104.0.0/15", "{d}.ip.linodeusercontent.com", "2a01:7e01::/64"),
    "vultr": Net("45.76.0.0/16 149.28.0.0/17", "{a}.vultrusercontent.com"),
    "contabo": Net("173.212.192.0/18 207.180.192.0/18", "vmi{n}{m}.contaboserver.net"),
    "smallhost": Net("185.222.56.0/22 193.42.32.0/22 45.137.20.0/22 194.87.216.0/22", "{w}.{v}.top"),
    # universities, companies and access lines with a fixed address
    "uni_us": Net("128.103.0.0/16 128.32.0.0/16", "mx{m}.mail.{v}.edu"),
    "uni_de": Net("141.84.0.0/16 129.187.0.0/16", "mailrelay{m}.uni-{v}.de"),
    "uni_jp": Net("133.11.0.0/16 130.54.0.0/16", "mail{m}.{v}-u.ac.jp"),
    "firm_de": Net("217.91.0.0/16", "mail.{v}.de"),
    "firm_us": Net("50.200.0.0/13", "mail.{v}.com"),
    "firm_jp": Net("153.156.0.0/16", "ns{m}.{v}.co.jp"),
    "firm_fr": Net("80.14.0.0/16", "smtp.{v}.fr"),
    "firm_br": Net("201.20.0.0/17", "mail.{v}.com.br"),
    "line_us": Net("96.80.0.0/12", "{d}-static.hfc.comcastbusiness.net"),
    "line_de": Net("87.128.0.0/12", "p{a}.dip0.t-ipconnect.de"),
    "line_jp": Net("122.208.0.0/12", "{d}.kobe.ap.gmo-access.jp"),
    "line_in": Net("182.64.0.0/12", "abts-north-static-{r}.airtelbroadband.in"),
    "line_br": Net("177.192.0.0/14", "{d}.static.virtua.com.br"),
    "line_fr": Net("90.80.0.0/13", "lstlambert-{d}.wanadoo.fr"),
    "line_ng": Net("105.112.0.0/12", ""),
    # mail relays of access providers
    "isp_us": Net("96.103.144.0/22", "resqmta-c1p-{n}.sys.comcast.net"),
    "isp_de": Net("194.25.134.0/24", "mailout{n}.t-online.de"),
    "isp_fr": Net("80.12.242.0/24", "smtp-{n}.smtpout.orange.fr"),
    "isp_jp": Net("106.187.232.0/22", "mgw{n}.ocn.ad.jp"),
    "isp_in": Net("125.22.64.0/22", "smtp{n}.airtelmail.in"),
    "isp_br": Net("200.147.96.0/22", "smtpout{n}.uol.com.br"),
    "isp_it": Net("62.149.156.0/23", "smtpdh{n}.ad.aruba.it"),
    "isp_gmx": Net("212.227.17.0/24", "mout.gmx.net"),
    # lines of people, where bots live
    "dial_vn": Net("113.160.0.0/11 14.224.0.0/11", "static.vnpt.vn"),
    "dial_in": Net("117.192.0.0/10", ""),
    "dial_br": Net("177.32.0.0/12 187.64.0.0/11", "b{h}.virtua.com.br"),
    "dial_id": Net("36.64.0.0/11", ""),
    "dial_tr": Net("78.160.0.0/11", "{d}.dynamic.ttnet.com.tr"),
    "dial_ir": Net("5.200.0.0/16 2.176.0.0/13", ""),
    "dial_pk": Net("39.32.0.0/11", ""),
    "dial_ar": Net("190.16.0.0/13", "{r}.fibertel.com.ar"),
    "dial_za": Net("105.224.0.0/12", "{d}.south.dsl.telkomsa.net"),
    "dial_ru": Net("95.24.0.0/13", "{d}.broadband.corbina.ru"),
    "dial_us": Net("73.0.0.0/10", "c-{d}.hsd1.ga.comcast.net", "2601:80::/28"),
    "dial_it": Net("79.0.0.0/10", "host-{r}.retail.telecomitalia.it"),
    "dial_ma": Net("105.144.0.0/13", "", "2c0f:f698::/32"),
    "mobile_ng": Net("102.88.0.0/14", ""),
}
BOTS = tuple(name for name in NETS if name.startswith(("dial_", "mobile_")))


class Nets:
    """Gives out hosts; each address once."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._given: set[str] = set()

    def address(self, net: str, dice: Dice, *, six: bool = False) -> str:
        """A free address in a network."""
        blocks = [NETS[net].six] if six else NETS[net].blocks.split()
        while True:
            block = ip_network(dice.choice(blocks))
            number = dice.randrange(1, block.num_addresses - 1)
            address = str(block[number])
            if address not in self._given and not address.endswith((".0", ".255")):
                self._given.add(address)
                return address

    def hosts(self, net: str, count: int, dice: Dice, *, six: bool = False, name: str = "") -> tuple[Host, ...]:
        """Hosts with PTR and address records as the network gives them, or by a name of their owner's."""
        return tuple(self._host(net, dice, six, name) for _ in range(count))

    def beside(self, net: str, count: int, dice: Dice, pattern: str) -> tuple[Host, ...]:
        """Hosts in a row in one /24 with names in a row, as renters of a range have them; `{n}` is the number."""
        base = self.address(net, dice).rpartition(".")[0]
        start = dice.randrange(1, 250 - count)
        hosts = [Host(f"{base}.{start + n}", pattern.replace("{n}", str(n + 1))) for n in range(count)]
        for host in hosts:
            self._given.add(host.address)
            self.directory.names(host.address, host.name)
        return tuple(hosts)

    def _host(self, net: str, dice: Dice, six: bool, name: str) -> Host:
        address = self.address(net, dice, six=six)
        pattern = name or NETS[net].pattern
        told = fill(pattern, address, dice) if pattern else ""
        if told:
            confirmed = not net.startswith("dial_") or dice.happens(0.5)
            self.directory.names(address, told, confirmed=confirmed)
        return Host(address, told or dice.word() + ".local")


def fill(pattern: str, address: str, dice: Dice) -> str:
    """The name of a host by a pattern: d/r address with dashes, forth and back; a/h hexadecimal; n/m numbers; w/v words."""
    parts = address.split(".") if "." in address else f"{int(IPv6Address(address)):x}"[-8:].split()
    words = {
        "d": "-".join(parts),
        "r": "-".join(reversed(parts)),
        "a": "".join(f"{int(part, 16 if ':' in address else 10):02x}" for part in parts),
        "h": f"{dice.getrandbits(32):08x}",
        "n": str(dice.randrange(10, 99)),
        "m": str(dice.randrange(1, 9)),
        "w": dice.word(2),
        "v": dice.word(3),
    }
    return pattern.format(**words)
