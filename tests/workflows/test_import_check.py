"""What a check tells of a file, before anything is written."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from quiz.core.bank_rules import UnusableBank
from quiz.formats import FORMATS
from quiz.storage.database import Database
from quiz.storage.imports import select_file, select_import_or_none, select_rows
from quiz.storage.questions import select_newest_version_id
from quiz.workflows.confirm_import import confirm_import
from quiz.workflows.open_question import open_wording
from quiz.workflows.plan_import import ImportRefused, IntoBank, Limits, Upload, look_at_import, plan_import
from quiz.workflows.retire_question import retire_question
from tests.conftest import NOW
from tests.importing import RIVERS, bring_in, check, rows_of, statuses, told
from tests.small_content import add_bank, add_question


@pytest.fixture(autouse=True)
def bank(sqlite_db: Database) -> None:
    add_bank(sqlite_db)


def counts_of_everything_else(db: Database) -> dict[str, int]:
    connection = sqlite3.connect(db.path)  # type: ignore[attr-defined]
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in names if not name.startswith(("import", "question_texts_fts", "sqlite"))]
    return {name: connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in kept}  # noqa: S608


def test_each_question_gets_a_row_with_its_line_and_what_will_happen(sqlite_db: Database) -> None:
    head = check(sqlite_db, RIVERS)

    rows = rows_of(sqlite_db, head)
    assert [(row.line, row.action, row.question_id) for row in rows] == [
        (1, "add", "nile"),
        (9, "add", "two-rivers"),
    ]
    assert rows[0].title == "Which river flows through Cairo?"
    assert head.counts["action:add"] == 2


def test_nothing_of_questions_is_written(sqlite_db: Database) -> None:
    before = counts_of_everything_else(sqlite_db)

    check(sqlite_db, RIVERS)
    check(sqlite_db, RIVERS, title="Rivers")

    assert counts_of_everything_else(sqlite_db) == before


def test_a_dry_run_keeps_nothing_at_all(sqlite_db: Database) -> None:
    head, rows = look_at_import(sqlite_db, Upload(RIVERS.encode(), "a.gift"), IntoBank("towns"), now=NOW)

    assert [one.row.action for one in rows] == ["add", "add"]
    assert select_import_or_none(sqlite_db, head.id) is None


def test_what_was_brought_in_is_the_same_when_it_comes_again(sqlite_db: Database) -> None:
    bring_in(sqlite_db, RIVERS)

    assert statuses(sqlite_db, check(sqlite_db, RIVERS)) == ["same", "same"]


def test_without_ids_questions_are_found_by_what_they_ask(sqlite_db: Database) -> None:
    bring_in(sqlite_db, RIVERS)
    bare = "\n".join(line for line in RIVERS.splitlines() if not line.startswith("//")).replace(
        "delta", "great delta"
    )

    head = check(sqlite_db, bare)

    assert [(row.action, row.question_id) for row in rows_of(sqlite_db, head)] == [
        ("update", "nile"),
        ("same", "two-rivers"),
    ]


def test_a_changed_question_is_an_update(sqlite_db: Database) -> None:
    bring_in(sqlite_db, RIVERS)

    head = check(sqlite_db, RIVERS.replace("The Danube", "The Rhine"))

    assert [row.action for row in rows_of(sqlite_db, head)] == ["update", "same"]


def test_a_question_twice_in_a_file_comes_in_once(sqlite_db: Database) -> None:
    plain = "One? {T####It is so, as anybody may count.}\n"

    assert [row.action for row in rows_of(sqlite_db, check(sqlite_db, f"{plain}\n{plain}"))] == [
        "add",
        "none",
    ]


def test_an_id_twice_in_a_file_is_an_error_of_the_second(sqlite_db: Database) -> None:
    head = check(sqlite_db, RIVERS.replace("two-rivers", "nile"))

    assert statuses(sqlite_db, head)[1] == "error"
    assert "line 1" in rows_of(sqlite_db, head)[1].messages[-1].text


def test_an_id_from_elsewhere_is_remembered_but_not_used(sqlite_db: Database) -> None:
    foreign = RIVERS.replace("[id:nile]", "[id:Q 17/é]")
    [first, _] = rows_of(sqlite_db, bring_in(sqlite_db, foreign))

    [again, _] = rows_of(sqlite_db, check(sqlite_db, foreign.replace("Which river", "What river")))

    assert first.question_id != "Q 17/é"
    assert (again.action, again.question_id) == ("update", first.question_id)


def test_an_id_of_another_bank_is_never_reached(sqlite_db: Database) -> None:
    bring_in(sqlite_db, RIVERS)
    copy = bring_in(sqlite_db, RIVERS, title="A copy")

    assert not {row.question_id for row in rows_of(sqlite_db, copy)} & {"nile", "two-rivers"}
    assert any("belongs to a question of another bank" in text for text in told(sqlite_db, copy))
    assert statuses(sqlite_db, check(sqlite_db, RIVERS, bank=copy.bank_id or "")) == ["same", "same"]


def test_a_question_that_is_lost_in_reading_is_an_error_with_its_line(sqlite_db: Database) -> None:
    head = check(sqlite_db, RIVERS + "\nHow many? {#about three}\n")

    [lost] = [row for row in rows_of(sqlite_db, head) if row.status == "error"]
    assert (lost.line, lost.action) == (12, "none")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Which? {=a ~a}", "stands twice"),
        ("Which? {~%50%a ~b}", "50 per cent of the mark"),
        ("Which? {~a ~b}", "no option is right"),
        ("Which? {=a =b ~c}", "exactly one option that earns the full mark, not 2"),
        ("Which? {=%50%a}", "no answer earns the full mark"),
    ],
)
def test_what_no_type_takes_is_an_error_with_the_reason(
    sqlite_db: Database, question: str, reason: str
) -> None:
    head = check(sqlite_db, question)

    assert statuses(sqlite_db, head) == ["error"]
    assert any(reason in text for text in told(sqlite_db, head))


def test_what_can_not_be_kept_is_told_with_the_question(sqlite_db: Database) -> None:
    xml = FORMATS["moodle_xml"].write(FORMATS["gift"].read(RIVERS.encode()).items).data.decode()

    head = check(sqlite_db, xml.replace("<defaultgrade>1", "<defaultgrade>3"), name="a.xml")

    assert statuses(sqlite_db, head) == ["add", "add"]
    assert "Footnote has no place for the points" in " ".join(told(sqlite_db, head))


def test_an_error_of_lint_makes_a_draft_and_says_so(sqlite_db: Database) -> None:
    head = bring_in(
        sqlite_db, "![](https://x.example/a.png) Which? {=a ~b####Because a is what the picture shows.}"
    )

    assert head.counts["drafts"] == 1
    assert statuses(sqlite_db, head) == ["warning"]
    assert any("comes in as a draft" in text for text in told(sqlite_db, head))


def test_a_warning_of_lint_comes_with_what_to_do(sqlite_db: Database) -> None:
    [row] = rows_of(
        sqlite_db, check(sqlite_db, "Which is the capital now? {=Cairo ~Oslo####It is on the Nile.}")
    )

    [message] = [m for m in row.messages if "without a date" in m.text]
    assert (row.status, bool(message.fix)) == ("warning", True)


def test_that_a_question_cites_nothing_is_counted_and_no_warning(sqlite_db: Database) -> None:
    head = check(sqlite_db, RIVERS)

    assert head.counts["uncited"] == 2
    assert "warning" not in statuses(sqlite_db, head)


def grounded(tags: str) -> str:
    return f"// [id:x] {tags}\nThe bridge was opened in 1901. {{T####It was opened on 1 May 1901.}}"


def test_claims_and_basis_come_in_with_the_tags(sqlite_db: Database) -> None:
    head = bring_in(
        sqlite_db, grounded("[tag:basis:text] [tag:rests_on:bridge/a01-1] [tag:difficulty:easy] [tag:old]")
    )

    wording = open_wording(sqlite_db, select_newest_version_id(sqlite_db, "x") or "")
    assert (wording.basis, wording.difficulty, wording.tags) == ("text", "easy", ("old",))
    assert [(c.source, c.claim, c.role) for c in wording.citations] == [("bridge", "a01-1", "rests_on")]
    assert head.counts["done:add"] == 1


def test_a_claim_that_is_not_here_is_told_and_left_out(sqlite_db: Database) -> None:
    head = check(sqlite_db, grounded("[tag:rests_on:elsewhere/a01-1]"))

    assert statuses(sqlite_db, head) == ["warning"]
    assert any("there is no claim elsewhere/a01-1 here" in text for text in told(sqlite_db, head))


def test_a_citation_that_the_basis_forbids_is_an_error(sqlite_db: Database) -> None:
    head = check(sqlite_db, grounded("[tag:basis:text] [tag:rests_on:bridge/a02-1]"))

    assert statuses(sqlite_db, head) == ["error"]
    assert "must be asked as a check" in told(sqlite_db, head)[-1]


def test_standing_is_never_believed(sqlite_db: Database) -> None:
    tags = "[tag:basis:world] [tag:rests_on:bridge/a02-1] [tag:standing:checked] [tag:as_of:2024-01-01]"

    head = check(sqlite_db, grounded(tags))

    assert "the file says checked 2024-01-01; what counts is computed here: unverified" in told(
        sqlite_db, head
    )


def test_a_retired_question_stays_retired(sqlite_db: Database) -> None:
    bring_in(sqlite_db, RIVERS)
    retire_question(sqlite_db, "nile", by=None, now=NOW)

    head = check(sqlite_db, RIVERS)

    assert statuses(sqlite_db, head) == ["same", "same"]
    assert "the question is retired, and stays so" in told(sqlite_db, head)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe\x00", "looks like none of"),
        (b"Just a letter to my aunt.", "looks like none of"),
        ("Wär? {=a ~b}".encode("latin-1"), "UTF-8"),
        (b"x" * 2_000_000, "at most 1 MB"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_and_leaves_nothing(
    sqlite_db: Database, data: bytes, reason: str
) -> None:
    with pytest.raises(ImportRefused, match=reason):
        plan_import(
            sqlite_db,
            Upload(data, "a.txt"),
            IntoBank("towns"),
            by=None,
            now=NOW,
            limits=Limits(1_000_000, 10),
            import_id="x",
        )

    assert select_import_or_none(sqlite_db, "x") is None


def test_too_many_questions_are_refused_and_leave_nothing(sqlite_db: Database) -> None:
    with pytest.raises(ImportRefused, match="more than 1 questions"):
        plan_import(
            sqlite_db,
            Upload(RIVERS.encode()),
            IntoBank("towns"),
            by=None,
            now=NOW,
            limits=Limits(1_000, 1),
            import_id="x",
        )

    assert select_import_or_none(sqlite_db, "x") is None
    assert select_rows(sqlite_db, "x") == []


def test_an_unknown_format_or_bank_is_refused(sqlite_db: Database) -> None:
    with pytest.raises(ImportRefused, match="there is no format"):
        check(sqlite_db, RIVERS, format="word")
    with pytest.raises(ImportRefused, match="there is no bank none"):
        check(sqlite_db, RIVERS, bank="none")
    with pytest.raises(UnusableBank):
        check(sqlite_db, RIVERS, title=" ")


def test_a_form_sent_twice_makes_one_import(sqlite_db: Database) -> None:
    first, second = (
        plan_import(sqlite_db, Upload(RIVERS.encode()), IntoBank("towns"), by=None, now=NOW, import_id="x")
        for _ in range(2)
    )

    assert first.id == second.id == "x"
    assert len(rows_of(sqlite_db, first)) == 2


def test_a_file_that_nobody_confirms_is_forgotten_after_a_day(sqlite_db: Database) -> None:
    head = check(sqlite_db, RIVERS)
    check(sqlite_db, RIVERS, now=NOW + timedelta(hours=23))
    assert select_file(sqlite_db, head.id) == RIVERS.encode()

    check(sqlite_db, RIVERS, now=NOW + timedelta(hours=25))

    assert select_import_or_none(sqlite_db, head.id) is None


def test_the_question_that_a_file_is_about_keeps_what_its_format_can_not_say(sqlite_db: Database) -> None:
    add_question(sqlite_db)
    aiken = FORMATS["aiken"].write(FORMATS["gift"].read(RIVERS.encode()).items[:1]).data.decode()
    bring_in(sqlite_db, RIVERS)

    head = bring_in(sqlite_db, aiken.replace("Danube", "Rhine"), name="a.txt")
    [row] = rows_of(sqlite_db, head)

    # Aiken has neither ids nor feedback: another text is another question to it.
    assert row.action == "add"
    [row] = rows_of(sqlite_db, check(sqlite_db, aiken, name="a.txt"))
    assert (row.action, row.question_id) == ("same", "nile")


def test_confirming_is_refused_while_a_file_is_still_being_checked(sqlite_db: Database) -> None:
    head = check(sqlite_db, RIVERS)
    sqlite3.connect(sqlite_db.path, isolation_level=None).execute("UPDATE imports SET state = 'checking'")  # type: ignore[attr-defined]

    with pytest.raises(Exception, match="still being checked"):
        confirm_import(sqlite_db, head.id, by=None, now=NOW)
