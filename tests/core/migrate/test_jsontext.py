"""JSON read piece by piece gives what JSON read at once gives, and hostile JSON ends with a reason and in little memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.errors import Broken, ReadError, TooLarge
from sekisho.core.migrate.jsontext import JsonText

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def walked(text: JsonText, depth: int) -> Any:
    """The next value, walked to this depth and read as a whole below."""
    if depth and text.peek() == "[":
        return [walked(text, depth - 1) for _ in text.items()]
    if depth and text.peek() == "{":
        return {name: walked(text, depth - 1) for name in text.members()}
    return text.value()


@given(VALUES, st.integers(1, 40), st.integers(0, 4), st.booleans(), st.sampled_from([None, 1]))
def test_it_reads_what_the_standard_library_reads(value: Any, size: int, depth: int, ascii_only: bool, indent: int | None) -> None:
    data = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "replace")
    text = JsonText(pieces(data, size))
    assert walked(text, depth) == json.loads(data)
    assert not text.more()


@given(st.lists(VALUES), st.integers(1, 40), st.integers(0, 4))
def test_skipping_leaves_off_at_the_next_value(values: list[Any], size: int, depth: int) -> None:
    text = JsonText(pieces(b"\n".join(json.dumps(value).encode() for value in [*values, "end"]), size))
    for _ in values:
        text.skip(depth)
    assert text.value() == "end"


def test_values_may_follow_each_other_with_or_without_commas() -> None:
    text = JsonText([b'\xef\xbb\xbf[1,2],\n[3]\n{"a": 4},', b" 5 6"])
    found = []
    while text.more():
        found.append(text.value())
    assert found == [[1, 2], [3], {"a": 4}, 5, 6]


@pytest.mark.parametrize(
    "data",
    [b"[", b"[1", b"[1 2]", b'{"a"}', b'{"a":1', b"{1:2}", b'"abc', b"tru", b"[" * 100_000, b"1" * 10_000, b"{]", b""],
)
@pytest.mark.parametrize("depth", [0, 3])
def test_what_is_no_json_is_refused(data: bytes, depth: int) -> None:
    with pytest.raises(ReadError) as caught:
        walked(JsonText([data]), depth)
    assert "character " in caught.value.where


def test_a_value_without_an_end_is_refused_before_it_fills_the_memory() -> None:
    endless = (b'"' + b"x" * 65535 if not n else b"x" * 65536 for n in range(10_000))
    tracemalloc.start()
    with pytest.raises(TooLarge):
        JsonText(endless).value()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 << 20


def test_endless_blanks_are_refused() -> None:
    with pytest.raises(TooLarge):
        JsonText(b" " * 65536 for _ in range(10_000)).peek()


def test_after_an_error_it_goes_on_at_the_next_line() -> None:
    text = JsonText([b'{"a": nonsense}\n{"b', b'": 1}\n'])
    with pytest.raises(Broken):
        walked(text, 2)
    text.next_line()
    assert text.value() == {"b": 1}
