from __future__ import annotations

import pytest

from quiz.core.claims import Citation
from quiz.core.questions import UnfitCitation
from quiz.storage.database import Conflict, Database
from quiz.storage.questions import (
    select_newest_ready_version_id,
    select_question,
    select_question_or_none,
    select_versions,
)
from quiz.workflows.open_question import open_wording
from quiz.workflows.save_question import EditedMeanwhile, create_question, save_version
from tests.conftest import NOW
from tests.small_content import add_bank, add_question, wording


@pytest.fixture(autouse=True)
def towns(db: Database) -> None:
    add_bank(db)


def save(db: Database, **changes: object) -> str:
    return save_version(db, "bridge-opened", wording(**changes), state="ready", by=None, now=NOW)


def test_what_is_saved_opens_the_same(db: Database) -> None:
    assert open_wording(db, add_question(db)) == wording()


def test_saving_the_same_again_makes_no_version(db: Database) -> None:
    first = add_question(db)

    assert save(db) == first
    assert len(select_versions(db, "bridge-opened")) == 1


def test_a_new_wording_is_the_next_version(db: Database) -> None:
    add_question(db)
    save(db, stem="Was it?")

    assert [(v.number, v.stem) for v in select_versions(db, "bridge-opened")] == [
        (2, "Was it?"),
        (1, "The bridge was opened in **1901**."),
    ]


def test_a_draft_saved_as_ready_becomes_ready(db: Database) -> None:
    question, draft = create_question(db, "towns", wording(), state="draft", by=None, now=NOW)
    assert select_newest_ready_version_id(db, question) is None

    ready = save_version(db, question, wording(), state="ready", by=None, now=NOW)

    assert ready == draft == select_newest_ready_version_id(db, question)


def test_a_form_sent_twice_makes_one_question(db: Database) -> None:
    ids = [
        create_question(db, "towns", wording(), state="ready", by=None, now=NOW, question_id="q")[1]
        for _ in range(2)
    ]

    assert ids[0] == ids[1]


def test_what_is_saved_in_the_pages_is_noted_as_edited(db: Database) -> None:
    add_question(db)

    assert select_question(db, "bridge-opened").edited == NOW


def test_a_citation_that_does_not_fit_saves_nothing(db: Database) -> None:
    unfit = (Citation("bridge", "a02-1", "rests_on"),)

    with pytest.raises(UnfitCitation, match="a02-1 is dated"):
        add_question(db, "q", basis="text", citations=unfit)
    with pytest.raises(UnfitCitation, match="there is no claim a99-1 in bridge"):
        add_question(db, "q", citations=(Citation("bridge", "a99-1", "rests_on"),))

    assert select_question_or_none(db, "q") is None


def test_a_question_may_stand_without_a_source(db: Database) -> None:
    assert open_wording(db, add_question(db, citations=())).citations == ()


def test_a_bank_that_does_not_exist_is_a_conflict(db: Database) -> None:
    with pytest.raises(Conflict):
        create_question(db, "nowhere", wording(), state="ready", by=None, now=NOW)


def test_who_was_overtaken_is_told_and_loses_nothing(db: Database) -> None:
    first = add_question(db)
    save(db, stem="Celeste was faster.")

    with pytest.raises(EditedMeanwhile, match="version 2 was saved"):
        save_version(
            db, "bridge-opened", wording(stem="Bilal."), state="ready", by=None, now=NOW, based_on=first
        )

    assert select_versions(db, "bridge-opened")[0].stem == "Celeste was faster."


def test_the_same_form_sent_again_is_not_overtaken_by_itself(db: Database) -> None:
    first = add_question(db)
    for _ in range(2):
        save_version(db, "bridge-opened", wording(stem="B."), state="ready", by=None, now=NOW, based_on=first)

    assert len(select_versions(db, "bridge-opened")) == 2
