"""Delivery services, marketing and form services of Japan."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.SERVICE,
    """
spiral | SPIRAL | スパイラル（ver.1） | https://www.spiral-platform.co.jp/
    hosts smp.ne.jp; return smp.ne.jp
spiral-v2 | SPIRAL ver.2 | スパイラル（ver.2） | https://support.spiral-platform.com/etc/2740.html
    hosts spiral-platform.com spiral-platform.co.jp; spf spiral-platform.com; return spiral-platform.com
cuenote | Cuenote | Cuenote（キューノート） | https://www.cuenote.jp/
    hosts cuenotefc.jp cuenote.jp cuenote.ne.jp; return cuenotefc.jp cuenote.jp
haihaimail | Haihai Mail | 配配メール | https://support.haihaimail.jp/arrivalimprovement/spfset/
    hosts haihaimail.jp hcm-nc.jp; spf spf.haihaimail.jp; return haihaimail.jp
blastmail | blastmail | ブラストメール | https://blastmail.jp/
    hosts blastmail.jp bme.jp; return bme.jp
blastengine | blastengine | blastengine（ブラストエンジン） | https://blastengine.jp/
    hosts blastengine.jp; dkim blastengine.jp; return blastengine.jp
combz | Combz Mail PLUS | コンビーズメールプラス | https://www.combzmail.jp/
    hosts combzmail.jp; dkim combzmail.jp; return combzmail.jp
webcas | WEBCAS | WEBCAS（ウェブキャス） | https://www.webcas.jp/
    hosts webcas.jp webcas.net; return webcas.net
arara-messages | arara messages | アララ メッセージ | https://docs.am.arara.com/gui/?p=2767
    hosts arara.com; spf spf.am.arara.com; return am.arara.com
repica | repica | レピカ（アララ） | https://docs.am.arara.com/gui/?p=2767
    hosts repica.jp; spf spf.repica.jp; return repica.jp
synergy | Synergy! | Synergy!（シナジー） | https://www.synergy-marketing.co.jp/cloud/synergylead/support/faq-mail-senderid-spf/
    hosts crmstyle.com; spf crmstyle.com; return crmstyle.com
mailpublisher | MailPublisher | MailPublisher（エンバーポイント） | https://emberpoint.com/
    hosts mpme.jp mpse.jp emberpoint.com; dkim mpme.jp mpse.jp; return mpme.jp mpse.jp
blayn | BLAYN Mail | ブレインメール | https://blayn.jp/
    hosts blayn.jp blaynmail.jp blayn.co.jp; return blayn.jp
autobiz | AutoBiz | オートビズ | https://autobiz.help/basic/?p=33219
    hosts autobiz.jp; spf _spf.autobiz.jp; return autobiz.jp
acmailer | acmailer | エーシーメーラー | https://www.acmailer.jp/
    hosts acmailer.jp
mag2 | Mag2 | まぐまぐ！ | https://www.mag2.com/
    hosts mag2.com; dkim mag2.com; return mag2.com
satori | SATORI | SATORI（サトリ） | https://satori.marketing/
    hosts satori.marketing satr.jp
kairos3 | Kairos3 | カイロス3 | https://www.kairosmarketing.net/
    hosts kairosmarketing.net k3r.jp
sansan | Sansan | Sansan（サンサン） | https://jp.sansan.com/
    hosts sansan.com
eight | Eight | Eight（エイト） | https://8card.net/
    hosts 8card.net
bdash | b-dash | b→dash（ビーダッシュ） | https://bdash-marketing.com/
    hosts bdash-marketing.com bdash-cloud.com smart-bdash.com
karte | KARTE | KARTE（カルテ） | https://support.karte.io/
    hosts karte.io plaid.co.jp
repro | Repro | Repro（リプロ） | https://repro.io/
    hosts repro.io
shanon | SHANON Marketing Platform | シャノン | https://support.shanon.co.jp/
    hosts shanon.co.jp shanon-services.com
list-finder | List Finder | リストファインダー | https://promote.list-finder.jp/
    hosts list-finder.jp
bownow | BowNow | BowNow（バウナウ） | https://bow-now.jp/
    hosts bow-now.jp
ferret-one | ferret One | ferret One（フェレットワン） | https://ferretone.zendesk.com/hc/ja/articles/115007535927
    hosts ferret-one.com; spf mail-spf.ferret-one.com; return ferret-one.com
customer-rings | Customer Rings | カスタマーリングス | https://www.customer-rings.com/
    hosts customer-rings.com
probance | Probance | プロバンス | https://www.probance.jp/
    hosts probance.jp phm-brainpad.jp
makerepeater | MakeRepeater | メイクリピーター | https://makerepeater.jp/
    hosts makerepeater.jp
