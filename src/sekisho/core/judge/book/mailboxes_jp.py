"""Carriers, internet providers and rental mail servers of Japan; their hosts also forward for their users."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.MAILBOX,
    """
yahoo-japan | Yahoo! JAPAN Mail | Yahoo!メール（Yahoo! JAPAN） | https://support.yahoo-net.jp/
    hosts yahoo.co.jp; dkim yahoo.co.jp; return yahoo.co.jp
docomo | NTT docomo | NTTドコモ | https://www.docomo.ne.jp/
    hosts docomo.ne.jp; dkim docomo.ne.jp; return docomo.ne.jp
docomo-spmode | NTT docomo sp-mode | NTTドコモ（spモード） | https://www.docomo.ne.jp/service/spmode/
    hosts spmode.ne.jp
mopera | mopera U | mopera U（モペラユー） | https://www.mopera.net/
    hosts mopera.net mopera.ne.jp; return mopera.net
au | au (KDDI) | au（KDDI） | https://www.au.com/
    hosts ezweb.ne.jp au.com; dkim au.com ezweb.ne.jp; return ezweb.ne.jp au.com
uq-mobile | UQ mobile | UQモバイル | https://www.uqwimax.jp/
    hosts uqmobile.jp; return uqmobile.jp
softbank-mobile | SoftBank | ソフトバンク（携帯電話） | https://www.softbank.jp/
    hosts softbank.ne.jp i.softbank.jp; dkim softbank.ne.jp i.softbank.jp; return softbank.ne.jp i.softbank.jp vodafone.ne.jp
softbank-corporate | SoftBank | ソフトバンク | https://www.softbank.jp/
    hosts softbank.jp softbank.co.jp
ymobile | Y!mobile | ワイモバイル | https://www.ymobile.jp/
    hosts ymobile.ne.jp ymobile1.ne.jp yahoo.ne.jp; return ymobile.ne.jp ymobile1.ne.jp yahoo.ne.jp
emobile | EMOBILE | イー・モバイル | https://www.ymobile.jp/
    hosts emobile.ne.jp emnet.ne.jp; return emobile.ne.jp emnet.ne.jp
willcom | WILLCOM | ウィルコム | https://www.ymobile.jp/
    hosts willcom.com pdx.ne.jp; return willcom.com pdx.ne.jp
disney-mobile | Disney Mobile | ディズニー・モバイル | https://www.softbank.jp/
    hosts disney.ne.jp; return disney.ne.jp
rakuten-mobile | Rakuten Mobile | 楽天モバイル（楽メール） | https://network.mobile.rakuten.co.jp/
    hosts rakumail.jp; return rakumail.jp
mineo | mineo | mineo（マイネオ） | https://mineo.jp/
    hosts mineo.jp; return mineo.jp
ocn | OCN | OCN（NTTドコモビジネス） | https://www.ntt.com/personal/ocn.html
    hosts ocn.ne.jp ocn.ad.jp; dkim ocn.ne.jp; return ocn.ne.jp
plala | Plala | ぷらら | https://www.plala.or.jp/
    hosts plala.or.jp; return plala.or.jp
so-net | So-net | So-net（ソネット） | https://www.so-net.ne.jp/
    hosts so-net.ne.jp so-net.or.jp; dkim so-net.ne.jp; return so-net.ne.jp
biglobe | BIGLOBE | BIGLOBE（ビッグローブ） | https://support.biglobe.ne.jp/
    hosts biglobe.ne.jp mesh.ad.jp; dkim biglobe.ne.jp; return biglobe.ne.jp
nifty | @nifty | @nifty（ニフティ） | https://support.nifty.com/
    hosts nifty.com nifty.ne.jp infoweb.ne.jp; dkim nifty.com; return nifty.com nifty.ne.jp
dti | DTI | DTI（ドリーム・トレイン） | https://dream.jp/
    hosts dti.ne.jp dream.jp dream.com; return dti.ne.jp dream.jp dream.com
asahi-net | ASAHI Net | ASAHIネット | https://asahi-net.jp/
    hosts asahi-net.or.jp asahi-net.jp; return asahi-net.or.jp
eonet | eo | eo光（オプテージ） | https://eonet.jp/
    hosts eonet.ne.jp eonet.jp optage.co.jp; return eonet.ne.jp
commufa | Commufa | コミュファ（中部テレコミュニケーション） | https://www.commufa.jp/
    hosts commufa.jp ctc.jp; return commufa.jp
