"""What keeping one of several near-duplicates would do: for the preview, and again when it is confirmed.

The others are retired, their tags go to the one that is kept, and so do their places in drafts and open quizzes; of
a place that asks one fixed version only in drafts. Attempts stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quiz.core.messages import N_
from quiz.storage.bulk_changes import Change, HeldSlot, select_held_slots
from quiz.storage.database import Database
from quiz.storage.search import ListedQuestion, select_listed, select_places
from quiz.workflows.apply_bulk import place_of, subject_of
from quiz.workflows.bank_access import visible_question_ids
from quiz.workflows.plan_bulk import Plan, UnusableBulk

MOST_MERGED = 50


def plan_merge(db: Database, kept_id: str, question_ids: Sequence[str], *, by: str) -> Plan:
    """Return what would change. Raises UnusableBulk."""
    ids = visible_question_ids(db, by, dict.fromkeys([kept_id, *question_ids]))
    questions = {q.question_id: q for q in select_listed(db, select_places(db, ids[:MOST_MERGED]))}
    kept = questions.get(kept_id)
    if kept is None or kept.state != "ready":
        raise UnusableBulk("keep", N_("Choose the question to keep: one that is ready, and not retired"))
    others = [q for q in questions.values() if q is not kept and q.state != "retired"]
    if not others:
        raise UnusableBulk(
            "q", N_("There is no other question to retire; somebody may have seen to it already")
        )
    changes = [
        *_tags(kept, others),
        *(Change("retired", other.question_id, False, True) for other in others),
        *_slots(db, kept, others),
    ]
    settings = {"kept": kept_id, "others": sorted(other.question_id for other in others)}
    return Plan("merge", settings, (kept, *others), tuple(changes), {})


def _tags(kept: ListedQuestion, others: Sequence[ListedQuestion]) -> Iterator[Change]:
    united = sorted({*kept.tags}.union(*(other.tags for other in others)))
    if united != sorted(kept.tags):
        yield Change("tags", kept.question_id, sorted(kept.tags), united)


def _slots(db: Database, kept: ListedQuestion, others: Sequence[ListedQuestion]) -> Iterator[Change]:
    slots = select_held_slots(db, [kept.question_id, *(other.question_id for other in others)])
    holding = {slot.quiz_id for slot in slots if slot.question_id == kept.question_id}
    for slot in slots:
        if slot.question_id == kept.question_id or not _follows(slot):
            continue
        before = place_of(slot)
        # A quiz asks no question twice.
        after = (
            None
            if slot.quiz_id in holding
            else before | {"question_id": kept.question_id, "version_id": None}
        )
        holding.add(slot.quiz_id)
        yield Change("slot", subject_of(before), before, after)


def _follows(slot: HeldSlot) -> bool:
    return slot.quiz_state == "draft" or slot.version_id is None
