"""What the receivers count and write: streams become rows of reports, each with its truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Host, Letter, Stream
from bench.accuracy.island.people import Site
from bench.accuracy.island.receivers import AUDIENCES, RECEIVERS
from bench.accuracy.island.rhythm import START, daily
from bench.accuracy.island.sight import Seen, Sight
from bench.accuracy.island.town import Town
from bench.accuracy.island.writing import report
from bench.accuracy.labels import Key, Truth

from sekisho.core.reports.values import AggregateReport, Said
from sekisho.core.terms import SECONDS_A_DAY, Aligned, Class

ONE_BY_ONE = 40
"""Up to this many mails of a day are looked at singly."""
CHUNKS = 24
"""So many heaps are made of more."""


class Page(NamedTuple):
    """What a report is about."""

    day: int
    receiver: str
    site: Site


class Counting:
    """Takes streams, gives reports."""

    def __init__(self, town: Town) -> None:
        self.seed = town.seed
        self._sight = Sight(town.directory)
        self._pages: dict[Page, dict[tuple[str, Said], dict[Truth, int]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(int))
        )

    def take(self, stream: Stream, dice: Dice) -> None:
        """Sends a stream through its days."""
        audience = _audience(stream)
        names, weights = list(audience), list(audience.values())
        for day, mean in enumerate(daily(stream.rhythm, stream.rate, stream.days, dice)):
            count = dice.poisson(mean) if mean else 0
            heaps = [1] * count if count <= ONE_BY_ONE else [count // CHUNKS] * CHUNKS
            for size, receiver in zip(heaps, dice.choices(names, weights, k=len(heaps)), strict=True):
                host, letter = dice.choice(stream.pairs)
                self._see(
                    Page(day, receiver, stream.site),
                    stream,
                    host,
                    letter,
                    size * max(1, round(dice.around(0.6, 1.7) * stream.heap)),
                    dice,
                )

    def _see(self, page: Page, stream: Stream, host: Host, letter: Letter, size: int, dice: Dice) -> None:
        seen = Seen(RECEIVERS[page.receiver], host, letter, stream.touch, broken=dice.happens(stream.breaks))
        said = self._sight.of(seen, _published(page), strict=page.site.strict, pct=page.site.pct, dice=dice)
        passed = Aligned.PASS in (said.dkim_aligned, said.spf_aligned)
        truth = Truth(Class.NORMAL if passed else stream.klass, stream.kind, stream.hard and not passed, host.address)
        self._pages[page][host.address, said][truth] += size

    def reports(self) -> Iterator[tuple[str, AggregateReport, list[tuple[Key, Truth]]]]:
        """Owner, report and truth of its rows, the oldest report first."""
        pages = sorted(self._pages.items(), key=lambda item: (_begins(item[0]), item[0].receiver, item[0].site.domain))
        for page, rows in pages:
            receiver = RECEIVERS[page.receiver]
            dice = Dice.of(self.seed, "report", *page[:2], page.site.domain)
            if not dice.happens(receiver.sample):
                continue
            told = [(address, sum(truths.values()), said) for (address, said), truths in rows.items()]
            made = report(receiver, page.site, _published(page), _begins(page), told, dice)
            truths_of = [max(truths, key=lambda truth: truths[truth]) for truths in rows.values()]
            yield page.site.owner, made, [((made.reporter, made.report_id, at), truth) for at, truth in enumerate(truths_of)]


def _audience(stream: Stream) -> Mapping[str, float]:
    """Where a stream goes: to one receiver where it is named, else as the mail of a country or of a sort of people."""
    if stream.audience in RECEIVERS:
        return {stream.audience: 1.0}
    return AUDIENCES.get(stream.audience or stream.site.country, AUDIENCES["world"])


def _begins(page: Page) -> int:
    hour = RECEIVERS[page.receiver].begins
    return START + page.day * SECONDS_A_DAY - (24 - hour) % 24 * 3600


def _published(page: Page) -> str:
    later = page.site.later
    return str(later[1] if later and page.day >= later[0] else page.site.policy)
