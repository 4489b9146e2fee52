from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from quiz.storage.banks import select_bank_or_none, select_banks, select_classes_of_bank
from quiz.storage.database import Database
from quiz.storage.questions import select_question, select_questions_of_bank
from quiz.storage.quizzes import select_slots
from quiz.workflows.make_bank import make_bank
from quiz.workflows.save_question import create_question
from quiz.workflows.share_bank import Sharing
from tests.conftest import NOW
from tests.small_content import add_bank, add_question, wording
from tests.small_quizzes import add_quiz
from tests.web.conftest import HER_CLASS, HIS_CLASS

HERS = "0123456789abcdefghjkmnpqrs"


@pytest.fixture(autouse=True)
def bank(db: Database) -> None:
    add_bank(db)


def hidden_bank(db: Database) -> str:
    """Make a bank of Celeste's that nobody else sees, with one question; return the question's id."""
    make_bank(db, "secret", title="Hers alone", sharing=Sharing("classes", ()), by="celeste", now=NOW)
    kept = wording(stem="Is the viaduct a secret?", tags=("hush",))
    return create_question(db, "secret", kept, state="ready", by="celeste", now=NOW, question_id=HERS)[0]


def new_id_on(page: str) -> str:
    found = re.search(r'name="new_id" value="(\w+)"', page)
    assert found
    return found.group(1)


# -- the pages -----------------------------------------------------------------------------------------------


def test_every_bank_that_one_sees_is_listed(bilal: FlaskClient, celeste: FlaskClient, db: Database):
    add_question(db)
    hidden_bank(db)

    assert "Towns" in bilal.get("/banks").text
    assert "Hers alone" not in bilal.get("/banks").text
    assert "Hers alone" in celeste.get("/banks").text


def test_a_bank_tells_what_it_holds_and_what_was_done(bilal: FlaskClient, db: Database):
    add_question(db)
    add_question(db, "no-source", citations=())

    page = bilal.get("/banks/towns").text

    for told in (
        "Towns",
        "By state",
        "True or false",
        "Checked",
        "Unverified",
        "bridges (2)",
        "Saved a question",
    ):
        assert told in page


