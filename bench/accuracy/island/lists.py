"""Mailing lists of every make, in the settings in which they are found."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.island.carrying import LIST, SEALED_LIST, carry, domain, mailers, signed, stations
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Host, Letter, Sign, Stream, forwarded
from bench.accuracy.island.people import Site
from bench.accuracy.island.town import Town


def _post(
    town: Town,
    site: Site,
    hosts: list[Host],
    envelope: str,
    rate: float,
    *,
    breaks: float,
    own: tuple[Sign, ...] = (),
    **more: object,
) -> Iterator[Stream]:
    """A site's people write to a list; it may sign what it sends."""
    more = {"touch": LIST, "rhythm": "rare", "audience": "world", **more}
    for stream in carry(town, site, hosts, rate, envelope=envelope, breaks=breaks, **more):
        stream.pairs = [(host, Letter(letter.header_from, letter.envelope, (*letter.signs, *own))) for host, letter in stream.pairs]
        if breaks == 1.0:  # the list's own signature is whole
            stream.breaks = 0.0
            stream.pairs = [
                (host, letter._replace(signs=tuple(_spoilt(sign, own) for sign in letter.signs))) for host, letter in stream.pairs
            ]
        yield stream


def _spoilt(sign: Sign, own: tuple[Sign, ...]) -> Sign:
    return sign if sign in own else sign._replace(state="broken")


@forwarded
def mailman2_plain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailman 2 with a subject tag and a footer and nothing done for DMARC; universities and clubs still run it."""
    for station in stations(town, "mailman2"):
        for site in town.carried(dice, 4, 7):
            yield from _post(town, site, station.hosts, station.name, 0.16, breaks=1.0)


@forwarded
def mailman2_signing(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailman 2 behind a mail host that signs all it sends for the list's domain."""
    for station in stations(town, "mailman2 signing"):
        for site in town.carried(dice, 5, 8):
            yield from _post(town, site, station.hosts, station.name, 0.14, breaks=1.0, own=station.signs)


@forwarded
def mailman3_plain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailman 3 that changes the subject and rewrites From only for p=reject; all others go out as they are."""
    name = f"lists.{domain(dice, 'org')}"
    hosts = mailers(town, dice, "ovh", name, 2, sign="mm3")
    for site in town.carried(dice, 10, 14, lambda site: site.policy != "reject"):
        yield from _post(town, site, hosts, name, 0.16, breaks=1.0, own=(signed(town, name, "mm3"),), touch=SEALED_LIST)


@forwarded
def list_without_changes(town: Town, dice: Dice) -> Iterator[Stream]:
    """A list that leaves the mail as it was, as the big projects of free software do: only unsigned authors fail."""
    for base in ("vger-lists.org", "ietf-lists.org"):
        hosts = mailers(town, dice, "linode", f"{dice.word()}.{base}")
        for site in town.carried(dice, 8, 12):
            yield from _post(town, site, hosts, hosts[0].helo.partition(".")[2], 0.12, breaks=0.04)


@forwarded
def sympa_list(town: Town, dice: Dice) -> Iterator[Stream]:
    """Sympa at French and Belgian universities; DMARC protection off, subject tagged."""
    for _ in range(2):
        name = domain(dice, "fr", "be")
        hosts = mailers(town, dice, "orange_pro", name)
        for site in town.carried(dice, 3, 4, lambda site: site.country == "fr") + town.carried(dice, 2, 4):
            yield from _post(town, site, hosts, name, 0.2, breaks=1.0)


@forwarded
def listserv(town: Town, dice: Dice) -> Iterator[Stream]:
    """LISTSERV at an American university, with a footer."""
    name = f"listserv.{domain(dice, 'edu')}"
    hosts = mailers(town, dice, "comcast_biz", name, 2)
    for site in town.carried(dice, 6, 9, lambda site: site.country != "jp"):
        yield from _post(town, site, hosts, name, 0.2, breaks=1.0)


@forwarded
def google_group(town: Town, dice: Dice) -> Iterator[Stream]:
    """A Google Group with members outside; it signs for itself, seals, adds a footer; From is kept at p=none."""
    for _ in range(3):
        name = domain(dice, "co.jp", "com", "org")
        town.directory.spf(name, "v=spf1 include:_spf.google.com ~all")
        own = (signed(town, name, "google"),) if dice.happens(0.5) else ()
        for site in town.carried(dice, 6, 9, lambda site: site.policy == "none"):
            hosts = dice.sample(town.farm("google"), 4)
            yield from _post(town, site, hosts, name, 0.16, breaks=dice.choice((0.2, 1.0)), own=own, touch=SEALED_LIST)


@forwarded
def fml_list(town: Town, dice: Dice) -> Iterator[Stream]:
    """fml on a Japanese server of old: `[name:00123]` in the subject, body converted; learned societies and clubs."""
    for station in stations(town, "fml"):
        for site in town.carried(dice, 5, 8, lambda site: site.country == "jp"):
            yield from _post(town, site, station.hosts, station.name, 0.16, breaks=1.0, audience="jp")


@forwarded
def hosted_list_jp(town: Town, dice: Dice) -> Iterator[Stream]:
    """The mailing list function of a Japanese hoster: subject numbered, envelope of the list at the customer's domain."""
    name = domain(dice, "jp", "com")
    town.directory.spf(name, "v=spf1 " + " ".join(f"ip4:{host.address}" for host in town.farm("sakura")) + " ~all")
    for site in town.carried(dice, 9, 13, lambda site: site.country == "jp"):
        yield from _post(town, site, town.farm("sakura")[1:4], name, 0.14, breaks=1.0, audience="carriers")


@forwarded
def exchange_group(town: Town, dice: Dice) -> Iterator[Stream]:
    """A distribution group in Microsoft 365 with members outside; a transport rule adds a banner."""
    for _ in range(4):
        name = domain(dice, "com", "co.jp", "de", "com.br")
        town.farm("m365")
        town.directory.spf(name, "v=spf1 include:spf.protection.outlook.com -all")
        own = town.own("m365", None, dice)[1]
        for site in town.carried(dice, 4, 7):
            hosts = dice.sample(town.farm("m365"), 4)
            yield from _post(
                town, site, hosts, name, 0.18, breaks=1.0, own=own, touch=SEALED_LIST, rhythm="office", audience="companies"
            )


@forwarded
def groupware_list(town: Town, dice: Dice) -> Iterator[Stream]:
    """A ticket or shared-inbox tool of a customer passes an owner's mail to its team with the owner as From."""
    for service in ("zendesk", "freshdesk"):
        for site in town.carried(dice, 5, 8):
            envelope, own = town.own(service, None, dice)
            yield from _post(
                town, site, town.farm(service), envelope, 0.1, breaks=1.0, own=own, touch=frozenset(), audience="companies"
            )


@forwarded
def small_village_list(town: Town, dice: Dice) -> Iterator[Stream]:
    """A neighbourhood's list by a script on shared hosting, which sends on with the hosting account as envelope.

    Hard: From is the owner's, the envelope a stranger's on a host where spammers rent too, and there is no mark of a list.
    """
    for hoster in ("bluehost", "whogohost", "lolipop", "ovh_web"):
        name = domain(dice, "org", "com", "net")
        town.directory.spf(name, "v=spf1 " + " ".join(f"ip4:{host.address}" for host in town.farm(hoster)) + " ~all")
        for site in town.carried(dice, 2, 4):
            yield from _post(town, site, town.farm(hoster)[:1], name, 0.1, breaks=1.0, touch=frozenset())
