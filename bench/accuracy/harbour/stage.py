"""The stage on which kinds play: the owners as they are set up, and what a kind may ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from bench.accuracy.harbour import rhythm, services
from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.letters import Hosts, Letter, Sig, Stream
from bench.accuracy.harbour.people import HOMES, Home
from bench.accuracy.harbour.receivers import BY_COUNTRY
from bench.accuracy.harbour.services import SERVICES
from bench.accuracy.harbour.town import Town

from sekisho.core.terms import AlignmentMode, Policy

WEBS = {
    "de": "plesk",
    "jp": "xserver",
    "us": "webhosting",
    "br": "webhosting",
    "in": "webhosting",
    "it": "aruba_cloud",
    "pl": "homepl",
}
"""Where the web sites of a country's small owners are."""
OFFICE_MAIL, NEWS = 640.0, 400.0
"""Messages of an owner of usual size in 90 days that reporters count: letters of people; a service's."""

WEEKENDS = {"shop": 0.6, "club": 0.9, "saas": 0.35, "school": 0.15}
"""How much those write on a Saturday, a weekday being 1."""
CHANGED = 0.015
"""Share of signed mail whose signature does not hold though it came straight; SPF makes up for it."""


class Way(NamedTuple):
    """What somebody does to the mail that he passes on."""

    envelope: str | None = None
    """None: as it was."""
    changes: float = 0.0
    """Share of the mail that he changes, so that signatures break."""
    arc: str = ""
    seems: str = "forwarded"
    signed: tuple[Sig, ...] = ()
    helo: str = ""


def one_mailbox(home: Home, dice: Dice) -> dict[str, float]:
    """Where one correspondent reads his mail in the end: at Google more often than not."""
    if dice.likely(0.45):
        return {"google": 1.0}
    shares = BY_COUNTRY[home.country]
    return {dice.choices(list(shares), list(shares.values()))[0]: 1.0}


