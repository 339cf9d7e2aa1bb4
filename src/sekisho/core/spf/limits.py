"""The bounds of SPF (RFC 7208, 4.6.4), and ours where it names none."""

MAX_LOOKUPS = 10
"""Terms that ask the DNS (`include a mx ptr exists redirect`) in one check; one more is a permerror."""

MAX_VOIDS = 2
"""Questions that find nothing; one more is a permerror."""

MAX_MX = 10
"""Names of one `mx`; one more is a permerror."""

MAX_PTR = 10
"""Names of one address that are looked at; the rest is ignored."""

MAX_RECORD = 16_384
"""Characters of a record; it should be under 450 (RFC 7208, 3.4), and real ones stay under 4,000."""

MAX_TERMS = 1_000
"""Terms of a record; a record of 4,000 characters has some 200."""

MAX_NAME = 253
"""Characters of a name that is asked for (RFC 7208, 7.3)."""

MAX_LABEL = 63
"""Characters of a label (RFC 1035, 2.3.4)."""

MAX_LOCAL = 512
"""Characters of a local part that macros see; 64 are allowed (RFC 5321, 4.5.3.1.1)."""

MAX_EXPLANATION = 1_000
"""Characters of an explanation; what is longer does not fit into two lines of a reply (RFC 5321, 4.5.3.1.5)."""

MAX_TIME_S = 20
"""Seconds for one check, to be given to the driver; what is not answered by then makes a temperror (RFC 7208, 4.6.4)."""

MAX_TREE_QUESTIONS = 200
"""Questions for the tree of a domain; the tree of a record within its limits needs at most 10 x 21."""

MAX_TREE_DEPTH = 20
"""Records within records of a tree; a check ends at 10."""
