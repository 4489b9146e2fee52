"""Sections, fixed versions, shuffling, draws from several pools: building, checking and starting with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.core.parts import UnusableSection
from quiz.core.quiz_rules import UnusableSlot
from quiz.core.timing import Accommodation
from quiz.storage import attempts, quizzes
from quiz.storage.attempt_parts import select_parts
from quiz.storage.questions import select_versions, update_version_state
from quiz.storage.quiz_sections import select_sections
from quiz.storage.quizzes import Draw, Pool, Slot
from quiz.workflows.add_section import add_section
from quiz.workflows.add_slot import add_draw, add_question
from quiz.workflows.change_section import change_section
from quiz.workflows.change_slot import change_slot
from quiz.workflows.check_quiz import check_quiz
from quiz.workflows.choose_questions import choose_questions
from quiz.workflows.lint_quiz import lint_quiz
from quiz.workflows.move_section import move_section
from quiz.workflows.move_slot import move_slot
from quiz.workflows.preview_quiz import preview_quiz
from quiz.workflows.remove_section import remove_section
from quiz.workflows.remove_slot import remove_slot
from quiz.workflows.retire_question import retire_question
from quiz.workflows.save_question import create_question, save_version
from quiz.workflows.set_accommodation import set_accommodation
from quiz.workflows.start_attempt import start_attempt
from tests.conftest import NOW, TODAY
from tests.sectioned_quizzes import QUESTIONS, asked, begun, fill, sectioned_quiz
from tests.small_content import wording
from tests.small_quizzes import add_class, add_people, add_questions, add_quiz, take, the_quiz


@pytest.fixture
def db(sqlite_db):
    return sqlite_db


@pytest.fixture
def quiz(db):
    return sectioned_quiz(db)


def places(db, quiz):
    """Return the places as (section, place) in their order; their positions must be without a gap."""
    slots = quizzes.select_slots(db, quiz)
    assert [slot.position for slot in slots] == list(range(1, len(slots) + 1))
    return [(slot.section_id, slot.id) for slot in slots]


def titles(db, quiz):
    return [section.title for section in select_sections(db, quiz)]


def another_version(db, question_id="holds-1", state="ready"):
    """Save one more wording of the question; return its version's id."""
    changed = wording(stem=f"Is {question_id} so, really?")
    return save_version(db, question_id, changed, state=state, by=None, now=NOW)


def first_version(db, question_id="holds-1"):
    return select_versions(db, question_id)[-1].id


# -- sections ------------------------------------------------------------------------------------------------


def test_a_section_is_added_once_however_often_its_form_is_sent(db, quiz):
    assert add_section(db, quiz, "The end", section_id="end")
    assert not add_section(db, quiz, "The end", section_id="end")

    assert titles(db, quiz) == ["The map", "The text", "The end"]


def test_a_section_that_cannot_be_kept_is_refused(db, quiz):
    with pytest.raises(UnusableSection):
        add_section(db, quiz, " ", section_id="blank")
    with pytest.raises(UnusableSection):
        change_section(db, quiz, "map", title="Map", time_limit_s=5, is_shuffled=False, now=NOW)

    assert titles(db, quiz) == ["The map", "The text"]


def test_a_section_moves_with_its_places(db, quiz):
    for _ in range(2):
        move_section(db, quiz, "text", 1)

    assert titles(db, quiz) == ["The text", "The map"]
    assert places(db, quiz) == [
        ("", "slot-1"), ("", "slot-2"), ("text", "slot-5"), ("text", "slot-6"), ("map", "slot-3"), ("map", "slot-4"),
    ]  # fmt: skip


def test_the_places_of_a_removed_section_go_to_the_part_before(db, quiz):
    for _ in range(2):
        remove_section(db, quiz, "text")
    assert places(db, quiz)[2:] == [
        ("map", "slot-3"),
        ("map", "slot-4"),
        ("map", "slot-5"),
        ("map", "slot-6"),
    ]

    remove_section(db, quiz, "map")
    assert places(db, quiz) == [("", f"slot-{n}") for n in range(1, 7)]
    assert the_quiz(db).parts_limit_s == 0


def test_a_place_comes_to_the_end_of_another_section(db, quiz):
    for _ in range(2):
        change_slot(db, quiz, "slot-1", section_id="map", version_id=None, is_pinned=True)

    assert places(db, quiz)[:4] == [("", "slot-2"), ("map", "slot-3"), ("map", "slot-4"), ("map", "slot-1")]
    assert quizzes.select_slots(db, quiz)[3].is_pinned


