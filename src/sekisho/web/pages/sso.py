"""Single sign-on of an organisation: its OpenID Connect or SAML provider, entered by owners, and what to enter there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sekisho.registry import signon
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Role
from sekisho.registry.signon import SignOn
from sekisho.web.accounts import outside
from sekisho.web.frame import OrgRequest
from sekisho.web.pages.roles import owner_page
from sekisho.web.roles import ROLE_WORDS

MAX_METADATA = 200_000
"""Characters of SAML metadata; those of federations are larger, but they name thousands of providers."""
KIND_WORDS = {signon.OIDC: "OpenID Connect", signon.SAML: "SAML 2.0"}
JOINING = (
    (signon.NO_JOINING, gettext_lazy("Only people who were invited")),
    (Role.READER.value, ROLE_WORDS[Role.READER]),
    (Role.ANALYST.value, ROLE_WORDS[Role.ANALYST]),
)


class _Form(forms.Form):
    join_role = forms.ChoiceField(
        label=gettext_lazy("Who gets in"),
        choices=JOINING,
        required=False,
        help_text=gettext_lazy("With a role, everybody of your proved domains who can sign in there joins with it."),
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("Members get in no other way"),
        required=False,
        help_text=gettext_lazy(
            "For members with addresses in your proved domains. Owners keep password and passkey, so that nobody is locked out; "
            "people of other domains, whom the provider cannot sign in, go on as before."
        ),
    )
    is_on = forms.BooleanField(label=gettext_lazy("Switched on"), required=False, initial=True)

    def __init__(self, data: object, row: SignOn | None) -> None:
        initial = {**row.values, "join_role": row.join_role, "is_required": row.is_required, "is_on": row.is_on} if row else {}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        self.row = row


class OidcForm(_Form):
    """A provider that speaks OpenID Connect."""

    issuer = forms.CharField(label=gettext_lazy("Issuer"), help_text=gettext_lazy("Begins with https://"), max_length=500)
    client_id = forms.CharField(label=gettext_lazy("Client ID"), max_length=200)
    secret = forms.CharField(label=gettext_lazy("Client secret"), max_length=500, required=False, widget=forms.PasswordInput)
    field_order = ("issuer", "client_id", "secret", "join_role", "is_required", "is_on")

    def clean(self) -> dict[str, Any]:
        """Asks the provider what it can do: a wrong address is told now, not when somebody wants to sign in."""
        data: dict[str, Any] = super().clean() or {}
        same = self.row is not None and self.row.values.get("issuer") == data.get("issuer")
        if not data.get("secret") and not (same and self.row and self.row.sealed):
            self.add_error("secret", ValidationError(_("The secret goes only to the provider it was entered for. Enter it.")))
        if data.get("issuer") and not self.errors:
            try:
                outside.discover(data["issuer"])
            except outside.OutsideFailed as error:
                self.add_error("issuer", ValidationError(_("The provider could not be asked: %(why)s"), params={"why": error}))
        return data

    def values(self) -> dict[str, str]:
        """What is kept in the clear."""
        return {"issuer": self.cleaned_data["issuer"].rstrip("/"), "client_id": self.cleaned_data["client_id"]}


class SamlForm(_Form):
    """A provider that speaks SAML."""

    metadata = forms.CharField(
        label=gettext_lazy("Metadata"),
        help_text=gettext_lazy(
            "The XML that the provider gives out. It is kept in short; leave the field empty to keep what is there."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        max_length=MAX_METADATA,
    )
    field_order = ("metadata", "join_role", "is_required", "is_on")

    def __init__(self, data: object, row: SignOn | None) -> None:
        super().__init__(data, row)
        self.fields["metadata"].required = row is None

    def clean_metadata(self) -> dict[str, str]:
        """The name, address and certificate in it; what is kept where the field is empty."""
        from onelogin.saml2.errors import OneLogin_Saml2_Error
        from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

        text: str = self.cleaned_data["metadata"]
        if not text.strip() and self.row is not None:
            return dict(self.row.values)
        try:
            found = OneLogin_Saml2_IdPMetadataParser.parse(text.encode()).get("idp", {})
        except (OneLogin_Saml2_Error, SyntaxError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise ValidationError(_("This is no metadata of a provider.")) from error
        certificate = found.get("x509cert") or next(iter(found.get("x509certMulti", {}).get("signing", [])), "")
        url = found.get("singleSignOnService", {}).get("url", "")
        if not (found.get("entityId") and certificate and urlsplit(url).scheme in ("https", "http")):
            raise ValidationError(_("The metadata names no provider with an address and a certificate."))
        return {"entity_id": found["entityId"], "sso_url": url, "certificate": certificate}

    def values(self) -> dict[str, str]:
        """What is kept in the clear: all of it is public."""
        found: dict[str, str] = self.cleaned_data["metadata"]
        return found


FORMS = {signon.OIDC: OidcForm, signon.SAML: SamlForm}


@never_cache
@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def sso(request: OrgRequest) -> HttpResponse:
    """The provider, or the choice of one; a POST keeps it."""
    row = SignOn.objects.filter(organisation=request.org).first()
    kind = row.kind if row else request.POST.get("kind") or request.GET.get("kind", "")
    if kind and kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST if request.method == "POST" else None, row) if kind else None
    if form is not None and form.is_valid():
        row = row or SignOn(organisation=request.org, kind=kind)
        name, role = keep(row, form), row.join_role
        note(request, Action.SSO_CHANGED, name, kind=row.kind, join_role=role, is_required=row.is_required, is_on=row.is_on)
        messages.success(request, _("Saved. Enter the addresses below at the provider."))
        return redirect("settings_sso", org=request.org.slug)
    context = {
        "row": row,
        "kind": kind,
        "kind_name": KIND_WORDS.get(kind, ""),
        "kinds": list(KIND_WORDS.items()),
        "form": form,
        "addresses": addresses(request, row) if row else [],
        "proved": sorted(signon.proved(request.org.pk)),
    }
    return render(request, "pages/sso.html", context)


@owner_page
@require_POST
def remove(request: OrgRequest) -> HttpResponse:
    """Forgets the provider and its secret; people stay, and sign in by password."""
    row = SignOn.objects.filter(organisation=request.org).first()
    if row is not None:
        row.delete()
        note(request, Action.SSO_REMOVED, request.org.slug)
        messages.success(request, _("Single sign-on is removed. People stay, and sign in with a password or a passkey."))
    return redirect("settings_sso", org=request.org.slug)


def keep(row: SignOn, form: Any) -> str:
    """Keeps what a valid form says of the provider; its name for the audit log."""
    row.values = form.values()
    row.join_role, row.is_on = form.cleaned_data["join_role"], form.cleaned_data["is_on"]
    row.is_required = form.cleaned_data["is_required"]
    if form.cleaned_data.get("secret"):
        signon.seal(row, form.cleaned_data["secret"])
    row.save()
    return str(row.values.get("issuer") or row.values.get("entity_id") or "")


def addresses(request: HttpRequest, row: SignOn) -> list[tuple[str, str]]:
    """What the provider must be told."""
    if row.kind == signon.OIDC:
        names = [(_("Redirect address"), reverse("openid_connect_callback", kwargs={"provider_id": row.key}))]
    else:
        slug = {"organization_slug": row.key}
        names = [(_("Entity ID and metadata"), reverse("saml_metadata", kwargs=slug)), ("ACS", reverse("saml_acs", kwargs=slug))]
    start = (_("Sign-in page for your people"), reverse("sign_on_go", kwargs={"key": row.key}))
    return [(label, request.build_absolute_uri(path)) for label, path in (*names, start)]
