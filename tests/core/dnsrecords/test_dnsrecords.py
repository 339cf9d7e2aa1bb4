"""The records about mail other than SPF and DMARC: what is read, what is odd, and what is merely unknown."""

from __future__ import annotations

import base64
import random

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.core.dmarc.asked import Table

from sekisho.core.dnsrecords.bimi import ask_bimi
from sekisho.core.dnsrecords.dkimkey import ask_key, read_key, rsa_bits
from sekisho.core.dnsrecords.mtasts import ask_sts, read_policy
from sekisho.core.dnsrecords.mx import ask_exchangers
from sekisho.core.dnsrecords.tlsrpt import ask_tlsrpt
from sekisho.core.questions import FAILED
from sekisho.core.terms import Found


def _rsa(bits: int) -> bytes:
    """A public key with a modulus of so many bits; it need not be one that anything was signed with."""
    modulus = (1 << (bits - 1)) | 0x10001
    return rsa.RSAPublicNumbers(65537, modulus).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


ED = ed25519.Ed25519PrivateKey.from_private_bytes(b"k" * 32).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@pytest.mark.parametrize(
    ("text", "bits", "is_usable", "codes"),
    [
        (f"v=DKIM1; k=rsa; p={_text(_rsa(2048))}", 2048, True, []),
        (f"p={_text(_rsa(1024))}", 1024, True, ["key_short"]),
        (f"v=DKIM1; p={_text(_rsa(2048))[:100]} {_text(_rsa(2048))[100:]};", 2048, True, []),
        (f"v=DKIM1; p={_text(_rsa(2048))[:200]}", 0, False, ["key_broken"]),
        (f"v=DKIM1; p={_text(_rsa(2048))[:201]}", 0, False, ["key_no_base64"]),
        ("v=DKIM1; p=hello!", 0, False, ["key_no_base64"]),
        ("v=DKIM1; p=", 0, False, ["key_revoked"]),
        (f"v=DKIM1; k=ed25519; p={_text(ED)}", 256, True, []),
        (f"v=DKIM1; k=ed25519; p={_text(ED[:31])}", 0, False, ["key_broken"]),
        (f"v=DKIM1; k=dilithium; p={_text(ED)}", 0, False, ["key_type_unknown"]),
        (f"v=DKIM1; t=y:s; p={_text(_rsa(2048))}", 2048, True, ["key_testing"]),
        (f"v=DKIM1; h=sha1; p={_text(_rsa(2048))}", 2048, False, ["hash_refused"]),
        (f"v=DKIM1; h=sha1:sha256; p={_text(_rsa(2048))}", 2048, True, []),
        (f"v=DKIM1; s=tlsrpt; p={_text(_rsa(2048))}", 2048, False, ["not_for_mail"]),
        (f"v=DKIM1; g=*; p={_text(_rsa(2048))}", 2048, True, ["historic_tag"]),
    ],
)
def test_dkim_keys(text: str, bits: int, is_usable: bool, codes: list[str]) -> None:
    key = read_key(text)
    assert key is not None
    assert (key.bits, key.is_usable, [note.code for note in key.notes]) == (bits, is_usable, codes)


def test_flags_of_a_key() -> None:
    key = read_key(f"v=DKIM1; t=y:s; p={_text(_rsa(2048))}")
    assert key is not None
    assert (key.is_testing, key.only_same_domain, key.is_revoked) == (True, True, False)