def test_up_and_down_stay_within_a_section(db, quiz):
    move_slot(db, quiz, "slot-4", 1)
    assert places(db, quiz)[2:4] == [("map", "slot-4"), ("map", "slot-3")]

    move_slot(db, quiz, "slot-4", 99)
    assert places(db, quiz)[2:4] == [("map", "slot-3"), ("map", "slot-4")]


def test_a_place_cannot_come_to_a_section_that_there_is_none_of(db, quiz):
    with pytest.raises(UnusableSlot):
        change_slot(db, quiz, "slot-1", section_id="no-such", version_id=None, is_pinned=False)


def test_what_is_added_to_a_section_comes_to_its_end_and_is_kept_if_the_section_is_gone(db, quiz):
    create_question(db, "towns", wording(), state="ready", by=None, now=NOW, question_id="more")
    add_question(db, quiz, "more", section_id="map", now=NOW)
    add_draw(db, quiz, Draw("towns", "", 1), slot_id="draw", section_id="gone")

    assert [section for section, _ in places(db, quiz)] == ["", "", "", "map", "map", "map", "text", "text"]
    assert places(db, quiz)[2] == ("", "draw")
    remove_slot(db, quiz, "draw")
    assert len(places(db, quiz)) == 7


# -- what the start fixes ------------------------------------------------------------------------------------


def test_an_attempt_gets_the_parts_with_their_places_and_times(db):
    attempt = begun(db)

    outside, the_map, the_text = select_parts(db, attempt)
    assert attempt.is_in_parts
    assert (outside.title, list(outside.positions), outside.started_at) == ("", [1, 2], NOW)
    assert (the_map.title, list(the_map.positions), the_map.total) == (
        "The map",
        [3, 4],
        timedelta(minutes=10),
    )
    assert (list(the_text.positions), the_text.started_at, the_text.deadline_at) == ([5, 6], None, None)


def test_the_accommodation_is_applied_to_each_part(db, quiz):
    set_accommodation(db, "amal", Accommodation(factor=1.5), note="", by="bilal", now=NOW)
    set_accommodation(db, "dina", Accommodation(is_untimed=True), note="", by="bilal", now=NOW)

    _, the_map, _ = select_parts(db, start_attempt(db, quiz, person_id="amal", now=NOW))
    assert (the_map.limit, the_map.extra) == (timedelta(minutes=10), timedelta(minutes=5))

    hers = start_attempt(db, quiz, person_id="dina", now=NOW)
    assert [part.limit for part in select_parts(db, hers)] == [None, None, None]
    assert hers.is_in_parts


def test_sections_without_limits_are_parts_that_may_be_passed_in_any_order(db):
    attempt = begun(db, limits={"map": None, "text": None})

    assert not attempt.is_in_parts
    assert [part.title for part in select_parts(db, attempt)] == ["", "The map", "The text"]


def test_a_section_that_asks_nothing_is_no_part(db, quiz):
    retire_question(db, "holds-3", now=NOW)
    retire_question(db, "holds-4", now=NOW)

    attempt = start_attempt(db, quiz, person_id="amal", now=NOW)

    assert [(p.number, p.section_id, p.first_position) for p in select_parts(db, attempt)] == [
        (1, "", 1),
        (2, "text", 3),
    ]


def test_shuffling_stays_within_a_section_and_pinned_places_stay(db):
    quiz = sectioned_quiz(db, {"map": None}, outside=4, is_shuffled=True)
    pinned = replace(quizzes.select_slots(db, quiz)[3], is_pinned=True)
    quizzes.update_slots(db, quiz, [pinned])

    orders = {
        tuple(q.question_id for part in _chosen(db, quiz, seed) for q in part.questions) for seed in range(40)
    }

    assert {order[3] for order in orders} == {"holds-4"}
    assert {order[4:] for order in orders} == {("holds-5", "holds-6")}
    assert {order[:3] for order in orders} >= {
        ("holds-1", "holds-2", "holds-3"),
        ("holds-3", "holds-2", "holds-1"),
    }


def test_the_order_of_an_attempt_never_changes(db):
    quiz = sectioned_quiz(db, {}, outside=6, is_shuffled=True)
    attempt = start_attempt(db, quiz, person_id="amal", now=NOW)
    order = asked(db, attempt)

    move_slot(db, quiz, "slot-6", 1)

    assert asked(db, start_attempt(db, quiz, person_id="amal", now=NOW)) == order
    assert sorted(order) == sorted(QUESTIONS)


