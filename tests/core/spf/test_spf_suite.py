"""Every case of the public test suites gives a result that is in its list."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from tests.core.spf.published import member

from sekisho.core.questions import FAILED, NODATA, NXDOMAIN, Answer, Question, answered, found
from sekisho.core.spf.check import check_mail_from
from sekisho.core.spf.values import Client, unmapped

SUITES = {"rfc7208-tests.yml": 203, "rfc4408-tests.yml": 191}
"""And how many cases each has."""


@dataclass(frozen=True)
class Case:
    """One case of a suite."""

    suite: str
    name: str
    zone: dict[str, list[Any]]
    said: dict[str, Any]


def cases(suite: str) -> Iterator[Case]:
    for scenario in yaml.safe_load_all(member(f"test/{suite}")):
        zone = {name.lower().rstrip("."): records for name, records in scenario["zonedata"].items()}
        for name, said in scenario["tests"].items():
            yield Case(suite, name, zone, said)


class Zone:
    """Answers from the zone data of a scenario, as its drivers do: SPF records stand for TXT where no TXT is given."""

    def __init__(self, zone: dict[str, list[Any]]) -> None:
        self.zone = zone

    def __call__(self, question: Question) -> Answer:
        name = question.name.lower().rstrip(".")
        for _ in range(10):
            if name not in self.zone:
                return FAILED if name.startswith("error.") else NXDOMAIN
            records = self.zone[name]
            values = [value for kind, value in self._pairs(records) if kind == question.rtype]
            if "TIMEOUT" in values or ("TIMEOUT" in records and not values):
                return FAILED
            if values:
                return found(*values)
            alias = [record["CNAME"] for record in records if isinstance(record, dict) and "CNAME" in record]
            if not alias:
                return NODATA
            name = alias[0].lower().rstrip(".")
        return FAILED

    def _pairs(self, records: list[Any]) -> Iterator[tuple[str, str]]:
        pairs = [pair for record in records if isinstance(record, dict) for pair in record.items()]
        has_text = any(kind == "TXT" for kind, _ in pairs)
        for kind, value in pairs:
            if (kind == "SPF" and not has_text) or (kind == "TXT" and value != "NONE"):
                yield "TXT", self._text(value)
            elif kind == "MX":
                yield "MX", f"{value[0]} {value[1].lower().rstrip('.')}"
            elif kind == "PTR":
                yield "PTR", value.lower().rstrip(".")
            elif kind not in ("SPF", "TXT"):
                yield kind, value

    @staticmethod
    def _text(value: Any) -> str:
        return value if isinstance(value, str) else "".join(value)


@functools.cache
def wrong(suite: str) -> tuple[dict[str, str], int]:
    """What goes otherwise than the suite says, and how many cases there are."""
    bad, count = {}, 0
    for case in cases(suite):
        count += 1
        said = case.said
        client = Client(unmapped(str(said["host"])), said["helo"])
        got = answered(check_mail_from(client, said.get("mailfrom") or ""), Zone(case.zone))
        right = said["result"] if isinstance(said["result"], list) else [said["result"]]
        explanation = said.get("explanation")
        if got.result.value not in right:
            bad[case.name] = f"{got} is not {right}"
        elif explanation is not None and (got.explanation or "DEFAULT") != explanation:
            bad[case.name] = f"{got.explanation!r} is not {explanation!r}"
    return bad, count


@pytest.mark.parametrize("suite", SUITES)
def test_every_case_of_the_suite_is_right(suite: str) -> None:
    bad, count = wrong(suite)
    assert not bad, "\n".join(f"{name}: {what}" for name, what in bad.items())
    assert count == SUITES[suite]
