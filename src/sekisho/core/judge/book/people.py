"""Applications for staff, applicants, pupils and students that send for their customers."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.SERVICE,
    """
workday | Workday | | https://www.workday.com/
    hosts myworkday.com workday.com; dkim myworkday.com; return myworkday.com
successfactors | SAP SuccessFactors | | https://help.sap.com/
    hosts successfactors.com successfactors.eu sapsf.com sapsf.eu; return successfactors.com successfactors.eu sapsf.com
adp | ADP | | https://www.adp.com/
    hosts adp.com
ukg | UKG (UltiPro) | | https://www.ukg.com/
    hosts ultipro.com ukg.com; spf _spf.ultipro.com
paychex | Paychex | | https://www.paychex.com/
    hosts paychex.com
paylocity | Paylocity | | https://www.paylocity.com/
    hosts paylocity.com
dayforce | Dayforce (Ceridian) | | https://www.dayforce.com/
    hosts dayforce.com dayforcehcm.com ceridian.com
gusto | Gusto | | https://support.gusto.com/
    hosts gusto.com
rippling | Rippling | | https://www.rippling.com/
    hosts rippling.com
justworks | Justworks | | https://help.justworks.com/
    hosts justworks.com
trinet | TriNet | | https://www.trinet.com/
    hosts trinet.com
bamboohr | BambooHR | | https://help.bamboohr.com/
    hosts bamboohr.com; dkim bamboohr.com
personio | Personio | | https://support.personio.de/
    hosts personio.de personio.com
hibob | HiBob | | https://www.hibob.com/
    hosts hibob.com
workhuman | Workhuman | | https://www.workhuman.com/
    hosts workhuman.com; spf spf1.workhuman.com
achievers | Achievers | | https://www.achievers.com/
    hosts achievers.com
culture-amp | Culture Amp | | https://support.cultureamp.com/
    hosts cultureamp.com
lattice | Lattice | | https://help.lattice.com/
    hosts latticehq.com lattice.com
15five | 15Five | | https://success.15five.com/
    hosts 15five.com
greenhouse | Greenhouse | | https://support.greenhouse.io/
    hosts greenhouse.io greenhouse-mail.io; spf mg-spf.greenhouse.io; dkim greenhouse-mail.io; return greenhouse-mail.io
lever | Lever | | https://help.lever.co/
    hosts lever.co
ashby | Ashby | | https://docs.ashbyhq.com/
    hosts ashbyhq.com
workable | Workable | | https://help.workable.com/
    hosts workablemail.com workable.com; dkim workablemail.com; return workablemail.com
smartrecruiters | SmartRecruiters | | https://help.smartrecruiters.com/
    hosts smartrecruiters.com
jobvite | Jobvite | | https://www.jobvite.com/
    hosts jobvite.com
icims | iCIMS | | https://www.icims.com/
    hosts icims.com
taleo | Oracle Taleo | | https://docs.oracle.com/
    hosts taleo.net
teamtailor | Teamtailor | | https://support.teamtailor.com/
    hosts teamtailor.com teamtailor-mail.com; dkim teamtailor-mail.com; return teamtailor-mail.com
recruitee | Recruitee | | https://support.recruitee.com/
    hosts recruitee.com
bullhorn | Bullhorn | | https://help.bullhorn.com/
    hosts bullhorn.com bullhornmail.com
jobdiva | JobDiva | | https://www.jobdiva.com/
    hosts jobdiva.com; spf spf.jobdiva.com
indeed | Indeed | | https://support.indeed.com/
    hosts indeed.com indeedemail.com
cornerstone | Cornerstone OnDemand | | https://help.csod.com/
    hosts csod.com cornerstoneondemand.com
docebo | Docebo | | https://help.docebo.com/
    hosts docebosaas.com docebo.com; spf docebosaas.com
litmos | Litmos | | https://support.litmos.com/
    hosts litmos.com
absorb-lms | Absorb LMS | | https://support.absorblms.com/
    hosts myabsorb.com absorblms.com
canvas | Instructure Canvas | | https://community.canvaslms.com/
    hosts instructure.com; dkim instructure.com; return instructure.com
blackboard | Blackboard | | https://help.blackboard.com/
    hosts blackboard.com
brightspace | D2L Brightspace | | https://www.d2l.com/
    hosts brightspace.com d2l.com desire2learn.com
moodlecloud | MoodleCloud | | https://moodlecloud.com/
    hosts moodlecloud.com
powerschool | PowerSchool, Schoology | | https://www.powerschool.com/
    hosts powerschool.com schoology.com
infinite-campus | Infinite Campus | | https://www.infinitecampus.com/
    hosts infinitecampus.com infinitecampus.org
school-messenger | SchoolMessenger | | https://www.powerschool.com/
    hosts schoolmessenger.com
finalsite | Finalsite | | https://www.finalsite.com/
    hosts finalsite.com
parentsquare | ParentSquare | | https://www.parentsquare.com/
    hosts parentsquare.com
classdojo | ClassDojo | | https://www.classdojo.com/
    hosts classdojo.com
parentmail | ParentMail (IRIS) | | https://www.iris.co.uk/
    hosts parentmail.co.uk
iserv | IServ | | https://www.iserv.de/
    hosts iserv.eu
untis | WebUntis | | https://www.untis.at/
    hosts webuntis.com untis.at
ellucian | Ellucian | | https://www.ellucian.com/
    hosts elluciancloud.com ellucian.com
slate-technolutions | Slate (Technolutions) | | https://knowledge.technolutions.net/
    hosts technolutions.net technolutions.com
turnitin | Turnitin | | https://www.turnitin.com/
    hosts turnitin.com
udemy | Udemy | | https://www.udemy.com/
    hosts udemymail.com udemy.com; dkim udemymail.com
coursera | Coursera | | https://www.coursera.org/
    hosts coursera.org
teachable | Teachable | | https://support.teachable.com/
    hosts teachable.com
""",
)
