"""Estimate how long questions take to read and to answer."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.core.lint import linted
from quiz.core.minutes import seconds_for
from quiz.core.question_type import Body
from quiz.question_types import QUESTION_TYPES
from quiz.storage.database import Database
from quiz.storage.questions import select_keys, select_public_questions


def seconds_by_version(db: Database, version_ids: Iterable[str]) -> dict[str, float]:
    """Return the estimate by version id; versions whose type is not installed are left out."""
    ids = list(version_ids)
    # Not kept as learners' questions are: what they are about to read must stay at hand.
    keys = select_keys(db, ids)
    found = {}
    for version_id, public in select_public_questions(db, ids).items():
        if question_type := QUESTION_TYPES.get(public.type):
            body = Body(
                question_type.ask_from_json(public.ask), question_type.key_from_json(keys[version_id].key)
            )
            found[version_id] = seconds_for(linted(question_type.to_item(public.stem, body)))
    return found
