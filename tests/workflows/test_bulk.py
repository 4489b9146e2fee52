from __future__ import annotations

import pytest

from quiz.storage.bank_changes import select_bank_changes
from quiz.storage.banks import select_banks, update_sharing
from quiz.storage.bulk_changes import BulkChange, select_bulk_change_or_none, select_changes
from quiz.storage.database import Database
from quiz.storage.heads import upsert_heads
from quiz.storage.questions import replace_tags, select_question
from quiz.storage.quizzes import select_slots
from quiz.storage.search import search_questions
from quiz.workflows import plan_bulk as module
from quiz.workflows.apply_bulk import StalePreview, apply_bulk
from quiz.workflows.list_questions import Filters
from quiz.workflows.plan_bulk import Plan, UnusableBulk, Wanted, plan_bulk
from quiz.workflows.remove_slot import remove_slot
from quiz.workflows.retire_question import restore_question, retire_question
from quiz.workflows.select_many import Selection, select_many
from quiz.workflows.undo_bulk import plan_undo, undo_bulk
from tests.conftest import NOW, TODAY
from tests.small_content import add_bank, add_question
from tests.small_quizzes import add_class, add_people, add_quiz

TICKED = ("one", "two", "three")


@pytest.fixture(autouse=True)
def three_questions(db: Database) -> None:
    add_people(db)
    add_bank(db)
    add_bank(db, "villages")
    for number, question_id in enumerate(TICKED):
        add_question(db, question_id, tags=("dates",), stem=f"Is the bridge number {number} open?")


def plan(db: Database, kind: str, *ids: str, by: str = "bilal", **settings: object) -> Plan:
    selected = select_many(db, Selection(ticked=ids or TICKED), by=by, today=TODAY)
    return plan_bulk(db, Wanted(kind, **settings), selected.questions, by=by)  # type: ignore[arg-type]


def do(db: Database, kind: str, *ids: str, change_id: str = "change", **settings: object) -> BulkChange:
    digest = plan(db, kind, *ids, **settings).digest
    return apply_bulk(
        db, change_id, lambda: plan(db, kind, *ids, **settings), digest=digest, by="bilal", now=NOW
    )


def tags(db: Database) -> dict[str, tuple[str, ...]]:
    return {question_id: select_question(db, question_id).tags for question_id in TICKED}


def retired(db: Database) -> set[str]:
    return {question_id for question_id in TICKED if select_question(db, question_id).retired}


# -- which questions -----------------------------------------------------------------------------------------


def test_ticked_questions_that_one_may_not_see_are_left_out(db: Database) -> None:
    update_sharing(db, "towns", "classes", [])

    assert select_many(db, Selection(ticked=TICKED), by="bilal", today=TODAY).questions == ()
    assert select_many(db, Selection(filters=Filters()), by="bilal", today=TODAY).questions == ()


