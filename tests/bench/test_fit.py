"""The fit of the weights: what it takes apart adds up again, it finds the least value, and it leaves the table whole."""

from __future__ import annotations

from math import exp

import pytest
from bench.accuracy import fit
from bench.accuracy.apart import ORDER, Example, examples, sums
from bench.accuracy.homeland import make_world
from bench.accuracy.least import minimum
from bench.accuracy.thought import THOUGHT
from bench.accuracy.verdicts import see_world

from sekisho.core.judge.book import BOOK
from sekisho.core.judge.classify import DOUBT, UNTOLD, classify_source
from sekisho.core.judge.weights import WEIGHTS
from tests.source import needs_source

TABLE = {key: (weight.spoof, weight.forwarded, weight.failing) for key, weight in WEIGHTS.items()}


def test_the_experts_table_and_the_judges_have_the_same_clues() -> None:
    assert list(THOUGHT) == list(WEIGHTS)


def test_the_least_value_is_found() -> None:
    found = minimum(lambda at: (sum((x - n) ** 2 for n, x in enumerate(at)), [2 * (x - n) for n, x in enumerate(at)]), [9.0] * 5)
    assert found == pytest.approx([0, 1, 2, 3, 4], abs=1e-4)


@pytest.mark.slow
@needs_source
def test_clues_taken_apart_add_up_to_the_chances_of_the_judge() -> None:
    seen = see_world(make_world(7, kinds=frozenset({"mixed_detours", "botnet_dialup"})))
    parts = iter(examples(seen, ""))
    checked = 0
    for source in seen.sources:
        verdicts = classify_source(source, seen.evidence[source[0][0].key.source_ip], BOOK)
        for verdict in verdicts:
            found = sums(next(parts).parts, TABLE)
            chance = 1 / sum(exp((nats - max(found)) / DOUBT) for nats in found)
            assert verdict.klass is ORDER[found.index(max(found))]
            assert verdict.confidence == pytest.approx(min(chance, 0.99), abs=0.002) or verdict.confidence == UNTOLD
            checked += 1
    assert checked > 100


def test_a_clue_is_drawn_to_what_its_examples_are_and_held_by_its_spring() -> None:
    beside = {"+0": 0.0, "+1": 0.0, "+2": 0.0}
    few = [Example({**beside, "ptr_missing": 1.0}, 0, 1, "a", hard=False)]
    many = [Example({**beside, "ptr_missing": 1.0}, 0, 10_000, "a", hard=False)]
    thought, a_little, much = THOUGHT["ptr_missing"][0], fit.fit(few)["ptr_missing"][0], fit.fit(many)["ptr_missing"][0]
    assert thought < a_little < much < thought + 3
    assert fit.fit(few)["listed"] == list(THOUGHT["listed"])


def test_the_table_is_written_where_it_stands() -> None:
    text = '    # ---- a part\n    "listed": (1.6, 0.0, 0.0),\n    "listed:one": (0.7, 0.0, 0.0),\n'
    made = fit.rewritten(text, {"listed": [2.0, -0.001, 0.125], "listed:one": [0.0, 0.0, 1.0]})
    assert made == '    # ---- a part\n    "listed": (2.0, 0.0, 0.12),\n    "listed:one": (0.0, 0.0, 1.0),\n'
