"""Clouds and providers of rented servers, where anybody can have a machine; `net` names the owners of their networks."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.HOSTING,
    """
aws-ec2 | Amazon EC2 | Amazon EC2（AWS） | https://aws.amazon.com/ec2/
    hosts amazonaws.com; net amazon.com
google-cloud | Google Compute Engine | Google Compute Engine | https://cloud.google.com/compute
    hosts googleusercontent.com
azure-vm | Microsoft Azure | Microsoft Azure | https://azure.microsoft.com/
    hosts cloudapp.net azure.com
ovh | OVHcloud | | https://www.ovhcloud.com/
    hosts ovh.net ovh.com ovh.ca ovh.us ovhcloud.com kimsufi.com soyoustart.com; net ovh.com ovhcloud.com ovh.net
hetzner | Hetzner | | https://www.hetzner.com/
    hosts clients.your-server.de your-cloud.host hetzner.com hetzner.de; net hetzner.com
digitalocean | DigitalOcean | | https://www.digitalocean.com/
    hosts digitalocean.com; net digitalocean.com
linode | Akamai Cloud (Linode) | | https://www.linode.com/
    hosts linodeusercontent.com linode.com; net linode.com akamai.com
vultr | Vultr | | https://www.vultr.com/
    hosts vultrusercontent.com vultr.com choopa.net; net vultr.com choopa.com constant.com
contabo | Contabo | | https://contabo.com/
    hosts contaboserver.net contabo.net contabo.com contabo.host; net contabo.com contabo.de
scaleway | Scaleway | | https://www.scaleway.com/
    hosts scaleway.com scw.cloud poneytelecom.eu online.net; net scaleway.com online.net
leaseweb | Leaseweb | | https://www.leaseweb.com/
    hosts leaseweb.com leaseweb.net; net leaseweb.com
ionos-cloud | IONOS servers | | https://cloud.ionos.com/
    hosts onlinehome-server.info onlinehome-server.com onlinehome-server.net pbiaas.com; net ionos.com
netcup | netcup | | https://www.netcup.com/
    hosts yourvserver.net netcup.net nicesrv.de goodsrv.de happysrv.de luckysrv.de megasrv.de ultrasrv.de
    net netcup.de netcup.com
strato-server | STRATO servers | | https://www.strato.de/
    hosts stratoserver.net; net strato.de
hostinger-vps | Hostinger VPS | | https://www.hostinger.com/
    hosts hstgr.cloud hstgr.io; net hostinger.com
colocrossing | ColoCrossing | | https://www.colocrossing.com/
    hosts colocrossing.com; net colocrossing.com hostpapa.com
hostwinds | Hostwinds | | https://www.hostwinds.com/
    hosts hostwindsdns.com hostwinds.com; net hostwinds.com
quadranet | QuadraNet | | https://www.quadranet.com/
    hosts quadranet.com; net quadranet.com
psychz | Psychz Networks | | https://www.psychz.net/
    hosts psychz.net; net psychz.net
m247 | M247 | | https://m247.com/
    hosts m247.com m247.ro; net m247.com m247.ro
interserver | InterServer | | https://www.interserver.net/
    hosts interserver.net trouble-free.net; net interserver.net
buyvm | BuyVM (FranTech) | | https://buyvm.net/
    hosts buyvm.net frantech.ca; net frantech.ca buyvm.net
liquidweb | Liquid Web | | https://www.liquidweb.com/
    hosts liquidweb.com sourcedns.com nexcess.net; net liquidweb.com
a2hosting | A2 Hosting | | https://www.a2hosting.com/
    hosts a2hosted.com; net a2hosting.com
inmotion | InMotion Hosting | | https://www.inmotionhosting.com/
    hosts inmotionhosting.com; net inmotionhosting.com
upcloud | UpCloud | | https://upcloud.com/
    hosts upcloud.host upcloud.com; net upcloud.com
kamatera | Kamatera | | https://www.kamatera.com/
    hosts kamatera.com cloud-xip.com; net kamatera.com
oracle-cloud | Oracle Cloud Infrastructure | | https://www.oracle.com/cloud/
    hosts oraclevcn.com oraclecloud.com; net oracle.com
alibaba-cloud | Alibaba Cloud | | https://www.alibabacloud.com/
    hosts alibabacloud.com; net alibabacloud.com aliyun.com alibabagroup.com
tencent-cloud | Tencent Cloud | | https://www.tencentcloud.com/
    hosts tencentcloud.com; net tencent.com tencentcloud.com
huawei-cloud | Huawei Cloud | | https://www.huaweicloud.com/
    hosts huaweicloud.com; net huaweicloud.com huawei.com
