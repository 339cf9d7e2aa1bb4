"""The same results as pyspf over made-up zones, and ranges that say the same as the whole check."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from tests.core.spf.published import pyspf
from tests.core.spf.zones import ADDRESSES, DOMAINS, Zone, answer, zones

from sekisho.core.questions import Question, answered
from sekisho.core.spf.check import check_mail_from
from sekisho.core.spf.networks import OPEN, flatten
from sekisho.core.spf.tree import spf_tree
from sekisho.core.spf.values import Client

SENDERS = ["0@d0.test", "h0-x@d0.test", "1@d1.test"]


def by_pyspf(zone: Zone, address: str, sender: str) -> str:
    module = pyspf()

    def look_up(name: str, qtype: str, *_: object) -> Iterator[tuple[tuple[str, str], Any]]:
        got = answer(zone, Question(name.lower(), qtype))
        if got.failed:
            raise module.TempError("no answer")
        for value in got.values:
            made: Any = value
            if qtype == "TXT":
                made = (value.encode(),)
            elif qtype == "AAAA":
                made = IPv6Address(value).packed
            elif qtype == "MX":
                made = (int(value.split()[0]), value.split()[1])
            yield (name, qtype), made

    module.DNSLookup = look_up
    return str(module.query(i=address, s=sender, h="helo.test").check()[0])


def counts_ahead(zone: Zone) -> bool:
    """Whether a redirect could be counted that is not reached: pyspf counts it when it reads the record, RFC 7208, 4.6.4 on use."""
    return any("redirect=" in text for (_, rtype), said in zone.items() if rtype == "TXT" for text in said.values)


def asks_ahead(zone: Zone) -> bool:
    """Whether an `mx` has several hosts of which one fails: pyspf asks for all before it compares, we one after the other."""
    failed = any(said.failed for (_, rtype), said in zone.items() if rtype == "A")
    return failed and any(len(said.values) > 1 for (_, rtype), said in zone.items() if rtype == "MX")


@settings(max_examples=250)
@given(zones(), st.sampled_from(ADDRESSES), st.sampled_from(SENDERS))
def test_it_says_what_pyspf_says(zone: Zone, address: str, sender: str) -> None:
    assume(not asks_ahead(zone))
    ours = answered(check_mail_from(Client(ip_address(address), "helo.test"), sender), lambda q: answer(zone, q))
    theirs = by_pyspf(zone, address, sender)
    event(ours.result.value)
    if theirs == "permerror" != ours.result.value and counts_ahead(zone):
        assume(ours.lookups < 6)
    assert ours.result.value == theirs, ours


@settings(max_examples=150)
@given(zones(), st.sampled_from(DOMAINS))
def test_ranges_say_what_the_whole_check_says(zone: Zone, domain: str) -> None:
    networks = flatten(answered(spf_tree(domain), lambda q: answer(zone, q)))
    event("exact" if networks.is_exact else "open")
    others = [*ADDRESSES, "192.0.2.200", "198.51.100.1", "::ffff:192.0.2.1", "2001:db8:1::1", "255.255.255.255", "0.0.0.0", "::"]  # noqa: S104
    for address in others:
        whole = answered(check_mail_from(Client(ip_address(address), "h"), f"0@{domain}"), lambda q: answer(zone, q))
        quick = networks.permits(address)
        assert quick in (OPEN, whole.result), (address, whole)


@settings(max_examples=150)
@given(zones(failures=False), st.sampled_from(DOMAINS))
def test_a_tree_counts_no_less_than_a_check(zone: Zone, domain: str) -> None:
    tree = answered(spf_tree(domain), lambda q: answer(zone, q))
    whole = answered(check_mail_from(Client(IPv4Address("203.0.113.1"), "h"), f"0@{domain}"), lambda q: answer(zone, q))
    lines = list(tree.lines())
    assert len(lines) == sum(len(node.branches) for node in tree.nodes.values())
    if not tree.count.loops:
        assert whole.lookups <= tree.count.lookups
