from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from quiz.cli import register_commands

SAMPLES = Path(__file__).parents[1] / "samples"
GIFT = "::One::The Nile flows north.{T}\n\nBad {#abc}\n"


def run(*words: str, stdin: str | None = None) -> Result:
    """Run ``flask quiz`` in an application that has no database at all."""
    app = Flask("footnote")
    register_commands(app)
    return app.test_cli_runner().invoke(args=["quiz", *words], input=stdin)


@pytest.fixture
def gift_file(tmp_path: Path) -> Path:
    path = tmp_path / "rivers.gift"
    path.write_text(GIFT, encoding="utf-8")
    return path


def test_formats_are_listed_with_what_they_carry():
    told = json.loads(run("formats", "--json").stdout)

    assert {"gift", "moodle_xml", "moodle_cloze", "aiken", "csv_table", "xlsx_table", "text2qti", "anki"} <= {
        row["name"] for row in told
    }
    assert "gift" in run("formats").stdout


def test_without_a_goal_what_was_read_is_shown(gift_file):
    result = run("convert", str(gift_file))

    told = json.loads(result.stdout)
    assert [item["title"] for item in told["items"]] == ["One"]
    assert [(r["line"], r["severity"]) for r in told["remarks"]] == [(3, "error")]
    assert set(told["remarks"][0]) == {"line", "where", "severity", "text"}
    assert (result.exit_code, result.stderr) == (0, "")


def test_strict_fails_where_a_question_was_lost(gift_file):
    assert run("convert", str(gift_file), "--strict").exit_code == 1


def test_standard_input_is_recognised_by_its_content():
    assert json.loads(run("convert", "-", stdin=GIFT).stdout)["items"][0]["title"] == "One"


def test_a_file_is_written_in_the_format_of_its_name(gift_file, tmp_path):
    result = run("convert", str(gift_file), "-o", str(tmp_path / "rivers.csv"))

    assert "The Nile flows north." in (tmp_path / "rivers.csv").read_text(encoding="utf-8")
    assert result.stdout == ""
    assert f"{gift_file}:3: error: Bad {{#abc}}" in result.stderr


def test_remarks_can_be_had_as_json(gift_file, tmp_path):
    result = run("convert", str(gift_file), "--to", "aiken", "-o", str(tmp_path / "a.txt"), "--json")

    assert [remark["severity"] for remark in json.loads(result.stdout)["remarks"]][0] == "error"


@pytest.mark.parametrize(
    "sample", sorted(SAMPLES.glob("*/*")), ids=lambda path: path.parent.name + "/" + path.name
)
def test_each_sample_is_recognised(sample):
    result = run("convert", str(sample))

    assert json.loads(result.stdout)["items"], result.output


@pytest.mark.parametrize(
    ("content", "reason"),
    [("", "empty"), ("<quiz", "XML"), ("just words", "none of"), ("<quiz>&e;</quiz>", "not defined")],
)
def test_a_file_that_is_refused_says_why(tmp_path, content, reason):
    path = tmp_path / "x.xml"
    path.write_text(content, encoding="utf-8")

    result = run("convert", str(path))

    assert result.exit_code == 1
    assert reason in json.loads(result.stdout)["remarks"][0]["text"]


def test_unknown_formats_and_missing_files_are_named(gift_file):
    assert "there are" in run("convert", str(gift_file), "--to", "docx").stderr
    assert "can't read" in run("convert", "nowhere.gift").stderr


def test_cases_are_marked_a_line_each():
    item = {"interaction": {"kind": "judge", "answer": True}}
    lines = [
        json.dumps({"item": item, "response": True}),
        "",
        "{",
        json.dumps({"item": item, "response": False}),
    ]

    result = run("mark", "-", stdin="\n".join(lines))

    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["fraction"] for row in told] == [1.0, None, 0.0]
    assert "line 3 is not JSON" in told[1]["reason"]
    assert result.exit_code == 1


def test_text_of_all_scripts_is_printed_as_it_is():
    item = {"interaction": {"kind": "judge", "answer": True, "feedback_right": "أحسنت"}}

    assert "أحسنت" in run("mark", "-", stdin=json.dumps({"item": item, "response": True})).stdout
