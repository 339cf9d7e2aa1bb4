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
    hosts freshdesk.com freshemail.io freshworks.com myfreshworks.com freshservice.com; spf email.freshdesk.com
    dkim freshemail.io freshdesk.com
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
    hosts atlassian.net atlassian.com trello.com bitbucket.org; spf _spf.atlassian.net; dkim atlassian.net atlassian.com
    return atlassian.net
servicenow | ServiceNow | | https://www.servicenow.com/docs
    hosts service-now.com servicenow.com; spf b.spf.service-now.com c.spf.service-now.com d.spf.service-now.com
    dkim service-now.com; return service-now.com
dropbox | Dropbox | | https://help.dropbox.com/
    hosts dropbox.com dropboxmail.com; dkim dropbox.com dropboxmail.com
box | Box | | https://support.box.com/
    hosts box.com; dkim box.com
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
okta | Okta | | https://help.okta.com/
    hosts okta.com; dkim okta.com
knowbe4 | KnowBe4 | | https://support.knowbe4.com/
    hosts knowbe4.com; spf _spf.psm.knowbe4.com spf.knowbe4.com; return psm.knowbe4.com
wordpress-com | WordPress.com | | https://wordpress.com/support/
    hosts wordpress.com automattic.com; spf _spf.automattic.com; dkim wordpress.com
substack | Substack | | https://support.substack.com/
    hosts substack.com; dkim substack.com
beehiiv | beehiiv | | https://www.beehiiv.com/support
    hosts beehiiv.com
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
firebase | Google Firebase | | https://firebase.google.com/docs/auth
    dkim firebaseapp.com; return firebaseapp.com
cisco-cres | Cisco Secure Email Encryption (Registered Envelope) | | https://www.cisco.com/
    hosts res.cisco.com; spf res.cisco.com
cofense | Cofense | | https://cofense.com/
    hosts cofense.com phishme.com
hoxhunt | Hoxhunt | | https://www.hoxhunt.com/
    hosts hoxhunt.com
infosec-iq | Infosec IQ | | https://www.infosecinstitute.com/
    hosts infosecinstitute.com securityiqmail.net; spf securityiqmail.net
proofpoint-training | Proofpoint security training | | https://www.proofpoint.com/
    hosts securityeducation.com threatsim.com wombatsecurity.com
phishline | Barracuda PhishLine | | https://campus.barracuda.com/
    hosts phishline.com
sosafe | SoSafe | | https://support.sosafe.de/
    hosts sosafe.de
happyfox | HappyFox | | https://support.happyfox.com/
    hosts happyfox.com; spf spf.happyfox.com
kayako | Kayako | | https://help.kayako.com/
    hosts kayako.com
groove | Groove | | https://help.groovehq.com/
    hosts groovehq.com
liveagent | LiveAgent | | https://support.liveagent.com/
    hosts ladesk.com liveagent.com
teamwork | Teamwork.com | | https://support.teamwork.com/
    hosts teamwork.com
samanage | SolarWinds Service Desk | | https://documentation.solarwinds.com/
    hosts samanage.com solarwinds.com
manageengine | ManageEngine | | https://www.manageengine.com/
    hosts manageengine.com
bmc-helix | BMC Helix | | https://docs.bmc.com/
    hosts onbmc.com; spf _spf-amer.onbmc.com
ivanti | Ivanti Neurons, Cherwell | | https://help.ivanti.com/
    hosts ivanticloud.com saasit.com cherwellondemand.com
topdesk | TOPdesk | | https://docs.topdesk.com/
    hosts topdesk.net topdesk.com
connectwise | ConnectWise | | https://docs.connectwise.com/
    hosts myconnectwise.net connectwise.com
autotask | Datto Autotask | | https://www.datto.com/
    hosts autotask.net datto.com
halo | HaloPSA, HaloITSM | | https://halopsa.com/
    hosts halopsa.com haloitsm.com haloservicedesk.com
liveperson | LivePerson | | https://www.liveperson.com/
    hosts liveperson.net liveperson.com
