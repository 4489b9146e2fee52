"""The front page for each audience, the pages about the site, and how it shows itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from quiz.core.standing import VERDICT_WORDS
from quiz.core.timing import has_closed
from quiz.storage.accommodations import accommodation_of
from quiz.storage.attempts import select_attempts_of_person
from quiz.storage.classes import count_learners, select_classes_of_person
from quiz.storage.people import Person
from quiz.storage.quizzes import (
    select_open_public_quizzes,
    select_open_quizzes_for_person,
    select_quizzes_for_instructor,
)
from quiz.web.pages import LANGUAGES, THEMES
from quiz.web.request_tools import db, now, own_path_or, person
from quiz.workflows.end_overdue import end_if_over

blueprint = Blueprint("front", __name__)

A_YEAR_S = 365 * 24 * 3600
# What may stand in a preference, by the name of its cookie and its field.
PREFERENCES = {"locale": tuple(LANGUAGES), "theme": THEMES, "shortcuts": ("on", "off")}


@blueprint.get("/")
def home() -> str:
    asking = person()
    if asking is None:
        return render_template("front/welcome.html", samples=select_open_public_quizzes(db()))
    if asking.role == "instructor":
        return _desk(asking)
    return _learners_page(asking)


def _learners_page(learner: Person) -> str:
    attempts = [end_if_over(db(), a, now=now()) for a in select_attempts_of_person(db(), learner.id)]
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
        samples=[quiz for quiz in select_open_public_quizzes(db()) if quiz.id not in begun],
    )


def _desk(instructor: Person) -> str:
    quizzes = select_quizzes_for_instructor(db(), instructor.id)
    return render_template(
        "front/instructor.html",
        classes=select_classes_of_person(db(), instructor.id, "instructor"),
        learners=count_learners(db(), instructor.id),
        open_quizzes=[quiz for quiz in quizzes if quiz.state == "open" and not quiz.is_public],
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
    for name, choices in PREFERENCES.items():
        chosen = request.form.get(name)
        if chosen in choices:
            response.set_cookie(
                name, chosen, max_age=A_YEAR_S, samesite="Lax", httponly=True,
                secure=current_app.config["SESSION_COOKIE_SECURE"],
            )  # fmt: skip
    return response
