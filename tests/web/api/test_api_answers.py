"""What the interface answers: the sums of the pages, the columns of the exports, refusals, entity tags, bounds."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.web.api.conftest import bearer
from tests.web.pages.conftest import OWN, SPOOFER

from sekisho.flow import House, drain
from sekisho.registry import tokens
from sekisho.registry.audit import Action, AuditEntry
from sekisho.registry.models import Alert, Decision, Delivery, Domain, Failure, Member, Organisation, Token, User
from sekisho.web import exports
from sekisho.web.api import access, tables
from sekisho.web.api.service import MAX_BODY

BASE = "/api/v1/organisations/acme"
FILTERS = ("", "?class=spoof", f"?host={SPOOFER}", "?domain=example.jp&dkim=pass", "?range=7d&disposition=none", "?q=192.0.2")


@pytest.fixture
def ask(program: Client, world: dict[str, object], org: Organisation, alice: User) -> object:
    """Asks with Alice's own token."""
    head = bearer(org, person=alice)

    def asked(path: str, **headers: str) -> object:
        return program.get(f"{BASE}{path}", headers={**head, **headers})

    return asked


@pytest.mark.parametrize("query", FILTERS)
def test_sums_are_those_of_the_pages(ask: object, client_alice: Client, query: str) -> None:
    for name, page in (("hosts", "hosts"), ("groups", "groups"), ("reports", "reports")):
        answer = client_alice.get(f"/acme/{page}/{query}").context["answer"]
        told = ask(f"/{name}{query}").json()
        assert told["total"] == answer.total, name
        assert tuple(told["sums"].values()) == exports.counts(answer.split), name
    shown = client_alice.get(f"/acme/overview{query}").context
    told = ask(f"/overview{query}").json()
    assert tuple(told["sums"].values()) == exports.counts(shown["split"])
    assert [tuple(day.values())[:5] for day in told["days"]] == [exports.counts(split) for _day, split in shown["chart"]]
    assert (told["first_day"], told["last_day"]) == (
        exports.iso_day(shown["state"].first),
        exports.iso_day(shown["state"].last),
    )


def test_what_if_is_that_of_the_page(ask: object, client_alice: Client) -> None:
    shown = client_alice.get("/acme/domains/example.jp/what-if/?p=quarantine").context
    told = ask("/domains/example.jp/what-if?policy=p%3Dquarantine").json()
    assert tuple(told["quarantined"].values()) == exports.counts(shown["stopped"])
    assert sum(group["messages"] for group in told["groups"]) == shown["failing"].messages


TABLES = pytest.mark.parametrize("what", list(exports.TABLES))


@pytest.mark.parametrize("what", list(tables.ROWS))
def test_columns_are_those_of_the_exports(what: str) -> None:
    assert tuple(tables.ROWS[what].__annotations__) == exports.TABLES[what][0]


@TABLES
def test_page_interface_and_command_line_write_the_same(
    ask: object, client_alice: Client, house: House, org: Organisation, what: str
) -> None:
    from sekisho.cli.export import EVER, pieces

    wanted = {"what": what, "format": "csv", "org": org.pk, "domains": [], "since": -EVER, "until": EVER, "classes": []}
    by_command = b"".join(pieces(wanted)).decode()
    by_page = b"".join(client_alice.get(f"/acme/export/{what}.csv?range=12m").streaming_content).decode("utf-8-sig")
    told = ask(f"/export/{what}?format=csv&range=12m")
    assert b"".join(told.streaming_content).decode("utf-8-sig") == by_page == by_command
    assert by_page.splitlines()[0] == ",".join(exports.TABLES[what][0])
    assert len(by_page.splitlines()) > 1
    rows = json.loads(b"".join(ask(f"/export/{what}?range=12m").streaming_content))
    assert [tuple(row) for row in rows] == [exports.TABLES[what][0]] * (len(by_page.splitlines()) - 1)


@TABLES
def test_no_cell_of_an_export_is_a_formula(what: str) -> None:
    columns = exports.TABLES[what][0]
    for start in "=+-@\t\r":
        text = b"".join(exports.csv_lines(columns, [tuple(f"{start}cmd" for _ in columns)])).decode()
        _head, line = csv.reader(io.StringIO(text, newline=""))
        assert all(cell.startswith("'") for cell in line)


