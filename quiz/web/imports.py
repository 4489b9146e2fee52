"""Pages that bring questions in from files (upload, check, confirm, undo) and write banks as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _

from quiz.core.bank_rules import UnusableBank
from quiz.core.import_report import STATUSES
from quiz.core.question_table.writing import example_items
from quiz.core.tables import csv_lines
from quiz.formats import FORMATS
from quiz.storage.banks import BankRow
from quiz.storage.encoding import new_id
from quiz.storage.imports import (
    ImportHead,
    select_file,
    select_imports_of_file,
    select_outcomes,
    select_rows,
)
from quiz.web.import_forms import TargetForm, UploadForm
from quiz.web.import_words import OUTCOME_WORDS, STATUS_WORDS, format_word, in_words, report_table
from quiz.web.quiz_forms import blame, made_id
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, today
from quiz.workflows.bank_access import bank_to_read_or_none, visible_banks
from quiz.workflows.confirm_import import CheckedTooLongAgo, confirm_import
from quiz.workflows.export_bank_as import export_bank_as
from quiz.workflows.limit_rate import Limit, take_try
from quiz.workflows.open_import import import_to_see_or_none, imports_to_see
from quiz.workflows.plan_import import PAGE_LIMITS, ImportRefused, Upload, plan_import
from quiz.workflows.undo_import import NotUndoable, is_undoable, undo_import

blueprint = Blueprint("imports", __name__)

# Beside the file there is the form.
_MOST_SENT = PAGE_LIMITS.size + 100_000
_ROWS_A_PAGE = 100
_REMARKS_SHOWN = 100
_TEMPLATES = {"csv": ("csv_table", "text/csv"), "xlsx": ("xlsx_table", "application/octet-stream")}
_CHECKS = Limit(at_once=20, a_minute=6)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "status_words": STATUS_WORDS,
        "outcome_words": OUTCOME_WORDS,
        "format_word": format_word,
        "in_words": in_words,
    }


@blueprint.url_value_preprocessor
def _allow_a_file(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let more be sent here than elsewhere; this runs before anything reads the form."""
    if endpoint == "imports.upload":
        request.max_content_length = request.max_form_memory_size = _MOST_SENT


@blueprint.route("/bank/import", methods=["GET", "POST"])
@for_instructors
def upload() -> Any:
    """Take a file or pasted text and check it."""
    banks = visible_banks(db(), me().id)
    asked = request.args.get("bank", "")
    form = UploadForm(banks=banks, bank=asked or (banks[0].id if banks else ""), new_id=new_id(now()))
    if form.validate_on_submit():
        take_try(db(), f"import {me().id}", _CHECKS, now=now())
        sent = form.upload()
        if sent is None:
            form.file.errors = [_("Choose a file, or paste the text")]
        else:
            checked = _checked(form, sent)
            if checked is not None:
                return redirect(url_for("imports.one", import_id=checked.id), 303)
    page = render_template("imports/upload.html", form=form, banks=banks, limits=PAGE_LIMITS, formats=FORMATS)
    return page, 422 if form.errors else 200


@blueprint.get("/bank/imports")
@for_instructors
def all_imports() -> Any:
    return render_template("imports/all_imports.html", imports=imports_to_see(db(), me().id), now=now())


@blueprint.get("/bank/import/<import_id>")
@for_instructors
def one(import_id: str) -> Any:
    """Show what an import would do, or what it did."""
    head = _import(import_id)
    status = request.args.get("status", "")
    after = max(0, request.args.get("after", 0, type=int))
    rows = select_rows(
        db(), head.id, status=status if status in STATUSES else "", after=after, limit=_ROWS_A_PAGE + 1
    )
    form = TargetForm(
        formdata=None, banks=visible_banks(db(), me().id), bank=head.bank_id or "", format=head.format,
        title="" if head.bank_id else head.bank_title, new_id=new_id(now()),
    )  # fmt: skip
    return render_template(
        "imports/import.html",
        head=head,
        rows=rows[:_ROWS_A_PAGE],
        is_more=len(rows) > _ROWS_A_PAGE,
        status=status,
        after=after,
        form=form,
        may_check_again=head.state == "checked" and select_file(db(), head.id) is not None,
        earlier=[i for i in select_imports_of_file(db(), head.digest, but=head.id) if _may_see(i)],
        outcomes=select_outcomes(db(), head.id),
        is_undoable=is_undoable(head, now=now()),
    )


@blueprint.get("/bank/import/<import_id>/report.csv")
@for_instructors
def report(import_id: str) -> Response:
    """Give the report as CSV, row by row."""
    head = _import(import_id)
    table = report_table(_all_rows(head.id))
    # The rows are read, and put into words, while they are sent.
    lines = stream_with_context(csv_lines(table, with_mark=True))
    response = Response(lines, content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"import-{head.id}.csv")
    return response


