"""Who may do what at the interface: made from its own description, so that no operation can be forgotten."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web.api.conftest import Operation, bearer, filled, metadata, operations
from tests.web.pages.conftest import SPOOFER

from sekisho.flow import House
from sekisho.registry import roles, tokens
from sekisho.registry.audit import AuditEntry
from sekisho.registry.models import Member, Organisation, Role, User
from sekisho.registry.roles import Ability

BODIES: dict[str, dict[str, object]] = {
    "add_domain": {"name": "new.example.jp"},
    "change_domain": {"is_parked": True},
    "change_report_address": {"report_address": "reports@example.net"},
    "look_at_dns": {},
    "reread": {"ids": [], "unread": True},
    "look_at_failure": {"why": "the bank has asked"},
    "act_on_alert": {"what": "take"},
    "decide": {"verdict": "failing", "source_ip": SPOOFER},
    "undo_decision": {},
    "add_channel": {"kind": "webhook", "title": "hook", "url": "https://hook.example/x"},
    "change_channel": {"title": "other", "is_on": False},
    "add_inbox": {"kind": "imap", "settings": {"host": "imap.example", "user": "u", "password": "p"}},
    "remove_channel": {},
    "change_inbox": {"is_paused": True},
    "remove_inbox": {},
    "try_inbox": {},
    "begin_inbox_sign_in": {},
    "end_inbox_sign_in": {},
    "try_channel": {},
    "remove_domain": {},
    "change_role": {"role": "analyst"},
    "remove_member": {},
    "invite": {"email": "new@example.net", "role": "analyst"},
    "withdraw_invitation": {},
    "change_alert_rule": {"is_on": False, "thresholds": {"surge_messages": 500}},
    "change_retention": {"facts_days": 365, "raw_days": 30, "failures_days": 30, "audit_days": None},
    "set_hold": {"domain": "example.jp", "reason": "the court has asked"},
    "lift_hold": {},
    "start_export": {},
    "erase": {"domain": "example.jp", "typed": "example.jp"},
    "change_my_notifications": {"rules": {"surge": "daily"}, "monthly": False},
    "change_sign_on": {"kind": "saml", "metadata": metadata("https://idp.example/new")},
    "remove_sign_on": {},
    "change_factors": {"needs_two_factors": False},
    "make_token": {"name": "another", "scopes": ["read"]},
    "revoke_token": {},
}
"""A good body for each operation that changes something; a new one without it fails."""
EXPECTED = {"look_at_dns": 409, "begin_inbox_sign_in": 409, "end_inbox_sign_in": 409}
"""Where the good answer is another one: the tests ask no DNS, and nobody signs in to the inbox of the small world."""
OF_PERSONS = (
    "look_at_failure",
    "act_on_alert",
    "set_hold",
    "lift_hold",
    "erase",
    "host_letter",
    "my_notifications",
    "change_my_notifications",
)
"""What a token of nobody may not."""
READS_NOTED = ("download_export",)
"""What is read and leaves a line in the audit log: everything at once."""
OF_TOKENS = ("deliver", "delivery")
"""Tried in test_api_deliveries."""
OF_AGENCIES = {op.name for op in operations() if op.path.startswith("/api/v1/agencies")}
"""Tried in test_api_agencies."""
ALL = [op for op in operations() if op.name not in OF_TOKENS]
INSIDE = [op for op in ALL if "{org}" in op.path]
EACH = pytest.mark.parametrize("op", INSIDE, ids=lambda op: op.name)


def send(client: Client, op: Operation, path: str, headers: dict[str, str]) -> object:
    call = getattr(client, op.method)
    if op.method == "get":
        return call(path, headers=headers)
    return call(path, BODIES[op.name], content_type="application/json", headers=headers)


def is_problem(answer: object, status: int) -> bool:
    """Whether it is a refusal as RFC 9457 has it."""
    is_ours = answer.status_code == status and answer.headers["Content-Type"] == "application/problem+json"
    return is_ours and answer.json()["status"] == status and bool(answer.json()["title"])


def test_every_operation_has_a_case() -> None:
    changing = {op.name for op in INSIDE if op.method != "get"}
    assert changing == set(BODIES)
    assert {op.scope for op in INSIDE} <= set(tokens.SCOPES)
    outside = [op.path for op in ALL if op not in INSIDE and op.name not in OF_AGENCIES]
    assert outside == ["/api/v1/organisations"]
    assert len({op.name for op in ALL}) == len(ALL)


@EACH
def test_roles_and_scopes(op: Operation, program: Client, world: dict[str, object], org: Organisation, alice: User) -> None:
    path, member = filled(op, world), Member.objects.filter(organisation=org, user=alice)
    others = [scope for scope in tokens.SCOPES if scope != op.scope]
    assert is_problem(send(program, op, path, {}), 401)
    assert is_problem(send(program, op, path, {"Authorization": "Bearer guess"}), 401)
    assert is_problem(send(program, op, path, bearer(org, *others, person=alice)), 403)
    mine = bearer(org, person=alice)
    least = roles.RANKS.index(roles.LEAST[Ability.OWN if op.is_owners else tokens.ABILITIES[op.scope]])
    for role in roles.RANKS[:least]:
        member.update(role=role)
        assert is_problem(send(program, op, path, mine), 403), role
    member.update(role=roles.RANKS[least])
    answer = send(program, op, path, mine)
    good = EXPECTED.get(op.name)
    assert answer.status_code == good if good else 200 <= answer.status_code < 300, answer.content[:500]
    if answer.streaming:
        assert list(answer.streaming_content)
    noted = [(entry.person, entry.organisation) for entry in AuditEntry.objects.all()]
    is_noted = op.name in READS_NOTED or (op.method != "get" and not good)
    assert noted == ([(alice, org)] if is_noted else []), "each change is in the audit log, once"
    member.delete()
    assert is_problem(send(program, op, path, mine), 401), "a token of somebody who has gone"


def test_others_see_nothing_of_hers(
    program: Client, world: dict[str, object], other_org: Organisation, charlie: User, alice: User
) -> None:
    operator = User.objects.create_superuser("operator@example.net", "long-password-1")
    charlie_token = bearer(other_org, person=charlie)
    for op in INSIDE:
        hers = filled(op, world)
        assert is_problem(send(program, op, hers, charlie_token), 404), op.name
        for person in (charlie, operator):
            signed_in = Client()
            signed_in.force_login(person)
            assert is_problem(send(signed_in, op, hers, {}), 404), op.name


def test_others_find_nothing_of_hers_in_their_own_organisation(
    program: Client, world: dict[str, object], other_org: Organisation, charlie: User, alice: User
) -> None:
    charlie_token = bearer(other_org, person=charlie)
    for op in INSIDE:
        names_one = "{" in re.sub(r"\{(org|what|rule|kind)\}", "", op.path)
        if op.name in BODIES and not names_one:
            continue
        answer = send(program, op, filled(op, {**world, "org": other_org.slug}), charlie_token)
        assert is_problem(answer, 404) if names_one else answer.status_code == 200, op.name
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for secret in ("example.jp", "receiver.example", "192.0.2.10", SPOOFER, "alice"):
            assert secret not in body.decode(), (op.name, secret)


def test_sessions_read_and_change_nothing_unasked(world: dict[str, object], alice: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    for op in INSIDE:
        answer = send(strict, op, filled(op, world), {})
        if answer.streaming:
            assert list(answer.streaming_content), op.name
        assert answer.status_code == 200 if op.method == "get" else is_problem(answer, 403), op.name


def test_a_page_may_change_with_the_token_against_forged_requests(world: dict[str, object], alice: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    strict.get("/acme/overview")
    csrf = strict.get("/acme/upload").context["csrf_token"]
    answer = strict.post(
        "/api/v1/organisations/acme/domains", {"name": "a.example"}, "application/json", headers={"X-CSRFToken": str(csrf)}
    )
    assert answer.status_code == 201


def test_the_list_of_organisations_tells_of_ones_own(
    program: Client, house: House, org: Organisation, other_org: Organisation, alice: User
) -> None:
    assert is_problem(program.get("/api/v1/organisations"), 401)
    told = program.get("/api/v1/organisations", headers=bearer(org, "read")).json()["items"]
    assert [(one["slug"], one["scopes"]) for one in told] == [("acme", ["read"])]
    Member.objects.create(organisation=other_org, user=alice, role=Role.READER)
    both = Client()
    both.force_login(alice)
    told = both.get("/api/v1/organisations").json()["items"]
    assert {one["slug"]: "admin" in one["scopes"] for one in told} == {"acme": True, "other": False}


def test_a_session_without_the_second_factor_that_is_asked_for(world: dict[str, object], org: Organisation, alice: User) -> None:
    from sekisho.registry.signon import SignInRules

    signed_in = Client()
    signed_in.force_login(alice)
    assert signed_in.get("/api/v1/organisations/acme/hosts").status_code == 200
    SignInRules.objects.create(organisation=org, needs_two_factors=True)
    assert is_problem(signed_in.get("/api/v1/organisations/acme/hosts"), 403)
    assert Client().get("/api/v1/organisations/acme/hosts", headers=bearer(org, person=alice)).status_code == 200


def test_a_token_of_nobody_may_not_what_needs_a_name(program: Client, world: dict[str, object], org: Organisation) -> None:
    for op in INSIDE:
        if op.name in OF_PERSONS:
            assert is_problem(send(program, op, filled(op, world), bearer(org)), 403)
