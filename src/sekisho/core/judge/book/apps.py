"""Applications of the world that send for their customers: tickets, signatures, accounts, shops, people."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.SERVICE,
    """
google-notices | Google Calendar, Drive | Google カレンダー・ドライブ | https://support.google.com/calendar/answer/37161
    return bounces.google.com
zendesk | Zendesk | | https://support.zendesk.com/
    hosts zendesk.com zdsys.com; spf mail.zendesk.com; dkim zendesk.com; return zendesk.com
freshdesk | Freshdesk | | https://support.freshdesk.com/
    hosts freshdesk.com freshemail.io freshworks.com; spf email.freshdesk.com; dkim freshemail.io freshdesk.com
    return freshdesk.com freshemail.io
helpscout | Help Scout | | https://docs.helpscout.com/
    hosts helpscout.net helpscout.com; spf helpscoutemail.com; dkim helpscout.net; return helpscout.net helpscoutemail.com
intercom | Intercom | | https://www.intercom.com/help
    hosts intercom.io intercom.com intercom-mail.com; dkim intercom.io intercom-mail.com; return intercom.io intercom-mail.com
front | Front | | https://help.front.com/
    hosts frontapp.com
gorgias | Gorgias | | https://docs.gorgias.com/
    hosts gorgias.com gorgias.io
atlassian | Atlassian | | https://support.atlassian.com/
    hosts atlassian.net atlassian.com; spf _spf.atlassian.net; dkim atlassian.net atlassian.com; return atlassian.net
servicenow | ServiceNow | | https://www.servicenow.com/docs
    hosts service-now.com servicenow.com; dkim service-now.com; return service-now.com
workday | Workday | | https://www.workday.com/
    hosts myworkday.com workday.com; dkim myworkday.com; return myworkday.com
successfactors | SAP SuccessFactors | | https://help.sap.com/
    hosts successfactors.com successfactors.eu
netsuite | Oracle NetSuite | | https://docs.oracle.com/
    hosts netsuite.com; spf sent-via.netsuite.com mailsender.netsuite.com; dkim netsuite.com; return netsuite.com
intuit | Intuit | | https://quickbooks.intuit.com/
    hosts intuit.com; dkim intuit.com
xero | Xero | | https://central.xero.com/
    hosts xero.com; dkim xero.com
stripe | Stripe | | https://docs.stripe.com/
    hosts stripe.com; dkim stripe.com; return stripe.com
square | Square | | https://squareup.com/help
    hosts squareup.com; dkim squareup.com
paypal | PayPal | | https://www.paypal.com/
    hosts paypal.com; dkim paypal.com
docusign | DocuSign | | https://support.docusign.com/
    hosts docusign.net docusign.com; dkim docusign.net docusign.com; return docusign.net
adobe-sign | Adobe Acrobat Sign | | https://helpx.adobe.com/sign/
    hosts echosign.com adobesign.com; dkim echosign.com adobesign.com; return echosign.com adobesign.com
dropbox | Dropbox | | https://help.dropbox.com/
    hosts dropbox.com dropboxmail.com; dkim dropbox.com dropboxmail.com
box | Box | | https://support.box.com/
    hosts box.com; dkim box.com
qualtrics | Qualtrics | | https://www.qualtrics.com/support/
    hosts qualtrics.com qemailserver.com; spf _spf.qualtrics.com; dkim qualtrics.com qemailserver.com
    return qemailserver.com qualtrics.com
surveymonkey | SurveyMonkey | | https://help.surveymonkey.com/
    hosts surveymonkey.com surveymonkeyuser.com; dkim surveymonkey.com surveymonkeyuser.com
    return surveymonkey.com surveymonkeyuser.com
typeform | Typeform | | https://help.typeform.com/
    hosts typeform.com
github | GitHub | | https://docs.github.com/
    hosts github.com; dkim github.com; return github.com
