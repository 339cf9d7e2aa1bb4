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
    hosts outlook.com hotmail.com office365.com office365.us outlook.cn outlook.de microsoft.com
    spf spf.protection.outlook.com spf.protection.office365.us spf.protection.partner.outlook.cn
    dkim onmicrosoft.com partner.onmschina.cn onmicrosoft.us outlook.com hotmail.com
    return onmicrosoft.com partner.onmschina.cn onmicrosoft.us outlook.com outlook.jp outlook.fr outlook.de outlook.es
        outlook.it live.com msn.com hotmail.com hotmail.co.jp live.jp hotmail.co.uk hotmail.fr hotmail.de hotmail.it
        hotmail.es live.co.uk live.fr live.nl live.de live.it live.ca live.se live.dk live.no live.be live.cn live.com.au
        passport.com
yahoo | Yahoo Mail, AOL | Yahoo Mail・AOL（米国） | https://senders.yahooinc.com/
    hosts yahoo.com yahoodns.net aol.com yahoo.net
    dkim yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.ca yahoo.in yahoo.co.in yahoo.com.br yahoo.com.mx
        yahoo.com.ar yahoo.com.au yahoo.com.sg yahoo.com.hk yahoo.com.tw yahoo.com.ph yahoo.com.vn yahoo.co.id ymail.com
        rocketmail.com aol.com aim.com sky.com
    return yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.ca yahoo.in yahoo.co.in yahoo.com.br yahoo.com.mx
        yahoo.com.ar yahoo.com.au yahoo.com.sg yahoo.com.hk yahoo.com.tw yahoo.com.ph yahoo.com.vn yahoo.co.id ymail.com
        rocketmail.com aol.com aim.com netscape.net sky.com
apple-icloud | Apple iCloud Mail | Apple iCloud メール | https://support.apple.com/icloud
    hosts me.com icloud.com apple.com; spf icloud.com; dkim icloud.com me.com mac.com; return icloud.com me.com mac.com
gmx | GMX, WEB.DE, mail.com | | https://postmaster.gmx.net/
    hosts gmx.net gmx.com web.de mail.com; dkim gmx.net gmx.de gmx.at gmx.ch gmx.com gmx.us web.de mail.com email.com
    return gmx.net gmx.de gmx.at gmx.ch gmx.com gmx.us gmx.fr gmx.es gmx.co.uk web.de mail.com email.com
fastmail | Fastmail | | https://www.fastmail.help/
    hosts messagingengine.com fastmail.com; spf spf.messagingengine.com; dkim messagingengine.com fastmail.com fmhosted.com
    return fastmail.com fastmail.fm messagingengine.com
proton | Proton Mail | | https://proton.me/support
    hosts protonmail.ch proton.ch proton.me; spf _spf.protonmail.ch; dkim protonmail.com proton.me pm.me protonmail.ch
    return protonmail.com proton.me pm.me protonmail.ch
zoho-mail | Zoho Mail | | https://www.zoho.com/mail/help/
    hosts zoho.com zoho.eu zoho.in zoho.jp zoho.com.au zoho.com.cn zohocloud.ca zohomail.com zohomail.eu zohomail.in
    spf zoho.com zoho.eu zoho.in zoho.jp zoho.com.au zohomail.com zohomail.eu zohomail.in one.zoho.com
    dkim zoho.com zoho.eu zoho.in zohomail.com zohomail.eu zohomail.in
    return zoho.com zoho.eu zoho.in zohomail.com zohomail.eu
tuta | Tuta | | https://tuta.com/support
    hosts tutanota.de tuta.com tuta.io; spf spf.tutanota.de; dkim tutanota.com tuta.io tutamail.com tuta.com
    return tutanota.com tutanota.de tuta.com tuta.io tutamail.com keemail.me
mailbox-org | mailbox.org | | https://kb.mailbox.org/
    hosts mailbox.org; spf mailbox.org; dkim mailbox.org; return mailbox.org
posteo | Posteo | | https://posteo.de/
    hosts posteo.de; dkim posteo.net posteo.de; return posteo.de posteo.net
migadu | Migadu | | https://www.migadu.com/
    hosts migadu.com; spf spf.migadu.com
runbox | Runbox | | https://help.runbox.com/
    hosts runbox.com; spf spf.runbox.com; dkim runbox.com; return runbox.com
hushmail | Hushmail | | https://www.hushmail.com/
    hosts hushmail.com; dkim hushmail.com; return hushmail.com
startmail | StartMail | | https://support.startmail.com/
    hosts startmail.com; dkim startmail.com; return startmail.com
mailfence | Mailfence | | https://kb.mailfence.com/
    hosts mailfence.com; dkim mailfence.com; return mailfence.com
