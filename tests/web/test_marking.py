from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from quiz.core.quiz_rules import QuizRules
from quiz.core.visibility import PRESETS
from quiz.storage import classes, people
from quiz.storage.hand_marks import select_hand_answers, select_marks
from quiz.storage.people import Person
from quiz.storage.quizzes import update_quiz
from tests.essays import again, all_hand_in, answer_of, attempt_of, essay_quiz, hand_in, slot_of
from tests.small_content import add_bank, add_question
from tests.small_quizzes import add_quiz, take
from tests.web.conftest import HIS_CLASS, NOON


@pytest.fixture
def class_of_two(db):
    """Celeste teaches in Bilal's class, too, and Dina learns there."""
    classes.insert_member(db, HIS_CLASS, "celeste", "instructor", NOON)
    classes.insert_member(db, HIS_CLASS, "dina", "learner", NOON)


@pytest.fixture
def quiz(db, class_of_two):
    return essay_quiz(db, owner=HIS_CLASS)


@pytest.fixture
def double(db, class_of_two):
    return essay_quiz(db, owner=HIS_CLASS, second_marker=True)


def address_of(answer):
    return f"/quizzes/quiz/marking/crossing/{answer.token}"


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def hidden_in(page: str) -> dict[str, str]:
    form = page.split('name="seen"')[0].rsplit("<form", 1)[1] + page.split('name="seen"')[1].join(
        ['name="seen"', ""]
    )
    return dict(re.findall(r'type="hidden" name="(operation|seen)" value="([^"]*)"', form))


def mark(browser, answer, points="3", **fields):
    page = browser.get(address_of(answer)).text
    return browser.post(address_of(answer), data=hidden_in(page) | {"points": points, "go": "save"} | fields)


# -- who may -----------------------------------------------------------------------------------------------


def test_marking_is_for_the_instructors_of_the_class(db, quiz, bilal, celeste, dina, client):
    answer = all_hand_in(db, quiz)["amal"]
    for address in (
        "/quizzes/quiz/marking", "/quizzes/quiz/marking/crossing", address_of(answer),
        "/quizzes/quiz/marking/crossing/sheet", "/quizzes/quiz/marking/crossing/sheet.csv",
    ):  # fmt: skip
        assert bilal.get(address).status_code == 200, address
        assert celeste.get(address).status_code == 200, address
        assert dina.get(address).status_code == 403, address
        assert client.get(address).status_code == 302, address


def test_another_classes_instructor_finds_nothing(db, bilal, celeste):
    quiz = essay_quiz(db, owner=HIS_CLASS)
    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))
    for address in ("/quizzes/quiz/marking", "/quizzes/quiz/marking/crossing", address_of(answer)):
        assert celeste.get(address).status_code == 404, address
    for address in (
        address_of(answer),
        "/quizzes/quiz/marking/crossing/next",
        "/quizzes/quiz/marking/markers",
    ):
        assert celeste.post(address, data={"points": "4"}).status_code == 404, address

    assert select_marks(db, answer) == []
    assert bilal.get("/quizzes/quiz/marking/keyed").status_code == 404


# -- hidden names ------------------------------------------------------------------------------------------


def test_no_page_of_marking_names_a_learner_or_leads_to_one(db, double, bilal, celeste):
    answers = all_hand_in(db, double)
    mark(celeste, answers["dina"], "1", comment="Too short.")
    mark(bilal, answers["dina"], "3")
    settle = address_of(answers["dina"]) + "/settle"
    addresses = ["/quizzes/quiz/marking", "/quizzes/quiz/marking/crossing", settle]
    addresses += ["/quizzes/quiz/marking/crossing/sheet.csv", *map(address_of, answers.values())]
    secrets = {a.attempt_id for a in answers.values()} | {
        "Amal",
        "amal",
        "Dina",
        "dina",
        "Zaki",
        "zaki",
        "@example.org",
    }

    for address in addresses:
        page = bilal.get(address).get_data(as_text=True)
        assert not [secret for secret in secrets if secret in page], address
        assert not [secret for secret in secrets if secret in address]


