"""Internet providers and portals of the Americas, Asia, Africa and the Pacific; their hosts also forward for their users."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.MAILBOX,
    """
comcast | Comcast Xfinity | | https://postmaster.comcast.net/
    hosts comcast.net; dkim comcast.net; return comcast.net
att-net | AT&T Mail | | https://www.att.com/
    hosts att.net sbcglobal.net prodigy.net bellsouth.net; dkim att.net sbcglobal.net bellsouth.net
    return att.net sbcglobal.net bellsouth.net ameritech.net pacbell.net swbell.net
charter | Spectrum | | https://www.spectrum.net/
    hosts charter.net rr.com spectrum.net twc.com; dkim charter.net; return charter.net rr.com twc.com brighthouse.com
cox | Cox | | https://www.cox.com/
    hosts cox.net coxmail.com; dkim cox.net; return cox.net
verizon | Verizon | | https://www.verizon.com/
    hosts verizon.net; dkim verizon.net; return verizon.net
centurylink | CenturyLink | | https://www.centurylink.com/
    hosts centurylink.net embarqmail.com; dkim centurylink.net; return centurylink.net embarqmail.com q.com
frontier | Frontier | | https://frontier.com/
    hosts frontier.com frontiernet.net; return frontier.com frontiernet.net
windstream | Windstream | | https://www.windstream.com/
    hosts windstream.net; return windstream.net
earthlink | EarthLink | | https://www.earthlink.net/
    hosts earthlink.net elink.net; dkim earthlink.net; return earthlink.net mindspring.com
optimum | Optimum | | https://www.optimum.net/
    hosts optonline.net cv.net suddenlink.net; dkim optonline.net; return optonline.net optimum.net suddenlink.net
mediacom | Mediacom | | https://mediacomcable.com/
    hosts mchsi.com; return mchsi.com
wow-us | WOW! | | https://www.wowway.com/
    hosts wowway.com wowway.net; return wowway.com
tds | TDS Telecom | | https://tdstelecom.com/
    hosts tds.net; return tds.net
rcn | RCN, Astound | | https://www.astound.com/
    hosts rcn.com; return rcn.com
cable-one | Sparklight (Cable One) | | https://www.sparklight.com/
    hosts cableone.net; return cableone.net
united-online | Juno, NetZero | | https://www.untd.com/
    hosts untd.com; dkim juno.com netzero.net; return juno.com netzero.net netzero.com
altafiber | altafiber (Cincinnati Bell) | | https://www.altafiber.com/
    hosts fuse.net; return fuse.net zoomtown.com
hawaiian-telcom | Hawaiian Telcom | | https://www.hawaiiantel.com/
    return hawaiiantel.net
gci | GCI | | https://www.gci.com/
    hosts gci.net; return gci.net
sonic-us | Sonic | | https://www.sonic.com/
    hosts sonic.net; return sonic.net
synacor | Synacor, Zimbra | | https://www.synacor.com/
    hosts syn-alias.com synacor.com
bell-ca | Bell Canada | | https://www.bell.ca/
    hosts srvr.bell.ca bell.net sympatico.ca; return bell.net sympatico.ca bellaliant.net
shaw | Shaw | | https://www.shaw.ca/
    hosts shaw.ca; dkim shaw.ca; return shaw.ca
telus | TELUS | | https://www.telus.com/
    hosts telus.net; dkim telus.net; return telus.net
videotron | Videotron | | https://www.videotron.com/
    hosts videotron.ca; return videotron.ca videotron.qc.ca
cogeco | Cogeco | | https://www.cogeco.ca/
    hosts cogeco.ca cogeco.net; return cogeco.ca cogeco.net
eastlink | Eastlink | | https://www.eastlink.ca/
    return eastlink.ca
sasktel | SaskTel | | https://www.sasktel.com/
    return sasktel.net
rogers | Rogers | | https://www.rogers.com/
    hosts rogers.com; dkim rogers.com; return rogers.com
