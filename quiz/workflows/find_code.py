"""Find the class or the quiz behind a join code, and slow down those who only guess."""

from __future__ import annotations

from datetime import datetime

from quiz.core import join_codes
from quiz.core.messages import N_, Explained
from quiz.storage.classes import Class, select_class_by_code_or_none
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, select_quiz_by_code_or_none
from quiz.workflows.limit_rate import Limit, TooManyTries, require_try, take_try
from quiz.workflows.secret_tokens import hash_of

# Misses alone are counted: a thousand learners may join one class within a minute, each in one try.
PER_VISITOR = Limit(at_once=10, a_minute=10)
# Of 923,521 codes with one beginning. A tighter limit would let a prankster keep a class out of its own code.
PER_PREFIX = Limit(at_once=300, a_minute=120)


class UnknownCode(Explained):
    """Nothing can be joined by this code, whether it never was given out or is over."""


def find_code(db: Database, typed: str, *, visitor: str, now: datetime) -> Class | Quiz:
    """Return what can be joined by the code. Raises UnknownCode or TooManyTries."""
    code = join_codes.as_typed(typed)
    if len(code) != join_codes.LENGTH:
        # It can't be one, so nobody learns anything by it.
        raise UnknownCode(N_("A join code has eight letters and digits, like ABCD-EFGH"))
    buckets = {f"code visitor {hash_of(visitor)}": PER_VISITOR, f"code prefix {code[:4]}": PER_PREFIX}
    for name, limit in buckets.items():
        require_try(db, name, limit, now=now)
    found = _behind(db, code)
    if found is None:
        for name, limit in buckets.items():
            _count_miss(db, name, limit, now)
        raise UnknownCode(
            N_("We could not find a quiz or class for {code}. Check the code or ask your teacher."),
            code=join_codes.shown(code),
        )
    return found


def _behind(db: Database, code: str) -> Class | Quiz | None:
    quiz = select_quiz_by_code_or_none(db, code)
    if quiz is None:
        return select_class_by_code_or_none(db, code)
    return quiz if quiz.state == "open" else None


def _count_miss(db: Database, name: str, limit: Limit, now: datetime) -> None:
    try:
        take_try(db, name, limit, now=now)
    except TooManyTries:
        # Somebody else took the last one meanwhile; this try was looked up already.
        return
