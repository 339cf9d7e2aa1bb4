"""Marks the tests that need a name server of Debian."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs_knot: needs Debian's Knot DNS (apt-get install knot)")