def test_rows_are_those_of_the_file(ask: object, client_alice: Client) -> None:
    file = b"".join(client_alice.get("/acme/export/records.csv").streaming_content).decode("utf-8-sig")
    lines = sorted(csv.DictReader(io.StringIO(file)), key=lambda line: (line["report_id"], line["row"]))
    told = sorted(ask("/records?size=100").json()["items"], key=lambda row: (row["report_id"], str(row["row"])))
    assert len(told) == len(lines) > 4
    for line, row in zip(lines, told, strict=True):
        assert {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in row.items()} == line


def test_a_host_has_its_evidence_and_reasons(ask: object) -> None:
    told = ask(f"/hosts/{SPOOFER}").json()
    assert told["sums"]["spoof"] == 300
    assert told["flows"][0]["class"] == "spoof"
    assert set(told["evidence"]) >= {"ptr", "asn", "listed"}
    assert ask("/hosts/192.0.2.77").status_code == 404
    assert ask(f"/hosts/{OWN}").json()["flows"] == []


def test_a_letter_is_that_of_the_page_and_signed_by_whoever_asks(
    ask: object, client_alice: Client, program: Client, org: Organisation, bob: User
) -> None:
    for language in ("en", "ja"):
        shown = client_alice.get(f"/acme/hosts/{SPOOFER}/letter?language={language}").context["letter"]
        told = ask(f"/hosts/{SPOOFER}/letter?language={language}").json()
        assert (told["to"], told["subject"], told["body"]) == (shown.to, shown.subject, shown.body)
        assert "alice@" in told["body"]
    bobs = program.get(f"{BASE}/hosts/{SPOOFER}/letter", headers=bearer(org, person=bob)).json()
    assert (bobs["language"], bobs["body"].rstrip().endswith(bob.email)) == ("en", True)
    assert ask(f"/hosts/{SPOOFER}/letter?language=fr").status_code == 422
    assert ask("/hosts/192.0.2.77/letter").status_code == 404


def test_whose_a_network_is_and_where_complaints_go(ask: object) -> None:
    from ipaddress import ip_address

    from sekisho.registry import networks

    assert ask(f"/hosts/{SPOOFER}/owner").json()["asked"] is None
    first, last = (ip_address(SPOOFER.rpartition(".")[0] + end) for end in (".0", ".255"))
    networks.keep("yes", first, last, now=1, name="Bulk", abuse="abuse@bulk.example", country="JP", source="rdap:r.example")
    told = ask(f"/hosts/{SPOOFER}/owner?ask=yes").json()
    assert (told["name"], told["abuse"], told["way"], told["server"]) == ("Bulk", "abuse@bulk.example", "RDAP", "r.example")
    assert ask(f"/hosts/{SPOOFER}/letter").json()["language"] == "ja"
    assert ask(f"/hosts/{SPOOFER}/owner?ask=maybe").status_code == 422
    assert ask("/hosts/192.0.2.77/owner").status_code == 404


def test_the_report_on_a_month_and_a_digest(ask: object, world: dict[str, object]) -> None:
    months = ask("/papers").json()["items"]
    assert months[0]["month"] == world["month"]
    assert sum(month["messages"] for month in months) == ask("/overview").json()["sums"]["messages"]
    made = ask(f"/papers/{world['month']}?language=ja")
    assert made.content.startswith(b"%PDF-")
    assert made.headers["Content-Type"] == "application/pdf"
    assert made.headers["Content-Disposition"].endswith('-ja.pdf"')
    assert [ask(f"/papers/{month}").status_code for month in ("2001-01", "2026-13", "x", f"{world['month']}?language=fr")] == [
        404,
        404,
        422,
        422,
    ]
    told = ask("/digests/weekly?language=ja").json()
    assert (told["kind"], told["language"]) == ("weekly", "ja")
    assert told["subject"] in told["html"]
    assert [ask(f"/digests/{path}").status_code for path in ("hourly", "daily?day=x", "daily?day=0001-01-01")] == [422, 422, 422]


