"""The SPF tree of a domain: every record its policy leads to, without a sender, to explain it and to count its look-ups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sekisho.core.names import normal
from sekisho.core.questions import NODATA, Answer, Asking, Question, Reply
from sekisho.core.spf.limits import MAX_MX, MAX_TREE_DEPTH, MAX_TREE_QUESTIONS
from sekisho.core.spf.macro import expand, is_domain, is_name, shortened
from sekisho.core.spf.record import Record, Term, parse_spf, select

FIXED = frozenset("do")
"""Macros that stand for the same with every sender of a domain."""

TOO_MUCH = Answer(Reply.FAILED, why="the tree is too large, this was not asked")


class State(StrEnum):
    """What was found at a name."""

    FOUND = "found"
    NONE = "none"
    """Surely no SPF record."""
    MANY = "many"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    """Nobody answered."""
    CUT = "cut"
    """Not asked for: the tree had become too large."""


@dataclass(frozen=True, slots=True)
class Host:
    """A name whose addresses count."""

    name: str
    a: Answer
    aaaa: Answer
    """For `exists` the same answer as `a`, which counts for all senders (RFC 7208, 5.7)."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One term that a check may come to, and what the DNS says about it."""

    term: Term
    target: str = ""
    """The name it is about; empty for `all`, `ip4`, `ip6`, and where `depends`."""
    depends: bool = False
    """Whether it depends on the sender: macros, and `ptr`."""
    exchanges: Answer | None = None
    """The mail exchangers, of `mx`."""
    hosts: tuple[Host, ...] = ()

    @property
    def follows(self) -> str:
        """The domain whose record it brings in, empty for most."""
        return self.target if self.term.name in ("include", "redirect") else ""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All that was answered about it, its record apart."""
        first = () if self.exchanges is None else (self.exchanges,)
        both = self.term.name != "exists"
        return first + tuple(answer for host in self.hosts for answer in ((host.a, host.aaaa) if both else (host.a,)))


@dataclass(frozen=True, slots=True)
class Node:
    """The record at one name."""

    domain: str
    state: State
    texts: tuple[str, ...] = ()
    """All SPF records; there should be one."""
    record: Record | None = None
    branches: tuple[Branch, ...] = ()
    """The terms that a check may come to: mechanisms up to `all`, and the redirect where there is no `all`."""
    is_void: bool = False
    """Whether the question found nothing at all."""
    why: str = ""
    """Why nobody answered."""


@dataclass(frozen=True, slots=True)
class Count:
    """What a check costs that comes to every term."""

    lookups: int = 0
    voids4: int = 0
    """Questions that find nothing, for senders by IPv4."""
    voids6: int = 0
    unknown: int = 0
    """Questions that nobody answered."""
    depth: int = 0
    """Records below this one."""
    loops: bool = False

    def plus(self, other: Count) -> Count:
        """Both, one after the other."""
        return Count(
            self.lookups + other.lookups,
            self.voids4 + other.voids4,
            self.voids6 + other.voids6,
            self.unknown + other.unknown,
            max(self.depth, other.depth),
            self.loops or other.loops,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tree as it is drawn."""

    depth: int
    domain: str
    """Whose record the term is in."""
    branch: Branch
    count: Count
    """The term with all below it."""
    node: Node | None = None
    """The record it brings in."""
    is_loop: bool = False
    is_repeated: bool = False
    """Whether that record has been drawn above; it is not drawn again, but counts again."""


@dataclass(frozen=True, slots=True)
class Tree:
    """All records a domain's policy leads to."""

    domain: str
    nodes: Mapping[str, Node]
    old_type: bool = False
    """Whether there is a record of the type SPF, which nobody asks for (RFC 7208, 3.1)."""
    _counts: dict[str, Count] = field(default_factory=dict, compare=False, repr=False)

    @property
    def root(self) -> Node:
        """The domain's own record."""
        return self.nodes[self.domain]

    @property
    def count(self) -> Count:
        """What the whole policy costs."""
        return self.count_of(self.domain)

    def count_of(self, domain: str) -> Count:
        """What the record of a domain costs with all below it; a loop is counted once."""
        return self._counted(domain, ())

    def _counted(self, domain: str, above: tuple[str, ...]) -> Count:
        known = self._counts.get(domain)
        if known is not None:
            return known
        total = Count()
        for branch in self.nodes[domain].branches:
            total = total.plus(self._branch(branch, (*above, domain)))
        if not total.loops:
            self._counts[domain] = total
        return total

    def _branch(self, branch: Branch, above: tuple[str, ...]) -> Count:
        own = _own(branch)
        if branch.follows in above:
            return own.plus(Count(loops=True))
        node = self.nodes.get(branch.follows)
        if node is None:
            return own
        below = self._counted(node.domain, above)
        void = int(node.is_void)
        return own.plus(below).plus(Count(0, void, void, int(node.state is State.UNKNOWN), below.depth + 1))

    def lines(self) -> Iterator[Line]:
        """The tree from top to bottom; each record is drawn once."""
        yield from self._lines(self.domain, (), set())

    def _lines(self, domain: str, above: tuple[str, ...], drawn: set[str]) -> Iterator[Line]:
        drawn.add(domain)
        above = (*above, domain)
        for branch in self.nodes[domain].branches:
            node = self.nodes.get(branch.follows)
            loop, repeated = branch.follows in above, branch.follows in drawn
            count = self._branch(branch, above)
            yield Line(len(above) - 1, domain, branch, count, node, loop, repeated and not loop)
            if node is not None and not repeated:
                yield from self._lines(node.domain, above, drawn)


