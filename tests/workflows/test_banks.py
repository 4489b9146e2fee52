from __future__ import annotations

import pytest

from quiz.core.bank_rules import UnusableBank
from quiz.storage.bank_changes import select_bank_changes
from quiz.storage.bank_copies import select_copied_from_or_none
from quiz.storage.banks import BankRow, select_bank_or_none, select_classes_of_bank, upsert_bank
from quiz.storage.database import Database
from quiz.storage.linting import select_ignores
from quiz.storage.questions import select_questions_of_bank, select_versions
from quiz.workflows.bank_access import (
    bank_to_read_or_none,
    may_write_question,
    question_to_read_or_none,
    visible_banks,
)
from quiz.workflows.edit_bank import edit_bank
from quiz.workflows.ignore_finding import ignore_finding
from quiz.workflows.make_bank import duplicate_bank, make_bank
from quiz.workflows.open_question import open_wording
from quiz.workflows.report_bank import report_bank
from quiz.workflows.retire_question import retire_question
from quiz.workflows.save_question import create_question, save_version
from quiz.workflows.share_bank import Sharing, share_bank
from tests.conftest import NOW, TODAY
from tests.small_content import add_bank, add_question, wording
from tests.small_quizzes import add_class, add_people

ALONE = Sharing("classes", ())


@pytest.fixture(autouse=True)
def people(db: Database) -> None:
    add_people(db)
    add_bank(db)


def make(
    db: Database, bank_id: str = "mine", *, sharing: Sharing = ALONE, by: str = "bilal", **said: str
) -> BankRow:
    make_bank(db, bank_id, **({"title": "Mine"} | said), sharing=sharing, by=by, now=NOW)  # type: ignore[arg-type]
    return the_bank(db, bank_id)


def the_bank(db: Database, bank_id: str = "mine") -> BankRow:
    found = select_bank_or_none(db, bank_id)
    assert found
    return found


def seen_by(db: Database, person_id: str) -> list[str]:
    return [bank.id for bank in visible_banks(db, person_id)]


def logged(db: Database, bank_id: str) -> list[str]:
    return [change.kind for change in select_bank_changes(db, bank_id)]


# -- making and editing --------------------------------------------------------------------------------------


def test_a_bank_is_its_makers(db: Database) -> None:
    bank = make(db, title="  My  bank ", description=" Of bridges. ", language="pt_br")

    assert (bank.title, bank.description, bank.language) == ("My bank", "Of bridges.", "pt-BR")
    assert (bank.created_by, bank.audience, bank.questions, bank.file_digest) == ("bilal", "classes", 0, "")
    assert logged(db, "mine") == ["made"]


def test_a_form_sent_twice_makes_one_bank(db: Database) -> None:
    make(db)

    assert make(db, title="Another").title == "Mine"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"description": "x" * 2001}, "description"),
        ({"language": "no language"}, "language"),
        ({"language": " "}, "language"),
    ],
)
def test_what_makes_no_bank_is_refused_at_its_field(db: Database, said: dict[str, str], field: str) -> None:
    with pytest.raises(UnusableBank) as refused:
        make(db, **said)

    assert refused.value.field == field
    assert select_bank_or_none(db, "mine") is None


def test_what_a_bank_says_is_changed_and_logged(db: Database) -> None:
    bank = the_bank(db, "towns")

    assert edit_bank(db, bank, title="Cities", description="", language="en", by="bilal", now=NOW)

    assert the_bank(db, "towns").title == "Cities"
    assert logged(db, "towns") == ["edited"]
    assert not edit_bank(
        db, the_bank(db, "towns"), title="Cities", description="", language="en", by="bilal", now=NOW
    )


def test_a_file_leaves_a_title_alone_that_was_changed_in_the_pages(db: Database) -> None:
    edit_bank(db, the_bank(db, "towns"), title="Cities", description="", language="en", by="bilal", now=NOW)

    upsert_bank(db, BankRow("towns", "Towns", "", "en", 3, "digest", 0), by=None, now=NOW)

    assert (the_bank(db, "towns").title, the_bank(db, "towns").position) == ("Cities", 3)


# -- sharing -------------------------------------------------------------------------------------------------


def test_every_instructor_sees_what_came_from_a_file(db: Database) -> None:
    assert seen_by(db, "bilal") == seen_by(db, "celeste") == ["towns"]


def test_a_bank_that_is_not_shared_is_its_makers_alone(db: Database) -> None:
    make(db)
    question_id, _ = create_question(db, "mine", wording(), state="ready", by="bilal", now=NOW)

    assert (seen_by(db, "bilal"), seen_by(db, "celeste")) == (["towns", "mine"], ["towns"])
    assert bank_to_read_or_none(db, "celeste", "mine") is None
    assert question_to_read_or_none(db, "celeste", question_id) is None
    assert question_to_read_or_none(db, "bilal", question_id) is not None
    assert not may_write_question(db, "celeste", question_id)
    assert may_write_question(db, "celeste", "not there yet")


def test_a_bank_is_shared_with_the_instructors_of_a_class(db: Database) -> None:
    add_class(db)
    make(db, by="celeste")

    share_bank(db, the_bank(db), Sharing("classes", ("bridges", "elsewhere")), by="celeste", now=NOW)
    assert select_classes_of_bank(db, "mine") == {}
    assert seen_by(db, "bilal") == ["towns"]

    make(db, "his", by="bilal", sharing=Sharing("classes", ("bridges",)))
    assert select_classes_of_bank(db, "his") == {"bridges": "Bridges 9b"}
    assert seen_by(db, "celeste") == ["towns", "mine"]


