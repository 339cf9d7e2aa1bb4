"""The networks of the world: whose hosts stand where, what they are called, and which SPF record names them."""

from __future__ import annotations

from typing import NamedTuple


class Net(NamedTuple):
    """An operator's addresses. `names` are patterns of host names: {a}..{d} octets, {x} the address in hexadecimal, {n} a number,
    {w} a word. `pool` is how many hosts it has in the world; 0 means that each use finds a new one."""

    four: str
    names: str
    pool: int = 0
    six: str = ""
    spf: str = ""
    ptr: float = 1.0
    """Share of hosts that have a PTR."""
    sure: float = 0.97
    """Share of those whose name leads back to the address."""
    listed: float = 0.0
    """Share that block lists have."""


NETS = {
    # post offices of the world
    "google": Net("209.85.128.0/17", "mail-{w}1-f{n}.google.com", 40, "2607:f8b0:4864:20::/64", "_spf.google.com"),
    "m365": Net(
        "40.107.0.0/16 52.101.0.0/16",
        "mail-{w}{n}.outbound.protection.outlook.com",
        48,
        "2a01:111:f403::/48",
        "spf.protection.outlook.com",
    ),
    "hotmail": Net("40.92.0.0/16", "mail-{w}{n}.outbound.protection.outlook.com", 20, "2a01:111:f400::/48", "spf2.outlook.com"),
    "icloud": Net("17.58.6.0/24 17.57.155.0/24", "outbound.mr.icloud.com", 12, spf="icloud.com"),
    "yahoo": Net("98.137.64.0/20 77.238.176.0/22", "sonic{n}-{n}.consmr.mail.bf2.yahoo.com", 16, spf="_spf.mail.yahoo.com"),
    "fastmail": Net("103.168.172.0/24 202.12.124.0/24", "fhigh-a{n}-smtp.messagingengine.com", 10, spf="spf.messagingengine.com"),
    "zoho": Net("136.143.188.0/24", "sender4-op-o{n}.zoho.com", 8, spf="zohomail.com"),
    "orange": Net("80.12.242.0/24 193.252.22.0/24", "smtp-{n}.smtpout.orange.fr", 14, spf="smtpout.orange.fr"),
    "free": Net("212.27.42.0/24", "smtp{n}-g21.free.fr", 8, spf="_spf.free.fr", listed=0.1),
    "btinternet": Net("213.120.69.0/24", "mailomta{n}-sa.btinternet.com", 8, spf="spf.btinternet.com"),
    "comcast": Net("96.103.144.0/20", "resqmta-a1p-{n}.sys.comcast.net", 8, "2001:558:fd00:56::/64", "_spf.comcast.net"),
    "naver": Net("125.209.192.0/18", "cvsmtppost{n}.nm.naver.com", 12, spf="_spfblocka.naver.com"),
    "daum": Net("203.133.180.0/23 211.231.106.0/24", "mail-hammer-{n}.mail.daum.net", 8, spf="_spf.daum.net"),
    "docomo": Net("203.138.180.0/24", "mfsmax.docomo.ne.jp", 8, spf="docomo.ne.jp"),
    "au": Net("111.86.156.0/24", "nx{n}oao.ezweb.ne.jp", 6, spf="ezweb.ne.jp"),
    "ocn": Net("153.149.0.0/16", "mogw{n}.ocn.ad.jp", 10, spf="spf.ocn.ne.jp"),
    "nifty": Net("106.153.226.0/23", "mta-snd-e{n}.mail.nifty.com", 8, spf="nifty.com"),
    "telkom_za": Net("105.224.1.0/24", "ctnmail{n}.telkomsa.net", 5, spf="telkomsa.net", listed=0.2),
    # hosting
    "xserver": Net("183.90.232.0/22 162.43.116.0/22", "sv{n}.xserver.jp", 20, spf="spf.xserver.jp", listed=0.05),
    "sakura": Net("49.212.180.0/22 219.94.128.0/20", "www{n}.sakura.ne.jp", 20, spf="spf.sakura.ne.jp", listed=0.08),
    "ovh_shared": Net("46.105.56.0/22", "{n}.mo{n}.mail-out.ovh.net", 14, spf="mx.ovh.com", listed=0.08),
    "ionos": Net("212.227.126.0/24 82.165.159.0/24", "mout.kundenserver.de", 12, spf="_spf.perfora.net"),
    "bluehost": Net("162.241.24.0/21 162.241.216.0/21 50.87.144.0/20", "box{n}.bluehost.com", 20, spf="bluehost.com", listed=0.12),
    "godaddy": Net("173.201.192.0/22", "p3plsmtpa{n}.prod.phx3.secureserver.net", 10, spf="secureserver.net", listed=0.08),
    "xneelo": Net("197.221.0.0/19 129.232.128.0/18", "dedi{n}.jnb{n}.host-h.net", 16, spf="spf.host-h.net", listed=0.1),
    "cafe24": Net("183.111.128.0/18", "uws{n}-{d}.cafe24.com", 12, spf="_spf.cafe24.com", listed=0.12),
    "uk_hosting": Net("185.151.28.0/22", "mail{n}.extendcp.co.uk", 10, spf="spf.extendcp.co.uk"),
    # rented machines: everybody is here, the owners too
    "aws": Net("18.176.0.0/15 3.8.0.0/14 54.248.0.0/15", "ec2-{a}-{b}-{c}-{d}.compute.amazonaws.com", listed=0.12),
    "azure": Net("20.48.0.0/12", "", ptr=0.0, listed=0.08),
    "gce": Net("34.84.0.0/15 35.240.0.0/13", "{d}.{c}.{b}.{a}.bc.googleusercontent.com", listed=0.1),
    "digitalocean": Net("159.65.0.0/16 165.22.0.0/16", "{w}-{n}.{w}host.net", ptr=0.6, listed=0.35),
    "hetzner": Net(
        "168.119.0.0/16 95.216.0.0/16", "static.{d}.{c}.{b}.{a}.clients.your-server.de", six="2a01:4f8:c0c::/48", listed=0.18
    ),
    "ovh": Net("51.68.0.0/16 51.210.0.0/16", "vps-{x}.vps.ovh.net", six="2001:41d0:305::/48", listed=0.25),
    "linode": Net("172.104.0.0/15 139.162.0.0/16", "{a}-{b}-{c}-{d}.ip.linodeusercontent.com", six="2400:8902::/64", listed=0.2),
    "contabo": Net("161.97.64.0/18 207.180.192.0/18", "vmi{n}{d}.contaboserver.net", listed=0.35),
    "vultr": Net("45.76.0.0/16 45.32.0.0/16", "{a}.{b}.{c}.{d}.vultrusercontent.com", listed=0.3),
    "conoha": Net("133.130.96.0/19 118.27.0.0/18", "v{a}-{b}-{c}-{d}.{w}.static.cnode.io", listed=0.06),
    "bulletproof": Net("91.240.118.0/24 185.222.56.0/22 45.148.10.0/24", "{w}.{w}mail.su", ptr=0.4, sure=0.4, listed=0.7),
    "snow": Net("193.124.16.0/22 89.32.40.0/22 104.206.128.0/20", "mta{n}.{w}{w}.info", ptr=1.0, sure=0.95, listed=0.45),
    "sixes": Net("2a03:90c0:15::/64 2a0c:59c0:8::/64 2602:fea7:40::/64", "", ptr=0.0, listed=0.3),
    # lines of homes, offices and campuses
    "ocn_line": Net("118.0.0.0/12 153.128.0.0/11", "p{n}-ipngn{n}marunouchi.tokyo.ocn.ne.jp", listed=0.45),
    "kt_line": Net("121.128.0.0/10 175.192.0.0/10", "", ptr=0.0, listed=0.6),
    "orange_line": Net("90.0.0.0/11 86.192.0.0/11", "lfbn-par-1-{n}-{d}.w{a}-{b}.abo.wanadoo.fr", listed=0.5),
    "comcast_line": Net("73.0.0.0/10 98.192.0.0/11", "c-{a}-{b}-{c}-{d}.hsd1.il.comcast.net", six="2601:240::/32", listed=0.5),
    "comcast_office": Net("50.192.0.0/12 96.64.0.0/12", "{a}-{b}-{c}-{d}-static.hfc.comcastbusiness.net", listed=0.1),
    "bt_line": Net("81.128.0.0/12 86.128.0.0/10", "host{a}-{b}-{c}-{d}.range{a}-{b}.btcentralplus.com", listed=0.4),
    "telkom_line": Net("105.224.0.0/13 165.144.0.0/14", "{d}-{c}-{b}-{a}.dynamic.telkomsa.net", listed=0.6),
    "vnpt_line": Net("113.160.0.0/11 14.160.0.0/11", "static.vnpt.vn", ptr=0.8, sure=0.0, listed=0.8),
    "vivo_line": Net("177.32.0.0/12 189.96.0.0/11", "{a}-{b}-{c}-{d}.user3p.vivozap.com.br", ptr=0.8, listed=0.75),
    "airtel_line": Net(
        "122.160.0.0/12 117.192.0.0/10", "abts-north-static-{d}.{c}.{b}.{a}.airtelbroadband.in", ptr=0.5, sure=0.2, listed=0.75
    ),
    "mtn_ng_line": Net("105.112.0.0/12 197.210.0.0/16", "", ptr=0.0, listed=0.6),
    "rostelecom_line": Net("95.24.0.0/13 178.64.0.0/13", "{a}-{b}-{c}-{d}.broadband.corbina.ru", ptr=0.8, listed=0.75),
    "usen_office": Net("210.199.0.0/16 61.122.0.0/16", "{d}.{c}.{b}.{a}.static.usen.ad.jp", ptr=0.8, listed=0.05),
    "business_kt": Net("211.192.0.0/13 222.96.0.0/12", "", ptr=0.15, listed=0.2),
    "flex_office": Net(
        "61.122.64.0/18 96.80.0.0/16 81.130.0.0/18", "{a}-{b}-{c}-{d}.static.flexoffice.net", 14, ptr=0.8, sure=0.8, listed=0.2
    ),
    "campus": Net("130.158.0.0/16 147.250.0.0/16 128.105.0.0/16 146.231.0.0/16", "mx{n}.cs.{w}.edu", listed=0.02),
    # colocated machines of firms, and firms' own ranges
    "iij_dc": Net("202.232.0.0/16 210.138.0.0/16", "", ptr=0.85),
    "ntt_dc": Net("210.248.0.0/14 203.141.128.0/18", "", ptr=0.85),
    "lumen_dc": Net("63.232.0.0/14 65.112.0.0/12", "", ptr=0.85),
    "colt_dc": Net("212.36.32.0/19 217.110.0.0/15", "", ptr=0.85),
    "kinx_dc": Net("211.196.0.0/16 112.175.0.0/16", "", ptr=0.85),
    "teraco_dc": Net("196.35.64.0/18 41.76.208.0/21", "", ptr=0.85),
    "six_dc": Net("2001:978:2:1::/64", "", ptr=0.85),
    "six_jp": Net("2001:240:bb81::/64", "", ptr=0.85),
    "equinix_vpn": Net("146.70.0.0/16 37.120.128.0/17", "unn-{a}-{b}-{c}-{d}.datapacket.com", ptr=0.7, listed=0.4),
}
"""Networks by our name for them; ranges are where such hosts stand, the addresses in them are made up."""
