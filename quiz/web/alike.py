"""Pages of near-duplicates: side by side, keep one of them, or say that they are different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quiz.core.messages import Explained
from quiz.storage.encoding import new_id
from quiz.storage.question_uses import Uses, select_uses
from quiz.storage.search import ListedQuestion
from quiz.web.question_words import words_for_templates
from quiz.web.quiz_forms import made_id
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, own_path_or, today
from quiz.workflows.apply_bulk import StalePreview, apply_bulk
from quiz.workflows.bank_access import bank_to_read_or_none, visible_banks
from quiz.workflows.find_alike import MOST_LOOKED_AT, find_alike
from quiz.workflows.open_for_instructor import teaches
from quiz.workflows.open_question import UnknownType, open_wording
from quiz.workflows.plan_bulk import Plan, UnusableBulk
from quiz.workflows.plan_merge import plan_merge
from quiz.workflows.preview_question import Preview, preview_question
from quiz.workflows.tell_different import forget_different, tell_different

blueprint = Blueprint("alike", __name__)
blueprint.context_processor(words_for_templates)


@dataclass(frozen=True)
class Shown:
    """A question beside its lookalikes. preview: None if its type is not installed."""

    question: ListedQuestion
    preview: Preview | None
    uses: Uses


@blueprint.get("/alike")
@for_instructors
def all_alike() -> Any:
    bank_id = request.args.get("bank", "")
    bank = bank_to_read_or_none(db(), me().id, bank_id) if bank_id else None
    if bank_id and bank is None:
        not_found()
    after = request.args.get("after", type=int)
    page = find_alike(db(), by=me().id, bank_id=bank_id, after=after)
    return render_template(
        "bulk/alike.html",
        bank=bank,
        banks=visible_banks(db(), me().id),
        page=page,
        sets=[(one, [_shown(question) for question in one.questions]) for one in page.sets],
        is_first=after is None,
        most=MOST_LOOKED_AT,
        next_page=_address(bank_id, page.next_after) if page.next_after else "",
        here=_address(bank_id, after),
    )


@blueprint.route("/alike/merge", methods=["GET", "POST"])
@for_instructors
def merge() -> Any:
    """Show what keeping the chosen one would do; when that is confirmed, do it."""
    kept, ids = request.values.get("keep", ""), request.values.getlist("q")
    try:
        if request.method == "GET":
            return _merge_page(plan_merge(db(), kept, ids, by=me().id))
        change_id = made_id(request.form.get("change_id"), now())
        change = apply_bulk(
            db(), change_id, lambda: plan_merge(db(), kept, ids, by=me().id),
            digest=request.form.get("digest", ""), by=me().id, now=now(),
        )  # fmt: skip
    except StalePreview as stale:
        return _merge_page(stale.plan, explain(stale)), 409
    except UnusableBulk as problem:
        return _nothing_to_do(problem)
    if change.made_by != me().id:
        not_found()
    flash(_("One is kept, the others are retired. You can undo it here."), "success")
    return redirect(url_for("bulk.change", change_id=change.id), 303)


@blueprint.post("/alike/different")
@for_instructors
def different() -> Any:
    """Remember that the questions are different; or, asked to, forget it."""
    ids = request.form.getlist("q")
    if "forget" in request.form:
        forget_different(db(), ids, by=me().id)
        flash(_("Forgotten. They may come up again."), "success")
        return _back()
    told = tell_different(db(), ids, by=me().id, now=now())
    if told < 2:
        not_found()
    return render_template("bulk/told_different.html", ids=ids, back=_back_address())


def _merge_page(plan: Plan, stale: str = "") -> str:
    kept, *others = plan.questions
    slots = [one for one in plan.changes if one.aspect == "slot"]
    mine = [one for one in slots if teaches(db(), me().id, one.before["class_id"])]
    return render_template(
        "bulk/merge.html",
        plan=plan,
        kept=_shown(kept),
        others=[_shown(other) for other in others],
        tags=next((one for one in plan.changes if one.aspect == "tags"), None),
        pointed=[one for one in slots if one.after],
        taken_out=[one for one in slots if not one.after],
        in_others=len(slots) - len(mine),
        stale=stale,
        change_id=new_id(now()),
    )


def _nothing_to_do(problem: Explained) -> Any:
    flash(explain(problem), "error")
    return _back()


def _shown(question: ListedQuestion) -> Shown:
    try:
        wording = open_wording(db(), question.version_id)
        preview = preview_question(db(), wording, today=today())
    except UnknownType:
        preview = None
    return Shown(question, preview, select_uses(db(), question.question_id))


def _back() -> Any:
    return redirect(_back_address(), 303)


def _back_address() -> str:
    return own_path_or(request.values.get("back"), url_for("alike.all_alike"))


def _address(bank_id: str, after: int | None) -> str:
    asked: dict[str, Any] = {"bank": bank_id or None, "after": after}
    return url_for("alike.all_alike", **asked)
