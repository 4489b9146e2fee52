from __future__ import annotations

from quiz.core.row_ids import ids_in, with_ids, with_kept_ids, without_ids

OPTIONS = {"options": [{"id": "red", "text": "Red", "right": True}, {"id": "blue", "text": "Blue"}]}
GAPS = {
    "text": "The [[river]] in [[town]].",
    "gaps": [
        {
            "id": "river",
            "kind": "choose",
            "options": [{"id": "nile", "text": "Nile"}, {"id": "po", "text": "Po"}],
        },
        {"id": "town", "kind": "enter_text", "answers": [{"text": "Cairo"}]},
    ],
}
FRESH = {
    "text": "The [[1]] in [[2]].",
    "gaps": [
        {"id": "1", "kind": "choose", "options": [{"id": "o1", "text": "Nile"}, {"id": "o2", "text": "Po"}]},
        {"id": "2", "kind": "enter_text", "answers": [{"text": "Cairo"}]},
    ],
}


def test_rows_that_say_the_same_keep_their_ids():
    new = {"options": [{"id": "o1", "text": "Green"}, {"id": "o2", "text": "Red", "right": True}]}

    assert ids_in(with_kept_ids(new, OPTIONS)) == ["o1", "red"]


def test_a_new_row_never_gets_the_id_of_one_that_stays():
    new = {"options": [{"id": "red", "text": "Green"}, {"id": "o2", "text": "Red"}]}

    assert ids_in(with_kept_ids(new, OPTIONS)) == ["red-2", "red"]


def test_gaps_keep_their_ids_by_their_places_and_so_do_the_marks_in_the_text():
    assert with_kept_ids(FRESH, GAPS) == GAPS


def test_bodies_that_differ_in_ids_alone_are_equal_without_them():
    assert without_ids(FRESH) == without_ids(GAPS)
    assert without_ids(FRESH) != without_ids(FRESH | {"text": "A [[1]] in [[2]]."})


def test_ids_are_put_back_as_they_were_taken():
    assert with_ids(FRESH, ids_in(GAPS)) == GAPS


def test_too_few_ids_change_nothing():
    assert with_ids(FRESH, ["river"]) == FRESH


def test_what_it_is_given_stays_as_it_is():
    before = str(OPTIONS)
    with_kept_ids(OPTIONS, OPTIONS)
    with_ids(OPTIONS, ["a", "b"])

    assert str(OPTIONS) == before
