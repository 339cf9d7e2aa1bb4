"""The policy that is tried: read strictly, asked by place, written back, put into a published record."""

import pytest

from sekisho.core.errors import UsageError
from sekisho.core.facts import Way
from sekisho.core.reports.values import DkimAuth, SpfAuth
from sekisho.core.terms import AlignmentMode, AuthResult, Policy, SpfScope
from sekisho.core.whatif.trial import Alignment, Place, Trial, dkim_alignment, read_trial, spf_alignment, with_tags

NONE, QUARANTINE, REJECT = Policy.NONE, Policy.QUARANTINE, Policy.REJECT


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("p=none", (NONE, NONE, NONE)),
        ("p=reject", (REJECT, REJECT, REJECT)),
        ("p=reject; sp=none", (REJECT, NONE, NONE)),
        ("p=none; sp=quarantine; np=reject", (NONE, QUARANTINE, REJECT)),
        ("p=quarantine; np=reject", (QUARANTINE, QUARANTINE, REJECT)),
        ("p=reject; t=y", (QUARANTINE, QUARANTINE, QUARANTINE)),
        ("p=quarantine; np=reject; t=y", (NONE, NONE, QUARANTINE)),
        ("v=DMARC1; P=Reject;; SP=quarantine; rua=mailto:a@example.com; pct=20", (REJECT, QUARANTINE, QUARANTINE)),
    ],
)
def test_each_place_is_asked_by_its_tag(text: str, asked: tuple[Policy, ...]) -> None:
    trial = read_trial(text)
    assert tuple(trial.asks(place) for place in Place) == asked
    assert read_trial(trial.to_text()) == trial


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sp=reject",
        "p=block",
        "p=reject; sp=",
        "p=reject; adkim=x",
        "p=reject; t=1",
        "p=reject; q=1",
        "p=reject; p=none",
        "nonsense",
        "v=spf1; p=reject",
        "p=" + "r" * 500,
    ],
)
def test_what_cannot_be_tried_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(UsageError, match=r"\w{3}"):
        read_trial(text)


def test_a_published_record_keeps_all_but_the_tags_that_are_tried() -> None:
    record = "v=DMARC1; p=none; pct=50; rua=mailto:a@example.com,mailto:b@example.net; fo=1; ruf=mailto:f@example.com"
    trial = Trial(REJECT, np=REJECT, aspf=AlignmentMode.STRICT)
    assert with_tags(record, trial) == (
        "v=DMARC1; p=reject; np=reject; aspf=s; rua=mailto:a@example.com,mailto:b@example.net; ruf=mailto:f@example.com; fo=1"
    )
    assert with_tags("", Trial(NONE)) == "v=DMARC1; p=none"


@pytest.mark.parametrize(
    ("domain", "result", "alignment"),
    [
        ("example.com", AuthResult.PASS, Alignment.EXACT),
        ("mail.example.com", AuthResult.PASS, Alignment.RELAXED),
        ("example.com", AuthResult.FAIL, Alignment.NONE),
        ("example.net", AuthResult.PASS, Alignment.NONE),
    ],
)
def test_alignment_is_told_from_what_passed(domain: str, result: AuthResult, alignment: Alignment) -> None:
    way = Way("example.com", "", (DkimAuth(domain, "s1", result),), (SpfAuth(domain, SpfScope.MFROM, result),), ())
    assert dkim_alignment(way) is alignment
    assert spf_alignment(way) is alignment
    helo = Way("example.com", "", (), (SpfAuth(domain, SpfScope.HELO, result),), ())
    assert spf_alignment(helo) is Alignment.NONE
