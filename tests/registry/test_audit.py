"""The audit log: what is written stays as it was written, and nothing of it grows without bound."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from sekisho.registry import audit
from sekisho.registry.audit import SHELL, Action, AuditEntry
from sekisho.registry.models import Organisation, User


def test_an_entry_says_who_where_and_what(org: Organisation, alice: User, rf: RequestFactory) -> None:
    request = rf.post("/", REMOTE_ADDR="2001:db8::7")
    request.user = alice
    request.org = org  # type: ignore[attr-defined]
    made = AuditEntry.objects.get(pk=audit.note(request, Action.TOKEN_MADE, "gateway", days=90, empty="").pk)
    assert (made.organisation, made.person, made.who, made.address) == (org, alice, "alice@example.jp", "2001:db8::7")
    assert (made.action, made.target, made.detail) == ("token.made", "gateway", {"days": 90})


def test_the_shell_is_nobody_with_an_account(org: Organisation) -> None:
    made = audit.note(SHELL, Action.DOMAIN_ADDED, "example.jp", org=org)
    assert (made.person, made.who, made.organisation) == (None, "shell", org)


def test_nothing_is_changed_or_deleted(org: Organisation, alice: User) -> None:
    made = audit.note(alice, Action.DOMAIN_ADDED, "example.jp", org=org.pk)
    made.target = "other.example"
    with pytest.raises(TypeError):
        made.save()
    with pytest.raises(TypeError):
        made.delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.update(target="x")
    with pytest.raises(TypeError):
        AuditEntry.objects.filter(pk=made.pk).delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.bulk_update([made], ["target"])
    with pytest.raises(TypeError):
        org.audit.all().delete()  # type: ignore[attr-defined]
    assert AuditEntry.objects.get().target == "example.jp"


def test_an_entry_outlives_its_person_with_the_address(org: Organisation, alice: User) -> None:
    audit.note(alice, Action.DOMAIN_ADDED, "example.jp", org=org)
    alice.delete()
    kept = AuditEntry.objects.get()
    assert (kept.person, kept.who) == (None, "alice@example.jp")


def test_it_goes_with_its_organisation(org: Organisation, alice: User) -> None:
    audit.note(alice, Action.DOMAIN_ADDED, "example.jp", org=org)
    org.delete()
    assert not AuditEntry.objects.exists()


def test_what_is_long_is_cut(org: Organisation) -> None:
    made = audit.note(SHELL, Action.UPLOADED, "x" * 2000, org=org, names=["n" * 2000] * 200, **{f"k{n}": n for n in range(100)})
    assert len(made.target) == audit.MAX_TEXT
    assert len(made.detail) == audit.MAX_DETAILS
    assert len(made.detail["names"]) == audit.MAX_ITEMS
    assert {len(name) for name in made.detail["names"]} == {audit.MAX_TEXT}


def test_one_organisation_reads_its_own_only(org: Organisation, other_org: Organisation) -> None:
    audit.note(SHELL, Action.DOMAIN_ADDED, "a.example", org=org)
    audit.note(SHELL, Action.DOMAIN_ADDED, "b.example", org=other_org)
    audit.note(SHELL, Action.SIGNED_IN)
    assert [entry.target for entry in audit.between(org.pk)] == ["a.example"]
