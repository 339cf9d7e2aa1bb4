"""`sekisho agency add|list|person|organisation`: groups of organisations with people of their own."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sekisho.cli import show
from sekisho.cli.house import note, open_registry
from sekisho.cli.words import _
from sekisho.core.errors import UsageError

if TYPE_CHECKING:
    from sekisho.registry.agencies import Agency


def add(args: argparse.Namespace) -> int:
    """Makes an agency."""
    open_registry()
    from sekisho.registry.agencies import Agency

    name = args.name.strip()
    if not name or len(name) > 200 or Agency.objects.filter(name=name).exists():
        raise UsageError("{name!r} cannot be the name of an agency, or is there already", name=args.name)
    Agency.objects.create(name=name)
    print(_("agency {name} is there").format(name=name))
    return 0


def list_(args: argparse.Namespace) -> int:
    """Lists the agencies with their people and organisations."""
    open_registry()
    from sekisho.registry.agencies import Agency

    found = Agency.objects.order_by("name").prefetch_related("people__user", "customers__organisation")
    rows = [
        (
            agency.name,
            [f"{person.user.email}:{person.role}" for person in agency.people.all()],
            [customer.organisation.slug for customer in agency.customers.all()],
        )
        for agency in found
    ]
    if args.format == "json":
        show.as_json([{"agency": name, "people": people, "organisations": orgs} for name, people, orgs in rows])
    else:
        lines = [(name, " ".join(people), len(orgs)) for name, people, orgs in rows]
        show.table((_("agency"), _("people"), _("organisations")), lines, right=(2,))
    return 0


def person(args: argparse.Namespace) -> int:
    """Takes a person into an agency with a role in all of its organisations, or out of it."""
    open_registry()
    from sekisho.registry import agencies
    from sekisho.registry.models import User

    agency = _agency(args.name)
    user = User.objects.filter(email=args.email.lower()).first()
    if user is None:
        raise UsageError("there is nobody with the address {email!r}; see `sekisho user add`", email=args.email)
    if args.remove:
        found = agency.people.filter(user=user).first()
        if found is None:
            raise UsageError("{email} does not belong to {name}", email=user.email, name=agency.name)
        print(_("{email} was taken out of {n} organisations").format(email=user.email, n=agencies.remove_person(found)))
    else:
        agencies.put_person(agency, user, args.role)
        print(_("{email} is {role} in all organisations of {agency}").format(email=user.email, role=args.role, agency=agency.name))
    for customer in agency.customers.all():
        note("person.removed" if args.remove else "person.role_changed", user.email, customer.organisation_id, agency=agency.name)
    return 0


def organisation(args: argparse.Namespace) -> int:
    """Gives an organisation to an agency, or takes it out."""
    open_registry()
    from sekisho.registry import agencies
    from sekisho.registry.domains import the_organisation

    agency, org = _agency(args.name), the_organisation(args.org)
    if args.remove:
        agencies.take_out(org)
        print(_("{org} stands by itself now").format(org=org.slug))
    else:
        agencies.put_organisation(agency, org)
        print(_("{org} belongs to {agency} now").format(org=org.slug, agency=agency.name))
    note("organisation.changed", org.slug, org.pk, agency="" if args.remove else agency.name)
    return 0


def _agency(name: str) -> Agency:
    from sekisho.registry.agencies import Agency

    found = Agency.objects.filter(name=name).first()
    if found is None:
        raise UsageError("there is no agency {name!r}; see `sekisho agency list`, or make it with `sekisho agency add`", name=name)
    return found
