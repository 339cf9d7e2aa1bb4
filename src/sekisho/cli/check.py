"""`sekisho check`: the records of a domain, explained; needs no home and no database."""

from __future__ import annotations

import argparse
from dataclasses import fields, is_dataclass
from enum import Enum
from itertools import islice
from typing import Any

from sekisho.cli import show
from sekisho.cli.words import _
from sekisho.core.errors import UsageError
from sekisho.core.names import MAX_NAME, normal
from sekisho.core.spf.tree import Tree
from sekisho.core.state.findings import Finding, Part, Severity, findings
from sekisho.core.state.gather import DomainState, Wanted, state_of
from sekisho.core.state.texts import texts
from sekisho.enrich.state import ask_state
from sekisho.net.dns import Dns, DnsSettings
from sekisho.net.http import Http, Patience
from sekisho.settings import load
from sekisho.web.dnswords import PARTS, said

PATIENCE = Patience(connect_s=5, read_s=10, deadline_s=20)
"""A person waits for the MTA-STS policy."""
MOST_LINES = 500
"""Lines of an SPF tree that are printed; a record within its limits has far fewer."""
MARKS = {Severity.PROBLEM: "✗", Severity.WARNING: "!", Severity.UNKNOWN: "?", Severity.ADVICE: "→", Severity.GOOD: "✓"}
PLAIN_MARKS = {
    Severity.PROBLEM: "BAD",
    Severity.WARNING: "WARN",
    Severity.UNKNOWN: "UNKNOWN",
    Severity.ADVICE: "ADVICE",
    Severity.GOOD: "OK",
}
COLOURS = {Severity.PROBLEM: "31", Severity.WARNING: "33", Severity.UNKNOWN: "35", Severity.ADVICE: "36", Severity.GOOD: "32"}


def run(args: argparse.Namespace) -> int:
    """Prints what stands in the DNS and what is to be said of it; status 1 where there is a problem or nothing answered."""
    domain = normal(args.domain)
    if not domain or len(domain) > MAX_NAME or any(c.isspace() for c in domain) or "." not in domain:
        raise UsageError("{domain!r} is not a domain name", domain=args.domain)
    wanted = Wanted(domain, tuple((domain, normal(selector)) for selector in args.selector))
    with Dns(DnsSettings.from_text(load().dns_servers)) as dns:
        sheet = ask_state(dns, Http(patience=PATIENCE), wanted)
    state = state_of(wanted, sheet.answer)
    told = findings(state)
    if args.format == "json":
        show.as_json({"domain": domain, "findings": [_as_values(finding) for finding in told], "state": plain(state)})
    else:
        _print(state, told)
    return 1 if any(finding.severity in (Severity.PROBLEM, Severity.UNKNOWN) for finding in told) else 0


def _as_values(finding: Finding) -> dict[str, object]:
    words = said(finding, _)
    return {
        "record": finding.part.value,
        "code": finding.code,
        "severity": finding.severity.value,
        "values": dict(finding.values),
        "what": words.what,
        "do": words.do,
    }


def plain(value: Any) -> Any:
    """A value of the core as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.hex()
    if hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _print(state: DomainState, told: tuple[Finding, ...]) -> None:
    records = texts(state)
    for part, title in PARTS.items():
        mine = [finding for finding in told if finding.part is part]
        if not mine and not records[part]:
            continue
        print(_bold(_(title)))
        for record in records[part]:
            print("    " + show.harmless(" ".join(record)))
        if part is Part.SPF and state.spf.tree is not None:
            _tree(state.spf.tree)
        for finding in mine:
            _line(finding)
        print()


def _tree(tree: Tree) -> None:
    """What the record leads to, term by term, with the look-ups of each."""
    if not any(line.node is not None for line in tree.lines()):
        return
    for line in islice(tree.lines(), MOST_LINES):
        count = f"\t{line.count.lookups}" if line.count.lookups else ""
        print("      " + "  " * line.depth + show.harmless(line.branch.term.text) + count)
    print("      " + _("{n} of at most 10 look-ups").format(n=tree.count.lookups))


def _line(finding: Finding) -> None:
    words = said(finding, _)
    if not show.is_terminal():
        print(
            f"  {PLAIN_MARKS[finding.severity]}\t{show.harmless(words.what)}" + (f"\t{show.harmless(words.do)}" if words.do else "")
        )
        return
    mark = f"\033[{COLOURS[finding.severity]}m{MARKS[finding.severity]}\033[0m"
    print(f"  {mark} {show.harmless(words.what)}")
    if words.do:
        print(f"      {show.harmless(words.do)}")


def _bold(text: str) -> str:
    return f"\033[1m{text}\033[0m" if show.is_terminal() else text
