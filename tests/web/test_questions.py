from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from quiz.core.claims import Citation
from quiz.question_types import QUESTION_TYPES
from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.storage.questions import select_question, select_questions_of_bank, select_versions
from quiz.storage.search import search_questions
from quiz.workflows.open_question import open_wording
from tests.small_content import add_bank, add_question, wording
from tests.web.forms import form_on, typed_form


@pytest.fixture(autouse=True)
def bank(db: Database) -> None:
    """A bank, and a source: its claim a01-1 holds, a02-1 is out of date, t01 can't be cited."""
    add_bank(db)


def written(type_name: str = "true_false", **changes: object) -> dict[str, str]:
    """Return what an author of a new question sends: the type's first sample as its body."""
    question_type = QUESTION_TYPES[type_name]
    data = question_type.form_from_body(first_body(type_name)) | {
        "bank": "towns",
        "basis": "world",
        "stem": "What of the bridge?",
        "feedback": "It was opened in 1901.",
        "tags": "Bridges, dates",
        "difficulty": "hard",
        "state": "ready",
        "action": "save",
        "citations": [{"source": "bridge", "claim": "a01-1", "role": "rests_on"}],
    }
    return typed_form(data | changes)


def first_body(type_name: str):
    return next(iter(QUESTION_TYPES[type_name].samples())).body


def plain(type_name: str, ask: object, key: object) -> str:
    question_type = QUESTION_TYPES[type_name]
    return json_text([question_type.ask_to_json(ask), question_type.key_to_json(key)])


def the_question(db: Database):
    (question,) = select_questions_of_bank(db, "towns")
    return question


def newest_wording(db: Database, question_id: str):
    return open_wording(db, select_versions(db, question_id)[0].id)


# -- who may -------------------------------------------------------------------------------------------------

PAGES = ["/bank", "/bank/new", "/bank/new/true_false", "/bank/bridge-opened", "/bank/bridge-opened/edit"]


@pytest.mark.parametrize("address", PAGES)
def test_learners_do_not_see_the_bank(amal: FlaskClient, db: Database, address: str):
    add_question(db)

    assert amal.get(address).status_code == 403


@pytest.mark.parametrize("address", PAGES)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: FlaskClient, db: Database, address: str):
    add_question(db)

    answer = client.get(address)

    assert answer.status_code == 302
    assert "/sign-in" in answer.location


@pytest.mark.parametrize(
    "address", ["/bank/new/true_false", "/bank/preview/true_false", "/bank/bridge-opened/retire"]
)
def test_learners_write_nothing(amal: FlaskClient, db: Database, address: str):
    add_question(db)

    assert amal.post(address, data=written()).status_code == 403
    assert the_question(db).retired is None


# -- the list ------------------------------------------------------------------------------------------------


def test_the_list_shows_each_question_with_its_standing(bilal: FlaskClient, db: Database):
    add_question(db)
    add_question(db, "no-source", citations=(), stem="How *long* is it?")

    page = bilal.get("/bank").text

    assert "The bridge was opened in 1901." in page
    assert "How long is it?" in page
    assert "Checked, as of 22 November 2026" in page
    assert "Unverified" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=opened", {"bridge-opened"}),
        ("standing=unverified", {"bridge-longest"}),
        ("standing=checked", {"bridge-opened"}),
        ("citing=bridge/a02-1", {"bridge-longest"}),
        ("citing=a01-1", {"bridge-opened"}),
        ("tag=length", {"bridge-longest"}),
        ("basis=text", set()),
        ("type=true_false", {"bridge-opened", "bridge-longest"}),
        ("bank=towns&state=ready", {"bridge-opened", "bridge-longest"}),
        ("state=retired", set()),
    ],
)
def test_filters_find_what_they_say(bilal: FlaskClient, db: Database, query: str, found: set[str]):
    add_question(db)
    cites = (Citation("bridge", "a02-1", "rests_on"),)
    add_question(
        db, "bridge-longest", stem="It is the longest.", tags=("length",), citations=cites, feedback=""
    )

    page = bilal.get(f"/bank?{query}").text

    assert set(re.findall(r'question-row-stem" href="/bank/([^"]+)"', page)) == found


def test_a_filter_can_be_taken_away(bilal: FlaskClient, db: Database):
    add_question(db)

    page = bilal.get("/bank?tag=bridges&words=opened").text

    assert 'href="/bank?words=opened"' in page
    assert 'href="/bank?tag=bridges"' in page


