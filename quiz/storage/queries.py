"""Named SQL from the .sql file beside a module, in the words of both databases.

A file holds blocks; each starts with ``-- name: select_due_cards``. Parameters are written ``:learner_id``,
whatever the database. Where one text can't serve both, ``<module>.postgres.sql`` holds PostgreSQL's words for
a block of the same name.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import aiosql


@dataclass(frozen=True)
class Statement:
    """One query. sqlite: with ``:name`` parameters; postgres: with ``%(name)s``, percent signs doubled."""

    name: str
    sqlite: str
    postgres: str


def load_queries(module_file: str) -> SimpleNamespace:
    """Return the blocks of ``<module>.sql`` as attributes, each a Statement.

    Raises ValueError if an overlay has a block that the shared file lacks.
    """
    shared = Path(module_file).with_suffix(".sql")
    overlay = shared.with_suffix(".postgres.sql")
    in_sqlite = _texts(shared, "sqlite3")
    in_postgres = _texts(shared, "psycopg")
    if overlay.exists():
        own = _texts(overlay, "psycopg")
        if strays := own.keys() - in_sqlite.keys():
            raise ValueError(f"{overlay.name} has blocks that {shared.name} lacks: {sorted(strays)}")
        in_postgres |= own
    statements = {
        name: Statement(f"{shared.stem}.{name}", in_sqlite[name], in_postgres[name]) for name in in_sqlite
    }
    return SimpleNamespace(**statements)


def _texts(path: Path, driver: str) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    if driver == "psycopg":
        # psycopg takes every percent sign for a placeholder, and aiosql leaves ours as they are.
        text = text.replace("%", "%%")
    # It warns of each block that is no SELECT and says so by no sign in its name; our callers say it by the
    # verb.
    logging.getLogger("aiosql").setLevel(logging.ERROR)
    loaded = aiosql.from_str(text, driver, mandatory_parameters=False)
    names = [name for name in loaded.available_queries if not name.endswith("_cursor")]
    # The name stays in the text as a comment, so that the server's log and EXPLAIN tell which query it is.
    return {name: f"/* {path.stem}.{name} */ {getattr(loaded, name).sql}" for name in names}