def test_colleagues_of_the_class_see_it_and_learners_do_not(db: Database) -> None:
    from quiz.storage.classes import insert_member

    add_class(db)
    insert_member(db, "bridges", "celeste", "instructor", NOW)
    make(db, sharing=Sharing("classes", ("bridges",)))

    assert seen_by(db, "celeste") == ["towns", "mine"]
    assert seen_by(db, "amal") == ["towns"]


def test_sharing_with_everybody_forgets_the_classes_and_is_logged_once(db: Database) -> None:
    add_class(db)
    make(db, sharing=Sharing("classes", ("bridges",)))

    share_bank(db, the_bank(db), Sharing(), by="bilal", now=NOW)
    share_bank(db, the_bank(db), Sharing(), by="bilal", now=NOW)

    assert select_classes_of_bank(db, "mine") == {}
    assert seen_by(db, "celeste") == ["towns", "mine"]
    assert sorted(logged(db, "mine")) == ["made", "shared"]


def test_only_its_maker_says_who_sees_a_bank(db: Database) -> None:
    make(db, sharing=Sharing())

    with pytest.raises(UnusableBank):
        share_bank(db, the_bank(db), ALONE, by="celeste", now=NOW)
    with pytest.raises(UnusableBank):
        share_bank(db, the_bank(db, "towns"), ALONE, by="bilal", now=NOW)


# -- duplicating ---------------------------------------------------------------------------------------------


def duplicate(db: Database, new_id: str = "copy") -> int | None:
    return duplicate_bank(
        db, the_bank(db, "towns"), new_id, title="A copy", sharing=ALONE, by="bilal", now=NOW
    )


def test_a_copy_has_the_same_questions_under_ids_of_their_own(db: Database) -> None:
    version_id = add_question(db, "bridge-opened")
    ignore_finding(db, "bridge-opened", "absolute_terms", "We know.", by="bilal", now=NOW)

    assert duplicate(db) == 1

    (copied,) = select_questions_of_bank(db, "copy")
    (version,) = select_versions(db, copied.id)
    assert copied.id != "bridge-opened"
    assert open_wording(db, version.id) == open_wording(db, version_id)
    assert (version.number, version.state, version.created_by) == (1, "ready", "bilal")
    assert select_copied_from_or_none(db, copied.id) == "bridge-opened"
    assert the_bank(db, "copy").copied_from == "towns"
    assert select_ignores(db, copied.id) == select_ignores(db, "bridge-opened")
    assert the_bank(db, "copy").questions == 1


def test_a_copy_asks_what_the_question_asks_and_keeps_its_later_draft(db: Database) -> None:
    add_question(db, "bridge-opened")
    save_version(db, "bridge-opened", wording(stem="Second."), state="ready", by=None, now=NOW)
    save_version(db, "bridge-opened", wording(stem="Third."), state="draft", by=None, now=NOW)

    duplicate(db)

    (copied,) = select_questions_of_bank(db, "copy")
    assert [(v.number, v.state, v.stem) for v in select_versions(db, copied.id)] == [
        (2, "draft", "Third."),
        (1, "ready", "Second."),
    ]


def test_retired_questions_stay_behind(db: Database) -> None:
    add_question(db, "bridge-opened")
    retire_question(db, "bridge-opened", now=NOW)

    assert duplicate(db) == 0


def test_a_copy_is_made_once_and_both_logs_tell_it(db: Database) -> None:
    add_question(db, "bridge-opened")

    assert (duplicate(db), duplicate(db)) == (1, None)

    assert len(select_questions_of_bank(db, "copy")) == 1
    assert (logged(db, "copy"), sorted(logged(db, "towns"))) == (["made"], ["duplicated", "saved"])


def test_a_large_bank_is_copied_whole(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quiz.storage.bank_copies.AT_ONCE", 2)
    for number in range(5):
        add_question(db, f"q{number}")

    assert duplicate(db) == 5


# -- numbers and the log -------------------------------------------------------------------------------------


def test_a_banks_questions_are_counted_by_state_type_and_standing(db: Database) -> None:
    add_question(db, "one")
    add_question(db, "two", citations=())
    add_question(db, "three")
    retire_question(db, "three", now=NOW)

    report = report_bank(db, the_bank(db, "towns"), today=TODAY)

    assert report.states == {"ready": 2, "retired": 1}
    assert report.types == {"true_false": 2}
    assert report.standings == {"checked": 1, "unverified": 1}
    assert not report.is_cut


def test_the_log_tells_who_did_what_page_by_page(db: Database) -> None:
    make(db, sharing=Sharing())
    question_id, _ = create_question(db, "mine", wording(), state="draft", by="celeste", now=NOW)
    save_version(db, question_id, wording(), state="ready", by="bilal", now=NOW)
    retire_question(db, question_id, now=NOW, by="bilal")

    entries = select_bank_changes(db, "mine")

    assert {(e.kind, e.name) for e in entries} == {
        ("made", "Bilal"), ("saved", "Celeste"), ("saved", "Bilal"), ("retired", "Bilal"),
    }  # fmt: skip
    first = select_bank_changes(db, "mine", limit=3)
    assert [*first, *select_bank_changes(db, "mine", before=first[-1].id)] == entries
