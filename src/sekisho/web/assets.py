"""Where the browser bundle lies: reads the bundle's manifest and names the files a page loads."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

DIST = Path(__file__).parent / "static" / "dist"
"""What the build makes: hashed files and `manifest.json`."""
ENTRY = "src/main.ts"


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files one page loads, as paths below the static folder."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


def bundle(dist: Path | None = None, entry: str = ENTRY) -> Bundle:
    """The bundle of an entry; empty, with one line in the log, where none has been built: the pages work without."""
    return _read(dist or DIST, entry)


@cache
def _read(dist: Path, entry: str) -> Bundle:
    path = dist / "manifest.json"
    try:
        return from_manifest(json.loads(path.read_text(encoding="utf-8")), entry)
    except FileNotFoundError:
        log.warning("no browser bundle at %s: run `make frontend`", dist)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.error("the browser bundle's manifest %s makes no sense (%r): run `make frontend`", path, error)  # noqa: TRY400 - a trace tells no more
    return Bundle()


def from_manifest(manifest: Mapping[str, Any], entry: str) -> Bundle:
    """The files of an entry by a Vite manifest: its script, and the style sheets of it and of all it imports at once."""
    styles: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        chunk = manifest[name]
        styles.update(dict.fromkeys(f"dist/{style}" for style in chunk.get("css", ())))
        waiting.extend(chunk.get("imports", ()))
    return Bundle((f"dist/{manifest[entry]['file']}",), tuple(styles))
