"""Single claims on answers that people and pages lean on; equality with the plain store is shown elsewhere."""

from __future__ import annotations

import pytest

from sekisho.core.facts import Place
from sekisho.core.terms import Class, Disposition
from sekisho.store.base import Store
from sekisho.store.query import GroupSum, HostSum, Page, PlaceSum, ReportSum, Share, Split
from tests.contract.store.build import ALICE, DAY, arrival, everything, evidence, group, judged, row, said


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("192.0.2.65", 1),
        ("192.0.2.64/26", 1 + 2),
        ("192.0.2.64/27", 1),
        ("192.0.2.99/27", 2),
        ("192.0.2.0/23", 1 + 2 + 4),
        ("192.0.2.65/32", 1),
        ("0.0.0.0/0", 1 + 2 + 4),
        ("2001:db8::/33", 8),
        ("2001:db8:8000::/33", 16),
        ("2001:DB8:0:0::1", 8),
        ("2001:db8::1/128", 8),
        ("::/0", 8 + 16),
        ("203.0.113.0/24", 0),
        ("nonsense", 0),
        ("nonsense/8", 0),
    ],
)
def test_hosts_are_filtered_by_address_and_network(store: Store, host: str, expected: int) -> None:
    ips = ("192.0.2.65", "192.0.2.99", "192.0.3.200", "2001:db8::1", "2001:db8:8000::1")
    store.keep([arrival(1, [row(ip, 2**n) for n, ip in enumerate(ips)])])
    assert store.split(everything(hosts=(host,))).messages == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, 63),
        ({"domains": ("example.com",)}, 1 + 2 + 4 + 8),
        ({"domains": ("example.com", "example.org")}, 63),
        ({"domains": ("nothing.example",)}, 0),
        ({"reporters": ("a.test",)}, 1 + 2 + 4 + 8),
        ({"classes": (Class.NORMAL,)}, 1 + 2 + 16),
        ({"classes": (Class.SPOOF, Class.FAILING)}, 4 + 8 + 32),
        ({"classes": (Class.SPOOF,)}, 4),
        ({"dispositions": ("reject",)}, 8 + 16),
        ({"dispositions": ("reject", "none")}, 63),
        ({"dkim": True}, 1 + 16),
        ({"dkim": False}, 2 + 4 + 8 + 32),
        ({"spf": True}, 2 + 16),
        ({"spf": False}, 1 + 4 + 8 + 32),
        ({"dkim": False, "spf": False}, 4 + 8 + 32),
        ({"groups": ("svc.mailer",)}, 1 + 4),
        ({"groups": ("unknown",)}, 2 + 8 + 16 + 32),
        ({"hosts": ("192.0.2.1",), "dkim": False}, 4),
        ({"text": "example.org", "spf": True}, 16),
    ],
)
def test_every_condition_of_a_filter_counts(store: Store, words: dict[str, object], expected: int) -> None:
    reject = Disposition.REJECT
    rows = [
        row("192.0.2.1", 1, dkim=True),
        row("192.0.2.2", 2, spf=True),
        row("192.0.2.1", 4),
        row("192.0.2.2", 8, disposition=reject),
    ]
    others = [
        row("192.0.2.3", 16, dkim=True, spf=True, domain="example.org", disposition=reject),
        row("192.0.2.3", 32, domain="example.org"),
    ]
    store.keep([arrival(1, rows, reporter="a.test"), arrival(2, others, domain="example.org", reporter="b.test", day=DAY + 1)])
    store.keep([arrival(9, [row("192.0.2.1", 64)], day=DAY + 90)])
    store.keep_evidence([(evidence("192.0.2.1"), group("svc.mailer"))])
    store.judged([judged(Class.SPOOF, "192.0.2.1", said())], at=1, why="new_reports")
    f = everything(**words)
    assert store.split(f).messages == expected
    assert sum(day.split.messages for day in store.days(f)) == expected
    assert sum(fact.count for fact in store.export(f)) == expected
    for ask in (store.groups, store.hosts, store.reports, store.rows):
        assert ask(f, Page()).split.messages == expected


