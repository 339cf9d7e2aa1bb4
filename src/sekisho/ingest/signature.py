"""AWS Signature Version 4 for S3, by headers: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class Key:
    """Who signs, and for which region."""

    access_key: str
    secret_key: str = field(repr=False)
    region: str
    session_token: str = field(default="", repr=False)


def query_text(query: Mapping[str, str]) -> str:
    """The query as it is both sent and signed: sorted, and quoted as RFC 3986 has it."""
    quoted = sorted((quote(k, safe="~"), quote(v, safe="~")) for k, v in query.items())
    return "&".join(f"{k}={v}" for k, v in quoted)


def path_text(path: str) -> str:
    """A path as it is both sent and signed."""
    return quote(path, safe="/~")


def signed(key: Key, method: str, url: str, headers: Mapping[str, str], body: bytes, now: datetime) -> dict[str, str]:
    """The headers with those of the signature, for a URL made with `path_text` and `query_text`."""
    parts = urlsplit(url)
    moment = now.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{moment[:8]}/{key.region}/s3/aws4_request"
    digest = sha256(body).hexdigest()
    out = {**headers, "host": parts.netloc, "x-amz-date": moment, "x-amz-content-sha256": digest}
    if key.session_token:
        out["x-amz-security-token"] = key.session_token
    names = sorted(name.lower() for name in out)
    lower = {name.lower(): " ".join(value.split()) for name, value in out.items()}
    fields = "".join(f"{name}:{lower[name]}\n" for name in names)
    request = "\n".join([method, parts.path or "/", parts.query, fields, ";".join(names), digest])
    text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, sha256(request.encode()).hexdigest()])
    secret = f"AWS4{key.secret_key}".encode()
    for part in scope.split("/"):
        secret = hmac.new(secret, part.encode(), sha256).digest()
    signature = hmac.new(secret, text.encode(), sha256).hexdigest()
    credential = f"Credential={key.access_key}/{scope}"
    out["authorization"] = f"AWS4-HMAC-SHA256 {credential},SignedHeaders={';'.join(names)},Signature={signature}"
    return out
