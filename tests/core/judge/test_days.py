"""Days, weekends and receivers: whose days are looked at, and what their shape is."""

from __future__ import annotations

import pytest
from stories import SIGNS, flow, host, signed, way

from sekisho.core.facts import Beat, Context, Evidence, Flow
from sekisho.core.judge.book import BOOK
from sekisho.core.judge.case import Case
from sekisho.core.judge.days import Shape, Week, week_of
from sekisho.core.terms import AuthResult

FIRST = 20_700
FEW = Flow(flow(way()).key, way(), 1, FIRST, FIRST, 1, 1)


SERVER = host("srv4.example.net")


def case(beat: Beat, evidence: Evidence = SERVER, **more: object) -> Case:
    context = Context(**{**SIGNS, "domain_first_day": FIRST - 30, "until": FIRST + 60, "beat": beat, **more})  # type: ignore[arg-type]
    return Case(FEW, evidence, context, BOOK)


@pytest.mark.parametrize(
    ("beat", "shape"),
    [
        (Beat(60, 0, 3, FIRST, FIRST + 2, 4), Shape.SUDDEN),
        (Beat(5, 0, 2, FIRST, FIRST + 2, 2), Shape.BRIEF),
        (Beat(60, 9, 30, FIRST, FIRST + 40, 4), Shape.STEADY),
        (Beat(8, 1, 6, FIRST, FIRST + 55, 2), Shape.LASTING),
        (Beat(8, 1, 3, FIRST, FIRST + 15, 2), Shape.UNCLEAR),
    ],
)
def test_a_single_mail_has_the_shape_of_all_mail_of_its_host(beat: Beat, shape: Shape) -> None:
    assert case(beat).shape is shape


@pytest.mark.parametrize(
    ("beat", "week"),
    [
        (Beat(40, 1, 20, FIRST, FIRST + 40, 4), Week.WORKING),
        (Beat(40, 11, 28, FIRST, FIRST + 40, 4), Week.EVERY),
        (Beat(40, 7, 28, FIRST, FIRST + 40, 4), Week.UNCLEAR),
        (Beat(40, 0, 4, FIRST, FIRST + 3, 4), Week.UNCLEAR),
        (Beat(5, 0, 5, FIRST, FIRST + 30, 4), Week.UNCLEAR),
        (Beat(40, -1, 20, FIRST, FIRST + 40, 4), Week.UNCLEAR),
    ],
)
def test_working_days_are_seen_only_where_a_weekend_could_have_been(beat: Beat, week: Week) -> None:
    assert week_of(beat) is week


def test_on_a_shared_host_the_days_are_those_of_the_same_envelope() -> None:
    own, kin = Beat(900, 300, 90, FIRST - 30, FIRST + 60, 12), Beat(60, 0, 3, FIRST, FIRST + 2, 4)
    mail = way(signed("k", AuthResult.PASS, "gmail.com"), envelope="gmail.com", spf_result=AuthResult.PASS)
    shared = Case(
        Flow(FEW.key, mail, 1, FIRST, FIRST, 1, 1), host("mail-pl1-f198.google.com"), Context(**SIGNS, beat=own, kin=kin), BOOK
    )
    assert shared.beat == kin
    assert case(own, kin=kin).beat == own


def test_a_line_that_changes_its_address_keeps_its_days_and_many_bots_of_a_provider_do_not() -> None:
    line = host("203-0-113-9.dynamic.example.net")
    now, office = Beat(9, 0, 5, FIRST, FIRST + 9, 3), Beat(60, 1, 40, FIRST, FIRST + 60, 4, hosts=4)
    bots = Beat(9, 3, 5, FIRST, FIRST + 60, 5, hosts=5)
    assert case(now, line, kin=office).shape is Shape.STEADY
    assert case(now, line, kin=bots).beat == now
