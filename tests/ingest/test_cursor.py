"""Cursors: nothing is forgotten that could come late, and the text stays short."""

from hypothesis import given
from hypothesis import strategies as st

from sekisho.ingest.cursor import KEPT, TAIL, Mark, Tail, digest

ITEMS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50).map(lambda n: digest(str(n)))), max_size=60, unique=True)


@given(ITEMS)
def test_a_mark_lacks_exactly_what_it_has_not_seen(items: list[tuple[int, str]]) -> None:
    seen, late = items[::2], items[1::2]
    mark = Mark.from_text(Mark().grown(seen).to_text())
    assert [mark.lacks(item) for item in seen] == [False] * len(seen)
    assert [mark.lacks(item) for item in late] == [True] * len(late)


def test_a_mark_remembers_the_newest_one_by_one_and_the_rest_by_time() -> None:
    mark = Mark()
    for n in range(3 * KEPT):
        mark = mark.grown([(n * 10, digest(str(n)))])
    assert not mark.lacks((0, digest("0")))
    assert not mark.lacks((5, digest("very late")))
    assert mark.lacks((3 * KEPT * 10 - 15, digest("late")))
    assert len(mark.to_text()) < 25_000
    assert Mark.from_text(mark.to_text()) == mark


def test_many_items_of_one_moment_are_all_taken_once() -> None:
    items = sorted((7, digest(str(n))) for n in range(4 * KEPT))
    mark, taken = Mark(), []
    while waiting := [item for item in items if mark.lacks(item)][:100]:
        taken += waiting
        mark = mark.grown(waiting)
    assert taken == items


def test_foreign_text_is_the_beginning() -> None:
    for text in ("", "null", "[]", "[1,2]", '[["x","y"],[]]', "17:4", '{"a":1}', "[[1,2],[3]]"):
        assert Mark.from_text(text) == Mark()


def test_a_tail_finds_its_place_when_some_have_gone() -> None:
    keys = [digest(str(n)) for n in range(200)]
    tail = Tail.from_text(Tail().grown(keys[:120]).to_text())
    assert len(tail.last) == TAIL
    assert tail.start(keys) == 120
    assert tail.start(keys[:100] + keys[121:]) == 100
    assert tail.start(keys[121:]) == 0
    assert Tail().start(keys) == 0
