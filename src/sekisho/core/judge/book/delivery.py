"""Delivery services of the world: what sends newsletters, receipts and notices for its customers."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.SERVICE,
    """
sendgrid | SendGrid | | https://docs.sendgrid.com/
    hosts sendgrid.net sendgrid.com sendgrid.info dlivry.co; spf sendgrid.net; dkim sendgrid.net sendgrid.me sendgrid.info
    return sendgrid.net
amazon-ses | Amazon SES | | https://docs.aws.amazon.com/ses/
    hosts amazonses.com; spf amazonses.com; dkim amazonses.com; return amazonses.com
mailgun | Mailgun | | https://documentation.mailgun.com/
    hosts mailgun.net mailgun.org mailgun.com mailgun.info mailgun.us mailgun.co; spf mailgun.org eu.mailgun.org
    dkim mailgun.org mailgun.net
    return mailgun.org mailgun.net
mailchimp | Mailchimp | | https://mailchimp.com/help/
    hosts mcsv.net mcdlv.net rsgsv.net; spf servers.mcsv.net; dkim mcsv.net mailchimpapp.net mailchimpapp.com
    return mcsv.net mcdlv.net rsgsv.net
mandrill | Mailchimp Transactional (Mandrill) | | https://mailchimp.com/developer/transactional/
    hosts mandrillapp.com; spf spf.mandrillapp.com; dkim mandrillapp.com; return mandrillapp.com
postmark | Postmark | | https://postmarkapp.com/support
    hosts mtasv.net postmarkapp.com; spf spf.mtasv.net; dkim mtasv.net; return mtasv.net
sparkpost | SparkPost (Bird) | | https://support.sparkpost.com/
    hosts sparkpostmail.com sparkpost.com; spf sparkpostmail.com; dkim sparkpostmail.com; return sparkpostmail.com
brevo | Brevo (Sendinblue) | | https://help.brevo.com/
    hosts sendinblue.com sender-sib.com mailin.fr brevo.com brevosend.com; spf spf.sendinblue.com spf.brevo.com
    dkim sendinblue.com mailin.fr brevosend.com sender-sib.com; return sendinblue.com sender-sib.com mailin.fr brevosend.com
mailjet | Mailjet | | https://documentation.mailjet.com/
    hosts mailjet.com; spf spf.mailjet.com; dkim mailjet.com; return mailjet.com
hubspot | HubSpot | | https://knowledge.hubspot.com/
    hosts hubspotemail.net hubspot.com; dkim hubspotemail.net hubspot.com hubspotstarter.net hubspotfree.net
    return hubspotemail.net hubspotstarter.net hubspotfree.net
salesforce | Salesforce | | https://help.salesforce.com/
    hosts salesforce.com force.com; spf _spf.salesforce.com; dkim salesforce.com; return salesforce.com
salesforce-marketing-cloud | Salesforce Marketing Cloud | | https://help.salesforce.com/
    hosts exacttarget.com exactt.com; spf cust-spf.exacttarget.com; dkim exacttarget.com mc.salesforce.com
    return exacttarget.com
pardot | Salesforce Account Engagement (Pardot) | | https://help.salesforce.com/
    hosts pardot.com pd25.com; spf aspmx.pardot.com et._spf.pardot.com; dkim pardot.com; return pardot.com
marketo | Adobe Marketo Engage | | https://experienceleague.adobe.com/
    hosts mktomail.com marketo.com mktdns.com; spf mktomail.com; dkim mktomail.com mktdns.com; return mktomail.com
adobe-campaign | Adobe Campaign | | https://experienceleague.adobe.com/
    hosts neolane.net campaign.adobe.com; return neolane.net
eloqua | Oracle Eloqua | | https://docs.oracle.com/
    hosts en25.com eloqua.com; dkim en25.com; return en25.com
responsys | Oracle Responsys | | https://docs.oracle.com/
    hosts responsys.net; return responsys.net
oracle-email-delivery | Oracle Email Delivery | | https://docs.oracle.com/
    hosts oracleemaildelivery.com; return oracleemaildelivery.com
    spf rp.oracleemaildelivery.com ap.rp.oracleemaildelivery.com eu.rp.oracleemaildelivery.com
azure-communication | Azure Communication Services | | https://learn.microsoft.com/azure/communication-services/
    hosts azurecomm.net; dkim azurecomm.net; return azurecomm.net
klaviyo | Klaviyo | | https://help.klaviyo.com/
    hosts klaviyomail.com klaviyo.com; dkim klaviyomail.com; return klaviyomail.com
constant-contact | Constant Contact | | https://knowledgebase.constantcontact.com/
    hosts constantcontact.com ccsend.com msgexch.com; spf spf.constantcontact.com; dkim ccsend.com
    return constantcontact.com ccsend.com
campaign-monitor | Campaign Monitor | | https://help.campaignmonitor.com/
    hosts createsend.com cmail19.com cmail20.com; spf _spf.createsend.com
    dkim createsend.com cmail1.com cmail2.com cmail3.com cmail4.com cmail5.com cmail19.com cmail20.com
    return createsend.com cmail1.com cmail2.com cmail3.com cmail4.com cmail5.com cmail19.com cmail20.com
