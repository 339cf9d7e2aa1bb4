"""Inboxes on pages: who may, what is shown, that secrets go in and never come out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.api.conftest import bearer

from sekisho.registry import inboxes
from sekisho.registry.deliveries import accept
from sekisho.registry.inboxes import Look, Setup
from sekisho.registry.models import Delivery, Inbox, Member, Organisation

SECRET = "correct-horse-battery"
IMAP = {
    "host": "imap.example.test",
    "user": "dmarc@example.jp",
    "password": SECRET,
    "folder": "INBOX",
    "after": "flag",
    "tls": "tls",
}


@pytest.fixture
def imap(org: Organisation) -> Inbox:
    """An IMAP inbox of Alice's organisation."""
    values = {"host": "imap.example.test", "user": "dmarc@example.jp", "port": 993, "folder": "INBOX", "after": "flag"}
    return inboxes.add(org.pk, Setup("imap", "Reports", values, {"password": SECRET}))


def test_an_inbox_is_added_by_its_form(client_alice: Client, store: object, org: Organisation) -> None:
    answer = client_alice.post("/acme/settings/inboxes/new/imap", IMAP, follow=True)
    made = org.inboxes.get()
    assert made.title == "dmarc@example.jp (imap.example.test)"
    assert made.values["host"] == "imap.example.test"
    assert "password" not in made.values
    assert inboxes.secrets_of(made) == {"password": SECRET}
    assert SECRET not in answer.content.decode()


