from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.small_content import BANK, write_bank

ONE = BANK[: BANK.index("[[question]]", BANK.index("[[question]]") + 1)]
LOADED = ONE.replace("The bridge was opened in **1901**.", "The regime never opened the bridge in 1901.")
EXPLAINED = LOADED.replace(
    "  answer = true\n",
    "  answer = true\n"
    '  [[question.ignore]]\n  rule = "loaded_words"\n  reason = "A quotation."\n'
    '  [[question.ignore]]\n  rule = "absolute_terms"\n  reason = "A quotation."\n'
    '  [[question.ignore]]\n  rule = "negative_wording"\n  reason = "A quotation."\n',
)


def test_a_clean_bank_exits_with_0_and_says_how_much_was_looked_at(run: Run, root: Path) -> None:
    done = run("bank", "lint", str(write_bank(root / "other", ONE)))

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "towns: 1 questions, 0 errors, 0 warnings, 0 explained, 0 notes\n"


def test_questions_of_the_database_are_held_against_one_another(run: Run) -> None:
    done = run("bank", "lint", "towns")

    assert done.exit_code == 1
    assert (
        done.stdout
        == "warning  bridge-opened  stem  cues_another: the stem holds the key of bridge-year: “1901”\n"
    )


def test_findings_exit_with_1_and_say_where_what_and_instead(run: Run, root: Path) -> None:
    done = run("bank", "lint", str(write_bank(root / "other", LOADED)))

    assert done.exit_code == 1
    assert (
        "warning  bridge-opened  stem  loaded_words: “regime” is loaded; “government” says it" in done.stdout
    )
    assert "    instead: The government never opened the bridge in 1901." in done.stdout


def test_what_is_explained_exits_with_0_and_is_printed_on_demand(run: Run, root: Path) -> None:
    path = str(write_bank(root / "other", EXPLAINED))

    assert run("bank", "lint", path).exit_code == 0
    assert "    explained: A quotation." in run("bank", "lint", path, "--notes").stdout


def test_json_holds_every_finding(run: Run, root: Path) -> None:
    done = run("bank", "lint", str(write_bank(root / "other", LOADED)), "--json")

    (bank,) = json.loads(done.stdout)["banks"]
    found = next(finding for finding in bank["findings"] if finding["rule"] == "loaded_words")
    assert done.exit_code == 1
    assert (found["severity"], found["question"], found["where"]) == ("warning", "bridge-opened", "stem")
    assert found["fix"] == {"where": "stem", "text": "The government never opened the bridge in 1901."}
    assert found["explained"] is None


def test_without_a_name_every_bank_is_looked_at_and_a_folder_has_files(run: Run, root: Path) -> None:
    assert run("bank", "lint").stderr.count("questions, ") == 1
    assert run("bank", "lint", str(root / "questions")).stderr.count("questions, ") == 1


def test_an_unknown_bank_is_wrong_usage(run: Run) -> None:
    done = run("bank", "lint", "nowhere")

    assert (done.exit_code, "the banks are: towns" in done.stderr) == (2, True)


def test_a_file_with_a_mistake_exits_with_1_and_names_it(run: Run, root: Path) -> None:
    done = run("bank", "lint", str(write_bank(root / "other", BANK.replace("true_false", "x"))))

    assert (done.exit_code, "type must be one of" in done.stderr) == (1, True)


def test_an_unknown_rule_in_a_file_is_a_mistake(run: Run, root: Path) -> None:
    done = run(
        "bank", "lint", str(write_bank(root / "other", EXPLAINED.replace("loaded_words", "loded_words")))
    )

    assert "rule must be one of absolute_terms" in done.stderr


def test_rules_left_out_for_a_language_are_counted(run: Run, root: Path) -> None:
    done = run(
        "bank", "lint", str(write_bank(root / "other", LOADED.replace('language = "en"', 'language = "de"')))
    )

    assert done.exit_code == 0
    assert "rules know English only and were left out" in done.stderr


GIFT = """::q1:: When did the regime open the old bridge? {=1901 ~1905 ~1910}

::q2:: Broken {=a ~b

::q3:: The bridge was opened in 1901. {T}
"""


def test_a_file_of_another_program_is_looked_through_and_what_cannot_be_read_is_named(
    run: Run, root: Path
) -> None:
    file = root / "rivers.gift"
    file.write_text(GIFT, encoding="utf-8")

    done = run("bank", "lint", str(file))

    assert done.exit_code == 1
    assert "warning  q1  stem  loaded_words" in done.stdout
    assert "rivers.gift: line 3" in done.stderr
    assert "2 questions" in done.stderr


def test_a_file_of_no_format_is_refused_with_the_reason(run: Run, root: Path) -> None:
    file = root / "rivers.bin"
    file.write_bytes(b"\0" * 100)

    done = run("bank", "lint", str(file))

    assert done.exit_code == 1
    assert "looks like none of" in done.stderr
