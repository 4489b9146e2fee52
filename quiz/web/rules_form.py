"""The form for the rules of a quiz, in parts. What a field must hold is the core's to say; the workflows ask it."""

from __future__ import annotations

import math
from dataclasses import fields
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

from quiz.core.quiz_rules import THIRD, QuizRules, UnusableRules
from quiz.core.visibility import HOMEWORK, gives_away
from quiz.storage.quizzes import Quiz
from quiz.web.quiz_forms import blame
from quiz.web.request_tools import explain
from quiz.web.visibility_field import VisibilityField

# Fields that are typed in other units than they are kept in.
_FIELD_OF = {
    "time_limit_s": "time_limit_min", "grace_s": "grace_min", "wait_between_s": "wait_hours",
    "penalty": "penalty_percent",
}  # fmt: skip
_LOCAL_TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class MarkingPart:
    """How answers are marked: when learners are told, over how many tries, and by whom."""

    behaviour = RadioField(lazy_gettext("When learners are told whether they are right"), default="deferred")
    tries = IntegerField(
        lazy_gettext("Tries at each question"),
        [Optional()],
        default=3,
        description=lazy_gettext(
            "Needed only if there are several tries. Hints are given where feedback is shown while learners answer."
        ),
    )
    penalty_percent = FloatField(
        lazy_gettext("What each further try costs, in per cent of the points"),
        [Optional()],
        default=33.3,
        description=lazy_gettext("Needed only if there are several tries."),
    )
    second_marker = BooleanField(
        lazy_gettext("Two people mark by hand"),
        description=lazy_gettext("Needed only for questions that are marked by hand."),
    )


class OrderPart:
    """How learners move through the questions, and in which order they come."""

    navigation = RadioField(lazy_gettext("How learners move between questions"), default="free")
    is_shuffled = BooleanField(lazy_gettext("Each learner gets the questions in an order of their own"))


class ShowingPart:
    """What learners are shown, and when."""

    visibility = VisibilityField(
        lazy_gettext("What learners are shown, and when"),
        default=HOMEWORK,
        description=lazy_gettext(
            "Changes take effect at once, also for attempts that were submitted. "
            "A preset fills the table when you save."
        ),
    )


class AttemptsPart:
    """How many attempts there are, and which counts."""

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


class TimePart:
    """When the quiz is open, and how long an attempt may take."""

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


class QuizForm(MarkingPart, OrderPart, ShowingPart, AttemptsPart, TimePart, FlaskForm):
    """All rules of a quiz: what is missing here would be reset by saving. class_id is asked of a new one only."""

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
        for name, choices in _choices().items():
            self[name].choices = [SelectChoice(value, label) for value, label in choices]
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
            behaviour=self.behaviour.data or "deferred",
            tries=QuizRules.tries if self.tries.data is None else self.tries.data,
            penalty=_share(self.penalty_percent.data),
            navigation=self.navigation.data or "free",
            is_shuffled=bool(self.is_shuffled.data),
            visibility=self.visibility.data,
            second_marker=bool(self.second_marker.data),
        )

    def blame(self, problem: UnusableRules) -> None:
        """Show the problem at its field."""
        if problem.cell:
            # All contradictions at once: whoever hides one thing may have to hide three more.
            others = {other.cell: explain(other) for other in gives_away(self.visibility.data)}
            self.visibility.blame({problem.cell: explain(problem)} | others)
        else:
            blame(self[_FIELD_OF.get(problem.field, problem.field)], problem)


def rules_of(quiz: Quiz) -> dict[str, Any]:
    """Return what a QuizForm shows of a quiz."""
    as_they_are = {field.name: getattr(quiz, field.name) for field in fields(QuizRules)}
    return as_they_are | {
        "time_limit_min": None if quiz.time_limit_s is None else quiz.time_limit_s // 60,
        "grace_min": quiz.grace_s // 60 or None,
        "wait_hours": round(quiz.wait_between_s / 3600, 2) or None,
        "penalty_percent": round(100 * quiz.penalty, 1),
    }


def _choices() -> dict[str, list[tuple[str, str]]]:
    """Return what there is to choose from, by field, in the reader's language."""
    return {
        "policy": [
            ("unscored", _("Not scored. They are asked with their badge, and do not count.")),
            ("left_out", _("Left out. They are not asked.")),
            ("scored", _("Scored. They are asked with their badge, and count like the others.")),
        ],
        "counting": [
            ("best", _("The best")),
            ("last", _("The last")),
            ("first", _("The first")),
            ("mean", _("The mean of all")),
        ],
        "overrun": [
            ("submit", _("The answers are submitted as they stand.")),
            (
                "grace",
                _(
                    "Answers cannot be changed any more, but there is time to submit by hand. "
                    "What is not submitted then does not count."
                ),
            ),
            ("abandon", _("What was not submitted by hand until then does not count.")),
        ],
        "behaviour": [
            ("deferred", _("At the end, for all questions together.")),
            ("immediate", _("After each question, at once. It cannot be changed then.")),
            ("interactive", _("After each question, with hints and several tries.")),
            ("cbm", _("At the end. With each answer they say how certain they are, and it counts.")),
            (
                "cbm_immediate",
                _("After each question. With each answer they say how certain they are, and it counts."),
            ),
        ],
        "navigation": [
            ("free", _("Freely, back and forth, until they submit.")),
            ("sequential", _("One after another. There is no way back to an earlier question.")),
        ],
    }


def _in_utc(typed: datetime | None) -> datetime | None:
    return None if typed is None else typed.replace(tzinfo=UTC)


def _seconds(hours: float | None) -> int:
    # What is no number of hours comes back as one that the rules refuse.
    return round(3600 * hours) if hours and math.isfinite(hours) else -1 if hours else 0


def _share(percent: float | None) -> float:
    """Return the per cent as a fraction. A third is shown rounded, and comes back as the third that it was."""
    if percent is None or abs(percent - 33.3) < 1e-9:
        return THIRD
    return percent / 100
