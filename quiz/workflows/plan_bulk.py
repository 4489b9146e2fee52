"""What a change to many questions would do, question by question: for the preview, and again when it is confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from quiz.core.messages import N_, Explained
from quiz.core.quiz_rules import usable_points
from quiz.core.tagging import MOST_TAGS
from quiz.storage.bulk_changes import Change, Kind
from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.storage.quizzes import Quiz, select_slots
from quiz.storage.search import ListedQuestion
from quiz.workflows.bank_access import bank_to_read_or_none
from quiz.workflows.open_for_instructor import quiz_to_change_or_none

MOST_IN_QUIZ = 500


class UnusableBulk(Explained):
    """What was asked for can't be done to any question. field: of the form, "" for the page."""

    def __init__(self, field: str, sentence: str, /, **values: Any) -> None:
        super().__init__(sentence, **values)
        self.field = field


@dataclass(frozen=True)
class Wanted:
    """What is to be done. add, remove: tags, for "tag". bank_id: for "move". quiz_id, points: for "add_to_quiz"."""

    kind: Kind
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    bank_id: str = ""
    quiz_id: str = ""
    points: float = 1.0

    @property
    def settings(self) -> dict[str, Any]:
        """Return what belongs to the kind, as it is kept."""
        names = {"tag": ("add", "remove"), "move": ("bank_id",), "add_to_quiz": ("quiz_id", "points")}
        return {name: getattr(self, name) for name in names.get(self.kind, ())}


@dataclass(frozen=True)
class Plan:
    """changes: only what differs. skipped: questions that stay as they are, by the reason's sentence.

    banks: those that the changes touch.
    """

    kind: Kind
    settings: dict[str, Any]
    questions: tuple[ListedQuestion, ...]
    changes: tuple[Change, ...]
    skipped: dict[str, int]

    @cached_property
    def digest(self) -> str:
        """Return what tells this plan from any other: what was confirmed must be what was shown."""
        facts = [self.kind, self.settings, [[c.aspect, c.subject, c.before, c.after] for c in self.changes]]
        return sha256(json_text(facts).encode()).hexdigest()[:32]

    @property
    def changed_questions(self) -> list[ListedQuestion]:
        """Return the questions that are changed; those that are added to a quiz count too."""
        places = [change.after or change.before for change in self.changes if change.aspect == "slot"]
        subjects = {place["question_id"] for place in places}
        subjects |= {change.subject for change in self.changes if change.aspect != "slot"}
        return [question for question in self.questions if question.question_id in subjects]


ALREADY = N_("are so already")
TOO_MANY_TAGS = N_("have twelve tags already, and get no more")
HELD_ALREADY = N_("are in the quiz already")
RETIRED = N_("are retired, and no quiz can ask them")


def plan_bulk(db: Database, wanted: Wanted, questions: Sequence[ListedQuestion], *, by: str) -> Plan:
    """Return what would change. Raises UnusableBulk."""
    match wanted.kind:
        case "tag":
            told = _tagged(wanted, questions)
        case "move":
            told = _moved(db, wanted, questions, by)
        case "retire" | "restore":
            told = _retired(questions, is_retired=wanted.kind == "retire")
        case "add_to_quiz":
            told = _added(db, wanted, questions, by)
        case _:
            raise ValueError(f"{wanted.kind} is planned elsewhere")
    changes, skipped = _sorted_out(told)
    return Plan(wanted.kind, wanted.settings, tuple(questions), tuple(changes), skipped)


_Told = Iterator[Change | str]
"""A change for each question, or why there is none."""


def _sorted_out(told: Iterable[Change | str]) -> tuple[list[Change], dict[str, int]]:
    changes: list[Change] = []
    skipped: dict[str, int] = {}
    for one in told:
        if isinstance(one, Change):
            changes.append(one)
        else:
            skipped[one] = skipped.get(one, 0) + 1
    return changes, skipped


def _tagged(wanted: Wanted, questions: Iterable[ListedQuestion]) -> _Told:
    if not wanted.add and not wanted.remove:
        raise UnusableBulk("add", N_("Write at least one tag to add or to remove"))
    if both := sorted({*wanted.add} & {*wanted.remove}):
        raise UnusableBulk("remove", N_("{tag} can't be both added and removed"), tag=both[0])
    return _tags_of(wanted, questions)


def _tags_of(wanted: Wanted, questions: Iterable[ListedQuestion]) -> _Told:
    for question in questions:
        before = {*question.tags}
        after = (before - {*wanted.remove}) | {*wanted.add}
        if after == before:
            yield ALREADY
        elif len(after) > max(MOST_TAGS, len(before)):
            yield TOO_MANY_TAGS
        else:
            yield Change("tags", question.question_id, sorted(before), sorted(after))


def _moved(db: Database, wanted: Wanted, questions: Iterable[ListedQuestion], by: str) -> _Told:
    if bank_to_read_or_none(db, by, wanted.bank_id) is None:
        raise UnusableBulk("bank", N_("Choose the bank that the questions move to"))
    return (
        ALREADY
        if question.bank_id == wanted.bank_id
        else Change("bank", question.question_id, question.bank_id, wanted.bank_id)
        for question in questions
    )


def _retired(questions: Iterable[ListedQuestion], *, is_retired: bool) -> _Told:
    for question in questions:
        if (question.state == "retired") == is_retired:
            yield ALREADY
        else:
            yield Change("retired", question.question_id, not is_retired, is_retired)


def _added(db: Database, wanted: Wanted, questions: Sequence[ListedQuestion], by: str) -> _Told:
    quiz = quiz_to_change_or_none(db, by, wanted.quiz_id)
    if quiz is None:
        raise UnusableBulk("quiz", N_("Choose the quiz that the questions are added to"))
    usable_points(wanted.points)
    held = {slot.question_id for slot in select_slots(db, quiz)}
    if len(held) + len(questions) > MOST_IN_QUIZ:
        raise UnusableBulk(
            "quiz", N_("A quiz holds {most} places at most; choose fewer questions, or let the quiz draw from a bank"),
            most=MOST_IN_QUIZ,
        )  # fmt: skip
    return _slots_for(quiz, wanted, questions, held)


def _slots_for(
    quiz: Quiz, wanted: Wanted, questions: Iterable[ListedQuestion], held: set[str | None]
) -> _Told:
    for question in questions:
        if question.question_id in held:
            yield HELD_ALREADY
        elif question.state == "retired":
            yield RETIRED
        else:
            place = {"quiz_id": quiz.id, "question_id": question.question_id, "points": wanted.points}
            yield Change("slot", question.question_id, None, place)
