"""Check a quiz before it is opened: what learners would be asked today, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from quiz.core.messages import N_, Explained
from quiz.core.questions import PublicQuestion
from quiz.core.standing import Policy, Standing, is_left_out
from quiz.storage.banks import select_banks
from quiz.storage.database import Database
from quiz.storage.questions import (
    select_newest_ready_version_ids,
    select_newest_version_id,
    select_public_questions,
)
from quiz.storage.quizzes import Draw, Quiz, Slot, select_slots
from quiz.workflows.draw_pool import Pool, draw_pool
from quiz.workflows.question_standing import standings_of

Pools = Mapping[tuple[str, str], Pool]


class Problem(Explained):
    """Something that keeps a quiz from being opened."""


@dataclass(frozen=True)
class ChosenQuestion:
    """A chosen question as it stands today. is_askable: it has a ready version and is not retired.

    question, standing: of that version, else of the newest one, so that a page can name it; None if there is
    none.
    """

    question: PublicQuestion | None
    standing: Standing | None
    is_askable: bool


@dataclass(frozen=True)
class CheckedSlot:
    """A place with what it holds: a chosen question, or a bank's pool.

    asked: how many questions it comes to today. problem: None if nothing is in its way.
    """

    slot: Slot
    asked: int
    chosen: ChosenQuestion | None = None
    pool: Pool | None = None
    bank_title: str = ""
    problem: Problem | None = None


@dataclass(frozen=True)
class QuizCheck:
    """questions, points: what an attempt that starts today comes to.

    unverified: how many chosen questions are that. unverified_in_draws: of those that draws may come upon.
    problems: of the whole quiz and of its places.
    """

    slots: tuple[CheckedSlot, ...]
    questions: int
    points: float
    unverified: int
    unverified_in_draws: int
    problems: tuple[Problem, ...]


def check_quiz(db: Database, quiz: Quiz, *, today: date) -> QuizCheck:
    """Return what would happen if the quiz were opened on that day."""
    slots = select_slots(db, quiz)
    chosen = _chosen_questions(db, [slot.question_id for slot in slots if slot.question_id], today)
    drawn_from = {(slot.draw.bank_id, slot.draw.tag) for slot in slots if slot.draw}
    pools = {key: draw_pool(db, *key, today=today) for key in drawn_from}
    banks = {bank.id: bank.title for bank in select_banks(db)}
    fixed = frozenset(chosen)
    checked = tuple(
        _checked_draw(slot, slot.draw, pools, banks, quiz.policy, fixed)
        if slot.draw
        else _checked_question(slot, chosen[slot.question_id or ""], quiz.policy)
        for slot in slots
    )
    in_draws: frozenset[str] = frozenset().union(*(pool.unverified - fixed for pool in pools.values()))
    return QuizCheck(
        slots=checked,
        questions=sum(c.asked for c in checked),
        points=sum(c.asked * c.slot.points for c in checked),
        unverified=sum(
            bool(c.chosen and c.chosen.standing and not c.chosen.standing.is_verified) for c in checked
        ),
        unverified_in_draws=len(in_draws),
        problems=(
            *_of_the_whole(checked),
            *(c.problem for c in checked if c.problem),
            *_short_banks(slots, pools, banks, quiz.policy, fixed),
        ),
    )


def _chosen_questions(db: Database, question_ids: list[str], today: date) -> dict[str, ChosenQuestion]:
    ready = select_newest_ready_version_ids(db, question_ids)
    shown = {i: ready.get(i) or select_newest_version_id(db, i) or "" for i in question_ids}
    version_ids = [version_id for version_id in shown.values() if version_id]
    questions = select_public_questions(db, version_ids)
    standings = standings_of(db, version_ids, today=today)
    return {i: ChosenQuestion(questions.get(v), standings.get(v), i in ready) for i, v in shown.items()}


def _checked_question(slot: Slot, chosen: ChosenQuestion, policy: Policy) -> CheckedSlot:
    if not chosen.is_askable or chosen.standing is None:
        sentence = N_("Place {position} holds a question that is retired or still a draft")
        return CheckedSlot(slot, 0, chosen=chosen, problem=Problem(sentence, position=slot.position))
    return CheckedSlot(slot, 0 if is_left_out(chosen.standing, policy) else 1, chosen=chosen)


def _checked_draw(
    slot: Slot, draw: Draw, pools: Pools, banks: Mapping[str, str], policy: Policy, fixed: frozenset[str]
) -> CheckedSlot:
    pool = pools[draw.bank_id, draw.tag]
    found = len(pool.takeable(policy, besides=fixed))
    problem = None
    if draw.count > found:
        sentence = N_("Place {position} draws {count} questions, but only {found} can be drawn")
        problem = Problem(sentence, position=slot.position, count=draw.count, found=found)
    title = banks.get(draw.bank_id, draw.bank_id)
    return CheckedSlot(slot, min(draw.count, found), pool=pool, bank_title=title, problem=problem)


def _of_the_whole(checked: tuple[CheckedSlot, ...]) -> list[Problem]:
    if not checked:
        return [Problem(N_("The quiz has no questions yet"))]
    if not any(c.asked for c in checked):
        return [Problem(N_("Today nothing would be asked: every question is left out or cannot be asked"))]
    return []


def _short_banks(
    slots: Iterable[Slot], pools: Pools, banks: Mapping[str, str], policy: Policy, fixed: frozenset[str]
) -> list[Problem]:
    """Tell of banks from which several draws together take more than there is."""
    draws = [slot.draw for slot in slots if slot.draw]
    problems = []
    for bank_id in dict.fromkeys(draw.bank_id for draw in draws):
        of_bank = [draw for draw in draws if draw.bank_id == bank_id]
        count = sum(draw.count for draw in of_bank)
        there = [pools[bank_id, draw.tag].takeable(policy, besides=fixed) for draw in of_bank]
        found = len(set().union(*there))
        # One draw that takes too much was told of at its place.
        if count > found and all(draw.count <= len(t) for draw, t in zip(of_bank, there, strict=True)):
            sentence = N_(
                "The draws from “{bank}” take {count} questions together, but only {found} can be drawn"
            )
            problems.append(Problem(sentence, bank=banks.get(bank_id, bank_id), count=count, found=found))
    return problems
