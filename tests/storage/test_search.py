from __future__ import annotations

import pytest

from quiz.storage.database import Database
from quiz.storage.search import prepare_search, search_questions, words_of
from quiz.workflows.retire_question import retire_question
from quiz.workflows.save_question import save_version
from tests.conftest import NOW
from tests.small_content import add_bank, add_question, wording


@pytest.fixture(autouse=True)
def towns(db: Database) -> None:
    add_bank(db)
    add_question(
        db, "aleppo", stem="The Citadel of Aleppo stands.", tags=("syria",), feedback="Since long ago."
    )
    add_question(db, "damascus", stem="Damascus lies on the Barada river.", difficulty="hard")
    add_question(db, "arabic", stem="تقع القلعة في حلب", tags=())


def found(db: Database, **asked: object) -> list[str]:
    return [question.question_id for question in search_questions(db, **asked)]  # type: ignore[arg-type]


def test_without_words_all_questions_are_listed_by_id(db: Database) -> None:
    assert found(db) == ["aleppo", "arabic", "damascus"]
    assert found(db, words="  ") == ["aleppo", "arabic", "damascus"]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("citadel", ["aleppo"]),
        ("CITADEL stands", ["aleppo"]),
        ("dam", ["damascus"]),
        ("river dama", ["damascus"]),
        ("dama river", []),
        ("citadel damascus", []),
        ("قلعه", ["arabic"]),
        ("القلعة", ["arabic"]),
        ("syria", ["aleppo"]),
        ("since long", ["aleppo"]),
        ("a01-1", ["aleppo", "arabic", "damascus"]),
    ],
)
def test_all_words_must_occur_the_last_may_be_begun(db: Database, words: str, ids: list[str]) -> None:
    assert found(db, words=words) == ids


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "'",
        "cit*",
        "citadel AND",
        "citadel)",
        "NEAR(a b)",
        "folded:citadel",
        "-",
        "a:* & !b",
        "\\",
        "\0",
        "%",
        "::",
    ],
)
def test_nothing_that_is_typed_is_an_error(db: Database, words: str) -> None:
    found(db, words=words)


def test_signs_without_a_word_find_nothing(db: Database) -> None:
    assert found(db, words="?!") == []


def test_a_very_long_question_is_cut_short(db: Database) -> None:
    assert found(db, words="citadel " * 5000) == ["aleppo"]


def test_a_row_tells_what_a_list_shows(db: Database) -> None:
    (row,) = search_questions(db, words="citadel")

    assert (row.bank_id, row.bank_title, row.number, row.state) == ("towns", "Towns", 1, "ready")
    assert (row.type, row.basis, row.difficulty, row.tags) == ("true_false", "world", "easy", ("syria",))
    assert (row.stem, row.updated) == ("The Citadel of Aleppo stands.", NOW)


def test_filters_narrow_what_is_listed(db: Database) -> None:
    assert found(db, tag="syria") == ["aleppo"]
    assert found(db, words="the", tag="syria") == ["aleppo"]
    assert found(db, bank="elsewhere") == []
    assert found(db, type="numeric") == []
    assert found(db, basis="check") == []
    assert found(db, bank="towns", type="true_false", basis="world", state="ready", words="dama") == [
        "damascus"
    ]


def test_retired_questions_are_listed_only_on_request(db: Database) -> None:
    retire_question(db, "aleppo", now=NOW)

    assert found(db) == ["arabic", "damascus"]
    assert found(db, state="ready") == ["arabic", "damascus"]
    assert [(q.question_id, q.state) for q in search_questions(db, state="retired")] == [
        ("aleppo", "retired")
    ]


def test_a_question_is_listed_once_as_its_newest_version(db: Database) -> None:
    save_version(db, "aleppo", wording(stem="The old town of Aleppo."), state="draft", by=None, now=NOW)

    assert [(q.number, q.state) for q in search_questions(db, words="aleppo")] == [(2, "draft")]
    assert found(db, words="citadel") == []
    assert found(db, state="draft") == ["aleppo"]


def test_pages_follow_one_another_without_gap_or_overlap(db: Database) -> None:
    first = found(db, limit=2)

    assert first == ["aleppo", "arabic"]
    assert found(db, limit=2, after=first[-1]) == ["damascus"]


def test_preparing_the_search_again_changes_nothing(db: Database) -> None:
    prepare_search(db)

    assert found(db, words="citadel") == ["aleppo"]


def test_words_are_bare() -> None:
    assert words_of("Asharq Al-Awsat's “first_page”: 9 %") == [
        "asharq",
        "al",
        "awsat",
        "s",
        "first",
        "page",
        "9",
    ]
