"""The addresses of an SPF tree as ranges, each with the result a check gives there: asked in a microsecond.

The ranges are made by doing the check for all addresses at once. What decides is carried along with each set of addresses: the
look-ups and the void ones that have been counted on its way, so that the limits hold exactly. A term that depends on the sender
(macros, `ptr`) leaves the addresses that come to it open: for them only the whole check can tell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, ip_network, summarize_address_range

from sekisho.core.questions import Answer
from sekisho.core.spf.limits import MAX_LOOKUPS, MAX_MX, MAX_VOIDS
from sekisho.core.spf.macro import is_name
from sekisho.core.spf.record import Network, Term
from sekisho.core.spf.tree import TOO_MUCH, Branch, Host, Node, State, Tree
from sekisho.core.spf.values import Address, unmapped
from sekisho.core.terms import AuthResult

Area = tuple[tuple[int, int], ...]
"""Ranges of addresses, first and last, in order and apart."""

OPEN = AuthResult.ABSENT
"""The result where only the whole check can tell."""


class _Ways(Enum):
    """How it goes on with addresses after a term."""

    MATCH = "match"
    ON = "on"
    END = "end"


@dataclass(frozen=True, slots=True)
class _Counted:
    """What has been counted on the way."""

    lookups: int = 0
    voids: int = 0


_Part = tuple[_Ways, AuthResult, _Counted, Area]
"""Addresses after a term: how it goes on, the result at an end, what has been counted."""


@dataclass(frozen=True, slots=True)
class Networks:
    """The results of a policy by address; `tables` has the starts and results of ranges, for IPv4 and IPv6."""

    domain: str
    tables: tuple[tuple[tuple[int, ...], tuple[AuthResult, ...]], tuple[tuple[int, ...], tuple[AuthResult, ...]]]

    @property
    def is_exact(self) -> bool:
        """Whether it tells for every address."""
        return not any(OPEN in results for _, results in self.tables)

    def permits(self, address: Address | str) -> AuthResult:
        """The result of a check for the address; ABSENT where only the whole check can tell. Raises ValueError."""
        made = unmapped(address)
        starts, results = self.tables[made.version == 6]
        return results[bisect_right(starts, int(made)) - 1]

    def ranges(self, result: AuthResult) -> Iterator[Network]:
        """The networks in which a check gives this result."""
        four, six = self.tables
        for first, last in _spans(*four, result, 32):
            yield from summarize_address_range(IPv4Address(first), IPv4Address(last))
        for first, last in _spans(*six, result, 128):
            yield from summarize_address_range(IPv6Address(first), IPv6Address(last))


def _spans(starts: tuple[int, ...], results: tuple[AuthResult, ...], result: AuthResult, bits: int) -> Iterator[tuple[int, int]]:
    """First and last addresses where this is the result."""
    ends = (*(start - 1 for start in starts[1:]), (1 << bits) - 1)
    for start, end, found in zip(starts, ends, results, strict=True):
        if found is result:
            yield start, end


def flatten(tree: Tree) -> Networks:
    """The addresses of a tree with their results."""
    return Networks(tree.domain, (_table(tree, 32), _table(tree, 128)))


def _table(tree: Tree, bits: int) -> tuple[tuple[int, ...], tuple[AuthResult, ...]]:
    """Starts and results of the ranges of one family, equal neighbours made one."""
    parts = _Painter(tree, bits).whole()
    rows = sorted((first, result.value) for result, area in parts for first, _ in area)
    starts: list[int] = []
    results: list[AuthResult] = []
    for first, name in rows:
        if not results or results[-1].value != name:
            starts.append(first)
            results.append(AuthResult(name))
    return tuple(starts), tuple(results)


class _Painter:
    """The check for all addresses of one family."""

    def __init__(self, tree: Tree, bits: int) -> None:
        self.tree = tree
        self.bits = bits
        self.all: Area = ((0, (1 << bits) - 1),)
        self.known: dict[tuple[str, _Counted], list[tuple[AuthResult, _Counted, Area]]] = {}

    def whole(self) -> list[tuple[AuthResult, Area]]:
        """Results and where they hold, all addresses in all."""
        node = self.tree.root
        if node.state is not State.FOUND:
            return [(AuthResult.NONE if node.state is State.NONE else _failed(node), self.all)]
        return [(result, area) for result, _, area in self.record(node, _Counted())]

    def record(self, node: Node, counted: _Counted) -> list[tuple[AuthResult, _Counted, Area]]:
        """The results of a good record for those who come to it with so much counted."""
        key = (node.domain, counted)
        if key not in self.known:
            self.known[key] = list(self._record(node, counted))
        return self.known[key]

    def _record(self, node: Node, counted: _Counted) -> Iterator[tuple[AuthResult, _Counted, Area]]:
        left: dict[_Counted, Area] = {counted: self.all}
        for branch in node.branches:
            further: dict[_Counted, Area] = {}
            for before, area in left.items():
                for way, result, after, part in self.branch(branch, before):
                    piece = _both(area, part)
                    if not piece:
                        continue
                    if way is _Ways.ON:
                        further[after] = _joined((*further.get(after, ()), *piece))
                    else:
                        yield (branch.term.qualifier if way is _Ways.MATCH else result), after, piece
            left = further
        for after, area in left.items():
            yield AuthResult.NEUTRAL, after, area

    def branch(self, branch: Branch, counted: _Counted) -> Iterable[_Part]:
        """What a term does with all addresses."""
        term = branch.term
        if term.name == "all":
            return [(_Ways.MATCH, OPEN, counted, self.all)]
        if term.network is not None:
            return self.matched([term.network] if term.network.max_prefixlen == self.bits else [], counted, self.all)
        if counted.lookups >= MAX_LOOKUPS:
            return [self.end(AuthResult.PERMERROR, counted)]
        counted = _Counted(counted.lookups + 1, counted.voids)
        if branch.depends:
            return [self.end(OPEN, counted)]
        if branch.follows:
            return self.followed(branch, counted)
        if term.name == "mx" and branch.exchanges is not None:
            return self.exchanged(branch, branch.exchanges, counted)
        return self.hosts(branch, counted)

    def end(self, result: AuthResult, counted: _Counted) -> _Part:
        """All addresses end here."""
        return (_Ways.END, result, counted, self.all)

    def followed(self, branch: Branch, counted: _Counted) -> Iterator[_Part]:
        """`include` and `redirect`."""
        node = self.tree.nodes[branch.follows]
        if node.state is not State.FOUND:
            yield self.end(_failed(node), counted)
            return
        for result, after, area in self.record(node, counted):
            if branch.term.name == "redirect" or result in (AuthResult.PERMERROR, AuthResult.TEMPERROR, OPEN):
                yield _Ways.END, result, after, area
            else:
                yield (_Ways.MATCH if result is AuthResult.PASS else _Ways.ON), OPEN, after, area

    def exchanged(self, branch: Branch, answer: Answer, counted: _Counted) -> Iterable[_Part]:
        """`mx`: the exchangers one after the other."""
        if answer.failed:
            return [self.end(_unanswered(answer), counted)]
        if len(answer.values) > MAX_MX:
            return [self.end(AuthResult.PERMERROR, counted)]
        if answer.is_void and is_name(branch.target):
            counted = _Counted(counted.lookups, counted.voids + 1)
            if counted.voids > MAX_VOIDS:
                return [self.end(AuthResult.PERMERROR, counted)]
        return self.hosts(branch, counted)

    def hosts(self, branch: Branch, counted: _Counted) -> Iterator[_Part]:
        """The hosts of a term one after the other, as far as addresses have not matched before."""
        left = self.all
        for host in branch.hosts:
            answer = host.a if self.bits == 32 else host.aaaa
            if answer.failed:
                yield _Ways.END, _unanswered(answer), counted, left
                return
            if answer.is_void:
                counted = _Counted(counted.lookups, counted.voids + 1)
                if counted.voids > MAX_VOIDS:
                    yield _Ways.END, AuthResult.PERMERROR, counted, left
                    return
            elif branch.term.name == "exists":
                yield _Ways.MATCH, OPEN, counted, left
                return
            else:
                (match, on) = self.matched(_around(branch.term, host, self.bits), counted, left)
                yield match
                left = on[3]
        yield _Ways.ON, OPEN, counted, left

    def matched(self, networks: Iterable[Network], counted: _Counted, left: Area) -> tuple[_Part, _Part]:
        """Those within the networks, and those that go on."""
        area = _joined(sorted((int(net.network_address), int(net.broadcast_address)) for net in networks))
        return (_Ways.MATCH, OPEN, counted, _both(left, area)), (_Ways.ON, OPEN, counted, _both(left, self.outside(area)))

    def outside(self, area: Area) -> Area:
        """All other addresses."""
        start, made = 0, []
        for first, last in area:
            if first > start:
                made.append((start, first - 1))
            start = last + 1
        if start <= self.all[0][1]:
            made.append((start, self.all[0][1]))
        return tuple(made)


def _failed(node: Node) -> AuthResult:
    """What a check gives that needs this record, which is not good."""
    if node.state is State.UNKNOWN:
        return AuthResult.TEMPERROR
    return OPEN if node.state is State.CUT else AuthResult.PERMERROR


def _unanswered(answer: Answer) -> AuthResult:
    """What a check gives that needs this answer, which failed."""
    return OPEN if answer is TOO_MUCH else AuthResult.TEMPERROR


def _around(term: Term, host: Host, bits: int) -> Iterator[Network]:
    """The ranges around the addresses of a host (RFC 7208, 5.6)."""
    for value in (host.a if bits == 32 else host.aaaa).values:
        address = unmapped(value)
        if address.max_prefixlen == bits:
            yield ip_network((int(address).to_bytes(bits // 8, "big"), term.bits4 if bits == 32 else term.bits6), strict=False)


def _joined(ranges: Iterable[tuple[int, int]]) -> Area:
    """Ranges put in order, those that touch made one."""
    made: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if made and first <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return tuple(made)


def _both(a: Area, b: Area) -> Area:
    """Addresses that are in both."""
    made, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        first, last = max(a[i][0], b[j][0]), min(a[i][1], b[j][1])
        if first <= last:
            made.append((first, last))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    return tuple(made)