activecampaign | ActiveCampaign | | https://help.activecampaign.com/
    hosts activecampaign.com emsd1.com activehosted.com acemsrva.com acemsrvb.com acemsrvc.com acemsrvd.com acemsrve.com
        acemsrvf.com acemsrvg.com
    spf emsd1.com
    dkim activehosted.com emsd1.com acemsrva.com acemsrvb.com acemsrvc.com acemsrvd.com acemsrve.com acemsrvf.com acemsrvg.com
    return emsd1.com acemsrva.com acemsrvb.com acemsrvc.com acemsrvd.com acemsrve.com acemsrvf.com acemsrvg.com
braze | Braze | | https://www.braze.com/docs/
    hosts braze.com
iterable | Iterable | | https://support.iterable.com/
    hosts iterable.com
customer-io | Customer.io | | https://docs.customer.io/
    hosts customeriomail.com customer.io; spf customeriomail.com; dkim customeriomail.com; return customeriomail.com
elastic-email | Elastic Email | | https://elasticemail.com/
    hosts elasticemail.com elasticemail.info; spf _spf.elasticemail.com; dkim elasticemail.com elasticemail.info
    return elasticemail.com elasticemail.info
smtp2go | SMTP2GO | | https://support.smtp2go.com/
    hosts smtp2go.com smtpcorp.com; spf spf.smtp2go.com; dkim smtpcorp.com smtp2go.com; return smtp2go.com smtpcorp.com
smtp-com | SMTP.com | | https://www.smtp.com/
    hosts smtp.com; spf _spf.smtp.com
socketlabs | SocketLabs | | https://www.socketlabs.com/
    hosts email-od.com socketlabs.com; spf email-od.com; return email-od.com
getresponse | GetResponse | | https://www.getresponse.com/help
    hosts getresponse.com getresponse-mail.com getresponse360.com; spf _spf.getresponse.com
    dkim getresponse-mail.com gr-mail5.com
    return getresponse-mail.com gr-mail5.com
aweber | AWeber | | https://help.aweber.com/
    hosts aweber.com; spf send.aweber.com; dkim send.aweber.com; return aweber.com
kit | Kit (ConvertKit) | | https://help.kit.com/
    hosts convertkit.com convertkit-mail.com convertkit-mail2.com; dkim convertkit-mail.com convertkit-mail2.com
    return convertkit-mail.com convertkit-mail2.com
omnisend | Omnisend | | https://support.omnisend.com/
    hosts omnisend.com
moosend | Moosend | | https://moosend.com/
    hosts moosend.com mailendo.com; spf spfa.mailendo.com; return mailendo.com
mailerlite | MailerLite | | https://www.mailerlite.com/help
    hosts mlsend.com mlsend2.com mlsend3.com mailerlite.com; spf _spf.mlsend.com; dkim mlsend.com mailerlite.com
    return mlsend.com mlsend2.com mlsend3.com
mailersend | MailerSend | | https://www.mailersend.com/help
    hosts mailersend.net mailersend.com; spf _spf.mailersend.net; dkim mailersend.net; return mailersend.net
dotdigital | Dotdigital | | https://support.dotdigital.com/
    hosts dotmailer.com dotmailer-email.com dotdigital.com; spf spf.dotmailer.com
emarsys | SAP Emarsys | | https://help.emarsys.com/
    hosts emarsys.net emarsys.com emsmtp.com emsmtp.us; spf emarsys.net emsmtp.com emsmtp.us
    dkim emarsys.net emsmtp.us emsmtp.com; return emarsys.net emsmtp.us emsmtp.com
cheetah-digital | Cheetah Digital | | https://www.marigold.com/
    hosts chtah.net chtah.com; return chtah.net chtah.com
silverpop | Acoustic Campaign (Silverpop) | | https://www.acoustic.com/
    hosts silverpop.com
sailthru | Sailthru | | https://getstarted.sailthru.com/
    hosts sailthru.com; spf aspmx.sailthru.com
listrak | Listrak | | https://www.listrak.com/
    hosts listrak.com; spf spf.listrak.com
bronto | Bronto | | https://www.oracle.com/
    hosts bronto.com bm23.com bm324.com; return bm23.com bm324.com
keap | Keap (Infusionsoft) | | https://help.keap.com/
    hosts infusionmail.com keap.com; spf infusionmail.com; dkim infusionmail.com; return infusionmail.com
maropost | Maropost | | https://www.maropost.com/
    hosts maropost.com
sendingservice | MailPoet Sending Service | | https://kb.mailpoet.com/
    hosts sendingservice.net mailpoet.com; spf spf.sendingservice.net; dkim sendingservice.net; return sendingservice.net
resend | Resend | | https://resend.com/docs
    hosts resend.com; dkim resend.dev
icontact | iContact | | https://help.icontact.com/
    hosts icontactmail.com icpbounce.com icontact.com; spf icpbounce.com; return icpbounce.com
verticalresponse | VerticalResponse | | https://verticalresponse.com/
    hosts verticalresponse.com vresp.com; return vresp.com
