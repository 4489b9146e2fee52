"""Sections in the builder, and what learners meet of them: parts with a clock, one way, the navigator."""

from __future__ import annotations

import re

import pytest

from quiz.core.timing import Accommodation
from quiz.storage import attempts, quizzes
from quiz.storage.attempt_parts import select_parts
from quiz.storage.late_answers import select_late_answers
from quiz.storage.questions import select_versions
from quiz.storage.quiz_sections import select_sections
from quiz.storage.quizzes import Draw, Pool, Slot
from quiz.workflows.save_question import save_version
from quiz.workflows.set_accommodation import set_accommodation
from quiz.workflows.start_attempt import start_attempt
from tests.sectioned_quizzes import QUESTIONS, add_sections, fill
from tests.small_content import add_question, wording
from tests.small_quizzes import add_questions, add_quiz, the_quiz
from tests.web.conftest import HIS_CLASS, NOON


def make(db, limits=None, *, outside=2, **rules):
    add_questions(db, *QUESTIONS)
    return fill(db, add_quiz(db, owner=HIS_CLASS, **rules), limits, outside=outside)


@pytest.fixture
def quiz(db):
    return make(db)


def begin(db, quiz):
    return start_attempt(db, quiz, person_id="amal", now=NOON)


def said(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def token_of(page, choice=0):
    """Return the field and the value of one option on a question's page."""
    name, value = re.findall(r'type="radio"[^>]*name="(answer[^"]*)"[^>]*value="([^"]*)"', page.text)[choice]
    return {name: value}


def typed(page, **more):
    """Return what the page's form would send with its first option chosen."""
    hidden = dict(re.findall(r'name="(operation|revision)" value="([^"]*)"', page.text))
    return hidden | token_of(page) | more


def json_save(browser, attempt, position, answer, revision=0, operation="0123456789abcdef"):
    sent = {"operation": operation, "position": position, "revision": revision, "fields": answer}
    return browser.post(f"/attempt/{attempt.id}/save", json=sent)


def response_at(db, attempt, position):
    return attempts.select_attempt_slot_or_none(db, attempt, position).response


def reached(db, attempt):
    return attempts.select_attempt_or_none(db, attempt.id).reached


# -- the builder ---------------------------------------------------------------------------------------------


def test_the_builder_shows_places_by_section_with_points_and_minutes(bilal, quiz):
    page = said(bilal.get(f"/quizzes/{quiz.id}"))

    assert page.index("Before the sections") < page.index("The map") < page.index("The text")
    assert "2 questions · 2 points · about 1 minute · time limit 10 minutes" in page
    assert "Sections are passed in their order" in page


def test_a_section_is_added_changed_moved_and_removed_without_a_script(bilal, db, quiz):
    form = bilal.get(f"/quizzes/{quiz.id}/sections/new").text
    new_id = re.search(r'name="new_id" value="([^"]+)"', form)[1]
    for _ in range(2):
        sent = bilal.post(
            f"/quizzes/{quiz.id}/sections/new",
            data={"title": "The end", "time_limit_min": "5", "new_id": new_id},
        )
    assert sent.status_code == 303
    assert [(s.title, s.time_limit_s) for s in select_sections(db, quiz)][2:] == [("The end", 300)]

    address = f"/quizzes/{quiz.id}/sections/{new_id}"
    assert 'value="The end"' in bilal.get(address).text
    bilal.post(address, data={"title": "The very end", "time_limit_min": "", "is_shuffled": "y"})
    bilal.post(f"{address}/move", data={"position": "1"})
    first = select_sections(db, quiz)[0]
    assert (first.title, first.time_limit_s, first.is_shuffled) == ("The very end", None, True)

    bilal.post(f"{address}/remove")
    assert [s.title for s in select_sections(db, quiz)] == ["The map", "The text"]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"title": ""}, "Enter a title"),
        ({"title": "Map", "time_limit_min": "0"}, "Enter a number from 1 to 1440"),
    ],
)
def test_a_section_that_cannot_be_kept_is_sent_back_with_the_problem(bilal, db, quiz, sent, problem):
    for address in ("new", "map"):
        page = bilal.post(f"/quizzes/{quiz.id}/sections/{address}", data=sent)

        assert page.status_code == 422
        assert problem in said(page)
    assert len(select_sections(db, quiz)) == 2


