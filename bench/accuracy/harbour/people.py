"""The owners: small and middle companies, schools, clubs, town halls and shops, and what a consultant finds at each."""

from __future__ import annotations

from dataclasses import dataclass

from bench.accuracy.labels import Owner

from sekisho.core.terms import AlignmentMode, Policy

N, Q, R = Policy.NONE, Policy.QUARANTINE, Policy.REJECT
RELAXED, STRICT = AlignmentMode.RELAXED, AlignmentMode.STRICT


@dataclass(frozen=True)
class Home:
    """A registered domain and how its mail is run."""

    owner: str
    domain: str
    country: str
    sort: str
    """`town`, `school`, `club`, `shop`, `firm`, `bank`, `saas`, `parked`."""
    office: str = ""
    """The service its people write through, or `own` for a server of its own."""
    signs: bool = True
    """Whether its ordinary mail has a signature of its own."""
    policy: Policy = N
    sub: Policy = Policy.ABSENT
    pct: int = 100
    was: tuple[int, Policy] | None = None
    """Another policy before a day."""
    mode: AlignmentMode = RELAXED
    size: float = 1.0
    """How much it writes, 1 for a usual small company."""
    with_: tuple[str, ...] = ()
    """Services that are set up well."""
    ends: str = "~all"
    quiet: bool = False
    """Neither spoofed nor in disorder."""

    @property
    def parked(self) -> bool:
        """Whether it sends no mail."""
        return self.sort == "parked"


HOMES = (
    Home("Stadt Lindenau", "stadt-lindenau.example", "de", "town", "hornet", policy=N, size=2.0, ends="-all"),
    Home("Gymnasium Falkenberg", "gymnasium-falkenberg.example", "de", "school", "ionos", signs=False, policy=N, size=1.2),
    Home("TSV Waldau", "tsv-waldau.example", "de", "club", "strato", signs=False, policy=N, size=0.4),
    Home("Holzbau Brandt", "holzbau-brandt.example", "de", "firm", "microsoft", policy=Q, size=1.0, with_=("cleverreach",)),
    Home("清和工業", "seiwa-kogyo.example", "jp", "firm", "google", policy=Q, pct=50, size=1.6, with_=("blayn",)),
    Home("北森町", "town-kitamori.example", "jp", "town", "securemx", signs=False, policy=N, size=1.2, ends="-all"),
    Home("花房菓子店", "hanabusa-kashi.example", "jp", "shop", "xserver", signs=False, policy=N, size=0.9, ends="?all"),
    Home("青空デザイン", "aozora-design.example", "jp", "firm", "google", policy=R, size=0.8),
    Home("青空デザイン", "ryokan-yamabiko.example", "jp", "shop", "sakura", signs=False, policy=N, size=0.5),
    Home("青空デザイン", "futaba-hoikuen.example", "jp", "school", "sakura", policy=N, size=0.4, quiet=True),
    Home("青空デザイン", "mizuno-shika.example", "jp", "shop", "xserver", policy=Q, size=0.4, with_=("sendgrid",)),
    Home(
        "Maple River Dental",
        "mapleriver-dental.example",
        "us",
        "firm",
        "microsoft",
        policy=R,
        was=(38, Q),
        size=1.0,
        with_=("mailchimp",),
        ends="-all",
    ),
    Home("St. Brendan School", "stbrendan-school.example", "us", "school", "google", policy=Q, size=1.8, with_=("schools",)),
    Home("Stackpantry", "stackpantry.example", "us", "saas", "google", policy=R, sub=Q, size=2.2, with_=("sendgrid", "hubspot")),
    Home("Loja Bem Viver", "lojabemviver.example", "br", "shop", "locaweb", signs=False, policy=N, size=1.4, with_=("rdstation",)),
    Home("Torres Advocacia", "torres-advocacia.example", "br", "firm", "microsoft", signs=False, policy=Q, size=0.9),
    Home("Srinivasa College", "srinivasa-college.example", "in", "school", "google", policy=N, size=1.8, ends="?all"),
    Home("Kaveri Exports", "kaveri-exports.example", "in", "firm", "zoho", policy=R, was=(55, N), size=1.0),
    Home("Hotel Belvedere", "hotel-belvedere.example", "it", "shop", "aruba", signs=False, policy=N, size=0.9, with_=("mailup",)),
    Home("Comune di Montelupo", "comune-montelupo.example", "it", "town", "libraesva", policy=Q, pct=25, size=1.3, ends="-all"),
    Home("Hurtownia Zielona", "hurtownia-zielona.example", "pl", "firm", "homepl", policy=Q, size=1.1, with_=("freshmail",)),
    Home("Bank Spółdzielczy Lipno", "bs-lipno.example", "pl", "bank", "own", policy=R, mode=STRICT, size=1.2, ends="-all"),
    Home("Bank Spółdzielczy Lipno", "bs-lipno-karty.example", "pl", "bank", "own", policy=R, size=0.4, quiet=True, ends="-all"),
    Home("Tönning Marken", "toenning-marken.example", "de", "parked", policy=R, ends="-all"),
    Home("Tönning Marken", "toenning-shop.example", "de", "parked", policy=N, ends="-all"),
    Home("Tönning Marken", "toenning.example", "de", "parked", policy=Q, ends="-all"),
    Home("青空デザイン", "aozora-web.example", "jp", "parked", policy=R, ends="-all"),
)


def _owner(name: str) -> Owner:
    homes = [home for home in HOMES if home.owner == name]
    return Owner(
        name,
        tuple(home.domain for home in homes),
        tuple(home.domain for home in homes if home.parked),
        tuple(home.domain for home in homes if home.quiet),
    )


OWNERS = tuple(_owner(name) for name in dict.fromkeys(home.owner for home in HOMES))
