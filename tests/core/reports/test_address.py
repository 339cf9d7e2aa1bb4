"""Addresses come in one canonical text."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.reports.address import canonical


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("192.000.002.001", "192.0.2.1"),
        ("192.0.2.1:25", "192.0.2.1"),
        ("[192.0.2.1]", "192.0.2.1"),
        ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
        ("2001:db8:0:1::0", "2001:db8:0:1::"),
        ("[2001:db8::1]:25", "2001:db8::1"),
        ("IPv6:2001:db8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::ffff:c000:201", "192.0.2.1"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("", None),
        ("256.0.2.1", None),
        ("192.0.2", None),
        ("2001:db8::1::2", None),
        ("mail.example.com", None),
        ("1" * 10_000, None),
        ("192.0.2.1\n", "192.0.2.1"),
        ("１９２.0.2.1", None),
    ],
)
def test_address_in_its_canonical_text(text: str, address: str | None) -> None:
    assert canonical(text) == address


@given(st.ip_addresses(v=4))
def test_every_ipv4_address_stays_as_it_is(address: IPv4Address) -> None:
    assert canonical(str(address)) == str(address)


@given(st.ip_addresses(v=6))
def test_every_ipv6_address_is_written_by_rfc_5952(address: IPv6Address) -> None:
    assert canonical(address.exploded.upper()) == str(address.ipv4_mapped or address)


@given(st.text(alphabet="0123456789abcdef:.[]% ", max_size=40))
def test_what_comes_out_is_an_address_and_stays_one(text: str) -> None:
    found = canonical(text)
    assert found is None or canonical(found) == found


@given(st.lists(st.sampled_from(["0", "0", "1", "db8", "ffff", "01", "A", "", "12345"]), min_size=1, max_size=9))
def test_only_an_ipv6_address_in_canonical_text_stays_as_it_is(groups: list[str]) -> None:
    text = ":".join(groups)
    try:
        parsed = IPv6Address(text)
    except ValueError:
        assert canonical(text) is None
        return
    assert canonical(text) == str(parsed.ipv4_mapped or parsed)
