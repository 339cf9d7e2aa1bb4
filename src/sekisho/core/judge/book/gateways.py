"""Security gateways: mail passes through them on its way in, and, for their customers, on its way out."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.GATEWAY,
    """
proofpoint | Proofpoint | | https://www.proofpoint.com/
    hosts pphosted.com gslb.pphosted.com; dkim pphosted.com; return pphosted.com
proofpoint-essentials | Proofpoint Essentials | | https://help.proofpoint.com/
    hosts ppe-hosted.com; spf spf-us.ppe-hosted.com spf-eu.ppe-hosted.com; return ppe-hosted.com
mimecast | Mimecast | | https://mimecastsupport.zendesk.com/
    hosts mimecast.com mimecast.co.za mimecast-offshore.com
    spf _netblocks.mimecast.com us._netblocks.mimecast.com eu._netblocks.mimecast.com
barracuda | Barracuda Email Protection | | https://campus.barracuda.com/
    hosts barracudanetworks.com barracuda.com cudamail.com; spf spf.ess.barracudanetworks.com
cisco-ces | Cisco Secure Email | | https://www.cisco.com/
    hosts iphmx.com
symantec-cloud | Symantec Email Security.cloud | | https://techdocs.broadcom.com/
    hosts messagelabs.com symanteccloud.com; spf spf.messagelabs.com
trellix | Trellix Email Security (FireEye) | | https://docs.trellix.com/
    hosts fireeyecloud.com
sophos | Sophos Email | | https://docs.sophos.com/
    hosts hydra.sophos.com reflexion.net; spf _spf.prod.hydra.sophos.com
forcepoint | Forcepoint Email Security | | https://www.forcepoint.com/
    hosts mailcontrol.com; spf mailcontrol.com
fortimail-cloud | FortiMail Cloud | | https://docs.fortinet.com/
    hosts fortimailcloud.com
vade | Vade (Hornetsecurity) | | https://www.vadesecure.com/
    hosts vadesecure.com
hornetsecurity | Hornetsecurity | | https://support.hornetsecurity.com/
    hosts hornetsecurity.com antispameurope.com; spf spf.hornetsecurity.com spf.antispameurope.com
spamexperts | N-able Mail Assure (SpamExperts) | | https://documentation.n-able.com/
    hosts antispamcloud.com spamexperts.com; spf spf.antispamcloud.com; return antispamcloud.com
mxguarddog | MX Guarddog | | https://www.mxguarddog.com/
    hosts mxguarddog.com
mailroute | MailRoute | | https://support.mailroute.net/
    hosts mailroute.net; spf spf.mailroute.net
zix | Zix, AppRiver | | https://www.opentext.com/
    hosts zixcorp.com arsmtp.com zixsmbhosted.com; spf zixcorp.com
retarus | Retarus | | https://www.retarus.com/
    hosts retarus.com
spamtitan | SpamTitan | | https://docs.titanhq.com/
    hosts spamtitan.com; spf spf.spamtitan.com
trustwave | Trustwave MailMarshal | | https://www.trustwave.com/
    hosts mailmarshal.cloud
libraesva | Libraesva | | https://docs.libraesva.com/
    hosts esvacloud.com libraesva.com
trend-micro-ems | Trend Micro Email Security | Trend Micro Email Security | https://docs.trendmicro.com/
    hosts tmes.trendmicro.com tmes-jp.trendmicro.com tmems-jp.trendmicro.com tmes-eu.trendmicro.com
    spf spf.tmes.trendmicro.com spf.tmems-jp.trendmicro.com
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
    hosts cloudmark.com
""",
)
