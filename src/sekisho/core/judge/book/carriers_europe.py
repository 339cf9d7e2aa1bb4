"""Internet providers and portals of Europe and around it; their hosts also forward for their users."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.MAILBOX,
    """
t-online | Deutsche Telekom (T-Online) | | https://postmaster.t-online.de/
    hosts t-online.de; dkim t-online.de; return t-online.de magenta.de
freenet-de | freenet | | https://www.freenet.de/
    hosts freenet.de; dkim freenet.de; return freenet.de
vodafone-de | Vodafone, Arcor (Germany) | | https://www.vodafone.de/
    hosts arcor-online.net vodafonemail.xion.oxcs.net vodafonemail.de; return arcor.de vodafone.de vodafonemail.de
netcologne | NetCologne | | https://www.netcologne.de/
    hosts netcologne.de; return netcologne.de
m-net | M-net | | https://www.m-net.de/
    hosts m-online.net mnet-online.de; return mnet-mail.de mnet-online.de
ewe | EWE | | https://www.ewe.de/
    hosts ewetel.de ewetel.net ewe.net; return ewetel.net ewe.net
a1-at | A1 Telekom Austria | | https://www.a1.net/
    hosts a1.net aon.at; return a1.net aon.at
bluewin | Swisscom Bluewin | | https://www.bluewin.ch/
    hosts bluewin.ch; dkim bluewin.ch; return bluewin.ch
sunrise-ch | Sunrise, hispeed | | https://www.sunrise.ch/
    hosts sunrise.ch hispeed.ch; return sunrise.ch hispeed.ch swissonline.ch
green-ch | green.ch | | https://www.green.ch/
    hosts green.ch; return green.ch
orange-fr | Orange (France) | | https://postmaster.orange.fr/
    hosts orange.fr orange-business.fr; spf wanadoo.fr; dkim orange.fr wanadoo.fr; return orange.fr wanadoo.fr
free-fr | Free (France) | | https://postmaster.free.fr/
    hosts free.fr; dkim free.fr; return free.fr aliceadsl.fr
laposte | La Poste | | https://www.laposte.net/
    hosts laposte.net; dkim laposte.net; return laposte.net
sfr | SFR | | https://www.sfr.fr/
    hosts sfr.fr sfrbusinessteam.fr; return sfr.fr neuf.fr cegetel.net club-internet.fr numericable.fr
bouygues | Bouygues Telecom | | https://www.bouyguestelecom.fr/
    hosts bbox.fr bouyguestelecom.fr bouygtel.fr; return bbox.fr
libero | Libero, Virgilio | | https://www.libero.it/
    hosts libero.it italiaonline.it; dkim libero.it; return libero.it virgilio.it iol.it inwind.it blu.it
tim-it | TIM, Alice | | https://www.tim.it/
    hosts tin.it alice.it tim.it; return tin.it alice.it tim.it
tiscali-it | Tiscali (Italy) | | https://www.tiscali.it/
    hosts tiscali.it; return tiscali.it
fastweb | Fastweb | | https://www.fastweb.it/
    hosts fastwebnet.it; return fastwebnet.it
telefonica-es | Movistar (Spain) | | https://www.movistar.es/
    hosts telefonica.net movistar.es; return telefonica.net movistar.es terra.es
ono-es | ONO (Vodafone Spain) | | https://www.vodafone.es/
    hosts ono.com; return ono.com
sapo | SAPO | | https://www.sapo.pt/
    hosts sapo.pt telepac.pt; return sapo.pt netcabo.pt mail.telepac.pt
telenet | Telenet (Belgium) | | https://www.telenet.be/
    hosts telenet-ops.be; return telenet.be pandora.be
proximus | Proximus, Skynet (Belgium) | | https://www.proximus.be/
    hosts isp.belgacom.be skynet.be proximus.be; return skynet.be proximus.be
voo | VOO (Belgium) | | https://www.voo.be/
    hosts voo.be; return voo.be
ziggo | Ziggo, Virgin Media | | https://www.ziggo.nl/
    hosts iss.as9143.net ziggo.nl virginmedia.com
    return ziggo.nl home.nl casema.nl hetnet.nl virginmedia.com ntlworld.com blueyonder.co.uk virgin.net
upc | UPC | | https://www.libertyglobal.com/
    hosts upcmail.net; return chello.at chello.nl chello.hu chello.pl chello.sk upcmail.nl upcmail.hu upcmail.ie
kpn | KPN, XS4ALL | | https://www.kpn.com/
    hosts kpnmail.nl kpnxchange.com xs4all.net; return kpnmail.nl planet.nl kpnplanet.nl xs4all.nl
btinternet | BT | | https://www.bt.com/
    hosts btinternet.com bt.com; dkim btinternet.com; return btinternet.com btopenworld.com
talktalk | TalkTalk | | https://www.talktalk.co.uk/
    hosts talktalk.net uk.tiscali.com; return talktalk.net tiscali.co.uk lineone.net
plusnet | Plusnet | | https://www.plus.net/
    hosts plus.net; return plus.com plus.net
zen-uk | Zen Internet | | https://www.zen.co.uk/
    hosts zen.co.uk; return zen.co.uk
eircom | eir | | https://www.eir.ie/
    hosts eircom.net; return eircom.net
telia | Telia (Sweden) | | https://www.telia.se/
    hosts skanova.net; spf spf-a.telia.com; return telia.com
telenor-se | Telenor, Bredbandsbolaget (Sweden) | | https://www.telenor.se/
    return bredband.net telenor.se