gitlab | GitLab.com | | https://docs.gitlab.com/
    hosts gitlab.com; dkim gitlab.com; return gitlab.com
slack | Slack | | https://slack.com/help
    hosts slack.com; dkim slack.com
asana | Asana | | https://help.asana.com/
    hosts asana.com; dkim asana.com
monday | monday.com | | https://support.monday.com/
    hosts monday.com; dkim monday.com
notion | Notion | | https://www.notion.com/help
    hosts notion.so
zoom | Zoom | | https://support.zoom.com/
    hosts zoom.us zoom.com; dkim zoom.us
webex | Cisco Webex | | https://help.webex.com/
    hosts webex.com; dkim webex.com
okta | Okta | | https://help.okta.com/
    hosts okta.com; dkim okta.com
pagerduty | PagerDuty | | https://support.pagerduty.com/
    hosts pagerduty.com; dkim pagerduty.com
statuspage | Atlassian Statuspage | | https://support.atlassian.com/statuspage/
    hosts statuspage.io; dkim statuspage.io
knowbe4 | KnowBe4 | | https://support.knowbe4.com/
    hosts knowbe4.com; spf _spf.psm.knowbe4.com; return psm.knowbe4.com
greenhouse | Greenhouse | | https://support.greenhouse.io/
    hosts greenhouse.io greenhouse-mail.io; dkim greenhouse-mail.io; return greenhouse-mail.io
lever | Lever | | https://help.lever.co/
    hosts lever.co
bamboohr | BambooHR | | https://help.bamboohr.com/
    hosts bamboohr.com; dkim bamboohr.com
shopify | Shopify | | https://help.shopify.com/
    hosts shopify.com shopifyemail.com; spf shops.shopify.com; dkim shopify.com shopifyemail.com
    return shopify.com shopifyemail.com
bigcommerce | BigCommerce | | https://support.bigcommerce.com/
    hosts bigcommerce.com
squarespace | Squarespace | | https://support.squarespace.com/
    hosts squarespace.com squarespace-mail.com; dkim squarespace.com squarespace-mail.com
wix | Wix | | https://support.wix.com/
    hosts wix.com wixemails.com; dkim wixemails.com
wordpress-com | WordPress.com | | https://wordpress.com/support/
    hosts wordpress.com; dkim wordpress.com
substack | Substack | | https://support.substack.com/
    hosts substack.com; dkim substack.com
beehiiv | beehiiv | | https://www.beehiiv.com/support
    hosts beehiiv.com
eventbrite | Eventbrite | | https://www.eventbrite.com/help
    hosts eventbrite.com; dkim eventbrite.com
cvent | Cvent | | https://support.cvent.com/
    hosts cvent.com cvent-planner.com; dkim cvent-planner.com; return cvent-planner.com
opentable | OpenTable | | https://support.opentable.com/
    hosts opentable.com
mindbody | Mindbody | | https://support.mindbodyonline.com/
    hosts mindbodyonline.com
blackbaud | Blackbaud | | https://webfiles.blackbaud.com/
    hosts blackbaud.net blackbaud.com; spf outboundmail.blackbaud.net; return blackbaud.net
salesloft | Salesloft | | https://support.salesloft.com/
    hosts salesloft.com
outreach | Outreach | | https://support.outreach.io/
    hosts outreach.io
pipedrive | Pipedrive | | https://support.pipedrive.com/
    hosts pipedrive.com
linkedin | LinkedIn | | https://www.linkedin.com/help
    hosts linkedin.com; dkim linkedin.com
facebook | Facebook | | https://www.facebook.com/help
    hosts facebook.com facebookmail.com; dkim facebookmail.com
sirvoy | Sirvoy | | https://sirvoy.jp/
    hosts sirvoy.com; spf _spf.sirvoy.com
canvas | Instructure Canvas | | https://community.canvaslms.com/
    hosts instructure.com; dkim instructure.com
blackboard | Blackboard | | https://help.blackboard.com/
    hosts blackboard.com
""",
)
