"""Applications for selling, paying, booking, meeting and asking that send for their customers: shops, books, hotels, events."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.SERVICE,
    """
shopify | Shopify | | https://help.shopify.com/
    hosts shopify.com shopifyemail.com; spf shops.shopify.com; dkim shopify.com shopifyemail.com
    return shopify.com shopifyemail.com
bigcommerce | BigCommerce | | https://support.bigcommerce.com/
    hosts bigcommerce.com bigcommerce.net
lightspeed | Lightspeed | | https://www.lightspeedhq.com/
    hosts lightspeedhq.com
ecwid | Ecwid | | https://support.ecwid.com/
    hosts ecwid.com
volusion | Volusion | | https://helpcenter.volusion.com/
    hosts volusion.com
shift4shop | Shift4Shop (3dcart) | | https://www.shift4shop.com/
    hosts 3dcart.com 3dcartstores.com shift4shop.com; spf spf.protection.3dcart.com
etsy | Etsy | | https://help.etsy.com/
    hosts etsy.com; dkim etsy.com
ebay | eBay | | https://www.ebay.com/help
    hosts ebay.com emailebay.com; dkim ebay.com
oxatis | Oxatis | | https://www.oxatis.com/
    hosts oxatis.com
abicart | Abicart | | https://abicart.com/
    hosts abicart.com abicart.se; spf spf.abicart.com
mijnwebwinkel | Mijnwebwinkel, MyOnlineStore | | https://www.mijnwebwinkel.nl/
    hosts mijnwebwinkel.nl myonlinestore.com; spf spf.mijnwebwinkel.nl
webador | JouwWeb, Webador | | https://www.webador.com/
    hosts jouwweb.nl webador.com; spf _spf.jouwweb.nl _spf.webador.com
shoptet | Shoptet | | https://www.shoptet.cz/
    hosts shoptet.cz
insales | inSales | | https://www.insales.ru/
    hosts insales.ru; spf mail.insales.ru
webasyst | Webasyst | | https://www.webasyst.com/
    hosts webasyst.com
tray | Tray | | https://www.tray.com.br/
    hosts tray.com.br; spf _spf.tray.com.br
nuvemshop | Nuvemshop, Tiendanube | | https://www.nuvemshop.com.br/
    hosts nuvemshop.com.br tiendanube.com
vtex | VTEX | | https://help.vtex.com/
    hosts vtex.com
yotpo | Yotpo | | https://support.yotpo.com/
    hosts yotpo.com
bazaarvoice | Bazaarvoice | | https://www.bazaarvoice.com/
    hosts bazaarvoice.com
trustpilot | Trustpilot | | https://support.trustpilot.com/
    hosts trustpilot.com trustpilotmail.com; dkim trustpilotmail.com
feefo | Feefo | | https://www.feefo.com/
    hosts feefo.com
narvar | Narvar | | https://corp.narvar.com/
    hosts narvar.com
parcellab | parcelLab | | https://parcellab.com/
    hosts parcellab.com
aftership | AfterShip | | https://www.aftership.com/
    hosts aftership.com
sendcloud | Sendcloud (parcels) | | https://www.sendcloud.com/
    hosts sendcloud.com sendcloud.sc
squarespace | Squarespace | | https://support.squarespace.com/
    hosts squarespace.com squarespace-mail.com; dkim squarespace.com squarespace-mail.com
wix | Wix | | https://support.wix.com/
    hosts wix.com wixemails.com; dkim wixemails.com; return wixemails.com
netsuite | Oracle NetSuite | | https://docs.oracle.com/
    hosts netsuite.com openair.com; spf mailsenders.netsuite.com sent-via.netsuite.com; dkim netsuite.com; return netsuite.com
intuit | Intuit | | https://quickbooks.intuit.com/
    hosts intuit.com; dkim intuit.com; return intuit.com
xero | Xero | | https://central.xero.com/
    hosts xero.com; dkim xero.com; return xero.com
sage-intacct | Sage Intacct | | https://www.intacct.com/
    hosts intacct.com; spf _spf.intacct.com
sage | Sage | | https://www.sage.com/
    hosts sage.com
exact-online | Exact Online | | https://www.exact.com/
    hosts exactonline.nl exact.com exactonline.com; spf _spf.exactonline.nl
afas | AFAS | | https://www.afas.nl/
    hosts afasonline.nl afas.nl; spf _spf.afasonline.nl
fortnox | Fortnox | | https://www.fortnox.se/
    hosts fortnox.se; spf spf.fortnox.se