mad-mimi | Mad Mimi | | https://madmimi.com/
    hosts madmimi.com
emma | Emma | | https://myemma.com/
    hosts e2ma.net myemma.com; spf e2ma.net; dkim e2ma.net; return e2ma.net
mailtrap | Mailtrap | | https://help.mailtrap.io/
    hosts mailtrap.io mailtrap.live; spf _spf.smtp.mailtrap.live
zeptomail | Zoho ZeptoMail | | https://www.zoho.com/zeptomail/
    hosts zeptomail.com zeptomail.net zeptomail.eu zeptomail.in transmail.net; spf transmail.net
    dkim zeptomail.com zeptomail.net transmail.net; return zeptomail.com zeptomail.net transmail.net
zoho-campaigns | Zoho Campaigns | | https://help.zoho.com/
    hosts zcsend.net zcsend.com; spf zcsend.net; return zcsend.net zcsend.com
turbosmtp | turboSMTP | | https://serversmtp.com/
    hosts turbo-smtp.com; spf _spf.turbo-smtp.com; return turbo-smtp.com
authsmtp | AuthSMTP | | https://www.authsmtp.com/
    hosts authsmtp.com
sendlane | Sendlane | | https://help.sendlane.com/
    hosts sendlane.com
drip | Drip | | https://help.drip.com/
    hosts getdrip.com drip.com; return getdrip.com
ontraport | Ontraport | | https://ontraport.com/
    hosts ontraport.com ontramail.com; return ontramail.com
mailigen | Mailigen | | https://www.mailigen.com/
    hosts mailigen.com
benchmark-email | Benchmark Email | | https://kb.benchmarkemail.com/
    hosts benchmarkemail.com bmsend.com; spf bmsend.com; dkim bmsend.com; return bmsend.com
messagebird | Bird (MessageBird) | | https://bird.com/
    hosts messagebird.com bird.com
dynamics-marketing | Microsoft Dynamics 365 Customer Insights | | https://learn.microsoft.com/dynamics365/customer-insights/
    hosts mktdynamics.com; dkim mktdynamics.com; return mktdynamics.com
act-on | Act-On | | https://act-on.com/
    hosts act-on.net actonsoftware.com act-on.com; spf _spf.act-on.net _netblocks.act-on.net
    return act-on.net actonsoftware.com
messagegears | MessageGears | | https://messagegears.com/
    hosts messagegears.net messagegears.com; spf _spf.messagegears.net
cordial | Cordial | | https://support.cordial.com/
    hosts cordial.com cordial.io
bluecore | Bluecore | | https://www.bluecore.com/
    hosts bluecore.com
zeta | Zeta Global | | https://zetaglobal.com/
    hosts zetaglobal.com zetaglobal.net
epsilon | Epsilon | | https://www.epsilon.com/
    hosts bigfootinteractive.com epsilon.com; return bigfootinteractive.com
whatcounts | WhatCounts | | https://www.whatcounts.com/
    hosts whatcounts.com wc09.net
higher-logic | Higher Logic (Informz, Real Magnet) | | https://www.higherlogic.com/
    hosts informz.net informz.com magnetmail.net higherlogic.com; dkim informz.net magnetmail.net
    return informz.net magnetmail.net
lyris | Lyris (Aurea) | | https://www.aurea.com/
    hosts lyris.net lyris.com
delivra | Delivra | | https://www.delivra.com/
    hosts delivra.com
jangomail | JangoMail | | https://www.jangomail.com/
    hosts jangomail.com jangosmtp.net
swiftpage | Swiftpage (Act!) | | https://www.act.com/
    hosts swiftpage.com
ortto | Ortto (Autopilot) | | https://help.ortto.com/
    hosts autopilotmail.io ortto.com; return autopilotmail.io
emailoctopus | EmailOctopus | | https://help.emailoctopus.com/
    hosts emailoctopus.com
infobip | Infobip | | https://www.infobip.com/docs/email
    hosts infobip.com
loops | Loops | | https://loops.so/docs
    hosts loops.so
mailpace | MailPace | | https://docs.mailpace.com/
    hosts mailpace.com
ahasend | AhaSend | | https://ahasend.com/docs
    hosts ahasend.com
inboxroad | Inboxroad | | https://www.inboxroad.com/
    hosts inboxroad.com
greatmail | Greatmail | | https://www.greatmail.com/
    hosts greatmail.com; spf spf.greatmail.com
highlevel | HighLevel (LC Email) | | https://help.gohighlevel.com/
    hosts msgsndr.com leadconnectorhq.com; dkim msgsndr.com
kajabi | Kajabi | | https://help.kajabi.com/
    hosts kajabimail.net kajabi.com; dkim kajabimail.net; return kajabimail.net
reply-io | Reply.io | | https://support.reply.io/
    hosts reply.io
sender-net | Sender | | https://help.sender.net/
    hosts sendersrv.com sender.net; spf sendersrv.com; dkim sendersrv.com; return sendersrv.com
dyn-email | Oracle Dyn Email Delivery | | https://docs.oracle.com/
    hosts dynect.net; spf spf.dynect.net
""",
)
