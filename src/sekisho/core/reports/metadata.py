"""From the trees of `report_metadata` and `policy_published` to values (RFC 9990, 3.1.1.3 to 3.1.1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from sekisho.core.limits import Limits
from sekisho.core.reports.number import time_of
from sekisho.core.reports.record import domain_of
from sekisho.core.reports.text import Flaws, Notes, clean
from sekisho.core.reports.tree import Node
from sekisho.core.reports.values import Note, PolicyPublished
from sekisho.core.terms import AlignmentMode, Policy

T = TypeVar("T", Policy, AlignmentMode)

_POLICIES = {str(value): value for value in Policy if value is not Policy.ABSENT}
_MODES = {"r": AlignmentMode.RELAXED, "s": AlignmentMode.STRICT, "relaxed": AlignmentMode.RELAXED, "strict": AlignmentMode.STRICT}


class Metadata(NamedTuple):
    """`report_metadata`; times are Unix seconds, 0 where none is said."""

    org_name: str = ""
    email: str = ""
    extra_contact_info: str = ""
    report_id: str = ""
    begin: int = 0
    end: int = 0
    errors: tuple[str, ...] = ()
    generator: str = ""


def read_metadata(node: Node, notes: Notes | Flaws, limits: Limits) -> Metadata:
    """The metadata; where only one of the two times is said, it stands for both."""
    texts = _texts(node, notes, limits)
    within = [child for child in node.children if child.name == "date_range"]
    times = _texts(within[0], notes, limits) if within else texts
    begin = _time(times, "begin", notes)
    end = _time(times, "end", notes)
    errors = [clean(child.text, limits.text) for child in node.children if child.name == "error"]
    return Metadata(
        org_name=texts.get("org_name", ""),
        email=texts.get("email", ""),
        extra_contact_info=texts.get("extra_contact_info", ""),
        report_id=texts.get("report_id", ""),
        begin=begin or end,
        end=end or begin,
        errors=tuple(error for error in errors[: limits.results] if error),
        generator=texts.get("generator", ""),
    )


class Policies(NamedTuple):
    """What stands in `policy_published`."""

    policy: PolicyPublished
    is_later: bool
    """Whether something stands there that only RFC 9990 knows."""
    flaws: tuple[Note, ...]


def read_policy(node: Node, limits: Limits) -> Policies:
    """The policy as published; values that are none of the known ones are absent, with a flaw."""
    notes = Flaws()
    texts = _texts(node, notes, limits)
    policy = PolicyPublished(
        domain=domain_of(texts.get("domain", ""), "policy_published/domain", notes),
        p=_word(texts, "p", _POLICIES, Policy.ABSENT, notes),
        sp=_word(texts, "sp", _POLICIES, Policy.ABSENT, notes),
        np=_word(texts, "np", _POLICIES, Policy.ABSENT, notes),
        adkim=_word(texts, "adkim", _MODES, AlignmentMode.ABSENT, notes),
        aspf=_word(texts, "aspf", _MODES, AlignmentMode.ABSENT, notes),
        pct=_percent(texts.get("pct", ""), notes),
        fo=texts.get("fo", ""),
        testing=texts.get("testing", "").lower(),
        discovery_method=texts.get("discovery_method", "").lower(),
    )
    is_later = bool(policy.testing or policy.discovery_method) or "np" in texts
    return Policies(policy, is_later, tuple(notes.found))


def _texts(node: Node, notes: Notes | Flaws, limits: Limits) -> dict[str, str]:
    """The texts of the children by name; of several the first, with a note (errors may be several)."""
    texts: dict[str, str] = {}
    for child in node.children:
        if len(child.text) > limits.text:
            notes.add("cut_value", "A value is too long and was cut", child.name)
        if child.name not in texts:
            texts[child.name] = clean(child.text, limits.text)
        elif child.name != "error":
            notes.add("repeated", "An element that should occur once occurs again; the first counts", child.name)
    return texts


def _time(texts: Mapping[str, str], name: str, notes: Notes | Flaws) -> int:
    seconds, is_odd = time_of(texts.get(name, ""))
    if is_odd:
        notes.add("odd_time", "A time is not written in whole Unix seconds", name)
    return seconds


def _word(texts: Mapping[str, str], name: str, words: Mapping[str, T], absent: T, notes: Notes | Flaws) -> T:
    text = texts.get(name, "").lower()
    value = words.get(text, absent)
    if text and value is absent:
        notes.add("odd_word", "A value is none of the known words", f"{name}: {text[:60]}")
    return value


def _percent(text: str, notes: Notes | Flaws) -> int | None:
    """`pct`, or None where it is not said or is no percentage."""
    number = text.removesuffix("%").strip().partition(".")[0]
    if number.isascii() and number.isdigit() and len(number) <= 3 and int(number) <= 100:
        return int(number)
    if text:
        notes.add("odd_word", "A value is none of the known words", f"pct: {text[:60]}")
    return None
