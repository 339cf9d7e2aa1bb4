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
ovh-mail | OVHcloud Mail | | https://help.ovhcloud.com/
    hosts mail.ovh.net mail-out.ovh.net; spf mx.ovh.com; return mail-out.ovh.net
gandi-mail | Gandi Mail | | https://docs.gandi.net/
    hosts gandi.net; spf _mailcust.gandi.net
infomaniak | Infomaniak | | https://www.infomaniak.com/
    hosts infomaniak.ch infomaniak.com; spf spf.infomaniak.ch
aruba-it | Aruba (Italy) | | https://www.aruba.it/
    hosts aruba.it; spf _spf.aruba.it
locaweb | Locaweb | | https://www.locaweb.com.br/
    hosts locaweb.com.br email-locaweb.com.br; spf _spf.locaweb.com.br
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
