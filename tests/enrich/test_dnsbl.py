"""DNS lists: what an answer means, and which lists may be believed."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from sekisho.core.errors import SettingsError
from sekisho.core.questions import FAILED, NODATA, NXDOMAIN, Answer, found
from sekisho.enrich.dnsbl import MAX_ZONES, Health, Listings, Said, Zone, ZoneState, listings, read, self_test, zones_from
from tests.enrich.table import Table, from_table

BL, OTHER = Zone("bl.test", "bl.test"), Zone("other.test", "other.test")
V6 = "2.0.0.0.0.0.f.7.f.f.f.f" + ".0" * 20
V6_OUT = "1" + V6[1:]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (found("127.0.0.2"), Said.LISTED),
        (found("127.0.0.10", "127.0.0.4"), Said.LISTED),
        (found("127.255.254.9"), Said.LISTED),
        (NXDOMAIN, Said.CLEAN),
        (NODATA, Said.CLEAN),
        (FAILED, Said.UNKNOWN),
        (found("127.255.255.254"), Said.REFUSED),
        (found("127.255.255.252"), Said.REFUSED),
        (found("127.0.0.2", "127.255.255.255"), Said.REFUSED),
        (found("203.0.113.80"), Said.NONSENSE),
        (found("203.0.113.80", "127.0.0.2"), Said.LISTED),
    ],
)
def test_only_values_of_lists_mean_listed(answer: Answer, said: Said) -> None:
    assert read(answer) is said


def test_lists_that_do_not_answer_are_not_counted() -> None:
    zones = [Zone(f"{name}.test", name) for name in ("has", "clean", "dead", "refuses", "parked")]
    table: Table = {
        ("7.2.0.192.has.test", "A"): "127.0.0.2",
        ("7.2.0.192.dead.test", "A"): FAILED,
        ("7.2.0.192.refuses.test", "A"): "127.255.255.254",
        ("7.2.0.192.parked.test", "A"): "203.0.113.1",
    }
    told, asked = from_table(listings(ip_address("192.0.2.7"), zones), table)
    assert told == Listings(("has",), ("clean",), (zones[3],))
    assert told.asked == 2
    assert len(asked) == 5


SOUND: Table = {
    ("2.0.0.127.bl.test", "A"): "127.0.0.2",
    (f"{V6}.bl.test", "A"): "127.0.0.2",
}


@pytest.mark.parametrize(
    ("what", "table", "v4", "v6"),
    [
        ("sound", SOUND, Health.SOUND, Health.SOUND),
        ("IPv4 only", {("2.0.0.127.bl.test", "A"): "127.0.0.2"}, Health.SOUND, Health.NOT_A_LIST),
        ("no list", {}, Health.NOT_A_LIST, Health.NOT_A_LIST),
        ("dead", {("2.0.0.127.bl.test", "A"): FAILED}, Health.NO_ANSWER, Health.NOT_A_LIST),
        ("refuses", {("2.0.0.127.bl.test", "A"): "127.255.255.254"}, Health.REFUSED, Health.NOT_A_LIST),
        ("parked", {("2.0.0.127.bl.test", "A"): "203.0.113.1"}, Health.NOT_A_LIST, Health.NOT_A_LIST),
        ("closed: lists all", {**SOUND, ("1.0.0.127.bl.test", "A"): "127.0.0.2"}, Health.LISTS_ALL, Health.SOUND),
        ("lists all of IPv6", {**SOUND, (f"{V6_OUT}.bl.test", "A"): "127.0.0.2"}, Health.SOUND, Health.LISTS_ALL),
        ("second half dead", {**SOUND, ("1.0.0.127.bl.test", "A"): FAILED}, Health.NO_ANSWER, Health.SOUND),
    ],
)
def test_the_self_test_tells_whether_a_list_may_be_believed(what: str, table: Table, v4: Health, v6: Health) -> None:
    state, _ = from_table(self_test(BL, 5), table)
    assert state == ZoneState(BL, v4, v6, 5)
    assert state.is_sound == (Health.SOUND in (v4, v6))


def test_zones_are_read_from_names_and_keys_are_hidden() -> None:
    zones = zones_from(["BL.test.", "bl.test", "abcdefghij0123456789xyzw.zen.dq.example.org"])
    assert zones == (BL, Zone("abcdefghij0123456789xyzw.zen.dq.example.org", "zen.dq.example.org"))


@pytest.mark.parametrize("name", ["bl", "bl test.example", "https://bl.test/", "a" * 64 + ".test", ".".join(["abcdefghi"] * 20)])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="SEKISHO_DNSBL_ZONES"):
        zones_from([name])


def test_too_many_lists_are_refused() -> None:
    with pytest.raises(SettingsError, match=f"at most {MAX_ZONES}"):
        zones_from(f"bl{n}.test" for n in range(MAX_ZONES + 1))
