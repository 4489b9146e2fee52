"""What is exported comes back as it was, in every format: nothing changes, and what it rests on is told again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.core.claims import Citation
from quiz.core.markdown_items import in_markdown
from quiz.core.travelling import taken_in
from quiz.formats import FORMATS
from quiz.storage.banks import select_banks
from quiz.storage.connect import open_database
from quiz.storage.database import Database
from quiz.workflows.export_bank_as import export_bank_as
from quiz.workflows.load_banks import load_banks
from quiz.workflows.load_sources import load_sources
from quiz.workflows.outgoing_questions import items_of_bank
from quiz.workflows.plan_import import IntoBank, Upload, counted, look_at_import
from tests.conftest import NOW, TODAY

ROOT = Path(__file__).parents[2]
EACH = pytest.mark.parametrize("exchange_format", FORMATS.values(), ids=lambda f: f.name)


@pytest.fixture(scope="module")
def shipped(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with all that ships; these tests only read it."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("shipped") / "footnote.db")
    db = open_database(f"sqlite:///{path}")
    load_sources(db, ROOT / "seeds")
    load_banks(db, ROOT / "questions", now=NOW)
    yield db
    db.close()


@EACH
def test_a_bank_that_comes_back_changes_nothing(shipped: Database, exchange_format) -> None:
    for bank in select_banks(shipped):
        exported = export_bank_as(shipped, bank.id, exchange_format, today=TODAY)
        if exported.questions == exported.lost:
            continue
        upload = Upload(exported.data, exported.file_name, exchange_format.name)
        _, planned = look_at_import(shipped, upload, IntoBank(bank.id), now=NOW)

        rows = [one.row for one in planned]
        assert [row for row in rows if row.action != "same"] == []
        assert counted(rows)["action:same"] == exported.questions - exported.lost


@EACH
def test_claims_basis_and_standing_come_back_or_it_is_told_that_they_do_not(
    shipped: Database, exchange_format
) -> None:
    for bank in select_banks(shipped):
        items = {item.id: item for item in items_of_bank(shipped, bank.id, today=TODAY)}
        exported = export_bank_as(shipped, bank.id, exchange_format, today=TODAY)
        silent = {r.where for r in exported.remarks if "no place for sources and standing" in r.text}
        for back in exchange_format.read(exported.data).items if exported.questions > exported.lost else ():
            arrived = taken_in(in_markdown(back)[0])
            if arrived.grounding is None:
                assert silent, f"{exchange_format.name} loses it in silence"
            elif back.id in items:
                sent = taken_in(items[back.id]).grounding
                told = arrived.grounding
                assert (told.basis, told.standing or sent.standing) == (sent.basis, sent.standing)
                # Our own files leave out the source where the claim alone says it.
                assert {c.claim for c in told.citations} == {c.claim for c in sent.citations}


def test_the_visible_line_alone_is_enough(shipped: Database) -> None:
    """text2qti has neither ids nor tags."""
    text = FORMATS["text2qti"]
    reading = text.read(text.write(items_of_bank(shipped, "the-article", today=TODAY)).data)

    told = [taken_in(item).grounding for item in reading.items]
    assert all(grounding and grounding.citations and grounding.standing for grounding in told)
    assert all(isinstance(citation, Citation) for grounding in told for citation in grounding.citations)


def test_our_own_file_can_be_loaded_as_it_is(shipped: Database, tmp_path: Path) -> None:
    (tmp_path / "the-article.toml").write_bytes(
        export_bank_as(shipped, "the-article", FORMATS["footnote_toml"], today=TODAY).data
    )

    report = load_banks(shipped, tmp_path, now=NOW)

    assert report.mistakes == ()
    assert [(loaded.new, loaded.changed) for loaded in report.banks] == [((), ())]
