"""The owners' own machines and people, sending past their own set-up."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.harbour import rhythm, services
from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.letters import Letter, Sig, Stream, failing, kind
from bench.accuracy.harbour.people import Home
from bench.accuracy.harbour.receivers import BY_COUNTRY
from bench.accuracy.harbour.stage import WEBS, Stage
from bench.accuracy.labels import DAYS


def _plain(home: Home, envelope: str | None = None, header: str = "", helo: str = "") -> Letter:
    """An unsigned mail."""
    return Letter(header or home.domain, home.domain if envelope is None else envelope, helo=helo)


@kind(failing)
def web_form(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The contact form of the web site (`wp_mail`): the envelope is the web host's own account."""
    for home in dice.some(stage.troubled, 7, 10):
        server = f"{dice.choice(('web', 'srv', 'cp', 's'))}{dice.randint(2, 98)}.{dice.letters(6)}-hosting.example"
        ip = stage.webs[home.domain]
        if dice.likely(0.6):
            stage.third_party(server, f"ip4:{ip}")
        yield Stream(home, _plain(home, server), [ip], rhythm.business(0.7), dice.spread(16))


@kind(failing)
def web_form_own_envelope(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A form with a mail plug-in that sets the sender right, from a host that the SPF record does not name."""
    for home in dice.some(stage.troubled, 5, 7):
        yield Stream(home, _plain(home), [stage.webs[home.domain]], rhythm.business(0.7), dice.spread(14))


@kind(failing, hard=True)
def scanner(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A copier mails scans straight from the office line. Hard: a dial-up address on lists of dial-up ranges, without any name."""
    for home in dice.some(stage.troubled, 7, 9):
        yield Stream(home, _plain(home), [stage.lines[home.domain]], rhythm.business(0.0), dice.spread(9))


@kind(failing)
def nas_and_ups(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Storage and power supply send their alarms over the line to the admin's Gmail; the line's address changes."""
    for home in dice.some(stage.troubled, 5, 7):
        hosts = [stage.lines[home.domain]] + [stage.town.host(home.country, dice) for _ in range(dice.randint(0, 3))]
        letter = _plain(home, header=dice.choice((home.domain, f"nas.{home.domain}")))
        yield Stream(home, letter, hosts, rhythm.always(), dice.spread(10), {dice.choice(("google", "google", "outlook")): 1.0})


@kind(failing)
def forgotten_cloud_host(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A rented machine with an old application (bookings, a shop's second site) that nobody remembers, unsigned and unnamed."""
    for home in dice.some(stage.troubled, 5, 7):
        net = dice.choice(("aws", "hetzner", "digitalocean", "conoha", "sakuravps", "aruba_cloud", "locaweb_vps", "azure"))
        name = f"{dice.choice(('app', 'old', 'shop2', 'booking'))}.{home.domain}" if dice.likely(0.35) else ""
        letter = _plain(home, dice.choice((home.domain, f"app.{home.domain}")))
        yield Stream(home, letter, [stage.town.host(net, dice, name=name)], rhythm.always(), dice.spread(18))


@kind(failing)
def cron_mail(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """`root@web01`: machines mail under names of their own, for which nothing is published."""
    for home in dice.some(stage.troubled, 5, 7):
        host = f"{dice.choice(('web01', 'db', 'backup', 'vm-3'))}.{home.domain}"
        ip = stage.town.host(dice.choice(("hetzner", "aws", "contabo", home.country)), dice, name=host if dice.likely(0.5) else "")
        yield Stream(home, _plain(home, host, host), [ip], rhythm.always(), dice.spread(13), {"google": 0.7, "m365": 0.3})


@kind(failing)
def business_software(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Invoices and orders straight from the accounting server on the office line, a fixed address with a provider's name."""
    for home in dice.some(stage.of("firm", "shop", "town"), 4, 6):
        ip = stage.town.host(
            home.country, dice, name=f"{dice.choice(('erp', 'gw', 'static', 'fw'))}.{home.domain}" if dice.likely(0.3) else ""
        )
        yield Stream(home, _plain(home), [ip], dice.choice((rhythm.business(0), rhythm.monthly(dice, 3))), dice.spread(22))


@kind(failing, hard=True)
def absence_notes(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Absence notes and receipts with the empty sender, unsigned. Hard: nothing in them names the owner but From."""
    for home in [home for home in stage.troubled if not home.signs]:
        hosts = stage.proper[home.domain][0].hosts
        assert isinstance(hosts, list)
        helo = services.SERVICES[home.office].include.removeprefix("_spf.").removeprefix("spf.")
        yield Stream(home, _plain(home, "", helo=f"out.{helo}"), hosts, rhythm.business(0.2), dice.spread(12))


@kind(failing, hard=True)
def gmail_send_as(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A teacher or a clerk writes as the owner out of a private Gmail account. Hard: fraudsters do the same."""
    stage.third_party("gmail.com", "include:_spf.google.com")
    sig = stage.key_of("gmail.com", "20230601")
    for home in dice.some(stage.of("school", "club", "shop"), 4, 6):
        yield Stream(
            home,
            Letter(home.domain, "gmail.com", (sig,)),
            dice.sample(stage.town.pool("google"), 5),
            rhythm.business(0.6),
            dice.spread(10),
        )


@kind(failing)
def forgotten_ipv6(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A server of the owner got IPv6 from its host and uses it where it can; SPF knows the IPv4 address only."""
    for home in dice.some(stage.troubled, 3, 4):
        name = f"srv.{home.domain}"
        four = stage.town.host("hetzner", dice, name=name)
        six = [
            stage.town.host("hetzner", dice, name=name if dice.likely(0.5) else "", six=True) for _ in range(dice.choice((1, 1, 3)))
        ]
        stage.include(home, f"ip4:{four}")
        yield Stream(home, _plain(home), [four], rhythm.business(0.3), dice.spread(20))
        yield Stream(home, _plain(home), six, rhythm.business(0.3), dice.spread(24), {"google": 0.8, "m365": 0.2})


@kind(failing)
def line_changed(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The office got another provider at mid-window; the server there sends as before, SPF names the old address."""
    for home in dice.some(stage.troubled, 2, 4):
        old, new, at = stage.lines[home.domain], stage.town.host(home.country, dice), dice.randint(25, 65)
        stage.include(home, f"ip4:{old}")
        yield Stream(home, _plain(home), [old], rhythm.between(rhythm.business(), 0, at), dice.spread(25))
        yield Stream(home, _plain(home), [new], rhythm.between(rhythm.business(), at, DAYS), dice.spread(25))


@kind(failing)
def key_lost_in_a_move(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The DNS moved and a service's CNAMEs were left behind for some days: no key for it, and the envelope is the service's."""
    for home in [home for home in stage.troubled if home.with_]:
        if dice.likely(0.6):
            letter = services.letter(stage.town, home.with_[0], home.domain, services.HALF_DKIM)
            mute = letter.sigs[0]._replace(state="no_key")
            start = dice.randint(10, 70)
            pool = dice.sample(stage.town.pool(services.SERVICES[home.with_[0]].net), 3)
            yield Stream(
                home,
                Letter(home.domain, letter.envelope, (mute, *letter.sigs[1:])),
                pool,
                rhythm.between(rhythm.always(), start, start + dice.randint(3, 12)),
                dice.spread(30),
                rows=40,
            )


@kind(failing)
def unreadable_key(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The key of a mail server was pasted into a DNS form that cut it; SPF does not name the server either."""
    for home in dice.some(stage.of("firm", "town", "school"), 2, 3):
        selector = dice.choice(("mail", "dkim", "2025"))
        stage.town.directory.add(f"{selector}._domainkey.{home.domain}", "TXT", "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOC")
        ip = stage.town.host("ovhcloud", dice, name=f"mailer.{home.domain}" if dice.likely(0.5) else "")
        yield Stream(
            home,
            Letter(home.domain, home.domain, (Sig(home.domain, selector, "bad_key"),)),
            [ip],
            rhythm.business(0.4),
            dice.spread(26),
        )


@kind(failing)
def strict_subdomain(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A bank with strict alignment sends notices as `info.`, signed and enveloped for the main name: good, and yet it fails."""
    for home in stage.of("bank"):
        letter = stage.genuine(home, dice)
        sub = f"info.{home.domain}"
        hosts = stage.proper[home.domain][0].hosts
        yield Stream(home, Letter(sub, home.domain, letter.sigs), hosts, rhythm.monthly(dice, 4), dice.spread(70, 0.4), rows=70)


@kind(failing)
def moved_too_early(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """An owner moved his mail to another service some days before the SPF record followed; nobody set keys up."""
    for home in dice.some(
        [home for home in stage.troubled if not home.signs and home.office in ("ionos", "strato", "locaweb", "aruba", "xserver")],
        2,
        3,
    ):
        to = dice.choice(("microsoft", "google"))
        at, late = dice.randint(20, 60), dice.randint(3, 12)
        term = f"include:{services.SERVICES[to].include}"
        stage.include(home, term)
        stage.town.directory.spf_before(home.domain, at + late, stage.record(home, without=[term]))
        letter = services.letter(stage.town, to, home.domain, services.SERVICE_ONLY)
        hosts = dice.sample(stage.town.pool(services.SERVICES[to].net), 6)
        yield Stream(home, letter, hosts, rhythm.between(rhythm.business(), at, DAYS), dice.spread(70, 0.4), rows=70)


@kind(failing)
def branch_office(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A second site with a server of its own, from another time and another consultant."""
    for home in dice.some(stage.of("firm", "town", "school", "bank"), 3, 4):
        net = dice.choice((home.country, WEBS[home.country], "contabo"))
        name = f"mail.{dice.choice(('nord', 'filiale', 'plant2', 'bunko'))}.{home.domain}" if dice.likely(0.5) else ""
        yield Stream(home, _plain(home), [stage.town.host(net, dice, name=name)], rhythm.business(), dice.spread(24))


@kind(failing, hard=True)
def phishing_drill(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A phishing drill that the owner ordered, in his own name. Hard: it is made to look like fraud."""
    for home in dice.some(stage.of("firm", "bank", "school"), 2, 3):
        hosts = [stage.town.host("aws", dice, name=f"psm{n}.drill-training.example") for n in (1, 2)]
        bounce = stage.third_party("psm.drill-training.example", *(f"ip4:{ip}" for ip in hosts))
        letter = _plain(home, dice.choice((bounce, home.domain)))
        yield Stream(home, letter, hosts, rhythm.burst(dice, 4), dice.spread(20), {"m365": 0.6, "google": 0.4})


@kind(failing)
def too_many_lookups(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The record has grown past ten look-ups: the sender that stands last gets `permerror` and signs nothing."""
    home = dice.choice([home for home in stage.of("school", "shop") if not home.signs and home.office != "ionos"])
    wanted = (
        "sendgrid",
        "mailgun",
        "mailjet",
        "brevo",
        "zendesk",
        "salesforce",
        "hubspot",
        "mailchimp",
        "ses",
        "secureserver",
        "ovh",
    )
    for name in wanted:
        stage.include(home, f"include:{services.SERVICES[name].include}")
    hosts = dice.sample(stage.town.pool("ovh"), 3)
    yield Stream(home, _plain(home), hosts, rhythm.business(0.4), dice.spread(50, 0.4), BY_COUNTRY[home.country])
