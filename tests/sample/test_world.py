"""The sample world tells the story of the demonstration, and tells it again for the same seed."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from ipaddress import ip_address, ip_network

import pytest

from sekisho import sample
from sekisho.core.errors import Broken, NotAReport
from sekisho.core.reports.open import open_delivery
from sekisho.core.reports.values import AggregateReport, FailureReport, TlsReport
from sekisho.core.terms import Aligned, Disposition, Found
from sekisho.sample import cast
from sekisho.sample.bulk import Size, bulk_reports
from sekisho.sample.world import DAY_S, World, reports

LAST_DAY = 20780
"""Monday, 23 November 2026, a holiday."""
DOCUMENTATION = [ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]
SEED = sample.SEED


@pytest.fixture(scope="module")
def told():
    """(day, domain, reporter, record) of the whole 90 days."""
    return [
        (report.begin // DAY_S, report.policy.domain, report.org_name, record)
        for _, report in reports(World(), SEED, LAST_DAY, 90)
        for record in report.rows
    ]


def failed(record):
    return record.said.dkim_aligned is Aligned.FAIL and record.said.spf_aligned is Aligned.FAIL


def messages(told, days=90, **wanted):
    """Messages of the last days, of some hosts or a domain."""
    return sum(
        record.count
        for day, domain, _, record in told
        if day > LAST_DAY - days
        and wanted.get("domain", domain) == domain
        and record.source_ip in wanted.get("hosts", (record.source_ip,))
        and wanted.get("failing", failed(record)) == failed(record)
    )


def addresses(*groups):
    return {host.address for group in groups for host in group}


SPOOFERS = addresses(cast.VPS, cast.BOTS, cast.INVADED, cast.IMITATORS)


def test_a_month_has_the_volume_of_a_small_company(told):
    assert 355_000 < messages(told, 30) < 390_000
    assert 0.012 < messages(told, 30, hosts=SPOOFERS) / messages(told, 30) < 0.02


def test_the_burst_begins_three_days_before_the_last_and_comes_from_three_hosts(told):
    burst = addresses(cast.VPS)
    seen = {(day, record.source_ip) for day, _, _, record in told if record.source_ip in burst}
    assert {day for day, _ in seen} == set(range(LAST_DAY - 3, LAST_DAY + 1))
    assert {ip for _, ip in seen} == burst
    assert messages(told, 4, hosts=burst) > 5 * messages(told, 86, hosts=SPOOFERS - burst) / 86 * 4


def test_spoofers_never_pass_and_genuine_servers_hardly_fail(told):
    assert messages(told, hosts=SPOOFERS, failing=False) == 0
    assert messages(told, hosts=addresses(cast.OWN, cast.GROUPWARE, cast.SHOP, cast.NEWSLETTER), failing=True) == 0


def test_every_story_has_its_mail(told):
    for host in cast.HOSTS:
        assert messages(told, hosts={host.address}) > 0, host
    for group in (cast.ERP, cast.OSAKA, cast.SURVEY, cast.LISTS):
        assert messages(told, hosts=addresses(group), failing=False) == 0
    for group in (cast.PROVIDER, cast.ALUMNI, cast.GATEWAY):  # signatures that hold now and then tell a forwarder from a spoofer
        assert messages(told, hosts=addresses(group), failing=False) > 0
        assert messages(told, hosts=addresses(group), failing=True) > 0


def test_the_survey_is_sent_on_thursdays(told):
    days = {day for day, _, _, record in told if record.source_ip in addresses(cast.SURVEY)}
    assert len(days) >= 10
    assert {date.fromordinal(date(1970, 1, 1).toordinal() + day).strftime("%a") for day in days} == {"Thu"}


def test_offices_rest_on_weekends_and_holidays(told):
    by_day = Counter()
    for day, _, _, record in told:
        if record.source_ip in addresses(cast.OWN):
            by_day[day] += record.count
    friday, saturday, sunday, holiday = LAST_DAY - 3, LAST_DAY - 2, LAST_DAY - 1, LAST_DAY
    assert min(by_day[day] for day in (friday, friday - 1)) > 4 * max(by_day[day] for day in (saturday, sunday, holiday))


def test_protected_domains_are_enforced_and_watched_ones_are_not(told):
    done = Counter((domain, record.said.disposition) for _, domain, _, record in told if failed(record))
    assert {disposition for domain, disposition in done if domain == "example.co.jp"} == {Disposition.NONE}
    assert done["example.com", Disposition.REJECT] > 5 * done["example.com", Disposition.NONE] > 0
    assert done["example.jp", Disposition.QUARANTINE] > 0


def test_overrides_arc_and_a_subdomain_that_does_not_exist_occur(told):
    comments = {reason.comment for *_, record in told for reason in record.said.reasons}
    assert any(comment.startswith("arc=pass") for comment in comments)
    assert {record.said.header_from for *_, record in told} > {"accounts.example.co.jp", "news.example.jp", "support.example.com"}


def test_all_addresses_are_for_documentation_and_have_evidence(told):
    seen = {record.source_ip for *_, record in told}
    known = {evidence.address: evidence for evidence in sample.evidence(LAST_DAY)}
    assert seen == set(known)
    assert all(any(ip_address(ip) in network for network in DOCUMENTATION) for ip in seen)
    for found in known.values():
        assert 64496 <= found.asn <= 64511 or 65536 <= found.asn <= 65551
        assert found.place.latitude is not None
        assert (found.ptr_state is Found.YES) == bool(found.ptr)
        assert found.at == (LAST_DAY + 1) * DAY_S + 6 * 3600


def digest(seed, days):
    return hashlib.sha256(b"".join(mail for _, mail in sample.mails(seed, LAST_DAY, days))).hexdigest()


def test_the_same_seed_gives_the_same_mails_and_another_one_others():
    assert digest(1, 5) == digest(1, 5) != digest(2, 5)


def test_the_mails_say_what_happened_in_the_world():
    days, found, outcomes = 16, Counter(), Counter()
    copies = 0
    for name, mail in sample.mails(SEED, LAST_DAY, days):
        try:
            opened = open_delivery(mail)
        except (Broken, NotAReport) as error:
            outcomes[type(error)] += 1
            continue
        for report in opened.reports:
            outcomes[type(report)] += 1
            if name == "again":
                copies += 1
            elif isinstance(report, AggregateReport):
                found[report.policy.domain] += report.rows.messages
    world = Counter()
    for _, report in reports(World(), SEED, LAST_DAY, days):
        world[report.policy.domain] += report.rows.messages
    assert found == world + Counter({sample.STRAY_DOMAIN: 12})
    assert outcomes[Broken] == outcomes[NotAReport] == copies == 1
    assert outcomes[TlsReport] == 28
    assert outcomes[FailureReport] == 3


def test_the_duplicate_is_the_same_report_in_another_mail():
    mails = dict(sample.mails(SEED, LAST_DAY, 1))
    again = open_delivery(mails["again"]).reports[0]
    twins = [
        name
        for name, mail in mails.items()
        if name != "again" and "!" in name and open_delivery(mail).reports[0].report_id == again.report_id
    ]
    assert len(twins) == 1
    assert mails[twins[0]] != mails["again"]


def test_a_big_world_has_exactly_the_facts_that_were_asked_for():
    size = Size(facts=20_011, last_day=LAST_DAY, days=7, domains=5, reporters=40, addresses=2000)
    told = list(bulk_reports(3, size))
    keys = {(r.org_name, r.report_id, r.policy.domain, r.begin) for r in told}
    assert sum(len(report.rows) for report in told) == 20_011
    assert len(keys) == len(told)
    assert {report.begin // DAY_S for report in told} == set(range(LAST_DAY - 6, LAST_DAY + 1))
    assert len({report.policy.domain for report in told}) == 5
    assert len({record.source_ip for report in told for record in report.rows}) > 1000


def test_a_big_world_is_the_same_again():
    size = Size(facts=500, last_day=LAST_DAY, days=2, domains=2, reporters=3, addresses=100)

    def lines():
        return [(r.report_id, ip, n, said.header_from) for r in bulk_reports(3, size) for ip, n, said in r.rows]

    assert lines() == lines()
