"""Applications of clubs, charities, parties, public bodies and the press that send for their customers, and of alarms."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.SERVICE,
    """
blackbaud | Blackbaud | | https://webfiles.blackbaud.com/
    hosts blackbaud.net blackbaud.com convio.net; spf outboundmail.blackbaud.net; return blackbaud.net convio.net
classy | Classy (GoFundMe Pro) | | https://support.classy.org/
    hosts classy.org gofundme.com
donorbox | Donorbox | | https://donorbox.org/
    hosts donorbox.org
bloomerang | Bloomerang | | https://bloomerang.co/
    hosts bloomerang.co
neon-crm | Neon CRM | | https://neonone.com/
    hosts neoncrm.com neonone.com
givebutter | Givebutter | | https://givebutter.com/
    hosts givebutter.com
justgiving | JustGiving | | https://www.justgiving.com/
    hosts justgiving.com
everyaction | EveryAction, NGP VAN (Bonterra) | | https://www.bonterratech.com/
    hosts ngpvan.com ngpweb.com everyaction.com
action-network | Action Network | | https://help.actionnetwork.org/
    hosts actionnetwork.org; dkim actionnetwork.org
actionkit | ActionKit | | https://actionkit.com/
    hosts actionkit.com
nationbuilder | NationBuilder | | https://support.nationbuilder.com/
    hosts nationbuilder.com
salsa | Salsa Labs | | https://www.salsalabs.com/
    hosts salsalabs.org salsalabs.com
engaging-networks | Engaging Networks | | https://www.engagingnetworks.net/
    hosts e-activist.com engagingnetworks.net
imodules | iModules (Anthology) | | https://www.anthology.com/
    hosts imodules.com
wild-apricot | Wild Apricot | | https://gethelp.wildapricot.com/
    hosts wildapricot.org wildapricot.com; spf wildapricot.org
memberclicks | MemberClicks | | https://memberclicks.com/
    hosts memberclicks.net memberclicks.com
yourmembership | YourMembership | | https://www.yourmembership.com/
    hosts yourmembership.com
growthzone | GrowthZone, ChamberMaster | | https://www.growthzone.com/
    hosts growthzoneapp.com growthzone.com chambermaster.com memberzone.com; spf spf.memberzone.com
campminder | CampMinder | | https://campminder.com/
    hosts campminder.com; spf spf.campminder.com
active-network | ACTIVE Network | | https://www.activenetwork.com/
    hosts active.com activenetwork.com
sportsengine | SportsEngine | | https://www.sportsengine.com/
    hosts sportngin.com sportsengine.com
ning | NING | | https://www.ning.com/
    hosts ning.com
govdelivery | Granicus govDelivery | | https://granicus.com/
    hosts govdelivery.com granicus.com; dkim govdelivery.com; return govdelivery.com
civicplus | CivicPlus | | https://www.civicplus.com/
    hosts civicplus.com
everbridge | Everbridge, Nixle | | https://www.everbridge.com/
    hosts everbridge.net everbridge.com nixle.com; spf everbridge.net
alertmedia | AlertMedia | | https://www.alertmedia.com/
    hosts alertmedia.com
onsolve | OnSolve | | https://www.onsolve.com/
    hosts onsolve.com
rave | Rave Mobile Safety | | https://www.ravemobilesafety.com/
    hosts getrave.com
pagerduty | PagerDuty | | https://support.pagerduty.com/
    hosts pagerduty.com; dkim pagerduty.com
opsgenie | Opsgenie | | https://support.atlassian.com/opsgenie/
    hosts opsgenie.net opsgenie.com
datadog | Datadog | | https://docs.datadoghq.com/
    hosts datadoghq.com datadoghq.eu
new-relic | New Relic | | https://docs.newrelic.com/
    hosts newrelic.com
sentry | Sentry | | https://docs.sentry.io/
    hosts sentry.io getsentry.com
grafana | Grafana Cloud | | https://grafana.com/docs/
    hosts grafana.com grafana.net
splunk | Splunk Cloud, VictorOps | | https://docs.splunk.com/
    hosts splunkcloud.com splunk.com victorops.com
pingdom | SolarWinds Pingdom | | https://www.pingdom.com/
    hosts pingdom.com
uptimerobot | UptimeRobot | | https://uptimerobot.com/
    hosts uptimerobot.com
better-stack | Better Stack | | https://betterstack.com/docs/
    hosts betterstack.com betteruptime.com
statuscake | StatusCake | | https://www.statuscake.com/
    hosts statuscake.com
site24x7 | Site24x7 | | https://www.site24x7.com/help/
    hosts site24x7.com
logicmonitor | LogicMonitor | | https://www.logicmonitor.com/support
    hosts logicmonitor.com
xmatters | xMatters | | https://help.xmatters.com/
    hosts xmatters.com
statuspage | Atlassian Statuspage | | https://support.atlassian.com/statuspage/
    hosts statuspage.io; spf stspg-customer.com; dkim statuspage.io stspg-customer.com; return stspg-customer.com
cision | Cision, PR Newswire | | https://www.cision.com/
    hosts cision.com prnewswire.com dvcotechnology.com
meltwater | Meltwater | | https://www.meltwater.com/
    hosts meltwater.com
prezly | Prezly | | https://www.prezly.com/
    hosts prezly.com
notified | Notified | | https://www.notified.com/
    hosts notified.com
""",
)
