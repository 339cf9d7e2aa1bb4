"""Strangers in the owners' names, by where they send from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.accuracy.harbour import rhythm
from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.letters import Letter, Stream, kind, spoof
from bench.accuracy.harbour.nets import HOMES as LINES
from bench.accuracy.harbour.people import Home
from bench.accuracy.harbour.receivers import BY_COUNTRY, SPAMMED
from bench.accuracy.harbour.stage import WEBS, Stage

FAR = tuple(LINES)


def _fresh(stage: Stage, nets: tuple[str, ...], spam: float, *, again: float = 0.15) -> Callable[[Dice], str]:
    """A maker of addresses: mostly new ones, now and then one that was there before."""
    known: list[str] = []

    def make(dice: Dice) -> str:
        if known and dice.likely(again):
            return dice.choice(known)
        known.append(stage.town.host(dice.choice(nets), dice, spam=spam, six=dice.likely(0.05)))
        return known[-1]

    return make


def _hosts(stage: Stage, dice: Dice, net: str, count: int, spam: float, name: str = "") -> list[str]:
    return [stage.town.host(net, dice, spam=spam, name=name and f"{name.format(n=n + 1)}") for n in range(count)]


def _plain(home: Home, envelope: str | None = None) -> Letter:
    return Letter(home.domain, home.domain if envelope is None else envelope)


@kind(spoof)
def botnet_dialup(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Infected machines of homes in many countries, one or two mails each, the owner's name in From and envelope."""
    makers = [_fresh(stage, tuple(dice.sample(FAR, 9)), 0.6) for _ in range(4)]
    for home in dice.some(stage.troubled, 7, 10):
        maker = dice.choice(makers)
        yield Stream(home, _plain(home), maker, rhythm.of_spam(dice), dice.spread(24), SPAMMED)


