"""MTA-STS: the TXT record and the policy behind it (RFC 8461)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sekisho.core.dnsrecords.tags import one_of, read_tags
from sekisho.core.names import normal
from sekisho.core.questions import Asking, Question
from sekisho.core.reports.values import Note
from sekisho.core.terms import Found

MAX_POLICY_BYTES = 64 << 10
"""RFC 8461, 3.3 suggests it."""
MAX_AGE_S = 31_557_600
"""A year (RFC 8461, 3.2)."""
SHORT_AGE_S = 86_400
"""Below a day a policy protects little: weeks are usual."""
MAX_PATTERNS = 100
_ID = re.compile(r"[A-Za-z0-9]{1,32}$", re.ASCII)
_PATTERN = re.compile(r"(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$", re.ASCII)


@dataclass(frozen=True, slots=True)
class StsPolicy:
    """The policy file."""

    text: str
    mode: str = ""
    """`enforce`, `testing`, `none`; empty where it is missing or wrong."""
    mx: tuple[str, ...] = ()
    max_age_s: int | None = None
    is_valid: bool = False
    notes: tuple[Note, ...] = ()

    def permits(self, host: str) -> bool:
        """Whether a mail server is named; `*.` stands for one label (RFC 8461, 4.1)."""
        return any(host == name or (name[:2] == "*." and host.partition(".")[2] == name[2:]) for name in self.mx)


@dataclass(frozen=True, slots=True)
class Sts:
    """The MTA-STS state of a domain; `policy` is None until it was fetched."""

    domain: str
    state: Found
    """Of the TXT record."""
    text: str = ""
    id: str = ""
    policy: StsPolicy | None = None
    fetched: Found = Found.UNKNOWN
    """YES with a policy, NO where the server refused, UNKNOWN where it could not be asked."""
    notes: tuple[Note, ...] = field(default=())
    why: str = ""


def policy_url(domain: str) -> str:
    """Where the policy of a domain is (RFC 8461, 3.2)."""
    return f"https://mta-sts.{domain}/.well-known/mta-sts.txt"


def ask_sts(domain: str) -> Asking[Sts]:
    """Asks for the TXT record; the policy is fetched by whoever can speak HTTPS."""
    domain = normal(domain)
    answer = yield Question(f"_mta-sts.{domain}", "TXT")
    state, text, notes = one_of(answer, "STSv1")
    if state is not Found.YES:
        return Sts(domain, state, text, notes=notes, why=answer.why)
    tags = read_tags(text)
    identity = tags.get("id")
    if _ID.match(identity) is None:
        notes = (*notes, Note("sts_id", "`id` must be 1 to 32 letters and digits, so the record is ignored", f"id={identity}"[:60]))
        return Sts(domain, Found.NO, text, notes=(*tags.notes, *notes))
    return Sts(domain, Found.YES, text, identity, notes=(*tags.notes, *notes))


def read_policy(data: bytes) -> StsPolicy:
    """The policy file in values; of a key that comes twice the first counts, except `mx`. Never raises."""
    text = data[:MAX_POLICY_BYTES].decode("utf-8", "replace")
    values: dict[str, str] = {}
    mx: list[str] = []
    notes: list[Note] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon:
            if len(notes) < 10:
                notes.append(Note("sts_line", "this is no `key: value`; it is ignored", line[:100]))
        elif key == "mx":
            mx.append(value.lower().rstrip("."))
        else:
            values.setdefault(key, value)
    mode = values.get("mode", "")
    age = values.get("max_age", "")
    wrong = list(_faults(values, mode, age, mx))
    max_age = int(age) if age.isascii() and age.isdigit() and len(age) <= 10 else None
    if not wrong and max_age is not None and mode == "enforce" and max_age < SHORT_AGE_S:
        notes.append(Note("sts_short_age", "the policy is remembered for less than a day", f"max_age: {age}"))
    valid = mode if mode in ("enforce", "testing", "none") else ""
    return StsPolicy(text, valid, tuple(mx[:MAX_PATTERNS]), max_age, not wrong, (*wrong, *notes))


def _faults(values: dict[str, str], mode: str, age: str, mx: list[str]) -> list[Note]:
    """What keeps the policy from being valid (RFC 8461, 3.2)."""
    found = []
    if values.get("version") != "STSv1":
        found.append(Note("sts_version", "`version: STSv1` is missing", values.get("version", "")[:40]))
    if mode not in ("enforce", "testing", "none"):
        found.append(Note("sts_mode", "`mode` must be enforce, testing or none", mode[:40]))
    if not (age.isascii() and age.isdigit() and len(age) <= 10 and int(age) <= MAX_AGE_S):
        found.append(Note("sts_max_age", "`max_age` must be a number of seconds, a year at most", age[:40]))
    if not mx and mode != "none":
        found.append(Note("sts_no_mx", "no mail server is named by `mx`"))
    found += [Note("sts_mx", "this is no name of a mail server", name[:100]) for name in mx[:5] if _PATTERN.match(name) is None]
    return found
