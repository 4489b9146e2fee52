"""What score files hold: the columns of each kind of file, and its rows, made one at a time.

wide: a row per learner, with the attempt that counts. long: a row per answer, of every attempt. Column names
are the same in every language, so that programs can rely on them; their meanings are for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from quiz.core.messages import N_
from quiz.core.scores import Answer, AttemptHead, percent_of, that_counts
from quiz.core.standing import VERDICT_WORDS, Reason, Standing
from quiz.core.tables import Cell, Column, Row

NOT_STARTED = "not_started"
Asked = tuple[AttemptHead, Answer]


@dataclass(frozen=True)
class Learner:
    """Somebody of the class. email: None for a guest."""

    person_id: str
    name: str
    email: str | None


@dataclass(frozen=True)
class AnswerWords:
    """An answer as people read it, and the right one. given: "" if it was left blank."""

    given: str
    right: str


LEARNER_COLUMNS = (
    Column("name", N_("Name of the learner")),
    Column("email", N_("E-mail address; empty for a guest")),
    Column("person_id", N_("Id of the learner, which stays when the name changes")),
)
QUIZ_COLUMNS = (Column("quiz", N_("Title of the quiz")), Column("quiz_id", N_("Id of the quiz")))
ATTEMPT_COLUMNS = (
    Column("attempt", N_("Number of the attempt among the learner's own, from 1")),
    Column(
        "state",
        N_("submitted, open, not_started, or abandoned: not submitted in time, so that it does not count"),
    ),
    Column("started_at", N_("When the attempt began, UTC")),
    Column("submitted_at", N_("When it was submitted, UTC; empty while it is open")),
)
SCORE_COLUMNS = (
    Column(
        "seconds_spent",
        N_("Seconds between the steps of the attempt, pauses of over half an hour cut to that"),
    ),
    Column("earned", N_("Points earned, of the questions that count; empty while the attempt is open")),
    Column("possible", N_("Points that could be earned")),
    Column(
        "percent",
        N_("Earned of possible, in percent; below 0 where certainty cost more than right answers earned"),
    ),
    Column(
        "uncounted",
        N_("Questions that were asked but do not count: their keys were unverified, or they were dropped"),
    ),
    Column(
        "unmarked",
        N_("Answers that wait for a person to mark them; above 0, the points are those so far"),
    ),
    Column("receipt", N_("Receipt that the learner has")),
)
WIDE_COLUMNS = (
    *LEARNER_COLUMNS,
    *QUIZ_COLUMNS,
    Column(
        "attempts_made",
        N_(
            "Attempts that the learner started. This row holds the one that counts by the quiz's rule; where the mean "
            "counts, the attempt submitted last, with the mean as its points"
        ),
    ),
    *ATTEMPT_COLUMNS,
    *SCORE_COLUMNS,
)
QUESTION_COLUMNS = (
    (
        "earned",
        N_(
            "{about}: points earned, counted or not, below 0 for a wrong answer that its learner was sure of; empty if "
            "it was not asked, left blank or not marked yet"
        ),
    ),
    (
        "standing",
        N_(
            "{about}: what the learner was told about the key: checked, in_the_source, unverified, "
            "marked_by_a_person or nothing_asked"
        ),
    ),
    ("version", N_("{about}: number of the wording that was asked")),
    ("seconds", N_("{about}: seconds spent on it")),
)
LONG_COLUMNS = (
    *LEARNER_COLUMNS,
    *QUIZ_COLUMNS,
    *ATTEMPT_COLUMNS,
    Column("position", N_("Place of the question in the attempt, from 1")),
    Column("question_id", N_("Id of the question")),
    Column("version", N_("Number of the wording that was asked")),
    Column("type", N_("Type of the question")),
    Column(
        "basis", N_("world: what is so; text: what a source says; check: whether a claim of a source holds")
    ),
    Column("stem", N_("The question, as it was asked")),
    Column("response", N_("The learner's answer in words; empty if it was left blank")),
    Column("right", N_("The right answer in words")),
    Column(
        "fraction",
        N_(
            "What the answer earned as a share of its points, 0 to 1; down to -2 where certainty counts; empty if it "
            "was left blank or is not marked yet"
        ),
    ),
    Column(
        "correctness",
        N_("How right the answer is, 0 to 1, before tries and certainty cost anything; empty as fraction is"),
    ),
    Column("certainty", N_("How sure the learner was, 1 to 3; empty if it was not asked or not said")),
    Column("tries", N_("How often the answer was checked; 0 where answers are marked together at the end")),
    Column("points", N_("Points that the question is worth")),
    Column("earned", N_("Points that the answer earned")),
    Column("counted", N_("Whether the question counts towards the score")),
    Column(
        "grading",
        N_("marked; waiting: for a person; blank; nothing_asked; empty while the attempt is not submitted"),
    ),
    Column("extra", N_("Whether the learner asked for this question, to practise")),
    Column(
        "standing",
        N_(
            "What the learner was told about the key: checked, in_the_source, unverified, "
            "marked_by_a_person or nothing_asked"
        ),
    ),
    Column("standing_as_of", N_("The date that the learner saw beside it")),
    Column("standing_reasons", N_("Why the key was unverified")),
    Column("seconds_spent", N_("Seconds spent on the question")),
    Column("saved_at", N_("When the answer was saved last, UTC")),
)


def wide_columns(question_ids: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of a wide file on a quiz that asked these questions."""
    asked = tuple(
        Column(f"{question_id} {name}", meaning, question_id)
        for question_id in question_ids
        for name, meaning in QUESTION_COLUMNS
    )
    return WIDE_COLUMNS + asked


