"""Stays on DNS lists: begun, prolonged, ended; silence changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sekisho.core.facts import Evidence
from sekisho.registry import listings
from sekisho.registry.listings import note, of, to_ask_again

DAY = 86_400
IP = "203.0.113.87"
pytestmark = pytest.mark.django_db


def said(at: int, *, listed: tuple[str, ...] = (), cleared: tuple[str, ...] = ()) -> Evidence:
    return Evidence(IP, listed=listed, cleared=cleared, lists_asked=len(listed) + len(cleared), at=at)


def stays() -> list[tuple[str, int, int, int | None]]:
    return [
        (row.zone, int(row.first.timestamp()), int(row.last.timestamp()), int(row.ended.timestamp()) if row.ended else None)
        for row in of(IP)
    ]


def test_a_stay_has_its_first_and_last_sight_and_its_end() -> None:
    note([said(DAY, listed=("a.test",))])
    note([said(2 * DAY, listed=("a.test",), cleared=("b.test",))])
    note([said(3 * DAY)])
    assert stays() == [("a.test", DAY, 2 * DAY, None)]
    note([said(4 * DAY, cleared=("a.test",))])
    assert stays() == [("a.test", DAY, 2 * DAY, 4 * DAY)]


def test_who_is_listed_again_has_two_stays() -> None:
    for at, is_listed in ((1, True), (2, False), (3, False), (4, True)):
        names = ("a.test",)
        note([said(at * DAY, listed=names) if is_listed else said(at * DAY, cleared=names)])
    assert stays() == [("a.test", 4 * DAY, 4 * DAY, None), ("a.test", DAY, DAY, 2 * DAY)]


def test_older_news_changes_nothing() -> None:
    note([said(5 * DAY, listed=("a.test",))])
    note([said(3 * DAY, listed=("a.test",)), said(2 * DAY, cleared=("a.test",))])
    assert stays() == [("a.test", 5 * DAY, 5 * DAY, None)]


def test_clean_addresses_leave_no_rows() -> None:
    note([Evidence(f"198.51.100.{n}", cleared=("a.test",), lists_asked=1, at=DAY) for n in range(250)])
    assert listings.Listing.objects.count() == 0


def test_listed_addresses_are_asked_about_sooner_and_only_at_lists_in_use() -> None:
    note([said(DAY, listed=("a.test",))])
    assert to_ask_again(["a.test"], 2 * DAY, 10) == [IP]
    assert to_ask_again(["b.test"], 2 * DAY, 10) == []
    assert to_ask_again(["a.test"], DAY, 10) == []
    note([said(2 * DAY, cleared=("a.test",))])
    assert to_ask_again(["a.test"], 9 * DAY, 10) == []


def test_times_are_of_the_look_up_and_aware() -> None:
    note([said(DAY, listed=("a.test",))])
    assert of(IP)[0].first == datetime(1970, 1, 2, tzinfo=UTC)