kustomer | Kustomer | | https://help.kustomer.com/
    hosts kustomerapp.com kustomer.com
dixa | Dixa | | https://docs.dixa.io/
    hosts dixa.com dixa.io
crisp | Crisp | | https://help.crisp.chat/
    hosts crisp.chat crisp.email; dkim crisp.email; return crisp.email
genesys-cloud | Genesys Cloud | | https://help.mypurecloud.com/
    hosts mypurecloud.com pure.cloud genesys.com
discourse | Discourse hosting | | https://www.discourse.org/
    hosts discoursemail.com discourse.org discourse.cloud; dkim discoursemail.com; return discoursemail.com
smartsheet | Smartsheet | | https://help.smartsheet.com/
    hosts smartsheet.com
basecamp | Basecamp | | https://basecamp.com/
    hosts basecamp.com 37signals.com
clickup | ClickUp | | https://help.clickup.com/
    hosts clickup.com
wrike | Wrike | | https://help.wrike.com/
    hosts wrike.com
airtable | Airtable | | https://support.airtable.com/
    hosts airtable.com
miro | Miro | | https://help.miro.com/
    hosts miro.com
zapier | Zapier | | https://help.zapier.com/
    hosts zapier.com zapiermail.com
close-crm | Close | | https://help.close.com/
    hosts close.com close.io
insightly | Insightly | | https://support.insightly.com/
    hosts insightly.com
sugarcrm | SugarCRM | | https://support.sugarcrm.com/
    hosts sugarcrm.com sugarondemand.com
superoffice | SuperOffice | | https://docs.superoffice.com/
    hosts superoffice.com; spf _spf.online.superoffice.com
teamleader | Teamleader | | https://support.teamleader.eu/
    hosts teamleader.eu
gainsight | Gainsight | | https://support.gainsight.com/
    hosts gainsight.com
chili-piper | Chili Piper | | https://help.chilipiper.com/
    hosts chilipiper.com
apollo-io | Apollo.io | | https://knowledge.apollo.io/
    hosts apollo.io
webflow | Webflow | | https://help.webflow.com/
    hosts webflow.com
ghost | Ghost(Pro) | | https://ghost.org/help/
    hosts ghost.io ghost.org
patreon | Patreon | | https://support.patreon.com/
    hosts patreon.com; dkim patreon.com
appian | Appian Cloud | | https://docs.appian.com/
    hosts appiancloud.com
auth0 | Auth0 | | https://auth0.com/docs
    hosts auth0.com
onelogin | OneLogin | | https://onelogin.service-now.com/
    hosts onelogin.com
sharefile | ShareFile | | https://docs.sharefile.com/
    hosts sharefile.com
egnyte | Egnyte | | https://helpdesk.egnyte.com/
    hosts egnyte.com
wetransfer | WeTransfer | | https://help.wetransfer.com/
    hosts wetransfer.com; dkim wetransfer.com
kiteworks | Kiteworks | | https://www.kiteworks.com/
    hosts kiteworks.com accellion.net accellion.com
intralinks | Intralinks | | https://www.intralinks.com/
    hosts intralinks.com
diligent | Diligent | | https://www.diligent.com/
    hosts diligent.com
clio | Clio | | https://help.clio.com/
    hosts clio.com
hp-eprint | HP ePrint, HP Smart | | https://support.hp.com/
    hosts hpeprint.com hpsmart.com
epson-connect | Epson Connect | | https://www.epsonconnect.com/
    hosts epsonconnect.com
uniflow-online | uniFLOW Online | | https://www.uniflow.global/
    hosts uniflowonline.com
efax | eFax | | https://www.efax.com/
    hosts efax.com
ringcentral | RingCentral | | https://support.ringcentral.com/
    hosts ringcentral.com
dialpad | Dialpad | | https://help.dialpad.com/
    hosts dialpad.com
8x8 | 8x8 | | https://support.8x8.com/
    hosts 8x8.com
""",
)
