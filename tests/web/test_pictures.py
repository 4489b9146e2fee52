"""Pictures: sent from the editor, shown where their question is, to whoever is signed in and was shown them."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from quiz.core.pictures import markdown_of
from quiz.picture_reading import read_picture
from quiz.storage.database import Database
from quiz.storage.pictures import insert_picture, select_picture_or_none
from quiz.web.written_texts import markdown, pictured, without_tags
from tests.conftest import NOW
from tests.sample_pictures import picture_file
from tests.small_content import add_bank, add_question
from tests.web.forms import form_on
from tests.web.test_questions import newest_wording, written

PICTURE = read_picture(picture_file(size=(160, 90))).picture
NEW = "0" * 26


@pytest.fixture(autouse=True)
def bank(db: Database) -> None:
    add_bank(db)


@pytest.fixture
def stored(db: Database) -> str:
    """The address of a stored picture."""
    insert_picture(db, PICTURE, by=None, now=NOW)
    return f"/picture/{PICTURE.id}"


def sent(data: bytes = b"", *, name: str = "map.png", **fields: str) -> dict[str, object]:
    """Return what the editor sends along with a picture."""
    typed = {"picture_alt": "A map of the town", "picture_into": "stem", "question_id": NEW}
    return written() | typed | fields | {"picture": FileStorage(io.BytesIO(data or picture_file()), name)}


def add(browser: FlaskClient, form: dict[str, object], **headers: str):
    return post(browser, "/pictures/true_false", form, **headers)


def post(browser: FlaskClient, address: str, form: dict[str, object], **headers: str):
    # Encoded here, since the client keeps large bodies in files that it forgets to close.
    boundary, body = encode_multipart(form)
    content_type = f'multipart/form-data; boundary="{boundary}"'
    return browser.post(address, data=body, content_type=content_type, headers=headers)


# -- showing ---------------------------------------------------------------------------------------------------


def test_a_picture_is_sent_as_what_it_is_and_as_nothing_else(amal: FlaskClient, stored: str):
    answer = amal.get(stored)

    assert answer.data == PICTURE.data
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_browser_keeps_a_picture_for_good_and_to_itself(amal: FlaskClient, stored: str):
    answer = amal.get(stored)
    again = amal.get(stored, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert (again.status_code, again.data) == (304, b"")


def test_whoever_is_not_signed_in_sees_no_picture(client: FlaskClient, stored: str):
    assert client.get(stored).status_code == 302


def test_a_picture_that_is_not_there_is_not_found_and_not_kept(amal: FlaskClient):
    answer = amal.get("/picture/" + "0" * 32 + "-4x3")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("known_id", [PICTURE.id[:-1] + "1", PICTURE.id.upper(), PICTURE.id[:32], "x"])
def test_nothing_but_the_whole_id_finds_a_picture(amal: FlaskClient, stored: str, known_id: str):
    assert amal.get(f"/picture/{known_id}").status_code == 404


def test_a_picture_in_a_text_keeps_its_place_free_and_says_what_it_shows():
    html = markdown(markdown_of(PICTURE.id, 'The "old" bridge'))

    assert f'src="/picture/{PICTURE.id}"' in html
    assert 'width="160" height="90"' in html
    assert 'alt="The &quot;old&quot; bridge"' in html
    assert 'loading="lazy"' in html


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://example.org/x.png)",
        "![x](http://example.org/x.png)",
        "![x](//example.org/x.png)",
        "![x](/picture/0)",
        "![x](picture:0)",
        f"![x](https://example.org/picture/{PICTURE.id})",
        f"![x](PICTURE:{PICTURE.id})",
        "![x](data:image/png;base64,AAAA)",
        "![x](javascript:alert(1))",
        '<img src="/picture/0" onerror="alert(1)">',
        f'![" onerror="alert(1)](picture:{PICTURE.id}x)',
    ],
)
def test_no_other_picture_is_shown(text: str):
    assert "<img" not in markdown(text)
    assert "<img" not in escape(pictured(text))


def test_a_picture_elsewhere_stays_a_link():
    assert 'href="https://example.org/x.png"' in markdown("![A map](https://example.org/x.png)")
    assert ">A map</a>" in markdown("![A map](https://example.org/x.png)")


def test_an_option_shows_its_picture_and_stays_plain_text_else():
    shown = pictured(f"*not* <b>bold</b> ![here](picture:{PICTURE.id})")

    assert str(shown).startswith("*not* &lt;b&gt;bold&lt;/b&gt; <img src=")


def test_a_list_tells_a_picture_by_what_it_shows():
    assert without_tags(markdown(f"![A map](picture:{PICTURE.id}) Where?")) == "A map Where?"


def test_what_a_picture_shows_can_not_become_markup():
    hostile = f"![</img><script>alert(1)</script>](picture:{PICTURE.id})"

    assert "<script" not in str(markdown(hostile)) + str(pictured(hostile))


# -- sending -----------------------------------------------------------------------------------------------------


def test_a_picture_goes_into_the_field_that_was_chosen_and_nothing_typed_is_lost(
    bilal: FlaskClient, db: Database
):
    page = add(bilal, sent(picture_into="feedback")).text
    fields = form_on(page)

    [known_id] = re.findall(r"picture:([0-9a-f]{32}-40x30)", fields["feedback"])
    assert select_picture_or_none(db, known_id) is not None
    assert fields["feedback"].strip() == f"It was opened in 1901.\n\n![A map of the town](picture:{known_id})"
    assert fields["stem"].strip() == "What of the bridge?"
    assert 'action="/bank/new/true_false"' in page


def test_the_page_that_comes_back_can_be_saved(bilal: FlaskClient, db: Database):
    fields = form_on(add(bilal, sent()).text)

    answer = bilal.post(
        "/bank/new/true_false", data=fields | {"action": "save", "basis": "world", "state": "ready"}
    )

    assert answer.status_code == 303
    assert "![A map of the town](picture:" in newest_wording(db, NEW).stem


def test_a_script_gets_the_text_to_insert(bilal: FlaskClient):
    answer = add(bilal, sent(), Accept="application/json")

    assert re.fullmatch(r"!\[A map of the town\]\(picture:[0-9a-f]{32}-40x30\)", answer.json["markdown"])
    assert "in its place" in answer.json["told"]


def test_what_was_changed_is_told(bilal: FlaskClient):
    answer = add(bilal, sent(picture_file("JPEG", (2000, 1000))), Accept="application/json")

    assert "1600 × 800" in answer.json["told"]


def test_a_picture_that_only_decorates_must_be_said_to(bilal: FlaskClient):
    silent = add(bilal, sent(picture_alt=" "), Accept="application/json")
    decorative = add(bilal, sent(picture_alt="", picture_decorative="y"), Accept="application/json")

    assert silent.status_code == 422
    assert "Describe what the picture shows" in silent.json["told"]
    assert decorative.json["markdown"].endswith(' "decorative")')


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<svg onload='alert(1)'/>", "SVG drawings can hold programs"),
        (picture_file() + b"<script>alert(1)</script>", "something else at the same time"),
        (picture_file() + bytes(5_100_000), "a picture may have 5 MB"),
        (b"GIF89a", "damaged or cut off"),
    ],
)
def test_a_refused_file_gets_a_sentence_and_nothing_typed_is_lost(
    bilal: FlaskClient, db: Database, data, told
):
    answer = add(bilal, sent(data))

    assert answer.status_code == 422
    assert told in answer.text
    assert form_on(answer.text)["stem"].strip() == "What of the bridge?"
    assert 'value="A map of the town"' in answer.text


def test_no_file_at_all_gets_a_sentence(bilal: FlaskClient):
    form = sent()
    del form["picture"]

    assert "Choose a picture first" in bilal.post("/pictures/true_false", data=form).text


def test_a_field_that_is_not_there_gets_no_picture(bilal: FlaskClient):
    fields = form_on(add(bilal, sent(picture_into="tags")).text)

    assert "picture:" in fields["stem"]
    assert "picture:" not in fields["tags"]


def test_a_file_beyond_all_measure_is_not_even_read(bilal: FlaskClient):
    assert add(bilal, sent(bytes(16_000_000))).status_code == 413


def test_large_forms_are_still_refused_elsewhere(bilal: FlaskClient):
    answer = post(bilal, "/bank/new/true_false", sent(bytes(1_200_000)))

    assert answer.status_code == 413


def test_learners_send_no_pictures(amal: FlaskClient, client: FlaskClient):
    assert add(amal, sent()).status_code == 403
    assert add(client, sent()).status_code == 401


def test_an_undescribed_picture_keeps_a_question_from_being_ready(
    bilal: FlaskClient, db: Database, stored: str
):
    form = written(stem=f"![](picture:{PICTURE.id}) What is it?")

    answer = bilal.post("/bank/new/true_false", data=form)

    assert answer.status_code == 422
    assert "has no description" in answer.text
    assert bilal.post("/bank/new/true_false", data=form | {"state": "draft"}).status_code == 303


def test_the_question_page_and_the_preview_show_the_picture(bilal: FlaskClient, db: Database, stored: str):
    text = markdown_of(PICTURE.id, "The bridge")
    add_question(db, stem=f"{text} It was opened in 1901.", feedback=text)

    page = bilal.get("/bank/bridge-opened").text
    preview = bilal.post("/bank/preview/true_false", data=written(stem=f"{text} What of it?")).text

    assert page.count(f'<img src="{stored}"') == 2
    assert f'<img src="{stored}"' in preview
