"""Forms for classes, accommodations and draws; the rules of a quiz have theirs in rules_form.py.

What a field must hold is the core's to say; the workflows ask it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, FloatField, HiddenField, IntegerField, StringField

from quiz.core.messages import Explained
from quiz.core.timing import Accommodation, UnusableAccommodation
from quiz.storage.encoding import new_id
from quiz.web.request_tools import explain

_ID = re.compile(r"[0-9a-hjkmnp-z]{26}")


class ClassForm(FlaskForm):
    """A class. new_id: made with the page, so that a form sent twice makes one class."""

    title = StringField(
        lazy_gettext("Name of the class"),
        description=lazy_gettext("Learners see it, for example “History 9b, autumn”."),
    )
    new_id = HiddenField()


class AccommodationForm(FlaskForm):
    """What a learner gets in every quiz."""

    factor = FloatField(
        lazy_gettext("Time, as a multiple of the limit"),
        default=1.0,
        description=lazy_gettext("1 for the usual time, 1.5 for half as much again, 3 at most."),
    )
    is_untimed = BooleanField(lazy_gettext("No time limit at all"))
    extra_days = IntegerField(
        lazy_gettext("Days by which quizzes close later"),
        default=0,
        description=lazy_gettext("They also close later by the extra time of the limit."),
    )
    extra_attempts = IntegerField(lazy_gettext("Additional attempts at each quiz"), default=0)
    may_pause = BooleanField(
        lazy_gettext("Breaks that stop the clock"),
        description=lazy_gettext("No question is shown in a break. Breaks do not move the closing time."),
    )
    note = StringField(
        lazy_gettext("Note"),
        description=lazy_gettext(
            "For the instructors of this learner's classes: who agreed to it, for example, and until when."
        ),
    )

    def wanted(self) -> Accommodation:
        """Return what was typed, as it was typed; nothing typed is nothing granted."""
        return Accommodation(
            factor=1.0 if self.factor.data is None else self.factor.data,
            is_untimed=bool(self.is_untimed.data),
            extra_days=self.extra_days.data or 0,
            extra_attempts=self.extra_attempts.data or 0,
            may_pause=bool(self.may_pause.data),
        )

    def blame(self, problem: UnusableAccommodation) -> None:
        """Show the problem at its field."""
        blame(self[problem.field], problem)


class DrawForm(FlaskForm):
    """A draw at random. Its pools come from the form above it, which counts what matches (draw_pools.py)."""

    count = IntegerField(lazy_gettext("How many"), default=5)
    points = FloatField(lazy_gettext("Points for each"), default=1.0)
    new_id = HiddenField()


def blame(field: Any, problem: Explained) -> None:
    """Show the workflow's problem at the field."""
    field.errors = [*field.errors, explain(problem)]


def made_id(typed: str | None, now: datetime) -> str:
    """Return the id that a page was made with; a fresh one if what came back is none."""
    return typed if typed and _ID.fullmatch(typed) else new_id(now)
