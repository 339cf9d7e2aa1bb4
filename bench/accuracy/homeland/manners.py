"""More kinds for fitting: the same trades as elsewhere in this world, with other manners, so that no habit stands for a class.

Own machines that never rest, strangers that keep working days, newsletters that come once a month, lists that live for a week:
how it is spread over days and receivers is drawn anew for each source.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.accuracy.homeland.kinds import add, kind, passed_on, signed
from bench.accuracy.homeland.operators import HOSTERS, LINES, MAILBOXES, RELAYS, SERVICES, Operator
from bench.accuracy.homeland.town import DAYS, Home, Host, Letter, Sig, Town, on_days, workdays

from sekisho.core.terms import Class, Override

Mean = Callable[[int], float]
FAILING, FORWARDED, SPOOF = Class.FAILING, Class.FORWARDED, Class.SPOOF
ONE = ("google.com", "Enterprise Outlook", "Outlook.com", "yahoo.co.jp", "Yahoo", "docomo.ne.jp")
FIRM = Operator("firm", ("122.216", "61.199", "80.81"), "")
PROPER = Operator("proper", ("124.35", "62.128", "210.231"), "mail.{w}-kogyo.example")
FEEDER = Operator("feeder", ("103.41", "91.198"), "out{n}.{w}-mailer.example")


def _live(home: Home) -> bool:
    return not home.parked


def _signs(home: Home) -> bool:
    return home.signs >= 0.9 and not home.parked


def _unsigned(home: Home) -> bool:
    return home.signs < 0.5 and not home.parked


def _prey(home: Home) -> bool:
    return not home.untroubled and not home.parked


def _one(town: Town) -> tuple[tuple[str, float], ...]:
    """Mail for one receiver, or mostly for one."""
    first, second = town.rng.sample(ONE, 2)
    return ((first, 1.0),) if town.rng.random() < 0.6 else ((first, 0.8), (second, 0.2))


def _office(town: Town, mean: float) -> Mean:
    """What people or their machines send: mostly on working days, mostly for as long as one looks."""
    start = town.rng.choice((0, 0, 0, town.rng.randrange(60)))
    end = town.rng.choice((DAYS, DAYS, start + town.rng.randrange(20, 60)))
    return workdays(mean * town.rng.uniform(0.5, 1.6), town.rng.choice((0.0, 0.1, 0.3, 0.9)), start, end)


def _machine(town: Town, mean: float) -> Mean:
    """What a program sends: each day, or one day of the week or of the month."""
    rng = town.rng
    pick = rng.random()
    if pick < 0.6:
        return workdays(mean * rng.uniform(0.5, 1.6), 1.0, rng.choice((0, 0, rng.randrange(50))))
    step = 7 if pick < 0.85 else 30
    return on_days(mean * step / 2, frozenset(range(rng.randrange(step), DAYS, step)))


def _raid(town: Town, mean: float, longest: int = 8) -> Mean:
    """A campaign of some days."""
    start = town.rng.randrange(2, DAYS - longest)
    return on_days(mean * town.rng.uniform(0.4, 1.6), frozenset(range(start, start + town.rng.randrange(1, longest + 1))))


def _siege(town: Town, mean: float) -> Mean:
    """What goes on for weeks, working days or not."""
    start = town.rng.choice((0, 0, town.rng.randrange(50)))
    end = town.rng.choice((DAYS, start + town.rng.randrange(18, 60)))
    return workdays(mean * town.rng.uniform(0.4, 1.6), town.rng.choice((0.4, 0.7, 1.0, 1.0)), start, end)


# ---- failures of the owner's own


@kind(FAILING, "fit", suits=_live, times=3)
def smarthost_of_provider(town: Town, home: Home) -> None:
    """An office hands its mail to its access provider's relay, as the manual says; SPF does not know it."""
    operator = town.rng.choice((MAILBOXES["ocn"], MAILBOXES["so-net"], RELAYS["catv"]))
    hosts = town.pool(operator, 4) if operator is not RELAYS["catv"] else ((1.0, town.host(operator)),)
    add(town, home, "smarthost_of_provider", hosts, [Letter(1.0, home.domain, home.domain)], _office(town, 6))