def test_a_report_comes_with_its_records_and_its_text(ask: object, world: dict[str, object]) -> None:
    key = world["key"][""]  # type: ignore[index]
    assert ask(f"/reports/{key}").json()["report"]["key"] == str(key)
    assert ask(f"/reports/{key}/records").json()["total"] == ask(f"/reports/{key}").json()["report"]["records"]
    raw = ask(f"/reports/{key}/raw")
    assert raw.headers["Content-Disposition"].startswith("attachment")
    assert b"<feedback" in raw.content


@pytest.mark.parametrize(
    "query",
    ["?range=3d", "?class=bad", "?from=yesterday", "?host=nonsense", "?size=1000", "?page=0", "?sort=colour", "?dkim=maybe"],
)
def test_what_makes_no_sense_is_refused_and_not_left_out(ask: object, query: str) -> None:
    answer = ask(f"/hosts{query}")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    (wrong,) = answer.json()["errors"]
    key, _equals, value = query.removeprefix("?").partition("=")
    assert wrong["where"] == key
    assert value in wrong["detail"]


def test_refusals_are_in_the_language_of_the_asker(ask: object, program: Client) -> None:
    assert ask("/hosts?class=bad", **{"Accept-Language": "ja"}).json()["title"] == "使えない値があります。"
    assert ask("/hosts?class=bad", **{"Accept-Language": "en"}).json()["title"] == "Some values cannot be used."
    nothing = program.get("/api/v1/nothing", headers={"Accept-Language": "ja"})
    assert (nothing.status_code, nothing.json()["title"]) == (404, "見つかりません。")


def test_what_has_not_changed_is_not_sent_again(ask: object, house: House, org: Organisation) -> None:
    first = ask("/hosts")
    tag = first.headers["ETag"]
    again = ask("/hosts", **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in first.headers["Cache-Control"]
    assert ask("/hosts?class=spoof", **{"If-None-Match": tag}).status_code == 200


def test_head_tells_of_an_answer_without_sending_it(program: Client, world: dict[str, object], org: Organisation) -> None:
    head = bearer(org)
    whole, bare = program.get(f"{BASE}/hosts", headers=head), program.head(f"{BASE}/hosts", headers=head)
    assert (bare.status_code, bare.content) == (200, b"")
    assert bare.headers["ETag"] == whole.headers["ETag"]
    assert bare.headers["Content-Length"] == str(len(whole.content))
    assert program.head(f"{BASE}/hosts").status_code == 401


def test_methods_that_an_address_does_not_take(program: Client, world: dict[str, object], org: Organisation) -> None:
    answer = program.put(f"{BASE}/hosts", {}, "application/json", headers=bearer(org))
    assert (answer.status_code, answer.json()["status"], answer.headers["Allow"]) == (405, 405, "GET")


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'{"name": 5}', b'{"name": ""}', b'{"name": "no domain!"}', b"\xff\xfe"])
def test_bodies_that_make_no_sense(program: Client, org: Organisation, store: object, body: bytes) -> None:
    answer = program.post(f"{BASE}/domains", body, "application/json", headers=bearer(org))
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Domain.objects.filter(organisation=org).count() == 1


@pytest.mark.parametrize(
    "body", [rb'{"kind": "imap", "settings": {"\ud800": 1}}', rb'{"kind": "\ud800", "settings": {"host": "\udfff"}}']
)
def test_halves_of_characters_are_refused(program: Client, org: Organisation, store: object, body: bytes) -> None:
    answer = program.post(f"{BASE}/inboxes", body, "application/json", headers=bearer(org))
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_bodies_are_bounded(program: Client, org: Organisation, store: object) -> None:
    body = json.dumps({"name": "a" * MAX_BODY})
    assert program.post(f"{BASE}/domains", body, "application/json", headers=bearer(org)).status_code == 413


