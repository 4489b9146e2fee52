"""Marking in a spreadsheet: the sheet of one question goes out without names, and its marks come back, all or none."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from quiz.core.marking_sheets import NotASheet
from quiz.core.messages import N_
from quiz.storage.hand_marks import count_by_question
from quiz.storage.quizzes import Quiz
from quiz.web.request_tools import db, for_instructors, me, not_found, now
from quiz.workflows.marking_sheets import SheetResult, export_sheet, take_over_sheet
from quiz.workflows.open_for_instructor import quiz_to_change_or_none
from quiz.workflows.open_question import open_public

blueprint = Blueprint("marking_sheets", __name__)


@blueprint.route("/quizzes/<quiz_id>/marking/<question_id>/sheet", methods=["GET", "POST"])
@for_instructors
def sheet(quiz_id: str, question_id: str) -> Any:
    quiz, question = _opened(quiz_id, question_id)
    if request.method == "GET":
        return render_template("marking/sheet.html", quiz=quiz, question=question)
    try:
        result = _take_over(quiz, question_id)
    except NotASheet as problem:
        return render_template("marking/sheet.html", quiz=quiz, question=question, problem=problem), 422
    status = 200 if result.is_written else 422
    return render_template("marking/sheet.html", quiz=quiz, question=question, result=result), status


@blueprint.get("/quizzes/<quiz_id>/marking/<question_id>/sheet.csv")
@for_instructors
def sheet_file(quiz_id: str, question_id: str) -> Any:
    quiz, _question = _opened(quiz_id, question_id)
    text = "".join(export_sheet(db(), quiz, question_id, by=me().id))
    response = Response(text.encode(errors="replace"), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="marking.csv")
    return response


def _opened(quiz_id: str, question_id: str) -> Any:
    """Return a quiz of theirs, and a wording of the question, which has answers that people mark."""
    quiz = quiz_to_change_or_none(db(), me().id, quiz_id) or not_found()
    counts = count_by_question(db(), quiz, me().id)
    version_id = next((count.version_id for count in counts if count.question_id == question_id), None)
    return quiz, open_public(db(), version_id or not_found())


def _take_over(quiz: Quiz, question_id: str) -> SheetResult:
    sent = request.files.get("sheet")
    try:
        text = (sent.read() if sent else b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotASheet(N_("The file is not in UTF-8; save it as “CSV UTF-8”")) from None
    return take_over_sheet(
        db(), quiz, question_id, text, only_good="only_good" in request.form, by=me().id, now=now()
    )
