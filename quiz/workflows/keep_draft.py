"""Keep what an author has typed into the editor, without making a version of it; or throw it away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from quiz.core.messages import N_, Explained
from quiz.storage.database import Database
from quiz.storage.drafts import DraftRow, delete_draft, select_draft, upsert_draft


class DraftMeanwhile(Explained):
    """Another draft of the same question was kept by the same person: in another tab, or on another device.

    draft: that one.
    """

    def __init__(self, draft: DraftRow) -> None:
        super().__init__(
            N_("other unsaved changes to this question, of {time}, are kept already; these are not"),
            time=draft.kept,
        )
        self.draft = draft


def keep_draft(
    db: Database,
    person_id: str,
    question_id: str,
    *,
    base: int,
    type: str,
    based_on: str,
    fields: Sequence[tuple[str, str]],
    now: datetime,
) -> DraftRow:
    """Keep the form's fields over the draft numbered ``base``, 0 if the author saw none; return what is kept.

    What is sent twice is kept once. Raises DraftMeanwhile if another draft than that one is kept.
    """
    with db.atomic():
        upsert_draft(
            db, person_id, question_id, base=base, type=type, based_on=based_on, fields=fields, now=now
        )
        kept = select_draft(db, person_id, question_id)
        if kept.fields != tuple(fields):
            raise DraftMeanwhile(kept)
        return kept


def throw_draft_away(db: Database, person_id: str, question_id: str) -> None:
    """Forget what the person had typed, because it was saved or is not wanted."""
    delete_draft(db, person_id, question_id)
