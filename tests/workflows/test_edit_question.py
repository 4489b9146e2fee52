from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.core.claims import Citation
from quiz.core.questions import UnfitCitation
from quiz.question_types import QUESTION_TYPES
from quiz.storage.database import Conflict, Database
from quiz.storage.questions import select_question, select_question_or_none, select_versions
from quiz.workflows.edit_question import Edited, edit_question
from quiz.workflows.save_question import EditedMeanwhile
from tests.conftest import NOW
from tests.small_content import add_bank, add_question, wording


@pytest.fixture(autouse=True)
def bank(sqlite_db: Database) -> None:
    add_bank(sqlite_db)


def edit(db: Database, written=None, question_id: str = "bridge-opened", **changes: object) -> Edited:
    how = {"bank_id": "towns", "state": "ready", "based_on": "", "by": None, "now": NOW} | changes
    return edit_question(db, question_id, written or wording(), **how)  # type: ignore[arg-type]


def test_a_question_that_is_not_there_yet_is_made(sqlite_db: Database):
    assert edit(sqlite_db) == Edited("bridge-opened", 1, has_changed=True)


def test_the_same_wording_again_changes_nothing_not_even_the_note_of_an_edit(sqlite_db: Database):
    version = add_question(sqlite_db)
    before = select_question(sqlite_db, "bridge-opened")

    edited = edit(sqlite_db, based_on=version, by="bilal", now=NOW.replace(hour=13))

    assert edited == Edited("bridge-opened", 1, has_changed=False)
    assert select_question(sqlite_db, "bridge-opened") == before


def test_another_order_of_options_is_another_version(sqlite_db: Database):
    question_type = QUESTION_TYPES["single_choice"]
    rows = [{"id": "red", "text": "Red", "right": True}, {"id": "black", "text": "Black"}]
    one, other = (question_type.body_from_plain({"options": r}) for r in (rows, rows[::-1]))
    written = wording(type="single_choice", ask=one.ask, key=one.key)
    version = add_question(sqlite_db, type="single_choice", ask=one.ask, key=one.key)

    edited = edit(sqlite_db, replace(written, ask=other.ask, key=other.key), based_on=version)

    assert edited.number == 2


def test_tags_alone_change_the_question_but_make_no_version(sqlite_db: Database):
    version = add_question(sqlite_db)

    edited = edit(sqlite_db, wording(tags=("steel",)), based_on=version)

    assert edited == Edited("bridge-opened", 1, has_changed=True)
    assert select_question(sqlite_db, "bridge-opened").tags == ("steel",)


def test_a_draft_becomes_ready(sqlite_db: Database):
    edit(sqlite_db, state="draft")
    (draft,) = select_versions(sqlite_db, "bridge-opened")

    edited = edit(sqlite_db, based_on=draft.id)

    assert edited.has_changed
    assert [v.state for v in select_versions(sqlite_db, "bridge-opened")] == ["ready"]


def test_whoever_edits_an_older_version_is_told(sqlite_db: Database):
    older = add_question(sqlite_db)
    edit(sqlite_db, wording(stem="Second."), based_on=older)

    with pytest.raises(EditedMeanwhile):
        edit(sqlite_db, wording(stem="Third."), based_on=older)

    assert len(select_versions(sqlite_db, "bridge-opened")) == 2


def test_a_new_question_does_not_overwrite_one_of_the_same_id(sqlite_db: Database):
    add_question(sqlite_db)

    with pytest.raises(EditedMeanwhile):
        edit(sqlite_db, wording(stem="Another question altogether."))


def test_a_claim_that_does_not_exist_leaves_nothing_half_written(sqlite_db: Database):
    with pytest.raises(UnfitCitation):
        edit(sqlite_db, wording(citations=(Citation("bridge", "a99-1", "rests_on"),)))

    assert select_question_or_none(sqlite_db, "bridge-opened") is None


def test_a_bank_that_does_not_exist_leaves_the_question_as_it_was(sqlite_db: Database):
    version = add_question(sqlite_db)

    with pytest.raises(Conflict):
        edit(sqlite_db, wording(stem="Second."), bank_id="nowhere", based_on=version)

    assert len(select_versions(sqlite_db, "bridge-opened")) == 1
    assert select_question(sqlite_db, "bridge-opened").bank_id == "towns"
