from __future__ import annotations

import pytest

from quiz.core.claims import Citation
from quiz.question_types import QUESTION_TYPES
from quiz.storage.database import Database
from quiz.workflows.draft_standing import draft_standing
from quiz.workflows.load_sources import load_source
from quiz.workflows.preview_question import preview_question
from tests.conftest import TODAY
from tests.small_content import source, wording


@pytest.fixture(autouse=True)
def bridge(sqlite_db: Database) -> None:
    load_source(sqlite_db, source())


@pytest.mark.parametrize("type_name", QUESTION_TYPES)
def test_every_type_can_be_previewed_with_its_key(sqlite_db: Database, type_name: str):
    ask, key = next(iter(QUESTION_TYPES[type_name].samples())).body

    preview = preview_question(sqlite_db, wording(type=type_name, ask=ask, key=key), today=TODAY)

    assert bool(preview.lines) == (preview.marking != "none")
    assert all(bool(line.right) == (preview.marking == "by_key") for line in preview.lines)
    assert preview.standing.word == ("checked" if preview.standing.asks else "nothing_asked")


def test_two_previews_of_one_wording_look_the_same(sqlite_db: Database):
    ask, key = next(iter(QUESTION_TYPES["single_choice"].samples())).body
    written = wording(type="single_choice", ask=ask, key=key)

    assert preview_question(sqlite_db, written, today=TODAY) == preview_question(
        sqlite_db, written, today=TODAY
    )


@pytest.mark.parametrize(
    ("basis", "citation", "word"),
    [
        ("world", Citation("bridge", "a01-1", "rests_on"), "checked"),
        ("world", Citation("bridge", "a02-1", "rests_on"), "unverified"),
        ("text", Citation("bridge", "a01-1", "rests_on"), "in_the_source"),
        ("check", Citation("bridge", "a02-1", "checks"), "checked"),
        ("check", Citation("bridge", "a02-1", "rests_on"), "unverified"),
        ("world", Citation("bridge", "a99-1", "rests_on"), "unverified"),
    ],
)
def test_the_standing_to_come_follows_from_basis_and_claims(
    sqlite_db: Database, basis: str, citation: Citation, word: str
):
    assert draft_standing(sqlite_db, basis, [citation], today=TODAY).word == word  # type: ignore[arg-type]
