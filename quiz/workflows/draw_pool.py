"""What a draw takes from: the questions of a bank, or those with a tag, that can be asked on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from quiz.core.standing import Policy, Standing, is_left_out
from quiz.storage.database import Database
from quiz.storage.questions import select_drawable
from quiz.workflows.open_question import types_that_ask_nothing
from quiz.workflows.question_standing import standings_of


@dataclass(frozen=True)
class Pool:
    """versions: of all the questions that match, by question id. standings: of those versions."""

    versions: Mapping[str, str]
    standings: Mapping[str, Standing]

    @property
    def unverified(self) -> frozenset[str]:
        """Return the questions whose keys are unverified."""
        return frozenset(
            i for i, version_id in self.versions.items() if not self.standings[version_id].is_verified
        )

    def takeable(self, policy: Policy, *, besides: frozenset[str] = frozenset()) -> dict[str, str]:
        """Return the versions that a quiz with this policy may take, by question id; none of ``besides``."""
        return {
            question_id: version_id
            for question_id, version_id in self.versions.items()
            if question_id not in besides and not is_left_out(self.standings[version_id], policy)
        }


def draw_pool(db: Database, bank_id: str, tag: str, *, today: date) -> Pool:
    """Return what matches; tag: "" for any. An unknown bank or tag has nothing."""
    versions = select_drawable(db, bank_id=bank_id, tag=tag or None, without_types=types_that_ask_nothing())
    return Pool(versions, standings_of(db, versions.values(), today=today))
