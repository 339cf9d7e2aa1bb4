"""What the library of single sign-on may do here: apps from our own table, and only people an organisation may speak for."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sekisho.registry import invitations, signon
from sekisho.registry.audit import Action, Actor, note
from sekisho.registry.invitations import Invitation
from sekisho.registry.models import User
from sekisho.registry.signon import SignOn
from sekisho.web.accounts import outside
from sekisho.web.accounts.factors import SIGNED_ON


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on without sign-up: members, invited people, and whom an organisation lets join."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:  # noqa: ARG002
        """The providers of the organisations; the secret is opened only for the one that is asked for."""
        rows = SignOn.objects.filter(is_on=True).select_related("organisation")
        if provider == signon.OIDC:  # a sign-in that goes on after a second factor; who it is has been decided before
            return [_app(row) for row in rows.filter(kind=provider, values__client_id=client_id or "").order_by("pk")[:1]]
        key = client_id if provider == signon.SAML else provider
        return [_app(row) for row in rows.filter(key=key or "")]

    def get_requests_session(self) -> Any:
        """Bounded in time and bytes, and only to the open internet where organisations share the install."""
        return outside.session()

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Decides who it is and whether that person may come in; an account is never connected by hand.

        1. The provider speaks only for addresses in domains that its organisation has proved.
        2. Whoever has the address is that person; nobody else's account can be connected.
        3. The person is a member, was invited, or may join by the rules of the organisation.
        """
        row = SignOn.objects.select_related("organisation").filter(key=sociallogin.provider.app.provider_id, is_on=True).first()
        email = str(sociallogin.user.email or "").strip().lower()
        if row is None or sociallogin.state.get("process") != "login" or request.user.is_authenticated:
            raise _refused(request, _("Sign out first, then sign in with your organisation."))
        if _says_unverified(sociallogin) or not signon.speaks_for(row, email):
            raise _refused(request, _("Your organisation has not proved the domain of the address %(email)s.") % {"email": email})
        user = User.objects.filter(email__iexact=email).first()
        if sociallogin.is_existing and (user is None or sociallogin.user.pk != user.pk):
            raise _refused(request, _("This sign-in belongs to another account."))
        user = _let_in(request, row, email, user, str(sociallogin.user.__dict__.get("name") or ""))
        if user is None:
            raise _refused(request, _("You have not been invited to this organisation."))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)
        request.session[SIGNED_ON] = [row.organisation_id, user.pk]

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Address and name as the provider says them."""
        user = super().populate_user(request, sociallogin, data)
        parts = (data.get("name"), f"{data.get('first_name') or ''} {data.get('last_name') or ''}".strip())
        user.name = next((str(part)[:150] for part in parts if part), "")
        return user


def _let_in(request: HttpRequest, row: SignOn, email: str, user: User | None, name: str) -> User | None:
    """The person as a member, made now where an invitation or the rules say so; None for somebody unknown.

    An account with a password that is no member yet may have been made by somebody else, who would be let in with it.
    """
    invited: Invitation | None = invitations.open_invitations(row.organisation_id).filter(email=email).first()
    if user is None and (invited is not None or row.join_role):
        user = User.objects.create_user(email, None, name=name)
    if user is None or not user.is_active:
        return None
    was_member = row.organisation.member_set.filter(user=user).exists()
    if not was_member and user.has_usable_password():
        raise _refused(request, _("You have an account with a password. Sign in with it and open your invitation first."))
    member = invitations.accept(invited, user) if invited is not None else signon.join(row, user)
    if member is None:
        return None
    if not was_member:
        by = Actor(user, address=str(request.META.get("REMOTE_ADDR", "")))
        note(by, Action.INVITATION_ACCEPTED, email, org=row.organisation_id, role=member.role, way="single sign-on")
    return user


def _says_unverified(sociallogin: Any) -> bool:
    """Whether the provider itself says that the address is not verified; most say nothing."""
    said = sociallogin.account.extra_data or {}
    found = (said.get("userinfo") or said.get("id_token") or said).get("email_verified")
    return found is False or str(found).lower() == "false"


def _refused(request: HttpRequest, why: str) -> ImmediateHttpResponse:
    messages.error(request, why)
    return ImmediateHttpResponse(redirect("my_account" if request.user.is_authenticated else "account_login"))


def _client_id(row: SignOn) -> str:
    return str(row.values.get("client_id") or row.key)


def _app(row: SignOn) -> Any:
    """The row as the library knows it."""
    from allauth.socialaccount.models import SocialApp

    app = SocialApp(provider=row.kind, provider_id=row.key, name=row.organisation.name, client_id=_client_id(row))
    values = row.values
    if row.kind == signon.OIDC:
        app.secret = signon.secret_of(row)
        app.settings = {"server_url": values["issuer"], "oauth_pkce_enabled": True, "fetch_userinfo": True}
        return app
    app.client_id = row.key
    app.settings = {
        "idp": {"entity_id": values["entity_id"], "sso_url": values["sso_url"], "x509cert": values["certificate"]},
        "sp": {},
        "attribute_mapping": {"uid": "urn:oasis:names:tc:SAML:2.0:nameid", "email": MAIL_NAMES},
        "advanced": {
            "want_assertion_signed": True,
            "reject_idp_initiated_sso": True,
            "reject_deprecated_algorithm": True,
            "allow_single_label_domains": True,  # our own address may be `localhost` or a name of the intranet
        },
    }
    return app


MAIL_NAMES = [
    "email",
    "mail",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
]
"""How providers call the address of a person."""