def _own(branch: Branch) -> Count:
    """What a term costs without the record it brings in."""
    first = int(branch.exchanges is not None and branch.exchanges.is_void)
    voids4, voids6 = sum(host.a.is_void for host in branch.hosts), sum(host.aaaa.is_void for host in branch.hosts)
    return Count(int(branch.term.asks), first + voids4, first + voids6, sum(answer.failed for answer in branch.answers))


def spf_tree(domain: str) -> Asking[Tree]:
    """The tree of a domain, within 200 questions; what nobody answers is unknown in it, never missing."""
    grower = _Grower(normal(domain))
    waiting = [(grower.root, 0)]
    if not is_domain(grower.root):
        return Tree(grower.root, {grower.root: Node(grower.root, State.NONE)})
    while waiting:
        name, depth = waiting.pop(0)
        if name in grower.nodes:
            continue
        if depth > MAX_TREE_DEPTH:
            grower.nodes[name] = Node(name, State.CUT)
            continue
        node = grower.nodes[name] = yield from grower.node(name)
        waiting += [(branch.follows, depth + 1) for branch in node.branches if branch.follows]
    old = yield from grower.ask(grower.root, "SPF")
    return Tree(grower.root, grower.nodes, bool(select(value.strip('"') for value in old.values)))


class _Grower:
    """The records found so far, and how often was asked."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.nodes: dict[str, Node] = {}
        self.left = MAX_TREE_QUESTIONS

    def ask(self, name: str, rtype: str) -> Asking[Answer]:
        """The answer; TOO_MUCH when too much has been asked."""
        if not is_name(name):
            return NODATA
        if not self.left:
            return TOO_MUCH
        self.left -= 1
        return (yield Question(name.lower().replace("\\", "\\\\"), rtype))

    def node(self, domain: str) -> Asking[Node]:
        """The record at a name and its terms."""
        answer = yield from self.ask(domain, "TXT")
        if answer is TOO_MUCH:
            return Node(domain, State.CUT)
        if answer.failed:
            return Node(domain, State.UNKNOWN, why=answer.why)
        texts = select(answer.values)
        if len(texts) != 1:
            return Node(domain, State.MANY if texts else State.NONE, texts, is_void=answer.is_void and is_name(domain))
        record = parse_spf(texts[0])
        branches = []
        for term in _reached(record):
            branches.append((yield from self.branch(domain, term)))  # noqa: PERF401 (a comprehension cannot ask)
        return Node(domain, State.BROKEN if record.flaws else State.FOUND, texts, record, tuple(branches))

    def branch(self, domain: str, term: Term) -> Asking[Branch]:
        """What the DNS says about a term."""
        if not term.asks:
            return Branch(term)
        letters = term.domain.letters if term.domain else frozenset()
        if term.name == "ptr" or letters - FIXED:
            return Branch(term, depends=True)
        target = shortened(expand(term.domain, {"d": domain, "o": self.root})) if term.domain else domain
        if term.name in ("include", "redirect"):
            return Branch(term, target.lower())
        exchanges = None
        names: tuple[str, ...] = (target,) if is_name(target) else ()
        if term.name == "mx":
            exchanges = yield from self.ask(target, "MX")
            names = tuple(value.partition(" ")[2] for value in exchanges.values)
            names = tuple(name for name in names if name.strip(".") and is_name(name)) if len(names) <= MAX_MX else ()
        hosts = []
        for name in names:
            a = yield from self.ask(name, "A")
            aaaa = a if term.name == "exists" else (yield from self.ask(name, "AAAA"))
            hosts.append(Host(name, a, aaaa))
        return Branch(term, target.lower(), exchanges=exchanges, hosts=tuple(hosts))


def _reached(record: Record) -> Iterator[Term]:
    """The terms that a check may come to."""
    for term in record.mechanisms:
        yield term
        if term.name == "all":
            return
    if record.redirect is not None:
        yield record.redirect
