"""The owners of the world: their domains, how those send, and what they publish. Names are reserved or made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from bench.accuracy.elsewhere.chance import word
from bench.accuracy.elsewhere.dns import Dns
from bench.accuracy.elsewhere.mail import Host, Mail, Rhythm, Signature, Stream
from bench.accuracy.elsewhere.networks import NETWORKS
from bench.accuracy.elsewhere.places import Places
from bench.accuracy.elsewhere.services import SERVICES, publish_key

from sekisho.core.terms import AlignmentMode, Policy


class Step(NamedTuple):
    """The DMARC policy from a day on."""

    day: int
    p: Policy
    sp: Policy


@dataclass
class Domain:
    """A registered domain and how it is run."""

    name: str
    owner: str
    platform: str
    """`own:NETWORK`, `google`, `microsoft`, a hoster's network, or `parked`."""
    signed: bool
    mean: float
    """Messages a day that its people send."""
    policy: tuple[Step, ...]
    services: tuple[str, ...] = ()
    """Services that are set up rightly: aligned signature and bounce domain."""
    strict: bool = False
    troubled: bool = True
    """False: no faults and no spoofing; only passing and forwarded mail."""
    hosts: tuple[Host, ...] = ()
    routes: list[tuple[Mail, tuple[Host, ...]]] = field(default_factory=list)
    """Its ordinary mail, the people's mail first: what forwarders and lists get to see."""

    @property
    def parked(self) -> bool:
        """Whether it sends nothing."""
        return self.platform == "parked"

    @property
    def mode(self) -> AlignmentMode:
        """`adkim` and `aspf`."""
        return AlignmentMode.STRICT if self.strict else AlignmentMode.RELAXED

    def step(self, day: int) -> Step:
        """The policy of a day."""
        return [step for step in self.policy if step.day <= day][-1]


N, Q, R = Policy.NONE, Policy.QUARANTINE, Policy.REJECT


def cast(rng: Random) -> list[Domain]:
    """All domains of all owners; a seed changes the unreserved names, volumes and who uses what."""
    digit = iter(rng.sample("123456789", 9))

    def name(stem: str) -> str:
        return f"{stem}-{word(rng, 4)}.example"

    def held(owner: str, domain: str, platform: str, mean: float, *steps: Step, **more: object) -> Domain:
        return Domain(domain, owner, platform, bool(more.pop("signed", True)), mean * rng.uniform(0.7, 1.4), steps, **more)  # type: ignore[arg-type]

    always = {policy: Step(0, policy, policy) for policy in (N, Q, R)}
    turn = rng.randrange(30, 60)
    esp = rng.sample(["sendgrid", "ses", "mailchimp", "hubspot", "zendesk", "blastengine", "willmail", "bmsend"], 8)
    found = [
        held("Works", f"example{next(digit)}.co.jp", "own:iij-static", 30, always[N], signed=False),
        held("Works", name("seiki"), "xserver", 8, always[N], signed=False),
        held("Bank", f"example{next(digit)}.co.jp", "own:ntt-static", 160, always[R], services=(esp[0], esp[1])),
        held("Bank", name("bank"), "microsoft", 40, always[R], services=(esp[2],), troubled=False),
        held("Shop", name("hana"), "microsoft", 60, always[N], Step(turn, Q, Q), services=("ses", esp[3])),
        held("University", f"example{next(digit)}.ac.jp", "own:sinet", 90, always[N]),
        held("University", f"example{next(digit)}.ac.jp", "google", 50, Step(0, N, N)),
        held("Town", f"example{next(digit)}.or.jp", "own:ntt-static", 25, always[N], signed=False),
        held("Foreign", name("nordlicht"), "google", 70, always[R], services=("hubspot", "zendesk")),
        held("Startup", name("tabi"), "google", 35, Step(0, N, N), Step(turn + 9, Q, R), services=(esp[4],), strict=True),
        held("Charity", f"example{next(digit)}.or.jp", "google", 25, always[Q], signed=False),
        held("Quiet", name("shizuka"), "google", 30, always[R], troubled=False, services=(esp[5],)),
    ]
    found += [held("Bank", name(stem), "parked", 0, always[R]) for stem in ("card", "direkt")]
    found += [held("Parked", name(stem), "parked", 0, always[policy]) for stem, policy in (("matsu", R), ("take", R), ("ume", N))]
    for stem, platform, signed in (("kawa", "sakura", False), ("yama", "xserver", True), ("mori", "google", True)):
        found.append(held("Agency", name(stem), platform, 12, always[rng.choice((N, N, Q))], signed=signed))
    found += [
        held("Agency", name("sora"), "microsoft", 15, always[N]),
        held("Agency", name("umi"), "onamae", 6, always[N], signed=False),
    ]
    return found


