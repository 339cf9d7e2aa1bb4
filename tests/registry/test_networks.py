"""Owners of networks as they are kept: by network, with their age."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from sekisho.registry.networks import asked_since, forget_failures, is_due, keep, known

NOW = 1_796_000_000
DAY = 86_400
pytestmark = pytest.mark.django_db


def kept(first: str, last: str, state: str = "yes", now: int = NOW, **told: str) -> None:
    keep(state, ip_address(first), ip_address(last), now=now, **told)


def test_one_answer_serves_the_whole_network_and_the_narrowest_counts() -> None:
    kept("203.0.0.0", "203.0.255.255", name="wide")
    kept("203.0.113.64", "203.0.113.127", name="narrow")
    names = {ip: row.name for ip in ("203.0.113.64", "203.0.113.127", "203.0.113.128") if (row := known(ip))}
    assert names == {"203.0.113.64": "narrow", "203.0.113.127": "narrow", "203.0.113.128": "wide"}
    assert known("203.1.0.0") is None
    assert known("::ffff:203.0.113.64") is None
    assert known("no address") is None


def test_ipv4_and_ipv6_never_meet() -> None:
    kept("0.0.0.0", "0.255.255.255")  # noqa: S104 - a range, no binding
    assert known("::1") is None
    kept("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", name="six")
    row = known("2001:db8::7")
    assert row is not None
    assert row.name == "six"


@pytest.mark.parametrize(("state", "good_s"), [("yes", 30 * DAY), ("no", 7 * DAY), ("unknown", 3600)])
def test_each_answer_has_its_time(state: str, good_s: int) -> None:
    kept("203.0.113.87", "203.0.113.87", state)
    assert not is_due(known("203.0.113.87"), NOW + good_s - 1)
    assert is_due(known("203.0.113.87"), NOW + good_s)
    assert (asked_since(NOW), asked_since(NOW + 1)) == (1, 0)


def test_a_failure_goes_when_its_network_is_known() -> None:
    kept("203.0.113.87", "203.0.113.87", "unknown")
    forget_failures(ip_address("203.0.113.0"), ip_address("203.0.113.255"))
    kept("203.0.113.0", "203.0.113.255", name="known")
    row = known("203.0.113.87")
    assert row is not None
    assert row.name == "known"


def test_asking_again_renews_the_same_row() -> None:
    kept("203.0.113.0", "203.0.113.255", name="old", abuse="a@x.example")
    kept("203.0.113.0", "203.0.113.255", name="new", abuse="", now=NOW + DAY)
    row = known("203.0.113.1")
    assert row is not None
    assert (row.name, row.abuse, type(row).objects.count()) == ("new", "", 1)
