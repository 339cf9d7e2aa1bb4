"""Where an inbox may connect to: anywhere, or to the open internet only, looked at after its name is resolved.

An address that a tenant enters must not lead to what only this machine can reach: its own services, the network around it, the
metadata of a cloud (server-side request forgery). All addresses of the name are looked at before the first packet, so that an
answer does not tell which ports are open, and the connection goes to an address that was looked at, so that a name that
changes meanwhile (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import urlsplit

from sekisho.ingest.errors import IngestError, Trouble
from sekisho.net.http import Http, is_public

PORTS = {"http": 80, "https": 443}
Address = tuple[int, int, int, Any]


def resolve(host: str, port: int) -> list[Address]:
    """Family, kind, protocol and address of each place the name leads to; raises OSError, and IngestError if one is private."""
    found: list[Address] = []
    for family, kind, protocol, _name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not is_public(str(address[0])):
            raise IngestError(Trouble.PRIVATE, f"{host}:{port}")
        found.append((family, kind, protocol, address))
    return found


def connect(host: str, port: int, timeout_s: float | None, *, only_public: bool) -> socket.socket:
    """A connection; raises OSError, and IngestError before anything is sent where `only_public` forbids it."""
    if not only_public:
        return socket.create_connection((host, port), timeout_s)
    failed: OSError = OSError(f"{host} has no address")
    for family, kind, protocol, address in resolve(host, port):
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(timeout_s)
            made.connect(address)
        except OSError as error:
            made.close()
            failed = error
        else:
            return made
    raise failed


class PublicHttp(Http):
    """A client for the open internet only; every new host is looked at before it is asked, every connection once more."""

    def __init__(self, ca_file: str = "", *, may_be_plain: bool = False) -> None:
        super().__init__(ca_file, may_be_plain=may_be_plain, only_public=True)
        self._seen: set[tuple[str, int]] = set()

    def look_at(self, url: str) -> None:
        """Raises IngestError for an address that leads into a private network; one that cannot be resolved fails later."""
        parts = urlsplit(url)
        try:
            place = (parts.hostname or "", parts.port or PORTS.get(parts.scheme, 443))
            if place not in self._seen:
                resolve(*place)
                self._seen.add(place)
        except (OSError, ValueError):
            return


def client(ca_file: str = "", *, may_be_plain: bool = False, only_public: bool = False) -> Http:
    """A client that goes everywhere, or to the open internet only."""
    if only_public:
        return PublicHttp(ca_file, may_be_plain=may_be_plain)
    return Http(ca_file, may_be_plain=may_be_plain)
