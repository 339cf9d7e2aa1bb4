"""Which registered domain a name belongs to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator

from sekisho.core.errors import UsageError
from sekisho.core.names import normal
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
        self._held: dict[int, set[str]] = {}

    def owner(self, org: int, name: str, *, door: str = "cli") -> str | None:
        """The registered domain that `name` is or is below, the longest one; None for a stray.

        None too where the domain is held back until it is proved (`registry.proofs.held`), unless the door is the operator's.
        """
        names = self._of(org)
        while name:
            if name in names:
                return None if self._is_held(org, name, door) else name
            name = name.partition(".")[2]
        return None

    def register(self, org: int, name: str, *, door: str = "cli") -> str | None:
        """Registers the name and returns it in normal form; None when it cannot be a domain, or is held back."""
        try:
            name = checked(name)
        except UsageError:
            return None
        Domain.objects.bulk_create([Domain(organisation_id=org, name=name)], ignore_conflicts=True)  # one statement in place of six
        self._of(org).add(name)
        if not proofs.is_held(org, name):
            return name
        if door.startswith(OPERATORS_DOORS):
            proofs.word(Domain.objects.get(organisation_id=org, name=name).pk)
            return name
        self._held.setdefault(org, set()).add(name)
        return None

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
