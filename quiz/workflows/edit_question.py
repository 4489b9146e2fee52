"""Edit a question in the pages: its wording and its bank, all or nothing; nothing if nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quiz.core.claims import ROLES
from quiz.core.questions import State, Wording
from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.storage.questions import VersionRow, select_question_or_none, select_versions, update_question_bank
from quiz.workflows.log_bank_change import log_bank_change
from quiz.workflows.open_question import open_wording, type_called
from quiz.workflows.save_question import create_question, save_version


@dataclass(frozen=True)
class Edited:
    """What saving did. number: of the newest version. has_changed: False if it was all there already."""

    question_id: str
    number: int
    has_changed: bool


def edit_question(
    db: Database,
    question_id: str,
    wording: Wording,
    *,
    bank_id: str,
    state: State,
    based_on: str,
    by: str | None,
    now: datetime,
) -> Edited:
    """Save what an author's form holds, as a new question if there is none of that id.

    based_on: the version that the form was filled from, "" for a new question's form. A version that is ready
    stays ready. A form that is sent twice is saved once.

    Raises UnfitCitation, EditedMeanwhile, and Conflict if there is no such bank.
    """
    with db.atomic():
        question = select_question_or_none(db, question_id)
        if question is None:
            create_question(db, bank_id, wording, state=state, by=by, now=now, question_id=question_id)
            return Edited(question_id, 1, has_changed=True)
        newest = select_versions(db, question_id)[0]
        if question.bank_id == bank_id and _is_same(db, newest, wording, state):
            return Edited(question_id, newest.number, has_changed=False)
        # No version has the id "": whoever thought to write a new question must see the one that is there.
        save_version(db, question_id, wording, state=state, by=by, now=now, based_on=based_on)
        if question.bank_id != bank_id:
            update_question_bank(db, question_id, bank_id)
            facts = {"question_id": question_id, "from_bank": question.bank_id, "to_bank": bank_id}
            log_bank_change(db, question.bank_id, "moved_out", by=by, now=now, **facts)
            log_bank_change(db, bank_id, "moved_in", by=by, now=now, **facts)
        return Edited(question_id, select_versions(db, question_id)[0].number, has_changed=True)


def _is_same(db: Database, newest: VersionRow, wording: Wording, state: State) -> bool:
    if newest.state == "draft" and state == "ready":
        return False
    return _compared(open_wording(db, newest.id)) == _compared(wording)


def _compared(wording: Wording) -> tuple[Any, ...]:
    question_type = type_called(wording.type)
    # As text, since two mappings in different orders are equal to Python and not to an author.
    halves = json_text([question_type.ask_to_json(wording.ask), question_type.key_to_json(wording.key)])
    citations = sorted(wording.citations, key=lambda citation: ROLES.index(citation.role))
    words = (
        wording.type,
        wording.basis,
        wording.stem,
        wording.feedback,
        wording.difficulty,
        wording.language,
    )
    return (*words, wording.hints, sorted(set(wording.tags)), halves, citations)
