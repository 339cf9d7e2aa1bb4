"""The register of kinds: each a function that plays one kind of troubled source for one domain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.accuracy.homeland.town import Home, Letter, Sig, Stream, Town

from sekisho.core.terms import Class, Override

Play = Callable[[Town, Home], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source. `part`: used for fitting, or only for testing. `suits` says which domains it can happen to."""

    name: str
    klass: Class
    part: str
    hard: bool
    play: Play
    suits: Callable[[Home], bool]
    times: int
    """In how many domains of a world it is played at most."""


KINDS: dict[str, Kind] = {}


def kind(
    klass: Class, part: str, *, hard: bool = False, suits: Callable[[Home], bool] = lambda _: True, times: int = 2
) -> Callable[[Play], Play]:
    """Registers a kind by the name of its function; its docstring says what it is and, where it is hard, why."""

    def register(play: Play) -> Play:
        KINDS[play.__name__] = Kind(play.__name__, klass, part, hard, play, suits, times)
        return play

    return register


def signed(home: Home, state: str = "ok", *more: Sig) -> tuple[Sig, ...]:
    """The signatures of the domain's own mail."""
    return (*((Sig(home.domain, home.selector, state),) if home.signs >= 0.5 else ()), *more)


def add(town: Town, home: Home, name: str, hosts, letters, mean, *, reach=()) -> None:
    """Adds the stream of a kind; `hosts` may be bare hosts."""
    known = KINDS[name]
    weighted = tuple(h if isinstance(h, tuple) else (1.0, h) for h in hosts)
    town.add(Stream(home, name, known.klass, known.hard, weighted, tuple(letters), mean, tuple(reach)))


def passed_on(
    home: Home,
    envelope: str | None,
    broken: float,
    *,
    extra: tuple[Sig, ...] = (),
    detour: Override = Override.FORWARDED,
    arc: bool = True,
    stripped: float = 0.0,
) -> tuple[Letter, ...]:
    """Genuine mail as it arrives by a detour: intact, broken or (for `stripped` of it) without its signature.

    `envelope` None keeps the sender's. Of a domain that signs in part, so is what is passed on.
    """
    envelope = home.domain if envelope is None else envelope
    letters = []

    def letter(share: float, sigs: tuple[Sig, ...]) -> None:
        if share > 0:
            letters.append(Letter(share, home.domain, envelope, (*sigs, *extra), detour=detour, arc=arc))

    own = (Sig(home.domain, home.selector),)
    torn = (Sig(home.domain, home.selector, "broken"),)
    share = home.signs
    letter(share * (1 - broken - stripped), own)
    letter(share * broken, torn)
    letter(share * stripped + 1 - share, ())
    return tuple(letters)
