"""Export the scores of a quiz or a class, as a file made piece by piece, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain

from quiz.core import spreadsheets, tables
from quiz.core.messages import N_
from quiz.core.score_rows import (
    LONG_COLUMNS,
    Learner,
    class_columns,
    class_rows,
    class_rows_without_attempts,
    long_rows,
    not_started_rows,
    wide_columns,
    wide_rows,
)
from quiz.core.tables import Row, Table
from quiz.storage.classes import Class, Member
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, select_quizzes_of_class
from quiz.storage.scores import (
    each_answer,
    each_attempt_in_class,
    select_asked_question_ids,
    select_learners_not_started,
    select_learners_without_attempts,
)
from quiz.workflows.end_overdue import end_overdue_attempts
from quiz.workflows.record_audit import record_audit
from quiz.workflows.tell_answer import tell_answer


@dataclass(frozen=True)
class FileFormat:
    """label: for people, marked for translation."""

    name: str
    label: str
    media_type: str


FORMATS = {
    f.name: f
    for f in (
        FileFormat("csv", N_("CSV, for any spreadsheet or program"), "text/csv; charset=utf-8"),
        FileFormat(
            "xlsx",
            N_("XLSX, for a spreadsheet"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        FileFormat("json", N_("JSON, one array"), "application/json"),
        FileFormat("ndjson", N_("NDJSON, one object a line"), "application/x-ndjson"),
    )
}


@dataclass(frozen=True)
class FileWanted:
    """file_format: one of FORMATS. is_long: a row per answer, not per learner. with_mark: CSV gets a BOM."""

    file_format: str
    is_long: bool = False
    with_mark: bool = False


def export_scores(
    db: Database,
    quiz: Quiz,
    wanted: FileWanted,
    *,
    by: str | None,
    now: datetime,
    say: Callable[[str], str] = str,
) -> Iterator[bytes]:
    """Return the file of the quiz's scores, piece by piece; that it was made is written down first.

    by: None at the prompt. say: puts our sentences into the reader's language. Raises TooManyColumns.
    """
    end_overdue_attempts(db, quiz.class_id, quiz_id=quiz.id, now=now)
    _note(db, f"quiz {quiz.id}", wanted, by, now)
    if wanted.is_long:
        return _written(Table(quiz.title, LONG_COLUMNS, _answers(db, quiz)), wanted, say)
    question_ids = select_asked_question_ids(db, quiz)
    columns = wide_columns(question_ids)
    not_started = (_learner(member) for member in select_learners_not_started(db, quiz))
    rows = chain(
        wide_rows(each_answer(db, quiz), question_ids),
        not_started_rows(not_started, quiz=quiz.title, quiz_id=quiz.id, columns=len(columns)),
    )
    return _written(Table(quiz.title, columns, rows), wanted, say)


def export_class_scores(
    db: Database,
    exported: Class,
    wanted: FileWanted,
    *,
    by: str | None,
    now: datetime,
    say: Callable[[str], str] = str,
) -> Iterator[bytes]:
    """Return the file of the scores of all the class's quizzes, as export_scores does."""
    end_overdue_attempts(db, exported.id, now=now)
    _note(db, f"class {exported.id}", wanted, by, now)
    quizzes = list(reversed(select_quizzes_of_class(db, exported.id)))
    if wanted.is_long:
        rows = chain.from_iterable(_answers(db, quiz) for quiz in quizzes)
        return _written(Table(exported.title, LONG_COLUMNS, rows), wanted, say)
    columns = class_columns([(quiz.id, quiz.title) for quiz in quizzes])
    without = (_learner(member) for member in select_learners_without_attempts(db, exported.id))
    rows = chain(
        class_rows(each_attempt_in_class(db, exported.id), [quiz.id for quiz in quizzes]),
        class_rows_without_attempts(without, columns=len(columns)),
    )
    return _written(Table(exported.title, columns, rows), wanted, say)


def _note(db: Database, subject: str, wanted: FileWanted, by: str | None, now: datetime) -> None:
    record_audit(
        db,
        actor_id=by,
        action="export_scores",
        subject=subject,
        now=now,
        file_format=wanted.file_format,
        is_long=wanted.is_long,
    )


def _answers(db: Database, quiz: Quiz) -> Iterator[Row]:
    return long_rows(each_answer(db, quiz), partial(tell_answer, db))


def _learner(member: Member) -> Learner:
    return Learner(member.person_id, member.name, member.email)


def _written(table: Table, wanted: FileWanted, say: Callable[[str], str]) -> Iterator[bytes]:
    match wanted.file_format:
        case "csv":
            return _encoded(tables.csv_lines(table, with_mark=wanted.with_mark))
        case "json":
            return _encoded(tables.json_lines(table))
        case "ndjson":
            return _encoded(tables.ndjson_lines(table))
        case "xlsx":
            return spreadsheets.workbook(table, say=say)
    raise ValueError(f"no file format {wanted.file_format!r}; there are {', '.join(FORMATS)}")


def _encoded(lines: Iterator[str]) -> Iterator[bytes]:
    # Half a surrogate pair, which some clients send, has no place in UTF-8.
    return (line.encode(errors="replace") for line in lines)