@kind(spoof)
def botnet_other_envelope(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A botnet that puts the owner into From only; the envelope is any address it has stolen."""
    for home in dice.some(stage.troubled, 5, 8):
        victim = stage.third_party(f"{dice.letters(7)}.example", "ip4:198.51.100.0/26", ends=dice.choice(("-all", "~all", "?all")))
        maker = _fresh(stage, tuple(dice.sample(FAR, 8)), 0.55)
        yield Stream(home, _plain(home, victim), maker, rhythm.of_spam(dice), dice.spread(18), SPAMMED)


@kind(spoof)
def sextortion(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Blackmail "from your own account": waves over hijacked routers and servers, to mailboxes of the owner's country."""
    nets = ("vn", "in", "br", "id", "tr", "ar", "eg", "th", "digitalocean", "ovhcloud")
    waves = [(_fresh(stage, nets, 0.45), rhythm.burst(dice, dice.randint(1, 4))) for _ in range(3)]
    for home in dice.some(stage.troubled, 6, 9):
        maker, pace = dice.choice(waves)
        yield Stream(home, _plain(home), maker, pace, dice.spread(16), BY_COUNTRY[home.country])


@kind(spoof)
def rented_cloud_wave(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """One to three machines rented for a campaign of a few days, names given by the cloud."""
    for home in dice.some(stage.troubled, 6, 9):
        net = dice.choice(("digitalocean", "ovhcloud", "vultr", "contabo", "hetzner", "azure", "aws", "gcp"))
        hosts = _hosts(stage, dice, net, dice.randint(1, 3), 0.35)
        yield Stream(home, _plain(home), hosts, rhythm.burst(dice, dice.randint(1, 5)), dice.spread(22), SPAMMED)


@kind(spoof)
def snowshoe(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Dozens of addresses with neat names and SPF of throw-away domains, a few mails from each."""
    for home in dice.some(stage.troubled, 3, 5):
        domain = f"{dice.letters(5)}{dice.choice(('deals', 'mkt', 'info'))}.example"
        hosts = _hosts(
            stage, dice, dice.choice(("colocrossing", "m247", "colocrossing")), dice.randint(12, 30), 0.4, name=f"mta{{n}}.{domain}"
        )
        stage.third_party(domain, *(f"ip4:{ip}" for ip in hosts))
        sigs = (stage.key_of(domain, "dkim"),) if dice.likely(0.6) else ()
        yield Stream(home, Letter(home.domain, domain, sigs), hosts, rhythm.of_spam(dice), dice.spread(34), SPAMMED)


@kind(spoof)
def bulletproof(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Small hosts that look away; nameless or oddly named machines, week after week."""
    gangs = [_hosts(stage, dice, dice.choice(("m247", "colocrossing", "contabo")), dice.randint(2, 7), 0.5) for _ in range(4)]
    for home in dice.some(stage.troubled, 5, 8):
        hosts = dice.choice(gangs)
        yield Stream(home, _plain(home), hosts, rhythm.of_spam(dice), dice.spread(20), SPAMMED)


@kind(spoof, hard=True)
def neighbour_on_the_web_host(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A hacked site on the shared host where the owner's site is. Hard: the owner's own forms come from that very address."""
    for home in dice.some([home for home in stage.troubled if home.office not in ("xserver", "homepl")], 4, 6):
        ip = stage.webs[home.domain]
        envelope = dice.choice((home.domain, f"vps.{dice.letters(6)}-hosting.example"))
        yield Stream(home, _plain(home, envelope), [ip], rhythm.burst(dice, dice.randint(1, 4)), dice.spread(11), SPAMMED)


@kind(spoof)
def hacked_sites(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Hacked web sites at hosts in many countries, envelope of the hacked site or of the machine."""
    for home in dice.some(stage.troubled, 7, 10):
        hosts = dice.sample(
            stage.town.pool(dice.choice(("webhosting", "plesk", "ovh", "homepl", "locaweb", "xserver"))), dice.randint(1, 3)
        )
        site = f"{dice.letters(8)}.example"
        if dice.likely(0.6):
            stage.third_party(site, *(f"ip4:{ip}" for ip in hosts))
        yield Stream(
            home, _plain(home, dice.choice((site, site, home.domain))), hosts, rhythm.of_spam(dice), dice.spread(15), SPAMMED
        )


@kind(spoof, hard=True)
def hacked_tenant(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """An account in a stranger's Microsoft tenant is misused. Hard: just as a partner who writes with the owner's leave."""
    for home in dice.some(stage.troubled, 4, 7):
        tenant = stage.third_party(f"{dice.letters(8)}.example", "include:spf.protection.outlook.com", ends="-all")
        short = tenant.split(".", maxsplit=1)[0]
        sigs = (stage.key_of(f"{short}.onmicrosoft.com", f"selector1-{short}-onmicrosoft-com"),)
        yield Stream(
            home,
            Letter(home.domain, tenant, sigs),
            dice.sample(stage.town.pool("microsoft"), 4),
            rhythm.burst(dice, 3),
            dice.spread(10),
            SPAMMED,
        )


@kind(spoof, hard=True)
def free_mailer(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Fraud out of free mailboxes with the owner in From. Hard: teachers and clerks do the same in good faith."""
    stage.third_party("gmail.com", "include:_spf.google.com")
    sig = stage.key_of("gmail.com", "20230601")
    for home in dice.some(stage.troubled, 3, 5):
        yield Stream(
            home,
            Letter(home.domain, "gmail.com", (sig,)),
            dice.sample(stage.town.pool("google"), 4),
            rhythm.now_and_then(dice, 6),
            dice.spread(6),
            SPAMMED,
        )


@kind(spoof)
def open_relays(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Mail servers of small companies that let strangers through, or whose accounts were guessed; often with proper names."""
    for home in dice.some(stage.troubled, 6, 9):
        hosts = [
            stage.town.host(
                dice.choice(("in", "br", "it", "pl", "us", "vn", "mx", "tr", "aruba_cloud")),
                dice,
                spam=0.35,
                name=f"{dice.choice(('mail', 'mx', 'smtp'))}.{dice.letters(8)}.example" if dice.likely(0.6) else "",
            )
            for _ in range(dice.randint(1, 4))
        ]
        yield Stream(home, _plain(home), hosts, rhythm.of_spam(dice), dice.spread(13), SPAMMED)


@kind(spoof, hard=True)
def same_provider_line(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Infected machines on lines of the owner's country and providers. Hard: like the owner's scanner."""
    for home in dice.some(stage.troubled, 5, 7):
        maker = _fresh(stage, (home.country,), 0.35, again=0.4)
        yield Stream(home, _plain(home), maker, rhythm.of_spam(dice), dice.spread(8), BY_COUNTRY[home.country])


@kind(spoof)
def fraud_from_lagos(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Payment fraud by hand over a mailer script: few, well aimed, from a rented machine or a mobile line."""
    for home in dice.some(stage.of("firm", "bank", "saas", "shop"), 4, 6):
        hosts = _hosts(stage, dice, dice.choice(("ng", "ng", "vultr", "m247", "colocrossing")), dice.randint(1, 3), 0.2)
        yield Stream(
            home, _plain(home), hosts, rhythm.now_and_then(dice, 8), dice.spread(7), {"google": 0.4, "m365": 0.5, "yahoo": 0.1}
        )


@kind(spoof)
def long_tail(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """One mail here and one there from anywhere at all, the whole year round; nobody knows why."""
    for home in stage.troubled:
        maker = _fresh(stage, (*FAR, "webhosting", "digitalocean", "contabo", "ovhcloud", "plesk"), 0.4, again=0.05)
        yield Stream(home, _plain(home), maker, rhythm.always(), dice.spread(6, 0.6), SPAMMED)


@kind(spoof)
def name_that_lies(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A rented machine whose PTR record says it is the owner's; nothing leads back."""
    for home in dice.some(stage.troubled, 3, 5):
        ip = stage.town.host(dice.choice(("contabo", "m247", "colocrossing")), dice, spam=0.3)
        directory = stage.town.directory
        directory.rename(ip, f"mail.{home.domain}")
        yield Stream(home, _plain(home), [ip], rhythm.of_spam(dice), dice.spread(11), SPAMMED)


@kind(spoof)
def parked_names(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Names that send no mail are used by strangers of every make."""
    for home in stage.parked:
        makers = (
            _fresh(stage, FAR, 0.55),
            _hosts(stage, dice, dice.choice(("vultr", "digitalocean", "m247")), 3, 0.35),
            stage.town.pool(WEBS[home.country])[:2],
        )
        for maker in makers:
            yield Stream(home, _plain(home), maker, rhythm.of_spam(dice), dice.spread(14), SPAMMED)
