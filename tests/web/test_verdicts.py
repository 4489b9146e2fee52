from __future__ import annotations

import re

import pytest

from quiz.storage import classes
from quiz.workflows.change_verdict import claim_or_none
from tests.regraded import OUT_OF_DATE, add_taken, scores
from tests.web.conftest import HIS_CLASS, NOON

EDIT, USES = "/sources/bridge/claims/a01-1/edit", "/sources/bridge/claims/a01-1/uses"


@pytest.fixture
def taken(db):
    classes.insert_member(db, HIS_CLASS, "dina", "learner", NOON)
    return add_taken(db, owner=HIS_CLASS)


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_verdicts_are_for_instructors(taken, bilal, celeste, amal, client):
    for address in (EDIT, USES):
        assert bilal.get(address).status_code == 200
        assert celeste.get(address).status_code == 200
        assert amal.get(address).status_code == 403
        assert client.get(address).status_code == 302
    assert amal.post(EDIT, data=vars(OUT_OF_DATE)).status_code == 403


@pytest.mark.parametrize("address", [EDIT, USES])
def test_a_claim_that_there_is_none_of_is_not_found(taken, bilal, address):
    assert bilal.get(address.replace("a01-1", "z99-9")).status_code == 404
    assert bilal.get(address.replace("bridge", "tunnel")).status_code == 404


def test_the_source_leads_instructors_to_it_and_nobody_else(taken, bilal, amal):
    assert EDIT in bilal.get("/sources/bridge").text
    assert EDIT not in amal.get("/sources/bridge").text


def test_the_form_shows_the_verdict_as_it_is(taken, bilal):
    page = bilal.get(EDIT).text

    assert re.search(r'value="supported" checked', page)
    assert "https://example.org/records\nhttps://example.org/bridge" in page


def test_a_changed_verdict_is_seen_at_once_and_leads_to_what_leans_on_it(db, taken, bilal, client):
    changed = bilal.post(EDIT, data=vars(OUT_OF_DATE))

    assert changed.location == USES
    assert claim_or_none(db, "bridge", "a01-1").verdict == "dated"
    assert "It was moved in 2020." in client.get("/sources/bridge").text
    page = words_of(bilal.get(USES).text)
    assert "Is holds-1 so? Unverified" in page
    assert "See the 2 results that would change" in page


def test_scores_follow_only_when_somebody_regrades(db, taken, bilal, amal):
    bilal.post(EDIT, data=vars(OUT_OF_DATE))
    untouched = scores(db, taken.amal)
    plan = bilal.get("/quizzes/quiz/regrades/plan?kind=recount").text
    form = plan.split('action="/quizzes/quiz/regrades"')[1]
    data = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)) | {"reason": "It was moved."}

    bilal.post("/quizzes/quiz/regrades", data=data)

    assert (untouched, scores(db, taken.amal)) == ([(1.0, 2.0)], [(0.0, 0.0)])
    page = words_of(amal.get(f"/attempt/{taken.amal.id}/result").text)
    assert "1 of 2 points" in page
    assert "nothing counted" in page
    assert "The answer key is unverified now" in page


def test_a_verdict_that_lacks_something_comes_back_with_what_was_typed(db, taken, bilal):
    page = bilal.post(EDIT, data=vars(OUT_OF_DATE) | {"correction": ""})

    assert page.status_code == 422
    assert "Enter what is so instead" in page.text
    assert "It was moved in 2020." in page.text
    assert claim_or_none(db, "bridge", "a01-1").verdict == "supported"


def typed_on(page: str, **changes: str) -> dict[str, str]:
    """Return what the editor's page would send, with these changes."""
    return {"seen": re.search(r'name="seen" value="(\w+)"', page)[1]} | vars(OUT_OF_DATE) | changes


def test_the_second_of_two_editors_is_shown_what_the_first_wrote(db, taken, bilal, celeste):
    bilals, celestes = bilal.get(EDIT).text, celeste.get(EDIT).text
    bilal.post(EDIT, data=typed_on(bilals))

    page = celeste.post(EDIT, data=typed_on(celestes, reason="It was painted over."))

    assert page.status_code == 409
    assert "Bilal changed the verdict on 23 November 2026, 12:00 UTC" in words_of(page.text)
    assert "It was moved in 2020." in page.text
    assert "It was painted over." in page.text
    assert claim_or_none(db, "bridge", "a01-1").reason == "It was moved in 2020."


def test_having_seen_it_the_second_editor_may_save_theirs(db, taken, bilal, celeste):
    bilals, celestes = bilal.get(EDIT).text, celeste.get(EDIT).text
    bilal.post(EDIT, data=typed_on(bilals))
    page = celeste.post(EDIT, data=typed_on(celestes, reason="It was painted over.")).text
    form = page.split('id="mine"')[1].split("</form>")[0]
    mine = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))

    assert celeste.post(EDIT, data=mine).location == USES
    assert claim_or_none(db, "bridge", "a01-1").reason == "It was painted over."


def test_two_editors_who_write_the_same_are_not_asked(taken, bilal, celeste):
    bilals, celestes = bilal.get(EDIT).text, celeste.get(EDIT).text
    bilal.post(EDIT, data=typed_on(bilals))

    assert celeste.post(EDIT, data=typed_on(celestes)).status_code == 303


def test_quizzes_of_other_classes_are_counted_but_not_named(taken, celeste):
    page = celeste.get(USES).text

    assert "1 quiz of another class leans on it" in words_of(page)
    assert "The old bridge" not in page
