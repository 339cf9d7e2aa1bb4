"""Report addresses at real listeners: whose a mail is, by which inbox it came, and what waits while one is paused."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator

import pytest

from sekisho.intake.addressing import inbox_address
from sekisho.intake.listening import Desk
from sekisho.registry import inboxes
from sekisho.registry.inboxes import Setup
from sekisho.registry.models import Delivery, Inbox, Organisation

MAIL = b"Subject: Report\r\n\r\nnothing\r\n"
VALUES: dict[str, str | int | bool] = {"host": "127.0.0.1", "port": 0, "lmtp": False, "hostname": "mx.example.jp"}

pytestmark = pytest.mark.django_db(transaction=True)


def listener(org: Organisation, title: str, **more: object) -> Inbox:
    made = inboxes.add(org.pk, Setup("smtp", title, {**VALUES, **more}))  # type: ignore[dict-item]
    return Inbox.objects.get(pk=made.pk)


@pytest.fixture
def two(org: Organisation) -> list[Inbox]:
    """Two inboxes of Alice's at one port."""
    return [listener(org, "first", addresses="old@mx.example.jp"), listener(org, "second")]


@pytest.fixture
def desk(house: object, two: list[Inbox]) -> Iterator[Desk]:
    """Their listener at work."""
    made = Desk(two, lambda: None, lambda: False)
    made.start()
    yield made
    made.stop()


def send(desk: Desk, *to: str) -> dict[str, tuple[int, bytes]]:
    """Hands a mail over; those that were turned away, and how."""
    assert desk._listener is not None
    with smtplib.SMTP("127.0.0.1", desk._listener.port, timeout=60) as client:
        try:
            return client.sendmail("reporter@receiver.example", to, MAIL)
        except smtplib.SMTPRecipientsRefused as error:
            return error.recipients


def doors() -> list[tuple[str, int]]:
    return list(Delivery.objects.order_by("pk").values_list("door", "organisation_id"))


def test_what_comes_is_told_apart_by_the_address(desk: Desk, two: list[Inbox], org: Organisation) -> None:
    first, second = two
    assert not send(desk, f"{second.report_token}@mx.example.jp")
    assert not send(desk, f"{second.report_token}+tag@other.name".upper())
    assert not send(desk, f"{org.report_token}@mx.example.jp")
    assert not send(desk, "old@mx.example.jp")
    assert doors() == [(f"inbox:{number}", org.pk) for number in (second.pk, second.pk, first.pk, first.pk)]
    desk.write()
    assert [Inbox.objects.get(pk=each.pk).taken for each in two] == [2, 2]
    assert all(Inbox.objects.get(pk=each.pk).stored_at for each in two)


def test_a_mail_to_both_addresses_is_kept_once_for_the_inbox(desk: Desk, two: list[Inbox], org: Organisation) -> None:
    assert not send(desk, f"{two[1].report_token}@mx.example.jp", f"{org.report_token}@mx.example.jp")
    assert doors() == [(f"inbox:{two[1].pk}", org.pk)]


def test_the_address_of_another_organisations_inbox_is_taken_for_that_one(desk: Desk, other_org: Organisation) -> None:
    """All listeners know all addresses: which of them gets a mail is a matter of the DNS."""
    theirs = listener(other_org, "theirs", port=1)
    assert not send(desk, f"{theirs.report_token}@mx.example.jp")
    assert doors() == [(f"inbox:{theirs.pk}", other_org.pk)]
    desk.write()
    assert Inbox.objects.get(pk=theirs.pk).taken == 1
    assert Inbox.objects.get(pk=theirs.pk).looked_at is None, "whether its own port is well is not known here"


def test_mail_to_a_paused_or_removed_inbox_waits_or_is_refused(desk: Desk, other_org: Organisation) -> None:
    theirs = listener(other_org, "theirs", port=1)
    address = f"{theirs.report_token}@mx.example.jp"
    inboxes.pause(theirs)
    assert [code for code, _said in send(desk, address).values()] == [451]
    inboxes.remove(theirs)
    assert [code for code, _said in send(desk, address).values()] == [550]
    assert doors() == []


def test_addresses_are_of_listeners_alone_and_none_is_given_twice(org: Organisation, two: list[Inbox]) -> None:
    box = inboxes.add(org.pk, Setup("imap", "box", {"host": "imap.example", "user": "u"}))
    assert inbox_address(box) is None
    texts = {address.text for each in two if (address := inbox_address(each)) is not None}
    assert texts == {f"{each.report_token}@mx.example.jp" for each in two}
    assert len({*texts, org.report_token}) == 3
    nameless = inbox_address(listener(org, "nameless", hostname="localhost", port=2))
    assert nameless is not None
    assert nameless.host == "mx.example.jp", "that of the organisation"