def test_the_order_is_each_markers_own_stable_and_not_that_of_names_or_times(db, quiz, bilal, celeste):
    who = [f"learner-{n:02}" for n in range(12)]
    tokens = [answer_of(db, hand_in(db, quiz, person_id, "By ferry.")).token for person_id in who]

    def order(browser):
        page = browser.get("/quizzes/quiz/marking/crossing").text
        return re.findall(r"/marking/crossing/([0-9a-f]{20})", page)

    assert sorted(order(bilal)) == sorted(tokens)
    assert order(bilal) == order(bilal) != order(celeste)
    assert order(bilal) != tokens


# -- marking -----------------------------------------------------------------------------------------------


def test_the_page_holds_all_that_a_marker_needs(db, quiz, bilal):
    answer = all_hand_in(db, quiz)["amal"]

    page = bilal.get(address_of(answer)).text

    for words in (
        "By ferry, until the bridge of 1901.", "How did people cross", "Spelling does not matter.",
        "until the bridge opened in 1901", "One of them", "Language", 'name="given-facts"', 'name="comment"',
    ):  # fmt: skip
        assert words in page, words


def test_a_rubric_makes_the_points(db, quiz, bilal):
    answer = all_hand_in(db, quiz)["amal"]

    reply = mark(bilal, answer, "", **{"given-facts": "2", "given-language": "1"})

    assert reply.status_code == 303
    (given,) = select_marks(db, answer)
    assert (given.points, given.maximum, given.given) == (3.0, 4.0, {"facts": 2, "language": 1})


def test_save_and_next_passes_through_all_answers_once_and_then_ends(db, quiz, bilal):
    answers = all_hand_in(db, quiz)
    reply = bilal.post("/quizzes/quiz/marking/crossing/next")
    seen = []
    while reply.location.rsplit("/", 1)[1] != "crossing":
        address = reply.location
        seen.append(address.rsplit("/", 1)[1])
        data = hidden_in(bilal.get(address).text) | {"points": "2", "go": "next"}
        reply = bilal.post(address, data=data)

    assert sorted(seen) == sorted(answer.token for answer in answers.values())
    assert "There is nothing more for you to mark here." in bilal.get(reply.location).text


def test_skipping_writes_no_mark_and_comes_round_again(db, quiz, bilal):
    answers = all_hand_in(db, quiz)
    first = bilal.post("/quizzes/quiz/marking/crossing/next").location.rsplit("/", 1)[1]
    tokens, after = [first], first
    for _ in range(3):
        after = bilal.post("/quizzes/quiz/marking/crossing/next", data={"after": after}).location.rsplit(
            "/", 1
        )[1]
        tokens.append(after)

    assert len(set(tokens)) == 3 and tokens[3] == first
    assert all(select_marks(db, answer) == [] for answer in answers.values())


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"points": "4.5"}, "4.5 is out of range: give a number from 0 to 4"),
        ({"points": "-1"}, "-1 is out of range: give a number from 0 to 4"),
        ({"points": "many"}, "is not a number"),
        ({"points": "", "given-facts": "2"}, "Mark “Language” as well"),
        ({"points": "", "given-facts": "1.5", "given-language": "1"}, "has no level of 1.5 points"),
        (
            {"points": "", "given-facts": "2", "given-language": "3"},
            "3 is out of range: give a number from 0 to 2",
        ),
    ],
)
def test_a_mark_out_of_range_is_refused_with_a_sentence_and_nothing_is_lost(db, quiz, bilal, fields, told):
    answer = all_hand_in(db, quiz)["amal"]

    reply = mark(bilal, answer, comment="Mind the year.", **fields)

    assert reply.status_code == 422
    assert told in words_of(reply.text)
    assert "Mind the year." in reply.text
    assert select_marks(db, answer) == []


