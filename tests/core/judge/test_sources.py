"""Sending groups: who an address belongs to, and who merely says so."""

import pytest

from sekisho.core.facts import Evidence
from sekisho.core.judge.book import BOOK
from sekisho.core.judge.hostnames import looks_dynamic
from sekisho.core.judge.sources import group_of, is_private, owner_of
from sekisho.core.terms import Found


def evidence(ptr: str = "", confirmed: Found = Found.UNKNOWN, address: str = "203.0.113.9", **more) -> Evidence:
    return Evidence(address, Found.YES if ptr else Found.UNKNOWN, ptr, confirmed, **more)


@pytest.mark.parametrize(
    ("known", "key"),
    [
        (evidence("o1.sendgrid.net", Found.YES), "svc.sendgrid"),
        (evidence("o1.sendgrid.net", Found.NO), "claim.sendgrid.net"),
        (evidence("o1.sendgrid.net", Found.UNKNOWN), "claim.sendgrid.net"),
        (evidence("mail.example.co.jp", Found.YES), "dom.example.co.jp"),
        (evidence("a.mail.example.co.jp", Found.NO), "claim.example.co.jp"),
        (evidence(as_domain="example.net", as_name="Example"), "net.example.net"),
        (evidence(asn=64501), "net.as64501"),
        (evidence(), "unknown"),
        (evidence(address="192.168.1.2", ptr="o1.sendgrid.net", confirmed=Found.YES), "net.private"),
        (evidence("p1234-ipngn.tokyo.ocn.ne.jp", Found.YES), "dom.ocn.ne.jp"),
        (evidence("mfgw601.ocn.ad.jp", Found.YES), "svc.ocn"),
    ],
)
def test_the_group_of_an_address(known, key):
    assert group_of(known, BOOK).key == key


def test_who_only_claims_a_name_is_never_in_the_group_of_those_who_have_it():
    true, false = evidence("mail.example.com", Found.YES), evidence("mail.example.com", Found.NO)
    assert group_of(true, BOOK).key != group_of(false, BOOK).key


def test_a_service_is_labelled_by_its_name():
    assert group_of(evidence("o1.sendgrid.net", Found.YES), BOOK).label == "SendGrid"


def test_a_service_owns_only_hosts_with_a_confirmed_name():
    assert owner_of(evidence("o1.sendgrid.net", Found.YES), BOOK).id == "sendgrid"
    assert owner_of(evidence("o1.sendgrid.net", Found.NO), BOOK) is None


@pytest.mark.parametrize(
    ("name", "address", "is_line"),
    [
        ("203-0-113-9.dynamic.example.net", "203.0.113.9", True),
        ("9.113.0.203.example.net", "203.0.113.9", True),
        ("cb007109.cable.example.net", "203.0.113.9", True),
        ("xcb007109.host.example.net", "203.0.113.9", True),
        ("p1234-ipngn100.tokyo.example.ne.jp", "203.0.113.9", True),
        ("out203-0-113-9.mail.example.net", "203.0.113.9", False),
        ("mail.example.net", "203.0.113.9", False),
        ("mx1-2-3-4.example.net", "203.0.113.9", False),
        ("example.net", "203.0.113.9", False),
        ("", "203.0.113.9", False),
        ("a" * 300 + ".dyn.example.net", "203.0.113.9", False),
        ("1.2.3.4.example.net", "no address", False),
        ("mail.example.net", "2001:db8::9", False),
    ],
)
def test_names_of_subscriber_lines(name, address, is_line):
    assert looks_dynamic(name, address) is is_line


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("172.32.0.1", False),
        ("100.64.0.1", True),
        ("100.1.2.3", False),
        ("fd00::1", True),
        ("fe80::1", True),
        ("2001:db8::1", False),
        ("203.0.113.9", False),
        ("10.x", False),
        ("", False),
    ],
)
def test_private_addresses(address, private):
    assert is_private(address) is private
