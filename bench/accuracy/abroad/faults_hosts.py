"""Faults of owners' own machines: hosts that send in the owner's name, by the owner's will, and prove nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.letters import FAIL, Letter, Seal, Stream, failing, failing_hard
from bench.accuracy.abroad.people import Home
from bench.accuracy.abroad.rhythm import Rhythm, between, bursts, office, on_dates, shop, steady, weekly
from bench.accuracy.abroad.town import DEAD, Town

OFFICE_LINES = {"jp": "iij_office", "nordic": "telia_office", "us": "rogers"}


def plain(home: Home, hosts: list[str], envelope: str, rate: float, rhythm: Rhythm = steady, author: str = "") -> Stream:
    """Unsigned mail in the owner's name from hosts."""

    def write(dice: Dice, _: int) -> Letter:
        return Letter(dice.choice(hosts), author or home.domain, envelope, helo=envelope)

    return Stream(home.domain, rate, write, rhythm, lots=1)


def line_of(home: Home) -> str:
    """The network of an office line in the owner's country."""
    return OFFICE_LINES.get(home.public, "telekom_line")


@failing
def forgotten_relay(town: Town, dice: Dice) -> Iterator[Stream]:
    """An old relay under the owner's own host names, missing from SPF and unsigned: the name leads back to the owner."""
    for home in town.troubled(dice, 7):
        host = town.host(line_of(home), f"relay-old.{home.domain}")
        yield plain(home, [host], home.domain, dice.uniform(2, 7), office)


@failing_hard
def scanner(town: Town, dice: Dice) -> Iterator[Stream]:
    """Copiers mail scans straight from an office line with a generic name. Hard: an access line without proof, as a bot's; but one
    address, working days, for the whole window."""
    for home in town.troubled(dice, 8):
        host = town.host(line_of(home))
        yield plain(home, [host], home.domain, dice.uniform(1.0, 3.0), office)


@failing
def shop_on_own_www(town: Town, dice: Dice) -> Iterator[Stream]:
    """The web shop's host mails orders itself; `www` and `shop` of the owner point to it, SPF does not."""
    for home in town.troubled(dice, 6):
        host = town.host("ovh" if home.public != "jp" else "sakura_shared", f"shop.{home.domain}")
        town.add(f"shop.{home.domain}", "A", host)
        yield plain(home, [host], f"shop.{home.domain}", dice.uniform(2, 6), shop)


@failing_hard
def shop_on_rented_host(town: Town, dice: Dice) -> Iterator[Stream]:
    """A shop on a rented, shared host that sends as the hoster's user. Hard: a broken-into site of a stranger looks the same on
    one day; only the steady customers' rhythm over the window differs."""
    for home in town.troubled(dice, 6):
        net = dice.choice(("xserver", "sakura_shared") if home.public == "jp" else ("strato", "namecheap", "bluehost"))
        host = town.host(net)
        hoster = {"xserver": "xserver.jp", "sakura_shared": "sakura.ne.jp", "strato": "stratoserver.net"}.get(
            net, "web-hosting.com"
        )
        yield plain(home, [host], f"{dice.word(5)}.{hoster}", dice.uniform(3, 8), shop)


@failing
def over_ten(town: Town, dice: Dice) -> Iterator[Stream]:
    """The owner's SPF needs too many look-ups (permerror), and devices inside its own relay's range send unsigned."""
    for home in town.troubled(dice, 3, "crowded"):
        hosts = [town.host("linode", f"smtp{n}.{home.domain}") for n in (1, 2)]
        yield plain(home, hosts, home.domain, 9.0, office)


@failing
def subdomain_without_record(town: Town, dice: Dice) -> Iterator[Stream]:
    """A department sends as a sub-domain that has addresses but neither SPF nor keys, from a host of the owner's name."""
    for home in town.troubled(dice, 7):
        name = f"{dice.choice(('lab', 'saiyo', 'branch', 'alumni', 'event'))}.{home.domain}"
        host = town.host(dice.choice(("univ_no", "sakura_vps", "hetzner")), f"mail.{name}")
        town.add(name, "A", host)
        yield plain(home, [host], name, dice.uniform(2, 6), office, name)


