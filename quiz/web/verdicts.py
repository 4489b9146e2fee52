"""Pages for editors of claims: change a verdict, and see which questions and results lean on it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from quiz.core.claims import VERDICTS, Claim, Source
from quiz.core.standing import VERDICT_WORDS
from quiz.core.verdicts import TypedVerdict, UnusableVerdict
from quiz.storage.sources import select_source_or_none
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, today
from quiz.workflows.change_verdict import (
    VerdictChanged,
    change_verdict,
    claim_or_none,
    touched_by,
    verdict_digest,
)

blueprint = Blueprint("verdicts", __name__)


class VerdictForm(FlaskForm):
    """An editor's verdict on a claim."""

    seen = HiddenField()
    verdict = RadioField(_l("Verdict"), validate_choice=False)
    reason = TextAreaField(_l("Reason"), description=_l("Why the verdict is so. Learners read it."))
    correction = TextAreaField(
        _l("What is so instead"), description=_l("Needed if the claim is out of date or wrong.")
    )
    as_of = StringField(
        _l("As of"),
        description=_l("Date of the latest fact that the verdict relies on: 2024, 2024-12 or 2024-12-08."),
    )
    review_by = StringField(
        _l("Check again by"),
        description=_l("After this day the claim counts as unverified. Like 2027-05-31."),
    )
    evidence = TextAreaField(_l("Evidence"), description=_l("One address on each line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verdict.choices = [SelectChoice(name, _(VERDICT_WORDS[name])) for name in VERDICTS]

    def typed(self) -> TypedVerdict:
        return TypedVerdict(
            **{
                name: self[name].data or ""
                for name in ("verdict", "reason", "correction", "as_of", "review_by", "evidence")
            }
        )


@blueprint.route("/sources/<source_id>/claims/<claim_id>/edit", methods=["GET", "POST"])
@for_instructors
def edit(source_id: str, claim_id: str) -> Any:
    source, claim = _claim(source_id, claim_id)
    form = VerdictForm(data=_as_typed(claim) | {"seen": verdict_digest(claim)})
    if form.validate_on_submit():
        try:
            is_changed = change_verdict(
                db(), source_id, claim, form.typed(), by=me().id, now=now(), seen=form.seen.data or None
            )
        except VerdictChanged as changed:
            return _conflict_page(source, form.typed(), changed), 409
        except UnusableVerdict as problem:
            field = form[problem.field]
            field.errors = [*field.errors, explain(problem)]
        else:
            flash(
                _("The verdict is changed. See what leans on it.")
                if is_changed
                else _("Nothing was changed."),
                "success",
            )
            return redirect(url_for(".uses", source_id=source_id, claim_id=claim_id), 303)
    page = render_template("verdicts/edit.html", source=source, claim=claim, form=form)
    return page, 422 if form.errors else 200


@blueprint.get("/sources/<source_id>/claims/<claim_id>/uses")
@for_instructors
def uses(source_id: str, claim_id: str) -> Any:
    source, claim = _claim(source_id, claim_id)
    return render_template(
        "verdicts/uses.html",
        source=source,
        claim=claim,
        touched=touched_by(db(), source_id, claim, by=me().id, today=today()),
    )


def _conflict_page(source: Source, typed: TypedVerdict, changed: VerdictChanged) -> str:
    return render_template(
        "verdicts/conflict.html", source=source, claim=changed.claim, typed=typed, problem=changed,
        seen=verdict_digest(changed.claim),
    )  # fmt: skip


def _as_typed(claim: Claim) -> dict[str, str]:
    return {
        "verdict": claim.verdict, "reason": claim.reason, "correction": claim.correction, "as_of": claim.as_of,
        "review_by": claim.review_by.isoformat(), "evidence": "\n".join(claim.evidence),
    }  # fmt: skip


def _claim(source_id: str, claim_id: str) -> tuple[Source, Claim]:
    source = select_source_or_none(db(), source_id) or not_found()
    return source, claim_or_none(db(), source_id, claim_id) or not_found()