def test_a_place_gets_its_section_version_and_fixed_place_by_one_form(bilal, db, quiz):
    (version,) = select_versions(db, "holds-1")
    save_version(db, "holds-1", wording(stem="Is it so, really?"), state="ready", by=None, now=NOON)
    page = bilal.get(f"/quizzes/{quiz.id}").text
    assert "Always the newest" in page and f'value="{version.id}"' in page

    bilal.post(
        f"/quizzes/{quiz.id}/slots/slot-1/change",
        data={"section": "map", "version": version.id, "pinned": "y"},
    )

    moved = next(slot for slot in quizzes.select_slots(db, quiz) if slot.id == "slot-1")
    assert (moved.section_id, moved.version_id, moved.is_pinned, moved.position) == (
        "map",
        version.id,
        True,
        4,
    )
    assert "Place 4 is fixed to version 1; the newest is version 2" in said(
        bilal.get(f"/quizzes/{quiz.id}/check")
    )


def test_what_a_place_cannot_be_is_told_and_nothing_is_changed(bilal, db, quiz):
    before = quizzes.select_slots(db, quiz)

    page = bilal.post(
        f"/quizzes/{quiz.id}/slots/slot-1/change", data={"section": "no-such"}, follow_redirects=True
    )

    assert "That section was removed meanwhile" in said(page)
    assert quizzes.select_slots(db, quiz) == before


def test_a_question_and_a_draw_are_added_into_the_section_that_was_chosen(bilal, db, quiz):
    add_question(db, "more", stem="Is there more?")
    found = bilal.get(f"/quizzes/{quiz.id}?words=more&in_bank=&with_tag=&section=map").text
    assert '<input type="hidden" name="section" value="map">' in found

    bilal.post(f"/quizzes/{quiz.id}/questions", data={"question": "more", "words": "more", "section": "map"})
    bilal.post(
        f"/quizzes/{quiz.id}/draws",
        data={"bank": "towns", "tag": "", "count": "1", "points": "1", "section": "text"},
    )

    assert [slot.section_id for slot in quizzes.select_slots(db, quiz)] == [
        "", "", "map", "map", "map", "text", "text", "text",
    ]  # fmt: skip


def test_further_pools_are_counted_live_and_drawn_from(bilal, db):
    quiz = make(db, {}, outside=0)
    add_question(db, "tagged", tags=("roads",))
    address = f"/quizzes/{quiz.id}?bank=towns&tag=bridges"
    assert "6 questions match." in said(bilal.get(address))
    assert "Also from the bank" in bilal.get(f"{address}&more=1").text

    page = said(bilal.get(f"{address}&bank=towns&tag=roads"))
    assert "7 questions match." in page
    assert "6 questions match" in page and "1 question matches" in page

    sent = {"bank": ["towns", "towns"], "tag": ["bridges", "roads"], "count": "2", "points": "1"}
    bilal.post(f"/quizzes/{quiz.id}/draws", data=sent)
    (slot,) = quizzes.select_slots(db, quiz)
    assert slot.draw == Draw("towns", "bridges", 2, (Pool("towns", "roads"),))
    assert "2 at random, as evenly as can be from 2 pools" in said(bilal.get(f"/quizzes/{quiz.id}"))


def test_a_draw_that_is_sent_back_keeps_its_pools(bilal, db):
    quiz = make(db, {}, outside=0)

    sent = {"bank": ["towns", "towns"], "tag": ["bridges", "roads"], "count": "0", "points": "1"}
    page = bilal.post(f"/quizzes/{quiz.id}/draws", data=sent)

    assert page.status_code == 422
    assert page.text.count('<input type="hidden" name="bank" value="towns">') == 2
    assert quizzes.select_slots(db, quiz) == []


def test_the_check_page_tells_time_lint_rules_and_what_is_unverified(bilal, db):
    quiz = make(db, time_limit_s=900, navigation="sequential", is_shuffled=True)
    add_question(db, "doubtful", stem="Is it currently so?", citations=())
    quizzes.insert_slot(db, quiz, Slot("doubt", 7, 2.5, "doubtful", None))

    page = said(bilal.get(f"/quizzes/{quiz.id}/check"))

    assert "Questions 7 Points 8.5" in page
    assert "130 words to read in a minute" in page
    assert "1 chosen question" in page
    assert "Is it currently so?" in page and "place 7" in page
    for sentence in (
        "Questions come one after the other. There is no way back to one that was left.",
        "Sections are passed in their order, and nobody comes back to one.",
        "Each learner gets the questions outside of sections in an order of their own.",
        "10 minutes for the section “The map”",
        "The sections may take 30 minutes together, but an attempt ends after 15",
        "What learners are shown, and when",
    ):
        assert sentence in page


