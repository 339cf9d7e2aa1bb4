"""What leaves the store: erased for good, hidden for a time, or given to another domain of the same organisation."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

from collections.abc import Sequence

from sekisho.store.duck import Duck
from sekisho.store.sql import marks

BY_DOMAIN = ("fact", "report", "flow", "change", "tls_report", "tls_policy")
"""Tables whose rows belong to a domain of an organisation."""


def hide(duck: Duck, org: int, domain: str) -> None:
    """The rows of a domain get the negative number of their organisation, which no question ever asks for."""
    _move(duck, org, -org, domain)


def show(duck: Duck, org: int, domain: str) -> None:
    """Takes that back."""
    _move(duck, -org, org, domain)


def _move(duck: Duck, was: int, org: int, domain: str) -> None:
    with duck.transaction():
        for table in BY_DOMAIN:
            duck.write(f"UPDATE {table} SET org = ? WHERE org = ? AND domain = ?", (org, was, domain))
        duck.write("DELETE FROM touched WHERE org = ? AND domain = ?", (was, domain))


def hidden(duck: Duck) -> set[tuple[int, str]]:
    """The domains that are hidden, with their organisations."""
    rows = [
        pair for table in ("report", "tls_report") for pair in duck.read(f"SELECT DISTINCT org, domain FROM {table} WHERE org < 0")
    ]
    return {(-org, domain) for org, domain in rows}


def give(duck: Duck, org: int, domain: str, to: str) -> None:
    """The rows of a domain belong to another one; verdicts are not taken along, they are made again."""
    with duck.transaction():
        for table in ("flow", "change"):
            duck.write(f"DELETE FROM {table} WHERE org = ? AND domain = ?", (org, domain))
        for table in ("fact", "report", "tls_report", "tls_policy"):
            duck.write(f"UPDATE {table} SET domain = ? WHERE org = ? AND domain = ?", (to, org, domain))
        duck.write("DELETE FROM touched WHERE org = ? AND domain = ?", (org, domain))


def deliveries(duck: Duck, org: int, domains: Sequence[str]) -> set[int]:
    """Numbers of the deliveries by which the kept reports on some domains came first; hidden ones too."""
    if not domains:
        return set()
    sql = f"SELECT DISTINCT delivery FROM {{}} WHERE (org = ? OR org = ?) AND domain IN ({marks(domains)})"
    tables = ("report", "tls_report")
    return {number for table in tables for (number,) in duck.read(sql.format(table), (org, -org, *domains))}


def organisations(duck: Duck) -> set[int]:
    """The organisations that have rows, hidden or not."""
    return {abs(org) for table in BY_DOMAIN for (org,) in duck.read(f"SELECT DISTINCT org FROM {table}")}