@pytest.mark.parametrize("text", ["v=DKIM2; p=x", "k=rsa; v=DKIM1; p=x", "v=spf1 -all", "", "k=rsa"])
def test_what_is_no_key(text: str) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize("bits", [512, 1024, 1536, 2048, 4096])
def test_the_size_of_a_key_is_that_of_its_modulus(bits: int) -> None:
    if bits >= 1024:
        assert rsa_bits(_rsa(bits)) == bits
        bare = rsa.RSAPublicNumbers(65537, (1 << (bits - 1)) | 0x10001).public_key()
        assert rsa_bits(bare.public_bytes(Encoding.DER, PublicFormat.PKCS1)) == bits
    else:  # the library makes none so short
        n = ((1 << (bits - 1)) | 1).to_bytes(bits // 8, "big")
        body = b"\x02\x41\x00" + n + b"\x02\x03\x01\x00\x01"
        assert rsa_bits(b"\x30" + bytes([len(body)]) + body) == bits


def test_hostile_keys_are_only_refused() -> None:
    dice = random.Random(3)
    good = _rsa(1024)
    for _ in range(3000):
        data = bytearray(good[: dice.randrange(len(good) + 1)])
        for _ in range(dice.randrange(4)):
            if data:
                data[dice.randrange(len(data))] = dice.randrange(256)
        assert 0 <= rsa_bits(bytes(data)) <= 8 * len(good)


def test_a_key_that_cannot_be_asked_for_is_unknown() -> None:
    key = f"v=DKIM1; p={_text(_rsa(2048))}"
    table = Table({"s1._domainkey.example.com": key, "s2._domainkey.example.com": FAILED, "s4._domainkey.example.com": ["x", "y"]})
    assert table.ask(ask_key("Example.com", "S1")).state is Found.YES
    assert table.ask(ask_key("example.com", "s2")).state is Found.UNKNOWN
    assert table.ask(ask_key("example.com", "s3")).state is Found.NO
    assert [note.code for note in table.ask(ask_key("example.com", "s4")).notes] == ["no_key_record"]


# ---- MX


def test_mail_servers_with_their_addresses() -> None:
    table = Table(
        {
            "example.com MX": ["20 b.example.com", "10 A.example.com", "30 gone.example.com"],
            "a.example.com A": ["192.0.2.1"],
            "a.example.com AAAA": ["2001:db8::1"],
            "b.example.com A": FAILED,
            "b.example.com AAAA": FAILED,
        }
    )
    found = table.ask(ask_exchangers("example.com"))
    assert [exchanger.host for exchanger in found.hosts] == ["a.example.com", "b.example.com", "gone.example.com"]
    assert (found.addresses, found.unresolved) == (("192.0.2.1", "2001:db8::1"), ("gone.example.com",))


def test_a_null_mx_says_that_no_mail_is_taken() -> None:
    found = Table({"example.com MX": "0 ."}).ask(ask_exchangers("example.com"))
    assert (found.state, found.is_null, found.hosts) == (Found.NO, True, ())
    found = Table({"example.com MX": ["0 .", "10 a.example.com"]}).ask(ask_exchangers("example.com"))
    assert (found.is_null, [note.code for note in found.notes]) == (False, ["null_mx_not_alone"])


def test_without_mx_the_address_of_the_domain_takes_mail() -> None:
    found = Table({"example.com A": "192.0.2.9"}).ask(ask_exchangers("example.com"))
    assert (found.state, found.exists, found.addresses) == (Found.NO, Found.YES, ("192.0.2.9",))
    assert Table({}).ask(ask_exchangers("example.com")).exists is Found.NO
    assert Table({"example.com MX": FAILED}).ask(ask_exchangers("example.com")).state is Found.UNKNOWN


# ---- MTA-STS


@pytest.mark.parametrize(
    ("values", "state", "codes"),
    [
        ("v=STSv1; id=20260101;", Found.YES, []),
        ("v=STSv1;id=a", Found.YES, []),
        (["v=STSv1; id=1;", "v=STSv1; id=2;"], Found.NO, ["several_records"]),
        ("v=STSv1; id=;", Found.NO, ["sts_id"]),
        ("v=STSv1; id=2026-01-01;", Found.NO, ["sts_id"]),
        ("v=stsv1; id=1;", Found.NO, ["version_wrong"]),
        ("v=spf1 -all", Found.NO, []),
    ],
)
def test_the_mta_sts_record(values: str | list[str], state: Found, codes: list[str]) -> None:
    found = Table({"_mta-sts.example.com": values}).ask(ask_sts("example.com"))
    assert (found.state, [note.code for note in found.notes]) == (state, codes)


def test_the_mta_sts_record_may_be_unknown() -> None:
    assert Table({"_mta-sts.example.com": FAILED}).ask(ask_sts("example.com")).state is Found.UNKNOWN


@pytest.mark.parametrize(
    ("text", "is_valid", "codes"),
    [
        ("version: STSv1\nmode: enforce\nmx: mx.example.com\nmx: *.example.net\nmax_age: 604800\n", True, []),
        ("version: STSv1\r\nmode: testing\r\nmx: mx.example.com\r\nmax_age: 604800\r\n", True, []),
        ("version: STSv1\nmode: none\nmax_age: 60", True, []),
        ("version: STSv1\nmode: enforce\nmax_age: 604800", False, ["sts_no_mx"]),
        ("version: STSv1\nmode: strict\nmx: a.example.com\nmax_age: 604800", False, ["sts_mode"]),
        ("version: STSv1\nmode: enforce\nmx: a.example.com\nmax_age: 99999999", False, ["sts_max_age"]),
        ("mode: enforce\nmx: a.example.com\nmax_age: 1e3", False, ["sts_version", "sts_max_age"]),
        ("version: STSv1\nmode: enforce\nmx: a.*.example.com\nmax_age: 604800", False, ["sts_mx"]),
        ("version: STSv1\nmode: enforce\nmx: a.example.com\nmax_age: 600", True, ["sts_short_age"]),
        ("<html>not found</html>", False, ["sts_version", "sts_mode", "sts_max_age", "sts_no_mx", "sts_line"]),
    ],
)
def test_the_mta_sts_policy(text: str, is_valid: bool, codes: list[str]) -> None:
    policy = read_policy(text.encode())
    assert (policy.is_valid, [note.code for note in policy.notes]) == (is_valid, codes)


def test_a_star_stands_for_one_label() -> None:
    policy = read_policy(b"version: STSv1\nmode: enforce\nmx: mx.example.com\nmx: *.example.net\nmax_age: 604800\n")
    assert policy.permits("mx.example.com")
    assert policy.permits("a.example.net")
    assert not policy.permits("b.a.example.net")
    assert not policy.permits("example.net")


# ---- TLS-RPT and BIMI


@pytest.mark.parametrize(
    ("text", "state", "codes"),
    [
        ("v=TLSRPTv1; rua=mailto:t@example.com", Found.YES, []),
        ("v=TLSRPTv1;rua=https://r.example.com/v1,mailto:t@example.com", Found.YES, []),
        ("v=TLSRPTv1", Found.NO, ["no_address"]),
        ("v=TLSRPTv1; rua=t@example.com", Found.NO, ["uri_no_scheme", "no_address"]),
        ("v=TLSRPT1; rua=mailto:t@example.com", Found.NO, ["version_wrong"]),
    ],
)
def test_the_tls_rpt_record(text: str, state: Found, codes: list[str]) -> None:
    found = Table({"_smtp._tls.example.com": text}).ask(ask_tlsrpt("example.com"))
    assert (found.state, [note.code for note in found.notes]) == (state, codes)


@pytest.mark.parametrize(
    ("text", "is_declined", "codes"),
    [
        ("v=BIMI1; l=https://example.com/logo.svg; a=https://example.com/vmc.pem", False, []),
        ("v=BIMI1; l=; a=;", True, []),
        ("v=BIMI1; l=http://example.com/logo.png", False, ["bimi_no_https", "bimi_no_svg"]),
        ("v=BIMI1; a=https://example.com/vmc.pem", False, ["bimi_no_logo"]),
    ],
)
def test_the_bimi_record(text: str, is_declined: bool, codes: list[str]) -> None:
    found = Table({"default._bimi.example.com": text}).ask(ask_bimi("example.com"))
    assert (found.state, found.is_declined, [note.code for note in found.notes]) == (Found.YES, is_declined, codes)