@failing_hard
def branch_on_line(town: Town, dice: Dice) -> Iterator[Stream]:
    """A branch's server on a line whose address changes every few weeks. Hard: dynamic names, several addresses, unsigned; but they
    follow one another in one network and never overlap."""
    for home in town.troubled(dice, 6):
        net = {"jp": "ocn_line", "us": "comcast_line"}.get(home.public, "telekom_line")
        hosts = [town.host(net) for _ in range(5)]

        def write(_: Dice, day: int, hosts: list[str] = hosts, home: Home = home) -> Letter:
            return Letter(hosts[day // 19], home.domain, home.domain, helo=f"branch.{home.domain}")

        yield Stream(home.domain, dice.uniform(2, 4), write, office, lots=1)


@failing
def six_without_spf(town: Town, dice: Dice) -> Iterator[Stream]:
    """The owner's own servers began to speak IPv6; their names lead back, SPF knows only the old addresses, this path skips the
    signer."""
    for home in town.troubled(dice, 7, "own"):
        host = town.host("hetzner6", f"mx1.{home.domain}")
        yield plain(home, [host], home.domain, dice.uniform(3, 8), between(dice.randint(5, 40), 90, office))


@failing_hard
def hijacked_relay(town: Town, dice: Dice) -> Iterator[Stream]:
    """Somebody has the password of an employee and sends through the owner's forgotten relay for two nights. Failing, not
    spoof: the mail came out of the owner's own system and stops only when the owner mends it. Hard: in volume and hour it
    behaves as spoofing."""
    for home in town.troubled(dice, 4):
        host = town.host(line_of(home), f"smtp-auth.{home.domain}")
        yield plain(home, [host], home.domain, 1.2, office)
        yield Stream(home.domain, 90.0, _fixed(Letter(host, home.domain, home.domain)), bursts(dice, 1, 3), lots=1)


@failing
def disclaimer_gateway(town: Town, dice: Dice) -> Iterator[Stream]:
    """The owner's outgoing gate adds a disclaimer after signing and is not in SPF: broken signatures of the owner from the
    owner's host."""
    for home in town.troubled(dice, 6, "dkim"):
        host = town.host(line_of(home), f"gate.{home.domain}")
        seal = Seal(home.domain, home.selectors[0], FAIL)
        yield Stream(home.domain, dice.uniform(3, 7), _fixed(Letter(host, home.domain, home.domain, (seal,))), office, lots=1)


@failing_hard
def machine_alerts(town: Town, dice: Dice) -> Iterator[Stream]:
    """Cloud machines mail their alerts as themselves; the generic name of the cloud, an envelope of a host of the owner. Hard:
    crooks rent the same cloud; but the host's name in the From exists in the owner's zone and points there."""
    for home in town.troubled(dice, 7):
        host = town.host(dice.choice(("aws_tokyo", "gcp", "azure")))
        name = f"web{dice.randint(1, 9)}.{home.domain}"
        town.add(name, "A", host)
        yield plain(home, [host], name, dice.uniform(1.5, 4), steady, name)


@failing
def own_bounces(town: Town, dice: Dice) -> Iterator[Stream]:
    """Bounces of the owner's own gate: null reverse-path, a HELO without SPF, unsigned."""
    for home in town.troubled(dice, 6):
        name = f"gw.{home.domain}"
        host = town.host(line_of(home), name)
        letter = Letter(host, home.domain, "", helo=name)
        yield Stream(home.domain, dice.uniform(1.5, 4), _fixed(letter), steady, lots=1)


@failing_hard
def isp_smarthost(town: Town, dice: Dice) -> Iterator[Stream]:
    """A shop's clerk sends through the provider's relay with the office's From. Hard: the same relays forward others' mail;
    only the owner's envelope, no signature at all on mail of a signing owner, and all receivers alike speak against
    forwarding."""
    for home in town.troubled(dice, 6):
        net = {"jp": "ocn_relay", "us": "comcast_relay"}.get(home.public, "telekom_relay")
        hosts = [town.host(net) for _ in range(2)]
        yield plain(home, hosts, home.domain, dice.uniform(2, 4), office)


@failing_hard
def nat_office(town: Town, dice: Dice) -> Iterator[Stream]:
    """An office's only address: its booking program mails unsigned from there. Hard: an infected guest sends from the same address,
    see `nat_guest`."""
    for home in town.troubled(Dice.of(town.seed, "nat"), 4):
        yield plain(home, [nat_of(town, home)], home.domain, dice.uniform(2, 5), shop)


def nat_of(town: Town, home: Home) -> str:
    """The address of the owner's office that many share; always the same one."""
    if home.domain not in town.offices:
        town.offices[home.domain] = town.host(line_of(home))
    return town.offices[home.domain]


@failing
def dead_reverse_relay(town: Town, dice: Dice) -> Iterator[Stream]:
    """Invoices from an own server whose reverse zone does not answer; the HELO and the envelope are hosts of the owner with
    addresses."""
    for home in town.troubled(dice, 4):
        host = town.host(line_of(home), DEAD)
        town.add(f"erp.{home.domain}", "A", host)
        yield plain(home, [host], f"erp.{home.domain}", 14.0, on_dates(1, 2, 16, 25, 26))


@failing
def second_data_centre(town: Town, dice: Dice) -> Iterator[Stream]:
    """The newsletter program moved to a second site whose hosts have the owner's names but no SPF entry."""
    for home in town.troubled(dice, 4):
        hosts = [town.host("hetzner", f"nl{n}.{home.domain}") for n in range(6)]
        yield plain(home, hosts, home.domain, 25.0, weekly(dice.randint(0, 4)))


def _fixed(letter: Letter) -> Callable[[Dice, int], Letter]:
    return lambda _, __: letter
