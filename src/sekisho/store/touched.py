"""Domains whose context has grown since they were last judged whole."""

from __future__ import annotations

from collections.abc import Iterable

from sekisho.store.duck import Duck


class Touched:
    """Marks on domains, each with a number of its own.

    A judge reads a domain, thinks, and settles. What is kept meanwhile makes a newer mark, which then stays.
    """

    def __init__(self, duck: Duck) -> None:
        self._duck = duck
        self._read: dict[tuple[int, str], int] = {}
        ((self._last,),) = duck.read("SELECT COALESCE(MAX(mark), 0) FROM touched")

    def by_reports(self) -> None:
        """Marks the domains of the reports with rows in the stage `s_report`."""
        self._last += 1
        sql = "INSERT INTO touched SELECT DISTINCT org, domain, CAST(? AS BIGINT) FROM s_report WHERE row_count > 0"
        self._duck.write(sql, [self._last])

    def by_hosts(self, hosts: Iterable[int]) -> None:
        """Marks the domains that have facts of some addresses."""
        self._last += 1
        self._duck.write("TRUNCATE s_touched")
        self._duck.append("s_touched", [(host,) for host in hosts])
        of_hosts = "FROM fact WHERE host IN (SELECT host FROM s_touched)"
        self._duck.write(f"INSERT INTO touched SELECT DISTINCT org, domain, CAST(? AS BIGINT) {of_hosts}", [self._last])

    def all(self) -> list[tuple[int, str]]:
        """The marked domains, the longest waiting first."""
        rows = self._duck.read(
            "SELECT org, domain, MIN(mark) AS first FROM touched GROUP BY org, domain ORDER BY first, org, domain"
        )
        return [(org, domain) for org, domain, _ in rows]

    def reading(self, org: int, domain: str) -> None:
        """Remembers that the domain is about to be read whole, to be judged; a mark not committed yet is newer."""
        ((newest,),) = self._duck.read("SELECT MAX(mark) FROM touched WHERE org = ? AND domain = ?", (org, domain))
        self._read[(org, domain)] = newest or 0

    def settle(self, org: int, domain: str) -> None:
        """Takes away the marks from before the domain was last read; all of them where this process has not read it."""
        with self._duck.transaction():
            newest = self._read.pop((org, domain), self._last)
            self._duck.write("DELETE FROM touched WHERE org = ? AND domain = ? AND mark <= ?", (org, domain, newest))
