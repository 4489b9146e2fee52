from __future__ import annotations

import pytest

from quiz.storage.attempts import select_attempt_slots
from quiz.storage.banks import update_sharing
from quiz.storage.bulk_changes import BulkChange
from quiz.storage.database import Database
from quiz.storage.questions import select_question
from quiz.storage.quizzes import select_slots, update_quiz_state
from quiz.workflows import find_alike as module
from quiz.workflows.apply_bulk import StalePreview, apply_bulk
from quiz.workflows.find_alike import find_alike
from quiz.workflows.plan_bulk import UnusableBulk
from quiz.workflows.plan_merge import plan_merge
from quiz.workflows.retire_question import retire_question
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.tell_different import forget_different, tell_different
from quiz.workflows.undo_bulk import undo_bulk
from tests.conftest import NOW
from tests.small_content import add_bank, add_question
from tests.small_quizzes import add_class, add_people, add_quiz, the_quiz

STEM = "In which year was the old bridge over the river {} opened by the mayor of the town?"


@pytest.fixture(autouse=True)
def lookalikes(db: Database) -> None:
    """Two pairs of lookalikes, and one question that is like no other."""
    add_people(db)
    add_bank(db)
    add_question(db, "danube", stem=STEM.format("Danube"), tags=("rivers",))
    add_question(
        db, "rhine", stem="Who built the tower that stands beside the railway station in our capital city?"
    )
    add_question(
        db, "tower", stem="Who built the tower which stands beside the railway station in our capital city?"
    )
    add_question(db, "alone", stem="How long does the ferry to the islands take when the sea is calm?")
    add_question(db, "donau", stem=STEM.format("Donau"), tags=("names",))


def sets(db: Database, *, by: str = "bilal", **asked: object) -> list[list[str]]:
    page = find_alike(db, by=by, **asked)  # type: ignore[arg-type]
    return [[question.question_id for question in one.questions] for one in page.sets]


def merge(db: Database, kept: str, *others: str) -> BulkChange:
    digest = plan_merge(db, kept, others, by="bilal").digest
    return apply_bulk(
        db,
        f"merge-{kept}",
        lambda: plan_merge(db, kept, others, by="bilal"),
        digest=digest,
        by="bilal",
        now=NOW,
    )


def asked(db: Database, quiz_id: str = "quiz") -> list[str | None]:
    return [slot.question_id for slot in select_slots(db, the_quiz(db, quiz_id))]


# -- finding -------------------------------------------------------------------------------------------------


def test_near_duplicates_come_up_together_the_newest_first(db: Database) -> None:
    assert sets(db) == [["donau", "danube"], ["tower", "rhine"]]


def test_a_page_ends_where_the_next_begins(db: Database) -> None:
    first = find_alike(db, by="bilal", limit=1)

    assert [q.question_id for q in first.sets[0].questions] == ["donau", "danube"]
    assert sets(db, after=first.next_after, limit=1) == [["tower", "rhine"]]


def test_retired_questions_and_other_banks_are_left_out(db: Database) -> None:
    retire_question(db, "donau", now=NOW)

    assert sets(db) == [["tower", "rhine"]]
    assert sets(db, bank_id="elsewhere") == []


def test_banks_that_one_may_not_see_are_left_out(db: Database) -> None:
    update_sharing(db, "towns", "classes", [])

    assert sets(db) == []
    assert sets(db, bank_id="towns") == []


def test_all_that_hang_together_are_one_set(db: Database) -> None:
    add_question(db, "ister", stem=STEM.format("Ister"))

    assert sets(db)[0] == ["ister", "donau", "danube"]


def test_what_only_looks_alike_by_its_sketch_is_compared(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ALIKE", 1.0)

    assert sets(db) == []


def test_what_was_told_to_be_different_does_not_come_back(db: Database) -> None:
    assert tell_different(db, ["danube", "donau"], by="bilal", now=NOW) == 2
    assert sets(db) == sets(db, by="celeste") == [["tower", "rhine"]]

    forget_different(db, ["donau", "danube"], by="bilal")

    assert len(sets(db)) == 2


def test_nobody_tells_of_questions_that_they_do_not_see(db: Database) -> None:
    update_sharing(db, "towns", "classes", [])

    assert tell_different(db, ["danube", "donau"], by="bilal", now=NOW) == 0


# -- keeping one ---------------------------------------------------------------------------------------------


def test_one_is_kept_with_the_tags_of_all(db: Database) -> None:
    change = merge(db, "danube", "donau")

    assert (select_question(db, "danube").retired, select_question(db, "danube").tags) == (
        None,
        ("names", "rivers"),
    )
    assert select_question(db, "donau").retired == NOW

    undo_bulk(db, change, by="bilal", now=NOW)

    assert select_question(db, "danube").tags == ("rivers",)
    assert select_question(db, "donau").retired is None


def test_places_of_drafts_and_open_quizzes_ask_the_kept_one(db: Database) -> None:
    add_class(db)
    add_quiz(db, "donau", "alone", is_open=False)
    add_quiz(db, "donau", quiz_id="open")
    closed = add_quiz(db, "donau", quiz_id="closed")
    update_quiz_state(db, closed, "closed", NOW)

    change = merge(db, "danube", "donau")

    assert (asked(db), asked(db, "open"), asked(db, "closed")) == (["danube", "alone"], ["danube"], ["donau"])

    undo_bulk(db, change, by="bilal", now=NOW)

    assert (asked(db), asked(db, "open")) == (["donau", "alone"], ["donau"])


def test_a_quiz_that_asks_the_kept_one_already_loses_the_other(db: Database) -> None:
    add_class(db)
    add_quiz(db, "donau", "danube", "alone", is_open=False)

    change = merge(db, "danube", "donau")
    assert asked(db) == ["danube", "alone"]

    undo_bulk(db, change, by="bilal", now=NOW)

    assert sorted(asked(db)) == ["alone", "danube", "donau"]


def test_attempts_that_were_started_keep_their_question(db: Database) -> None:
    add_class(db)
    attempt = start_attempt(db, add_quiz(db, "donau"), person_id="amal", now=NOW)

    merge(db, "danube", "donau")

    assert [slot.question_id for slot in select_attempt_slots(db, attempt)] == ["donau"]


@pytest.mark.parametrize(
    ("kept", "others"),
    [("", ["donau"]), ("nobody", ["donau"]), ("danube", ["danube"]), ("danube", ["nobody"])],
)
def test_a_choice_that_makes_no_sense_is_refused(db: Database, kept: str, others: list[str]) -> None:
    with pytest.raises(UnusableBulk):
        plan_merge(db, kept, others, by="bilal")


def test_a_preview_that_is_no_longer_true_merges_nothing(db: Database) -> None:
    add_class(db)
    shown = plan_merge(db, "danube", ["donau"], by="bilal")
    add_quiz(db, "donau")

    with pytest.raises(StalePreview):
        apply_bulk(
            db,
            "m",
            lambda: plan_merge(db, "danube", ["donau"], by="bilal"),
            digest=shown.digest,
            by="bilal",
            now=NOW,
        )

    assert select_question(db, "donau").retired is None
