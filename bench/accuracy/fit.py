"""Fits the weights of the judge to the labelled worlds, leaning on what an expert thinks: python -m bench.accuracy.fit.

A multinomial logistic regression over the clues, so that a verdict stays a sum of reasons; plain and deterministic:

1. Play the worlds, and take each failing flow apart into its clues (`apart`).
2. Weigh each kind of source by a power of its records, so that the big ones do not drown the small ones.
3. Find the weights that make the truth most likely, held to the expert's table (`thought`) as by springs.
4. Put back the clues whose weight came to speak for another class than the expert says: it stood in for something else.
5. Write the table of `core.judge.weights`.

With `--held-out` nothing is written: the kinds are dealt into folds, each is judged with the weights that all the others give,
and what comes of it is printed. Then each world is judged with the weights that the other worlds give. That is what to expect of
kinds of source, and of worlds, that nobody has thought of.
"""

from __future__ import annotations

import argparse
import importlib
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import exp, log
from pathlib import Path

from bench.accuracy.apart import ORDER, Example, Parts, examples, sums
from bench.accuracy.least import Vector, minimum
from bench.accuracy.thought import THOUGHT
from bench.accuracy.verdicts import Mode, see_world

from sekisho.core.judge.classify import DOUBT

WORLDS = (
    ("homeland", "FIT", (1, 2, 3)),
    ("homeland", "TEST", (101, 102, 103)),
    ("elsewhere", "", (1, 2, 3)),
    ("abroad", "", (1, 2, 3)),
    ("overseas", "", (1, 2, 3)),
    ("harbour", "", (1, 2, 3)),
    ("capital", "", (1, 2, 3)),
    ("island", "", (1, 2, 3)),
    ("province", "", (1, 2, 3)),
)
"""What is fitted to; other seeds and other worlds are for testing."""
POWER = 0.5
"""Of the records of a kind: 1 would count each record once, 0 each kind once."""
STIFFNESS = 20.0
"""Of the springs: a clue leaves the expert's weight by one nat where that makes the truth of 20 weighed records likelier by e."""
FLAT = 0.7
"""Nats between the class a clue speaks for and the next below which the expert has no firm thought which it is."""
HELD = (
    "aligned_elsewhen:relay_shared",
    "aligned_elsewhen:shared",
    "every_day:service",
    "heavy_days:service",
    "listed:line",
    "many_reporters:service",
    "never_aligned",
    "never_aligned:few",
    "own_spf:shared",
)
"""Clues that stay as the expert says: more passes from a source must never move it towards spoofing, however few there are, and
that it never passed, or is listed, must not be said in its favour."""
FOLDS = 8
WEIGHTS = Path(__file__).parents[2] / "src/sekisho/core/judge/weights.py"
Table = Mapping[str, Sequence[float]]


