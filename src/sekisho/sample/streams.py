"""The streams of mail in the sample world: who sends in whose name, authenticated how, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sekisho.core.reports.values import DkimAuth, SpfAuth
from sekisho.core.terms import AuthResult, Override, Policy, SpfScope
from sekisho.sample import cast
from sekisho.sample.cast import Host

EPOCH = date(1970, 1, 1).toordinal()
"""Ordinal of day 0."""

HOLIDAYS = frozenset({(1, 1), (1, 2), (1, 3), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23)})
"""Japanese holidays that keep their date, as (month, day)."""

THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Messages a day: on workdays, on days off, on Thursdays on top, and on the last days of the world on top."""

    workday: float = 0
    day_off: float = 0
    thursday: float = 0
    finale: tuple[float, ...] = ()
    starts: int = -10_000
    """First and last day, counted from the last day of the world."""
    ends: int = 0

    def mean(self, day: int, last_day: int) -> float:
        """The expected number of messages on a day since 1970-01-01."""
        left = last_day - day
        if not self.starts <= -left <= self.ends:
            return 0
        today = date.fromordinal(EPOCH + day)
        is_off = today.weekday() >= 5 or (today.month, today.day) in HOLIDAYS
        mean = self.day_off if is_off else self.workday
        if today.weekday() == THURSDAY:
            mean += self.thursday
        if left < len(self.finale):
            mean += self.finale[-1 - left]
        return mean


@dataclass(frozen=True, slots=True)
class Passage:
    """One way a stream's mail is authenticated, and how much of it."""

    share: float = 1.0
    dkim: tuple[DkimAuth, ...] = ()
    spf: tuple[SpfAuth, ...] = ()
    dkim_aligned: bool = False
    spf_aligned: bool = False
    envelope_from: str = ""
    excuse: Override = Override.ABSENT
    """What a receiver that recognises the detour gives as its reason."""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Stream:
    """Mail of one kind. `reach` names the only reporters that see it, with their shares; empty means all by their size."""

    name: str
    domain: str
    header_from: str
    hosts: tuple[Host, ...]
    passages: tuple[Passage, ...]
    rhythm: Rhythm
    weights: tuple[float, ...] = ()
    """Of the hosts; empty means equal."""
    reach: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnDomain:
    """A domain of the organisation; `steps` are its policies and the day each began, counted from the last day."""

    name: str
    steps: tuple[tuple[int, Policy], ...]

    def policy(self, day: int, last_day: int) -> Policy:
        """The policy published on a day."""
        current = self.steps[0][1]
        for start, policy in self.steps:
            if day - last_day >= start:
                current = policy
        return current


DOMAINS = (
    OwnDomain("example.co.jp", ((-10_000, Policy.NONE),)),
    OwnDomain("example.jp", ((-10_000, Policy.NONE), (-66, Policy.QUARANTINE))),
    OwnDomain("example.com", ((-10_000, Policy.REJECT),)),
)

PASS, FAIL, SOFTFAIL, NONE = AuthResult.PASS, AuthResult.FAIL, AuthResult.SOFTFAIL, AuthResult.NONE


def dkim(domain: str, selector: str, result: AuthResult = PASS) -> DkimAuth:
    """One DKIM result."""
    return DkimAuth(domain, selector, result)


def mfrom(domain: str, result: AuthResult = PASS) -> tuple[SpfAuth, ...]:
    """The SPF result of MAIL FROM."""
    return (SpfAuth(domain, SpfScope.MFROM, result),)


def _good(domain: str, selector: str, envelope: str = "", *also: DkimAuth, share: float = 1.0) -> Passage:
    """Both mechanisms pass and are aligned."""
    envelope = envelope or domain
    return Passage(share, (dkim(domain, selector), *also), mfrom(envelope), True, True, envelope)


