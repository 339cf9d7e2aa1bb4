"""WHOIS (RFC 3912): what the texts of the registries say of an address; ARIN, RIPE, APNIC, LACNIC, AFRINIC, JPNIC, KRNIC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from sekisho.enrich.address import Address
from sekisho.enrich.rdap import NoOwner, Owner, check, country, is_mail, text

MAX_ANSWER = 128 << 10
"""Octets; the longest answers have some 20 kB."""
MAX_LINES = 2_000
PORT = 43
MAX_REFERRALS = 3
"""IANA to a regional registry to a national one or an operator's own server (rwhois is another protocol and not followed)."""

HOST = re.compile(r"(?:whois://)?((?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63})(?::([0-9]{1,5}))?/?", re.IGNORECASE)
LABEL = re.compile(r"(?:[a-z]\.\s*)?\[([^\]]{1,60})\]\s*(.*)", re.IGNORECASE)
"""JPNIC: `a. [IPネットワークアドレス]   192.0.2.0/24`."""
ABUSE_SAID = re.compile(r"abuse contact for .{1,120}? is ['<]([^'>]+)['>]", re.IGNORECASE)
"""A comment of RIPE, APNIC and AFRINIC."""

RANGE = ("inetnum", "inet6num", "netrange", "cidr", "ipv4 address", "network number", "ipネットワークアドレス")
NAME = ("org-name", "orgname", "custname", "owner", "organization name", "organization", "組織名", "responsible")
HANDLE = ("netname", "network name", "ネットワーク名", "nethandle")
ABUSE = ("abuse-mailbox", "orgabuseemail", "rabuseemail", "abuse email", "abuse contact", "abuse", "不正アクセスに関する連絡先")
REFERRAL = ("refer", "whois", "referralserver", "resourcelink")
JPNIC = "whois.nic.ad.jp"
"""Knows the networks of Japan, which APNIC names by this word only."""


class Said(NamedTuple):
    """A line of an answer: its label in lower case and its value."""

    label: str
    value: str


def query(ip: Address, server: str) -> bytes:
    """The question to a server: ARIN needs `n +` for one full answer, JPNIC `/e` for English."""
    asked = {"whois.arin.net": f"n + {ip}", JPNIC: f"{ip}/e"}.get(server, str(ip))
    return asked.encode("ascii") + b"\r\n"


def decode(data: bytes) -> str:
    """The text of an answer: JPNIC without `/e` speaks ISO-2022-JP, others UTF-8 or Latin-1."""
    for charset in ("iso2022_jp", "utf-8") if b"\x1b$" in data else ("utf-8",):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def lines(answer: str) -> Iterator[Said]:
    """The lines that say something, without comments."""
    for line in answer.splitlines()[:MAX_LINES]:
        bracketed = LABEL.fullmatch(line.strip())
        if bracketed:
            yield Said(bracketed[1].strip().lower(), text(bracketed[2]))
            continue
        label, colon, value = line.partition(":")
        if colon and not line.startswith(("%", "#")) and value.strip():
            yield Said(label.strip().lower(), text(value))


def referral(answer: str) -> tuple[str, int] | None:
    """The server that knows more, where the answer names one; networks of Japan are JPNIC's."""
    for said in lines(answer):
        found = HOST.fullmatch(said.value) if said.label in REFERRAL else None
        if found and 0 < int(found[2] or PORT) < 1 << 16:
            return found[1].lower(), int(found[2] or PORT)
    if JPNIC in answer.lower():
        return JPNIC, PORT
    return None


def read_answer(answer: str, ip: Address, source: str) -> Owner:
    """Whose network the address is in; raises NoOwner where the answer names no network with it.

    1. Of several networks the narrowest that has the address; what it says of itself stands until the next network begins.
    2. The name of an organisation may follow in an object of its own, so that for name and abuse the whole rest counts.
    """
    said = list(lines(answer))
    best: tuple[int, int, Address, Address] | None = None
    for place, line in enumerate(said):
        found = _range(line.value) if line.label in RANGE else None
        if found is None:
            continue
        first, last = found
        try:
            check(first, last, ip)
        except NoOwner:
            continue
        size = int(last) - int(first)
        if best is None or size < best[0]:
            best = size, place, first, last
    if best is None:
        raise NoOwner("the answer names no network with this address")
    _, place, first, last = best
    rest = said[place:]
    handle = _first(rest, HANDLE)
    name = _first(rest, NAME) or _first(rest, ("descr",)) or handle
    mail = _mail(rest) or _mail(said) or _told(answer)
    return Owner(first, last, name, handle, country(_first(rest, ("country",))), mail, source)


def _first(said: list[Said], labels: tuple[str, ...]) -> str:
    """The value of the first of the labels that occurs, the labels in order."""
    by_label: dict[str, str] = {}
    for line in said:
        by_label.setdefault(line.label, line.value)
    return next((by_label[label] for label in labels if by_label.get(label)), "")


def _mail(said: list[Said]) -> str:
    found = (word for label in ABUSE for line in said if line.label == label for word in re.split(r"[\s,;<>()]+", line.value))
    return next((word for word in found if is_mail(word)), "")


def _told(answer: str) -> str:
    found = ABUSE_SAID.search(answer)
    return found[1] if found and is_mail(found[1]) else ""


def _range(value: str) -> tuple[Address, Address] | None:
    """`192.0.2.0 - 192.0.2.255`, `192.0.2/24` (LACNIC), `192.0.2.0/24, …` or a single address."""
    first, dash, last = (part.strip() for part in value.partition("-"))
    try:
        if dash:
            return ip_address(first), ip_address(last)
        name, _, length = value.split(",")[0].strip().partition("/")
        if ":" not in name:
            name += ".0" * (3 - name.count("."))
        network = ip_network(f"{name}/{length}" if length else name, strict=False)
    except ValueError:
        return None
    return network[0], network[-1]