def test_the_preview_shows_sections(bilal, quiz):
    page = said(bilal.get(f"/quizzes/{quiz.id}/preview"))

    assert page.index("Question 2 of 6") < page.index("The map") < page.index("Question 3 of 6")


@pytest.mark.parametrize(
    ("address", "is_read"),
    [
        ("sections/new", True), ("sections/map", True), ("check", True), ("sections/map/move", False),
        ("sections/map/remove", False), ("slots/slot-1/change", False),
    ],
)  # fmt: skip
def test_somebody_elses_sections_are_nobodys_business(celeste, amal, client, db, quiz, address, is_read):
    before = (select_sections(db, quiz), quizzes.select_slots(db, quiz))
    ask = (lambda browser: browser.get(f"/quizzes/{quiz.id}/{address}")) if is_read else (
        lambda browser: browser.post(f"/quizzes/{quiz.id}/{address}", data={"title": "x"})
    )  # fmt: skip

    assert ask(celeste).status_code == 404
    assert ask(amal).status_code == 403
    assert ask(client).status_code in (302, 401)
    assert (select_sections(db, quiz), quizzes.select_slots(db, quiz)) == before


def test_a_title_with_html_in_it_stays_text_everywhere(bilal, amal, db, quiz):
    bilal.post(
        f"/quizzes/{quiz.id}/sections/map",
        data={"title": "<script>alert(1)</script>", "time_limit_min": "10"},
    )
    attempt = begin(db, the_quiz(db))
    amal.post(f"/attempt/{attempt.id}/part/1/finish")

    for browser, address in (
        (bilal, f"/quizzes/{quiz.id}"), (bilal, f"/quizzes/{quiz.id}/check"), (bilal, f"/quizzes/{quiz.id}/preview"),
        (amal, f"/quiz/{quiz.id}/start"), (amal, f"/attempt/{attempt.id}/part/2"),
    ):  # fmt: skip
        page = browser.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


# -- before the start ----------------------------------------------------------------------------------------


def test_the_start_page_tells_the_parts_and_the_one_way(amal, db, clock):
    quiz = make(db, navigation="sequential")
    set_accommodation(db, "amal", Accommodation(factor=1.5), note="", by="bilal", now=clock())

    page = said(amal.get(f"/quiz/{quiz.id}/start"))

    assert "You cannot return to a question that you left." in page
    assert "You go through them in this order, and can't come back to one." in page.replace("&#39;", "'")
    assert "The map 2 questions · 15 minutes: 10 + 5 extra" in page


# -- a part with a clock -------------------------------------------------------------------------------------


def test_before_a_timed_part_a_page_says_what_comes(amal, db, quiz):
    set_accommodation(db, "amal", Accommodation(factor=1.5), note="", by="bilal", now=NOON)
    attempt = begin(db, quiz)
    amal.post(f"/attempt/{attempt.id}/part/1/finish")

    page = amal.get(f"/attempt/{attempt.id}", follow_redirects=True)

    assert page.request.path.endswith("/part/2")
    told = said(page).replace("&#39;", "'")
    for words in ("Part 2 of 3 The map", "Questions 2", "15 minutes: 10 + 5 extra.", "You can't come back."):
        assert words in told
    assert select_parts(db, attempt)[1].started_at is None


def test_the_clock_starts_when_the_part_is_opened_and_the_page_shows_it(amal, db, quiz, clock):
    attempt = begin(db, quiz)
    amal.post(f"/attempt/{attempt.id}/part/1/finish")
    clock.pass_time(minutes=30)

    page = amal.post(f"/attempt/{attempt.id}/part/2/open", follow_redirects=True)

    assert page.request.path.endswith("/question/3")
    assert 'data-left="600"' in page.text and 'data-overrun="part"' in page.text
    assert "Time left in this part" in page.text


