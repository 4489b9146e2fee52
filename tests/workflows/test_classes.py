"""What instructors do with classes: make, rename, archive, change who may join."""

from __future__ import annotations

import pytest

from quiz.core.titles import UnusableTitle
from quiz.storage import classes
from quiz.storage.audit import select_entries_about
from quiz.storage.database import Database
from quiz.workflows.archive_class import archive_class, restore_class
from quiz.workflows.create_class import create_class
from quiz.workflows.open_for_instructor import (
    attempt_to_read_or_none,
    class_to_change_or_none,
    class_to_read_or_none,
    quiz_to_change_or_none,
    quiz_to_read_or_none,
)
from quiz.workflows.remove_learner import remove_learner
from quiz.workflows.rename_class import rename_class
from quiz.workflows.renew_class_code import renew_class_code
from tests.conftest import NOW
from tests.small_quizzes import add_class, add_people, add_questions, add_quiz, take, the_class


@pytest.fixture(autouse=True)
def people(sqlite_db: Database) -> None:
    add_people(sqlite_db)


def test_whoever_makes_a_class_teaches_it(sqlite_db: Database):
    create_class(sqlite_db, class_id="new", title="  Bridges   9b ", by="bilal", now=NOW)

    assert the_class(sqlite_db, "new").title == "Bridges 9b"
    assert classes.select_member_role_or_none(sqlite_db, "new", "bilal") == "instructor"


def test_making_a_class_twice_with_one_id_makes_one_class(sqlite_db: Database):
    for _ in range(2):
        create_class(sqlite_db, class_id="new", title="Bridges", by="bilal", now=NOW)

    assert len(classes.select_classes_of_person(sqlite_db, "bilal", "instructor")) == 1


def test_a_class_without_a_title_is_not_made(sqlite_db: Database):
    with pytest.raises(UnusableTitle):
        create_class(sqlite_db, class_id="new", title=" ", by="bilal", now=NOW)

    assert classes.select_class_or_none(sqlite_db, "new") is None


def test_a_class_can_be_renamed(sqlite_db: Database):
    rename_class(sqlite_db, add_class(sqlite_db), "Roads")

    assert the_class(sqlite_db).title == "Roads"


def test_after_a_new_code_the_old_one_opens_nothing(sqlite_db: Database):
    before = add_class(sqlite_db)

    code = renew_class_code(sqlite_db, before, by="bilal", now=NOW)

    assert classes.select_class_by_code_or_none(sqlite_db, before.join_code) is None
    assert classes.select_class_by_code_or_none(sqlite_db, code) == the_class(sqlite_db)


def test_a_learner_who_is_removed_leaves_their_attempts_behind(sqlite_db: Database):
    found = add_class(sqlite_db)
    add_questions(sqlite_db, "holds-1")
    attempt = take(sqlite_db, add_quiz(sqlite_db, "holds-1"), "amal")

    remove_learner(sqlite_db, found, "amal", by="bilal", now=NOW)

    assert classes.select_member_role_or_none(sqlite_db, found.id, "amal") is None
    assert attempt_to_read_or_none(sqlite_db, "bilal", "quiz", attempt.id)
    assert [entry.action for entry in select_entries_about(sqlite_db, "person amal")] == ["remove_learner"]


def test_removing_somebody_who_is_no_learner_does_nothing(sqlite_db: Database):
    found = add_class(sqlite_db)

    remove_learner(sqlite_db, found, "bilal", by="bilal", now=NOW)

    assert classes.select_member_role_or_none(sqlite_db, found.id, "bilal") == "instructor"
    assert select_entries_about(sqlite_db, "person bilal") == []


def test_a_class_can_be_archived_and_brought_back_with_its_code(sqlite_db: Database):
    code = add_class(sqlite_db).join_code

    archive_class(sqlite_db, the_class(sqlite_db), by="bilal", now=NOW)
    assert classes.select_class_by_code_or_none(sqlite_db, code) is None

    restore_class(sqlite_db, the_class(sqlite_db), by="bilal", now=NOW)
    assert classes.select_class_by_code_or_none(sqlite_db, code)


def test_the_door_opens_to_the_instructors_of_the_class_alone(sqlite_db: Database):
    add_class(sqlite_db)
    add_questions(sqlite_db, "holds-1")
    attempt = take(sqlite_db, add_quiz(sqlite_db, "holds-1"), "amal")

    for person_id, is_in in (
        ("bilal", True),
        ("celeste", False),
        ("amal", False),
        ("dina", False),
        ("nobody", False),
    ):
        assert bool(class_to_change_or_none(sqlite_db, person_id, "bridges")) == is_in
        assert bool(class_to_read_or_none(sqlite_db, person_id, "bridges")) == is_in
        assert bool(quiz_to_change_or_none(sqlite_db, person_id, "quiz")) == is_in
        assert bool(quiz_to_read_or_none(sqlite_db, person_id, "quiz")) == is_in
        assert bool(attempt_to_read_or_none(sqlite_db, person_id, "quiz", attempt.id)) == is_in


def test_what_is_public_may_be_read_by_every_instructor_and_changed_by_none(sqlite_db: Database):
    classes.insert_class(
        sqlite_db,
        id="samples",
        title="Samples",
        join_code="SAMPLESS",
        created_by=None,
        now=NOW,
        is_public=True,
    )
    add_questions(sqlite_db, "holds-1")
    add_quiz(sqlite_db, "holds-1", owner="samples")

    assert quiz_to_read_or_none(sqlite_db, "celeste", "quiz")
    assert class_to_read_or_none(sqlite_db, "celeste", "samples")
    assert not quiz_to_change_or_none(sqlite_db, "celeste", "quiz")
    assert not class_to_change_or_none(sqlite_db, "celeste", "samples")


def test_an_attempt_is_not_shown_under_another_quiz(sqlite_db: Database):
    add_class(sqlite_db)
    add_questions(sqlite_db, "holds-1")
    attempt = take(sqlite_db, add_quiz(sqlite_db, "holds-1"), "amal")
    add_quiz(sqlite_db, "holds-1", quiz_id="other")

    assert attempt_to_read_or_none(sqlite_db, "bilal", "other", attempt.id) is None


def test_nobody_finds_what_does_not_exist(sqlite_db: Database):
    assert class_to_read_or_none(sqlite_db, "bilal", "no-such") is None
    assert quiz_to_read_or_none(sqlite_db, "bilal", "no-such") is None
    assert attempt_to_read_or_none(sqlite_db, "bilal", "no-such", "no-such") is None
