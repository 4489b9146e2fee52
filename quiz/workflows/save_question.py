"""Save a question: a new version if its wording is new, its tags, and what the search finds it by."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from quiz.core.claims import ROLES
from quiz.core.messages import N_, Explained
from quiz.core.questions import State, Wording, check_citations
from quiz.storage.database import Database
from quiz.storage.encoding import json_from, json_text, new_id
from quiz.storage.heads import upsert_heads
from quiz.storage.questions import (
    insert_question,
    insert_version,
    replace_tags,
    select_bank_ids_of,
    select_question_or_none,
    select_versions,
    select_wording,
    update_question_difficulty,
    update_question_edited,
    update_version_state,
)
from quiz.storage.sources import select_claims
from quiz.workflows.lint_question import refuse_if_unfit
from quiz.workflows.log_bank_change import log_bank_change
from quiz.workflows.open_question import type_called


class EditedMeanwhile(Explained):
    """Somebody saved another version since the author opened the question."""


def create_question(
    db: Database,
    bank_id: str,
    wording: Wording,
    *,
    state: State,
    by: str | None,
    now: datetime,
    question_id: str | None = None,
) -> tuple[str, str]:
    """Make a question of the bank; return its id and its version's.

    question_id: made when the form was opened, so that a form sent twice makes one question; None for a fresh
    one. Raises UnfitCitation, NotFitToAsk, and Conflict if there is no such bank.
    """
    question_id = question_id or new_id(now)
    with db.atomic():
        if select_question_or_none(db, question_id) is None:
            insert_question(db, question_id, bank_id, wording.difficulty, by=by, now=now)
        return question_id, save_version(db, question_id, wording, state=state, by=by, now=now)


def save_version(
    db: Database,
    question_id: str,
    wording: Wording,
    *,
    state: State,
    by: str | None,
    now: datetime,
    based_on: str | None = None,
) -> str:
    """Save the wording of a question that somebody changed in the pages; return the version's id.

    The wording's ask and key are the type's own values. Saving the newest version again makes no other one; a
    draft saved again as ready becomes ready. based_on: the version that the author had before them, None not
    to ask.

    Raises UnfitCitation, NotFitToAsk if a ready version has lint errors, and EditedMeanwhile if based_on is
    no longer the newest.
    """
    with db.atomic():
        check_citations(wording, select_claims(db, wording.citations))
        if state == "ready":
            refuse_if_unfit(db, question_id, wording, today=now.date())
        _refuse_if_edited_meanwhile(db, question_id, wording, based_on)
        version_id = write_version(db, question_id, wording, state=state, by=by, now=now)
        update_question_edited(db, question_id, now)
        _log(db, question_id, by, now)
        return version_id


def write_version(
    db: Database, question_id: str, wording: Wording, *, state: State, by: str | None, now: datetime
) -> str:
    """Write the wording as save_version does, but without checks and without a note that it was edited."""
    stored = _as_stored(wording)
    versions = select_versions(db, question_id)
    if versions and _is_newest(db, versions[0].id, stored):
        version_id = versions[0].id
        if versions[0].state == "draft" and state == "ready":
            update_version_state(db, version_id, "ready")
    else:
        number = versions[0].number + 1 if versions else 1
        version_id = insert_version(db, question_id, stored, number, state, by, now)
    update_question_difficulty(db, question_id, wording.difficulty)
    replace_tags(db, question_id, wording.tags)
    upsert_heads(db, [question_id])
    return version_id


def _log(db: Database, question_id: str, by: str | None, now: datetime) -> None:
    bank_id = select_bank_ids_of(db, [question_id])[question_id]
    newest = select_versions(db, question_id)[0]
    facts = {"number": newest.number, "state": newest.state}
    log_bank_change(db, bank_id, "saved", by=by, now=now, question_id=question_id, **facts)


def _refuse_if_edited_meanwhile(
    db: Database, question_id: str, wording: Wording, based_on: str | None
) -> None:
    if based_on is None:
        return
    newest = next(iter(select_versions(db, question_id)), None)
    if newest and newest.id != based_on and not _is_newest(db, newest.id, _as_stored(wording)):
        raise EditedMeanwhile(
            N_("version {number} was saved since you opened this question; look at it before you save yours"),
            number=newest.number,
        )


def _as_stored(wording: Wording) -> Wording:
    question_type = type_called(wording.type)
    return replace(
        wording,
        ask=json_from(json_text(question_type.ask_to_json(wording.ask))),
        key=json_from(json_text(question_type.key_to_json(wording.key))),
        citations=tuple(sorted(wording.citations, key=lambda c: ROLES.index(c.role))),
    )


def _is_newest(db: Database, version_id: str, stored: Wording) -> bool:
    # Tags and difficulty belong to the question: a change of theirs alone makes no version.
    newest = replace(select_wording(db, version_id), tags=stored.tags, difficulty=stored.difficulty)
    return newest == stored
