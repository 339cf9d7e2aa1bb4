"""The tree of a domain for people, and its ranges for the judge."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from tests.core.dmarc.asked import Table

from sekisho.core.questions import FAILED, Answer, Question, answered, found
from sekisho.core.spf.limits import MAX_TREE_QUESTIONS
from sekisho.core.spf.networks import OPEN, Networks, flatten
from sekisho.core.spf.tree import Count, State, Tree, spf_tree
from sekisho.core.terms import AuthResult

ZONE: dict[str, str | list[str] | Answer] = {
    "example.jp": "v=spf1 ip4:192.0.2.0/24 a mx include:_a.example include:_b.example -all ptr",
    "example.jp A": "198.51.100.1",
    "example.jp MX": ["10 m1.example.jp", "20 gone.example.jp"],
    "m1.example.jp A": "198.51.100.2",
    "m1.example.jp AAAA": "2001:db8::2",
    "_a.example": "v=spf1 ip4:203.0.113.0/25 include:_c.example ~all",
    "_b.example": "v=spf1 include:_c.example ?all",
    "_c.example": "v=spf1 ip6:2001:db8:c::/48 -ip4:203.0.113.200 ip4:203.0.113.128/25 -all",
}


def tree(records: dict[str, str | list[str] | Answer], domain: str = "example.jp") -> Tree:
    return Table(records).ask(spf_tree(domain))


def networks(records: dict[str, str | list[str] | Answer]) -> Networks:
    return flatten(tree(records))


def test_a_tree_is_drawn_from_top_to_bottom() -> None:
    lines = [
        (line.depth, line.branch.term.text, line.branch.target, line.count.lookups, line.is_repeated) for line in tree(ZONE).lines()
    ]
    assert lines == [
        (0, "ip4:192.0.2.0/24", "", 0, False),
        (0, "a", "example.jp", 1, False),
        (0, "mx", "example.jp", 1, False),
        (0, "include:_a.example", "_a.example", 2, False),
        (1, "ip4:203.0.113.0/25", "", 0, False),
        (1, "include:_c.example", "_c.example", 1, False),
        (2, "ip6:2001:db8:c::/48", "", 0, False),
        (2, "-ip4:203.0.113.200", "", 0, False),
        (2, "ip4:203.0.113.128/25", "", 0, False),
        (2, "-all", "", 0, False),
        (1, "~all", "", 0, False),
        (0, "include:_b.example", "_b.example", 2, False),
        (1, "include:_c.example", "_c.example", 1, True),
        (1, "?all", "", 0, False),
        (0, "-all", "", 0, False),
    ]


def test_a_tree_counts_what_a_check_of_all_terms_would() -> None:
    assert tree(ZONE).count == Count(lookups=6, voids4=1, voids6=2, unknown=0, depth=2)


def test_what_nobody_answers_is_unknown_and_never_missing() -> None:
    made = tree({**ZONE, "_c.example": Answer(FAILED.reply, why="SERVFAIL"), "m1.example.jp A": FAILED})
    assert (made.nodes["_c.example"].state, made.nodes["_c.example"].why) == (State.UNKNOWN, "SERVFAIL")
    assert made.count.unknown == 3
    assert tree({"example.jp": FAILED}).root.state is State.UNKNOWN
    assert tree({}).root.state is State.NONE


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("v=spf1 -all", State.FOUND),
        (["v=spf1 -all", "v=spf1 -all"], State.MANY),
        ("v=spf1 moo -all", State.BROKEN),
        ("something else", State.NONE),
    ],
)
def test_the_state_of_a_record(text: str | list[str], state: State) -> None:
    assert tree({"example.jp": text}).root.state is state


def test_a_loop_is_told_and_ends() -> None:
    made = tree({"example.jp": "v=spf1 include:b.example -all", "b.example": "v=spf1 redirect=example.jp"})
    assert (made.count.loops, [line.is_loop for line in made.lines()]) == (True, [False, True, False])
    assert flatten(made).permits("192.0.2.1") is AuthResult.PERMERROR


def test_an_old_record_of_type_spf_is_told() -> None:
    assert tree({"example.jp": "v=spf1 -all", "example.jp SPF": '"v=spf1 -all"'}).old_type
    assert not tree({"example.jp": "v=spf1 -all"}).old_type


def test_macros_that_are_the_same_for_all_senders_are_followed() -> None:
    made = tree({"example.jp": "v=spf1 include:%{d}._x.example exists:%{i}.x.example -all", "example.jp._x.example": "v=spf1 +all"})
    assert [(branch.target, branch.depends) for branch in made.root.branches] == [
        ("example.jp._x.example", False),
        ("", True),
        ("", False),
    ]


def test_a_tree_without_end_is_cut() -> None:
    asked = []

    def answer(question: Question) -> Answer:
        asked.append(question)
        width = " ".join(f"include:{n}.{question.name}" for n in range(4))
        return found(f"v=spf1 {width} -all")

    made = answered(spf_tree("example.jp"), answer)
    assert len(asked) == MAX_TREE_QUESTIONS
    assert any(node.state is State.CUT for node in made.nodes.values())
    assert made.count.lookups > 10
    assert not any(result is AuthResult.TEMPERROR for _, results in flatten(made).tables for result in results)


@pytest.mark.parametrize(
    ("address", "result"),
    [
        ("192.0.2.255", "pass"),
        ("198.51.100.1", "pass"),
        ("198.51.100.2", "pass"),
        ("::ffff:198.51.100.2", "pass"),
        ("198.51.100.3", "fail"),
        ("203.0.113.127", "pass"),
        ("203.0.113.128", "pass"),
        ("203.0.113.200", "fail"),
        ("2001:db8::2", "pass"),
        ("2001:db8:c:1::1", "pass"),
        ("0.0.0.0", "fail"),  # noqa: S104
        ("255.255.255.255", "fail"),
    ],
)
def test_an_address_in_the_ranges(address: str, result: str) -> None:
    made = networks({**ZONE, "example.jp AAAA": "2001:db8::99", "gone.example.jp AAAA": "2001:db8::98"})
    assert made.permits(address).value == result
    assert made.is_exact


def test_ranges_can_be_listed() -> None:
    made = networks({"example.jp": "v=spf1 ip4:192.0.2.0/24 ip4:192.0.3.0/24 ip6:2001:db8::/64 ~all"})
    assert list(made.ranges(AuthResult.PASS)) == [ip_network("192.0.2.0/23"), ip_network("2001:db8::/64")]
    assert made.permits("192.0.4.0") is AuthResult.SOFTFAIL


def test_what_depends_on_the_sender_leaves_only_the_rest_open() -> None:
    made = networks({"example.jp": "v=spf1 ip4:192.0.2.0/24 exists:%{i}.x.example ip4:198.51.100.0/24 -all"})
    assert (made.is_exact, made.permits("192.0.2.1"), made.permits("198.51.100.1")) == (False, AuthResult.PASS, OPEN)


def test_a_failed_answer_is_a_temperror_for_those_who_come_to_it() -> None:
    made = networks({"example.jp": "v=spf1 ip4:192.0.2.0/24 include:b.example -all", "b.example": FAILED})
    assert (made.permits("192.0.2.1"), made.permits("198.51.100.1")) == (AuthResult.PASS, AuthResult.TEMPERROR)


def test_the_limit_of_look_ups_holds_where_it_is_reached() -> None:
    records: dict[str, str | list[str] | Answer] = {
        "example.jp": "v=spf1 " + "a:h.example " * 10 + "ip4:192.0.2.1 a:h.example -all",
        "h.example A": "203.0.113.1",
        "h.example AAAA": "2001:db8::1",
    }
    made = networks(records)
    assert (made.permits("192.0.2.1"), made.permits("192.0.2.2")) == (AuthResult.PASS, AuthResult.PERMERROR)


def test_a_domain_without_record_gives_none() -> None:
    assert networks({}).permits("192.0.2.1") is AuthResult.NONE
