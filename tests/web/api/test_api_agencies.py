"""Agencies by the interface: made from its description, so that no operation is forgotten; and what each role may."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.api.conftest import Operation, bearer, filled, operations

from sekisho.registry import agencies, tokens
from sekisho.registry.agencies import Agency, AgencyPerson
from sekisho.registry.audit import AuditEntry
from sekisho.registry.models import Member, Organisation, User
from sekisho.web.api.agencies import CustomerShape
from sekisho.web.pages.agency import COLUMNS

BODIES: dict[str, dict[str, object]] = {
    "add_agency_organisation": {"name": "New customer", "slug": "new-customer"},
    "put_agency_person": {"email": "charlie@other.example", "role": "analyst"},
    "remove_agency_person": {},
    "invite_to_agency": {"email": "new@care.example", "role": "reader"},
    "withdraw_agency_invitation": {},
}
"""A good body for each operation that changes something; a new one without it fails."""
LEAST = {"add_agency_organisation": "admin"} | dict.fromkeys(
    (
        *("agency_people", "put_agency_person", "remove_agency_person"),
        *("agency_invitations", "invite_to_agency", "withdraw_agency_invitation"),
    ),
    "owner",
)
"""The least role in the agency; the others are for everybody in it."""
RANKS = ("reader", "analyst", "admin", "owner")
ALL = [op for op in operations() if op.path.startswith("/api/v1/agencies")]
EACH = pytest.mark.parametrize("op", ALL, ids=lambda op: op.name)
JSON = "application/json"


def send(client: Client, op: Operation, path: str, headers: dict[str, str]) -> object:
    call = getattr(client, op.method)
    return call(path, headers=headers) if op.method == "get" else call(path, BODIES[op.name], JSON, headers=headers)


def test_every_operation_has_a_case() -> None:
    assert {op.name for op in ALL if op.method != "get"} == set(BODIES)
    assert {op.scope for op in ALL} == {tokens.AGENCY}


def test_columns_are_those_of_the_page() -> None:
    assert tuple(CustomerShape.__annotations__) == COLUMNS


@EACH
def test_roles_and_scopes(
    op: Operation, program: Client, world: dict[str, object], org: Organisation, alice: User, charlie: User, other_org: Organisation
) -> None:
    path, me = filled(op, world), AgencyPerson.objects.filter(user=alice)
    others = [scope for scope in tokens.SCOPES if scope != tokens.AGENCY]
    assert send(program, op, path, {}).status_code == 401
    assert send(program, op, path, bearer(org, *others, person=alice)).status_code == 403
    assert send(program, op, path, bearer(org)).status_code == 403, "a token of nobody"
    stranger = send(program, op, path, bearer(other_org, person=charlie))
    assert stranger.json() == {"items": []} if op.name == "list_agencies" else stranger.status_code == 404
    mine, least = bearer(org, person=alice), RANKS.index(LEAST.get(op.name, "reader"))
    for role in RANKS[:least]:
        me.update(role=role)
        assert send(program, op, path, mine).status_code == 403, role
    assert not AuditEntry.objects.exists()
    me.update(role=RANKS[least])
    answer = send(program, op, path, mine)
    assert 200 <= answer.status_code < 300, answer.content[:500]
    noted = [(entry.person, entry.detail["token"]) for entry in AuditEntry.objects.all()]
    assert noted == ([] if op.method == "get" else [(alice, "test")])
    me.delete()
    gone = send(program, op, path, mine)
    assert gone.json() == {"items": []} if op.name == "list_agencies" else gone.status_code == 404


@EACH
def test_a_session_needs_the_token_against_forged_requests(op: Operation, world: dict[str, object], alice: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    assert send(strict, op, filled(op, world), {}).status_code == (200 if op.method == "get" else 403)


def test_what_is_told_and_made(
    program: Client, world: dict[str, object], org: Organisation, alice: User, client_alice: Client, charlie: User
) -> None:
    head = bearer(org, "agency", person=alice)
    (agency,) = program.get("/api/v1/agencies", headers=head).json()["items"]
    assert agency == {"number": Agency.objects.get().pk, "name": "Care", "role": "owner", "organisations": 1}
    base = f"/api/v1/agencies/{agency['number']}"
    (row,) = program.get(f"{base}/organisations", headers=head).json()["items"]
    page = client_alice.get("/agency/organisations.csv")
    assert [str(value) for value in row.values()] == b"".join(page.streaming_content).decode().splitlines()[1].split(",")
    assert program.get(f"{base}/organisations?days=8", headers=head).status_code == 422
    made = program.post(f"{base}/organisations", {"name": "New", "slug": "newco", "language": "en"}, JSON, headers=head)
    assert (made.status_code, made.json()) == (201, {"slug": "newco", "name": "New", "language": "en"})
    again = program.post(f"{base}/organisations", {"name": "New", "slug": "NEWCO"}, JSON, headers=head)
    assert again.json()["errors"][0]["where"] == "slug"
    assert set(Member.objects.filter(organisation__slug="newco").values_list("user__email", "role")) == {
        ("alice@example.jp", "owner"),
        ("fay@care.example", "reader"),
    }
    person = program.post(f"{base}/people", {"email": charlie.email, "role": "admin"}, JSON, headers=head).json()
    assert Member.objects.filter(user=charlie, organisation__customer__agency=agency["number"], role="admin").count() == 2
    assert program.delete(f"{base}/people/{person['number']}", headers=head).status_code == 204
    assert not Member.objects.filter(user=charlie, organisation__customer__agency=agency["number"]).exists()
    me = AgencyPerson.objects.get(user=alice)
    assert program.delete(f"{base}/people/{me.pk}", headers=head).status_code == 404, "not oneself"
    assert program.post(f"{base}/people", {"email": alice.email}, JSON, headers=head).status_code == 409


def test_sums_are_of_organisations_one_is_a_member_of(
    program: Client, world: dict[str, object], org: Organisation, bob: User
) -> None:
    """An owner of a customer may have taken somebody out who still belongs to the agency."""
    other = Organisation.objects.create(slug="shy", name="Shy")
    agency = Agency.objects.get()
    agencies.put_organisation(agency, other)
    agencies.put_person(agency, bob, "reader")
    Member.objects.filter(organisation=other, user=bob).delete()
    told = program.get(f"/api/v1/agencies/{agency.pk}/organisations", headers=bearer(org, "agency", person=bob)).json()
    assert [row["organisation"] for row in told["items"]] == ["acme"]


def test_the_page_offers_the_scope_to_people_of_agencies(
    client_alice: Client, org: Organisation, alice: User, store: object
) -> None:
    assert 'value="agency"' not in client_alice.get("/acme/settings/tokens/").content.decode()
    agencies.put_person(Agency.objects.create(name="Care"), alice, "reader")
    assert 'value="agency"' in client_alice.get("/acme/settings/tokens/").content.decode()
