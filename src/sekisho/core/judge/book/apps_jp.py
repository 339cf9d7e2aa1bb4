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
    hosts rakus.co.jp
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
    hosts kingoftime.jp
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
    hosts recruit.co.jp
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
""",
)
