"""Forms for classes and quizzes. What a field must hold is the core's to say; the workflows ask it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FloatField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from quiz.core.messages import Explained
from quiz.core.quiz_rules import QuizRules, UnusableRules
from quiz.storage.encoding import new_id
from quiz.storage.quizzes import Quiz
from quiz.web.request_tools import explain

_ID = re.compile(r"[0-9a-hjkmnp-z]{26}")


class ClassForm(FlaskForm):
    """A class. new_id: made with the page, so that a form sent twice makes one class."""

    title = StringField(
        lazy_gettext("Name of the class"),
        description=lazy_gettext("Learners see it, for example “History 9b, autumn”."),
    )
    new_id = HiddenField()


class QuizForm(FlaskForm):
    """The rules of a quiz. class_id is asked of a new one only."""

    title = StringField(lazy_gettext("Title"))
    description = TextAreaField(
        lazy_gettext("What learners read before they start"), description=lazy_gettext("It may stay empty.")
    )
    policy = RadioField(lazy_gettext("Questions whose answer key is unverified"), default="unscored")
    policy_reason = StringField(
        lazy_gettext("Why unverified questions count"),
        description=lazy_gettext(
            "Needed only if they are scored. Learners read it before they start and on their result."
        ),
    )
    attempts_allowed = IntegerField(
        lazy_gettext("Attempts for each learner"),
        [Optional()],
        description=lazy_gettext("Leave it empty for any number."),
    )
    guests_allowed = BooleanField(
        lazy_gettext("Guests may take it"),
        description=lazy_gettext(
            "Whoever has the quiz's code may take it with a display name, without an account."
        ),
    )
    class_id = SelectField(lazy_gettext("Class"))
    new_id = HiddenField()

    def __init__(self, *args: Any, classes: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy.choices = [
            SelectChoice("unscored", _("Not scored. They are asked with their badge, and do not count.")),
            SelectChoice("left_out", _("Left out. They are not asked.")),
            SelectChoice("scored", _("Scored. They are asked with their badge, and count like the others.")),
        ]
        if classes is None:
            del self.class_id
        else:
            self.class_id.choices = [SelectChoice(class_id, title) for class_id, title in classes]

    def rules(self) -> QuizRules:
        """Return what was typed, as it was typed."""
        return QuizRules(
            title=self.title.data or "",
            description=self.description.data or "",
            policy=self.policy.data or "unscored",
            policy_reason=self.policy_reason.data or "",
            guests_allowed=bool(self.guests_allowed.data),
            attempts_allowed=self.attempts_allowed.data,
        )

    def blame(self, problem: UnusableRules) -> None:
        """Show the problem at its field."""
        blame(self[problem.field], problem)


class DrawForm(FlaskForm):
    """A draw at random. bank and tag come from the form above it, which counts what matches."""

    count = IntegerField(lazy_gettext("How many"), default=5)
    points = FloatField(lazy_gettext("Points for each"), default=1.0)
    bank = HiddenField()
    tag = HiddenField()
    new_id = HiddenField()


def blame(field: Any, problem: Explained) -> None:
    """Show the workflow's problem at the field."""
    field.errors = [*field.errors, explain(problem)]


def rules_of(quiz: Quiz) -> dict[str, Any]:
    """Return what a QuizForm shows of a quiz."""
    names = ("title", "description", "policy", "policy_reason", "guests_allowed", "attempts_allowed")
    return {name: getattr(quiz, name) for name in names}


def made_id(typed: str | None, now: datetime) -> str:
    """Return the id that a page was made with; a fresh one if what came back is none."""
    return typed if typed and _ID.fullmatch(typed) else new_id(now)