def test_several_hosts_are_any_of_them(store: Store) -> None:
    store.keep([arrival(1, [row(f"192.0.2.{n}", 10**n) for n in range(4)])])
    assert store.split(everything(hosts=("192.0.2.3", "192.0.2.0/31"))).messages == 1011


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("RECEIVER", 1),
        ("id-2", 2),
        ("example.org", 2),
        ("192.0.2.4", 4),
        ("mx4", 4),
        ("svc.mail", 4),
        ("100%", 8),
        ("%", 8),
        ("_", 8),
        ("e_ample", 0),
        ("", 15),
        ("  mx4 ", 4),
    ],
)
def test_free_text_looks_everywhere_and_means_just_itself(store: Store, words: str, expected: int) -> None:
    store.keep(
        [
            arrival(1, [row("198.51.100.1", 1)]),
            arrival(2, [row("198.51.100.2", 2, domain="mail.example.org")], domain="example.org", reporter="b.test"),
            arrival(3, [row("192.0.2.4", 4, domain="example.net")], domain="example.net", reporter="c.test"),
            arrival(4, [row("198.51.100.3", 8, domain="example.net")], domain="example.net", reporter="100%_sure"),
        ]
    )
    store.keep_evidence([(evidence("192.0.2.4", "mx4.example.com", at=1), group("svc.mailer"))])
    assert store.split(everything(text=words)).messages == expected


def test_a_group_tells_its_worst_advice_its_days_and_its_busiest_host(store: Store) -> None:
    rows = [row("192.0.2.1", 3), row("192.0.2.2", 5), row("192.0.2.3", 7, dkim=True)]
    store.keep([arrival(1, rows), arrival(2, [row("192.0.2.1", 1)], day=DAY + 1)])
    store.keep_evidence([(evidence(f"192.0.2.{n}"), group("svc.mailer")) for n in (1, 2, 3)])
    told = [judged(Class.FAILING, "192.0.2.1", said(), advice="fix"), judged(Class.SPOOF, "192.0.2.2", said(), advice="report")]
    store.judged(told, at=1, why="new_reports")
    (found,) = store.groups(everything(), Page()).rows
    assert isinstance(found, GroupSum)
    assert (found.group, found.split) == ("svc.mailer", Split(normal=7, failing=4, spoof=5))
    assert (found.passed, found.hosts, found.domains, found.first_day, found.last_day) == (7, 3, 1, DAY, DAY + 1)
    assert (found.sample_host, found.advice) == ("192.0.2.3", "report")
    assert found.spark[40:42] == (15, 1)
    assert len(found.spark) == 81


def test_a_host_tells_its_worst_flow_and_its_evidence(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 3), row("192.0.2.1", 1, selector="x"), row("192.0.2.2", 9, dkim=True)])])
    place = Place("JP", "Tokyo", 35.5, 139.5)
    store.keep_evidence([(evidence("192.0.2.1", "mx.example.net", at=1, place=place, asn=64500), group("dom.example.net"))])
    told = [judged(Class.SPOOF, "192.0.2.1", said(), sure=0.8), judged(Class.FAILING, "192.0.2.1", said(selector="x"), sure=0.9)]
    store.judged(told, at=1, why="new_reports")
    first, second = store.hosts(everything(), Page("urgency")).rows
    assert first == HostSum(
        "192.0.2.1",
        Split(failing=1, spoof=3),
        "dom.example.net",
        "mx.example.net",
        "yes",
        "JP",
        "Tokyo",
        64500,
        "",
        1,
        DAY,
        DAY,
        0.8,
    )
    assert isinstance(second, HostSum)
    assert (second.group, second.confidence) == ("unknown", 1.0)


def test_of_several_worst_flows_of_a_host_the_surest_tells_its_confidence(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 1), row("192.0.2.1", 1, selector="x"), row("192.0.2.1", 1, selector="y")])])
    told = [judged(Class.SPOOF, "192.0.2.1", said(selector=s), sure=sure) for s, sure in (("s1", 0.6), ("x", 0.8))]
    store.judged([*told, judged(Class.FORWARDED, "192.0.2.1", said(selector="y"), sure=0.95)], at=1, why="new_reports")
    for sort in ("-messages", "confidence"):
        (found,) = store.hosts(everything(), Page(sort)).rows
        assert isinstance(found, HostSum)
        assert found.confidence == 0.8


def test_the_worst_come_first_by_urgency_then_the_largest(store: Store) -> None:
    store.keep([arrival(1, [row(f"192.0.2.{n}", n) for n in range(1, 7)] + [row("192.0.2.9", 99, dkim=True)])])
    told = [judged((Class.SPOOF, Class.FORWARDED)[n % 2], f"192.0.2.{n}", said()) for n in range(1, 5)]
    store.judged(told, at=1, why="new_reports")
    found = [row.source_ip[-1] for row in store.hosts(everything(), Page("urgency")).rows]  # type: ignore[attr-defined]
    assert "".join(found) == "4265319"


