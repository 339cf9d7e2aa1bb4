"""The owners' proper mail, and the DNS that makes it proper."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.letters import Host, Letter, Sig, Stream
from bench.accuracy.capital.people import Home
from bench.accuracy.capital.reporters import BUSINESS
from bench.accuracy.capital.services import SERVICES
from bench.accuracy.capital.town import ALL_NETS, Town, expand

RHYTHMS = {
    "cuenote": "campaign",
    "mailchimp": "campaign",
    "dotdigital": "campaign",
    "sfmc": "campaign",
    "stibee": "campaign",
    "everlytic": "campaign",
    "splio": "campaign",
    "emberpoint": "campaign",
    "blastmail": "campaign",
    "brevo": "campaign",
    "sparkpost": "campaign",
}
BIG = ("bank", "retailer", "airline", "telecom", "saas", "ministry")
"""Trades with machines of their own that write to customers."""


def settle(town: Town, home: Home) -> None:
    """Sets a domain up: DNS, and the streams of its proper mail in `town.proper`."""
    dice = Dice.of(town.seed, "settle", home.domain)
    if not home.parked:
        town.dns.host(home.domain, town.fresh("aws" if dice.happens(0.5) else "hetzner", dice).ip)
        town.dns.add(home.domain, "MX", f"10 mx1.{home.domain}.")
        town.end(home.domain, "-all" if "reject" in home.policy else dice.choice(("~all", "~all", "-all", "?all")))
    elif dice.happens(0.7):
        town.end(home.domain, "-all")
    town.dns.add(
        f"_dmarc.{home.domain}",
        "TXT",
        f"v=DMARC1; p={home.policy.rpartition('>')[2].split('@')[0].split('/')[0].split(';')[0].split()[0]}",
    )
    streams: list[Stream] = []
    if home.office != "none":
        streams += _office(town, home, dice)
        if home.trade in BIG:
            streams.append(_machines(town, home, dice))
    streams += (_service(town, home, term, dice) for term in home.services.split())
    town.proper[home.domain] = streams


def slug(home: Home) -> str:
    """What tenants of the domain are called."""
    return home.domain.removesuffix(".example").replace("-", "")


def office_sigs(home: Home, dice: Dice) -> tuple[Sig, ...]:
    """The signatures of staff's mail."""
    base, _, gate = home.office.partition(">")
    if base == "google":
        tenant = Sig(f"{home.domain.replace('.', '-')}.20230601.gappssmtp.com", "20230601")
        return (Sig(home.domain, "google"),) if home.signs else (tenant,)
    if base == "m365":
        selector = "pps1" if gate == "proofpoint" else "selector1"
        tenant = Sig(f"{slug(home)}.onmicrosoft.com", f"selector1-{slug(home)}-onmicrosoft-com")
        return (Sig(home.domain, selector),) if home.signs else (tenant,)
    return (Sig(home.domain, dice.choice(("mail", "dkim", "default", "s2024", "key1", "20250301"))),) if home.signs else ()


def _office(town: Town, home: Home, dice: Dice) -> Iterator[Stream]:
    base, _, gate = home.office.partition(">")
    own = [town.machine(home, f"{label}{n}", dice) for n in (1, 2) for label in ("mx-out",)] if base == "own" else []
    for host in own:
        town.permit_host(home.domain, host)
    for net in (each for each in (base, gate) if each not in ("own", "")):
        town.permit(home.domain, f"include:{ALL_NETS[net].spf}")
    hosts = own if not gate and own else town.hosts(gate or base, dice, 4, 8)
    sigs = office_sigs(home, dice)
    letter = Letter(home.domain, home.domain, sigs)
    yield Stream(home, hosts, [(1.0, letter)], 0.95 * home.size**0.35, 3.0 * home.size, "office")
    yield Stream(home, hosts, [(1.0, letter)], 0.4 * home.size**0.35, 2.0 * home.size, "office", to=dict(BUSINESS))


def _machines(town: Town, home: Home, dice: Dice) -> Stream:
    """Statements, tickets and notices from the owner's own machines."""
    hosts = [town.machine(home, f"notice{n:02}", dice) for n in range(1, dice.randint(2, 5))]
    sub = f"bounce.{home.domain}"
    town.dns.spf(sub, " ".join((*(f"ip4:{host.ip}" for host in hosts), "-all")))
    sigs = (Sig(home.domain, dice.choice(("sys1", "batch", "notice", "m2025"))),) if home.signs else ()
    return Stream(home, hosts, [(1.0, Letter(home.domain, sub, sigs))], 0.9 * home.size**0.35, 30.0 * home.size, "daily")


def _service(town: Town, home: Home, term: str, dice: Dice) -> Stream:
    name, _, rest = term.partition(":")
    mode, _, label = rest.partition("@")
    letter = service_letter(town, home, name, dice, mode=mode, label=label)
    hosts = town.hosts(SERVICES[name].net, dice, 3, 8)
    many = RHYTHMS.get(name, "daily")
    return Stream(home, hosts, [(1.0, letter)], 0.85 * home.size**0.35, (60.0 if many == "campaign" else 12.0) * home.size, many)


def service_letter(town: Town, home: Home, name: str, dice: Dice, *, mode: str = "none", label: str = "") -> Letter:
    """A mail by a service in the owner's name; `mode` says what was set up, `none` is nothing."""
    service = SERVICES[name]
    author = f"{label}.{home.domain}" if label else home.domain
    if label:
        town.dns.add(author, "MX", f"10 mx1.{home.domain}.")
    sigs = [Sig(expand(service.own, dice), expand(service.own_selector, dice))] if service.own else []
    if mode in ("full", "dkim"):
        sigs.insert(0, Sig(author, expand(dice.choice(service.selectors.split()), dice)))
    spf = ALL_NETS[service.net].spf
    if mode not in ("full", "spf"):
        bounce = expand(service.bounce, dice)
        town.dns.spf(bounce, f"include:{spf} ~all")
    elif service.sub:
        bounce = f"{expand(service.sub, dice)}.{author}"
        town.dns.spf(bounce, f"include:{spf} ~all")
    else:
        bounce = author
        town.permit(author, f"include:{spf}")
    return Letter(author, bounce, tuple(sigs))


def genuine(town: Town, home: Home, dice: Dice) -> Letter:
    """One of the owner's proper mails, mostly what staff writes."""
    streams = town.proper[home.domain]
    return dice.choices(streams, [4.0 if stream.rhythm == "office" else 1.0 for stream in streams])[0].letters[0][1]


def pool_of(streams: list[Stream]) -> list[Host]:
    """The hosts of streams, each once."""
    return list(dict.fromkeys(host for stream in streams for host in stream.hosts))
