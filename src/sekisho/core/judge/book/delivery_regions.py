"""Delivery services that are at home in one country or part of the world outside Japan."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.SERVICE,
    """
splio | Splio | | https://splio.com/
    hosts splio.com; spf spf.splio.com
sarbacane | Sarbacane | | https://www.sarbacane.com/
    hosts sarbacane.com
actito | Actito | | https://www.actito.com/
    hosts actito.com actito.be
np6 | NP6, MailPerformance | | https://www.chapsvision.com/
    hosts np6.com mperf.com
dolist | Dolist | | https://www.dolist.com/
    hosts dolist.net dolist.com
cabestan | Cabestan | | https://www.cabestan.com/
    hosts cabestan.com
oximailing | OxiMailing | | https://www.oximailing.com/
    hosts oximailing.com; spf spf.oximailing.com
scaleway-tem | Scaleway Transactional Email | | https://www.scaleway.com/en/docs/transactional-email/
    hosts scw-tem.cloud; spf _spf.scw-tem.cloud; return scw-tem.cloud
mailup | MailUp | | https://help.mailup.com/
    hosts mailup.com musvc.com; return musvc.com
contactlab | Contactlab | | https://contactlab.com/
    hosts contactlab.it contactlab.com
magnews | magnews | | https://www.magnews.com/
    hosts magnews.it magnews.com
mailrelay-es | Mailrelay | | https://mailrelay.com/
    hosts ip-zone.com; return ip-zone.com
acumbamail | Acumbamail | | https://acumbamail.com/
    hosts acumbamail.com
mdirector | MDirector | | https://www.mdirector.com/
    hosts mdirector.com mdrctr.com
egoi | E-goi | | https://www.e-goi.com/
    hosts e-goi.com egoi.com
mailpro | Mailpro | | https://www.mailpro.com/
    hosts mailpro.com
cleverreach | CleverReach | | https://support.cleverreach.de/
    hosts cleverreach.com crsend.com; dkim crsend.com; return crsend.com
rapidmail | rapidmail | | https://www.rapidmail.com/
    hosts rapidmail.com rapidmail.de emailsys1a.net; dkim emailsys1a.net; return emailsys1a.net
inxmail | Inxmail | | https://www.inxmail.com/
    hosts inxmail.com inxserver.com inxserver.de
optimizely-campaign | Optimizely Campaign | | https://docs.developers.optimizely.com/
    hosts broadmail.de srv2.de; return broadmail.de srv2.de
newsletter2go | Newsletter2Go | | https://www.newsletter2go.de/
    hosts newsletter2go.com newsletter2go.de
klick-tipp | KlickTipp | | https://www.klicktipp.com/
    hosts klick-tipp.com klicktipp.com
evalanche | Evalanche (SC-Networks) | | https://www.sc-networks.de/
    hosts scnem.com scnem2.com evalanche.com; return scnem.com scnem2.com
artegic | artegic ELAINE | | https://www.artegic.com/
    hosts elaine-asp.de artegic.net; return elaine-asp.de
mailingwork | mailingwork | | https://mailingwork.de/
    hosts mailingwork.de
agnitas | AGNITAS | | https://www.agnitas.de/
    hosts agnitas.de
maileon | Maileon (XQueue) | | https://maileon.com/
    hosts xqueue.com maileon.com
mapp | Mapp Engage | | https://mapp.com/
    hosts shortest-route.com mapp.com; return shortest-route.com
copernica | Copernica, SMTPeter | | https://www.copernica.com/
    hosts picsrv.net copernica.com smtpeter.com
mailplus-nl | Spotler MailPlus | | https://spotler.nl/
    hosts mailplus.nl; spf _spf.mailplus.nl
tripolis | Tripolis | | https://www.tripolis.com/
    hosts tripolis.com
laposta | Laposta | | https://laposta.nl/
    hosts laposta.nl laposta.org
flexmail | Flexmail | | https://flexmail.be/
    hosts flexmail.eu flexmail.be
selligent | Marigold Engage (Selligent) | | https://www.marigold.com/
    hosts slgnt.eu slgnt.us emsecure.net; return slgnt.eu slgnt.us emsecure.net
adestra | Upland Adestra | | https://uplandsoftware.com/adestra/
    hosts msgfocus.com adestra.com; return msgfocus.com
pure360 | Pure360 | | https://www.pure360.com/
    hosts pure360.com
communigator | CommuniGator | | https://www.communigator.co.uk/
    hosts communigator.co.uk
force24 | Force24 | | https://www.force24.co.uk/
    hosts force24.co.uk
poppulo | Poppulo (Newsweaver) | | https://www.poppulo.com/
    hosts nw027.com newsweaver.com newsweaver.co.uk poppulo.com
apsis | APSIS (Efficy) | | https://www.apsis.com/
    hosts anpdm.com apsis.com apsis.se; return anpdm.com
rule | Rule | | https://www.rule.io/
    hosts rule.io rule.se
get-a-newsletter | Get a Newsletter | | https://www.getanewsletter.com/
    hosts getanewsletter.com; spf getanewsletter.com