jcom | J:COM | J:COM（ジェイコム） | https://www.jcom.co.jp/
    hosts zaq.ne.jp home.ne.jp jcom.co.jp; return zaq.ne.jp jcom.home.ne.jp
iij | IIJ | IIJ（インターネットイニシアティブ） | https://www.iij.ad.jp/
    hosts iij.ad.jp iij.net; return iij.ad.jp
iij4u | IIJ4U, IIJmio | IIJ4U・IIJmio | https://www.iijmio.jp/
    hosts iij4u.or.jp iijmio-mail.jp iijmio.jp; return iij4u.or.jp iijmio-mail.jp
wakwak | WAKWAK | WAKWAK（ワクワク） | https://www.wakwak.com/
    hosts wakwak.com; return wakwak.com
hi-ho | hi-ho | hi-ho（ハイホー） | https://hi-ho.jp/
    hosts hi-ho.ne.jp hi-ho.jp; return hi-ho.ne.jp
tnc | TOKAI (TNC) | TNC（TOKAIコミュニケーションズ） | https://www.tnc.ne.jp/
    hosts tnc.ne.jp thn.ne.jp; return tnc.ne.jp
odn | ODN | ODN（ソフトバンク） | https://www.odn.ne.jp/
    hosts odn.ne.jp odn.ad.jp; return odn.ne.jp
yahoo-bb | Yahoo! BB, SoftBank Hikari | Yahoo! BB・SoftBank 光 | https://www.softbank.jp/internet/
    hosts ybb.ne.jp bbtec.net; return ybb.ne.jp
dion | au one net (DION) | au one net（DION） | https://www.au.com/internet/
    hosts dion.ne.jp auone-net.jp kddi.ne.jp; return dion.ne.jp auone-net.jp
excite-jp | Excite Japan | エキサイト | https://www.excite.co.jp/
    hosts excite.co.jp excite.ne.jp; return excite.co.jp
goo-mail | goo Mail | gooメール | https://www.goo.ne.jp/
    hosts goo.ne.jp; return goo.ne.jp goo.jp
infoseek-jp | Rakuten Infoseek Mail | 楽天インフォシークメール | https://www.infoseek.co.jp/
    hosts infoseek.jp infoseek.co.jp; return infoseek.jp
itscom | iTSCOM | イッツコム | https://www.itscom.net/
    hosts itscom.net itscom.jp 246.ne.jp; return itscom.net 246.ne.jp
kcn | KCN | KCN（近鉄ケーブルネットワーク） | https://www.kcn.jp/
    hosts kcn.jp kcn.ne.jp; return kcn.jp kcn.ne.jp
katch | KATCH | キャッチネットワーク | https://www.katch.co.jp/
    hosts katch.ne.jp; return katch.ne.jp
starcat | STARCAT | スターキャット | https://www.starcat.co.jp/
    hosts starcat.ne.jp; return starcat.ne.jp
cty | CTY | シー・ティー・ワイ | https://www.cty-net.ne.jp/
    hosts cty-net.ne.jp; return cty-net.ne.jp
pikara | Pikara | ピカラ（STNet） | https://www.pikara.jp/
    hosts pikara.ne.jp; return pikara.ne.jp
megaegg | MEGA EGG | メガ・エッグ（エネコム） | https://www.megaegg.jp/
    hosts megaegg.ne.jp; return megaegg.ne.jp
bbiq | BBIQ | BBIQ（QTnet） | https://www.bbiq.jp/
    hosts bbiq.jp qtnet.ne.jp; return bbiq.jp
nsk | NSK | NSK（日本海コンピュータ） | https://www.nsk.ne.jp/
    hosts nsk.ne.jp; return nsk.ne.jp
nirai | OTNet | ニライネット（OTNet） | https://www.nirai.ne.jp/
    hosts nirai.ne.jp; return nirai.ne.jp
ii-okinawa | ii-okinawa | ii-okinawa | https://www.ii-okinawa.ne.jp/
    hosts ii-okinawa.ne.jp; return ii-okinawa.ne.jp
synapse | Synapse | シナプス | https://www.synapse.jp/
    hosts synapse.ne.jp synapse.jp; return synapse.ne.jp
fctv | Fukui Cable TV | 福井ケーブルテレビ | https://www.fctv.jp/
    hosts fctv.ne.jp; return fctv.ne.jp