def test_addresses_of_other_parts_lead_back_to_the_open_one(amal, db, quiz):
    attempt = begin(db, quiz)

    for address in ("question/3", "question/6", "part/2", "part/3", "part/9", "go?question=5"):
        page = amal.get(f"/attempt/{attempt.id}/{address}", follow_redirects=True)
        assert page.request.path.endswith("/question/1"), address


def test_a_question_of_a_part_that_is_not_open_cannot_be_read_anywhere(amal, db, quiz):
    attempt = begin(db, quiz)

    for address in ("question/1", "review", "part/1"):
        assert (
            "Is holds-3 so?" not in amal.get(f"/attempt/{attempt.id}/{address}", follow_redirects=True).text
        )
    assert amal.get(f"/attempt/{attempt.id}/question/3/report").status_code == 404


def test_the_navigator_shows_only_the_open_part(amal, db, quiz):
    attempt = begin(db, quiz)

    page = amal.get(f"/attempt/{attempt.id}/question/1").text

    assert re.findall(r'href="/attempt/[^/]+/question/(\d+)" class', page) == ["1", "2"]
    assert "not opened yet" in page


def test_the_last_question_of_a_part_leads_to_the_look_back_and_that_to_the_next_part(amal, db, quiz):
    attempt = begin(db, quiz)
    page = amal.get(f"/attempt/{attempt.id}/question/2")
    assert "Save and look back at this part" in page.text

    back = amal.post(f"/attempt/{attempt.id}/question/2", data=typed(page), follow_redirects=True)
    assert back.request.path.endswith("/part/1")
    assert "You have not answered 1 question of this part." in said(back)
    assert "Finish this part" in back.text

    page = amal.post(f"/attempt/{attempt.id}/part/1/finish", follow_redirects=True)
    assert page.request.path.endswith("/part/2")
    assert amal.get(f"/attempt/{attempt.id}/question/1", follow_redirects=True).request.path.endswith(
        "/part/2"
    )


def test_an_answer_to_a_finished_part_is_refused_with_a_sentence_and_nothing_is_lost(amal, db, quiz):
    attempt = begin(db, quiz)
    page = amal.get(f"/attempt/{attempt.id}/question/1")
    amal.post(f"/attempt/{attempt.id}/question/1", data=typed(page))
    stored = response_at(db, attempt, 1)
    amal.post(f"/attempt/{attempt.id}/part/1/finish")

    refused = amal.post(
        f"/attempt/{attempt.id}/question/1",
        data=typed(page, operation="fedcba9876543210") | token_of(page, 1),
    )

    assert refused.status_code == 409
    assert "You finished part 1" in said(refused)
    assert "What is stored" in refused.text and "What you just sent" in refused.text
    assert response_at(db, attempt, 1) == stored
    reply = json_save(amal, attempt, 1, {k: [v] for k, v in token_of(page, 1).items()}, revision=9)
    assert (reply.status_code, "You finished part 1" in reply.json["passed"]) == (409, True)
    assert response_at(db, attempt, 1) == stored


def test_an_answer_after_the_end_of_its_part_is_kept_apart_and_the_quiz_goes_on(amal, db, quiz, clock):
    attempt = begin(db, quiz)
    amal.post(f"/attempt/{attempt.id}/part/1/finish")
    page = amal.post(f"/attempt/{attempt.id}/part/2/open", follow_redirects=True)
    clock.pass_time(minutes=11)

    reply = json_save(amal, attempt, 3, {k: [v] for k, v in token_of(page).items()})
    late = amal.post(f"/attempt/{attempt.id}/question/4", data=typed(page))

    assert (reply.status_code, late.status_code) == (409, 409)
    assert "kept apart" in reply.json["passed"]
    assert reply.json["go_on"].endswith(attempt.id)
    assert "kept apart" in said(late)
    assert [kept.position for kept in select_late_answers(db, attempt.class_id, attempt.id)] == [3, 4]
    onward = amal.get(f"/attempt/{attempt.id}", follow_redirects=True)
    assert onward.request.path.endswith("/part/3")
    assert "The time of the part before is up." in said(onward)


def test_the_end_of_the_last_part_submits_what_is_there(amal, db, quiz, clock):
    attempt = begin(db, quiz)
    amal.post(f"/attempt/{attempt.id}/part/1/finish")
    amal.post(f"/attempt/{attempt.id}/part/2/open")
    clock.pass_time(minutes=10)
    amal.post(f"/attempt/{attempt.id}/part/3/open")
    clock.pass_time(minutes=21)

    assert amal.get(f"/attempt/{attempt.id}", follow_redirects=True).request.path.endswith("/result")


