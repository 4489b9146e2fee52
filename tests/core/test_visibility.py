from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.quiz_rules import BEHAVIOURS, CHECKED, QuizRules, UnusableRules, usable_rules
from quiz.core.visibility import (
    ALWAYS,
    ASPECTS,
    CELLS,
    JUST_AFTER,
    MOMENTS,
    PRESETS,
    TELLS,
    WHY_NOT,
    GivesAway,
    Visibility,
    gives_away,
    moment_of,
    preset_of,
    shows,
    usable_visibility,
    visibility_from_plain,
)

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
any_visibility = st.frozensets(st.sampled_from(CELLS)).map(shows)


@given(any_visibility)
def test_what_is_stored_is_read_back_the_same_if_it_is_consistent(visibility):
    if not list(gives_away(visibility)):
        assert visibility_from_plain(visibility.to_plain()) == visibility


@given(any_visibility)
def test_reading_never_shows_what_gives_away_something_hidden(visibility):
    read = visibility_from_plain(visibility.to_plain())

    assert list(gives_away(read)) == []
    assert read.shown <= visibility.shown


@given(any_visibility)
def test_reading_hides_no_more_than_it_must(visibility):
    read = visibility_from_plain(visibility.to_plain())

    for cell in visibility.shown - read.shown:
        assert list(gives_away(Visibility(read.shown | {cell}))), f"{cell} gave nothing away"


@given(any_visibility)
def test_what_is_usable_lets_nobody_infer_what_is_hidden(visibility):
    try:
        usable = usable_visibility(visibility)
    except GivesAway as refused:
        assert refused.cell in visibility.shown
        assert (refused.hidden, refused.moment) not in visibility.shown
        return

    for moment in MOMENTS:
        if not usable.allows("correctness", moment):
            assert usable.at(moment) <= {"response"}
        if not usable.allows("key", moment):
            assert not usable.allows("source", moment)


def test_names_that_nobody_knows_show_nothing():
    assert visibility_from_plain({"key": ["tomorrow"], "everything": ["after"]}) == shows([])


def test_every_contradiction_is_told_in_a_sentence_of_its_own():
    assert set(WHY_NOT) == set(TELLS)
    assert len(set(WHY_NOT.values())) == len(TELLS)


def test_nothing_hides_an_answer_from_whoever_is_typing_it():
    assert usable_visibility(Visibility(frozenset())).shown == {ALWAYS}


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_usable_and_known_by_their_names(name):
    preset = PRESETS[name]

    assert usable_visibility(preset) == preset
    assert preset_of(preset) == name


def test_presets_open_up_one_after_another():
    assert PRESETS["exam"].shown < PRESETS["homework"].shown < PRESETS["practice"].shown
    assert PRESETS["practice"].shown == set(CELLS)
    assert PRESETS["exam"].at("while_open") == {"response"}
    assert PRESETS["exam"].at("after_closing") == set(ASPECTS)


def test_a_choice_of_ones_own_is_no_preset():
    assert preset_of(shows([("response", "after")])) is None


@pytest.mark.parametrize(
    ("waited", "is_closed", "expected"),
    [
        (timedelta(0), False, "after"),
        (JUST_AFTER, False, "after"),
        (JUST_AFTER + timedelta(seconds=1), False, "while_open"),
        (timedelta(0), True, "after_closing"),
        (timedelta(days=9), True, "after_closing"),
    ],
)
def test_the_moment_follows_from_submission_and_closing(waited, is_closed, expected):
    assert moment_of(submitted=NOON, now=NOON + waited, is_closed=is_closed) == expected


@pytest.mark.parametrize("is_closed", [True, False])
def test_until_it_is_submitted_an_attempt_is_under_way(is_closed):
    assert moment_of(submitted=None, now=NOON, is_closed=is_closed) == "during"


# -- told beforehand -------------------------------------------------------


def stages(visibility, *, is_told_during=False):
    return [(s.moment, s.more, s.less) for s in visibility.stages(is_told_during=is_told_during)]


def test_an_exam_is_told_in_two_sentences():
    rest = ("correctness", "marks", "feedback", "key", "source")

    assert stages(PRESETS["exam"]) == [("after", ("response",), ()), ("after_closing", rest, ())]


def test_a_quiz_that_is_marked_at_the_end_promises_nothing_while_answering():
    assert [moment for moment, *_ in stages(PRESETS["practice"])] == ["after"]
    assert [moment for moment, *_ in stages(PRESETS["practice"], is_told_during=True)] == ["during", "after"]


def test_what_is_hidden_again_is_told():
    briefly = shows([("response", "after"), ("response", "while_open"), ("correctness", "after")])

    assert stages(briefly) == [
        ("after", ("response", "correctness"), ()),
        ("while_open", (), ("correctness",)),
        ("after_closing", (), ("response",)),
    ]


def test_a_quiz_that_shows_nothing_says_so():
    assert stages(shows([])) == [("after", (), ())]


# -- beside the other rules -------------------------------------------------------


def test_a_contradiction_is_told_at_its_cell():
    with pytest.raises(UnusableRules) as refused:
        usable_rules(QuizRules("Quiz", visibility=shows([("marks", "after")])))

    assert (refused.value.field, refused.value.cell) == ("visibility", ("marks", "after"))
    assert "points tell what was right" in str(refused.value)


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_whoever_is_told_at_once_must_be_shown_right_and_wrong_at_once(behaviour):
    rules = QuizRules("Quiz", behaviour=behaviour, visibility=PRESETS["homework"])

    if behaviour not in CHECKED:
        assert usable_rules(rules).visibility == PRESETS["homework"]
        return
    with pytest.raises(UnusableRules) as refused:
        usable_rules(rules)
    assert refused.value.cell == ("correctness", "during")


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_practice_goes_with_every_behaviour(behaviour):
    rules = QuizRules("Quiz", behaviour=behaviour, visibility=PRESETS["practice"])

    assert usable_rules(rules).visibility == PRESETS["practice"]
