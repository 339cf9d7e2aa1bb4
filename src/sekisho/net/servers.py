"""Carries DNS messages to resolvers: UDP with TCP for what is cut short, several servers, time-outs (RFC 1035, RFC 7766)."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from typing import Any

import dns.asyncbackend
import dns.asyncquery
import dns.exception
import dns.inet
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype

from sekisho.core.errors import LookupFailed

PAYLOAD = 1232
"""Octets of a UDP answer that no usual path breaks into pieces (the DNS flag day 2020)."""

ROUNDS = 2
"""A question goes to each server at most so often when it stays silent."""

RESTS_S = 30
"""A silent server is asked last for so long."""

MAX_USES = 32
"""Questions for which one UDP socket is used: a port that lives long can be found out and answered by a forger (RFC 5452, 4.5)."""

SHORT = frozenset({dns.rdatatype.A, dns.rdatatype.AAAA, dns.rdatatype.PTR})
"""Types whose answers fit without EDNS; half a million of such questions are cheaper by a tenth. The rare long one goes by TCP."""

NO_EDNS = frozenset({dns.rcode.FORMERR, dns.rcode.NOTIMP, dns.rcode.BADVERS})
"""What a server says that does not know EDNS (RFC 6891, 7)."""


class NoReply(LookupFailed):
    """No server gave an answer that settles the question."""


@dataclass(slots=True)
class _Line:
    """One UDP socket and how often it was used."""

    sock: Any
    """dnspython's `DatagramSocket`, which it does not export to type checkers."""
    uses: int = 0


@dataclass(slots=True)
class _Server:
    """One resolver."""

    host: str
    port: int
    free: list[_Line] = field(default_factory=list)
    rests_until: float = 0.0
    speaks_edns: bool = True

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Servers:
    """The resolvers of one event loop."""

    def __init__(self, servers: tuple[tuple[str, int], ...], *, timeout_s: float, lifetime_s: float) -> None:
        self._servers = [_Server(host, port) for host, port in servers]
        self._timeout_s = timeout_s
        self._lifetime_s = lifetime_s
        self._backend = dns.asyncbackend.get_backend("asyncio")
        self.silent = 0
        """Questions in a row to which nobody replied at all."""

    async def exchange(self, name: dns.name.Name, rtype: dns.rdatatype.RdataType) -> dns.message.QueryMessage:
        """A reply with NOERROR or NXDOMAIN to this very question; raises NoReply with what each server did instead.

        1. Servers in order, those that rest last; a silent one may be asked again in the second round.
        2. A reply with another code is not asked for twice: the server has said what it can say.
        3. All within the lifetime.
        """
        ends = self._now() + self._lifetime_s
        said: dict[str, str] = {}
        spoken: set[str] = set()
        for _ in range(ROUNDS):
            for server in sorted(self._servers, key=lambda s: s.rests_until > self._now()):
                left = ends - self._now()
                if left <= 0 or str(server) in spoken:
                    continue
                try:
                    reply = await self._ask(server, name, rtype, min(self._timeout_s, left))
                except (dns.exception.DNSException, OSError, EOFError) as error:
                    said[str(server)] = (
                        "timed out" if isinstance(error, dns.exception.Timeout) else f"failed ({type(error).__name__})"
                    )
                    server.rests_until = self._now() + RESTS_S
                    continue
                server.rests_until = 0.0
                self.silent = 0
                spoken.add(str(server))
                if reply.rcode() in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
                    return reply
                said[str(server)] = dns.rcode.to_text(reply.rcode())
        if not spoken:
            self.silent += 1
        raise NoReply(", ".join(f"{server} {what}" for server, what in said.items()) or "no resolver is known")

    async def replies(self) -> bool:
        """Whether any server replies to a question on the root, whatever it says."""
        before = self.silent
        try:
            await self.exchange(dns.name.root, dns.rdatatype.NS)
        except NoReply:
            return self.silent <= before
        return True

    async def _ask(
        self, server: _Server, name: dns.name.Name, rtype: dns.rdatatype.RdataType, timeout_s: float
    ) -> dns.message.QueryMessage:
        edns = server.speaks_edns and rtype not in SHORT
        reply = await self._send(server, _query(name, rtype, edns=edns), timeout_s)
        if edns and reply.rcode() in NO_EDNS:
            server.speaks_edns = False
            reply = await self._send(server, _query(name, rtype, edns=False), timeout_s)
        return reply

    async def _send(self, server: _Server, query: dns.message.QueryMessage, timeout_s: float) -> dns.message.QueryMessage:
        """One message over UDP, over TCP where the answer is cut short. dnspython checks id, question and sender."""
        line = server.free.pop() if server.free else await self._open(server)
        line.uses += 1
        sound = False
        try:
            reply, _ = await dns.asyncquery.udp_with_fallback(
                query,
                server.host,
                timeout_s,
                server.port,
                ignore_unexpected=True,
                ignore_errors=True,
                udp_sock=line.sock,
                backend=self._backend,
            )
            sound = True
        finally:
            if sound and line.uses < MAX_USES:
                server.free.append(line)
            else:
                await line.sock.close()
        assert isinstance(reply, dns.message.QueryMessage)
        return reply

    async def _open(self, server: _Server) -> _Line:
        family = dns.inet.af_for_address(server.host)
        destination = (server.host, server.port)
        return _Line(await self._backend.make_socket(family, socket.SOCK_DGRAM, 0, None, destination))  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Closes the sockets that nobody uses."""
        for server in self._servers:
            while server.free:
                await server.free.pop().sock.close()

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _query(name: dns.name.Name, rtype: dns.rdatatype.RdataType, *, edns: bool) -> dns.message.QueryMessage:
    if edns:
        return dns.message.make_query(name, rtype, use_edns=0, payload=PAYLOAD)
    return dns.message.make_query(name, rtype)
