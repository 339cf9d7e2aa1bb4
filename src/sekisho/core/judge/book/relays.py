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
    hosts pobox.com icgroup.com; spf pobox.com; dkim pobox.com; return pobox.com
namecheap-forwarding | Namecheap Email Forwarding | | https://www.namecheap.com/support/
    hosts registrar-servers.com; spf spf.efwd.registrar-servers.com; return registrar-servers.com
duckduckgo | DuckDuckGo Email Protection | | https://duckduckgo.com/email
    hosts duck.com duckduckgo.com; dkim duck.com; return duck.com
addy | addy.io (AnonAddy) | | https://addy.io/
    hosts addy.io anonaddy.com anonaddy.me; dkim addy.io anonaddy.com anonaddy.me; return addy.io anonaddy.com anonaddy.me
firefox-relay | Firefox Relay | | https://relay.firefox.com/
    hosts relay.firefox.com mozmail.com; dkim relay.firefox.com mozmail.com; return relay.firefox.com mozmail.com
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
apple-private-relay | Apple Hide My Email | Apple メールを非公開 | https://support.apple.com/hide-my-email
    return privaterelay.appleid.com
dns-made-easy | DNS Made Easy | | https://support.dnsmadeeasy.com/
    hosts dnsmadeeasy.com
dnsimple | DNSimple | | https://support.dnsimple.com/
    hosts dnsimple.com
dynadot | Dynadot | | https://www.dynadot.com/help/
    hosts dynadot.com
zoneedit | ZoneEdit | | https://www.zoneedit.com/
    hosts zoneedit.com
no-ip | No-IP | | https://www.noip.com/support
    hosts no-ip.com; spf no-ip.com
namesilo | NameSilo | | https://www.namesilo.com/support
    hosts namesilo.com
namebright | NameBright | | https://www.namebright.com/
    hosts namebrightmail.com namebright.com; spf namebrightmail.com; return namebrightmail.com
internet-bs | Internet.bs | | https://internetbs.net/
    hosts internetbs.net
trashmail | TrashMail | | https://trashmail.com/
    hosts trashmail.com; return trashmail.com
sneakemail | Sneakemail | | https://sneakemail.com/
    hosts sneakemail.com; return sneakemail.com
burner-mail | Burner Mail | | https://burnermail.io/
    hosts burnermail.io; return burnermail.io
blur | Blur (IronVest) | | https://ironvest.com/
    hosts opayq.com; return opayq.com
erine | erine.email | | https://erine.email/
    hosts erine.email; return erine.email
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
freedesktop-lists | freedesktop.org lists | | https://lists.freedesktop.org/
    hosts freedesktop.org; return lists.freedesktop.org
infradead-lists | Infradead lists | | https://lists.infradead.org/
    hosts infradead.org; return lists.infradead.org
ozlabs-lists | OzLabs lists | | https://lists.ozlabs.org/
    hosts ozlabs.org; return lists.ozlabs.org
osuosl-lists | Open Source Lab, Linux Foundation lists | | https://osuosl.org/
    hosts osuosl.org linuxfoundation.org; return osuosl.org lists.linuxfoundation.org lists.linux-foundation.org
xen-lists | Xen Project lists | | https://lists.xenproject.org/
    hosts xenproject.org; return lists.xenproject.org
linux-mm-list | linux-mm (kvack.org) | | https://www.kvack.org/
    hosts kvack.org; return kvack.org
sourceware-lists | Sourceware, GCC lists | | https://sourceware.org/
    hosts sourceware.org; return sourceware.org gcc.gnu.org cygwin.com
kde-lists | KDE lists | | https://mail.kde.org/
    hosts kde.org; return kde.org
gnome-lists | GNOME lists | | https://mail.gnome.org/
    hosts gnome.org; return gnome.org
arch-lists | Arch Linux lists | | https://lists.archlinux.org/
    hosts archlinux.org; return lists.archlinux.org
alpine-lists | Alpine Linux lists | | https://lists.alpinelinux.org/
    hosts alpinelinux.org; return lists.alpinelinux.org
launchpad-lists | Launchpad lists | | https://launchpad.net/
    hosts launchpad.net; return lists.launchpad.net
sourcehut-lists | SourceHut lists | | https://lists.sr.ht/
    hosts sr.ht; dkim sr.ht; return sr.ht
openbsd-lists | OpenBSD lists | | https://www.openbsd.org/mail.html
    hosts openbsd.org shear.ucar.edu; return openbsd.org
netbsd-lists | NetBSD lists | | https://www.netbsd.org/mailinglists/
    hosts netbsd.org; return netbsd.org
samba-lists | Samba lists | | https://lists.samba.org/
    hosts samba.org; return lists.samba.org
denx-lists | DENX, U-Boot lists | | https://lists.denx.de/
    hosts denx.de; return lists.denx.de
exim-lists | Exim lists | | https://lists.exim.org/
    hosts exim.org; return exim.org
dovecot-lists | Dovecot lists | | https://dovecot.org/
    hosts dovecot.org; return dovecot.org
sys4-lists | sys4, Postfix lists | | https://list.sys4.de/
    hosts list.sys4.de; return postfix.org list.sys4.de
