"""What templates can use: text in the reader's language, dates, Markdown, addresses of static files."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import (
    Babel,
    format_date,
    format_datetime,
    format_decimal,
    get_locale,
    get_translations,
    gettext,
)
from markupsafe import Markup

from quiz.core import join_codes
from quiz.core.partial_dates import precision_of
from quiz.core.pictures import without_pictures
from quiz.core.standing import VERDICT_WORDS, Reason
from quiz.web.request_tools import explain, person
from quiz.web.written_texts import in_words, inline_markdown, markdown, pictured, without_tags, written_in

LANGUAGES = {"en": "English", "ar": "العربية"}
THEMES = ("system", "light", "dark")


def prepare_templates(app: Flask) -> None:
    """Teach the application's templates our words, and Babel the reader's language."""
    Babel(app, locale_selector=_reader_language)
    app.jinja_env.filters |= {
        "markdown": markdown,
        "inline_markdown": inline_markdown,
        "in_words": in_words,
        "pictured": pictured,
        "without_pictures": without_pictures,
        "striptags": without_tags,
        "partial_date": partial_date,
        "moment": moment,
        "clock_time": clock_time,
        "code": join_codes.shown,
        "number": plain_number,
        "grouped": grouped_number,
        "host": _host,
    }
    app.jinja_env.globals |= {
        "_": words,
        "address": address,
        "explain": explain,
        "reason_text": reason_text,
        "verdict_word": lambda verdict: gettext(VERDICT_WORDS[verdict]),
        "asset": asset,
        "written_in": written_in,
        "languages": LANGUAGES,
        "themes": THEMES,
    }
    app.context_processor(_page_words)
    # Jinja chains its dictionaries and walks the chain for each template of a page; ours are all known by now.
    app.jinja_env.make_globals = lambda given: {**app.jinja_env.globals, **(given or {})}  # type: ignore[assignment,method-assign]


def words(text: str, **values: Any) -> Markup:
    """Return the text in the reader's language, with its ``%(gaps)s`` filled: what ``_`` is in templates.

    Babel's own looks the catalogue up at each of the fifty calls of a page, which took half of its time.
    """
    try:
        language = g.language
    except AttributeError:
        language = g.language = str(get_locale() or "en")
    sentence, is_without_gaps = _sentence(language, text)
    return sentence if is_without_gaps and not values else sentence % values


@lru_cache(maxsize=4096)
def _sentence(language: str, text: str) -> tuple[Markup, bool]:
    translated = Markup(get_translations().ugettext(text))  # noqa: S704 - catalogues are ours, like templates
    return translated, "%" not in translated


def address(endpoint: str) -> str:
    """Return url_for an endpoint without parameters; every page's frame has a dozen of them."""
    return _address(request.script_root, endpoint)


@lru_cache(maxsize=256)
def _address(script_root: str, endpoint: str) -> str:
    return url_for(endpoint)


def _reader_language() -> str:
    chosen = request.cookies.get("locale")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def _page_words() -> dict[str, Any]:
    locale = get_locale()
    theme = request.cookies.get("theme")
    return {
        "person": person(),
        "language": str(locale),
        "direction": locale.text_direction if locale else "ltr",
        "theme": theme if theme in THEMES else "system",
        "timer_hidden": request.cookies.get("timer") == "hidden",
        "shortcuts_on": request.cookies.get("shortcuts") != "off",
    }


def partial_date(text: str) -> str:
    """Return the date in words, as precise as it is: 2024, April 2024, 1 April 2024."""
    precision = precision_of(text)
    if precision == "year":
        return text
    day = datetime.fromisoformat(text if precision == "day" else f"{text}-01")
    return str(format_date(day, "d MMMM y" if precision == "day" else "MMMM y"))


def moment(time: datetime) -> str:
    """Return the time in words, with its zone: 3 May 2026, 15:00 UTC."""
    return str(format_datetime(time, gettext("d MMMM y, HH:mm"))) + " UTC"


def clock_time(time: datetime) -> str:
    """Return the time of day alone: 12:03."""
    return str(format_datetime(time, "HH:mm"))


def plain_number(number: float) -> str:
    """Return the number without noise: 7, 7.5, 6.67, −1.33."""
    # What rounds to nothing has no sign, and what is less has a true minus, not a hyphen that a line may break at.
    return f"{round(number, 2) + 0.0:g}".replace("-", "−")


def grouped_number(number: int) -> str:
    """Return a large number as the reader's language groups it: 10,000."""
    return str(format_decimal(number))


def reason_text(reason: Reason) -> str:
    """Return why a key is unverified, in the reader's language."""
    verdict = gettext(VERDICT_WORDS[reason.verdict]) if reason.verdict else ""
    since = partial_date(reason.since) if reason.since else ""
    return str(gettext(reason.sentence)).format(verdict=verdict, reason=reason.detail, date=since)


def asset(name: str) -> str:
    """Return a static file's address, with a digest of its content, so that it may be cached for good."""
    return _asset(request.script_root, name)


@lru_cache(maxsize=64)
def _asset(script_root: str, name: str) -> str:
    path = Path(__file__).parents[2] / "static" / name
    return url_for("static", filename=name, v=sha256(path.read_bytes()).hexdigest()[:12])


def _host(address: str) -> str:
    return address.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.")
