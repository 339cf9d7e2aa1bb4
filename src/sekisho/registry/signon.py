"""How the people of an organisation sign in: whether a second factor is needed, and their own provider (OpenID Connect, SAML)."""

from __future__ import annotations

import secrets

from django.db import models

from sekisho.registry import sealing
from sekisho.registry.models import Domain, Member, Organisation, Role, User

OIDC, SAML = "openid_connect", "saml"
KINDS = (OIDC, SAML)
"""The names that the library of sign-in has for them."""
NO_JOINING = ""


def new_key() -> str:
    """Part of the addresses that a provider is told; says nothing of the organisation."""
    return secrets.token_hex(8)


class SignInRules(models.Model):
    """What an organisation asks of whoever signs in to it."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="sign_in_rules")
    needs_two_factors = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"rules of signing in to organisation {self.organisation_id}"


class SignOn(models.Model):
    """The provider by which people of an organisation sign in; it speaks only for addresses in domains proved there."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="sign_on")
    key = models.CharField(max_length=32, unique=True, default=new_key)
    kind = models.CharField(max_length=16)
    values = models.JSONField(default=dict)
    """OpenID Connect: `issuer`, `client_id`. SAML: `entity_id`, `sso_url`, `certificate`."""
    sealed = models.BinaryField(default=b"")
    """The client secret, encrypted."""
    is_on = models.BooleanField(default=True)
    is_required = models.BooleanField(default=False)
    """Whether members it speaks for get in no other way; owners always do, see `web.accounts.demands`."""
    join_role = models.CharField(max_length=10, blank=True, default=NO_JOINING)
    """The role of whoever signs in without having been invited; empty: only members and invited people get in."""

    def __str__(self) -> str:
        return f"{self.kind} of organisation {self.organisation_id}"


def seal(row: SignOn, secret: str) -> None:
    """Puts the client secret into the row, encrypted and bound to it."""
    row.sealed = sealing.seal({"secret": secret}, _place(row)) if secret else b""


def secret_of(row: SignOn) -> str:
    """The client secret; raises SettingsError when it was sealed with another key file."""
    return sealing.unseal(bytes(row.sealed), _place(row)).get("secret", "")


def proved(org: int) -> set[str]:
    """The domains that an organisation has proved: its provider speaks for addresses in these, and no others."""
    return set(Domain.objects.filter(organisation_id=org, proof__proved__isnull=False).values_list("name", flat=True))


def speaks_for(row: SignOn, email: str) -> bool:
    """Whether the provider of this organisation may sign in the owner of an address."""
    return email.rpartition("@")[2].lower() in proved(row.organisation_id)


def find(text: str) -> SignOn | None:
    """The provider for an organisation's short name or a person's address; None where nobody has one for it."""
    text = text.strip().lower()
    rows = SignOn.objects.filter(is_on=True).select_related("organisation")
    if "@" not in text:
        return rows.filter(organisation__slug=text).first()
    domain = text.rpartition("@")[2]
    able = rows.filter(organisation__domains__name=domain, organisation__domains__proof__proved__isnull=False)
    mine = able.filter(organisation__people__email=text).first()
    return mine or able.order_by("organisation_id").first()


def join(row: SignOn, user: User) -> Member | None:
    """Makes a person a member where the organisation lets people join; the membership as it is where there is one."""
    member = Member.objects.filter(organisation_id=row.organisation_id, user=user).first()
    if member is None and row.join_role:
        member = Member.objects.create(organisation_id=row.organisation_id, user=user, role=Role(row.join_role))
    return member


def _place(row: SignOn) -> str:
    return f"sign-on:{row.key}"
