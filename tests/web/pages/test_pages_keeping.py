"""Retention, holds, export and erasure on pages: by owners only, with the name typed, and written down."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.web.api.conftest import bearer
from tests.web.pages.conftest import Story

from sekisho.flow import House
from sekisho.keeping import leave
from sekisho.registry import audit
from sekisho.registry.keeping import Departure, Errand, Hold, Keeping
from sekisho.registry.models import Domain, Member, Organisation, User
from sekisho.web import errands

HOME = "/acme/settings/keeping/"
NOW = int(dt.datetime.now(dt.UTC).timestamp())


@pytest.fixture
def client_admin(org: Organisation) -> Client:
    """A browser of an administrator, who is no owner."""
    user = User.objects.create_user("erin@example.jp", "long-password-1")
    Member.objects.create(organisation=org, user=user, role="admin")
    made = Client()
    made.force_login(user)
    return made


def actions(org: Organisation) -> list[str]:
    """What the audit log says, the newest last."""
    return list(audit.between(org.pk).order_by("id").values_list("action", flat=True))


def test_an_owner_says_how_long_what_is_kept(client_alice: Client, org: Organisation, store: object) -> None:
    sent = {"facts_days": "365", "raw_days": "30", "failures_days": "7", "audit_days": ""}
    assert client_alice.post(HOME, sent).status_code == 302
    kept = Keeping.objects.get(organisation=org)
    assert (kept.facts_days, kept.raw_days, kept.failures_days, kept.audit_days) == (365, 30, 7, None)
    for name, wrong in (("facts_days", "1"), ("failures_days", "365"), ("failures_days", "")):
        assert client_alice.post(HOME, sent | {name: wrong}).status_code == 200
    assert actions(org) == ["retention.changed"]


def test_whoever_is_no_owner_may_look_but_change_nothing(client_admin: Client, org: Organisation, store: object) -> None:
    assert client_admin.get(HOME).status_code == 200
    client_admin.post(HOME, {"facts_days": "90", "failures_days": "7"})
    assert not Keeping.objects.exists()
    for path in ("hold", "holds/1/lift", "export", "erase"):
        assert client_admin.post(HOME + path, {"reason": "x", "typed": "acme"}).status_code == 403, path
    assert client_admin.get(HOME + "exports/1").status_code == 403
    assert client_admin.post("/acme/domains/example.jp/remove").status_code == 403
    assert not Errand.objects.exists()
    assert not Hold.objects.exists()


def test_a_reader_does_not_even_look(client_bob: Client, org: Organisation, store: object) -> None:
    for path in ("", "status", "erase"):
        assert client_bob.get(HOME + path).status_code == 403, path


def test_a_hold_is_set_with_a_reason_and_lifted(client_alice: Client, org: Organisation, store: object) -> None:
    client_alice.post(HOME + "hold", {"domain": "example.jp", "reason": ""})
    client_alice.post(HOME + "hold", {"domain": "other.example", "reason": "x"})
    assert not Hold.objects.exists()
    client_alice.post(HOME + "hold", {"domain": "example.jp", "reason": "Case 12"})
    hold = Hold.objects.get()
    page = client_alice.get(HOME).content.decode()
    assert "Case 12" in page
    assert client_alice.get(HOME + "erase?domain=example.jp").content.decode().count('name="typed"') == 0
    client_alice.post(HOME + "erase", {"domain": "example.jp", "typed": "example.jp"})
    assert not Errand.objects.exists()
    client_alice.post(f"{HOME}holds/{hold.pk}/lift")
    hold.refresh_from_db()
    assert hold.lifted is not None
    assert actions(org) == ["hold.set", "hold.lifted"]


def test_another_organisations_hold_and_export_are_not_there(client_charlie: Client, org: Organisation, house: House) -> None:
    hold = Hold.objects.create(organisation=org, reason="x", who="x")
    errand = errands.ask(Errand.Kind.EXPORT, org, audit.SHELL)
    errands.run_next(house.store, Path(settings.HOUSE.home), NOW)
    assert client_charlie.post(f"/other/settings/keeping/holds/{hold.pk}/lift").status_code == 404
    assert client_charlie.get(f"/other/settings/keeping/exports/{errand.pk}").status_code == 404
    assert "acme" not in client_charlie.get("/other/settings/keeping/").content.decode()


def test_everything_comes_as_a_file_that_expires(client_alice: Client, house: House, story: Story, org: Organisation) -> None:
    client_alice.post(HOME + "export")
    client_alice.post(HOME + "export")
    errand = Errand.objects.get()
    path = f"{HOME}exports/{errand.pk}"
    assert client_alice.get(path).status_code == 404
    assert errands.run_next(house.store, Path(settings.HOUSE.home), NOW)
    assert path in client_alice.get(HOME + "status").content.decode()
    answer = client_alice.get(path)
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert "no-store" in answer["Cache-Control"]
    Errand.objects.update(expires=dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1))
    assert client_alice.get(path).status_code == 404
    assert actions(org)[-1] == "delivery.downloaded"


def test_a_domain_is_erased_when_its_name_is_typed(client_alice: Client, house: House, story: Story, org: Organisation) -> None:
    page = client_alice.get(HOME + "erase?domain=example.jp").content.decode()
    assert "30" in page
    assert "3,600" in page
    assert "typed_error" in client_alice.post(HOME + "erase", {"domain": "example.jp", "typed": "acme"}).content.decode()
    assert not Errand.objects.exists()
    client_alice.post(HOME + "erase", {"domain": "example.jp", "typed": " Example.JP "})
    assert errands.run_next(house.store, Path(settings.HOUSE.home), NOW)
    assert Errand.objects.get().state == Errand.State.DONE
    assert house.store.bounds(org.pk) is None
    assert not Domain.objects.exists()
    assert actions(org) == ["data.erasure_asked", "data.erased"]


def test_page_and_api_write_the_same_down(client_alice: Client, org: Organisation, alice: User, story: Story) -> None:
    """Holds and the wish to erase: the same rows and the same entries, but for the token."""
    head = bearer(org, "admin", person=alice)
    api = "/api/v1/organisations/acme"
    reason = f"  the court has asked {'x' * 600}"
    client_alice.post(HOME + "hold", {"domain": "example.jp", "reason": reason})
    client_alice.post(f"{api}/holds", {"domain": "example.jp", "reason": reason[:500]}, "application/json", headers=head)
    by_page, by_api = Hold.objects.order_by("pk")
    assert by_page.reason[:490] == by_api.reason[:490]
    assert (by_page.domain, by_page.who, by_page.person) == (by_api.domain, by_api.who, by_api.person)
    Hold.objects.update(lifted=by_page.at)
    wish = {"domain": "example.jp", "typed": "example.jp"}
    client_alice.post(HOME + "erase", wish)
    client_alice.post(f"{api}/erasures", wish, "application/json", headers=head)
    assert Errand.objects.count() == 1, "one that waits is not asked for twice"
    entries = list(audit.AuditEntry.objects.filter(organisation=org).order_by("pk"))
    assert [(e.action, e.target, e.person) for e in entries] == [
        *[("hold.set", "example.jp", alice)] * 2,
        *[("data.erasure_asked", "example.jp", alice)] * 2,
    ]
    assert [set(e.detail) - {"token"} for e in entries] == [{"reason"}, {"reason"}, set(), set()]


def test_an_organisation_is_erased_when_its_name_is_typed(
    client_alice: Client, house: House, story: Story, org: Organisation
) -> None:
    client_alice.post(HOME + "erase", {"domain": "", "typed": "acme"})
    assert errands.run_next(house.store, Path(settings.HOUSE.home), NOW)
    assert Errand.objects.get().state == Errand.State.DONE
    assert not Organisation.objects.exists()
    entry = audit.AuditEntry.objects.get(action="data.erased")
    assert (entry.who, entry.target, entry.organisation) == ("alice@example.jp", "acme", None)
    assert client_alice.get("/acme/overview").status_code == 404


def test_another_domain_cannot_be_erased(client_alice: Client, other_org: Organisation, store: object) -> None:
    assert client_alice.get(HOME + "erase?domain=other.example").status_code == 404
    assert client_alice.post(HOME + "erase", {"domain": "other.example", "typed": "other.example"}).status_code == 404


def test_removing_a_domain_says_what_becomes_of_its_reports(
    client_alice: Client, house: House, story: Story, org: Organisation
) -> None:
    path = "/acme/domains/example.jp/remove"
    due = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
    assert str(due.day) in client_alice.get(path).content.decode()
    client_alice.post(path)
    assert house.store.bounds(org.pk) is None
    assert "example.jp" in client_alice.get(HOME).content.decode()
    assert client_alice.get("/acme/domains/example.jp/").status_code == 404
    Domain.objects.create(organisation=org, name="example.jp")
    leave.settle(house.store)
    assert house.store.bounds(org.pk) is not None
    assert not Departure.objects.exists()
    assert actions(org) == ["domain.removed"]


def test_a_process_that_ends_in_the_middle_begins_again(house: House, org: Organisation, tmp_path: Path) -> None:
    errand = errands.ask(Errand.Kind.EXPORT, org, audit.SHELL)
    Errand.objects.update(state=Errand.State.RUNNING, done=3)
    assert not errands.run_next(house.store, tmp_path, NOW)
    errands.resume()
    assert errands.run_next(house.store, tmp_path, NOW)
    errand.refresh_from_db()
    assert errand.state == Errand.State.DONE
    assert (tmp_path / "exports" / errand.file).stat().st_size == errand.size


def test_what_goes_wrong_is_told(house: House, org: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands, "SPARE", 1 << 62)
    errand = errands.ask(Errand.Kind.EXPORT, org, audit.SHELL)
    assert errands.run_next(house.store, tmp_path, NOW)
    errand.refresh_from_db()
    assert (errand.state, "space" in errand.trouble) == (Errand.State.FAILED, True)
    assert list((tmp_path / "exports").iterdir()) == []