def wide_rows(asked: Iterable[Asked], question_ids: Sequence[str]) -> Iterator[Row]:
    """Give one row per learner: the attempt that counts. asked: by learner, then attempt, then place.

    An attempt that was started after the columns were fixed may hold a question that has none; it is not in
    the file. Neither is what learners asked for besides.
    """
    asked = ((head, answer) for head, answer in asked if not answer.is_extra)
    columns = {question_id: at for at, question_id in enumerate(question_ids)}
    for _, of_learner in groupby(asked, key=lambda pair: pair[0].person_id):
        attempts = [list(places) for _, places in groupby(of_learner, key=lambda pair: pair[0].id)]
        known = [places for places in attempts if all(answer.question_id in columns for _, answer in places)]
        if known:
            head = that_counts(places[0][0] for places in known)
            answers = next([answer for _, answer in places] for places in known if places[0][0].id == head.id)
            yield _wide_row(head, answers, len(known), columns)


def not_started_rows(learners: Iterable[Learner], *, quiz: str, quiz_id: str, columns: int) -> Iterator[Row]:
    """Give a wide row for each learner who has no attempt, as long as the others."""
    for learner in learners:
        row: list[Cell] = [*_learner(learner), quiz, quiz_id, 0, None, NOT_STARTED]
        yield row + [None] * (columns - len(row))


def _wide_row(head: AttemptHead, answers: Sequence[Answer], made: int, columns: dict[str, int]) -> Row:
    cells: list[Cell] = [None] * (len(columns) * len(QUESTION_COLUMNS))
    for answer in answers:
        at = columns[answer.question_id] * len(QUESTION_COLUMNS)
        cells[at : at + len(QUESTION_COLUMNS)] = (
            answer.earned,
            answer.standing.word,
            answer.version,
            answer.seconds_spent,
        )
    return [
        *_learner(head),
        head.quiz_title,
        head.quiz_id,
        made,
        *_attempt(head),
        sum(answer.seconds_spent for answer in answers),
        head.earned,
        head.possible,
        percent_of(head.earned, head.possible),
        sum(not answer.is_counted for answer in answers),
        head.unmarked,
        head.receipt,
        *cells,
    ]


