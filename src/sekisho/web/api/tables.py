"""The rows of the interface's tables: the columns of the exports, so that CSV, command line and interface say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typing_extensions import TypedDict

from sekisho.store.query import Answer, Split
from sekisho.web import exports
from sekisho.web.pages.asked import Asked


class Splits(TypedDict):
    """Messages by class."""

    messages: int
    normal: int
    forwarded: int
    failing: int
    spoof: int


def _row(name: str, what: str, *, integers: str = "", numbers: str = "", truths: str = "") -> Any:
    """The shape of a table's rows: its columns, which are text unless named here."""
    kinds = {**dict.fromkeys(integers.split(), int), **dict.fromkeys(numbers.split(), float), **dict.fromkeys(truths.split(), bool)}
    make: Any = TypedDict
    columns = exports.TABLES[what][0]
    assert kinds.keys() <= set(columns), what
    return make(name, {column: kinds.get(column, str) for column in columns})


_SPLIT = "messages normal forwarded failing spoof"
ROWS: dict[str, Any] = {
    "records": _row("RecordRow", "records", integers="row count", numbers="confidence", truths="dkim_aligned spf_aligned"),
    "hosts": _row("HostRow", "hosts", integers=f"asn domains {_SPLIT}", numbers="confidence"),
    "groups": _row("GroupRow", "groups", integers=f"passed hosts domains {_SPLIT}"),
    "reports": _row("ReportRow", "reports", integers=f"records notes {_SPLIT}"),
    "failures": _row("FailureRow", "failures", integers="incidents number delivery"),
    "tls": _row("TlsPolicyRow", "tls", integers="policy successful failed"),
    "campaigns": _row("CampaignRow", "campaigns", integers="sources messages"),
}


def several(what: str) -> Any:
    """The shape of a list of a table's rows."""
    lists: Any = list
    return lists[ROWS[what]]


def page(what: str, *, has_sums: bool = True) -> Any:
    """The shape of a page of a table."""
    make: Any = TypedDict
    base: dict[str, object] = {"items": several(what), "total": int, "page": int, "size": int}
    sums: dict[str, object] = {"sums": Splits, "first_day": str, "last_day": str} if has_sums else {}
    return make(f"{what.title()}Page", {**base, **sums})


def rows_of(what: str, found: Iterable[Any]) -> list[dict[str, object]]:
    """Rows as JSON objects; keys of reports are text, since JavaScript's numbers do not hold them."""
    columns, values = exports.TABLES[what]
    rows = [dict(zip(columns, values(row), strict=True)) for row in found]
    return [{**row, "key": str(row["key"])} if "key" in row else row for row in rows]


def page_of_answer(asked: Asked, what: str, answer: Answer) -> dict[str, object]:
    """A page of a table of messages."""
    return {
        "items": rows_of(what, answer.rows),
        "total": answer.total,
        "page": asked.state.page,
        "size": asked.state.size,
        "sums": splits(answer.split),
        **days(asked),
    }


def days(asked: Asked) -> dict[str, str]:
    """The range that was asked for, resolved."""
    return {"first_day": exports.iso_day(asked.state.first), "last_day": exports.iso_day(asked.state.last)}


def splits(split: Split) -> dict[str, int]:
    """Messages by class."""
    return dict(zip(("messages", "normal", "forwarded", "failing", "spoof"), exports.counts(split), strict=True))
