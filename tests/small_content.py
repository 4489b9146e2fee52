"""Small sources and banks for tests: one article with three claims, one bank that cites them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from quiz.core.claims import Citation, Claim, Contradiction, NotPassage, Passage, Source
from quiz.core.documents import digest_of
from quiz.core.questions import Wording
from quiz.question_types import QUESTION_TYPES
from quiz.storage.banks import BankRow, upsert_bank
from quiz.storage.database import Database
from quiz.workflows.load_sources import load_source
from quiz.workflows.save_question import create_question
from tests.conftest import NOW

FIRST, SECOND, THIRD = (
    "The bridge opened in 1901.",
    "It is the longest today.",
    "What is it made of?\nOf steel.",
)
DOCUMENT = f"Home | News\n{FIRST}\n\n{SECOND}\n{THIRD}\n"


def claim(claim_id: str = "a01-1", **changes: object) -> Claim:
    """Return a supported claim about a finished event."""
    plain = Claim(
        id=claim_id,
        passage=claim_id.split("-")[0],
        statement="The bridge was opened in 1901.",
        kind="event",
        asserted_by="the author",
        verdict="supported",
        reason="The city's records agree.",
        correction="",
        as_of="1901",
        review_by=date(2031, 11, 22),
        volatility="settled",
        confidence="high",
        quizworthy=True,
        evidence=("https://example.org/records", "https://example.org/bridge"),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def source(source_id: str = "bridge", **changes: object) -> Source:
    """Return an article with a paragraph that holds, one that is out of date, and an FAQ entry."""
    steel = claim("f01-1", volatility="slow", as_of="2020-05")
    of_steel = tuple(digest_of(line) for line in THIRD.split("\n"))
    dated = claim(
        "a02-1", verdict="dated", reason="A longer one opened in 1950.", correction="It was, until 1950."
    )
    plain = Source(
        id=source_id,
        kind="article",
        title="The bridge",
        short_title="Bridge",
        byline="A. Writer",
        publisher="The Gazette",
        published="1940",
        language="en",
        checked_on=date(2026, 11, 22),
        reliability="Careful, but old.",
        evidence=("https://example.org/gazette",),
        passages=(
            Passage("a01", "paragraph", "The author dates it.", (digest_of(FIRST),), claims=(claim(),)),
            Passage("a02", "paragraph", "It is called the longest.", (digest_of(SECOND),), claims=(dated,)),
            Passage("f01", "faq", "The answer: steel.", of_steel, "What is it made of?", claims=(steel,)),
        ),
        page_claims=(claim("t01", passage="", where="in the page's title"),),
        not_passages=(NotPassage("navigation", "The menu", digest_of("Home | News")),),
        contradictions=(
            Contradiction("length", ("a02-1", "a01-1"), "Its length", "Both can't be.", "a map", "Which?"),
        ),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def wording(**changes: object) -> Wording:
    """Return a true/false question that rests on the claim that holds."""
    body = QUESTION_TYPES["true_false"].body_from_plain({"answer": True})
    plain = Wording(
        type="true_false",
        basis="world",
        stem="The bridge was opened in **1901**.",
        ask=body.ask,
        key=body.key,
        feedback="It was opened on 1 May 1901.",
        citations=(Citation("bridge", "a01-1", "rests_on"),),
        tags=("bridges", "dates"),
        difficulty="easy",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def add_bank(db: Database, bank_id: str = "towns") -> None:
    """Store an empty bank, and the source that its questions may cite."""
    load_source(db, source())
    upsert_bank(db, BankRow(bank_id, "Towns", "", "en", 0, "", 0), by=None, now=NOW)


def add_question(db: Database, question_id: str = "bridge-opened", **changes: object) -> str:
    """Store a ready question in the bank; return its version's id."""
    return create_question(
        db, "towns", wording(**changes), state="ready", by=None, now=NOW, question_id=question_id
    )[1]


BANK = """\
# Our town.
id = "towns"
title = "Towns"
description = "Bridges and roads."
language = "en"

[[question]]
id = "bridge-opened"
type = "true_false"
basis = "world"
stem = "The bridge was opened in **1901**."
tags = ["dates", "bridges"]
difficulty = "easy"
rests_on = ["a01-1"]
feedback = "It was opened on 1 May 1901."
  [question.body]
  answer = true

[[question]]
id = "bridge-year"
type = "numeric"
basis = "world"
stem = "In which year was the bridge opened?"
rests_on = ["bridge#a01-1"]
feedback = "In 1901."
  [question.body]
  answers = [{ value = 1901, tolerance = 0.5 }]
"""


def write_bank(folder: Path, text: str = BANK, name: str = "towns.toml") -> Path:
    """Write a bank file; return its path."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
