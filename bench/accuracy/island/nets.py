"""Networks of the public book: prefixes by operator, and the names that the operator's reverse zone gives by default."""

from __future__ import annotations

from ipaddress import ip_network
from typing import NamedTuple

from bench.accuracy.island.chance import Dice


class Net(NamedTuple):
    """An operator's network."""

    prefixes: tuple[str, ...]
    pattern: str = ""
    """Name in the reverse zone; empty: none. `{a}` to `{d}` are the octets, `{n}` a number, `{x}` hex digits, `{w}` a word."""
    forward: bool = True
    """The name leads back to the address."""


HOMES = {
    "vnpt": Net(("14.160.0.0/11", "113.160.0.0/11"), "static.vnpt.vn", forward=False),
    "telesp": Net(("177.32.0.0/12", "189.18.0.0/15"), "{a}-{b}-{c}-{d}.dsl.telesp.net.br"),
    "bsnl": Net(("117.192.0.0/10", "59.88.0.0/13")),
    "telkom": Net(("36.64.0.0/11", "125.160.0.0/13")),
    "ttnet": Net(("78.160.0.0/11", "88.224.0.0/11"), "{a}.{b}.{c}.{d}.dynamic.ttnet.com.tr"),
    "infinitum": Net(("187.128.0.0/11", "189.128.0.0/10"), "dsl-{a}-{b}-{c}-{d}-dyn.prod-infinitum.com.mx"),
    "corbina": Net(("95.24.0.0/13",), "{a}-{b}-{c}-{d}.broadband.corbina.ru"),
    "chinanet": Net(("113.64.0.0/11", "58.32.0.0/13", "183.0.0.0/10")),
    "unicom": Net(("112.224.0.0/12", "123.112.0.0/12")),
    "tedata": Net(("41.32.0.0/12", "197.32.0.0/11"), "host-{a}.{b}.{c}.{d}.tedata.net"),
    "ptcl": Net(("39.32.0.0/11",)),
    "comcast": Net(("73.0.0.0/9",), "c-{a}-{b}-{c}-{d}.hsd1.{w}.comcast.net"),
    "ocn": Net(("153.128.0.0/10", "180.0.0.0/10"), "p{n}-ipngn{n}marunouchi.tokyo.ocn.ne.jp"),
    "plala": Net(("118.0.0.0/12",), "i{a}-{b}-{c}-{d}.s41.a013.ap.plala.or.jp"),
    "kornet": Net(("121.128.0.0/11", "211.192.0.0/12")),
    "asianet": Net(("171.96.0.0/13",), "ppp-{a}-{b}-{c}-{d}.revip2.asianet.co.th"),
    "mtn": Net(("105.112.0.0/12", "197.210.0.0/16")),
    "dtag": Net(("87.128.0.0/10", "79.192.0.0/10"), "p{x}.dip0.t-ipconnect.de"),
    "tin": Net(("79.0.0.0/10",), "host-{a}-{b}-{c}-{d}.retail.telecomitalia.it"),
    "tpnet": Net(("83.0.0.0/11",), "a{x}.neoplus.adsl.tpnet.pl"),
    "speedy": Net(("190.48.0.0/13",), "{a}-{b}-{c}-{d}.speedy.com.ar"),
    "wanadoo": Net(("90.0.0.0/9",), "lfbn-{w}-1-{n}-{d}.w{a}-{b}.abo.wanadoo.fr"),
}
"""Lines of people and small offices."""

FIXED = {
    "ocn_fixed": Net(("122.1.0.0/16", "221.184.0.0/13"), "p{n}-mobac01.osaka.ocn.ne.jp"),
    "usen": Net(("61.122.0.0/15",), "{w}{n}.ucom.ne.jp"),
    "nuro": Net(("218.40.0.0/15",), "{w}{x}.biz.nuro.jp"),
    "dtag_fixed": Net(("80.146.0.0/16",), "p{x}.dip.t-ipconnect.de"),
    "comcast_biz": Net(("50.192.0.0/11",), "{a}-{b}-{c}-{d}-static.hfc.comcastbusiness.net"),
    "orange_pro": Net(("80.11.0.0/16",), "static-css-{w}-{d}.business.bouyguestelecom.com"),
    "airtel": Net(("125.16.0.0/14",)),
    "embratel": Net(("200.160.0.0/13",), "{a}-{b}-{c}-{d}.user.embratel.net.br"),
    "bt": Net(("81.128.0.0/12",), "host{a}-{b}-{c}-{d}.in-addr.btopenworld.com"),
    "mtn_biz": Net(("41.184.0.0/16",)),
}
"""Lines of offices with a fixed address."""

