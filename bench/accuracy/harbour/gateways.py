"""Security gateways: those of recipients, which pass genuine mail on, and those of owners, set up half."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.harbour import rhythm, services
from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.letters import Letter, Stream, failing, forwarded, kind
from bench.accuracy.harbour.stage import Stage, Way

HOSTED = {"m365": 0.85, "google": 0.15}
"""What stands behind the gateways of companies."""


def _before_tenants(stage: Stage, dice: Dice, net: str, changes: float, size: float, homes: int) -> Iterator[Stream]:
    """A gateway before some correspondents' tenants."""
    for home in dice.some(stage.homes, homes - 2, homes + 1):
        hosts = dice.sample(stage.town.pool(net), 3)
        yield from stage.passed_on(home, hosts, dice.spread(size), Way(changes=changes, seems=""), mix=HOSTED)


@kind(forwarded)
def mimecast_inbound(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Mimecast before the recipient's tenant: links rewritten and a banner put, the tenant reports the gateway as the source."""
    yield from _before_tenants(stage, dice, "mimecast", 0.6, 14, 7)


@kind(forwarded)
def proofpoint_inbound(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Proofpoint before the recipient's tenant, with links rewritten in much of the mail."""
    yield from _before_tenants(stage, dice, "proofpoint", 0.5, 14, 7)
    yield from _before_tenants(stage, dice, "essentials", 0.4, 8, 4)


@kind(forwarded)
def barracuda_inbound(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Barracuda before the recipient's tenant; little is changed, so mostly the unsigned fails."""
    yield from _before_tenants(stage, dice, "barracuda", 0.1, 12, 7)


@kind(forwarded)
def trend_inbound(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Trend Micro before a tenant, stamping mail from outside."""
    yield from _before_tenants(stage, dice, "trend", 0.45, 10, 6)


@kind(forwarded)
def german_filters_inbound(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Hornetsecurity before tenants and own servers, which owners use for their own mail too."""
    yield from _before_tenants(stage, dice, "hornet", 0.15, 10, 6)


@kind(forwarded)
def ironport_inbound(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Cisco's cloud gateway before a large company's tenant; attachments taken apart."""
    yield from _before_tenants(stage, dice, "ironport", 0.35, 9, 6)


@kind(forwarded)
def filter_of_the_host(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A host's spam filter (Libraesva, N-able) before Google or Microsoft mailboxes of small companies."""
    yield from _before_tenants(stage, dice, "antispamcloud", 0.2, 8, 5)
    yield from _before_tenants(stage, dice, "libraesva", 0.2, 8, 4)


@kind(forwarded, hard=True)
def appliance_inbound(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A firewall with a mail filter on a company's line before its tenant. Hard: a lone, often nameless address."""
    for home in dice.some(stage.homes, 5, 8):
        ip = stage.town.host(dice.choice((home.country, "de", "us", "in")), dice)
        yield from stage.passed_on(home, [ip], dice.spread(7), Way(changes=0.7, seems=""), mix=HOSTED)


@kind(failing)
def outbound_gateway_not_named(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """An owner's new outbound gateway writes a disclaimer below signed mail and stands in no SPF record."""
    for home in dice.some([home for home in stage.troubled if home.office in ("google", "microsoft", "zoho")], 2, 3):
        net = dice.choice(("mimecast", "proofpoint", "barracuda", "trend"))
        letter = stage.proper[home.domain][0].letter.broken()
        pace = rhythm.between(rhythm.business(), dice.randint(20, 60), 90)
        yield Stream(home, letter, dice.sample(stage.town.pool(net), 3), pace, dice.spread(45, 0.5))


@kind(failing)
def tenant_past_its_gateway(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Mail leaves by the tenant though only the gateway is in SPF; nobody switched the tenant's key on."""
    for home in [home for home in stage.troubled if home.office in ("hornet", "libraesva", "securemx")]:
        letter = services.letter(stage.town, "microsoft", home.domain, services.SERVICE_ONLY)
        yield Stream(home, letter, dice.sample(stage.town.pool("microsoft"), 6), rhythm.business(), dice.spread(28, 0.6))


@kind(failing)
def disclaimer_after_signing(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A signature tool takes mail from the tenant, adds logo and address, and sends it on with its own envelope domain."""
    ip = stage.town.host("azure", dice, name="relay-eu.signaturwerk.example")
    domain = stage.third_party("smtp-relay.signaturwerk.example", f"ip4:{ip}", "include:spf.protection.outlook.com")
    for home in dice.some([home for home in stage.troubled if home.office in ("microsoft", "google")], 2, 3):
        letter = stage.proper[home.domain][0].letter.broken().on(domain, seems="")
        yield Stream(home, letter, [ip], rhythm.business(), dice.spread(35, 0.6))


@kind(failing)
def smarthost_of_the_line(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A branch or a home worker sends through the relay of the internet provider, as it was done twenty years ago."""
    relays = {"de": "tonline", "jp": "ocn", "us": "secureserver", "br": "uol", "in": "rediff", "it": "libero", "pl": "wp"}
    for home in dice.some(stage.troubled, 5, 7):
        hosts = dice.sample(stage.town.pool(relays[home.country]), 2)
        yield Stream(home, Letter(home.domain, home.domain), hosts, rhythm.business(0.2), dice.spread(16))


@kind(failing, hard=True)
def connector_of_the_parent(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The parent company's tenant relays a daughter's mail, signed for itself. Hard: it looks like any foreign tenant."""
    for home in dice.some(stage.of("firm", "shop"), 2, 4):
        tenant = f"{dice.letters(7)}-holding.example"
        stage.third_party(tenant, "include:spf.protection.outlook.com", ends="-all")
        sig = stage.key_of(f"{tenant.split('.')[0]}.onmicrosoft.com", f"selector1-{tenant.split('.')[0]}-onmicrosoft-com")
        letter = Letter(home.domain, dice.choice((tenant, home.domain)), (sig,))
        yield Stream(home, letter, dice.sample(stage.town.pool("microsoft"), 4), rhythm.business(), dice.spread(22))
