"""Browsers of people."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def client_bob(bob: object) -> Client:
    """A browser with Bob signed in, who may read only."""
    made = Client()
    made.force_login(bob)  # type: ignore[arg-type]
    return made
