"""The report mailbox of the sample organisation, and the evidence on the hosts it tells of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sekisho.core.facts import Evidence
from sekisho.core.reports.values import AggregateReport
from sekisho.sample.cast import HOSTS
from sekisho.sample.dice import dice
from sekisho.sample.oddities import Arrival, failure_mail, odd_mails, tls_mails
from sekisho.sample.post import report_mail
from sekisho.sample.reporters import Reporter
from sekisho.sample.world import DAY_S, World, reports

DAYS = 90
"""How far the sample goes back."""

FAILURE_REPORTS = 3
"""Failure reports on the burst; receivers that send any are few."""


def mails(seed: int, last_day: int, days: int = DAYS) -> Iterator[tuple[str, bytes]]:
    """Names and RFC 5322 bytes of the report mails on the days up to `last_day` (days since 1970-01-01), in the order they arrive.

    The same arguments give the same bytes.
    """
    for day, told in groupby(reports(World(), seed, last_day, days), key=lambda pair: pair[1].begin // DAY_S):
        pairs = list(told)
        arrivals = [_arrival(seed, reporter, report) for reporter, report in pairs]
        arrivals += tls_mails(seed, day, last_day)
        if day == last_day:
            arrivals += (failure_mail(seed, day - 1, number) for number in range(FAILURE_REPORTS))
            reporter, report = pairs[0]
            arrivals += odd_mails(seed, last_day, report, reporter)
        for _, name, mail in sorted(arrivals):
            yield name, mail


def _arrival(seed: int, reporter: Reporter, report: AggregateReport) -> Arrival:
    """A report's mail, with a name that tells people what it is."""
    domain = report.policy.domain
    rng = dice(seed, "arrival", reporter.domain, domain, report.begin)
    arrival = (report.begin // DAY_S + 1) * DAY_S + reporter.hour * 3600 + rng.randrange(3600)
    return arrival, f"{reporter.domain}!{domain}!{report.begin}", report_mail(report, reporter, arrival)


def evidence(last_day: int | None = None) -> list[Evidence]:
    """What look-ups would have found on the hosts of the sample, dated the morning after `last_day`, or not dated (0)."""
    at = 0 if last_day is None else (last_day + 1) * DAY_S + 6 * 3600
    return [host.evidence(at) for host in HOSTS]