ucom | UCOM | UCOM（アルテリア・ネットワークス） | https://www.arteria-net.com/
    hosts ucom.ne.jp gate01.com vectant.ne.jp; return ucom.ne.jp vectant.ne.jp
interlink-jp | Interlink | インターリンク | https://www.interlink.or.jp/
    hosts interlink.or.jp; return interlink.or.jp
bekkoame | BEKKOAME | ベッコアメ・インターネット | https://www.bekkoame.ne.jp/
    hosts bekkoame.ne.jp; return bekkoame.ne.jp
sannet | SANNET | SANNET | https://www.sannet.ne.jp/
    hosts sannet.ne.jp; return sannet.ne.jp
sphere | WebARENA, InfoSphere | WebARENA・InfoSphere（NTTPCコミュニケーションズ） | https://help.arena.ne.jp/hc/ja/articles/21875552100503
    hosts sphere.ne.jp sphere.ad.jp arena.ne.jp; return sphere.ne.jp arena.ne.jp
fenics | FENICS | FENICS（富士通） | https://www.fujitsu.com/jp/
    hosts fenics.jp
bit-drive | bit-drive | bit-drive（ビットドライブ） | https://www.bit-drive.ne.jp/
    hosts bit-drive.ne.jp
sinet | SINET | 学術情報ネットワーク（SINET） | https://www.sinet.ad.jp/
    hosts sinet.ad.jp
line-works | LINE WORKS | LINE WORKS（ラインワークス） | https://help.worksmobile.com/jp/administrator/service/mail/what-is-spf-record/
    hosts worksmobile.com; spf spf.worksmobile.com; dkim worksmobile.com; return worksmobile.com
cybermail | CYBERMAIL Sigma | CYBERMAIL Σ（サイバーソリューションズ） | https://cloud-sup.cybersolutions.co.jp/hc/ja/articles/360040491452
    hosts cybermail.jp cybersolutions.co.jp; spf spfcm.cybermail.jp; return cybermail.jp
alpha-mail | Alpha Mail | アルファメール（大塚商会） | https://www.alpha-mail.ne.jp/
    hosts alpha-mail.ne.jp alpha-mail.jp alpha-prm.jp; spf spf.alpha-prm.jp; return alpha-mail.ne.jp alpha-mail.jp
bizmw | Biz Mail and Web | Bizメール＆ウェブ（NTTドコモビジネス） | https://www.ntt.com/business/services/mail-web.html
    hosts bizmw.com mwprem.net; spf _spf.bizmw.com; return bizmw.com
sakura-rental | Sakura Rental Server | さくらのレンタルサーバ | https://rs.sakura.ad.jp/
    hosts sakura.ne.jp; return sakura.ne.jp
xserver | Xserver | エックスサーバー | https://www.xserver.ne.jp/
    hosts xserver.jp xserver.ne.jp wpx.ne.jp xbiz.ne.jp; spf spf.sender.xserver.jp; return xserver.jp
star-server | Star Server | スターサーバー | https://www.star.ne.jp/
    hosts star.ne.jp starfree.jp netowl.jp; spf spf.sender.netowl.jp; return star.ne.jp
lolipop | Lolipop! | ロリポップ！ | https://lolipop.jp/
    hosts lolipop.jp; return lolipop.jp
heteml | heteml | ヘテムル | https://support.heteml.jp/hc/ja/articles/360041679414
    hosts heteml.jp heteml.net; spf _spf.heteml.jp; return heteml.jp
muumuu-mail | Muumuu Mail | ムームーメール | https://support.muumuu-domain.com/
    hosts muumuu-mail.com muumuu-domain.com; return muumuu-mail.com
kagoya | KAGOYA | カゴヤ・ジャパン | https://support.kagoya.jp/
    hosts kagoya.net kagoya.jp kagoya.com; return kagoya.net
onamae | Onamae.com | お名前.com | https://help.onamae.com/
    hosts onamae.ne.jp onamae.com gmoserver.jp; spf spf.gmoserver.jp; return onamae.ne.jp gmoserver.jp
conoha-wing | ConoHa WING | ConoHa WING | https://www.conoha.jp/
    hosts conoha.ne.jp conoha.jp; return conoha.ne.jp
coreserver | CORESERVER, XREA | コアサーバー・XREA | https://www.coreserver.jp/
    hosts coreserver.jp xrea.com valueserver.jp value-domain.com value-server.com; return coreserver.jp xrea.com