def test_submitting_early_says_what_was_not_opened(amal, db, quiz):
    attempt = begin(db, quiz)

    page = said(amal.get(f"/attempt/{attempt.id}/review"))

    assert "You have not opened 4 questions yet. If you submit now, they stay blank." in page
    assert amal.post(f"/attempt/{attempt.id}/submit").location.endswith("/result")


def test_a_break_between_and_in_parts(amal, db, quiz, clock):
    set_accommodation(db, "amal", Accommodation(may_pause=True), note="", by="bilal", now=NOON)
    attempt = begin(db, quiz)
    assert "Take a break" not in amal.get(f"/attempt/{attempt.id}/question/1").text
    amal.post(f"/attempt/{attempt.id}/part/1/finish")
    page = amal.post(f"/attempt/{attempt.id}/part/2/open", follow_redirects=True)
    assert "Take a break" in page.text

    amal.post(f"/attempt/{attempt.id}/break")
    clock.pass_time(hours=2)
    assert amal.get(f"/attempt/{attempt.id}/part/2").location.endswith("/break")
    page = amal.post(f"/attempt/{attempt.id}/break/end", follow_redirects=True)

    assert 'data-left="600"' in page.text


@pytest.mark.parametrize("deed", ["part/1/finish", "part/2/open"])
def test_nobody_passes_through_somebody_elses_attempt(dina, db, quiz, deed):
    attempt = begin(db, quiz)

    assert dina.post(f"/attempt/{attempt.id}/{deed}").status_code == 404
    assert dina.get(f"/attempt/{attempt.id}/part/1").status_code == 404
    assert dina.get(f"/attempt/{attempt.id}/go?question=1").status_code == 404


# -- one way -------------------------------------------------------------------------------------------------


@pytest.fixture
def one_way(db):
    return begin(db, make(db, {}, outside=3, navigation="sequential"))


def test_a_page_without_a_way_back_says_so_and_shows_none(amal, db, one_way):
    page = amal.get(f"/attempt/{one_way.id}/question/1")
    amal.post(f"/attempt/{one_way.id}/question/1", data=typed(page))

    page = amal.get(f"/attempt/{one_way.id}/question/2")

    assert "You cannot return to this question." in said(page)
    assert "Back to question" not in page.text
    assert "data-flag" not in page.text
    assert not re.findall(r'href="/attempt/[^/]+/question/\d+"', page.text)


def test_other_questions_lead_to_the_open_one(amal, db, one_way):
    page = amal.get(f"/attempt/{one_way.id}/question/1")
    amal.post(f"/attempt/{one_way.id}/question/1", data=typed(page))

    for position in (1, 3):
        assert amal.get(f"/attempt/{one_way.id}/question/{position}").location.endswith("/question/2")
    assert amal.get(f"/attempt/{one_way.id}").location.endswith("/question/2")


@pytest.mark.parametrize("position", [1, 3])
def test_an_answer_to_another_question_is_refused_kindly_by_either_way(amal, db, one_way, position):
    first = amal.get(f"/attempt/{one_way.id}/question/1")
    amal.post(f"/attempt/{one_way.id}/question/1", data=typed(first))
    before = response_at(db, one_way, position)
    other = typed(first, operation="fedcba9876543210") | token_of(first, 1)
    answer = {k: [v] for k, v in token_of(first, 1).items()}

    page = amal.post(f"/attempt/{one_way.id}/question/{position}", data=other)
    reply = json_save(amal, one_way, position, answer, revision=5)
    flag = amal.post(
        f"/attempt/{one_way.id}/save", json={"operation": "a" * 16, "position": position, "flagged": True}
    )

    sentence = "You cannot return to question 1" if position == 1 else "Question 3 comes later"
    assert (page.status_code, reply.status_code, flag.status_code) == (409, 409, 409)
    assert sentence in said(page)
    assert sentence in reply.json["passed"]
    assert sentence in flag.json["passed"]
    assert response_at(db, one_way, position) == before


