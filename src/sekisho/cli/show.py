"""How commands print: tables and colour for people on a terminal, plain lines elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from rich.progress import Progress

# `rich` is loaded where something is shown to a person: it takes a tenth of a second, and scripts see nothing of it.
_CONTROL = dict.fromkeys((*range(32), 127, *range(128, 160), *range(8234, 8239), *range(8294, 8298)), "�")


def harmless(text: str) -> str:
    """The text without characters that would steer a terminal."""
    return text.translate(_CONTROL)


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()) -> None:
    """A table for people; tab-separated lines when the output is no terminal."""
    if not is_terminal():
        for row in rows:
            print("\t".join(harmless(str(cell)) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, header_style="bold")
    numeric = set(right)
    for number, name in enumerate(columns):
        shown.add_column(name, justify="right" if number in numeric else "left")
    for row in rows:
        shown.add_row(*(Text(harmless(str(cell))) for cell in row))
    Console(highlight=False, soft_wrap=True).print(shown)


def error(text: str) -> None:
    """A line for the person, not for the next program."""
    print(text, file=sys.stderr)


def as_json(value: object) -> None:
    """The value as JSON."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    print()


def progress() -> Progress:
    """A progress bar with counts and time left on standard error; silent when nobody looks."""
    if not sys.stderr.isatty():
        return cast("Progress", _Unseen())  # it has all that is used of one
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, highlight=False, soft_wrap=True),
        transient=True,
    )


class _Unseen(AbstractContextManager["_Unseen"]):
    """A progress bar that nobody looks at."""

    def __exit__(self, *_error: object) -> None:
        return

    def add_task(self, _description: str, **_options: float | None) -> int:
        """A task that is not shown."""
        return 0

    def update(self, _task: int, **_done: float) -> None:
        """Shows nothing."""

    def advance(self, _task: int) -> None:
        """Shows nothing."""


def pairs(values: Mapping[str, object]) -> None:
    """Names and values, one a line, aligned for people."""
    from rich.cells import cell_len

    width = max((cell_len(name) for name in values), default=0)
    for name, value in values.items():
        space = " " * (width - cell_len(name) + 2) if is_terminal() else "\t"
        print(f"{name}{space}{harmless(str(value))}")
