"""The owner's own machines and people whose mail fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.overseas.chance import Dice, bursts, on_days, pause, steady, working
from bench.accuracy.overseas.letters import Letter, Seal, Signature, Stream, failing
from bench.accuracy.overseas.roads import LINE, PROVIDER, WEBHOST
from bench.accuracy.overseas.town import Town

from sekisho.core.names import is_within
from sekisho.core.terms import AuthResult


@failing()
def web_form_on_shared_host(town: Town, dice: Dice) -> Iterator[Stream]:
    """The owner's WordPress on shared hosting (wp_mail): return path of the web server, no signature, few mails a day."""
    for home in town.choose(dice, 8):
        net = WEBHOST[home.country]
        hosts = town.pool(net, 1)
        path = town.foreign(hosts[0].name, "", hosts, end="~all")
        yield town.stream(home, Letter(home.domain, path), hosts, dice.around(0.15, 0.8), steady())


@failing(hard=True)
def forgotten_cloud_host(town: Town, dice: Dice) -> Iterator[Stream]:
    """An application of the owner's on a rented cloud host that nobody thought of: own return path, nothing signed, generic PTR.

    Hard: spoofers rent the same hosts; only that it goes on for the whole time at one address tells.
    """
    for home in town.choose(dice, 8):
        hosts = town.single(dice.choice(("aws", "azure", "digitalocean", "gcp")), dice)
        yield town.stream(
            home, Letter(home.domain, home.domain, helo="localhost.localdomain"), hosts, dice.around(0.2, 0.9), working()
        )


@failing(hard=True)
def scanner_at_a_branch(town: Town, dice: Dice) -> Iterator[Stream]:
    """A copier that mails scans straight from a branch office's line.

    Hard: an access line with a generic name, a handful of mails a month.
    """
    for home in town.choose(dice, 8):
        hosts = town.single(LINE[home.country], dice)
        yield town.stream(home, Letter(home.domain, home.domain, helo="MFP-2F"), hosts, dice.around(0.08, 0.4), working())


@failing()
def second_server_not_in_spf(town: Town, dice: Dice) -> Iterator[Stream]:
    """A branch's mail server with the owner's own name, which the SPF record does not know."""
    for home in town.choose(dice, 7):
        hosts = town.single(LINE[home.country], dice, name=f"mail2.{home.domain}")
        yield town.stream(home, Letter(home.domain, home.domain), hosts, dice.around(0.3, 1.2), working())


@failing()
def cron_of_own_hosts(town: Town, dice: Dice) -> Iterator[Stream]:
    """Cron mail, back-up notices and monitoring of own hosts: From root@host.domain, no SPF there, every night."""
    for home in town.choose(dice, 7, lambda h: "b2b" in h.traits or "public" in h.traits):
        name = f"{dice.choice(('backup', 'nagios', 'db1', 'app2', 'nas'))}.{home.domain}"
        hosts = town.single(dice.choice((LINE[home.country], "hetzner", "aws")), dice, name=name)
        yield town.stream(home, Letter(name, name), hosts, dice.around(0.3, 1.0), steady())


@failing()
def erp_through_provider(town: Town, dice: Dice) -> Iterator[Stream]:
    """Invoices by the firm's ERP through the relay of its access provider, which is not in the SPF record."""
    for home in town.choose(dice, 7):
        hosts = town.pool(PROVIDER[home.country], 2)
        yield town.stream(home, Letter(home.domain, home.domain), hosts, dice.around(0.3, 1.0), working())


@failing()
def key_missing_after_rotation(town: Town, dice: Dice) -> Iterator[Stream]:
    """A new selector was used two days before its key was published, at a service whose return path is not the owner's."""
    for home in town.choose(dice, 6, lambda h: "mailchimp" in h.uses or "brevo" in h.uses):
        start, selector = dice.randrange(10, 75), f"k{dice.randrange(3, 9)}"
        proper = next(s for s in town.proper[home.domain] if s.letter.envelope and not is_within(s.letter.envelope, home.domain))
        town.directory.key(home.domain, selector)
        proper.rhythm = pause(proper.rhythm, start, start + 1)
        letter = replace(proper.letter, signatures=(Signature(home.domain, selector, Seal.KEYLESS),))
        yield town.stream(home, letter, proper.hosts, 12.0, on_days(start, start + 1))


@failing()
def ipv6_not_in_spf(town: Town, dice: Dice) -> Iterator[Stream]:
    """An own server that began to send by IPv6, of which the SPF record says nothing; its name is right."""
    for home in town.choose(dice, 5):
        first = dice.randrange(5, 50)
        hosts = town.single(dice.choice(("linode", "digitalocean")), dice, name=f"mail6.{home.domain}", six=True)
        yield town.stream(home, Letter(home.domain, home.domain), hosts, dice.around(0.4, 1.2), working(first))


