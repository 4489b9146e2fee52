from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from quiz.core.bank import Bank
from quiz.core.claims import Citation, Claim
from quiz.core.toml_text import load_toml
from quiz.question_types import QUESTION_TYPES
from quiz.storage.bank_files import BankFile, bank_as_toml, bank_files_in, read_bank_files, write_bank_file
from quiz.storage.toml_files import BadFile
from tests.small_content import BANK, claim, write_bank

CLAIMS: dict[tuple[str, str], Claim] = {
    ("bridge", "a01-1"): claim(),
    ("bridge", "a02-1"): claim("a02-1", verdict="dated", correction="No longer."),
    ("bridge", "s01-1"): claim("s01-1"),
    ("tower", "s01-1"): claim("s01-1"),
    ("bridge", "t01"): claim("t01", passage="", where="in the page's title"),
}


def read(folder: Path) -> list[BankFile]:
    return read_bank_files(bank_files_in(folder), types=QUESTION_TYPES, claims=CLAIMS)


def read_one(folder: Path, text: str = BANK) -> BankFile:
    write_bank(folder, text)
    (file,) = read(folder)
    return file


def good(file: BankFile) -> Bank:
    assert [str(mistake) for mistake in file.mistakes] == []
    assert file.bank is not None
    return file.bank


def told(file: BankFile) -> str:
    assert file.bank is None
    return "\n".join(str(mistake) for mistake in file.mistakes)


def test_a_bank_is_read_with_its_questions_in_order(tmp_path: Path) -> None:
    bank = good(read_one(tmp_path))

    assert (bank.id, bank.title, bank.language) == ("towns", "Towns", "en")
    assert [question.id for question in bank.questions] == ["bridge-opened", "bridge-year"]
    assert bank.questions[0].wording.citations == (Citation("bridge", "a01-1", "rests_on"),)
    assert bank.questions[0].wording.tags == ("bridges", "dates")
    assert bank.questions[1].wording.difficulty == "medium"


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    bank = good(read_one(tmp_path))

    assert good(read_one(tmp_path, bank_as_toml(bank, types=QUESTION_TYPES, claims=CLAIMS))) == bank


def test_every_sample_of_every_type_survives_its_file(tmp_path: Path) -> None:
    bank = good(read_one(tmp_path))
    question = bank.questions[0]
    for question_type in QUESTION_TYPES.values():
        for sample in question_type.samples():
            from dataclasses import replace

            wording = replace(
                question.wording, type=question_type.name, ask=sample.body.ask, key=sample.body.key
            )
            of_type = replace(bank, questions=(replace(question, wording=replace(wording, basis="world")),))
            text = bank_as_toml(of_type, types=QUESTION_TYPES, claims=CLAIMS)

            assert good(read_one(tmp_path, text)) == of_type, question_type.name


def test_a_claim_is_written_short_where_one_source_has_it_and_in_full_elsewhere(tmp_path: Path) -> None:
    text = BANK.replace('["bridge#a01-1"]', '["tower#s01-1"]')

    written = tomllib.loads(bank_as_toml(good(read_one(tmp_path, text)), types=QUESTION_TYPES, claims=CLAIMS))

    assert [question["rests_on"] for question in written["question"]] == [["a01-1"], ["tower#s01-1"]]


def test_writing_the_same_again_does_not_touch_the_file(tmp_path: Path) -> None:
    bank = good(read_one(tmp_path))
    path = tmp_path / "towns.toml"

    assert not write_bank_file(path, bank, types=QUESTION_TYPES, claims=CLAIMS)
    assert path.read_text() == BANK


