"""The search of the bank's pages over a million made-up questions, each kind of query beside a bare look-up by key."""

from __future__ import annotations

import itertools
import random
import re
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from quiz.storage.banks import BankRow, update_sharing, upsert_bank
from quiz.storage.connect import open_database
from quiz.storage.database import Database
from quiz.storage.encoding import json_text, time_text
from quiz.storage.heads import upsert_heads
from quiz.storage.migrate import migrate
from quiz.storage.people import Person, insert_person
from quiz.storage.queries import Statement
from quiz.workflows.apply_bulk import apply_bulk
from quiz.workflows.find_alike import find_alike
from quiz.workflows.list_questions import Filters, list_questions
from quiz.workflows.load_sources import load_source
from quiz.workflows.plan_bulk import Plan, Wanted, plan_bulk
from quiz.workflows.select_many import Selection, select_many
from quiz.workflows.undo_bulk import undo_bulk
from tests.small_content import source

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BANKS = 40
TAGS = 300
TIMES = 40
_AT_ONCE = 10_000
Thing = TypeVar("Thing")
_TYPES = (
    "single_choice",
    "multiple_choice",
    "true_false",
    "numeric",
    "short_text",
    "cloze",
    "matching",
    "date",
)
_SHARES = (50, 14, 15, 10, 5, 3, 2, 1)


