"""Opens the house for a command: registry, facts store, book, gatherer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.settings import Settings

if TYPE_CHECKING:
    from sekisho.flow import House


def open_registry() -> Settings:
    """Django set up and the registry's tables in their newest form; returns the settings."""
    import django
    from django.conf import settings as made

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        made.HOUSE.registry_path.chmod(0o600)
    house: Settings = made.HOUSE
    return house


SMALL_MEMORY_MB = 128
TAKING_MEMORY_MB = 80
"""For the facts while a command takes in. Measured: half of that takes 50 MiB less in all and a fifth longer, 128 take 40 MiB more
and 3 % less time, with 1,000-record reports."""
PATIENCE_S = 6.0
"""Facts that have come in are on a server's pages after so long at the latest, and as soon as what somebody looks at is ready."""


@contextmanager
def open_house(settings: Settings, *, small: bool = False, serves: bool = False) -> Iterator[House]:
    """The house, with the facts file owned by this process; raises StoreBusy when another has it.

    `small` is for taking in: little memory, one thread. The questions of pages get two, and as much memory as the file has, up to a
    bound: what is more would only keep what has been written. `serves` is for a server, whose workers make answers ready.
    """
    from sekisho.core.judge.book import BOOK
    from sekisho.enrich.gather import gatherer
    from sekisho.flow import House
    from sekisho.store.embedded import EmbeddedStore, StoreSettings
    from sekisho.web import facts, judging

    wanted = StoreSettings(settings.facts_path, patience_s=PATIENCE_S if serves else 0.0)
    fitting = TAKING_MEMORY_MB if small else max(SMALL_MEMORY_MB, min(wanted.memory_mb, size_of(settings.facts_path) >> 20))
    wanted = replace(wanted, memory_mb=fitting, most_memory_mb=wanted.memory_mb, threads=1 if small else wanted.threads)
    if settings.facts_memory_mb:
        wanted = replace(wanted, memory_mb=settings.facts_memory_mb, most_memory_mb=0)
    store = EmbeddedStore(wanted)
    house = House(store, BOOK, gatherer(settings), lambda: int(time.time()))
    facts.use(store.for_pages())
    judging.use(house)
    try:
        yield house
    finally:
        judging.use(None)
        facts.use(None)
        store.close()


def note(action: str, target: object, org: int | None, **detail: object) -> None:
    """Writes into the audit log what an operator did at the command line; `action` is a value of `registry.audit.Action`."""
    from sekisho.registry import audit

    audit.note(audit.SHELL, audit.Action(action), target, org=org, **detail)


def size_of(path: Path) -> int:
    """Bytes of a file; 0 when there is none."""
    return path.stat().st_size if path.exists() else 0