@kind(FAILING, "fit", hard=True, suits=_live, times=3)
def machine_never_rests(town: Town, home: Home) -> None:
    """A store or a camera that reports each day to somebody's mailbox. Hard: a bare host or a line, on Sundays, too."""
    host = town.host(town.rng.choice((FIRM, LINES["flets"], LINES["jp"], HOSTERS["sakura-vps"])))
    envelope = town.rng.choice((home.domain, f"nas.{home.domain}", home.domain))
    add(town, home, "machine_never_rests", [host], [Letter(1.0, home.domain, envelope)], _machine(town, 2), reach=_one(town))


@kind(FAILING, "fit", hard=True, suits=_live, times=3)
def bills_of_the_month(town: Town, home: Home) -> None:
    """A small firm makes the owner's bills once a month. Hard: an unknown, proper host that comes in bursts."""
    host = town.host(FEEDER)
    firm = host.ptr.partition(".")[2]
    town.spf(firm, {host.address})
    sigs = (Sig(firm, "m1"),) if town.rng.random() < 0.6 else ()
    mean = on_days(town.rng.uniform(15, 60), frozenset(range(town.rng.randrange(28), DAYS, 30)))
    add(town, home, "bills_of_the_month", [host], [Letter(1.0, home.domain, town.rng.choice((firm, home.domain)), sigs)], mean)


@kind(FAILING, "fit", suits=_live, times=4)
def letters_of_the_week(town: Town, home: Home) -> None:
    """A newsletter at a service that was never set up, or by another team's account there, on one day of the week."""
    operator = SERVICES[town.rng.choice((*home.services, "sendgrid", "mailchimp", "cuenote", "mailgun", "hubspot", "kawaraban"))]
    hosts = town.pool(operator, 4)
    sigs = (Sig(operator.dkim, "s1"),) if operator.dkim else ()
    mean = on_days(town.rng.uniform(10, 40), frozenset(range(town.rng.randrange(5), DAYS, town.rng.choice((7, 14)))))
    letters = [Letter(1.0, home.domain, town.envelope(operator, hosts[0][1]), sigs)]
    add(town, home, "letters_of_the_week", hosts, letters, mean)


@kind(FAILING, "fit", hard=True, suits=_live, times=2)
def event_once(town: Town, home: Home) -> None:
    """Invitations to one event, by an account made for it. Hard: a stranger's trial account looks the same."""
    operator = SERVICES[town.rng.choice((*home.services, "sendgrid", "mailgun", "hubspot"))]
    hosts = town.pool(operator, 4)
    sigs = (Sig(operator.dkim, "s1"),) if operator.dkim else ()
    letters = [Letter(1.0, home.domain, town.envelope(operator, hosts[0][1]), sigs)]
    add(town, home, "event_once", hosts[:2], letters, _raid(town, 20, 5))


@kind(FAILING, "fit", hard=True, suits=_live, times=3)
def sister_company(town: Town, home: Home) -> None:
    """A sister company writes in the owner's name from its own servers. Hard: proper, and of another name."""
    hosts = [town.host(PROPER)]
    other = hosts[0].ptr.partition(".")[2]
    town.spf(other, {host.address for host in hosts})
    sigs = (Sig(other, "dk"),) if town.rng.random() < 0.5 else ()
    letters = [Letter(1.0, home.domain, town.rng.choice((other, other, home.domain)), sigs)]
    add(town, home, "sister_company", hosts, letters, _office(town, 4))


@kind(FAILING, "fit", hard=True, suits=_live, times=3)
def form_on_web_space(town: Town, home: Home) -> None:
    """The form of the owner's site on shared web space. Hard: invaded neighbours send from there."""
    operator = town.rng.choice((MAILBOXES["xserver"], HOSTERS["cpanel"], HOSTERS["webfarm"]))
    host = town.host(operator)
    town.spf(host.ptr, {host.address})
    envelope = town.rng.choice((host.ptr, host.ptr, home.domain))
    add(town, home, "form_on_web_space", [host], [Letter(1.0, home.domain, envelope)], _machine(town, 2.5))


@kind(FAILING, "fit", suits=_signs, times=2)
def filter_on_the_way_out(town: Town, home: Home) -> None:
    """A security gateway for outgoing mail breaks the signature, and SPF does not know it."""
    operator = RELAYS[town.rng.choice(("mimecast", "proofpoint", "barracuda", "mailgates"))]
    letters = [Letter(1.0, home.domain, home.domain, signed(home, "broken"))]
    add(town, home, "filter_on_the_way_out", town.pool(operator, 3), letters, _office(town, 12))


