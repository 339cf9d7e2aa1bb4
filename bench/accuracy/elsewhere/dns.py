"""The DNS of the world: records with the days on which they are there, and days on which nobody answers."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from bench.accuracy.labels import DAYS

ALWAYS = 10 * DAYS
"""A day that never comes."""


class NoAnswer(Exception):
    """The name servers of the name do not answer on that day."""


class Dns:
    """Names and records over the days of the world; day 0 is the first."""

    def __init__(self) -> None:
        self._records: dict[str, list[tuple[str, str, int, int]]] = defaultdict(list)
        self._outages: list[tuple[str, int, int]] = []
        self._broken: set[str] = set()
        self._turns = [0]

    def add(self, name: str, rtype: str, text: str, *, start: int = 0, end: int = ALWAYS) -> None:
        """A record that is there from day `start` until the day before `end`."""
        entry = (rtype, text, start, end)
        if entry not in self._records[name]:
            self._records[name].append(entry)
        self._turn(start, end)

    def out(self, domain: str, start: int, end: int) -> None:
        """From day `start` until the day before `end` no question below the domain is answered."""
        self._outages.append((domain, start, end))
        self._turn(start, end)

    def break_name(self, name: str) -> None:
        """Questions for this one name fail all the time."""
        self._broken.add(name)

    def _turn(self, *days: int) -> None:
        self._turns = sorted({*self._turns, *days})

    def era(self, day: int) -> int:
        """Days of one era have the same answers."""
        return bisect_right(self._turns, day)

    def ask(self, name: str, rtype: str, day: int) -> tuple[str, ...]:
        """The texts of the records; NoAnswer in an outage."""
        if name in self._broken:
            raise NoAnswer(name)
        for domain, start, end in self._outages:
            if start <= day < end and (name == domain or name.endswith("." + domain)):
                raise NoAnswer(name)
        return tuple(text for kind, text, start, end in self._records.get(name, ()) if kind == rtype and start <= day < end)

    def zone(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """What is there on the last day, as labels.World wants it."""
        last = DAYS - 1
        found = {
            name: tuple((rtype, text) for rtype, text, start, end in records if start <= last < end)
            for name, records in self._records.items()
        }
        found |= dict.fromkeys(self._broken, (("SERVFAIL", ""),))
        return {name: records for name, records in found.items() if records}
