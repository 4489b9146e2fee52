from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from quiz.storage.banks import select_banks, select_counts, select_tags_in, update_sharing
from quiz.storage.database import Database
from quiz.storage.encoding import time_text
from quiz.storage.heads import (
    delete_heads,
    finish_texts,
    upsert_heads,
    upsert_heads_without_texts,
    upsert_missing_heads,
)
from quiz.storage.migrate import migrate
from quiz.storage.queries import Statement
from quiz.storage.questions import update_question_bank
from quiz.storage.search import search_questions
from quiz.workflows.retire_question import restore_question, retire_question
from quiz.workflows.save_question import save_version
from tests.conftest import NOW
from tests.small_content import add_bank, add_question, wording


def run(db: Database, text: str) -> None:
    db.run(Statement("test", text, text))


def rows(db: Database, text: str) -> list[tuple[object, ...]]:
    return [tuple(dict(row).values()) for row in db.all(Statement("test", text, text))]


@pytest.fixture(autouse=True)
def towns(db: Database) -> None:
    add_bank(db)
    add_bank(db, "villages")
    add_question(db, "one")
    add_question(db, "two", tags=("dates",), difficulty="hard")


def retag(db: Database) -> None:
    save_version(db, "one", wording(tags=("steel",), difficulty="medium"), state="ready", by=None, now=NOW)


def redraft(db: Database) -> None:
    save_version(db, "one", wording(stem="Is it so?"), state="draft", by=None, now=NOW)


def retire(db: Database) -> None:
    retire_question(db, "one", now=NOW)


def restore(db: Database) -> None:
    retire(db)
    restore_question(db, "one", now=NOW)


def move(db: Database) -> None:
    update_question_bank(db, "one", "villages")


@pytest.mark.parametrize("write", [lambda db: None, retag, redraft, retire, restore, move])
def test_what_is_counted_is_what_there_is(db: Database, write: Callable[[Database], None]) -> None:
    write(db)

    heads = rows(db, "SELECT bank_id, state FROM question_heads")
    for bank in select_banks(db):
        counts = select_counts(db, bank.id)
        assert counts.get("state", {}) == Counter(state for bank_id, state in heads if bank_id == bank.id)
        assert bank.questions == sum(b == bank.id and state != "retired" for b, state in heads)
    tagged = rows(
        db,
        "SELECT t.tag FROM question_tags AS t JOIN questions AS q ON q.id = t.question_id WHERE q.retired_at IS NULL",
    )
    assert select_tags_in(db, ["towns", "villages"], limit=10) == Counter(tag for (tag,) in tagged)


@pytest.mark.parametrize("write", [retag, redraft, retire, restore, move])
def test_a_head_says_what_the_other_tables_say(db: Database, write: Callable[[Database], None]) -> None:
    write(db)
    before = rows(db, "SELECT * FROM question_heads ORDER BY number")

    upsert_heads(db, ["two", "one", "nobody"])

    assert rows(db, "SELECT * FROM question_heads ORDER BY number") == before


def test_places_are_given_in_the_order_asked_for(db: Database) -> None:
    delete_heads(db, ["one", "two"])
    assert search_questions(db) == []
    assert select_banks(db)[0].questions == 0

    upsert_heads(db, ["two", "one"])

    assert [question.question_id for question in search_questions(db)] == ["one", "two"]


def test_a_database_from_before_there_were_heads_gets_them(db: Database) -> None:
    for table in ("question_heads", "question_counts"):
        run(db, f"DELETE FROM {table}")  # noqa: S608 - our own
    run(db, "UPDATE question_texts SET facets = ''")
    assert search_questions(db) == []

    upsert_missing_heads(db)
    upsert_missing_heads(db)

    assert [question.question_id for question in search_questions(db)] == ["two", "one"]
    assert select_tags_in(db, ["towns"], limit=10) == {"bridges": 1, "dates": 2}


def test_words_and_filters_may_lag_behind_until_they_are_finished(db: Database) -> None:
    run(db, "UPDATE questions SET retired_at = '2026-01-01' WHERE id = 'one'")
    upsert_heads_without_texts(db, ["one"])
    assert [(q.question_id, q.state) for q in search_questions(db)] == [("two", "ready"), ("one", "retired")]
    assert select_banks(db)[0].questions == 1

    finish_texts(db)

    assert [q.question_id for q in search_questions(db)] == ["two"]
    assert [q.question_id for q in search_questions(db, state="retired")] == ["one"]


def test_what_was_never_finished_is_finished_by_the_next_migration(db: Database) -> None:
    run(db, "UPDATE questions SET retired_at = '2026-01-01' WHERE id = 'one'")
    upsert_heads_without_texts(db, ["one"])

    migrate(db, now=time_text(NOW))

    assert [q.question_id for q in search_questions(db)] == ["two"]


def test_a_new_question_can_be_found_at_once(db: Database) -> None:
    delete_heads(db, ["one"])

    upsert_heads_without_texts(db, ["one"])

    assert [q.question_id for q in search_questions(db)] == ["one", "two"]


def test_tags_are_those_of_the_banks_that_are_asked_about(db: Database) -> None:
    move(db)

    assert select_tags_in(db, ["villages"], limit=10) == {"bridges": 1, "dates": 1}
    assert select_tags_in(db, ["towns", "villages"], limit=1) == {"dates": 2}
    assert select_tags_in(db, [], limit=10) == {}


def test_who_shares_a_bank_is_no_part_of_heads(db: Database) -> None:
    update_sharing(db, "towns", "classes", [])

    assert len(search_questions(db)) == 2