wadax | WADAX | WADAX | https://www.wadax.ne.jp/
    hosts wadax.ne.jp wadax-sv.jp; return wadax.ne.jp
cpi | CPI | CPI（KDDIウェブコミュニケーションズ） | https://www.cpi.ad.jp/
    hosts cpi.ad.jp secure.ne.jp; spf spf.secure.ne.jp; return secure.ne.jp
iclusta | iCLUSTA+ | アイクラスタ（GMO） | https://www.gmocloud.com/
    hosts iclusta.jp gmocloud.com rapidsite.jp; return iclusta.jp rapidsite.jp
isle | isle | アイル（GMO） | https://www.isle.ne.jp/
    hosts isle.ne.jp; return isle.ne.jp
linkclub | LinkClub | リンククラブ | https://www.linkclub.or.jp/
    hosts linkclub.or.jp linkclub.jp hosting-link.ne.jp; return linkclub.or.jp
zenlogic | Zenlogic | Zenlogic（ゼンロジック） | https://faq.zenlogic.jp/faqs/FAQ01157
    hosts zenlogic.jp fsv.jp; return zenlogic.jp
mixhost | mixhost | mixhost（ミックスホスト） | https://mixhost.jp/
    hosts mixhost.jp; return mixhost.jp
colorfulbox | ColorfulBox | カラフルボックス | https://www.colorfulbox.jp/
    hosts colorfulbox.jp; return colorfulbox.jp
clara | Clara Online | クララ | https://spt.clara.jp/
    hosts clara.ne.jp clara.co.jp clara.jp
speever | SPEEVER | SPEEVER（スピーバー） | https://www.speever.jp/
    hosts speever.jp; return speever.jp
at-link | at+link | at+link（エーティーリンク） | https://www.at-link.ad.jp/
    hosts at-link.ad.jp at-link.ne.jp
futoka | FUTOKA | FUTOKA（フトカ） | https://www.futoka.jp/
    hosts futoka.jp; spf spf.futoka.jp
mirai-mmrs | Mirai Communication Network | ミライコミュニケーションネットワーク | https://www.mirai.ad.jp/
    hosts mmrs.jp
canonet | CANONET | CANONET（キヤノンシステムアンドサポート） | https://www.canon-sas.co.jp/
    hosts canonet.ne.jp; return canonet.ne.jp
atw | ATW | ATW | https://www.atw.ne.jp/
    hosts atw.ne.jp
ztv | ZTV | ZTV | https://www.ztv.co.jp/
    hosts ztv.ne.jp; return ztv.ne.jp
mctv | MCTV | 松阪ケーブルテレビ・ステーション | https://www.mctv.jp/
    hosts mctv.ne.jp; return mctv.ne.jp
catv-mic | MICS Network | ミクスネットワーク | https://www.catvmics.ne.jp/
    hosts catvmics.ne.jp; return catvmics.ne.jp
tees | TEES | TEES（豊橋ケーブルネットワーク） | https://www.tees.jp/
    hosts tees.ne.jp tees.jp; return tees.ne.jp
cncm | Nagasaki Cable Media | 長崎ケーブルメディア | https://www.cncm.ne.jp/
    hosts cncm.ne.jp; return cncm.ne.jp
lcv | LCV | LCV（エルシーブイ） | https://www.lcv.jp/
    hosts lcv.ne.jp lcv.jp; return lcv.ne.jp
janis | JANIS | JANISネット（長野県協同電算） | https://www.janis.or.jp/
    hosts janis.or.jp; return janis.or.jp
avis | AVIS | アヴィス | https://www.avis.ne.jp/
    hosts avis.ne.jp; return avis.ne.jp
nns-jp | NNS | NNS（日本ネットワークサービス） | https://www.nns-catv.co.jp/
    hosts nns.ne.jp; return nns.ne.jp
jway | JWAY | JWAY（ジェイウェイ） | https://www.jway.co.jp/
    hosts jway.ne.jp; return jway.ne.jp
tiki | TikiTiki | TikiTikiインターネット（エヌディエス） | https://www.tiki.ne.jp/
    hosts tiki.ne.jp; return tiki.ne.jp
coralnet | CORALNET | コーラルネット | https://www.coralnet.or.jp/
    hosts coralnet.or.jp; return coralnet.or.jp
mitene | Mitene Internet | ミテネインターネット | https://www.mitene.co.jp/
    hosts mitene.or.jp; return mitene.or.jp
""",
)
