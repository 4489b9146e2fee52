"""Pages for marking by hand: by question and not by learner, names hidden, in an order of each marker's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quiz.core.answer_messages import is_operation_id
from quiz.core.hand_marking import (
    GivenMark,
    ReadMark,
    TypedMark,
    UnusableMark,
    read_mark,
    read_reason,
    typed_from,
)
from quiz.core.messages import Explained
from quiz.core.questions import PublicQuestion
from quiz.storage.encoding import new_id
from quiz.storage.hand_marks import QuestionCount, count_by_question
from quiz.storage.quizzes import Quiz
from quiz.web.request_tools import db, for_instructors, me, not_found, now, person
from quiz.workflows.follow_marker_rule import answers_of_other_rule, follow_marker_rule
from quiz.workflows.mark_answer import MarkedMeanwhile, NothingLeftToMark, mark_answer
from quiz.workflows.marking_queue import QueuedAnswer, claim_next, marking_queue
from quiz.workflows.open_for_instructor import quiz_to_change_or_none
from quiz.workflows.open_for_marking import NoSuchAnswer, OpenAnswer, open_for_marking
from quiz.workflows.open_question import open_public_many
from quiz.workflows.settle_answer import NothingToSettle, settle_answer
from quiz.workflows.tell_hand_marks import told

blueprint = Blueprint("marking", __name__)


@dataclass(frozen=True)
class CountedQuestion:
    """A question that people mark, in one of its wordings, with how far its answers are."""

    count: QuestionCount
    question: PublicQuestion


@blueprint.get("/quizzes/<quiz_id>/marking")
@for_instructors
def overview(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    return render_template(
        "marking/overview.html",
        quiz=quiz,
        counted=_counted(quiz),
        of_other_rule=len(answers_of_other_rule(db(), quiz)),
    )


@blueprint.post("/quizzes/<quiz_id>/marking/markers")
@for_instructors
def follow_rule(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    changed = follow_marker_rule(db(), quiz, by=me().id, now=now())
    flash(
        ngettext("%(num)s answer follows the rule.", "%(num)s answers follow the rule.", changed), "success"
    )
    return redirect(url_for(".overview", quiz_id=quiz.id), 303)


@blueprint.get("/quizzes/<quiz_id>/marking/<question_id>")
@for_instructors
def queue(quiz_id: str, question_id: str) -> Any:
    quiz = _mine(quiz_id)
    return render_template(
        "marking/queue.html",
        quiz=quiz,
        counted=_counted_one(quiz, question_id),
        queue=_queue(quiz, question_id),
    )


@blueprint.post("/quizzes/<quiz_id>/marking/<question_id>/next")
@for_instructors
def go_on(quiz_id: str, question_id: str) -> Any:
    """Begin to mark, or go on with the next answer behind the one that the form names."""
    quiz = _mine(quiz_id)
    return _next_of(quiz, question_id, after=request.form.get("after", ""))


@blueprint.route("/quizzes/<quiz_id>/marking/<question_id>/<token>", methods=["GET", "POST"])
@for_instructors
def answer(quiz_id: str, question_id: str, token: str) -> Any:
    quiz = _mine(quiz_id)
    opened = _opened(quiz, question_id, token)
    if request.method == "GET":
        return _answer_page(quiz, opened)
    try:
        _mark(quiz, opened)
    except UnusableMark as problem:
        return _answer_page(quiz, opened, typed=_typed(opened), problem=problem), 422
    except MarkedMeanwhile as problem:
        again = _opened(quiz, question_id, token)
        return _answer_page(quiz, again, typed=_typed(opened), problem=problem, theirs=problem.theirs), 409
    except NothingLeftToMark as problem:
        again = _opened(quiz, question_id, token)
        return _answer_page(quiz, again, typed=_typed(opened), problem=problem), 409
    if request.form.get("go") == "save":
        flash(_("Saved."), "success")
        return redirect(url_for(".queue", quiz_id=quiz.id, question_id=question_id), 303)
    return _next_of(quiz, question_id, after=token)


@blueprint.route("/quizzes/<quiz_id>/marking/<question_id>/<token>/settle", methods=["GET", "POST"])
@for_instructors
def settle(quiz_id: str, question_id: str, token: str) -> Any:
    quiz = _mine(quiz_id)
    opened = _opened(quiz, question_id, token)
    if not opened.can_be_settled:
        return redirect(url_for(".answer", quiz_id=quiz.id, question_id=question_id, token=token), 303)
    if request.method == "GET":
        return _settle_page(quiz, opened)
    try:
        mark = _read(opened)
        settle_answer(
            db(), quiz, opened.answer, mark, reason=read_reason(request.form.get("reason", "")), seen=_seen(),
            operation_id=_operation_id(), by=me().id, now=now(),
        )  # fmt: skip
    except UnusableMark as problem:
        return _settle_page(quiz, opened, typed=_typed(opened), problem=problem), 422
    except (MarkedMeanwhile, NothingToSettle) as problem:
        again = _opened(quiz, question_id, token)
        return _settle_page(quiz, again, typed=_typed(opened), problem=problem), 409
    flash(_("Settled. The score is added up anew."), "success")
    return redirect(url_for(".queue", quiz_id=quiz.id, question_id=question_id), 303)


@blueprint.app_template_global("answers_to_mark")
def answers_to_mark(quiz: Quiz) -> int | None:
    """Return how many answers to the quiz wait for whoever asks; None if nobody marks any by hand."""
    asking = person()
    if asking is None or quiz.state == "draft":
        return None
    counts = count_by_question(db(), quiz, asking.id)
    return sum(count.mine for count in counts) if counts else None


def _mine(quiz_id: str) -> Quiz:
    return quiz_to_change_or_none(db(), me().id, quiz_id) or not_found()


def _counted(quiz: Quiz) -> list[CountedQuestion]:
    counts = count_by_question(db(), quiz, me().id)
    questions = open_public_many(db(), [count.version_id for count in counts])
    return [CountedQuestion(count, questions[count.version_id]) for count in counts]


def _counted_one(quiz: Quiz, question_id: str) -> CountedQuestion:
    found = (counted for counted in _counted(quiz) if counted.count.question_id == question_id)
    return next(found, None) or not_found()


def _queue(quiz: Quiz, question_id: str) -> list[QueuedAnswer]:
    return marking_queue(db(), quiz, question_id, by=me().id, now=now())


def _opened(quiz: Quiz, question_id: str, token: str) -> OpenAnswer:
    try:
        opened = open_for_marking(db(), quiz, token, by=me().id, now=now())
    except NoSuchAnswer:
        not_found()
    return opened if opened.answer.question_id == question_id else not_found()


def _next_of(quiz: Quiz, question_id: str, *, after: str) -> Any:
    if found := claim_next(db(), quiz, question_id, after=after, by=me().id, now=now()):
        return redirect(url_for(".answer", quiz_id=quiz.id, question_id=question_id, token=found), 303)
    waiting = [queued for queued in _queue(quiz, question_id) if queued.standing == "claimed"]
    if waiting:
        flash(
            ngettext(
                "Somebody else is marking the %(num)s answer that is left.",
                "Others are marking the %(num)s answers that are left.",
                len(waiting),
            ),
            "info",
        )
    else:
        flash(_("There is nothing more for you to mark here."), "info")
    return redirect(url_for(".queue", quiz_id=quiz.id, question_id=question_id), 303)


def _mark(quiz: Quiz, opened: OpenAnswer) -> None:
    mark_answer(
        db(), quiz, opened.answer, _read(opened), seen=_seen(), operation_id=_operation_id(), by=me().id, now=now()
    )  # fmt: skip


def _read(opened: OpenAnswer) -> ReadMark:
    return read_mark(_typed(opened), opened.hand_key.rubric, maximum=opened.answer.maximum)


def _typed(opened: OpenAnswer) -> TypedMark:
    sent = request.form
    given = {c.id: sent.get(f"given-{c.id}", "") for c in opened.hand_key.rubric}
    return TypedMark(sent.get("points", ""), given, sent.get("comment", ""), sent.get("note", ""))


def _answer_page(
    quiz: Quiz, opened: OpenAnswer, *, typed: TypedMark | None = None, problem: Explained | None = None,
    theirs: GivenMark | None = None,
) -> str:  # fmt: skip
    rubric, maximum = opened.hand_key.rubric, opened.answer.maximum
    queue = _queue(quiz, opened.answer.question_id)
    return render_template(
        "marking/answer.html",
        quiz=quiz,
        opened=opened,
        place=next(queued for queued in queue if queued.token == opened.answer.token),
        answers=len(queue),
        typed=typed or typed_from(opened.mine, rubric, maximum),
        problem=problem,
        theirs=told(theirs, rubric) if theirs else None,
        others=[told(mark, rubric) for mark in opened.others],
        operation_id=new_id(now()),
    )


def _settle_page(
    quiz: Quiz, opened: OpenAnswer, *, typed: TypedMark | None = None, problem: Explained | None = None
) -> str:
    rubric = opened.hand_key.rubric
    marks = [*opened.others, *([opened.mine] if opened.mine and opened.mine not in opened.others else [])]
    return render_template(
        "marking/settle.html",
        quiz=quiz,
        opened=opened,
        marks=[told(mark, rubric) for mark in sorted(marks, key=lambda mark: mark.number)],
        typed=typed or TypedMark(given={}),
        reason=request.form.get("reason", ""),
        problem=problem,
        operation_id=new_id(now()),
    )


def _seen() -> int:
    sent = request.form.get("seen", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def _operation_id() -> str:
    sent = request.form.get("operation", "")
    return sent if is_operation_id(sent) else new_id(now())
