"""HTTP for machines: bounded bodies, deadlines, checked certificates, no redirects, nothing decoded behind one's back."""

from __future__ import annotations

import json
import logging
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from sekisho.core.errors import LookupFailed

CONNECT_S = 15
READ_S = 60
DEADLINE_S = 300
"""For one whole answer: a server that drips is cut off."""
CHUNK = 64 << 10
CONNECTIONS = 4
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Fault(StrEnum):
    """Why there is no answer."""

    NAME = "name"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    CUT = "cut"
    TOO_LARGE = "too_large"
    URL = "url"


class HttpFailed(LookupFailed):
    """There is no answer, or none that can be used."""

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message, permanent=fault is Fault.URL)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of any status; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def is_good(self) -> bool:
        """Whether the status is 2xx."""
        return self.status // 100 == HTTPStatus.OK // 100

    @property
    def retry_after_s(self) -> float:
        """Seconds the server wants to be left alone; 0 when it does not say (dates, RFC 9110, 10.2.3, are not used by APIs)."""
        text = self.headers.get("retry-after", "")
        return float(text) if text.isascii() and text.isdigit() else 0

    def json(self) -> dict[str, Any]:
        """The object in the body; empty when there is none."""
        try:
            found = json.loads(self.data)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take, in seconds."""

    connect_s: float = CONNECT_S
    read_s: float = READ_S
    """Between two pieces."""
    deadline_s: float = DEADLINE_S
    """In all."""


class Http:
    """A client with a few kept connections; threads may share it."""

    def __init__(
        self, ca_file: str = "", *, may_be_plain: bool = False, only_public: bool = False, patience: Patience | None = None
    ) -> None:
        """`may_be_plain` allows `http://` to other machines, for requests that carry no secret.

        `only_public` is for addresses that a stranger names: nothing is said to a machine on a private network, whatever
        name leads there.
        """
        self._may_be_plain = may_be_plain
        self._only_public = only_public
        self._patience = patience or Patience()
        logging.getLogger("urllib3").setLevel(logging.ERROR)  # it tells whole addresses, with what is secret in them
        context = ssl.create_default_context()
        if ca_file:
            context.load_verify_locations(ca_file)
        self._pool = urllib3.PoolManager(
            maxsize=CONNECTIONS,
            ssl_context=context,
            timeout=urllib3.Timeout(connect=self._patience.connect_s, read=self._patience.read_s),
            # once more for a kept connection that the server has closed meanwhile
            retries=urllib3.Retry(total=1, redirect=0, status=0, respect_retry_after_header=False),
            headers={"User-Agent": "sekisho", "Accept-Encoding": "identity"},
        )
        if only_public:
            self._pool.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicPools}

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        max_bytes: int = 4 << 20,
    ) -> Answer:
        """The answer; raises HttpFailed, also for a body over `max_bytes` and for `http://` to another machine."""
        parts = urlsplit(url)
        is_plain = parts.scheme == "http" and bool(parts.hostname)
        is_near = parts.hostname in LOOPBACK and not self._only_public
        if parts.scheme != "https" and not (is_plain and (self._may_be_plain or is_near)):
            raise HttpFailed(Fault.URL, "only https:// is asked")
        given = {**self._pool.headers, **(headers or {})}
        try:
            response = self._pool.request(
                method, url, headers=given, body=body, preload_content=False, decode_content=False, redirect=False
            )
            try:
                _check_length(response)
                data = _read(response, max_bytes, self._patience.deadline_s)
            finally:
                response.drain_conn() if response.length_remaining == 0 else response.close()
                response.release_conn()
        except (HTTPError, ValueError) as error:
            raise _failed(error) from error
        return Answer(response.status, {name.lower(): value for name, value in response.headers.items()}, data)

    def close(self) -> None:
        """Ends the connections."""
        self._pool.clear()


def is_public(address: str) -> bool:
    """Whether the address (without a port) is one of the open internet, to which a stranger may send us."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    ip = _carried(ip) if isinstance(ip, IPv6Address) else ip
    return ip.is_global and not ip.is_multicast and not getattr(ip, "is_site_local", False)


_CARRYING = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""What a translator (RFC 6052, 2.1) takes for an IPv4 address in its last 32 bits, and what once was one (RFC 4291, 2.5.5.1)."""


def _carried(ip: IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address leads to, or itself; `::` and `::1` stay what they are."""
    found = ip.ipv4_mapped or ip.sixtofour
    if found is None and int(ip) > 1 and any(ip in network for network in _CARRYING):
        found = IPv4Address(int(ip) & 0xFFFFFFFF)
    return found or ip


class _Public(HTTPConnection):
    """A connection that looks where it leads.

    Before the first packet, so that an answer does not tell which private ports are open; and again before anything is said,
    since the name may have changed meanwhile (DNS rebinding).
    """

    def _new_conn(self) -> socket.socket:
        try:
            places = socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise NameResolutionError(self.host, self, error) from error  # type: ignore[arg-type]
        for *_kind, address in places:
            self._look_at(str(address[0]))
        sock = super()._new_conn()
        try:
            self._look_at(str(sock.getpeername()[0]))
        except (OSError, NewConnectionError):
            sock.close()
            raise
        return sock

    def _look_at(self, address: str) -> None:
        if not is_public(address):
            raise NewConnectionError(self, f"{self.host} leads to {address}, which is on a private network")


class _PublicTls(_Public, HTTPSConnection):
    """The same for `https://`."""


class _PublicPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Public


class _PublicPools(urllib3.HTTPSConnectionPool):
    ConnectionCls = _PublicTls


def _check_length(response: urllib3.BaseHTTPResponse) -> None:
    """A connection cut within the headers looks like an answer that ends with its connection, so such answers are not taken."""
    told = (
        response.headers.get("content-length", "").isdigit() or response.headers.get("transfer-encoding", "").lower() == "chunked"
    )
    if not told and response.status != HTTPStatus.NO_CONTENT:
        raise HttpFailed(Fault.CUT, "the answer does not tell its length")


def _read(response: urllib3.BaseHTTPResponse, max_bytes: int, deadline_s: float) -> bytes:
    end = time.monotonic() + deadline_s
    parts: list[bytes] = []
    total = 0
    while part := response.read(CHUNK, decode_content=False):
        parts.append(part)
        total += len(part)
        if total > max_bytes:
            raise HttpFailed(Fault.TOO_LARGE, f"the answer is larger than {max_bytes} bytes")
        if time.monotonic() > end:
            raise HttpFailed(Fault.TIMEOUT, f"the answer took more than {deadline_s:g} s")
    return b"".join(parts)


FAULTS = (
    (NameResolutionError, Fault.NAME),
    (NewConnectionError, Fault.CONNECT),
    (SSLError, Fault.TLS),
    (ConnectTimeoutError, Fault.TIMEOUT),
    (ReadTimeoutError, Fault.TIMEOUT),
    (ProtocolError, Fault.CUT),
)


def _failed(error: Exception) -> HttpFailed:
    if isinstance(error, MaxRetryError) and error.reason is not None:
        return _failed(error.reason)
    fault = next((fault for kind, fault in FAULTS if isinstance(error, kind)), Fault.URL)
    return HttpFailed(fault, str(error))
