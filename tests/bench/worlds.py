"""What holds of every labelled world, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import ip_address, ip_network

from bench.accuracy.labels import Truth, World

from sekisho.core.reports.values import AggregateReport, Record
from sekisho.core.terms import Aligned, Class


def rows(world: World) -> Iterator[tuple[str, AggregateReport, Record, Truth]]:
    """Owner, report, record and truth of each row."""
    for owner, report in world.reports:
        for number, record in enumerate(report.rows):
            yield owner, report, record, world.truth[report.reporter, report.report_id, number]


def permits(world: World, name: str, ip: str) -> bool:
    """Whether some term of the record, or of one it includes, names the address: a plainer reading than the world's own."""
    address = ip_address(ip)
    for rtype, text in world.zone.get(name, ()):
        for term in text.split()[1:] if rtype == "TXT" and text.startswith("v=spf1") else ():
            kind, _, value = term.partition(":")
            if kind in ("ip4", "ip6") and address in ip_network(value):
                return True
            if kind == "include" and permits(world, value, ip):
                return True
            if kind == "a" and any(at == ip for rtype, at in world.zone.get(value or name, ()) if rtype in ("A", "AAAA")):
                return True
    return False


def is_in_order(world: World) -> None:
    """Reports come oldest first, and each is about a domain of its owner."""
    begins = [report.begin for _, report in world.reports]
    assert begins == sorted(begins)
    domains = {owner.name: set(owner.domains) for owner in world.owners}
    assert all(report.policy.domain in domains[owner] for owner, report in world.reports)


def said_of(world: World) -> list[object]:
    """All that its reports say, as values that compare."""
    return [
        (r.report_id, r.begin, [(rec.source_ip, rec.count, rec.said.dkim, rec.said.spf) for rec in r.rows])
        for _, r in world.reports
    ]


def repeats_itself(make_world: Callable[..., World], kinds: frozenset[str]) -> None:
    """Equal seeds give equal worlds, and others differ."""
    one, two, other = (make_world(seed, kinds=kinds) for seed in (3, 3, 4))
    assert said_of(one) == said_of(two)
    assert (one.truth, one.zone, one.listings) == (two.truth, two.zone, two.listings)
    assert said_of(one) != said_of(other)


def knows_each_row(world: World) -> None:
    """Every row has its truth, and no truth is left over."""
    keys = [(report.reporter, report.report_id) for _, report in world.reports]
    assert len(keys) == len(set(keys))
    found = list(rows(world))
    assert len(found) == len(world.truth)
    assert all(record.source_ip == truth.source for _, _, record, truth in found)


def is_normal_where_dmarc_passed(world: World) -> None:
    """A row is normal exactly where DMARC passed."""
    for _, _, record, truth in rows(world):
        passed = Aligned.PASS in (record.said.dkim_aligned, record.said.spf_aligned)
        assert passed is (truth.klass is Class.NORMAL), truth