@failing()
def office_line_changed(town: Town, dice: Dice) -> Iterator[Stream]:
    """The office moved to another line and all its machines leave by a new address; mended after some weeks."""
    for home in town.choose(dice, 5):
        first = dice.randrange(10, 60)
        hosts = town.single(LINE[home.country], dice)
        yield town.stream(home, Letter(home.domain, home.domain), hosts, dice.around(0.6, 2.0), working(first, first + 25))


@failing()
def absence_notes(town: Town, dice: Dice) -> Iterator[Stream]:
    """Absence notes and bounces with the null reverse-path from a server whose HELO name has no SPF record; not signed."""
    for home in town.choose(dice, 7):
        name = f"gw.{home.domain}"
        hosts = town.single(LINE[home.country], dice, name=name)
        yield town.stream(home, Letter(home.domain, "", helo=name), hosts, dice.around(0.2, 0.8), working())


@failing()
def too_many_lookups(town: Town, dice: Dice) -> Iterator[Stream]:
    """One include too many: SPF was a permanent error for two weeks, and what is not signed failed. The record is mended today."""
    for home in town.choose(dice, 5, lambda h: any(use.endswith(":plain") for use in h.uses) or not h.signs):
        first = dice.randrange(10, 60)
        proper = town.proper[home.domain][0]
        proper.rhythm = pause(proper.rhythm, first, first + 13)
        letter = replace(proper.letter, spf=AuthResult.PERMERROR)
        yield town.stream(home, letter, proper.hosts, home.volume * 0.4, working(first, first + 13))


@failing()
def signer_stopped(town: Town, dice: Dice) -> Iterator[Stream]:
    """The signing service stood still for some days while mail left through a relay with a return path of its own."""
    for home in town.choose(dice, 5):
        first = dice.randrange(5, 80)
        relay = town.pool(PROVIDER[home.country], 2)
        path = town.foreign(f"relay.{dice.word()}.example", "", relay)
        yield town.stream(home, Letter(home.domain, path), relay, home.volume * 0.5, working(first, first + 5))


@failing()
def department_with_strict_alignment(town: Town, dice: Dice) -> Iterator[Stream]:
    """Strict alignment, and a sub-domain whose mail is signed for the domain above."""
    for home in town.choose(dice, 2, lambda h: "strict" in h.traits):
        proper = town.proper[home.domain][0]
        letter = replace(proper.letter, header_from=f"points.{home.domain}")
        yield town.stream(home, letter, proper.hosts, dice.around(4.0, 9.0), working())


@failing()
def footer_after_signing(town: Town, dice: Dice) -> Iterator[Stream]:
    """A disclaimer service (Exclaimer) adds a footer after the signature was made, and is not in the SPF record."""
    for home in town.choose(dice, 5, lambda h: "m365" in h.uses or "google" in h.uses):
        first = dice.choice((0, 0, dice.randrange(10, 60)))
        letter = town.proper[home.domain][0].letter.broken()
        yield town.stream(home, letter, town.pool("exclaimer", 2), dice.around(0.6, 2.0), working(first))


@failing(hard=True)
def staff_at_home(town: Town, dice: Dice) -> Iterator[Stream]:
    """Staff who send with the owner's address through their own access provider's server.

    Hard: strangers' relays, one or two mails each, as with a stranger's stolen account.
    """
    for home in town.choose(dice, 9):
        hosts = town.pool(PROVIDER[home.country], 4)
        path = home.domain if dice.happens(0.6) else town.foreign(f"{dice.word()}-isp.example", PROVIDER[home.country])
        yield town.stream(home, Letter(home.domain, path), hosts, dice.around(0.05, 0.2), working())


@failing()
def department_server(town: Town, dice: Dice) -> Iterator[Stream]:
    """A department with a server and a sub-domain of its own that the centre does not know of; its name is under the owner's."""
    for home in town.choose(dice, 5, lambda h: "public" in h.traits):
        name = f"{dice.choice(('physik', 'chem', 'library', 'kouhou', 'sport'))}.{home.domain}"
        hosts = town.single(LINE[home.country], dice, name=f"mail.{name}")
        yield town.stream(home, Letter(name, name), hosts, dice.around(0.3, 1.0), working())


@failing(hard=True)
def shop_on_rented_server(town: Town, dice: Dice) -> Iterator[Stream]:
    """The shop's own server, put up by a web agency under the server's generic name: orders with www-data@ as return path.

    Hard: nothing in DNS ties the host to the owner.
    """
    for home in town.choose(dice, 6):
        hosts = town.single(dice.choice(("hetzner", "ovh_vps", "contabo")), dice)
        letter = Letter(home.domain, hosts[0].name)
        yield town.stream(home, letter, hosts, dice.around(0.2, 0.9), steady(dice.choice((0, 25))))


@failing(hard=True)
def yearly_mailing(town: Town, dice: Dice) -> Iterator[Stream]:
    """A club or office that writes to all its members once or twice, from a program on somebody's machine.

    Hard: a burst from a line, like a bot's, never seen before or after.
    """
    for home in town.choose(dice, 5):
        hosts = town.single(LINE[home.country], dice)
        yield town.stream(home, Letter(home.domain, home.domain), hosts, 60.0, bursts(dice, 2))