def long_rows(asked: Iterable[Asked], words_of: Callable[[Answer], AnswerWords]) -> Iterator[Row]:
    """Give one row per answer, of every attempt, open ones too. words_of: tells an answer in words."""
    for head, answer in asked:
        words = words_of(answer)
        yield [
            *_learner(head),
            head.quiz_title,
            head.quiz_id,
            *_attempt(head),
            answer.position,
            answer.question_id,
            answer.version,
            answer.type,
            answer.basis,
            answer.stem,
            words.given,
            words.right,
            answer.fraction,
            answer.correctness,
            answer.certainty,
            answer.tries,
            answer.points,
            answer.earned,
            answer.is_counted,
            _grading(head, answer),
            answer.is_extra,
            answer.standing.word,
            answer.standing.as_of,
            reasons_in_words(answer.standing),
            answer.seconds_spent,
            answer.saved_at,
        ]


CLASS_COLUMNS = (
    ("earned", N_("{about}: points earned in the attempt that counts")),
    ("possible", N_("{about}: points that could be earned in it")),
    ("percent", N_("{about}: earned of possible, in percent")),
    ("unmarked", N_("{about}: answers that wait for a person to mark them")),
    ("attempts", N_("{about}: attempts that the learner started")),
)


def class_columns(quizzes: Sequence[tuple[str, str]]) -> tuple[Column, ...]:
    """Return the columns of a file on a class. quizzes: id and title of each."""
    of_quizzes = tuple(
        Column(f"{title} ({quiz_id}) {name}", meaning, title)
        for quiz_id, title in quizzes
        for name, meaning in CLASS_COLUMNS
    )
    return LEARNER_COLUMNS + of_quizzes


def class_rows(attempts: Iterable[AttemptHead], quiz_ids: Sequence[str]) -> Iterator[Row]:
    """Give one row per learner with their best result in each quiz. attempts: by learner, then quiz."""
    columns = {quiz_id: at for at, quiz_id in enumerate(quiz_ids)}
    for _, of_learner in groupby(attempts, key=lambda head: head.person_id):
        made = list(of_learner)
        yield [*_learner(made[0]), *_results(made, columns)]


def _results(made: Sequence[AttemptHead], columns: dict[str, int]) -> list[Cell]:
    cells: list[Cell] = [None] * (len(columns) * len(CLASS_COLUMNS))
    for quiz_id, of_quiz in groupby(made, key=lambda head: head.quiz_id):
        # A quiz that was made after the columns were fixed has none.
        if quiz_id in columns:
            heads = list(of_quiz)
            best = that_counts(heads)
            at = columns[quiz_id] * len(CLASS_COLUMNS)
            percent = percent_of(best.earned, best.possible)
            cells[at : at + len(CLASS_COLUMNS)] = (
                best.earned,
                best.possible,
                percent,
                best.unmarked,
                len(heads),
            )
    return cells


def class_rows_without_attempts(learners: Iterable[Learner], *, columns: int) -> Iterator[Row]:
    """Give a row for each learner who started nothing, as long as the others."""
    for learner in learners:
        yield _learner(learner) + [None] * (columns - len(LEARNER_COLUMNS))


def reasons_in_words(standing: Standing) -> str:
    """Return why the key was unverified, in English; "" if it was not."""
    return "; ".join(_reason_in_words(reason) for reason in standing.reasons)


def _reason_in_words(reason: Reason) -> str:
    verdict = VERDICT_WORDS[reason.verdict] if reason.verdict else ""
    return reason.sentence.format(verdict=verdict, reason=reason.detail, date=reason.since)


def _grading(head: AttemptHead, answer: Answer) -> str | None:
    """Return how far the marking of an answer is, in a word of the column."""
    if head.state != "submitted":
        return None
    if not answer.standing.asks:
        return "nothing_asked"
    if answer.response is None:
        return "blank"
    return "waiting" if answer.fraction is None else "marked"


def _learner(learner: Learner | AttemptHead) -> list[Cell]:
    return [learner.name, learner.email, learner.person_id]


def _attempt(head: AttemptHead) -> list[Cell]:
    return [head.number, head.state, head.started_at, head.submitted_at]