def test_a_blank_answer_is_asked_about_once_before_it_is_left(amal, db, one_way):
    page = amal.post(
        f"/attempt/{one_way.id}/question/1", data={"go": "next", "operation": "0123456789abcdef"}
    )
    assert page.status_code == 422
    assert "You have not answered. Leave it blank?" in said(page)
    assert reached(db, one_way) == 0

    sent = amal.post(
        f"/attempt/{one_way.id}/question/1", data={"go": "leave_blank", "operation": "fedcba9876543210"}
    )

    assert sent.location.endswith("/question/2")
    assert reached(db, one_way) == 2


def test_an_old_page_of_a_question_left_blank_leads_on(amal, db, one_way):
    for go, operation in (("next", "0123456789abcdef"), ("leave_blank", "fedcba9876543210")):
        amal.post(f"/attempt/{one_way.id}/question/1", data={"go": go, "operation": operation})

    sent = amal.post(
        f"/attempt/{one_way.id}/question/1", data={"go": "next", "operation": "00112233445566778899"}
    )

    assert sent.location.endswith("/question/2")


def test_what_is_chosen_after_all_is_saved_and_not_asked_about(amal, db, one_way):
    page = amal.post(
        f"/attempt/{one_way.id}/question/1", data={"go": "next", "operation": "0123456789abcdef"}
    )

    sent = amal.post(f"/attempt/{one_way.id}/question/1", data=typed(page, go="next"))

    assert sent.location.endswith("/question/2")
    assert response_at(db, one_way, 1) is not None


def test_pressing_the_button_twice_leaves_one_question(amal, db, one_way):
    page = amal.get(f"/attempt/{one_way.id}/question/1")
    for _ in range(2):
        sent = amal.post(f"/attempt/{one_way.id}/question/1", data=typed(page, go="next"))
        assert sent.location.endswith("/question/2")

    assert reached(db, one_way) == 2


def test_the_look_back_shows_what_was_met_and_no_links_to_change_it(amal, db, one_way):
    page = amal.get(f"/attempt/{one_way.id}/question/1")
    amal.post(f"/attempt/{one_way.id}/question/1", data=typed(page))
    early = amal.get(f"/attempt/{one_way.id}/review")
    assert "Is holds-2 so?" in early.text and "Is holds-3 so?" not in early.text
    assert "You have not opened 1 question yet" in said(early)
    assert "Back to question 2" in said(early)

    for position in (2, 3):
        page = amal.get(f"/attempt/{one_way.id}/question/{position}")
        sent = amal.post(f"/attempt/{one_way.id}/question/{position}", data=typed(page))
    assert sent.location.endswith("/review")
    late = amal.get(sent.location).text
    assert not re.findall(r'href="/attempt/[^/]+/question/\d+"', late)
    assert "Submit answers" in late
    assert amal.get(f"/attempt/{one_way.id}/question/3").location.endswith("/review")


# -- many questions ------------------------------------------------------------------------------------------


def many(db, count, limits=None):
    """Return an attempt at so many questions, those after the tenth in a section if there is one."""
    questions = [f"holds-{n}" for n in range(1, count + 1)]
    add_questions(db, *questions)
    quiz = add_quiz(db, owner=HIS_CLASS)
    add_sections(db, quiz, limits or {})
    for at, question_id in enumerate(questions, start=1):
        section_id = "map" if limits and at > 10 else ""
        quizzes.insert_slot(db, quiz, Slot(f"s-{at}", 100 + at, 1.0, question_id, None, section_id))
    return begin(db, the_quiz(db))


def test_more_than_sixty_questions_come_in_groups_of_twenty_with_a_way_by_number(amal, db):
    attempt = many(db, 61)

    page = amal.get(f"/attempt/{attempt.id}/question/25")

    assert re.findall(r"questions (\d+) to (\d+), 0 answered", page.text) == [
        ("1", "20"), ("21", "40"), ("41", "60"), ("61", "61"),
    ]  # fmt: skip
    assert page.text.count('<details class="navigator-group" open>') == 1
    assert amal.get(f"/attempt/{attempt.id}/go?question=57").location.endswith("/question/57")
    for strange in ("", "0", "62", "x"):
        assert amal.get(f"/attempt/{attempt.id}/go?question={strange}").location.endswith(attempt.id)


def test_where_there_are_sections_the_navigator_groups_by_them(amal, db):
    attempt = many(db, 12, {"map": None})

    page = said(amal.get(f"/attempt/{attempt.id}/question/1"))

    assert "questions 1 to 10, 0 answered" in page
    assert "The map : questions 11 to 12, 0 answered" in page
