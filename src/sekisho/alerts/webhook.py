"""Messages to programs: JSON by HTTPS, signed as in the Standard Webhooks specification 1.0."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from http import HTTPStatus

from sekisho.alerts.message import Message, SendFailed
from sekisho.net.http import Http, HttpFailed, Patience

PATIENCE = Patience(connect_s=10, read_s=20, deadline_s=30)
MAX_BYTES = 64 << 10
"""Of an answer; nothing in it is used."""
FOR_GOOD = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.METHOD_NOT_ALLOWED)
PREFIX = "whsec_"


def send(url: str, key: str, message: Message, *, number: str, at: int, only_public: bool) -> str:
    """Posts the message; raises SendFailed. `number` is the same in each attempt, so that a receiver can drop a second one."""
    body = json.dumps(dict(message.data), ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Content-Type": "application/json", **signed(key, number, at, body)}
    client = Http(only_public=only_public, patience=PATIENCE)
    try:
        answer = client.ask("POST", url, headers=headers, body=body, max_bytes=MAX_BYTES)
    except HttpFailed as error:
        raise SendFailed(str(error), permanent=error.permanent) from error
    finally:
        client.close()
    if not answer.is_good:
        raise SendFailed(f"HTTP {answer.status}", permanent=answer.status in FOR_GOOD)
    return f"HTTP {answer.status}"


def signed(key: str, number: str, at: int, body: bytes) -> Mapping[str, str]:
    """The three headers by which a receiver knows that the message is ours, whole and new."""
    secret = base64.b64decode(key.removeprefix(PREFIX))
    digest = hmac.new(secret, b"%s.%d.%s" % (number.encode(), at, body), hashlib.sha256).digest()
    return {
        "webhook-id": number,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
