"""How long 10,000 new hosts take: host name, confirmation, place and two block lists, from real servers behind a delay.

    python bench/lookups.py [--hosts 10000] [--delay-ms 30] [--lists 2]

Knot answers for names, rbldnsd for the lists, both on loopback; a proxy between them and us sends each question on by its
zone and holds each answer back. One in ten hosts has no name, one in ten a name that leads elsewhere, one in twenty is listed.
All this runs in other processes; what is measured is ours alone.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.net.servers import knot, rbldnsd  # noqa: E402 - found by the line above


class Proxy(asyncio.DatagramProtocol):
    """Sends each question to the server that has its zone, and its answer back after the delay."""

    def __init__(self, delay_s: float, names: int, lists: int) -> None:
        self.delay_s, self.names, self.lists = delay_s, names, lists
        self.waiting: dict[int, tuple[bytes, object]] = {}
        self.next = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.front = transport

    async def open(self) -> None:
        """Opens the way to the servers."""
        proxy = self

        class Back(asyncio.DatagramProtocol):
            def datagram_received(self, data: bytes, _addr: object) -> None:
                known = proxy.waiting.pop(int.from_bytes(data[:2], "big"), None)
                if known is not None:
                    asyncio.get_running_loop().call_later(proxy.delay_s, proxy.front.sendto, known[0] + data[2:], known[1])

        loop = asyncio.get_running_loop()
        self.back, _ = await loop.create_datagram_endpoint(Back, local_addr=("127.0.0.1", 0))

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.next = (self.next + 1) & 0xFFFF
        self.waiting[self.next] = (data[:2], addr)
        port = self.lists if b"\x03bl" in data or b"\x02bl" in data else self.names
        self.back.sendto(self.next.to_bytes(2, "big") + data[2:], ("127.0.0.1", port))


async def serve(delay_s: float, names: int, lists: int) -> None:
    """Runs the proxy; prints its port."""
    loop = asyncio.get_running_loop()
    transport, proxy = await loop.create_datagram_endpoint(lambda: Proxy(delay_s, names, lists), local_addr=("127.0.0.1", 0))
    await proxy.open()
    print(transport.get_extra_info("sockname")[1], flush=True)
    await asyncio.Event().wait()


def address(n: int) -> str:
    """The n-th host."""
    return f"11.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"


def zones(hosts: int) -> dict[str, str]:
    """The zones of Knot: names of hosts, and back."""
    forward, reverse = ["ns A 127.0.0.1"], []
    for n in range(hosts):
        octets = address(n).split(".")
        name = f"h-{'-'.join(octets)}"
        if n % 10:
            reverse.append(f"{'.'.join(reversed(octets[1:]))} PTR {name}.example.test.")
            forward.append(f"{name} A {address(n) if n % 10 > 1 else '192.0.2.1'}")
    return {"example.test.": "\n".join(forward), "11.in-addr.arpa.": "\n".join(reverse)}


def lists(hosts: int, count: int) -> dict[str, tuple[str, str]]:
    """The lists of rbldnsd."""
    text = ":127.0.0.2:listed\n127.0.0.2\n" + "".join(f"{address(n)}\n" for n in range(0, hosts, 20))
    return {f"bl{n + 1}.test": ("ip4set", text) for n in range(max(count, 1))}


@contextlib.contextmanager
def resolver(hosts: int, delay_ms: float, count: int) -> Iterator[int]:
    """Both servers and the proxy before them; gives its port."""
    with knot(zones(hosts)) as names_port, rbldnsd(lists(hosts, count)) as lists_port:
        argv = [sys.executable, __file__, "--serve", str(delay_ms), str(names_port), str(lists_port)]
        proxy = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        try:
            assert proxy.stdout is not None
            yield int(proxy.stdout.readline())
        finally:
            proxy.terminate()
            proxy.wait(timeout=20)


def main() -> None:
    """Measures and prints one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, default=10_000)
    parser.add_argument("--delay-ms", type=float, default=30)
    parser.add_argument("--lists", type=int, default=2)
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        delay, names, lists = args.serve
        asyncio.run(serve(float(delay) / 1000, int(names), int(lists)))
        return

    from sekisho.core.terms import Found
    from sekisho.enrich.dnsbl import zones_from
    from sekisho.enrich.gather import Gatherer
    from sekisho.enrich.geo import open_geo
    from sekisho.net.dns import Dns, DnsSettings

    hosts = [address(n) for n in range(args.hosts)]
    asked = zones_from([f"bl{n + 1}.test" for n in range(args.lists)])
    with (
        resolver(args.hosts, args.delay_ms, args.lists) as port,
        Dns(DnsSettings((("127.0.0.1", port),))) as dns,
        open_geo() as geo,
    ):
        began, cpu = time.perf_counter(), time.process_time()
        found = list(Gatherer(geo, dns, asked).look_up(hosts))
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
    named = sum(e.ptr_state is Found.YES for e in found)
    confirmed = sum(e.confirmed is Found.YES for e in found)
    listed = sum(len(e.listed) for e in found)
    answered = sum(e.ptr_state is not Found.UNKNOWN and e.lists_asked == len(asked) for e in found)
    assert answered == args.hosts, f"only {answered} of {args.hosts} hosts were answered in full"
    assert (named, confirmed) == (args.hosts * 9 // 10, args.hosts * 8 // 10), (named, confirmed)
    assert listed == args.lists * -(-args.hosts // 20), listed
    print(f"hosts looked up in full   {answered} ({named} named, {confirmed} confirmed, {listed} listings)")
    print(f"seconds                   {took:.1f}   (CPU {cpu:.1f})")
    print(f"questions a second        {(args.hosts * (1 + len(asked)) + named) / took:.0f}")
    print(f"peak memory               {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
