"""Mailing lists: mail of the owner's people that a list sends on to its members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.forwards import correspondents
from bench.accuracy.valley.letters import Flow, Letter, Rhythm, Sig, kind, relayed
from bench.accuracy.valley.owners import Home
from bench.accuracy.valley.services import HOSTERS
from bench.accuracy.valley.stage import Stage
from bench.accuracy.valley.town import LOOSE, Host

from sekisho.core.terms import Class


def listed(
    stage: Stage,
    home: Home,
    hosts: Sequence[Host],
    mfrom: str | None,
    total: float,
    *,
    breaks: float = 0.95,
    adds: tuple[Sig, ...] = (),
    sealed: bool = False,
    where: Mapping[str, float] | None = None,
) -> Flow:
    """What a list makes of the mail of the owner's people: a post reaches members at many receivers on the same day."""
    people = stage.people(home)

    def make(dice: Dice) -> Letter:
        return relayed(
            people(dice), dice.pick(hosts), mfrom=mfrom, breaks=dice.chance(breaks), adds=adds, sealed=sealed, manner="list"
        )

    return Flow(home.domain, make, total, dice_rhythm(home, total), where=where, pieces=2)


def dice_rhythm(home: Home, total: float) -> Rhythm:
    """Lively lists are used each working day, others in waves."""
    return Rhythm.WORK if total > 40 + 10 * home.size else Rhythm.BURST


MEMBERS = {
    "google": 40.0,
    "eo": 14.0,
    "outlook": 6.0,
    "yahoo": 5.0,
    "gmx": 4.0,
    "webde": 2.0,
    "fastmail": 2.5,
    "unidmarc": 3.0,
    "rspamd": 2.0,
    "opendmarc": 1.5,
    "csirt": 1.0,
    "mailru": 1.0,
}
"""Where the members of technical and learned lists are."""


def _list_host(stage: Stage, dice: Dice, name: str, label: str) -> Host:
    host = stage.town.host(stage.town.block(key=name), f"{label}.{name}", ptr=dice.pick((None, None, None, f"vm-{{ip}}.{name}")))
    stage.permit(f"{label}.{name}", f"ip4:{host.ip}")
    stage.town.list_on(LOOSE, [host], dice, 0.1)
    return host


