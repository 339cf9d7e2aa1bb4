"""Places and networks from MMDB files of every shape."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.facts import Place
from sekisho.enrich.geo import UNKNOWN, Geo, GeoSource, open_geo
from tests.enrich.mmdb import write_mmdb

IPINFO = {
    "asn": "AS64500",
    "as_name": "Example Networks",
    "as_domain": "Example.NET",
    "country": "Japan",
    "country_code": "JP",
    "continent_code": "AS",
}
MAXMIND = {
    "country": {"iso_code": "JP", "names": {"en": "Japan"}},
    "city": {"names": {"en": "Osaka", "ja": "大阪市"}},
    "location": {"latitude": 34.6937, "longitude": 135.5023},
}
IP_LOCATION_DB = {
    "country_code": "JP",
    "city": "Chiyoda City (Marunouchi)",
    "state1": "Tokyo",
    "latitude": 35.69061,
    "longitude": 139.77,
}


def geo_of(folder: Path, *databases: dict[str, object]) -> Geo:
    """A `Geo` of databases, in order."""
    geo = Geo([write_mmdb(folder / f"{n}.mmdb", networks) for n, networks in enumerate(databases)])
    assert geo.problems == []
    return geo


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (IPINFO, (Place("JP"), 64500, "Example Networks", "example.net")),
        ({"country": "US", "asn": "64501", "name": "Old", "domain": "old.example"}, (Place("US"), 64501, "Old", "old.example")),
        (MAXMIND, (Place("JP", "Osaka", 34.6937, 135.5023), 0, "", "")),
        ({"registered_country": {"iso_code": "DE"}}, (Place("DE"), 0, "", "")),
        (IP_LOCATION_DB, (Place("JP", "Chiyoda City", 35.6906, 139.77), 0, "", "")),
        (
            {"autonomous_system_number": 64502, "autonomous_system_organization": "ASN file"},
            (Place(), 64502, "ASN file", ""),
        ),
        ({"country_code": "ZZ", "latitude": 0.0, "longitude": 0.0}, (Place(), 0, "", "")),
        ({"country_code": "JP", "city": "", "latitude": 0.0, "longitude": 0.0}, (Place("JP"), 0, "", "")),
        ({"country_code": "JP", "latitude": 95.0, "longitude": 10.0}, (Place("JP"), 0, "", "")),
        ({"country_code": 5, "city": ["x"], "asn": "ASX", "as_name": {}, "latitude": "north"}, (Place(), 0, "", "")),
        ({"asn": "AS99999999999", "country_code": "J1"}, (Place(), 0, "", "")),
        ({"country": {"iso_code": ["JP"]}, "city": "text", "location": []}, (Place(), 0, "", "")),
    ],
)
def test_every_shape_gives_the_same_value(tmp_path: Path, record: dict[str, object], expected: tuple[object, ...]) -> None:
    assert geo_of(tmp_path, {"192.0.2.0/24": record}).lookup("192.0.2.7") == expected


def test_a_city_file_adds_the_city_to_the_network_of_another(tmp_path: Path) -> None:
    geo = geo_of(tmp_path, {"192.0.2.0/24": IPINFO}, {"192.0.2.0/25": IP_LOCATION_DB})
    assert geo.lookup("192.0.2.7") == (Place("JP", "Chiyoda City", 35.6906, 139.77), 64500, "Example Networks", "example.net")
    assert geo.lookup("192.0.2.200").place == Place("JP")


def test_a_city_in_another_country_than_the_first_file_says_is_left_out(tmp_path: Path) -> None:
    geo = geo_of(tmp_path, {"192.0.2.0/24": {**IPINFO, "country_code": "FI"}}, {"192.0.2.0/24": IP_LOCATION_DB})
    assert geo.lookup("192.0.2.7").place == Place("FI")


def test_the_first_file_wins_over_the_later(tmp_path: Path) -> None:
    geo = geo_of(tmp_path, {"192.0.2.0/24": MAXMIND}, {"192.0.2.0/24": IPINFO}, {"192.0.2.0/24": IP_LOCATION_DB})
    assert geo.lookup("192.0.2.7") == (Place("JP", "Osaka", 34.6937, 135.5023), 64500, "Example Networks", "example.net")


def test_ipv6_and_mapped_addresses_are_found(tmp_path: Path) -> None:
    geo = geo_of(tmp_path, {"2001:db8::/32": IPINFO, "192.0.2.0/24": MAXMIND})
    assert geo.lookup("2001:db8::1").asn == 64500
    assert geo.lookup("::ffff:192.0.2.7").place.city == "Osaka"


def test_files_of_one_family_answer_only_that_family(tmp_path: Path) -> None:
    four = write_mmdb(tmp_path / "4.mmdb", {"192.0.2.0/24": IP_LOCATION_DB}, kind="city ipv4", version=4)
    six = write_mmdb(tmp_path / "6.mmdb", {"2001:db8::/32": MAXMIND}, kind="city ipv6")
    geo = Geo([four, six])
    assert geo.lookup("192.0.2.7").place.city == "Chiyoda City"
    assert geo.lookup("2001:db8::1").place.city == "Osaka"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "junk",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.07x",
        "fe80::1%eth0",
        "192.0.2.1/24",
        "１９２.0.2.1",
        "a\0b",
        "::g",
        "x" * 9999,
    ],
)
def test_text_that_is_no_address_is_unknown(tmp_path: Path, text: str) -> None:
    assert geo_of(tmp_path, {"0.0.0.0/0": IPINFO}).lookup(text) == UNKNOWN


def test_a_missing_or_broken_file_is_named_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "broken.mmdb").write_bytes(b"no database at all")
    good = write_mmdb(tmp_path / "good.mmdb", {"192.0.2.0/24": IPINFO})
    geo = Geo([tmp_path / "missing.mmdb", tmp_path / "broken.mmdb", good])
    assert geo.lookup("192.0.2.1").asn == 64500
    assert [problem.split(" ")[0].rsplit("/", 1)[1] for problem in geo.problems] == ["missing.mmdb", "broken.mmdb"]


def test_a_damaged_file_is_unknown_and_raises_nothing(tmp_path: Path) -> None:
    whole = write_mmdb(tmp_path / "whole.mmdb", {"192.0.2.0/24": IPINFO}).read_bytes()
    at = whole.index(b"as_name") - 1
    path = tmp_path / "damaged.mmdb"
    path.write_bytes(whole[:at] + b"\xff" * 40 + whole[at + 40 :])
    assert Geo([path]).lookup("192.0.2.1") == UNKNOWN


def test_without_sekisho_data_the_own_files_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sekisho_data", None)
    geo = open_geo([write_mmdb(tmp_path / "own.mmdb", {"192.0.2.0/24": IPINFO})])
    assert geo.lookup("192.0.2.1").asn == 64500
    assert [problem.partition(":")[0] for problem in geo.problems] == ["sekisho-data is not there"]


def test_without_files_everything_is_unknown() -> None:
    assert Geo([]).lookup("192.0.2.1") == UNKNOWN


def test_the_databases_are_named_with_their_dates(tmp_path: Path) -> None:
    named = GeoSource("Made Up", "CC0-1.0", "by Made Up", "https://example.test", date(2026, 1, 2))
    paths = [write_mmdb(tmp_path / name, {"192.0.2.0/24": IPINFO}) for name in ("own.mmdb", "a.mmdb", "b.mmdb")]
    geo = Geo(paths, {"a.mmdb": named, "b.mmdb": named})
    assert geo.sources() == [GeoSource("own.mmdb", "", "", "", date(2026, 9, 21)), named]


@given(text=st.text(max_size=60) | st.ip_addresses().map(str))
def test_no_text_raises(text: str) -> None:
    assert Geo([]).lookup(text) == UNKNOWN
