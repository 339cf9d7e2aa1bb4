"""The audit log: no change without an entry, found and exported by those who administer, and by nobody else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern
from tests.builders import failure_mail
from tests.web.pages.conftest import SPOOFER, Story, keep
from tests.web.pages.test_pages_access import POSTED, address

from sekisho.flow import House
from sekisho.registry import audit, inboxes, invitations, tokens
from sekisho.registry.audit import SHELL, Action, AuditEntry
from sekisho.registry.inboxes import Setup
from sekisho.registry.keeping import Hold
from sekisho.registry.models import Alert, Channel, Failure, Member, Organisation, User
from sekisho.registry.signon import SignOn
from sekisho.web.auditwords import ACTION_WORDS
from sekisho.web.pages.urls import org_urls

PAGE = "/acme/settings/audit/"
WRITES = re.compile(r'^(?:INSERT|UPDATE|DELETE)\s.*?"(registry_\w+)"', re.IGNORECASE)


def _inbox(org: Organisation) -> int:
    values = {"host": "imap.example", "port": 993, "user": "u", "tls": "tls", "folder": "INBOX"}
    return inboxes.add(org.pk, Setup("imap", "Reports", values, {"password": "secret-1"})).pk


def _graph(org: Organisation) -> int:
    values = {"tenant": "t", "client_id": "c", "base_url": "http://127.0.0.1:1", "login_url": "http://127.0.0.1:1", "folder": "I"}
    return inboxes.add(org.pk, Setup("graph", "Reports", values)).pk


def _alert(org: Organisation) -> int:
    values = {"rule": "burst", "severity": "urgent", "first_day": 1, "last_day": 2, "raised": "2026-01-01T00:00Z"}
    return Alert.objects.create(organisation=org, changed="2026-01-01T00:00Z", **values).pk


def _channel(org: Organisation) -> int:
    Channel.objects.create(organisation=org, kind="mail", title="another", to="b@example.jp")
    return Channel.objects.create(organisation=org, kind="mail", title="mail", to="a@example.jp").pk


def _failure(org: Organisation) -> int:
    return Failure.objects.filter(organisation=org).earliest("id").pk


def _token(org: Organisation) -> int:
    return tokens.add(org.pk, "gateway")[0].pk


def _member(org: Organisation) -> int:
    user = User.objects.create_user("dora@example.jp", "long-password-1")
    return Member.objects.create(organisation=org, user=user, role="reader").pk


def _invitation(org: Organisation) -> int:
    return invitations.invite(org, "new@example.jp", "reader", None)[0].pk


def _provider(org: Organisation) -> int:
    return SignOn.objects.create(organisation=org, kind="saml").pk


def _hold(org: Organisation) -> int:
    return Hold.objects.create(organisation=org, reason="a lawsuit", who="alice@example.jp").pk


def _none(_org: Organisation) -> int:
    return 1


Change = tuple[Callable[[Organisation], int], dict[str, str]]
CHANGES: dict[str, Change] = {
    "deliveries_adopt": (_none, {"domain": "new.example"}),
    "deliveries_reread": (lambda org: org.delivery_set.earliest("id").pk, {"id": "{number}"}),  # type: ignore[attr-defined]
    "decide": (_none, {"verdict": "spoof", "source_ip": SPOOFER}),
    "failure_look": (_failure, {"why": "an incident"}),
    "domain_dns_look": (_none, {}),
    "alert_act": (_alert, {"what": "take"}),
    "settings_channel_act": (_channel, {"what": "remove"}),
    "settings_token_revoke": (_token, {}),
    "settings_people_invite": (_none, {"email": "new@example.jp", "role": "reader"}),
    "settings_people_rules": (_none, {}),
    "settings_person_role": (_member, {"role": "analyst"}),
    "settings_person_remove": (_member, {}),
    "settings_invitation_withdraw": (_invitation, {}),
    "settings_sso_remove": (_provider, {}),
    "settings_keeping_hold": (_none, {"reason": "a lawsuit"}),
    "settings_keeping_lift": (_hold, {}),
    "settings_keeping_export": (_none, {}),
    "settings_inbox_test": (_inbox, {}),
    "settings_inbox_pause": (_inbox, {}),
    "settings_inbox_resume": (_inbox, {}),
    "settings_inbox_remove": (_inbox, {}),
}
"""What makes each address that takes only POST change something: the row it is about, and the form."""
ELSEWHERE = {"settings_inbox_sign_in", "settings_inbox_signed_in"}
"""They need a server of the service: see test_pages_sign_in, which looks for their entries."""


def as_shown(client: Client, path: str) -> dict[str, str]:
    """The fields of a page as they are filled in when it comes."""
    page = client.get(path).content.decode()
    fields = re.findall(r'<input [^>]*?name="(\w+)"[^>]*?value="([^"]*)"', page)
    chosen = re.findall(r'<select name="(\w+)".*?<option value="(\w*)" selected', page, re.DOTALL)
    return dict(fields) | dict(chosen)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test of an inbox asks no server here."""
    monkeypatch.setattr("sekisho.web.pages.inboxes.try_out", lambda _inbox: [])


@pytest.fixture
def failure(house: House, org: Organisation) -> None:
    """A failure report, so that there is one to look at."""
    keep(house, org, [("f.eml", failure_mail(1))])


