"""Choose what an attempt at a quiz asks: versions resolved, draws drawn, orders shuffled. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quiz.core.drawing import WantedDraw, draw
from quiz.core.presentation import shuffled_around
from quiz.core.quiz_places import in_sections
from quiz.core.standing import Standing, is_left_out
from quiz.storage.database import Database
from quiz.storage.fixed_versions import select_fixed_versions
from quiz.storage.questions import select_drawable, select_newest_ready_version_ids
from quiz.storage.quiz_sections import Section, select_sections
from quiz.storage.quizzes import Pool, Quiz, Slot, select_slots
from quiz.workflows.open_question import types_that_ask_nothing
from quiz.workflows.question_standing import standings_of

TimesAsked = Callable[[str], Mapping[str, int]]
"""How often somebody was asked each question of a bank; 0 may be missing."""


@dataclass(frozen=True)
class ChosenQuestion:
    """A question that is asked, with the place that it came from."""

    question_id: str
    version_id: str
    standing: Standing
    slot: Slot

    @property
    def is_drawn(self) -> bool:
        return self.slot.draw is not None

    @property
    def points(self) -> float:
        """Return what it is worth: what its place says, or nothing where nothing is asked."""
        return self.slot.points if self.standing.asks else 0.0


@dataclass(frozen=True)
class ChosenPart:
    """What is asked of one section, in order; section: None for the places outside of sections."""

    section: Section | None
    questions: tuple[ChosenQuestion, ...]


def choose_questions(
    db: Database, quiz: Quiz, *, seed: str, today: date, times_asked: TimesAsked | None = None
) -> tuple[ChosenPart, ...]:
    """Return what one attempt asks, section by section; sections that ask nothing are left out.

    It follows from the seed, from what the learner was asked before (None: nothing), and from the day.
    """
    slots, sections = select_slots(db, quiz), select_sections(db, quiz)
    fixed = versions_of_chosen(db, slots)
    drawn = _drawn(db, quiz, slots, seed=seed, today=today, times_asked=times_asked)
    found = {slot.id: fixed.get(slot.id, {}) | drawn.get(slot.id, {}) for slot in slots}
    standings = standings_of(db, [v for versions in found.values() for v in versions.values()], today=today)
    parts = []
    for section, held in in_sections(sections, slots):
        chosen = [
            ChosenQuestion(question_id, version_id, standings[version_id], slot)
            for slot in held
            for question_id, version_id in found[slot.id].items()
            if not is_left_out(standings[version_id], quiz.policy)
        ]
        is_shuffled = section.is_shuffled if section else quiz.is_shuffled
        if chosen:
            part_seed = f"{seed}-{section.id if section else ''}"
            parts.append(ChosenPart(section, _ordered(chosen, part_seed, is_shuffled)))
    return tuple(parts)


def versions_of_chosen(db: Database, slots: Sequence[Slot]) -> dict[str, dict[str, str]]:
    """Return the version that each place with a chosen question asks, by its id: the fixed one or the newest.

    Places that can't be asked are left out: the question is retired, or it has no ready version.
    """
    fixed = select_fixed_versions(db, [slot.version_id for slot in slots if slot.version_id])
    newest = select_newest_ready_version_ids(
        db, [s.question_id for s in slots if s.question_id and not s.version_id]
    )
    found = {}
    for slot in slots:
        if slot.question_id and slot.version_id:
            if slot.version_id in fixed:
                found[slot.id] = {slot.question_id: slot.version_id}
        elif slot.question_id in newest:
            found[slot.id] = {slot.question_id: newest[slot.question_id]}
    return found


def takeable(
    db: Database, quiz: Quiz, pools: Iterable[Pool], *, besides: frozenset[str], today: date
) -> dict[Pool, dict[str, str]]:
    """Return what draws may take from each pool: versions by question id, none of ``besides``."""
    without = types_that_ask_nothing()
    versions = {
        pool: select_drawable(db, bank_id=pool.bank_id, tag=pool.tag or None, without_types=without)
        for pool in pools
    }
    left_out: set[str] = set()
    # Only where the policy asks for it: a standing of each question of a bank takes a while.
    if quiz.policy == "left_out":
        standings = standings_of(db, {v for found in versions.values() for v in found.values()}, today=today)
        left_out = {v for v, standing in standings.items() if is_left_out(standing, quiz.policy)}
    return {
        pool: {q: v for q, v in found.items() if q not in besides and v not in left_out}
        for pool, found in versions.items()
    }


def chosen_ids(slots: Iterable[Slot]) -> frozenset[str]:
    """Return the questions that stand in a place of their own, which no draw takes."""
    return frozenset(slot.question_id for slot in slots if slot.question_id)


def _drawn(
    db: Database, quiz: Quiz, slots: Sequence[Slot], *, seed: str, today: date, times_asked: TimesAsked | None
) -> dict[str, dict[str, str]]:
    draws = {slot.id: slot.draw for slot in slots if slot.draw}
    pools = dict.fromkeys(pool for wanted in draws.values() for pool in wanted.pools)
    if not pools:
        return {}
    there = takeable(db, quiz, pools, besides=chosen_ids(slots), today=today)
    banks = dict.fromkeys(pool.bank_id for pool in pools)
    times = {q: n for bank in banks for q, n in times_asked(bank).items()} if times_asked else {}
    wanted = [WantedDraw(d.count, [there[pool] for pool in d.pools]) for d in draws.values()]
    versions = {q: v for found in there.values() for q, v in found.items()}
    drawn = draw(f"{seed}-draws", wanted, times_asked=times)
    return {
        slot_id: {q: versions[q] for q in questions} for slot_id, questions in zip(draws, drawn, strict=True)
    }


def _ordered(chosen: Sequence[ChosenQuestion], seed: str, is_shuffled: bool) -> tuple[ChosenQuestion, ...]:
    if not is_shuffled:
        return tuple(chosen)
    by_id = {question.question_id: question for question in chosen}
    pinned = {question.question_id for question in chosen if question.slot.is_pinned}
    return tuple(by_id[i] for i in shuffled_around(seed, list(by_id), pinned))