CLOUDS = {
    "ovh": Net(("51.68.0.0/16", "54.36.0.0/15", "145.239.0.0/16"), "vps-{x}.vps.ovh.net"),
    "hetzner": Net(("88.198.0.0/16", "116.202.0.0/15", "138.201.0.0/16"), "static.{d}.{c}.{b}.{a}.clients.your-server.de"),
    "contabo": Net(("161.97.64.0/18", "173.212.192.0/18"), "vmi{n}.contaboserver.net"),
    "digitalocean": Net(("157.230.0.0/16", "167.99.0.0/16", "178.62.0.0/16")),
    "linode": Net(("139.162.0.0/16", "172.104.0.0/15"), "{a}-{b}-{c}-{d}.ip.linodeusercontent.com"),
    "vultr": Net(("45.76.0.0/16", "149.28.0.0/16"), "{a}.{b}.{c}.{d}.vultrusercontent.com"),
    "aws": Net(("52.68.0.0/15", "18.176.0.0/15", "3.112.0.0/14"), "ec2-{a}-{b}-{c}-{d}.ap-northeast-1.compute.amazonaws.com"),
    "gcp": Net(("34.84.0.0/16", "35.200.0.0/16"), "{d}.{c}.{b}.{a}.bc.googleusercontent.com"),
    "azure": Net(("20.40.0.0/14", "52.156.0.0/14")),
    "alibaba": Net(("47.74.0.0/15", "8.208.0.0/14")),
    "tencent": Net(("43.128.0.0/14", "129.226.0.0/16")),
    "sakura_vps": Net(("153.126.128.0/17", "160.16.0.0/16", "133.167.0.0/17"), "ik1-{n}-{n}.vs.sakura.ne.jp"),
    "conoha": Net(("150.95.128.0/17", "133.130.64.0/18"), "v{a}-{b}-{c}-{d}.a00a.g.tyo1.static.cnode.io"),
    "colocrossing": Net(("192.3.0.0/16", "198.46.128.0/17"), "{a}-{b}-{c}-{d}-host.colocrossing.com"),
    "ionos": Net(("217.160.0.0/16", "82.165.0.0/16"), "ip{a}-{b}-{c}-{d}.pbiaas.com"),
    "locaweb": Net(("191.252.0.0/16", "186.202.0.0/16"), "cpro{n}.publiccloud.com.br"),
    "selectel": Net(("5.188.112.0/20", "92.53.64.0/18")),
    "m247": Net(("146.70.0.0/16", "193.29.104.0/21")),
}
"""Rented machines."""

NETS = HOMES | FIXED | CLOUDS


class Addresses:
    """Gives each address once."""

    def __init__(self, seed: int) -> None:
        self._dice = Dice.of(seed, "addresses")
        self._given: set[str] = set()

    def of(self, prefixes: tuple[str, ...], dice: Dice) -> str:
        """A fresh address of one of the prefixes."""
        while True:
            net = ip_network(dice.choice(prefixes))
            free = net.max_prefixlen - net.prefixlen
            at = str(net[dice.getrandbits(free) if free < 64 else dice.getrandbits(free - 64) << 64 | dice.getrandbits(12)])
            if at not in self._given and not at.endswith((".0", ".255", "::")):
                self._given.add(at)
                return at


def named(pattern: str, address: str, dice: Dice) -> str:
    """A host name by the operator's pattern."""
    octets = dict(zip("abcd", address.split("."), strict=True)) if "." in address else dict.fromkeys("abcd", "0")
    text = pattern
    while "{n}" in text:
        text = text.replace("{n}", str(dice.randint(101, 9899)), 1)
    return text.replace("{x}", dice.randbytes(4).hex()).replace("{w}", dice.word()).format(**octets)
