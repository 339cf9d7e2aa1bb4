"""Groupware, business applications and shop systems of Japan that send for their customers."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.SERVICE,
    """
cybozu | cybozu.com | サイボウズ（cybozu.com） | https://help.cybozu.com/ja/general/admin/system_mail.html
    hosts cybozu.com; dkim cybozu.com; return cybozu.com
kintone | kintone | kintone（キントーン） | https://kintone.cybozu.co.jp/
    hosts kintone.com; dkim kintone.com; return kintone.com
desknets | desknet's NEO | desknet's NEO（デスクネッツ ネオ） | https://www.desknets.com/
    hosts desknets.com dn-cloud.com
rakurakuseisan | Rakuraku Seisan | 楽楽精算 | https://support-navi.rakurakuseisan.jp/announcements/1ho3urlgcbcwliqi
    hosts rakurakuseisan.jp rakus-cloud.jp; spf spf.rakus-cloud.jp; return rakus-cloud.jp
maildealer | Mail Dealer | メールディーラー | https://www.maildealer.jp/
    hosts maildealer.jp
rakus | RAKUS | ラクス | https://www.rakus.co.jp/
    hosts rakus.co.jp rakurakumeisai.jp rakurakuhanbai.jp
bugyo-cloud | Bugyo Cloud | 奉行クラウド | https://support.obc.jp/
    hosts obc.jp obc.co.jp
freee | freee | freee（フリー） | https://www.freee.co.jp/
    hosts freee.co.jp; dkim freee.co.jp
moneyforward | Money Forward Cloud | マネーフォワード クラウド | https://biz.moneyforward.com/
    hosts moneyforward.com; dkim moneyforward.com
misoca | Misoca | Misoca（ミソカ） | https://www.misoca.jp/
    hosts misoca.jp
makeleaps | MakeLeaps | MakeLeaps（メイクリープス） | https://help.makeleaps.jp/
    hosts makeleaps.com makeleaps.jp; return makeleaps.com
the-board | board | board（ボード） | https://the-board.jp/
    hosts the-board.jp
cloudsign | CloudSign | クラウドサイン | https://www.cloudsign.jp/
    hosts cloudsign.jp; dkim cloudsign.jp
gmo-sign | GMO Sign | 電子印鑑GMOサイン | https://www.gmosign.com/
    hosts gmosign.com
smarthr | SmartHR | SmartHR | https://smarthr.jp/
    hosts smarthr.jp
jobcan | Jobcan | ジョブカン | https://jobcan.ne.jp/
    hosts jobcan.ne.jp
king-of-time | KING OF TIME | KING OF TIME | https://www.kingoftime.jp/
    hosts kingoftime.jp kingtime.jp
chatwork | Chatwork | Chatwork（チャットワーク） | https://go.chatwork.com/
    hosts chatwork.com; dkim chatwork.com
backlog | Backlog | Backlog（バックログ） | https://backlog.com/
    hosts backlog.com backlog.jp nulab.com nulab-inc.com; dkim backlog.com backlog.jp
directcloud | DirectCloud | DirectCloud | https://directcloud.jp/
    hosts directcloud.jp
crypto-bin | Crypto Bin | クリプト便 | https://www.nri-secure.co.jp/
    hosts nri-secure.co.jp
color-me-shop | Color Me Shop | カラーミーショップ | https://shop-pro.jp/
    hosts shop-pro.jp; dkim shop-pro.jp; return shop-pro.jp
makeshop | MakeShop | メイクショップ | https://www.makeshop.jp/
    hosts makeshop.jp
futureshop | futureshop | フューチャーショップ | http://qa.future-shop.jp/
    hosts future-shop.jp fsi.ne.jp; spf spfgw.fsi.ne.jp
base-ec | BASE | BASE（ベイス） | https://thebase.com/
    hosts thebase.in thebase.com; dkim thebase.in
stores | STORES | STORES（ストアーズ） | https://stores.jp/
    hosts stores.jp; dkim stores.jp
rakuten | Rakuten Ichiba | 楽天市場 | https://www.rakuten.co.jp/
    hosts rakuten.co.jp; dkim rakuten.co.jp
ec-cube | EC-CUBE | EC-CUBE（イーシーキューブ） | https://www.ec-cube.net/
    hosts ec-cube.net
