"""Review an attempt: before it is submitted the answers alone, after that what its learner may be shown.

What may not be shown is not in the value that a page gets, so no page can give it away by mistake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from quiz.core.attempts import Score, SlotResult, score_of
from quiz.core.behaviours import outcome_of
from quiz.core.question_type import AnswerLine
from quiz.core.questions import PublicQuestion, QuestionKey
from quiz.core.standing import Standing
from quiz.storage.attempts import Attempt, AttemptSlot, select_attempt_slots
from quiz.storage.database import Database
from quiz.storage.sources import CitedIn, CitedPassage, select_cited, select_cited_passages
from quiz.workflows.open_question import open_keyed_many, open_public_many, type_called
from quiz.workflows.question_standing import standing_from
from quiz.workflows.tell_visibility import Shown, only_shown_score

Outcome = Literal["right", "partly", "wrong", "blank", "waiting"]
"""waiting: nobody has marked it yet."""


class NotReleased(Exception):
    """The attempt is not submitted, so nothing of its keys may be shown."""


@dataclass(frozen=True)
class AnsweredPlace:
    """One place as its learner may see it before submission. lines: the answer in words; none if blank."""

    slot: AttemptSlot
    question: PublicQuestion
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class Note:
    """A footnote: a cited claim with its passage. number: from 1, through the whole attempt."""

    number: int
    cited: CitedIn
    passage: CitedPassage


@dataclass(frozen=True)
class ShownLine:
    """One part of an answer as far as it is shown. given: "" if it was left blank. None, and "" for feedback: hidden.

    fraction: what this part alone earns, 0 to 1.
    """

    asked: str
    given: str | None
    right: str | None
    fraction: float | None
    feedback: str = ""


@dataclass(frozen=True)
class ReviewedPlace:
    """One place as far as it is shown. Whatever is hidden is None or empty, in the slot, too.

    outcome: None, too, where nothing was asked. is_blank: None if that is hidden. earned: in points. explanation: why
    the right answer is right, Markdown. standing_now: on the day of reading; the slot has the one that was shown.
    """

    slot: AttemptSlot
    question: PublicQuestion
    outcome: Outcome | None = None
    is_blank: bool | None = None
    earned: float | None = None
    lines: tuple[ShownLine, ...] = ()
    remarks: tuple[str, ...] = ()
    explanation: str = ""
    notes: tuple[Note, ...] = ()
    standing_now: Standing | None = None

    @property
    def is_standing_changed(self) -> bool:
        """Tell whether the learner would be told something else today."""
        return self.standing_now is not None and self.standing_now != self.slot.standing


@dataclass(frozen=True)
class Review:
    """A submitted attempt as far as it is shown. score: None if it is hidden. seconds: spent on all its questions.

    places: none if nothing of them is shown.
    """

    attempt: Attempt
    shown: Shown
    score: Score | None
    seconds: int
    places: tuple[ReviewedPlace, ...]

    @property
    def uncounted(self) -> tuple[ReviewedPlace, ...]:
        """Return the places of the quiz that do not count; none if no marks are shown."""
        if not self.shown.marks:
            return ()
        return tuple(p for p in self.places if not p.slot.is_counted and not p.slot.is_extra)


def answers_so_far(db: Database, attempt: Attempt) -> list[AnsweredPlace]:
    """Return every place of the attempt with its answer, and nothing of any key."""
    slots = select_attempt_slots(db, attempt)
    questions = open_public_many(db, [slot.version_id for slot in slots])
    return [
        AnsweredPlace(slot, q, answer_in_words(q, slot))
        for slot in slots
        if (q := questions[slot.version_id])
    ]


def answer_in_words(question: PublicQuestion, slot: AttemptSlot) -> tuple[AnswerLine, ...]:
    """Return the slot's answer in words; nothing if it is blank."""
    if slot.response is None:
        return ()
    return type_called(question.type).answer_lines(question.ask, slot.response)


def review_attempt(db: Database, attempt: Attempt, *, shown: Shown, today: date) -> Review:
    """Return of the attempt what is shown. Raises NotReleased unless it is submitted."""
    if attempt.state != "submitted":
        raise NotReleased(attempt.id)
    # A question that the learner asked for is no part of it while it can still be answered.
    slots = [s for s in select_attempt_slots(db, attempt) if not s.is_extra or s.finished_at]
    score = score_of(SlotResult(slot.points, slot.fraction, slot.is_counted) for slot in slots)
    return Review(
        attempt=only_shown_score(attempt, shown),
        shown=shown,
        score=score if shown.marks else None,
        seconds=sum(slot.seconds_spent for slot in slots),
        places=_places(db, slots, shown, today),
    )


