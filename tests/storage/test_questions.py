from __future__ import annotations

import pytest

from quiz.core.claims import Citation
from quiz.core.questions import PublicQuestion
from quiz.storage import questions
from quiz.storage.banks import select_banks
from quiz.storage.citing import select_questions_citing
from quiz.storage.database import Conflict, Database, RowCountError
from quiz.storage.question_uses import select_uses
from quiz.storage.questions import (
    insert_version,
    select_drawable,
    select_key,
    select_keys,
    select_newest_ready_version_id,
    select_newest_version_id,
    select_public_question,
    select_public_questions,
    select_question,
    select_question_or_none,
    select_tag_counts,
    select_versions,
    select_wording,
)
from quiz.workflows.retire_question import retire_question
from quiz.workflows.save_question import save_version
from tests.conftest import NOW
from tests.small_content import add_bank, add_question, wording


def test_the_public_half_holds_nothing_of_the_key(db: Database) -> None:
    add_bank(db)
    version = add_question(db)

    question = select_public_question(db, version)

    assert question == PublicQuestion(
        version_id=version,
        question_id="bridge-opened",
        number=1,
        type="true_false",
        basis="world",
        stem="The bridge was opened in **1901**.",
        ask=question.ask,
        citations=(Citation("bridge", "a01-1", "rests_on"),),
        bank_language="en",
    )
    assert "1 May" not in str(question)


def test_no_query_of_the_public_half_touches_the_table_of_keys() -> None:
    assert "version_keys" not in questions.sql.select_public_questions.sqlite
    assert "version_keys" not in questions.sql.select_public_questions.postgres


def test_the_key_half_holds_key_and_feedback(db: Database) -> None:
    add_bank(db)
    version = add_question(db)

    key = select_key(db, version)

    assert (key.version_id, key.feedback) == (version, "It was opened on 1 May 1901.")
    assert select_keys(db, [version]) == {version: key}


def test_versions_that_do_not_exist_are_left_out_of_many_and_refused_alone(db: Database) -> None:
    assert select_public_questions(db, ["none"]) == {}
    assert select_keys(db, ["none"]) == {}
    with pytest.raises(RowCountError):
        select_public_question(db, "none")
    with pytest.raises(RowCountError):
        select_key(db, "none")
    with pytest.raises(RowCountError):
        select_wording(db, "none")


def test_a_draft_is_newest_but_what_is_asked_is_the_newest_ready(db: Database) -> None:
    add_bank(db)
    ready = add_question(db)
    draft = save_version(db, "bridge-opened", wording(stem="Was it?"), state="draft", by=None, now=NOW)

    assert select_newest_version_id(db, "bridge-opened") == draft
    assert select_newest_ready_version_id(db, "bridge-opened") == ready
    assert [(v.number, v.state) for v in select_versions(db, "bridge-opened")] == [(2, "draft"), (1, "ready")]


def test_a_retired_question_is_neither_asked_nor_drawn(db: Database) -> None:
    add_bank(db)
    add_question(db)
    other = add_question(db, "bridge-other", stem="Another.")

    retire_question(db, "bridge-opened", now=NOW)

    assert select_newest_ready_version_id(db, "bridge-opened") is None
    assert select_drawable(db, bank_id="towns") == {"bridge-other": other}
    assert select_question(db, "bridge-opened").retired == NOW


def test_a_draw_may_ask_for_a_tag(db: Database) -> None:
    add_bank(db)
    add_question(db)
    tagged = add_question(db, "bridge-steel", tags=("steel",))

    assert select_drawable(db, bank_id="towns", tag="steel") == {"bridge-steel": tagged}
    assert len(select_drawable(db, bank_id="towns")) == 2


def test_a_version_number_is_taken_once(db: Database) -> None:
    add_bank(db)
    version = add_question(db)
    stored = select_wording(db, version)

    with pytest.raises(Conflict), db.atomic():
        insert_version(db, "bridge-opened", stored, 1, "ready", None, NOW)

    assert len(select_versions(db, "bridge-opened")) == 1


def test_a_citation_of_no_claim_is_refused_by_the_database(db: Database) -> None:
    add_bank(db)
    stored = select_wording(db, add_question(db))
    unknown = (Citation("bridge", "a99-1", "rests_on"),)

    with pytest.raises(Conflict), db.atomic():
        insert_version(
            db,
            "bridge-opened",
            wording(ask=stored.ask, key=stored.key, citations=unknown),
            2,
            "ready",
            None,
            NOW,
        )

    assert len(select_versions(db, "bridge-opened")) == 1


def test_tags_and_banks_are_counted_without_retired_questions(db: Database) -> None:
    add_bank(db)
    add_question(db)
    add_question(db, "bridge-steel", tags=("steel", "bridges"))
    retire_question(db, "bridge-opened", now=NOW)

    assert select_tag_counts(db) == {"bridges": 1, "steel": 1}
    assert select_tag_counts(db, "elsewhere") == {}
    assert [(bank.id, bank.questions) for bank in select_banks(db)] == [("towns", 1)]


def test_a_question_that_nobody_uses_says_so(db: Database) -> None:
    add_bank(db)
    add_question(db)

    uses = select_uses(db, "bridge-opened")

    assert (uses.quizzes, uses.answers) == ((), 0)
    assert select_question_or_none(db, "none") is None


def test_questions_that_cite_a_claim_are_found_by_their_newest_version(db: Database) -> None:
    add_bank(db)
    add_question(db)
    moved = (Citation("bridge", "f01-1", "rests_on"),)
    save_version(db, "bridge-opened", wording(citations=moved), state="ready", by=None, now=NOW)

    assert select_questions_citing(db, "bridge", "a01-1") == []
    assert [c.question_id for c in select_questions_citing(db, "bridge", "f01-1")] == ["bridge-opened"]
