"""The SPF part of a domain's state: its tree, and the addresses it permits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sekisho.core.questions import Asking
from sekisho.core.spf.check import check_mail_from
from sekisho.core.spf.limits import MAX_LOOKUPS, MAX_VOIDS
from sekisho.core.spf.networks import Networks, flatten
from sekisho.core.spf.tree import Node, State, Tree, spf_tree
from sekisho.core.spf.values import Client, unmapped
from sekisho.core.terms import AuthResult, Found

MAX_ADDRESSES = 100
"""Addresses for which the whole check is made, where the record depends on the sender."""
MOST_PERMITTED = 1 << 24
"""IPv4 addresses: a record that permits more (a /8) says nothing of whose they are."""
NEARLY = 9
"""Look-ups from which one more service would break the record."""


@dataclass(frozen=True, slots=True)
class SpfState:
    """The SPF records at a name: YES with exactly one, NO with none or several; `tree` has all it leads to."""

    domain: str
    state: Found
    texts: tuple[str, ...] = ()
    why: str = ""
    tree: Tree | None = None

    @property
    def text(self) -> str:
        """The record that counts; empty where none does."""
        return self.texts[0] if self.state is Found.YES else ""

    @property
    def permits_nobody(self) -> bool:
        """Whether it is the record of a domain that sends no mail."""
        record = self.tree.root.record if self.tree is not None and self.state is Found.YES else None
        if record is None or record.flaws or record.redirect is not None:
            return False
        return [(term.name, term.qualifier) for term in record.mechanisms[:1]] == [("all", AuthResult.FAIL)]


def ask_spf(domain: str) -> Asking[SpfState]:
    """Asks for the record of a domain and all it leads to (RFC 7208)."""
    tree = yield from spf_tree(domain)
    root = tree.root
    if root.state in (State.UNKNOWN, State.CUT):
        return SpfState(domain, Found.UNKNOWN, why=root.why)
    state = Found.YES if root.state in (State.FOUND, State.BROKEN) else Found.NO
    return SpfState(domain, state, root.texts, tree=tree)


def networks_of(spf: SpfState) -> Networks | None:
    """The addresses with their results; None where there is no record, or where it permits half the world."""
    if spf.state is not Found.YES or spf.tree is None:
        return None
    networks = flatten(spf.tree)
    starts, results = networks.tables[0]
    ends = (*starts[1:], 1 << 32)
    permitted = sum(end - start for start, end, result in zip(starts, ends, results, strict=True) if result is AuthResult.PASS)
    return networks if permitted <= MOST_PERMITTED else None


def ask_permitted(spf: SpfState, addresses: Sequence[str]) -> Asking[dict[str, Found]]:
    """Makes the whole check for addresses of which the ranges cannot tell, because the record depends on the sender."""
    networks = networks_of(spf)
    found: dict[str, Found] = {}
    if networks is None or networks.is_exact:
        return found
    for address in addresses:
        if len(found) == MAX_ADDRESSES:
            break
        if networks.permits(address) is AuthResult.ABSENT:
            client = Client(unmapped(address), helo=spf.domain)
            result = yield from check_mail_from(client, f"postmaster@{spf.domain}")
            found[address] = _permitted(result.result)
    return found


def is_permitted(networks: Networks | None, permitted: Mapping[str, Found], address: str) -> Found:
    """Whether the record permits an address; UNKNOWN where there is no record, or where nobody knows."""
    if address in permitted:
        return permitted[address]
    if networks is None:
        return Found.UNKNOWN
    number = _ipv4(address)
    if number >= 0:  # nearly all; the library takes five times as long to read one
        starts, results = networks.tables[0]
        return _permitted(results[bisect_right(starts, number) - 1])
    try:
        return _permitted(networks.permits(address))
    except ValueError:
        return Found.UNKNOWN


def network_is_permitted(networks: Networks | None, address: str) -> Found:
    """Whether the record permits any address of the /24 or /48 around an address."""
    if networks is None:
        return Found.UNKNOWN
    try:
        number, bits = _ipv4(address), 8
        is_v6 = number < 0
        if is_v6:
            plain = unmapped(address)
            is_v6 = plain.version == 6
            number, bits = int(plain), 80 if is_v6 else 8
    except ValueError:
        return Found.UNKNOWN
    first = number >> bits << bits
    starts, results = networks.tables[is_v6]
    around = results[bisect_right(starts, first) - 1 : bisect_right(starts, first | ((1 << bits) - 1))]
    if AuthResult.PASS in around:
        return Found.YES
    unsure = AuthResult.ABSENT in around or AuthResult.TEMPERROR in around
    return Found.UNKNOWN if unsure else Found.NO


def _ipv4(address: str) -> int:
    """The number of an IPv4 address in canonical form; -1 for all else."""
    parts = address.split(".")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
        return -1
    a, b, c, d = map(int, parts)
    return (a << 24) | (b << 16) | (c << 8) | d if max(a, b, c, d) <= 255 else -1


def _permitted(result: AuthResult) -> Found:
    if result is AuthResult.PASS:
        return Found.YES
    return Found.UNKNOWN if result in (AuthResult.ABSENT, AuthResult.TEMPERROR) else Found.NO


Told = Iterator[tuple[str, dict[str, str | int]]]


def troubles(tree: Tree) -> Told:
    """What is wrong with the records of a tree: codes with their values."""
    count = tree.count
    if count.loops:
        yield "spf_loop", {}
    if count.lookups > MAX_LOOKUPS:
        yield "spf_too_many", {"n": count.lookups}
    elif count.lookups >= NEARLY:
        yield "spf_nearly_too_many", {"n": count.lookups}
    if count.voids4 > MAX_VOIDS:
        yield "spf_voids", {"n": count.voids4}
    elif count.voids6 > MAX_VOIDS:
        yield "spf_voids_ipv6", {"n": count.voids6}
    for node in tree.nodes.values():
        yield from _of_node(node, is_root=node.domain == tree.domain)
    if tree.old_type:
        yield "spf_old_type", {}


def _of_node(node: Node, *, is_root: bool) -> Told:
    where: dict[str, str | int] = {"name": node.domain}
    if node.state is State.UNKNOWN:
        yield "spf_part_unknown", {**where, "why": node.why}
    elif node.state is State.CUT:
        yield "spf_cut", where
    elif node.state in (State.NONE, State.MANY) and not is_root:
        yield "spf_part_missing", where
    record = node.record
    if record is None:
        return
    for flaw in record.flaws[:5]:
        yield "spf_syntax", {**where, "term": flaw.text[:100]}
    names = [branch.term.name for branch in node.branches]
    if "ptr" in names:
        yield "spf_ptr", where
    if not is_root:
        return
    end = next((branch.term for branch in node.branches if branch.term.name == "all"), None)
    if end is None and record.redirect is None:
        yield "spf_no_all", {}
    elif end is not None and end.qualifier is AuthResult.PASS:
        yield "spf_permits_all", {}
    elif end is not None and end.qualifier is AuthResult.NEUTRAL:
        yield "spf_neutral_all", {}
