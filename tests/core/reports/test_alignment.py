"""Which of its two meanings `Identity-Alignment` has, told from the rest of the report."""

import pytest

from sekisho.core.reports.alignment import Alignment, read_alignment
from sekisho.core.reports.authres import Result, auth_results
from sekisho.core.terms import AlignmentMeaning

ALIGNED, FAILED, UNCLEAR, ABSENT = AlignmentMeaning
DMARC_FAIL, DMARC_PASS = "mx.test; dmarc=fail header.from=example.jp", "mx.test; dmarc=pass header.from=example.jp"
SPF_ELSEWHERE = "mx.test; spf=pass smtp.mailfrom=a@other.test"
SPF_HERE = "mx.test; spf=pass smtp.mailfrom=news.example.jp"
DKIM_HERE, DKIM_BROKEN = "mx.test; dkim=pass header.d=example.jp", "mx.test; dkim=fail header.d=example.jp"


@pytest.mark.parametrize(
    ("said", "results", "reading"),
    [
        # RFC 7489: what aligned
        (("none",), (DMARC_FAIL,), Alignment(ALIGNED, False, False)),
        (("none",), (DMARC_FAIL, SPF_ELSEWHERE), Alignment(ALIGNED, False, False)),
        (("dkim",), (DMARC_PASS, DKIM_HERE), Alignment(ALIGNED, True, False)),
        (("spf",), (SPF_HERE, DKIM_BROKEN), Alignment(ALIGNED, False, True)),
        # RFC 9991: what failed
        (("dkim", "spf"), (DMARC_FAIL,), Alignment(FAILED, False, False)),
        (("dkim",), (DMARC_FAIL,), Alignment(FAILED, False, None)),
        (("spf",), (DMARC_PASS, DKIM_HERE, SPF_ELSEWHERE), Alignment(FAILED, True, False)),
        (("dkim",), (SPF_HERE, DKIM_BROKEN), Alignment(FAILED, False, True)),
        # it cannot be told, or nothing was said
        (("dkim",), (), Alignment(UNCLEAR, None, None)),
        (("none",), (), Alignment(UNCLEAR, None, None)),
        (("dkim",), (DKIM_BROKEN, DMARC_PASS, SPF_ELSEWHERE), Alignment(UNCLEAR, False, False)),
        ((), (DMARC_FAIL, SPF_ELSEWHERE), Alignment(ABSENT, None, False)),
        (("something",), (SPF_HERE,), Alignment(ABSENT, None, True)),
    ],
)
def test_the_meaning_that_agrees_with_the_results_is_meant(
    said: tuple[str, ...], results: tuple[str, ...], reading: Alignment
) -> None:
    assert read_alignment(said, auth_results(results), "example.jp") == reading


def test_results_are_read_from_real_looking_fields() -> None:
    (value,) = auth_results(["mx.test (a (b) c); dkim=none (message not signed) header.d=none; iprev=pass/1"])[:1]
    assert value == Result("dkim", "none", "none")
    assert auth_results(["spf=softfail smtp.mailfrom=<taro@Example.JP>"]) == (Result("spf", "softfail", "example.jp"),)
    assert auth_results(["", ";;;", "mx.test; none", "=="]) == ()


def test_results_are_bounded() -> None:
    assert len(auth_results(["spf=pass;" * 1000] * 3)) == 50
    auth_results(["(" * 100_000, "a" * 100_000, "a.b=" * 30_000])
