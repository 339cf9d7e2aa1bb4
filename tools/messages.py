"""Translations: merges the parts of each language into one catalogue, and checks that nothing is missing, unused or broken.

Each room of the pages keeps its own part, `locale/<language>/parts/<room>.po`; `django.mo` is made from all of them.

    python tools/messages.py            check
    python tools/messages.py compile    write locale/<language>/LC_MESSAGES/django.mo
"""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = Path("src/sekisho")
LOCALE = Path("src/sekisho/web/locale")
LANGUAGES = ("ja",)
"""Languages that must be whole; English is what the code says."""
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_", "N_")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
    **dict.fromkeys(("SettingsError", "UsageError", "StoreBusy", "StoreError")),
}
"""The last ones are errors of rooms that speak no language: what they say is translated where it is shown."""
SAME_DAY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""The same sources make the same catalogue, byte for byte."""
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%(?!%)[sd]|\{(\w*)(?:![rs])?\}")


class Key(NamedTuple):
    """What gettext knows a message by."""

    context: str
    text: str


@dataclass(frozen=True, slots=True)
class Use:
    """Where the code asks for a message; `plural` is empty without one."""

    where: str
    plural: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A translation in a part: its plural forms in their order, one without."""

    part: str
    forms: tuple[str, ...]
    is_fuzzy: bool = False


class DuplicateError(Exception):
    """Two parts translate one message differently."""


# ---- reading the code


def uses(root: Path = ROOT) -> dict[Key, list[Use]]:
    """Every message that the Python code and the templates ask for, with the places."""
    found: dict[Key, list[Use]] = defaultdict(list)
    for path in sorted((root / SOURCES).rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "locale" not in path.parts:
            for key, use in _uses_of(path, root):
                found[key].append(use)
    return found


def _uses_of(path: Path, root: Path) -> Iterator[tuple[Key, Use]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "templates" not in path.parts:
            return
        from django.utils.translation.template import templatize

        source = templatize(source, origin=str(path))
    name = path.relative_to(root)
    for line, text, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        singular, plural = text if isinstance(text, tuple) else (text, "")
        if singular:
            yield Key(context or "", singular), Use(f"{name}:{line}", plural)


# ---- reading the parts


def parts(locale: Path, language: str) -> dict[Key, list[Entry]]:
    """All entries of a language's parts."""
    found: dict[Key, list[Entry]] = defaultdict(list)
    for path in sorted((locale / language / "parts").glob("*.po")):
        for message in _read(path, language):
            if message.id:
                text = message.id if isinstance(message.id, str) else message.id[0]
                forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
                found[Key(message.context or "", text)].append(Entry(path.name, forms, message.fuzzy))
    return found


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def merged(locale: Path, language: str) -> Catalog:
    """One catalogue of all parts; raises DuplicateError where two of them translate a message differently."""
    differing = list(_differing(parts(locale, language)))
    if differing:
        raise DuplicateError("\n".join(differing))
    whole = Catalog(locale=language, domain="django", charset="utf-8", fuzzy=False, creation_date=SAME_DAY, revision_date=SAME_DAY)
    for path in sorted((locale / language / "parts").glob("*.po")):
        for message in _read(path, language):
            if message.id and not message.fuzzy:
                whole[message.id] = Message(message.id, message.string, context=message.context)
    return whole


def compile_all(locale: Path, out: Path) -> list[Path]:
    """Writes `<out>/<language>/LC_MESSAGES/django.mo` for each language and returns the paths."""
    written = []
    for language in LANGUAGES:
        place = out / language / "LC_MESSAGES" / "django.mo"
        place.parent.mkdir(parents=True, exist_ok=True)
        catalog = merged(locale, language)
        with place.open("wb") as stream:
            write_mo(stream, catalog)
        written.append(place)
    return written


# ---- checking


def problems(used: Mapping[Key, list[Use]], translated: Mapping[Key, list[Entry]]) -> list[str]:
    """What is wrong, one line each: missing by place of use, then unused, differing, and other placeholders."""
    return [
        *(line for key, where in used.items() for line in _missing(key, where, translated.get(key, []))),
        *(
            f"{entry.part}: nobody uses {_shown(key)}"
            for key, entries in translated.items()
            if key not in used
            for entry in entries
        ),
        *_differing(translated),
        *(line for key, entries in translated.items() if key in used for line in _broken(key, used[key], entries)),
    ]


def _missing(key: Key, where: list[Use], entries: list[Entry]) -> Iterator[str]:
    if not any(all(entry.forms) and not entry.is_fuzzy for entry in entries):
        yield f"{where[0].where}: no translation of {_shown(key)}"


def _differing(translated: Mapping[Key, list[Entry]]) -> Iterator[str]:
    for key, entries in translated.items():
        for other in entries[1:]:
            if other.forms != entries[0].forms:
                yield f"{other.part}: translates {_shown(key)} otherwise than {entries[0].part}"


def _broken(key: Key, where: list[Use], entries: list[Entry]) -> Iterator[str]:
    wanted = placeholders(where[0].plural or key.text)
    for entry in entries:
        for form in entry.forms:
            if form and placeholders(form) != wanted:
                yield f"{entry.part}: {_shown(key)} has {_named(wanted)}, its translation {_named(placeholders(form))}"


def placeholders(text: str) -> list[str]:
    """What is filled in, sorted: `%(name)s`, `%s` and `{name}`; a doubled percent sign is none."""
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def _named(found: list[str]) -> str:
    return ", ".join(found) or "nothing to fill in"


def _shown(key: Key) -> str:
    context = f" ({key.context})" if key.context else ""
    return f"{key.text!r}{context}"


def check(root: Path = ROOT) -> list[str]:
    """The problems of all languages."""
    used = uses(root)
    return [f"{language}: {line}" for language in LANGUAGES for line in problems(used, parts(root / LOCALE, language))]


def main(argv: list[str]) -> int:
    """Checks, or compiles; the status is 1 when something is wrong."""
    if argv == ["compile"]:
        for path in compile_all(ROOT / LOCALE, ROOT / LOCALE):
            sys.stdout.write(f"{path}\n")
        return 0
    found = check()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
