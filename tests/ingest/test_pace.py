"""Looking and trying again, politely."""

import pytest

from sekisho.ingest.errors import PERMANENT, WORDS, IngestError, Trouble
from sekisho.ingest.pace import Backoff, Pace

CUT = IngestError(Trouble.CUT_OFF, "mail.example.test")


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [Backoff().delay_s(n, CUT, 0.5) for n in (1, 2, 3, 4, 20, 10**6)]
    assert waits == [5, 10, 20, 40, 900, 900]


def test_jitter_spreads_by_a_quarter() -> None:
    assert Backoff().delay_s(1, CUT, 0) == 3.75
    assert Backoff().delay_s(1, CUT, 1) == 6.25


def test_what_only_a_person_can_mend_is_tried_rarely() -> None:
    refused = IngestError(Trouble.SIGN_IN, "mail.example.test")
    assert Backoff().delay_s(1, refused, 0.5) == 5
    assert Backoff().delay_s(2, refused, 0.5) == 3600


def test_the_servers_wish_is_obeyed_within_reason() -> None:
    assert Backoff().delay_s(1, IngestError(Trouble.BUSY, "x", retry_after_s=120), 0.5) == 120
    assert Backoff().delay_s(1, IngestError(Trouble.BUSY, "x", retry_after_s=1e9), 0.5) == 3600


class Clock:
    """A clock that sleeping moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_a_look_is_due_only_when_its_time_has_come() -> None:
    clock = Clock()
    pace = Pace(60, clock, clock.sleep)
    assert pace.wait(25) is False
    assert clock.now == pytest.approx(125)
    assert pace.wait(100) is True
    assert clock.now == pytest.approx(160)
    pace.looked()
    assert pace.wait(0) is False


def test_every_trouble_has_words() -> None:
    assert set(WORDS) == set(Trouble)
    assert set(Trouble) >= PERMANENT


def test_a_servers_words_are_printable_and_short() -> None:
    error = IngestError(Trouble.PROTOCOL, "x", "a\x1b[31m\r\nb" + "c" * 1000)
    assert error.said.startswith("a [31m  b")
    assert len(error.said) <= 300