def test_an_empty_search_says_which_filter_to_take_away(bilal: FlaskClient, db: Database):
    add_question(db)

    page = bilal.get("/bank?tag=bridges&words=zebra").text

    assert "data-empty" in page
    assert "Try without “Words: zebra”" in page
    assert "Try without “Tag: bridges”" not in page


def test_an_empty_bank_offers_to_write_a_question(bilal: FlaskClient):
    page = bilal.get("/bank").text

    assert "data-empty" in page
    assert 'href="/bank/new"' in page


def test_the_pages_of_the_list_show_every_question_once(bilal: FlaskClient, db: Database):
    for number in range(60):
        add_question(db, f"q{number:02}", stem=f"Question {number}.")

    address, met = "/bank", []
    while address:
        page = bilal.get(address).text
        met += re.findall(r'question-row-stem" href="/bank/([^"]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following.group(1).replace("&amp;", "&") if following else ""

    assert met == [f"q{number:02}" for number in reversed(range(60))]


def test_a_filter_by_standing_pages_through_all_that_fits(bilal: FlaskClient, db: Database):
    for number in range(60):
        add_question(db, f"q{number:02}", citations=() if number % 2 else wording().citations)

    page = bilal.get("/bank?standing=unverified").text
    following = re.search(r'rel="next" href="([^"]+)"', page)
    rest = bilal.get(following.group(1).replace("&amp;", "&")).text

    assert page.count("question-row-stem") == 25
    assert rest.count("question-row-stem") == 5


# -- one question --------------------------------------------------------------------------------------------


def test_a_question_is_shown_as_learners_meet_it_then_with_its_key(bilal: FlaskClient, db: Database):
    add_question(db)

    page = bilal.get("/bank/bridge-opened").text

    assert "<fieldset" in page and "disabled" in page
    assert page.index("<strong>1901</strong>") < page.index("After marking")
    assert "It was opened on 1 May 1901." in page
    assert "/sources/bridge#a01-1" in page
    assert "from a file" in page


def test_an_older_version_can_be_read(bilal: FlaskClient, db: Database):
    add_question(db)
    form = form_on(bilal.get("/bank/bridge-opened/edit").text)
    bilal.post("/bank/bridge-opened/edit", data=form | {"stem": "A new wording.", "action": "save"})

    page = bilal.get("/bank/bridge-opened?version=1").text

    assert "This is version 1 of 2." in page
    assert "<strong>1901</strong>" in page


def test_a_question_that_is_not_there_is_not_found(bilal: FlaskClient):
    assert bilal.get("/bank/nothing").status_code == 404
    assert bilal.get("/bank/nothing/edit").status_code == 404
    assert bilal.get("/bank/new/nothing").status_code == 404


def test_a_retired_question_can_be_taken_back(bilal: FlaskClient, db: Database):
    add_question(db)

    bilal.post("/bank/bridge-opened/retire")
    assert select_question(db, "bridge-opened").retired is not None
    assert "it is asked and drawn no more" in bilal.get("/bank/bridge-opened").text

    bilal.post("/bank/bridge-opened/restore")
    assert select_question(db, "bridge-opened").retired is None


# -- writing -------------------------------------------------------------------------------------------------


def test_every_type_can_be_chosen(bilal: FlaskClient):
    page = bilal.get("/bank/new").text

    assert all(f"/bank/new/{name}" in page for name in QUESTION_TYPES)


@pytest.mark.parametrize("type_name", QUESTION_TYPES)
def test_every_type_can_be_written(bilal: FlaskClient, db: Database, type_name: str):
    assert bilal.get(f"/bank/new/{type_name}").status_code == 200

    answer = bilal.post(f"/bank/new/{type_name}", data=written(type_name))

    question = the_question(db)
    stored = newest_wording(db, question.id)
    assert answer.status_code == 303
    assert plain(type_name, stored.ask, stored.key) == plain(type_name, *first_body(type_name))
    assert (stored.stem, stored.tags, stored.difficulty) == (
        "What of the bridge?",
        ("bridges", "dates"),
        "hard",
    )
    assert stored.citations == (Citation("bridge", "a01-1", "rests_on"),)


@pytest.mark.parametrize("type_name", QUESTION_TYPES)
def test_every_type_can_be_edited(bilal: FlaskClient, db: Database, type_name: str):
    ask, key = first_body(type_name)
    add_question(db, type=type_name, ask=ask, key=key)
    form = form_on(bilal.get("/bank/bridge-opened/edit").text)

    answer = bilal.post(
        "/bank/bridge-opened/edit", data=form | {"stem": "Another wording?", "action": "save"}
    )

    stored = newest_wording(db, "bridge-opened")
    assert answer.status_code == 303
    assert [v.number for v in select_versions(db, "bridge-opened")] == [2, 1]
    assert stored.stem == "Another wording?"
    assert plain(type_name, stored.ask, stored.key) == plain(type_name, ask, key)


@pytest.mark.parametrize("type_name", QUESTION_TYPES)
def test_saving_a_form_as_it_is_makes_no_version(bilal: FlaskClient, db: Database, type_name: str):
    ask, key = first_body(type_name)
    add_question(db, type=type_name, ask=ask, key=key, stem="One line.\n\nAnother line.")
    form = form_on(bilal.get("/bank/bridge-opened/edit").text)

    answer = bilal.post(
        "/bank/bridge-opened/edit",
        data={name: value.replace("\n", "\r\n") for name, value in form.items()} | {"action": "save"},
        follow_redirects=True,
    )

    assert "Nothing changed" in answer.text
    assert len(select_versions(db, "bridge-opened")) == 1


@pytest.mark.parametrize("type_name", QUESTION_TYPES)
def test_an_empty_form_of_any_type_names_its_problems(bilal: FlaskClient, db: Database, type_name: str):
    empty = form_on(bilal.get(f"/bank/new/{type_name}").text) | {"action": "save"}

    answer = bilal.post(f"/bank/new/{type_name}", data=empty)

    targets = re.findall(r'<li><a href="#([^"]+)">', answer.text)
    assert answer.status_code == 422
    assert "Write the question" in answer.text
    assert "stem" in targets
    assert all(f'id="{target}"' in answer.text for target in targets)
    assert select_questions_of_bank(db, "towns") == []


def test_a_body_that_makes_no_question_is_told_at_its_field(bilal: FlaskClient, db: Database):
    typed = written("single_choice", options=[{"text": "The Red Sea"}, {"text": "The Dead Sea"}])

    answer = bilal.post("/bank/new/single_choice", data=typed)

    assert answer.status_code == 422
    assert '<a href="#options">' in answer.text
    assert 'id="options-error"' in answer.text
    assert "The Red Sea" in answer.text
    assert select_questions_of_bank(db, "towns") == []


def test_a_form_that_is_sent_twice_makes_one_question(bilal: FlaskClient, db: Database):
    form = form_on(bilal.get("/bank/new/true_false").text) | written()

    bilal.post("/bank/new/true_false", data=form)
    bilal.post("/bank/new/true_false", data=form)

    assert len(select_versions(db, the_question(db).id)) == 1


def test_a_new_question_is_found_by_its_words_at_once(bilal: FlaskClient, db: Database):
    bilal.post("/bank/new/true_false", data=written(stem="Was the viaduct older?"))

    assert [q.stem for q in search_questions(db, words="viaduct")] == ["Was the viaduct older?"]


def test_save_and_new_goes_on_with_the_same_type_and_bank(bilal: FlaskClient):
    answer = bilal.post("/bank/new/true_false", data=written(action="save_and_new"))

    assert answer.location == "/bank/new/true_false?bank=towns"


def test_a_draft_is_asked_nowhere(bilal: FlaskClient, db: Database):
    add_question(db)
    form = form_on(bilal.get("/bank/bridge-opened/edit").text)

    bilal.post(
        "/bank/bridge-opened/edit", data=form | {"stem": "Unfinished", "state": "draft", "action": "save"}
    )

    assert [v.state for v in select_versions(db, "bridge-opened")] == ["draft", "ready"]
    assert "A draft: no quiz asks this version." in bilal.get("/bank/bridge-opened").text


def test_a_new_order_of_options_is_a_change(bilal: FlaskClient, db: Database):
    ask, key = first_body("single_choice")
    add_question(db, type="single_choice", ask=ask, key=key)
    form = form_on(bilal.get("/bank/bridge-opened/edit").text)

    lowered = bilal.post("/bank/bridge-opened/edit", data=form | {"action": "lower_row:options-0"})
    bilal.post("/bank/bridge-opened/edit", data=form_on(lowered.text) | {"action": "save"})

    stored = newest_wording(db, "bridge-opened")
    first, second, *rest = ask.options
    assert list(stored.ask.options) == [second, first, *rest]
    assert stored.key == key


# -- rows ----------------------------------------------------------------------------------------------------


def test_another_row_keeps_all_that_was_typed(bilal: FlaskClient, db: Database):
    typed = written("single_choice", stem="Half <b>typed", action="add_row:options")

    page = bilal.post("/bank/new/single_choice", data=typed)

    before = len(re.findall(r"options-\d+-text", str(sorted(typed))))
    after = form_on(page.text)
    assert page.status_code == 200
    assert len([name for name in after if re.fullmatch(r"options-\d+-text", name)]) == max(before, 3) + 1
    assert after["stem"] == "Half <b>typed"
    assert {name: after.get(name) for name in typed if name.startswith("options")} == {
        name: value for name, value in typed.items() if name.startswith("options")
    }
    assert select_questions_of_bank(db, "towns") == []


def test_a_row_that_is_taken_out_takes_its_id_along(bilal: FlaskClient):
    typed = written("single_choice", action="remove_row:options-0")

    after = form_on(bilal.post("/bank/new/single_choice", data=typed).text)

    assert after["options-0-id"] == typed["options-1-id"]
    assert after["options-0-text"] == typed["options-1-text"]


@pytest.mark.parametrize(
    "action", ["add_row:", "remove_row:options", "remove_row:options-99", "raise_row:options-0", "x:y-1"]
)
def test_a_button_that_has_nothing_to_do_changes_nothing(bilal: FlaskClient, action: str):
    typed = written("single_choice", action=action)

    answer = bilal.post("/bank/new/single_choice", data=typed)

    after = form_on(answer.text)
    assert answer.status_code == 200
    assert all(after[name] == value for name, value in typed.items() if name.startswith("options"))


def test_rows_have_an_end(bilal: FlaskClient):
    typed = written(
        "single_choice", options=[{"text": f"Option {n}"} for n in range(60)], action="add_row:options"
    )

    after = form_on(bilal.post("/bank/new/single_choice", data=typed).text)

    assert "options-59-text" in after
    assert "options-60-text" not in after


# -- claims --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["a02-1", "a02", "longer 1950", "LONG"])
def test_claims_are_found_by_number_passage_and_words(bilal: FlaskClient, words: str):
    typed = written(citations=[], claim_words=words, action="find_claims")

    after = form_on(bilal.post("/bank/new/true_false", data=typed).text)

    assert after["found-0-claim"] == "a02-1"
    assert "found-1-claim" not in after


def test_what_is_printed_outside_of_every_passage_is_never_offered(bilal: FlaskClient):
    page = bilal.post("/bank/new/true_false", data=written(claim_words="t01", action="find_claims")).text

    assert "found-0-claim" not in page
    assert "No other claim fits" in page


def test_ticked_claims_are_chosen_whatever_button_is_pressed(bilal: FlaskClient, db: Database):
    ticked = {
        "found-0-source": "bridge",
        "found-0-claim": "f01-1",
        "found-0-role": "corrects",
        "found-0-add": "y",
    }
    left = {"found-1-source": "bridge", "found-1-claim": "a02-1", "found-1-role": "corrects"}

    bilal.post("/bank/new/true_false", data=written() | ticked | left)

    assert newest_wording(db, the_question(db).id).citations == (
        Citation("bridge", "a01-1", "rests_on"),
        Citation("bridge", "f01-1", "corrects"),
    )


def test_a_chosen_claim_can_be_taken_out(bilal: FlaskClient):
    page = bilal.post("/bank/new/true_false", data=written(action="remove_row:citations-0")).text

    assert "citations-0-claim" not in page
    assert "no source" in page


def test_the_standing_to_come_is_told_with_its_reasons(bilal: FlaskClient):
    dated = [{"source": "bridge", "claim": "a02-1", "role": "rests_on"}]

    page = bilal.post("/bank/new/true_false", data=written(citations=dated, action="add_claims")).text

    assert "With these claims this question is:" in page
    assert "out of date: A longer one opened in 1950." in page


def test_enter_in_the_search_for_claims_searches(bilal: FlaskClient, db: Database):
    answer = bilal.post(
        "/bank/new/true_false", data=written(claim_words="longer", searched="", action="enter")
    )

    assert answer.status_code == 200
    assert "found-0-claim" in answer.text
    assert select_questions_of_bank(db, "towns") == []


def test_enter_elsewhere_saves(bilal: FlaskClient, db: Database):
    bilal.post("/bank/new/true_false", data=written(claim_words="longer", searched="longer", action="enter"))

    assert the_question(db)


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ({"source": "bridge", "claim": "a99-9", "role": "rests_on"}, "a99-9"),
        ({"source": "bridge", "claim": "t01", "role": "rests_on"}, "outside of every passage"),
    ],
)
def test_a_claim_that_can_not_be_cited_is_refused_and_nothing_is_written(
    bilal: FlaskClient, db: Database, citation: dict[str, str], words: str
):
    answer = bilal.post("/bank/new/true_false", data=written(citations=[citation]))

    assert answer.status_code == 422
    assert '<a href="#citations">' in answer.text
    assert words in answer.text
    assert "What of the bridge?" in answer.text
    assert select_questions_of_bank(db, "towns") == []