class Stage:
    """All owners, settled."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.town = Town(seed)
        self.homes = [home for home in HOMES if not home.parked]
        self.parked = [home for home in HOMES if home.parked]
        self.troubled = [home for home in self.homes if not home.quiet]
        self.proper: dict[str, list[Stream]] = {}
        self.webs: dict[str, str] = {}
        self.lines: dict[str, str] = {}
        """The address of the office's internet line."""
        self._terms: dict[str, list[str]] = {}
        services.publish(self.town)
        for home in HOMES:
            self._settle(home)

    def of(self, *sorts: str) -> list[Home]:
        """The owners of these sorts that are not quiet."""
        return [home for home in self.troubled if home.sort in sorts]

    def in_(self, *countries: str) -> list[Home]:
        """The owners in these countries that are not quiet."""
        return [home for home in self.troubled if home.country in countries]

    def genuine(self, home: Home, dice: Dice) -> Letter:
        """A mail that the owner sends in good order."""
        streams = self.proper[home.domain]
        return dice.choices(streams, [stream.total for stream in streams])[0].letter

    def include(self, home: Home, term: str) -> None:
        """One more term in the owner's SPF record."""
        if term not in self._terms[home.domain]:
            self._terms[home.domain].append(term)

    def publish(self) -> None:
        """The SPF records of the owners, when all kinds have said what stands in them."""
        for home in HOMES:
            if home.parked and home.policy is Policy.NONE:
                continue  # bought, and forgotten
            self.town.directory.spf(home.domain, self.record(home))

    def record(self, home: Home, *, without: Iterable[str] = ()) -> str:
        """The SPF record, also as it was without some terms."""
        left_out = set(without)
        return " ".join(["v=spf1", *(term for term in self._terms[home.domain] if term not in left_out), home.ends])

    def passed_on(
        self, home: Home, hosts: Hosts, total: float, way: Way, *, mix: Mapping[str, float] | None = None
    ) -> Iterator[Stream]:
        """What a third party passes on of all the mail an owner sends; what is signed and not changed still passes there."""
        streams = self.proper[home.domain]
        whole = sum(stream.total for stream in streams)
        for stream in streams:
            for share, changed in ((1 - way.changes, False), (way.changes, True)):
                letter = stream.letter.broken() if changed else stream.letter
                sent = letter.on(way.envelope, arc=way.arc, seems=way.seems, helo=way.helo).signed_by(*way.signed)
                if share > 0:
                    yield Stream(home, sent, hosts, stream.pace, total * share * stream.total / whole, mix, rows=40)

    def key_of(self, domain: str, selector: str) -> Sig:
        """A signature of somebody whose key is published."""
        self.town.directory.key(selector, domain)
        return Sig(domain, selector)

    def third_party(self, domain: str, *terms: str, ends: str = "~all") -> str:
        """Publishes the SPF record of a domain that belongs to no owner, mostly with an MX record, and gives its name."""
        dice = Dice.of(self.seed, "third", domain)
        if dice.likely(0.8):
            host = f"{dice.choice(('mx', 'mail', 'mx1'))}.{domain}"
            self.town.directory.add(domain, "MX", f"10 {host}.")
            self.town.directory.add(host, "A", f"203.0.113.{dice.randint(1, 254)}")
        self.town.directory.spf(domain, " ".join(("v=spf1", *terms, ends)))
        return domain

    def _settle(self, home: Home) -> None:
        dice = Dice.of(self.seed, "home", home.domain)
        directory, domain = self.town.directory, home.domain
        self._terms[domain] = []
        rua = f"rua=mailto:dmarc@{'reports.consultant.example' if dice.likely(0.5) else domain}"
        more = f"; sp={home.sub}" if home.sub is not Policy.ABSENT else ""
        more += f"; pct={home.pct}" if home.pct < 100 else ""
        more += "; adkim=s; aspf=s" if home.mode is AlignmentMode.STRICT else ""
        directory.add(f"_dmarc.{domain}", "TXT", f"v=DMARC1; p={home.policy}{more}; {rua}")
        self.webs[domain] = self.town.host(WEBS[home.country], dice)
        directory.add(domain, "A", self.webs[domain])
        directory.add(f"www.{domain}", "A", self.webs[domain])
        if home.parked:
            self.proper[domain] = []
            return
        self.lines[domain] = self.town.host(home.country, dice)
        self.proper[domain] = [*self._office(home, dice), *(self._service(home, name, dice) for name in home.with_)]

    def _office(self, home: Home, dice: Dice) -> list[Stream]:
        """The mail of its people, and where it comes in."""
        directory, domain = self.town.directory, home.domain
        if home.office == "own":
            hosts = [self.town.host("ovhcloud", dice, name=f"{name}.{domain}") for name in ("mail", "mail2")]
            for ip in hosts:
                self._terms[domain].append(f"ip4:{ip}")
            directory.add(domain, "MX", f"10 mail.{domain}.")
            directory.add(f"mail.{domain}", "A", hosts[0])
            directory.key("lipno2024", domain)
            letter = Letter(domain, domain, (Sig(domain, "lipno2024"),))
        else:
            service = SERVICES[home.office]
            hosts = self.town.pool(service.net)
            hosts = dice.sample(hosts, min(len(hosts), 24 if service.net in ("google", "microsoft") else 4))
            self._terms[domain].append(f"include:{service.include}")
            directory.add(domain, "MX", f"10 {services.inbound(self.town, home.office, domain)}.")
            letter = services.letter(self.town, home.office, domain, services.DONE if home.signs else services.SERVICE_ONLY)
        if home.country in ("jp", "de", "in", "br") and dice.likely(0.6):
            self._terms[domain].insert(0, "mx")
        usual = Stream(
            home,
            letter,
            hosts,
            rhythm.business(WEEKENDS.get(home.sort, 0.08)),
            OFFICE_MAIL * home.size,
            rows=round(520 * home.size**0.6),
        )
        return [usual, replace(usual, letter=letter.broken(), total=usual.total * CHANGED)] if letter.sigs else [usual]

    def _service(self, home: Home, name: str, dice: Dice) -> Stream:
        """A service that is in order."""
        header = f"{dice.choice(('news', 'mail', 'info'))}.{home.domain}" if dice.likely(0.3) else home.domain
        letter = services.letter(self.town, name, home.domain, header=header)
        pool = self.town.pool(SERVICES[name].net)
        return Stream(home, letter, dice.sample(pool, 4), rhythm.weekly(dice), NEWS * home.size, BY_COUNTRY[home.country], rows=140)
