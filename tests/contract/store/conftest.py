"""Every store, to be put through the same tests: the embedded one, and the plain one they are measured by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.store.base import Store
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from tests.contract.store.plain import PlainStore


@pytest.fixture(params=["embedded", "plain"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    if request.param == "plain":
        yield PlainStore()
        return
    opened = EmbeddedStore(StoreSettings(tmp_path / "facts.duckdb"))
    yield opened
    opened.close()