ebisumart-lite | ebisumart Lite | ebisumart Lite（エビスマート） | https://support.ebisumart-lite.com/item/ZERO_FAQ_66.html
    hosts ebisumart-lite.com ebisumart.com; spf ebisumart-lite.com
tempostar | TEMPOSTAR | TEMPOSTAR（テンポスター） | https://manual.tempostar.net/order-management/email-response/change-sender-email-address
    hosts tempostar.net
next-engine | NEXT ENGINE | ネクストエンジン | https://next-engine.net/
    hosts next-engine.net next-engine.com
ochanoko | ocnk | おちゃのこネット | https://www.ocnk.net/
    hosts ocnk.net
goope | Goope | グーペ | https://goope.jp/
    hosts goope.jp
jimdo | Jimdo | ジンドゥー | https://www.jimdo.com/
    hosts jimdo.com
note-jp | note | note（ノート） | https://note.com/
    hosts note.com note.mu
bluemonkey | CMS Blue Monkey | ブルーモンキー | https://manual.bluemonkey.jp/news/news_200317.html
    hosts bluemonkey.jp
affilicode | affilicode | アフィリコード | https://blog.affilicode.jp/article/22201
    hosts affilicode.jp
recruit | Recruit | リクルート | https://www.recruit.co.jp/
    hosts recruit.co.jp rikunabi.com hotpepper.jp jalan.net
mynavi | Mynavi | マイナビ | https://www.mynavi.jp/
    hosts mynavi.jp
en-japan | en Japan (engage) | エン・ジャパン（engage） | https://corp.en-japan.com/
    hosts en-japan.com en-gage.net
hrmos | HRMOS | HRMOS（ハーモス） | https://hrmos.co/
    hosts hrmos.co
talentio | Talentio | タレンティオ | https://www.talentio.com/
    hosts talentio.com
manaba | manaba | manaba（マナバ） | https://manaba.jp/
    hosts manaba.jp
benesse-classi | Classi | Classi（クラッシー） | https://classi.jp/
    hosts classi.jp
codmon | Codmon | コドモン | https://www.codmon.com/
    hosts codmon.com
axol | AXOL | AXOL（アクソル） | https://www.noc-net.co.jp/
    hosts axol.jp
sonar-ats | sonar ATS | sonar ATS（ソナー） | https://sonar-ats.jp/
    hosts snar.jp sonar-ats.jp
i-web-jp | i-web | i-web（ヒューマネージ） | https://www.humanage.co.jp/
    hosts i-webs.jp humanage.co.jp
e2r | e2R PRO | e2R PRO（イーツーアール） | https://www.e2r.jp/
    hosts e2r.jp
hito-link | HITO-Link | HITO-Link（ヒトリンク） | https://www.hito-link.jp/
    hosts hito-link.jp
herp | HERP Hire | HERP Hire（ハープ） | https://herp.cloud/
    hosts herp.cloud
wantedly | Wantedly | ウォンテッドリー | https://www.wantedly.com/
    hosts wantedly.com
bizreach | BizReach | ビズリーチ | https://www.bizreach.jp/
    hosts bizreach.jp bizreach.co.jp
doda | doda | doda（デューダ） | https://doda.jp/
    hosts doda.jp persol-career.co.jp
green-japan | Green | Green（グリーン） | https://www.green-japan.com/
    hosts green-japan.com
one-career | ONE CAREER | ワンキャリア | https://www.onecareer.jp/
    hosts onecareer.jp
offerbox | OfferBox | OfferBox（オファーボックス） | https://offerbox.jp/
    hosts offerbox.jp i-plug.co.jp
career-tasu | CAREERTAS | キャリタス | https://job.career-tasu.jp/
    hosts career-tasu.jp disc.co.jp
kaonavi | kaonavi | カオナビ | https://www.kaonavi.jp/
    hosts kaonavi.jp
jinjer | jinjer | ジンジャー | https://hcm-jinjer.com/
    hosts jinjer.biz
minagine | MINAGINE | ミナジン | https://minagine.jp/
    hosts minagine.jp
office-station | Office Station | オフィスステーション | https://www.officestation.jp/
    hosts officestation.jp
yayoi | Yayoi | 弥生 | https://www.yayoi-kk.co.jp/
    hosts yayoi-kk.co.jp
infomart | Infomart BtoB Platform | BtoBプラットフォーム（インフォマート） | https://www.infomart.co.jp/
    hosts infomart.co.jp
