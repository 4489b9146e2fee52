"""A bank as files hold it: questions that belong together, each with an id and its wording."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.core.lint.findings import Ignore
from quiz.core.pictures import Picture
from quiz.core.questions import Wording


@dataclass(frozen=True)
class BankQuestion:
    """id: lower-case letters, digits and dashes; unique over all banks. ignores: by rule, each rule once."""

    id: str
    wording: Wording
    ignores: tuple[Ignore, ...] = ()


@dataclass(frozen=True)
class Bank:
    """language: of its questions, as in ``<html lang>``. pictures: those its questions show, by id."""

    id: str
    title: str
    description: str
    language: str
    questions: tuple[BankQuestion, ...] = ()
    pictures: tuple[Picture, ...] = ()