def test_a_number_may_have_a_comma(db, quiz, bilal):
    answer = all_hand_in(db, quiz)["amal"]

    mark(bilal, answer, "2,5")

    assert select_marks(db, answer)[0].points == 2.5


def test_a_form_sent_twice_is_one_mark(db, quiz, bilal):
    answer = all_hand_in(db, quiz)["amal"]
    data = hidden_in(bilal.get(address_of(answer)).text) | {"points": "3", "go": "save"}

    replies = [bilal.post(address_of(answer), data=data).status_code for _ in range(3)]

    assert replies == [303, 303, 303]
    assert len(select_marks(db, answer)) == 1


def test_a_marked_answer_can_be_gone_back_to(db, quiz, bilal):
    answer = all_hand_in(db, quiz)["amal"]
    mark(bilal, answer, "", comment="Good.", **{"given-facts": "2", "given-language": "1"})

    page = bilal.get(address_of(answer)).text

    assert 'value="2" checked' in page
    assert "Good." in page
    mark(bilal, answer, "1")
    assert slot_of(db, answer).fraction == 0.25


def test_somebody_elses_claim_is_told_and_passed_over(db, quiz, bilal, celeste, clock):
    answers = all_hand_in(db, quiz)
    clock.pass_time(minutes=3)
    taken = bilal.post("/quizzes/quiz/marking/crossing/next").location

    page = celeste.get(taken).text
    passed = {celeste.post("/quizzes/quiz/marking/crossing/next").location for _ in range(len(answers))}

    assert "Somebody else is marking this since 12:03 UTC." in page
    assert taken not in passed
    clock.pass_time(minutes=16)
    assert "Somebody else" not in celeste.get(taken).text


def test_two_at_once_see_both_marks_and_nothing_is_overwritten(db, quiz, bilal, celeste):
    answer = all_hand_in(db, quiz)["amal"]
    late = hidden_in(bilal.get(address_of(answer)).text)
    mark(celeste, answer, "1", comment="Too short.")

    reply = bilal.post(address_of(answer), data=late | {"points": "4", "comment": "Fine.", "go": "save"})

    assert reply.status_code == 409
    assert "Celeste has marked this answer since you opened it." in reply.text
    assert "Too short." in reply.text and "Fine." in reply.text
    assert slot_of(db, answer).fraction == 0.25
    bilal.post(
        address_of(answer), data=hidden_in(reply.text) | {"points": "4", "comment": "Fine.", "go": "save"}
    )
    assert slot_of(db, answer).fraction == 1.0


# -- two markers -------------------------------------------------------------------------------------------


def test_the_second_marker_sees_nothing_of_the_first(db, double, bilal, celeste):
    answer = all_hand_in(db, double)["amal"]
    mark(bilal, answer, "3.25", comment="Kanarienvogel.", note="Geheim.")

    pages = [
        celeste.get(address).text
        for address in (address_of(answer), "/quizzes/quiz/marking/crossing", address_of(answer) + "/settle",
                        "/quizzes/quiz/marking/crossing/sheet.csv")
    ]  # fmt: skip

    assert not [
        word for word in ("3.25", "Kanarienvogel", "Geheim", "Bilal") for page in pages if word in page
    ]
    assert mark(celeste, answer, "3").status_code == 303


def test_two_that_differ_are_settled_with_both_before_one(db, double, bilal, celeste):
    answer = all_hand_in(db, double)["amal"]
    mark(bilal, answer, "1", comment="Too short.")
    mark(celeste, answer, "4", comment="Splendid.")
    address = address_of(answer) + "/settle"

    assert "to be settled" in words_of(bilal.get("/quizzes/quiz/marking/crossing").text)
    page = bilal.get(address).text
    assert "Too short." in page and "Splendid." in page
    without = bilal.post(address, data=hidden_in(page) | {"points": "3"})
    assert without.status_code == 422 and "Enter why you settle it so" in without.text
    done = bilal.post(address, data=hidden_in(page) | {"points": "3", "reason": "We read it together."})

    assert done.status_code == 303
    assert slot_of(db, answer).fraction == 0.75
    assert again(db, double, answer).state == "marked"
    report = words_of(bilal.get(f"/quizzes/quiz/results/{answer.attempt_id}").text)
    assert "Two people differed, and it was settled." in report
    assert "We read it together." in report


