"""The book of kinds of troubled source: each a function that puts its mail on the stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.accuracy.province.chance import Dice
from bench.accuracy.province.mail import Flow
from bench.accuracy.province.stage import Stage

from sekisho.core.terms import Class

Play = Callable[[Stage, Dice], Iterator[Flow]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source."""

    name: str
    klass: Class
    hard: bool
    play: Play


KINDS: dict[str, Kind] = {}


def kind(klass: Class, *, hard: bool = False) -> Callable[[Play], Play]:
    """Enters a function into the book under its name; its docstring says what it is and, where hard, why."""

    def enter(play: Play) -> Play:
        name = getattr(play, "__name__", "")
        KINDS[name] = Kind(name, klass, hard, play)
        return play

    return enter