selectel | Selectel | | https://selectel.ru/
    hosts selectel.ru selectel.com; net selectel.ru selectel.com
timeweb | Timeweb | | https://timeweb.com/
    hosts timeweb.ru timeweb.com timeweb.cloud twc1.net; net timeweb.ru timeweb.com timeweb.cloud
regru | REG.RU | | https://www.reg.ru/
    hosts reg.ru regruhosting.ru; net reg.ru
ihor | FirstVDS | | https://firstvds.ru/
    hosts firstvds.ru fvds.ru
vdsina | VDSina | | https://www.vdsina.com/
    hosts hosted-by-vdsina.ru hosted-by-vdsina.com
ramnode | RamNode | | https://ramnode.com/
    hosts ramnode.com; net ramnode.com
godaddy-servers | GoDaddy servers | | https://www.godaddy.com/hosting/vps-hosting
    hosts ip.secureserver.net host.secureserver.net; net godaddy.com
newfold-servers | Bluehost, HostGator servers | | https://www.bluehost.com/
    hosts unifiedlayer.com; net newfold.com unifiedlayer.com
ibm-cloud | IBM Cloud (SoftLayer) | | https://www.ibm.com/cloud
    hosts sl-reverse.com softlayer.com networklayer.com; net softlayer.com
rackspace-cloud | Rackspace Cloud Servers | | https://www.rackspace.com/
    hosts cloud-ips.com; net rackspace.com
hivelocity | Hivelocity | | https://www.hivelocity.net/
    hosts hvvc.us hivelocity.net; net hivelocity.net
limestone | Limestone Networks | | https://www.limestonenetworks.com/
    hosts lstn.net; net limestonenetworks.com
steadfast | Steadfast | | https://www.steadfast.net/
    hosts steadfastdns.net; net steadfast.net
phoenixnap | phoenixNAP | | https://phoenixnap.com/
    hosts securedservers.com phoenixnap.com; net phoenixnap.com
sharktech | Sharktech | | https://sharktech.net/
    hosts sharktech.net; net sharktech.net
servermania | ServerMania | | https://www.servermania.com/
    hosts servermania.com; net servermania.com
datapacket | DataPacket, CDN77 | | https://www.datapacket.com/
    hosts datapacket.com cdn77.com; net datapacket.com cdn77.com datacamp.co.uk
worldstream | Worldstream | | https://www.worldstream.com/
    hosts worldstream.nl; net worldstream.nl worldstream.com
nforce | NForce Entertainment | | https://www.nforce.com/
    hosts nforce.com; net nforce.com
hostkey | HOSTKEY | | https://hostkey.com/
    hosts hostkey.com hostkey.ru; net hostkey.com hostkey.ru
transip-vps | TransIP VPS | | https://www.transip.nl/vps/
    hosts transip.net; net transip.nl
ikoula | Ikoula | | https://www.ikoula.com/
    hosts ikoula.com; net ikoula.com
gandi-vps | GandiCloud VPS | | https://www.gandi.net/
    hosts ghst.net
aruba-servers | Aruba Cloud and dedicated servers | | https://www.arubacloud.com/
    hosts serverdedicati.aruba.it arubacloud.com; net aruba.it
host-europe-servers | Host Europe servers | | https://www.hosteurope.de/
    hosts vs.hosteurope.de dedicated.hosteurope.de startdedicated.de startdedicated.com startdedicated.net; net hosteurope.de
server4you | SERVER4YOU, PlusServer | | https://www.server4you.com/
    hosts ip-pool.com
time4vps | Time4VPS | | https://www.time4vps.com/
    hosts time4vps.cloud time4vps.eu
hosthatch | HostHatch | | https://hosthatch.com/
    hosts hosthatch.com; net hosthatch.com
webdock | Webdock | | https://webdock.io/
    hosts webdock.io webdock.cloud; net webdock.io
cherry-servers | Cherry Servers | | https://www.cherryservers.com/
    hosts cherryservers.com; net cherryservers.com
exoscale | Exoscale | | https://www.exoscale.com/
    hosts exoscale.com; net exoscale.com
glesys-vps | GleSYS servers | | https://glesys.com/
    hosts glesys.net; net glesys.com glesys.se
memset | Memset | | https://www.memset.com/
    hosts miniserver.com; net memset.com
bytemark | Bytemark | | https://www.bytemark.co.uk/
    hosts vm.bytemark.co.uk; net bytemark.co.uk
aeza | Aeza | | https://aeza.net/
    hosts aeza.network; net aeza.net
pq-hosting | PQ.Hosting | | https://pq.hosting/
    hosts pq.hosting; net pq.hosting
