"""Services that put signatures, notices or encryption into the mail of their customers and send it on; archives."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.SERVICE,
    """
exclaimer | Exclaimer | Exclaimer（署名の付加） | https://support.exclaimer.com/hc/en-gb/articles/4404775962641
    hosts exclaimer.net; spf spf.exclaimer.net spf.au.exclaimer.net; return exclaimer.net
codetwo | CodeTwo Email Signatures 365 | CodeTwo（署名の付加） | https://www.codetwo.com/email-signatures/
    hosts emailsignatures365.com codetwo.com; return emailsignatures365.com
    spf spf.emailsignatures365.com spf-us.emailsignatures365.com spf-de.emailsignatures365.com
templafy | Templafy Email Signature Server | Templafy（署名の付加） | https://support.templafy.com/
    hosts templafy-ess.com; spf essaue0.templafy-ess.com essprod0.templafy-ess.com essuse0.templafy-ess.com
    help https://support.templafy.com/hc/en-us/articles/13210977637021
rocketseed | Rocketseed | Rocketseed（署名の付加） | https://www.rocketseed.com/
    hosts rocketseed.com
opensense | Opensense | Opensense（署名の付加） | https://www.opensense.com/
    hosts opensense.com
letsignit | Letsignit | Letsignit（署名の付加） | https://www.letsignit.com/
    hosts letsignit.com
crossware | Crossware Mail Signature | Crossware（署名の付加） | https://www.crossware365.com/
    hosts crossware365.com crossware.co.nz
black-pearl-mail | Black Pearl Mail | Black Pearl Mail（署名の付加） | https://www.blackpearlmail.com/
    hosts blackpearlmail.com
sigstr | Sigstr (Terminus) | Sigstr（署名の付加） | https://terminus.com/
    hosts sigstr.net sigstr.com
virtru | Virtru | Virtru（暗号化） | https://support.virtru.com/
    hosts virtru.com
echoworx | Echoworx | Echoworx（暗号化） | https://www.echoworx.com/
    hosts echoworx.com
rpost | RPost Registered Email | RPost（送達の証明） | https://rpost.com/
    hosts rpost.net rpost.com; spf spf.rpost.net
zivver | Zivver | Zivver（暗号化） | https://docs.zivver.com/
    hosts zivver.com
global-relay | Global Relay | Global Relay（メールの保管） | https://www.globalrelay.com/
    hosts globalrelay.com globalrelay.net
smarsh | Smarsh | Smarsh（メールの保管） | https://www.smarsh.com/
    hosts smarsh.com; spf spf.smarsh.com
""",
)