def test_a_token_that_asks_too_often_is_told_when_to_come_back(
    program: Client, org: Organisation, store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "RATE", 3)
    mine, others = bearer(org), bearer(org)
    statuses = [program.get(BASE, headers=mine).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert program.get(BASE, headers=mine).headers["Retry-After"] == str(access.RATE_S)
    assert program.get(BASE, headers=others).status_code == 200
    cache.clear()
    assert program.get(BASE, headers=mine).status_code == 200


def test_a_domain_is_added_parked_and_removed(program: Client, org: Organisation, house: House, alice: User) -> None:
    head = bearer(org, person=alice)
    made = program.post(f"{BASE}/domains", {"name": "New.Example.JP"}, "application/json", headers=head)
    assert (made.status_code, made.json()["name"], made.json()["reread"]) == (201, "new.example.jp", 0)
    changed = program.patch(f"{BASE}/domains/new.example.jp", {"is_parked": True}, "application/json", headers=head)
    assert changed.json()["is_parked"] is True
    gone = program.delete(f"{BASE}/domains/new.example.jp", headers=head)
    assert (gone.status_code, gone.json()["heir"]) == (200, "example.jp")
    assert not Domain.objects.filter(name="new.example.jp").exists()


def test_a_decision_is_made_with_its_person_and_taken_back(
    program: Client, world: dict[str, object], org: Organisation, alice: User, house: House
) -> None:
    head = bearer(org, person=alice)
    made = program.post(f"{BASE}/decisions", {"verdict": "failing", "source_ip": SPOOFER}, "application/json", headers=head)
    assert made.status_code == 201
    assert made.json()["changed"] >= 1
    number = made.json()["decision"]["number"]
    assert Decision.objects.get(pk=number).person == alice
    assert program.get(f"{BASE}/hosts/{SPOOFER}", headers=head).json()["flows"][0]["class"] == "failing"
    assert program.delete(f"{BASE}/decisions/{number}", headers=head).json()["decision"]["undone"]
    both = {"verdict": "spoof", "source_ip": SPOOFER, "group": "x"}
    assert program.post(f"{BASE}/decisions", both, "application/json", headers=head).status_code == 422


def test_a_warning_goes_its_way(program: Client, world: dict[str, object], org: Organisation, alice: User) -> None:
    head = bearer(org, person=alice)
    url = f"{BASE}/alerts/{world['number']['alert']}"  # type: ignore[index]
    for body, state in (
        ({"what": "take"}, "in_hand"),
        ({"what": "snooze", "for": "week"}, "snoozed"),
        ({"what": "note", "text": "asked the bank"}, "snoozed"),
        ({"what": "resolve"}, "resolved"),
    ):
        answer = program.post(f"{url}/act", body, "application/json", headers=head)
        assert (answer.status_code, answer.json()["state"]) == (200, state)
    assert [step["what"] for step in answer.json()["steps"]] == ["raised", "in_hand", "snoozed", "noted", "resolved"]
    assert program.get(f"{BASE}/alerts", headers=head).json()["total"] == 0
    assert program.get(f"{BASE}/alerts?state=resolved", headers=head).json()["total"] == 1
    assert program.post(f"{url}/act", {"what": "note"}, "application/json", headers=head).status_code == 422
    assert Alert.objects.get().resolved is not None


def test_people_in_failure_reports_are_hidden_unless_somebody_says_why(
    program: Client, world: dict[str, object], org: Organisation, alice: User
) -> None:
    number = Failure.objects.get().pk
    head = bearer(org, person=alice)
    url = f"{BASE}/failures/{number}"
    hidden = program.get(url, headers=head).json()
    assert hidden["message"]["is_redacted"] is True
    assert "Taro" not in json.dumps(hidden)
    assert program.post(f"{url}/look", {"why": "  "}, "application/json", headers=head).status_code == 422
    assert not AuditEntry.objects.filter(action=Action.FAILURE_SHOWN).exists()
    shown = program.post(f"{url}/look", {"why": "the bank has asked"}, "application/json", headers=head).json()
    assert "Dear Taro Tanaka" in shown["message"]["text"]
    entry = AuditEntry.objects.get(action=Action.FAILURE_SHOWN)
    assert (entry.person, entry.target, entry.detail["why"]) == (alice, str(number), "the bank has asked")


def test_secrets_of_inboxes_and_channels_never_come_out(
    program: Client, world: dict[str, object], org: Organisation, alice: User
) -> None:
    from sekisho.registry import channels, inboxes
    from sekisho.registry.models import Channel

    inboxes.add(org.pk, inboxes.Setup("imap", "sealed", {"host": "h"}, {"password": "s3cret-password"}))
    hook = Channel(organisation=org, kind=channels.WEBHOOK, title="hook")
    channels.seal_values(hook, {"url": "https://hook.example/s3cret-path", "key": "whsec_s3cret"})
    hook.save()
    head = bearer(org, person=alice)
    for path in ("/inboxes", "/channels", "/tokens", "/members"):
        text = program.get(BASE + path, headers=head).content.decode()
        assert "s3cret" not in text
        assert "sek_" not in text


def test_a_channel_and_an_inbox_are_added_as_on_the_page(program: Client, org: Organisation, store: object, alice: User) -> None:
    head = bearer(org, person=alice)
    hook = {"kind": "webhook", "title": "hook", "url": "https://hook.example/s3cret", "least": "urgent"}
    made = program.post(f"{BASE}/channels", hook, "application/json", headers=head)
    assert made.status_code == 201
    assert made.json()["key"].startswith("whsec_")
    assert "s3cret" not in made.content.decode()
    bad = program.post(f"{BASE}/channels", {**hook, "url": "ftp://x"}, "application/json", headers=head)
    assert (bad.status_code, bad.json()["errors"][0]["where"]) == (422, "url")
    box = {"kind": "imap", "title": "box", "settings": {"host": "imap.example", "user": "u", "password": "s3cret"}}
    made = program.post(f"{BASE}/inboxes", box, "application/json", headers=head)
    assert (made.status_code, made.json()["settings"]["host"]) == (201, "imap.example")
    assert "s3cret" not in made.content.decode()
    for settings in ({"host": "imap.example"}, {**box["settings"], "colour": "red"}):  # type: ignore[dict-item]
        assert program.post(f"{BASE}/inboxes", {**box, "settings": settings}, "application/json", headers=head).status_code == 422


def test_an_inbox_is_changed_and_asks_for_its_secret_again_when_it_would_go_elsewhere(
    program: Client, org: Organisation, store: object, alice: User
) -> None:
    from sekisho.registry import inboxes
    from sekisho.registry.models import Inbox

    kept = inboxes.add(org.pk, inboxes.Setup("imap", "box", {"host": "imap.example", "user": "u"}, {"password": "s3cret"}))
    head, url = bearer(org, person=alice), f"{BASE}/inboxes/{kept.pk}"

    def change(**body: object) -> object:
        return program.patch(url, body, "application/json", headers=head)

    renamed = change(title="other", settings={"folder": "Reports"})
    assert (renamed.status_code, renamed.json()["title"], renamed.json()["settings"]["folder"]) == (200, "other", "Reports")
    assert inboxes.secrets_of(Inbox.objects.get(pk=kept.pk)) == {"password": "s3cret"}
    moved = change(settings={"host": "other.example"})
    assert (moved.status_code, moved.json()["errors"][0]["where"]) == (422, "password")
    assert Inbox.objects.get(pk=kept.pk).values["host"] == "imap.example"
    moved = change(settings={"host": "other.example", "password": "n3w"})
    assert (moved.status_code, moved.json()["settings"]["host"]) == (200, "other.example")
    assert "n3w" not in moved.content.decode()
    assert inboxes.secrets_of(Inbox.objects.get(pk=kept.pk)) == {"password": "n3w"}
    assert change(settings={"colour": "red"}).status_code == 422
    assert change().status_code == 422
    assert change(is_paused=True).json()["is_paused"] is True
    assert change(adopt=True).json()["is_paused"] is True


def test_a_channel_is_changed_and_keeps_what_is_not_named(program: Client, org: Organisation, store: object, alice: User) -> None:
    from sekisho.registry import channels
    from sekisho.registry.models import Channel

    hook = Channel(organisation=org, kind=channels.WEBHOOK, title="hook", digests=["weekly"], failures=3)
    channels.seal_values(hook, {"url": "https://hook.example/s3cret", "key": "whsec_s3cret"})
    hook.save()
    head, url = bearer(org, person=alice), f"{BASE}/channels/{hook.pk}"

    def change(**body: object) -> object:
        return program.patch(url, body, "application/json", headers=head)

    told = change(title="other", least="urgent").json()
    assert (told["title"], told["least"], told["digests"], told["failures"]) == ("other", "urgent", ["weekly"], 3)
    assert channels.values_of(Channel.objects.get(pk=hook.pk))["url"] == "https://hook.example/s3cret"
    moved = change(url="https://new.example/s3cret", digests=[])
    assert (moved.status_code, moved.json()["digests"]) == (200, [])
    assert "s3cret" not in moved.content.decode()
    values = {"url": "https://new.example/s3cret", "key": "whsec_s3cret"}
    assert channels.values_of(Channel.objects.get(pk=hook.pk)) == values
    assert change(is_on=False).json()["failures"] == 0
    for wrong in ({"url": "ftp://x"}, {"token": "t"}, {"to": ["a@example.jp"]}, {}):
        assert change(**wrong).status_code == 422, wrong


def test_files_of_the_machine_are_not_for_tenants(
    program: Client, org: Organisation, other_org: Organisation, store: object, alice: User
) -> None:
    box = {"kind": "folder", "settings": {"path": "/var/mail"}}
    head = bearer(org, person=alice)
    assert program.post(f"{BASE}/inboxes", box, "application/json", headers=head).status_code == 403


def test_roles_are_given_up_to_ones_own_and_an_owner_stays(
    program: Client, org: Organisation, store: object, alice: User, bob: User
) -> None:
    alice_is, bob_is = (Member.objects.get(user=user).pk for user in (alice, bob))
    head = bearer(org, person=alice)

    def give(number: int, role: str, by: dict[str, str] = head) -> int:
        return program.patch(f"{BASE}/members/{number}", {"role": role}, "application/json", headers=by).status_code

    assert give(bob_is, "admin") == 200
    bobs = bearer(org, person=bob)
    assert give(bob_is, "owner", bobs) == 403
    assert give(alice_is, "reader", bobs) == 404
    assert give(alice_is, "reader") == 409
    assert program.delete(f"{BASE}/members/{alice_is}", headers=head).status_code == 409
    assert program.delete(f"{BASE}/members/{bob_is}", headers=head).status_code == 204
    assert program.get(f"{BASE}/hosts", headers=bobs).status_code == 401


def test_somebody_is_invited_and_the_link_is_told_once(
    program: Client, org: Organisation, store: object, alice: User, bob: User
) -> None:
    from sekisho.registry import invitations

    head = bearer(org, person=alice)

    def invite(email: str, role: str = "reader", by: dict[str, str] = head) -> object:
        return program.post(f"{BASE}/invitations", {"email": email, "role": role}, "application/json", headers=by)

    made = invite("New@Example.net", "owner")
    assert (made.status_code, made.json()["is_mailed"], made.json()["invitation"]["email"]) == (201, False, "new@example.net")
    text = made.json()["link"].rstrip("/").rpartition("/")[2]
    found = invitations.find(text)
    assert found is not None
    listed = program.get(f"{BASE}/invitations", headers=head)
    assert [row["number"] for row in listed.json()["items"]] == [found.pk]
    assert text not in listed.content.decode()
    assert invite("nobody").status_code == 422
    assert invite(bob.email).status_code == 409
    Member.objects.filter(user=bob).update(role="admin")
    assert invite("more@example.net", "owner", bearer(org, person=bob)).status_code == 403
    assert program.delete(f"{BASE}/invitations/{found.pk}", headers=head).status_code == 204
    assert invitations.find(text) is None
    assert program.delete(f"{BASE}/invitations/{found.pk}", headers=head).status_code == 404


def test_rules_of_warnings_stay_within_the_bounds_of_the_page(
    program: Client, org: Organisation, store: object, alice: User
) -> None:
    head, url = bearer(org, person=alice), f"{BASE}/alert-rules/genuine_fails"
    good = program.put(
        url, {"is_on": True, "thresholds": {"fails_share": 0.5, "fails_messages": 7}}, "application/json", headers=head
    )
    assert good.json()["thresholds"] == {"fails_share": 0.5, "fails_messages": 7.0}
    for name, value in (("fails_share", 50), ("fails_messages", 0), ("surge_messages", 5), ("colour", 1)):
        answer = program.put(url, {"is_on": True, "thresholds": {name: value}}, "application/json", headers=head)
        assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, name)
    assert program.put(f"{BASE}/alert-rules/nothing", {"is_on": True}, "application/json", headers=head).status_code == 422
    off = program.put(url, {"is_on": False}, "application/json", headers=head)
    assert (off.json()["is_on"], off.json()["thresholds"]["fails_messages"]) == (False, 7.0)