def test_every_change_of_the_list_is_tried() -> None:
    assert set(CHANGES) | ELSEWHERE == POSTED


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_no_change_without_an_entry(name: str, client_alice: Client, house: House, org: Organisation, failure: None) -> None:
    prepare, form = CHANGES[name]
    number = str(prepare(org))
    pattern = next(p for p in org_urls if p.name == name)
    form = {key: value.format(number=number) for key, value in form.items()}
    answer = client_alice.post(address(pattern, values={"number": number}), form)
    assert answer.status_code in (200, 302), answer.content
    entry = AuditEntry.objects.get(organisation=org)
    assert entry.who == "alice@example.jp"
    assert entry.address == "127.0.0.1"


@pytest.mark.parametrize("pattern", org_urls, ids=lambda p: p.name)
def test_whatever_a_request_writes_it_notes(pattern: URLPattern, client_alice: Client, story: Story, org: Organisation) -> None:
    """Also those addresses that take GET and POST, with whatever form; and no GET writes anything."""
    if pattern.name in ELSEWHERE:
        return
    for send, form in ((client_alice.get, {}), (client_alice.post, FORMS.get(pattern.name or "", {}))):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            send(address(pattern), form)
        tables = {found[1] for query in asked if (found := WRITES.match(query["sql"]))} - QUIET
        tables -= FIRST if send == client_alice.get else set()
        assert not tables or "registry_auditentry" in tables, (send, tables)


FORMS = {
    "settings_tokens": {"name": "gateway", "days": "90", "scopes": "ingest"},
    "notifications": {"rule_burst": "once"},
    "settings_alerts": {},
    "settings_channels": {"kind": "mail", "mail-title": "Mail", "mail-to": "a@example.jp", "mail-least": "notice"},
    "settings_inbox_new": {
        "title": "Reports",
        "host": "imap.example",
        "port": "993",
        "tls": "tls",
        "user": "u",
        "password": "p",
        "after": "leave",
    },
}
QUIET = {"registry_networkowner"}
"""What a page keeps of public registries, of no organisation."""
FIRST = {"registry_channel", "registry_proof"}
"""Every organisation has a mail channel, and every domain what proves it, from the first look on."""


@pytest.mark.parametrize("name", sorted(FORMS))
def test_forms_leave_an_entry(name: str, client_alice: Client, story: Story, org: Organisation) -> None:
    pattern = next(p for p in org_urls if p.name == name)
    answer = client_alice.post(address(pattern), FORMS[name] or as_shown(client_alice, address(pattern)))
    assert AuditEntry.objects.filter(organisation=org).count() == 1, answer.content.decode()


def test_uploads_are_noted_with_the_names_alone(client_alice: Client, store: object, org: Organisation) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client_alice.post("/acme/upload", {"files": SimpleUploadedFile("a.xml", b"<secret/>")})
    assert AuditEntry.objects.get(action=Action.UPLOADED).detail == {"names": ["a.xml"]}


def test_each_action_has_its_words() -> None:
    assert set(ACTION_WORDS) == set(Action)


def test_the_log_is_found_by_person_action_and_day(client_alice: Client, alice: object, org: Organisation) -> None:
    audit.note(SHELL, Action.DOMAIN_ADDED, "one.example", org=org)
    audit.note(alice, Action.INBOX_PAUSED, "two <b>", org=org)  # type: ignore[arg-type]
    whole = client_alice.get(PAGE).content.decode()
    assert "one.example" in whole
    assert "two &lt;b&gt;" in whole
    assert "Operator at the command line" in whole
    only = client_alice.get(PAGE, {"who": "alice@example.jp"}).content.decode()
    assert ("one.example" in only, "two" in only) == (False, True)
    only = client_alice.get(PAGE, {"action": "domain.added"}).content.decode()
    assert ("one.example" in only, "two &lt;" in only) == (True, False)
    assert "Nothing in the log" in client_alice.get(PAGE, {"until": "2020-01-01"}).content.decode()
    assert "one.example" in client_alice.get(PAGE, {"since": "2020-01-01", "until": "9999-12-31"}).content.decode()
    assert client_alice.get(PAGE, {"since": "x", "who": "nobody", "page": "99"}).status_code == 200


def test_the_log_is_exported(client_alice: Client, org: Organisation) -> None:
    audit.note(SHELL, Action.DOMAIN_ADDED, "=cmd()", org=org, n=1)
    answer = client_alice.get("/acme/settings/audit.json")
    (row,) = json.loads(b"".join(answer.streaming_content))
    assert (row["who"], row["action"], row["target"], row["detail"]) == ("shell", "domain.added", "=cmd()", {"n": 1})
    assert row["at"].endswith("Z")
    text = b"".join(client_alice.get("/acme/settings/audit.csv").streaming_content).decode("utf-8-sig")
    assert "'=cmd()" in text
    assert "n: 1" in text
    assert client_alice.get("/acme/settings/audit.exe").status_code == 404


def test_in_japanese(client_alice: Client, org: Organisation) -> None:
    audit.note(SHELL, Action.DOMAIN_ADDED, "one.example", org=org)
    page = client_alice.get(PAGE, headers={"Accept-Language": "ja"}).content.decode()
    for words in ("監査ログ", "ドメインの追加", "コマンドラインの運用者"):
        assert words in page


@pytest.mark.parametrize("path", [PAGE, "/acme/settings/audit.csv"])
def test_the_log_is_for_those_who_administer(path: str, client_bob: Client, client_charlie: Client, org: Organisation) -> None:
    audit.note(SHELL, Action.DOMAIN_ADDED, "one.example", org=org)
    assert client_bob.get(path).status_code == 403
    assert client_charlie.get(path).status_code == 404
    theirs = client_charlie.get(path.replace("acme", "other"))
    body = b"".join(theirs.streaming_content) if theirs.streaming else theirs.content
    assert b"one.example" not in body
