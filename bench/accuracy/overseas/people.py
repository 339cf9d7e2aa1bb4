"""The organisations of the world, their domains, and how each has set up its mail."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.accuracy.labels import Owner


@dataclass(frozen=True)
class Home:
    """A registered domain and its mail."""

    owner: str
    domain: str
    country: str
    policy: tuple[tuple[int, str], ...]
    """From which day which policy."""
    uses: tuple[str, ...] = ()
    """Services that are set up as they should be, by name in `services`; `…:plain` without an aligned signature."""
    own: str = ""
    """Network of an own mail server with an own name; empty: none."""
    signs: bool = True
    """Whether the own server signs."""
    volume: float = 4.0
    """About the messages a day that people write to receivers that report."""
    traits: frozenset[str] = field(default_factory=frozenset)
    """b2c, b2b, public; parked; untroubled; strict (adkim and aspf); half (pct=50); famous (spoofed more than others)."""

    @property
    def parked(self) -> bool:
        """No mail comes from here, and the owner has said so."""
        return "parked" in self.traits

    @property
    def untroubled(self) -> bool:
        """Only passing and forwarded mail."""
        return "untroubled" in self.traits

    def stance(self, day: int) -> str:
        """The policy on a day."""
        return [policy for start, policy in self.policy if start <= day][-1]


def _home(owner: str, domain: str, country: str, policy: str, uses: str = "", **more: object) -> Home:
    stages = tuple((int(start), stance) for start, _, stance in (part.partition(":") for part in policy.split()))
    traits = frozenset(str(more.pop("traits", "")).split())
    return Home(owner, domain, country, stages, tuple(uses.split()), traits=traits, **more)  # type: ignore[arg-type]


HOMES = (
    _home("Padaria Estrela do Sul", "estrela-padaria.example", "br", "0:none", "locaweb:plain mailchimp", volume=5.0, traits="b2c"),
    _home("Banco Ipê", "bancoipe.example", "br", "0:reject", "m365 ses salesforce", volume=14.0, traits="b2c famous"),
    _home("Banco Ipê", "ipe-seguros.example", "br", "0:quarantine 45:reject", "m365 brevo", volume=8.0, traits="b2c famous"),
    _home("Banco Ipê", "ipecard.example", "br", "0:reject", traits="parked famous"),
    _home("Universität Rheinau", "uni-rheinau.example", "de", "0:none 60:quarantine", own="uni_de", volume=24.0, traits="public"),
    _home("Stadt Moorbach", "moorbach.example", "de", "0:quarantine", "hornet", volume=10.0, traits="public half"),
    _home("Kitano Seisakusho", "kitano-ss.example", "jp", "0:none", "sakura:plain", volume=8.0, traits="b2b"),
    _home(
        "Minato Tabi", "minato-tabi.example", "jp", "0:quarantine 50:reject", "google blastengine", volume=10.0, traits="b2c famous"
    ),
    _home("Minato Tabi", "minato-card.example", "jp", "0:reject", "ses", volume=3.0, traits="b2c famous strict"),
    _home("Tanaka Gakuin", "tanaka-gakuin.example", "jp", "0:none", "xserver:plain", volume=9.0, traits="public"),
    _home("Sharma Exports", "sharma-exports.example", "in", "0:none", "zoho_in", volume=7.0, traits="b2b"),
    _home("Deccan Cloud", "deccancloud.example", "in", "0:reject", "google ses freshworks", volume=9.0, traits="b2b"),
    _home("Deccan Cloud", "deccan-status.example", "in", "0:reject", "postmark", volume=3.0, traits="b2b untroubled"),
    _home("Lagos Harbour Microfinance", "harbour-mfb.example", "ng", "0:quarantine", "m365", volume=9.0, traits="b2c famous"),
    _home("Cooper & Blythe", "cooperblythe.example", "us", "0:reject", "proofpoint", volume=11.0, traits="b2b"),
    _home("Riverside Rowing Club", "riverside-rowing.example", "us", "0:none", "google:plain", volume=5.0, traits="b2c"),
    _home(
        "Northfield Schools",
        "northfield-k12.example",
        "us",
        "0:none",
        "google",
        own="line_us",
        signs=False,
        volume=12.0,
        traits="public",
    ),
    _home(
        "Meridian Payroll", "meridianpay.example", "us", "0:quarantine 30:reject", "m365 sendgrid", volume=9.0, traits="b2b famous"
    ),
    _home(
        "Atelier Beaumarchais", "atelier-beaumarchais.example", "fr", "0:quarantine", "ovh brevo shopify", volume=7.0, traits="b2c"
    ),
    _home("Agence Lumière", "lumiere-agence.example", "fr", "0:none 40:quarantine", "m365 mailjet", volume=7.0, traits="b2b"),
    _home("Agence Lumière", "cafe-rivoli.example", "fr", "0:none", "ovh:plain", volume=5.0, traits="b2c"),
    _home("Agence Lumière", "velo-saone.example", "fr", "0:none", "ovh mailchimp", volume=5.0, traits="b2c"),
    _home("Agence Lumière", "lumiere-old.example", "fr", "0:reject", traits="parked"),
    _home("Agence Lumière", "fete-lumiere.example", "fr", "0:reject", traits="parked"),
    _home("Brandkeep", "brandkeep-one.example", "us", "0:reject", traits="parked"),
    _home("Brandkeep", "brandkeep-two.example", "us", "0:reject", traits="parked"),
    _home("Brandkeep", "ipe-banco-app.example", "us", "0:reject", traits="parked famous"),
    _home("Verdal Klinikk", "verdal-klinikk.example", "de", "0:reject", "m365", volume=6.0, traits="public untroubled"),
    _home("Handwerk Oster", "oster-dach.example", "de", "0:none", "ionos", volume=6.0, traits="b2b"),
)

OWNERS = tuple(
    Owner(
        name,
        tuple(home.domain for home in HOMES if home.owner == name),
        tuple(home.domain for home in HOMES if home.owner == name and home.parked),
        tuple(home.domain for home in HOMES if home.owner == name and home.untroubled),
    )
    for name in dict.fromkeys(home.owner for home in HOMES)
)