class MadeUp:
    """Words, banks and questions that are the same in every run. Words are as unevenly frequent as in real texts."""

    def __init__(self) -> None:
        self.chance = random.Random(7)
        letters = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
        made = (
            "".join(self.chance.choices(letters, k=self.chance.choice((2, 3, 3, 4, 5))))
            for _ in range(90_000)
        )
        self.words = list(dict.fromkeys(made))[:50_000]
        self.stem: list[str] = []
        self.options: list[dict[str, str]] = []
        self.weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(self.words))))

    def some_words(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def question(self, number: int, size: int) -> dict[str, Any]:
        """Return one question. A bank's lie together, as after imports; one in fifty is nearly the one before."""
        chance = self.chance
        if number % 50 == 49:
            self.stem[chance.randrange(14)] = "instead"
        else:
            self.stem = self.some_words(14)
            self.options = [{"id": f"o{n}", "text": " ".join(self.some_words(3))} for n in range(4)]
        return {
            "id": f"q{number:08}",
            "bank": f"bank-{number * BANKS // size if number % 4 else chance.randrange(BANKS):02}",
            "state": chance.choices(("ready", "draft"), (95, 5))[0],
            "retired": time_text(NOW) if chance.random() < 0.03 else None,
            "type": chance.choices(_TYPES, _SHARES)[0],
            "basis": chance.choices(("world", "text", "check"), (80, 15, 5))[0],
            "difficulty": chance.choice(("easy", "medium", "hard")),
            "by": f"author-{chance.randrange(20)}",
            "stem": " ".join(self.stem) + "?",
            "ask": json_text({"options": self.options, "shuffle": True}),
            "tags": self.tags(number),
            "claim": {0: "a01-1", 1: "a02-1"}.get(number % 30, "a01-1" if number % 3 == 0 else None),
        }

    def tags(self, number: int) -> set[str]:
        common = f"tag-{min(self.chance.randrange(TAGS), self.chance.randrange(TAGS))}"
        return {common, "rare"} if number % 5000 == 7 else {common}


def fill(db: Database, size: int, made: MadeUp) -> None:
    """Store the questions; heads by the one function that all writes use."""
    now = time_text(NOW)
    load_source(db, source())
    for name in ("bilal", "celeste", *(f"author-{n}" for n in range(20))):
        person = Person(name, "instructor", name.title(), f"{name}@example.org")
        insert_person(db, person, password_hash=None, now=NOW)
    for number in range(BANKS):
        bank = BankRow(f"bank-{number:02}", f"Bank {number}", "", "en", number, "", 0)
        upsert_bank(db, bank, by="celeste", now=NOW)
    numbers = iter(range(size))
    while part := [made.question(number, size) for number in itertools.islice(numbers, _AT_ONCE)]:
        with db.atomic():
            _store(db, part, now)
            upsert_heads(db, [question["id"] for question in part])
    # One bank in ten is Celeste's own: Bilal's searches must leave it out.
    for number in range(0, BANKS, 10):
        update_sharing(db, f"bank-{number:02}", "classes", [])


def _store(db: Database, part: list[dict[str, Any]], now: str) -> None:
    db.run_many(
        _statement("questions (id, bank_id, difficulty, file_digest, created_by, created_at, retired_at)",
                   ":id, :bank, :difficulty, '', :by, :now, :retired"),
        [{**q, "now": now} for q in part],
    )  # fmt: skip
    db.run_many(
        _statement("versions (id, question_id, number, state, type, basis, stem, ask, created_by, created_at)",
                   ":id, :id, 1, :state, :type, :basis, :stem, :ask, :by, :now"),
        [{**q, "now": now} for q in part],
    )  # fmt: skip
    keys = _statement("version_keys (version_id, answer_key, feedback)", ":id, '{\"right\": \"o0\"}', ''")
    db.run_many(keys, part)
    tags = _statement("question_tags (question_id, tag)", ":id, :tag")
    db.run_many(tags, [{"id": q["id"], "tag": tag} for q in part for tag in q["tags"]])
    columns = "citations (version_id, source_id, claim_id, role, position)"
    cited = _statement(columns, ":id, 'bridge', :claim, 'rests_on', 0")
    db.run_many(cited, [q for q in part if q["claim"]])


def _statement(into: str, values: str) -> Statement:
    text = f"INSERT INTO {into} VALUES ({values})"  # noqa: S608 - our own
    return Statement(f"bench.{into.split()[0]}", text, re.sub(r":(\w+)", r"%(\1)s", text))


def queries(made: MadeUp, size: int) -> dict[str, Callable[[], tuple[Filters, str]]]:
    """Return what instructors ask for, by kind; each call gives the next query of its kind, and where it begins."""
    chance = random.Random(11)
    common, rare = made.words[:40], made.words[20_000:]

    def bank() -> str:
        return f"bank-{chance.randrange(BANKS):02}"

    def tag() -> str:
        return f"tag-{chance.randrange(TAGS)}"

    def some(words: list[str], count: int = 1) -> str:
        return " ".join(chance.sample(words, count))

    def begun() -> str:
        return chance.choice(made.words[:3000])[: chance.choice((3, 4, 5))]

    def first(make: Callable[[], Filters]) -> Callable[[], tuple[Filters, str]]:
        return lambda: (make(), "")

    def deep(make: Callable[[], Filters]) -> Callable[[], tuple[Filters, str]]:
        return lambda: (make(), str(chance.randrange(1, size)))

    return {
        "no filter": first(Filters),
        "no filter, a deep page": deep(Filters),
        "bank": first(lambda: Filters(bank=bank())),
        "bank, a deep page": deep(lambda: Filters(bank=bank())),
        "type": first(lambda: Filters(type=chance.choice(_TYPES))),
        "basis": first(lambda: Filters(basis=chance.choice(("world", "text", "check")))),
        "state": first(lambda: Filters(state=chance.choice(("ready", "draft", "retired")))),
        "difficulty": first(lambda: Filters(difficulty=chance.choice(("easy", "hard")))),
        "tag": first(lambda: Filters(tag=tag())),
        "a rare tag": first(lambda: Filters(tag="rare")),
        "author": first(lambda: Filters(author=f"author-{chance.randrange(20)}")),
        "claim": first(lambda: Filters(citing=chance.choice(("a01-1", "bridge/a02-1", "f01-1")))),
        "bank, type and tag": first(lambda: Filters(bank=bank(), type=chance.choice(_TYPES), tag=tag())),
        "four filters that few meet": first(
            lambda: Filters(bank=bank(), type="date", state="draft", difficulty="hard", basis="check")
        ),
        "filters that nothing meets": first(lambda: Filters(bank=bank(), tag="no such tag")),
        "common word": first(lambda: Filters(words=some(common))),
        "common word, a deep page": deep(lambda: Filters(words=some(common))),
        "rare word": first(lambda: Filters(words=some(rare))),
        "two common words": first(lambda: Filters(words=some(common, 2))),
        "common and rare word": first(lambda: Filters(words=f"{some(common)} {some(rare)}")),
        "beginning of a word": first(lambda: Filters(words=begun())),
        "word and beginning": first(lambda: Filters(words=f"{some(common)} {begun()}")),
        "common word in a bank": first(lambda: Filters(words=some(common), bank=bank())),
        "common word, type and tag": first(
            lambda: Filters(words=some(common), type=chance.choice(_TYPES), tag=tag())
        ),
        "beginning, type and tag": first(
            lambda: Filters(words=begun(), type=chance.choice(_TYPES), tag=tag())
        ),
        "word that does not occur": first(lambda: Filters(words="xyzzy" + some(rare))),
        "standing": first(lambda: Filters(standing=chance.choice(("checked", "unverified")))),
        "standing that nothing has": first(lambda: Filters(standing="in_the_source", basis="world")),
        "in a quiz": first(lambda: Filters(used="yes")),
    }


def measure_search(folder: Path, size: int | None) -> None:
    """Print how long pages of the list take, kind by kind: the first 25, with standings and the total."""
    count = size or 100_000
    made = MadeUp()
    db = open_database(f"sqlite:///{folder}/search.db")
    migrate(db, now=time_text(NOW))
    began = time.perf_counter()
    fill(db, count, made)
    seconds = time.perf_counter() - began
    megabytes = (folder / "search.db").stat().st_size / 1e6
    each = seconds / count * 1e6
    print(f"{count} questions stored and indexed: {seconds:.0f} s, {each:.0f} µs each, {megabytes:.0f} MB")
    measure_queries(db, made, count)
    measure_upkeep(db)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory that the process ever held: {peak:.0f} MB")


def measure_queries(db: Database, made: MadeUp, size: int) -> None:
    text = "SELECT * FROM question_heads WHERE number = "
    look_up = Statement("bench.look_up", f"{text}:n", f"{text}%(n)s")
    bare = _times(lambda: db.one_or_none(look_up, n=random.randrange(1, size)))
    print(f"{'a bare primary-key look-up':32}{_told(bare)}")
    everything: list[float] = []
    for kind, make in queries(made, size).items():
        asked = iter(lambda make=make: make(), None)  # type: ignore[misc]

        def ask(asked: Iterator[tuple[Filters, str]] = asked) -> None:
            filters, after = next(asked)
            list_questions(db, filters, by="bilal", today=NOW.date(), after=after, counted=True)

        took = _times(ask)
        everything += took
        print(f"{kind:32}{_told(took)}")
    print(f"{'all of them':32}{_told(everything)}")


def measure_upkeep(db: Database) -> None:
    """Print how long a page of near-duplicates among 100,000 questions takes, and a change to 10,000 questions."""
    page, seconds = _timed(lambda: find_alike(db, by="bilal"))
    print(
        f"a page of near-duplicates among {page.looked_at} questions: {seconds:.2f} s, {len(page.sets)} sets"
    )
    selection = Selection(filters=Filters())
    selected, seconds = _timed(lambda: select_many(db, selection, by="bilal", today=NOW.date()))
    print(f"finding {len(selected.questions)} questions to change: {seconds:.2f} s")
    wanted = Wanted("tag", add=("bench",))

    def plan() -> Plan:
        return plan_bulk(db, wanted, selected.questions, by="bilal")

    digest = plan().digest
    change, seconds = _timed(lambda: apply_bulk(db, "bench", plan, digest=digest, by="bilal", now=NOW))
    print(f"tagging {change.questions} questions: {seconds:.2f} s")
    _, seconds = _timed(lambda: undo_bulk(db, change, by="bilal", now=NOW))
    print(f"undoing it: {seconds:.2f} s")


def _timed(action: Callable[[], Thing]) -> tuple[Thing, float]:
    began = time.perf_counter()
    done = action()
    return done, time.perf_counter() - began


def _times(action: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        action()
        times.append((time.perf_counter() - began) * 1e3)
    return times


def _told(times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"p50 {statistics.median(times):7.2f} ms   p95 {p95:7.2f} ms   worst {max(times):7.2f} ms"
