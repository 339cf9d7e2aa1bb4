"""The message of a failure report as it is shown, and the report in short."""

import time

import pytest
from tests.builders import failure_mail

from sekisho.core.mail import read_mail
from sekisho.core.reports.failure import read_failure
from sekisho.core.reports.incident import Incident, incident, network_of, pattern_of, people_in
from sekisho.core.reports.original import LONGEST_TEXT, decoded, read_original, text_of_html


def of(mail: bytes) -> Incident:
    return incident(read_failure(read_mail(mail)))


def test_a_report_in_short_holds_nothing_personal() -> None:
    found = of(
        failure_mail(
            1, subject="Re: Tanaka, pay 300 to taro.tanaka@receiver.example", fields="Original-Mail-From: <jiro@b.example>\r\n"
        )
    )
    assert (found.header_from, found.envelope_from, found.envelope_to) == ("example.jp", "b.example", "receiver.example")
    assert found.subject == "Re: ██, pay 300 to ██@receiver.example"
    assert found.pattern == "██, pay # to ██@receiver.example"
    assert (found.network, found.delivery_result, found.incidents) == ("203.0.113.0/24", "delivered", 1)
    assert "taro" not in repr(found).lower()
    assert "jiro" not in repr(found).lower()


def test_the_same_report_with_other_line_ends_is_the_same() -> None:
    mail = failure_mail(1)
    assert of(mail).digest == of(mail.replace(b"\r\n", b"\n")).digest
    assert of(mail).digest != of(failure_mail(2)).digest


@pytest.mark.parametrize(
    ("fields", "delivery", "incidents"),
    [
        ("Delivery-Result: smg-policy-action\r\n", "delivered", 1),  # the first of two counts
        ("Incidents: 12\r\n", "delivered", 12),
        ("Incidents: -3\r\n", "delivered", 1),
        ("Incidents: 99999999999999\r\n", "delivered", 1),
    ],
)
def test_odd_fields_are_borne(fields: str, delivery: str, incidents: int) -> None:
    found = of(failure_mail(1, fields=fields))
    assert (found.delivery_result, found.incidents) == (delivery, incidents)


def test_a_vendors_own_result_is_another() -> None:
    assert (
        of(failure_mail(1).replace(b"Delivery-Result: delivered", b"Delivery-Result: smg-policy-action")).delivery_result == "other"
    )


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("somewhere", ""),
        ("", ""),
        ("fe80::1%eth0", "fe80::/48"),
    ],
)
def test_networks(address: str, network: str) -> None:
    assert network_of(address) == network


def test_subjects_of_one_campaign_have_one_pattern() -> None:
    assert pattern_of("Fwd: RE: Invoice 12345") == pattern_of("invoice  99") == "invoice #"
    assert pattern_of("転送：請求書 １２３") == "請求書 #"


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("utf-8", "utf-8"),
        ("iso-2022-jp", "iso2022_jp"),
        ("shift_jis", "cp932"),
        ("", "cp932"),
        ("", "iso2022_jp"),
        ("no-such", "utf-8"),
        ("punycode", "utf-8"),
    ],
)
def test_japanese_is_read_in_its_encodings(charset: str, codec: str) -> None:
    assert decoded("振込先変更のお知らせ".encode(codec), charset) == "振込先変更のお知らせ"


def test_the_text_of_the_message_is_chosen_and_decoded() -> None:
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n"
    body = (
        "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n<b>rich</b>\r\n"
        "--c\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "Gr=FC=DFe\r\n--c--\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nx\r\n"
        '--b\r\nContent-Type: application/zip; name="../../evil.zip"\r\n\r\nPK\r\n--b--\r\n'
    )
    original = read_original(read_failure(read_mail(failure_mail(1, head=head, body=body))).original)
    assert original.text == "Grüße"
    assert [(a.kind, a.name) for a in original.attachments] == [
        ("text/html", ""),
        ("message/rfc822", ""),
        ("application/zip", "evil.zip"),
    ]
    assert people_in(original)[:2] == ("Taro Tanaka", "taro.tanaka")


def test_html_is_said_in_words_with_the_addresses_of_its_links() -> None:
    text = text_of_html(
        '<style>p{}</style><p>Dear <b>A</b><br>go <a class=x href="http://evil.example/?a&amp;b">here</a>&lt;i&gt;<script>x()</script>'
    )
    assert text == "Dear A\ngo here <http://evil.example/?a&b><i>"


@pytest.mark.parametrize("piece", ["<", "<!--", "<a ", "</", "&#", "<script>", "<a href=x>", "<![CDATA["])
def test_broken_html_takes_no_longer_than_its_length(piece: str) -> None:
    began = time.process_time()
    text_of_html(piece * (65_536 // len(piece)))
    assert time.process_time() - began < 2


def test_huge_headers_and_texts_are_cut() -> None:
    head = "".join(f"X-{n}: {'y' * 1500}\r\n" for n in range(150))
    original = read_original(b"Subject: s\r\n" + head.encode() + b"\r\n" + b"z" * 100_000)
    assert len(original.headers) == 100
    assert max(len(value) for _, value in original.headers) == 1000
    assert len(original.text) <= LONGEST_TEXT
    assert original.is_cut


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n",
        b"\xff" * 1000,
        b"Subject: \xe3\x81\xff\r\n\r\n\xff",
        b"no header at all",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
    ],
)
def test_anything_can_be_shown(data: bytes) -> None:
    read_original(data)