def test_everybody_changes_what_they_get_and_nobody_else_does(
    program: Client, org: Organisation, store: object, alice: User, bob: User
) -> None:
    from sekisho.registry.wishes import Wish

    Member.objects.filter(user=bob).update(role="analyst")
    head, url = bearer(org, person=bob), f"{BASE}/notifications"
    told = program.get(url, headers=head).json()
    assert (told["email"], told["daily"], set(told["rules"].values())) == (bob.email, False, {"none"})
    body = {"rules": {"surge": "daily"}, "language": "en"}
    changed = program.patch(url, body, "application/json", headers=head).json()
    assert (changed["rules"]["surge"], changed["daily"], changed["language"]) == ("daily", True, "en")
    assert changed["rules"]["genuine_fails"] == "none"
    assert program.get(url, headers=head).json() == changed
    assert [wish.member.user for wish in Wish.objects.all()] == [bob]
    for wrong in ({"rules": {"surge": "never"}}, {"rules": {"colour": "once"}}, {"language": "fr"}, {}):
        assert program.patch(url, wrong, "application/json", headers=head).status_code == 422, wrong
    assert program.get(url, headers=bearer(org, person=alice)).json()["email"] == alice.email


def test_a_provider_is_set_and_its_secret_never_comes_out(
    program: Client, org: Organisation, store: object, alice: User, settings: object
) -> None:
    from dataclasses import replace

    from tests.web.accounts.provider import CLIENT, SECRET, Provider

    from sekisho.registry import signon
    from sekisho.registry.signon import SignOn

    settings.HOUSE = replace(settings.HOUSE, intake_private_hosts="on")  # type: ignore[attr-defined]
    head, url, one, two = bearer(org, person=alice), f"{BASE}/sign-on", Provider(), Provider()

    def put(**body: object) -> object:
        return program.put(url, {"kind": "openid_connect", "client_id": CLIENT, **body}, "application/json", headers=head)

    try:
        assert put(issuer=one.url).json()["errors"][0]["where"] == "secret"
        assert put(issuer="https://127.0.0.1:1/", secret=SECRET).json()["errors"][0]["where"] == "issuer"
        told = put(issuer=one.url, secret=SECRET, join_role="reader")
        assert (told.status_code, told.json()["provider"]["has_secret"]) == (200, True)
        assert SECRET not in told.content.decode() + program.get(url, headers=head).content.decode()
        assert put(issuer=one.url, is_on=False).json()["provider"]["is_on"] is False
        assert signon.secret_of(SignOn.objects.get()) == SECRET
        assert put(issuer=two.url).json()["errors"][0]["where"] == "secret", "it goes to no other provider"
    finally:
        one.close()
        two.close()
    assert put(kind="saml", metadata="<x/>").status_code == 409
    assert program.delete(url, headers=head).status_code == 204
    assert put(kind="saml", metadata="<x/>").json()["errors"][0]["where"] == "metadata"
    assert program.get(url, headers=head).json()["provider"] is None
    assert program.delete(url, headers=head).status_code == 404
    two_factors = {"needs_two_factors": True}
    assert program.put(f"{url}/factors", two_factors, "application/json", headers=head).status_code == 409, "she has none"


