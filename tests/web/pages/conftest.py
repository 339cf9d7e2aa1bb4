"""A small story for the pages: a genuine sender, a forwarder's look, a fault, a surge of spoofing; all of it by reports."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import NamedTuple

import pytest
from django.test import Client
from tests.builders import record, report_xml

from sekisho.flow import House, drain, judge_touched
from sekisho.registry.deliveries import accept
from sekisho.registry.models import Organisation
from sekisho.watch import watch_all

OWN, SPOOFER, OTHER = "192.0.2.10", "203.0.113.87", "198.51.100.7"
HOSTILE = "<script>alert(1)</script>"


class Story(NamedTuple):
    """What was reported: `passed` and `failed` messages in all, of the surge its first day."""

    last_day: int
    passed: int
    spoofed: int
    surge_day: int


def spoofed(count: int) -> str:
    """A record of mail without any signature, its envelope sender elsewhere."""
    made = record(SPOOFER, count, dkim="fail", spf="fail", envelope="bounce.example")
    return re.sub(r"<auth_results><dkim>.*?</dkim>", "<auth_results>", made)


def yesterday() -> int:
    """The last complete day by UTC."""
    return int(time.time()) // 86400 - 1


def keep(house: House, org: Organisation, files: list[tuple[str, bytes]]) -> list[int]:
    """Takes files the normal way and judges what they touch; returns the numbers of the deliveries."""
    ids = accept(org.pk, files, door="cli")
    while drain(house):
        pass
    judge_touched(house)
    return ids


@pytest.fixture
def story(house: House, org: Organisation) -> Story:
    """Thirty days of proper mail, and 300 spoofed messages on each of the last two days, of which a warning is open."""
    last = yesterday()
    files = []
    for age in range(30):
        day = last - age
        records = [record(OWN, 100)]
        if age < 2:
            records.append(spoofed(300))
        files.append((f"{day}.xml", report_xml(day, records, day=day)))
    keep(house, org, files)
    watch_all(replace(house, now=lambda: (last + 1) * 86400 + 6 * 3600), org.pk)
    return Story(last, 3000, 600, last - 1)


@pytest.fixture
def client_bob(bob: object) -> Client:
    """A browser with Bob signed in, who may read only."""
    made = Client()
    made.force_login(bob)  # type: ignore[arg-type]
    return made
