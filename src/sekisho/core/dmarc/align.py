"""Alignment: whether an authenticated domain and the author domain belong together (RFC 9989, 4.4; RFC 7489, 3.1)."""

from __future__ import annotations

from sekisho.core import names
from sekisho.core.dmarc.discover import Method
from sekisho.core.dmarc.walk import organizational_domain, walk
from sekisho.core.questions import Asking
from sekisho.core.terms import AlignmentMode, Found


def find_organizational_domain(name: str, method: Method = Method.TREE_WALK) -> Asking[tuple[str, bool]]:
    """The organizational domain of a name, and whether that is sure: a failed question may hide another."""
    if method is Method.PSL:
        return names.organizational_domain(names.normal(name)), True
    way = yield from walk(name)
    return organizational_domain(way), way.is_sure


def alignment(identifier: str, author: str, mode: AlignmentMode, method: Method = Method.TREE_WALK) -> Asking[Found]:
    """Whether an authenticated domain is aligned with the author domain; UNKNOWN where a question failed.

    Strict asks for the same name, relaxed for the same organizational domain; equal names need no question.
    """
    identifier, author = names.normal(identifier), names.normal(author)
    if not identifier or not author:
        return Found.NO
    if identifier == author:
        return Found.YES
    if mode is AlignmentMode.STRICT or not _share_a_parent(identifier, author):
        return Found.NO
    mine, mine_sure = yield from find_organizational_domain(author, method)
    theirs, theirs_sure = yield from find_organizational_domain(identifier, method)
    if not (mine_sure and theirs_sure):
        return Found.UNKNOWN
    return Found.YES if mine == theirs else Found.NO


def _share_a_parent(one: str, other: str) -> bool:
    """Whether the names end in the same label: without it no walk could bring them together."""
    return one.rpartition(".")[2] == other.rpartition(".")[2]
