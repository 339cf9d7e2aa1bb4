"""What the mailboxes by API have: tokens and their ends, throttling, places the server forgot, labels and folders, bad answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sekisho.ingest import gmail, graph
from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.gmail import GmailInbox
from sekisho.ingest.graph import GraphInbox
from sekisho.ingest.inbox import After, Bounds, Step
from sekisho.ingest.kinds import open_inbox
from sekisho.ingest.pull import Pull
from tests.contract.inbox.boxes import GmailBox, GraphBox
from tests.contract.inbox.servers.api import Reply
from tests.contract.inbox.shelf import Shelf
from tests.contract.inbox.test_contract import drain, fill, mail


@pytest.fixture
def graph_box() -> Iterator[GraphBox]:
    """A mailbox of Graph."""
    made = GraphBox()
    yield made
    made.close()


@pytest.fixture
def gmail_box() -> Iterator[GmailBox]:
    """A mailbox of Gmail."""
    made = GmailBox()
    yield made
    made.close()


@pytest.fixture(params=["graph", "gmail"])
def box(request: pytest.FixtureRequest) -> GraphBox | GmailBox:
    """Each of them."""
    return request.getfixturevalue(f"{request.param}_box")  # type: ignore[no-any-return]


def test_a_token_that_ends_early_is_renewed_without_a_word(box: GraphBox | GmailBox, shelf: Shelf) -> None:
    fill(box, 3)
    with box.open(After.FLAG) as inbox:
        pull = Pull(bounds=Bounds(count=1))
        pull.once(inbox, shelf.keep)
        box.server.tokens.clear()
        drain(inbox, shelf, pull)
    assert shelf.kept == [mail(0), mail(1), mail(2)]


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (429, {"error": {"code": "TooManyRequests", "message": "slow down"}}, Trouble.BUSY),
        (503, b"<html>", Trouble.BUSY),
        (500, None, Trouble.BUSY),
        (401, {"error": {"code": "InvalidAuthenticationToken", "message": "no"}}, Trouble.SIGN_IN),
        (403, {"error": {"code": "ErrorAccessDenied", "message": "Access is denied."}}, Trouble.NOT_ALLOWED),
        (404, {"error": {"code": "ErrorItemNotFound", "message": "gone"}}, Trouble.NO_FOLDER),
        (400, b"[]", Trouble.PROTOCOL),
        (200, b"not json", Trouble.PROTOCOL),
        (200, {"value": 7, "messages": 7, "labels": 7, "historyId": [], "@odata.deltaLink": 1}, Trouble.PROTOCOL),
    ],
)
def test_each_kind_of_bad_answer_is_its_own_trouble_and_loses_nothing(
    box: GraphBox | GmailBox, shelf: Shelf, status: int, body: object, trouble: Trouble
) -> None:
    mails = fill(box, 3)
    with box.open(After.LEAVE) as inbox:
        box.server.fails = [Reply(status, body, {"Retry-After": "17"})] * 9
        with pytest.raises(IngestError) as caught:
            inbox.fetch("", Bounds())
        assert caught.value.trouble is trouble
        if trouble is Trouble.BUSY:
            assert caught.value.retry_after_s == 17
        box.server.fails = []
        drain(inbox, shelf)
    assert shelf.kept == mails


def test_throttled_in_the_middle_what_came_before_is_handed_out(box: GraphBox | GmailBox, shelf: Shelf) -> None:
    mails = fill(box, 12)
    with box.open(After.LEAVE) as inbox:
        first = inbox.fetch("", Bounds(count=4))
        cursor = first.cursor
        answer = box.server.answer

        def throttled(asked: object) -> Reply:
            path = asked.path  # type: ignore[attr-defined]
            busy = any(word in path for word in ("AAMk%2F7", "messages/191a"))
            return Reply(429, None, {"Retry-After": "9"}) if busy else answer(asked)  # type: ignore[arg-type]

        box.server.answer = throttled  # type: ignore[method-assign]
        second = inbox.fetch(cursor, Bounds())
        assert [d.data for d in second.deliveries] == mails[4:6]
        with pytest.raises(IngestError) as caught:
            inbox.fetch(second.cursor, Bounds())
        assert caught.value.retry_after_s == 9
        box.server.answer = answer  # type: ignore[method-assign]
        rest = inbox.fetch(second.cursor, Bounds())
    assert [d.data for d in rest.deliveries] == mails[6:]


def test_truncated_answers_lose_nothing(box: GraphBox | GmailBox, shelf: Shelf) -> None:
    mails = fill(box, 6)
    pull = Pull(bounds=Bounds(count=2))
    troubles = 0
    with box.open(After.FLAG) as inbox:
        for _ in range(30):
            box.server.truncates = 2 if troubles < 3 else 0  # once is mended by asking again
            try:
                pull.once(inbox, shelf.keep)
            except IngestError as error:
                troubles += error.trouble is Trouble.CUT_OFF
    assert troubles == 3
    assert set(shelf.kept) == set(mails)


def test_a_mail_that_vanishes_meanwhile_is_passed_over(box: GraphBox | GmailBox, shelf: Shelf) -> None:
    fill(box, 3)
    with box.open(After.LEAVE) as inbox:
        pull = Pull(bounds=Bounds(count=1))
        pull.once(inbox, shelf.keep)
        del box.server.messages[list(box.server.messages)[1]]
        drain(inbox, shelf, pull)
    assert shelf.kept == [mail(0), mail(2)]


def test_a_place_that_the_server_forgot_starts_from_the_beginning(box: GraphBox | GmailBox, shelf: Shelf) -> None:
    mails = fill(box, 3)
    with box.open(After.LEAVE) as inbox:
        pull = drain(inbox, shelf)
        if isinstance(box, GraphBox):
            box.server.forgot = 10**6
        else:
            box.server.oldest = 10**6
        box.put(mail(3))
        pull.once(inbox, shelf.keep)
    assert shelf.kept == [*mails, *mails, mail(3)]


def test_old_mails_that_a_person_moves_into_the_folder_are_taken(box: GraphBox | GmailBox, shelf: Shelf) -> None:
    with box.open(After.LEAVE) as inbox:
        if isinstance(box, GraphBox):
            name = box.server.put(mail(1))
            box.server.messages[name]["folder"] = "elsewhere"
        else:
            name = box.server.put(mail(1), "UNREAD")
        pull = drain(inbox, shelf)
        assert shelf.kept == []
        if isinstance(box, GraphBox):
            box.server.messages[name]["folder"] = "inbox"
            box.server.log.append(("inbox", name))
        else:
            box.server.label(name, "INBOX")
        drain(inbox, shelf, pull)
    assert shelf.kept == [mail(1)]


def test_mails_are_settled_in_few_requests(box: GraphBox | GmailBox, shelf: Shelf) -> None:
    fill(box, 100)
    with box.open(After.MOVE) as inbox:
        drain(inbox, shelf, Pull(bounds=Bounds(count=100)))
    posts = [a for a in box.server.asked if a.path.endswith(("$batch", "batchModify"))]
    assert len(posts) == (5 if isinstance(box, GraphBox) else 1)
    assert box.state() == {"done": 100}


def test_a_wrong_secret_is_permanent_and_never_told(box: GraphBox | GmailBox) -> None:
    config = replace(box.config, client_secret="hidden-wrong")
    with open_inbox(config) as inbox, pytest.raises(IngestError) as caught:
        inbox.fetch("", Bounds())
    assert caught.value.trouble is Trouble.SIGN_IN
    assert caught.value.permanent
    assert "hidden" not in str(caught.value)
    assert [(p.step, p.ok) for p in open_inbox(config).test()] == [(Step.SIGN_IN, False)]


def test_graph_settles_the_rest_after_being_throttled_within_a_batch(graph_box: GraphBox, shelf: Shelf) -> None:
    fill(graph_box, 3)
    with graph_box.open(After.DELETE) as inbox:
        pull = Pull()

        def keep(batch: object) -> None:
            shelf.keep(batch)  # type: ignore[arg-type]
            graph_box.server.fails = [
                Reply(200, {"responses": [{"id": str(n), "status": 429, "headers": {"Retry-After": "5"}} for n in range(3)]})
            ]

        with pytest.raises(IngestError) as caught:
            pull.once(inbox, keep)
        assert caught.value.retry_after_s == 5
        drain(inbox, shelf, pull)
    assert len(shelf.kept) == 3
    assert graph_box.state() == {}


def test_graph_sends_its_token_to_no_other_server(graph_box: GraphBox) -> None:
    with graph_box.open(After.LEAVE) as inbox:
        cursor = inbox.fetch("", Bounds()).cursor
        evil = re.sub(r"http://127.0.0.1:\d+/", "https://evil.example/", cursor)
        assert evil != cursor
        assert inbox.fetch(evil, Bounds()).cursor == cursor


def test_graph_reads_a_nested_folder_by_its_names(graph_box: GraphBox, shelf: Shelf) -> None:
    graph_box.server.folders |= {"F1": ("", "Bob's mail"), "F2": ("F1", "DMARC")}
    name = graph_box.server.put(mail(1))
    graph_box.server.messages[name]["folder"] = "F2"
    graph_box.server.log.append(("F2", name))
    with GraphInbox(replace(graph_box.config, folder="Bob's mail/DMARC", after=After.LEAVE)) as inbox:
        drain(inbox, shelf)
    assert shelf.kept == [mail(1)]
    with GraphInbox(replace(graph_box.config, folder="Bob's mail/TLS")) as inbox, pytest.raises(IngestError, match="TLS") as caught:
        inbox.fetch("", Bounds())
    assert caught.value.trouble is Trouble.NO_FOLDER


def test_a_person_signs_in_by_device_and_replaced_tokens_are_handed_out(graph_box: GraphBox, shelf: Shelf) -> None:
    config = replace(graph_box.config, client_secret="", mailbox="")
    code = graph.begin_sign_in(config)
    assert (code.user_code, code.uri) == ("ABCD-1234", "https://login.example.test/device")
    assert graph.end_sign_in(config, code) is None
    graph_box.server.agreed = True
    token = graph.end_sign_in(config, code)
    assert token == "refresh-1"
    fill(graph_box, 1)
    renewed: list[tuple[str, str]] = []
    with open_inbox(replace(config, refresh_token=token), lambda name, value: renewed.append((name, value))) as inbox:
        pull = drain(inbox, shelf)
        graph_box.server.tokens.clear()
        drain(inbox, shelf, pull)
    assert renewed == [("refresh_token", "refresh-2"), ("refresh_token", "refresh-3")]
    assert shelf.kept == [mail(0)]


def test_gmail_signs_in_by_code(gmail_box: GmailBox) -> None:
    consent = gmail.Consent.to("https://sekisho.example.test/back")
    assert gmail.consent_url(gmail_box.config, consent).startswith("https://accounts.google.com/")
    code, state = gmail_box.server.agree(gmail.consent_url(gmail_box.config, consent))
    assert state == consent.state
    with pytest.raises(IngestError):
        gmail.end_sign_in(gmail_box.config, code, replace(consent, verifier="another"))
    with pytest.raises(IngestError):
        gmail.end_sign_in(gmail_box.config, code, replace(consent, redirect="https://elsewhere.example.test/"))
    assert gmail.end_sign_in(gmail_box.config, code, consent) == "refresh-1"
    with pytest.raises(IngestError):
        gmail.end_sign_in(gmail_box.config, "other", consent)


def test_gmail_signs_in_as_a_service_account(gmail_box: GmailBox, shelf: Shelf) -> None:
    key = rsa.generate_private_key(65537, 2048)
    gmail_box.server.key = key.public_key()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    account = json.dumps({"client_email": "robot@project.example.test", "private_key": pem, "private_key_id": "kid-1"})
    config = replace(gmail_box.config, mailbox="reports@example.test", service_account=account, refresh_token="", client_secret="")
    fill(gmail_box, 2)
    with GmailInbox(config) as inbox:
        drain(inbox, shelf)
    assert len(shelf.kept) == 2
    for broken in ("", "{}", '{"client_email":"a","private_key":"x"}'):
        if broken:
            with GmailInbox(replace(config, service_account=broken)) as inbox, pytest.raises(IngestError, match="key file"):
                inbox.fetch("", Bounds())


def test_gmail_takes_rate_limits_that_look_like_refusals_for_what_they_are(gmail_box: GmailBox) -> None:
    with gmail_box.open(After.LEAVE) as inbox:
        error = {"code": 403, "message": "Rate Limit Exceeded", "errors": [{"reason": "rateLimitExceeded"}]}
        gmail_box.server.fails = [Reply(403, {"error": error})]
        with pytest.raises(IngestError) as caught:
            inbox.fetch("", Bounds())
    assert caught.value.trouble is Trouble.BUSY
    assert not caught.value.permanent


def test_gmail_reads_a_label_of_a_person(gmail_box: GmailBox, shelf: Shelf) -> None:
    gmail_box.server.labels["Label_9"] = "DMARCレポート"
    gmail_box.server.put(mail(1), "Label_9", "UNREAD")
    gmail_box.server.put(mail(2))
    with GmailInbox(replace(gmail_box.config, label="DMARCレポート", after=After.MOVE)) as inbox:
        drain(inbox, shelf)
    assert shelf.kept == [mail(1)]
    with GmailInbox(replace(gmail_box.config, label="none")) as inbox, pytest.raises(IngestError, match="none"):
        inbox.fetch("", Bounds())
