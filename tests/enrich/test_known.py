"""Evidence to JSON and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.facts import Evidence, Place
from sekisho.core.terms import Found
from sekisho.enrich.known import from_json, read_known, to_json, write_known

WHOLE = Evidence(
    "192.0.2.7",
    Found.YES,
    "mail.example.test",
    Found.NO,
    Place("JP", "千代田区", 35.69, 139.77),
    64500,
    "Example Networks",
    "example.net",
    ("bl.test",),
    2,
    1_790_000_000,
)

texts = st.text(max_size=20)
places = st.builds(Place, texts, texts, st.none() | st.floats(-90, 90), st.none() | st.floats(-180, 180))
evidences = st.builds(
    Evidence,
    address=st.text(min_size=1, max_size=40),
    ptr_state=st.sampled_from(Found),
    ptr=texts,
    confirmed=st.sampled_from(Found),
    place=places,
    asn=st.integers(0, 1 << 32),
    as_name=texts,
    as_domain=texts,
    listed=st.lists(texts, max_size=3).map(tuple),
    lists_asked=st.integers(0, 9),
    at=st.integers(0, 1 << 33),
)


@given(evidence=evidences)
def test_what_is_written_is_read_again(evidence: Evidence) -> None:
    assert from_json(to_json(evidence)) == evidence


def test_what_is_not_known_is_left_out() -> None:
    assert to_json(Evidence("192.0.2.1")) == {"address": "192.0.2.1"}


def test_a_file_is_read_by_address(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    write_known(path, [WHOLE, Evidence("2001:db8::1")])
    assert read_known(path) == {"192.0.2.7": WHOLE, "2001:db8::1": Evidence("2001:db8::1")}
    write_known(path, [])
    assert read_known(path) == {}


@pytest.mark.parametrize(
    "text",
    [
        "[]x",
        "{}",
        "[1]",
        "[{}]",
        '[{"address": ""}]',
        '[{"address": 5}]',
        '[{"address": "192.0.2.1", "asn": "5"}]',
        '[{"address": "192.0.2.1", "asn": true}]',
        '[{"address": "192.0.2.1", "ptr_state": "perhaps"}]',
        '[{"address": "192.0.2.1", "surprise": 1}]',
    ],
)
def test_other_text_is_refused_with_the_name_of_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"known\.json"):
        read_known(path)
