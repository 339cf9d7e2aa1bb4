"""The policy that is tried: tags as in a DMARC record (RFC 9989, 4.7), and what it asks for a name and a way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from sekisho.core.dmarc.record import DmarcRecord, policy_for, read_record
from sekisho.core.errors import UsageError
from sekisho.core.facts import Way
from sekisho.core.names import aligned
from sekisho.core.terms import AlignmentMode, AuthResult, Policy, SpfScope

TAGS = ("p", "sp", "np", "adkim", "aspf", "t")
MAX_TEXT = 400
"""Characters of a policy; all six tags need some sixty."""


class Place(StrEnum):
    """Which tag speaks for a name."""

    OWN = "p"
    """The domain itself."""
    BELOW = "sp"
    """A sub-domain that exists, or of which it is not known."""
    MISSING = "np"
    """A sub-domain that does not exist."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The six tags under question; what is left out has the default of the standard."""

    p: Policy
    sp: Policy = Policy.ABSENT
    np: Policy = Policy.ABSENT
    adkim: AlignmentMode = AlignmentMode.RELAXED
    aspf: AlignmentMode = AlignmentMode.RELAXED
    t: bool = False

    def asks(self, place: Place) -> Policy:
        """What receivers are asked to do with mail that fails: with `t=y` one step less than said (RFC 9989, 4.7)."""
        record = DmarcRecord("", self.p, self.sp, self.np, self.adkim, self.aspf, t=self.t)
        return policy_for(record, is_own=place is Place.OWN, exists=place is not Place.MISSING).expected

    @property
    def needs_existence(self) -> bool:
        """Whether it matters that a sub-domain exists."""
        return self.asks(Place.BELOW) is not self.asks(Place.MISSING)

    def to_text(self) -> str:
        """The tags as they are published, defaults left out."""
        values = (("p", self.p), ("sp", self.sp), ("np", self.np))
        tags = [f"{name}={value}" for name, value in values if value is not Policy.ABSENT]
        modes = (("adkim", self.adkim), ("aspf", self.aspf))
        tags += [f"{name}={mode}" for name, mode in modes if mode is AlignmentMode.STRICT]
        return "; ".join([*tags, "t=y"] if self.t else tags)


def read_trial(text: str) -> Trial:
    """The policy in `p=reject; sp=none; …`, with or without the version; raises UsageError that says what is wrong.

    A record read by a receiver may have any fault; one that a person wants to try may have none.
    """
    if len(text) > MAX_TEXT:
        raise UsageError("a policy has at most {most} characters", most=MAX_TEXT)
    text = text.strip().strip("\"'")
    record, notes = read_record(text if text.lower().startswith("v=") else f"v=DMARC1; {text}")
    if record is None:
        raise UsageError(notes[0].words if notes else "this is no policy")
    unknown = [name for name, _value in record.tags if name not in (*TAGS, "rua", "ruf", "fo", "psd", "pct", "rf", "ri")]
    if unknown:
        raise UsageError("no tag is called {name!r}; there are {known}", name=unknown[0], known=" ".join(TAGS))
    wrong = [note for note in notes if note.code in WRONG]
    if wrong:
        raise UsageError("{where}: {words}", where=wrong[0].where, words=wrong[0].words)
    return Trial(record.p, record.sp, record.np, record.adkim, record.aspf, record.t)


WRONG = frozenset(("p_missing", "policy_invalid", "value_invalid", "malformed_tag", "duplicate_tag", "odd_characters"))
"""Notes on a record that make it none to try."""


def with_tags(text: str, trial: Trial) -> str:
    """A published record with the tags of the trial in place of its own; all else is kept, historic tags dropped."""
    from sekisho.core.dmarc.write import to_text

    record = read_record(text).record or DmarcRecord("")
    tags = {"p": trial.p, "sp": trial.sp, "np": trial.np, "adkim": trial.adkim, "aspf": trial.aspf, "t": trial.t}
    return to_text(replace(record, **tags))  # type: ignore[arg-type]


class Alignment(StrEnum):
    """What a way says of one mechanism."""

    EXACT = "exact"
    """Passed for the very name in From."""
    RELAXED = "relaxed"
    """Passed for another name of the same organizational domain."""
    NONE = "none"
    """Nothing that passed is aligned, or the report leaves the details out."""


def dkim_alignment(way: Way) -> Alignment:
    """The best alignment among signatures that passed."""
    return _best([auth.domain for auth in way.dkim if auth.result is AuthResult.PASS], way.header_from)


def spf_alignment(way: Way) -> Alignment:
    """The best alignment of SPF that passed; HELO never counts (RFC 9989, 4.4.2)."""
    passed = [auth.domain for auth in way.spf if auth.result is AuthResult.PASS and auth.scope is not SpfScope.HELO]
    return _best(passed, way.header_from)


def _best(names: list[str], author: str) -> Alignment:
    if author in names:
        return Alignment.EXACT
    return Alignment.RELAXED if any(aligned(name, author) for name in names) else Alignment.NONE
