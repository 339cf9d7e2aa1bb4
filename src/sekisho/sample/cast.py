"""Who plays in the sample world: places, networks and hosts; addresses and AS numbers are those reserved for documentation."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.facts import Evidence, Place
from sekisho.core.terms import Found

PLACES = {
    name: Place(country, name, latitude, longitude)
    for country, name, latitude, longitude in (
        ("JP", "Tokyo", 35.69, 139.69), ("JP", "Osaka", 34.69, 135.50), ("JP", "Kyoto", 35.01, 135.77),
        ("JP", "Nagoya", 35.18, 136.91), ("US", "Chicago", 41.88, -87.63), ("US", "San Francisco", 37.77, -122.42),
        ("US", "Ashburn", 39.04, -77.49), ("US", "Los Angeles", 34.05, -118.24), ("GB", "London", 51.51, -0.13),
        ("NL", "Amsterdam", 52.37, 4.90), ("DE", "Frankfurt am Main", 50.11, 8.68), ("FR", "Paris", 48.86, 2.35),
        ("RO", "Bucharest", 44.43, 26.10), ("PL", "Warsaw", 52.23, 21.01), ("UA", "Kyiv", 50.45, 30.52),
        ("RU", "Moscow", 55.76, 37.62), ("TR", "Istanbul", 41.01, 28.98), ("IR", "Tehran", 35.69, 51.39),
        ("IN", "Mumbai", 19.08, 72.88), ("IN", "Bengaluru", 12.97, 77.59), ("PK", "Karachi", 24.86, 67.01),
        ("BD", "Dhaka", 23.81, 90.41), ("TH", "Bangkok", 13.76, 100.50), ("VN", "Hanoi", 21.03, 105.85),
        ("VN", "Ho Chi Minh City", 10.82, 106.63), ("ID", "Jakarta", -6.21, 106.85), ("PH", "Manila", 14.60, 120.98),
        ("SG", "Singapore", 1.35, 103.82), ("CN", "Shenzhen", 22.54, 114.06), ("HK", "Hong Kong", 22.32, 114.17),
        ("KR", "Seoul", 37.57, 126.98), ("TW", "Taipei", 25.03, 121.57), ("AU", "Sydney", -33.87, 151.21),
        ("ZA", "Johannesburg", -26.20, 28.05), ("NG", "Lagos", 6.52, 3.38), ("KE", "Nairobi", -1.29, 36.82),
        ("EG", "Cairo", 30.04, 31.24), ("MA", "Casablanca", 33.57, -7.59), ("BR", "São Paulo", -23.55, -46.63),
        ("BR", "Recife", -8.05, -34.88), ("AR", "Buenos Aires", -34.60, -58.38), ("CL", "Santiago", -33.45, -70.67),
        ("CO", "Bogotá", 4.71, -74.07), ("PE", "Lima", -12.05, -77.04), ("MX", "Mexico City", 19.43, -99.13),
        ("CA", "Toronto", 43.65, -79.38),
    )
}  # fmt: skip
"""Cities and their coordinates in degrees."""

NETWORKS = {
    64496: ("Sample Trading Co., Ltd.", "example.co.jp"),
    64497: ("Example Business Fiber", "fiber.example.ad.jp"),
    64498: ("Example Works Cloud", "works.example.net"),
    64499: ("Example Mail Delivery", "delivery.example"),
    64500: ("Example Survey, Inc.", "survey-mail.example"),
    64501: ("Example Hosting B.V.", "vps-hosting.example"),
    64502: ("Example Internet Provider", "example.ne.jp"),
    64503: ("Example University", "example.ac.jp"),
    64504: ("Example Lists Foundation", "example.org"),
    64505: ("Example Mail Gateway Ltd.", "mailgate.example"),
    64506: ("Example Recruiting Cloud", "recruit-service.example"),
    65536: ("Example Telecom Europe", "telecom-eu.example"),
    65537: ("Example Telecom Russia", "telecom-ru.example"),
    65538: ("Example Broadband India", "broadband-in.example"),
    65539: ("Example Telecom Vietnam", "telecom-vn.example"),
    65540: ("Example Net Asia", "net-asia.example"),
    65541: ("Example Telecom Africa", "telecom-af.example"),
    65542: ("Example Telecom Brasil", "telecom-br.example"),
    65543: ("Example Andes Net", "andes-net.example"),
    65544: ("Example Cable America", "cable-us.example"),
    65545: ("Example Cloud Servers", "cloud-servers.example"),
    65546: ("Example Middle East Net", "me-net.example"),
}
"""AS number -> name and domain of the network (RFC 5398 numbers)."""

BLOCK_LISTS = ("bl.example.jp", "dnsbl.example.org", "block.example.net", "spam.example.edu", "xbl.example.com")
"""Lists that were asked; those of a host come from the left."""


@dataclass(frozen=True, slots=True)
class Host:
    """A sending host and what a look-up would find of it."""

    address: str
    ptr: str
    city: str
    asn: int
    is_confirmed: bool = True
    listings: int = 0

    def evidence(self, at: int) -> Evidence:
        """The evidence, as of a moment in Unix seconds."""
        name, domain = NETWORKS[self.asn]
        return Evidence(
            address=self.address,
            ptr_state=Found.YES if self.ptr else Found.NO,
            ptr=self.ptr,
            confirmed=Found.YES if self.ptr and self.is_confirmed else Found.NO,
            place=PLACES[self.city],
            asn=self.asn,
            as_name=name,
            as_domain=domain,
            listed=BLOCK_LISTS[: self.listings],
            lists_asked=len(BLOCK_LISTS),
            at=at,
        )


OWN = (
    Host("192.0.2.10", "mx1.example.co.jp", "Tokyo", 64496),
    Host("192.0.2.11", "mx2.example.co.jp", "Tokyo", 64496),
)
ERP = (Host("192.0.2.77", "erp.example.co.jp", "Tokyo", 64496),)
OSAKA = (Host("192.0.2.200", "gw.osaka.example.co.jp", "Osaka", 64497),)
GROUPWARE = (
    Host("192.0.2.130", "out1.works.example.net", "Tokyo", 64498),
    Host("192.0.2.131", "out2.works.example.net", "Tokyo", 64498),
    Host("2001:db8:20::25", "out6.works.example.net", "Tokyo", 64498),
)
SHOP = (Host("192.0.2.40", "shop1.example.jp", "Tokyo", 64496), Host("192.0.2.41", "shop2.example.jp", "Nagoya", 64496))
NEWSLETTER = (
    Host("192.0.2.161", "o1.send.delivery.example", "Tokyo", 64499),
    Host("192.0.2.162", "o2.send.delivery.example", "Tokyo", 64499),
    Host("192.0.2.163", "o3.send.delivery.example", "Osaka", 64499),
)
WORLDWIDE = (Host("192.0.2.20", "mail.example.com", "Ashburn", 64496),)
RECRUIT = (Host("198.51.100.72", "out.recruit-service.example", "Singapore", 64506),)
SURVEY = (Host("198.51.100.61", "out1.survey-mail.example", "Chicago", 64500),)
SURVEY_TRIAL = (Host("198.51.100.62", "out2.survey-mail.example", "Chicago", 64500),)
PROVIDER = tuple(Host(f"198.51.100.{90 + n}", f"fwd{n + 1}.mail.example.ne.jp", "Tokyo", 64502) for n in range(4))
ALUMNI = (Host("198.51.100.110", "alumni.example.ac.jp", "Kyoto", 64503),)
LISTS = (Host("198.51.100.130", "lists.example.org", "San Francisco", 64504),)
GATEWAY = (
    Host("198.51.100.150", "gw1.mailgate.example", "London", 64505),
    Host("198.51.100.151", "gw2.mailgate.example", "Frankfurt am Main", 64505),
)
VPS = (
    Host("203.0.113.87", "v87.vps-hosting.example", "Amsterdam", 64501, is_confirmed=False, listings=3),
    Host("203.0.113.91", "v91.vps-hosting.example", "Amsterdam", 64501, is_confirmed=False, listings=2),
    Host("203.0.113.92", "v92.vps-hosting.example", "Amsterdam", 64501, is_confirmed=False, listings=2),
)


def _line(number: int, city: str, asn: int, listings: int) -> Host:
    """A home line that a botnet uses; its name says so."""
    return Host(f"203.0.113.{number}", f"dyn-203-0-113-{number}.{NETWORKS[asn][1]}", city, asn, listings=listings)


def _bare(number: int, city: str, asn: int, listings: int) -> Host:
    """A host without a name."""
    return Host(f"203.0.113.{number}", "", city, asn, listings=listings)


BOTS = (
    _line(3, "São Paulo", 65542, 2), _bare(5, "Hanoi", 65539, 3), _line(8, "Mumbai", 65538, 1), _bare(11, "Lagos", 65541, 2),
    _line(14, "Istanbul", 65546, 1), _bare(17, "Jakarta", 65540, 2), _line(19, "Buenos Aires", 65543, 1),
    _bare(22, "Karachi", 65538, 3), _line(25, "Bucharest", 65536, 0), _bare(28, "Ho Chi Minh City", 65539, 2),
    _line(31, "Bogotá", 65543, 1), _bare(34, "Cairo", 65546, 2), _line(37, "Manila", 65540, 1), _bare(40, "Tehran", 65546, 1),
    _line(43, "Recife", 65542, 2), _bare(46, "Dhaka", 65538, 3), _line(49, "Bangkok", 65540, 0), _bare(52, "Nairobi", 65541, 1),
    _line(55, "Mexico City", 65543, 1), _bare(58, "Moscow", 65537, 2), _line(61, "Johannesburg", 65541, 1),
    _bare(130, "Kyiv", 65537, 1), _line(133, "Lima", 65543, 1), _bare(136, "Casablanca", 65541, 2),
    _line(139, "Bengaluru", 65538, 1), _bare(142, "Santiago", 65543, 1), _line(145, "Warsaw", 65536, 0),
)  # fmt: skip
"""Home lines and nameless hosts all over the world, in the hands of botnets."""

INVADED = (
    Host("203.0.113.180", "www4.cloud-servers.example", "Ashburn", 65545, listings=1),
    Host("203.0.113.184", "srv9.telecom-eu.example", "Paris", 65536),
    Host("203.0.113.188", "web.net-asia.example", "Seoul", 65540, is_confirmed=False, listings=1),
    Host("203.0.113.192", "s2.cloud-servers.example", "Los Angeles", 65545, listings=2),
    Host("203.0.113.196", "host7.net-asia.example", "Taipei", 65540),
    Host("203.0.113.200", "mail.cable-us.example", "Toronto", 65544, is_confirmed=False),
    Host("2001:db8:bad:1::5", "", "Singapore", 65540, listings=1),
    Host("2001:db8:bad:7::19", "", "Frankfurt am Main", 65545),
)
"""Invaded servers that send in the name of others, with an envelope of their own."""

IMITATORS = (
    Host("203.0.113.220", "", "Shenzhen", 65540, listings=3),
    Host("203.0.113.221", "", "Hong Kong", 65540, listings=2),
    Host("203.0.113.224", "n4.cloud-servers.example", "Sydney", 65545, is_confirmed=False, listings=1),
)
"""Hosts that add a DKIM signature with a key nobody has."""

HOSTS = (
    *OWN, *ERP, *OSAKA, *GROUPWARE, *SHOP, *NEWSLETTER, *WORLDWIDE, *RECRUIT, *SURVEY, *SURVEY_TRIAL,
    *PROVIDER, *ALUMNI, *LISTS, *GATEWAY, *VPS, *BOTS, *INVADED, *IMITATORS,
)  # fmt: skip
"""Everybody."""
