from __future__ import annotations

from pathlib import Path

from quiz.core.claims import Citation
from quiz.storage.database import Database
from quiz.storage.seed_writing import write_source_files
from quiz.storage.sources import select_claims, select_originals, select_source, select_sources, update_claim
from quiz.workflows.attach_source import attach_source
from quiz.workflows.load_sources import load_source, load_sources
from tests.conftest import NOW
from tests.small_content import DOCUMENT, add_bank, add_question, claim, source


def test_loading_again_does_nothing(db: Database) -> None:
    assert load_source(db, source()).state == "new"
    assert load_source(db, source()).state == "unchanged"


def test_a_change_is_taken_over(db: Database) -> None:
    load_source(db, source())
    first, *others = source().passages
    changed = source(
        passages=(first.__class__("a01", "paragraph", "Told anew.", claims=(claim(reason="Seen."),)), *others)
    )

    assert load_source(db, changed).state == "updated"
    assert select_source(db, "bridge") == changed


def test_a_claim_edited_in_the_pages_is_kept_and_reported(db: Database) -> None:
    load_source(db, source())
    edited = claim(verdict="disputed", reason="Two records differ.")
    update_claim(db, "bridge", edited, by=None, now=NOW)

    loaded = load_source(db, source(reliability="Very old."))

    assert loaded.kept == ("a01-1",)
    assert select_claims(db, [Citation("bridge", "a01-1", "checks")])["bridge", "a01-1"] == edited
    assert select_source(db, "bridge").reliability == "Very old."


def test_an_edited_claim_that_the_file_has_taken_over_is_no_longer_edited(db: Database) -> None:
    load_source(db, source())
    update_claim(db, "bridge", claim(reason="Seen."), by=None, now=NOW)
    first, *others = source().passages
    taken_over = source(
        passages=(first.__class__("a01", "paragraph", "Gist.", claims=(claim(reason="Seen."),)), *others)
    )

    assert load_source(db, taken_over).kept == ()
    assert load_source(db, source()).kept == ()
    assert select_source(db, "bridge") == source()


def test_a_claim_gone_from_the_file_stays_only_if_something_needs_it(db: Database) -> None:
    add_bank(db)
    add_question(db)
    without = source(passages=source().passages[2:], contradictions=())

    loaded = load_source(db, without)

    assert loaded.left == ("a01-1",)
    assert [passage.key for passage in select_source(db, "bridge").passages] == ["a01", "f01"]


def test_the_text_of_a_passage_is_let_go_with_its_digest(db: Database) -> None:
    load_source(db, source())
    attach_source(db, "bridge", DOCUMENT, now=NOW)
    first, *others = source().passages
    other_text = source(
        passages=(first.__class__("a01", "paragraph", "Gist.", ("0" * 64,), claims=first.claims), *others)
    )

    load_source(db, other_text)

    assert list(select_originals(db, "bridge")) == ["a02", "f01"]
    assert select_sources(db)[0].attached is None


def test_a_bad_source_loads_nothing_and_the_others_load(sqlite_db: Database, tmp_path: Path) -> None:
    write_source_files(tmp_path / "bridge", source())
    write_source_files(tmp_path / "tower", source("tower"))
    (tmp_path / "bridge" / "faq.toml").write_text("[[passage]]\n")

    report = load_sources(sqlite_db, tmp_path)

    assert [loaded.id for loaded in report.sources] == ["tower"]
    assert [row.id for row in select_sources(sqlite_db)] == ["tower"]
    assert "bridge/faq.toml: passage no. 1: key is missing" in [str(mistake) for mistake in report.mistakes]


def test_a_source_that_became_bad_stays_as_it_was(sqlite_db: Database, tmp_path: Path) -> None:
    write_source_files(tmp_path / "bridge", source())
    load_sources(sqlite_db, tmp_path)
    (tmp_path / "bridge" / "faq.toml").write_text("[[passage]]\n")

    load_sources(sqlite_db, tmp_path)

    assert select_source(sqlite_db, "bridge") == source()
