"""`sekisho org|domain|user`: administration without a browser."""

from __future__ import annotations

import argparse
import contextlib
import re
import secrets
from pathlib import Path

from sekisho.cli import show
from sekisho.cli.house import note, open_house, open_registry
from sekisho.cli.words import _
from sekisho.core.errors import StoreBusy, UsageError
from sekisho.web.reserved import RESERVED

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def org_add(args: argparse.Namespace) -> int:
    """Makes an organisation."""
    open_registry()
    from sekisho.registry.models import Organisation

    slug = args.slug.lower()
    if not _SLUG.fullmatch(slug) or slug in RESERVED:
        raise UsageError(
            "{slug!r} cannot be a short name: letters, digits and hyphens, and none of {known}",
            slug=args.slug,
            known=", ".join(sorted(RESERVED)),
        )
    if Organisation.objects.filter(slug=slug).exists():
        raise UsageError("organisation {slug!r} is there already", slug=slug)
    made = Organisation.objects.create(slug=slug, name=args.title or args.slug, language=args.language, timezone=args.timezone)
    note("organisation.made", slug, made.pk)
    print(_("organisation {name} is there").format(name=slug))
    return 0


def org_list(args: argparse.Namespace) -> int:
    """Lists the organisations."""
    open_registry()
    from django.db.models import Count

    from sekisho.registry.models import Organisation

    rows = list(Organisation.objects.annotate(n=Count("domains")).order_by("slug").values_list("slug", "name", "n"))
    if args.format == "json":
        show.as_json([{"slug": slug, "name": name, "domains": n} for slug, name, n in rows])
    else:
        show.table((_("organisation"), _("name"), _("domains")), rows, right=(2,))
    return 0


def domain_add(args: argparse.Namespace) -> int:
    """Registers domains and prints the records to publish; reports kept as stray for them are read again."""
    open_registry()
    from sekisho.cli.starting import print_records
    from sekisho.registry import deliveries, proofs
    from sekisho.registry.domains import checked, the_organisation
    from sekisho.registry.models import Domain

    org = the_organisation(args.org)
    names = [checked(name) for name in args.names]
    for name in names:
        domain, _is_new = Domain.objects.get_or_create(organisation=org, name=name)
        if args.proved:
            proofs.word(domain.pk)
        again = deliveries.adopt(org.pk, name)
        note("domain.added", name, org.pk, **({"proved": True} if args.proved else {}))
        print(_("{name} is registered; {n} stray deliveries will be read again").format(name=name, n=again))
    print_records(org, names)
    return 0


def domain_list(args: argparse.Namespace) -> int:
    """Lists the registered domains."""
    open_registry()
    from sekisho.registry.models import Domain

    rows = Domain.objects.order_by("organisation__slug", "name")
    if args.org:
        rows = rows.filter(organisation__slug=args.org)
    values = list(rows.values_list("organisation__slug", "name", "proof__proved"))
    if args.format == "json":
        show.as_json([{"organisation": org, "domain": name, "proved": proved is not None} for org, name, proved in values])
    else:
        lines = [(org, name, _("yes") if proved else "–") for org, name, proved in values]
        show.table((_("organisation"), _("domain"), _("proved")), lines)
    return 0


def domain_remove(args: argparse.Namespace) -> int:
    """Stops watching domains; their reports are hidden, and erased after a time unless they are registered again."""
    settings = open_registry()
    from django.utils import timezone

    from sekisho.keeping import leave
    from sekisho.registry.domains import checked, the_organisation

    org = the_organisation(args.org).pk
    status = 0
    for name in [checked(name) for name in args.names]:
        found = leave.leave(org, name, timezone.now())
        if found is None:
            print(_("{name} was not registered").format(name=name))
            status = 1
        elif found.heir:
            print(_("{name} is no longer registered; its reports belong to {heir} now").format(name=name, heir=found.heir))
        else:
            text = _("{name} is no longer registered; its reports are hidden, and erased on {day} unless it is registered again")
            print(text.format(name=name, day=f"{found.due:%Y-%m-%d}"))
        if found is not None:
            note("domain.removed", name, org)
    with contextlib.suppress(StoreBusy), open_house(settings) as house:
        leave.settle(house.store)  # else the running server does it
    return status


def user_add(args: argparse.Namespace) -> int:
    """Makes a person and puts them into an organisation; the password is read from a file, or made and printed once."""
    open_registry()
    from sekisho.registry.domains import the_organisation
    from sekisho.registry.models import Member, User

    email = _email(args.email)
    org = None if args.operator and not args.org else the_organisation(args.org)
    user = User.objects.filter(email=email).first()
    if user is None:
        password = _password(args.password_file)
        user = User.objects.create_user(email, password, name=args.name)
        if not args.password_file:
            print(_("password: {password}").format(password=password))
    if args.operator:
        User.objects.filter(pk=user.pk).update(is_superuser=True)
        note("account.operator_made", email, None)
        print(_("{email} is an operator of this server").format(email=email))
    if org is None:
        return 0
    Member.objects.update_or_create(organisation=org, user=user, defaults={"role": args.role})
    note("person.joined", email, org.pk, role=args.role)
    print(_("{email} is {role} in {org}").format(email=email, role=args.role, org=org.slug))
    return 0


def user_list(args: argparse.Namespace) -> int:
    """Lists the people and where they belong."""
    open_registry()
    from sekisho.registry.models import Member

    rows = list(Member.objects.order_by("user__email").values_list("user__email", "user__name", "organisation__slug", "role"))
    if args.format == "json":
        show.as_json([dict(zip(("email", "name", "organisation", "role"), row, strict=True)) for row in rows])
    else:
        show.table((_("e-mail"), _("name"), _("organisation"), _("role")), rows)
    return 0


def user_reset(args: argparse.Namespace) -> int:
    """Sets a new password; all sessions of the person end."""
    open_registry()
    from sekisho.registry.models import User

    user = User.objects.filter(email=_email(args.email)).first()
    if user is None:
        raise UsageError("there is nobody with the address {email!r}", email=args.email)
    password = _password(args.password_file)
    user.set_password(password)
    user.save()
    if args.mfa:
        from sekisho.web.accounts import factors

        note("account.factor_removed", user.email, None, removed=factors.take_away(user))
        print(_("the second factors of {email} are removed").format(email=user.email))
    note("account.password_changed", user.email, None)
    if not args.password_file:
        print(_("password: {password}").format(password=password))
    return 0


def _email(text: str) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(text)
    except ValidationError:
        raise UsageError("{text!r} is not an e-mail address", text=text) from None
    return text.lower()


def _password(file: Path | None) -> str:
    if file is None:
        return "-".join(secrets.token_hex(3) for _n in range(4))
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsageError("{file} cannot be read: {reason}", file=file, reason=error.strerror) from error
