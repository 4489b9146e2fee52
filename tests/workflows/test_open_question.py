from __future__ import annotations

import threading

import pytest

from quiz.storage.database import Database, RowCountError
from quiz.workflows import open_question
from quiz.workflows.open_question import (
    UnknownType,
    open_keyed,
    open_keyed_many,
    open_public,
    open_public_many,
    type_called,
)
from tests.small_content import add_bank, add_question, wording


@pytest.fixture
def version(sqlite_db: Database) -> str:
    add_bank(sqlite_db)
    return add_question(sqlite_db)


def test_the_halves_are_the_types_own_values(sqlite_db: Database, version: str) -> None:
    question, key = open_keyed(sqlite_db, version)

    assert (question.ask, key.key) == (wording().ask, wording().key)
    assert open_public(sqlite_db, version) == question


def test_a_version_is_parsed_once(sqlite_db: Database, version: str) -> None:
    assert open_public(sqlite_db, version) is open_public(sqlite_db, version)
    assert open_keyed(sqlite_db, version)[1] is open_keyed(sqlite_db, version)[1]


def test_many_are_opened_in_the_order_asked_and_unknown_ones_left_out(
    sqlite_db: Database, version: str
) -> None:
    other = add_question(sqlite_db, "bridge-other", stem="Another.")

    assert list(open_public_many(sqlite_db, [other, "none", version, other])) == [other, version]
    assert list(open_keyed_many(sqlite_db, [other, "none", version])) == [other, version]


def test_an_unknown_version_is_an_error(sqlite_db: Database) -> None:
    with pytest.raises(RowCountError):
        open_public(sqlite_db, "none")
    with pytest.raises(RowCountError):
        open_keyed(sqlite_db, "none")


def test_a_type_that_is_not_installed_is_named() -> None:
    with pytest.raises(UnknownType, match="hologram"):
        type_called("hologram")


def test_no_more_is_kept_than_allowed_and_what_goes_is_read_again(
    sqlite_db: Database, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_question, "MOST_KEPT", 2)
    versions = [version, *(add_question(sqlite_db, f"q{n}", stem=f"Stem {n}.") for n in range(3))]
    first = open_public(sqlite_db, version)
    for version_id in versions:
        open_public(sqlite_db, version_id)

    assert open_public(sqlite_db, version) is not first
    assert open_public(sqlite_db, version) == first
    assert len(open_public_many(sqlite_db, versions)) == 4


def test_threads_open_the_same_question_at_once(sqlite_db: Database, version: str) -> None:
    opened = []
    threads = [
        threading.Thread(target=lambda: opened.append(open_keyed(sqlite_db, version))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(opened) == 8
    assert all(pair == opened[0] for pair in opened)
