"""Addresses as sortable text, against the standard library."""

from __future__ import annotations

import ipaddress

from hypothesis import given
from hypothesis import strategies as st

from sekisho.store.span import canonical, span_of, spans_of

addresses = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6))


@given(addresses, addresses)
def test_text_sorts_as_the_numbers_do(one: ipaddress.IPv4Address, other: ipaddress.IPv4Address) -> None:
    by_text = span_of(str(one))[0] < span_of(str(other))[0]
    assert by_text == ((one.version, int(one)) < (other.version, int(other)))


@given(addresses, st.integers(0, 128), addresses)
def test_a_network_holds_just_its_addresses(base: ipaddress.IPv4Address, prefix: int, other: ipaddress.IPv4Address) -> None:
    network = ipaddress.ip_network(f"{base}/{min(prefix, base.max_prefixlen)}", strict=False)
    spans = spans_of(str(network))
    assert spans is not None
    first, last = spans
    for address in (base, other, network[0], network[-1]):
        assert (first <= span_of(str(address))[0] <= last) == (address in network)


@given(addresses)
def test_the_network_of_an_address_is_that_of_the_standard_library(address: ipaddress.IPv4Address) -> None:
    assert span_of(str(address))[1] == str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))


@given(st.text())
def test_any_text_is_an_address_or_nothing(text: str) -> None:
    span, network = span_of(text)
    assert bool(span) == bool(network)
    assert canonical(text)[:1] == text[:1] or span
    if spans := spans_of(text):
        assert spans[0] <= spans[1]
