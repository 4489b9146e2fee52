from __future__ import annotations

from datetime import timedelta

import pytest

from quiz.storage import people
from quiz.storage.database import Database
from quiz.storage.drafts import DraftRow, select_draft_or_none, select_drafts_of_new_questions
from quiz.storage.people import Person
from quiz.workflows.keep_draft import DraftMeanwhile, keep_draft, throw_draft_away
from tests.conftest import NOW
from tests.small_content import add_bank, add_question

LATER = NOW + timedelta(minutes=3)


@pytest.fixture(autouse=True)
def bilal(db: Database) -> None:
    for name in ("bilal", "celeste"):
        person = Person(name, "instructor", name.title(), f"{name}@example.org")
        people.insert_person(db, person, password_hash=None, now=NOW)
    add_bank(db)


def keep(db: Database, stem: str, *, base: int = 0, person: str = "bilal", question: str = "q1") -> DraftRow:
    return keep_draft(
        db, person, question, base=base, type="true_false", based_on="", fields=[("stem", stem)], now=NOW
    )


def test_what_is_kept_is_numbered_and_comes_back(db: Database) -> None:
    first = keep(db, "Wh")
    second = keep(db, "What?", base=first.number)

    assert (first.number, second.number) == (1, 2)
    assert select_draft_or_none(db, "bilal", "q1") == second
    assert second.fields == (("stem", "What?"),)


def test_a_second_tab_does_not_overwrite_the_first_in_silence(db: Database) -> None:
    kept = keep(db, "from one tab")

    with pytest.raises(DraftMeanwhile) as caught:
        keep(db, "from another")

    assert caught.value.draft == kept
    assert select_draft_or_none(db, "bilal", "q1") == kept


def test_whoever_has_seen_the_other_draft_may_keep_theirs_over_it(db: Database) -> None:
    kept = keep(db, "from one tab")

    assert keep(db, "from another", base=kept.number).number == kept.number + 1


def test_what_is_sent_again_because_the_answer_was_lost_is_kept_once(db: Database) -> None:
    first = keep(db, "What?")

    assert keep(db, "What?") == first


def test_people_do_not_meet_each_others_drafts(db: Database) -> None:
    keep(db, "Bilal's")
    keep(db, "Celeste's", person="celeste")

    assert select_draft_or_none(db, "bilal", "q1").fields == (("stem", "Bilal's"),)  # type: ignore[union-attr]


def test_a_draft_that_is_thrown_away_is_gone_and_typing_on_keeps_a_new_one(db: Database) -> None:
    kept = keep(db, "What?")
    throw_draft_away(db, "bilal", "q1")

    assert select_draft_or_none(db, "bilal", "q1") is None
    assert keep(db, "What now?", base=kept.number).fields == (("stem", "What now?"),)


def test_drafts_of_questions_that_were_never_saved_are_listed(db: Database) -> None:
    add_question(db)
    new = keep(db, "What?")
    keep(db, "Other", question="bridge-opened")

    assert select_drafts_of_new_questions(db, "bilal") == [new]
    assert select_drafts_of_new_questions(db, "celeste") == []