visma | Visma | | https://www.visma.com/
    hosts visma.com visma.net
lexoffice | Lexware Office | | https://www.lexware.de/
    hosts lexoffice.de lexware.de
sevdesk | sevdesk | | https://sevdesk.de/
    hosts sevdesk.de sevdesk.com
datev | DATEV | | https://www.datev.de/
    hosts datev.de datevnet.de
freshbooks | FreshBooks | | https://support.freshbooks.com/
    hosts freshbooks.com; spf _spf.freshbooks.com
wave | Wave | | https://support.waveapps.com/
    hosts waveapps.com
freeagent | FreeAgent | | https://support.freeagent.com/
    hosts freeagent.com
myob | MYOB | | https://www.myob.com/
    hosts myob.com
bill-com | BILL | | https://help.bill.com/
    hosts bill.com
expensify | Expensify | | https://help.expensify.com/
    hosts expensify.com expensifymail.com
concur | SAP Concur | | https://www.concur.com/
    hosts concursolutions.com concur.com; return concursolutions.com
coupa | Coupa | | https://www.coupa.com/
    hosts coupahost.com coupa.com
ariba | SAP Ariba | | https://www.ariba.com/
    hosts ariba.com
jaggaer | JAGGAER | | https://www.jaggaer.com/
    hosts jaggaer.com sciquest.com
infor | Infor | | https://www.infor.com/
    hosts inforcloudsuite.com infor.com gtnexus.com
odoo | Odoo | | https://www.odoo.com/documentation/
    hosts odoo.com; spf _spf.odoo.com
tipalti | Tipalti | | https://tipalti.com/
    hosts tipalti.com
sidetrade | Sidetrade | | https://www.sidetrade.com/
    hosts sidetrade.net sidetrade.com; spf _spf.sidetrade.net
billtrust | Billtrust | | https://www.billtrust.com/
    hosts billtrust.com
chargebee | Chargebee | | https://www.chargebee.com/docs/
    hosts chargebee.com
recurly | Recurly | | https://docs.recurly.com/
    hosts recurly.com
zuora | Zuora | | https://docs.zuora.com/
    hosts zuora.com
gocardless | GoCardless | | https://gocardless.com/
    hosts gocardless.com
adyen | Adyen | | https://docs.adyen.com/
    hosts adyen.com
klarna | Klarna | | https://www.klarna.com/
    hosts klarna.com
stripe | Stripe | | https://docs.stripe.com/
    hosts stripe.com; dkim stripe.com; return stripe.com
square | Square | | https://squareup.com/help
    hosts squareup.com square.com; dkim squareup.com
paypal | PayPal | | https://www.paypal.com/
    hosts paypal.com; dkim paypal.com
docusign | DocuSign | | https://support.docusign.com/
    hosts docusign.net docusign.com; dkim docusign.net docusign.com; return docusign.net
adobe-sign | Adobe Acrobat Sign | | https://helpx.adobe.com/sign/
    hosts echosign.com adobesign.com; dkim echosign.com adobesign.com; return echosign.com adobesign.com
hellosign | Dropbox Sign (HelloSign) | | https://help.dropbox.com/sign
    hosts hellosign.com
pandadoc | PandaDoc | | https://support.pandadoc.com/
    hosts pandadoc.com pandadoc.net
signnow | SignNow | | https://www.signnow.com/
    hosts signnow.com
onespan-sign | OneSpan Sign | | https://docs.onespan.com/
    hosts esignlive.com onespan.com
yousign | Yousign | | https://yousign.com/
    hosts yousign.com
scrive | Scrive | | https://www.scrive.com/
    hosts scrive.com
oneflow | Oneflow | | https://oneflow.com/
    hosts oneflow.com
getaccept | GetAccept | | https://www.getaccept.com/
    hosts getaccept.com
qualtrics | Qualtrics | | https://www.qualtrics.com/support/
    hosts qualtrics.com qemailserver.com; spf _spf.qualtrics.com; dkim qualtrics.com qemailserver.com
    return qemailserver.com qualtrics.com
surveymonkey | SurveyMonkey | | https://help.surveymonkey.com/
    hosts surveymonkey.com surveymonkeyuser.com; dkim surveymonkey.com surveymonkeyuser.com
    return surveymonkey.com surveymonkeyuser.com
typeform | Typeform | | https://help.typeform.com/
    hosts typeform.com
surveycake | SurveyCake | | https://www.surveycake.com/
    hosts surveycake.com
jotform | Jotform | | https://www.jotform.com/help/
    hosts jotform.com
