"""Mark in a spreadsheet: the answers to one question as CSV, without a name, and its marks taken over, all or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from quiz.core.hand_marking import (
    GivenMark,
    ReadMark,
    TypedMark,
    UnusableMark,
    mark_to_change,
    outcome_of,
    read_mark,
    typed_from,
)
from quiz.core.items import Criterion
from quiz.core.marking_sheets import (
    SheetRow,
    WrongRow,
    check_row,
    read_sheet,
    sheet_columns,
    sheet_row,
    typed_in,
)
from quiz.core.messages import N_, Explained
from quiz.core.presentation import shuffled
from quiz.core.rubrics import HandKey, Rubric
from quiz.core.tables import Row, Table, csv_lines
from quiz.storage.database import Database
from quiz.storage.hand_marks import HandAnswer, each_hand_answer, select_marks_of_question
from quiz.storage.quizzes import Quiz
from quiz.workflows.mark_answer import mark_answer
from quiz.workflows.open_question import open_keyed, open_keyed_many, type_called


@dataclass(frozen=True)
class WrongLine:
    """A line of a sheet that can't be taken over, and why."""

    line: int
    problem: Explained


@dataclass(frozen=True)
class SheetResult:
    """What became of a sheet. written: how many marks. same: rows that change nothing.

    is_written: False if nothing was written, since a row is wrong.
    """

    written: int
    same: int
    wrong: tuple[WrongLine, ...]
    is_written: bool


@dataclass(frozen=True)
class _Wanted:
    answer: HandAnswer
    mark: ReadMark
    seen: int


def export_sheet(db: Database, quiz: Quiz, question_id: str, *, by: str) -> Iterator[str]:
    """Give the sheet as CSV, piece by piece, in the marker's own order, with the marks that they may see and change."""
    answers = {answer.token: answer for answer in each_hand_answer(db, quiz, question_id)}
    marks = select_marks_of_question(db, quiz, question_id)
    order = shuffled(f"{by}-{quiz.id}-{question_id}", answers)
    rubric = _all_criteria(db, list(answers.values()))
    rows = (_row(db, answers[token], marks.get(token, []), rubric, by) for token in order)
    return csv_lines(Table(quiz.title, sheet_columns(rubric), rows), with_mark=True)


def take_over_sheet(
    db: Database, quiz: Quiz, question_id: str, text: str, *, only_good: bool, by: str, now: datetime
) -> SheetResult:
    """Write the marks of a sheet, unless a row is wrong; with only_good, those of the rows that are not.

    Harmless to repeat with the same file. Raises NotASheet.
    """
    rows = read_sheet(text)
    digest = sha256(text.encode()).hexdigest()[:16]
    with db.atomic():
        wanted, same, wrong = _plan(db, quiz, question_id, rows, by)
        if wrong and not only_good:
            return SheetResult(0, same, tuple(wrong), is_written=False)
        written = 0
        for want in wanted:
            done = mark_answer(
                db, quiz, want.answer, want.mark, seen=want.seen, by=by, now=now,
                operation_id=f"sheet-{digest}-{want.answer.token}",
            )  # fmt: skip
            written += done.is_new
    return SheetResult(written, same + len(wanted) - written, tuple(wrong), is_written=True)


def _plan(
    db: Database, quiz: Quiz, question_id: str, rows: Sequence[SheetRow], by: str
) -> tuple[list[_Wanted], int, list[WrongLine]]:
    answers = {answer.token: answer for answer in each_hand_answer(db, quiz, question_id)}
    marks = select_marks_of_question(db, quiz, question_id)
    wanted: dict[str, _Wanted] = {}
    same, wrong = 0, []
    for row in rows:
        try:
            if row.token not in answers:
                raise WrongRow(N_("no answer to this question is called “{token}”"), token=row.token)
            if row.token in wanted:
                raise WrongRow(N_("this answer stands in the sheet twice"))
            found = _wanted(db, answers[row.token], marks.get(row.token, []), row, by)
        except (WrongRow, UnusableMark) as problem:
            wrong.append(WrongLine(row.line, problem))
            continue
        if found is None:
            same += 1
        else:
            wanted[row.token] = found
    return list(wanted.values()), same, wrong


def _wanted(
    db: Database, answer: HandAnswer, marks: list[GivenMark], row: SheetRow, by: str
) -> _Wanted | None:
    """Return the mark that a row asks for, None if it asks for nothing new. Raises WrongRow, or UnusableMark."""
    rubric = _rubric_of(db, answer)
    before = mark_to_change(marks, by, markers=answer.markers)
    seen = before.number if before else 0
    if row.is_blank(rubric):
        return None
    check_row(row, text=_text_of(db, answer), seen=seen, maximum=answer.maximum)
    typed = typed_in(row, typed_from(before, rubric, answer.maximum), rubric)
    mark = read_mark(typed, rubric, maximum=answer.maximum)
    is_same = before is not None and before.is_same_mark(mark)
    if before is not None and is_same and (before.comment, before.note) == (mark.comment, mark.note):
        return None
    outcome = outcome_of(marks, markers=answer.markers)
    if outcome.how == "settlement" or (answer.markers == 2 and outcome.state in ("unsettled", "marked")):
        raise WrongRow(N_("two people have marked this answer, or it was settled; no mark can be added"))
    return _Wanted(answer, mark, seen)


def _row(
    db: Database, answer: HandAnswer, marks: list[GivenMark], rubric: Sequence[Criterion], by: str
) -> Row:
    mine = mark_to_change(marks, by, markers=answer.markers)
    typed: TypedMark = typed_from(mine, _rubric_of(db, answer), answer.maximum)
    return sheet_row(
        answer.token, _text_of(db, answer), typed, rubric, seen=mine.number if mine else 0, maximum=answer.maximum
    )  # fmt: skip


def _text_of(db: Database, answer: HandAnswer) -> str:
    question, _ = open_keyed(db, answer.version_id)
    return "\n".join(
        line.given for line in type_called(question.type).answer_lines(question.ask, answer.response)
    )


def _rubric_of(db: Database, answer: HandAnswer) -> Rubric:
    key = open_keyed(db, answer.version_id)[1].key
    return key.rubric if isinstance(key, HandKey) else ()


def _all_criteria(db: Database, answers: Sequence[HandAnswer]) -> list[Criterion]:
    """Return the criteria of all wordings that were asked, each once."""
    found: dict[str, Criterion] = {}
    for _, key in open_keyed_many(db, sorted({answer.version_id for answer in answers})).values():
        if isinstance(key.key, HandKey):
            found |= {criterion.id: criterion for criterion in key.key.rubric if criterion.id not in found}
    return list(found.values())