def test_a_third_person_is_told_that_nothing_is_left_and_keeps_their_words(
    db, double, bilal, celeste, sign_in_as, cast
):
    answer = all_hand_in(db, double)["amal"]

    third = Person("farid", "instructor", "Farid", None)
    people.insert_person(db, third, password_hash=None, now=NOON)
    classes.insert_member(db, HIS_CLASS, "farid", "instructor", NOON)
    farid = sign_in_as(third)
    late = hidden_in(farid.get(address_of(answer)).text)
    mark(bilal, answer, "3")
    mark(celeste, answer, "3")

    reply = farid.post(
        address_of(answer), data=late | {"points": "1", "comment": "My own view.", "go": "save"}
    )

    assert reply.status_code == 409
    assert "Two people have marked this answer" in reply.text and "My own view." in reply.text
    assert slot_of(db, answer).fraction == 0.75


# -- what others see ---------------------------------------------------------------------------------------


def test_a_learner_reads_mark_levels_and_comment_and_never_the_notes(db, quiz, bilal, amal):
    answer = all_hand_in(db, quiz)["amal"]
    result = f"/attempt/{answer.attempt_id}/result"
    waiting = words_of(amal.get(result).text)

    mark(
        bilal,
        answer,
        "",
        comment="Mind the year.",
        note="Weak.",
        **{"given-facts": "2", "given-language": "1"},
    )
    page = amal.get(result).text

    assert "This is the score so far: 1 answer waits to be marked by a person." in waiting
    assert "Not marked yet" in waiting and "Marked by a person" in waiting
    assert "so far" not in page
    for words in ("Mind the year.", "Both", "People crossed by ferry until the bridge opened"):
        assert words in page, words
    for secret in ("Weak.", "Spelling does not matter.", "Bilal"):
        assert secret not in page


def test_nothing_of_the_mark_is_shown_before_the_quiz_shows_it(db, class_of_two, bilal, amal):

    quiz = essay_quiz(db, owner=HIS_CLASS, visibility=PRESETS["exam"])
    answer = answer_of(db, hand_in(db, quiz, "amal", "By ferry."))
    mark(bilal, answer, "3", comment="Mind the year.")

    page = amal.get(f"/attempt/{answer.attempt_id}/result").text

    for secret in ("Mind the year.", "People crossed by ferry", "so far"):
        assert secret not in page


def test_reports_and_tabs_tell_what_waits(db, quiz, bilal, celeste):
    all_hand_in(db, quiz)

    results = words_of(bilal.get("/quizzes/quiz/results").text)
    scores = words_of(bilal.get("/quizzes/quiz/scores").text)
    desk = words_of(bilal.get("/").text)

    assert "Marking 3 answers wait" in results
    assert results.count("so far: 1 answer waits to be marked") == 3
    assert "so far: 1 answer waits to be marked" in scores
    assert "3 answers wait to be marked The old bridge 3" in desk


def test_a_quiz_without_essays_has_no_tab_for_marking(db, bilal):

    add_bank(db)
    add_question(db, "holds")
    take(db, add_quiz(db, "holds", owner=HIS_CLASS), "amal", {"holds": True})

    assert "/quizzes/quiz/marking" not in bilal.get("/quizzes/quiz/results").text


