"""The DNS of a world served by Knot, its lists by rbldnsd, on loopback, and what the product's gatherer finds there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

from bench.accuracy.labels import World
from tests.net.servers import knot, rbldnsd

from sekisho.core.facts import Evidence
from sekisho.enrich.dnsbl import zones_from
from sekisho.enrich.gather import Gatherer
from sekisho.enrich.geo import open_geo
from sekisho.net.dns import Dns, DnsSettings

LOOKUPS = Path(__file__).resolve().parents[1] / "lookups.py"
"""Its proxy sends questions about lists (below a label `bl` or `bl…` of three letters) to rbldnsd, all others to Knot."""

BROKEN = "@ BROKEN"
"""A zone with this does not load, and Knot answers all questions about it with SERVFAIL."""


def gathered(world: World, addresses: Iterable[str]) -> dict[str, Evidence]:
    """The evidence on the addresses, asked of real servers."""
    asked = zones_from(world.listings)
    with (
        resolver(world) as port,
        Dns(DnsSettings((("127.0.0.1", port),), timeout_s=1.0, lifetime_s=2.0)) as dns,
        open_geo() as geo,
    ):
        return {evidence.address: evidence for evidence in Gatherer(geo, dns, asked).look_up(sorted(addresses))}


@contextmanager
def resolver(world: World) -> Iterator[int]:
    """The port on loopback where the DNS and the lists of a world answer."""
    with knot(_zones(world)) as names, rbldnsd(_lists(world)) as lists:
        argv = [sys.executable, str(LOOKUPS), "--serve", "0", str(names), str(lists)]
        with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as proxy:  # closes what it reads from
            try:
                assert proxy.stdout is not None
                yield int(proxy.stdout.readline())
            finally:
                proxy.terminate()


def _zones(world: World) -> dict[str, str]:
    """A zone file for each last label."""
    zones: dict[str, list[str]] = {}
    for name, records in world.zone.items():
        lines = zones.setdefault(name.rpartition(".")[2] + ".", [])
        for rtype, text in records:
            if rtype == "SERVFAIL":
                zones[f"{name}."] = [BROKEN]
            else:
                lines.append(f"{name}. {rtype} {_quoted(text) if rtype == 'TXT' else text}")
    return {zone: "\n".join(lines) for zone, lines in zones.items()}


def _quoted(text: str) -> str:
    """A TXT value in strings of at most 255 octets."""
    return " ".join('"' + text[at : at + 250].replace('"', '\\"').replace(";", "\\;") + '"' for at in range(0, len(text), 250))


def _lists(world: World) -> dict[str, tuple[str, str]]:
    lists = {}
    for zone, listed in world.listings.items():
        lists[f"{zone}#4"] = ("ip4set", ":127.0.0.2:listed\n127.0.0.2\n" + "".join(f"{a}\n" for a in sorted(listed) if "." in a))
        six = [a for a in sorted(listed) if ip_address(a).version == 6]
        lists[f"{zone}#6"] = ("ip6trie", ":127.0.0.2:listed\n::ffff:7f00:2\n" + "".join(f"{a}\n" for a in six))
    return lists