bredband2 | Bredband2 | | https://www.bredband2.com/
    hosts bredband2.com; return bredband2.com
online-no | Telenor Online (Norway) | | https://www.telenor.no/
    return online.no
tdc-dk | TDC, YouSee | | https://www.yousee.dk/
    hosts tele.dk; return yousee.dk mail.tele.dk tdcadsl.dk
elisa | Elisa, Saunalahti | | https://elisa.fi/
    hosts saunalahti.fi elisa.fi kolumbus.fi; return saunalahti.fi elisanet.fi kolumbus.fi
dna-fi | DNA (Finland) | | https://www.dna.fi/
    hosts dnainternet.net dnamail.fi; return dnainternet.net dnamail.fi
inet-fi | Telia (Finland) | | https://www.telia.fi/
    hosts inet.fi; return inet.fi
kapsi | Kapsi | | https://www.kapsi.fi/
    hosts kapsi.fi; return kapsi.fi
inbox-lv | Inbox.lv | | https://www.inbox.lv/
    hosts inbox.lv; dkim inbox.lv; return inbox.lv
wp-pl | Wirtualna Polska | | https://www.wp.pl/
    hosts wp.pl o2.pl; dkim wp.pl o2.pl; return wp.pl o2.pl tlen.pl go2.pl
onet | Onet | | https://www.onet.pl/
    hosts onet.pl; dkim onet.pl; return onet.pl op.pl onet.eu vp.pl
interia | Interia | | https://www.interia.pl/
    hosts interia.pl; dkim interia.pl; return interia.pl interia.eu poczta.fm
seznam | Seznam | | https://napoveda.seznam.cz/
    hosts seznam.cz; spf spf.seznam.cz; dkim seznam.cz email.cz post.cz; return seznam.cz email.cz post.cz
centrum-cz | Centrum, Atlas (Czechia) | | https://www.centrum.cz/
    hosts centrum.cz atlas.cz; return centrum.cz centrum.sk atlas.cz
volny | Volny | | https://www.volny.cz/
    hosts volny.cz; return volny.cz
azet | Azet, Pobox (Slovakia) | | https://www.azet.sk/
    hosts azet.sk; return azet.sk
freemail-hu | Freemail (Hungary) | | https://freemail.hu/
    hosts freemail.hu; return freemail.hu
citromail | Citromail | | https://citromail.hu/
    hosts citromail.hu; return citromail.hu
abv | ABV Mail | | https://www.abv.bg/
    hosts abv.bg; dkim abv.bg; return abv.bg gyuvetch.bg
mail-bg | Mail.bg | | https://mail.bg/
    hosts mail.bg; return mail.bg
otenet | OTEnet | | https://www.cosmote.gr/
    return otenet.gr
forthnet | Forthnet, Nova | | https://www.nova.gr/
    return forthnet.gr
mynet | Mynet | | https://www.mynet.com/
    hosts mynet.com; return mynet.com
mail-ru | Mail.ru | | https://help.mail.ru/
    hosts mail.ru smailru.net; spf _spf.mail.ru; dkim mail.ru bk.ru inbox.ru list.ru
    return mail.ru bk.ru inbox.ru list.ru internet.ru
yandex | Yandex | | https://yandex.com/support/mail/
    hosts yandex.net yandex.ru yandex.com; spf _spf.yandex.net _spf.yandex.ru; dkim yandex.ru yandex.com ya.ru
    return yandex.ru yandex.com ya.ru yandex.by yandex.kz yandex.ua
rambler | Rambler | | https://help.rambler.ru/
    hosts rambler.ru; dkim rambler.ru; return rambler.ru lenta.ru autorambler.ru ro.ru
ukr-net | Ukr.net | | https://www.ukr.net/
    hosts ukr.net fwdcdn.com; dkim ukr.net; return ukr.net
i-ua | I.UA | | https://mail.i.ua/
    hosts i.ua; dkim i.ua; return i.ua
meta-ua | Meta.ua | | https://meta.ua/
    hosts meta.ua; return meta.ua
walla | Walla | | https://www.walla.co.il/
    hosts walla.co.il walla.com; return walla.com walla.co.il
netvision-il | 013 Netvision | | https://www.cellcom.co.il/
    hosts netvision.net.il 013.net; return netvision.net.il
012-il | 012 Smile | | https://www.012.net/
    hosts 012.net.il; return 012.net.il
bezeqint | Bezeq International | | https://www.bezeqint.net/
    hosts bezeqint.net; return bezeqint.net
t-2 | T-2 (Slovenia) | | https://www.t-2.net/
    hosts t-2.net; return t-2.net t-2.si
siol | SiOL (Telekom Slovenije) | | https://www.telekom.si/
    hosts siol.net; return siol.net siol.com
hot-ee | hot.ee, mail.ee (Estonia) | | https://www.mail.ee/
    hosts hot.ee mail.ee; return hot.ee mail.ee
siminn | Siminn (Iceland) | | https://www.siminn.is/
    hosts simnet.is; return simnet.is
cytanet | Cytanet (Cyprus) | | https://www.cyta.com.cy/
    hosts cytanet.com.cy; return cytanet.com.cy
poste-it | Poste Italiane | | https://www.poste.it/
    hosts poste.it postecert.it; return poste.it postecert.it
legalmail | InfoCert Legalmail | | https://www.infocert.it/
    hosts legalmail.it infocert.it; return legalmail.it
email-it | Email.it | | https://www.email.it/
    hosts email.it; return email.it
zoznam | Zoznam (Slovakia) | | https://www.zoznam.sk/
    hosts zoznam.sk; return zoznam.sk
""",
)
