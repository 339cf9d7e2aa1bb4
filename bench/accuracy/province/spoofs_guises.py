"""Strangers in the owners' name in a guise: made-up or stolen signatures, names that are not there, and honest hosts in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.province import nets
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.forwards import bounce
from bench.accuracy.province.kinds import kind
from bench.accuracy.province.mail import Flow, Sig
from bench.accuracy.province.spoofs_nets import lied, steady, strange, targets, throwaway, wave
from bench.accuracy.province.stage import Stage

from sekisho.core.terms import Class

LOTS = (nets.DIGITALOCEAN, nets.VULTR, nets.CONTABO, nets.COLOCROSS, nets.OVH_VPS, nets.ALIBABA, nets.TENCENT)


@kind(Class.SPOOF)
def parked_names(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Domains that send no mail, used as From line because nobody has filtered them yet: rented hosts and home lines."""
    for home in [home for home in stage.homes if "parked" in home.tags]:
        for _ in range(dice.randint(2, 4)):
            hosts = tuple(
                stage.town.host(dice.choice((*LOTS, *nets.DIALUPS)), dice, ptr=dice.choice((None, "-")))
                for _ in range(dice.randint(1, 12))
            )
            path = dice.choice((home.domain, strange(stage, dice), ""))
            yield lied("parked_names", home, hosts, dice.about(1.2), wave(dice, 2, 20), envelope=path)


@kind(Class.SPOOF)
def missing_subdomain(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Names below the owner's domain that do not exist, made up for each wave."""
    for home in targets(stage, dice, 5, 7, parked=True):
        label = dice.choice(("secure", "mail", "account", "billing", "info", dice.word(5), f"em{dice.randint(1, 99)}"))
        author = f"{label}.{home.domain}"
        hosts = tuple(stage.town.host(dice.choice((*LOTS, *nets.DIALUPS)), dice) for _ in range(dice.randint(1, 6)))
        yield lied("missing_subdomain", home, hosts, dice.about(0.9), wave(dice, 3, 20), envelope=author, author=author)


@kind(Class.SPOOF)
def made_up_selector(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Phishing that carries a signature in the owner's name by a selector that never was."""
    for home in targets(stage, dice, 5, 7):
        hosts = tuple(stage.town.host(dice.choice(LOTS), dice) for _ in range(dice.randint(1, 5)))
        sigs = (
            Sig(home.domain, dice.choice(("default", "dkim", "s1024", "mail", "key1", "x")) + str(dice.randint(1, 9)), "nokey"),
        )
        yield lied("made_up_selector", home, hosts, dice.about(1.5), wave(dice, 2, 9), envelope=home.domain, sigs=sigs)


@kind(Class.SPOOF, hard=True)
def copied_signature(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A real signature of the owner's, copied from one of its mails onto another text, from rented hosts.

    Hard: in the report it is what a list or a filter makes of the owner's genuine mail.
    """
    for home in dice.some([home for home in targets(stage, dice, 10, 12) if home.signs], 2, 3):
        hosts = tuple(stage.town.host(dice.choice(LOTS), dice) for _ in range(dice.randint(1, 4)))
        sig = stage.proper[home.domain][0].sigs[0]._replace(state="altered")
        domain, more = throwaway(stage, dice, hosts, signed=False)
        path = dice.choice((domain, home.domain))
        yield lied("copied_signature", home, hosts, dice.about(1.8), wave(dice, 1, 6), envelope=path, sigs=(sig, *more))


@kind(Class.SPOOF)
def lookalike_signature(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A domain that looks like the owner's, with proper SPF and signature, while the From line has the real one."""
    for home in targets(stage, dice, 3, 5):
        stem, _, rest = home.domain.partition(".")
        twin = dice.choice((f"{stem}-jp", stem.replace("i", "l", 1), f"{stem}-mail", stem.replace("-", "")))
        like = f"{twin}.{dice.choice(('com', 'net', rest))}"
        like = like if like != home.domain else f"{stem}-info.com"
        hosts = tuple(stage.town.host(dice.choice(LOTS), dice, f"mail.{like}") for _ in range(dice.randint(1, 2)))
        stage.town.spf(like, "v=spf1 " + " ".join(f"ip4:{host.ip}" for host in hosts) + " -all")
        stage.town.key(like, "default")
        yield lied(
            "lookalike_signature", home, hosts, dice.about(1.2), wave(dice, 2, 8), envelope=like, sigs=(Sig(like, "default"),)
        )


@kind(Class.SPOOF)
def no_reverse_path(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """False bounces and notices with a null reverse-path, the HELO made up."""
    for home in targets(stage, dice, 3, 5, parked=True):
        hosts = tuple(stage.town.host(dice.choice((*LOTS, *nets.DIALUPS)), dice) for _ in range(dice.randint(2, 5)))
        said = tuple(
            replace(host, name=dice.choice((host.name, f"{dice.word(6)}.com", home.domain, "win-" + dice.hex(5)))) for host in hosts
        )
        yield lied("no_reverse_path", home, said, dice.about(0.7), wave(dice, 2, 15), envelope="")


@kind(Class.SPOOF, hard=True)
def through_a_forwarder(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Spoofs to addresses that forward: the forwarder passes them on as it does honest mail.

    Hard: host, reverse-path rule and seal are the forwarder's; unsigned owners' mail lacks a signature as well.
    """
    for way in dice.some([way for way in stage.ways if way.hint != "list" and "calm" not in way.home.tags], 22, 28):
        lie = replace(
            way,
            kind="through_a_forwarder",
            klass=Class.SPOOF,
            hard=True,
            sigs=(),
            altered=0.0,
            rate=way.home.size * dice.about(0.035),
        )
        yield replace(lie, envelope=strange(stage, dice)) if way.envelope == way.home.domain and dice.random() < 0.4 else lie


@kind(Class.SPOOF, hard=True)
def to_a_list(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Spam in a member's name that a list took and spread.

    Hard: from the list on it travels as the member's own mails do.
    """
    for way in dice.some([way for way in stage.ways if way.hint == "list" and "calm" not in way.home.tags], 4, 7):
        yield replace(way, kind="to_a_list", klass=Class.SPOOF, hard=True, sigs=(), rate=dice.about(0.9), rhythm=wave(dice, 1, 5))


@kind(Class.SPOOF, hard=True)
def filter_relays_spam(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A firm's own filter box that lets spam in a stranger's name through to its mailboxes in a cloud.

    Hard: the box does the same with the owner's honest mail.
    """
    for home in targets(stage, dice, 3, 5):
        box = stage.town.host(nets.SMALL_FIRMS, dice, f"mx1.{dice.word(8)}.com")
        path = bounce(stage, f"{dice.word(7)}.top", nets.COLOCROSS)
        reach = {"Enterprise Outlook": 90.0, "google.com": 10.0}
        yield lied("filter_relays_spam", home, (box,), dice.about(0.15), steady(dice), envelope=path, reach=reach)