def _chosen(db, quiz, seed):
    return choose_questions(db, quiz, seed=str(seed), today=TODAY)


# -- versions ------------------------------------------------------------------------------------------------


def test_a_place_asks_the_newest_version_or_the_one_that_it_is_fixed_to(db, quiz):
    old, new = first_version(db), another_version(db)
    assert (
        attempts.select_attempt_slots(db, start_attempt(db, quiz, person_id="amal", now=NOW))[0].version_id
        == new
    )

    change_slot(db, quiz, "slot-1", section_id="", version_id=old, is_pinned=False)

    hers = start_attempt(db, quiz, person_id="dina", now=NOW)
    assert attempts.select_attempt_slots(db, hers)[0].version_id == old
    assert preview_quiz(db, quiz, today=TODAY)[0].question.version_id == old


def test_the_check_warns_of_a_fixed_version_that_is_not_the_newest_any_more(db, quiz):
    change_slot(db, quiz, "slot-1", section_id="", version_id=first_version(db), is_pinned=False)
    assert check_quiz(db, quiz, today=TODAY).warnings == ()

    another_version(db)

    check = check_quiz(db, quiz, today=TODAY)
    assert [str(w) for w in check.warnings] == ["Place 1 is fixed to version 1; the newest is version 2"]
    assert check.problems == ()


def test_the_check_warns_of_a_fixed_version_that_was_retired(db, quiz):
    change_slot(db, quiz, "slot-1", section_id="", version_id=first_version(db), is_pinned=False)
    another_version(db)
    update_version_state(db, first_version(db), "retired")

    assert [str(w) for w in check_quiz(db, quiz, today=TODAY).warnings] == [
        "Place 1 is fixed to version 1, which was retired"
    ]


def test_a_draft_and_a_version_of_another_question_cannot_be_fixed(db, quiz):
    for version_id in (another_version(db, state="draft"), first_version(db, "holds-2"), "no-such"):
        with pytest.raises(UnusableSlot):
            change_slot(db, quiz, "slot-1", section_id="", version_id=version_id, is_pinned=False)


def test_a_retired_question_is_asked_in_no_version(db, quiz):
    change_slot(db, quiz, "slot-1", section_id="", version_id=first_version(db), is_pinned=False)
    retire_question(db, "holds-1", now=NOW)

    assert "Place 1 holds a question that is retired" in str(check_quiz(db, quiz, today=TODAY).problems[0])
    assert asked(db, start_attempt(db, quiz, person_id="amal", now=NOW))[0] == "holds-2"


# -- draws from several pools --------------------------------------------------------------------------------


@pytest.fixture
def tagged(db):
    """Two tags on three questions each of the bank."""
    add_people(db)
    add_class(db)
    add_questions(db)
    for tag in ("red", "blue"):
        for n in range(1, 4):
            create_question(
                db, "towns", wording(stem=f"Is {tag} {n} so?", tags=(tag,)), state="ready", by=None, now=NOW,
                question_id=f"{tag}-{n}",
            )  # fmt: skip


def take_at(db, quiz, minutes):
    return take(db, quiz, "amal", at=NOW + timedelta(minutes=minutes))


RED_AND_BLUE = Draw("towns", "red", 4, (Pool("towns", "blue"),))


def test_a_draw_takes_as_many_from_each_pool(db, tagged):
    quiz = add_quiz(db, RED_AND_BLUE)

    colours = sorted(question.split("-")[0] for question in asked(db, take(db, quiz, "amal")))

    assert colours == ["blue", "blue", "red", "red"]


def test_in_each_pool_the_learner_gets_what_they_have_not_seen(db, tagged):
    quiz = add_quiz(db, replace(RED_AND_BLUE, count=2))

    seen = [question for n in range(3) for question in asked(db, take_at(db, quiz, n))]

    assert sorted(seen) == ["blue-1", "blue-2", "blue-3", "red-1", "red-2", "red-3"]


def test_a_pool_that_is_short_is_filled_up_from_the_others(db, tagged):
    for n in (1, 2):
        retire_question(db, f"red-{n}", now=NOW)
    quiz = add_quiz(db, RED_AND_BLUE)

    assert sorted(asked(db, take(db, quiz, "amal"))) == ["blue-1", "blue-2", "blue-3", "red-3"]
    assert check_quiz(db, quiz, today=TODAY).questions == 4