def main() -> None:
    """The door."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="print what comes of kinds that are left out, write nothing")
    args = parser.parse_args()
    some = list(chain.from_iterable(_played()))
    if args.held_out:
        names = dict.fromkeys(name for name, _, _ in WORLDS)
        judged = list(held_out(some))
        for name in names:
            _print(f"{name}, kinds left out", [pair for pair in judged if pair[0].kind.startswith(name)])
        for name in names:
            _print(f"{name} by the other worlds", list(left_out(some, name)))
        return
    table = fit(some)
    WEIGHTS.write_text(rewritten(WEIGHTS.read_text(), table))


def _played() -> Iterator[Iterator[Example]]:
    """The examples of all worlds."""
    for name, part, seeds in WORLDS:
        module = importlib.import_module(f"bench.accuracy.{name}")
        for seed in seeds:
            world = module.make_world(seed, kinds=getattr(module, part) if part else None)
            yield examples(see_world(world, Mode()), f"{name}:")


def fit(some: Sequence[Example]) -> dict[str, Vector]:
    """The table of weights that fits the examples."""
    held = set(HELD)
    while True:
        table = _fit(some, held)
        turned = {key for key in table if key not in held and _is_turned(THOUGHT[key], table[key])}
        if not turned:
            return table
        held |= turned


def _is_turned(thought: Sequence[float], fitted: Sequence[float]) -> bool:
    """Whether the clue speaks for another class than the expert says, who is firm about it."""
    ranked = sorted(thought, reverse=True)
    return ranked[0] - ranked[1] >= FLAT and fitted.index(max(fitted)) != thought.index(ranked[0])


def _fit(some: Sequence[Example], held: set[str]) -> dict[str, Vector]:
    """The likeliest table; the clues in `held` stay as the expert says."""
    keys = [key for key in THOUGHT if key not in held]
    at = {key: 3 * n for n, key in enumerate(keys)}
    records: Counter[str] = Counter()
    for example in some:
        records[example.kind] += example.records
    alike = _alike(records)
    rows: dict[tuple[object, ...], list[float]] = {}
    for example in some:
        parts = tuple((at[key], round(scale, 2)) for key, scale in sorted(example.parts.items()) if key in at)
        beside = tuple(round(nats, 2) for nats in sums(example.parts, {key: THOUGHT[key] for key in held}))
        weight = example.records * records[example.kind] ** (POWER - 1) * alike[_world_of(example.kind)]
        rows.setdefault((parts, beside), [0.0, 0.0, 0.0])[example.truly] += weight
    start = [nats for key in keys for nats in THOUGHT[key]]
    found = minimum(lambda point: _loss(point, start, rows), start)
    table = {key: found[at[key] : at[key] + 3] for key in keys}
    return {key: table.get(key) or list(THOUGHT[key]) for key in THOUGHT}


def _alike(records: Counter[str]) -> dict[str, float]:
    """What the records of each world count, so that all worlds count alike however many records they have."""
    weighed: Counter[str] = Counter()
    for kind, n in records.items():
        weighed[_world_of(kind)] += n**POWER  # type: ignore[assignment]
    mean = sum(weighed.values()) / len(weighed)
    return {world: mean / found for world, found in weighed.items()}


def _world_of(kind: str) -> str:
    """The name before the colon."""
    return kind.partition(":")[0]


def _loss(point: Sequence[float], start: Sequence[float], rows: Mapping[tuple, Sequence[float]]) -> tuple[float, Vector]:
    """How unlikely the truth is with these weights, with the strain of the springs; and the slope."""
    slope = [STIFFNESS * (now - then) for now, then in zip(point, start, strict=True)]
    value = sum(s * s for s in slope) / (2 * STIFFNESS)
    for (parts, (spoof, forwarded, failing)), (truly_s, truly_f, truly_o) in rows.items():
        for at, scale in parts:
            spoof += point[at] * scale
            forwarded += point[at + 1] * scale
            failing += point[at + 2] * scale
        top = max(spoof, forwarded, failing)
        a, b, c = exp(spoof - top), exp(forwarded - top), exp(failing - top)
        whole, weight = a + b + c, truly_s + truly_f + truly_o
        value -= truly_s * (spoof - top) + truly_f * (forwarded - top) + truly_o * (failing - top) - weight * log(whole)
        d_s, d_f, d_o = weight * a / whole - truly_s, weight * b / whole - truly_f, weight * c / whole - truly_o
        for at, scale in parts:
            slope[at] += d_s * scale
            slope[at + 1] += d_f * scale
            slope[at + 2] += d_o * scale
    return value, slope


def rewritten(text: str, table: Table) -> str:
    """The module of the weights with another table; its comments stay where they are."""

    def line(found: re.Match[str]) -> str:
        nats = [round(nats, 2) + 0.0 for nats in table[found[1]]]
        return f'    "{found[1]}": ({", ".join(map(str, nats))}),'

    return re.sub(r'^    "([a-z_:]+)": \([^)]*\),$', line, text, flags=re.MULTILINE)


# ---- kinds left out


def held_out(some: Sequence[Example]) -> Iterator[tuple[Example, list[float]]]:
    """Each example with the chances of the three classes, by weights that no example of its kind had a part in."""
    fold = _dealt(some)
    for number in range(FOLDS):
        table = fit([example for example in some if fold[example.kind] != number])
        for example in some:
            if fold[example.kind] == number:
                yield example, chances(example.parts, table)


def left_out(some: Sequence[Example], world: str) -> Iterator[tuple[Example, list[float]]]:
    """The examples of a world with their chances, by weights that the other worlds give."""
    table = fit([example for example in some if not example.kind.startswith(world)])
    for example in some:
        if example.kind.startswith(world):
            yield example, chances(example.parts, table)


def _dealt(some: Iterable[Example]) -> dict[str, int]:
    """The fold of each kind; every fold has kinds of every class."""
    rng = random.Random(1)
    fold = {}
    for truly in range(len(ORDER)):
        kinds = sorted({example.kind for example in some if example.truly == truly})
        rng.shuffle(kinds)
        for number, kind in enumerate(kinds):
            fold.setdefault(kind, number % FOLDS)
    return fold


def chances(parts: Parts, table: Table) -> list[float]:
    """The chances of the three classes."""
    found = sums(parts, table)
    shares = [exp((nats - max(found)) / DOUBT) for nats in found]
    return [share / sum(shares) for share in shares]


def _print(name: str, judged: Sequence[tuple[Example, list[float]]]) -> None:
    """F1, what must not be, and how right the sure ones are."""
    truly: Counter[int] = Counter()
    told: Counter[int] = Counter()
    right: Counter[int] = Counter()
    sure = sure_right = lost = 0
    for example, found in judged:
        given = found.index(max(found))
        truly[example.truly] += example.records
        told[given] += example.records
        right[given] += example.records * (given == example.truly)
        lost += example.records * (given == 0 and example.truly != 0)
        sure += example.records * (max(found) >= 0.9)
        sure_right += example.records * (max(found) >= 0.9 and given == example.truly)
    f1 = sum(2 * right[n] / (truly[n] + told[n]) for n in range(3)) / 3
    print(f"{name}: F1 of failed records {f1:.4f}, genuine called spoof {lost / (truly[1] + truly[2]):.4f}, ", end="")
    print(f"spoof called genuine {1 - right[0] / truly[0]:.4f}, chance of 0.9 and more {sure / truly.total():.4f}, ", end="")
    print(f"right of these {sure_right / max(sure, 1):.4f}")


if __name__ == "__main__":
    main()