def test_a_rule_that_changed_can_be_applied_to_what_waits(db, double, bilal):

    answers = all_hand_in(db, double)
    mark(bilal, answers["amal"], "3")
    update_quiz(db, double, replace(QuizRules(double.title), second_marker=False))

    assert "another rule of how many people mark" in bilal.get("/quizzes/quiz/marking").text
    bilal.post("/quizzes/quiz/marking/markers")

    assert slot_of(db, answers["amal"]).fraction == 0.75
    assert {a.markers for a in select_hand_answers(db, double)} == {1}
    assert attempt_of(db, answers["amal"]).unmarked == 0


# -- a sheet -----------------------------------------------------------------------------------------------


def sheet_of(browser):
    return browser.get("/quizzes/quiz/marking/crossing/sheet.csv").get_data(as_text=True).lstrip("\ufeff")


def send(browser, text, **fields):

    data = {"sheet": (io.BytesIO(text.encode()), "marking.csv"), **fields}
    return browser.post("/quizzes/quiz/marking/crossing/sheet", data=data, content_type="multipart/form-data")


def filled(sheet, token, **cells):

    rows = list(csv.DictReader(io.StringIO(sheet, newline="")))
    for row in rows:
        if row["answer"] == token:
            row |= cells
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_sheet_comes_back_with_marks_and_blank_rows_stay_untouched(db, quiz, bilal):
    answers = all_hand_in(db, quiz)
    mark(bilal, answers["dina"], "1", comment="Too short.")

    reply = send(bilal, filled(sheet_of(bilal), answers["amal"].token, points="3", comment="Good."))

    assert reply.status_code == 200 and "1 mark is written." in reply.text
    assert [m.points for m in select_marks(db, answers["amal"])] == [3.0]
    assert [(m.points, m.comment) for m in select_marks(db, answers["dina"])] == [(1.0, "Too short.")]
    assert select_marks(db, answers["zaki"]) == []


def test_a_sheet_sent_twice_writes_once(db, quiz, bilal):
    answers = all_hand_in(db, quiz)
    sheet = filled(sheet_of(bilal), answers["amal"].token, points="3").replace(",0,", ",,")

    send(bilal, sheet)
    again_ = send(bilal, sheet)

    assert again_.status_code == 200
    assert len(select_marks(db, answers["amal"])) == 1


def test_one_wrong_row_writes_nothing_unless_the_good_ones_are_wanted(db, quiz, bilal):
    answers = all_hand_in(db, quiz)
    sheet = filled(sheet_of(bilal), answers["amal"].token, points="3")
    sheet = filled(sheet, answers["dina"].token, points="9")

    refused = send(bilal, sheet)
    nothing = select_marks(db, answers["amal"])
    taken = send(bilal, sheet, only_good="1")

    assert refused.status_code == 422
    assert "9 is out of range: give a number from 0 to 4" in refused.text and "Line " in refused.text
    assert nothing == []
    assert taken.status_code == 200
    assert [m.points for m in select_marks(db, answers["amal"])] == [3.0]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"text": "Something else."}, "the text is not that of this answer"),
        ({"maximum": "10"}, "maximum is 4 here, not 10"),
        ({"seen": "7"}, "somebody has marked this answer since the sheet was made"),
        ({"answer": "0123456789"}, "no answer to this question is called"),
    ],
)
def test_the_other_columns_only_verify(db, quiz, bilal, cells, told):
    answers = all_hand_in(db, quiz)

    reply = send(bilal, filled(sheet_of(bilal), answers["amal"].token, points="3", **cells))

    assert reply.status_code == 422 and told in words_of(reply.text)
    assert select_marks(db, answers["amal"]) == []


@pytest.mark.parametrize("text", ["", "name,mark\nx,1\n", "\x00\x01", 'answer,points\n"open,1\n'])
def test_a_file_that_is_no_sheet_is_refused_with_a_sentence(db, quiz, bilal, text):
    all_hand_in(db, quiz)

    reply = send(bilal, text)

    assert reply.status_code == 422 and 'role="alert"' in reply.text