@blueprint.post("/bank/import/<import_id>/again")
@for_instructors
def again(import_id: str) -> Any:
    """Check the file again: as another format, into another bank, or since the bank has changed."""
    head = _import(import_id)
    content = select_file(db(), head.id)
    if content is None:
        flash(_("The file is not kept any more. Upload it again."), "error")
        return redirect(url_for("imports.upload", bank=head.bank_id), 303)
    form = TargetForm(banks=visible_banks(db(), me().id))
    problem = _("Choose a format and a bank from the lists")
    if form.validate_on_submit():
        take_try(db(), f"import {me().id}", _CHECKS, now=now())
        try:
            sent = Upload(content, head.file_name, form.format.data or "")
            checked = plan_import(
                db(), sent, form.target(), by=me().id, now=now(), import_id=made_id(form.new_id.data, now())
            )
            return redirect(url_for("imports.one", import_id=checked.id), 303)
        except (ImportRefused, UnusableBank) as refused:
            problem = explain(refused)
    flash(problem, "error")
    return redirect(url_for("imports.one", import_id=head.id), 303)


@blueprint.post("/bank/import/<import_id>/confirm")
@for_instructors
def confirm(import_id: str) -> Any:
    head = _import(import_id)
    try:
        confirm_import(db(), head.id, by=me().id, now=now())
    except CheckedTooLongAgo as problem:
        flash(explain(problem), "error")
    else:
        flash(_("Imported. You can undo it for 30 days."), "success")
    return redirect(url_for("imports.one", import_id=head.id), 303)


@blueprint.route("/bank/import/<import_id>/undo", methods=["GET", "POST"])
@for_instructors
def undo(import_id: str) -> Any:
    head = _import(import_id)
    if request.method == "GET":
        if not is_undoable(head, now=now()):
            return redirect(url_for("imports.one", import_id=head.id))
        return render_template("imports/undo.html", head=head)
    try:
        undo_import(db(), head.id, by=me().id, now=now())
    except NotUndoable as problem:
        flash(explain(problem), "error")
    else:
        flash(_("The import is taken back."), "success")
    return redirect(url_for("imports.one", import_id=head.id), 303)


@blueprint.get("/bank/import/template.<suffix>")
@for_instructors
def template(suffix: str) -> Response:
    """Give a table with a question of each kind, to be filled in."""
    name, media_type = _TEMPLATES.get(suffix) or not_found()
    return _download(FORMATS[name].write(example_items()).data, f"questions.{suffix}", media_type)


@blueprint.get("/banks/<bank_id>/export")
@for_instructors
def export(bank_id: str) -> Any:
    """Offer the formats; with one chosen, tell what it can't say of this bank."""
    bank = _bank(bank_id)
    chosen = request.args.get("format", "")
    written = export_bank_as(db(), bank.id, FORMATS[chosen], today=today()) if chosen in FORMATS else None
    return render_template(
        "imports/export.html",
        bank=bank,
        formats=FORMATS,
        chosen=chosen,
        written=written,
        remarks=sorted(written.remarks, key=_gravity)[:_REMARKS_SHOWN] if written else [],
    )


@blueprint.get("/banks/<bank_id>/export/file")
@for_instructors
def export_file(bank_id: str) -> Response:
    bank = _bank(bank_id)
    chosen = request.args.get("format", "")
    if chosen not in FORMATS:
        not_found()
    written = export_bank_as(db(), bank.id, FORMATS[chosen], today=today())
    return _download(written.data, written.file_name, "application/octet-stream")


def _checked(form: UploadForm, sent: Upload) -> ImportHead | None:
    """Return the import that was checked; None, with the problem at its field, if it was refused."""
    try:
        return plan_import(
            db(), sent, form.target(), by=me().id, now=now(), import_id=made_id(form.new_id.data, now())
        )
    except UnusableBank as problem:
        blame(form["language"] if problem.field == "language" else form.title, problem)
    except ImportRefused as problem:
        blame(form.file if sent.name else form.pasted, problem)
    return None


def _import(import_id: str) -> ImportHead:
    return import_to_see_or_none(db(), me().id, import_id) or not_found()


def _may_see(head: ImportHead) -> bool:
    return import_to_see_or_none(db(), me().id, head.id) is not None


def _bank(bank_id: str) -> BankRow:
    return bank_to_read_or_none(db(), me().id, bank_id) or not_found()


def _all_rows(import_id: str) -> Iterator[Any]:
    after = 0
    while rows := select_rows(db(), import_id, after=after, limit=500):
        yield from rows
        after = rows[-1].position


def _download(data: bytes, name: str, media_type: str) -> Response:
    response = Response(data, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _gravity(remark: Any) -> int:
    return ("error", "warning", "note").index(remark.severity)