def test_all_that_match_are_meant_up_to_a_limit(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = Selection(filters=Filters(words="bridge"))
    assert select_many(db, everything, by="bilal", today=TODAY).ids == ["three", "two", "one"]

    monkeypatch.setattr("quiz.workflows.select_many.MOST_AT_ONCE", 2)

    selected = select_many(db, everything, by="bilal", today=TODAY)
    assert (selected.ids, selected.is_cut) == (["three", "two"], True)


# -- tags ----------------------------------------------------------------------------------------------------


def test_tags_come_and_go_and_come_back(db: Database) -> None:
    change = do(db, "tag", "one", "two", add=("steel",), remove=("dates",))
    assert tags(db) == {"one": ("steel",), "two": ("steel",), "three": ("dates",)}
    assert [q.question_id for q in search_questions(db, tag="steel")] == ["two", "one"]

    undo_bulk(db, change, by="bilal", now=NOW)

    assert tags(db) == dict.fromkeys(TICKED, ("dates",))


def test_what_has_the_tags_already_is_no_change(db: Database) -> None:
    planned = plan(db, "tag", add=("dates",))

    assert (planned.changes, planned.skipped) == ((), {module.ALREADY: 3})


def test_a_question_gets_no_more_than_twelve_tags(db: Database) -> None:
    replace_tags(db, "one", [f"t{n}" for n in range(12)])
    upsert_heads(db, ["one"])

    planned = plan(db, "tag", "one", "two", add=("steel",))

    assert [change.subject for change in planned.changes] == ["two"]
    assert planned.skipped == {module.TOO_MANY_TAGS: 1}


@pytest.mark.parametrize(("asked", "field"), [({}, "add"), ({"add": ("a",), "remove": ("a",)}, "remove")])
def test_tags_that_make_no_sense_are_refused(db: Database, asked: dict[str, object], field: str) -> None:
    with pytest.raises(UnusableBulk) as refused:
        plan(db, "tag", **asked)

    assert refused.value.field == field


def test_undoing_tags_leaves_those_alone_that_came_since(db: Database) -> None:
    change = do(db, "tag", add=("steel",))
    do(db, "tag", add=("iron",), change_id="later")

    undo_bulk(db, change, by="bilal", now=NOW)

    assert tags(db) == dict.fromkeys(TICKED, ("dates", "iron"))


# -- moving --------------------------------------------------------------------------------------------------


def test_questions_move_and_move_back(db: Database) -> None:
    change = do(db, "move", "one", "two", bank_id="villages")
    assert [(bank.id, bank.questions) for bank in select_banks(db)] == [("towns", 1), ("villages", 2)]

    undo_bulk(db, change, by="bilal", now=NOW)

    assert [(bank.id, bank.questions) for bank in select_banks(db)] == [("towns", 3), ("villages", 0)]


@pytest.mark.parametrize("bank_id", ["", "nowhere", "villages"])
def test_nothing_moves_to_a_bank_that_one_may_not_see(db: Database, bank_id: str) -> None:
    update_sharing(db, "villages", "classes", [])

    with pytest.raises(UnusableBulk):
        plan(db, "move", bank_id=bank_id)


def test_a_question_that_moved_on_since_stays_there(db: Database) -> None:
    change = do(db, "move", bank_id="villages")
    do(db, "move", "one", bank_id="towns", change_id="later")

    assert plan_undo(db, change).kept == 1
    assert undo_bulk(db, change, by="bilal", now=NOW).kept == 1


# -- retiring ------------------------------------------------------------------------------------------------


def test_questions_retire_and_come_back(db: Database) -> None:
    change = do(db, "retire")
    assert retired(db) == set(TICKED)

    undo_bulk(db, change, by="bilal", now=NOW)

    assert retired(db) == set()


def test_questions_are_taken_back_and_retire_again(db: Database) -> None:
    retire_question(db, "one", now=NOW)
    change = do(db, "restore")
    assert (retired(db), change.questions) == (set(), 1)

    undo_bulk(db, change, by="bilal", now=NOW)

    assert retired(db) == {"one"}


def test_what_somebody_took_back_since_is_counted(db: Database) -> None:
    change = do(db, "retire")
    restore_question(db, "two", now=NOW)

    undone = undo_bulk(db, change, by="bilal", now=NOW)

    assert (retired(db), undone.kept) == (set(), 1)


# -- adding to a quiz ----------------------------------------------------------------------------------------


def test_questions_are_added_to_a_quiz_and_taken_out_again(db: Database) -> None:
    add_class(db)
    quiz = add_quiz(db, "two", is_open=False)
    retire_question(db, "three", now=NOW)

    change = do(db, "add_to_quiz", quiz_id="quiz", points=2.0)

    assert [(s.question_id, s.position, s.points) for s in select_slots(db, quiz)] == [
        ("two", 1, 1.0),
        ("one", 2, 2.0),
    ]
    assert plan(db, "add_to_quiz", quiz_id="quiz").skipped == {module.HELD_ALREADY: 2, module.RETIRED: 1}

    undo_bulk(db, change, by="bilal", now=NOW)

    assert [slot.question_id for slot in select_slots(db, quiz)] == ["two"]


def test_a_place_that_was_taken_out_since_is_no_trouble(db: Database) -> None:
    add_class(db)
    quiz = add_quiz(db, is_open=False)
    change = do(db, "add_to_quiz", quiz_id="quiz")
    remove_slot(db, quiz, select_slots(db, quiz)[0].id)

    undone = undo_bulk(db, change, by="bilal", now=NOW)

    assert (select_slots(db, quiz), undone.kept) == ([], 1)


def test_a_quiz_of_others_gets_nothing(db: Database) -> None:
    add_class(db)
    add_quiz(db)

    with pytest.raises(UnusableBulk):
        plan(db, "add_to_quiz", by="celeste", quiz_id="quiz")


def test_a_quiz_gets_no_thousand_places(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_IN_QUIZ", 2)
    add_class(db)
    add_quiz(db)

    with pytest.raises(UnusableBulk):
        plan(db, "add_to_quiz", quiz_id="quiz")


# -- all of them ---------------------------------------------------------------------------------------------


def test_a_preview_that_is_no_longer_true_changes_nothing(db: Database) -> None:
    shown = plan(db, "retire")
    retire_question(db, "two", now=NOW)

    with pytest.raises(StalePreview) as stale:
        apply_bulk(db, "change", lambda: plan(db, "retire"), digest=shown.digest, by="bilal", now=NOW)

    assert [change.subject for change in stale.value.plan.changes] == ["three", "one"]
    assert (retired(db), select_bulk_change_or_none(db, "change")) == ({"two"}, None)


def test_a_form_sent_twice_does_it_once(db: Database) -> None:
    first = do(db, "tag", add=("steel",))
    again = apply_bulk(db, "change", lambda: plan(db, "retire"), digest="whatever", by="bilal", now=NOW)

    assert (again.id, again.kind, again.questions) == (first.id, "tag", 3)
    assert retired(db) == set()


def test_undoing_twice_is_undoing_once(db: Database) -> None:
    change = do(db, "retire")
    undo_bulk(db, change, by="bilal", now=NOW)
    retire_question(db, "one", now=NOW)

    undo_bulk(db, change, by="bilal", now=NOW)

    assert retired(db) == {"one"}


def test_each_thing_that_changed_is_kept(db: Database) -> None:
    change = do(db, "tag", "one", add=("steel",))

    (kept,) = select_changes(db, change)

    assert (kept.aspect, kept.subject, kept.before, kept.after) == (
        "tags",
        "one",
        ["dates"],
        ["dates", "steel"],
    )


def test_the_banks_logs_tell_it_once(db: Database) -> None:
    before = len(select_bank_changes(db, "towns"))
    change = do(db, "move", bank_id="villages")
    undo_bulk(db, change, by="bilal", now=NOW)

    def logged(bank_id: str) -> list[tuple[str, int, str | None]]:
        return sorted(
            (c.kind, c.details["count"], c.name)
            for c in select_bank_changes(db, bank_id)
            if "count" in c.details
        )

    assert logged("towns") == [("bulk_undone", 3, "Bilal"), ("moved_out", 3, "Bilal")]
    assert logged("villages") == [("moved_in", 3, "Bilal")]
    assert len(select_bank_changes(db, "towns")) == before + 2
