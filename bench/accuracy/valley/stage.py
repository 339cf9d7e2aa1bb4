"""The stage: services and hosters with their hosts and DNS, and how each owner's proper mail leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.letters import Letter, Sig
from bench.accuracy.valley.owners import HOMES, Home
from bench.accuracy.valley.services import HOSTERS, SERVICES, Service
from bench.accuracy.valley.town import Host, Town

KEY = "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7vbqajDw4o6gJy8UtmIbkcpnkO3Kwc4qsEnSZp"


class Sender(NamedTuple):
    """One proper way in which an owner's mail leaves."""

    name: str
    hosts: tuple[Host, ...]
    header_from: str
    mfrom: str
    sigs: tuple[Sig, ...]
    weight: float

    def letter(self, dice: Dice) -> Letter:
        """A mail as its first receiver gets it."""
        return Letter(dice.pick(self.hosts), self.header_from, self.mfrom, self.sigs)


class Site(NamedTuple):
    """A hoster's machines that a small owner shares with others."""

    hoster: str
    web: tuple[Host, ...]
    mail: tuple[Host, ...]
    """Where mail of mailboxes leaves; the web servers where there is no relay."""


class Stage:
    """What all kinds find when they begin."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.town = Town(seed)
        self._pools: dict[str, tuple[Host, ...]] = {}
        self._sites: dict[str, Site] = {}
        self._terms: dict[str, list[str]] = {}
        self._offices: dict[str, str] = {}
        self.homes = {home.domain: home for home in HOMES}
        self.senders: dict[str, list[Sender]] = {}
        for home in HOMES:
            self.senders[home.domain] = [] if home.parked else self._senders(home, Dice.of(seed, "home", home.domain))
        self.publish()

    # --- services and hosters

    def pool(self, name: str) -> tuple[Host, ...]:
        """The hosts of a service; half of a service with IPv6 ranges is rarely IPv6."""
        if name not in self._pools:
            service, dice = SERVICES[name], Dice.of(self.seed, "pool", name)
            blocks = [
                self.town.block(inside=inside, key=name)
                for inside in service.ranges
                for _ in range(1 if ":" in inside or inside.endswith("/24") else 2)
            ]
            made = [self.town.host(dice.pick(blocks), fill(service.host, dice)) for _ in range(service.hosts)]
            self._pools[name] = tuple(made)
            if service.spf:
                spf = fill(service.spf, dice)
                old = [text for _, text in self.town.zone.get(spf, []) if text.startswith("v=spf1")]
                terms = " ".join(f"ip{'6' if ':' in block else '4'}:{block}" for block in blocks)
                known = old[0].removeprefix("v=spf1 ").rpartition(" ")[0] + " " if old else ""
                self.town.replace_txt(spf, f"v=spf1 {known}{terms} ~all", "v=spf1")
        return self._pools[name]

    def envelope(self, service: Service, dice: Dice) -> str:
        """The service's own envelope domain, with SPF that names its hosts."""
        name = fill(service.mfrom, dice)
        if name and not any(text.startswith("v=spf1") for _, text in self.town.zone.get(name, [])):
            self.town.record(name, "TXT", f"v=spf1 include:{service.spf} ~all")
        return name

    def key(self, domain: str, selector: str) -> Sig:
        """A good signature, with its key in the DNS."""
        self.town.record(f"{selector}._domainkey.{domain}", "TXT", f"{KEY}{Dice.of(domain, selector).token(8)}IDAQAB")
        return Sig(domain, selector)

    def signature(self, service: Service) -> tuple[Sig, ...]:
        """What a service signs with where the customer has set nothing up."""
        return (self.key(service.dkim, service.selector),) if service.dkim else ()

    def site(self, hoster: str, number: int = 0) -> Site:
        """Machines of a hoster; each number is another customer group."""
        key = f"{hoster}/{number}"
        if key not in self._sites:
            book, dice = HOSTERS[hoster], Dice.of(self.seed, "site", key)
            block = self.town.block(key=key)
            web = tuple(self.town.host(block, fill(book.web, dice)) for _ in range(2))
            mail = tuple(self.town.host(block, fill(book.mail, dice)) for _ in range(3)) if book.mail else web
            self._sites[key] = Site(hoster, web, mail)
            if book.spf:
                had = " ".join(
                    text[7:].rpartition(" ")[0] for _, text in self.town.zone.get(book.spf, []) if text.startswith("v=spf1")
                )
                self.town.replace_txt(book.spf, f"v=spf1 {had + ' ' if had else ''}ip4:{block} ~all", "v=spf1")
        return self._sites[key]

    def site_of(self, home: Home) -> Site:
        """Where a small owner's web site stands."""
        names = [name for name, book in HOSTERS.items() if home.country in book.countries]
        return self.site(Dice.of(self.seed, "site of", home.domain).pick(names))

    def office(self, home: Home, name: str, **how: object) -> Host:
        """A machine in the owner's own network."""
        return self.town.host(self._office(home), name, **how)  # type: ignore[arg-type]

    def _office(self, home: Home) -> str:
        if home.owner not in self._offices:
            self._offices[home.owner] = self.town.block(key=home.owner)
        return self._offices[home.owner]

    # --- owners

    def permit(self, domain: str, *terms: str) -> None:
        """Puts terms into the SPF record of a name of an owner."""
        self._terms.setdefault(domain, [])
        self._terms[domain] += [term for term in terms if term not in self._terms[domain]]

    def _senders(self, home: Home, dice: Dice) -> list[Sender]:
        people = getattr(self, f"_people_{home.mail}")(home, dice)
        senders = [people]
        if home.gateway:
            gate = self.pool(home.gateway)
            self.permit(home.domain, f"include:{fill(SERVICES[home.gateway].spf, Dice.of(self.seed, 'pool', home.gateway))}")
            senders = [people._replace(name=home.gateway, hosts=gate, weight=0.9), people._replace(weight=0.1)]
        return senders + [self._service(home, name, Dice.of(self.seed, home.domain, name)) for name in home.services]

    def _people_google(self, home: Home, dice: Dice) -> Sender:
        self.permit(home.domain, "include:_spf.google.com")
        selector = dice.pick(("google", "google", "google2024"))
        default = f"{home.domain.replace('.', '-')}.20230601.gappssmtp.com"
        sigs = (self.key(home.domain, selector),) if home.signs else (self.key(default, "20230601"),)
        self.town.record(home.domain, "MX", "1 smtp.google.com.")
        return Sender("google", self.pool("google"), home.domain, home.domain, sigs, 1.0)

    def _people_m365(self, home: Home, dice: Dice) -> Sender:
        self.permit(home.domain, "include:spf.protection.outlook.com")
        sigs = (self.key(home.domain, dice.pick(("selector1", "selector2"))),) if home.signs else (self.tenant(home.domain),)
        self.town.record(home.domain, "MX", f"0 {home.domain.replace('.', '-')}.mail.protection.outlook.com.")
        return Sender("m365", self.pool("m365"), home.domain, home.domain, sigs, 1.0)

    def _people_own(self, home: Home, dice: Dice) -> Sender:
        names = dice.pick((("mail", "mail2"), ("mx1", "mx2"), ("mgw01", "mgw02"), ("smtp-out1", "smtp-out2")))
        hosts = tuple(self.office(home, f"{name}.{home.domain}") for name in names)
        self.permit(home.domain, *(f"ip4:{host.ip}" for host in hosts))
        for host in hosts:
            self.town.record(home.domain, "MX", f"10 {host.name}.")
        sigs = (self.key(home.domain, dice.pick(("default", "dkim", "s2024", "k1", "mail"))),) if home.signs else ()
        return Sender("own", hosts, home.domain, home.domain, sigs, 1.0)

    def _people_hoster(self, home: Home, _: Dice) -> Sender:
        site = self.site_of(home)
        book = HOSTERS[site.hoster]
        self.permit(home.domain, *([f"include:{book.spf}"] if book.spf else ["a", "mx", *(f"ip4:{h.ip}" for h in site.mail)]))
        self.town.record(home.domain, "A", site.web[0].ip)
        self.town.record(home.domain, "MX", f"10 {home.domain}.")
        sigs = (self.key(home.domain, "default"),) if home.signs else (self.key(book.signs, "s1"),) if book.signs else ()
        return Sender("hoster", site.mail, home.domain, home.domain, sigs, 1.0)

    def _service(self, home: Home, name: str, dice: Dice) -> Sender:
        service = SERVICES[name]
        hosts = self.pool(name)
        selector = fill(service.selector, dice) if len(service.selector) < 13 else dice.token(32)
        sigs = [self.key(home.domain, selector)]
        if service.also and service.dkim:
            sigs.append(self.key(service.dkim, service.selector))
        mfrom = self.envelope(service, dice)
        if service.own:
            mfrom = f"{fill(service.own, dice)}.{home.domain}"
            self.permit(mfrom, f"include:{service.spf}")
        elif not mfrom:
            mfrom = home.domain
            self.permit(home.domain, f"include:{service.spf}")
        return Sender(name, hosts, home.domain, mfrom, tuple(sigs), 0.45 if len(home.services) == 1 else 0.3)

    def tenant(self, domain: str) -> Sig:
        """The signature that Microsoft 365 gives a tenant without keys of its own."""
        tenant = domain.partition(".")[0].replace("-", "") + ".onmicrosoft.com"
        if tenant not in self.town.zone:
            self.town.record(tenant, "TXT", "v=spf1 include:spf.protection.outlook.com -all")
        return self.key(tenant, f"selector1-{tenant.replace('.', '-')}".removesuffix("-com") + "-com")

    def publish(self) -> None:
        """Writes the owners' SPF and DMARC records as they stand."""
        for home in HOMES:
            tags = (
                f"v=DMARC1; p={home.policy}"
                + (f"; sp={home.sp}" if home.sp != "absent" else "")
                + ("; adkim=s; aspf=s" if home.strict else "")
            )
            self.town.replace_txt(f"_dmarc.{home.domain}", f"{tags}; rua=mailto:dmarc@{home.domain}", "v=DMARC1")
            self._publish_spf(home.domain, home.all)
        for name in self._terms.keys() - self.homes.keys():
            self._publish_spf(name, "~all")

    def _publish_spf(self, name: str, ending: str) -> None:
        terms = self._terms.get(name, [])
        self.town.replace_txt(name, " ".join(["v=spf1", *terms, ending]), "v=spf1")

    # --- letters

    def people(self, home: Home) -> Callable[[Dice], Letter]:
        """Mail of the owner's people, as it properly leaves."""
        return self.senders[home.domain][0].letter

    def genuine(self, home: Home) -> Callable[[Dice], Letter]:
        """Any proper mail of the owner."""
        senders = {sender: sender.weight for sender in self.senders[home.domain]}
        return lambda dice: dice.weigh(senders).letter(dice)


def fill(pattern: str, dice: Dice) -> str:
    """A name out of a pattern of the book."""
    if "{" not in pattern:
        return pattern
    text = pattern
    while "{n}" in text:
        text = text.replace("{n}", str(dice.randrange(1, 250)), 1)
    return text.replace("{a}", dice.token(3, "abcdefghjkmnpqrstuvwxyz")).replace("{r}", dice.pick(("eu", "us", "de")))
