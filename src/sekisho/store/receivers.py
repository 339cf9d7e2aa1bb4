"""Whether failing mail is reported by the receivers that the domain's own mail goes to, or by others."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from sekisho.store.duck import Row

Run = Callable[..., list[Row]]

ENOUGH = 20
"""Records of passing mail from which a domain's receivers are known."""
UNSEEN = 50
"""Records that a receiver's share in the failing mail counts for beside those seen, so that small counts prove little."""
RARE = 0.001
"""The least share of a receiver in the failing mail."""
MOST = 2
"""The most that one receiver says, in nats: one report is soon a chance."""
DEAD = 0.1
"""Means of less say nothing: the receivers of any two kinds of mail differ a little."""
HALF = 2
"""Records with which half of it is believed."""
_THOUSAND = 1000

_LIKE = """
CREATE TEMP TABLE {name}_like AS
WITH vote AS (
  SELECT domain, reporter, SUM(part) AS votes FROM (
    SELECT domain, reporter, CAST(1000000 * COUNT(*) / SUM(COUNT(*)) OVER (PARTITION BY domain, host) AS BIGINT) AS part
    FROM {name}_fail GROUP BY domain, host, reporter
  ) GROUP BY domain, reporter
), usual AS (
  SELECT domain, reporter, GREATEST(votes / SUM(votes) OVER (PARTITION BY domain), {rare}) AS share FROM vote
), own AS (
  SELECT domain, reporter, COUNT(*) AS records FROM fact
  WHERE org = ? AND domain IN (SELECT unnest(CAST(? AS VARCHAR[]))) AND day >= ? AND day <= ? AND dkim_aligned + spf_aligned > 0
  GROUP BY domain, reporter
), own_all AS (
  SELECT domain, SUM(records) AS records FROM own GROUP BY domain HAVING SUM(records) >= {enough}
)
SELECT u.domain, u.reporter, CAST(ROUND({thousand} * GREATEST(-{most}, LEAST({most},
  LN((COALESCE(o.records, 0) + {unseen} * u.share) / (a.records + {unseen}) / u.share)))) AS BIGINT) AS likeness
FROM usual u JOIN own_all a ON a.domain = u.domain LEFT JOIN own o ON o.domain = u.domain AND o.reporter = u.reporter
"""
"""How much more often a receiver reports the domain's own mail than failing mail, in thousandths of nats; each failing source
has one vote. Whole numbers, so that the order in which an engine adds does not matter."""
_HEARD = """
SELECT r.domain, sgroup, host, envelope, SUM(likeness * root), SUM(root), SUM(records) FROM (
  SELECT f.domain, h.sgroup, CASE WHEN h.sgroup = 'unknown' THEN h.source_ip ELSE '' END AS host, e.envelope, f.reporter,
    COUNT(*) AS records, CAST(ROUND({thousand} * SQRT(COUNT(*))) AS BIGINT) AS root
  FROM {name}_fail f JOIN {name}_envelope e ON e.way = f.way JOIN host h ON h.id = f.host
  GROUP BY 1, 2, 3, 4, 5
) r JOIN {name}_like l ON l.domain = r.domain AND l.reporter = r.reporter GROUP BY r.domain, sgroup, host, envelope
"""

TABLES = ("like",)
"""Parts of the names of the temporary tables."""
Kin = tuple[str, str, str, str]
"""Domain, sending group, address where the group is not known (else empty), and envelope domain."""


def likenesses(run: Run, name: str, org: int, domains: Sequence[str], days: tuple[int, int]) -> dict[Kin, float]:
    """For each kin how like its receivers are to those of the domain's own mail: from about -2 (quite others) to 2, 0 where
    nothing can be said. Asks the tables `{name}_fail` and `{name}_envelope`.

    The mean, over the records, of the logarithm of how much more often a receiver reports the domain's own mail than its failing
    mail: by the root of its records, since mail to one receiver comes in series.
    """
    words = {"name": name, "rare": RARE, "enough": ENOUGH, "unseen": UNSEEN, "most": MOST, "thousand": _THOUSAND}
    run(_LIKE.format(**words), (org, list(domains), *days))
    found: dict[Kin, float] = {}
    for domain, group, host, envelope, total, roots, records in run(_HEARD.format(**words)):
        mean = int(total) / int(roots) / _THOUSAND
        far = max(abs(mean) - DEAD, 0.0) * records / (records + HALF)
        if far:
            found[domain, group, host, json.loads(f'"{envelope}"')] = far if mean > 0 else -far
    return found
