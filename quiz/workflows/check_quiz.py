"""Check a quiz before it is opened: what learners would be asked today, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from statistics import fmean

from quiz.core.drawing import WantedDraw, counts_possible
from quiz.core.messages import N_, Explained
from quiz.core.minutes import minutes_in
from quiz.core.quiz_places import in_sections
from quiz.core.standing import is_left_out
from quiz.storage.banks import select_banks
from quiz.storage.database import Database
from quiz.storage.fixed_versions import FixedVersion
from quiz.storage.quiz_sections import Section, select_sections
from quiz.storage.quizzes import Draw, Quiz, Slot, select_slots
from quiz.storage.quizzes import Pool as PoolOfSlot
from quiz.workflows.choose_questions import chosen_ids
from quiz.workflows.draw_pool import Pool, draw_pool
from quiz.workflows.estimate_time import seconds_by_version
from quiz.workflows.held_questions import HeldQuestion, held_questions

MOST_SAMPLED = 60
"""So many questions of a pool tell how long one of them takes."""


class Problem(Explained):
    """Something that keeps a quiz from being opened, or, as a warning, that somebody should know of."""


@dataclass(frozen=True)
class CheckedPool:
    """A pool of a draw, by names that a page can show. matching, unverified: how many questions."""

    bank_title: str
    tag: str
    matching: int
    unverified: int


@dataclass(frozen=True)
class CheckedSlot:
    """A place with what it holds: a chosen question, or the pools of a draw.

    asked: how many questions it comes to today. seconds: that they may take. problem: None if nothing is in its way.
    warning: what to know of it, None if nothing.
    """

    slot: Slot
    asked: int
    seconds: float = 0.0
    chosen: HeldQuestion | None = None
    pools: tuple[CheckedPool, ...] = ()
    problem: Problem | None = None
    warning: Problem | None = None

    @property
    def points(self) -> float:
        """Return what each question of it is worth: nothing where nothing is asked."""
        is_read_only = self.chosen and self.chosen.standing and not self.chosen.standing.asks
        return 0.0 if is_read_only else self.slot.points


@dataclass(frozen=True)
class CheckedPart:
    """The places of one section, or (None) those outside of sections."""

    section: Section | None
    slots: tuple[CheckedSlot, ...]

    @property
    def questions(self) -> int:
        return sum(checked.asked for checked in self.slots)

    @property
    def points(self) -> float:
        return sum(checked.asked * checked.points for checked in self.slots)

    @property
    def minutes(self) -> int:
        """Return how long it may take, by the estimate."""
        return minutes_in(checked.seconds for checked in self.slots)


@dataclass(frozen=True)
class QuizCheck:
    """questions, points, minutes: what an attempt that starts today comes to; minutes are an estimate.

    unverified: how many chosen questions are that. unverified_in_draws: of those that draws may come upon.
    problems: of the whole quiz and of its places; they keep it from being opened. warnings: do not.
    """

    parts: tuple[CheckedPart, ...]
    unverified_in_draws: int
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    slots: tuple[CheckedSlot, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "slots", tuple(checked for part in self.parts for checked in part.slots))

    @property
    def questions(self) -> int:
        return sum(part.questions for part in self.parts)

    @property
    def points(self) -> float:
        return sum(part.points for part in self.parts)

    @property
    def minutes(self) -> int:
        return minutes_in(checked.seconds for checked in self.slots)

    @property
    def unverified(self) -> int:
        held = [checked.chosen for checked in self.slots if checked.chosen]
        return sum(chosen.standing is not None and not chosen.standing.is_verified for chosen in held)

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(part.section for part in self.parts if part.section)


def check_quiz(db: Database, quiz: Quiz, *, today: date) -> QuizCheck:
    """Return what would happen if the quiz were opened on that day."""
    slots, sections = select_slots(db, quiz), select_sections(db, quiz)
    pools = {
        pool: draw_pool(db, pool.bank_id, pool.tag, today=today)
        for pool in dict.fromkeys(pool for slot in slots if slot.draw for pool in slot.draw.pools)
    }
    checked = _checked_questions(db, quiz, slots, today) | _checked_draws(db, quiz, slots, pools)
    parts = tuple(
        CheckedPart(section, tuple(checked[slot.id] for slot in held))
        for section, held in in_sections(sections, slots)
    )
    in_draws: frozenset[str] = frozenset().union(*(p.unverified - chosen_ids(slots) for p in pools.values()))
    check = QuizCheck(parts, len(in_draws))
    of_places = [c.problem for c in check.slots if c.problem]
    return replace(
        check,
        problems=(*_of_the_whole(check.slots), *of_places),
        warnings=(*_about_parts(quiz, check), *(c.warning for c in check.slots if c.warning)),
    )


# -- chosen questions ----------------------------------------------------------------------------------------


def _checked_questions(
    db: Database, quiz: Quiz, slots: Sequence[Slot], today: date
) -> dict[str, CheckedSlot]:
    held = held_questions(db, slots, today=today)
    seconds = seconds_by_version(db, [h.question.version_id for h in held.values() if h.question])
    return {
        slot.id: _checked_question(slot, held[slot.id], quiz, seconds) for slot in slots if slot.id in held
    }


def _checked_question(
    slot: Slot, chosen: HeldQuestion, quiz: Quiz, seconds: Mapping[str, float]
) -> CheckedSlot:
    if not chosen.is_askable or chosen.standing is None or chosen.question is None:
        sentence = N_("Place {position} holds a question that is retired or still a draft")
        return CheckedSlot(slot, 0, chosen=chosen, problem=Problem(sentence, position=slot.position))
    asked = 0 if is_left_out(chosen.standing, quiz.policy) else 1
    takes = asked * seconds.get(chosen.question.version_id, 0.0)
    return CheckedSlot(slot, asked, takes, chosen, warning=_about_version(slot, chosen.fixed))


def _about_version(slot: Slot, fixed: FixedVersion | None) -> Problem | None:
    if fixed is None:
        return None
    if fixed.state == "retired":
        sentence = N_("Place {position} is fixed to version {number}, which was retired")
        return Problem(sentence, position=slot.position, number=fixed.number)
    if not fixed.is_newest:
        sentence = N_("Place {position} is fixed to version {number}; the newest is version {newest}")
        return Problem(sentence, position=slot.position, number=fixed.number, newest=fixed.newest)
    return None


# -- draws ---------------------------------------------------------------------------------------------------


def _checked_draws(
    db: Database, quiz: Quiz, slots: Sequence[Slot], pools: Mapping[PoolOfSlot, Pool]
) -> dict[str, CheckedSlot]:
    titles = {bank.id: bank.title for bank in select_banks(db)}
    chosen = chosen_ids(slots)
    there = {pool: found.takeable(quiz.policy, besides=chosen) for pool, found in pools.items()}
    draws = [(slot, slot.draw) for slot in slots if slot.draw]
    counts = counts_possible([WantedDraw(draw.count, [there[p] for p in draw.pools]) for _, draw in draws])
    seconds = _seconds_each(db, there)
    checked = {}
    for (slot, draw), asked in zip(draws, counts, strict=True):
        shown = tuple(
            CheckedPool(
                titles.get(p.bank_id, p.bank_id), p.tag, len(pools[p].versions), len(pools[p].unverified)
            )
            for p in draw.pools
        )
        each = fmean(seconds[pool] for pool in draw.pools)
        problem = _about_count(slot, draw, asked, len({i for pool in draw.pools for i in there[pool]}))
        checked[slot.id] = CheckedSlot(slot, asked, asked * each, pools=shown, problem=problem)
    return checked


def _about_count(slot: Slot, draw: Draw, asked: int, found: int) -> Problem | None:
    if draw.count > found:
        sentence = N_("Place {position} draws {count} questions, but only {found} can be drawn")
        return Problem(sentence, position=slot.position, count=draw.count, found=found)
    if draw.count > asked:
        sentence = N_("Place {position} draws {count} questions, but the draws before it leave only {found}")
        return Problem(sentence, position=slot.position, count=draw.count, found=asked)
    return None


def _seconds_each(db: Database, there: Mapping[PoolOfSlot, Mapping[str, str]]) -> dict[PoolOfSlot, float]:
    """Return how long one question of each pool takes in the mean."""
    samples = {pool: list(versions.values())[:MOST_SAMPLED] for pool, versions in there.items()}
    seconds = seconds_by_version(db, {v for sample in samples.values() for v in sample})
    return {
        pool: fmean(seconds[v] for v in sample if v in seconds) if any(v in seconds for v in sample) else 0.0
        for pool, sample in samples.items()
    }


# -- the whole -----------------------------------------------------------------------------------------------


def _of_the_whole(checked: Sequence[CheckedSlot]) -> list[Problem]:
    if not checked:
        return [Problem(N_("The quiz has no questions yet"))]
    if not any(c.asked for c in checked):
        return [Problem(N_("Today nothing would be asked: every question is left out or cannot be asked"))]
    return []


def _about_parts(quiz: Quiz, check: QuizCheck) -> list[Problem]:
    warnings = [
        Problem(N_("Section “{title}” asks nothing, so learners do not see it"), title=part.section.title)
        for part in check.parts
        if part.section and not part.questions
    ]
    limits = [part.section.limit for part in check.parts if part.section and part.section.limit]
    together = sum(limits, timedelta())
    if quiz.time_limit_s and together > timedelta(seconds=quiz.time_limit_s):
        sentence = N_("The sections may take {sections} minutes together, but an attempt ends after {whole}")
        minutes, whole = int(together.total_seconds() // 60), quiz.time_limit_s // 60
        warnings.append(Problem(sentence, sections=minutes, whole=whole))
    return warnings