def _places(
    db: Database, slots: Sequence[AttemptSlot], shown: Shown, today: date
) -> tuple[ReviewedPlace, ...]:
    version_ids = [slot.version_id for slot in slots]
    if not shown.aspects:
        return ()
    if not shown.correctness:
        # Everything that needs a key tells right from wrong, so here no key is even read.
        open_questions = open_public_many(db, version_ids)
        return tuple(_as_answered(slot, open_questions[slot.version_id], shown) for slot in slots)
    questions = open_keyed_many(db, version_ids)
    places = [_marked(slot, *questions[slot.version_id], shown) for slot in slots]
    return tuple(_with_sources(db, places, shown, today) if shown.reasons else places)


def _as_answered(slot: AttemptSlot, question: PublicQuestion, shown: Shown) -> ReviewedPlace:
    return ReviewedPlace(
        slot=_shown_slot(slot, shown),
        question=question,
        is_blank=slot.response is None,
        lines=tuple(
            ShownLine(line.asked, line.given, None, None) for line in answer_in_words(question, slot)
        ),
    )


def _marked(slot: AttemptSlot, question: PublicQuestion, key: QuestionKey, shown: Shown) -> ReviewedPlace:
    return ReviewedPlace(
        slot=_shown_slot(slot, shown),
        question=question,
        outcome=_outcome(slot),
        is_blank=slot.response is None,
        earned=slot.points * (slot.fraction or 0.0) if shown.marks else None,
        lines=_lines(slot, question, key, shown),
        remarks=_remarks(slot, question, key) if shown.feedback else (),
        explanation=key.feedback if shown.explanation else "",
    )


def _shown_slot(slot: AttemptSlot, shown: Shown) -> AttemptSlot:
    """Return the slot without what is hidden. The badge stays; its date and reasons may hold the key."""
    return replace(
        slot,
        response=slot.response if shown.response else None,
        certainty=slot.certainty if shown.response else None,
        fraction=slot.fraction if shown.marks else None,
        correctness=slot.correctness if shown.correctness else None,
        standing=slot.standing if shown.reasons else replace(slot.standing, as_of="", reasons=()),
    )


def _outcome(slot: AttemptSlot) -> Outcome | None:
    if not slot.standing.asks:
        return None
    if slot.response is None:
        return "blank"
    return "waiting" if slot.correctness is None else outcome_of(slot.correctness)


def _lines(
    slot: AttemptSlot, question: PublicQuestion, key: QuestionKey, shown: Shown
) -> tuple[ShownLine, ...]:
    return tuple(
        ShownLine(
            line.asked,
            line.given if shown.response else None,
            line.right if shown.key else None,
            line.fraction,
            line.feedback if shown.feedback else "",
        )
        for line in type_called(question.type).review_lines(question.ask, key.key, slot.response)
    )


def _remarks(slot: AttemptSlot, question: PublicQuestion, key: QuestionKey) -> tuple[str, ...]:
    """Return what the key says to this very answer and no line says already."""
    if slot.response is None:
        return ()
    question_type = type_called(question.type)
    lines = question_type.review_lines(question.ask, key.key, slot.response)
    mark = question_type.grade(question.ask, key.key, slot.response)
    return () if mark is None or any(line.feedback for line in lines) else mark.feedback


def _with_sources(
    db: Database, places: Sequence[ReviewedPlace], shown: Shown, today: date
) -> list[ReviewedPlace]:
    """Return the places with their footnotes, if these are shown, and with their standing of today."""
    version_ids = [place.slot.version_id for place in places]
    cited = select_cited(db, version_ids)
    passages = select_cited_passages(db, version_ids) if shown.source else {}
    sourced, first_number = [], 1
    for place in places:
        in_version = cited.get(place.slot.version_id, [])
        notes = _notes(in_version, passages, first_number) if shown.source else ()
        first_number += len(notes)
        standing = standing_from(in_version, place.question.type, today=today)
        sourced.append(replace(place, notes=notes, standing_now=standing))
    return sourced


def _notes(
    cited: Sequence[CitedIn], passages: Mapping[tuple[str, str], CitedPassage], first_number: int
) -> tuple[Note, ...]:
    return tuple(
        Note(number, c, passages[c.citation.source, c.claim.passage])
        for number, c in enumerate(cited, first_number)
    )
