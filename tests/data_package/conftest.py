"""Marks the tests that need sekisho-data."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs_data: needs sekisho-data (pip install ./data)")
