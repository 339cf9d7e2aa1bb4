"""What the form of a host name tells: lines of subscribers, mail servers, rented servers."""

from __future__ import annotations

import re
from functools import lru_cache

_LINE_WORDS = re.compile(
    r"(?:^|[.\-_\d])(?:dyn|dynamic|dhcp|dialup|dial|ppp|pppoe|pool|adsl|vdsl|xdsl|dsl|cable|catv|ftth|flets|ipoe|fiber|wimax|lte"
    r"|mobile|broadband|bband|home|residential|subscriber|subscr|hsd|ap\d*nat)"
    r"\d*(?=$|[.\-_])|(?:^|[.\-])ip(?:ngn|bf|ad|xb)[a-z\d]*(?=$|[.\-])"
)
"""Words in names of home and dial-up lines; `ipngn` and `flets` are what Japanese providers write."""

_CUSTOMER_WORDS = re.compile(r"(?:^|[.\-_\d])(?:cust|customer|user|users|client|clients)\d*(?=$|[.\-_]).*")
"""Words in names of lines and of web servers for many customers; they mean a line only where the address is numbered, too."""
_NUMBERED = re.compile(r"\d{4}|\d\D+\d")

_FIXED_WORDS = re.compile(r"(?:^|[.\-_\d])(?:static|fixed|fix|biz|business|corp|rev|reverse)\d*(?=$|[.\-_\d])")
"""Words in names of lines that companies rent: their servers are named after the address, too."""

_MAIL_WORDS = re.compile(
    r"(?:^|[.\-_])(?:e?mails?|smtp|mx|mta|relay|outbound|out|send|sender|mailout|mailgw|gw-mail|bounce)[\d\-_.a-z]*"
)
_LIST_WORDS = re.compile(
    r"(?:^|[.\-])(?:lists?\d*|listes?|listas?|listen|mailinglists?|mlists?|verteiler|ml\d*|listserv|mailman\d*|sympa|majordomo|ezmlm"
    r"|fml|lyris|groups?|grupos)(?=$|[.\-])"
)
"""Words in names of hosts that run mailing lists."""
_DESK_WORDS = re.compile(
    r"(?:^|[.\-])(?:tickets?|helpdesk|support|desk|servicedesk|otrs|znuny|zammad|rt|osticket|redmine|jira|issues?|tracker)\d*(?=$|[.\-])"
)
"""Words in names of hosts that hand requests on to those who answer them, with the writer in From."""
_HEX_V4 = re.compile(r"[0-9a-f]{8}")
_DIGITS = re.compile(r"\d+")

MAX_LENGTH = 253
"""Octets of a domain name (RFC 1035, 2.3.4); what is longer is no name."""


@lru_cache(maxsize=65536)
def looks_dynamic(name: str, address: str) -> bool:
    """Whether a host name is of the kind that providers give to subscriber lines: a line word, or the address itself in it.

    A name that says it is a mail server and holds its address (`out203-0-113-5.mail.example.net`) is none, nor is one of a mail
    server among lines (`mta3.cable.example.ne.jp`).
    """
    if not name or len(name) > MAX_LENGTH:
        return False
    host = _below_registrable(name)
    if _MAIL_WORDS.fullmatch(host.partition(".")[0]) and not _holds_address(host, address):
        return False
    if _LINE_WORDS.search(host) or (_CUSTOMER_WORDS.search(host) and _NUMBERED.search(host)):
        return True
    return _holds_address(host, address) and not _MAIL_WORDS.search(host)


@lru_cache(maxsize=65536)
def looks_fixed(name: str) -> bool:
    """Whether a line's name says that it keeps its address."""
    return len(name) <= MAX_LENGTH and _FIXED_WORDS.search(_below_registrable(name)) is not None


@lru_cache(maxsize=65536)
def looks_like_lists(name: str) -> bool:
    """Whether a host name or envelope domain says that mailing lists live there."""
    return len(name) <= MAX_LENGTH and _LIST_WORDS.search(_below_registrable(name)) is not None


@lru_cache(maxsize=65536)
def looks_like_desk(name: str) -> bool:
    """Whether a host name says that a ticket system lives there."""
    return len(name) <= MAX_LENGTH and _DESK_WORDS.search(_below_registrable(name)) is not None


@lru_cache(maxsize=65536)
def looks_like_mail_server(name: str) -> bool:
    """Whether a host name says that it is a mail server."""
    return len(name) <= MAX_LENGTH and _MAIL_WORDS.search(_below_registrable(name)) is not None


def _below_registrable(name: str) -> str:
    """The labels that name the host, without the last two, which name its operator."""
    labels = name.split(".")
    return ".".join(labels[:-2]) if len(labels) > 2 else ""


def _holds_address(host: str, address: str) -> bool:
    """Whether the four numbers of an IPv4 address stand in the name: in either order, in one run of digits, or in hexadecimal."""
    parts = address.split(".")
    if len(parts) != 4 or not all(part.isdigit() and len(part) <= 3 for part in parts):
        return False
    wanted = [int(part) for part in parts]
    numbers = [int(number) for number in _DIGITS.findall(host) if len(number) <= 3]
    for at in range(len(numbers) - 3):
        window = numbers[at : at + 4]
        if window in (wanted, wanted[::-1]):
            return True
    if any(run in host for run in ("".join(parts), "".join(part.zfill(3) for part in parts))):
        return True
    packed = "".join(f"{number:02x}" for number in wanted if number < 256)
    return len(packed) == 8 and any(found == packed for found in _HEX_V4.findall(host))
