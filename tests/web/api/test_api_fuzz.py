"""The interface under whatever its description allows, and much that it does not: no fault of the server, answers as described."""

from __future__ import annotations

from contextlib import closing

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from tests.web.api.conftest import Operation, bearer, filled, interface, operations

from sekisho.registry.models import Organisation, User
from sekisho.web.api import access
from sekisho.web.wsgi import application

EXAMPLES = 12
"""Of each operation, good ones and bad ones."""
SCHEMA = schemathesis.openapi.from_dict(interface().get_openapi_schema())
CHECKED = CHECKS.get_by_names(
    ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
)
OPERATIONS = {op.name: op for op in operations()}


def whole(environ: dict[str, object], start: object) -> list[bytes]:
    """The application, its answer read to the end and closed as a server does, which the client of the test leaves out."""
    with closing(application(environ, start)) as parts:  # type: ignore[arg-type]
        return list(parts)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(OPERATIONS))
def test_no_request_makes_the_server_fail(
    name: str, world: dict[str, object], org: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "RATE", 10**9)
    operation = OPERATIONS[name]
    head = bearer(org, person=alice)
    there = _values(operation, world)
    described = SCHEMA[operation.path][operation.method.upper()]
    made = st.one_of(*(described.as_strategy(generation_mode=mode) for mode in GenerationMode))

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=made, is_there=st.booleans())
    def tried(case: schemathesis.Case, *, is_there: bool) -> None:
        if is_there:
            case.path_parameters = there
        with transaction.atomic():
            response = case.call(app=whole, headers=head)
            case.validate_response(response, checks=CHECKED)
            transaction.set_rollback(True)

    tried()


def _values(operation: Operation, world: dict[str, object]) -> dict[str, object]:
    """What the address of an operation is filled with in this world."""
    parts = zip(operation.path.split("/"), filled(operation, world).split("/", operation.path.count("/")), strict=True)
    return {name.strip("{}"): value for name, value in parts if name.startswith("{")}


def test_the_description_is_valid(client: Client, db: None) -> None:
    SCHEMA.validate()
