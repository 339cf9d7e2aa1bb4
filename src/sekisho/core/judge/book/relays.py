"""Forwarding services, and hosts of mailing lists."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

FORWARDERS = read_table(
    SenderKind.FORWARDER,
    """
simplelogin | SimpleLogin | | https://simplelogin.io/docs/
    hosts simplelogin.co simplelogin.io; spf simplelogin.co; dkim simplelogin.co; return simplelogin.co
forward-email | Forward Email | | https://forwardemail.net/
    hosts forwardemail.net; spf spf.forwardemail.net; dkim forwardemail.net; return forwardemail.net
improvmx | ImprovMX | | https://improvmx.com/
    hosts improvmx.com; spf spf.improvmx.com; dkim improvmx.com; return improvmx.com
cloudflare-email | Cloudflare Email Routing | | https://developers.cloudflare.com/email-routing/
    hosts email.cloudflare.net cloudflare-email.net cloudflare-email.com; spf _spf.mx.cloudflare.net
    dkim cloudflare-email.net cloudflare-email.com email.cloudflare.net; return cloudflare-email.net cloudflare-email.com
pobox | Pobox | | https://www.pobox.com/
    hosts pobox.com; spf pobox.com; return pobox.com
namecheap-forwarding | Namecheap Email Forwarding | | https://www.namecheap.com/support/
    hosts registrar-servers.com; spf spf.efwd.registrar-servers.com; return registrar-servers.com
duckduckgo | DuckDuckGo Email Protection | | https://duckduckgo.com/email
    hosts duck.com duckduckgo.com; dkim duck.com; return duck.com
addy | addy.io (AnonAddy) | | https://addy.io/
    hosts addy.io anonaddy.com anonaddy.me; dkim addy.io anonaddy.com anonaddy.me; return addy.io anonaddy.com anonaddy.me
firefox-relay | Firefox Relay | | https://relay.firefox.com/
    hosts relay.firefox.com; dkim relay.firefox.com mozmail.com; return relay.firefox.com mozmail.com
forwardmx | ForwardMX | | https://forwardmx.io/
    hosts forwardmx.io forwardmx.net; return forwardmx.io forwardmx.net
33mail | 33Mail | | https://www.33mail.com/
    hosts 33mail.com; return 33mail.com
spamgourmet | Spamgourmet | | https://www.spamgourmet.com/
    hosts spamgourmet.com; return spamgourmet.com
mailwip | hanami.run | | https://hanami.run/
    hosts hanami.run mailwip.com
porkbun | Porkbun | | https://kb.porkbun.com/
    hosts porkbun.com; spf _spf.porkbun.com
easydns | easyDNS | | https://kb.easydns.com/
    hosts easydns.com easymail.ca
dnsexit | DNSExit | | https://dnsexit.com/
    hosts dnsexit.com
alum-mit | MIT Infinite Connection | MIT 同窓会（転送） | https://alum.mit.edu/
    hosts alum.mit.edu; return alum.mit.edu
ieee-alias | IEEE Email Alias | IEEE（転送） | https://www.ieee.org/
    hosts ieee.org; return ieee.org
acm-alias | ACM Email Forwarding | ACM（転送） | https://www.acm.org/
    hosts acm.org; return acm.org
""",
)

LISTS = read_table(
    SenderKind.LIST,
    """
google-groups | Google Groups | Google グループ | https://support.google.com/groups/
    hosts groups.google.com; dkim googlegroups.com; return googlegroups.com
groups-io | Groups.io | | https://groups.io/
    hosts groups.io; dkim groups.io; return groups.io
sourceforge-lists | SourceForge lists | | https://sourceforge.net/
    hosts sourceforge.net; dkim sourceforge.net; return lists.sourceforge.net
debian-lists | Debian lists | Debian メーリングリスト | https://lists.debian.org/
    hosts debian.org; return lists.debian.org
kernel-lists | Linux kernel lists | Linux カーネルのメーリングリスト | https://subspace.kernel.org/
    hosts kernel.org; return vger.kernel.org lists.linux.dev
