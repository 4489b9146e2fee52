"""Pages that change many questions at once: choose, see what would change, confirm, undo."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from quiz.core.messages import Explained
from quiz.core.quiz_rules import UnusableSlot
from quiz.core.tagging import tags_in
from quiz.storage.banks import select_tags_in
from quiz.storage.bulk_changes import (
    BulkChange,
    select_bulk_change_or_none,
    select_bulk_changes_by,
    select_changes,
    select_held_slots,
)
from quiz.storage.encoding import new_id
from quiz.storage.quizzes import select_quizzes_for_instructor
from quiz.storage.search import select_listed, select_places
from quiz.web.chosen_questions import fields_of, selection_asked
from quiz.web.question_words import words_for_templates
from quiz.web.quiz_forms import made_id
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, today
from quiz.workflows.apply_bulk import StalePreview, apply_bulk
from quiz.workflows.bank_access import visible_banks
from quiz.workflows.open_for_instructor import teaches
from quiz.workflows.plan_bulk import Plan, UnusableBulk, Wanted, plan_bulk
from quiz.workflows.select_many import MOST_AT_ONCE, Selected, Selection, select_many
from quiz.workflows.undo_bulk import plan_undo, undo_bulk

blueprint = Blueprint("bulk", __name__)

KINDS = ("tag", "move", "retire", "restore", "add_to_quiz")
KIND_WORDS = {
    "tag": _l("Change tags"),
    "move": _l("Move to another bank"),
    "retire": _l("Retire"),
    "restore": _l("Take back from retirement"),
    "add_to_quiz": _l("Add to a quiz"),
    "merge": _l("Keep one of several lookalikes"),
}
_SETTINGS = ("add", "remove", "bank_id", "quiz_id", "points")
SHOWN = 20
_A_PAGE = 25


@dataclass(frozen=True)
class Asked:
    """What a page was asked for. typed: the settings as they were typed."""

    kind: str
    selection: Selection
    typed: Mapping[str, str]

    @property
    def is_complete(self) -> bool:
        """Tell whether there is enough to show what would change."""
        return self.kind in ("retire", "restore") or "show" in request.values

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return what a form sends to ask for the same questions again."""
        return fields_of(self.selection)

    def wanted(self) -> Wanted:
        """Return what is to be done. Raises UnusableSlot."""
        typed = self.typed
        return Wanted(
            self.kind,  # type: ignore[arg-type]
            add=tags_in(typed["add"]),
            remove=tags_in(typed["remove"]),
            bank_id=typed["bank_id"],
            quiz_id=typed["quiz_id"],
            points=_number(typed["points"]) if self.kind == "add_to_quiz" else 1.0,
        )


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {**words_for_templates(), "kind_words": KIND_WORDS, "most_at_once": MOST_AT_ONCE}


@blueprint.get("/bulk/<kind>")
@for_instructors
def choose(kind: str) -> Any:
    """Show what is asked for yet; or, once all is there, what would change."""
    asked = _asked(kind)
    selected = select_many(db(), asked.selection, by=me().id, today=today())
    if not asked.is_complete or not selected.questions:
        return _choose_page(asked, selected)
    try:
        plan = plan_bulk(db(), asked.wanted(), selected.questions, by=me().id)
    except (UnusableBulk, UnusableSlot) as problem:
        return _choose_page(asked, selected, problem)
    return _plan_page(asked, selected, plan)


@blueprint.post("/bulk/<kind>")
@for_instructors
def confirm(kind: str) -> Any:
    asked = _asked(kind)
    change_id = made_id(request.form.get("change_id"), now())

    def plan_now() -> Plan:
        selected = select_many(db(), asked.selection, by=me().id, today=today())
        return plan_bulk(db(), asked.wanted(), selected.questions, by=me().id)

    try:
        digest = request.form.get("digest", "")
        change = apply_bulk(db(), change_id, plan_now, digest=digest, by=me().id, now=now())
    except StalePreview as stale:
        selected = select_many(db(), asked.selection, by=me().id, today=today())
        return _plan_page(asked, selected, stale.plan, explain(stale))
    except (UnusableBulk, UnusableSlot) as problem:
        return _choose_page(asked, select_many(db(), asked.selection, by=me().id, today=today()), problem)
    if change.made_by != me().id:
        not_found()
    told = ngettext("%(num)s question was changed.", "%(num)s questions were changed.", change.questions)
    flash(" ".join((told, _("You can undo it here."))), "success")
    return redirect(url_for("bulk.change", change_id=change.id), 303)


