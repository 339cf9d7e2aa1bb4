"""The owners' own hosts, lines and machines that send without being set up."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.letters import Fate, Host, Letter, Sig, Stream, failing
from bench.accuracy.capital.ordinary import office_sigs, pool_of, slug
from bench.accuracy.capital.people import Home
from bench.accuracy.capital.reporters import BUSINESS
from bench.accuracy.capital.town import ALL_NETS, Town

LINES = {"jp": "ocn_line", "us": "comcast_line", "uk": "bt_line", "fr": "orange_line", "kr": "kt_line", "za": "telkom_line"}
OFFICES = {
    "jp": "usen_office",
    "us": "comcast_office",
    "uk": "bt_line",
    "fr": "orange_line",
    "kr": "business_kt",
    "za": "telkom_line",
}


def some(
    town: Town, dice: Dice, least: int, most: int, trade: str = "", *, signs: bool | None = None, office: str = ""
) -> list[Home]:
    """Some domains that may have trouble."""
    return dice.some(town.troubled(trade, signs=signs, office=office), least, most)


def plain(home: Home, host: Host, *, author: str = "", sender: str | None = None, sigs: tuple[Sig, ...] = ()) -> Letter:
    """A letter without signatures."""
    return Letter(author or home.domain, home.domain if sender is None else sender, sigs, helo=host.name)


@failing()
def forgotten_server(town: Town, dice: Dice) -> Iterator[Stream]:
    """Servers in the owner's rooms that SPF has forgotten: batch, monitoring, old portals."""
    for home in some(town, dice, 14, 18):
        host = town.machine(home, dice.choice(("app03", "batch", "portal-old", "zabbix", "erp", "web2")), dice)
        yield Stream(home, [host], [(1.0, plain(home, host))], 0.35, 4.0, dice.choice(("daily", "office", "monthly")))


@failing(hard=True)
def cloud_job(town: Town, dice: Dice) -> Iterator[Stream]:
    """A job on a rented cloud machine that mails reports to staff and partners.

    Hard: a generic host name on a cloud where spoofers rent as well; only its regular small mail tells.
    """
    for home in some(town, dice, 9, 13):
        host = town.fresh(dice.choice(("aws", "azure", "gce", "linode", "conoha")), dice)
        sender = dice.choice(
            (home.domain, f"root@{host.name}".partition("@")[2], f"ubuntu-{host.ip.rpartition('.')[2]}.{home.domain}")
        )
        yield Stream(home, [host], [(1.0, plain(home, host, sender=sender))], 0.22, 1.5, "daily", to=dict(BUSINESS))


@failing(hard=True)
def scanner_at_a_branch(town: Town, dice: Dice) -> Iterator[Stream]:
    """Copiers and scanners of branch offices that deliver by themselves over the branch's line.

    Hard: the line looks like the one of an infected computer; it sends little, by day, to firms.
    """
    for home in some(town, dice, 12, 18):
        host = town.host("flex_office" if dice.happens(0.25) else OFFICES[home.country], dice)
        yield Stream(
            home,
            [host],
            [(1.0, plain(home, host)._replace(helo=f"MFP{dice.randint(1, 99)}"))],
            0.09,
            1.2,
            "office",
            to=dict(BUSINESS),
        )


@failing()
def new_exit(town: Town, dice: Dice) -> Iterator[Stream]:
    """After a move of the computer centre mail leaves by another address than SPF has; the proper signature was never there."""
    for home in some(town, dice, 4, 6, signs=False, office="own"):
        host = town.machine(home, "nat-out", dice, ptr=0.5)
        start = dice.randrange(15, 50)
        yield Stream(home, [host], [(1.0, plain(home, host))], 0.7, 4.0, "office", first=start, last=start + dice.randint(15, 40))


