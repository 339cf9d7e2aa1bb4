"""How the tables of the book are written and read: two lines an entry.

    id | name | Japanese name, where it differs | public page
        hosts SUFFIX …; spf NAME …; dkim SUFFIX …; return SUFFIX …; net DOMAIN …

A part without facts is left out. A line that is indented further goes on with the one above. A last line `help URL` gives
the page that tells customers what to set up, where it is another one than the public page. A service signs and takes
bounces under the domains of its hosts, where nothing else is said: SPF and signatures that pass for them are its doing.

Of a provider whose customers' lines have names under the same suffix, without word or address that tells, only the
suffixes of its mail servers are hosts.
"""

from __future__ import annotations

from sekisho.core.judge.sources import Sender, SenderKind

_PARTS = frozenset(("hosts", "spf", "dkim", "return", "net"))
_GOES_ON = "\n" + " " * 8


def read_table(kind: SenderKind, text: str) -> tuple[Sender, ...]:
    """The entries of a table, all of one kind; ValueError tells the line that is not as it should be."""
    senders = []
    head = ""
    body: list[str] = []
    for line in text.replace(_GOES_ON, " ").split("\n"):
        if head and line.startswith(" "):
            body.append(line)
        elif line:
            if head:
                senders.append(_entry(kind, head, body))
            head, body = line, []
    if head:
        senders.append(_entry(kind, head, body))
    return tuple(senders)


def _entry(kind: SenderKind, head: str, body: list[str]) -> Sender:
    """One entry from its head line and what is indented below."""
    columns = head.split("|")
    if len(columns) != 4:
        raise ValueError(f"not an entry: {head!r}")
    id_, name, name_ja, source = map(str.strip, columns)
    facts, help_url = _facts(body)
    own = facts.get("hosts", ()) if kind is SenderKind.SERVICE else ()
    return Sender(
        id=id_,
        name=name,
        name_ja=name_ja or name,
        kind=kind,
        hosts=facts.get("hosts", ()),
        spf=facts.get("spf", ()),
        dkim=facts.get("dkim", own),
        return_path=facts.get("return", own),
        networks=facts.get("net", ()),
        help_url=help_url or source,
        source=source,
    )


def _facts(body: list[str]) -> tuple[dict[str, tuple[str, ...]], str]:
    """The facts of an entry by their part, and the help page."""
    facts: dict[str, tuple[str, ...]] = {}
    help_url = ""
    for line in body:
        for piece in line.split(";"):
            part, *names = piece.split() or [""]
            if part == "help" and names:
                help_url = names[0]
            elif part in _PARTS and part not in facts and names:
                facts[part] = tuple(names)
            elif part:
                raise ValueError(f"not a part: {piece.strip()!r}")
    return facts, help_url
