"""Who runs which network, and how hosts are named there: one line a network. Single addresses are made up.

    id | networks | host names | kind

In host names `{dash}` is the address with hyphens, `{rev}` turned round, `{n}` and `{m}` numbers, `{x}` letters. Empty: no PTR.
"""

from __future__ import annotations

from typing import NamedTuple

_TABLE = """
google | 209.85.128.0/17 2a00:1450:4000::/44 | mail-{x}-f{n}.google.com | mailbox
microsoft | 40.107.0.0/17 2a01:111:f400::/48 | mail-{x}{n}.outbound.protection.outlook.com | mailbox
yahoo-us | 98.137.64.0/20 | sonic{n}-{m}.consmr.mail.gq1.yahoo.com | mailbox
yahoo-jp | 182.22.12.0/22 | snd{n}.mail.yahoo.co.jp | mailbox
fastmail | 103.168.172.0/24 | fhigh-a{n}-smtp.messagingengine.com | mailbox
gmx | 212.227.15.0/24 | mout{n}.gmx.net | mailbox
mailru | 94.100.176.0/20 | fallback{n}.mail.ru | mailbox
qq | 203.205.221.0/24 | out203-205-221-{n}.mail.qq.com | mailbox
netease | 220.181.12.0/24 | m12-{n}.163.com | mailbox
nifty | 106.153.226.0/23 | mta-snd{n}.w.nifty.com | mailbox
ocn-mail | 153.149.230.0/23 | mbkd{n}.ocn.ad.jp | mailbox
biglobe | 133.208.98.0/24 | rcpt-expgw{n}.biglobe.ne.jp | mailbox
sonet | 202.238.84.0/24 | ms-omx{n}.plus.so-net.ne.jp | mailbox
docomo | 203.138.180.0/24 | mfsmax-f{n}.docomo.ne.jp | mailbox
au | 106.162.160.0/22 | lmfw{n}.ezweb.ne.jp | mailbox
softbank-mobile | 117.46.6.0/24 | ofwd{n}.mailsv.softbank.jp | mailbox
plala | 60.36.166.0/24 | msb{n}.plala.or.jp | mailbox
eonet | 60.56.0.0/24 | osmtp{n}.eonet.ne.jp | mailbox
asahi | 202.224.55.0/24 | mail-fw{n}.asahi-net.or.jp | mailbox
xserver | 183.90.224.0/20 | sv{n}.xserver.jp | shared
sakura | 59.106.12.0/22 | www{n}.sakura.ne.jp | shared
lolipop | 157.7.44.0/24 | users{n}.phy.lolipop.jp | shared
onamae | 157.7.188.0/24 | www{n}.onamae.ne.jp | shared
kagoya | 203.142.206.0/24 | wt{n}.kagoya.net | shared
heteml | 210.157.78.0/24 | users{n}.heteml.jp | shared
bluehost | 162.241.216.0/21 | box{n}.bluehost.com | shared
hostgator | 192.185.0.0/18 | gator{n}.hostgator.com | shared
ovh-web | 188.165.51.0/24 | cluster{n}.hosting.ovh.net | shared
beget | 87.236.16.0/22 | m{n}.snow.beget.com | shared
sendgrid | 167.89.0.0/18 | {x}.outbound-mail.sendgrid.net | service
ses | 54.240.10.0/23 | a{n}-{m}.smtp-out.ap-northeast-1.amazonses.com | service
mailchimp | 198.2.128.0/20 | mail{n}.atl{m}.mcsv.net | service
mailgun | 159.135.224.0/20 | m{n}-{m}.mailgun.net | service
brevo | 77.32.148.0/22 | {x}.d.sender-sib.com | service
salesforce | 136.146.208.0/22 | smtp{n}-{x}.mta.salesforce.com | service
hubspot | 158.247.16.0/21 | {x}.bf{n}.hubspotemail.net | service
zendesk | 192.161.148.0/23 | outbyoip{n}.pod{m}.use1.zdsys.com | service
bmsend | 63.247.128.0/22 | mta{n}.bmsend.com | service
blastengine | 180.222.96.0/24 | mta{n}.blastengine.jp | service
cuenote | 202.238.196.0/24 | mx{n}.cuenotefc.jp | service
haihai | 219.94.228.0/24 | mta{n}.haihaimail.jp | service
willmail | 160.16.94.0/24 | mta{n}.willap.jp | service
spiral | 211.13.203.0/24 | mta{n}.smp.ne.jp | service
surveymonkey | 54.240.40.0/24 | m{n}.outbound.surveymonkey.com | service
workday | 209.177.160.0/24 | mta{n}.myworkday.com | service
docusign | 64.207.218.0/24 | mail{n}.docusign.net | service
jobcan | 52.196.40.0/24 | mta{n}.jobcan.ne.jp | service
knowbe4 | 147.160.167.0/24 | psm{n}.knowbe4.com | service
formzu | 133.242.20.0/24 | f{n}.formzu.com | service
proofpoint | 148.163.128.0/19 | mx0a-{x}{n}.pphosted.com | gateway
mimecast | 205.139.110.0/23 | us-smtp-inbound-delivery-{n}.mimecast.com | gateway
tmes | 18.208.22.0/24 | repost{n}.tmes-jp.trendmicro.com | gateway
securemx | 210.130.202.0/24 | mo-csw{n}.securemx.jp | gateway
messagelabs | 195.245.230.0/23 | mail{n}.bemta{m}.messagelabs.com | gateway
iphmx | 68.232.128.0/20 | esa{n}.hc{m}-{x}.iphmx.com | gateway
barracuda | 209.222.82.0/24 | outbound-ip{n}.ess.barracuda.com | gateway
improvmx | 147.135.98.0/24 | mail-{x}{n}.improvmx.com | forwarder
simplelogin | 176.119.200.0/24 | mail-{n}.simplelogin.co | forwarder
cloudflare | 104.30.0.0/21 | {x}-{n}.email.cloudflare.net | forwarder
namecheap | 162.255.118.0/24 | fwd{n}.eforward.registrar-servers.com | forwarder
python | 188.166.95.0/24 | mail{n}.python.org | list
groupsio | 45.79.224.0/24 | mail{n}.groups.io | list
janog | 202.32.108.0/28 | lists{n}.janog.gr.jp | list
ocn | 153.130.0.0/16 | p{n}-ipngn{m}tokaisakaetozai.aichi.ocn.ne.jp | dialup
bbtec | 219.168.0.0/16 | softbank{digits}.bbtec.net | dialup
dion | 59.128.0.0/15 | KD{digits}.ppp-bb.dion.ne.jp | dialup
vnpt | 14.160.0.0/12 | static.vnpt.vn | dialup
viettel | 27.64.0.0/13 | localhost | dialup
chinanet | 117.80.0.0/13 | | dialup
chinanet-gd | 113.64.0.0/12 | {rev}.broad.gz.gd.dynamic.163data.com.cn | dialup
vivo | 177.32.0.0/12 | {dash}.user.vivozap.com.br | dialup
airtel | 122.160.0.0/12 | abts-north-dynamic-{rev}.airtelbroadband.in | dialup
telkom | 36.64.0.0/12 | | dialup
turk | 88.224.0.0/12 | {dash}.dynamic.ttnet.com.tr | dialup
iran | 5.200.64.0/18 | | dialup
verizon | 71.160.0.0/13 | pool-{dash}.bltmmd.fios.verizon.net | dialup
vultr | 45.76.0.0/16 | {ip}.vultrusercontent.com | hosting
contabo | 161.97.64.0/18 | vmi{n}.contaboserver.net | hosting
ovh | 51.79.128.0/17 2607:5300:60::/48 | vps-{x}.vps.ovh.ca | hosting
hetzner | 95.216.0.0/16 | static.{rev}.clients.your-server.de | hosting
aliyun | 47.88.0.0/15 | | hosting
tencent | 43.128.0.0/13 | | hosting
selectel | 185.143.220.0/22 | | hosting
colocrossing | 192.3.0.0/16 | {dash}-host.colocrossing.com | hosting
m247 | 185.94.188.0/22 | | hosting
conoha | 160.251.0.0/17 2400:8500:1302::/48 | v{dash}.{x}.static.cnode.io | hosting
sakura-vps | 153.126.128.0/17 2001:e42:102::/48 | ik1-{n}-{m}.vs.sakura.ne.jp | hosting
ec2 | 13.112.0.0/14 | ec2-{dash}.ap-northeast-1.compute.amazonaws.com | hosting
indigo | 164.70.64.0/18 | i-{dash}.indigo.static.arena.ne.jp | hosting
iij-static | 210.148.0.0/17 2001:240:bb00::/44 | | leased
ntt-static | 211.0.192.0/18 2001:218:2000::/48 | | leased
sinet | 133.11.0.0/16 2001:2f8::/44 | | leased
dtag | 194.25.0.0/17 2003:4000::/32 | | leased
firms | 122.208.0.0/14 | | leased
firms-world | 62.128.0.0/18 | | leased
"""


class Network(NamedTuple):
    """Networks of one operator."""

    id: str
    v4: str
    v6: str
    names: str
    kind: str


def _read() -> dict[str, Network]:
    found = {}
    for line in filter(None, _TABLE.splitlines()):
        id_, nets, names, kind = (column.strip() for column in line.split("|"))
        v4, _, v6 = nets.partition(" ")
        found[id_] = Network(id_, v4, v6, names, kind)
    return found


NETWORKS = _read()


def of_kind(kind: str) -> tuple[str, ...]:
    """The ids of all networks of a kind."""
    return tuple(network.id for network in NETWORKS.values() if network.kind == kind)
