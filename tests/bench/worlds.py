"""What holds of every labelled world, whoever wrote it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from ipaddress import ip_address, ip_network

from bench.accuracy.labels import Truth, World

from sekisho.core.reports.values import AggregateReport, Record
from sekisho.core.terms import Aligned, AuthResult, Class, Disposition


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


def treats_what_failed_only(world: World) -> None:
    """Mail that passed is not treated, and policy none treats nothing."""
    for _, report, record, truth in rows(world):
        if truth.klass is Class.NORMAL or report.policy.p == "none":
            assert (record.said.disposition, record.said.reasons) == (Disposition.NONE, ())


def leaves_the_untroubled_alone(world: World) -> None:
    """Untroubled domains have passing and forwarded mail only."""
    untroubled = {domain for owner in world.owners for domain in owner.untroubled}
    classes = Counter(truth.klass for _, report, _, truth in rows(world) if report.policy.domain in untroubled)
    assert set(classes) == {Class.NORMAL, Class.FORWARDED}


def adds_up(world: World) -> None:
    """The messages of a report add up, and addresses are written in one form."""
    for _, report in world.reports:
        assert report.rows.messages == sum(record.count for record in report.rows) > 0
        assert all(record.count > 0 and str(ip_address(record.source_ip)) == record.source_ip for record in report.rows)


def agrees_with_its_zone(world: World) -> None:
    """SPF passes where the record permits the address, and nowhere else."""
    seen = {(record.source_ip, spf.domain, spf.result) for _, _, record, _ in rows(world) for spf in record.said.spf}
    decided = (AuthResult.PASS, AuthResult.FAIL, AuthResult.SOFTFAIL, AuthResult.NEUTRAL)
    assert {result for _, _, result in seen} >= {*decided, AuthResult.NONE, AuthResult.PERMERROR, AuthResult.TEMPERROR}
    wrong = [each for each in seen if each[2] in decided and permits(world, each[1], each[0]) is not (each[2] is AuthResult.PASS)]
    assert wrong == []


def has_one_spf_record_a_name(world: World) -> None:
    """No name has two SPF records, and a dead name has nothing else."""
    for name, records in world.zone.items():
        assert sum(rtype == "TXT" and text.startswith("v=spf1") for rtype, text in records) <= 1, name
        assert len(records) == 1 or "SERVFAIL" not in {rtype for rtype, _ in records}, name


def shares_hosts(world: World) -> None:
    """Hosts are shared by mail of different truth."""
    by_source: dict[str, set[Class]] = defaultdict(set)
    for truth in world.truth.values():
        by_source[truth.source].add(truth.klass)
    for other in (Class.FORWARDED, Class.FAILING):
        assert sum({other, Class.SPOOF} <= classes for classes in by_source.values()) >= 10


def has_lists_that_err(world: World) -> None:
    """Block lists have honest hosts and miss bad ones."""
    listed = frozenset().union(*world.listings.values())
    seen = {(truth.klass, truth.source in listed) for truth in world.truth.values()}
    assert len(seen) == 2 * len(Class)
    assert any(not names for names in world.listings.values())


def has_keys_for_what_passes(world: World) -> None:
    """A signature that passes has a key in the zone."""
    for _, _, record, truth in rows(world):
        for dkim in record.said.dkim:
            if dkim.result is AuthResult.PASS and dkim.selector:
                assert f"{dkim.selector}._domainkey.{dkim.domain}" in world.zone, (dkim, truth)
