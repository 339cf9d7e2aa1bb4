"""Single sign-on as the only way in: whom it is asked of, what stays shut, and that nobody is locked out for good."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.accounts.provider import Provider
from tests.web.accounts.test_sign_on import provider, row, sign_in  # noqa: F401 - fixtures

from sekisho.registry.audit import AuditEntry
from sekisho.registry.models import Member, Organisation, Role, User
from sekisho.registry.signon import SignInRules, SignOn

PASSWORD = "long-password-1"
API = "/api/v1/organisations/acme/hosts"


@pytest.fixture
def only(row: SignOn) -> SignOn:  # noqa: F811
    """Acme's provider, by which alone its members get in."""
    row.is_required = True
    row.save()
    return row


def browser(org: Organisation, email: str, role: str) -> Client:
    """Somebody who has signed in with a password, as people do."""
    Member.objects.create(organisation=org, user=User.objects.create_user(email, PASSWORD), role=role)
    made = Client()
    answer = made.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return made


def test_a_password_opens_nothing_and_the_way_in_is_shown(
    only: SignOn,
    provider: Provider,  # noqa: F811
    org: Organisation,
    store: object,
) -> None:
    dora = browser(org, "dora@example.jp", Role.ADMIN)
    for path in ("/acme/overview", "/acme/settings/people/", "/acme/export/hosts.csv"):
        answer = dora.get(path)
        page = answer.content.decode()
        assert answer.status_code == 403, path
        assert "lets its members in only by its own sign-in" in page
        assert f"/accounts/sign-on/{only.key}/again" in page
    assert dora.post("/acme/domains/new", {"names": "x.example"}).status_code == 403
    assert dora.get(API).status_code == 403
    assert "acme" not in dora.get("/agency/").content.decode()
    assert "acme" not in b"".join(dora.get("/agency/organisations.csv").streaming_content).decode()
    away = dora.post(f"/accounts/sign-on/{only.key}/again", {"next": "/acme/hosts/"})
    assert away["Location"] == f"/accounts/sign-on/{only.key}?next=%2Facme%2Fhosts%2F"
    assert "_auth_user_id" not in dora.session, "signed out first"
    assert sign_in(dora, only).redirect_chain[-1][0] == "/acme/overview"
    assert dora.get("/acme/settings/people/").status_code == 200


def test_by_the_provider_all_is_open(only: SignOn, provider: Provider, org: Organisation, store: object, client: Client) -> None:  # noqa: F811
    dora = User.objects.create_user("dora@example.jp", None)
    Member.objects.create(organisation=org, user=dora, role=Role.READER)
    assert sign_in(client, only).redirect_chain[-1][0] == "/acme/overview"
    assert client.get("/acme/overview").status_code == 200
    assert client.get(API).status_code == 200


def test_owners_and_people_of_other_domains_keep_their_way(only: SignOn, org: Organisation, store: object) -> None:
    owner = browser(org, "owner@example.jp", Role.OWNER)
    guest = browser(org, "guest@care.example", Role.ANALYST)
    for each in (owner, guest):
        assert each.get("/acme/overview").status_code == 200
        assert each.get(API).status_code == 200


@pytest.mark.parametrize("change", [{"is_on": False}, {"is_required": False}])
def test_a_provider_that_is_off_demands_nothing(only: SignOn, org: Organisation, store: object, change: dict[str, bool]) -> None:
    SignOn.objects.filter(pk=only.pk).update(**change)
    assert browser(org, "dora@example.jp", Role.READER).get("/acme/overview").status_code == 200


def test_another_organisation_of_the_same_person_stays_open(
    only: SignOn, org: Organisation, other_org: Organisation, store: object
) -> None:
    dora = browser(org, "dora@example.jp", Role.READER)
    Member.objects.create(organisation=other_org, user=User.objects.get(email="dora@example.jp"), role=Role.READER)
    assert dora.get("/acme/overview").status_code == 403
    assert dora.get("/other/overview").status_code == 200


def test_owners_demand_it_on_the_page_and_by_the_api(
    row: SignOn,  # noqa: F811
    client_alice: Client,
    org: Organisation,
    store: object,
) -> None:
    form = {"kind": row.kind, "issuer": row.values["issuer"], "client_id": row.values["client_id"], "is_on": "on"}
    client_alice.post("/acme/settings/sso/", {**form, "is_required": "on"})
    assert SignOn.objects.get().is_required
    assert AuditEntry.objects.get(action="sso.changed").detail["is_required"] is True
    assert client_alice.get("/acme/overview").status_code == 200, "she owns it"
    assert client_alice.get("/api/v1/organisations/acme/sign-on").json()["provider"]["is_required"] is True
    client_alice.post("/acme/settings/sso/", form)
    assert not SignOn.objects.get().is_required


def test_the_switch_of_a_saml_provider_needs_no_metadata_again(client_alice: Client, org: Organisation, store: object) -> None:
    values = {"entity_id": "e", "sso_url": "https://idp.example/", "certificate": "c"}
    SignOn.objects.create(organisation=org, kind="saml", values=values)
    client_alice.post("/acme/settings/sso/", {"kind": "saml", "metadata": "", "is_on": "on", "is_required": "on"})
    kept = SignOn.objects.get()
    assert (kept.is_required, kept.values) == (True, values)
    SignOn.objects.all().delete()
    client_alice.post("/acme/settings/sso/", {"kind": "saml", "metadata": "", "is_on": "on"})
    assert not SignOn.objects.exists(), "the first time it is needed"


def test_the_list_of_all_organisations_leaves_out_one_that_asks_for_a_second_factor(
    client_alice: Client, org: Organisation, store: object
) -> None:
    assert "/acme/" in client_alice.get("/agency/").content.decode()
    SignInRules.objects.create(organisation=org, needs_two_factors=True)
    assert "/acme/" not in client_alice.get("/agency/").content.decode()