nginx-lists | nginx lists | | https://mailman.nginx.org/
    hosts nginx.org; return nginx.org
gnupg-lists | GnuPG lists | | https://lists.gnupg.org/
    hosts gnupg.org; return gnupg.org
tor-lists | Tor Project lists | | https://lists.torproject.org/
    hosts torproject.org; return lists.torproject.org
openwall-lists | Openwall lists | | https://www.openwall.com/lists/
    hosts openwall.com openwall.net; return lists.openwall.com
nmap-lists | Nmap, Full Disclosure | | https://nmap.org/mailman/listinfo
    hosts nmap.org; return nmap.org
wikimedia-lists | Wikimedia lists | | https://lists.wikimedia.org/
    hosts wikimedia.org; return lists.wikimedia.org
osm-lists | OpenStreetMap lists | | https://lists.openstreetmap.org/
    hosts openstreetmap.org; return openstreetmap.org
osgeo-lists | OSGeo lists | | https://lists.osgeo.org/
    hosts osgeo.org; return lists.osgeo.org
perl-lists | Perl lists | | https://lists.perl.org/
    hosts perl.org develooper.com; return perl.org
php-lists | PHP lists | | https://www.php.net/mailing-lists.php
    hosts php.net; return lists.php.net
haskell-lists | Haskell lists | | https://mail.haskell.org/
    hosts haskell.org; return haskell.org
r-lists | R project lists | | https://stat.ethz.ch/mailman/listinfo
    hosts hypatia.math.ethz.ch; return r-project.org stat.math.ethz.ch
gmane | Gmane | | https://gmane.io/
    hosts gmane.io gmane.org; return gmane.io
isoc-lists | Internet Society lists | | https://www.internetsociety.org/
    hosts isoc.org; return elists.isoc.org
arin-lists | ARIN lists | | https://lists.arin.net/
    hosts arin.net; return arin.net
lacnic-lists | LACNIC lists | | https://mail.lacnic.net/
    hosts lacnic.net; return lacnic.net
afrinic-lists | AFRINIC lists | | https://lists.afrinic.net/
    hosts afrinic.net; return afrinic.net
dns-oarc-lists | DNS-OARC lists | | https://lists.dns-oarc.net/
    hosts dns-oarc.net; return dns-oarc.net
mailop-list | mailop | | https://www.mailop.org/
    hosts nosignal.org mailop.org; return mailop.org
uknof-list | UKNOF | | https://www.uknof.org.uk/
    hosts uknof.org.uk; return lists.uknof.org.uk
swinog-list | SwiNOG | | https://www.swinog.ch/
    hosts swinog.ch; return lists.swinog.ch
frnog-list | FRnOG | | https://www.frnog.org/
    hosts frnog.org; return frnog.org
ausnog-list | AusNOG | | https://www.ausnog.net/
    hosts ausnog.net; return lists.ausnog.net
dfn-listserv | DFN LISTSERV | | https://www.listserv.dfn.de/
    hosts listserv.dfn.de; return listserv.dfn.de
renater-lists | RENATER Universalistes | | https://groupes.renater.fr/
    hosts groupes.renater.fr listes.renater.fr; return groupes.renater.fr listes.renater.fr
inria-lists | Inria Sympa | | https://sympa.inria.fr/
    hosts sympa.inria.fr; return inria.fr
framalistes | Framalistes | | https://framalistes.org/
    hosts framalistes.org framasoft.org; return framalistes.org
topicbox | Topicbox | | https://www.topicbox.com/
    hosts topicbox.com; return topicbox.com
gaggle-mail | Gaggle Mail | | https://gaggle.email/
    hosts gaggle.email; return gaggle.email
emwd-mailman | EMWD Mailman hosting | | https://www.emwd.com/
    hosts mailmanlists.net mailmanlists.us; return mailmanlists.net mailmanlists.us
electric-embers | Electric Embers (NPOGroups) | | https://electricembers.coop/
    hosts electricembers.net npogroups.org; return npogroups.org
mayfirst-lists | May First Movement Technology lists | | https://lists.mayfirst.org/
    hosts mayfirst.org; return lists.mayfirst.org
linux-jp-lists | Linux.or.jp lists | Linux.or.jp のメーリングリスト | https://www.linux.or.jp/
    hosts linux.or.jp; return linux.or.jp
postgresql-jp-lists | PostgreSQL Japan lists | 日本PostgreSQLユーザ会のメーリングリスト | https://www.postgresql.jp/
    hosts postgresql.jp; return ml.postgresql.jp
samba-jp-lists | Samba Japan lists | 日本Sambaユーザ会のメーリングリスト | https://www.samba.gr.jp/
    hosts samba.gr.jp; return samba.gr.jp
ring-lists | Ring Server Project | RingサーバプロジェクトのML | http://www.ring.gr.jp/
    hosts ring.gr.jp; return ml.ring.gr.jp
ipsj-lists | IPSJ | 情報処理学会 | https://www.ipsj.or.jp/
    hosts ipsj.or.jp; return ipsj.or.jp
ieice-lists | IEICE | 電子情報通信学会 | https://www.ieice.org/
    hosts ieice.org; return ieice.org
""",
)

SENDERS = FORWARDERS + LISTS
