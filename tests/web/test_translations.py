"""The Arabic catalogue says everything that the pages can say, and the application finds it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask_babel import ngettext

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "translations" / "ar" / "LC_MESSAGES"
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "_l": None}
"""As CONTRIBUTING.md gives them to ``pybabel extract``."""

GAP = re.compile(r"%\(\w+\)s|\{\w*(?::[^{}]*)?\}")
IN_ARABIC = {"Accept-Language": "ar"}


@pytest.fixture(scope="module")
def arabic() -> Catalog:
    """The catalogue as its translators wrote it."""
    with open(CATALOGUE / "messages.po", "rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def messages(arabic: Catalog) -> list[Message]:
    """Its entries without the head."""
    return [message for message in arabic if message.id]


@pytest.fixture(scope="module")
def said() -> set[str | tuple[str, ...]]:
    """Every text that a template or the code marks for translation; of those with a plural, both."""
    with open(ROOT / "translations" / "babel.cfg", encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, method_map=methods, options_map=options, keywords=KEYWORDS)
    return {text for _file, _line, text, _comments, _context in found}


def test_the_compiled_catalogue_is_what_the_written_one_compiles_to(arabic):
    compiled = io.BytesIO()

    write_mo(compiled, arabic)

    assert compiled.getvalue() == (CATALOGUE / "messages.mo").read_bytes(), "run pybabel compile"


def test_the_catalogue_holds_exactly_what_the_pages_and_the_code_say(messages, said):
    translated = {message.id for message in messages}

    assert said - translated == set(), "not in the catalogue: update it (CONTRIBUTING.md), translate"
    assert translated - said == set(), "said nowhere any more: update the catalogue (CONTRIBUTING.md)"


def test_no_message_is_left_untranslated_or_in_doubt(messages):
    unfinished = [message.id for message in messages if message.fuzzy or not all(_forms(message))]

    assert unfinished == []


def test_a_plural_has_all_six_forms_of_arabic(messages):
    plurals = [message for message in messages if message.pluralizable]

    assert plurals
    assert {len(message.string) for message in plurals} == {6}


def test_a_translation_has_the_gaps_of_its_original(messages):
    strayed = [
        (original, form)
        for message in messages
        for original in [_last(message.id)]
        for place, form in enumerate(_forms(message))
        if not _fits(original, form, may_say_the_number=message.pluralizable and place < 3)
    ]

    assert strayed == []


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "لا أسئلة"), (1, "سؤال واحد"), (2, "سؤالان"), (3, "3 أسئلة"), (10, "10 أسئلة"),
        (11, "11 سؤالًا"), (99, "99 سؤالًا"), (100, "100 سؤال"), (103, "103 أسئلة"),
    ],
)  # fmt: skip
def test_a_number_of_things_takes_its_form(app, count, words):
    with app.test_request_context(headers=IN_ARABIC):
        told = ngettext("%(num)s question", "%(num)s questions", count)

    assert told == words


def test_a_page_in_arabic_runs_from_right_to_left_in_arabic_words(app):
    page = app.test_client().get("/", headers=IN_ARABIC).get_data(as_text=True)

    assert '<html lang="ar" dir="rtl"' in page
    assert "لكل مفتاح إجابة حاشية." in page
    assert "Every answer key has a footnote." not in page


def test_a_problem_is_explained_in_arabic(app):
    page = app.test_client().get("/join/NOSUCHCODE", headers=IN_ARABIC).get_data(as_text=True)

    assert "رمز الانضمام" in page
    assert "We could not find" not in page


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _last(texts: str | tuple[str, ...]) -> str:
    return texts if isinstance(texts, str) else texts[-1]


def _fits(original: str, translation: str, *, may_say_the_number: bool) -> bool:
    """Tell whether both have the same gaps; none, one and two may be words of their own in Arabic."""
    wanted, found = sorted(GAP.findall(original)), sorted(GAP.findall(translation))
    return found == wanted or (may_say_the_number and sorted([*found, "%(num)s"]) == wanted)
