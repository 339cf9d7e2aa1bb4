"""Made-up zones for property tests: a handful of domains whose records name one another, and addresses that often match."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from sekisho.core.questions import FAILED, NODATA, NXDOMAIN, Answer, Question, found

DOMAINS = [f"d{n}.test" for n in range(5)]
HOSTS = [f"h{n}.d{n % 3}.test" for n in range(4)]
"""h0 and h1 have addresses of both families, h2 of IPv4 only, h3 none."""
ADDRESSES = [f"192.0.2.{n}" for n in range(12)] + [f"2001:db8::{n:x}" for n in range(12)]

Zone = Mapping[tuple[str, str], Answer]

_qualifier = st.sampled_from(["", "", "+", "-", "~", "?"])
_cidr4 = st.sampled_from(["", "", "/32", "/30", "/29", "/0"])
_cidr6 = st.sampled_from(["", "", "//128", "//126", "//125"])
_domain = st.sampled_from(DOMAINS)
_host = st.sampled_from([*HOSTS, "no.test", "void.d0.test", "h%{l}.%{o}", "%{l1r-}.d1.test", "h0.%{d1r}.test", "h0.%{d}"])


def _join(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


_known = [
    _join(_qualifier, st.just("ip4:192.0.2."), st.integers(0, 11).map(str), _cidr4),
    _join(
        _qualifier, st.just("ip6:2001:db8::"), st.integers(0, 11).map("{:x}".format), st.sampled_from(["", "/128", "/126", "/125"])
    ),
    _join(_qualifier, st.just("a"), _cidr4, _cidr6),
    _join(_qualifier, st.just("a:"), _host, _cidr4, _cidr6),
    _join(
        _qualifier,
        st.sampled_from(["mx", "mx:"]).flatmap(lambda w: _domain.map(lambda d: w + d) if w == "mx:" else st.just(w)),
        _cidr4,
    ),
    _join(_qualifier, st.just("exists:"), _host),
    _join(_qualifier, st.just("include:"), _domain),
]
_odd = st.sampled_from(
    ["foo=bar", "foo.1=%{d}", "a:", "ip4:1.2.3", "ip4:192.0.2.1/33", "moo", "all:x", "exists", "A:h0.d0.test", "a:h0.%(x)"]
)
_last = st.sampled_from(
    ["-all", "~all", "?all", "+all", "", "redirect=d1.test", "redirect=d2.test", "redirect=d0.test", "redirect=no.test"]
)


@st.composite
def records(draw: st.DrawFn, domain: str) -> str:
    """A record of a domain, now and then with a mistake; never with an include of itself."""
    terms = draw(st.lists(st.one_of(*_known), max_size=6))
    if not draw(st.integers(0, 12)):
        terms.insert(0, draw(_odd))
    words = ["v=spf1", *(term for term in terms if not term.endswith("include:" + domain)), draw(_last)]
    return " ".join(word for word in words if word and word != "redirect=" + domain)


@st.composite
def zones(draw: st.DrawFn, *, failures: bool = True) -> Zone:
    """The zones of all domains."""
    zone: dict[tuple[str, str], Answer] = {}
    for domain in DOMAINS:
        kind = draw(st.integers(0, 20))
        texts = [] if kind == 0 else [draw(records(domain)) for _ in range(2 if kind == 1 else 1)]
        zone[domain, "TXT"] = FAILED if failures and kind == 2 else found(*texts, "other text")
        if draw(st.booleans()):
            zone[domain, "A"] = _found(draw, ADDRESSES[:12])
            zone[domain, "AAAA"] = _found(draw, ADDRESSES[12:])
        count = draw(st.sampled_from([0, 1, 1, 2, 11]))
        names = HOSTS[:2] * 6 if count != 1 else [draw(st.sampled_from(HOSTS))]
        if count:
            zone[domain, "MX"] = found(*(f"{n} {name}" for n, name in enumerate(names[:count])))
    for host in HOSTS[:3]:
        zone[host, "A"] = _found(draw, ADDRESSES[:12])
    for host in HOSTS[:2]:
        zone[host, "AAAA"] = _found(draw, ADDRESSES[12:])
    if failures and not draw(st.integers(0, 5)):
        zone["h1.d1.test", "A"] = zone["h1.d1.test", "AAAA"] = FAILED
    return zone


def _found(draw: st.DrawFn, addresses: list[str]) -> Answer:
    return found(*draw(st.lists(st.sampled_from(addresses), min_size=1, max_size=3, unique=True)))


def answer(zone: Zone, question: Question) -> Answer:
    """The answer of a zone."""
    known = zone.get((question.name, question.rtype))
    if known is not None:
        return known
    return NODATA if any(name == question.name for name, _ in zone) else NXDOMAIN
