"""The least value of a smooth function, found by its slope (L-BFGS): Nocedal and Wright, Numerical Optimization, 7.4 and 7.5."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

Vector = list[float]
Slope = Callable[[Sequence[float]], tuple[float, Vector]]
"""The value at a point, and the slope there."""

MEMORY = 12
"""Steps whose bend is remembered."""
HALVINGS = 20
ENOUGH = 1e-4
"""Part of what the slope promises that a step must bring."""


def minimum(slope: Slope, start: Sequence[float], *, steps: int = 250, tolerance: float = 1e-7) -> Vector:
    """The point where the function is least, from `start`; ends when a step brings less than `tolerance` of the value."""
    at = list(start)
    value, down = slope(at)
    bends: deque[tuple[Vector, Vector, float]] = deque(maxlen=MEMORY)
    for _ in range(steps):
        way = _way(down, bends)
        promised = _dot(way, down)
        length = 1.0
        for _ in range(HALVINGS):
            there = [a + length * w for a, w in zip(at, way, strict=True)]
            new, slope_there = slope(there)
            if new <= value + ENOUGH * length * promised:
                break
            length /= 2
        step = [length * w for w in way]
        bend = [b - a for a, b in zip(down, slope_there, strict=True)]
        if (product := _dot(step, bend)) > 1e-12:
            bends.append((step, bend, product))
        gain, at, value, down = value - new, there, new, slope_there
        if gain < tolerance * abs(value):
            break
    return at


def _way(down: Vector, bends: deque[tuple[Vector, Vector, float]]) -> Vector:
    """The way to go: against the slope, turned by the bends that were seen."""
    way = [-d for d in down]
    parts = []
    for step, bend, product in reversed(bends):
        part = _dot(step, way) / product
        parts.append(part)
        way = [w - part * b for w, b in zip(way, bend, strict=True)]
    if bends:
        step, bend, product = bends[-1]
        scale = product / _dot(bend, bend)
    else:
        scale = 1 / max(1.0, max(map(abs, way)))
    way = [scale * w for w in way]
    for (step, bend, product), part in zip(bends, reversed(parts), strict=True):
        back = part - _dot(bend, way) / product
        way = [w + back * s for w, s in zip(way, step, strict=True)]
    return way


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(map(float.__mul__, left, right))
