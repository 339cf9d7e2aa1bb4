"""Mailbox providers of the world; their hosts also forward for their users."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.MAILBOX,
    """
google | Google (Gmail, Workspace) | Google（Gmail・Workspace） | https://support.google.com/a/answer/33786
    hosts google.com googlemail.com gmail.com; spf _spf.google.com; dkim gmail.com google.com gappssmtp.com googlemail.com
    return gmail.com googlemail.com google.com
microsoft-365 | Microsoft 365, Outlook.com | Microsoft 365・Outlook.com | https://learn.microsoft.com/defender-office-365/
    hosts outlook.com hotmail.com office365.com microsoft.com; spf spf.protection.outlook.com
    dkim onmicrosoft.com outlook.com hotmail.com; return onmicrosoft.com outlook.com hotmail.com live.com msn.com
yahoo | Yahoo Mail, AOL | Yahoo Mail・AOL（米国） | https://senders.yahooinc.com/
    hosts yahoo.com yahoodns.net aol.com yahoo.net; dkim yahoo.com aol.com; return yahoo.com aol.com
apple-icloud | Apple iCloud Mail | Apple iCloud メール | https://support.apple.com/icloud
    hosts me.com icloud.com apple.com; spf icloud.com; dkim icloud.com me.com; return icloud.com me.com mac.com
gmx | GMX, WEB.DE, mail.com | | https://postmaster.gmx.net/
    hosts gmx.net gmx.com web.de mail.com kundenserver.de; dkim gmx.net gmx.de gmx.com web.de mail.com
    return gmx.net gmx.de gmx.com web.de mail.com
mail-ru | Mail.ru | | https://help.mail.ru/
    hosts mail.ru; spf _spf.mail.ru; dkim mail.ru; return mail.ru
yandex | Yandex | | https://yandex.com/support/mail/
    hosts yandex.net yandex.ru yandex.com; spf _spf.yandex.net; dkim yandex.ru yandex.com; return yandex.ru yandex.com
rambler | Rambler | | https://help.rambler.ru/
    hosts rambler.ru; dkim rambler.ru; return rambler.ru
qq | QQ Mail, Tencent Exmail | | https://service.mail.qq.com/
    hosts qq.com; spf spf.mail.qq.com; dkim qq.com; return qq.com
netease | NetEase 163, 126 | | https://help.mail.163.com/
    hosts 163.com 126.com netease.com yeah.net; spf spf.163.com; dkim 163.com 126.com; return 163.com 126.com yeah.net
aliyun-mail | Alibaba Mail | | https://www.alibabacloud.com/product/alibaba-mail
    hosts mail.aliyun.com; spf spf.mxhichina.com
sina | Sina Mail | | https://mail.sina.com.cn/
    hosts sina.com.cn sina.com; return sina.com sina.cn
naver | Naver | | https://mail.naver.com/
    hosts naver.com; dkim naver.com; return naver.com
daum | Daum, Kakao | | https://mail.daum.net/
    hosts daum.net hanmail.net kakao.com; dkim daum.net hanmail.net kakao.com; return daum.net hanmail.net kakao.com
fastmail | Fastmail | | https://www.fastmail.help/
    hosts messagingengine.com fastmail.com; spf spf.messagingengine.com; dkim messagingengine.com fastmail.com
    return fastmail.com messagingengine.com
proton | Proton Mail | | https://proton.me/support
    hosts protonmail.ch proton.ch proton.me; spf _spf.protonmail.ch; dkim protonmail.com proton.me
    return protonmail.com proton.me pm.me
zoho-mail | Zoho Mail | | https://www.zoho.com/mail/help/
    hosts zoho.com zoho.eu zoho.in zohomail.com; spf zoho.com zohomail.com one.zoho.com; dkim zoho.com zohomail.com
    return zoho.com zohomail.com
tuta | Tuta | | https://tuta.com/support
    hosts tutanota.de tuta.com; spf spf.tutanota.de; return tutanota.com tuta.com
mailbox-org | mailbox.org | | https://kb.mailbox.org/
    hosts mailbox.org; spf mailbox.org; dkim mailbox.org; return mailbox.org
posteo | Posteo | | https://posteo.de/
    hosts posteo.de; dkim posteo.net posteo.de; return posteo.de posteo.net
migadu | Migadu | | https://www.migadu.com/
    hosts migadu.com; spf spf.migadu.com
runbox | Runbox | | https://help.runbox.com/
    hosts runbox.com; spf spf.runbox.com; return runbox.com
hushmail | Hushmail | | https://www.hushmail.com/
    hosts hushmail.com; return hushmail.com
rackspace-email | Rackspace Email | | https://docs.rackspace.com/
    hosts emailsrvr.com; spf emailsrvr.com; return emailsrvr.com
godaddy-email | GoDaddy | | https://www.godaddy.com/help
    hosts secureserver.net; spf secureserver.net; return secureserver.net
