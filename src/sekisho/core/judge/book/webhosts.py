"""Providers of shared web space of the world; mail of their customers, and of their customers' web pages, leaves by their hosts."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.MAILBOX,
    """
godaddy-email | GoDaddy | | https://www.godaddy.com/help
    hosts secureserver.net; spf secureserver.net
bluehost | Bluehost, HostGator | | https://www.bluehost.com/help
    hosts bluehost.com hostgator.com hostgator.com.br websitewelcome.com mail.unifiedlayer.com justhost.com hostmonster.com
        fastdomain.com; spf websitewelcome.com bluehost.com justhost.com hostmonster.com
ipage | iPage, FatCow (Endurance) | | https://www.ipage.com/help
    hosts eigbox.net ipage.com fatcow.com
web-com | Network Solutions, Register.com, Web.com | | https://www.networksolutions.com/help
    hosts registeredsite.com netsolmail.net networksolutions.com register.com; spf spf.netsolmail.net
namecheap-hosting | Namecheap shared hosting | | https://www.namecheap.com/hosting/shared/
    hosts web-hosting.com jellyfish.systems; spf spf.web-hosting.com
spaceship | Spaceship | | https://www.spaceship.com/
    hosts spaceship.host spacemail.com; spf spf.spacemail.com spf.shared.spaceship.host
name-com | Name.com | | https://www.name.com/support
    hosts name.com
dreamhost | DreamHost | | https://help.dreamhost.com/
    hosts dreamhost.com dreamhostps.com; spf netblocks.dreamhost.com
siteground | SiteGround | | https://www.siteground.com/kb/
    hosts sgvps.net siteground.com siteground.biz mailspamprotection.com; spf _spf.mailspamprotection.com
hostinger-mail | Hostinger | | https://support.hostinger.com/
    hosts hostinger.com hostinger.io main-hosting.eu niagahoster.com; spf _spf.mail.hostinger.com
a2-shared | A2 Hosting shared hosting | | https://www.a2hosting.com/kb
    hosts a2hosting.com
interserver-shared | InterServer shared hosting | | https://www.interserver.net/tips/
    hosts is.cc
inmotion-shared | InMotion shared hosting | | https://www.inmotionhosting.com/support/
    hosts servconfig.com
mailchannels | MailChannels | MailChannels（レンタルサーバー事業者の送信中継） | https://support.mailchannels.com/
    hosts mailchannels.net mailchannels.com; spf relay.mailchannels.net spf1.mailchannels.net spf2.mailchannels.net
cloudmark-outbound | Cloudmark outbound (Bluehost, Shaw) | Cloudmark（事業者の送信中継） | https://www.proofpoint.com/
    hosts a.cloudfilter.net; spf eig.spf.a.cloudfilter.net
pair | pair Networks | | https://www.pair.com/
    hosts pair.com
tiger-tech | Tiger Technologies | | https://www.tigertech.net/
    hosts tigertech.net; spf tigertech.net
wp-engine | WP Engine, Flywheel | | https://wpengine.com/support/
    hosts wpengine.com flywheelsites.com
kinsta | Kinsta | | https://kinsta.com/docs/
    hosts kinstamailservice.com; spf relay.kinstamailservice.com
acquia | Acquia | | https://docs.acquia.com/
    hosts acquia.com; spf _spf.acquia.com
hawkhost | Hawk Host | | https://www.hawkhost.com/
    hosts arandomserver.com hawkhost.com; spf _spf.arandomserver.com
smarterasp | SmarterASP.NET, Site4Now | | https://www.smarterasp.net/
    hosts site4now.net; spf _spf.site4now.net
doteasy | Doteasy | | https://www.doteasy.com/
    hosts doteasy.com
hostpapa | HostPapa | | https://www.hostpapa.com/
    hosts hostpapa.com
canadian-web-hosting | Canadian Web Hosting | | https://www.canadianwebhosting.com/
    hosts idig.net
whc-ca | Web Hosting Canada | | https://whc.ca/
    hosts mywhc.ca
webhostbox | ResellerClub, BigRock | | https://www.resellerclub.com/
    hosts webhostbox.net bigrock.com bigrock.in
world-host-group | World Host Group | | https://www.worldhost.group/
    hosts mysecurecloudhost.com; spf spf.mysecurecloudhost.com
