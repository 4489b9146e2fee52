"""Tell what a learner is shown of an attempt at this moment, and when there will be more.

The rules are those that the quiz has now, not those of the attempt's start: a teacher who releases results later, or
takes them back, changes the quiz, and every page follows at once.

A quiz counts as closed when nobody can take it any more: its teacher closed it by hand, or its closing time has passed
for everybody who learns in its class or has begun it, those with more time included, and no attempt is under way. A
key that is shown earlier reaches those who still answer. For strangers who might come with more time from another class
it does not wait: one of them could hold up a whole class.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from quiz.core.timing import closing_time, is_over
from quiz.core.visibility import ASPECTS, JUST_AFTER, Aspect, Moment, moment_of
from quiz.storage.accommodations import accommodation_of, select_accommodations_at_quiz
from quiz.storage.attempts import Attempt, select_open_attempts_at_quiz
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, select_quiz_or_none, select_quizzes_begun_by
from quiz.workflows.end_overdue import end_of

Awaits = Literal["nothing", "submission", "moment", "closing", "others", "teacher"]
"""What has to come before more is shown: nothing more comes; the learner's submission; a moment that is known; the
closing time; others, since it has passed; the teacher, who closes the quiz by hand."""


@dataclass(frozen=True)
class Shown:
    """What of an attempt its learner may see now; staff see everything, always.

    more: what will be shown besides, once what it awaits has come. more_at: when that is at the earliest, None if it
    is not known. gone_at: from when some of this is hidden again, None if it stays.
    """

    moment: Moment
    aspects: frozenset[Aspect]
    more: frozenset[Aspect] = frozenset()
    awaits: Awaits = "nothing"
    more_at: datetime | None = None
    gone_at: datetime | None = None

    @property
    def response(self) -> bool:
        return "response" in self.aspects

    @property
    def correctness(self) -> bool:
        return "correctness" in self.aspects

    @property
    def marks(self) -> bool:
        """Tell whether points may be shown, and so the score."""
        return "marks" in self.aspects

    @property
    def feedback(self) -> bool:
        """Tell whether what is said to this very answer may be shown."""
        return "feedback" in self.aspects

    @property
    def key(self) -> bool:
        return "key" in self.aspects

    @property
    def source(self) -> bool:
        return "source" in self.aspects

    @property
    def explanation(self) -> bool:
        """Tell whether to show why the right answer is right: it is feedback, and it tells the key."""
        return self.feedback and self.key

    @property
    def reasons(self) -> bool:
        """Tell whether to show why a key is unverified: the reasons say what the sources hold."""
        return self.source or self.explanation


EVERYTHING = Shown("after_closing", frozenset(ASPECTS))
"""What staff see."""


def shown_of(db: Database, attempt: Attempt, *, now: datetime) -> Shown:
    """Return what the attempt's learner may see of it, and when there will be more."""
    quiz = select_quiz_or_none(db, attempt.quiz_id)
    if quiz is None:
        raise LookupError(f"attempt {attempt.id} is at no quiz")
    shown = _shown(attempt, quiz, is_closed=is_closed_for_all(db, quiz, now=now), now=now)
    return _with_gone(_with_more(db, shown, attempt, quiz, now), attempt, quiz)


def with_shown_scores(db: Database, attempts: Iterable[Attempt], *, now: datetime) -> list[Attempt]:
    """Return one person's attempts for a list: without the scores that may not be shown.

    Such an attempt has None for what was earned and possible, as has one that was never submitted.
    """
    listed = list(attempts)
    if not listed:
        return []
    quizzes = {quiz.id: quiz for quiz in select_quizzes_begun_by(db, listed[0].person_id)}
    closed = {quiz_id: _closing_shows(db, quiz, now) for quiz_id, quiz in quizzes.items()}
    return [
        only_shown_score(a, _shown(a, quizzes[a.quiz_id], is_closed=closed[a.quiz_id], now=now))
        for a in listed
    ]


def only_shown_score(attempt: Attempt, shown: Shown) -> Attempt:
    """Return the attempt with its score only if that may be shown."""
    return attempt if shown.marks else replace(attempt, earned=None, possible=None)


def is_closed_for_all(db: Database, quiz: Quiz, *, now: datetime) -> bool:
    """Tell whether nobody can take the quiz any more."""
    if quiz.state == "closed":
        return True
    if quiz.closes_at is None or now < quiz.closes_at:
        return False
    granted = select_accommodations_at_quiz(db, quiz.class_id, quiz.id)
    closings = (closing_time(quiz.time_rules, accommodation) for accommodation in granted)
    if any(closes and now < closes for closes in closings):
        return False
    under_way = select_open_attempts_at_quiz(db, quiz.class_id, quiz.id)
    return not any(_can_go_on(db, attempt, now) for attempt in under_way)


def _closing_shows(db: Database, quiz: Quiz, now: datetime) -> bool:
    """Tell whether the quiz is closed, where that makes a difference to scores; else it need not be looked up."""
    scores = {quiz.visibility.allows("marks", moment) for moment in ("after", "while_open", "after_closing")}
    return len(scores) > 1 and is_closed_for_all(db, quiz, now=now)


def _can_go_on(db: Database, attempt: Attempt, now: datetime) -> bool:
    # One that began without a deadline, or with a later one, keeps what it was promised.
    end = end_of(db, attempt, now=now)
    return end is None or not is_over(now, end, overrun=attempt.overrun, grace=attempt.grace)


def _shown(attempt: Attempt, quiz: Quiz, *, is_closed: bool, now: datetime) -> Shown:
    moment = moment_of(submitted=attempt.submitted_at, now=now, is_closed=is_closed)
    return Shown(moment, quiz.visibility.at(moment))


def _with_gone(shown: Shown, attempt: Attempt, quiz: Quiz) -> Shown:
    """Return the same with when something of it is hidden again: where the two minutes after submitting are kinder."""
    if (
        shown.moment != "after"
        or attempt.submitted_at is None
        or not shown.aspects - quiz.visibility.at("while_open")
    ):
        return shown
    return replace(shown, gone_at=attempt.submitted_at + JUST_AFTER)


def _with_more(db: Database, shown: Shown, attempt: Attempt, quiz: Quiz, now: datetime) -> Shown:
    """Return the same with what comes next."""
    following: dict[Moment, Moment] = {"during": "after", "after": "while_open"}
    if shown.moment in following and (more := quiz.visibility.at(following[shown.moment]) - shown.aspects):
        if attempt.submitted_at is None:
            return replace(shown, more=more, awaits="submission")
        return replace(shown, more=more, awaits="moment", more_at=attempt.submitted_at + JUST_AFTER)
    more = quiz.visibility.at("after_closing") - shown.aspects
    if shown.moment == "after_closing" or not more:
        return shown
    # Nobody is told of what others were granted: a later closing time than one's own is no business of theirs.
    closes = closing_time(quiz.time_rules, accommodation_of(db, attempt.person_id))
    if closes is None:
        return replace(shown, more=more, awaits="teacher")
    if closes <= now:
        return replace(shown, more=more, awaits="others")
    return replace(shown, more=more, awaits="closing", more_at=closes)
