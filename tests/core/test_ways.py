"""The text of a way of authentication, on which its key hangs for ever, is plain compact JSON and reads back."""

import json

from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.facts import Way
from sekisho.core.reports.values import DkimAuth, Reason, Said, SpfAuth
from sekisho.core.terms import Aligned, AuthResult, Disposition, Override, SpfScope
from sekisho.core.ways import key63, way_from_text, way_key, way_of, way_text, way_text_of

names = st.one_of(st.sampled_from(["example.com", "b.example"]), st.text(max_size=8))
humans = st.sampled_from(["", "words"])
dkims = st.builds(DkimAuth, names, names, st.sampled_from(AuthResult), humans)
spfs = st.builds(SpfAuth, names, st.sampled_from(SpfScope), st.sampled_from(AuthResult), humans)


def text_of(values: tuple[object, ...]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


@given(names, names, st.lists(dkims, max_size=3), st.lists(spfs, max_size=3), st.lists(st.sampled_from(Override), max_size=3))
def test_a_way_is_written_as_json_and_read_back(
    header_from: str, envelope_from: str, dkim: list[DkimAuth], spf: list[SpfAuth], overrides: list[Override]
) -> None:
    way = Way(header_from, envelope_from, tuple(dkim), tuple(spf), tuple(overrides))
    text = way_text(way)
    assert text == text_of((header_from, envelope_from, [d[:3] for d in dkim], [s[:3] for s in spf], overrides, 0))
    read = way_from_text(text)
    assert (read.header_from, read.envelope_from, read.overrides) == (header_from, envelope_from, tuple(overrides))
    assert ([*read.dkim], [*read.spf]) == ([d._replace(human_result="") for d in dkim], [s._replace(human_result="") for s in spf])


@given(names, st.lists(dkims, max_size=4), st.lists(spfs, max_size=4), st.lists(st.sampled_from(Override), max_size=3))
def test_the_way_of_a_record_has_its_results_in_order_and_once(
    name: str, dkim: list[DkimAuth], spf: list[SpfAuth], overrides: list[Override]
) -> None:
    reasons = tuple(Reason(override, "arc=pass here") for override in overrides)
    said = Said(Disposition.NONE, Aligned.FAIL, Aligned.FAIL, reasons, name, name, "", tuple(dkim), tuple(spf))
    signed, sent = sorted({d[:3] for d in dkim}), sorted({s[:3] for s in spf})
    took = sorted(set(overrides) - {Override.ABSENT})
    assert way_text_of(said) == text_of((name, name, signed, sent, took, int(bool(overrides))))
    assert way_text(way_of(said)) == way_text_of(said)
    assert way_key(said) == way_key(said) == key63(way_text_of(said))