locaweb-cloud | Locaweb Cloud | | https://www.locaweb.com.br/
    hosts publiccloud.com.br
donweb-cloud | DonWeb Cloud | | https://donweb.com/
    hosts dattaweb.com
e2e-networks | E2E Networks | | https://www.e2enetworks.com/
    hosts e2enetworks.net.in ssdcloudindia.net; net e2enetworks.com
gcore | Gcore | | https://gcore.com/
    hosts gcore.com; net gcore.com gcore.lu
zenlayer | Zenlayer | | https://www.zenlayer.com/
    hosts zenlayer.com; net zenlayer.com
ucloud | UCloud | | https://www.ucloud.cn/
    hosts ucloud.cn; net ucloud.cn
namecheap-servers | Namecheap servers | | https://www.namecheap.com/hosting/vps/
    net namecheap.com
clouvider | Clouvider | | https://www.clouvider.com/
    hosts clouvider.net; net clouvider.com clouvider.co.uk clouvider.net
gthost | GTHost | | https://gthost.com/
    hosts gthost.com; net gthost.com
latitude-sh | Latitude.sh | | https://www.latitude.sh/
    net latitude.sh maxihost.com
private-layer | Private Layer | | https://www.privatelayer.com/
    hosts privatelayer.com; net privatelayer.com
host-royale | HostRoyale | | https://hostroyale.com/
    net hostroyale.com
ipxo | IPXO | | https://www.ipxo.com/
    net ipxo.com
packethub | PacketHub | | https://packethub.net/
    net packethub.net
tzulo | tzulo | | https://tzulo.com/
    hosts tzulo.com; net tzulo.com
reliablesite | ReliableSite | | https://www.reliablesite.net/
    hosts reliablesite.net; net reliablesite.net
nocix | Nocix | | https://www.nocix.net/
    hosts nocix.net; net nocix.net
wholesale-internet | WholeSale Internet | | https://www.wholesaleinternet.net/
    hosts wholesaleinternet.net; net wholesaleinternet.net
servers-com | Servers.com | | https://www.servers.com/
    hosts servers.com; net servers.com
melbicom | Melbicom | | https://www.melbicom.net/
    net melbicom.net
fdcservers | FDCservers | | https://www.fdcservers.net/
    hosts fdcservers.net; net fdcservers.net
multacom | Multacom | | https://www.multacom.com/
    hosts multacom.com; net multacom.com
webnx | WebNX | | https://webnx.com/
    hosts webnx.com; net webnx.com
binarylane | BinaryLane | | https://www.binarylane.com.au/
    net binarylane.com.au
radore | Radore | | https://www.radore.com/
    hosts radore.com; net radore.com
serverius | Serverius | | https://serverius.net/
    hosts serverius.net serverius.com; net serverius.net serverius.com
hostsailor | HostSailor | | https://hostsailor.com/
    hosts hostsailor.com; net hostsailor.com
ablenet | ABLENET | ABLENET（ケイアンドケイコーポレーション） | https://www.ablenet.jp/
    hosts ablenetvps.ne.jp vps.ablenet.jp
racknerd | RackNerd | | https://www.racknerd.com/
    hosts racknerd.com; net racknerd.com
hostdime | HostDime | | https://www.hostdime.com/
    hosts hostdime.com dimenoc.com; net hostdime.com
sakura-vps | Sakura VPS, Sakura Cloud | さくらのVPS・さくらのクラウド | https://vps.sakura.ad.jp/
    hosts vs.sakura.ne.jp sakura.ad.jp; net sakura.ad.jp
conoha-vps | ConoHa VPS | ConoHa VPS | https://vps.conoha.jp/
    hosts cnode.jp cnode.io myvps.jp
xserver-vps | Xserver VPS | Xserver VPS | https://vps.xserver.ne.jp/
    hosts xvps.ne.jp xvps.jp; net xserver.co.jp
kagoya-vps | KAGOYA CLOUD VPS | KAGOYA CLOUD VPS | https://www.kagoya.jp/
    hosts ip.kagoya.net vir.kagoya.net kagoya.cloud
idcf-cloud | IDCF Cloud | IDCFクラウド | https://www.idcf.jp/
    hosts idcf.jp idcfcloud.net; net idcf.jp
nifcloud | NIFCLOUD | ニフクラ | https://pfs.nifcloud.com/
    hosts nifcloud.com; net nifcloud.com
gmo-vps | GMO Cloud VPS | GMOクラウド VPS | https://vps.gmocloud.com/
    hosts vps.gmocloud.com
webarena-indigo | WebARENA Indigo | WebARENA Indigo | https://web.arena.ne.jp/indigo/
    hosts static.arena.ne.jp
""",
)