def _own(domain: str, selector: str) -> tuple[Passage, ...]:
    """A server in order; now and then a receiver has trouble with a key."""
    trouble = (dkim(domain, selector, AuthResult.TEMPERROR),)
    broken = (dkim(domain, selector, FAIL),)
    return (
        _good(domain, selector, share=0.991),
        Passage(0.003, trouble, mfrom(domain), False, True, domain),
        Passage(0.004, broken, mfrom(domain), False, True, domain),
        Passage(0.002, (dkim(domain, selector),), (), True, False, ""),
    )


def _forwarded(
    domain: str, selector: str, forwarder: str, broken: float, excuse: Override = Override.FORWARDED
) -> tuple[Passage, ...]:
    """Passed on with the envelope rewritten; the signature holds unless the body was touched, as it is for `broken` of it."""
    kept = mfrom(domain, FAIL)
    arc = f"arc=pass as[1].d={forwarder} as[1].s=arc2026 smtp.remote-ip=192.0.2.10"
    return (
        Passage(1 - broken, (dkim(domain, selector),), mfrom(forwarder), True, False, forwarder),
        Passage(broken * 0.5, (dkim(domain, selector, FAIL),), mfrom(forwarder), False, False, forwarder, excuse),
        Passage(
            broken * 0.3, (dkim(domain, selector, FAIL),), mfrom(forwarder), False, False, forwarder, Override.LOCAL_POLICY, arc
        ),
        Passage(broken * 0.2, (dkim(domain, selector, FAIL),), kept, False, False, domain, excuse),
    )


def _unsigned(domain: str, result: AuthResult) -> tuple[Passage, ...]:
    """No signature, and the host is not in the SPF record."""
    return (Passage(1.0, (), mfrom(domain, result), False, False, domain),)


def _foreign(envelope: str, *signed: DkimAuth) -> tuple[Passage, ...]:
    """Everything passes, but for another domain."""
    return (Passage(1.0, signed, mfrom(envelope), False, False, envelope),)


def _background(domain: str, header_from: str, a_day: float) -> tuple[Stream, ...]:
    """What every known domain suffers: a few forged messages a day from everywhere."""

    def stream(name: str, hosts: tuple[Host, ...], passages: tuple[Passage, ...], share: float) -> Stream:
        rhythm = Rhythm(a_day * share, a_day * share * 1.2)
        return Stream(f"{name} {header_from}", domain, header_from, hosts, passages, rhythm)

    invaded = _foreign("www-data.cloud-servers.example", dkim("cloud-servers.example", "k1"))
    fake = (Passage(1.0, (dkim(header_from, "default", FAIL),), mfrom(header_from, FAIL), False, False, header_from),)
    return (
        stream("bots", cast.BOTS, _unsigned(header_from, SOFTFAIL), 0.6),
        stream("invaded", cast.INVADED, invaded, 0.28),
        stream("imitators", cast.IMITATORS, fake, 0.12),
    )


BURST_REACH = (("google.com", 0.58), ("Outlook.com", 0.24), ("mail.example.ne.jp", 0.11), ("Yahoo", 0.05), ("mx.example.de", 0.02))
_BURST = (Passage(1.0, (), mfrom("bounce.vps-hosting.example"), False, False, "bounce.vps-hosting.example"),)
_SERVICE = (dkim("survey-mail.example", "s1"),)
_RECRUIT_DKIM = dkim("recruit-service.example", "r1")
_LIST_ENVELOPE = "lists.example.org"

