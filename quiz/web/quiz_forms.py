"""Forms for classes and quizzes. What a field must hold is the core's to say; the workflows ask it."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
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
from quiz.core.timing import Accommodation, UnusableAccommodation
from quiz.storage.encoding import new_id
from quiz.storage.quizzes import Quiz
from quiz.web.request_tools import explain

# Fields that are typed in larger units than they are kept in.
_FIELD_OF = {"time_limit_s": "time_limit_min", "grace_s": "grace_min", "wait_between_s": "wait_hours"}
_LOCAL_TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
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
    wait_hours = FloatField(
        lazy_gettext("Hours to wait between attempts"),
        [Optional()],
        description=lazy_gettext("From the end of one to the start of the next. Leave it empty for none."),
    )
    counting = RadioField(lazy_gettext("Which attempt counts"), default="best")
    opens_at = DateTimeLocalField(
        lazy_gettext("Opens (UTC)"),
        [Optional()],
        format=_LOCAL_TIMES,
        description=lazy_gettext(
            "Date and time in UTC. Learners can start from then on, once you have opened the quiz. "
            "Leave it empty for at once."
        ),
    )
    closes_at = DateTimeLocalField(
        lazy_gettext("Closes (UTC)"),
        [Optional()],
        format=_LOCAL_TIMES,
        description=lazy_gettext(
            "Date and time in UTC. Attempts end then, too; for learners who get more time, later. "
            "Leave it empty to close the quiz yourself."
        ),
    )
    time_limit_min = IntegerField(
        lazy_gettext("Time limit in minutes"),
        [Optional()],
        description=lazy_gettext("For each attempt, from its start. Leave it empty for none."),
    )
    overrun = RadioField(lazy_gettext("When the time is up"), default="submit")
    grace_min = IntegerField(
        lazy_gettext("Minutes to submit by hand"),
        [Optional()],
        description=lazy_gettext("Needed only if there is such a time."),
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
        self.counting.choices = [
            SelectChoice("best", _("The best")),
            SelectChoice("last", _("The last")),
            SelectChoice("first", _("The first")),
            SelectChoice("mean", _("The mean of all")),
        ]
        self.overrun.choices = [
            SelectChoice("submit", _("The answers are submitted as they stand.")),
            SelectChoice(
                "grace",
                _(
                    "Answers cannot be changed any more, but there is time to submit by hand. "
                    "What is not submitted then does not count."
                ),
            ),
            SelectChoice("abandon", _("What was not submitted by hand until then does not count.")),
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
            opens_at=_in_utc(self.opens_at.data),
            closes_at=_in_utc(self.closes_at.data),
            time_limit_s=None if self.time_limit_min.data is None else 60 * self.time_limit_min.data,
            overrun=self.overrun.data or "submit",
            grace_s=60 * (self.grace_min.data or 0),
            wait_between_s=_seconds(self.wait_hours.data),
            counting=self.counting.data or "best",
        )

    def blame(self, problem: UnusableRules) -> None:
        """Show the problem at its field."""
        blame(self[_FIELD_OF.get(problem.field, problem.field)], problem)


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
    names = (
        "title", "description", "policy", "policy_reason", "guests_allowed", "attempts_allowed", "opens_at",
        "closes_at", "overrun", "counting",
    )  # fmt: skip
    return {name: getattr(quiz, name) for name in names} | {
        "time_limit_min": None if quiz.time_limit_s is None else quiz.time_limit_s // 60,
        "grace_min": quiz.grace_s // 60 or None,
        "wait_hours": round(quiz.wait_between_s / 3600, 2) or None,
    }


def _in_utc(typed: datetime | None) -> datetime | None:
    return None if typed is None else typed.replace(tzinfo=UTC)


def _seconds(hours: float | None) -> int:
    # What is no number of hours comes back as one that the rules refuse.
    return round(3600 * hours) if hours and math.isfinite(hours) else -1 if hours else 0


def made_id(typed: str | None, now: datetime) -> str:
    """Return the id that a page was made with; a fresh one if what came back is none."""
    return typed if typed and _ID.fullmatch(typed) else new_id(now)
