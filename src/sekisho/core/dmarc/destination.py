"""Whether a report may be sent to an address outside the domain (RFC 9990, 4; RFC 7489, 7.1)."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.dmarc.align import find_organizational_domain
from sekisho.core.dmarc.discover import Method
from sekisho.core.dmarc.record import read_record
from sekisho.core.dmarc.uri import ReportUri
from sekisho.core.names import MAX_NAME, normal
from sekisho.core.questions import Asking, Question
from sekisho.core.terms import Found

MAX_RECORDS = 20
"""TXT records at the name of a confirmation that are read."""


@dataclass(frozen=True, slots=True)
class Destination:
    """An address of a record, and whether its host has agreed to get the reports."""

    uri: ReportUri
    is_external: bool
    allowed: Found
    name: str = ""
    """Where the agreement is published; only for external ones."""
    replaced: ReportUri | None = None
    """The address that the host asks to use instead."""
    why: str = ""

    @property
    def target(self) -> ReportUri | None:
        """Where reports go; None where none may be sent."""
        return (self.replaced or self.uri) if self.allowed is Found.YES else None


def confirmation_name(policy_domain: str, host: str) -> str:
    """The name at which a host says that it takes the reports of a domain."""
    return f"{normal(policy_domain)}._report._dmarc.{normal(host)}"


def confirm(policy_domain: str, uri: ReportUri, tag: str = "rua", method: Method = Method.TREE_WALK) -> Asking[Destination]:
    """Asks whether an address may get the reports of a domain; `tag` is `rua` or `ruf`. UNKNOWN may be asked again.

    1. An address of the same organizational domain needs no agreement.
    2. A record at the confirmation name that begins with `v=DMARC1` is the agreement; its policy does not matter.
    3. It may name another address of the same host to use instead; one of another host voids both.
    """
    if not uri.is_usable:
        return Destination(uri, False, Found.NO, why="this is no address that reports can be sent to")
    outside = yield from _is_outside(normal(policy_domain), uri.host, method)
    if outside is not Found.YES:
        return Destination(uri, False, Found.YES if outside is Found.NO else Found.UNKNOWN)
    name = confirmation_name(policy_domain, uri.host)
    if len(name) > MAX_NAME:
        return Destination(uri, True, Found.NO, name, why="the name of the agreement would be too long for the DNS")
    answer = yield Question(name, "TXT")
    if answer.failed:
        return Destination(uri, True, Found.UNKNOWN, name, why=answer.why)
    records = [read_record(text).record for text in answer.values[:MAX_RECORDS]]
    agreed = [record for record in records if record is not None]
    if not agreed:
        return Destination(uri, True, Found.NO, name, why="the host has not agreed to get these reports")
    others = [other for record in agreed for other in getattr(record, tag) if other.is_usable]
    if any(other.host != uri.host for other in others):
        return Destination(uri, True, Found.NO, name, why="the agreement names an address of another host")
    return Destination(uri, True, Found.YES, name, others[0] if others else None)


def _is_outside(domain: str, host: str, method: Method) -> Asking[Found]:
    if domain == host:
        return Found.NO
    mine, mine_sure = yield from find_organizational_domain(domain, method)
    theirs, theirs_sure = yield from find_organizational_domain(host, method)
    if mine == theirs:
        return Found.NO
    return Found.YES if mine_sure and theirs_sure else Found.UNKNOWN
