"""A join code that nobody has yet."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from quiz.core import join_codes
from quiz.storage.classes import select_class_by_code_or_none
from quiz.storage.database import Conflict, Database
from quiz.storage.quizzes import select_quiz_by_code_or_none

_TRIES = 5


def with_fresh_code(db: Database, store: Callable[[str], None]) -> str:
    """Call ``store`` with a code that opens no class and no quiz; return the code.

    Codes are drawn from 31⁸ (8.5 · 10¹¹), so a second try is rare; a race for one is caught as a Conflict.
    """
    for _ in range(_TRIES):
        code = join_codes.code_from(secrets.token_bytes(join_codes.LENGTH))
        if select_class_by_code_or_none(db, code) or select_quiz_by_code_or_none(db, code):
            continue
        try:
            with db.atomic():
                store(code)
        except Conflict:
            continue
        return code
    raise Conflict("no free join code was found")