def test_keeping_has_the_choices_of_the_page(program: Client, org: Organisation, store: object, alice: User) -> None:
    head, url = bearer(org, person=alice), f"{BASE}/keeping"
    days = {"facts_days": 365, "raw_days": None, "failures_days": 30, "audit_days": 730}
    assert program.put(url, days, "application/json", headers=head).json() == days
    assert program.get(url, headers=head).json() == days
    for wrong in ({"facts_days": 5}, {"failures_days": None}, {"failures_days": 365}, {"raw_days": 10**30}):
        assert program.put(url, {**days, **wrong}, "application/json", headers=head).status_code == 422, wrong
    assert program.get(url, headers=head).json() == days


def test_nothing_is_erased_that_is_held_or_not_named(program: Client, org: Organisation, store: object, alice: User) -> None:
    from sekisho.registry.keeping import Errand

    head = bearer(org, person=alice)

    def post(path: str, **body: str) -> object:
        return program.post(f"{BASE}{path}", body, "application/json", headers=head)

    hold = post("/holds", reason="the court has asked").json()
    assert (hold["domain"], hold["who"], hold["lifted"]) == ("", alice.email, None)
    assert post("/erasures", domain="example.jp", typed="example.jp").status_code == 409
    assert post("/holds", domain="other.example", reason="x").status_code == 404
    assert program.delete(f"{BASE}/holds/{hold['number']}", headers=head).status_code == 204
    assert program.get(f"{BASE}/holds", headers=head).json()["items"][0]["lifted_by"] == alice.email
    for domain, typed in (("example.jp", "acme"), ("", "example.jp"), ("", "")):
        answer = post("/erasures", domain=domain, typed=typed)
        assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, "typed")
    assert post("/erasures", domain="other.example", typed="other.example").status_code == 404
    assert not Errand.objects.exists()
    assert post("/erasures", typed="acme").json()["state"] == "waiting"
    assert (Errand.objects.get().domain, Errand.objects.get().person) == ("", alice)


