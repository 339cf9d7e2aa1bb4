"""The parts of mails: the quick scanner gives what the standard library gives, and all of it within bounds."""

import base64
import email
import email.policy
import gzip
import random
from email.message import EmailMessage, Message
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sekisho.core import mail as scanner
from sekisho.core.errors import ReadError, TooLarge
from sekisho.core.limits import KIB, Limits
from sekisho.core.mail import Mail, Part, looks_like_mail, read_mail, split_mbox
from sekisho.core.mailhead import mail_head

MAILS = Path(__file__).parents[3] / "shared" / "corpus" / "mail"
PACKED = gzip.compress(b"<feedback/>" * 50, mtime=0)


def lines(text: str, end: str = "\r\n") -> bytes:
    return text.replace("\n", end).encode("utf-8", "surrogateescape")


def by_library(data: bytes) -> list[bytes]:
    """Bodies of the leaves as the standard library decodes them."""
    found: list[bytes] = []

    def walk(message: Message) -> None:
        payload = message.get_payload()
        if isinstance(payload, list):
            for part in payload:
                walk(part)
        else:
            found.append(message.get_payload(decode=True) or b"")

    walk(email.message_from_bytes(data))
    return found


MULTIPART = f"""From: Reporter <dmarc@receiver.example>
To: rua@example.com
Subject: Report Domain: example.com Submitter: receiver.example
 Report-ID: <1@receiver.example>
Message-ID: <1@receiver.example>
Date: Thu, 01 Jan 2026 09:00:00 +0900
MIME-Version: 1.0
Content-Type: multipart/mixed;
 boundary="--=_part; 1"

preamble
----=_part; 1
Content-Type: text/plain; charset=us-ascii
Content-Transfer-Encoding: quoted-printable

This is =41 report=
 of ours.

----=_part; 1
Content-Type: application/gzip; name="receiver.example!example.com!1!2.xml.gz"
Content-Transfer-Encoding: BASE64
Content-Disposition: attachment;
 filename="receiver.example!example.com!1!2.xml.gz"

{base64.encodebytes(PACKED).decode()}
----=_part; 1--
epilogue
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_common_shape_is_scanned(end: str) -> None:
    data = lines(MULTIPART, end)
    mail = scanner._scanned(data, Limits())
    assert mail is not None
    assert mail.kind == "multipart/mixed"
    assert [(part.kind, part.name) for part in mail.parts] == [
        ("text/plain", ""),
        ("application/gzip", "receiver.example!example.com!1!2.xml.gz"),
    ]
    assert [part.body for part in mail.parts] == by_library(data)
    assert mail.parts[1].body == PACKED
    assert mail.head.message_id == "<1@receiver.example>"
    assert mail.head.subject == "Report Domain: example.com Submitter: receiver.example Report-ID: <1@receiver.example>"
    assert mail.head.sent == 1767225600


def test_a_mail_that_is_the_archive() -> None:
    data = lines("Subject: x\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n") + base64.encodebytes(PACKED)
    assert read_mail(data).parts == (Part("application/zip", "", PACKED),)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('Content-Disposition: attachment; filename="a/../b.xml"', "b.xml"),
        ('Content-Disposition: attachment;\n filename="receiver!\n example.com!1.gz"', "receiver! example.com!1.gz"),
        ("Content-Disposition: attachment; filename*=utf-8''%E5%A0%B1%E5%91%8A.xml", "報告.xml"),
        ("Content-Disposition: attachment; filename*0=a; filename*1=b.xml", "ab.xml"),
        ("Content-Type: application/gzip; name==?ISO-2022-JP?B?GyRCSnM5cBsoQi54bWw=?=", "報告.xml"),
        ("Content-Disposition: attachment; filename==?shift_jis?B?lfGNkC54bWw=?=", "報告.xml"),
        ("Content-Disposition: attachment; filename==?nonsense?B?xxx?=", "=?nonsense?B?xxx?="),
        ('Content-Disposition: attachment; filename="x\u202efdp.exe"', "xfdp.exe"),
        ('Content-Disposition: attachment; filename="a\\"b.xml"', 'a"b.xml'),
    ],
)
def test_file_names_are_decoded_for_people_only(header: str, name: str) -> None:
    data = lines(f"Subject: x\n{header}\n\nbody\n")
    assert read_mail(data).parts[0].name == name


@pytest.mark.parametrize(
    "text",
    [
        "Subject: =?ISO-2022-JP?B?GyRCSnM5cBsoQg==?=\n\n",
        "Subject: =?utf-8?B?5aCx5ZGK?=\n\n",
        "Subject: 報告\n\n",
        "Subject: =?utf-8?Q?=E5=A0=B1?=\n =?utf-8?Q?=E5=91=8A?=\n\n",
    ],
)
def test_the_subject_is_decoded(text: str) -> None:
    assert read_mail(lines(text)).head.subject == "報告"
    assert mail_head(lines(text)).subject == "報告"


def test_an_8_bit_subject_in_shift_jis_is_decoded() -> None:
    assert read_mail(b"Subject: " + "報告".encode("cp932") + b"\n\nx").head.subject == "報告"


def test_what_is_shown_of_a_head_is_short_and_harmless() -> None:
    head = read_mail(lines("Subject: a\u202eb\x1b[31m" + "x" * 900 + "\nFrom: \nDate: never\n\n")).head
    assert head.subject.startswith("ab[31mx")
    assert len(head.subject) == 300
    assert head.sent is None


@pytest.mark.parametrize(
    "text",
    [
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nnever closed\n",
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nno header\n--b--\n",
        "Subject: x\nContent-Type: multipart/mixed\n\n--b\n\nno boundary\n--b--\n",
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\nnothing\n",
        "Subject: x\rContent-Type: text/plain\r\rbare carriage returns\r",
        "Subject: x\nno colon here\n\nbody\n",
        "Subject: x\nContent-Type: nonsense\n\nbody\n",
        "Subject: x\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#86)C\n`\nend\n",
        "Subject: x\nContent-Transfer-Encoding: base64\n\nYW J j*\n",
        "Subject: x\nContent-Transfer-Encoding: base64\n\nYWJ\n",
        "Subject: x\nContent-Type: text/plain; x*=utf-8''%41\n\nbody\n",
        "Subject: é\n\nbody\n",
        "\nbody only\n",
    ],
)
def test_odd_mails_come_out_as_the_standard_library_has_them(text: str) -> None:
    assert [part.body for part in read_mail(text.encode()).parts] == by_library(text.encode())


def test_a_mail_within_a_mail_is_one_part() -> None:
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("hello")
    outer = EmailMessage()
    outer["Subject"] = "outer"
    outer.set_content("see below")
    outer.add_attachment(inner)
    mail = read_mail(outer.as_bytes())
    assert [part.kind for part in mail.parts] == ["text/plain", "message/rfc822"]
    assert read_mail(mail.parts[1].body).head.subject == "inner"


def test_the_parts_of_a_digest_are_mails() -> None:
    data = b"Subject: x\nContent-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: y\n\nz\n--b--\n"
    assert read_mail(data).parts == (Part("message/rfc822", "", b"Subject: y\n\nz"),)


@pytest.mark.skipif(not MAILS.is_dir(), reason="the corpus of published reports is not beside the checkout")
def test_published_report_mails_are_all_scanned_alike() -> None:
    paths = sorted(MAILS.iterdir())
    scanned = 0
    for path in paths:
        data = path.read_bytes()
        found = scanner._scanned(data, Limits())
        slow = scanner._read_slowly(data, Limits())
        scanned += found is not None
        assert found is None or found == slow, path.name
        assert [part.body for part in slow.parts] == by_library(data), path.name
    assert scanned >= 0.8 * len(paths)


TOKENS = (
    b"Content-Type: text/plain\n", b"Content-Type: multipart/mixed; boundary=b\n",
    b'Content-Type: multipart/mixed; boundary="b c"\n', b"Content-Type: application/gzip; name=a.gz\n",
    b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: quoted-printable\n",
    b"Content-Type: message/rfc822\n", b"Subject: x\n", b" folded\n", b"\n", b"\r\n", b"--b\n", b"--b--\n", b"--b c\n",
    b"--b c--\n", b"--b \n", b"--bb\n", b"--", b"b", b"YWJj\n", b"YWJjZA==\n", b"=41=\n", b"text\n", b"\r", b"\xff", b"a:",
    b";", b'"', b"Content-Type", b"Content-Type: multipart/alternative; boundary=bb\n", b"--bb--\n", b"From x\n", b"\t",
    b":\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=30))
@example([b"\n", b"\r\n"])  # the header ends at the first empty line, whichever way the lines end
@settings(deadline=None, max_examples=400)
def test_whatever_is_scanned_is_what_the_library_has(tokens: list[bytes]) -> None:
    data = b"".join((b"Subject: x\n", *tokens))
    assert_alike(data)


def assert_alike(data: bytes) -> bool:
    """The scanner agrees with the slow way where it understands; whether it did."""
    try:
        scanned = scanner._scanned(data, Limits())
    except TooLarge:
        return False
    if scanned is None:
        return False
    slow = scanner._read_slowly(data, Limits())
    assert plain(scanned) == plain(slow)
    return True


def plain(mail: Mail) -> object:
    """The mail; of mails within it only that they are there, as the library does not keep their bytes."""
    parts = [(part.kind, part.name, b"" if part.kind.startswith("message/") else part.body) for part in mail.parts]
    return mail.kind, mail.head, parts


def test_mutants_of_a_report_mail_are_scanned_alike() -> None:
    chance = random.Random(7)
    documents = [lines(MULTIPART, "\n"), lines(MULTIPART)]
    understood = 0
    for _ in range(600):
        data = bytearray(chance.choice(documents))
        for _ in range(chance.choice((1, 2, 4))):
            at = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[at:at] = chance.choice(TOKENS)
            else:
                del data[at : at + chance.choice((1, 5, 60))]
        understood += assert_alike(bytes(data))
    assert understood > 200


PART_LINES = (
    *("Content-Type: application/gzip", "Content-Type: text/plain; charset=UTF-8", 'Content-Type: text/plain; charset="utf-8"'),
    *('Content-Type: Application/ZIP;\n\tname="a!b!1!2.xml.gz"', 'Content-Type: application/zip; name="a b.zip"'),
    *('Content-Type: multipart/mixed; name="x"', 'Content-Type: a/b; name="x" ', "Content-Type: a/b; name=x", "Content-Type: text"),
    *("Content-Disposition: attachment", 'Content-Disposition: attachment;\n\tfilename="a!b!1!2.xml.gz"'),
    *('Content-Disposition: attachment; filename="../x/y.gz"', "Content-Disposition: inline", "X: y", " folded"),
    *('Content-Disposition: attachment; filename="=?utf-8?q?a?="', 'Content-Disposition: attachment; filename="it\'s"'),
    *("Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: BASE64", "Content-Transfer-Encoding: 8bit", ""),
)


@given(
    st.lists(st.sampled_from(PART_LINES), max_size=5), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["H4sI", "aGk=\n", "?", ""])
)
@settings(deadline=None, max_examples=600)
def test_a_plain_part_is_what_the_scanner_makes_of_it(header: list[str], end: str, body: str) -> None:
    section = lines("\n".join([*header, "", body]), end)
    for limits in (Limits(), Limits(mail_header_bytes=120)):
        plain = scanner._plain_part(section, limits)
        if plain is not None:
            parts: list[Part] = []
            split = scanner._split_header(section, limits)
            assert split is not None
            assert scanner._scan(*split, parts, 0, limits)
            assert parts == [plain]


def test_the_parts_that_reporters_write_are_plain() -> None:
    text = 'Content-Type: application/gzip;\n\tname="a!b!1!2.xml.gz"\nContent-Disposition: attachment;\n filename="a!b!1!2.xml.gz"'
    part = scanner._plain_part(lines(f"{text}\nContent-Transfer-Encoding: base64\n\naGk="), Limits())
    assert part == Part("application/gzip", "a!b!1!2.xml.gz", b"hi")


def test_limits_are_kept() -> None:
    many = "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 30 + "--b--\n"
    with pytest.raises(TooLarge, match="too many parts"):
        read_mail(many.encode(), Limits(mail_parts=20))
    with pytest.raises(TooLarge, match="header"):
        read_mail(b"Subject: " + b"x" * 300 * KIB + b"\n\nbody")
    with pytest.raises(TooLarge, match="unusual form"):
        read_mail(b"Subject: x\rno\n\n" + b"x" * 40 * KIB, Limits(odd_mail_bytes=20 * KIB))
    deep = "Subject: x\n" + "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(400))
    with pytest.raises(TooLarge, match="nested too deeply"):
        read_mail(deep.encode())
    with pytest.raises(TooLarge, match="nested too deeply"):
        read_mail(nested(12).encode())
    assert len(read_mail(nested(5).encode()).parts) == 1


def nested(depth: int) -> str:
    text = "Content-Type: text/plain\n\ninnermost"
    for number in range(depth):
        text = f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n{text}\n--b{number}--"
    return "Subject: x\n" + text + "\n"


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_any_bytes_raise_only_our_own_errors(data: bytes) -> None:
    for candidate in (data, b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + data):
        try:
            read_mail(candidate)
        except ReadError:
            continue
    mail_head(data)
    looks_like_mail(data)


def test_an_mbox_is_split_at_its_from_lines() -> None:
    first = b"Subject: one\n\nbody\n>From the start\n>>From quoted\nFrom: not a separator\n\n"
    second = b"Subject: two\r\n\r\nbody\r\n"
    data = b"From a@example.com Thu Jan  1 00:00:00 2026\n" + first + b"From b@example.com Thu Jan  1 00:00:00 2026\r\n" + second
    expected = [first.replace(b">From", b"From"), second]
    for size in (1, 7, 1000):
        chunks = (data[at : at + size] for at in range(0, len(data), size))
        assert list(split_mbox(chunks)) == expected


def test_a_mail_too_large_comes_cut_and_the_next_one_whole() -> None:
    data = b"From a\n" + b"Subject: one\n\n" + b"x" * 500 + b"\n\nFrom b\nSubject: two\n\ny\n"
    mails = list(split_mbox([data], Limits(delivery_bytes=100)))
    assert [len(mails[0]), mails[1]] == [101, b"Subject: two\n\ny\n"]


def test_what_is_no_mbox_holds_no_mail() -> None:
    assert list(split_mbox([b"Subject: x\n\nFrom here on\n"])) == []
