"""Charts of the paper as SVG made here: messages of a month by day and class, with patterns that also print in grey."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from sekisho.core.terms import Class
from sekisho.store.query import DaySplit
from sekisho.web import formats

WIDTH, LEFT, RIGHT = 680, 46, 6
TOP, UPPER, LOWER, GAP, FOOT = 20, 118, 52, 36, 22
FILLS = {Class.NORMAL: "#7A92A8", Class.FORWARDED: "#5B50B5", Class.FAILING: "#C47708", Class.SPOOF: "#A3143C"}
STACK = (Class.NORMAL, Class.FORWARDED, Class.FAILING, Class.SPOOF)
"""From the bottom."""
FAILED = STACK[1:]
FONT = 'font-family="Noto Sans JP" font-size="9" fill="#4A5159"'
PATTERNS = (
    '<pattern id="failing" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#C47708"/><path d="M1 0v6" stroke="#FFF" stroke-opacity=".55" stroke-width="1.6"/></pattern>'
    '<pattern id="forwarded" width="6" height="4" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="4" fill="#5B50B5"/><path d="M0 1h6" stroke="#FFFFFF" stroke-opacity=".55" stroke-width="1"/></pattern>'
)


def paint(klass: Class) -> str:
    """The fill of a class."""
    return f"url(#{klass.value})" if klass in (Class.FAILING, Class.FORWARDED) else FILLS[klass]


def month_chart(days: Sequence[DaySplit], titles: tuple[str, str], lang: str) -> str:
    """Two panes over one axis of days: above what failed, at full height; below all mail, in proportion."""
    height = TOP + UPPER + GAP + LOWER + FOOT
    upper = _pane(days, FAILED, TOP, UPPER, titles[0], lang)
    lower = _pane(days, STACK, TOP + UPPER + GAP, LOWER, titles[1], lang)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
        f"<defs>{PATTERNS}</defs>{upper}{lower}{_dates(days, height - 8, lang)}</svg>"
    )


def _pane(days: Sequence[DaySplit], classes: Sequence[Class], top: int, height: int, title: str, lang: str) -> str:
    most = max((sum(day.split.of(k) for k in classes) for day in days), default=0)
    scale = height / nice(most)
    parts = [f'<text x="0" y="{top - 9}" {FONT}>{escape(title)}</text>']
    for share in (0.5, 1.0):
        y = top + height * (1 - share)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#E1E0D9" stroke-width=".75"/>')
        parts.append(
            f'<text x="{LEFT - 5}" y="{y + 3:.1f}" text-anchor="end" {FONT}>{formats.axis(nice(most) * share, lang)}</text>'
        )
    step = (WIDTH - LEFT - RIGHT) / max(1, len(days))
    for place, day in enumerate(days):
        y = float(top + height)
        for klass in classes:
            tall = day.split.of(klass) * scale
            if tall <= 0:
                continue
            y -= tall
            x = LEFT + place * step + step * 0.12
            parts.append(f'<rect x="{x:.2f}" y="{y:.2f}" width="{step * 0.76:.2f}" height="{tall:.2f}" fill="{paint(klass)}"/>')
    parts.append(f'<path d="M{LEFT} {top + height}H{WIDTH - RIGHT}" stroke="#868983" stroke-width="1"/>')
    return "".join(parts)


def _dates(days: Sequence[DaySplit], y: int, lang: str) -> str:
    step = (WIDTH - LEFT - RIGHT) / max(1, len(days))
    return "".join(
        f'<text x="{LEFT + (place + 0.5) * step:.1f}" y="{y}" text-anchor="middle" {FONT}>'
        f"{escape(formats.day_short(day.day, lang))}</text>"
        for place, day in enumerate(days)
        if place % 5 == 0
    )


def nice(most: int) -> int:
    """The end of an axis that holds `most`, whose middle is a round number too."""
    scale = 1
    while True:
        for factor in (2, 3, 4, 5, 6, 8, 10, 12, 16):
            end = factor * scale
            if end >= most and end % 2 == 0:
                return end
        scale *= 10


def swatch(klass: Class) -> str:
    """A piece of a class's area, for the legend."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 10" width="14" height="10">'
        f'<defs>{PATTERNS}</defs><rect width="14" height="10" fill="{paint(klass)}"/></svg>'
    )