@kind(FAILING, "fit", suits=lambda home: _live(home) and home.office == "own", times=2)
def tenant_without_signature(town: Town, home: Home) -> None:
    """A branch writes by Microsoft 365 or Google, entered nowhere; no signature at all."""
    operator = MAILBOXES[town.rng.choice(("google", "microsoft"))]
    letters = [Letter(1.0, home.domain, home.domain)]
    add(town, home, "tenant_without_signature", town.pool(operator, 8), letters, _office(town, 7))


@kind(FAILING, "fit", hard=True, suits=lambda home: _live(home) and home.office == "own", times=3)
def staff_write_by_gmail(town: Town, home: Home) -> None:
    """Somebody writes by a private mailbox under the owner's address. Hard: a thief of mailboxes would, too."""
    operator = MAILBOXES["google"]
    letters = [Letter(1.0, home.domain, "gmail.com", (Sig("gmail.com", "20230601"),))]
    add(town, home, "staff_write_by_gmail", town.pool(operator, 8), letters, _office(town, 2))


@kind(FAILING, "fit", hard=True, suits=_signs, times=2)
def program_signs_wrongly(town: Town, home: Home) -> None:
    """A program on a rented server signs with the owner's key, or a mistyped one, and wrongly. Hard: as a replayed letter."""
    host = town.host(HOSTERS[town.rng.choice(("aws", "sakura-vps", "hetzner"))])
    sigs = town.rng.choice((signed(home, "broken"), signed(home, "broken"), (Sig(home.domain, "app2", "nokey"),)))
    envelope = town.rng.choice((home.domain, host.ptr, f"app.{home.domain}"))
    add(town, home, "program_signs_wrongly", [host], [Letter(1.0, home.domain, envelope, sigs)], _machine(town, 4))


@kind(FAILING, "fit", hard=True, suits=_unsigned, times=2)
def moved_house(town: Town, home: Home) -> None:
    """The mail server moves to another provider, and for some days SPF does not know it. Hard: sudden, from nowhere."""
    host = town.host(town.rng.choice((FIRM, HOSTERS["sakura-vps"])))
    start = town.rng.randrange(20, 75)
    mean = workdays(home.volume * 0.6, 0.25, start, start + town.rng.randrange(3, 10))
    add(town, home, "moved_house", [host], [Letter(1.0, home.domain, home.domain)], mean)


# ---- passed on


@kind(FORWARDED, "fit", suits=_live, times=4)
def firm_passes_on(town: Town, home: Home) -> None:
    """A firm's server hands mail on to mailboxes elsewhere, the envelope kept or of its own; much, little or nothing breaks."""
    host = town.host(town.rng.choice((PROPER, RELAYS["city"], RELAYS["partner"], RELAYS["university"])), lists=0.04)
    own = host.ptr.partition(".")[2]
    town.spf(own, {host.address})
    letters = passed_on(home, town.rng.choice((None, None, own)), town.rng.choice((0.0, 0.2, 0.9)))
    add(town, home, "firm_passes_on", [host], letters, _office(town, 4), reach=_one(town))


@kind(FORWARDED, "fit", suits=_live, times=3)
def web_space_passes_on(town: Town, home: Home) -> None:
    """A mailbox on shared web space hands everything on."""
    host = town.host(town.rng.choice((MAILBOXES["xserver"], HOSTERS["cpanel"])))
    letters = passed_on(home, town.rng.choice((None, None, host.ptr)), town.rng.choice((0.0, 0.1, 0.5)))
    town.spf(host.ptr, {host.address})
    add(town, home, "web_space_passes_on", [host], letters, _office(town, 3), reach=_one(town))


@kind(FORWARDED, "fit", suits=_live, times=3)
def bare_scanner(town: Town, home: Home) -> None:
    """A filter without a host name before somebody's mailboxes; the envelope is kept, all signatures break."""
    letters = passed_on(home, None, 1.0)
    add(town, home, "bare_scanner", [town.host(FIRM)], letters, _office(town, 4), reach=_one(town))