opensrs-email | OpenSRS Hosted Email | | https://opensrs.com/
    hosts hostedemail.com; spf _spf.hostedemail.com
titan | Titan Email | | https://support.titan.email/
    hosts titan.email; spf spf.titan.email
ionos | IONOS | | https://www.ionos.com/help
    hosts perfora.net 1and1.com ionos.com; spf _spf.perfora.net _spf.kundenserver.de
strato | STRATO | | https://www.strato.de/
    hosts strato.de rzone.de; spf smtp.rzone.de
t-online | Deutsche Telekom (T-Online) | | https://postmaster.t-online.de/
    hosts t-online.de; return t-online.de
freenet-de | freenet | | https://www.freenet.de/
    hosts freenet.de; return freenet.de
ovh-mail | OVHcloud Mail | | https://help.ovhcloud.com/
    hosts mail.ovh.net mail-out.ovh.net; spf mx.ovh.com; return mail-out.ovh.net
gandi-mail | Gandi Mail | | https://docs.gandi.net/
    hosts gandi.net; spf _mailcust.gandi.net
infomaniak | Infomaniak | | https://www.infomaniak.com/
    hosts infomaniak.ch infomaniak.com; spf spf.infomaniak.ch
orange-fr | Orange (France) | | https://postmaster.orange.fr/
    hosts orange.fr wanadoo.fr; dkim orange.fr wanadoo.fr; return orange.fr wanadoo.fr
free-fr | Free (France) | | https://postmaster.free.fr/
    hosts free.fr; return free.fr
laposte | La Poste | | https://www.laposte.net/
    hosts laposte.net; dkim laposte.net; return laposte.net
sfr | SFR | | https://www.sfr.fr/
    hosts sfr.fr sfr.net; return sfr.fr
libero | Libero, Virgilio | | https://www.libero.it/
    hosts libero.it italiaonline.it; dkim libero.it; return libero.it virgilio.it
aruba-it | Aruba (Italy) | | https://www.aruba.it/
    hosts aruba.it; spf _spf.aruba.it
wp-pl | Wirtualna Polska | | https://www.wp.pl/
    hosts wp.pl o2.pl; return wp.pl o2.pl
seznam | Seznam | | https://napoveda.seznam.cz/
    hosts seznam.cz; spf spf.seznam.cz; dkim seznam.cz; return seznam.cz
btinternet | BT | | https://www.bt.com/
    hosts btinternet.com bt.com; return btinternet.com
comcast | Comcast Xfinity | | https://postmaster.comcast.net/
    hosts comcast.net; dkim comcast.net; return comcast.net
att-net | AT&T Mail | | https://www.att.com/
    hosts att.net sbcglobal.net; return att.net sbcglobal.net bellsouth.net
charter | Spectrum | | https://www.spectrum.net/
    hosts charter.net rr.com spectrum.net; return charter.net
cox | Cox | | https://www.cox.com/
    hosts cox.net; return cox.net
verizon | Verizon | | https://www.verizon.com/
    hosts verizon.net; return verizon.net
earthlink | EarthLink | | https://www.earthlink.net/
    hosts earthlink.net; return earthlink.net
terra | Terra | | https://www.terra.com.br/
    hosts terra.com.br terra.com; return terra.com.br
uol | UOL | | https://www.uol.com.br/
    hosts uol.com.br; return uol.com.br
locaweb | Locaweb | | https://www.locaweb.com.br/
    hosts locaweb.com.br email-locaweb.com.br; spf _spf.locaweb.com.br
rediffmail | Rediffmail | | https://www.rediff.com/
    hosts rediffmail.com rediffmailpro.com; spf _spf.rediffmailpro.com; return rediffmail.com
telstra | Telstra | | https://www.telstra.com.au/
    hosts bigpond.com telstra.com; return bigpond.com
hinet | HiNet | | https://www.hinet.net/
    hosts hinet.net; return hinet.net
netregistry | Webcentral | | https://www.webcentral.au/
    hosts netregistry.net
dreamhost | DreamHost | | https://help.dreamhost.com/
    hosts dreamhost.com; spf netblocks.dreamhost.com
bluehost | Bluehost, HostGator | | https://www.bluehost.com/help
    hosts bluehost.com hostgator.com unifiedlayer.com websitewelcome.com; spf websitewelcome.com bluehost.com
namecheap-hosting | Namecheap shared hosting | | https://www.namecheap.com/hosting/shared/
    hosts web-hosting.com
siteground | SiteGround | | https://www.siteground.com/kb/
    hosts sgvps.net siteground.com siteground.biz mailspamprotection.com; spf _spf.mailspamprotection.com
hostinger-mail | Hostinger | | https://support.hostinger.com/
    hosts hostinger.com hostinger.io; spf _spf.mail.hostinger.com
""",
)