def test_writing_keeps_the_first_comment_and_the_order_of_the_file(tmp_path: Path) -> None:
    from dataclasses import replace

    bank = good(read_one(tmp_path))
    backwards = replace(bank, title="Towns and roads", questions=bank.questions[::-1])
    path = tmp_path / "towns.toml"

    assert write_bank_file(path, backwards, types=QUESTION_TYPES, claims=CLAIMS)
    assert path.read_text().startswith('# Our town.\n\nid = "towns"\n')
    assert [question.id for question in good(read(tmp_path)[0]).questions] == ["bridge-opened", "bridge-year"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            '"true_false"',
            '"truefalse"',
            "question bridge-opened: type must be one of claim_check, cloze, date",
        ),
        ("answer = true", 'answer = "yes"', "question bridge-opened: answer must be true or false"),
        (
            '["a01-1"]',
            '["a01-9"]',
            "question bridge-opened, rests_on: there is no claim a01-9; there are a01-1, ",
        ),
        ('["a01-1"]', '["s01-1"]', "s01-1 is in several sources; write one of bridge#s01-1, tower#s01-1"),
        (
            '["a01-1"]',
            '["t01"]',
            "t01 is printed outside of every passage (in the page's title) and can't be cited",
        ),
        ('rests_on = ["a01-1"]\n', "", "question bridge-opened: rests_on must name the claims"),
        ('basis = "world"', 'basis = "check"', "question bridge-opened: checks must name the claim"),
        ('difficulty = "easy"', 'dificulty = "easy"', "dificulty is not a field here; known are id, type"),
        ('feedback = "It was opened on 1 May 1901."\n', "", "question bridge-opened: feedback is missing"),
        ('["dates", "bridges"]', '["Dates"]', "tags are lower-case words, not “Dates”"),
        ('["dates", "bridges"]', '["dates", "dates"]', "tags has “dates” twice"),
        ('id = "bridge-year"', 'id = "bridge-opened"', "question bridge-opened: stands here twice"),
        ('id = "bridge-opened"', "", "question no. 1: id is missing"),
        ("  [question.body]\n  answer = true", "", "[question.body] is missing below the question"),
        ('title = "Towns"', "", "towns.toml: title is missing"),
    ],
)
def test_a_mistake_is_named_with_file_question_and_field(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert old in BANK

    problems = told(read_one(tmp_path, BANK.replace(old, new, 1)))

    assert expected in problems
    assert all(line.startswith("towns.toml: ") for line in problems.splitlines())


def test_a_text_question_may_not_rest_on_what_the_source_says_wrongly(tmp_path: Path) -> None:
    text = BANK.replace('basis = "world"', 'basis = "text"', 1).replace('["a01-1"]', '["a02-1"]', 1)

    assert "question bridge-opened: a02-1 is dated: what a source says wrongly" in told(
        read_one(tmp_path, text)
    )


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = BANK.replace("answer = true", "answer = 1").replace('["bridge#a01-1"]', "[]").replace('"en"', '""')

    assert len(told(read_one(tmp_path, text)).splitlines()) == 3


def test_malformed_toml_names_line_and_column(tmp_path: Path) -> None:
    problems = told(read_one(tmp_path, BANK.replace('title = "Towns"', "title = Towns")))

    assert problems == "towns.toml: not TOML at line 3, column 9: Invalid value"


def test_an_id_that_another_file_has_is_a_mistake_of_the_later_file(tmp_path: Path) -> None:
    write_bank(tmp_path, BANK, "a.toml")
    write_bank(
        tmp_path, BANK.replace('id = "towns"', 'id = "cities"').replace("bridge-year", "other"), "b.toml"
    )

    first, second = read(tmp_path)

    assert first.bank is not None
    assert told(second) == (
        "b.toml: question bridge-opened: a.toml has the same id; "
        "ids are unique over all banks, so rename one of them"
    )


def test_a_mistake_keeps_the_problem_itself_for_translation(tmp_path: Path) -> None:
    (mistake,) = read_one(tmp_path, BANK.replace("answer = true", "answer = 1")).mistakes

    assert isinstance(mistake, BadFile)
    assert (mistake.file, mistake.where) == ("towns.toml", "question bridge-opened")
    assert mistake.problem.values == {"field": "answer"}


def test_numbers_with_a_point_stay_as_they_were_written() -> None:
    assert load_toml(b"tolerance = 0.10") == {"tolerance": Decimal("0.10")}
    assert str(load_toml(b"tolerance = 0.10")["tolerance"]) == "0.10"
