"""Note that a learner has opened the result of an attempt, so that what they have read is no news any more."""

from __future__ import annotations

from datetime import datetime

from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.seen_results import select_seen_results_of_person, upsert_seen_result
from quiz.workflows.tell_news import tell_news


def note_result_seen(db: Database, attempt: Attempt, *, now: datetime) -> None:
    """Write it if it is news. attempt: with its score, if that is shown. Harmless to repeat."""
    is_first = attempt.id not in select_seen_results_of_person(db, attempt.person_id)
    if is_first or tell_news(db, attempt.person_id, [attempt]):
        upsert_seen_result(db, attempt, now=now)
