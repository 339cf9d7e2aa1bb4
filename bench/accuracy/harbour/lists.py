"""Mailing lists, groups and distribution lists that carry the owners' mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.letters import Sig, Stream, forwarded, kind
from bench.accuracy.harbour.people import Home
from bench.accuracy.harbour.receivers import BY_COUNTRY
from bench.accuracy.harbour.stage import Stage, Way


class Post(NamedTuple):
    """A list as it works: its domain, its hosts, its signature."""

    domain: str
    hosts: list[str]
    sigs: tuple[Sig, ...]


def _list(stage: Stage, dice: Dice, net: str, domain: str, *, signs: bool) -> Post:
    """A list host with its SPF record."""
    hosts = [stage.town.host(net, dice, name=f"{dice.choice(('lists', 'mx', 'mail'))}.{domain}")]
    if dice.likely(0.4):
        hosts.append(stage.town.host(net, dice, name=f"out2.{domain}", six=True))
    bounces = stage.third_party(f"lists.{domain}", *(f"ip{6 if ':' in ip else 4}:{ip}" for ip in hosts))
    return Post(bounces, hosts, (stage.key_of(domain, dice.choice(("dkim", "mail", "2022"))),) if signs else ())


def _posts(stage: Stage, dice: Dice, post: Post, homes: list[Home], size: float, way: Way) -> Iterator[Stream]:
    """Members of some owners write to the list; it goes to members everywhere."""
    for home in homes:
        mix = BY_COUNTRY[home.country]
        yield from stage.passed_on(
            home, post.hosts, dice.spread(size), way._replace(envelope=post.domain, seems="mailing_list"), mix=mix
        )


@kind(forwarded)
def mailman2_footer(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Mailman 2 as of 2012: subject tag, footer, no rewriting of From, the writers' broken signatures left in."""
    for net, domain, near in (
        ("hetzner", "netzverein-talweg.example", ("de",)),
        ("ovhcloud", "agricoltura-lista.example", ("it", "pl")),
    ):
        post = _list(stage, dice, net, domain, signs=False)
        yield from _posts(stage, dice, post, dice.some(stage.in_(*near, "us"), 2, 4), 20, Way(changes=1.0))


@kind(forwarded)
def mailman3_no_munging(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Mailman 3 with its DMARC mitigation switched off, own signature on top, chain sealed."""
    post = _list(stage, dice, "hetzner", "freie-lehrer.example", signs=True)
    yield from _posts(stage, dice, post, dice.some(stage.homes, 4, 6), 18, Way(changes=0.9, arc="pass", signed=post.sigs))


@kind(forwarded)
def sympa_untouched(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Sympa of a university that changes nothing: signed mail passes, the unsigned fails."""
    post = _list(stage, dice, "ovhcloud", "recherche-listes.example", signs=False)
    yield from _posts(stage, dice, post, dice.some(stage.homes, 6, 9), 14, Way())


@kind(forwarded)
def google_group(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Google Groups with a footer: envelope and signature of the group's domain, From kept where the policy is none."""
    group = stage.third_party("googlegroups.com", "include:_spf.google.com")
    sig = stage.key_of(group, "20230601")
    for home in dice.some(stage.troubled, 5, 8):
        way = Way(group, changes=0.8, arc="pass", seems="mailing_list", signed=(sig,))
        yield from stage.passed_on(home, dice.sample(stage.town.pool("google"), 10), dice.spread(16), way)


@kind(forwarded)
def group_in_a_tenant(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """`all@` of a Google Workspace customer: envelope of the customer, his own key, some footers."""
    for home in dice.some(stage.homes, 5, 7):
        tenant = stage.third_party(f"{dice.letters(7)}.example", "include:_spf.google.com")
        sig = stage.key_of(tenant, "google")
        way = Way(tenant, changes=dice.choice((0.0, 0.5)), arc="pass", seems="mailing_list", signed=(sig,))
        yield from stage.passed_on(home, dice.sample(stage.town.pool("google"), 6), dice.spread(9), way)


@kind(forwarded)
def listserv(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """LISTSERV of a school association in the US, with a footer and an envelope of its own."""
    post = _list(stage, dice, "aws", "independent-schools-list.example", signs=False)
    yield from _posts(stage, dice, post, [*stage.of("school"), *dice.some(stage.in_("us"), 1, 2)], 13, Way(changes=1.0))


@kind(forwarded)
def japanese_rental_list(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A list on rented hosting (`[ml:00123]` before the subject), envelope of the list, nothing signed."""
    hosts = dice.sample(stage.town.pool("sakura"), 2)
    domain = stage.third_party("ml.shokokai-kita.example", *(f"ip4:{ip}" for ip in hosts))
    yield from _posts(stage, dice, Post(domain, hosts, ()), stage.in_("jp"), 17, Way(changes=1.0))


@kind(forwarded)
def distribution_list(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A distribution list in a Microsoft tenant with members outside; the envelope becomes the list's."""
    for home in dice.some(stage.homes, 5, 8):
        tenant = stage.third_party(f"{dice.letters(8)}.example", "include:spf.protection.outlook.com")
        way = Way(tenant, changes=dice.choice((0.0, 0.2, 0.9)), arc="pass", seems="")
        yield from stage.passed_on(home, dice.sample(stage.town.pool("microsoft"), 6), dice.spread(9), way)


@kind(forwarded)
def majordomo_leftover(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A list from before all this: the envelope is the writer's still, the text gets a footer, the host has an old name."""
    ip = stage.town.host("de", dice, name="pine.fb7.uni-hochfeld.example")
    for home in dice.some(stage.troubled, 4, 6):
        yield from stage.passed_on(home, [ip], dice.spread(10), Way(changes=0.8, seems="mailing_list"))


@kind(forwarded, hard=True)
def parents_newsletter_relay(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A parents' council sends the school's mail on to all parents from a web host. Hard: it looks like a copy of it."""
    for home in stage.of("school", "club"):
        domain = f"elternrat-{dice.letters(4)}.example"
        hosts = dice.sample(stage.town.pool(dice.choice(("webhosting", "plesk"))), 1)
        way = Way(stage.third_party(domain, f"ip4:{hosts[0]}"), changes=0.9, seems="")
        yield from stage.passed_on(home, hosts, dice.spread(12), way)


@kind(forwarded)
def list_behind_an_alias(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A member of a list forwards it: the last host is the forwarder's, the envelope the list's, the chain sealed twice."""
    post = _list(stage, dice, "hetzner", "openstreets-talk.example", signs=True)
    for home in dice.some(stage.troubled, 4, 6):
        hosts = dice.sample(stage.town.pool(dice.choice(("fastmail", "gandi", "tonline"))), 2)
        way = Way(post.domain, changes=1.0, seems="mailing_list", signed=tuple(sig._replace(state="broken") for sig in post.sigs))
        yield from stage.passed_on(home, hosts, dice.spread(7), way, mix={"google": 0.8, "m365": 0.2})