def test_everything_is_fetched_as_one_file(program: Client, world: dict[str, object], org: Organisation, alice: User) -> None:
    from sekisho.registry.keeping import Errand

    head, number = bearer(org, person=alice), world["number"]["errand"]  # type: ignore[index]
    told = program.get(f"{BASE}/errands/{number}", headers=head).json()
    assert (told["kind"], told["state"]) == ("export", "done")
    answer = program.get(f"{BASE}/exports/{number}/file", headers=head)
    assert len(b"".join(answer.streaming_content)) == told["size"] > 0
    assert answer.headers["Cache-Control"] == "no-store"
    less = bearer(org, tokens.ADMIN, person=alice)
    assert program.get(f"{BASE}/exports/{number}/file", headers=less).status_code == 403
    Errand.objects.update(expires="2020-01-01T00:00:00Z")
    assert program.get(f"{BASE}/exports/{number}/file", headers=head).status_code == 404
    asked = program.post(f"{BASE}/exports", {}, "application/json", headers=head)
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")


def test_a_token_makes_none_that_opens_more(program: Client, org: Organisation, store: object, alice: User) -> None:
    head = bearer(org, tokens.ADMIN, tokens.READ, person=alice)
    more = program.post(f"{BASE}/tokens", {"name": "x", "scopes": ["write"]}, "application/json", headers=head)
    assert more.status_code == 403
    made = program.post(f"{BASE}/tokens", {"name": "x", "scopes": ["read"], "days": 30}, "application/json", headers=head)
    assert made.status_code == 201
    kept = Token.objects.get(pk=made.json()["token"]["number"])
    assert (kept.person, kept.scopes, kept.is_personal) == (alice, "read", True)
    assert program.get(f"{BASE}/hosts", headers={"Authorization": f"Bearer {made.json()['text']}"}).status_code == 200
    alice.delete()
    assert program.get(f"{BASE}/hosts", headers={"Authorization": f"Bearer {made.json()['text']}"}).status_code == 401


def test_what_could_not_be_read_is_read_again(program: Client, org: Organisation, house: House, alice: User) -> None:
    from tests.web.pages.conftest import keep

    keep(house, org, [("a.bin", b"nothing")])
    head = bearer(org, person=alice)
    (row,) = program.get(f"{BASE}/deliveries?show=unread", headers=head).json()["items"]
    assert row["state"] == "done"
    again = program.post(f"{BASE}/deliveries/reread", {"ids": [row["id"]]}, "application/json", headers=head)
    assert again.json() == {"reread": 1}
    assert Delivery.objects.get().state == Delivery.State.WAITING
    drain(house)


def test_every_operation_has_a_name_and_words() -> None:
    from tests.web.api.conftest import interface

    for methods in interface().get_openapi_schema()["paths"].values():
        for told in methods.values():
            assert told["summary"].endswith("."), told["operationId"]
            assert told["tags"]


def test_the_description_is_at_its_fixed_address(client: Client, db: None) -> None:
    assert reverse("api:openapi-json") == "/api/v1/openapi.json"
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")


def test_an_address_with_a_line_break_is_answered_as_any_unknown_one(client: Client, db: None) -> None:
    answer = client.get("/api/v1/organisations/%0A/groups/a%0Ab")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
