from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.core.parts import Part
from quiz.storage import quiz_sections, quizzes
from quiz.storage.attempt_parts import insert_parts, select_parts, update_part
from quiz.storage.attempts import insert_attempt, select_attempt_or_none, update_reached
from quiz.storage.database import Conflict, Database
from quiz.storage.fixed_versions import select_choosable_versions, select_fixed_versions
from quiz.storage.questions import select_versions
from quiz.storage.quiz_sections import Section
from quiz.workflows.retire_question import retire_question
from quiz.workflows.save_question import save_version
from tests.conftest import NOW
from tests.small_content import wording
from tests.small_quizzes import add_class, add_people, add_questions, add_quiz, take, the_quiz

MAP = Section("map", 1, "The map", 600, is_shuffled=True)
TEXT = Section("text", 2, "The text")


@pytest.fixture(autouse=True)
def his_class(db: Database) -> None:
    add_people(db)
    add_class(db)
    add_questions(db, "holds-1", "holds-2")


def test_sections_come_in_their_order_and_the_quiz_knows_their_time(db: Database):
    quiz = add_quiz(db, "holds-1")
    quiz_sections.insert_section(db, quiz, TEXT)
    quiz_sections.insert_section(db, quiz, MAP)
    assert quiz_sections.select_sections(db, quiz) == [MAP, TEXT]
    assert the_quiz(db).parts_limit_s == 600

    quiz_sections.update_sections(
        db, quiz, [replace(TEXT, position=1, time_limit_s=90), replace(MAP, position=2)]
    )
    assert [s.id for s in quiz_sections.select_sections(db, quiz)] == ["text", "map"]
    assert the_quiz(db).time_rules.in_parts == timedelta(seconds=690)

    quiz_sections.delete_section(db, quiz, "map")
    assert the_quiz(db).parts_limit_s == 90


def test_a_section_is_in_a_quiz_once(db: Database):
    quiz = add_quiz(db)
    quiz_sections.insert_section(db, quiz, MAP)

    with pytest.raises(Conflict):
        quiz_sections.insert_section(db, quiz, MAP)


def test_a_draft_is_deleted_with_its_sections(db: Database):
    draft = add_quiz(db, is_open=False)
    quiz_sections.insert_section(db, draft, MAP)

    quizzes.delete_draft_quiz(db, draft)

    assert quizzes.select_quiz_or_none(db, draft.id) is None


def test_parts_of_an_attempt_come_back_as_they_were_written(db: Database):
    attempt = take(db, add_quiz(db, "holds-1", "holds-2"), "amal", submits=False)
    first = Part(1, "", "", 1, 1, started_at=NOW)
    second = Part(2, "map", "The map", 2, 2, timedelta(minutes=10), timedelta(minutes=5))
    insert_parts(db, attempt, [first, second])
    assert select_parts(db, attempt) == [first, second]

    begun = replace(second, started_at=NOW, deadline_at=NOW + timedelta(minutes=15), ended_at=NOW)
    update_part(db, attempt, begun)

    assert select_parts(db, attempt) == [first, begun]


def test_an_attempt_remembers_that_it_is_in_parts_and_how_far_it_came(db: Database):
    plain = take(db, add_quiz(db, "holds-1"), "amal")
    in_parts = replace(plain, id="in-parts", number=2, is_in_parts=True, navigation="sequential")
    insert_attempt(db, in_parts, [])

    update_reached(db, in_parts, 3)

    found = select_attempt_or_none(db, "in-parts")
    assert found and (found.is_in_parts, found.reached) == (True, 3)
    assert not plain.is_in_parts


def test_fixed_versions_say_whether_they_are_the_newest(db: Database):
    save_version(db, "holds-1", wording(stem="Is it so, really?"), state="ready", by=None, now=NOW)
    save_version(db, "holds-1", wording(stem="Is it so at all?"), state="draft", by=None, now=NOW)
    draft, second, first = select_versions(db, "holds-1")

    found = select_fixed_versions(db, [draft.id, second.id, first.id, "no-such"])

    assert {v.number: v.is_newest for v in found.values()} == {1: False, 2: True}
    assert [v.number for v in select_choosable_versions(db, ["holds-1"])["holds-1"]] == [2, 1]


def test_no_version_of_a_retired_question_is_asked(db: Database):
    (version,) = select_versions(db, "holds-1")
    retire_question(db, "holds-1", now=NOW)

    assert select_fixed_versions(db, [version.id]) == {}
