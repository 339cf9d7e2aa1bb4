"""The reader of TLS reports."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.errors import Broken, NotAReport, ReadError, TooLarge
from sekisho.core.limits import Limits
from sekisho.core.reports.tls import read_tls
from sekisho.core.reports.values import TlsFailure, TlsPolicy

SAMPLE = (Path(__file__).parents[2] / "data" / "tls" / "001-sts-and-tlsa.json").read_bytes()


def changed(**values: object) -> bytes:
    document = json.loads(SAMPLE)
    document.update({key.replace("_", "-"): value for key, value in values.items()})
    return json.dumps(document).encode()


def test_the_sample_is_read_whole() -> None:
    report = read_tls(SAMPLE)
    assert (report.organization_name, report.contact_info) == ("Receiver Example", "smtp-tls@receiver.example")
    assert (report.report_id, report.begin, report.end) == ("2026-01-01T00:00:00Z_example.com", 1767225600, 1767311999)
    first, second = report.policies
    assert first == TlsPolicy(
        "sts",
        "example.com",
        ("version: STSv1", "mode: enforce", "mx: *.example.com", "max_age: 86400"),
        ("*.example.com",),
        5326,
        303,
        (
            TlsFailure("certificate-expired", "2001:db8::1", "mx1.example.com", "", 100),
            TlsFailure(
                "validation-failure",
                "198.51.100.62",
                "mx-backup.example.com",
                "203.0.113.58",
                203,
                "mx-backup",
                "https://receiver.example/reports/1",
                "X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED",
            ),
        ),
    )
    assert (second.policy_type, second.mx_hosts, second.sessions) == ("no-policy-found", ("mx.example.org", "mx2.example.org"), 7)
    assert [note.code for note in report.notes] == ["odd_count"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + SAMPLE,
        SAMPLE.decode().encode("utf-16"),
        b"[" + SAMPLE + b"]",
        SAMPLE + b"\r\n-- sent by a gateway",
        SAMPLE.replace(b"report-id", b"Report_ID"),
    ],
)
def test_oddities_of_the_document_change_nothing(data: bytes) -> None:
    assert read_tls(data) == read_tls(SAMPLE)


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"contact_info": None}, ["odd_count"]),
        ({"report_id": ""}, ["odd_count", "no_report_id"]),
        ({"report_id": 12}, ["odd_count"]),
        ({"policies": []}, []),
        ({"date_range": {}}, ["odd_count", "no_times"]),
        ({"policies": {"policy": {"policy-type": "tlsa"}}}, ["no_policy_domain"]),
        ({"policies": [None, 3, "x"]}, ["no_policy_domain"]),
    ],
)
def test_what_is_missing_is_noted(values: dict[str, object], codes: list[str]) -> None:
    assert [note.code for note in read_tls(changed(**values)).notes] == codes


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"{}", NotAReport, "not a TLS report"),
        (b"[1, 2]", NotAReport, "not a TLS report"),
        (b'{"policies": [', Broken, "damaged"),
        (b'{"policies": []}', Broken, "neither policies nor a time"),
        (b"[" * 100_000, Broken, "damaged"),
        (b'{"policies": ' + b"[" * 100_000, Broken, "damaged"),
        (b'{"policies": [' + b"{}," * 20_000 + b"{}]}", TooLarge, "too many entries"),
    ],
)
def test_what_is_no_report_is_refused_in_words(data: bytes, kind: type[ReadError], reason: str) -> None:
    with pytest.raises(kind, match=reason):
        read_tls(data)


def test_a_document_too_large_is_refused() -> None:
    with pytest.raises(TooLarge):
        read_tls(SAMPLE, Limits(json_bytes=100))


@pytest.mark.parametrize("count", ["-5", "1e400", "NaN", "Infinity", '"' + "9" * 50 + '"', "9" * 5000, "true", "[]", "null"])
def test_absurd_counts_are_none(count: str) -> None:
    data = SAMPLE.replace(b'"5326"', count.encode())
    assert read_tls(data).policies[0].successful == 0


def test_lone_surrogates_and_control_characters_do_not_come_through() -> None:
    report = read_tls(SAMPLE.replace(b"Receiver Example", b"A\\ud800\\u0000\\u001bB"))
    assert report.organization_name == "A? B"


KEYS = ("policy", "policies", "summary", "failure-details", "mx-host", "policy-string", "date-range", "start-datetime", "report-id")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_any_json_raises_only_our_own_errors(value: object) -> None:
    for document in (value, {"policies": value}, {"policies": [{"policy": value, "summary": value, "failure-details": value}]}):
        try:
            report = read_tls(json.dumps(document).encode())
        except ReadError:
            continue
        assert all(policy.successful >= 0 and policy.failed >= 0 for policy in report.policies)
