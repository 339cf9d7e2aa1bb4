"""Small pictures as inline SVG of our own: marks, the gate, split bars, sparks. No style attribute, so they pass a strict CSP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sekisho.core.terms import Class

SHAPES = {
    Class.NORMAL: SafeString('<circle cx="5" cy="5" r="4.6"/>'),
    Class.FORWARDED: SafeString('<path d="M1 .6 9.4 5 1 9.4Z"/>'),
    Class.FAILING: SafeString('<rect x=".7" y=".7" width="8.6" height="8.6"/>'),
    Class.SPOOF: SafeString('<path d="M5 .2 9.9 9.4H.1Z"/>'),
}
PATTERNED = {
    Class.FORWARDED: SafeString(' fill="url(#pattern-forwarded)"'),
    Class.FAILING: SafeString(' fill="url(#pattern-failing)"'),
}
"""Areas that carry a pattern, by a presentation attribute: a style sheet would look for the pattern in its own file. The
patterns stand once in base.html."""
STACK = (Class.NORMAL, Class.FORWARDED, Class.FAILING, Class.SPOOF)
"""From the bottom of a stack, or the left of a bar."""
LEAST_SHARE = 2.0
"""Percent of a bar's width that the smallest part keeps, so that it can be seen."""
SPARK_WIDTH, SPARK_HEIGHT, SPARK_FLOOR = 92, 24, 60
"""A spark's scale reaches at least this many messages, so that noise stays flat."""
MOST_SPARK_POINTS = 400

GATE = SafeString(
    '<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.1" stroke-linecap="square">'
    '<path d="M2.5 7h19M6 3.2v18M18 3.2v18"/><path d="M10 21.2v-6.4h4v6.4" stroke-width="1.6"/></svg>'
)
"""The sign of the house: a gate with its low door."""


def mark(klass: Class | str) -> SafeString:
    """The shape of a class: ▲ spoof, ■ failing, ▶ forwarded, ● normal."""
    klass = Class(klass)
    return format_html('<svg class="mark {}" viewBox="0 0 10 10" aria-hidden="true">{}</svg>', klass.value, SHAPES[klass])


def swatch(klass: Class | str) -> SafeString:
    """A piece of the area of a class, with its pattern, for legends."""
    klass = Class(klass)
    return format_html('<svg class="swatch" aria-hidden="true"><rect{} width="100%" height="100%"/></svg>', _paint(klass))


def split_bar(counts: Mapping[Class, int], label: str) -> SafeString:
    """The shares of the four classes in one bar, from normal at the left to spoof, with a seam between."""
    widths = bar_widths([counts.get(klass, 0) for klass in STACK])
    parts: list[tuple[SafeString]] = []
    left = 0.0
    for klass, width in zip(STACK, widths, strict=True):
        if not width:
            continue
        parts.append((_rect(_paint(klass), left, width),))
        if left:
            parts.append((format_html('<rect class="seam" x="{}%" width="1" height="100%"/>', f"{left:.2f}"),))
        left += width
    return format_html(
        '<svg class="split" role="img" aria-label="{}"><title>{}</title><rect class="track" width="100%" height="100%"/>{}</svg>',
        label,
        label,
        format_html_join("", "{}", parts),
    )


def bar_widths(counts: Sequence[int]) -> list[float]:
    """Percent widths that add up to a hundred, none but the empty ones under the least share."""
    whole = sum(counts)
    if not whole:
        return [0.0] * len(counts)
    widths = [max(100 * count / whole, LEAST_SHARE) if count else 0.0 for count in counts]
    too_much = sum(widths) - 100
    widest = max(range(len(widths)), key=widths.__getitem__)
    widths[widest] -= too_much
    return widths


def share_bar(percent: float, klass: Class | str | None = None) -> SafeString:
    """One bar of a sorted table, `percent` of the column's width."""
    paint = _paint(Class(klass)) if klass else SafeString(' class="f-plain"')
    return format_html(
        '<svg class="split" aria-hidden="true"><rect class="track" width="100%" height="100%"/>{}</svg>',
        _rect(paint, 0.0, min(max(percent, 0.0), 100.0)),
    )


def spark(values: Sequence[int], *, is_hot: bool = False) -> SafeString:
    """A line of daily figures without axes; flat where all stay under the floor of its scale."""
    values = values[-MOST_SPARK_POINTS:]
    top = max(SPARK_FLOOR, *values) if values else SPARK_FLOOR
    step = SPARK_WIDTH / max(len(values) - 1, 1)
    points = [f"{index * step:.1f} {SPARK_HEIGHT - 2 - (SPARK_HEIGHT - 4) * value / top:.1f}" for index, value in enumerate(values)]
    if len(points) == 1:
        points.append(f"{SPARK_WIDTH} {points[0].split()[1]}")
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true"><path{} d="{}"/></svg>',
        SPARK_WIDTH,
        SPARK_HEIGHT,
        SafeString(' class="hot"') if is_hot else "",
        f"M{'L'.join(points)}" if points else "",
    )


def _rect(paint: SafeString, left: float, width: float) -> SafeString:
    return format_html('<rect{} x="{}%" width="{}%" height="100%"/>', paint, f"{left:.2f}", f"{width:.2f}")


def _paint(klass: Class) -> SafeString:
    """The attribute that fills an area: its pattern, else its plain colour by class name."""
    return PATTERNED.get(klass) or format_html(' class="f-{}"', klass.value)
