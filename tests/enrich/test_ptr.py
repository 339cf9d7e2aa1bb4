"""Host names and their confirmation, from tables."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from sekisho.core.questions import FAILED, NODATA, NXDOMAIN
from sekisho.core.terms import Found
from sekisho.enrich.address import askable, reversed_in
from sekisho.enrich.ptr import MAX_NAMES, HostName, host_name
from tests.enrich.table import Table, from_table

REVERSE = ("7.2.0.192.in-addr.arpa", "PTR")
REVERSE6 = ("1" + ".0" * 23 + ".8.b.d.0.1.0.0.2.ip6.arpa", "PTR")
YES, NO, UNKNOWN = Found.YES, Found.NO, Found.UNKNOWN


@pytest.mark.parametrize(
    ("what", "table", "expected"),
    [
        ("confirmed", {REVERSE: "mail.example.test", ("mail.example.test", "A"): "192.0.2.7"}, (YES, "mail.example.test", YES)),
        ("one of several addresses", {REVERSE: "a.test", ("a.test", "A"): ("192.0.2.6", "192.0.2.7")}, (YES, "a.test", YES)),
        (
            "leads elsewhere",
            {REVERSE: "mail.example.test", ("mail.example.test", "A"): "192.0.2.8"},
            (YES, "mail.example.test", NO),
        ),
        ("leads nowhere", {REVERSE: "mail.example.test"}, (YES, "mail.example.test", NO)),
        ("no address of this family", {REVERSE: "a.test", ("a.test", "A"): NODATA}, (YES, "a.test", NO)),
        ("forward look-up fails", {REVERSE: "a.test", ("a.test", "A"): FAILED}, (YES, "a.test", UNKNOWN)),
        ("no name", {REVERSE: NXDOMAIN}, (NO, "", UNKNOWN)),
        ("no data", {REVERSE: NODATA}, (NO, "", UNKNOWN)),
        ("reverse look-up fails", {REVERSE: FAILED}, (UNKNOWN, "", UNKNOWN)),
        (
            "upper case and final dot",
            {REVERSE: "Mail.Example.TEST.", ("mail.example.test", "A"): "192.0.2.7"},
            (YES, "mail.example.test", YES),
        ),
        (
            "of several the confirmed one",
            {REVERSE: ("a.test", "z.test"), ("a.test", "A"): "192.0.2.8", ("z.test", "A"): "192.0.2.7"},
            (YES, "z.test", YES),
        ),
        ("of several unconfirmed the first", {REVERSE: ("z.test", "b.test")}, (YES, "b.test", NO)),
        (
            "one fails, none confirms",
            {REVERSE: ("a.test", "b.test"), ("a.test", "A"): FAILED, ("b.test", "A"): "192.0.2.8"},
            (YES, "a.test", UNKNOWN),
        ),
        (
            "junk beside a name",
            {REVERSE: ("localhost", "192.0.2.7", "ok.test"), ("ok.test", "A"): "192.0.2.7"},
            (YES, "ok.test", YES),
        ),
        ("an underscore", {REVERSE: "a_b.test", ("a_b.test", "A"): "192.0.2.7"}, (YES, "a_b.test", YES)),
        ("an internationalised name", {REVERSE: "xn--eckwd4c7c.xn--zckzah"}, (YES, "xn--eckwd4c7c.xn--zckzah", NO)),
    ],
)
def test_the_host_name_is_told(what: str, table: Table, expected: tuple[Found, str, Found]) -> None:
    assert from_table(host_name(ip_address("192.0.2.7")), table)[0] == HostName(*expected)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "localhost",
        "localhost.localdomain",
        "router.lan",
        "7.2.0.192.in-addr.arpa",
        "192.0.2.7",
        "a.123",
        "-a.test",
        "a b.test",
        "a\\.b.test",
        "<script>.test",
        "a..test",
        "x" * 64 + ".test",
        "a." * 130 + "test",
        "mail.example.test\n",
    ],
)
def test_what_is_no_host_name_counts_as_none_and_is_not_followed(name: str) -> None:
    told, asked = from_table(host_name(ip_address("192.0.2.7")), {REVERSE: (name,)})
    if name.strip() == "mail.example.test":  # `normal` takes blanks away
        assert told.name == "mail.example.test"
    else:
        assert told == HostName(NO, "", UNKNOWN)
        assert len(asked) == 1


def test_ipv6_is_confirmed_by_aaaa_in_any_spelling() -> None:
    table: Table = {REVERSE6: "six.test", ("six.test", "AAAA"): "2001:0db8:0:0::1", ("six.test", "A"): "192.0.2.7"}
    told, asked = from_table(host_name(ip_address("2001:db8::1")), table)
    assert told == HostName(YES, "six.test", YES)
    assert [question.rtype for question in asked] == ["PTR", "AAAA"]


def test_an_address_with_a_thousand_names_costs_few_questions() -> None:
    _, asked = from_table(host_name(ip_address("192.0.2.7")), {REVERSE: tuple(f"host{n}.test" for n in range(1000))})
    assert len(asked) == 1 + MAX_NAMES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:DB8::1", "2001:db8::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("10.1.2.3", None),
        ("127.0.0.1", None),
        ("100.64.1.1", None),
        ("169.254.1.1", None),
        ("224.0.0.1", None),
        ("0.0.0.0", None),  # noqa: S104
        ("::", None),
        ("::1", None),
        ("fe80::1", None),
        ("fe80::1%eth0", None),
        ("2001:db8::1%eth0", None),
        ("fd00::1", None),
        ("::ffff:10.0.0.1", None),
        ("junk", None),
        ("", None),
    ],
)
def test_only_hosts_of_the_internet_are_asked_about(text: str, expected: str | None) -> None:
    ip = askable(text)
    assert (None if ip is None else str(ip)) == expected


def test_addresses_are_turned_around() -> None:
    assert reversed_in(ip_address("192.0.2.7"), "bl.test") == "7.2.0.192.bl.test"
    assert reversed_in(ip_address("2001:db8::1"), "bl.test") == "1" + ".0" * 23 + ".8.b.d.0.1.0.0.2.bl.test"
