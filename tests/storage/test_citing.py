from __future__ import annotations

from quiz.core.claims import Citation
from quiz.storage.citing import select_citing_counts
from quiz.storage.database import Database
from quiz.workflows.retire_question import retire_question
from quiz.workflows.save_question import save_version
from tests.conftest import NOW
from tests.small_content import add_bank, add_question, wording


def test_each_question_counts_once_and_by_its_newest_version(db: Database):
    add_bank(db)
    twice = (Citation("bridge", "a01-1", "rests_on"), Citation("bridge", "a01-1", "corrects"))
    add_question(db, "first", citations=twice)
    add_question(db, "second")
    moved = wording(citations=(Citation("bridge", "a02-1", "rests_on"),))
    save_version(db, "second", moved, state="ready", by=None, now=NOW)

    assert select_citing_counts(db, "bridge") == {"a01-1": 1, "a02-1": 1}


def test_retired_questions_do_not_count(db: Database):
    add_bank(db)
    add_question(db)
    retire_question(db, "bridge-opened", now=NOW)

    assert select_citing_counts(db, "bridge") == {}
