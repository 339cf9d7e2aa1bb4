"""The texts of the registries, as they write them."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.enrich.rdap import NoOwner
from sekisho.enrich.whois import decode, query, read_answer, referral

ARIN = """#
# ARIN WHOIS data and services are subject to the Terms of Use
#

NetRange:       198.51.100.0 - 198.51.100.255
CIDR:           198.51.100.0/24
NetName:        EXAMPLE-NET
NetHandle:      NET-198-51-100-0-1
Organization:   Example Hosting, Inc. (EXHO)

OrgName:        Example Hosting, Inc.
Country:        US

OrgAbuseHandle: ABUSE1-ARIN
OrgAbuseEmail:  abuse@hosting.example
OrgTechEmail:   tech@hosting.example
"""
APNIC = """% [whois.apnic.net]
% Information related to '198.51.100.0 - 198.51.100.255'
inetnum:        198.51.96.0 - 198.51.111.255
netname:        JPNIC-NET-JP
descr:          Japan Network Information Center
country:        JP
remarks:        JPNIC Allocation Block, see whois.nic.ad.jp
"""
JPNIC_EN = """[ JPNIC database provides information regarding IP address and ASN. ]

Network Information:
a. [Network Number]             198.51.100.0/24
b. [Network Name]               EXAMPLE
g. [Organization]               Example Networks K.K.
m. [Administrative Contact]     EX1234JP
[Abuse]                         abuse@net.example.jp
"""
JPNIC_JA = """Network Information: [ネットワーク情報]
a. [IPネットワークアドレス]     198.51.100.0/24
b. [ネットワーク名]             EXAMPLE
f. [組織名]                     例示ネットワーク株式会社
"""
LACNIC = """% Joint Whois
inetnum:     198.51.100/24
status:      allocated
owner:       Exemplo Ltda
country:     BR
abuse-c:     EXA
e-mail:      tech@exemplo.example
abuse-mailbox: abuse@exemplo.example
"""
AFRINIC = """% This is the AfriNIC Whois server.
% Abuse contact for '198.51.100.0 - 198.51.100.255' is 'abuse@afri.example'
inetnum:        198.51.100.0 - 198.51.100.255
netname:        AFRI
descr:          Afri Example
country:        ZA
"""
IP = ip_address("198.51.100.7")


@pytest.mark.parametrize(
    ("text", "name", "country", "abuse"),
    [
        (ARIN, "Example Hosting, Inc.", "US", "abuse@hosting.example"),
        (JPNIC_EN, "Example Networks K.K.", "", "abuse@net.example.jp"),
        (JPNIC_JA, "例示ネットワーク株式会社", "", ""),
        (LACNIC, "Exemplo Ltda", "BR", "abuse@exemplo.example"),
        (AFRINIC, "Afri Example", "ZA", "abuse@afri.example"),
    ],
)
def test_each_registry_is_understood(text: str, name: str, country: str, abuse: str) -> None:
    owner = read_answer(text, IP, "whois:x")
    assert (owner.name, owner.country, owner.abuse, owner.networks) == (name, country, abuse, "198.51.100.0/24")


def test_of_several_networks_the_narrowest_counts() -> None:
    wide = ARIN.replace("198.51.100.0 - 198.51.100.255", "198.48.0.0 - 198.63.255.255").replace("198.51.100.0/24", "198.48.0.0/12")
    owner = read_answer(wide + "\n" + AFRINIC, IP, "whois:x")
    assert (owner.name, owner.networks) == ("Afri Example", "198.51.100.0/24")


def test_the_networks_of_japan_are_asked_at_their_own_registry() -> None:
    assert referral(APNIC) == ("whois.nic.ad.jp", 43)
    assert query(IP, "whois.nic.ad.jp") == b"198.51.100.7/e\r\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("refer:        whois.ripe.net\n", ("whois.ripe.net", 43)),
        ("ReferralServer:  whois://whois.example.net:4343\n", ("whois.example.net", 4343)),
        ("ReferralServer:  rwhois://rwhois.example.net:4321\n", None),
        ("refer: 10.0.0.1\n", None),
        ("refer: whois.example.net:0\n", None),
        ("nothing\n", None),
    ],
)
def test_referrals_are_read(text: str, expected: tuple[str, int] | None) -> None:
    assert referral(text) == expected


def test_japanese_answers_are_decoded() -> None:
    assert decode(JPNIC_JA.encode("iso2022_jp")) == JPNIC_JA
    assert decode(JPNIC_JA.encode()) == JPNIC_JA
    assert decode("Société".encode("latin-1")) == "Société"


@given(st.text(max_size=400), st.binary(max_size=200))
def test_any_text_is_read_or_refused(text: str, data: bytes) -> None:
    for answer in (text, decode(data), ARIN + text, "inetnum: " + text):
        with suppress(NoOwner):
            read_answer(answer, IP, "whois:x")
        referral(answer)
