from __future__ import annotations

import pytest

from quiz.core.regrading import (
    CannotRegrade,
    MarkedSlot,
    accepting,
    check_reason,
    dropped,
    is_compatible,
    marked_by,
    recounted,
    regrade,
    why,
    with_full_marks,
)


def slot(position=1, response="steel", fraction: float | None = 0.0, **changes):
    plain = {"question_id": f"q{position}", "version_id": "v1", "points": 2.0, "is_counted": True}
    return MarkedSlot(position=position, response=response, fraction=fraction, **(plain | changes))


def run(slots, adjust, *, question_id: str | None = "q1", only_if_higher=False):
    return regrade(slots, adjust, question_id=question_id, only_if_higher=only_if_higher)


def test_accepting_an_answer_gives_full_marks_to_it_and_to_no_other():
    accepted = run([slot(), slot(2, fraction=1.0)], accepting(["steel"]))
    other = run([slot(response="wood")], accepting(["steel"]))

    assert (accepted.old.earned, accepted.new.earned) == (2.0, 4.0)
    assert [change.position for change in accepted.changes] == [1]
    assert other.changes == ()


def test_accepting_true_does_not_accept_one():
    assert run([slot(response=1)], accepting([True])).changes == ()


def test_a_blank_is_never_accepted_nor_marked_anew():
    blank = [slot(response=None, fraction=None)]

    assert run(blank, accepting([None])).changes == ()
    assert run(blank, marked_by(lambda _: 1.0)).changes == ()


def test_full_marks_go_to_blanks_too():
    assert run([slot(response=None, fraction=None)], with_full_marks).new.earned == 2.0


def test_a_dropped_question_counts_neither_for_nor_against():
    change = run([slot(), slot(2, fraction=1.0)], dropped)

    assert (change.old.earned, change.old.possible) == (2.0, 4.0)
    assert (change.new.earned, change.new.possible) == (2.0, 2.0)
    assert change.direction == "higher"


def test_marking_by_another_key_leaves_other_questions_alone():
    change = run([slot(fraction=1.0), slot(2, fraction=1.0)], marked_by(lambda _: 0.25))

    assert (change.new.earned, change.direction) == (2.5, "lower")


def test_counting_anew_follows_the_verdicts_in_both_directions():
    counts = {"v1": False, "v2": True}
    slots = [slot(), slot(2, version_id="v2", is_counted=False, fraction=1.0)]

    change = run(slots, recounted(counts), question_id=None)

    assert [(c.position, c.new_counted) for c in change.changes] == [(1, False), (2, True)]
    assert (change.new.earned, change.new.possible) == (2.0, 2.0)


def test_counting_anew_never_brings_back_what_was_dropped():
    gone = slot(is_counted=False, is_dropped=True)

    assert run([gone], recounted({"v1": True})).changes == ()


def test_only_if_higher_holds_back_a_score_that_would_fall():
    change = run([slot(fraction=1.0)], marked_by(lambda _: 0.0), only_if_higher=True)

    assert change.is_held_back
    assert (change.changes, change.new) == ((), change.old)


def test_only_if_higher_holds_back_a_mark_that_would_fall_though_it_does_not_count():
    change = run([slot(fraction=1.0, is_counted=False)], marked_by(lambda _: 0.0), only_if_higher=True)

    assert change.is_held_back


def test_only_if_higher_lets_rises_through():
    assert run([slot()], with_full_marks, only_if_higher=True).direction == "higher"


def test_what_stays_the_same_is_no_change():
    assert run([slot(fraction=1.0)], with_full_marks).changes == ()


def test_the_reason_of_a_recount_depends_on_which_way_it_goes():
    assert why("recount", counts_now=True) != why("recount", counts_now=False)


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ({"options": [["a", "Steel"], ["b", "Wood"]]}, {"options": [["b", "Wood"], ["a", "Of steel"]]}, True),
        ({"options": [["a", "Steel"], ["b", "Wood"]]}, {"options": [["a", "Steel"], ["c", "Wood"]]}, False),
        ({"unit": "m"}, {"unit": "km"}, False),
        ({"precision": "day"}, {"precision": "day"}, True),
        ({"rights": ["x", "y"]}, {"rights": ["x", "z"]}, False),
        ({"text": "[[a]]", "gaps": [{"id": "a"}]}, {"text": "So [[a]]", "gaps": [{"id": "a"}]}, True),
        ({"gaps": [{"id": "a", "options": []}]}, {"gaps": [{"id": "b", "options": []}]}, False),
    ],
)  # fmt: skip
def test_versions_fit_if_their_options_parts_and_units_are_the_same(one, other, fits):
    assert is_compatible(one, other) is fits


def test_a_reason_is_needed_and_has_an_end():
    assert check_reason("  the key   was wrong ") == "the key was wrong"
    for typed in (" ", "x" * 501):
        with pytest.raises(CannotRegrade):
            check_reason(typed)
