"""The owners: ordinary ones, of ordinary size, half of them Japanese."""

from __future__ import annotations

from bench.accuracy.labels import Owner
from bench.accuracy.province import nets
from bench.accuracy.province.mail import NIGHTLY, SHOP, Change, Home, Part, Rhythm

from sekisho.core.terms import Policy

NONE, QUARANTINE, REJECT = Policy.NONE, Policy.QUARANTINE, Policy.REJECT
WEEKLY = Rhythm(first=3, every=7)
MONTHLY = Rhythm(first=9, every=14)


def _tags(*words: str) -> frozenset[str]:
    return frozenset(words)


HOMES = (
    Home(
        "Tachiyuki Seiki",
        "jp",
        "tachiyuki-seiki.co.jp",
        (Part("own", 15),),
        (Change(0, NONE),),
        _tags("own"),
        0.9,
        net=nets.SMALL_FIRMS,
    ),
    Home(
        "Minasato City",
        "jp",
        "city.minasato.lg.jp",
        (Part("own", 14), Part("cuenote", 5, rhythm=NIGHTLY)),
        (Change(0, NONE),),
        _tags("own", "public"),
        1.1,
        net=nets.SMALL_FIRMS,
    ),
    Home(
        "Hoshigaoka Clinic",
        "jp",
        "hoshigaoka-med.or.jp",
        (Part("hosting", 7),),
        (Change(0, NONE),),
        _tags("hosting", "web"),
        0.6,
        net=nets.XSERVER,
    ),
    Home("Kirisawa Law", "jp", "kirisawa-law.jp", (Part("m365", 13, "selector1"),), (Change(0, QUARANTINE),), _tags("m365"), 0.8),
    Home(
        "Nekoyama Zakka",
        "jp",
        "nekoyama-zakka.com",
        (Part("gws", 7, "google"), Part("futureshop", 11, "fs2022", rhythm=SHOP), Part("blastmail", 7, "bm01", "", WEEKLY)),
        (Change(0, NONE), Change(41, QUARANTINE)),
        _tags("gws", "shop", "web"),
        1.3,
    ),
    Home(
        "Orikumo",
        "jp",
        "orikumo.jp",
        (
            Part("gws", 14, "google"),
            Part("ses_jp", 12, "5nqkdtl6ry3dkc2e7o3vwvj4fxyhbgaw", "bounce", SHOP),
            Part("hubspot", 3, "hs1-24517703", "", Rhythm(first=2, every=7)),
            Part("zendesk", 3, "zendesk1", "", SHOP),
        ),
        (Change(0, REJECT),),
        _tags("gws", "ses", "software"),
        1.4,
        sp=REJECT,
    ),
    Home(
        "Orikumo",
        "jp",
        "orikumo.cloud",
        (Part("ses_jp", 16, "q2tw5mfd7xkplh3zaejrvb6uyncgs4io", "bounce", NIGHTLY),),
        (Change(0, REJECT),),
        _tags("calm", "ses"),
        0.4,
    ),
    Home("Minagi Holdings", "jp", "minagi-brand.jp", (), (Change(0, REJECT),), _tags("parked"), 1.0),
    Home("Minagi Holdings", "jp", "minagi-brand.com", (), (Change(0, REJECT),), _tags("parked"), 1.5),
    Home("Minagi Holdings", "jp", "minagi.net", (), (Change(0, NONE),), _tags("parked"), 0.7),
    Home(
        "Hamakaze Logistics",
        "jp",
        "hamakaze-butsuryu.co.jp",
        (Part("own", 20, "202403"),),
        (Change(0, NONE),),
        _tags("own", "group"),
        1.0,
        net=nets.SMALL_FIRMS,
    ),
    Home(
        "Kuonsou Inn",
        "jp",
        "kuonsou.jp",
        (Part("hosting", 6, "default", rhythm=SHOP),),
        (Change(0, QUARANTINE),),
        _tags("calm", "hosting"),
        0.4,
        net=nets.SAKURA,
    ),
    Home(
        "Lindhorst Werkzeug",
        "de",
        "lindhorst-werkzeug.de",
        (Part("hornet", 19, "hse1"), Part("cleverreach", 6, "crsend1", "", MONTHLY)),
        (Change(0, QUARANTINE),),
        _tags("gateway", "shop"),
        1.1,
        tail="-all",
    ),
    Home(
        "Briar Creek Schools",
        "us",
        "briarcreekschools.org",
        (Part("gws", 22, "google"), Part("schoolmessenger", 7, "", "@", Rhythm(week=(1, 1, 1, 1, 1.5, 0.1, 0.2), calm=0.5))),
        (Change(0, NONE),),
        _tags("gws", "public", "web"),
        1.2,
    ),
    Home(
        "Harlan Pipe",
        "us",
        "harlanpipe.com",
        (
            Part("ppe", 19, "selector1"),
            Part("mailchimp", 5, "k2", "", Rhythm(first=6, every=14)),
            Part("salesforce", 4, "sf2021", "", SHOP),
        ),
        (Change(0, REJECT),),
        _tags("m365", "gateway", "payroll"),
        1.3,
        tail="-all",
    ),
    Home(
        "Agencia Pipa",
        "br",
        "agenciapipa.com.br",
        (Part("gws", 8, "google"),),
        (Change(0, QUARANTINE),),
        _tags("gws", "agency"),
        0.8,
    ),
    Home(
        "Agencia Pipa",
        "br",
        "padariatrigal.com.br",
        (Part("locaweb", 5),),
        (Change(0, NONE),),
        _tags("hosting", "customer", "web"),
        0.7,
        tail="-all",
    ),
    Home(
        "Agencia Pipa",
        "br",
        "lojacajuina.com.br",
        (Part("gws", 4, "google"), Part("rdstation", 6, "rd1", "", WEEKLY)),
        (Change(0, NONE), Change(60, QUARANTINE)),
        _tags("gws", "customer", "shop", "web"),
        0.9,
    ),
    Home(
        "Agencia Pipa",
        "br",
        "clinicaverdemar.com.br",
        (Part("m365", 5, "selector1"),),
        (Change(0, NONE),),
        _tags("m365", "customer"),
        0.6,
    ),
    Home(
        "Voile Brenac",
        "fr",
        "voile-brenac.fr",
        (Part("ovh", 5),),
        (Change(0, NONE),),
        _tags("hosting", "club", "web"),
        0.6,
        tail="?all",
    ),
    Home(
        "Vidyasetu Institute",
        "in",
        "vidyasetu-institute.in",
        (Part("gws", 11, "google"), Part("sendgrid", 7, "s1", "em4417", SHOP)),
        (Change(0, NONE), Change(52, QUARANTINE, 50)),
        _tags("gws", "sendgrid", "public"),
        1.0,
    ),
)


def owners() -> tuple[Owner, ...]:
    """The owners, with their parked and their untroubled domains."""
    names = dict.fromkeys(home.owner for home in HOMES)
    mine = {name: [home for home in HOMES if home.owner == name] for name in names}
    return tuple(
        Owner(
            name,
            tuple(home.domain for home in homes),
            tuple(home.domain for home in homes if "parked" in home.tags),
            tuple(home.domain for home in homes if "calm" in home.tags),
        )
        for name, homes in mine.items()
    )