@kind(FORWARDED, "fit", hard=True, suits=_live, times=3)
def carrier_rewrites(town: Town, home: Home) -> None:
    """A carrier passes on with its own return path and breaks or drops signatures. Hard: strangers write by it as well."""
    operator = MAILBOXES[town.rng.choice(("docomo", "ocn", "yahoo"))]
    stripped = town.rng.choice((0.0, 0.5)) if not home.untroubled else 0.0
    letters = passed_on(home, operator.envelope, 1.0 - stripped, stripped=stripped)
    add(town, home, "carrier_rewrites", town.pool(operator, 8), letters, _office(town, 3), reach=_one(town))


@kind(FORWARDED, "fit", suits=_live, times=2)
def tenant_distributes(town: Town, home: Home) -> None:
    """A distribution list in somebody's tenant: his return path and signature, the author left as he was."""
    tenant = f"{town.rng.choice(('kumiai', 'rengo', 'circle'))}{town.rng.randrange(9)}.example"
    hosts = town.pool(MAILBOXES["microsoft"], 8)
    town.spf(tenant, set(), town.permits["spf.protection.outlook.com"].rest, "spf.protection.outlook.com")
    extra = (Sig(tenant.replace(".", "") + ".onmicrosoft.com", "selector1"),)
    letters = passed_on(home, tenant, 0.8, extra=extra, detour=Override.MAILING_LIST)
    add(town, home, "tenant_distributes", hosts, letters, _office(town, 4))


@kind(FORWARDED, "fit", hard=True, suits=_live, times=4)
def rented_relay(town: Town, home: Home) -> None:
    """Somebody's own server at a hoster passes on, seldom. Hard: what is known of the host speaks against it."""
    host = town.host(HOSTERS[town.rng.choice(("hetzner", "aws", "sakura-vps", "vultr", "ovh"))], lists=0.08)
    letters = passed_on(home, None, town.rng.choice((0.0, 0.3, 1.0)))
    add(town, home, "rented_relay", [host], letters, _office(town, 1), reach=_one(town))


@kind(FORWARDED, "fit", hard=True, suits=_signs, times=2)
def list_for_a_week(town: Town, home: Home) -> None:
    """The list of a conference: many posts in few days, then none. Hard: sudden, as strangers are."""
    host = town.host(RELAYS["society"], word=f"kai{town.rng.randrange(99)}")
    town.spf(host.ptr, {host.address})
    letters = passed_on(home, host.ptr, 1.0, detour=Override.MAILING_LIST)
    add(town, home, "list_for_a_week", [host], letters, _raid(town, 25))


# ---- strangers


@kind(SPOOF, "fit", suits=_prey, times=3)
def bots_that_stay(town: Town, home: Home) -> None:
    """Infected machines that nobody cleans: a little each day for weeks, from the same addresses."""
    operators = [LINES["in"], LINES["id"], LINES["tr"], LINES["br"], LINES["vn"], HOSTERS["nameless"]]
    hosts = [town.host(town.rng.choice(operators), lists=0.35) for _ in range(6)]
    add(town, home, "bots_that_stay", hosts, [Letter(1.0, home.domain, home.domain)], _siege(town, 8))


@kind(SPOOF, "fit", hard=True, suits=_prey, times=3)
def rented_for_weeks(town: Town, home: Home) -> None:
    """A rented server that writes for weeks. Hard: a forgotten server of the owner's would, too."""
    hosts = [town.host(HOSTERS[town.rng.choice(("aws", "vultr", "contabo", "ovh", "sakura-vps"))], lists=0.2) for _ in range(2)]
    envelope = town.rng.choice((home.domain, home.domain, f"info{town.rng.randrange(99)}.example"))
    add(town, home, "rented_for_weeks", hosts, [Letter(1.0, home.domain, envelope)], _siege(town, 5))


@kind(SPOOF, "fit", hard=True, suits=_prey, times=3)
def stolen_mailbox(town: Town, home: Home) -> None:
    """A stolen mailbox at a provider that lets any author pass. Hard: the provider's hosts are good, and forward."""
    operator = MAILBOXES[town.rng.choice(("ocn", "so-net", "yahoo", "google", "microsoft"))]
    letters = [Letter(1.0, home.domain, town.rng.choice((operator.envelope, home.domain)),
                      (Sig(operator.dkim, "s1"),) if operator.dkim and town.rng.random() < 0.6 else ())]  # fmt: skip
    add(town, home, "stolen_mailbox", town.pool(operator, 4 if operator.name in ("ocn", "so-net") else 8)[:2], letters,
        _raid(town, 25))  # fmt: skip


