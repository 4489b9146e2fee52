"""Pages for reading results: who started, who finished, every answer, and scores as files."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, get_args

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from quiz.core.scores import percent_of
from quiz.storage.attempts import Attempt, select_attempt_or_none
from quiz.storage.classes import Class
from quiz.storage.late_answers import count_undecided
from quiz.storage.quizzes import Quiz
from quiz.web.question_words import type_word
from quiz.web.request_tools import db, for_instructors, me, not_found, now
from quiz.workflows.end_overdue import end_if_over, end_overdue_attempts
from quiz.workflows.export_scores import FORMATS, FileWanted, export_class_scores, export_scores
from quiz.workflows.open_for_instructor import (
    attempt_to_read_or_none,
    class_to_read_or_none,
    quiz_to_read_or_none,
    teaches,
)
from quiz.workflows.regrades_of_attempt import regrades_of_attempt
from quiz.workflows.report_attempt import report_attempt
from quiz.workflows.report_class import report_class
from quiz.workflows.report_late_answers import report_late_answers
from quiz.workflows.report_quiz import Filter, report_quiz
from quiz.workflows.report_scores import report_scores
from quiz.workflows.tell_certainty import tell_certainty
from quiz.workflows.tell_check import tries_of_attempt
from quiz.workflows.tell_hand_marks import tell_hand_marks
from quiz.workflows.tell_visibility import EVERYTHING

blueprint = Blueprint("reports", __name__)

_PIECE = 64 * 1024


@blueprint.get("/quizzes/<quiz_id>/results")
@for_instructors
def results(quiz_id: str) -> Any:
    quiz = _quiz(quiz_id)
    show = _filter()
    page = max(1, request.args.get("page", 1, type=int))
    return render_template(
        "reports/results.html",
        quiz=quiz,
        report=report_quiz(db(), quiz, show=show, page=page),
        show=show,
        page=page,
        is_mine=teaches(db(), me().id, quiz.class_id),
        undecided=count_undecided(db(), quiz.class_id, quiz.id),
    )


@blueprint.get("/quizzes/<quiz_id>/results/<attempt_id>")
@for_instructors
def attempt(quiz_id: str, attempt_id: str) -> Any:
    stored = _ended(quiz_id, attempt_id)
    found = attempt_to_read_or_none(db(), me().id, quiz_id, attempt_id) or not_found()
    quiz, head = found
    answers = report_attempt(db(), head, by=me().id, now=now())
    restatements = regrades_of_attempt(db(), quiz.class_id, head.id, [a.answer for a in answers])
    return render_template(
        "reports/attempt.html",
        quiz=quiz,
        head=head,
        answers=answers,
        restatements=restatements,
        attempt=stored,
        tray=report_late_answers(db(), stored),
        hand_marks=tell_hand_marks(db(), quiz.class_id, head.id),
        tries=tries_of_attempt(db(), stored, EVERYTHING),
        certainty=tell_certainty(stored, [a.answer for a in answers if not a.answer.is_extra]),
        is_mine=teaches(db(), me().id, quiz.class_id),
    )


@blueprint.get("/quizzes/<quiz_id>/scores")
@for_instructors
def scores(quiz_id: str) -> Any:
    quiz = _quiz(quiz_id)
    return render_template(
        "reports/scores.html",
        quiz=quiz,
        report=report_scores(db(), quiz),
        formats=FORMATS.values(),
        file_address=url_for("reports.scores_file", quiz_id=quiz.id),
    )


@blueprint.get("/quizzes/<quiz_id>/scores/file")
@for_instructors
def scores_file(quiz_id: str) -> Any:
    quiz = _quiz(quiz_id)
    wanted = _wanted()
    return _download(export_scores(db(), quiz, wanted, by=me().id, now=now(), say=_), quiz.title, wanted)


@blueprint.get("/classes/<class_id>/scores")
@for_instructors
def class_scores(class_id: str) -> Any:
    found = _class(class_id)
    return render_template(
        "reports/class_scores.html",
        found=found,
        report=report_class(db(), found),
        formats=FORMATS.values(),
        file_address=url_for("reports.class_scores_file", class_id=found.id),
    )


@blueprint.get("/classes/<class_id>/scores/file")
@for_instructors
def class_scores_file(class_id: str) -> Any:
    found = _class(class_id)
    wanted = _wanted()
    return _download(
        export_class_scores(db(), found, wanted, by=me().id, now=now(), say=_), found.title, wanted
    )


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"duration": duration, "percent_of": percent_of, "type_word": type_word}


def duration(seconds: int) -> str:
    """Return the time in words: 45 s, 3 min 12 s, 1 h 5 min."""
    minutes, rest = divmod(seconds, 60)
    if minutes >= 60:
        return str(_("%(hours)s h %(minutes)s min", hours=minutes // 60, minutes=minutes % 60))
    if minutes:
        return str(_("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest))
    return str(_("%(seconds)s s", seconds=rest))


def _quiz(quiz_id: str) -> Quiz:
    quiz = quiz_to_read_or_none(db(), me().id, quiz_id) or not_found()
    end_overdue_attempts(db(), quiz.class_id, quiz_id=quiz.id, now=now())
    return quiz


def _ended(quiz_id: str, attempt_id: str) -> Attempt:
    """Return the attempt, ended if its time is up, of a quiz that the asker may read."""
    quiz_to_read_or_none(db(), me().id, quiz_id) or not_found()
    return end_if_over(db(), select_attempt_or_none(db(), attempt_id) or not_found(), now=now())


def _class(class_id: str) -> Class:
    found = class_to_read_or_none(db(), me().id, class_id) or not_found()
    end_overdue_attempts(db(), found.id, now=now())
    return found


def _filter() -> Filter:
    asked = request.args.get("show")
    return next((known for known in get_args(Filter) if known == asked), "all")


def _wanted() -> FileWanted:
    file_format = request.args.get("format", "csv")
    if file_format not in FORMATS:
        not_found()
    return FileWanted(
        file_format, is_long=request.args.get("rows") == "long", with_mark="mark" in request.args
    )


def _download(pieces: Iterable[bytes], title: str, wanted: FileWanted) -> Response:
    """Answer with the file once it is whole.

    It waits on the disk, not in memory. Sent piece by piece while it is read, a failure would leave half a
    file that looks like a whole one, and a slow reader would hold on to the database for as long as the
    download takes.
    """
    # It is closed when it has been sent, or when the reader goes away.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        for piece in pieces:
            file.write(piece)
        length = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    response = Response(_read_out(file), content_type=FORMATS[wanted.file_format].media_type)
    response.call_on_close(file.close)
    response.content_length = length
    response.headers.set("Content-Disposition", "attachment", filename=_file_name(title, wanted))
    return response


def _read_out(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _file_name(title: str, wanted: FileWanted) -> str:
    """Return a name that every file system takes: letters of any script, digits, dashes."""
    words = re.findall(r"\w+", title)[:8]
    rows = "answers" if wanted.is_long else "scores"
    return "-".join([*words, rows, now().date().isoformat()]) + f".{wanted.file_format}"