def test_what_a_source_says_wrongly_is_not_keyed_as_text(bilal: FlaskClient, db: Database):
    dated = [{"source": "bridge", "claim": "a02-1", "role": "rests_on"}]

    answer = bilal.post("/bank/new/true_false", data=written(basis="text", citations=dated))

    assert answer.status_code == 422
    assert "must be asked as a check" in answer.text


# -- two authors at once -------------------------------------------------------------------------------------


def test_of_two_authors_the_second_sees_both_and_loses_nothing(
    bilal: FlaskClient, celeste: FlaskClient, db: Database
):
    add_question(db)
    his = form_on(bilal.get("/bank/bridge-opened/edit").text)
    hers = form_on(celeste.get("/bank/bridge-opened/edit").text)
    celeste.post("/bank/bridge-opened/edit", data=hers | {"stem": "Hers was first.", "action": "save"})

    answer = bilal.post("/bank/bridge-opened/edit", data=his | {"stem": "His came late.", "action": "save"})

    assert answer.status_code == 409
    assert "Version 2 was saved while you were writing" in answer.text
    assert "Celeste saved it" in answer.text
    assert "Hers was first." in answer.text
    assert form_on(answer.text)["stem"] == "His came late."
    assert newest_wording(db, "bridge-opened").stem == "Hers was first."


