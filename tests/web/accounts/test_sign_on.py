"""Single sign-on by OpenID Connect at a real provider on loopback: who gets in, and who must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone
from tests.web.accounts.provider import CLIENT, SECRET, Provider

from sekisho.registry import invitations, signon
from sekisho.registry.audit import Action, AuditEntry
from sekisho.registry.models import Domain, Member, Organisation, Role, User
from sekisho.registry.proofs import Proof
from sekisho.registry.signon import SignOn
from sekisho.web.accounts.factors import SIGNED_ON

PAGE = "/acme/settings/sso/"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """The provider; private addresses are allowed, as where an organisation has the install alone."""
    settings.HOUSE = replace(settings.HOUSE, intake_private_hosts="on")
    made = Provider()
    yield made
    made.close()


@pytest.fixture
def row(provider: Provider, org: Organisation) -> SignOn:
    """Acme's provider, its domain proved."""
    Proof.objects.create(domain=Domain.objects.get(organisation=org), proved=timezone.now())
    made = SignOn(organisation=org, kind=signon.OIDC, values={"issuer": provider.url, "client_id": CLIENT})
    signon.seal(made, SECRET)
    made.save()
    return made


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        """Redirects are looked at, not followed."""


def agree(url: str) -> str:
    """Goes to the provider as a browser would, and returns where it sends the person."""
    try:
        build_opener(_Stay).open(url)
    except HTTPError as error:
        return str(error.headers["Location"])
    raise AssertionError("the provider did not send the person back")


def sign_in(browser: Client, row: SignOn) -> Any:
    """The whole way, from our page to the provider and back; the last answer."""
    page = browser.get(f"/accounts/sign-on/{row.key}")
    assert "oidc" in page.context["url"]
    there = browser.get(page.context["url"])
    assert there.status_code == 302, there.content.decode()
    back = agree(there["Location"])
    assert back.startswith(f"http://testserver/accounts/oidc/{row.key}/login/callback/")
    return browser.get(back.removeprefix("http://testserver"), follow=True)


def test_a_member_signs_in_and_is_noted(provider: Provider, row: SignOn, client: Client, store: object) -> None:
    dora = User.objects.create_user("dora@example.jp", None)
    Member.objects.create(organisation=row.organisation, user=dora, role=Role.READER)
    answer = sign_in(client, row)
    assert answer.redirect_chain[-1][0] == "/acme/overview"
    assert client.get("/acme/overview").status_code == 200
    assert provider.problems == []
    assert AuditEntry.objects.filter(action=Action.SIGNED_IN, person=dora).exists()
    again = Client()
    assert sign_in(again, row).redirect_chain[-1][0] == "/acme/overview"
    assert User.objects.filter(email="dora@example.jp").count() == 1


def test_an_invited_person_joins(row: SignOn, client: Client, store: object) -> None:
    invitations.invite(row.organisation, "dora@example.jp", Role.ANALYST, None)
    sign_in(client, row)
    user = User.objects.get(email="dora@example.jp")
    assert (user.name, user.has_usable_password()) == ("Dora Example", False)
    assert Member.objects.get(user=user).role == Role.ANALYST
    assert not invitations.open_invitations(row.organisation_id).exists()


def test_a_stranger_joins_only_where_the_organisation_lets_people_join(row: SignOn, client: Client, store: object) -> None:
    assert "not been invited" in sign_in(client, row).content.decode()
    assert not User.objects.exists()
    SignOn.objects.update(join_role=Role.READER)
    sign_in(client, row)
    assert Member.objects.get(user__email="dora@example.jp").role == Role.READER


@pytest.mark.parametrize("person", [{"email": "boss@other.example"}, {"email": ""}, {"email_verified": False}])
def test_it_speaks_for_proved_domains_and_verified_addresses_only(
    person: dict[str, Any], provider: Provider, row: SignOn, client: Client, store: object
) -> None:
    """A tenant runs its own provider, which may say what it likes."""
    victim = User.objects.create_user("boss@other.example", "long-password-1")
    Member.objects.create(organisation=row.organisation, user=victim)
    SignOn.objects.update(join_role=Role.READER)
    provider.person |= person
    assert "has not proved" in sign_in(client, row).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_domain_that_is_not_proved_any_more_ends_it(row: SignOn, client: Client, store: object) -> None:
    SignOn.objects.update(join_role=Role.READER)
    Proof.objects.update(proved=None)
    assert "has not proved" in sign_in(client, row).content.decode()


def test_an_account_that_somebody_made_before_is_not_handed_over(row: SignOn, client: Client, store: object) -> None:
    """Whoever made it knows its password, and would be in the organisation with it."""
    User.objects.create_user("dora@example.jp", "a-password-of-an-attacker")
    SignOn.objects.update(join_role=Role.READER)
    invitations.invite(row.organisation, "dora@example.jp", Role.READER, None)
    assert "account with a password" in sign_in(client, row).content.decode()
    assert not Member.objects.exists()