ionos | IONOS | | https://www.ionos.com/help
    hosts kundenserver.de perfora.net 1and1.com ionos.com
    spf _spf-eu.ionos.com _spf-us.ionos.com _spf.perfora.net _spf.kundenserver.de
strato | STRATO | | https://www.strato.de/
    hosts strato.de rzone.de; spf smtp.rzone.de
hetzner-web | Hetzner web hosting | | https://docs.hetzner.com/konsoleh/
    hosts your-server.de
all-inkl | ALL-INKL.COM | | https://all-inkl.com/
    hosts kasserver.com; spf spf.kasserver.com
mittwald | Mittwald | | https://www.mittwald.de/
    hosts agenturserver.de mittwald.de; spf agenturserver.de
host-europe | Host Europe | | https://www.hosteurope.de/
    hosts webpack.hosteurope.de mail.hosteurope.de
domainfactory | domainFACTORY | | https://www.df.eu/
    hosts ispgateway.de df.eu; spf ispgateway.de
variomedia | Variomedia | | https://www.variomedia.de/
    hosts variomedia.de; spf spf.variomedia.de
manitu | manitu | | https://www.manitu.de/
    hosts manitu.net; spf _spf.manitu.net
hostsharing | Hostsharing | | https://www.hostsharing.net/
    hosts hostsharing.net
uberspace | Uberspace | | https://uberspace.de/
    hosts uberspace.de
alfahosting | Alfahosting | | https://alfahosting.de/
    hosts alfahosting-server.de
world4you | World4You | | https://www.world4you.com/
    hosts w4ymail.at world4you.com; spf spf.w4ymail.at
easyname | easyname | | https://www.easyname.com/
    hosts easyname.com easyname.eu; spf spf.easyname.com
hostpoint | Hostpoint | | https://support.hostpoint.ch/
    hosts hostpoint.ch; spf spf.mail.hostpoint.ch
cyon | cyon | | https://www.cyon.ch/
    hosts cyon.net cyon.ch; spf spf.protection.cyon.net
metanet | METANET | | https://www.metanet.ch/
    hosts metanet.ch
infomaniak | Infomaniak | | https://www.infomaniak.com/
    hosts infomaniak.ch infomaniak.com; spf spf.infomaniak.ch; return ik.me ikmail.com
ovh-mail | OVHcloud Mail | | https://help.ovhcloud.com/
    hosts mail.ovh.net mail-out.ovh.net hosting.ovh.net; spf mx.ovh.com; return mail-out.ovh.net
gandi-mail | Gandi Mail | | https://docs.gandi.net/
    hosts gandi.net gpaas.net; spf _mailcust.gandi.net spf.gpaas.net
online-net | Scaleway Web Hosting (Online) | | https://www.scaleway.com/
    hosts mail.online.net; spf spf.online.net
bookmyname | BookMyName | | https://www.bookmyname.com/
    hosts bookmyname.com; spf _spf.bookmyname.com
phpnet-fr | PHPNET | | https://www.phpnet.org/
    hosts phpnet.org; spf spf.phpnet.org
aruba-it | Aruba (Italy) | | https://www.aruba.it/
    hosts aruba.it arubapec.it pec.it; spf _spf.aruba.it aruba.it
register-it | Register.it | | https://www.register.it/
    hosts register.it webapps.net; spf spf.webapps.net
seeweb | Seeweb | | https://www.seeweb.it/
    hosts seeweb.it; spf _spf.th.seeweb.it
arsys | Arsys | | https://www.arsys.es/
    hosts servidoresdns.net arsys.es
acens | acens | | https://www.acens.com/
    hosts acens.net
dinahosting | dinahosting | | https://dinahosting.com/
    hosts dinaserver.com dinahosting.com
raiola | Raiola Networks | | https://raiolanetworks.com/
    hosts raiolanetworks.com raiolanetworks.es; spf spf.raiolanetworks.com
cdmon | cdmon | | https://www.cdmon.com/
    hosts cdmon.com cdmon.net
transip | TransIP | | https://www.transip.nl/
    hosts mail.transip.nl transip.email; spf _spf.transip.email
