"""Review an attempt: before it is submitted the answers alone, after that with keys, reasons and sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quiz.core.attempts import Score, SlotResult, score_of
from quiz.core.marks import Mark
from quiz.core.question_type import AnswerLine, ReviewLine
from quiz.core.questions import PublicQuestion, QuestionKey
from quiz.core.standing import Standing
from quiz.storage.attempts import Attempt, AttemptSlot, select_attempt_slots
from quiz.storage.database import Database
from quiz.storage.sources import CitedIn, CitedPassage, select_cited, select_cited_passages
from quiz.workflows.open_question import open_keyed_many, open_public_many, type_called
from quiz.workflows.question_standing import standing_from


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
class ReviewedPlace:
    """One place beside its key. standing_now: on the day of reading; the slot has the one that was shown."""

    slot: AttemptSlot
    question: PublicQuestion
    key: QuestionKey
    mark: Mark | None
    lines: tuple[ReviewLine, ...]
    notes: tuple[Note, ...]
    standing_now: Standing

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return what the key says to this very answer and no line says already."""
        said = [line.feedback for line in self.lines if line.feedback]
        return () if said or self.mark is None else self.mark.feedback

    @property
    def is_standing_changed(self) -> bool:
        """Tell whether the learner would be told something else today."""
        return self.standing_now != self.slot.standing


@dataclass(frozen=True)
class Review:
    """A submitted attempt, whole. seconds: spent on all its questions together."""

    attempt: Attempt
    score: Score
    seconds: int
    places: tuple[ReviewedPlace, ...]

    @property
    def uncounted(self) -> tuple[ReviewedPlace, ...]:
        return tuple(place for place in self.places if not place.slot.is_counted)


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


def review_attempt(db: Database, attempt: Attempt, *, today: date) -> Review:
    """Return the attempt beside its keys and sources. Raises NotReleased unless it is submitted."""
    if attempt.state != "submitted":
        raise NotReleased(attempt.id)
    slots = select_attempt_slots(db, attempt)
    version_ids = [slot.version_id for slot in slots]
    questions = open_keyed_many(db, version_ids)
    cited = select_cited(db, version_ids)
    passages = select_cited_passages(db, version_ids)
    places: list[ReviewedPlace] = []
    first_number = 1
    for slot in slots:
        in_version = cited.get(slot.version_id, [])
        notes = _notes(in_version, passages, first_number)
        first_number += len(notes)
        places.append(
            _reviewed(slot, *questions[slot.version_id], notes, standing_from(in_version, today=today))
        )
    score = score_of(SlotResult(slot.points, slot.fraction, slot.is_counted) for slot in slots)
    return Review(attempt, score, sum(slot.seconds_spent for slot in slots), tuple(places))


def _notes(
    cited: list[CitedIn], passages: dict[tuple[str, str], CitedPassage], first_number: int
) -> tuple[Note, ...]:
    return tuple(
        Note(number, c, passages[c.citation.source, c.claim.passage])
        for number, c in enumerate(cited, first_number)
    )


def _reviewed(
    slot: AttemptSlot,
    question: PublicQuestion,
    key: QuestionKey,
    notes: tuple[Note, ...],
    standing_now: Standing,
) -> ReviewedPlace:
    question_type = type_called(question.type)
    response = slot.response
    return ReviewedPlace(
        slot=slot,
        question=question,
        key=key,
        mark=None if response is None else question_type.grade(question.ask, key.key, response),
        lines=question_type.review_lines(question.ask, key.key, response),
        notes=notes,
        standing_now=standing_now,
    )
