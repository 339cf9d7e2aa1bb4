"""DKIM key records (RFC 6376, 3.6.1; key sizes of RFC 8301; Ed25519 of RFC 8463)."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

from sekisho.core.dnsrecords.tags import read_tags
from sekisho.core.names import normal
from sekisho.core.questions import Asking, Question
from sekisho.core.reports.values import Note
from sekisho.core.terms import Found

SHORTEST_BITS = 1024
"""Shorter RSA keys are refused by verifiers (RFC 8301, 3.2)."""
GOOD_BITS = 2048
LONGEST_BITS = 4096
"""Verifiers need not handle more."""
ED25519_BYTES = 32


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A key record; `bits` is 0 where the key cannot be read."""

    text: str
    key_type: str = "rsa"
    data: bytes = b""
    bits: int = 0
    is_revoked: bool = False
    """`p=` is empty."""
    is_testing: bool = False
    """`t=y`: verifiers shall treat failed signatures as unsigned mail."""
    only_same_domain: bool = False
    """`t=s`: `i=` must be of the very domain."""
    hashes: tuple[str, ...] = ()
    """Empty: all."""
    services: tuple[str, ...] = ("*",)
    is_usable: bool = False
    """Whether signatures on mail can be verified with it."""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFound:
    """What stands at a selector: YES with a key record, NO without any, UNKNOWN where the question failed."""

    domain: str
    selector: str
    state: Found
    key: DkimKey | None = None
    notes: tuple[Note, ...] = ()
    why: str = ""


def read_key(text: str) -> DkimKey | None:
    """The key record in a TXT record, None where it is none (another `v`, or no `p`); never raises."""
    tags = read_tags(text)
    if tags.has("v") and (tags.pairs[0] != ("v", "DKIM1")):
        return None
    if not tags.has("p"):
        return None
    notes = list(tags.notes)
    key_type = tags.get("k", "rsa").lower() or "rsa"
    encoded = re.sub(r"\s", "", tags.get("p"))
    flags = _listed(tags.get("t"))
    services = _listed(tags.get("s")) or ("*",)
    data, bits = _data(key_type, encoded, notes)
    hashes = _listed(tags.get("h"))
    if hashes and "sha256" not in hashes:
        notes.append(Note("hash_refused", "only sha256 is accepted today; signatures with this key fail", f"h={tags.get('h')}"))
    if "*" not in services and "email" not in services:
        notes.append(Note("not_for_mail", "the key is not for mail", f"s={tags.get('s')}"))
    if "y" in flags:
        notes.append(Note("key_testing", "the key is marked as a test; remove `t=y` when signing works", "t=y"))
    if tags.has("g"):
        notes.append(Note("historic_tag", "the tag has no effect any more", f"g={tags.get('g')}"))
    good_hash = not hashes or "sha256" in hashes
    return DkimKey(
        text,
        key_type,
        data,
        bits,
        is_revoked=encoded == "",
        is_testing="y" in flags,
        only_same_domain="s" in flags,
        hashes=hashes,
        services=services,
        is_usable=(bits >= SHORTEST_BITS if key_type == "rsa" else bits > 0)
        and good_hash
        and ("*" in services or "email" in services),
        notes=tuple(notes),
    )


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in value.split(":") if part.strip())


def _data(key_type: str, encoded: str, notes: list[Note]) -> tuple[bytes, int]:
    """The key and its size in bits, 0 where it cannot be read."""
    if not encoded:
        notes.append(Note("key_revoked", "the key is empty: it was withdrawn, and signatures with it fail", "p="))
        return b"", 0
    try:
        data = binascii.a2b_base64(encoded, strict_mode=True)
    except ValueError:
        notes.append(Note("key_no_base64", "the key is not written in base64; it may have been cut", encoded[:40]))
        return b"", 0
    if key_type == "ed25519":
        if len(data) != ED25519_BYTES:
            notes.append(Note("key_broken", "an Ed25519 key has 32 bytes", f"{len(data)}"))
            return data, 0
        return data, ED25519_BYTES * 8
    if key_type != "rsa":
        notes.append(Note("key_type_unknown", "verifiers do not know this kind of key", f"k={key_type}"))
        return data, 0
    bits = rsa_bits(data)
    if bits == 0:
        notes.append(Note("key_broken", "this is no RSA key; it may have been cut", encoded[:40]))
    elif bits < SHORTEST_BITS:
        notes.append(Note("key_too_short", "verifiers refuse keys of less than 1,024 bits", str(bits)))
    elif bits < GOOD_BITS:
        notes.append(Note("key_short", "2,048 bits are recommended", str(bits)))
    elif bits > LONGEST_BITS:
        notes.append(Note("key_long", "some verifiers cannot handle more than 4,096 bits", str(bits)))
    return data, bits


def rsa_bits(data: bytes) -> int:
    """Bits of the modulus of an RSA key, as SubjectPublicKeyInfo or bare (RFC 8017, A.1.1); 0 where it is none."""
    tag, body, _ = _element(data)
    if tag != 0x30:
        return 0
    tag, first, rest = _element(body)
    if tag == 0x30:  # the algorithm; the key follows as a bit string
        tag, inner, _ = _element(rest)
        if tag != 0x03 or inner[:1] != b"\0":
            return 0
        tag, body, _ = _element(inner[1:])
        if tag != 0x30:
            return 0
        tag, first, rest = _element(body)
    exponent, _, _ = _element(rest)
    return int.from_bytes(first, "big").bit_length() if tag == 0x02 and exponent == 0x02 else 0


def _element(data: bytes) -> tuple[int, bytes, bytes]:
    """Tag, content and what follows of one DER element; tag 0 where it is cut."""
    if len(data) < 2:
        return 0, b"", b""
    size, start = data[1], 2
    if size >= 0x80:
        count = size & 0x7F
        if not 1 <= count <= 4:
            return 0, b"", b""
        size, start = int.from_bytes(data[2 : 2 + count], "big"), 2 + count
    if len(data) < start + size:
        return 0, b"", b""
    return data[0], data[start : start + size], data[start + size :]


def ask_key(domain: str, selector: str) -> Asking[KeyFound]:
    """Asks for the key of a selector; several records at it may be taken in any order (RFC 6376, 3.6.2.2)."""
    domain, selector = normal(domain), normal(selector)
    answer = yield Question(f"{selector}._domainkey.{domain}", "TXT")
    if answer.failed:
        return KeyFound(domain, selector, Found.UNKNOWN, why=answer.why)
    keys = [key for key in map(read_key, answer.values[:20]) if key is not None]
    if not keys:
        notes = (Note("no_key_record", "what stands there is no key"),) if answer.found else ()
        return KeyFound(domain, selector, Found.NO, notes=notes)
    notes = (Note("several_records", "there are several keys; receivers take any of them"),) if len(keys) > 1 else ()
    return KeyFound(domain, selector, Found.YES, keys[0], notes)