STREAMS = (
    # example.co.jp: the company's mail, still only watched
    Stream("own", "example.co.jp", "example.co.jp", cast.OWN, _own("example.co.jp", "s2026a"), Rhythm(8128, 1260), (0.6, 0.4)),
    Stream(
        "groupware", "example.co.jp", "example.co.jp", cast.GROUPWARE,
        (_good("example.co.jp", "works1", "example.co.jp", dkim("works.example.net", "wk7")),),
        Rhythm(2995, 464), (0.5, 0.4, 0.1),
    ),
    Stream("erp", "example.co.jp", "example.co.jp", cast.ERP, _unsigned("example.co.jp", SOFTFAIL), Rhythm(46, 10)),
    Stream(
        "osaka", "example.co.jp", "example.co.jp", cast.OSAKA, _unsigned("example.co.jp", SOFTFAIL), Rhythm(15.5, 2.5, starts=-70)
    ),
    Stream(
        "provider", "example.co.jp", "example.co.jp", cast.PROVIDER,
        _forwarded("example.co.jp", "s2026a", "mail.example.ne.jp", 0.45), Rhythm(262, 147), (0.4, 0.3, 0.2, 0.1),
    ),
    Stream(
        "alumni", "example.co.jp", "example.co.jp", cast.ALUMNI,
        _forwarded("example.co.jp", "s2026a", "alumni.example.ac.jp", 0.8), Rhythm(75, 52),
    ),
    Stream(
        "list", "example.co.jp", "example.co.jp", cast.LISTS,
        _forwarded("example.co.jp", "works1", _LIST_ENVELOPE, 1.0, Override.MAILING_LIST), Rhythm(25, 4),
    ),
    Stream(
        "gateway", "example.co.jp", "example.co.jp", cast.GATEWAY,
        _forwarded("example.co.jp", "s2026a", "gw.mailgate.example", 0.9), Rhythm(7, 1),
        reach=(("Enterprise Outlook", 0.8), ("google.com", 0.2)),
    ),
    *_background("example.co.jp", "example.co.jp", 5.0),
    *_background("example.co.jp", "accounts.example.co.jp", 0.7),
    Stream(
        "burst", "example.co.jp", "example.co.jp", cast.VPS, _BURST, Rhythm(finale=(420, 1780, 1865, 1378)),
        (0.627, 0.2286, 0.1444), BURST_REACH,
    ),
    # example.jp: the shop, quarantined since about two months
    Stream("shop", "example.jp", "example.jp", cast.SHOP, _own("example.jp", "shop2026"), Rhythm(2580, 2640), (0.7, 0.3)),
    Stream(
        "newsletter", "example.jp", "news.example.jp", cast.NEWSLETTER,
        (_good("example.jp", "nl2026", "b.news.example.jp", dkim("delivery.example", "d2")),), Rhythm(thursday=9600),
    ),
    Stream(
        "survey", "example.jp", "example.jp", cast.SURVEY, _foreign("bounce.survey-mail.example", *_SERVICE),
        Rhythm(thursday=477, starts=-76),
    ),
    Stream(  # the marketing people have begun to set the service up: the return path is theirs already on another server
        "survey trial", "example.jp", "example.jp", cast.SURVEY_TRIAL,
        (Passage(1.0, _SERVICE, mfrom("survey.example.jp"), False, True, "survey.example.jp"),), Rhythm(workday=3, starts=-55),
    ),
    Stream(
        "provider jp", "example.jp", "example.jp", cast.PROVIDER,
        _forwarded("example.jp", "shop2026", "mail.example.ne.jp", 0.4), Rhythm(70, 72, thursday=40),
    ),
    *_background("example.jp", "example.jp", 4.5),
    # example.com: the world-wide business, protected
    Stream("worldwide", "example.com", "example.com", cast.WORLDWIDE, _own("example.com", "w2026"), Rhythm(190, 130)),
    Stream("support", "example.com", "support.example.com", cast.WORLDWIDE, _own("example.com", "w2026"), Rhythm(45, 20)),
    Stream(
        "recruit before", "example.com", "example.com", cast.RECRUIT,
        _foreign("bounce.recruit-service.example", _RECRUIT_DKIM), Rhythm(9, 1, ends=-41),
    ),
    Stream(
        "recruit", "example.com", "example.com", cast.RECRUIT,
        (Passage(1.0, (dkim("example.com", "rec1"), _RECRUIT_DKIM), mfrom("bounce.recruit-service.example"), True, False,
                 "bounce.recruit-service.example"),), Rhythm(9, 1, starts=-40),
    ),
    *_background("example.com", "example.com", 4.9),
    Stream("burst com", "example.com", "example.com", cast.VPS[:1], _BURST, Rhythm(finale=(4, 36, 32, 24)), reach=BURST_REACH),
)  # fmt: skip
"""About 366,000 messages in 30 days, 1.6 % of them forged."""