@kind(Class.FORWARDED)
def mailman2_footer(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Mailman 2 without `from_is_list`: subject tag and footer break the signature, the envelope is the list's bounce address."""
    for number in range(8):
        name = f"{dice.word()}-society{number}.example"
        host = _list_host(stage, dice, name, dice.pick(("lists", "list", "mailman", "ml")))
        for home in correspondents(stage, dice, 3):
            yield listed(stage, home, [host], host.name, dice.spread(18), where=MEMBERS)


@kind(Class.FORWARDED)
def mailman3_arc(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Mailman 3 that leaves the From line alone, signs with the list's own key, and seals (ARC) at some sites."""
    for number in range(5):
        name = f"{dice.word()}-project{number}.example"
        host = _list_host(stage, dice, name, dice.pick(("mail", "lists", "mail3")))
        adds = (stage.key(host.name, "mm3"),) if dice.chance(0.6) else ()
        for home in correspondents(stage, dice, 3):
            yield listed(
                stage, home, [host], host.name, dice.spread(16), adds=adds, sealed=dice.chance(0.6), breaks=0.9, where=MEMBERS
            )


@kind(Class.FORWARDED)
def sympa_university(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Sympa at a university or a research network, DMARC protection off: envelope of the list, footer added by some lists."""
    for number in range(4):
        name = f"{dice.pick(('univ', 'reseau', 'rz', 'ens'))}-{dice.word()}{number}.example"
        host = _list_host(stage, dice, name, dice.pick(("listes", "listserv", "sympa", "groupes")))
        adds = (stage.key(name, "sympa"),) if dice.chance(0.4) else ()
        for home in correspondents(stage, dice, 3, ("fr", "de", "br", "jp")):
            yield listed(stage, home, [host], host.name, dice.spread(18), adds=adds, breaks=dice.pick((0.3, 1.0)), where=MEMBERS)


@kind(Class.FORWARDED)
def listserv(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """LISTSERV of an American university or the National Library: text changed, signed by the list's domain or not at all."""
    for number in range(3):
        name = f"{dice.word()}-state{number}.example"
        host = _list_host(stage, dice, name, "listserv")
        for home in correspondents(stage, dice, 3, ("us", "gb", "de", "in")):
            yield listed(stage, home, [host], host.name, dice.spread(14), where=MEMBERS)


@kind(Class.FORWARDED)
def google_group(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A public Google Group: Google's hosts, envelope and signature of googlegroups.com, footer under each post."""
    sig = stage.key("googlegroups.com", "20230601")
    stage.town.record("googlegroups.com", "TXT", "v=spf1 include:_spf.google.com ~all")
    for home in correspondents(stage, dice, 9):
        yield listed(stage, home, stage.pool("google"), "googlegroups.com", dice.spread(14), adds=(sig,), sealed=True)


@kind(Class.FORWARDED)
def workspace_group(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A group address (`info@`) of a Google Workspace customer, members outside: the customer's envelope and signature, the
    owner's broken by a subject tag or footer; a group without them keeps it whole."""
    for home in correspondents(stage, dice, 15):
        firm = f"{dice.word()}{dice.word()}-partners.example"
        stage.permit(firm, "include:_spf.google.com")
        adds = (
            (stage.key(firm, "google"),)
            if dice.chance(0.7)
            else (stage.key(f"{firm.replace('.', '-')}.20230601.gappssmtp.com", "20230601"),)
        )
        yield listed(
            stage, home, stage.pool("google"), firm, dice.spread(9), breaks=dice.pick((0.05, 0.9, 1.0)), adds=adds, sealed=True
        )


@kind(Class.FORWARDED)
def m365_distribution_list(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A distribution list of a Microsoft 365 customer with outside members: rewritten envelope, the customer's signature; the
    text is changed where a transport rule adds a line."""
    for home in correspondents(stage, dice, 12):
        firm = f"{dice.word()}-{dice.word()}-verband.example"
        stage.permit(firm, "include:spf.protection.outlook.com")
        adds = (stage.key(firm, "selector1"),) if dice.chance(0.6) else (stage.tenant(firm),)
        yield listed(stage, home, stage.pool("m365"), firm, dice.spread(9), breaks=dice.pick((0.15, 1.0)), adds=adds)


@kind(Class.FORWARDED)
def groups_io_plain(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Groups.io: rewrites From for domains with a policy, and leaves it for those at `p=none`."""
    block = stage.town.block(inside="66.175.222.0/24")
    hosts = [stage.town.host(block, f"mail0{at}.groups.io") for at in range(1, 5)]
    stage.town.record("groups.io", "TXT", f"v=spf1 ip4:{block} ~all")
    sig = stage.key("groups.io", "20240201")
    for home in correspondents(stage, dice, 8):
        if home.policy == "none":
            yield listed(stage, home, hosts, "groups.io", dice.spread(12), adds=(sig,))


@kind(Class.FORWARDED)
def hosted_list_japan(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A list (fml, ezmlm) on rented hosting in Japan, or the hoster's list function: serial number in the subject, no rewriting."""
    for number in range(5):
        name = f"{dice.word()}-kai{number}.example"
        site = stage.site(dice.pick([hoster for hoster, book in HOSTERS.items() if "jp" in book.countries]), 2)
        stage.permit(name, *(f"ip4:{host.ip}" for host in site.web))
        for home in correspondents(stage, dice, 3, ("jp",)):
            where = {"google": 40, "docomo": 14, "kddi": 10, "eo": 12, "biglobe": 5, "csirt": 4, "outlook": 3}
            yield listed(stage, home, site.web, name, dice.spread(15), where=where)


@kind(Class.FORWARDED)
def alias_to_members(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """`board@` of a club: a simple alias to a dozen members, envelope and text kept."""
    for number in range(8):
        name = f"{dice.word()}-{dice.pick(('choir', 'rotary', 'turnverein', 'asso'))}{number}.example"
        host = _list_host(stage, dice, name, "mail")
        for home in correspondents(stage, dice, 2):
            yield listed(stage, home, [host], None, dice.spread(10), breaks=0.03)


@kind(Class.FORWARDED)
def moderated_without_signature(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An announcement list that strips the writer's signatures and passes the post on under the list's envelope alone."""
    for number in range(4):
        name = f"{dice.word()}-announce{number}.example"
        host = _list_host(stage, dice, name, "lists")
        for home in correspondents(stage, dice, 2):
            people = stage.people(home)

            def make(d: Dice, host: Host = host, people=people) -> Letter:  # type: ignore[no-untyped-def]
                return Letter(host, people(d).header_from, host.name, (), manner="list")

            yield Flow(home.domain, make, dice.spread(16), Rhythm.BURST, where=MEMBERS, pieces=2)