soverin | Soverin | | https://support.soverin.com/
    hosts soverin.net; spf spf.soverin.net; dkim soverin.net; return soverin.net
kolab-now | Kolab Now | | https://kolabnow.com/
    hosts kolabnow.com mykolab.com; return kolabnow.com mykolab.com
countermail | CounterMail | | https://countermail.com/
    hosts countermail.com; return countermail.com
disroot | Disroot | | https://disroot.org/
    hosts disroot.org; dkim disroot.org; return disroot.org
riseup | Riseup | | https://riseup.net/
    hosts riseup.net; dkim riseup.net; return riseup.net
autistici | Autistici/Inventati | | https://www.autistici.org/
    hosts autistici.org inventati.org; return autistici.org inventati.org
systemli | Systemli | | https://www.systemli.org/
    hosts systemli.org; dkim systemli.org; return systemli.org
jpberlin | JPBerlin | | https://www.jpberlin.de/
    hosts jpberlin.de; return jpberlin.de
hey | HEY | | https://www.hey.com/
    hosts hey.com; dkim hey.com; return hey.com
purelymail | Purelymail | | https://purelymail.com/
    hosts purelymail.com; spf _spf.purelymail.com; dkim purelymail.com; return purelymail.com
mailo | Mailo | | https://www.mailo.com/
    hosts mailo.com; dkim mailo.com; return mailo.com net-c.com
mxroute | MXroute | | https://mxroute.com/
    hosts mxroute.com mxrouting.net mxlogin.com; spf mxroute.com mxlogin.com
polaris-mail | Polaris Mail | | https://www.polarismail.com/
    hosts emailarray.com polarismail.com
atmail | atmail | | https://www.atmail.com/
    hosts atmailcloud.com atmail.com
mail2world | Mail2World | | https://www.mail2world.com/
    hosts mail2world.com; return mail2world.com
thexyz | Thexyz | | https://www.thexyz.com/
    hosts thexyz.com thexyz.net
luxsci | LuxSci | | https://luxsci.com/
    hosts luxsci.com
usa-net | USA.NET | | https://www.usa.net/
    hosts usa.net; spf spf.usa.net; return usa.net
bluetie | BlueTie | | https://www.bluetie.com/
    hosts bluetie.com; spf spf.bluetie.com
intermedia | Intermedia | | https://support.intermedia.com/
    hosts serverdata.net intermedia.net intermedia.com; spf spf.intermedia.net spf.serverdata.net
rackspace-email | Rackspace Email | | https://docs.rackspace.com/
    hosts emailsrvr.com; spf emailsrvr.com; return emailsrvr.com
privateemail | Namecheap Private Email | | https://www.namecheap.com/support/
    hosts privateemail.com pe-a.jellyfish.systems pe-b.jellyfish.systems; spf spf.privateemail.com
opensrs-email | OpenSRS Hosted Email | | https://opensrs.com/
    hosts hostedemail.com; spf _spf.hostedemail.com
mailhostbox | Mailhostbox (PDR) | | https://publicdomainregistry.com/
    hosts mailhostbox.com; spf spf.mailhostbox.com
titan | Titan Email | | https://support.titan.email/
    hosts titan.email flockmail.com; spf spf.titan.email spf.flockmail.com
ox-cloud | OX Cloud (Open-Xchange) | | https://www.open-xchange.com/
    hosts oxcs.net
icewarp | IceWarp Cloud | | https://www.icewarp.com/
    hosts icewarpcloud.com icewarpcloud.in
mithi | Mithi SkyConnect | | https://www.mithi.com/
    hosts mithiskyconnect.com
emailserver-vn | P.A Vietnam mail | | https://www.pavietnam.vn/
    hosts emailserver.vn; spf emailserver.vn
lycos | Lycos Mail | | https://www.lycos.com/
    hosts lycos.com; return lycos.com
renater-partage | RENATER PARTAGE | RENATER（フランスの大学のメール） | https://www.renater.fr/
    hosts partage.renater.fr
vivaldi | Vivaldi Webmail | | https://help.vivaldi.com/
    hosts vivaldi.net; dkim vivaldi.net; return vivaldi.net
eclipso | eclipso | | https://www.eclipso.eu/
    hosts eclipso.de eclipso.eu; return eclipso.de eclipso.eu
cock-li | cock.li | | https://cock.li/
    hosts cock.li; dkim cock.li; return cock.li
sdf | SDF Public Access UNIX | | https://sdf.org/
    hosts sdf.org; return sdf.org
dismail | dismail.de | | https://dismail.de/
    hosts dismail.de; dkim dismail.de; return dismail.de
""",
)
