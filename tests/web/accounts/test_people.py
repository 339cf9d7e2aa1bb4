"""People of an organisation: invited, let in once, given roles, removed; never without an owner, never by others."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sekisho.registry import invitations
from sekisho.registry.audit import Action, AuditEntry
from sekisho.registry.invitations import Invitation
from sekisho.registry.models import Member, Organisation, Role, User

PAGE = "/acme/settings/people/"
LINK = re.compile(r"http://127\.0\.0\.1:8025(/invitations/[\w-]{43})")


def invited(client: Client, email: str = "dora@example.jp", role: str = "analyst") -> str:
    """The path of the link, which the page shows where no mail server is set."""
    answer = client.post(f"{PAGE}invite", {"email": email, "role": role})
    assert "no-store" in answer.headers["Cache-Control"]
    found = LINK.search(answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def test_a_new_person_gets_in_once(client_alice: Client, store: object, org: Organisation) -> None:
    path = invited(client_alice)
    assert LINK.search(client_alice.get(PAGE).content.decode()) is None, "shown once"
    dora = Client()
    assert "Join Acme" in dora.get(path).content.decode()
    assert "too short" in dora.post(path, {"name": "Dora", "password": "short"}).content.decode()
    answer = dora.post(path, {"name": "Dora", "password": "a-long-password-7"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/acme/overview"
    user = User.objects.get(email="dora@example.jp")
    assert (user.name, Member.objects.get(user=user).role) == ("Dora", "analyst")
    assert user.check_password("a-long-password-7")
    assert Client().get(path).status_code == 404
    assert Client().post(path, {"name": "Eve", "password": "a-long-password-7"}).status_code == 404
    entry = AuditEntry.objects.get(action=Action.INVITATION_ACCEPTED)
    assert (entry.organisation, entry.who) == (org, "dora@example.jp")


def test_only_the_hash_of_a_link_is_kept(client_alice: Client, store: object) -> None:
    text = invited(client_alice).rpartition("/")[2]
    kept = Invitation.objects.values().get()
    assert text not in str(kept)
    assert text not in str(list(AuditEntry.objects.values()))


def test_who_has_an_account_signs_in_first(client_alice: Client, charlie: User, store: object, org: Organisation) -> None:
    path = invited(client_alice, charlie.email)
    page = Client().get(path).content.decode()
    assert f"/accounts/login/?next={path}" in page
    assert "password" not in page
    browser = Client()
    signed = browser.post("/accounts/login/", {"login": charlie.email, "password": "long-password-1", "next": path})
    assert signed["Location"] == path
    browser.post(path)
    assert Member.objects.get(organisation=org, user=charlie).role == "analyst"


def test_who_is_signed_in_joins_as_that_person(client_alice: Client, client_charlie: Client, charlie: User, store: object) -> None:
    path = invited(client_alice, "someone@example.jp")
    assert "signed in as charlie@other.example" in client_charlie.get(path).content.decode()
    client_charlie.post(path)
    assert client_charlie.get("/acme/overview").status_code == 200
    assert not User.objects.filter(email="someone@example.jp").exists()


def test_an_invitation_never_lowers_a_role(org: Organisation, alice: User) -> None:
    made, _text = invitations.invite(org, "x@example.jp", Role.READER, None)
    assert invitations.accept(made, alice).role == Role.OWNER


@pytest.mark.parametrize("change", [{"expires": timezone.now()}, {"withdrawn": timezone.now()}])
def test_an_old_or_withdrawn_link_is_good_for_nothing(change: dict[str, Any], org: Organisation) -> None:
    _made, text = invitations.invite(org, "x@example.jp", Role.READER, None)
    Invitation.objects.update(**change)
    assert Client().get(f"/invitations/{text}").status_code == 404


def test_it_expires_after_a_week(org: Organisation) -> None:
    made, _text = invitations.invite(org, "x@example.jp", Role.READER, None)
    assert dt.timedelta(days=6, hours=23) < made.expires - timezone.now() <= dt.timedelta(days=7)


def test_a_second_invitation_ends_the_first(org: Organisation) -> None:
    _one, first = invitations.invite(org, "x@example.jp", Role.READER, None)
    _two, second = invitations.invite(org, "X@Example.jp", Role.READER, None)
    assert invitations.find(first) is None
    assert invitations.find(second) is not None


def test_there_is_an_end_to_invitations(client_alice: Client, store: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MOST_A_DAY", 1)
    invited(client_alice)
    answer = client_alice.post(f"{PAGE}invite", {"email": "z@example.jp", "role": "reader"}, follow=True)
    assert "too many invitations" in answer.content.decode()
    assert Invitation.objects.count() == 1


def test_nobody_gives_more_than_the_own_role(client_bob: Client, client_alice: Client, store: object, org: Organisation) -> None:
    bob = Member.objects.get(user__email="bob@example.jp")
    Member.objects.filter(pk=bob.pk).update(role=Role.ADMIN)
    assert "Owner</option>" not in client_bob.get(PAGE).content.decode()
    client_bob.post(f"{PAGE}invite", {"email": "z@example.jp", "role": "owner"})
    assert not Invitation.objects.exists()
    alice = Member.objects.get(user__email="alice@example.jp")
    assert client_bob.post(f"{PAGE}{alice.pk}/role", {"role": "reader"}).status_code == 404
    assert client_bob.post(f"{PAGE}{alice.pk}/remove").status_code == 404
    assert client_bob.post(f"{PAGE}{bob.pk}/role", {"role": "owner"}).status_code == 404
    assert client_bob.post(f"{PAGE}rules", {"two_factors": "on"}).status_code == 403


def test_the_last_owner_stays(client_alice: Client, store: object, org: Organisation) -> None:
    me = Member.objects.get(user__email="alice@example.jp")
    for path, form in (
        (f"{PAGE}{me.pk}/role", {"role": "admin"}),
        (f"{PAGE}{me.pk}/remove", {}),
        (f"/accounts/me/leave/{org.pk}", {}),
    ):
        assert "owner first" in client_alice.post(path, form, follow=True).content.decode()
    assert Member.objects.get(pk=me.pk).role == Role.OWNER


def test_a_role_is_changed_a_person_is_removed_and_another_leaves(client_alice: Client, client_bob: Client, store: object) -> None:
    bob = Member.objects.get(user__email="bob@example.jp")
    client_alice.post(f"{PAGE}{bob.pk}/role", {"role": "analyst"})
    assert Member.objects.get(pk=bob.pk).role == Role.ANALYST
    entry = AuditEntry.objects.get(action=Action.ROLE_CHANGED)
    assert (entry.target, entry.detail) == ("bob@example.jp", {"before": "reader", "after": "analyst"})
    client_bob.post(f"/accounts/me/leave/{bob.organisation_id}")
    assert client_bob.get("/acme/overview").status_code == 404
    assert AuditEntry.objects.filter(action=Action.PERSON_LEFT).count() == 1


def test_charlie_does_nothing_to_people_of_others(client_charlie: Client, store: object, org: Organisation, alice: User) -> None:
    Member.objects.create(organisation=org, user=User.objects.create_user("d@example.jp", None), role=Role.READER)
    made, _text = invitations.invite(org, "x@example.jp", Role.READER, None)
    for member in Member.objects.filter(organisation=org):
        for what in ("role", "remove"):
            assert client_charlie.post(f"/other/settings/people/{member.pk}/{what}", {"role": "reader"}).status_code == 404
    assert client_charlie.post(f"/other/settings/people/invitations/{made.pk}/withdraw").status_code == 404
    assert "x@example.jp" not in client_charlie.get("/other/settings/people/").content.decode()
    assert client_charlie.post(f"/accounts/me/leave/{org.pk}").status_code == 404


def test_sign_up_stays_closed(client: Client, db: None) -> None:
    form = {"email": "eve@example.jp", "password1": "a-long-password-7", "password2": "a-long-password-7"}
    assert "invitation only" in client.post("/accounts/signup/", form).content.decode()
    assert not User.objects.exists()
