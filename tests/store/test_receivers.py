"""Likeness of receivers: what it says, what it is silent on, and that nobody else's mail has a say in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from sekisho.core.facts import Context
from sekisho.store.base import Arrival
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from sekisho.store.receivers import ENOUGH, MOST
from tests.contract.store.build import ALICE, CHARLIE, DAY, arrival, evidence, group, row
from tests.contract.store.plain import PlainStore

OWN, FRIEND, STRANGER = "198.51.100.1", "192.0.2.1", "192.0.2.2"
"""The domain's own server, failing mail that its receivers get, and failing mail that others get."""
A, B, C, D = (f"{name}.example" for name in "abcd")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    made = EmbeddedStore(StoreSettings(tmp_path / "facts.duckdb"))
    yield made
    made.close()


class Post:
    """Reports with one record each, numbered through."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []

    def heard(self, ip: str, reporter: str, records: int, *, org: int = ALICE, day: int = DAY, **words: object) -> Post:
        """So many records of a receiver on an address, on as many days."""
        domain = str(words.setdefault("domain", "example.com"))
        for back in range(records):
            number = len(self.arrivals) + 1
            one = arrival(number, [row(ip, 3, **words)], org=org, domain=domain, reporter=reporter, day=day - back)
            self.arrivals.append(one)
        return self

    def own(self, reporter: str, records: int, **words: object) -> Post:
        """Passing mail of the domain."""
        return self.heard(OWN, reporter, records, **({"dkim": True} | words))  # type: ignore[arg-type]


def two_kinds(records: int = 8) -> Post:
    """Own mail to A and B; a friend is heard by both, a stranger by C and D."""
    post = Post().own(A, 15).own(B, 15)
    for ip, reporters in ((FRIEND, (A, B)), (STRANGER, (C, D))):
        for reporter in reporters:
            post.heard(ip, reporter, records)
    return post


def contexts(store: EmbeddedStore, *domains: str, org: int = ALICE, addresses: list[str] | None = None) -> dict[str, Context]:
    """The context of a failing flow by address."""
    names = list(domains) or ["example.com"]
    found = store.failing_flows(org, names, since=DAY - 20, until=DAY, addresses=addresses)
    return {flow.key.source_ip: context for flow, context in found}


def likenesses(store: EmbeddedStore, *domains: str, addresses: list[str] | None = None) -> dict[str, float]:
    """The likeness of receivers by address."""
    return {ip: context.receivers for ip, context in contexts(store, *domains, addresses=addresses).items()}


def one_kind(store: EmbeddedStore, *ips: str, key: str = "dom.mailer.test") -> None:
    """The addresses are of one sending group."""
    store.keep_evidence([(evidence(ip, at=1), group(key)) for ip in ips])


# ---- what it says


@pytest.mark.parametrize("way", [{"dkim": True}, {"dkim": False, "spf": True}])
def test_receivers_of_own_mail_speak_for_it_and_others_against(store: EmbeddedStore, way: dict[str, bool]) -> None:
    post = Post().own(A, 15, **way).own(B, 15, **way)
    store.keep(post.heard(FRIEND, A, 8).heard(FRIEND, B, 8).heard(STRANGER, C, 8).heard(STRANGER, D, 8).arrivals)
    found = likenesses(store)
    assert found[FRIEND] > 0 > found[STRANGER]


def test_more_records_are_believed_more(store: EmbeddedStore) -> None:
    few, many = "192.0.2.3", "192.0.2.4"
    store.keep(two_kinds().heard(few, C, 1).heard(many, C, 15).arrivals)
    found = likenesses(store)
    assert found[many] < found[few] < 0


def test_mail_heard_on_both_sides_is_between(store: EmbeddedStore) -> None:
    store.keep(two_kinds().heard("192.0.2.3", A, 8).heard("192.0.2.3", C, 8).arrivals)
    found = likenesses(store)
    assert found[STRANGER] < found["192.0.2.3"] < found[FRIEND]


def test_it_is_in_bounds_where_all_own_mail_goes_elsewhere(store: EmbeddedStore) -> None:
    post = Post()
    for n in range(25):
        post.heard(f"198.51.100.{n + 1}", A, 20, dkim=True)
    store.keep(post.heard(FRIEND, A, 20).heard(STRANGER, C, 20).heard("192.0.2.3", D, 20).arrivals)
    found = likenesses(store)
    assert -MOST <= found[STRANGER] < -1
    assert 0 < found[FRIEND] <= MOST


# ---- what it is silent on


def test_too_little_passing_mail_says_nothing(store: EmbeddedStore) -> None:
    post = Post().own(A, ENOUGH - 1).heard(FRIEND, A, 8).heard(STRANGER, C, 8)
    store.keep(post.arrivals)
    assert likenesses(store) == {FRIEND: 0.0, STRANGER: 0.0}
    store.keep([arrival(999, [row(OWN, 3, dkim=True)], reporter=A)])
    assert likenesses(store)[FRIEND] > 0 > likenesses(store)[STRANGER]


def test_passing_mail_before_and_after_the_window_is_not_counted(store: EmbeddedStore) -> None:
    post = Post().own(A, 15, day=DAY - 21).own(A, 15, day=DAY + 15)
    store.keep(post.heard(FRIEND, A, 8).heard(STRANGER, C, 8).arrivals)
    assert likenesses(store) == {FRIEND: 0.0, STRANGER: 0.0}


def test_a_small_difference_says_nothing(store: EmbeddedStore) -> None:
    store.keep(Post().own(A, 12).own(B, 10).heard(FRIEND, A, 8).heard(STRANGER, B, 8).arrivals)
    assert likenesses(store) == {FRIEND: 0.0, STRANGER: 0.0}


def test_where_all_hear_all_mail_nothing_is_said(store: EmbeddedStore) -> None:
    post = Post()
    for reporter in (A, B, C):
        post.own(reporter, 10).heard(FRIEND, reporter, 8).heard(STRANGER, reporter, 8)
    store.keep(post.arrivals)
    assert likenesses(store) == {FRIEND: 0.0, STRANGER: 0.0}


# ---- whose mail has a say


def test_mail_of_another_organisation_changes_nothing(store: EmbeddedStore) -> None:
    store.keep(two_kinds().arrivals)
    before = likenesses(store)
    theirs = Post()
    for reporter in (C, D):
        theirs.own(reporter, 20, org=CHARLIE).heard(FRIEND, reporter, 20, org=CHARLIE)
    store.keep(theirs.arrivals)
    assert likenesses(store) == before
    assert before[FRIEND] > 0 > before[STRANGER]


@pytest.mark.parametrize("asked", [("example.com",), ("example.com", "example.net")])
def test_mail_of_another_domain_changes_nothing(store: EmbeddedStore, asked: tuple[str, ...]) -> None:
    store.keep(two_kinds().arrivals)
    before = likenesses(store)
    other = Post()
    for reporter in (C, D):
        other.own(reporter, 20, domain="example.net").heard("192.0.2.9", reporter, 20, domain="example.net")
    store.keep(other.arrivals)
    after = likenesses(store, *asked)
    assert {ip: after[ip] for ip in (FRIEND, STRANGER)} == before


def test_the_same_address_has_a_likeness_in_each_domain(store: EmbeddedStore) -> None:
    post = two_kinds()
    for reporter in (C, D):
        post.own(reporter, 15, domain="example.net").heard(STRANGER, reporter, 8, domain="example.net")
        post.heard(FRIEND, A, 8, domain="example.net")
    store.keep(post.arrivals)
    found = store.failing_flows(ALICE, ["example.com", "example.net"], since=DAY - 20, until=DAY)
    signs = {(flow.key.domain, flow.key.source_ip): context.receivers > 0 for flow, context in found}
    assert signs == {
        ("example.com", FRIEND): True,
        ("example.com", STRANGER): False,
        ("example.net", FRIEND): False,
        ("example.net", STRANGER): True,
    }


# ---- kin


def test_hosts_of_no_known_group_are_told_apart_by_address(store: EmbeddedStore) -> None:
    store.keep(two_kinds().arrivals)
    one_kind(store, FRIEND, STRANGER, key="unknown")
    found = likenesses(store)
    assert found[FRIEND] > 0 > found[STRANGER]


def test_hosts_of_one_group_with_one_envelope_are_one(store: EmbeddedStore) -> None:
    store.keep(two_kinds().heard(STRANGER, C, 1, day=DAY - 9).arrivals)
    apart = likenesses(store)
    one_kind(store, FRIEND, STRANGER)
    together = likenesses(store)
    assert together[FRIEND] == together[STRANGER]
    assert apart[STRANGER] < together[STRANGER] < apart[FRIEND]


@pytest.mark.parametrize("other", ["mailer.test", 'od"d\\.test', "例え.test"])
def test_another_envelope_is_other_kin(store: EmbeddedStore, other: str) -> None:
    post = Post().own(A, 15).own(B, 15).heard(FRIEND, A, 8).heard(FRIEND, B, 8).heard(STRANGER, C, 8, envelope=other)
    store.keep(post.arrivals)
    one_kind(store, FRIEND, STRANGER)
    found = likenesses(store)
    assert found[FRIEND] > 0 > found[STRANGER]


def test_it_is_the_same_when_few_addresses_are_asked_for(store: EmbeddedStore) -> None:
    store.keep(two_kinds().arrivals)
    every = likenesses(store)
    assert likenesses(store, addresses=[STRANGER]) == {STRANGER: every[STRANGER]}
    one_kind(store, FRIEND, STRANGER)
    assert likenesses(store, addresses=[STRANGER]) == {STRANGER: likenesses(store)[STRANGER]}


def test_asked_again_it_says_the_same(store: EmbeddedStore) -> None:
    store.keep(two_kinds().arrivals)
    assert likenesses(store) == likenesses(store)


# ---- order


def many(seed: int) -> list[Arrival]:
    """Records of thirty addresses at nine receivers, each with receivers that it favours; own mail goes to five of them."""
    rng, post = Random(seed), Post()
    for n in range(30):
        passes = n < 10
        favoured = [f"r{((n % 3 if passes else n) + k) % 9}.example" for k in range(3)]
        for _ in range(12):
            envelope = rng.choice(("example.com", "mailer.test"))
            day = DAY - rng.randrange(20)
            post.heard(f"203.0.113.{n}", rng.choice(favoured), 1, day=day, dkim=passes, envelope=envelope)
    return post.arrivals


@pytest.mark.parametrize("pieces", [1, 7])
def test_facts_kept_in_another_order_give_the_same_numbers(tmp_path: Path, pieces: int) -> None:
    arrivals, told = many(1), []
    mixed = Random(2).sample(arrivals, len(arrivals))
    for name, order, at_once in (("one", arrivals, len(arrivals)), ("two", mixed, len(arrivals) // pieces)):
        store = EmbeddedStore(StoreSettings(tmp_path / name / "facts.duckdb"))
        for start in range(0, len(order), at_once):
            store.keep(order[start : start + at_once])
        for n in range(10, 25):
            one_kind(store, f"203.0.113.{n}", key=f"dom.n{n % 4}.test")
        found = store.failing_flows(ALICE, ["example.com"], since=DAY - 20, until=DAY)
        told.append({(flow.key.source_ip, flow.key.way): context.receivers for flow, context in found})
        store.close()
    assert told[0] == told[1]
    assert len({value for value in told[0].values() if value}) > 5


@pytest.mark.parametrize("seed", range(4))
def test_the_numbers_are_those_of_the_plain_store(store: EmbeddedStore, seed: int) -> None:
    plain, arrivals = PlainStore(), many(seed)
    grouped = [(evidence(f"203.0.113.{n}", at=1), group(f"dom.n{n % 4}.test")) for n in range(10, 25)]
    told = []
    for one in (store, plain):
        one.keep(arrivals)
        one.keep_evidence(grouped)
        found = one.failing_flows(ALICE, ["example.com"], since=DAY - 15, until=DAY)
        told.append({flow.key: context.receivers for flow, context in found})
    assert told[0] == told[1]
    assert len({value for value in told[0].values() if value}) > 5


# ---- the owner's domains


def test_the_family_is_all_domains_of_the_organisation_and_of_no_other(store: EmbeddedStore) -> None:
    mine = Post().heard(FRIEND, A, 1).heard(FRIEND, A, 1, domain="mail.example.net").own(B, 1, domain="example.co.jp")
    store.keep(mine.heard(FRIEND, A, 1, domain="example.org", org=CHARLIE).arrivals)
    assert contexts(store)[FRIEND].family == {"example.com", "example.net", "example.co.jp"}
    assert contexts(store, "example.org", org=CHARLIE)[FRIEND].family == {"example.org"}


@pytest.mark.parametrize(
    "leave",
    [
        lambda store: store.erase(ALICE, domain="example.net"),
        lambda store: store.hide(ALICE, "example.net"),
        lambda store: store.give(ALICE, "example.net", "example.com"),
    ],
    ids=["erased", "hidden", "given to another domain"],
)
def test_a_domain_that_has_left_is_family_no_more(store: EmbeddedStore, leave: Callable[[EmbeddedStore], object]) -> None:
    store.keep(Post().heard(FRIEND, A, 1).heard(FRIEND, A, 1, domain="example.net").arrivals)
    assert contexts(store)[FRIEND].family == {"example.com", "example.net"}
    leave(store)
    assert contexts(store)[FRIEND].family == {"example.com"}
