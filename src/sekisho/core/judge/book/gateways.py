"""Security gateways: mail passes through them on its way in, and, for their customers, on its way out."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.GATEWAY,
    """
proofpoint | Proofpoint | | https://www.proofpoint.com/
    hosts pphosted.com gpphosted.com ppops.net proofpoint.com; dkim pphosted.com; return pphosted.com
proofpoint-essentials | Proofpoint Essentials | | https://help.proofpoint.com/
    hosts ppe-hosted.com; spf spf-us.ppe-hosted.com spf-eu.ppe-hosted.com; return ppe-hosted.com
mimecast | Mimecast | | https://mimecastsupport.zendesk.com/
    hosts mimecast.com mimecast.co.za mimecast-offshore.com
    spf _netblocks.mimecast.com us._netblocks.mimecast.com eu._netblocks.mimecast.com de._netblocks.mimecast.com
barracuda | Barracuda Email Protection | | https://campus.barracuda.com/
    hosts barracudanetworks.com barracuda.com cudamail.com; spf spf.ess.barracudanetworks.com
cisco-ces | Cisco Secure Email | | https://www.cisco.com/
    hosts iphmx.com
symantec-cloud | Symantec Email Security.cloud | | https://techdocs.broadcom.com/
    hosts messagelabs.com symanteccloud.com; spf spf.messagelabs.com
trellix | Trellix Email Security (FireEye) | | https://docs.trellix.com/
    hosts fireeyecloud.com fireeyegov.com
sophos | Sophos Email | | https://docs.sophos.com/
    hosts hydra.sophos.com reflexion.net; spf _spf.prod.hydra.sophos.com
forcepoint | Forcepoint Email Security | | https://www.forcepoint.com/
    hosts mailcontrol.com; spf mailcontrol.com
fortimail-cloud | FortiMail Cloud | | https://docs.fortinet.com/
    hosts fortimailcloud.com fortimail.com
vade | Vade (Hornetsecurity) | | https://www.vadesecure.com/
    hosts vadesecure.com oxsus-vadesecure.net
hornetsecurity | Hornetsecurity | | https://support.hornetsecurity.com/
    hosts hornetsecurity.com antispameurope.com; spf spf.hornetsecurity.com spf.antispameurope.com
spamexperts | N-able Mail Assure (SpamExperts) | | https://documentation.n-able.com/
    hosts antispamcloud.com spamexperts.com mtaroutes.com; spf spf.antispamcloud.com; return antispamcloud.com
mxguarddog | MX Guarddog | | https://www.mxguarddog.com/
    hosts mxguarddog.com
mailroute | MailRoute | | https://support.mailroute.net/
    hosts mailroute.net; spf spf.mailroute.net
zix | Zix, AppRiver | | https://www.opentext.com/
    hosts zixcorp.com smtp25.com arsmtp.com appriver.com zixsmbhosted.com; spf zixcorp.com
retarus | Retarus | | https://www.retarus.com/
    hosts retarus.com rmx.de
spamtitan | SpamTitan | | https://docs.titanhq.com/
    hosts spamtitan.com encrypttitan.net; spf spf.spamtitan.com
trustwave | Trustwave MailMarshal | | https://www.trustwave.com/
    hosts mailmarshal.cloud
libraesva | Libraesva | | https://docs.libraesva.com/
    hosts esvacloud.com libraesva.com
trend-micro-ems | Trend Micro Email Security | Trend Micro Email Security | https://docs.trendmicro.com/
    hosts tmcas.trendmicro.com tmes.trendmicro.com tmes-jp.trendmicro.com tmems-jp.trendmicro.com tmes-eu.trendmicro.com
        hes.trendmicro.com trendmicro.eu
    spf spf.tmes.trendmicro.com spf.tmems-jp.trendmicro.com spf.hes.trendmicro.com
area1 | Cloudflare Email Security (Area 1) | | https://developers.cloudflare.com/email-security/
    hosts mxrecord.io mxrecord.mx area1security.com
avanan | Check Point Harmony Email (Avanan) | | https://www.checkpoint.com/
    hosts cloud-sec-av.com avanan.net avanan.com; spf spfa.cpmails.com
perception-point | Perception Point | | https://perception-point.io/
    hosts perception-point.io
inky | INKY | | https://www.inky.com/
    hosts inkyphishfence.com inky.com
egress | Egress (KnowBe4) | | https://www.egress.com/
    hosts egress.com
paubox | Paubox | | https://www.paubox.com/
    hosts paubox.com
trustifi | Trustifi | | https://docs.trustificorp.com/
    hosts trustifi.com trustificorp.com
mailprotector | Mailprotector | | https://support.mailprotector.com/
    hosts emailservice.io emailservice.co emailservice.cc emailsrv.net mailprotector.com
silversky | SilverSky | | https://www.silversky.com/
    hosts mx.net silversky.com
gosecure | GoSecure Email Security (EdgeWave) | | https://www.gosecure.ai/
    hosts gosecure.net edgewave.com redcondor.net
