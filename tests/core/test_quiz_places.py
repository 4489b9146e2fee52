from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.presentation import shuffled_around
from quiz.core.quiz_places import in_order, in_sections


@dataclass(frozen=True)
class Place:
    position: int
    section_id: str


@dataclass(frozen=True)
class Section:
    id: str


MAP, TEXT = Section("map"), Section("text")
IDS = st.lists(st.sampled_from("abcdefghijklm"), unique=True)


def test_places_outside_come_first_then_each_section_with_its_own():
    places = [Place(1, "text"), Place(2, ""), Place(3, "map"), Place(4, "text")]

    assert in_sections([MAP, TEXT], places) == [
        (None, [Place(2, "")]), (MAP, [Place(3, "map")]), (TEXT, [Place(1, "text"), Place(4, "text")]),
    ]  # fmt: skip


def test_a_place_of_a_section_that_is_gone_stands_outside():
    assert in_order([MAP], [Place(1, "map"), Place(2, "gone")]) == [Place(2, "gone"), Place(1, "map")]


@given(seed=st.text(max_size=4), ids=IDS, pinned=st.sets(st.sampled_from("abcdefghijklm")))
def test_shuffling_loses_nothing_and_leaves_what_is_pinned_in_its_place(seed, ids, pinned):
    order = shuffled_around(seed, ids, pinned)

    assert sorted(order) == sorted(ids)
    assert all(order[at] == thing for at, thing in enumerate(ids) if thing in pinned)
    assert order == shuffled_around(seed, ids, pinned)


@given(ids=IDS.filter(lambda ids: len(ids) > 3))
def test_without_pins_every_place_comes_to_every_thing(ids):
    seen = {(at, thing) for n in range(200) for at, thing in enumerate(shuffled_around(str(n), ids, set()))}

    assert len(seen) > 0.9 * len(ids) ** 2
