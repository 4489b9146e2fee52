"""The front page for each audience, the pages about the site, and how it shows itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from quiz.core.standing import VERDICT_WORDS
from quiz.core.timing import has_closed
from quiz.storage.accommodations import accommodation_of
from quiz.storage.attempts import select_attempts_of_person
from quiz.storage.classes import count_learners, select_classes_of_person
from quiz.storage.hand_marks import count_to_mark_by_quiz
from quiz.storage.people import Person
from quiz.storage.quizzes import (
    select_open_public_quizzes,
    select_open_quizzes_for_person,
    select_quizzes_for_instructor,
)
from quiz.web.preferences import keep_preferences
from quiz.web.request_tools import db, now, own_path_or, person
from quiz.workflows.end_overdue import end_if_over
from quiz.workflows.tell_news import tell_news
from quiz.workflows.tell_visibility import with_shown_scores

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
def home() -> str:
    asking = person()
    if asking is None:
        return render_template("front/welcome.html", samples=select_open_public_quizzes(db()))
    if asking.role == "instructor":
        return _desk(asking)
    return _learners_page(asking)


def _learners_page(learner: Person) -> str:
    ended = [end_if_over(db(), a, now=now()) for a in select_attempts_of_person(db(), learner.id)]
    attempts = with_shown_scores(db(), ended, now=now())
    started = [attempt for attempt in attempts if attempt.state == "open" and not attempt.quiz_is_closed]
    begun = {attempt.quiz_id for attempt in started}
    accommodation = accommodation_of(db(), learner.id)
    return render_template(
        "front/learner.html",
        started=started,
        quizzes=[
            quiz
            for quiz in select_open_quizzes_for_person(db(), learner.id)
            if quiz.id not in begun and not has_closed(quiz.time_rules, accommodation, now())
        ],
        finished=[attempt for attempt in attempts if attempt.state != "open"],
        news=tell_news(db(), learner.id, attempts),
        samples=[quiz for quiz in select_open_public_quizzes(db()) if quiz.id not in begun],
    )


def _desk(instructor: Person) -> str:
    quizzes = select_quizzes_for_instructor(db(), instructor.id)
    waiting = count_to_mark_by_quiz(db(), instructor.id)
    return render_template(
        "front/instructor.html",
        classes=select_classes_of_person(db(), instructor.id, "instructor"),
        learners=count_learners(db(), instructor.id),
        open_quizzes=[quiz for quiz in quizzes if quiz.state == "open" and not quiz.is_public],
        to_mark=[(quiz, waiting[quiz.id]) for quiz in quizzes if quiz.id in waiting],
        drafts=[quiz for quiz in quizzes if quiz.state == "draft"],
        samples=[quiz for quiz in quizzes if quiz.state == "open" and quiz.is_public],
    )


@blueprint.get("/help")
def help_page() -> str:
    return render_template("front/help.html")


@blueprint.get("/how-we-check")
def how_we_check() -> str:
    return render_template("front/how_we_check.html", verdicts=list(VERDICT_WORDS))


@blueprint.get("/privacy")
def privacy() -> str:
    return render_template("front/privacy.html")


@blueprint.get("/keyboard")
def keyboard() -> str:
    return render_template("front/keyboard.html")


@blueprint.post("/preferences")
def preferences() -> Any:
    response = redirect(own_path_or(request.form.get("back"), url_for("front.home")), 303)
    return keep_preferences(response, request.form)
