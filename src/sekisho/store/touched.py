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

    def reading(self, org: int, domains: Iterable[str]) -> None:
        """Remembers that the domains are about to be read whole, to be judged; a mark not committed yet is newer."""
        marks: dict[str, int] = dict(self._duck.read("SELECT domain, MAX(mark) FROM touched WHERE org = ? GROUP BY domain", (org,)))
        self._read.update({(org, domain): marks.get(domain, 0) for domain in domains})

    def settle(self, org: int, domains: Iterable[str]) -> None:
        """Takes away the marks from before the domains were last read; all of them where this process has not read them."""
        with self._duck.transaction():
            for newest, some in self._by_mark(org, domains).items():
                sql = "DELETE FROM touched WHERE org = ? AND mark <= ? AND domain IN (SELECT unnest(CAST(? AS VARCHAR[])))"
                self._duck.write(sql, (org, newest, some))

    def _by_mark(self, org: int, domains: Iterable[str]) -> dict[int, list[str]]:
        marks: dict[int, list[str]] = {}
        for domain in domains:
            marks.setdefault(self._read.pop((org, domain), self._last), []).append(domain)
        return marks
