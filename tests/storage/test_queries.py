from __future__ import annotations

from pathlib import Path

import pytest

from quiz.storage.queries import load_queries

SHARED = """
-- name: select_due
-- Why this is asked.
SELECT id FROM cards WHERE due <= :now AND note LIKE '10%' AND clock = '12:30';

-- name: select_many
SELECT id FROM cards WHERE id IN (SELECT value FROM json_each(:ids));
"""
OVERLAY = """
-- name: select_many
SELECT id FROM cards WHERE id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));
"""


def test_one_text_serves_both_databases_in_their_own_words(tmp_path: Path) -> None:
    (tmp_path / "cards.sql").write_text(SHARED)

    sql = load_queries(str(tmp_path / "cards.py"))

    assert "due <= :now AND note LIKE '10%' AND clock = '12:30'" in sql.select_due.sqlite
    assert "due <= %(now)s AND note LIKE '10%%' AND clock = '12:30'" in sql.select_due.postgres


def test_a_statement_carries_its_name_so_that_a_log_tells_it(tmp_path: Path) -> None:
    (tmp_path / "cards.sql").write_text(SHARED)

    sql = load_queries(str(tmp_path / "cards.py"))

    assert sql.select_due.name == "cards.select_due"
    assert sql.select_due.sqlite.startswith("/* cards.select_due */")


def test_an_overlay_stands_in_on_postgres_alone(tmp_path: Path) -> None:
    (tmp_path / "cards.sql").write_text(SHARED)
    (tmp_path / "cards.postgres.sql").write_text(OVERLAY)

    sql = load_queries(str(tmp_path / "cards.py"))

    assert "json_each(:ids)" in sql.select_many.sqlite
    assert "= ANY(" in sql.select_many.postgres
    assert "%(now)s" in sql.select_due.postgres


def test_an_overlay_of_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cards.sql").write_text(SHARED)
    (tmp_path / "cards.postgres.sql").write_text(OVERLAY.replace("select_many", "select_some"))

    with pytest.raises(
        ValueError, match=r"cards.postgres.sql has blocks that cards.sql lacks: \['select_some'\]"
    ):
        load_queries(str(tmp_path / "cards.py"))
