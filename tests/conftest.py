"""Fixtures: Alice owns an organisation, Bob is on her team, Charlie belongs to another and sees nothing of hers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tools.compile import is_stale

settings.register_profile("sekisho", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("sekisho"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "sekisho")
"""A slow machine is no fault; where a change is checked, the examples are the same each time."""

if is_stale():
    raise SystemExit("the compiled modules are not those of this source: python -m tools.compile, or with --remove without them")

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real reports beside the project; tests that need it are skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real reports is not beside the project")
    return CORPUS


@pytest.fixture
def store(tmp_path: Path) -> Iterator[object]:
    """An empty embedded store, which the pages ask."""
    from sekisho.store.embedded import EmbeddedStore, StoreSettings
    from sekisho.web import facts

    opened = EmbeddedStore(StoreSettings(tmp_path / "facts.duckdb"))
    facts.use(opened)
    yield opened
    facts.use(None)
    opened.close()


@pytest.fixture
def house(store: object, db: None) -> Iterator[object]:
    """The house over that store, without network; its clock stands still."""
    from sekisho.core.judge.book import BOOK
    from sekisho.enrich.gather import Gatherer
    from sekisho.enrich.geo import Geo
    from sekisho.flow import House
    from sekisho.web import judging

    made = House(store, BOOK, Gatherer(Geo(()), None), lambda: 1_796_000_000)  # type: ignore[arg-type]
    judging.use(made)
    yield made
    judging.use(None)


@pytest.fixture
def org(db: None) -> object:
    """Alice's organisation, with example.jp registered."""
    from sekisho.registry.models import Domain, Organisation

    made = Organisation.objects.create(slug="acme", name="Acme")
    Domain.objects.create(organisation=made, name="example.jp")
    return made


@pytest.fixture
def other_org(db: None) -> object:
    """Charlie's organisation."""
    from sekisho.registry.models import Domain, Organisation

    made = Organisation.objects.create(slug="other", name="Other")
    Domain.objects.create(organisation=made, name="other.example")
    return made


def _person(email: str, org: object, role: str) -> object:
    from sekisho.registry.models import Member, User

    user = User.objects.create_user(email, "long-password-1")
    Member.objects.create(organisation=org, user=user, role=role)  # type: ignore[misc]
    return user


@pytest.fixture
def alice(org: object) -> object:
    """Owner of `org`."""
    return _person("alice@example.jp", org, "owner")


@pytest.fixture
def bob(org: object) -> object:
    """Reader in `org`."""
    return _person("bob@example.jp", org, "reader")


@pytest.fixture
def charlie(other_org: object) -> object:
    """Owner of `other_org`."""
    return _person("charlie@other.example", other_org, "owner")


@pytest.fixture
def client_alice(client: object, alice: object) -> object:
    """A browser with Alice signed in."""
    client.force_login(alice)  # type: ignore[attr-defined]
    return client


@pytest.fixture
def client_charlie(alice: object, charlie: object) -> object:
    """A browser with Charlie signed in."""
    from django.test import Client

    made = Client()
    made.force_login(charlie)  # type: ignore[arg-type]
    return made
