"""Many organisations in one install: how long the page over all of them takes, one of them, and who waits for whom.

python bench/organisations.py --organisations 300 --domains 10 --facts 3000
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

BATCH = 500
"""Reports a transaction."""


def main() -> None:
    """Makes the install, unless it is there, and prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=300)
    parser.add_argument("--domains", type=int, default=10)
    parser.add_argument("--facts", type=int, default=3_000, help="of each organisation")
    parser.add_argument("--deliveries", type=int, default=20_000, help="that one organisation sends at once")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--home", type=Path, help="keep the install here, or use the one that is there")
    parser.add_argument("--only-make", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = args.home or Path(folder)
        is_made = (home / "facts.duckdb").exists()
        os.environ.update(SEKISHO_HOME=str(home), SEKISHO_DNS_SERVERS="off", DJANGO_SETTINGS_MODULE="sekisho.web.settings")
        from sekisho.cli.house import open_house, open_registry

        settings = open_registry()
        with open_house(settings) as house:
            if not is_made:
                fill(house, args)
            if not args.only_make:
                time_pages(args)
                time_fairness(house, args)


def fill(house: Any, args: argparse.Namespace) -> None:
    """Organisations of one agency, each with domains, facts, some alerts and inboxes."""
    from sekisho.registry import agencies
    from sekisho.registry.models import Domain, Organisation, Role, User

    began = time.perf_counter()
    agency = agencies.Agency.objects.create(name="Bench")
    user = User.objects.create_user("bench@example.jp", "bench-password")
    agencies.put_person(agency, user, Role.OWNER)
    day = int(time.time()) // 86400 - 1
    rng = random.Random(1)
    for number in range(args.organisations):
        org = Organisation.objects.create(slug=f"customer-{number:03}", name=f"Customer {number:03}")
        agencies.put_organisation(agency, org)
        names = [f"d{n}.customer-{number:03}.example" for n in range(args.domains)]
        Domain.objects.bulk_create([Domain(organisation=org, name=name) for name in names])
        _facts(house, org.pk, number, args, day)
        _events(org, names, rng, day)
    house.store._duck.checkpoint()
    total = args.organisations * args.facts
    print(f"{args.organisations} organisations with {total:,} facts made in {time.perf_counter() - began:.0f} s")


def _facts(house: Any, org: int, number: int, args: argparse.Namespace, day: int) -> None:
    from dataclasses import replace
    from itertools import islice

    from sekisho.sample.bulk import Size, bulk_reports
    from sekisho.store.base import Arrival

    size = Size(facts=args.facts, last_day=day, days=60, domains=args.domains, reporters=6, addresses=2_000)
    at, reports = 0, bulk_reports(number, size)
    while batch := list(islice(reports, BATCH)):
        arrivals = []
        for report in batch:
            name = "d0" if report.policy.domain == "example.com" else report.policy.domain.partition(".")[0]
            domain = f"{name}.customer-{number:03}.example"
            at += 1
            arrivals.append(Arrival(org, domain, at, replace(report, policy=replace(report.policy, domain=domain))))
        house.store.keep(arrivals)


def _events(org: Any, names: list[str], rng: random.Random, day: int) -> None:
    """Alerts in every tenth organisation, an inbox in each, some of which do not work."""
    from django.utils import timezone

    from sekisho.registry.models import Alert, Inbox

    now = timezone.now()
    if rng.random() < 0.1:
        Alert.objects.create(
            organisation=org,
            rule="burst",
            domain=names[0],
            severity="urgent",
            first_day=day - 1,
            last_day=day,
            messages=900,
            raised=now,
            changed=now,
        )
    is_bad = rng.random() < 0.05
    Inbox.objects.create(
        organisation=org, kind="imap", title="reports", failures=3 if is_bad else 0, trouble="sign_in" if is_bad else ""
    )


def time_pages(args: argparse.Namespace) -> None:
    """The pages as the server makes them, without the network."""
    from django.test import Client

    from sekisho.registry.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(email="bench@example.jp"))
    paths = (
        "/agency/",
        "/agency/?days=90",
        "/agency/?q=d7.customer-12",
        "/agency/organisations.csv",
        "/customer-007/overview",
        "/customer-007/domains/",
    )
    for path in paths:
        taken = []
        for _ in range(args.rounds):
            wall, cpu = time.perf_counter(), time.process_time()
            answer = client.get(path)
            size = len(b"".join(answer.streaming_content) if answer.streaming else answer.content)
            taken.append(((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000))
            assert answer.status_code == 200, (path, answer.status_code)
        first, (cpu, wall) = taken[0], (statistics.median(column) for column in zip(*taken[1:], strict=True))
        print(
            f"{path:30} median {cpu:5.0f} ms of CPU, {wall:5.0f} ms by the clock; first {first[0]:5.0f} ms of CPU; {size:,} bytes"
        )


def time_fairness(house: Any, args: argparse.Namespace) -> None:
    """One organisation sends very much, then others one delivery each: in which turn are those done, and when?"""
    from sekisho import flow
    from sekisho.registry import deliveries
    from sekisho.registry.models import Organisation
    from sekisho.workers import BATCH as SERVER_BATCH

    orgs = list(Organisation.objects.order_by("id").values_list("pk", flat=True)[:6])
    flood = [(f"{n}.xml", _report(n, "d0.customer-000.example")) for n in range(args.deliveries)]
    for start in range(0, len(flood), 1000):
        deliveries.accept(orgs[0], flood[start : start + 1000], door="bench")
    single = {
        deliveries.accept(org, [("one.xml", _report(10**6 + n, f"d0.customer-{n:03}.example"))], door="bench")[0]
        for n, org in enumerate(orgs[1:], 1)
    }
    began, turn, done = time.process_time(), 0, 0
    while settled := flow.drain(house, limit=SERVER_BATCH):
        turn += 1
        done += len(settled)
        for number in single & {one.id for one in settled}:
            print(f"delivery {number} of another organisation: turn {turn}, after {time.process_time() - began:.2f} s of CPU")
    print(f"all {done:,} deliveries: {turn} turns, {time.process_time() - began:.1f} s of CPU")


def _report(number: int, domain: str) -> bytes:
    begin = (int(time.time()) // 86400 - 1) * 86400
    return (
        "<feedback><report_metadata><org_name>bench.example</org_name><email>a@bench.example</email>"
        f"<report_id>bench-{number}-{begin}</report_id><date_range><begin>{begin}</begin><end>{begin + 86399}</end></date_range>"
        f"</report_metadata><policy_published><domain>{domain}</domain><p>none</p></policy_published>"
        f"<record><row><source_ip>192.0.2.{number % 250}</source_ip><count>1</count>"
        f"<policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated></row><identifiers><header_from>{domain}</header_from></identifiers>"
        f"<auth_results><spf><domain>{domain}</domain><result>pass</result></spf></auth_results></record></feedback>"
    ).encode()


if __name__ == "__main__":
    sys.exit(main())