def test_nobody_is_led_into_connecting_another_provider(row: SignOn, client_charlie: Client, charlie: User, store: object) -> None:
    there = client_charlie.get(f"/accounts/oidc/{row.key}/login/?process=connect")
    answer = client_charlie.get(agree(there["Location"]).removeprefix("http://testserver"), follow=True)
    assert "Sign out first" in answer.content.decode()
    from allauth.socialaccount.models import SocialAccount

    assert not SocialAccount.objects.exists()


def test_a_code_of_somebody_else_signs_nobody_in(row: SignOn, client: Client, store: object) -> None:
    SignOn.objects.update(join_role=Role.READER)
    there = Client().get(f"/accounts/oidc/{row.key}/login/")
    client.get(agree(there["Location"]).removeprefix("http://testserver"))
    assert "_auth_user_id" not in client.session


def test_it_is_found_by_short_name_and_by_address(row: SignOn, client: Client) -> None:
    for who in ("acme", "ACME", "anybody@example.jp"):
        assert client.post("/accounts/sign-on/", {"who": who})["Location"] == f"/accounts/sign-on/{row.key}"
    for who in ("other", "anybody@other.example", "", "x" * 5000):
        assert "is known by that" in client.post("/accounts/sign-on/", {"who": who}).content.decode()
    SignOn.objects.update(is_on=False)
    assert client.get(f"/accounts/sign-on/{row.key}").status_code == 404
    assert client.get(f"/accounts/oidc/{row.key}/login/").status_code == 404


def test_sign_on_satisfies_the_rule_of_its_own_organisation_alone(
    row: SignOn, client: Client, other_org: Organisation, store: object
) -> None:
    dora = User.objects.create_user("dora@example.jp", None)
    for org in (row.organisation, other_org):
        Member.objects.create(organisation=org, user=dora)
        signon.SignInRules.objects.create(organisation=org, needs_two_factors=True)
    sign_in(client, row)
    assert client.get("/acme/overview").status_code == 200
    assert client.get("/other/overview")["Location"] == "/accounts/2fa/"


def test_an_owner_enters_it_and_the_secret_stays_inside(
    provider: Provider, client_alice: Client, org: Organisation, store: object
) -> None:
    form = {
        "kind": signon.OIDC,
        "issuer": provider.url,
        "client_id": CLIENT,
        "secret": SECRET,
        "join_role": "reader",
        "is_on": "on",
    }
    page = client_alice.post(PAGE, form, follow=True).content.decode()
    row = SignOn.objects.get(organisation=org)
    assert f"http://testserver/accounts/oidc/{row.key}/login/callback/" in page
    assert SECRET not in page
    assert SECRET.encode() not in bytes(row.sealed)
    assert signon.secret_of(row) == SECRET
    assert SECRET not in str(list(AuditEntry.objects.values()))
    client_alice.post(PAGE, {**form, "secret": "", "is_on": ""})
    assert signon.secret_of(SignOn.objects.get()) == SECRET
    assert SignOn.objects.get().is_on is False
    other = Provider()
    assert "only to the provider" in client_alice.post(PAGE, {**form, "secret": "", "issuer": other.url}).content.decode()
    other.close()
    client_alice.post(f"{PAGE}remove")
    assert not SignOn.objects.exists()


def test_a_tenant_does_not_lead_us_into_our_own_network(
    provider: Provider, client_alice: Client, org: Organisation, other_org: Organisation, store: object, settings: Any
) -> None:
    settings.HOUSE = replace(settings.HOUSE, intake_private_hosts="off")
    for issuer in (provider.url, provider.url.replace("http:", "https:"), "https://localhost", "file:///etc/passwd"):
        form = {"kind": signon.OIDC, "issuer": issuer, "client_id": CLIENT, "secret": SECRET}
        assert "could not be asked" in client_alice.post(PAGE, form).content.decode()
    assert not SignOn.objects.exists()


def signed_on(browser: Client) -> Any:
    """What the session knows of single sign-on."""
    return browser.session.get(SIGNED_ON)


def test_sign_on_of_one_person_does_not_count_for_another(row: SignOn, client: Client, store: object) -> None:
    """The provider lets Dora in, who then has to show her second factor here; instead Bob signs in, who has none."""
    dora = User.objects.create_user("dora@example.jp", None)
    bob = User.objects.create_user("bob@example.jp", "long-password-1")
    for user in (dora, bob):
        Member.objects.create(organisation=row.organisation, user=user)
    TOTP.activate(dora, "A" * 32)
    signon.SignInRules.objects.create(organisation=row.organisation, needs_two_factors=True)
    assert "/2fa/authenticate/" in sign_in(client, row).redirect_chain[-1][0]
    assert signed_on(client) == [row.organisation_id, dora.pk]
    client.force_login(bob)
    assert signed_on(client) == [row.organisation_id, dora.pk], "the session goes on"
    assert client.get("/acme/overview")["Location"] == "/accounts/2fa/"


@pytest.mark.parametrize("role", ["reader", "analyst", "admin"])
def test_only_owners_may(role: str, client_bob: Client, store: object, org: Organisation) -> None:
    Member.objects.filter(organisation=org, user__email__startswith="bob").update(role=role)
    assert client_bob.get(PAGE).status_code == 403
    assert client_bob.post(f"{PAGE}remove").status_code == 403
