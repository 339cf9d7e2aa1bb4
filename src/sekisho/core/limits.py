"""The bounds on everything that comes from outside; one value carries them through all readers."""

from dataclasses import dataclass

from sekisho.core.errors import TooLarge

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a delivery is looked at. Whoever is at the door may lower or raise them."""

    delivery_bytes: int = 64 * MIB
    """One mail or file as it arrives; report mails of the largest receivers stay under 30 MiB."""
    unpacked_bytes: int = 512 * MIB
    """All that one delivery unpacks to; 200,000 records are about 135 MB of XML."""
    held_bytes: int = 64 * MIB
    """A zip inside another archive, the only thing that is held unpacked as a whole."""
    archives: int = 200
    """Archives in one delivery."""
    members: int = 1000
    """Members of one zip."""
    packing_depth: int = 4
    """Archives within archives; gzip in zip in a mail is 2."""
    mail_parts: int = 500
    mail_depth: int = 8
    """Multiparts and mails within mails."""
    mail_header_bytes: int = 256 * KIB
    """The header of one part; mail systems allow 100 KiB or less."""
    odd_mail_bytes: int = 16 * MIB
    """A mail that only the standard library understands; it takes ten times as much memory."""
    depth: int = 64
    """Elements within elements; a report needs 6."""
    token_bytes: int = 1 * MIB
    """One tag or comment. Expat before 2.6 takes quadratic time over a long one."""
    names: int = 500
    """Different element and attribute names of a document that are none of a report's (expat keeps each)."""
    elements: int = 2000
    """Elements of one record; 100 DKIM results (RFC 9990, 3.1.3) need 500."""
    results: int = 100
    """DKIM results, SPF results, reasons of a record (RFC 9990, 3.1.3), errors of a report."""
    text: int = 2048
    """Characters of one value; longer ones are cut."""
    rows: int = 1_000_000
    said_bytes: int = 128 * MIB
    """What the different records of one report may say in all, as held in memory."""
    work: int = 4_500_000
    """Elements that one delivery may have read by the slow ways, or other work that takes as long, 1 to 2 us each. 200,000 records
    in a form that no quick way understands have 4.4 million."""
    repair_bytes: int = 4 * MIB
    """The largest document that is held for a second, lenient reading."""
    json_bytes: int = 16 * MIB
    policies: int = 10_000
    """Policies, and failure details of all policies together, of a TLS report."""
    fields: int = 500
    """Fields of a failure report."""
    original_bytes: int = 4 * MIB
    """The message a failure report brings along; longer ones are cut."""


DEFAULT = Limits()


class Work:
    """What may still be done for one delivery, in elements (`Limits.work`)."""

    __slots__ = ("left",)

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self.left = limits.work

    def spend(self, number: int) -> None:
        """Counts work; raises `TooLarge`."""
        self.left -= number
        if self.left < 0:
            raise TooLarge("Reading the report takes too much work")
