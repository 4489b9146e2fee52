"""Which questions a page about many is asked for: those that were ticked, or all that match the list's filters."""

from __future__ import annotations

from dataclasses import asdict

from flask import request

from quiz.web.question_filters import filters_in
from quiz.workflows.select_many import Selection


def selection_asked() -> Selection:
    """Return which questions the address or the form means."""
    if "all" in request.values:
        return Selection(filters=filters_in(request.values))
    return Selection(ticked=tuple(dict.fromkeys(request.values.getlist("q"))))


def fields_of(selection: Selection) -> list[tuple[str, str]]:
    """Return what a form sends to mean the same questions again."""
    if selection.filters is None:
        return [("q", question_id) for question_id in selection.ticked]
    return [("all", "y"), *((name, value) for name, value in asdict(selection.filters).items() if value)]