myasp | MyASP | MyASP（マイスピー） | https://docs.myasp.jp/
    hosts myasp.jp; spf myasp.jp
expa | EXPA | エキスパ | https://www.ex-pa.jp/
    hosts ex-pa.jp
orange-mail | Orange Mail | オレンジメール | https://mail.orange-cloud7.net/
    hosts orange-cloud7.net
reservestock | Reservestock | リザスト | https://www.reservestock.jp/
    hosts reservestock.jp
imail-system | i-Mail | アイ・メール | https://imail-system.com/operation/?p=492
    hosts imail-system.com bserver.jp; spf spf.bserver.jp; return bserver.jp
fsi-form-mailer | Form Mailer | フォームメーラー | https://support.form-mailer.jp/
    hosts form-mailer.jp
formzu | formzu | フォームズ | https://www.formzu.com/
    hosts formzu.com formzu.net
formrun | formrun | formrun（フォームラン） | https://form.run/
    hosts form.run
espar | espar form | エスパーフォーム | https://doc.feedtailor.jp/espar/form/config/02
    hosts espar.biz; spf spf.espar.biz
kintone-kviewer | Toyokumo | トヨクモ | https://www.toyokumo.co.jp/
    hosts toyokumo.co.jp kintoneapp.com
anpi-secom | Secom safety confirmation | セコム安否確認サービス | https://www.secomtrust.net/
    hosts secomtrust.net
rakurenkaku | Raku-Raku Renrakumo | らくらく連絡網 | https://ra9.jp/
    hosts ra9.jp ra9plus.jp
wow-world | WOW WORLD | WOW WORLD | https://www.wow-world.co.jp/
    hosts wow-world.co.jp azia.jp
hotprofile | Hot Profile | ホットプロファイル | https://www.hammock.jp/
    hosts hammock.jp hammock.co.jp
salescrowd | SalesCrowd | セールスクラウド | https://manual.sales-crowd.jp/?p=549
    hosts sales-crowd.jp
niversus | NI Collabo | NIコラボ・Sales Force Assistant | https://www.ni-consul.co.jp/
    hosts ni-consul.co.jp nivms.com
questant | Questant | Questant（クエスタント） | https://questant.jp/
    hosts questant.jp
macromill | Macromill | マクロミル | https://www.macromill.com/
    hosts macromill.com
surveroid | Surveroid | サーベロイド | https://surveroid.jp/
    hosts surveroid.jp
rsvsys | Rizaen | リザエン | https://manual.rsvsys.jp/?p=5526
    hosts rsvsys.jp
peatix | Peatix | ピーティックス | https://peatix.com/
    hosts peatix.com
connpass | connpass | コンパス | https://connpass.com/
    hosts connpass.com
customers-mail-cloud | Customers Mail Cloud | Customers Mail Cloud（HENNGE） | https://smtps.jp/
    hosts smtps.jp; return smtps.jp
will-mail | WiLL Mail | WiLL Mail（サパナ） | https://willcloud.jp/
    hosts willap.jp willcloud.jp
curumeru | Curumeru | クルメル | https://www.curumeru.jp/
    hosts crmf.jp curumeru.jp
relation | Re:lation | Re:lation（リレーション） | https://ingage.jp/relation/
    hosts ingage.jp
yaritori | yaritori | yaritori（ヤリトリ） | https://yaritori.jp/
    hosts yaritori.jp
channel-talk | Channel Talk | チャネルトーク | https://channel.io/
    hosts channel.io
tayori | Tayori | Tayori（タヨリ） | https://tayori.com/
    hosts tayori.com
doorkeeper | Doorkeeper | ドアキーパー | https://www.doorkeeper.jp/
    hosts doorkeeper.jp
techplay | TECH PLAY | TECH PLAY（テックプレイ） | https://techplay.jp/
    hosts techplay.jp
eventregist | EventRegist | イベントレジスト | https://eventregist.com/
    hosts eventregist.com
eplus | e+ | イープラス | https://eplus.jp/
    hosts eplus.co.jp eplus.jp
ticket-pia | Ticket Pia | チケットぴあ | https://t.pia.jp/
    hosts pia.jp pia.co.jp
lawson-ticket | Lawson Ticket | ローソンチケット | https://l-tike.com/
    hosts l-tike.com
livepocket | LivePocket | ライブポケット | https://livepocket.jp/
    hosts livepocket.jp
teket | teket | teket（テケト） | https://teket.jp/
    hosts teket.jp
theletter | theLetter | theLetter（ザ・レター） | https://theletter.jp/
    hosts theletter.jp
prtimes | PR TIMES | PR TIMES（PRタイムズ） | https://prtimes.jp/
    hosts prtimes.co.jp prtimes.jp
valuepress | valuepress | valuepress（バリュープレス） | https://www.value-press.com/
    hosts value-press.com
""",
)