@failing()
def six_forgotten(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mail servers that got an IPv6 address which SPF does not have."""
    for home in some(town, dice, 4, 6, signs=False, office="own"):
        for number in (1, 2):
            six = town.fresh("six_jp" if home.country == "jp" else "six_dc", dice, f"mx-out{number}.{home.domain}", ptr=0.6)
            yield Stream(home, [six], [(1.0, plain(home, six))], 0.3, 2.0, "office")


@failing()
def disclaimer_after_signing(town: Town, dice: Dice) -> Iterator[Stream]:
    """An outgoing filter that writes a disclaimer after the server signed, on a host that SPF does not have."""
    for home in some(town, dice, 5, 8, signs=True, office="own"):
        host = town.machine(home, dice.choice(("dlp", "mailguard", "out-filter")), dice)
        letter = Letter(home.domain, home.domain, office_sigs(home, dice)).broken()
        yield Stream(home, [host], [(1.0, letter)], 0.5, 4.0, "office")


@failing()
def absence_notes(town: Town, dice: Dice) -> Iterator[Stream]:
    """Absence notes and receipts with the null sender: the host's own name is checked, and nothing signs them."""
    for home in some(town, dice, 12, 16):
        hosts = pool_of(town.proper[home.domain][:1])[:3]
        tenant = Sig(f"{slug(home)}.onmicrosoft.com", f"selector1-{slug(home)}-onmicrosoft-com")
        letter = Letter(home.domain, "", (tenant,) if home.office.startswith("m365") else ())
        yield Stream(home, hosts, [(1.0, letter)], 0.18, 1.2, "office")


@failing()
def key_changed_too_early(town: Town, dice: Dice) -> Iterator[Stream]:
    """A day or two on which a service signed with a key that DNS did not have yet, with bounces that are the service's."""
    streams = [stream for home in town.troubled() for stream in town.proper[home.domain] if _hangs_on_its_key(stream)]
    for stream in dice.some(streams, 8, 12):
        first, *rest = (sig for sig in stream.letters[0][1].sigs)
        lost = Sig(first.domain, f"{first.selector}b", Fate.NO_KEY)
        letter = stream.letters[0][1]._replace(sigs=(lost, *rest))
        start = dice.randrange(10, 80)
        last = start + dice.randint(1, 2)
        yield Stream(stream.home, stream.hosts, [(1.0, letter)], 7.0, stream.size, "daily", first=start, last=last)


def _hangs_on_its_key(stream: Stream) -> bool:
    """Whether only the signature makes the letters pass."""
    letter = stream.letters[0][1]
    return bool(letter.sigs) and letter.sigs[0].domain == letter.header_from and not letter.mail_from.endswith(stream.home.domain)


@failing()
def department_server(town: Town, dice: Dice) -> Iterator[Stream]:
    """Departments of universities and hospitals with a server of their own, sub-domain in the author, no SPF for it."""
    for home in dice.some(town.troubled("university hospital city ministry"), 8, 10):
        for label in dice.some(("lib", "cs", "chem", "radiology", "hr", "econ", "kankyo", "med"), 1, 3):
            author = f"{label}.{home.domain}"
            host = town.machine(home, f"mail.{label}", dice, ptr=0.8)
            town.dns.add(author, "MX", f"10 {host.name}.")
            sigs = (Sig(author, "old", Fate.NO_KEY),) if dice.happens(0.2) else ()
            yield Stream(home, [host], [(1.0, plain(home, host, author=author, sender=author, sigs=sigs))], 0.3, 2.5, "office")


@failing()
def root_at_host(town: Town, dice: Dice) -> Iterator[Stream]:
    """Cron and alarms with the host's own name as author."""
    for home in some(town, dice, 10, 14):
        host = town.machine(home, f"srv{dice.randint(1, 99):02}", dice)
        author = host.name
        yield Stream(
            home,
            [host],
            [(1.0, plain(home, host, author=author, sender=author))],
            0.2,
            1.2,
            "daily",
            to={"google": 3.0, "enterprise": 1.0},
        )


@failing()
def strict_by_mistake(town: Town, dice: Dice) -> Iterator[Stream]:
    """Where alignment was set to strict, sub-domains' signatures and bounces no longer count."""
    for home in [each for each in town.troubled() if each.policy.endswith(" s")]:
        sub = f"courrier.{home.domain}"
        hosts = [town.machine(home, f"edi{n}", dice) for n in (1, 2)]
        town.dns.spf(sub, " ".join((*(f"ip4:{host.ip}" for host in hosts), "-all")))
        yield Stream(home, hosts, [(1.0, Letter(home.domain, sub, (Sig(sub, "edi"),)))], 1.0, 9.0)


@failing(hard=True)
def exercise(town: Town, dice: Dice) -> Iterator[Stream]:
    """A week-end on which mail left from the second computer centre, which nobody had told SPF.

    Hard: hosts never seen before, much mail, two days, then never again.
    """
    for home in dice.some(town.troubled("bank insurer telecom ministry city hospital", signs=False) or town.troubled("bank"), 3, 5):
        host = town.machine(home, "dr-mx", dice, ptr=0.5)
        start = dice.choice((12, 33, 54, 68))
        yield Stream(home, [host], [(1.0, plain(home, host))], 4.0, 5.0, "daily", first=start, last=start + 2)


@failing(hard=True)
def branch_through_its_provider(town: Town, dice: Dice) -> Iterator[Stream]:
    """Branches whose machines send through the mail server of their Internet provider.

    Hard: it looks like a provider's mailbox that forwards, or like a customer who lies.
    """
    where = {"jp": "ocn", "fr": "orange", "uk": "btinternet", "us": "comcast", "kr": "naver", "za": "telkom_za"}
    for home in some(town, dice, 12, 16):
        yield Stream(
            home, town.hosts(where[home.country], dice, 1, 3), [(1.0, Letter(home.domain, home.domain))], 0.12, 1.2, "office"
        )


@failing()
def branch_abroad(town: Town, dice: Dice) -> Iterator[Stream]:
    """The subsidiary abroad with its own old Exchange, named by the group but unknown to its SPF."""
    for home in dice.some(town.troubled("bank insurer airline retailer telecom"), 6, 9):
        net = dice.choice(("business_kt", "teraco_dc", "colt_dc", "kinx_dc", "usen_office"))
        host = town.fresh(net, dice, f"{dice.choice(('sg', 'kr', 'za', 'mx', 'br'))}-mail.{home.domain}", ptr=0.6)
        yield Stream(home, [host], [(1.0, plain(home, host))], 0.45, 2.5, "office")


@failing(hard=True)
def devices_of_a_vendor(town: Town, dice: Dice) -> Iterator[Stream]:
    """Lifts, CT scanners and vending machines that write in the owner's name from the vendor's network, as agreed.

    Hard: a stranger's hosts, no sign of the owner's anywhere; the same few messages each day.
    """
    for home in dice.some(town.troubled("hospital university retailer city insurer"), 8, 11):
        name = f"relay.{dice.choice(('medicore', 'liftwatch', 'coolserve', 'scanworks'))}{dice.randint(1, 20)}.example"
        host = town.fresh(dice.choice(("aws", "azure", "colt_dc", "lumen_dc", "ntt_dc")), dice, name)
        yield Stream(home, [host], [(1.0, plain(home, host))], 0.18, 1.0, "daily", to=dict(BUSINESS))


@failing()
def too_many_lookups(town: Town, dice: Dice) -> Iterator[Stream]:
    """Sub-domains whose SPF record names so many services that checking it ends in an error."""
    for home in some(town, dice, 3, 5):
        author = f"{dice.choice(('seikyu', 'billing', 'factures', 'notice'))}.{home.domain}"
        host = town.machine(home, "billing", dice)
        names = [net.spf for net in ALL_NETS.values() if net.spf][:14]
        town.dns.spf(author, " ".join((*(f"include:{name}" for name in names), f"ip4:{host.ip}", "-all")))
        yield Stream(home, [host], [(1.0, plain(home, host, author=author, sender=author))], 0.5, 8.0, "monthly")


@failing()
def old_provider(town: Town, dice: Dice) -> Iterator[Stream]:
    """Phones and scripts that still hand mail to the hosting firm the owner left; SPF and keys moved, they did not."""
    where = {"jp": "xserver", "us": "godaddy", "uk": "uk_hosting", "fr": "ovh_shared", "kr": "cafe24", "za": "xneelo"}
    for home in some(town, dice, 9, 13):
        hosts = town.hosts(where[home.country], dice, 1, 3)
        yield Stream(home, hosts, [(1.0, Letter(home.domain, home.domain))], 0.2, 1.3, "office", first=dice.randrange(40))
