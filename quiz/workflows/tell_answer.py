"""Tell an answer in words beside the right one, whatever type its question is of."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.core.pictures import without_pictures
from quiz.core.question_type import ReviewLine
from quiz.core.score_rows import AnswerWords
from quiz.core.scores import Answer
from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.workflows.open_question import UnknownType, open_keyed, type_called


def review_lines_of(db: Database, answer: Answer) -> tuple[ReviewLine, ...]:
    """Return the answer part by part beside the key.

    If the question's type is not installed any more, the stored answer stands for itself, without the right
    one.
    """
    try:
        question, key = open_keyed(db, answer.version_id)
        return tuple(type_called(question.type).review_lines(question.ask, key.key, answer.response))
    except UnknownType:
        given = "" if answer.response is None else json_text(answer.response)
        return (ReviewLine("", given, "", answer.fraction or 0.0),)


def tell_answer(db: Database, answer: Answer) -> AnswerWords:
    """Return the answer and the right one, each in one line."""
    lines = review_lines_of(db, answer)
    return AnswerWords(
        _in_one_line((line.asked, line.given) for line in lines),
        _in_one_line((line.asked, line.right) for line in lines),
    )


def _in_one_line(parts: Iterable[tuple[str, str]]) -> str:
    told = "; ".join(f"{asked}: {said}" if asked else said for asked, said in parts if said)
    return without_pictures(told)