terra | Terra | | https://www.terra.com.br/
    hosts terra.com.br terra.com; return terra.com.br
uol | UOL, BOL | | https://www.uol.com.br/
    hosts uol.com.br; dkim uol.com.br bol.com.br; return uol.com.br bol.com.br
ig-br | iG | | https://www.ig.com.br/
    hosts ig.com.br; return ig.com.br
globo | Globo Mail | | https://www.globo.com/
    hosts globo.com; return globo.com
fibertel | Fibertel (Argentina) | | https://www.personal.com.ar/
    hosts fibertel.com.ar; return fibertel.com.ar
arnet | Arnet (Argentina) | | https://www.personal.com.ar/
    hosts arnet.com.ar; return arnet.com.ar
speedy-ar | Speedy (Argentina) | | https://www.movistar.com.ar/
    hosts speedy.com.ar; return speedy.com.ar
vtr | VTR (Chile) | | https://vtr.com/
    hosts vtr.net; return vtr.net
etb | ETB (Colombia) | | https://etb.com/
    hosts etb.net.co; return etb.net.co
une | UNE, Tigo (Colombia) | | https://www.tigo.com.co/
    hosts une.net.co; return une.net.co
telmex | Prodigy, Infinitum (Mexico) | | https://telmex.com/
    hosts prodigy.net.mx; return prodigy.net.mx
axtel | Axtel (Mexico) | | https://www.axtelcorp.mx/
    hosts axtel.net
qq | QQ Mail, Tencent Exmail | | https://service.mail.qq.com/
    hosts qq.com; spf spf.mail.qq.com; dkim qq.com foxmail.com; return qq.com foxmail.com
netease | NetEase 163, 126 | | https://help.mail.163.com/
    hosts 163.com 126.com netease.com yeah.net 188.com; spf spf.163.com; dkim 163.com 126.com yeah.net
    return 163.com 126.com yeah.net 188.com
aliyun-mail | Alibaba Mail | | https://www.alibabacloud.com/product/alibaba-mail
    hosts mail.aliyun.com mxhichina.com; spf spf.mxhichina.com; dkim aliyun.com; return aliyun.com
sina | Sina Mail | | https://mail.sina.com.cn/
    hosts sina.com.cn sina.com; dkim sina.com sina.cn; return sina.com sina.cn
sohu | Sohu Mail | | https://mail.sohu.com/
    hosts sohu.com; return sohu.com
21cn | China Telecom 189, 21CN | | https://mail.189.cn/
    hosts 21cn.com 189.cn; return 21cn.com 189.cn
139-cn | China Mobile 139 | | https://mail.10086.cn/
    hosts 139.com; return 139.com
263-net | 263 Enterprise Mail | | https://www.263.net/
    hosts 263.net 263xmail.com; spf spf.263.net spf.263xmail.com
coremail | Coremail Cloud | | https://www.coremail.cn/
    hosts icoremail.net; spf spf.icoremail.net
naver | Naver | | https://mail.naver.com/
    hosts naver.com; dkim naver.com; return naver.com
daum | Daum, Kakao | | https://mail.daum.net/
    hosts daum.net hanmail.net kakao.com; dkim daum.net hanmail.net kakao.com; return daum.net hanmail.net kakao.com
nate | Nate | | https://mail.nate.com/
    hosts nate.com; dkim nate.com; return nate.com
hiworks | Hiworks (Gabia) | | https://www.hiworks.com/
    hosts hiworks.co.kr hiworks.com; spf spf.hiworks.co.kr
mailplug | MAILPLUG | | https://www.mailplug.com/
    hosts mailplug.co.kr mailplug.com
dooray | NHN Dooray! | | https://dooray.com/
    hosts dooray.com
daouoffice | Daou Office | | https://daouoffice.com/
    hosts daouoffice.com
bizmeka | KT Bizmeka | | https://www.bizmeka.com/
    hosts bizmeka.com
