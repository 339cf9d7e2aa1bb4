"""Values made quickly are what dataclasses make."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from sekisho.core.facts import Context, Evidence
from sekisho.core.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    """Made quickly."""

    a: int
    b: str = "x"
    c: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Usual:
    """Made as usual."""

    a: int
    b: str = "x"
    c: dict[str, int] = field(default_factory=dict)


@pytest.mark.parametrize("given", [{"a": 1}, {"a": 1, "b": "y"}, {"a": 1, "c": {"z": 2}}, {"b": "", "a": 3, "c": {}}])
def test_a_quick_value_has_the_fields_of_the_usual_one(given: dict[str, object]) -> None:
    quick_one, usual = Quick(**given), Usual(**given)  # type: ignore[arg-type]

    assert repr(quick_one) == repr(usual).replace("Usual", "Quick")
    assert quick_one == Quick(usual.a, usual.b, usual.c)
    assert type(quick_one) is Quick


def test_a_quick_value_is_frozen_and_has_its_own_defaults() -> None:
    one, other = Quick(1), Quick(2)

    with pytest.raises(FrozenInstanceError):
        one.a = 5  # type: ignore[misc]
    assert one.c is not other.c
    assert replace(one, a=7) == Quick(7)
    assert hash(Context()) == hash(Context())


def test_a_quick_value_refuses_what_it_does_not_have() -> None:
    with pytest.raises(TypeError):
        Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Evidence("192.0.2.1", colour="red")  # type: ignore[call-arg]
