"""Answers about many organisations at once, for those who look after them; each question is asked once for all of them."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sekisho.core.terms import Class
from sekisho.store.query import OrgSum, Split
from sekisho.store.sql import SPLIT, Ask, marks, split_of

MOST_DAYS = 100
"""Days of a spark, so that a careless range costs nothing."""


def org_sums(ask: Ask, orgs: Sequence[int], since: int, until: int) -> dict[int, OrgSum]:
    """See `Store.org_sums`."""
    if not orgs:
        return {}
    values = (*orgs, since, until)
    of = f"org IN ({marks(orgs)}) AND day >= ? AND day <= ?"
    days: dict[int, dict[int, Split]] = defaultdict(dict)
    for org, day, *sums in ask(f"SELECT org, day, {SPLIT} FROM fact WHERE {of} GROUP BY org, day", values):
        days[org][day] = split_of(sums)
    newest: dict[int, int] = dict(ask(f"SELECT org, MAX(ends) FROM report WHERE org IN ({marks(orgs)}) GROUP BY org", tuple(orgs)))
    policies = _policies(ask, of, values)
    first = max(since, until - MOST_DAYS + 1)
    return {
        org: OrgSum(
            org,
            Split(*(sum(split.of(k) for split in days[org].values()) for k in Class)),
            tuple(days[org].get(day, Split()).spoof for day in range(first, until + 1)),
            int(newest[org]),
            dict(policies.get(org, {})),
        )
        for org in orgs
        if org in newest
    }


def _policies(ask: Ask, of: str, values: tuple[object, ...]) -> dict[int, Counter[str]]:
    """How many domains have each policy, after the newest report on each; see `ask.domains`."""
    sql = (
        "SELECT org, domain, policy, CASE WHEN policy_domain = domain THEN 1 ELSE 0 END AS own, MAX(begins) FROM report"
        f" WHERE {of} GROUP BY org, domain, policy, own"
    )
    best: dict[tuple[int, str], tuple[int, int, str]] = {}
    for org, domain, policy, own, begins in ask(sql, values):
        found = (own, begins, policy)
        best[org, domain] = max(best.get((org, domain), found), found)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for (org, _domain), (_own, _begins, policy) in best.items():
        counts[org][policy] += 1
    return counts
