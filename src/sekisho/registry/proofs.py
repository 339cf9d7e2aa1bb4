"""Whose a domain is: proved by a TXT record or by the operator's word, and what is held back until it is."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from sekisho.core.names import organizational_domain
from sekisho.core.terms import Found
from sekisho.registry import audit

if TYPE_CHECKING:
    from sekisho.registry.models import Domain

GRACE = timedelta(days=7)
"""For so long the record may be missing before the proof is void: zones are moved, and records are lost and found."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
ASKED_AT_ONCE = 500
"""Names of one question to the registry."""


def new_token() -> str:
    """What proves a domain for one organisation and no other; 32 letters and digits."""
    return "".join(secrets.choice(LETTERS) for _ in range(32))


class Proof(models.Model):
    """What an organisation must publish to prove a domain, and whether it has; one for each domain it has registered."""

    domain = models.OneToOneField("registry.Domain", models.CASCADE, related_name="proof")
    token = models.CharField(max_length=40, default=new_token)
    report_address = models.CharField(max_length=254, blank=True, default="")
    """Where its reports are asked for at, when that is not the report address of the organisation."""
    proved = models.DateTimeField(null=True)
    by_operator = models.BooleanField(default=False)
    """Proved by the word of the operator; such a proof does not end."""
    seen = models.DateTimeField(null=True)
    """When the record was there last."""
    missed = models.DateTimeField(null=True)
    """Since when it is surely not there."""

    def __str__(self) -> str:
        return f"proof of domain {self.domain_id}: {'yes' if self.proved else 'not yet'}"


def of(domain: int) -> Proof:
    """The proof of a registered domain, with a token from the first time on."""
    return Proof.objects.get_or_create(domain_id=domain)[0]


def note(proof: Proof, state: Found, now: datetime) -> bool:
    """Writes down what a look found; says whether the domain is proved by it for the first time, or again.

    What could not be asked changes nothing. A record that is gone ends the proof after a week of grace.
    """
    before = proof.proved
    if state is Found.YES:
        proof.proved, proof.seen, proof.missed = before or now, now, None
    elif state is Found.NO:
        proof.missed = proof.missed or now
        if before is not None and not proof.by_operator and now - proof.missed > GRACE:
            proof.proved = None
    else:
        return False
    proof.save(update_fields=("proved", "seen", "missed"))
    if (before is None) is not (proof.proved is None):
        audit.note(
            audit.Actor(name="dns"),
            audit.Action.DOMAIN_PROVED,
            proof.domain.name,
            org=proof.domain.organisation_id,
            proved=proof.proved is not None,
        )
    return before is None and proof.proved is not None


def word(domain: int, now: datetime | None = None) -> None:
    """The operator says that the domain is the organisation's."""
    proof = of(domain)
    if proof.proved is None or not proof.by_operator:
        proof.proved, proof.by_operator = proof.proved or now or timezone.now(), True
        proof.save(update_fields=("proved", "by_operator"))


def held(org: int, names: Iterable[str]) -> set[str]:
    """The domains among those of an organisation whose reports it may not see yet.

    A domain is held back where another organisation has registered the same name or one above it, and has either proved
    it or was there first, while this one has proved nothing. Where a name is of one organisation alone, nothing is.
    """
    from sekisho.registry.models import Domain  # which imports this module at its end

    mine = {name: tuple(_upwards(name)) for name in names}
    above = sorted({up for ups in mine.values() for up in ups})
    others = [row for some in _chunks(above) for row in _claims(Domain.objects.exclude(organisation_id=org), some)]
    if not others:
        return set()
    claimed: dict[str, list[tuple[int, bool]]] = {}
    for name, number, is_proved in others:
        claimed.setdefault(name, []).append((number, is_proved))
    found = set()
    asked = [name for name, ups in mine.items() if any(up in claimed for up in ups)]
    mine_of = Domain.objects.filter(organisation_id=org)
    own = {name: (number, is_proved) for some in _chunks(asked) for name, number, is_proved in _claims(mine_of, some)}
    for name in asked:
        number, is_proved = own.get(name, (0, False))
        rivals = [rival for up in mine[name] for rival in claimed.get(up, ())]
        if not is_proved and any(theirs or not number or other < number for other, theirs in rivals):
            found.add(name)
    return found


def is_held(org: int, name: str) -> bool:
    """Whether the reports of one domain are held back from an organisation."""
    return bool(held(org, (name,)))


def report_addresses(org: int, names: Iterable[str]) -> dict[str, list[str]]:
    """The addresses of our own that were entered for domains."""
    found = Proof.objects.filter(domain__organisation_id=org, domain__name__in=list(names)).exclude(report_address="")
    return {name: [address] for name, address in found.values_list("domain__name", "report_address")}


def _claims(rows: models.QuerySet[Domain], names: Sequence[str]) -> list[tuple[str, int, bool]]:
    """(name, number, whether proved) of registered domains; a lower number was there earlier."""
    found = rows.filter(name__in=names).values_list("name", "pk", "proof__proved")
    return [(str(name), int(number), proved is not None) for name, number, proved in found]


def _upwards(name: str) -> Iterable[str]:
    """The name and those above it up to the organizational domain: who registers a public suffix holds nobody back."""
    last = organizational_domain(name)
    while name != last:
        yield name
        name = name.partition(".")[2]
    yield last


def _chunks(names: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(names), ASKED_AT_ONCE):
        yield names[start : start + ASKED_AT_ONCE]