def test_a_bank_is_made_once_however_often_the_form_is_sent(bilal: FlaskClient, db: Database):
    typed = {
        "title": "Of my own", "language": "ar", "audience": "classes", "classes": [HIS_CLASS, HER_CLASS],
        "new_id": new_id_on(bilal.get("/banks/new").text),
    }  # fmt: skip

    answers = [bilal.post("/banks/new", data=typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    (made,) = [bank for bank in select_banks(db) if bank.id != "towns"]
    assert (made.title, made.language, made.audience) == ("Of my own", "ar", "classes")
    assert list(select_classes_of_bank(db, made.id)) == [HIS_CLASS]


def test_a_bank_without_a_title_is_not_made_and_nothing_typed_is_lost(bilal: FlaskClient, db: Database):
    page = bilal.post("/banks/new", data={"title": " ", "description": "Of bridges", "language": "en"})

    assert (page.status_code, len(select_banks(db))) == (422, 1)
    assert "Enter a title" in page.text
    assert "Of bridges" in page.text


def test_what_a_bank_says_can_be_changed(bilal: FlaskClient, db: Database):
    sent = bilal.post("/banks/towns/edit", data={"title": "Cities", "description": "", "language": "en"})

    assert (sent.status_code, select_banks(db)[0].title) == (303, "Cities")
    assert "Changed what the bank says of itself" in bilal.get("/banks/towns/changes").text


def test_only_its_maker_is_offered_to_share_a_bank(bilal: FlaskClient, celeste: FlaskClient, db: Database):
    hidden_bank(db)

    assert "/banks/secret/share" in celeste.get("/banks/secret").text
    assert "/banks/towns/share" not in bilal.get("/banks/towns").text
    assert bilal.get("/banks/towns/share").status_code == 404


def test_a_shared_bank_is_seen_and_an_unshared_one_no_more(
    bilal: FlaskClient, celeste: FlaskClient, db: Database
):
    hidden_bank(db)
    assert bilal.get("/banks/secret").status_code == 404

    celeste.post("/banks/secret/share", data={"audience": "everyone"})
    assert bilal.get("/banks/secret").status_code == 200

    celeste.post("/banks/secret/share", data={"audience": "classes"})
    assert bilal.get("/banks/secret").status_code == 404


def test_a_bank_is_duplicated_once_with_its_questions(bilal: FlaskClient, db: Database):
    add_question(db)
    typed = {
        "title": "Towns, mine", "audience": "classes", "new_id": new_id_on(bilal.get("/banks/towns/duplicate").text)
    }  # fmt: skip

    first = bilal.post("/banks/towns/duplicate", data=typed)
    bilal.post("/banks/towns/duplicate", data=typed)

    copy = select_bank_or_none(db, typed["new_id"])
    assert copy and (copy.title, copy.copied_from, copy.questions) == ("Towns, mine", "towns", 1)
    page = bilal.get(first.location).text
    assert "1 question was copied." in page
    assert "A copy of" in page
    (question,) = select_questions_of_bank(db, copy.id)
    assert "Copied from this question" in bilal.get(f"/bank/{question.id}").text


def test_the_log_is_paged(bilal: FlaskClient, db: Database):
    for number in range(55):
        add_question(db, f"q{number:02}")

    first = bilal.get("/banks/towns/changes").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following and first.count("Saved a question") == 50
    assert bilal.get(following.group(1)).text.count("Saved a question") == 5


def test_the_log_does_not_name_banks_that_are_not_shared(
    bilal: FlaskClient, celeste: FlaskClient, db: Database
):
    add_question(db)
    celeste.post(
        "/banks/towns/duplicate", data={"title": "Quite secret", "audience": "classes", "new_id": HERS}
    )

    page = bilal.get("/banks/towns/changes").text

    assert "Duplicated the bank" in page
    assert HERS not in page
    assert "Quite secret" not in page


# -- who may -------------------------------------------------------------------------------------------------

PAGES = [
    "/banks",
    "/banks/new",
    "/banks/towns",
    "/banks/towns/edit",
    "/banks/towns/duplicate",
    "/banks/towns/changes",
]


@pytest.mark.parametrize("address", PAGES)
def test_learners_do_not_see_banks(amal: FlaskClient, client: FlaskClient, address: str):
    assert amal.get(address).status_code == 403
    assert client.get(address).status_code == 302


HIDDEN = [
    "/banks/secret", "/banks/secret/edit", "/banks/secret/share", "/banks/secret/duplicate", "/banks/secret/changes",
    "/alike?bank=secret", f"/bank/{HERS}", f"/bank/{HERS}/edit",
]  # fmt: skip


@pytest.mark.parametrize("address", HIDDEN)
def test_a_bank_that_is_not_shared_is_not_there(
    bilal: FlaskClient, celeste: FlaskClient, db: Database, address: str
):
    hidden_bank(db)

    assert bilal.get(address).status_code == 404
    assert celeste.get(address).status_code == 200


@pytest.mark.parametrize("verb", ["retire", "restore", "ignore", "look-again", "edit"])
def test_nothing_is_done_to_a_question_of_a_bank_that_is_not_shared(
    bilal: FlaskClient, db: Database, verb: str
):
    hidden_bank(db)

    assert (
        bilal.post(f"/bank/{HERS}/{verb}", data={"rule": "absolute_terms", "reason": "So."}).status_code
        == 404
    )
    assert select_question(db, HERS).retired is None


def test_its_questions_are_found_nowhere(bilal: FlaskClient, db: Database):
    hidden_bank(db)

    for address in (
        "/bank",
        "/bank?words=viaduct",
        "/bank?tag=hush",
        "/bank?bank=secret",
        "/bank?citing=a01-1",
    ):
        page = bilal.get(address).text
        assert HERS not in page
        assert "Is the viaduct a secret?" not in page
        assert "Hers alone" not in page
    assert "hush (" not in bilal.get("/bank").text


def test_nobody_overwrites_its_questions_by_naming_their_id(bilal: FlaskClient, db: Database):
    hidden_bank(db)

    sent = bilal.post(
        "/bank/new/true_false", data={"question_id": HERS, "bank": "towns", "stem": "Mine now?"}
    )

    assert sent.status_code == 404
    assert "secret" not in sent.text


def test_it_is_no_choice_for_a_new_question(bilal: FlaskClient, celeste: FlaskClient, db: Database):
    hidden_bank(db)

    assert "Hers alone" not in bilal.get("/bank/new/true_false").text
    assert "Hers alone" in celeste.get("/bank/new/true_false").text


def test_a_claim_does_not_tell_that_its_questions_cite_it(
    bilal: FlaskClient, celeste: FlaskClient, db: Database
):
    hidden_bank(db)

    assert "Is the viaduct a secret?" not in bilal.get("/sources/bridge/claims/a01-1/uses").text
    assert "Is the viaduct a secret?" in celeste.get("/sources/bridge/claims/a01-1/uses").text
    assert "citing=bridge/a01-1" in celeste.get("/sources/bridge").text
    assert "citing=bridge/a01-1" not in bilal.get("/sources/bridge").text


def test_a_quiz_takes_nothing_from_it(bilal: FlaskClient, db: Database):
    hidden_bank(db)
    quiz = add_quiz(db, owner=HIS_CLASS, is_open=False)

    assert "Hers alone" not in bilal.get("/quizzes/quiz?words=viaduct&bank=secret").text
    bilal.post("/quizzes/quiz/questions", data={"question": HERS})
    bilal.post("/quizzes/quiz/draws", data={"bank": "secret", "tag": "", "count": "1", "points": "1"})

    assert select_slots(db, quiz) == []
