"""Small sources of every make: what the other kinds play purely is drawn here at random, a few messages each."""

from __future__ import annotations

from collections.abc import Callable

from bench.accuracy.homeland.kinds import add, kind, passed_on
from bench.accuracy.homeland.operators import HOSTERS, LINES, MAILBOXES, RELAYS, SERVICES, Operator
from bench.accuracy.homeland.town import DAYS, Home, Host, Letter, Sig, Town, on_days, workdays

from sekisho.core.terms import Class, Override

SOURCES = 6
"""Sources of a mixture in a domain."""
FIXED = Operator("fixed", ("124.35", "60.32"), "i{a}-{b}-{c3}-{d}.s{n}.static.ap.{w}-net.example")
OFFICE = Operator("office", ("118.238", "219.117"), "fl1-{a}-{b}-{c3}-{d}.tky.mesh.ad.jp")
BARE_MAIL = Operator("mailhosts", ("61.120", "202.229", "80.67"), "mail.{w}-shoji.example")


def _live(home: Home) -> bool:
    return not home.parked


def _troubled(home: Home) -> bool:
    return not home.untroubled


def _rhythm(town: Town, *, sudden: float) -> Callable[[int], float]:
    """A small rhythm: sudden, weekly, monthly, or a drip that begins or ends somewhere."""
    rng = town.rng
    if rng.random() < sudden:
        start = rng.randrange(0, DAYS - 5)
        return on_days(rng.uniform(3, 60), frozenset(range(start, start + rng.randrange(1, 5))))
    pick = rng.random()
    if pick < 0.15:
        return on_days(rng.uniform(1, 12), frozenset(range(rng.randrange(7), DAYS, 7)))
    if pick < 0.25:
        return on_days(rng.uniform(2, 20), frozenset(range(rng.randrange(30), DAYS, 30)))
    start = rng.choice((0, 0, 0, rng.randrange(0, 70)))
    return workdays(
        rng.choice((0.08, 0.2, 0.5, 1.0, 2.5)), rng.choice((0.0, 0.3, 1.0)), start, rng.choice((DAYS, DAYS, start + 25))
    )


def _own_host(town: Town, home: Home) -> Host:
    """A machine of the owner's, anywhere."""
    rng = town.rng
    near = home.hosts[0][1].address.rpartition(".")[0] if home.office == "own" and home.hosts else town.own_range()
    pick = rng.random()
    if pick < 0.25:
        return town.named(f"{near}.{rng.randrange(90, 250)}", rng.choice(("", f"srv{rng.randrange(9)}.{home.domain}")))
    if pick < 0.45:
        return town.named(f"{town.own_range()}.{rng.randrange(2, 250)}", f"{rng.choice(('web', 'crm', 'ml', 'erp'))}.{home.domain}")
    operator = rng.choice((HOSTERS["aws"], HOSTERS["sakura-vps"], HOSTERS["hetzner"], HOSTERS["vultr"], FIXED, OFFICE))
    return town.host(operator, lists=0.03)


@kind(Class.FAILING, "fit", hard=True, suits=_live, times=5)
def mixed_own_machines(town: Town, home: Home) -> None:
    """Machines of the owner's anywhere, unsigned or with a fault. Hard: many say nothing of whose they are."""
    rng = town.rng
    for _ in range(SOURCES):
        host = _own_host(town, home)
        envelope = rng.choice(
            (home.domain, home.domain, f"{rng.choice(('web', 'crm', 'app'))}.{home.domain}", host.ptr or home.domain)
        )
        author = home.domain if rng.random() < 0.8 else f"{rng.choice(('web', 'batch'))}.{home.domain}"
        if rng.random() < 0.6 and author != home.domain:
            town.publish(author, "A", host.address)
        sigs: tuple[Sig, ...] = ()
        if home.signs >= 0.5 and rng.random() < 0.2:
            sigs = (Sig(home.domain, home.selector, "broken"),)
        elif rng.random() < 0.1:
            sigs = (Sig(home.domain, f"app{rng.randrange(9)}", "nokey"),)
        add(town, home, "mixed_own_machines", [host], [Letter(1.0, author, envelope, sigs)], _rhythm(town, sudden=0.08))


