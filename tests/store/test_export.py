"""An export goes through the facts in pieces and holds only one of them."""

from __future__ import annotations

import pytest

from sekisho.store import ask_reports
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from tests.contract.store.build import DAY, arrival, everything, row


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 8, 100])
def test_every_fact_comes_once_and_in_order_whatever_the_size_of_a_piece(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_reports, "EXPORT_ROWS", piece)
    monkeypatch.setattr(ask_reports, "DRESS_ROWS", max(1, piece // 2))
    store = EmbeddedStore(StoreSettings(":memory:"))
    store.keep([arrival(n, [row(f"192.0.2.{r}") for r in range(n % 4)], day=DAY + n % 3) for n in range(12)])
    found = [(fact.day, fact.report, fact.row) for fact in store.export(everything())]
    assert found == sorted(found)
    assert len(set(found)) == len(found) == sum(n % 4 for n in range(12))
    store.close()


def test_an_export_may_take_its_time_while_facts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_reports, "EXPORT_ROWS", 2)
    store = EmbeddedStore(StoreSettings(":memory:"))
    store.keep([arrival(1, [row(f"192.0.2.{n}") for n in range(6)])])
    export = store.export(everything())
    found = [next(export)]
    store.keep([arrival(2, [row("192.0.2.1")], day=DAY + 1)])
    store.erase(1, before_day=DAY)
    found += export
    assert [fact.row for fact in found if fact.report == found[0].report] == [0, 1, 2, 3, 4, 5]
    store.close()
