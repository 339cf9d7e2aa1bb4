"""The cache of answers and the token bucket: tables of times."""

from __future__ import annotations

import pytest

from sekisho.core.questions import FAILED, NODATA, NXDOMAIN, Answer, Question, Reply, found
from sekisho.net.cache import Cache, kept_s
from sekisho.net.limits import Bucket

Q = Question("example.test", "A")


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (found("192.0.2.1", ttl=300), 300),
        (found("192.0.2.1", ttl=0), 30),
        (found("192.0.2.1", ttl=10**9), 86_400),
        (Answer(Reply.NXDOMAIN, ttl=600), 600),
        (Answer(Reply.NXDOMAIN, ttl=86_400), 10_800),
        (NODATA, 30),
        (NXDOMAIN, 30),
        (FAILED, 5),
    ],
)
def test_answers_are_kept_for_their_ttl_within_bounds(answer: Answer, seconds: int) -> None:
    assert kept_s(answer) == seconds
    cache = Cache()
    cache.put(Q, answer, now=100.0)
    kept = cache.get(Q, now=100.0 + seconds - 0.5)
    assert kept is not None
    assert (kept.reply, kept.values) == (answer.reply, answer.values)
    assert cache.get(Q, now=100.0 + seconds) is None
    assert len(cache) == 0


def test_a_kept_answer_says_how_long_it_is_still_good() -> None:
    cache = Cache()
    cache.put(Q, found("192.0.2.1", ttl=300), now=0.0)
    assert cache.get(Q, now=100.0) == found("192.0.2.1", ttl=200)


def test_a_full_cache_forgets_what_was_not_used_for_longest() -> None:
    cache = Cache(max_entries=2)
    first, second, third = (Question(name, "A") for name in ("a.test", "b.test", "c.test"))
    cache.put(first, found("192.0.2.1"), now=0.0)
    cache.put(second, found("192.0.2.2"), now=0.0)
    cache.get(first, now=1.0)
    cache.put(third, found("192.0.2.3"), now=1.0)
    assert cache.get(second, now=2.0) is None
    assert cache.get(first, now=2.0) is not None


def test_a_bucket_lets_a_burst_through_and_then_its_rate() -> None:
    bucket = Bucket(per_s=10, burst=3)
    assert [bucket.take(now=5.0) for _ in range(5)] == pytest.approx([0, 0, 0, 0.1, 0.2])
    assert bucket.take(now=5.3) == pytest.approx(0.0)
    assert bucket.take(now=1_000.0) == 0
    assert [bucket.take(now=1_000.0) for _ in range(3)] == pytest.approx([0, 0, 0.1])


def test_a_clock_that_goes_back_gives_no_tokens() -> None:
    bucket = Bucket(per_s=1, burst=1)
    bucket.take(now=10.0)
    assert bucket.take(now=9.0) == pytest.approx(1.0)