bill-one | Bill One | Bill One（ビルワン） | https://bill-one.com/
    hosts bill-one.com
bakuraku | Bakuraku | バクラク | https://bakuraku.jp/
    hosts bakuraku.jp layerx.jp
timerex | TimeRex | TimeRex（タイムレックス） | https://timerex.net/
    hosts timerex.net
spir | Spir | Spir（スピア） | https://www.spirinc.com/
    hosts spirinc.com
talknote | Talknote | Talknote（トークノート） | https://talknote.com/
    hosts talknote.com
j-motto | J-MOTTO | J-MOTTO（ジェイモット） | https://www.j-motto.co.jp/
    hosts j-motto.co.jp
rakumo | rakumo | rakumo（ラクモ） | https://rakumo.com/
    hosts rakumo.com
anpi-toyokumo | Anpi Kakunin Service 2 | 安否確認サービス2（トヨクモ） | https://www.anpikakunin.com/
    hosts anpikakunin.com
ocrenger | Ocrenger | オクレンジャー | https://www.ocrenger.jp/
    hosts ocrenger.jp
anpic | ANPIC | ANPIC（アンピック） | https://www.anpic.jp/
    hosts anpic.jp
datadeliver | Datadeliver | データ便 | https://www.datadeliver.net/
    hosts datadeliver.net
firestorage | firestorage | firestorage（ファイヤストレージ） | https://firestorage.jp/
    hosts firestorage.jp
fleekdrive | Fleekdrive | Fleekdrive（フリークドライブ） | https://www.fleekdrive.com/
    hosts fleekdrive.com
shopserve | shopserve | ショップサーブ（Eストアー） | https://estore.co.jp/shopserve/
    hosts shopserve.jp; spf spf.shopserve.jp
easy-myshop | easy myShop | イージーマイショップ | https://www.easy-myshop.jp/
    hosts easy-myshop.jp
ecforce | ecforce | ecforce（イーシーフォース） | https://ec-force.com/
    hosts ec-force.com
aiship | aishipR | aishipR（アイシップアール） | https://www.aiship.jp/
    hosts aiship.jp
tamago-repeat | Subsc Store | サブスクストア（たまごリピート） | https://tamagorepeat.com/
    hosts tamagorepeat.com
booth | BOOTH, pixiv | BOOTH・pixiv（ピクシブ） | https://booth.pm/
    hosts booth.pm pixiv.net
minne | minne | minne（ミンネ） | https://minne.com/
    hosts minne.com
creema | Creema | Creema（クリーマ） | https://www.creema.jp/
    hosts creema.jp
mercari | Mercari | メルカリ | https://jp.mercari.com/
    hosts mercari.jp mercari.com
camp-fire | CAMPFIRE | CAMPFIRE（キャンプファイヤー） | https://camp-fire.jp/
    hosts camp-fire.jp
makuake | Makuake | Makuake（マクアケ） | https://www.makuake.com/
    hosts makuake.com
readyfor | READYFOR | READYFOR（レディーフォー） | https://readyfor.jp/
    hosts readyfor.jp
reserva | RESERVA | RESERVA（レゼルバ） | https://reserva.be/
    hosts reserva.be
select-type | SelectType | SelectType（セレクトタイプ） | https://select-type.com/
    hosts select-type.com
coubic | STORES Reservation (Coubic) | STORES 予約（クービック） | https://coubic.com/
    hosts coubic.com
salonboard | SALON BOARD | サロンボード | https://salonboard.com/
    hosts salonboard.com
tablecheck | TableCheck | TableCheck（テーブルチェック） | https://www.tablecheck.com/
    hosts tablecheck.com
gnavi | Gurunavi | ぐるなび | https://www.gnavi.co.jp/
    hosts gnavi.co.jp
tabelog | Tabelog, Kakaku.com | 食べログ・価格.com | https://tabelog.com/
    hosts tabelog.com kakaku.com
epark | EPARK | EPARK（イーパーク） | https://epark.jp/
    hosts epark.jp
ikyu | Ikyu | 一休.com | https://www.ikyu.com/
    hosts ikyu.com
tetoru | tetoru | tetoru（テトル） | https://tetoru.jp/
    hosts tetoru.jp
machicomi | Machicomi | マチコミ | https://machicomi.jp/
    hosts machicomi.jp
comiru | Comiru | Comiru（コミル） | https://comiru.jp/
    hosts comiru.jp
""",
)
