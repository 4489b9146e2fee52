"""Pages that write chosen questions as a file: choose the format, read what it can't say, download."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for

from quiz.core.interchange import Severity
from quiz.formats import FORMATS
from quiz.web.chosen_questions import fields_of, selection_asked
from quiz.web.question_words import words_for_templates
from quiz.web.request_tools import db, for_instructors, me, not_found, now, today
from quiz.workflows.export_questions import export_questions
from quiz.workflows.select_many import MOST_AT_ONCE, Selected, Selection, select_many

blueprint = Blueprint("question_export", __name__)
blueprint.context_processor(words_for_templates)

SHOWN = 100
_GRAVEST: tuple[Severity, ...] = ("error", "warning", "note")


@blueprint.get("/bulk/export")
@for_instructors
def choose() -> Any:
    """Offer the formats; with one chosen, tell what it can't say of these questions."""
    selection, selected = _selected()
    chosen = request.args.get("format", "")
    written = None
    if chosen in FORMATS and selected.questions:
        written = export_questions(db(), selected.ids, chosen, today=today())
    remarks = sorted(written.remarks, key=lambda remark: _GRAVEST.index(remark.severity)) if written else []
    return render_template(
        "bulk/export.html",
        selected=selected,
        fields=fields_of(selection),
        formats=FORMATS,
        chosen=chosen,
        written=written,
        remarks=remarks[:SHOWN],
        file_address=_file_address(chosen, selection) if written else "",
        most_at_once=MOST_AT_ONCE,
    )


@blueprint.get("/bulk/export/file")
@for_instructors
def file() -> Any:
    chosen = request.args.get("format", "")
    if chosen not in FORMATS:
        not_found()
    _selection, selected = _selected()
    written = export_questions(db(), selected.ids, chosen, today=today())
    response = Response(written.data, content_type="application/octet-stream")
    name = f"questions-{now().date().isoformat()}{written.suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _selected() -> tuple[Selection, Selected]:
    selection = selection_asked()
    return selection, select_many(db(), selection, by=me().id, today=today())


def _file_address(chosen: str, selection: Selection) -> str:
    return url_for("question_export.file") + "?" + urlencode([("format", chosen), *fields_of(selection)])
