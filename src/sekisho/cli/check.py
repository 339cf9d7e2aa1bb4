"""`sekisho check`: the records of a domain, explained; needs no home and no database."""

from __future__ import annotations

import argparse
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from sekisho.cli import show
from sekisho.cli.words import _
from sekisho.core.errors import UsageError
from sekisho.core.names import MAX_NAME, normal
from sekisho.core.state.findings import Finding, Part, Severity, findings
from sekisho.core.state.gather import DomainState, Wanted, state_of
from sekisho.enrich.state import ask_state
from sekisho.net.dns import Dns, DnsSettings
from sekisho.net.http import Http
from sekisho.settings import load
from sekisho.web.dnswords import PARTS, said

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
        raise UsageError(f"{args.domain!r} is not a domain name")
    wanted = Wanted(domain, tuple((domain, normal(selector)) for selector in args.selector))
    with Dns(DnsSettings.from_text(load().dns_servers)) as dns:
        sheet = ask_state(dns, Http(), wanted)
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
    records = dict(shown_records(state))
    for part, title in PARTS.items():
        mine = [finding for finding in told if finding.part is part]
        if not mine and part not in records:
            continue
        print(_bold(_(title)))
        for text in records.get(part, ()):
            print("    " + show.harmless(text))
        for finding in mine:
            _line(finding)
        print()


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


def shown_records(state: DomainState) -> list[tuple[Part, list[str]]]:
    """The records as text by part, each with its name."""
    dmarc = state.dmarc
    found: list[tuple[Part, list[str]]] = [
        (Part.DOMAIN, [f"{state.domain} NS {server}" for server in state.servers]),
        (Part.SPF, [f"{state.domain} TXT {text}" for text in state.spf.texts]),
        (Part.MX, [f"{state.domain} MX {exchanger.preference} {exchanger.host}" for exchanger in state.mx.hosts]),
        (Part.DKIM, [f"{key.selector}._domainkey.{key.domain} TXT {key.key.text}" for key in state.keys if key.key is not None]),
    ]
    if dmarc.record is not None:
        found.append((Part.DMARC, [f"_dmarc.{dmarc.policy_domain} TXT {dmarc.record.text}"]))
    for part, name, text in (
        (Part.STS, "_mta-sts", state.sts.text),
        (Part.TLSRPT, "_smtp._tls", state.tlsrpt.text),
        (Part.BIMI, "default._bimi", state.bimi.text),
    ):
        if text:
            found.append((part, [f"{name}.{state.domain} TXT {text}"]))
    return [(part, texts) for part, texts in found if texts]
