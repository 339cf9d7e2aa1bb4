"""What people said about sources, as the judge takes it."""

from __future__ import annotations

from django.utils import timezone

from sekisho.core.facts import Decision as Word
from sekisho.core.terms import SECONDS_A_DAY, Class
from sekisho.registry.models import Decision, User


class Decisions:
    """The decisions of an organisation that count, read once; the narrower and then the newer wins."""

    def __init__(self, org: int) -> None:
        rows = Decision.objects.filter(organisation_id=org, undone=None).select_related("person").order_by("id")
        self._hosts: dict[tuple[str, str], Word] = {}
        self._groups: dict[tuple[str, str], Word] = {}
        for row in rows:
            word = Word(Class(row.verdict), str(row.person or ""), int(row.at.timestamp()) // SECONDS_A_DAY)
            if row.source_ip:
                self._hosts[row.source_ip, row.domain] = word
            else:
                self._groups[row.group, row.domain] = word

    def on(self, group: str, source_ip: str, domain: str) -> Word | None:
        """The word that counts for a flow; None when nobody has decided."""
        for table, key in ((self._hosts, source_ip), (self._groups, group)):
            word = table.get((key, domain)) or table.get((key, ""))
            if word is not None:
                return word
        return None


def decide(
    org: int, person: User | None, verdict: Class, *, group: str = "", source_ip: str = "", domain: str = "", note: str = ""
) -> Decision:
    """Writes a decision; earlier ones on the same thing are undone by it, and stay readable."""
    undo(org, group=group, source_ip=source_ip, domain=domain)
    return Decision.objects.create(
        organisation_id=org, group=group, source_ip=source_ip, domain=domain, verdict=verdict.value, note=note, person=person
    )


def undo(org: int, *, group: str = "", source_ip: str = "", domain: str = "") -> int:
    """Takes back the decisions on a thing; returns how many."""
    mine = Decision.objects.filter(organisation_id=org, group=group, source_ip=source_ip, domain=domain, undone=None)
    return mine.update(undone=timezone.now())