cafe24 | Cafe24 | | https://www.cafe24.com/
    hosts cafe24.com
hinet | HiNet | | https://www.hinet.net/
    hosts hinet.net; spf hibox.hinet.net; return hinet.net
seednet | Seednet (Taiwan) | | https://www.fetnet.net/
    hosts seed.net.tw; return seed.net.tw
pchome-tw | PChome (Taiwan) | | https://www.pchome.com.tw/
    hosts pchome.com.tw; return pchome.com.tw
netvigator | Netvigator (Hong Kong) | | https://www.netvigator.com/
    return netvigator.com
hkbn | HKBN | | https://www.hkbn.net/
    hosts hkbn.net; return hkbn.net
singnet | SingNet | | https://www.singtel.com/
    hosts singnet.com.sg; return singnet.com.sg
pacific-sg | Pacific Internet (Singapore) | | https://www.pacific.net.sg/
    hosts pacific.net.sg; return pacific.net.sg
starhub | StarHub | | https://www.starhub.com/
    hosts starhub.net.sg; return starhub.net.sg
tm-my | TM (Malaysia) | | https://unifi.com.my/
    hosts tm.net.my streamyx.com; return tm.net.my streamyx.com
true-th | True Internet (Thailand) | | https://www.true.th/
    hosts truemail.co.th
csloxinfo | CS Loxinfo (Thailand) | | https://www.csloxinfo.com/
    hosts csloxinfo.com
rediffmail | Rediffmail | | https://www.rediff.com/
    hosts rediffmail.com rediffmailpro.com; spf _spf.rediffmailpro.com; dkim rediffmail.com; return rediffmail.com
telstra | Telstra | | https://www.telstra.com.au/
    hosts bigpond.com telstra.com; dkim bigpond.com; return bigpond.com bigpond.net.au telstra.com
optus | Optus | | https://www.optus.com.au/
    hosts optusnet.com.au; return optusnet.com.au
tpg | TPG, iiNet, Internode | | https://www.tpg.com.au/
    hosts tpg.com.au tpgi.com.au iinet.net.au internode.on.net westnet.com.au
    return tpg.com.au iinet.net.au internode.on.net westnet.com.au
dodo | Dodo | | https://www.dodo.com/
    hosts dodo.com.au; return dodo.com.au
exetel | Exetel | | https://www.exetel.com.au/
    hosts exetel.com.au; return exetel.com.au
xtra | Spark Xtra | | https://www.spark.co.nz/
    hosts xtra.co.nz; return xtra.co.nz
orcon | Orcon, Slingshot | | https://www.orcon.net.nz/
    hosts orcon.net.nz slingshot.co.nz; return orcon.net.nz slingshot.co.nz
mweb | MWEB | | https://www.mweb.co.za/
    hosts mweb.co.za; return mweb.co.za
telkomsa | Telkom (South Africa) | | https://www.telkom.co.za/
    hosts telkomsa.net; return telkomsa.net
menara | Menara (Maroc Telecom) | | https://www.iam.ma/
    hosts menara.ma; return menara.ma
link-egypt | LINKdotNET (Egypt) | | https://www.link.net/
    hosts link.net; return link.net
etisalat | e& (Emirates) | | https://www.etisalat.ae/
    hosts eim.ae emirates.net.ae; return eim.ae emirates.net.ae
sltnet | SLT-MOBITEL (Sri Lanka) | | https://www.slt.lk/
    hosts sltnet.lk; return sltnet.lk
cbn-id | CBN (Indonesia) | | https://www.cbn.id/
    hosts cbn.net.id; return cbn.net.id
nauta-cu | Nauta (Cuba) | | https://www.etecsa.cu/
    hosts nauta.cu; return nauta.cu
mailcloud-tw | Openfind MailCloud (Taiwan) | | https://www.openfind.com.tw/
    hosts mailcloud.com.tw openfind.com.tw
""",
)
