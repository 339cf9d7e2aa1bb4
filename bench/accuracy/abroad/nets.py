"""Networks of the world: where they lie and how their operators name hosts. Ranges and host suffixes are real, hosts are not."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import NamedTuple

from bench.accuracy.abroad.chance import Dice


class Net(NamedTuple):
    """A range, and the name its operator gives to a host; `{a}` to `{d}` are the octets, `{h}` hexadecimal, `{n}` a number."""

    ranges: tuple[str, ...]
    ptr: str = ""
    confirmed: bool = True


NETS = {
    # great mail services
    "outlook": Net(("40.107.0.0/16", "52.100.0.0/15"), "mail-{w}on2{n}.outbound.protection.outlook.com"),
    "outlook6": Net(("2a01:111:f400:7d00::/56", "2a01:111:f403:c000::/52"), "mail-{w}azlp{n}.outbound.protection.outlook.com"),
    "google": Net(("209.85.128.0/17",), "mail-{w}-f{d}.google.com"),
    "google6": Net(("2607:f8b0:4864:20::/64",), "mail-{w}-x{n}.google.com"),
    "sendgrid": Net(("149.72.0.0/16", "167.89.0.0/17"), "{w}{n}.outbound-mail.sendgrid.net"),
    "ses": Net(("54.240.0.0/18",), "a{c}-{d}.smtp-out.amazonses.com"),
    "ses_tokyo": Net(("23.251.234.0/24",), "e{c}-{d}.smtp-out.ap-northeast-1.amazonses.com"),
    "mailchimp": Net(("198.2.128.0/18",), "mail{d}.{w}.rsgsv.net"),
    "mailgun": Net(("69.72.32.0/20",), "m{c}-{d}.mailgun.net"),
    "salesforce": Net(("13.110.0.0/16",), "smtp-{h}.mta.salesforce.com"),
    "zendesk": Net(("192.161.144.0/20",), "outbyoip{d}.pod{n}.use1.zdsys.com"),
    "hubspot": Net(("143.244.80.0/20",), "{w}{d}.hubspotemail.net"),
    "brevo": Net(("77.32.128.0/18",), "{w}.d.sender-sib.com"),
    "proofpoint": Net(("148.163.128.0/19",), "mx0a-00{n}{d}.pphosted.com"),
    "mimecast": Net(("205.139.110.0/24",), "us-smtp-delivery-{d}.mimecast.com"),
    "mimecast_eu": Net(("185.58.84.0/22",), "eu-smtp-delivery-{d}.mimecast.com"),
    "barracuda": Net(("209.222.82.0/24",), "outbound-ip{d}.ess.barracuda.com"),
    "securemx": Net(("210.130.202.0/24",), "mo{n}.securemx.jp"),
    # access providers: customers' lines, and the providers' own relays
    "ocn_line": Net(("114.144.0.0/14",), "p{n}{d}-ipngn20{c}.tokyo.ocn.ne.jp"),
    "ocn_relay": Net(("60.36.166.0/24",), "mfgw{d}.ocn.ad.jp"),
    "softbank_line": Net(("126.0.0.0/10",), "softbank{a}{b}{c}{d}.bbtec.net"),
    "kddi_line": Net(("106.72.0.0/15",), "{a}-{b}-{c}-{d}.dynamic.kddi.ne.jp"),
    "asahi6": Net(("2405:6580::/32",), "", confirmed=False),
    "vnpt": Net(("14.160.0.0/12",), "static.vnpt.vn", confirmed=False),
    "viettel": Net(("27.64.0.0/13",), "localhost", confirmed=False),
    "claro": Net(("177.32.0.0/12",), "b1{c}{d}{n}.virtua.com.br"),
    "airtel": Net(("122.160.0.0/13",), "abts-north-dynamic-{d}.{c}.{b}.{a}.airtelbroadband.in", confirmed=False),
    "telekom_line": Net(("79.192.0.0/11",), "p{h}.dip0.t-ipconnect.de"),
    "telekom_relay": Net(("194.25.134.0/24",), "mailout{d}.t-online.de"),
    "vodafone6": Net(("2a02:8108::/32",), "", confirmed=False),
    "comcast_line": Net(("73.0.0.0/10",), "c-{a}-{b}-{c}-{d}.hsd1.ca.comcast.net"),
    "comcast_relay": Net(("96.103.146.0/24",), "resqmta-{w}-{d}.sys.comcast.net"),
    "turk": Net(("78.160.0.0/11",), "{a}.{b}.{c}.{d}.dynamic.ttnet.com.tr"),
    "telmex": Net(("189.128.0.0/11",), "dsl-{a}-{b}-{c}-{d}-dyn.prod-infinitum.com.mx"),
    "chinanet": Net(("113.64.0.0/12",)),
    "rogers": Net(("24.112.0.0/14",), "pool-{a}-{b}-{c}-{d}.cpe.net.cable.rogers.com"),
    "telia_office": Net(("194.218.0.0/16",), "host-{a}-{b}-{c}-{d}.customer.telia.com"),
    "iij_office": Net(("202.232.0.0/16",), "h{d}.{w}.v4.enabler.ne.jp"),
    # rented hosts
    "ovh": Net(("51.68.0.0/16",), "vps-{h}.vps.ovh.net"),
    "hetzner": Net(("95.216.0.0/16",), "static.{d}.{c}.{b}.{a}.clients.your-server.de"),
    "hetzner6": Net(("2a01:4f8:c17::/48",), "", confirmed=False),
    "hetzner6_one": Net(("2a01:4f8:c17:9e40::/64",), "", confirmed=False),
    "digitalocean": Net(("159.65.0.0/16",)),
    "aws_tokyo": Net(("54.64.0.0/15",), "ec2-{a}-{b}-{c}-{d}.ap-northeast-1.compute.amazonaws.com"),
    "gcp": Net(("35.200.0.0/16",), "{d}.{c}.{b}.{a}.bc.googleusercontent.com"),
    "azure": Net(("20.40.0.0/16",)),
    "sakura_vps": Net(("153.126.128.0/17",), "ik1-{n}-{c}{d}.vs.sakura.ne.jp"),
    "sakura_shared": Net(("219.94.128.0/18",), "www{n}{d}.sakura.ne.jp"),
    "xserver": Net(("183.90.228.0/22",), "sv{n}.xserver.jp"),
    "conoha": Net(("133.130.88.0/21",), "v{a}-{b}-{c}-{d}.myvps.jp"),
    "contabo": Net(("173.212.192.0/18",), "vmi{n}{d}.contaboserver.net"),
    "colocrossing": Net(("192.3.0.0/16",), "{a}-{b}-{c}-{d}-host.colocrossing.com"),
    "namecheap": Net(("198.54.112.0/20",), "server{d}-{n}.web-hosting.com"),
    "linode": Net(("172.104.0.0/15",), "{a}-{b}-{c}-{d}.ip.linodeusercontent.com"),
    "bluehost": Net(("162.241.0.0/16",), "box{n}.bluehost.com"),
    "strato": Net(("81.169.144.0/20",), "h{n}{d}.stratoserver.net"),
    "gandi": Net(("217.70.176.0/20",), "xvm-{c}-{d}.dc2.ghst.net"),
    # houses of learning
    "univ_jp": Net(("130.54.0.0/16",)),
    "univ_ch": Net(("129.132.0.0/16",)),
    "univ_us": Net(("128.112.0.0/16",)),
    "univ_fr": Net(("193.48.0.0/16",)),
    "univ_no": Net(("129.241.0.0/16",)),
    "univ_cz": Net(("195.113.0.0/16",)),
}

DIALUPS = ("vnpt", "viettel", "claro", "airtel", "telekom_line", "turk", "telmex", "chinanet", "softbank_line", "comcast_line")
CHEAP = ("ovh", "contabo", "colocrossing", "digitalocean", "linode", "hetzner")
SHARED = ("namecheap", "bluehost", "strato", "sakura_shared", "xserver")
LEARNING = ("univ_jp", "univ_ch", "univ_us", "univ_fr", "univ_no", "univ_cz")


def draw(net: Net, dice: Dice) -> str:
    """An address of the network, neither its first nor its last ones."""
    place = ip_network(dice.choice(net.ranges))
    if place.version == 6:
        customer = dice.randrange(1 << (64 - place.prefixlen)) << 64 if place.prefixlen < 64 else 0
        return str(place.network_address + customer + dice.randrange(1, 1 << 20))
    return str(place.network_address + dice.randrange(4, place.num_addresses - 4))


def name_of(net: Net, address: str, dice: Dice) -> str:
    """What the operator calls the host; empty where it names none."""
    octets = str(ip_address(address)).split(".") if ":" not in address else ["0"] * 4
    a, b, c, d = octets
    number = f"{int(address.replace('.', '').replace(':', ''), 16) % 100000:05}"
    hexed = f"{int(ip_address(address)):08x}"[-8:]
    word = dice.word(3, "abcdefghkmnprstwxyz")
    return net.ptr.format(a=a, b=b, c=c, d=d, h=hexed, n=number, w=word) if net.ptr else ""
