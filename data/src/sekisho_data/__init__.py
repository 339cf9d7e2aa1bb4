"""Where the third-party data lies, where it comes from and how old it is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

_FILES = Path(__file__).parent / "files"


class Source(NamedTuple):
    """One origin of data, as a page has to name it."""

    name: str
    licence: str
    """SPDX identifier."""
    attribution: str
    """The words the licence asks for, the same in every language."""
    url: str
    built: date | None
    """The day the data was made; of the oldest file where there are several, None where the files do not say."""
    files: tuple[str, ...]


def path(name: str) -> Path:
    """The file of this name; raises FileNotFoundError where the data has no such file."""
    found = _FILES / name
    if Path(name).name != name or not found.is_file():
        raise FileNotFoundError(f"sekisho-data has no file {name!r}")
    return found


def sources() -> list[Source]:
    """The origins of all files, to be shown wherever the data is."""
    said = json.loads((_FILES / "sources.json").read_text(encoding="utf-8"))
    return [
        Source(
            one["name"],
            one["licence"],
            one["attribution"],
            one["url"],
            date.fromisoformat(one["built"]) if one["built"] else None,
            tuple(one["files"]),
        )
        for one in said
    ]
