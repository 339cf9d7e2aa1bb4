"""What leaves the store leaves its file too, and what is hidden comes back whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.core.errors import StoreError
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from sekisho.store.query import Filter
from sekisho.store.readers import Readers
from tests.contract.store.build import ALICE, CHARLIE, arrival, everything, row

CANARY = b"canary-4711"
ADDRESSES = (b"203.0.113.201", b"203.0.113.202")


KEPT = arrival(555, [row("203.0.113.202", 3)], domain="kept.example")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the facts are."""
    return tmp_path / "facts.duckdb"


@pytest.fixture
def store(path: Path) -> Iterator[EmbeddedStore]:
    """A store with a canary in a domain of one organisation, and mail of another."""
    opened = EmbeddedStore(StoreSettings(path))
    opened.keep([arrival(1, [row("192.0.2.1", 7)], org=CHARLIE, domain="charlie.example")])
    for number in range(2, 202):
        rows = [row("203.0.113.201", number, domain=f"{CANARY.decode()}-{number}.alice.example")]
        opened.keep([arrival(number, rows, domain="alice.example")])
    opened.keep([KEPT])
    yield opened
    opened.close()


def bytes_of(path: Path) -> bytes:
    """All files of the store together."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.rglob("*")) if file.is_file())


def test_no_byte_of_an_erased_domain_is_left(store: EmbeddedStore, path: Path) -> None:
    store._duck.checkpoint()
    assert CANARY in bytes_of(path)
    assert store.erase(ALICE, domain="alice.example") == 200
    store.rewrite()
    left = bytes_of(path)
    assert CANARY not in left
    assert ADDRESSES[0] not in left
    assert ADDRESSES[1] in left
    assert {d.domain for d in store.domains(everything(ALICE))} == {"kept.example"}
    assert store.split(everything(CHARLIE)).messages == 7


def test_a_file_written_anew_goes_on_as_before(store: EmbeddedStore, path: Path) -> None:
    before = store.domains(everything(ALICE))
    store.rewrite()
    store.rewrite()
    assert store.domains(everything(ALICE)) == before
    assert not store.keep([KEPT])[0].is_new
    assert store.keep([arrival(777, [row("192.0.2.9", 1)], domain="kept.example")])[0].is_new
    assert not list(path.parent.glob("*.new*"))


def test_what_a_killed_rewriting_left_is_removed_at_the_next_opening(path: Path) -> None:
    rest = Path(f"{path}.new")
    rest.write_bytes(CANARY)
    EmbeddedStore(StoreSettings(path)).close()
    assert not rest.exists()


def test_those_who_read_meanwhile_get_their_answer(store: EmbeddedStore) -> None:
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            if store.split(Filter(CHARLIE, 0, 10**6)).messages + store.first_seen(CHARLIE, "192.0.2.1")[0] * 0 != 7:  # type: ignore[index]
                wrong.append("another answer")

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(3):
            store.rewrite()
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert not wrong


def test_a_reader_without_end_only_puts_it_off() -> None:
    readers = Readers()
    with readers.one(), pytest.raises(StoreError, match="later"), readers.none(patience_s=0.01):
        pass
    with readers.none(patience_s=0.01):
        pass


def test_hidden_rows_are_in_no_answer_and_come_back_whole(store: EmbeddedStore) -> None:
    before = store.domains(everything(ALICE)), store.flows(everything(ALICE)), store.bounds(ALICE)
    store.hide(ALICE, "alice.example")
    assert {d.domain for d in store.domains(everything(ALICE))} == {"kept.example"}
    assert store.elsewhere(ALICE, "203.0.113.201") == 0
    assert ("alice.example" in dict(store.touched()).values()) is False
    store.show(ALICE, "alice.example")
    assert (store.domains(everything(ALICE)), store.flows(everything(ALICE)), store.bounds(ALICE)) == before


def test_hidden_rows_can_be_erased(store: EmbeddedStore, path: Path) -> None:
    store.hide(ALICE, "alice.example")
    assert store.erase_hidden(ALICE, "alice.example") == 200
    store.rewrite()
    assert CANARY not in bytes_of(path)


def test_rows_given_to_another_domain_are_in_its_sums(store: EmbeddedStore) -> None:
    store.give(ALICE, "alice.example", "kept.example")
    (only,) = store.domains(everything(ALICE))
    assert (only.domain, only.reports) == ("kept.example", 201)


def test_old_facts_of_a_domain_that_is_held_stay(store: EmbeddedStore) -> None:
    assert store.erase(ALICE, before_day=10**6, but=("kept.example",)) == 200
    assert {d.domain for d in store.domains(everything(ALICE))} == {"kept.example"}


def test_sums_of_many_organisations_are_those_of_each(store: EmbeddedStore) -> None:
    sums = store.org_sums([ALICE, CHARLIE, 99], since=0, until=10**6)
    assert set(sums) == {ALICE, CHARLIE}
    for org in (ALICE, CHARLIE):
        assert sums[org].split == store.split(everything(org))
        assert sums[org].newest == store.reporters_seen(everything(org))[2]
        assert sum(sums[org].policies.values()) == len(store.domains(everything(org)))
    assert store.org_sums([], since=0, until=10**6) == {}


def test_the_deliveries_of_a_domain_are_found_hidden_or_not(store: EmbeddedStore) -> None:
    found = store.deliveries(ALICE, ["alice.example"])
    assert found
    store.hide(ALICE, "alice.example")
    assert store.deliveries(ALICE, ["alice.example"]) == found
    assert store.deliveries(ALICE, []) == set()
