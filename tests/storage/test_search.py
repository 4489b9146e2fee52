from __future__ import annotations

import pytest

from quiz.core.searched_words import words_of
from quiz.storage import search as module
from quiz.storage.database import Database
from quiz.storage.search import (
    Search,
    Total,
    estimate_matches,
    known_count,
    prepare_search,
    search_questions,
)
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


def test_without_words_all_questions_are_listed_the_newest_first(db: Database) -> None:
    assert found(db) == ["arabic", "damascus", "aleppo"]
    assert found(db, words="  ") == ["arabic", "damascus", "aleppo"]


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
        ("a01-1", ["arabic", "damascus", "aleppo"]),
        ("da", []),
    ],
)
def test_all_words_must_occur_the_last_may_be_begun_by_three_letters(
    db: Database, words: str, ids: list[str]
) -> None:
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
    assert found(db, words="citadel") == []
    assert [(q.question_id, q.state) for q in search_questions(db, state="retired")] == [
        ("aleppo", "retired")
    ]


def test_a_question_is_listed_once_as_its_newest_version(db: Database) -> None:
    save_version(db, "aleppo", wording(stem="The old town of Aleppo."), state="draft", by=None, now=NOW)

    assert [(q.number, q.state) for q in search_questions(db, words="aleppo")] == [(2, "draft")]
    assert found(db, words="citadel") == []
    assert found(db, state="draft") == ["aleppo"]


def test_pages_follow_one_another_without_gap_or_overlap(db: Database) -> None:
    first = search_questions(db, limit=2)

    assert [question.question_id for question in first] == ["arabic", "damascus"]
    assert found(db, limit=2, after=first[-1].place) == ["aleppo"]
    assert found(db, limit=2, after=1) == []


def test_filters_are_found_by_difficulty_author_and_claim(db: Database) -> None:
    assert found(db, difficulty="hard") == ["damascus"]
    assert found(db, citing="bridge/a01-1", difficulty="easy") == ["arabic", "aleppo"]
    assert found(db, citing="a02-1") == []
    assert found(db, author="nobody") == []


def test_only_the_banks_that_one_may_see_are_searched(db: Database) -> None:
    assert found(db, banks=frozenset({"elsewhere"})) == []
    assert found(db, banks=frozenset()) == []
    assert found(db, banks=frozenset({"towns", "elsewhere"}), words="citadel") == ["aleppo"]
    assert found(db, banks=frozenset({"elsewhere"}), bank="towns") == []


def test_banks_that_one_may_not_see_are_left_out(db: Database) -> None:
    assert found(db, hidden=frozenset({"towns"})) == []
    assert found(db, hidden=frozenset({"elsewhere"}), words="citadel") == ["aleppo"]
    assert found(db, hidden=frozenset({"towns"}), bank="towns") == []


def test_the_number_of_questions_with_one_filter_is_known(db: Database) -> None:
    assert known_count(db, Search()) == 3
    assert known_count(db, Search(difficulty="hard")) == 1
    assert known_count(db, Search(tag="syria", bank="towns")) == 1
    assert known_count(db, Search(state="retired")) == 0
    assert known_count(db, Search(hidden=frozenset({"towns"}))) == 0
    assert known_count(db, Search(words="?!")) == 0
    assert known_count(db, Search(words="citadel")) is None
    assert known_count(db, Search(tag="syria", type="date")) is None


def test_many_matches_are_estimated(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ENOUGH", 1)

    assert estimate_matches(db, Search(words="a01"), at_least=1) == Total(3, "about")
    assert estimate_matches(db, Search(banks=frozenset({"towns"}), difficulty="easy"), at_least=1) == Total(
        2, "about"
    )
    assert estimate_matches(db, Search(words="dama"), at_least=2) == Total(2, "about")


def test_an_estimate_from_too_few_says_only_at_least(db: Database) -> None:
    assert estimate_matches(db, Search(words="a01"), at_least=2) == Total(2, "least")


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