hostnet-nl | Hostnet (Netherlands) | | https://www.hostnet.nl/
    hosts hostnet.nl
mijndomein | Mijndomein | | https://www.mijndomein.nl/
    hosts mijndomeinhosting.nl mijndomein.nl; spf spf.mijndomeinhosting.nl
vimexx | Vimexx | | https://www.vimexx.nl/
    hosts zxcs.nl; spf filter-out.zxcs.nl
antagonist | Antagonist | | https://www.antagonist.nl/
    hosts webhostingserver.nl antagonist.nl
byte-nl | Hypernode, Byte | | https://www.hypernode.com/
    hosts byte.nl hypernode.io; spf spf.byte.nl
vevida | Vevida | | https://www.vevida.com/
    hosts vevida.com; spf spf.vevida.com
greenhost | Greenhost | | https://greenhost.net/
    hosts greenhost.nl greenhost.net; spf spf.greenhost.nl
combell | Combell | | https://www.combell.com/
    hosts combell.com mailprotect.be; spf _spf.relay.mailprotect.be
one-com | one.com | | https://help.one.com/
    hosts one.com; spf _spf.one.com _custspf.one.com
simply-com | Simply.com (UnoEuro) | | https://www.simply.com/
    hosts simply.com unoeuro.com; spf spf.simply.com spf.unoeuro.com
dandomain | DanDomain, ScanNet, Curanet | | https://www.dandomain.dk/
    hosts dandomain.dk scannet.dk curanet.dk; spf spf.dandomain.dk spf.scannet.dk spf.curanet.dk
loopia | Loopia | | https://support.loopia.com/
    hosts loopia.se; spf spf.loopia.se kundspf.loopia.se
inleed | Inleed | | https://inleed.com/
    hosts inleed.se inleed.net; spf spf.inleed.se
glesys-mail | GleSYS Email | | https://glesys.com/
    hosts glesys.se; spf spf.glesys.se _mail.glesys.com
crystone | Crystone | | https://www.crystone.com/
    hosts crystone.se; spf spf.crystone.se
domeneshop | Domeneshop | | https://domene.shop/
    hosts domeneshop.no; spf _spf.domeneshop.no
proisp | PRO ISP | | https://www.proisp.no/
    hosts proisp.no; spf _spf.proisp.no
webhuset | Webhuset | | https://www.webhuset.no/
    hosts webhuset.no; spf spf.webhuset.no
zoner-fi | Zoner | | https://www.zoner.fi/
    hosts zoner.fi; spf spf.zoner.fi
zone-ee | Zone Media | | https://www.zone.ee/
    hosts zone.eu zone.ee; spf _spf.zone.eu
elkdata | Elkdata, Veebimajutus | | https://www.veebimajutus.ee/
    hosts elkdata.ee; spf mail.spf.elkdata.ee
serveriai | Interneto vizija (serveriai.lt) | | https://www.iv.lt/
    hosts serveriai.lt
home-pl | home.pl | | https://pomoc.home.pl/
    hosts home.pl home.net.pl
nazwa | nazwa.pl | | https://www.nazwa.pl/
    hosts nazwa.pl az.pl
zenbox | Zenbox | | https://zenbox.pl/
    hosts zenbox.pl; spf _spf.zenbox.pl
lh-pl | LH.pl | | https://www.lh.pl/
    hosts lh.pl
websupport | Websupport | | https://www.websupport.sk/
    hosts websupport.sk websupport.cz websupport.se; spf _spf.websupport.sk _spf.websupport.cz spf.websupport.se
wedos | WEDOS | | https://www.wedos.com/
    hosts wedos.net wedos.com; spf _spf.we.wedos.net
forpsi | FORPSI | | https://www.forpsi.com/
    hosts forpsi.com forpsi.net
webglobe | Webglobe | | https://www.webglobe.com/
    hosts webglobe.com webglobe.cz webglobe.sk; spf _spf.webglobe.cz _spf.webglobe.sk
active24 | Active24 | | https://www.active24.com/
    hosts active24.cz active24.com
webnode | Webnode | | https://www.webnode.com/
    hosts webnode.com; spf spfuser.webnode.com
dotroll | DotRoll | | https://dotroll.com/
    hosts dotroll.com
