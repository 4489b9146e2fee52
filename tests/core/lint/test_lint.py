from __future__ import annotations

import pytest

from quiz.core.items import Arrange, Inform
from quiz.core.lint import (
    BANK_RULES,
    RULE_NAMES,
    RULES,
    Ignore,
    LintedBank,
    lint_bank,
    lint_question,
    skipped_rules,
    stops_ready,
)
from tests.linting import RIVERS, asked, choice, statement


def gravest(*options: str, **about: object) -> list[str]:
    return [
        finding.severity for finding in lint_question(choice(*options, **about)) if finding.severity != "note"
    ]


def test_a_clean_question_has_no_findings_but_notes() -> None:
    assert gravest(*RIVERS) == []


def test_every_rule_says_why_in_a_sentence() -> None:
    assert len(RULE_NAMES) == len(RULES) + len(BANK_RULES) >= 30
    assert all(rule.why.endswith(".") for rule in (*RULES, *BANK_RULES))


def test_findings_come_the_gravest_first() -> None:
    severities = gravest("The Ouse", "the ouse", "None of the above", stem="Currently: which river")

    assert severities == sorted(severities, key=["error", "warning"].index)
    assert severities[0] == "error"


def test_a_finding_says_what_where_and_why() -> None:
    (finding,) = (
        f for f in lint_question(choice("The Ouse", "The Tees", "THE OUSE")) if f.rule == "duplicate_options"
    )

    assert (finding.where, finding.severity, finding.question) == ("options[3]", "error", "q1")
    assert finding.what == "“THE OUSE” says the same as options[1]"
    assert finding.why.startswith("Learners can't tell")


def test_errors_stop_ready_and_warnings_do_not() -> None:
    equal = lint_question(choice("The Ouse", "the ouse"))
    warned = lint_question(choice(*RIVERS, "All of the above", shuffle=False))

    assert [finding.rule for finding in stops_ready(equal)] == ["duplicate_options"]
    assert stops_ready(warned) == ()


def test_what_is_explained_needs_no_answer_and_stops_nothing() -> None:
    question = choice("The Ouse", "the ouse")

    found = lint_question(question, [Ignore("duplicate_options", "Case is what is asked about.")])

    assert stops_ready(found) == ()
    (explained,) = (f for f in found if f.rule == "duplicate_options")
    assert (explained.reason, explained.needs_answer) == ("Case is what is asked about.", False)


def test_a_reason_that_explains_nothing_is_told_in_a_note() -> None:
    report = lint_bank(LintedBank([choice(*RIVERS)]), {"q1": [Ignore("long_stem", "Once it was long.")]})

    (unused,) = (finding for finding in report.findings if finding.rule == "unused_ignore")
    assert (unused.severity, unused.values["rule"]) == ("note", "long_stem")
    assert report.unexplained == ()


def test_a_bank_is_reported_question_by_question() -> None:
    spoiled = choice("The Ouse", "the ouse", id="q2")

    report = lint_bank(LintedBank([choice(*RIVERS), spoiled, statement("It is old.", id="q3")]))

    assert report.questions == 3
    assert {finding.question for finding in report.unexplained} == {"q2"}


def test_rules_of_english_are_silent_elsewhere_and_are_named() -> None:
    arabic = choice("كل ما سبق", "نهر", "نهر", stem="now none of the above", language="ar", id="q1")

    assert "duplicate_options" in {finding.rule for finding in lint_question(arabic)}
    assert not {finding.rule for finding in lint_question(arabic)} & set(skipped_rules("ar"))
    assert "time_word_without_date" in lint_bank(LintedBank([arabic], "ar")).skipped
    assert skipped_rules("en-GB") == ()


@pytest.mark.parametrize("interaction", [Inform(), Arrange(("First", "Second", "Third"))])
def test_what_has_no_options_is_looked_at_all_the_same(interaction: object) -> None:
    assert all(f.severity != "error" for f in lint_question(asked(interaction, "Put these in order.")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "](", "<a", "<img ", "*", "__", "a. ", "A and ", "1,", "all of the ", "is the ", '"', "…"],
)
def test_hostile_text_takes_no_longer_than_any_other(piece: str) -> None:
    """20,000 signs in stem and option; a rule that goes back over its text would take minutes."""
    text = (piece * 20_000)[:20_000]

    assert lint_question(choice(text, "The Tees", "The Wear", stem=text))
