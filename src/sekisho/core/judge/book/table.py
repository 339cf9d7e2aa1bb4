"""How the tables of the book are written and read: two lines an entry.

    id | name | Japanese name, where it differs | public page
        hosts SUFFIX …; spf NAME …; dkim SUFFIX …; return SUFFIX …; net DOMAIN …

A part without facts is left out. A line that is indented further goes
on with the one above. A third line `help URL` gives the page that tells customers what to set up, where it is another one
than the public page.
"""

from __future__ import annotations

from sekisho.core.judge.sources import Sender, SenderKind

_PARTS = ("hosts", "spf", "dkim", "return", "net")
_GOES_ON = " " * 8


def read_table(kind: SenderKind, text: str) -> tuple[Sender, ...]:
    """The entries of a table, all of one kind; ValueError tells the line that is not as it should be."""
    senders = []
    lines = [line for line in text.splitlines() if line.strip()]
    at = 0
    while at < len(lines):
        body = []
        head = lines[at]
        at += 1
        while at < len(lines) and lines[at].startswith(" "):
            if body and lines[at].startswith(_GOES_ON):
                body[-1] += " " + lines[at].strip()
            else:
                body.append(lines[at].strip())
            at += 1
        senders.append(_entry(kind, head, body))
    return tuple(senders)


def _entry(kind: SenderKind, head: str, body: list[str]) -> Sender:
    """One entry from its head line and what is indented below."""
    columns = [column.strip() for column in head.split("|")]
    if len(columns) != 4:
        raise ValueError(f"not an entry: {head!r}")
    id_, name, name_ja, source = columns
    facts, help_url = _facts(body)
    return Sender(
        id=id_,
        name=name,
        name_ja=name_ja or name,
        kind=kind,
        hosts=facts.get("hosts", ()),
        spf=facts.get("spf", ()),
        dkim=facts.get("dkim", ()),
        return_path=facts.get("return", ()),
        networks=facts.get("net", ()),
        help_url=help_url or source,
        source=source,
    )


def _facts(body: list[str]) -> tuple[dict[str, tuple[str, ...]], str]:
    """The facts of an entry by their part, and the help page."""
    facts: dict[str, tuple[str, ...]] = {}
    help_url = ""
    for line in body:
        if line.startswith("help "):
            help_url = line[5:].strip()
            continue
        for piece in filter(None, (piece.strip() for piece in line.split(";"))):
            part, _, names = piece.partition(" ")
            if part not in _PARTS or part in facts:
                raise ValueError(f"not a part: {piece!r}")
            facts[part] = tuple(names.split())
    return facts, help_url