def test_a_secret_is_never_shown_again(client_alice: Client, store: object, imap: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    wrong = client_alice.post("/acme/settings/inboxes/new/imap", {**IMAP, "user": ""})
    assert wrong.status_code == 200
    assert "errors" in wrong.content.decode()
    pages = [wrong, *(client_alice.get(f"/acme/settings/inboxes/{path}") for path in ("", f"{imap.pk}/", f"{imap.pk}/change"))]
    for page in pages:
        assert page.status_code == 200
        assert SECRET not in page.content.decode()
    assert SECRET not in caplog.text
    assert SECRET.encode() not in bytes(Inbox.objects.get(pk=imap.pk).sealed)


def test_the_key_of_a_service_account_is_not_shown_again_when_the_form_is_wrong(client_alice: Client, store: object) -> None:
    key = '{"private_key": "-----BEGIN"}'
    page = client_alice.post("/acme/settings/inboxes/new/gmail", {"service_account": key, "poll_s": "x"})
    assert "errors" in page.content.decode()
    assert "BEGIN" not in page.content.decode()


def test_an_empty_password_keeps_the_stored_one(client_alice: Client, store: object, imap: Inbox) -> None:
    client_alice.post(f"/acme/settings/inboxes/{imap.pk}/change", {**IMAP, "password": "", "port": "993", "folder": "Reports"})
    changed = Inbox.objects.get(pk=imap.pk)
    assert changed.values["folder"] == "Reports"
    assert inboxes.secrets_of(changed) == {"password": SECRET}


@pytest.mark.parametrize("change", [{"host": "evil.example.test"}, {"port": "1993"}, {"tls": "none"}, {"user": "mallory"}])
def test_a_stored_password_is_not_sent_elsewhere(client_alice: Client, store: object, imap: Inbox, change: dict[str, str]) -> None:
    Inbox.objects.filter(pk=imap.pk).update(values={**imap.values, "tls": "tls"})
    page = client_alice.post(f"/acme/settings/inboxes/{imap.pk}/change", {**IMAP, "port": "993", "password": "", **change})
    assert "Enter it again" in page.content.decode()
    assert Inbox.objects.get(pk=imap.pk).values["host"] == "imap.example.test"
    client_alice.post(f"/acme/settings/inboxes/{imap.pk}/change", {**IMAP, "port": "993", "password": "new", **change})
    assert inboxes.secrets_of(Inbox.objects.get(pk=imap.pk)) == {"password": "new"}


@pytest.mark.parametrize(("change", "cursor"), [({"after": "leave"}, "7:42"), ({"folder": "Other"}, "")])
def test_the_cursor_is_kept_only_for_the_same_mailbox(
    client_alice: Client, store: object, imap: Inbox, change: dict[str, str], cursor: str
) -> None:
    whole = {"tls": "tls", "ca_file": "", "done_folder": "DMARC/Done", "poll_s": 60}
    Inbox.objects.filter(pk=imap.pk).update(cursor="7:42", values={**imap.values, **whole})
    sent = {**IMAP, "port": "993", "password": "", "done_folder": "DMARC/Done", "poll_s": "60", **change}
    client_alice.post(f"/acme/settings/inboxes/{imap.pk}/change", sent)
    assert Inbox.objects.get(pk=imap.pk).cursor == cursor


@pytest.mark.parametrize("role", ["analyst", "reader"])
def test_others_are_told_who_can(client_bob: Client, bob: object, alice: object, store: object, imap: Inbox, role: str) -> None:
    Member.objects.filter(user=bob).update(role=role)
    for path in ("", "inboxes/", "inboxes/new/", "inboxes/new/imap", f"inboxes/{imap.pk}/", f"inboxes/{imap.pk}/change"):
        answer = client_bob.get(f"/acme/settings/{path}")
        assert answer.status_code == 403, path
        assert "alice@example.jp" in answer.content.decode(), path
    for action in ("test", "pause", "resume", "remove"):
        assert client_bob.post(f"/acme/settings/inboxes/{imap.pk}/{action}").status_code == 403
    assert client_bob.post("/acme/settings/inboxes/new/imap", IMAP).status_code == 403
    assert Inbox.objects.count() == 1


def test_an_administrator_may(client_bob: Client, bob: object, store: object, imap: Inbox) -> None:
    Member.objects.filter(user=bob).update(role="admin")
    assert client_bob.get("/acme/settings/inboxes/").status_code == 200


def test_charlie_reaches_no_inbox_of_hers_from_his_own(client_charlie: Client, store: object, imap: Inbox) -> None:
    for path in ("", "change"):
        assert client_charlie.get(f"/other/settings/inboxes/{imap.pk}/{path}").status_code == 404
    for action in ("test", "pause", "resume", "remove", "change"):
        assert client_charlie.post(f"/other/settings/inboxes/{imap.pk}/{action}", IMAP).status_code == 404
    assert Inbox.objects.get(pk=imap.pk).is_paused is False


@pytest.mark.parametrize("kind", ["maildir", "mbox", "folder", "smtp"])
def test_files_and_ports_of_a_shared_machine_are_for_who_runs_it(
    client_alice: Client, alice: object, other_org: object, store: object, kind: str
) -> None:
    address = f"/acme/settings/inboxes/new/{kind}"
    assert client_alice.get(address).status_code == 404
    assert client_alice.post(address, {"path": "/etc"}).status_code == 404
    assert f"sekisho inbox add {kind}" in client_alice.get("/acme/settings/inboxes/new/").content.decode()
    alice.is_superuser = True  # type: ignore[attr-defined]
    alice.save()  # type: ignore[attr-defined]
    assert client_alice.get(address).status_code == 200


def test_paths_on_a_shared_machine_are_not_taken_from_others(client_alice: Client, other_org: object, store: object) -> None:
    assert 'name="ca_file"' not in client_alice.get("/acme/settings/inboxes/new/imap").content.decode()
    client_alice.post("/acme/settings/inboxes/new/imap", {**IMAP, "ca_file": "/etc/shadow"})
    assert Inbox.objects.get().values["ca_file"] == ""


def test_the_home_is_no_inbox(client_alice: Client, store: object, settings: object) -> None:
    home = settings.HOUSE.home  # type: ignore[attr-defined]
    for path in (home, home / "below", home.parent / "x" / ".." / home.name):
        page = client_alice.post("/acme/settings/inboxes/new/folder", {"path": str(path), "after": "delete"})
        assert "files of Sekisho itself" in page.content.decode()
    assert not Inbox.objects.exists()


def test_a_test_shows_the_steps_and_the_servers_words(
    client_alice: Client, store: object, org: Organisation, tmp_path: Path
) -> None:
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    values = {"path": str(tmp_path), "after": "flag", "done_folder": ".Done"}
    good = inboxes.add(org.pk, Setup("maildir", "Good", values))
    bad = inboxes.add(org.pk, Setup("maildir", "Bad", {**values, "path": str(tmp_path / "none")}))
    assert "The test went well" in client_alice.post(f"/acme/settings/inboxes/{good.pk}/test").content.decode()
    page = client_alice.post(f"/acme/settings/inboxes/{bad.pk}/test").content.decode()
    assert "The test did not get through" in page
    assert "No such file or directory" in page


def test_a_good_test_ends_the_wait_after_failures(client_alice: Client, store: object, org: Organisation, tmp_path: Path) -> None:
    for part in ("new", "cur"):
        (tmp_path / part).mkdir()
    made = inboxes.add(org.pk, Setup("maildir", "M", {"path": str(tmp_path), "after": "leave", "done_folder": ".Done"}))
    inboxes.failed(made.pk, made.revision, failures=9, trouble="no_folder", said="gone")
    client_alice.post(f"/acme/settings/inboxes/{made.pk}/test")
    now = Inbox.objects.get(pk=made.pk)
    assert (now.trouble, now.failures, now.revision) == ("", 0, made.revision + 1)


def test_health_is_a_sentence(client_alice: Client, store: object, imap: Inbox) -> None:
    def page() -> str:
        return client_alice.get("/acme/settings/inboxes/").content.decode()

    assert "Not looked at yet" in page()
    inboxes.looked(imap.pk, imap.revision, Look("1:1", 3, timezone.now() - dt.timedelta(seconds=90)))
    assert "Well: looked at just now" in page()
    assert "1 minute" in page()
    Inbox.objects.filter(pk=imap.pk).update(looked_at=timezone.now() - dt.timedelta(minutes=2))
    assert "Well: looked at 2 min ago" in page()
    Inbox.objects.filter(pk=imap.pk).update(looked_at=timezone.now() - dt.timedelta(minutes=40))
    assert "Not looked at since" in page()
    inboxes.failed(imap.pk, imap.revision, failures=2, trouble="sign_in", said="<b>AUTHENTICATIONFAILED</b>")
    assert "The server refused the sign-in." in page()
    assert "&lt;b&gt;AUTHENTICATIONFAILED" in client_alice.get(f"/acme/settings/inboxes/{imap.pk}/").content.decode()
    client_alice.post(f"/acme/settings/inboxes/{imap.pk}/pause")
    assert "Paused: nothing is fetched." in page()
    client_alice.post(f"/acme/settings/inboxes/{imap.pk}/resume")
    assert "Not looked at yet" in page()


def test_an_inbox_is_removed_and_nothing_else(client_alice: Client, store: object, imap: Inbox, org: Organisation) -> None:
    from sekisho.registry.deliveries import accept
    from sekisho.registry.models import Delivery

    accept(org.pk, [("a", b"x")], door=f"inbox:{imap.pk}")
    assert "Reports" in client_alice.get("/acme/deliveries/?show=all").content.decode()
    client_alice.post(f"/acme/settings/inboxes/{imap.pk}/remove")
    assert not Inbox.objects.exists()
    assert Delivery.objects.count() == 1
    assert "an inbox that was removed" in client_alice.get(f"/acme/deliveries/{Delivery.objects.get().pk}/").content.decode()


def test_the_report_address_and_its_records_are_shown(client_alice: Client, store: object, org: Organisation) -> None:
    page = client_alice.get("/acme/settings/inboxes/").content.decode()
    assert f"<code>{org.report_token}</code>" in page
    inboxes.add(org.pk, Setup("smtp", "L", {"host": "127.0.0.1", "port": 25, "hostname": "mx.reports.example"}))
    page = client_alice.get("/acme/settings/inboxes/").content.decode()
    assert f"rua=mailto:{org.report_token}@mx.reports.example" in page
    assert "example.jp._report._dmarc.mx.reports.example" in page


def test_a_listener_shows_its_own_address_and_what_became_of_its_mails(
    client_alice: Client, store: object, org: Organisation, imap: Inbox
) -> None:
    made = inboxes.add(org.pk, Setup("smtp", "L", {"host": "127.0.0.1", "port": 25, "hostname": "mx.reports.example"}))
    (number,) = accept(org.pk, [("x", b"Subject: no report\r\n\r\nhello\r\n")], door=f"inbox:{made.pk}")
    Delivery.objects.filter(pk=number).update(state=1, outcome="not_a_report")
    page = client_alice.get(f"/acme/settings/inboxes/{made.pk}/").content.decode()
    address = f"{made.report_token}@mx.reports.example"
    assert f"<code>{address}</code>" in page
    assert f"rua=mailto:{address}" in page
    assert "What became of its last mails" in page
    assert "No report in it" in page
    other = client_alice.get(f"/acme/settings/inboxes/{imap.pk}/").content.decode()
    assert "Report address of this inbox" not in other
    assert "What became of its last mails" not in other
    head = bearer(org, "admin")
    assert Client().get(f"/api/v1/organisations/acme/inboxes/{made.pk}", headers=head).json()["report_address"] == address
    assert Client().get(f"/api/v1/organisations/acme/inboxes/{imap.pk}", headers=head).json()["report_address"] == ""


def test_a_long_list_has_pages(client_alice: Client, store: object, org: Organisation) -> None:
    for number in range(51):
        inboxes.add(org.pk, Setup("maildir", f"box-{number:02}", {"path": f"/box/{number}"}))
    first = client_alice.get("/acme/settings/inboxes/").content.decode()
    second = client_alice.get("/acme/settings/inboxes/?page=2").content.decode()
    assert ("box-49" in first, "box-50" in first) == (True, False)
    assert ("box-49" in second, "box-50" in second) == (False, True)
