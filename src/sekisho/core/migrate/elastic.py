"""Reads exports of Elasticsearch and OpenSearch: a document a line (elasticdump, bulk), or the pages of a scroll or search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sekisho.core.errors import ReadError
from sekisho.core.migrate.flat import piece_of
from sekisho.core.migrate.form import Object
from sekisho.core.migrate.jsontext import JsonText
from sekisho.core.migrate.values import Piece, Refused

MAX_BAD_LINES = 1000
"""Lines that are no JSON after which a file is left alone: it is something else."""
_ACTIONS = frozenset(("index", "create", "update", "delete"))
"""What a line between documents says in the form of the bulk interface."""


def read_elastic(chunks: Iterable[bytes]) -> Iterator[Piece | Refused]:
    """The parts of reports in the order of the file, each document a record. A line that is no JSON is refused and passed over."""
    text = JsonText(chunks)
    bad = 0
    while bad < MAX_BAD_LINES:
        is_list = False
        try:
            if not text.more():
                return
            is_list = text.peek() == "["
            yield from _any(text)
        except ReadError as error:
            yield Refused(error.reason, error.where)
            if is_list:
                return  # where the next document begins is not certain any more
            bad += 1
            try:
                text.next_line()
            except ReadError:
                return
    yield Refused("The file has too many lines that are not JSON; the rest was left", text.where)


def _any(text: JsonText) -> Iterator[Piece | Refused]:
    """A document, a page of an answer with its hits, or a list of such."""
    match text.peek():
        case "[":
            for _ in text.items():
                yield from _any(text)
        case "{":
            yield from _object(text)
        case _:
            where = text.where
            text.skip()
            yield Refused("This is not a document", where)


def _object(text: JsonText) -> Iterator[Piece | Refused]:
    where = text.where
    found: dict[str, object] = {}
    held = False
    for name in text.members():
        if name == "hits" and text.peek() in ("[", "{"):
            held = True
            yield from _any(text)
        else:
            found[name] = text.value()
    if not held and not (len(found) == 1 and _ACTIONS & found.keys()) and found:
        yield _document(found, where)


def _document(found: Object, where: str) -> Piece | Refused:
    source = found.get("_source", found)
    name = str(found.get("_id", ""))[:100]
    try:
        return piece_of(source if isinstance(source, dict) else {})
    except ReadError as error:
        return Refused(error.reason, name or where)