ubivox | Ubivox | | https://www.ubivox.com/
    hosts ubivox.com; spf spf.ubivox.com
peytz | Peytz Mail | | https://peytz.dk/
    hosts peytzmail.com
liana | LianaMailer | | https://www.lianatech.com/
    hosts lianamailer.com
emaillabs | EmailLabs (Vercom) | | https://emaillabs.io/
    hosts emaillabs.net.pl emaillabs.co; spf _spf.emaillabs.net.pl
freshmail | FreshMail | | https://freshmail.com/
    hosts freshmail.pl freshmail.com
sare | SARE | | https://sare.pl/
    hosts sare.pl
salesmanago | SALESmanago | | https://www.salesmanago.com/
    hosts salesmanago.com salesmanago.pl
mailkit | Mailkit | | https://www.mailkit.com/
    hosts mailkit.eu mailkit.com
ecomail | Ecomail | | https://ecomail.cz/
    hosts ecomailapp.cz ecomail.cz
smartemailing | SmartEmailing | | https://www.smartemailing.cz/
    hosts smartemailing.cz
unisender | Unisender | | https://www.unisender.com/
    hosts unisender.com unisender.ru; spf spf.unisender.com
sendpulse | SendPulse | | https://sendpulse.com/
    hosts sendpulse.com smtp-pulse.com
esputnik | Yespo (eSputnik) | | https://yespo.io/
    hosts esputnik.com yespo.io
mindbox | Mindbox | | https://mindbox.ru/
    hosts mindbox.ru
sendsay | Sendsay | | https://sendsay.ru/
    hosts sendsay.ru
dashamail | DashaMail | | https://dashamail.ru/
    hosts dashamail.com dashamail.ru
notisend | NotiSend | | https://notisend.ru/
    hosts notisend.ru
getcourse | GetCourse | | https://getcourse.ru/
    hosts getcourse.ru
related-digital | Related Digital (euro.message) | | https://www.relateddigital.com/
    hosts euromsg.net euromsg.com; dkim euromsg.net; return euromsg.net
setrow | Setrow | | https://www.setrow.com/
    hosts setrow.com
active-trail | ActiveTrail | | https://www.activetrail.com/
    hosts activetrail.com
netcore | Netcore Email (Pepipost, Falconide) | | https://netcorecloud.com/
    hosts pepipost.net pepipost.com pepitrans01.com pepitrans02.com netcore.co.in netcorecloud.net falconide.com
    spf pepipost.net; return pepipost.net
juvlon | Juvlon | | https://juvlon.com/
    hosts juvlon.com
moengage | MoEngage | | https://www.moengage.com/
    hosts moengage.com
webengage | WebEngage | | https://webengage.com/
    hosts webengage.com
aliyun-directmail | Alibaba Cloud Direct Mail | | https://www.alibabacloud.com/product/directmail
    hosts dm.aliyun.com; spf spf1.dm.aliyun.com
tencent-ses | Tencent Cloud SES | | https://www.tencentcloud.com/
    hosts qcloudmail.com; spf qcloudmail.com; dkim qcloudmail.com; return qcloudmail.com
sendcloud-cn | SendCloud (China) | | https://www.sendcloud.net/
    hosts sendcloud.org sendcloud.net; spf spf.sendcloud.org spf1.sendcloud.org spf2.sendcloud.org; return sendcloud.org
stibee | Stibee | | https://stibee.com/
    hosts stibee.com
directsend-kr | DirectSend | | https://directsend.co.kr/
    hosts directsend.co.kr
newsleopard | NewsLeopard | 電子豹（NewsLeopard） | https://newsleopard.com/
    hosts newsleopard.com
rspread | Spread | | https://www.rspread.com/
    hosts rspread.com
vision6 | Vision6 | | https://www.vision6.com/
    hosts vision6.com.au vision6.com
taguchi | Taguchi | | https://www.taguchi.com.au/
    hosts taguchimail.com
swift-digital | Swift Digital | | https://swiftdigital.com.au/
    hosts swiftdigital.com.au
locaweb-smtp | SMTP Locaweb | | https://www.locaweb.com.br/
    hosts smtplw.com.br; return smtplw.com.br
rd-station | RD Station | | https://www.rdstation.com/
    hosts rdstation.com.br rdstation.com
allin-br | allin | | https://www.allin.com.br/
    hosts allin.com.br
akna | Akna | | https://www.akna.com.br/
    hosts akna.com.br akna.com
dinamize | Dinamize | | https://www.dinamize.com.br/
    hosts dinamize.com
doppler | Doppler | | https://www.fromdoppler.com/
    hosts fromdoppler.com
emblue | emBlue | | https://www.embluemail.com/
    hosts embluemail.com embluejet.com
cyberimpact | Cyberimpact | | https://www.cyberimpact.com/
    hosts cyberimpact.com
dialog-insight | Dialog Insight | | https://www.dialoginsight.com/
    hosts ofsys.com dialoginsight.com; return ofsys.com
cakemail | Cakemail | | https://www.cakemail.com/
    hosts cakemail.com
everlytic | Everlytic | | https://www.everlytic.com/
    hosts everlytic.net everlytic.co.za everlytic.com
""",
)
