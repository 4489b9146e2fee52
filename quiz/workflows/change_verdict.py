"""Change the verdict on a claim, and find what leans on it: questions, quizzes, attempts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from quiz.core.claims import Citation, Claim
from quiz.core.messages import N_, Explained
from quiz.core.questions import UnfitCitation, check_citations
from quiz.core.standing import Standing
from quiz.core.verdicts import TypedVerdict, judged_anew
from quiz.storage.audit import select_entries_about
from quiz.storage.citing import CitingQuestion, select_questions_citing
from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.storage.people import select_person_or_none
from quiz.storage.quizzes import Quiz
from quiz.storage.regrades import QuizTouched, select_quizzes_answered
from quiz.storage.sources import select_claims, update_claim
from quiz.workflows.bank_access import banks_to_search
from quiz.workflows.open_for_instructor import quiz_to_change_or_none
from quiz.workflows.open_question import UnknownType, open_wording
from quiz.workflows.plan_regrade import Wanted, plan_regrade
from quiz.workflows.question_standing import standings_of
from quiz.workflows.record_audit import record_audit

ACTION = "change_verdict"


class VerdictChanged(Explained):
    """Somebody else has changed the verdict since the page was read. claim: as it is now."""

    def __init__(self, claim: Claim, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.claim = claim


@dataclass(frozen=True)
class QuestionTouched:
    """A question that cites the claim. problem: why it may not cite it like this any more, None if it may."""

    question: CitingQuestion
    standing: Standing
    problem: Explained | None


@dataclass(frozen=True)
class MyQuiz:
    """A quiz of the instructor's. changed: how many submitted attempts a recount would change today."""

    touched: QuizTouched
    quiz: Quiz
    changed: int


@dataclass(frozen=True)
class Touched:
    """What leans on a claim. others: how many quizzes of classes that are not the instructor's."""

    questions: tuple[QuestionTouched, ...]
    quizzes: tuple[MyQuiz, ...]
    others: int


def claim_or_none(db: Database, source_id: str, claim_id: str) -> Claim | None:
    """Return the claim, or None if there is none of that id."""
    return select_claims(db, [Citation(source_id, claim_id, "rests_on")]).get((source_id, claim_id))


def verdict_digest(claim: Claim) -> str:
    """Return a short text that differs for every other verdict: what an editor's page has shown."""
    return sha256(json_text(_facts(claim)).encode()).hexdigest()[:16]


def change_verdict(
    db: Database, source_id: str, claim: Claim, typed: TypedVerdict, *, by: str, now: datetime,
    seen: str | None = None,
) -> bool:  # fmt: skip
    """Write the verdict, and that the claim was edited; return whether that changed anything.

    seen: the digest of the verdict that the editor's page showed, None to write over whatever is there. Standings
    follow at once; scores only when somebody regrades. Raises UnusableVerdict, or VerdictChanged.
    """
    judged = judged_anew(claim, typed, today=now.date())
    with db.atomic():
        current = claim_or_none(db, source_id, claim.id)
        if current is None or judged == current:
            return False
        if seen is not None and seen != verdict_digest(current):
            raise _changed(db, source_id, current)
        update_claim(db, source_id, judged, by=by, now=now)
        record_audit(
            db, actor_id=by, action=ACTION, subject=_subject(source_id, claim), now=now,
            before=_facts(current), after=_facts(judged),
        )  # fmt: skip
    return True


def touched_by(db: Database, source_id: str, claim: Claim, *, by: str, today: date) -> Touched:
    """Return what leans on the claim, as the instructor may know it."""
    citing = select_questions_citing(db, source_id, claim.id, banks=banks_to_search(db, by))
    standings = standings_of(db, [question.version_id for question in citing], today=today)
    answered = select_quizzes_answered(db, source_id, claim.id)
    mine = [(touched, quiz) for touched in answered if (quiz := quiz_to_change_or_none(db, by, touched.id))]
    return Touched(
        questions=tuple(QuestionTouched(q, standings[q.version_id], _problem(db, q)) for q in citing),
        quizzes=tuple(MyQuiz(touched, quiz, _recounted(db, quiz, today)) for touched, quiz in mine),
        others=len(answered) - len(mine),
    )


def _changed(db: Database, source_id: str, current: Claim) -> VerdictChanged:
    entries = [e for e in select_entries_about(db, _subject(source_id, current)) if e.action == ACTION]
    editor = select_person_or_none(db, entries[-1].actor_id) if entries and entries[-1].actor_id else None
    if editor is None:
        return VerdictChanged(current, N_("The verdict has been changed since you opened the page."))
    sentence = N_("{name} changed the verdict on {moment}, after you opened the page.")
    return VerdictChanged(current, sentence, name=editor.name, moment=entries[-1].at)


def _subject(source_id: str, claim: Claim) -> str:
    return f"claim {source_id}/{claim.id}"


def _recounted(db: Database, quiz: Quiz, today: date) -> int:
    return len(plan_regrade(db, quiz, Wanted("recount", None), today=today).changed)


def _problem(db: Database, question: CitingQuestion) -> Explained | None:
    try:
        wording = open_wording(db, question.version_id)
        check_citations(wording, select_claims(db, wording.citations))
    except (UnfitCitation, UnknownType) as problem:
        return problem
    return None


def _facts(claim: Claim) -> dict[str, object]:
    return {
        "verdict": claim.verdict, "reason": claim.reason, "correction": claim.correction, "as_of": claim.as_of,
        "review_by": claim.review_by.isoformat(), "evidence": list(claim.evidence),
    }  # fmt: skip
