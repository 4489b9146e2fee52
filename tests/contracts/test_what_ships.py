"""What ships must load without a mistake, and say of itself what the program says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.claims import Source
from quiz.storage.bank_files import bank_files_in
from quiz.storage.banks import select_banks
from quiz.storage.database import Database
from quiz.storage.seed_files import read_source_folders
from quiz.workflows.load_banks import load_banks
from quiz.workflows.load_sources import load_sources
from quiz.workflows.question_standing import passage_standings_of
from tests.conftest import NOW, TODAY

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def article() -> Source:
    """The article with its FAQ."""
    sources = {
        folder.source.id: folder.source for folder in read_source_folders(ROOT / "seeds") if folder.source
    }
    return sources["syria-iran-2024"]


def test_all_of_it_loads_and_loads_once(db: Database) -> None:
    assert load_sources(db, ROOT / "seeds").mistakes == ()
    assert load_banks(db, ROOT / "questions", now=NOW).mistakes == ()
    assert sum(bank.questions for bank in select_banks(db)) >= 120

    assert {source.state for source in load_sources(db, ROOT / "seeds").sources} == {"unchanged"}
    assert all(bank.is_unchanged for bank in load_banks(db, ROOT / "questions", now=NOW).banks)
    assert len(bank_files_in(ROOT / "questions")) == len(select_banks(db))


def test_every_paragraph_and_entry_is_there_with_its_digest(article: Source) -> None:
    keys = [f"a{n:02}" for n in range(1, 39)] + [f"f{n:02}" for n in range(1, 18)]

    assert [passage.key for passage in article.passages] == keys
    assert all(len(p.digests) == (2 if p.kind == "faq" else 1) for p in article.passages)


def test_thirteen_of_the_seventeen_entries_are_unverified(article: Source) -> None:
    standings = passage_standings_of(article, today=TODAY)

    verified = [p.key for p in article.passages if p.kind == "faq" and standings[p.key].is_verified]
    assert verified == ["f10", "f11", "f12", "f14"]
