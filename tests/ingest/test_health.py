"""The health of an intake after looks that went well and looks that did not."""

from datetime import UTC, datetime, timedelta

from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.health import Health
from sekisho.ingest.inbox import Batch, Delivery

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_batch_tells_of_the_last_mail_and_how_long_it_lay() -> None:
    batch = Batch((Delivery(b"", "a", "1", NOW - 9 * MINUTE), Delivery(b"", "b", "2", NOW - 2 * MINUTE)), "c", left=5)
    health = Health().after(batch, NOW)
    assert (health.looked_at, health.mail_at, health.lag_s, health.left) == (NOW, NOW, 120, 5)


def test_an_empty_look_keeps_the_last_mail() -> None:
    health = Health(mail_at=NOW, lag_s=7).after(Batch((), "c"), NOW + MINUTE)
    assert (health.looked_at, health.mail_at, health.lag_s) == (NOW + MINUTE, NOW, 7)


def test_a_lag_is_unknown_where_the_server_does_not_tell_and_never_negative() -> None:
    assert Health().after(Batch((Delivery(b"", "a", "1"),), "c"), NOW).lag_s is None
    assert Health().after(Batch((Delivery(b"", "a", "1", NOW + MINUTE),), "c"), NOW).lag_s == 0


def test_failures_are_counted_since_the_first_and_end_with_a_good_look() -> None:
    error = IngestError(Trouble.SIGN_IN, "imap.example.test:993", "no")
    health = Health().after_error(error, NOW).after_error(error, NOW + MINUTE)
    assert (health.failures, health.failed_at, health.trouble) == (2, NOW, Trouble.SIGN_IN)
    assert health.error.startswith("imap.example.test:993: the server refused to sign in")
    assert health.after(Batch((), ""), NOW) == Health(looked_at=NOW)