formassembly | FormAssembly | | https://help.formassembly.com/
    hosts formassembly.com
alchemer | Alchemer (SurveyGizmo) | | https://help.alchemer.com/
    hosts alchemer.com surveygizmo.com
medallia | Medallia | | https://www.medallia.com/
    hosts medallia.com medallia.eu
forsta | Forsta (Confirmit) | | https://www.forsta.com/
    hosts confirmit.com forsta.com
questionpro | QuestionPro | | https://www.questionpro.com/
    hosts questionpro.com
eventbrite | Eventbrite | | https://www.eventbrite.com/help
    hosts eventbrite.com; dkim eventbrite.com
cvent | Cvent | | https://support.cvent.com/
    hosts cvent.com cvent-planner.com cvtsv.com; spf cvent-planner.com; dkim cvent-planner.com; return cvent-planner.com
meetup | Meetup | | https://help.meetup.com/
    hosts meetup.com
ticketmaster | Ticketmaster | | https://www.ticketmaster.com/
    hosts ticketmaster.com
splash | Splash | | https://splashthat.com/
    hosts splashthat.com
bizzabo | Bizzabo | | https://www.bizzabo.com/
    hosts bizzabo.com
eventsair | EventsAir | | https://www.eventsair.com/
    hosts eventsairmail.com eventsair.com
on24 | ON24 | | https://www.on24.com/
    hosts on24event.com on24.com
goto | GoTo, LogMeIn | | https://support.goto.com/
    hosts goto.com gotowebinar.com logmein.com citrixonline.com; dkim citrixonline.com logmein.com
zoom | Zoom | | https://support.zoom.com/
    hosts zoom.us zoom.com; dkim zoom.us; return zoom.us
webex | Cisco Webex | | https://help.webex.com/
    hosts webex.com; dkim webex.com; return webex.com
calendly | Calendly | | https://help.calendly.com/
    hosts calendly.com
doodle | Doodle | | https://doodle.com/
    hosts doodle.com
signupgenius | SignUpGenius | | https://www.signupgenius.com/
    hosts signupgenius.com
opentable | OpenTable | | https://support.opentable.com/
    hosts opentable.com
resy | Resy | | https://resy.com/
    hosts resy.com
sevenrooms | SevenRooms | | https://sevenrooms.com/
    hosts sevenrooms.com
toast | Toast | | https://support.toasttab.com/
    hosts toasttab.com
mindbody | Mindbody | | https://support.mindbodyonline.com/
    hosts mindbodyonline.com
fresha | Fresha | | https://www.fresha.com/
    hosts fresha.com
booking-com | Booking.com | | https://www.booking.com/
    hosts booking.com; dkim booking.com
expedia | Expedia Group | | https://www.expedia.com/
    hosts expedia.com expediamail.com; dkim expediamail.com
airbnb | Airbnb | | https://www.airbnb.com/
    hosts airbnb.com; dkim airbnb.com
synxis | Sabre SynXis | | https://www.sabrehospitality.com/
    hosts synxis.com; spf spf.synxis.com
cendyn | Cendyn | | https://www.cendyn.com/
    hosts cendyn.com
revinate | Revinate | | https://www.revinate.com/
    hosts revinate.com
mews | Mews | | https://help.mews.com/
    hosts mews.com mews.li
cloudbeds | Cloudbeds | | https://www.cloudbeds.com/
    hosts cloudbeds.com
siteminder | SiteMinder | | https://www.siteminder.com/
    hosts siteminder.com
sirvoy | Sirvoy | | https://sirvoy.jp/
    hosts sirvoy.com; spf _spf.sirvoy.com
doctolib | Doctolib | | https://www.doctolib.com/
    hosts doctolib.com doctolib.fr doctolib.net doctolib.de
solutionreach | Solutionreach | | https://www.solutionreach.com/
    hosts solutionreach.com communitect.com
entrata | Entrata | | https://www.entrata.com/
    hosts entrata.com
yardi | Yardi, RentCafe | | https://www.yardi.com/
    hosts yardi.com rentcafe.com
appfolio | AppFolio | | https://www.appfolio.com/
    hosts appfolio.com appfolio.us
realpage | RealPage | | https://www.realpage.com/
    hosts realpage.com
la-boite-immo | La Boîte Immo | | https://www.la-boite-immo.com/
    hosts la-boite-immo.fr la-boite-immo.com; spf la-boite-immo.fr
dealer-spike | Dealer Spike | | https://www.dealerspike.com/
    hosts dealerspike.com; spf spf.dealerspike.com
""",
)
