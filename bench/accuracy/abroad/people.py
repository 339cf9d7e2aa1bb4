"""The owners of the world abroad and the homes of their mail: domains, policies, and by which ways they send properly."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.accuracy.labels import Owner

Step = tuple[int, str, int]
"""From which day which policy holds, and its pct."""


@dataclass(frozen=True)
class Home:
    """A registered domain and the mail it sends properly."""

    domain: str
    public: str
    """Whose receivers it writes to: a key of `postoffices.PUBLICS`."""
    ways: tuple[tuple[str, float, str], ...] = ()
    """(`own` or a service, messages a day at receivers that report, rhythm)."""
    policy: tuple[Step, ...] = ((0, "none", 100),)
    traits: frozenset[str] = frozenset()
    """`dkim`: signs; `own`, `m365`, `google`, ...: its ways; `strict`: alignment; `crowded`: SPF needs more than ten look-ups."""
    parked: bool = False
    untroubled: bool = False
    fail: str = "~all"
    selectors: tuple[str, ...] = field(default=("s1",))

    @property
    def signs(self) -> bool:
        """Whether its usual mail is signed."""
        return "dkim" in self.traits

    def policy_on(self, day: int) -> tuple[str, int]:
        """Policy and pct of a day."""
        return [(p, pct) for first, p, pct in self.policy if first <= day][-1]


def _home(domain: str, public: str, ways: str, policy: tuple[Step, ...], traits: str = "dkim", **more: object) -> Home:
    """A home; `ways` as `own:12:office google:30:office`."""
    parts = [w.split(":") for w in ways.split()]
    kept = frozenset(traits.split()) | {w[0] for w in parts} | {public}
    return Home(domain, public, tuple((w[0], float(w[1]), w[2]) for w in parts), policy, kept, **more)  # type: ignore[arg-type]


NONE: tuple[Step, ...] = ((0, "none", 100),)
REJECT: tuple[Step, ...] = ((0, "reject", 100),)
HALF: tuple[Step, ...] = ((0, "quarantine", 50),)
RISING: tuple[Step, ...] = ((0, "none", 100), (33, "quarantine", 25), (54, "quarantine", 100))

HOMES = (
    _home("hanagasa-seika.example", "jp", "own:10:shop sendgrid:30:shop", NONE, selectors=("hs2025",)),
    _home("kitano-bank.example", "jp", "own:24:office ses_tokyo:24:steady", REJECT, selectors=("kb1", "kb2"), fail="-all"),
    _home("kitano-securities.example", "jp", "m365:9:office", ((0, "quarantine", 100),), "dkim strict", selectors=("selector1",)),
    _home("kitano-card.example", "jp", "", REJECT, "", parked=True, fail="-all"),
    _home("lindqvist-ferries.example", "nordic", "google:12:office sendgrid:26:shop", HALF, selectors=("google", "s1")),
    _home("uni-grauburg.example", "de", "own:46:office", NONE, "dkim", selectors=("mx2019",)),
    _home("grauburg-klinikum.example", "de", "own:10:office", NONE, ""),
    _home("torii-creative.example", "jp", "google:8:office", RISING, selectors=("google",)),
    _home("aosagi-coffee.example", "jp", "mailchimp:20:weekly3 google:3:office", NONE, selectors=("k1",)),
    _home("fukiya-hotel.example", "jp", "own:7:shop", NONE, "", fail="?all"),
    _home("tobira-books.example", "jp", "ses_tokyo:14:shop", REJECT, selectors=("tb",), fail="-all"),
    _home("suzunari-clinic.example", "jp", "m365:4:office", NONE, "", fail="-all"),
    _home("oakhollow-k12.example", "us", "google:34:office", NONE, "dkim crowded", selectors=("google",)),
    _home("brightfen.example", "uk", "m365:22:office salesforce:20:steady", REJECT, "dkim strict", selectors=("selector2", "sf")),
    _home("brightfen-mail.example", "uk", "mailchimp:26:weekly1", REJECT, selectors=("k2",), fail="-all"),
    _home("castellan-holdings.example", "uk", "", REJECT, "", parked=True, fail="-all"),
    _home("castellan-estates.example", "us", "", REJECT, "", parked=True, fail="-all"),
    _home("castellan-trust.example", "de", "", ((0, "none", 100),), "", parked=True, fail="-all"),
    _home("castellan-kk.example", "jp", "", REJECT, "", parked=True, fail="-all"),
    _home("shiosai-town.example", "jp", "own:16:office", NONE, "", fail="~all"),
    _home("clinique-tilleuls.example", "fr", "own:9:office", NONE, "", fail="~all"),
    _home("boreal-logistics.example", "us", "proofpoint:20:office m365:10:office", ((0, "quarantine", 100),), selectors=("pps1",)),
    _home("ishikawa-kogei.example", "jp", "google:7:shop", NONE, "dkim", selectors=("google",), untroubled=True),
    _home("pemberton-seeds.example", "us", "own:12:shop", ((0, "quarantine", 100),), "", untroubled=True, fail="-all"),
    _home("novotnik-nastroje.example", "cz", "own:12:office", NONE, "dkim", selectors=("mail",)),
    _home("solheim-media.example", "nordic", "mailgun:34:weekly2 m365:8:office", RISING, selectors=("mg", "selector1")),
    _home("maison-verlaine.example", "fr", "brevo:24:weekly4 google:4:office", NONE, "dkim", selectors=("mail", "google")),
)


def _owner(name: str, *words: str) -> Owner:
    mine = [h for h in HOMES if h.domain.removesuffix(".example") in words]
    assert len(mine) == len(words), name
    return Owner(
        name,
        tuple(h.domain for h in mine),
        tuple(h.domain for h in mine if h.parked),
        tuple(h.domain for h in mine if h.untroubled),
    )


OWNERS = (
    _owner("花笠製菓", "hanagasa-seika"),
    _owner("北野銀行", "kitano-bank", "kitano-securities", "kitano-card"),
    _owner("Lindqvist Färjor AB", "lindqvist-ferries"),
    _owner("Universität Grauburg", "uni-grauburg", "grauburg-klinikum"),
    _owner("トリイクリエイティブ", "torii-creative", "aosagi-coffee", "fukiya-hotel", "tobira-books", "suzunari-clinic"),
    _owner("Oakhollow School District", "oakhollow-k12"),
    _owner("Brightfen Retail plc", "brightfen", "brightfen-mail"),
    _owner("Castellan Holdings", "castellan-holdings", "castellan-estates", "castellan-trust", "castellan-kk"),
    _owner("潮騒町", "shiosai-town"),
    _owner("Clinique des Tilleuls", "clinique-tilleuls"),
    _owner("Boreal Logistics Inc.", "boreal-logistics"),
    _owner("石川工藝", "ishikawa-kogei"),
    _owner("Pemberton Seeds", "pemberton-seeds"),
    _owner("Novotník nástroje s.r.o.", "novotnik-nastroje"),
    _owner("Solheim Media AS", "solheim-media"),
    _owner("Maison Verlaine", "maison-verlaine"),
)