@blueprint.get("/bulk/changes")
@for_instructors
def changes() -> Any:
    before = request.args.get("before", "")
    found = select_bulk_changes_by(db(), me().id, before=before, limit=_A_PAGE + 1)
    shown = found[:_A_PAGE]
    following = url_for("bulk.changes", before=shown[-1].id) if len(found) > _A_PAGE else ""
    return render_template(
        "bulk/changes.html", changes=shown, next_page=following, names=_names(shown), is_first=not before
    )


@blueprint.get("/bulk/changes/<change_id>")
@for_instructors
def change(change_id: str) -> Any:
    made = _mine(change_id)
    some = select_changes(db(), made, limit=SHOWN)
    ids = [one.subject for one in some if one.aspect != "slot"]
    ids += [(one.after or one.before)["question_id"] for one in some if one.aspect == "slot"]
    return render_template(
        "bulk/change.html",
        change=made,
        some=some,
        questions={q.question_id: q for q in select_listed(db(), select_places(db(), ids))},
        undo=None if made.undone else plan_undo(db(), made),
        names=_names([made]),
    )


@blueprint.post("/bulk/changes/<change_id>/undo")
@for_instructors
def undo(change_id: str) -> Any:
    undone = undo_bulk(db(), _mine(change_id), by=me().id, now=now())
    told = [_("Undone.")]
    if undone.kept:
        told.append(
            ngettext(
                "%(num)s thing had been changed since, and stays as it is.",
                "%(num)s things had been changed since, and stay as they are.",
                undone.kept,
            )
        )
    flash(" ".join(told), "success")
    return redirect(url_for("bulk.change", change_id=change_id), 303)


def _asked(kind: str) -> Asked:
    if kind not in KINDS:
        not_found()
    typed = {name: request.values.get(name, "").strip()[:1000] for name in _SETTINGS}
    typed["points"] = typed["points"] or "1"
    return Asked(kind, selection_asked(), typed)


def _choose_page(asked: Asked, selected: Selected, problem: Explained | None = None) -> Any:
    banks = visible_banks(db(), me().id)
    found_in = {question.bank_id for question in selected.questions}
    quizzes = select_quizzes_for_instructor(db(), me().id) if asked.kind == "add_to_quiz" else []
    page = render_template(
        "bulk/choose.html",
        asked=asked,
        selected=selected,
        problem=explain(problem) if problem else "",
        field=getattr(problem, "field", ""),
        banks=[bank for bank in banks if {bank.id} != found_in],
        tags=select_tags_in(db(), found_in, limit=100),
        quizzes=[
            quiz for quiz in quizzes if quiz.state != "closed" and teaches(db(), me().id, quiz.class_id)
        ],
    )
    return page, 422 if problem else 200


def _plan_page(asked: Asked, selected: Selected, plan: Plan, stale: str = "") -> Any:
    changed = plan.changed_questions
    page = render_template(
        "bulk/plan.html",
        asked=asked,
        selected=selected,
        plan=plan,
        shown=changed[:SHOWN],
        by_subject={one.subject: one for one in plan.changes},
        held=select_held_slots(db(), [q.question_id for q in changed]) if plan.kind == "retire" else [],
        names={bank.id: bank.title for bank in visible_banks(db(), me().id)} | _quiz_names(),
        stale=stale,
        change_id=new_id(now()),
        settings=asked.typed,
    )
    return page, 409 if stale else 200


def _mine(change_id: str) -> BulkChange:
    found = select_bulk_change_or_none(db(), change_id)
    return found if found and found.made_by == me().id else not_found()


def _names(changes: list[BulkChange]) -> dict[str, str]:
    """Return what banks and quizzes that these changes name are called."""
    banks = {bank.id: bank.title for bank in visible_banks(db(), me().id)}
    return banks | (_quiz_names() if any("quiz_id" in change.settings for change in changes) else {})


def _quiz_names() -> dict[str, str]:
    return {quiz.id: quiz.title for quiz in select_quizzes_for_instructor(db(), me().id)}


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan
