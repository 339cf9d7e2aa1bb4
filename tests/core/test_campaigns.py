"""Campaigns: who began together and has something in common, told as stories."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.campaigns import Beginning, cluster, traits
from sekisho.core.facts import Way
from sekisho.core.reports.values import DkimAuth
from sekisho.core.terms import AuthResult

DAY = 20_700
UNSIGNED = Way("example.com", "example.com", (), (), ())
BOUNCE = Way("example.com", "bulk.example.net", (), (), ())


def source(number: int, day: int = DAY, *, network: str = "", way: Way = UNSIGNED, domain: str = "example.com") -> Beginning:
    """A source without a name in a network of its own."""
    address = f"198.51.{number}.1"
    network = network or f"198.51.{number}.0/24"
    return Beginning(address, "unknown", network, 0, "", "", (domain,), (way,), day, day + 3, 10 + number)


def test_sources_with_one_foreign_envelope_that_began_together_are_one_campaign() -> None:
    (campaign,) = cluster([source(1, way=BOUNCE), source(2, DAY + 1, way=BOUNCE), source(3, way=BOUNCE)])
    assert [s.source_ip for s in campaign.sources] == ["198.51.3.1", "198.51.2.1", "198.51.1.1"]
    assert campaign.traits == ("envelope:example.net",)
    assert (campaign.first_day, campaign.last_day, campaign.messages) == (DAY, DAY + 4, 36)


def test_mail_that_merely_has_no_signature_binds_nobody() -> None:
    assert traits(source(1)) == {"network:198.51.1.0/24"}
    assert cluster([source(n) for n in range(50)]) == []


def test_two_are_chance_and_later_ones_begin_another() -> None:
    assert cluster([source(1, way=BOUNCE), source(2, way=BOUNCE)]) == []
    found = cluster([source(n, DAY + 10 * (n % 2), way=BOUNCE) for n in range(6)])
    assert [c.first_day for c in found] == [DAY + 10, DAY]


def test_a_slow_drip_does_not_grow_into_one_campaign_for_ever() -> None:
    found = cluster([source(n, DAY + n // 3, way=BOUNCE) for n in range(30)])
    assert all(max(s.first_day for s in c.sources) - c.first_day <= 1 for c in found)


def test_forging_another_domain_is_another_campaign() -> None:
    sources = [source(n, way=BOUNCE, domain=f"d{n % 2}.example") for n in range(6)]
    assert sorted(c.domains for c in cluster(sources)) == [("d0.example",), ("d1.example",)]


def test_a_source_that_shares_with_two_makes_them_one() -> None:
    net, key = "203.0.113.0/24", Way("example.com", "example.com", (DkimAuth("example.com", "made-up", AuthResult.FAIL),), (), ())
    first = [source(n, network=net) for n in (1, 2, 3)] + [source(n, way=key) for n in (4, 5, 6)]
    assert len(cluster(first)) == 2
    (campaign,) = cluster([*first, source(7, DAY + 1, network=net, way=key)])
    assert len(campaign.sources) == 7
    assert set(campaign.traits) == {f"network:{net}", "dkim:made-up._domainkey.example.com"}


def test_the_key_stays_while_it_grows() -> None:
    sources = [source(n, way=BOUNCE) for n in (1, 2, 3)]
    later = [replace_day(source(4, way=BOUNCE), DAY + 1), replace_day(sources[0], DAY)]
    assert cluster(sources)[0].key == cluster([*sources[1:], *later])[0].key


def replace_day(one: Beginning, day: int) -> Beginning:
    """The same source, begun on another day."""
    return one._replace(first_day=day)


some = st.builds(
    source,
    st.integers(0, 60),
    st.integers(DAY, DAY + 6),
    network=st.sampled_from(("", "", "203.0.113.0/24", "192.0.2.0/24")),
    way=st.sampled_from((UNSIGNED, BOUNCE, replace(BOUNCE, envelope_from="other.test"))),
    domain=st.sampled_from(("example.com", "example.org")),
)


@given(st.lists(some, max_size=60, unique_by=lambda s: s.source_ip))
def test_whatever_the_order_each_source_is_in_one_campaign_at_most(sources: list[Beginning]) -> None:
    found = cluster(sources)
    members = [s.source_ip for c in found for s in c.sources]
    assert len(members) == len(set(members))
    assert cluster(sources[::-1]) == found
    assert all(max(s.first_day for s in c.sources) - c.first_day <= 1 for c in found)