duocircle | DuoCircle | | https://support.duocircle.com/
    hosts mailhop.org duocircle.com; spf outbound.mailhop.org
vipre | VIPRE Email Security (FuseMail, Electric Mail) | | https://www.vipre.com/
    hosts mailanyone.net electric.net fusemail.net fusemail.com
spamhero | SpamHero | | https://www.spamhero.com/
    hosts spamhero.com
spamarrest | Spam Arrest | | https://www.spamarrest.com/
    hosts spamarrest.com
everycloud | EveryCloud | | https://www.everycloud.com/
    hosts everycloudtech.com everycloud.com; spf spf.everycloudtech.com
topsec | Topsec Cloud Solutions | | https://www.topsec.com/
    hosts topsec.com
heimdal | Heimdal Email Security | | https://heimdalsecurity.com/
    hosts heimdalsecurity.com
seppmail-cloud | SEPPmail.cloud | | https://docs.seppmail.com/
    hosts seppmail.cloud seppmail.com
nospamproxy | NoSpamProxy Cloud | | https://docs.nospamproxy.com/
    hosts nospamproxy.com
expurgate | eleven eXpurgate | | https://www.cyren.com/
    hosts expurgate.net expurgate.de eleven.de
spamina | Spamina (Hornetsecurity) | | https://www.hornetsecurity.com/
    hosts spamina.com
mailinblack | Mailinblack | | https://www.mailinblack.com/
    hosts mailinblack.com
altospam | Altospam | | https://www.altospam.com/
    hosts altospam.com
alinto | Alinto, MailCleaner | | https://www.alinto.com/
    hosts mailcleaner.net cleanmail.ch alinto.net alinto.com; spf spfa.alinto.net
mailguard | MailGuard | | https://www.mailguard.com.au/
    hosts mailguard.com.au
smx | SMX | | https://smxemail.com/
    hosts smxemail.com; spf spf.nz.smxemail.com
mailsecure-jp | Mail security of NTTPC | メールセキュリティ（NTTPCコミュニケーションズ） | https://www.nttpc.co.jp/
    hosts mailsecure.jp
securence | Securence | | https://www.securence.com/
    hosts securence.com; spf spf.securence.com
spambrella | Spambrella | | https://www.spambrella.com/
    hosts spambrella.com
enguard | EnGuard | | https://www.enguard.com/
    hosts enguard.com
cybercision | FirstWave CyberCision | | https://firstwave.com/
    hosts firstcloudsecurity.net
secuserve | Secuserve e-securemail | | https://www.secuserve.com/
    hosts security-mail.net; spf includespf.security-mail.net
staysecure | StaySecure (Comendo) | | https://www.n-able.com/
    hosts staysecuregroup.com staysecuregroup.net comendosystems.com
virusfree-cz | Virusfree | | https://www.virusfree.cz/
    hosts virusfree.cz
spamservice-nl | SpamService, YourFilter | | https://www.spamservice.nl/
    hosts spamservice.nl yourfilter.nl; spf spf.spamservice.nl _spf.yourfilter.nl
cellopoint | Cellopoint | | https://www.cellopoint.com/
    hosts cellopoint.com
logix-in | Logix CloudMailGate | | https://logix.in/
    hosts logix.in
dfn-mailsupport | DFN-MailSupport | DFN-MailSupport（ドイツの大学） | https://www.dfn.de/
    hosts srv.dfn.de
surf-mailfilter | SURFmailfilter | SURFmailfilter（オランダの大学） | https://www.surf.nl/
    hosts mf.surf.net surfmailfilter.nl
renater-antispam | RENATER antispam | RENATER（フランスの大学） | https://www.renater.fr/
    hosts relay.renater.fr
iij-secure-mx | IIJ Secure MX Service | IIJセキュアMXサービス | https://www.iij.ad.jp/biz/smx/
    hosts securemx.jp; spf spf.securemx.jp; return securemx.jp
mailgates | MAILGATES Sigma | MAILGATES Σ（サイバーソリューションズ） | https://cloud-sup.cybersolutions.co.jp/
    hosts mailgates.jp
active-gate | Active! gate SS | Active! gate SS（クオリティア） | https://www.qualitia.com/
    hosts activegate-ss.jp qualitia.com
m-filter | m-FILTER@Cloud | m-FILTER@Cloud（デジタルアーツ） | https://www.daj.jp/
    hosts mfilter.jp daj.co.jp daj.jp
hennge | HENNGE One | HENNGE One（ヘンゲワン） | https://support.hdeone.com/
    hosts hennge.com hdeone.com hdemail.jp
canon-guardianwall | GUARDIANWALL Mail Security | GUARDIANWALL（キヤノンMJ） | https://security-support.canon-its.jp/
    hosts canon-its.jp canon-its.co.jp
gmo-simple-mail | GMO Simple mail | GMOクラウド Simple mail | https://mail-saas.gmocloud.com/support/faq.html
    hosts simplemail.jp; spf simplemail.jp
cloudmark | Cloudmark | Cloudmark（クラウドマーク） | https://www.cloudmark.com/
    hosts cloudmark.com cloudfilter.net
""",
)