def test_whoever_has_seen_the_other_version_may_save_over_it(
    bilal: FlaskClient, celeste: FlaskClient, db: Database
):
    add_question(db)
    his = form_on(bilal.get("/bank/bridge-opened/edit").text)
    hers = form_on(celeste.get("/bank/bridge-opened/edit").text)
    celeste.post("/bank/bridge-opened/edit", data=hers | {"stem": "Hers was first.", "action": "save"})
    conflict = bilal.post("/bank/bridge-opened/edit", data=his | {"stem": "His came late.", "action": "save"})

    answer = bilal.post("/bank/bridge-opened/edit", data=form_on(conflict.text) | {"action": "save"})

    assert answer.status_code == 303
    assert [v.stem for v in select_versions(db, "bridge-opened")][:2] == ["His came late.", "Hers was first."]


def test_a_new_question_never_writes_over_one_that_is_there(bilal: FlaskClient, db: Database):
    taken = "0" * 26
    add_question(db, taken)

    answer = bilal.post("/bank/new/true_false", data=written(question_id=taken))

    assert answer.status_code == 409
    assert len(select_versions(db, taken)) == 1


# -- preview -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_name", QUESTION_TYPES)
def test_the_preview_of_every_type_shows_it_and_saves_nothing(
    bilal: FlaskClient, db: Database, type_name: str
):
    page = bilal.post(f"/bank/preview/{type_name}", data=written(type_name))

    assert page.text.index("What of the bridge?") < page.text.index("After marking")
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert select_questions_of_bank(db, "towns") == []


def test_a_preview_of_what_is_not_ready_lists_the_problems(bilal: FlaskClient):
    page = bilal.post("/bank/preview/true_false", data=written(stem="", answer=""))

    assert page.status_code == 200
    assert "Write the question" in page.text
    assert "After marking" not in page.text


def test_authors_can_not_smuggle_script_into_a_page(bilal: FlaskClient):
    nasty = "<script>alert(1)</script> [x](javascript:alert(1))"

    page = bilal.post("/bank/preview/true_false", data=written(stem=nasty, feedback=nasty)).text

    assert "<script" not in page
    assert 'href="javascript' not in page
