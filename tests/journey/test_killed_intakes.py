"""At every intake, mail that a real Postfix delivers while the server is killed again and again is there once."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.run import sekisho
from tests.cli.served import Served, outcomes, rows, until
from tests.contract.inbox.conftest import certificate, dovecot, moto, public_root  # noqa: F401 - fixtures
from tests.journey.sources import KINDS, Sources
from tests.journey.test_intakes import a_mail, facts, report

MAILS = 24
KILLS = 3
LONGEST_S = 1.2
"""A server is killed at the latest so long after its start; it begins to work after half of that."""


@pytest.fixture
def sources(request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sources]:
    """Sources over a fresh home, ended in the end."""
    import shutil
    import tempfile

    home = tmp_path / "home"
    sekisho(home, ["org", "add", "acme"], check=True)
    sekisho(home, ["domain", "add", "example.jp"], check=True)
    public = Path(tempfile.mkdtemp(prefix="sekisho-"))
    public.chmod(0o755)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, public, ignore_errors=True)
        yield Sources(request, home, public, stack)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_report_is_there_once_however_often_the_server_is_killed(kind: str, sources: Sources) -> None:
    source = sources.make(kind)
    served = Served(source.home)
    served.port = getattr(sources, "port", served.port)
    dice = random.Random(f"2026-11-24 {kind}")
    numbers = iter(range(MAILS))
    for _ in range(KILLS):
        served.start(wait=False)
        end = time.monotonic() + dice.uniform(LONGEST_S / 3, LONGEST_S)
        for number in [next(numbers) for _ in range(MAILS // (KILLS + 1))]:
            source.deliver(a_mail(number, count=1 + number % 7))
            time.sleep(dice.uniform(0, 0.1))
        time.sleep(max(0.0, end - time.monotonic()))
        served.kill()
    for number in numbers:
        source.deliver(a_mail(number, count=1 + number % 7))
    with served:
        until(lambda: source.is_empty() and outcomes(source.home)["kept"] >= MAILS)
        until(lambda: not rows(source.home, "SELECT 1 FROM registry_delivery WHERE state = 0 LIMIT 1"))
        assert facts(source.home) == {report(number): 1 + number % 7 for number in range(MAILS)}
    assert set(outcomes(source.home)) <= {"kept", "duplicate"}
