"""The owners of the island: half of them Japanese, the others from Europe, Asia, Africa and the Americas."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bench.accuracy.labels import Owner

from sekisho.core.terms import Policy


class Way(NamedTuple):
    """A way by which a domain sends properly."""

    service: str
    """A service, or `own`: its own servers."""
    mode: str
    """`both`, `spf` (unsigned for the domain), `dkim` (the service's bounces), `sub` (bounces at a sub-domain)."""
    share: float
    rhythm: str


class Site(NamedTuple):
    """A domain, its policy, and how it sends."""

    domain: str
    owner: str
    country: str
    policy: Policy
    volume: float
    """Proper mails a day that reporting receivers get."""
    ways: tuple[Way, ...]
    end: str
    """How its SPF record ends."""
    strict: bool = False
    untroubled: bool = False
    target: float = 1.0
    """How much spoofers like it."""
    later: tuple[int, Policy] | None = None
    """Day of a change of policy, and the policy from then on."""
    pct: int = 100
    lines: str = "ocn_fixed"
    """Network of its offices and own servers."""

    @property
    def parked(self) -> bool:
        """It sends no mail."""
        return not self.ways


ROLL = """
Hoshimi Denki            jp hoshimi-denki none 60 m365:both:8,own:spf:1:steady,cuenote:sub:2:news ~all later=quarantine
Hoshimi Denki            jp hoshimi-parts none 12 own:spf:1:steady ~all
Aoba Shinkin             jp aoba-shinkin reject 90 own:both:4,cuenote:sub:4:news,safety:sub:1:steady -all target=6
Aoba Shinkin             jp aoba-card quarantine 80 own:both:2,spiral:sub:3:news -all target=8
Aoba Shinkin             jp aoba-kin reject 0 - -all target=1
Marutake                 jp marutake-shop quarantine 70 xserver:spf:2,makeshop:sub:4:steady,blastmail:sub:3:news ~all target=1.5
Seiryo University        jp seiryo-u none 55 google:both:6,own:spf:1 ~all
Kitahama City            jp kitahama-city none 30 own:spf:1 ~all lines=nuro
Yamane Town              jp yamane-town none 9 own:spf:1 ~all lines=usen
Tsubame Soft             jp tsubame-soft reject 50 google:both:4,ses_tokyo:dkim:5:steady,zendesk:dkim:1 ~all
Tsubame Soft             jp tsubame-cloud reject 45 ses_tokyo:sub:1:steady -all
Kashiwa Clinic           jp kashiwa-clinic none 6 xserver:spf:1 ~all
Nagisa Koumuten          jp nagisa-koumuten none 8 sakura:spf:1 ~all
Midori Agency            jp midori-agency quarantine 30 google:both:1 ~all
Midori Agency            jp kinmokusei-cafe none 10 lolipop:spf:1 ?all
Midori Agency            jp yuzu-cosme none 22 sakura:spf:1,haihai:sub:2:news ~all
Midori Agency            jp tsukimi-event reject 0 - -all
Hanamaru Gakuen          jp hanamaru-gakuen none 18 google:both:1 ~all untroubled
Sumire Ryokan            jp sumire-ryokan quarantine 9 heteml:spf:1 ~all
Kawasemi Holdings        jp kawasemi-hd reject 0 - -all target=.6
Kawasemi Holdings        jp kawasemi-old reject 0 - -all target=.6
Kawasemi Holdings        jp kawasemi-pay none 0 - -all target=2
Isobe Trading            jp isobe-trading none 40 m365:both:5,securemx:spf:1 ~all
Geology Society          jp chishitsu-gakkai none 12 kagoya:spf:2,cpi:spf:1 ?all
Stadtwerk Lindau         de stadtwerk-lindau quarantine 36 m365:both:3,hornet:spf:1 -all lines=dtag_fixed
Handball Verein          de handball-verein none 7 strato:spf:1 ~all lines=dtag_fixed
Schraubenhandel          de schraubenhandel none 30 ionos_web:both:1,mailjet:dkim:2:news ~all lines=dtag_fixed
Mairie de Valfleur       fr mairie-valfleur none 9 ovh_web:spf:1 ~all lines=orange_pro
Universite de Montbrun   fr univ-montbrun none 36 own:both:1 ~all lines=orange_pro
Banco Ipe                br banco-ipe reject 70 ses:dkim:5:steady,m365:both:2,salesforce:dkim:2:news -all target=5 lines=embratel
Loja Mandacaru           br loja-mandacaru none 28 locaweb_web:spf:1,mailchimp:dkim:3:news ~all lines=embratel
Sundar Textiles          in sundar-textiles none 15 google:both:1 ~all lines=airtel
Vidya Institute          in vidya-institute quarantine 24 m365:both:1 ~all lines=airtel pct=50
Lagoon Microfinance      ng lagoon-finance quarantine 18 m365:both:1 ~all lines=mtn_biz target=2
Obi Logistics            ng obi-logistics none 8 whogohost:spf:1 ?all lines=mtn_biz
Prairie State            us prairie-state none 60 google:both:3,proofpoint:spf:1 ~all lines=comcast_biz
Cloudberry               us cloudberry-app reject 50 google:both:2,sendgrid:sub:4:steady,hubspot:dkim:1:news ~all lines=comcast_biz
Cloudberry               us cloudberry-mail reject 25 postmark:sub:1:steady -all untroubled
Oakridge Church          us oakridge-church none 9 bluehost:spf:1 ~all lines=comcast_biz
Larkspur County          us larkspur-county quarantine 28 m365:both:3,iphmx:spf:1 ~all lines=comcast_biz later=reject
Larkspur County          us larkspur-votes reject 0 - -all
Hartwell Solicitors      uk hartwell-law reject 20 m365:both:1 -all strict lines=bt
"""
"""Owner, country, domain (below `.example`), policy, mails a day, ways, end of SPF, and what is special."""

CHANGE_DAY = 38


def _way(text: str) -> Way:
    service, mode, share, rhythm = [*text.split(":"), "office"][:4]
    return Way(service, mode, float(share), rhythm)


def _site(line: str) -> Site:
    owner, rest = line[:25].strip(), line[25:].split()
    country, name, policy, volume, ways, end = rest[:6]
    extra = dict(word.partition("=")[::2] for word in rest[6:])
    return Site(
        f"{name}.example",
        owner,
        country,
        Policy(policy),
        float(volume),
        () if ways == "-" else tuple(_way(way) for way in ways.split(",")),
        end,
        strict="strict" in extra,
        untroubled="untroubled" in extra,
        target=float(extra.get("target", 1)),
        later=(CHANGE_DAY, Policy(extra["later"])) if "later" in extra else None,
        pct=int(extra.get("pct", 100)),
        lines=extra.get("lines", "ocn_fixed"),
    )


SITES = tuple(_site(line) for line in ROLL.strip().splitlines())


def _owner(name: str) -> Owner:
    sites = [site for site in SITES if site.owner == name]
    return Owner(
        name,
        tuple(site.domain for site in sites),
        tuple(site.domain for site in sites if site.parked),
        tuple(site.domain for site in sites if site.untroubled),
    )


OWNERS = tuple(_owner(name) for name in dict.fromkeys(site.owner for site in SITES))


def among(*countries: str) -> Callable[[Site], bool]:
    """Asks whether a domain is at home in one of the countries."""
    return lambda site: site.country in countries


def uses(*services: str) -> Callable[[Site], bool]:
    """Asks whether a domain sends by one of the services."""
    return lambda site: any(way.service in services for way in site.ways)


def lacks(*services: str) -> Callable[[Site], bool]:
    """Asks whether a domain sends by none of the services."""
    return lambda site: not any(way.service in services for way in site.ways)
