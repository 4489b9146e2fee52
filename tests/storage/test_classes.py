from __future__ import annotations

import pytest

from quiz.storage import classes
from quiz.storage.database import Conflict, Database
from tests.conftest import NOW
from tests.small_quizzes import add_class, add_people, the_class


@pytest.fixture(autouse=True)
def people(db: Database) -> None:
    add_people(db)


def test_joining_twice_is_joining_once_and_the_first_role_stays(db: Database):
    add_class(db)

    classes.insert_member(db, "bridges", "amal", "instructor", NOW)

    assert classes.select_member_role_or_none(db, "bridges", "amal") == "learner"


def test_members_are_instructors_first(db: Database):
    add_class(db, learners=("amal", "dina"))

    assert [(m.name, m.role) for m in classes.select_members(db, "bridges")] == [
        ("Bilal", "instructor"),
        ("Amal", "learner"),
        ("Dina", "learner"),
    ]


def test_one_member_is_found_by_name_of_class_and_person(db: Database):
    add_class(db)

    member = classes.select_member_or_none(db, "bridges", "amal")
    assert member is not None
    assert (member.name, member.email) == ("Amal", "amal@example.org")
    assert classes.select_member_or_none(db, "bridges", "dina") is None


def test_an_instructor_is_not_removed_as_a_learner(db: Database):
    add_class(db)

    classes.delete_member(db, "bridges", "bilal")

    assert classes.select_member_role_or_none(db, "bridges", "bilal") == "instructor"


def test_an_archived_class_has_no_door_and_is_listed_apart(db: Database):
    code = add_class(db).join_code

    classes.update_class_archived(db, "bridges", NOW)

    assert the_class(db).archived_at == NOW
    assert classes.select_class_by_code_or_none(db, code) is None
    assert classes.select_classes_of_person(db, "bilal", "instructor") == []
    assert [found.id for found in classes.select_archived_classes_of_instructor(db, "bilal")] == ["bridges"]
    assert classes.select_archived_classes_of_instructor(db, "amal") == []


def test_two_classes_cannot_have_one_code(db: Database):
    code = add_class(db).join_code
    add_class(db, "roads")

    with pytest.raises(Conflict):
        classes.update_class_code(db, "roads", code)


def test_learners_are_counted_for_the_instructor_of_the_class_alone(db: Database):
    add_class(db, learners=("amal", "dina"))

    assert classes.count_learners(db, "bilal") == {"bridges": 2}
    assert classes.count_learners(db, "celeste") == {}