def settle(domains: list[Domain], dns: Dns, places: Places, rng: Random) -> None:
    """Gives each domain its servers, records, keys and ordinary mail."""
    for domain in domains:
        _policy_records(domain, dns)
        if domain.parked:
            dns.add(domain.name, "TXT", "v=spf1 -all")
            dns.add(domain.name, "MX", "0 .")
            continue
        terms = _people(domain, dns, places, rng)
        for service in domain.services:
            _service(domain, service, dns, places, rng)
        dns.add(domain.name, "TXT", f"v=spf1 {terms} {'-all' if rng.random() < 0.35 else '~all'}")
        dns.add(domain.name, "A", domain.hosts[0].ip if ":" not in domain.hosts[0].ip else domain.hosts[1].ip)
        dns.add(f"www.{domain.name}", "A", domain.hosts[0].ip)


def _policy_records(domain: Domain, dns: Dns) -> None:
    ends = [*(step.day for step in domain.policy[1:]), 10_000]
    for step, end in zip(domain.policy, ends, strict=True):
        mode = "; adkim=s; aspf=s" if domain.strict else ""
        dns.add(
            f"_dmarc.{domain.name}", "TXT", f"v=DMARC1; p={step.p}{mode}; rua=mailto:rua@{domain.name}", start=step.day, end=end
        )


def _people(domain: Domain, dns: Dns, places: Places, rng: Random) -> str:
    """The route of the people's mail; gives the SPF terms."""
    network = domain.platform.removeprefix("own:")
    if domain.platform.startswith("own:"):
        first = places.host(network, rng, f"mail1.{domain.name}")
        domain.hosts = (first, places.beside(first, 1, f"mail2.{domain.name}"))
        terms = " ".join(f"ip4:{host.ip}" for host in domain.hosts)
        signature = Signature(domain.name, "k2024")
        dns.add(domain.name, "MX", f"10 mail1.{domain.name}")
    elif network in ("google", "microsoft"):
        domain.hosts = places.pool(network, 14)[rng.randrange(3) :: 3]
        terms = f"include:{SERVICES[network].spf}"
        tenant = domain.name.replace(".", "-")
        default = {"google": Signature(f"{tenant}.20230601.gappssmtp.com", "20230601")}.get(
            network, Signature(f"{tenant.replace('-', '')}.onmicrosoft.com", "selector1-" + tenant[:9])
        )
        signature = Signature(domain.name, {"google": "google"}.get(network, "selector1")) if domain.signed else default
        dns.add(domain.name, "MX", "1 aspmx.l.google.com" if network == "google" else f"0 {tenant}.mail.protection.outlook.com")
        if not domain.signed:
            publish_key(dns, default.domain, default.selector, rng)
            domain.routes.append((Mail(domain.name, domain.name, (default,)), domain.hosts))
    else:
        domain.hosts = places.pool(network, 9)[rng.randrange(8) :][:1]
        terms = (
            f"ip4:{domain.hosts[0].ip} include:{SERVICES[network].spf}" if SERVICES[network].spf else f"ip4:{domain.hosts[0].ip}"
        )
        signature = Signature(domain.name, "default")
        dns.add(domain.name, "MX", f"10 {domain.hosts[0].helo}")
    if not domain.routes:
        domain.routes.append((Mail(domain.name, domain.name, (signature,) if domain.signed else ()), domain.hosts))
    if domain.signed:
        publish_key(dns, domain.name, signature.selector, rng)
    assert network in NETWORKS
    return terms


def _service(domain: Domain, service: str, dns: Dns, places: Places, rng: Random) -> None:
    """A service that is set up as its help page says."""
    bounce, selector = f"em{rng.randrange(100, 9999)}.{domain.name}", f"s{rng.randrange(1, 5)}{service[:2]}"
    dns.add(bounce, "TXT", f"v=spf1 include:{SERVICES[service].spf} ~all")
    publish_key(dns, domain.name, selector, rng)
    mail = SERVICES[service].aligned(domain.name, domain.name, selector, bounce)
    domain.routes.append((mail, places.pool(service, 8)[rng.randrange(3) :][:3]))


def ordinary(domains: list[Domain]) -> Iterator[Stream]:
    """What the owners send every day as it should be."""
    for domain in domains:
        for number, (mail, hosts) in enumerate(domain.routes):
            mean = domain.mean * (0.6 if number == 0 else 0.9)
            yield Stream(mail, hosts, Rhythm(mean, weekend=0.25, chance=1 if number == 0 else 0.4), domain.name)
