"""The one door by which an instructor comes to a class, a quiz or an attempt: None for what is not theirs.

A class is theirs if they are an instructor in it. What belongs to a public class may be read by every
instructor, and changed by nobody.
"""

from __future__ import annotations

from quiz.core.scores import AttemptHead
from quiz.storage.classes import Class, select_class_or_none, select_member_role_or_none
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, select_quiz_or_none
from quiz.storage.scores import select_attempt_head_or_none


def class_to_change_or_none(db: Database, instructor_id: str, class_id: str) -> Class | None:
    return select_class_or_none(db, class_id) if teaches(db, instructor_id, class_id) else None


def class_to_read_or_none(db: Database, instructor_id: str, class_id: str) -> Class | None:
    found = select_class_or_none(db, class_id)
    return found if found and (found.is_public or teaches(db, instructor_id, class_id)) else None


def quiz_to_change_or_none(db: Database, instructor_id: str, quiz_id: str) -> Quiz | None:
    found = select_quiz_or_none(db, quiz_id)
    return found if found and teaches(db, instructor_id, found.class_id) else None


def quiz_to_read_or_none(db: Database, instructor_id: str, quiz_id: str) -> Quiz | None:
    found = select_quiz_or_none(db, quiz_id)
    return found if found and (found.is_public or teaches(db, instructor_id, found.class_id)) else None


def attempt_to_read_or_none(
    db: Database, instructor_id: str, quiz_id: str, attempt_id: str
) -> tuple[Quiz, AttemptHead] | None:
    quiz = quiz_to_read_or_none(db, instructor_id, quiz_id)
    attempt = select_attempt_head_or_none(db, quiz, attempt_id) if quiz else None
    return (quiz, attempt) if quiz and attempt else None


def teaches(db: Database, instructor_id: str, class_id: str) -> bool:
    """Tell whether the person is an instructor of the class."""
    return select_member_role_or_none(db, class_id, instructor_id) == "instructor"
