"""Reports as their writers write them: names, numbers and the fields that they leave out."""

from __future__ import annotations

from bench.accuracy.island.chance import Dice
from bench.accuracy.island.people import Site
from bench.accuracy.island.receivers import Receiver

from sekisho.core.reports.values import AggregateReport, PolicyPublished, Record, Rows, Said
from sekisho.core.terms import SECONDS_A_DAY, AlignmentMode, Generation, Policy


def report(
    receiver: Receiver, site: Site, policy: str, begin: int, told: list[tuple[str, int, Said]], dice: Dice
) -> AggregateReport:
    """The report of a day."""
    mode = AlignmentMode.STRICT if site.strict else AlignmentMode.RELAXED
    published = PolicyPublished(
        site.domain,
        Policy(policy),
        Policy.ABSENT if receiver.name == "Yahoo" else Policy(policy),
        Policy(policy) if receiver.name == "google.com" else Policy.ABSENT,
        AlignmentMode.ABSENT if receiver.name.startswith("Fastmail") else mode,
        AlignmentMode.ABSENT if receiver.name.startswith("Fastmail") else mode,
        None if receiver.modern else site.pct,
        "1" if "Outlook" in receiver.name else "",
        "n" if receiver.modern else "",
        "psl" if receiver.modern else "",
    )
    return AggregateReport(
        receiver.name,
        receiver.email,
        "",
        _number(receiver, site, begin, dice),
        begin,
        begin + SECONDS_A_DAY - (0 if "Outlook" in receiver.name else 1),
        published,
        Rows.of(Record(*row) for row in told),
        generation=Generation.RFC9990 if receiver.modern else Generation.RFC7489,
        version="1.0",
    )


def _number(receiver: Receiver, site: Site, begin: int, dice: Dice) -> str:
    """A report's id in the manner of the receiver."""
    match receiver.id_style:
        case "hex":
            return dice.randbytes(16).hex()
        case "long":
            return f"{dice.randrange(10**19, 10**20)}{begin}"
        case "dotted":
            return f"{begin}.{dice.randrange(10**5, 10**6)}"
        case "host":
            return f"{site.domain}.{begin}.{dice.jumble(6)}"
        case "colon":
            return f"{site.domain}:{begin}"
        case "cisco":
            return f"{dice.jumble(6)}$9{dice.jumble(5)}={dice.jumble(4)}@{receiver.email.partition('@')[2]}"
    return str(dice.randrange(10**18, 10**19))
