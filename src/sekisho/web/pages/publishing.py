"""What a domain must publish before its first report comes, in words, and how far it is; for the page and the interface."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from sekisho.core.dmarc.uri import mailto
from sekisho.core.dmarc.write import merged
from sekisho.core.guidance.start import Start, Txt, proof_record
from sekisho.core.terms import Found
from sekisho.intake.addressing import asked_at
from sekisho.registry import proofs
from sekisho.registry.models import Domain, Organisation
from sekisho.registry.proofs import Proof
from sekisho.store.query import Filter, Split
from sekisho.web import facts
from sekisho.web.pages.proof import is_off, look
from sekisho.web.parts import Tone

EVER = 10**6
"""As far as facts can reach, in days: the first hour is over once there is any report."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record to publish, as the panel of a DNS provider asks for it, and whether it is there."""

    title: str
    txt: Txt
    state: Found
    why: str
    added: tuple[str, str, str] = ("", "", "")
    """The value in three parts, of which the middle one is new."""
    by_others: str = ""
    """The zone, where it is not that of the domain: whoever runs that publishes it."""

    @property
    def tone(self) -> Tone:
        """Green once it is there; grey where nobody knows."""
        return {Found.YES: Tone.OK, Found.NO: Tone.WARN, Found.UNKNOWN: Tone.PLAIN}[self.state]

    @property
    def word(self) -> str:
        """What was found, never “missing” where nobody could be asked."""
        words = {Found.YES: _("Found"), Found.NO: _("Not yet there"), Found.UNKNOWN: _("Could not be checked")}
        return words[self.state]


@dataclass(frozen=True, slots=True)
class Steps:
    """How far a domain is on the way to its first report."""

    address: str
    """Where its reports are asked for at; empty while nothing takes mail in."""
    is_off: bool
    """Whether this install asks no DNS."""
    found: Start | None
    """What stands in the DNS; None where nobody asks, or too many do."""
    records: list[Record]
    proof_record: Record
    is_held: bool
    """Whether its reports are held back until it is proved."""
    letter: str
    """A text for whoever looks after the DNS; empty where nothing is to be done."""
    reports: int
    reporters: int
    split: Split | None

    @property
    def is_asking(self) -> bool:
        """Whether receivers will send reports."""
        return self.found is not None and self.found.is_ready

    @property
    def number(self) -> int:
        """The step it is at: 2 publish, 3 wait, 4 reports are there."""
        return 4 if self.reports else 3 if self.is_asking else 2


def steps(org: Organisation, domain: Domain, proof: Proof) -> Steps:
    """The steps of a domain, its records looked at some seconds ago at most."""
    address = asked_at(org, proof.report_address)
    is_blind = is_off()
    found = look(domain, proof, address, timezone.now()) if address and not is_blind else None
    records = _records(found, address) if found is not None else []
    if address and is_blind:
        records = [_unseen(domain.name, address)]
    is_held = proofs.is_held(org.pk, domain.name)
    f = Filter(org.pk, 0, EVER, domains=(domain.name,))
    reports, reporters, _newest = (0, 0, 0) if is_held else facts.store().reporters_seen(f)
    return Steps(
        address,
        is_blind,
        found,
        records,
        _proof_record(domain.name, proof, found),
        is_held,
        _letter(domain.name, records),
        reports,
        reporters,
        facts.store().split(f) if reports else None,
    )


def _records(found: Start, address: str) -> list[Record]:
    records = []
    if found.record is not None:
        parts = _added(found.record, address)
        records.append(Record(_("DMARC record"), found.record, found.is_asking, found.asking_why, parts))
    if found.permit is not None:
        by = found.permit.zone
        records.append(
            Record(_("Permission of the receiving side"), found.permit, found.permission, found.permission_why, by_others=by)
        )
    return records


def _unseen(name: str, address: str) -> Record:
    """The record for a domain that has none, where nobody can look whether it has one."""
    return Record(_("DMARC record"), Txt(f"_dmarc.{name}", merged((), address)), Found.UNKNOWN, "")


def _added(txt: Txt, address: str) -> tuple[str, str, str]:
    """The value in three parts: what was there, the address that is new, and what was there behind it."""
    head, uri, tail = txt.value.partition(mailto(address))
    if not uri or not txt.before or any(mailto(address) in text for text in txt.before):
        return txt.value, "", ""
    if head.endswith(","):
        return head[:-1], "," + uri, tail
    return head, uri, tail


def _proof_record(name: str, proof: Proof, found: Start | None) -> Record:
    state = found.proof if found is not None else Found.UNKNOWN
    if proof.by_operator:
        state = Found.YES
    return Record(_("Proof of ownership"), proof_record(name, proof.token), state, found.proof_why if found is not None else "")


def _letter(name: str, records: list[Record]) -> str:
    """A text for whoever looks after the DNS."""
    todo = [record.txt for record in records if record.state is not Found.YES]
    if not todo:
        return ""
    lines = [_("Please publish these TXT records, so that we get reports on mail in the name of %(name)s:") % {"name": name}, ""]
    for txt in todo:
        lines += [_("Name: %(name)s") % {"name": txt.name}, _("Type: TXT"), _("Value: %(value)s") % {"value": txt.value}]
        if txt.before:
            lines.append(_("It takes the place of the record that is there: %(text)s") % {"text": txt.before[0]})
        lines.append("")
    lines.append(
        _("Mail is delivered as before: p=none only asks for reports.") if _is_none(todo) else _("The policy stays as it is.")
    )
    return "\n".join(lines)


def _is_none(todo: list[Txt]) -> bool:
    return all("p=none" in txt.value for txt in todo if "p=" in txt.value)
