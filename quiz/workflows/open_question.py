"""Open a question: the row's plain data as the type's own frozen values, parsed once and kept.

A version never changes, so what was parsed stays good for as long as the process lives; the least used go
first. What learners may see and what they may not are opened, and kept, apart.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from quiz.core.messages import N_, Explained
from quiz.core.question_type import MarkedBy, QuestionType
from quiz.core.questions import PublicQuestion, QuestionKey, Wording
from quiz.question_types import QUESTION_TYPES
from quiz.storage.database import Database, RowCountError
from quiz.storage.questions import select_keys, select_public_questions, select_wording

MOST_KEPT = 4000
"""Versions kept of each database; a parsed question takes a few kilobytes."""

Thing = TypeVar("Thing")


class UnknownType(Explained):
    """A stored question is of a type that this program does not have."""


def open_public(db: Database, version_id: str) -> PublicQuestion:
    """Return what a learner may see of the version. Raises RowCountError, or UnknownType."""
    return _only(open_public_many(db, [version_id]), version_id)


def open_public_many(db: Database, version_ids: Iterable[str]) -> dict[str, PublicQuestion]:
    """Return the public halves by version id; ids that there are none of are left out."""
    return _opened(db).public.get_many(version_ids, lambda missing: _read_public(db, missing))


def open_keyed(db: Database, version_id: str) -> tuple[PublicQuestion, QuestionKey]:
    """Return both halves of the version: for marking, for authors, and after release."""
    return _only(open_keyed_many(db, [version_id]), version_id)


def open_keyed_many(
    db: Database, version_ids: Iterable[str]
) -> dict[str, tuple[PublicQuestion, QuestionKey]]:
    """Return both halves by version id; ids that there are none of are left out."""
    questions = open_public_many(db, version_ids)
    keys = _opened(db).keys.get_many(questions, lambda missing: _read_keys(db, missing, questions))
    return {version_id: (question, keys[version_id]) for version_id, question in questions.items()}


def open_wording(db: Database, version_id: str) -> Wording:
    """Return all that the version holds, for its authors. Raises RowCountError, or UnknownType."""
    wording = select_wording(db, version_id)
    question_type = type_called(wording.type)
    return replace(
        wording, ask=question_type.ask_from_json(wording.ask), key=question_type.key_from_json(wording.key)
    )


def type_called(name: str) -> QuestionType:
    """Return the question type of that name. Raises UnknownType."""
    if name not in QUESTION_TYPES:
        raise UnknownType(N_("this question is of a type that is not installed: {type}"), type=name)
    return QUESTION_TYPES[name]


def marking_of(name: str) -> MarkedBy:
    """Return who says what answers to questions of that type earn; as by a key where it is not installed."""
    return QUESTION_TYPES[name].marking if name in QUESTION_TYPES else "by_key"


def types_that_ask_nothing() -> tuple[str, ...]:
    """Return the types of what is only read: no draw gives it in place of a question."""
    return tuple(name for name, question_type in QUESTION_TYPES.items() if question_type.marking == "none")


class _Kept(Generic[Thing]):
    """What was opened last, by version id. Safe between threads."""

    def __init__(self) -> None:
        self._things: OrderedDict[str, Thing] = OrderedDict()
        self._lock = threading.Lock()

    def get_many(
        self, version_ids: Iterable[str], read: Callable[[list[str]], dict[str, Thing]]
    ) -> dict[str, Thing]:
        """Return what is kept and, read at one go, what is not, in the order of the ids."""
        wanted = list(dict.fromkeys(version_ids))
        with self._lock:
            found = {i: self._things[i] for i in wanted if i in self._things}
            for version_id in found:
                self._things.move_to_end(version_id)
        if missing := [i for i in wanted if i not in found]:
            found |= self._keep(read(missing))
        return {i: found[i] for i in wanted if i in found}

    def _keep(self, things: dict[str, Thing]) -> dict[str, Thing]:
        with self._lock:
            self._things |= things
            while len(self._things) > MOST_KEPT:
                self._things.popitem(last=False)
        return things


class _Opened:
    """What was opened from one database."""

    def __init__(self) -> None:
        self.public: _Kept[PublicQuestion] = _Kept()
        self.keys: _Kept[QuestionKey] = _Kept()


_opened_from: WeakKeyDictionary[Database, _Opened] = WeakKeyDictionary()
_opened_lock = threading.Lock()


def _opened(db: Database) -> _Opened:
    with _opened_lock:
        return _opened_from.setdefault(db, _Opened())


def _read_public(db: Database, version_ids: list[str]) -> dict[str, PublicQuestion]:
    stored = select_public_questions(db, version_ids)
    return {i: replace(q, ask=type_called(q.type).ask_from_json(q.ask)) for i, q in stored.items()}


def _read_keys(
    db: Database, version_ids: list[str], questions: dict[str, PublicQuestion]
) -> dict[str, QuestionKey]:
    stored = select_keys(db, version_ids)
    return {i: replace(k, key=type_called(questions[i].type).key_from_json(k.key)) for i, k in stored.items()}


def _only(things: dict[str, Thing], version_id: str) -> Thing:
    if version_id not in things:
        raise RowCountError(f"no version {version_id!r}")
    return things[version_id]
