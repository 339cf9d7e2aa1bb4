"""How long 10,000 new hosts take: host name, confirmation, place, one block list, from a resolver that answers after 30 ms.

    python bench/lookups.py [--hosts 10000] [--delay-ms 30] [--no-list]

The resolver is a process of its own on loopback. It answers each question after the delay; every host has a name that leads
back to it, so each costs two questions, and one more for the list.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

PTR, A = 12, 1
POINTER = b"\xc0\x0c"
TTL = struct.pack(">I", 3600)


def reply(wire: bytes) -> bytes:
    """The answer to one query, made by hand so that the resolver does not cost what it measures."""
    labels, at = [], 12
    while size := wire[at]:
        labels.append(wire[at + 1 : at + 1 + size])
        at += 1 + size
    kind = int.from_bytes(wire[at + 1 : at + 3], "big")
    question = wire[12 : at + 5]
    data = b""
    if kind == PTR:
        host = b"h-" + b"-".join(reversed(labels[:4]))
        data = bytes([len(host)]) + host + b"\x07example\x04test\x00"
    elif kind == A and labels[0].startswith(b"h-"):
        data = socket.inet_aton(labels[0][2:].decode().replace("-", "."))
    elif kind == A and labels[:4] == [b"2", b"0", b"0", b"127"]:
        data = b"\x7f\0\0\x02"
    if data:
        record = POINTER + struct.pack(">HH", kind, 1) + TTL + struct.pack(">H", len(data)) + data
        return wire[:2] + b"\x81\x80\0\x01\0\x01\0\0\0\0" + question + record
    return wire[:2] + b"\x81\x83\0\x01\0\0\0\0\0\0" + question


class Late(asyncio.DatagramProtocol):
    """Answers after the delay."""

    def __init__(self, delay_s: float) -> None:
        self.delay_s = delay_s

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: object) -> None:
        asyncio.get_running_loop().call_later(self.delay_s, self.transport.sendto, reply(data), addr)


async def serve(delay_s: float) -> None:
    """Runs the resolver; prints its port."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: Late(delay_s), local_addr=("127.0.0.1", 0))
    print(transport.get_extra_info("sockname")[1], flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Measures and prints one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, default=10_000)
    parser.add_argument("--delay-ms", type=float, default=30)
    parser.add_argument("--no-list", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        asyncio.run(serve(args.delay_ms / 1000))
        return

    from sekisho.core.terms import Found
    from sekisho.enrich.dnsbl import zones_from
    from sekisho.enrich.gather import Gatherer
    from sekisho.enrich.geo import open_geo
    from sekisho.net.dns import Dns, DnsSettings

    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", "--delay-ms", str(args.delay_ms)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        hosts = [f"11.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in range(args.hosts)]
        zones = zones_from([] if args.no_list else ["bl.test"])
        with Dns(DnsSettings((("127.0.0.1", port),))) as dns, open_geo() as geo:
            began, cpu = time.perf_counter(), time.process_time()
            found = list(Gatherer(geo, dns, zones).look_up(hosts))
            took, cpu = time.perf_counter() - began, time.process_time() - cpu
            confirmed = sum(e.confirmed is Found.YES and e.lists_asked == len(zones) for e in found)
            began = time.perf_counter()
            for host in hosts:
                geo.lookup(host)
            place_us = (time.perf_counter() - began) / len(hosts) * 1e6
    finally:
        server.terminate()
        server.wait()
    assert confirmed == args.hosts, f"only {confirmed} of {args.hosts} hosts were answered in full"
    print(f"hosts looked up in full   {confirmed}")
    print(f"seconds                   {took:.1f}   (CPU {cpu:.1f})")
    print(f"questions a second        {args.hosts * (2 + len(zones)) / took:.0f}")
    print(f"place and network         {place_us:.1f} µs an address")
    print(f"peak memory               {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