def test_the_check_counts_pools_that_overlap_once(db, tagged):
    quiz = add_quiz(db, Draw("towns", "", 9, (Pool("towns", "red"),)))

    check = check_quiz(db, quiz, today=TODAY)

    assert [(pool.tag, pool.matching) for pool in check.slots[0].pools] == [("", 6), ("red", 3)]
    assert [str(p) for p in check.problems] == ["Place 1 draws 9 questions, but only 6 can be drawn"]


def test_every_attempt_gets_as_many_as_the_check_says_even_if_draws_compete(db, tagged):
    quiz = add_quiz(db, Draw("towns", "", 3), Draw("towns", "red", 3), Draw("towns", "", 1))
    check = check_quiz(db, quiz, today=TODAY)
    assert (check.questions, [str(p) for p in check.problems]) == (
        6, ["Place 3 draws 1 questions, but the draws before it leave only 0"],
    )  # fmt: skip

    for n in range(15):
        questions = asked(db, take_at(db, quiz, n))
        assert len(questions) == len(set(questions)) == 6


@pytest.mark.parametrize(
    "draw",
    [replace(RED_AND_BLUE, also=(Pool("no-such"),)), replace(RED_AND_BLUE, also=(Pool("towns", "red"),))],
)
def test_a_pool_that_is_none_or_is_named_twice_is_refused(db, tagged, draw):
    quiz = add_quiz(db, is_open=False)

    with pytest.raises(UnusableSlot):
        add_draw(db, quiz, draw, slot_id="draw")

    assert quizzes.select_slots(db, quiz) == []


# -- check and preview ---------------------------------------------------------------------------------------


def test_the_check_adds_up_each_section(db, quiz):
    quizzes.update_slots(db, quiz, [replace(quizzes.select_slots(db, quiz)[2], points=4.0)])

    outside, the_map, the_text = check_quiz(db, quiz, today=TODAY).parts

    assert (outside.section, outside.questions, outside.points) == (None, 2, 2.0)
    assert (the_map.section.title, the_map.questions, the_map.points) == ("The map", 2, 5.0)
    # Four words to read and a judgement to make, twice: half a minute, rounded up.
    assert (the_text.questions, the_text.minutes) == (2, 1)


def test_the_check_warns_of_sections_that_ask_nothing_or_cannot_be_finished(db, quiz):
    add_section(db, quiz, "The end", section_id="end")
    hurried = replace(quiz, time_limit_s=900)

    assert [str(w) for w in check_quiz(db, hurried, today=TODAY).warnings] == [
        "Section “The end” asks nothing, so learners do not see it",
        "The sections may take 30 minutes together, but an attempt ends after 15",
    ]


def test_the_check_of_lint_names_the_places_with_something_to_mend(db, quiz):
    create_question(
        db, "towns", wording(stem="Which of these was not opened currently?", citations=()), state="draft", by=None,
        now=NOW, question_id="flawed",
    )  # fmt: skip
    quizzes.insert_slot(db, quiz, Slot("flawed", 7, 1.0, "flawed", None))

    places = lint_quiz(db, check_quiz(db, quiz, today=TODAY), today=TODAY)

    flawed = next(place for place in places if place.checked.slot.id == "flawed")
    assert flawed.errors + flawed.warnings == len(flawed.findings) > 0
    assert all(finding.needs_answer for place in places for finding in place.findings)


def test_the_preview_shows_where_a_section_begins(db, quiz):
    previewed = preview_quiz(db, quiz, today=TODAY)

    assert [place.section and place.section.title for place in previewed] == [
        None, None, "The map", None, "The text", None,
    ]  # fmt: skip


def test_the_preview_of_a_shuffled_quiz_is_shuffled_by_its_seed(db):
    quiz = sectioned_quiz(db, {}, outside=6, is_shuffled=True)

    def order(seed):
        return [place.question.question_id for place in preview_quiz(db, quiz, today=TODAY, seed=seed)]

    assert order("1") == order("1")
    assert len({tuple(order(str(n))) for n in range(10)}) > 1


def test_a_quiz_may_be_filled_again_after_its_sections_are_gone(db, quiz):
    other = fill(db, add_quiz(db, quiz_id="other"), {"map": None})

    remove_section(db, other, "map")

    assert titles(db, quiz) == ["The map", "The text"]
    assert titles(db, other) == []
