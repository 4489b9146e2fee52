"""Pages of imports: upload, check, confirm, undo, and banks as files."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient

from quiz.storage.database import Database
from quiz.storage.imports import select_imports
from quiz.storage.questions import select_question_or_none, select_questions_of_bank
from quiz.workflows.make_bank import make_bank
from quiz.workflows.share_bank import Sharing
from tests.importing import RIVERS, bring_in
from tests.small_content import add_bank, add_question
from tests.web.conftest import NOON, Cast, Clock

PAGES = [
    "/bank/import",
    "/bank/imports",
    "/bank/import/x",
    "/bank/import/template.csv",
    "/banks/towns/export",
]
HOSTILE = '<script>alert(1)</script> =cmd|" /C calc"!A0 Which? {=a ~a}'


@pytest.fixture(autouse=True)
def bank(db: Database) -> None:
    add_bank(db)


def send(client: FlaskClient, text: str = RIVERS, *, name: str = "rivers.gift", **fields: str):
    form = {"bank": "towns", "format": "", "file": (io.BytesIO(text.encode()), name), **fields}
    return client.post("/bank/import", data=form, content_type="multipart/form-data")


def send_large(client: FlaskClient, text: str):
    """Send a file as one piece of bytes: the test client would leave a temporary file of it open."""
    parts = (("bank", "", "towns"), ("format", "", ""), ("file", '; filename="a.gift"', text))
    body = "".join(
        f'--cut\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
        for name, more, value in parts
    )
    return client.post(
        "/bank/import", data=f"{body}--cut--\r\n".encode(), content_type="multipart/form-data; boundary=cut"
    )


def paste(client: FlaskClient, text: str = RIVERS, **fields: str):
    return client.post("/bank/import", data={"bank": "towns", "format": "", "pasted": text, **fields})


def checked(client: FlaskClient, text: str = RIVERS, **fields: str) -> str:
    """Send a file; return the address of the check."""
    answer = send(client, text, **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def questions(db: Database) -> list[str]:
    return [question.id for question in select_questions_of_bank(db, "towns")]


# -- who may -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_learners_import_and_export_nothing(amal: FlaskClient, address: str):
    assert amal.get(address).status_code == 403


def test_somebody_elses_import_is_not_there(bilal: FlaskClient, celeste: FlaskClient):
    address = checked(bilal)

    for client, status in ((bilal, 200), (celeste, 404)):
        assert client.get(address).status_code == status
        assert client.get(f"{address}/report.csv").status_code == status
    assert celeste.post(f"{address}/confirm").status_code == 404
    assert celeste.post(f"{address}/undo").status_code == 404


def test_what_was_imported_at_the_prompt_every_instructor_sees(celeste: FlaskClient, db: Database):
    head = bring_in(db, RIVERS)

    assert celeste.get(f"/bank/import/{head.id}").status_code == 200
    assert "at the command line" in celeste.get("/bank/imports").text


def test_nobody_imports_into_a_bank_that_they_do_not_see(
    bilal: FlaskClient, celeste: FlaskClient, db: Database
):
    make_bank(db, "secret", title="Secret", sharing=Sharing("classes"), by="celeste", now=NOON)

    assert send(bilal, bank="secret").status_code == 422
    assert bilal.get("/banks/secret/export").status_code == 404
    assert send(celeste, bank="secret").status_code == 303


# -- the way of a file ---------------------------------------------------------------------------------------


def test_upload_check_confirm_undo(bilal: FlaskClient, db: Database):
    address = checked(bilal)
    page = bilal.get(address)
    assert "Add 2" in page.text and "Which river flows through Cairo?" in page.text
    assert questions(db) == []

    page = bilal.post(f"{address}/confirm", follow_redirects=True)
    assert "2 questions added" in page.text
    assert questions(db) == ["nile", "two-rivers"]

    assert "is deleted" in bilal.get(f"{address}/undo").text
    page = bilal.post(f"{address}/undo", follow_redirects=True)
    assert "taken back" in page.text
    assert questions(db) == []


def test_pasted_text_is_as_good_as_a_file(bilal: FlaskClient):
    answer = paste(bilal)

    assert "pasted text" in bilal.get(answer.location).text


def test_a_new_bank_is_made_on_the_way(bilal: FlaskClient, db: Database):
    address = checked(bilal, bank="", title="Rivers", language="en")
    assert "into a new bank" in bilal.get(address).text

    bilal.post(f"{address}/confirm")

    assert select_imports(db, "bilal")[0].bank_id == "rivers"


def test_forms_sent_twice_do_it_once(bilal: FlaskClient, db: Database):
    new_id = re.search(r'name="new_id" value="(\w+)"', bilal.get("/bank/import").text)[1]
    first, second = (send(bilal, new_id=new_id).location for _ in range(2))
    for _ in range(2):
        bilal.post(f"{first}/confirm")
    for _ in range(2):
        bilal.post(f"{first}/undo")

    assert first == second
    assert len(select_imports(db, "bilal")) == 1
    assert questions(db) == []


def test_the_same_file_again_says_so(bilal: FlaskClient):
    bilal.post(f"{checked(bilal)}/confirm")

    page = bilal.get(checked(bilal)).text

    assert "The same file was here before" in page
    assert "There is nothing to import" in page


def test_a_file_can_be_checked_again_in_another_way(bilal: FlaskClient):
    address = checked(bilal)

    answer = bilal.post(
        f"{address}/again", data={"format": "gift", "bank": "", "title": "Other", "language": "en"}
    )

    assert "into a new bank" in bilal.get(answer.location).text


def test_another_format_that_does_not_fit_is_told(bilal: FlaskClient):
    address = checked(bilal)

    page = bilal.post(
        f"{address}/again", data={"format": "qti3", "bank": "towns", "language": "en"}, follow_redirects=True
    )

    assert "notice-error" in page.text


def test_a_check_that_another_import_overtook_asks_to_check_again(bilal: FlaskClient, db: Database):
    first, second = checked(bilal), checked(bilal)
    bilal.post(f"{first}/confirm")

    page = bilal.post(f"{second}/confirm", follow_redirects=True)

    assert "check it again" in page.text
    assert questions(db) == ["nile", "two-rivers"]


# -- the report ----------------------------------------------------------------------------------------------


def many(count: int) -> str:
    return "\n".join(
        f"Is {n} a number? {{T####It is one of those that people count with.}}\n" for n in range(count)
    )


def test_a_long_report_has_pages(bilal: FlaskClient):
    address = checked(bilal, many(150))

    page = bilal.get(address).text
    following = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")

    assert "Is 99 a number?" in page and "Is 100 a number?" not in page
    assert "Is 149 a number?" in bilal.get(following).text


def test_the_report_can_be_filtered_by_status(bilal: FlaskClient):
    address = checked(bilal, RIVERS + "\nHow many? {#many}\n")

    page = bilal.get(f"{address}?status=error").text

    assert "How many?" in page and "flows through Cairo" not in page


def test_the_report_comes_as_csv_without_formulas(bilal: FlaskClient):
    address = checked(bilal, "=1+1 Which? {=a ~a}\n\n" + RIVERS)

    report = bilal.get(f"{address}/report.csv")

    assert report.mimetype == "text/csv"
    lines = report.text.splitlines()
    assert lines[0].lstrip("\ufeff") == "line,status,question,stem,message,fix,outcome"
    assert lines[1].startswith("1,error,,'=1+1 Which?,“a” stands twice")


def test_what_a_file_holds_is_shown_as_text(bilal: FlaskClient):
    page = bilal.get(checked(bilal, HOSTILE, format="gift")).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


# -- refusals ------------------------------------------------------------------------------------------------


def test_an_empty_form_says_what_to_do(bilal: FlaskClient):
    page = bilal.post("/bank/import", data={"bank": "towns", "format": ""})

    assert page.status_code == 422
    assert "Choose a file, or paste the text" in page.text


def test_what_is_no_file_of_questions_is_refused_at_its_field(bilal: FlaskClient, db: Database):
    page = paste(bilal, "A letter to my aunt, who has no questions.")

    assert page.status_code == 422
    assert "looks like none of" in page.text and "A letter to my aunt" in page.text
    assert select_imports(db, "bilal") == []


def test_a_new_bank_needs_a_title(bilal: FlaskClient):
    assert "Enter a title" in send(bilal, bank="", title="").text


def test_a_file_of_several_megabytes_is_taken(bilal: FlaskClient):
    assert send_large(bilal, "// " + "x" * 3_000_000 + "\n\n" + RIVERS).status_code == 303


def test_pasted_text_may_be_as_long(bilal: FlaskClient):
    assert paste(bilal, "// " + "x" * 3_000_000 + "\n\n" + RIVERS).status_code == 303


def test_a_file_over_the_limit_is_refused_with_its_size(bilal: FlaskClient):
    page = send_large(bilal, "x" * 14_000_000)

    assert page.status_code == 413
    assert "14" in page.text


def test_checks_in_a_hurry_have_to_wait(bilal: FlaskClient):
    statuses = {paste(bilal).status_code for _ in range(21)}

    assert statuses == {303, 429}


def test_after_thirty_days_there_is_no_undo(
    bilal: FlaskClient, clock: Clock, db: Database, sign_in_as, cast: Cast
):
    address = checked(bilal)
    bilal.post(f"{address}/confirm")
    clock.pass_time(days=31)

    browser = sign_in_as(cast.bilal)

    page = browser.post(f"{address}/undo", follow_redirects=True)

    assert "an import can be undone for 30 days" in page.text
    assert "/undo" not in browser.get(address).text
    assert questions(db) == ["nile", "two-rivers"]


# -- exports and templates -----------------------------------------------------------------------------------


def test_a_bank_goes_out_in_any_format_with_what_it_loses(bilal: FlaskClient, db: Database):
    add_question(db)

    page = bilal.get("/banks/towns/export?format=aiken").text
    file = bilal.get("/banks/towns/export/file?format=aiken")

    assert "1 of 1 questions are in the file" in page
    assert "no place for sources and standing" in page
    assert "attachment; filename=towns.aiken" in file.headers["Content-Disposition"]
    assert "ANSWER: A" in file.text


def test_our_own_export_is_a_whole_bank(bilal: FlaskClient, db: Database):
    add_question(db)

    assert bilal.get("/banks/towns/export/file?format=footnote_toml").text.startswith('id = "towns"')


def test_an_unknown_format_is_not_there(bilal: FlaskClient):
    assert bilal.get("/banks/towns/export/file?format=word").status_code == 404
    assert bilal.get("/bank/import/template.docx").status_code == 404


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_template_that_is_downloaded_can_be_uploaded(bilal: FlaskClient, suffix: str):
    template = bilal.get(f"/bank/import/template.{suffix}")

    form = {"bank": "towns", "format": "", "file": (io.BytesIO(template.data), f"questions.{suffix}")}
    answer = bilal.post("/bank/import", data=form, content_type="multipart/form-data")

    assert "Add 8" in bilal.get(answer.location).text


def test_the_list_is_empty_at_first_and_says_what_to_do(bilal: FlaskClient):
    page = bilal.get("/bank/imports").text

    assert "data-empty" in page and "/bank/import" in page


def test_the_bank_and_the_list_of_questions_lead_here(bilal: FlaskClient, db: Database):
    assert "/bank/import?bank=towns" in bilal.get("/banks/towns").text
    assert "/bank/import" in bilal.get("/bank").text
    add_question(db)
    assert "/banks/towns/export" in bilal.get("/banks/towns").text
    assert select_question_or_none(db, "bridge-opened")