@kind(Class.FAILING, "fit", hard=True, suits=_live, times=5)
def mixed_services(town: Town, home: Home) -> None:
    """Accounts at services and providers, half set up in one way or another. Hard: strangers have accounts, too."""
    rng = town.rng
    for _ in range(SOURCES):
        operator = rng.choice(list(SERVICES.values()))
        hosts = town.pool(operator, 4)
        foreign = (Sig(operator.dkim, "s1"),) if operator.dkim and rng.random() < 0.8 else ()
        pick = rng.random()
        if pick < 0.15:
            foreign = (*foreign, Sig(home.domain, "new1", "nokey"))
        envelope = town.envelope(operator, hosts[0][1]) if rng.random() < 0.8 else home.domain
        author = home.domain if rng.random() < 0.7 else f"news.{home.domain}"
        town.publish(author, "A", "203.0.113.84")
        add(town, home, "mixed_services", hosts[: rng.randrange(1, 5)], [Letter(1.0, author, envelope, foreign)],
            _rhythm(town, sudden=0.1))  # fmt: skip


@kind(Class.FORWARDED, "fit", hard=True, suits=_live, times=6)
def mixed_detours(town: Town, home: Home) -> None:
    """Forwarders of every make. Hard: some have no name, some are listed, some remove signatures."""
    rng = town.rng
    makers = [*MAILBOXES.values(), *RELAYS.values(), *RELAYS.values(), BARE_MAIL, BARE_MAIL, BARE_MAIL, FIXED]
    for _ in range(SOURCES):
        operator = rng.choice(makers)
        host = town.host(operator, lists=0.06, ptr="" if rng.random() < 0.08 else None)
        registrable = host.ptr.partition(".")[2] or "relay.example"
        envelope = rng.choice((None, None, operator.envelope or registrable, registrable))
        if envelope and "{" in envelope:
            envelope = host.ptr
        if envelope:
            town.spf(envelope, {host.address})
        stripped = rng.choice((0, 0, 0, 0, 0.3, 1.0)) if not home.untroubled else 0.0
        broken = rng.choice((0.1, 0.4, 1.0)) * (1 - stripped)
        detour = rng.choice((Override.FORWARDED, Override.MAILING_LIST))
        mean = _rhythm(town, sudden=0.03)
        add(town, home, "mixed_detours", [host], passed_on(home, envelope, broken, stripped=stripped, detour=detour), mean)


@kind(Class.SPOOF, "fit", hard=True, suits=_troubled, times=6)
def mixed_strangers(town: Town, home: Home) -> None:
    """Strangers of every make, a few messages each. Hard: little to go by."""
    rng = town.rng
    makers = [*LINES.values(), *LINES.values(), *HOSTERS.values(), *HOSTERS.values(), BARE_MAIL, BARE_MAIL, FIXED]
    for _ in range(SOURCES * 3):
        operator = rng.choice(makers)
        host = town.host(operator, lists=rng.choice((0.0, 0.3, 0.6)))
        bulk = f"{rng.choice(('haru', 'natsu', 'aki', 'fuyu'))}{rng.randrange(500)}.example"
        envelope = rng.choice((home.domain, home.domain, bulk, bulk, host.ptr or bulk))
        if rng.random() < 0.6 and envelope != home.domain:
            town.spf(envelope, {host.address})
        pick = rng.random()
        sigs: tuple[Sig, ...] = ()
        if pick < 0.15:
            sigs = (Sig(home.domain, rng.choice(("default", "mail", "k1", "x")), "nokey"),)
        elif pick < 0.35:
            sigs = (Sig(bulk, "dkim"),)
        author = home.domain if rng.random() < 0.85 else f"{rng.choice(('login', 'pay', 'support'))}.{home.domain}"
        add(town, home, "mixed_strangers", [host], [Letter(1.0, author, envelope, sigs)], _rhythm(town, sudden=0.35))
