"""Operators' address ranges and how their hosts are named."""

from bench.accuracy.province.town import Net

GOOGLE = Net(("209.85.128.0/17",), "mail-{w}{n}-f{n}.google.com", 0.0, 0.03)
GOOGLE6 = Net(("2607:f8b0:4864:20::/64",), "mail-{w}1-x{h}.google.com", 0.0, 0.0)
OUTLOOK = Net(("40.107.0.0/16", "52.101.0.0/16"), "mail-{w}apc01on20{n}.outbound.protection.outlook.com", 0.0, 0.05)
OUTLOOK_EU = Net(("40.107.0.0/16", "52.101.64.0/18"), "mail-{w}eur05on20{n}.outbound.protection.outlook.com", 0.0, 0.05)
OUTLOOK6 = Net(("2a01:111:f403::/48",), "mail-{w}azlp170100{n}.outbound.protection.outlook.com", 0.0, 0.0)
HOTMAIL = Net(("40.92.0.0/16",), "mail-{w}olkn20{n}.outbound.protection.outlook.com", 0.0, 0.03)
SES_US = Net(("54.240.8.0/21", "54.240.48.0/22"), "a{c}-{d}.smtp-out.amazonses.com", 0.0, 0.04)
SES_JP = Net(("23.251.234.0/23",), "e{c}-{d}.smtp-out.ap-northeast-1.amazonses.com", 0.0, 0.04)
SENDGRID = Net(("149.72.0.0/16", "167.89.0.0/17"), "wrqv{h}.outbound-mail.sendgrid.net", 0.01, 0.08)
MANDRILL = Net(("198.2.128.0/18",), "mail{d}-{c}.atl31.mandrillapp.com", 0.0, 0.04)
MAILCHIMP = Net(("198.2.176.0/21", "205.201.128.0/20"), "mail{n}.atl{n}.rsgsv.net", 0.0, 0.05)
MAILGUN = Net(("69.72.32.0/20", "161.38.192.0/20"), "m{c}-{d}.mailgun.net", 0.01, 0.06)
MAILJET = Net(("87.253.232.0/21",), "o{n}.p{n}.mailjet.com", 0.01, 0.05)
BREVO = Net(("77.32.128.0/18", "185.41.28.0/22"), "{w}.d.sender-sib.com", 0.01, 0.05)
HUBSPOT = Net(("143.244.80.0/20",), "{w}.hubspotemail.net", 0.0, 0.03)
SALESFORCE = Net(("13.110.0.0/16", "136.147.128.0/20"), "smtp{n}-{w}.mta.salesforce.com", 0.0, 0.02)
ZENDESK = Net(("192.161.144.0/20",), "outbyoip{n}.pod{n}.use1.zdsys.com", 0.0, 0.02)
FRESHDESK = Net(("54.240.40.0/23", "23.249.208.0/20"), "fd-mail-{n}.freshemail.io", 0.01, 0.04)
CLEVERREACH = Net(("83.169.40.0/22",), "mx{n}.crsend.com", 0.01, 0.04)
RDSTATION = Net(("168.245.0.0/17",), "o{n}.rdmkt.rdstation.email", 0.01, 0.06)
SARBACANE = Net(("185.98.5.0/24", "91.229.20.0/22"), "s{n}.mta.tinyclues-sbc.net", 0.02, 0.05)
BLASTMAIL = Net(("163.43.96.0/22",), "bml{n}.bme.jp", 0.01, 0.03)
CUENOTE = Net(("210.171.16.0/20",), "mta{n}.cuenote.jp", 0.0, 0.02)
HAIHAI = Net(("202.218.224.0/21",), "out{n}.hm-f.jp", 0.01, 0.03)
SHOPIFY = Net(("23.227.38.0/23",), "mail-{w}.shopifyemail.com", 0.0, 0.02)
FUTURESHOP = Net(("210.129.88.0/22",), "smtp{n}.future-shop.jp", 0.01, 0.02)
FREEE = Net(("54.248.224.0/22",), "mail{n}.freee.co.jp", 0.0, 0.02)
ADP = Net(("170.146.0.0/16",), "mail-out{n}.adp.com", 0.0, 0.01)
SCHOOLMSG = Net(("206.164.240.0/22",), "mx-out{n}.schoolmessenger.com", 0.01, 0.04)
BLACKBAUD = Net(("205.139.104.0/22",), "mail{n}.blackbaud.com", 0.0, 0.02)
SURVEY = Net(("168.245.64.0/19",), "outbound{n}.surveymonkeyuser.com", 0.01, 0.03)
KNOWBE4 = Net(("147.160.167.0/24",), "psm-{n}.knowbe4.com", 0.02, 0.02)
MIMECAST = Net(("207.211.30.0/23", "205.139.110.0/23"), "us-smtp-delivery-{n}.mimecast.com", 0.0, 0.04)
MIMECAST_EU = Net(("185.58.84.0/22",), "eu-smtp-delivery-{n}.mimecast.com", 0.0, 0.04)
PROOFPOINT = Net(("148.163.128.0/17",), "mx0{n}-00{h}.pphosted.com", 0.0, 0.03)
PPE = Net(("67.231.144.0/20",), "dispatch1-us{n}.ppe-hosted.com", 0.01, 0.04)
BARRACUDA = Net(("209.222.80.0/21",), "outbound-ip{n}.ess.barracuda.com", 0.0, 0.04)
TREND = Net(("18.208.22.0/24", "150.70.224.0/20"), "repost01.tmes.trendmicro.com", 0.0, 0.02)
HORNET = Net(("83.246.65.0/24", "94.100.128.0/20"), "mx-relay{n}-hz1.antispameurope.com", 0.0, 0.02)
IRONPORT = Net(("68.232.128.0/18", "139.138.32.0/19"), "esa{n}.hc{d}-{n}.iphmx.com", 0.0, 0.02)
IIJ = Net(("202.232.30.0/23", "210.130.202.0/23"), "mo{n}.securemx.jp", 0.0, 0.02)
SAKURA = Net(("49.212.128.0/17", "59.106.0.0/17", "153.127.0.0/17"), "www{d}{n}.sakura.ne.jp", 0.05, 0.08)
XSERVER = Net(("183.181.80.0/20", "162.43.96.0/19"), "sv{d}{n}.xserver.jp", 0.03, 0.06)
LOLIPOP = Net(("157.7.104.0/21", "163.44.184.0/21"), "users{n}.phy.lolipop.jp", 0.04, 0.08)
HETEML = Net(("157.7.188.0/22",), "mailgw{n}.lolipop.jp", 0.03, 0.08)
OVH_MUTU = Net(("188.165.32.0/19", "87.98.128.0/18"), "{n}.mo{n}.mail-out.ovh.net", 0.04, 0.09)
OVH_RELAY = Net(("178.32.112.0/20",), "{n}.mo{n}.mail-redirect.ovh.net", 0.03, 0.1)
LOCAWEB = Net(("186.202.0.0/18", "191.252.0.0/17"), "hm{n}-pro-{d}.email.locaweb.com.br", 0.04, 0.09)
IONOS = Net(("212.227.126.128/25", "217.72.192.64/26"), "mout.kundenserver.de", 0.01, 0.05)
BLUEHOST = Net(("162.241.0.0/16", "69.89.16.0/20"), "box{d}{n}.bluehost.com", 0.08, 0.12)
HOSTINGER = Net(("145.14.144.0/20", "153.92.0.0/19"), "srv{d}{n}.main-hosting.eu", 0.08, 0.1)
NAMECHEAP = Net(("162.255.118.0/24",), "eforward{n}.registrar-servers.com", 0.02, 0.1)
CLOUDFLARE = Net(("104.30.8.0/21",), "{w}-{n}.cloudflare-email.net", 0.0, 0.03)
IMPROVMX = Net(("51.81.88.0/22",), "fwd{n}.improvmx.com", 0.02, 0.08)
ONAMAE = Net(("150.95.216.0/22",), "mfwd{n}.onamae.ne.jp", 0.01, 0.06)
ICLOUD = Net(("17.58.0.0/18",), "{w}-{n}.mail-out.icloud.com", 0.0, 0.02)
OCN = Net(("153.149.224.0/20",), "mogw{n}.ocn.ad.jp", 0.0, 0.03)
BIGLOBE = Net(("133.208.96.0/20",), "mta-snd-e{n}.biglobe.ne.jp", 0.0, 0.03)
FREE_FR = Net(("212.27.42.0/24",), "smtp{n}-g21.free.fr", 0.01, 0.06)
TONLINE = Net(("194.25.134.0/24",), "mailout{n}.t-online.de", 0.0, 0.03)
COMCAST_OUT = Net(("96.103.144.0/22",), "resqmta-h{n}p-{h}.sys.comcast.net", 0.0, 0.04)
KDDI_OUT = Net(("111.86.128.0/20",), "nlmta{n}.auone-net.jp", 0.0, 0.02)
GROUPSIO = Net(("66.175.222.0/24",), "mail{n}.groups.io", 0.0, 0.02)
RENATER = Net(("194.57.10.0/24",), "listes{n}.renater.fr", 0.0, 0.02)
UNIVERSITIES = Net(
    ("133.11.0.0/16", "129.82.0.0/16", "134.76.0.0/16", "147.94.0.0/16", "143.107.0.0/16", "152.3.0.0/16"), "", 0.01, 0.05
)
SMALL_FIRMS = Net(
    ("61.115.192.0/20", "203.138.80.0/20", "217.91.0.0/17", "80.14.0.0/16", "50.200.0.0/15", "200.170.96.0/19", "122.166.0.0/16"),
    "",
    0.03,
    0.05,
    0.93,
)
"""Fixed lines of firms; they have names of their own or the line's."""
OFFICE_JP = Net(("118.238.192.0/19", "219.117.192.0/18"), "{a}x{b}x{c}x{d}.ap{d}.ftth.ucom.ne.jp", 0.12, 0.01, 0.88)
OFFICE_US = Net(("73.48.0.0/14", "173.160.0.0/14"), "{a}-{b}-{c}-{d}-static.hfc.comcastbusiness.net", 0.15, 0.01, 0.88)
OFFICE_DE = Net(("87.128.0.0/14", "217.224.0.0/14"), "p{x}.dip0.t-ipconnect.de", 0.3, 0.01, 0.88)
OFFICE_FR = Net(("90.80.0.0/14",), "lfbn-{w}-1-{n}-{d}.w{a}-{b}.abo.wanadoo.fr", 0.3, 0.01, 0.88)
OFFICE_BR = Net(("177.32.0.0/14", "189.4.0.0/15"), "{x}.virtua.com.br", 0.4, 0.02, 0.88)
OFFICE_IN = Net(("122.160.0.0/14",), "abts-north-static-{d}.{c}.{b}.{a}.airtelbroadband.in", 0.4, 0.02, 0.88)
OFFICES = {"jp": OFFICE_JP, "us": OFFICE_US, "de": OFFICE_DE, "fr": OFFICE_FR, "br": OFFICE_BR, "in": OFFICE_IN}
AWS_JP = Net(("13.112.0.0/14", "54.64.0.0/13"), "ec2-{a}-{b}-{c}-{d}.ap-northeast-1.compute.amazonaws.com", 0.06, 0.02)
AWS_US = Net(("3.208.0.0/12", "54.160.0.0/12"), "ec2-{a}-{b}-{c}-{d}.compute-1.amazonaws.com", 0.06, 0.02)
LIGHTSAIL_BR = Net(("18.228.0.0/16",), "ec2-{a}-{b}-{c}-{d}.sa-east-1.compute.amazonaws.com", 0.06, 0.02)
SAKURA_VPS = Net(("153.120.0.0/16", "160.16.0.0/16"), "ik1-{n}-{h}.vs.sakura.ne.jp", 0.05, 0.04)
CONOHA = Net(("133.130.96.0/19", "157.7.192.0/19"), "v{a}-{b}-{c}-{d}.{h}.static.cnode.io", 0.08, 0.06, 0.9)
HETZNER = Net(("88.198.0.0/16", "95.216.0.0/16", "157.90.0.0/16"), "static.{d}.{c}.{b}.{a}.clients.your-server.de", 0.12, 0.08)
HETZNER6 = Net(("2a01:4f8::/32",), "", 0.03, 0.02)
OVH_VPS = Net(("51.68.0.0/16", "54.36.0.0/15", "146.59.0.0/16"), "vps-{h}.vps.ovh.net", 0.2, 0.15, 0.9)
OVH6 = Net(("2001:41d0:300::/44",), "", 0.08, 0.05)
DIGITALOCEAN = Net(("159.65.0.0/16", "167.99.0.0/16", "142.93.0.0/16"), "", 0.25, 0.15)
VULTR = Net(("45.32.0.0/16", "149.28.0.0/16"), "{a}.{b}.{c}.{d}.vultrusercontent.com", 0.25, 0.15, 0.9)
LINODE = Net(("172.104.0.0/15", "139.162.0.0/16"), "{a}-{b}-{c}-{d}.ip.linodeusercontent.com", 0.2, 0.15, 0.9)
CONTABO = Net(("161.97.64.0/18", "194.163.128.0/18"), "vmi{d}{c}.contaboserver.net", 0.3, 0.15, 0.9)
ALIBABA = Net(("47.88.0.0/14", "8.208.0.0/14"), "", 0.4, 0.15)
TENCENT = Net(("43.128.0.0/12", "101.32.0.0/15"), "", 0.4, 0.15)
COLOCROSS = Net(("192.3.0.0/16", "198.46.128.0/17", "107.172.0.0/15"), "{a}-{b}-{c}-{d}-host.colocrossing.com", 0.5, 0.25, 0.9)
CHINANET = Net(("113.64.0.0/11", "183.128.0.0/11", "60.160.0.0/11"), "", 0.75, 0.15)
DIALUPS = (
    Net(("14.160.0.0/11", "113.160.0.0/12", "123.16.0.0/12"), "static.vnpt.vn", 0.8, 0.15, 0.7),
    Net(("186.208.0.0/14", "177.64.0.0/11"), "{a}-{b}-{c}-{d}.user3p.v-tal.net.br", 0.75, 0.15, 0.7),
    Net(("117.192.0.0/10", "59.88.0.0/13"), "", 0.85, 0.15, 0.7),
    Net(("36.64.0.0/11", "182.0.0.0/12"), "", 0.8, 0.15, 0.7),
    Net(("95.24.0.0/13", "176.96.0.0/12"), "{a}-{b}-{c}-{d}.broadband.corbina.ru", 0.7, 0.15, 0.7),
    Net(("188.208.0.0/13", "5.160.0.0/11"), "", 0.8, 0.15, 0.7),
    Net(("181.48.0.0/12", "190.144.0.0/13"), "dynamic-ip-{a}{b}{c}{d}.cable.net.co", 0.75, 0.15, 0.7),
    Net(("197.32.0.0/11", "41.32.0.0/12"), "host-{a}.{b}.{c}.{d}.tedata.net", 0.8, 0.1, 0.7),
    Net(("88.224.0.0/11", "78.160.0.0/11"), "{a}.{b}.{c}.{d}.dynamic.ttnet.com.tr", 0.8, 0.1, 0.7),
    Net(("79.0.0.0/13", "151.32.0.0/12"), "host-{a}-{b}-{c}-{d}.retail.telecomitalia.it", 0.6, 0.1, 0.7),
    Net(("83.0.0.0/11", "79.184.0.0/13"), "{a}.{b}.{c}.{d}.ipv4.supernova.orange.pl", 0.6, 0.1, 0.7),
    Net(("121.128.0.0/10",), "", 0.6, 0.15, 0.7),
    Net(("126.0.0.0/11", "60.64.0.0/12"), "softbank{a}{b}{c}{d}.bbtec.net", 0.6, 0.05, 0.7),
)
"""Lines of homes and shops where bots live."""
DIALUP6 = Net(("2804:14d::/32", "2409:4070::/32", "2402:800::/32"), "", 0.2, 0.02)
