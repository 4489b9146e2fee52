from __future__ import annotations

import sqlite3
import threading

import pytest

from quiz.storage.connect import UnknownDatabase, open_database
from quiz.storage.database import Busy, Conflict, Database, RowCountError
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


def names(db: Database) -> list[str]:
    return [row["bucket"] for row in db.all(sql.select_probes)]


def test_outside_of_atomic_each_statement_commits_by_itself(db: Database, database_url: str) -> None:
    db.run(sql.insert_probe, bucket="a")

    with_other_eyes = open_database(database_url)
    assert names(with_other_eyes) == ["a"]
    with_other_eyes.close()


def test_an_exception_undoes_the_whole_block(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), db.atomic():
        db.run(sql.insert_probe, bucket="a")
        db.run(sql.insert_probe, bucket="b")
        raise ZeroDivisionError

    assert names(db) == []


def test_an_exception_undoes_the_innermost_block_alone(db: Database) -> None:
    with db.atomic():
        db.run(sql.insert_probe, bucket="a")
        with pytest.raises(ZeroDivisionError), db.atomic():
            db.run(sql.insert_probe, bucket="b")
            raise ZeroDivisionError
        with db.atomic():
            db.run(sql.insert_probe, bucket="c")

    assert names(db) == ["a", "c"]


def test_a_conflict_leaves_the_outer_block_usable(db: Database) -> None:
    db.run(sql.insert_probe, bucket="a")

    with db.atomic():
        with pytest.raises(Conflict), db.atomic():
            db.run(sql.insert_probe, bucket="a")
        db.run(sql.insert_probe, bucket="b")

    assert names(db) == ["a", "b"]


def test_a_failed_block_leaves_the_connection_usable(db: Database) -> None:
    with pytest.raises(Conflict), db.atomic():
        db.run(sql.insert_probe, bucket="a")
        db.run(sql.insert_probe, bucket="a")
    with db.atomic():
        db.run(sql.insert_probe, bucket="b")

    assert names(db) == ["b"]


def test_nobody_sees_a_block_before_it_is_over(db: Database) -> None:
    seen: list[list[str]] = []
    with db.atomic():
        db.run(sql.insert_probe, bucket="a")
        onlooker = threading.Thread(target=lambda: seen.append(names(db)))
        onlooker.start()
        onlooker.join()

    assert seen == [[]]


def test_threads_that_write_at_once_all_get_their_turn(db: Database) -> None:
    failures: list[Exception] = []

    def write(thread: int) -> None:
        try:
            for n in range(20):
                with db.atomic():
                    db.run(sql.insert_probe, bucket=f"{thread}-{n}")
        except Exception as failure:  # noqa: BLE001
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(names(db)) == 160


def test_whoever_waits_too_long_for_another_program_is_told_so_and_may_try_again(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.storage.sqlite.BUSY_TIMEOUT_S", 0.05)
    database = open_database(sqlite_url)
    other_program = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other_program.execute("BEGIN IMMEDIATE")

    with pytest.raises(Busy), database.atomic():
        database.run(sql.insert_probe, bucket="a")
    other_program.execute("ROLLBACK")
    with database.atomic():
        database.run(sql.insert_probe, bucket="b")

    assert names(database) == ["b"]
    other_program.close()
    database.close()


def test_a_missing_parent_is_a_conflict(db: Database) -> None:
    with pytest.raises(Conflict):
        db.run(sql.insert_orphan)


def test_one_insists_on_one_row(db: Database) -> None:
    db.run_many(sql.insert_probe, [{"bucket": "a1"}, {"bucket": "a2"}])

    assert db.one(sql.select_probes_like, bucket="a1")["bucket"] == "a1"
    assert db.one_or_none(sql.select_probes_like, bucket="b%") is None
    with pytest.raises(RowCountError, match="no row from test_database.select_probes_like"):
        db.one(sql.select_probes_like, bucket="b%")
    with pytest.raises(RowCountError, match="2 rows from test_database.select_probes_like"):
        db.one_or_none(sql.select_probes_like, bucket="a%")


def test_each_gives_all_rows_while_others_are_read_and_written(db: Database) -> None:
    db.run_many(sql.insert_probe, [{"bucket": f"{n:04}"} for n in range(1200)])
    seen = []
    for row in db.each(sql.select_probes):
        if row["bucket"] == "0700":
            assert len(names(db)) == 1200
            db.run(sql.insert_probe, bucket="zzzz")
        seen.append(row["bucket"])

    assert seen[:1200] == [f"{n:04}" for n in range(1200)]


def test_each_may_be_left_in_the_middle_of_a_block(db: Database) -> None:
    db.run_many(sql.insert_probe, [{"bucket": f"{n:04}"} for n in range(1200)])
    with db.atomic():
        first, second = db.each(sql.select_probes), db.each(sql.select_probes)
        assert next(first)["bucket"] == next(second)["bucket"] == "0000"
        db.run(sql.insert_probe, bucket="zzzz")
        del first

    assert len(names(db)) == 1201


def test_a_percent_sign_and_a_time_in_sql_are_no_parameters(db: Database) -> None:
    row = db.one(sql.select_clock_and_share, given="so")

    assert (row["clock"], row["share"], row["given"]) == ("12:30", "100%", "so")


def test_an_unknown_url_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnknownDatabase, match="write sqlite:///FILE or postgresql://"):
        open_database("mysql://localhost")
