"""The organisations of the world and how they have set their mail up."""

from __future__ import annotations

from typing import NamedTuple

from bench.accuracy.labels import Owner


class Home(NamedTuple):
    """A domain of an organisation."""

    owner: str
    domain: str
    country: str
    trade: str
    office: str
    """Where staff's mail leaves: `google`, `m365`, `own`, each may be followed by `>` and a gateway; `none`."""
    services: str = ""
    """`service:mode@label`: mode `full`, `dkim` or `spf` says what is aligned; the label is that of the sub-domain in From."""
    policy: str = "none"
    """`p`, `/pct`, `;sp`, ` s` for strict alignment; `>policy@day` for a change."""
    size: float = 1.0
    signs: bool = True
    """Whether staff's mail is signed with the owner's own domain."""
    parked: bool = False
    calm: bool = False
    """No spoofing and no faults."""


HOMES = (
    # Japan
    Home(
        "Musashino Bank",
        "musashino-bank.example",
        "jp",
        "bank",
        "own>securemx",
        "cuenote:full@info ses:full",
        "quarantine>reject@38",
        6.0,
    ),
    Home("Musashino Bank", "musashino-card.example", "jp", "bank", "own>securemx", "emberpoint:full sfmc:full@mail", "reject", 5.0),
    Home("Musashino Bank", "musashino-lease.example", "jp", "bank", "m365", "", "none", 0.6),
    Home("Musashino Bank", "musashinobank-direct.example", "jp", "bank", "none", "", "reject", 1.0, parked=True),
    Home(
        "Tokai Mutual", "tokai-mutual.example", "jp", "insurer", "m365>hennge", "salesforce:spf blastmail:dkim", "quarantine", 3.0
    ),
    Home("Tokai Mutual", "tm-agents.example", "jp", "insurer", "m365", "sendgrid:dkim", "none", 1.0),
    Home("Aoba University", "aoba-univ.example", "jp", "university", "google", "canvas:dkim", "none>quarantine/20@50", 2.5),
    Home("Aoba University", "aoba-hosp.example", "jp", "hospital", "own", "", "none", 0.8, signs=False),
    Home("Ministry of Waterways", "mowa-go.example", "jp", "ministry", "own>iphmx", "cuenote:spf", "none>reject@60", 2.0),
    Home("Kinugawa City", "city-kinugawa.example", "jp", "city", "own", "", "none", 0.8, signs=False),
    Home(
        "Hibiki Works", "hibiki-works.example", "jp", "agency", "google", "sendgrid:full hubspot:dkim", "quarantine", 0.8, calm=True
    ),
    Home("Hibiki Works", "ryokan-tsukimi.example", "jp", "shop", "own", "blastmail:dkim", "none", 0.4, signs=False),
    Home("Hibiki Works", "kanda-seiki.example", "jp", "firm", "m365", "", "none", 0.4, signs=False),
    Home("Hibiki Works", "mori-clinic.example", "jp", "hospital", "google", "", "none", 0.2),
    # United States
    Home(
        "Cobalt Health",
        "cobalt-health.example",
        "us",
        "hospital",
        "m365>proofpoint",
        "sendgrid:full@notify servicenow:dkim",
        "quarantine/50;none",
        4.0,
    ),
    Home("Cobalt Health", "stlaurel-hospital.example", "us", "hospital", "m365>proofpoint", "workday:dkim", "none", 1.5),
    Home("Cobalt Health", "cobalt-kids.example", "us", "hospital", "m365", "blackbaud:dkim", "none", 0.6),
    Home(
        "Larkfield Stores", "larkfield.example", "us", "retailer", "google", "sparkpost:full@e zendesk:dkim ses:full", "reject", 6.0
    ),
    Home("Larkfield Stores", "larkfield-outlet.example", "us", "retailer", "google", "sparkpost:full@e", "reject", 2.5),
    Home("Larkfield Stores", "thistleandpine.example", "us", "retailer", "google", "mailchimp:dkim", "quarantine", 0.7),
    Home("Larkfield Stores", "orsohome.example", "us", "retailer", "google", "mailchimp:dkim sendgrid:full", "none", 0.7),
    Home("Larkfield Stores", "bramblekids.example", "us", "retailer", "google", "mailchimp:dkim", "reject", 0.5, calm=True),
    Home("Larkfield Stores", "larkfield-rewards.example", "us", "retailer", "none", "", "reject", 1.0, parked=True),
    Home("Larkfield Stores", "orso-sale.example", "us", "retailer", "none", "", "none", 0.4, parked=True),
    Home(
        "Prairie State University", "prairie-state.example", "us", "university", "m365", "canvas:dkim qualtrics:dkim", "none", 4.0
    ),
    Home("Prairie State University", "psu-alumni.example", "us", "university", "m365", "blackbaud:dkim", "none", 1.0),
    Home(
        "Paperlane",
        "paperlane.example",
        "us",
        "saas",
        "google",
        "ses:full@mail postmark:full hubspot:dkim",
        "reject",
        3.0,
        calm=True,
    ),
    Home("Paperlane", "paperlane-mail.example", "us", "saas", "none", "ses:full", "quarantine", 2.0),
    # United Kingdom
    Home(
        "Wexham Building Society",
        "wexham-bs.example",
        "uk",
        "bank",
        "m365>mimecast",
        "dotdigital:full@news docusign:dkim",
        "reject",
        3.0,
    ),
    Home(
        "Wexham Building Society", "wexham-mortgages.example", "uk", "bank", "m365>mimecast", "salesforce:dkim", "quarantine", 1.0
    ),
    Home("Borough of Eastmere", "eastmere-council.example", "uk", "city", "m365", "mailjet:dkim", "none>quarantine@30", 1.2),
    Home(
        "Northgate Air", "northgate-air.example", "uk", "airline", "own>messagelabs", "sfmc:full@go amadeus:dkim", "quarantine", 5.0
    ),
    Home("Northgate Air", "northgate-holidays.example", "uk", "airline", "m365", "dotdigital:dkim", "none", 1.2),
    Home("Oakmere Hospitals", "oakmere-nhs.example", "uk", "hospital", "own>trend", "", "none", 1.5, signs=False),
    # France
    Home(
        "Assurances Belrive",
        "belrive.example",
        "fr",
        "insurer",
        "m365>proofpoint",
        "splio:full@news mailjet:full",
        "quarantine s",
        3.0,
    ),
    Home("Assurances Belrive", "vantage-vie.example", "fr", "insurer", "m365", "brevo:dkim", "none", 0.8),
    Home("Universite de Valmont", "univ-valmont.example", "fr", "university", "own", "", "none", 2.0, signs=False),
    Home("Ministere des Ponts", "ponts-gouv.example", "fr", "ministry", "own>vade", "brevo:dkim", "none;none", 2.0),
    # Korea
    Home("Hangil Card", "hangil-card.example", "kr", "bank", "own", "stibee:full@news ses:full", "reject", 4.0),
    Home("Daon Telecom", "daon-tel.example", "kr", "telecom", "own", "stibee:dkim", "none", 2.0, signs=False),
    Home("Haneul Air", "haneul-air.example", "kr", "airline", "m365", "sfmc:full@mail amadeus:dkim", "none>quarantine@20", 3.0),
    # South Africa
    Home(
        "Table Bay Bank", "tablebay-bank.example", "za", "bank", "own>mimecast", "everlytic:full@mail sendgrid:full", "reject", 3.0
    ),
    Home("Table Bay Bank", "tablebay-wealth.example", "za", "bank", "m365>mimecast", "everlytic:dkim", "none", 0.8),
    Home("Karoo Life", "karoo-life.example", "za", "insurer", "m365>mimecast", "everlytic:dkim", "none", 1.5, signs=False),
    Home("Karoo Life", "karoo-funeral.example", "za", "insurer", "none", "", "reject", 0.5, parked=True),
    # those who have names only
    Home("Brandkeep", "crownvale-trust.example", "uk", "brands", "none", "", "reject", 1.0, parked=True),
    Home("Brandkeep", "pay-crownvale.example", "uk", "brands", "none", "", "none", 0.5, parked=True),
    Home("Brandkeep", "hoshizora-shop.example", "jp", "brands", "none", "", "none", 0.6, parked=True),
)
"""Their domains."""


def _owner(name: str) -> Owner:
    mine = [home for home in HOMES if home.owner == name]
    return Owner(
        name,
        tuple(home.domain for home in mine),
        tuple(home.domain for home in mine if home.parked),
        tuple(home.domain for home in mine if home.calm),
    )


OWNERS = tuple(_owner(name) for name in dict.fromkeys(home.owner for home in HOMES))
"""The organisations."""
