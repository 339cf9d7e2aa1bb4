"""The reader of failure reports."""

from pathlib import Path

import pytest

from sekisho.core.errors import NotAReport
from sekisho.core.limits import Limits
from sekisho.core.mail import read_mail
from sekisho.core.reports.failure import is_feedback, read_failure
from sekisho.core.reports.values import FailureReport

DATA = Path(__file__).parents[2] / "data" / "failure"
ARF = (DATA / "001-arf.eml").read_text(encoding="utf-8")


def read(text: str, limits: Limits | None = None) -> FailureReport:
    return read_failure(read_mail(text.encode()), limits or Limits())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_report_in_three_parts_is_read_whole(end: str) -> None:
    report = read(ARF.replace("\n", end))
    assert report.reported_domain == "example.com"
    assert report.source_ip == "203.0.113.7"
    assert report.arrival == 1767225600
    assert report.auth_failure == ("dmarc",)
    assert report.identity_alignment == ("dkim", "spf")
    assert ("Authentication-Results", "receiver.example; dmarc=fail header.from=example.com") in report.fields
    assert report.original.startswith(b"From: Accounts <accounts@example.com>")
    assert report.original.rstrip().endswith(b"Please pay.")
    assert report.notes == ()


def test_a_text_only_report_is_read_as_far_as_it_goes() -> None:
    report = read((DATA / "002-text-only.eml").read_text(encoding="utf-8"))
    assert (report.reported_domain, report.source_ip, report.arrival) == ("example.com", "203.0.113.68", 1767225600)
    assert ("SPF Alignment", "no") in report.fields
    assert report.original.startswith(b"From: <user@example.com>")
    assert [note.code for note in report.notes] == ["no_feedback_part", "no_auth_failure"]


def test_feedback_about_unwanted_mail_is_no_failure_report() -> None:
    mail = read_mail((DATA / "003-abuse.eml").read_bytes())
    assert is_feedback(mail)
    with pytest.raises(NotAReport, match="not an authentication failure report"):
        read_failure(mail)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Feedback-Type: Auth-Failure\n", "", "no_feedback_type"),
        ("Auth-Failure: dmarc\n", "", "no_auth_failure"),
        ("Source-IP: 203.0.113.7 (unknown)\n", "", "no_address"),
        ("203.0.113.7 (unknown)", "somewhere", "odd_address"),
        ("message/feedback-report", "text/plain", None),
        ("message/feedback-report", "application/octet-stream; name=part.txt", "no_feedback_type"),
        ("message/feedback-report", "message/feedback-report\nContent-Transfer-Encoding: 8bit", None),
        ("Content-Type: message/rfc822", "Content-Type: text/rfc822-headers", None),
        ("Content-Type: message/rfc822", 'Content-Type: application/octet-stream; name="mail.eml"', None),
        ("Content-Type: message/rfc822", "Content-Type: text/plain", None),
        ("Reported-Domain: Example.COM\n", "", None),
    ],
)
def test_what_is_missing_or_odd_is_borne(old: str, new: str, code: str | None) -> None:
    assert old in ARF
    text = ARF.replace(old, new, 1)
    if code == "no_feedback_type" and "octet-stream" in new:
        text = text.replace("Feedback-Type: Auth-Failure\nVersion", "Feedback-Type:\nVersion")
    report = read(text)
    assert [note.code for note in report.notes] == ([code] if code else [])
    assert report.reported_domain == "example.com"
    assert b"Please pay." in report.original


def test_a_report_without_its_mail_is_a_report() -> None:
    report = read(ARF[: ARF.index("--part\nContent-Type: message/rfc822")] + "--part--\n")
    assert (report.original, [note.code for note in report.notes]) == (b"", ["no_original"])


def test_an_arrival_that_is_not_said_is_the_date_of_the_report() -> None:
    assert read(ARF.replace("Arrival-Date: Thu, 01 Jan 2026 09:00:00 +0900\n", "")).arrival == 1767225605
    assert read(ARF.replace("Arrival-Date: Thu, 01 Jan 2026 09:00:00 +0900", "Arrival-Date: today")).arrival == 1767225605


def test_limits_are_kept() -> None:
    fields = "".join(f"X-{number}: {'y' * 3000}\n" for number in range(60))
    report = read(ARF.replace("Version: 1\n", "Version: 1\n" + fields), Limits(fields=50, original_bytes=20))
    assert len(report.fields) == 50
    assert max(len(value) for _, value in report.fields) == 2048
    assert len(report.original) == 20
    assert {"too_many_fields", "cut_original"} <= {note.code for note in report.notes}


def test_an_ordinary_mail_is_no_report() -> None:
    with pytest.raises(NotAReport, match="no report in this mail"):
        read("Subject: hello\n\nSee you tomorrow.\n")
