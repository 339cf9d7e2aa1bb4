"""The owners: eighteen organisations of eight countries, what they mail with, and what their DNS says."""

from __future__ import annotations

from dataclasses import dataclass

from bench.accuracy.labels import Owner

from sekisho.core.terms import AlignmentMode, Policy


@dataclass(frozen=True, slots=True)
class Home:
    """A registered domain, as its owner has set it up."""

    domain: str
    owner: str
    country: str
    mail: str
    """Platform of the people's mail: `google`, `m365`, `own`, `hoster`, `none`."""
    policy: Policy
    size: float
    """How much mail reporters tell of, relative to the others."""
    services: tuple[str, ...] = ()
    """Services that are set up right."""
    signs: bool = True
    """Whether the people's mail carries an aligned DKIM signature."""
    strict: bool = False
    pct: int = 100
    sp: Policy = Policy.ABSENT
    fame: float = 1.0
    """How much others like to use the name, relative."""
    calm: bool = False
    """No spoofing and no fault of its own."""
    before: Policy | None = None
    """Policy until the middle of the days, where it was changed."""
    all: str = "~all"
    gateway: str = ""
    """Outbound security gateway that is set up right."""

    @property
    def mode(self) -> AlignmentMode:
        """Both alignment modes."""
        return AlignmentMode.STRICT if self.strict else AlignmentMode.RELAXED

    @property
    def parked(self) -> bool:
        """Whether it sends no mail."""
        return self.mail == "none"


N, Q, R = Policy.NONE, Policy.QUARANTINE, Policy.REJECT

HOMES = (
    # Japan
    Home("kitasoma-railway.example", "Kitasoma Railway", "jp", "own", Q, 1.6, ("sendgrid", "blastmail"), fame=3.0, before=N),
    Home("kitasoma-card.example", "Kitasoma Railway", "jp", "own", R, 0.7, ("sendgrid",), fame=4.0, all="-all"),
    Home("kitasoma-hotels.example", "Kitasoma Railway", "jp", "m365", N, 0.5, ("bookline",)),
    Home("aoba-shinkin.example", "Aoba Shinkin", "jp", "own", R, 1.0, ("cuenote",), fame=4.5, all="-all", gateway="iij"),
    Home("aoba-biz.example", "Aoba Shinkin", "jp", "none", R, 0.0, fame=0.6, all="-all"),
    Home("machi-minase.example", "Town of Minase", "jp", "hoster", N, 0.5, (), signs=False),
    Home("tsukuda-kikai.example", "Tsukuda Machine Works", "jp", "m365", N, 1.0, ("salesforce",), gateway="trend"),
    Home("tsukuda-kikai-asia.example", "Tsukuda Machine Works", "jp", "m365", N, 0.3, (), signs=False),
    Home("hanadayori.example", "Hanadayori Online Shop", "jp", "hoster", Q, 1.2, ("ses", "cuenote"), fame=1.6),
    Home("shiosai-soft.example", "Shiosai Software", "jp", "google", R, 0.9, ("sendgrid", "zendesk", "hubspot")),
    Home("sayama-clinic.example", "Sayama Clinic Group", "jp", "hoster", N, 0.3, (), signs=False),
    # Germany
    Home("lindental-klinikum.example", "Klinikum Lindental", "de", "own", N, 0.9, ("cleverreach",), gateway="hornet"),
    Home("fakultaet-ahrweiler.example", "Faculty of Ahrweiler", "de", "own", N, 1.1, (), signs=False, fame=0.8),
    Home("fsr-ahrweiler.example", "Faculty of Ahrweiler", "de", "hoster", N, 0.15, (), signs=False),
    # United States
    Home("heartland-ledger.example", "Heartland Ledger", "us", "google", Q, 1.5, ("mailchimp", "zendesk", "sendgrid"), pct=50),
    Home("ledgersports.example", "Heartland Ledger", "us", "google", Q, 0.3, ("mailchimp",), calm=True),
    Home("cedarfork-giving.example", "Cedar Fork Giving", "us", "google", N, 0.6, ("mailchimp",)),
    Home("cedarfork-gala.example", "Cedar Fork Giving", "us", "google", N, 0.2, ()),
    # United Kingdom
    Home(
        "pennine-hotels.example", "Pennine Hotels", "gb", "m365", R, 1.1, ("bookline", "dotdigital"), fame=1.4, gateway="mimecast"
    ),
    Home("pennine-weddings.example", "Pennine Hotels", "gb", "m365", N, 0.2, ()),
    Home("quillandpost.example", "Quill and Post", "gb", "google", Q, 0.5, ("postmark",), strict=True),
    # Brazil
    Home("cooperativa-serra.example", "Cooperativa Serra", "br", "m365", R, 1.0, ("ses",), fame=2.5, sp=Policy.NONE),
    Home("prefeitura-altamata.example", "Prefeitura de Alta Mata", "br", "hoster", N, 0.5, (), signs=False),
    # France
    Home("atelier-bravaux.example", "Agence Bravaux", "fr", "google", N, 0.4, ("brevo",)),
    Home("boulangerie-ormeau.example", "Agence Bravaux", "fr", "hoster", N, 0.15, (), signs=False),
    Home("garage-vallier.example", "Agence Bravaux", "fr", "hoster", N, 0.15, ()),
    Home("theatre-des-lices.example", "Agence Bravaux", "fr", "hoster", N, 0.3, ("brevo",), calm=True),
    # India
    Home("sarvodaya-hospitals.example", "Sarvodaya Hospitals", "in", "google", Q, 0.9, ("ses", "zoho_campaigns"), fame=1.2),
    Home("girnar-textiles.example", "Girnar Textiles", "in", "hoster", N, 0.4, (), signs=False),
    # Nigeria
    Home("delta-freight.example", "Delta Freight", "ng", "m365", N, 0.4, (), signs=False),
    Home("akoka-college.example", "Akoka College", "ng", "google", N, 0.5, ()),
    # Parked only
    Home("morgenrot-marken.example", "Morgenrot Trademarks", "de", "none", R, 0.0, fame=0.8, all="-all"),
    Home("morgenrot-brands.example", "Morgenrot Trademarks", "de", "none", R, 0.0, fame=0.5, all="-all"),
    Home("morgenrot.example", "Morgenrot Trademarks", "de", "none", R, 0.0, fame=1.0, all="-all"),
)
"""Every domain, in the order of the owners."""

BY_DOMAIN = {home.domain: home for home in HOMES}


def _owner(name: str) -> Owner:
    homes = [home for home in HOMES if home.owner == name]
    return Owner(
        name,
        tuple(h.domain for h in homes),
        tuple(h.domain for h in homes if h.parked),
        tuple(h.domain for h in homes if h.calm),
    )


OWNERS = tuple(_owner(name) for name in dict.fromkeys(home.owner for home in HOMES))