ietf-lists | IETF | IETF | https://www.ietf.org/
    hosts ietf.org amsl.com; dkim ietf.org; return ietf.org irtf.org rfc-editor.org
w3c-lists | W3C | W3C | https://lists.w3.org/
    hosts w3.org; return w3.org
apache-lists | Apache Software Foundation | | https://lists.apache.org/
    hosts apache.org; dkim apache.org; return apache.org
gnu-lists | GNU lists | | https://lists.gnu.org/
    hosts gnu.org; dkim gnu.org; return gnu.org nongnu.org
python-lists | Python lists | | https://mail.python.org/
    hosts python.org; dkim python.org; return python.org
freebsd-lists | FreeBSD lists | | https://lists.freebsd.org/
    hosts freebsd.org; return freebsd.org
postgresql-lists | PostgreSQL lists | | https://www.postgresql.org/list/
    hosts postgresql.org; return postgresql.org
redhat-lists | Red Hat, Fedora lists | | https://lists.fedoraproject.org/
    hosts fedoraproject.org redhat.com; return lists.fedoraproject.org
ubuntu-lists | Ubuntu lists | | https://lists.ubuntu.com/
    hosts ubuntu.com canonical.com; return lists.ubuntu.com
opensuse-lists | openSUSE lists | | https://lists.opensuse.org/
    hosts opensuse.org; return opensuse.org
gentoo-lists | Gentoo lists | | https://www.gentoo.org/
    hosts gentoo.org; return lists.gentoo.org
icann-lists | ICANN lists | | https://mm.icann.org/
    hosts icann.org; return icann.org
ripe-lists | RIPE NCC lists | | https://lists.ripe.net/
    hosts ripe.net; return ripe.net
apnic-lists | APNIC lists | | https://www.apnic.net/
    hosts apnic.net; return apnic.net
nanog-lists | NANOG | | https://www.nanog.org/
    hosts nanog.org; return nanog.org
isc-lists | ISC lists | | https://lists.isc.org/
    hosts isc.org; return lists.isc.org
lsoft-listserv | L-Soft LISTSERV hosting | | https://www.lsoft.com/
    hosts lsoft.com; return lsoft.com
jiscmail | JISCMail | | https://www.jiscmail.ac.uk/
    hosts jiscmail.ac.uk; return jiscmail.ac.uk
listbox | Listbox | | https://www.listbox.com/
    hosts listbox.com; return listbox.com
simplelists | Simplelists | | https://www.simplelists.com/
    hosts simplelists.com; return simplelists.com
mailman3-hosting | Mailman 3 hosting | | https://www.mailman3.com/
    hosts mailman3.com; return mailman3.com
riseup-lists | Riseup lists | | https://lists.riseup.net/
    hosts lists.riseup.net; return lists.riseup.net
freelists | FreeLists | | https://www.freelists.org/
    hosts freelists.org; return freelists.org
openstack-lists | OpenInfra lists | | https://lists.openinfra.org/
    hosts lists.openstack.org lists.openinfra.org; return lists.openstack.org lists.openinfra.org
ruby-lists | Ruby lists | Ruby メーリングリスト | https://www.ruby-lang.org/
    hosts ruby-lang.org; return ruby-lang.org
janog-lists | JANOG | JANOG（日本ネットワーク・オペレーターズ・グループ） | https://www.janog.gr.jp/
    hosts janog.gr.jp; return janog.gr.jp
jpnic-lists | JPNIC | JPNIC（日本ネットワークインフォメーションセンター） | https://www.nic.ad.jp/
    hosts nic.ad.jp; return nic.ad.jp
wide-lists | WIDE Project | WIDE プロジェクト | https://www.wide.ad.jp/
    hosts wide.ad.jp; return wide.ad.jp
debian-jp-lists | Debian JP Project | Debian JP Project | https://www.debian.or.jp/
    hosts debian.or.jp; return debian.or.jp
""",
)

SENDERS = FORWARDERS + LISTS