def test_addresses_sort_as_numbers(store: Store) -> None:
    ips = ("2001:db8::1", "192.0.2.100", "192.0.2.9", "198.51.100.1")
    store.keep([arrival(1, [row(ip) for ip in ips])])
    found = [row.source_ip for row in store.hosts(everything(), Page("source_ip")).rows]  # type: ignore[attr-defined]
    assert found == ["192.0.2.9", "192.0.2.100", "198.51.100.1", "2001:db8::1"]


def test_pages_are_parts_of_one_order(store: Store) -> None:
    store.keep([arrival(n, [row(f"192.0.2.{n}", n % 3)]) for n in range(1, 24)])
    for ask in (store.hosts, store.reports, store.rows):
        pages = [ask(everything(), Page("-messages", number, 10)) for number in (1, 2, 3, 4)]
        assert [len(page.rows) for page in pages] == [10, 10, 3, 0]
        assert {page.total for page in pages} == {23}
        assert len({repr(row) for page in pages for row in page.rows}) == 23


@pytest.mark.parametrize("store", ["embedded"], indirect=True)  # the plain store trusts its tests
def test_a_sort_that_is_not_known_is_the_usual_one(store: Store) -> None:
    store.keep([arrival(n, [row(f"192.0.2.{n}", n)]) for n in range(1, 4)])
    for ask in (store.hosts, store.groups, store.rows):
        assert ask(everything(), Page("; DROP TABLE fact")) == ask(everything(), Page("-messages"))


def test_places_beyond_the_limit_and_unknown_ones_come_as_one(store: Store) -> None:
    store.keep([arrival(1, [row(f"192.0.2.{n}", 2**n) for n in range(5)])])
    cities = ("Tokyo", "Osaka", "Tokyo", "Naha")
    found = [evidence(f"192.0.2.{n}", place=Place("JP", city, 35.0, 139.0)) for n, city in enumerate(cities)]
    store.keep_evidence([(e, group("unknown")) for e in found])
    assert store.places(everything(), limit=2) == [
        PlaceSum("JP", "Naha", 35.0, 139.0, Split(failing=8), 1),
        PlaceSum("JP", "Tokyo", 35.0, 139.0, Split(failing=5), 2),
        PlaceSum("", "", None, None, Split(failing=16 + 2), 2),
    ]


def test_a_report_tells_its_own_sums(store: Store) -> None:
    (kept,) = store.keep([arrival(1, [row("192.0.2.1", 3, dkim=True), row("192.0.2.2", 4)], delivery=6)])
    begin = DAY * 86_400
    assert store.report(ALICE, kept.key) == ReportSum(
        kept.key, "receiver.example", "id-1", "example.com", begin, begin + 86_399, 2, Split(3, 0, 4, 0), "none", "rfc7489", 0, 6
    )
    assert store.report(ALICE, kept.key + 1) is None


def test_shares_are_split_by_a_second_column_and_the_largest_come_first(store: Store) -> None:
    rows = [row("192.0.2.1", 3, dkim=True), row("192.0.2.1", 4), row("192.0.2.2", 1)]
    store.keep([arrival(1, rows, reporter="a.test"), arrival(2, rows[2:], reporter="b.test")])
    assert store.shares(everything(), "reporter", by="class") == [
        Share("a.test", 8, (("failing", 5), ("normal", 3))),
        Share("b.test", 1, (("failing", 1),)),
    ]
    assert store.shares(everything(), "source_ip", limit=1) == [Share("192.0.2.1", 7)]


def test_an_organisation_without_facts_gets_empty_answers(store: Store) -> None:
    f = everything()
    assert (store.days(f), store.domains(f), store.places(f), store.flows(f), list(store.export(f))) == ([], [], [], [], [])
    assert store.split(f) == Split()
    assert store.reporters_seen(f) == (0, 0, 0)
    for ask in (store.groups, store.hosts, store.reports, store.rows):
        answer = ask(f, Page())
        assert (answer.rows, answer.total, answer.split) == ((), 0, Split())
    assert (store.bounds(ALICE), store.first_seen(ALICE, "192.0.2.1"), store.shares(f, "domain", by="class")) == (None, None, [])
