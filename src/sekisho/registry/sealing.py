"""Secrets at rest: AES-GCM (NIST SP 800-38D) under a key that HKDF (RFC 5869) makes from the key file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings

from sekisho.core.errors import SettingsError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # the library takes 6 MB, which an ingest has no use for

FORMAT = b"\x01"
"""First byte of what is sealed, so that another way can follow."""
NONCE_BYTES = 12


def seal(values: Mapping[str, str], place: str) -> bytes:
    """The values, encrypted and bound to their place: moved to another row they cannot be opened."""
    nonce = os.urandom(NONCE_BYTES)
    plain = json.dumps(dict(values), sort_keys=True).encode()
    return FORMAT + nonce + _cipher().encrypt(nonce, plain, FORMAT + place.encode())


def unseal(sealed: bytes, place: str) -> dict[str, str]:
    """The values again, none for no bytes; raises SettingsError when they were sealed with another key file."""
    if not sealed:
        return {}
    from cryptography.exceptions import InvalidTag

    nonce, body = sealed[len(FORMAT) :][:NONCE_BYTES], sealed[len(FORMAT) + NONCE_BYTES :]
    try:
        plain = _cipher().decrypt(nonce, body, FORMAT + place.encode())
    except (InvalidTag, ValueError):
        raise SettingsError(
            "the secrets cannot be decrypted: the key file is not the one they were kept with; enter them again"
        ) from None
    return {str(name): str(value) for name, value in json.loads(plain).items()}


def _cipher() -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(SHA256(), 32, salt=None, info=b"sekisho secrets at rest 1")
    return AESGCM(derived.derive(settings.SECRET_KEY.encode()))
