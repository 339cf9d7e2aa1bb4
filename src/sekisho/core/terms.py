"""The words of the RFCs and our own few, spelled as on the wire."""

from enum import StrEnum

SECONDS_A_DAY = 86_400
"""Days are counted from 1970-01-01, in UTC, where nothing else is said."""


class Class(StrEnum):
    """What Sekisho thinks of a record; the wire names are fixed."""

    NORMAL = "normal"
    FORWARDED = "forwarded"
    FAILING = "failing"
    SPOOF = "spoof"


URGENCY = (Class.SPOOF, Class.FAILING, Class.FORWARDED, Class.NORMAL)
"""The order of classes in text and tables, the worst first."""


class Outcome(StrEnum):
    """What became of a delivery."""

    KEPT = "kept"
    DUPLICATE = "duplicate"
    NOT_A_REPORT = "not_a_report"
    BROKEN = "broken"
    STRAY = "stray"


class Kind(StrEnum):
    """The kinds of report (RFC 9990, RFC 9991, RFC 8460)."""

    AGGREGATE = "aggregate"
    FAILURE = "failure"
    TLS = "tls"


class Generation(StrEnum):
    """By which document an aggregate report was written."""

    RFC7489 = "rfc7489"
    RFC9990 = "rfc9990"


class Disposition(StrEnum):
    """What the receiver did (RFC 9990, 3.1.1.9)."""

    NONE = "none"
    PASS = "pass"
    QUARANTINE = "quarantine"
    REJECT = "reject"
    ABSENT = "absent"


class Aligned(StrEnum):
    """The aligned result of one mechanism in `policy_evaluated`."""

    PASS = "pass"
    FAIL = "fail"
    ABSENT = "absent"


class AuthResult(StrEnum):
    """A raw SPF or DKIM result (RFC 8601, 2.7)."""

    NONE = "none"
    PASS = "pass"
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    POLICY = "policy"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"
    ABSENT = "absent"


class SpfScope(StrEnum):
    """Which identity SPF was checked for."""

    MFROM = "mfrom"
    HELO = "helo"
    ABSENT = "absent"


class Override(StrEnum):
    """Why a receiver did not follow the policy (RFC 7489 App. C, RFC 9990, 3.1.1.9)."""

    FORWARDED = "forwarded"
    SAMPLED_OUT = "sampled_out"
    TRUSTED_FORWARDER = "trusted_forwarder"
    MAILING_LIST = "mailing_list"
    LOCAL_POLICY = "local_policy"
    POLICY_TEST_MODE = "policy_test_mode"
    OTHER = "other"
    ABSENT = "absent"


class Policy(StrEnum):
    """`p`, `sp` and `np` (RFC 9989, 4.7)."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"
    ABSENT = "absent"


class AlignmentMode(StrEnum):
    """`adkim` and `aspf`."""

    RELAXED = "r"
    STRICT = "s"
    ABSENT = "absent"


class AlignmentMeaning(StrEnum):
    """What the list of `Identity-Alignment` names: what aligned (RFC 7489, 7.3.1), or what failed to (RFC 9991, 4)."""

    ALIGNED = "aligned"
    FAILED = "failed"
    UNCLEAR = "unclear"
    ABSENT = "absent"


class Found(StrEnum):
    """The state of a look-up: a failed one is unknown, never missing and never clean."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
