"""Which registered domain a name belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator

from sekisho.core.errors import UsageError
from sekisho.core.names import normal, upwards
from sekisho.registry import proofs
from sekisho.registry.models import Domain, Organisation

OPERATORS_DOORS = ("cli", "sample", "migrate:")
"""What comes in by these was brought by whoever runs the machine, which is as good as a proof."""

_valid = DomainNameValidator(accept_idna=False)


def checked(name: str) -> str:
    """The name in normal form; raises UsageError when it cannot be a domain."""
    name = normal(name)
    try:
        _valid(name)
    except ValidationError:
        raise UsageError("{name!r} is not a domain name", name=name) from None
    return name


class Owners:
    """The registered domains of organisations, read once for a batch."""

    def __init__(self) -> None:
        self._names: dict[int, set[str]] = {}
        self._found: dict[tuple[int, str, str], str | None] = {}
        self._held: dict[int, set[str]] = {}

    def owner(self, org: int, name: str, *, door: str = "cli") -> str | None:
        """The registered domain that `name` is or is below, the longest one; None for a stray.

        None too where the domain is held back until it is proved (`registry.proofs.held`), unless the door is the operator's.
        """
        asked = (org, name, door)
        if asked not in self._found:
            names = self._of(org)
            up = next((up for up in upwards(name) if up in names), None)
            self._found[asked] = None if up is None or self._is_held(org, up, door) else up
        return self._found[asked]

    def register(self, org: int, names: Iterable[str], *, door: str = "cli") -> None:
        """Registers the names that can be domains and are not below one that is registered, the first first.

        Afterwards `owner` knows them, but for those that are held back.
        """
        known = self._of(org)
        new: list[str] = []
        for name in names:
            with suppress(UsageError):
                name = checked(name)
                if not any(up in known for up in upwards(name)):
                    known.add(name)
                    new.append(name)
        if not new:
            return
        self._found.clear()
        Domain.objects.bulk_create([Domain(organisation_id=org, name=name) for name in new], ignore_conflicts=True)
        held = proofs.held(org, new)
        if door.startswith(OPERATORS_DOORS):
            for name in held:
                proofs.word(Domain.objects.get(organisation_id=org, name=name).pk)
        elif org in self._held:
            self._held[org] |= held

    def _is_held(self, org: int, name: str, door: str) -> bool:
        if door.startswith(OPERATORS_DOORS):
            return False
        if org not in self._held:
            self._held[org] = proofs.held(org, self._of(org))
        return name in self._held[org]

    def _of(self, org: int) -> set[str]:
        names = self._names.get(org)
        if names is None:
            names = self._names[org] = set(Domain.objects.filter(organisation_id=org).values_list("name", flat=True))
        return names


def the_organisation(slug: str | None) -> Organisation:
    """The organisation named, or the only one; makes a first one when there is none. Raises UsageError when unclear."""
    if slug:
        found = Organisation.objects.filter(slug=slug).first() or Organisation.objects.filter(name=slug).first()
        if found is None:
            raise UsageError(
                "there is no organisation {slug!r}; see `sekisho org list`, or make it with `sekisho org add`", slug=slug
            )
        return found
    some = list(Organisation.objects.order_by("id")[:2])
    if len(some) > 1:
        raise UsageError("there are several organisations; say which with --org NAME")
    if some:
        return some[0]
    return Organisation.objects.create(slug="main", name="main")
