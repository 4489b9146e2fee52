"""Take an older wording of a question back: it becomes the newest version, and the ones between stay as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from quiz.core.questions import State
from quiz.storage.database import Database
from quiz.storage.questions import VersionRow, select_versions
from quiz.workflows.edit_question import Edited
from quiz.workflows.open_question import open_wording
from quiz.workflows.save_question import save_version


def take_back_version(
    db: Database, question_id: str, version: VersionRow, *, based_on: str, by: str | None, now: datetime
) -> Edited:
    """Make a new version that says what that one says; ready if that one was, else a draft.

    Tags and difficulty are the question's, and stay. based_on: the newest version that the author saw. Asked for
    twice, it is done once. Raises UnfitCitation, NotFitToAsk and EditedMeanwhile, as save_version does.
    """
    with db.atomic():
        newest = select_versions(db, question_id)[0]
        now_said = open_wording(db, newest.id)
        wording = replace(open_wording(db, version.id), tags=now_said.tags, difficulty=now_said.difficulty)
        state: State = "ready" if version.state == "ready" else "draft"
        save_version(db, question_id, wording, state=state, by=by, now=now, based_on=based_on)
        after = select_versions(db, question_id)[0]
        return Edited(question_id, after.number, has_changed=after.number != newest.number)
