"""Name servers for tests, all on loopback: Knot and rbldnsd as Debian ships them, and one that misbehaves as told."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdatatype
import dns.rrset
import dns.update
import pytest

Reply = Callable[[dns.message.Message, bool], "list[bytes]"]
"""Makes the datagrams (or TCP messages) that answer a query; the flag tells whether it came over TCP."""

SOA = "$ORIGIN {0}\n$TTL 60\n@ SOA ns.test. hostmaster.test. 1 3600 600 86400 60\n@ NS ns.test.\n"


def free_port() -> int:
    """A port that is free for UDP and TCP on 127.0.0.1."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket() as tcp:
            udp.bind(("127.0.0.1", 0))
            with suppress(OSError):
                tcp.bind(("127.0.0.1", udp.getsockname()[1]))
                return int(udp.getsockname()[1])


def _program(name: str, package: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if not found:
        pytest.fail(f"{name} is not installed: apt-get install {package}, or leave these tests out with -m 'not needs_{package}'")
    return found


def _wait_until_it_answers(port: int, name: str, process: subprocess.Popen[bytes]) -> None:
    query = dns.message.make_query(name, "SOA")
    for _ in range(100):
        if process.poll() is not None:
            break
        with suppress(OSError, dns.exception.DNSException):
            dns.query.udp(query, "127.0.0.1", port=port, timeout=0.2)
            return
        time.sleep(0.02)
    pytest.fail(f"the name server for {name} does not come up")


@contextmanager
def _running(argv: list[str], port: int, name: str) -> Iterator[None]:
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_it_answers(port, name, process)
        yield
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def knot(zones: Mapping[str, str], *, updates: bool = False) -> Iterator[int]:
    """Knot with these zones (name to records) below a root zone without anything; gives its port.

    With `updates` it takes changes from this machine (RFC 2136), see `publish`.
    """
    knotd = _program("knotd", "knot")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="sekisho-knot-") as folder:
        home = Path(folder)
        for name, records in {".": "", **zones}.items():
            (home / f"{name.rstrip('.') or 'root'}.zone").write_text(SOA.format(name) + records + "\n")
        lines = "".join(f"  - domain: {name}\n    file: {name.rstrip('.') or 'root'}.zone\n" for name in (".", *zones))
        user = "    user: root:root\n" if os.geteuid() == 0 else ""
        acl = "acl:\n  - id: change\n    address: 127.0.0.1\n    action: update\n" if updates else ""
        (home / "knot.conf").write_text(
            f'server:\n    listen: 127.0.0.1@{port}\n    rundir: "{home}"\n{user}'
            f'database:\n    storage: "{home}"\n'
            f"{acl}"
            f'template:\n  - id: default\n    storage: "{home}"\n    zonefile-sync: -1\n    semantic-checks: off\n'
            f"{'    acl: change' if updates else ''}\n"
            f"zone:\n{lines}"
        )
        with _running([knotd, "-c", str(home / "knot.conf")], port, "."):
            yield port


def publish(port: int, zone: str, name: str, rtype: str, *values: str) -> None:
    """Puts records in place of those that a name of the zone has, or takes them away, by an update (RFC 2136)."""
    update = dns.update.UpdateMessage(zone)
    update.delete(dns.name.from_text(name), rtype)
    for value in values:
        update.add(dns.name.from_text(name), 1, rtype, value)
    answer = dns.query.tcp(update, "127.0.0.1", port=port, timeout=5)
    assert answer.rcode() == dns.rcode.NOERROR, dns.rcode.to_text(answer.rcode())


@contextmanager
def rbldnsd(lists: Mapping[str, tuple[str, str]]) -> Iterator[int]:
    """rbldnsd with these lists (`zone:kind` to text); gives its port."""
    program = _program("rbldnsd", "rbldnsd")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="sekisho-rbl-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        args = []
        for number, (zone, (kind, text)) in enumerate((z, part) for z, part in lists.items()):
            (home / f"list{number}").write_text("$SOA 60 ns.test hostmaster.test 0 60 60 60 60\n$NS 60 ns.test\n" + text)
            args.append(f"{zone.partition('#')[0]}:{kind}:list{number}")
        user = ["-u", "rbldns"] if getpass.getuser() == "root" else []
        argv = [program, "-n", "-f", *user, "-4", "-b", f"127.0.0.1/{port}", "-w", str(home), "-t", "60", *args]
        with _running(argv, port, next(iter(lists)).partition("#")[0]):
            yield port


class Responder:
    """A name server of a few lines that answers as `reply` tells; `asked` holds what it was asked."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.asked: list[tuple[str, str, str]] = []
        self.edns: list[int] = []
        self.ports: list[int] = []
        self.port = free_port()
        self._stack = ExitStack()

    def __enter__(self) -> Responder:
        udp = self._stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", self.port))
        tcp = self._stack.enter_context(socket.create_server(("127.0.0.1", self.port)))
        self._threads = [
            threading.Thread(target=self._serve_udp, args=(udp,)),
            threading.Thread(target=self._serve_tcp, args=(tcp,)),
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"", ("127.0.0.1", self.port))
        socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self._threads:
            thread.join()
        self._stack.close()

    def _serve_udp(self, sock: socket.socket) -> None:
        while True:
            wire, peer = sock.recvfrom(65535)
            if not wire:
                return
            self.ports.append(peer[1])
            for reply in self.reply(self._noted(wire, "udp"), False):
                sock.sendto(reply, peer)

    def _serve_tcp(self, sock: socket.socket) -> None:
        while True:
            connection, _ = sock.accept()
            with connection, connection.makefile("rwb") as stream:
                size = stream.read(2)
                if not size:
                    return
                wire = stream.read(int.from_bytes(size, "big"))
                for reply in self.reply(self._noted(wire, "tcp"), True):
                    stream.write(len(reply).to_bytes(2, "big") + reply)

    def _noted(self, wire: bytes, way: str) -> dns.message.Message:
        query = dns.message.from_wire(wire)
        question = query.question[0]
        self.asked.append((question.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.rdtype), way))
        self.edns.append(query.edns)
        return query


def says(query: dns.message.Message, *records: str, rcode: int = dns.rcode.NOERROR, authority: str = "") -> dns.message.Message:
    """A reply with records of the question's type at its name, or lines of a zone file."""
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.RA
    reply.set_rcode(dns.rcode.Rcode(rcode))
    question = query.question[0]
    if records:
        reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", question.rdtype, *records))
    if authority:
        name, ttl, kind, data = authority.split(" ", 3)
        reply.authority.append(dns.rrset.from_text(name, int(ttl), "IN", kind, data))
    return reply


def silence(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
    """Says nothing."""
    return []