@kind(SPOOF, "fit", hard=True, suits=_prey, times=3)
def trial_at_service(town: Town, home: Home) -> None:
    """A trial account at a service. Hard: as a department's own, but sudden."""
    operator = SERVICES[town.rng.choice((*home.services, "sendgrid", "amazon-ses", "mailgun", "mailchimp"))]
    hosts = town.pool(operator, 4)
    letters = [Letter(1.0, home.domain, town.envelope(operator, hosts[0][1]), (Sig(operator.dkim or "x.example", "s1"),))]
    add(town, home, "trial_at_service", hosts[1:3], letters, _raid(town, 30, 4))


@kind(SPOOF, "fit", suits=_prey, times=3)
def proper_strangers(town: Town, home: Home) -> None:
    """A few servers with names, SPF and signatures of a domain bought for it; weeks, or days."""
    name = f"{town.rng.choice(('kaeru', 'usagi', 'tanuki'))}{town.rng.randrange(500)}.example"
    hosts: list[Host] = []
    for n in range(town.rng.randrange(2, 7)):
        address = f"{town.rng.choice(('51.38.7', '5.9.66', '161.97.3'))}.{town.rng.randrange(2, 250)}"
        hosts.append(town.named(address, f"s{n}.{name}"))
    town.spf(name, {host.address for host in hosts})
    mean = _siege(town, 10) if town.rng.random() < 0.5 else _raid(town, 60)
    add(town, home, "proper_strangers", hosts, [Letter(1.0, home.domain, name, (Sig(name, "k"),))], mean)


@kind(SPOOF, "fit", hard=True, suits=_prey, times=3)
def invaded_web_space(town: Town, home: Home) -> None:
    """An invaded site on shared web space. Hard: the owner's own site may be the neighbour."""
    host = town.host(town.rng.choice((MAILBOXES["xserver"], HOSTERS["cpanel"], HOSTERS["webfarm"])), lists=0.1)
    town.spf(host.ptr, {host.address})
    letters = [Letter(1.0, home.domain, town.rng.choice((host.ptr, host.ptr, home.domain)))]
    add(town, home, "invaded_web_space", [host], letters, _raid(town, 25, 12))


@kind(SPOOF, "fit", hard=True, suits=_prey, times=2)
def letters_to_the_boss(town: Town, home: Home) -> None:
    """Fraud in a few letters, from a free mailbox or a name that looks like the owner's. Hard: next to nothing to see."""
    name = f"{home.domain.partition('.')[0]}-{town.rng.choice(('jp', 'group', 'co'))}.example"
    if town.rng.random() < 0.5:
        hosts, letter = town.pool(MAILBOXES["google"], 8), Letter(1.0, home.domain, "gmail.com", (Sig("gmail.com", "20230601"),))
    else:
        host = town.host(town.rng.choice((PROPER, HOSTERS["vultr"])))
        town.spf(name, {host.address})
        hosts, letter = ((1.0, host),), Letter(1.0, home.domain, name, (Sig(name, "default"),))
    add(town, home, "letters_to_the_boss", hosts, [letter], _raid(town, 3, 8), reach=_one(town))


@kind(SPOOF, "fit", hard=True, suits=lambda home: _signs(home) and not home.untroubled, times=2)
def handed_on_by_a_firm(town: Town, home: Home) -> None:
    """A stranger's letters that an honest server passes on, beside genuine ones. Hard: the host is a forwarder's."""
    host = town.host(town.rng.choice((PROPER, RELAYS["university"])))
    genuine = passed_on(home, None, 0.3)
    add(town, home, "firm_passes_on", [host], genuine, _office(town, 4), reach=_one(town))
    add(town, home, "handed_on_by_a_firm", [host], [Letter(1.0, home.domain, home.domain)], _machine(town, 0.6), reach=_one(town))


@kind(SPOOF, "fit", suits=_prey, times=2)
def honest_name_broken_into(town: Town, home: Home) -> None:
    """A firm's mail server that strangers broke into: a good name, not listed yet."""
    host = town.host(PROPER, lists=0.15)
    letters = [Letter(1.0, home.domain, town.rng.choice((home.domain, host.ptr.partition(".")[2])))]
    town.spf(host.ptr.partition(".")[2], {host.address})
    add(town, home, "honest_name_broken_into", [host], letters, _raid(town, 50, 10))