superhosting-bg | SuperHosting.BG | | https://www.superhosting.bg/
    hosts superhosting.bg
natro | Natro | | https://www.natro.com/
    hosts natrohost.com natro.com; spf _spfcls.natrohost.com
fasthosts | Fasthosts | | https://www.fasthosts.co.uk/
    hosts live-servers.net livemail.co.uk fasthosts.co.uk; spf _spf.livemail.co.uk
heart-internet | Heart Internet, 123 Reg | | https://www.heartinternet.uk/
    hosts extendcp.co.uk heartinternet.uk reg365.net 123-reg.co.uk; spf spf.reg365.net
tsohost | tsoHost, GridHost | | https://www.tsohost.com/
    hosts gridhost.co.uk tsohost.com; spf gridhost.co.uk
namesco | Namesco | | https://www.names.co.uk/
    hosts hosts.co.uk names.co.uk
stackmail | 20i, Stackmail | | https://www.20i.com/
    hosts stackmail.com stackcp.com stackcp.net; spf spf.stackmail.com
lcn | LCN | | https://www.lcn.com/
    hosts lcn.com; spf spf.lcn.com
krystal | Krystal | | https://krystal.io/
    hosts krystal.uk krystal.co.uk
mythic-beasts | Mythic Beasts | | https://www.mythic-beasts.com/
    hosts mythic-beasts.com
blacknight | Blacknight | | https://www.blacknight.com/
    hosts blacknight.com blacknight.ie; spf spf.blacknight.ie
webhosting-ireland | Webhosting Ireland | | https://www.webhostingireland.ie/
    hosts webhostingireland.ie; spf spf.webhostingireland.ie
nicmail-ru | RU-CENTER | | https://www.nic.ru/
    hosts nicmail.ru
beget | Beget | | https://beget.com/
    hosts beget.com beget.ru
masterhost | Masterhost | | https://masterhost.ru/
    hosts masterhost.ru
majordomo-ru | Majordomo | | https://www.majordomo.ru/
    hosts majordomo.ru; spf _spf.majordomo.ru
jino | Jino | | https://www.jino.ru/
    hosts jino.ru
sweb | SpaceWeb | | https://sweb.ru/
    hosts sweb.ru
ukraine-com-ua | Hosting Ukraine | | https://www.ukraine.com.ua/
    hosts ukraine.com.ua
ps-kz | PS.kz | | https://www.ps.kz/
    hosts ps.kz; spf _spf.ps.kz
locaweb | Locaweb | | https://www.locaweb.com.br/
    hosts locaweb.com.br email-locaweb.com.br; spf _spf.locaweb.com.br
uol-host | UOL Host | | https://uolhost.uol.com.br/
    hosts uhserver.com
kinghost | KingHost | | https://king.host/
    hosts kinghost.net kinghost.com.br
umbler | Umbler | | https://help.umbler.com/
    hosts umbler.com; spf spf.umbler.com
redehost | RedeHost | | https://www.redehost.com.br/
    hosts redehost.com.br; spf spf.redehost.com.br
skymail-br | Skymail | | https://www.skymail.com.br/
    hosts skymail.net.br; spf spf.skymail.net.br
mandic | Mandic | | https://www.mandic.com.br/
    hosts mandic.com.br; spf spf.mandic.com.br
donweb | DonWeb | | https://donweb.com/
    hosts donweb.com toservers.com ferozo.com
xneelo | xneelo (Hetzner South Africa) | | https://xneelo.co.za/
    hosts host-h.net xneelo.co.za; spf spf.host-h.net
afrihost | Afrihost | | https://www.afrihost.com/
    hosts aserv.co.za afrihost.com; spf spf.aserv.co.za
netregistry | Webcentral | | https://www.webcentral.au/
    hosts netregistry.net webcentral.com.au
ventraip | VentraIP | | https://ventraip.com.au/
    hosts hostingplatform.net.au ventraip.com.au
free-parking-nz | 1st Domains, Freeparking (New Zealand) | | https://1stdomains.nz/
    hosts 1stdomains.co.nz hosts.net.nz; spf _spf.1stdomains.co.nz _spf.hosts.net.nz
exabytes | Exabytes | | https://www.exabytes.my/
    hosts exabytes.com mschosting.com
""",
)
