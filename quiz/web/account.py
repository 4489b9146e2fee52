"""Pages for one's own account: signing in, up and out, name, password, sessions, setup links."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from quiz.core.accounts import UnusableAccount
from quiz.storage.accommodations import select_profile_or_none
from quiz.storage.attempts import select_attempts_of_person
from quiz.storage.people import Person
from quiz.storage.sessions import select_sessions_of_person
from quiz.storage.setup_file import setup_file_beside
from quiz.web.account_forms import (
    GuestProfileForm,
    PasswordForm,
    ProfileForm,
    SignInForm,
    SignUpForm,
    blame,
)
from quiz.web.request_tools import db, explain, for_instructors, me, now, own_path_or, person, signed_in
from quiz.web.sessions import begin_session, end_session, session_token, visitor
from quiz.workflows.change_password import change_password
from quiz.workflows.change_profile import change_profile
from quiz.workflows.make_setup_link import invite_instructor
from quiz.workflows.open_session import SignedIn
from quiz.workflows.secret_tokens import hash_of
from quiz.workflows.set_up_instructor import (
    LinkIsOver,
    UnknownLink,
    promote_learner,
    require_good_link,
    set_up_instructor,
)
from quiz.workflows.sign_in import NotSignedIn, sign_in
from quiz.workflows.sign_out import sign_out, sign_out_elsewhere
from quiz.workflows.sign_up import sign_up
from quiz.workflows.tell_visibility import with_shown_scores

blueprint = Blueprint("account", __name__)

_INVITATION = "invitation"


@blueprint.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
def sign_in_page() -> Any:
    if _has_account():
        return redirect(_goal())
    form = SignInForm()
    if form.validate_on_submit():
        try:
            begin_session(
                sign_in(
                    db(),
                    email=form.email.data or "",
                    password=form.password.data or "",
                    visitor=visitor(),
                    now=now(),
                    replacing=session_token(),
                )  # fmt: skip
            )
        except NotSignedIn as problem:
            form.email.errors = [explain(problem)]
        else:
            return redirect(_goal(), 303)
    return render_template("account/sign_in.html", form=form, next=request.values.get("next")), _status(form)


@blueprint.route("/sign-up", methods=["GET", "POST"], endpoint="sign_up")
def sign_up_page() -> Any:
    if _has_account():
        return redirect(_goal())
    guest = _guest_or_none()
    form = SignUpForm(name=guest.name if guest else "")
    if form.validate_on_submit():
        try:
            begin_session(
                sign_up(
                    db(),
                    **_typed(form),
                    visitor=visitor(),
                    now=now(),
                    guest=_guest_or_none(),
                    replacing=session_token(),
                )
            )
        except UnusableAccount as problem:
            blame(form, problem)
        else:
            flash(_("Your account is made, and you are signed in."), "success")
            return redirect(_goal(), 303)
    return render_template("account/sign_up.html", form=form, next=request.values.get("next")), _status(form)


@blueprint.post("/sign-out", endpoint="sign_out")
def sign_out_page() -> Any:
    if token := session_token():
        sign_out(db(), token)
    end_session()
    flash(_("You are signed out."), "success")
    return redirect(url_for("front.home"), 303)


@blueprint.get("/account")
@signed_in
def account() -> str:
    return render_template(
        "account/account.html",
        sessions=select_sessions_of_person(db(), me().id, now()),
        this_session=hash_of(session_token() or ""),
        attempts=with_shown_scores(db(), select_attempts_of_person(db(), me().id), now=now()),
        invitation=session.pop(_INVITATION, None),
        arranged=select_profile_or_none(db(), me().id),
    )


@blueprint.route("/account/profile", methods=["GET", "POST"])
@signed_in
def profile() -> Any:
    form = ProfileForm(obj=me()) if me().email else GuestProfileForm(obj=me())
    if form.validate_on_submit():
        typed = {"email": "", "password": ""} | _typed(form)
        try:
            change_profile(db(), me(), **typed, now=now())
        except UnusableAccount as problem:
            blame(form, problem)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("account.account"), 303)
    return render_template("account/profile.html", form=form), _status(form)


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in
def password() -> Any:
    if me().role == "guest":
        abort(404)
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            change_password(db(), me(), **_typed(form), token=session_token() or "", now=now())
        except UnusableAccount as problem:
            blame(form, problem)
        else:
            flash(_("Your password is changed. You are signed out everywhere else."), "success")
            return redirect(url_for("account.account"), 303)
    return render_template("account/password.html", form=form), _status(form)


@blueprint.post("/account/sign-out-elsewhere", endpoint="sign_out_elsewhere")
@signed_in
def sign_out_elsewhere_page() -> Any:
    sign_out_elsewhere(db(), me(), token=session_token() or "", now=now())
    flash(_("You are signed out everywhere else."), "success")
    return redirect(url_for("account.account"), 303)


@blueprint.post("/account/invitations")
@for_instructors
def invite() -> Any:
    # Only the link's hash is stored, so it is shown now or never: it waits in the cookie for the next page.
    session[_INVITATION] = url_for(
        "account.setup", token=invite_instructor(db(), me(), now=now()), _external=True
    )
    return redirect(url_for("account.account") + "#invitation", 303)


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
def setup(token: str) -> Any:
    form = SignUpForm()
    try:
        require_good_link(db(), token, now=now())
        if request.method == "POST" and (made := _made_by(token, form)):
            begin_session(made)
            flash(_("Welcome. You are an instructor now: begin with a class."), "success")
            return redirect(url_for("classes.all_classes"), 303)
    except UnusableAccount as problem:
        blame(form, problem)
    except (UnknownLink, LinkIsOver) as problem:
        page = render_template("account/setup_over.html", sentence=explain(problem))
        return page, 410 if isinstance(problem, LinkIsOver) else 404
    return render_template("account/setup.html", form=form), _status(form)


def _made_by(token: str, form: SignUpForm) -> SignedIn | None:
    """Use the link for who is asking; return None if the form has problems or they are an instructor."""
    file, replacing = setup_file_beside(current_app.config["DATABASE"]), session_token()
    if _has_account():
        if me().role == "instructor":
            return None
        return promote_learner(db(), token, me(), now=now(), setup_file=file, replacing=replacing)
    if not form.validate():
        return None
    typed, guest = _typed(form), _guest_or_none()
    return set_up_instructor(
        db(), token, name=typed["name"], email=typed["email"], password=typed["password"], now=now(),
        setup_file=file, guest=guest, replacing=replacing,
    )  # fmt: skip


def _typed(form: Any) -> dict[str, str]:
    return {field.name: field.data or "" for field in form if field.name != "csrf_token"}


def _status(form: Any) -> int:
    return 422 if form.is_submitted() else 200


def _goal() -> str:
    return own_path_or(request.values.get("next"), url_for("front.home"))


def _has_account() -> bool:
    asking = person()
    return asking is not None and asking.role != "guest"


def _guest_or_none() -> Person | None:
    asking = person()
    return asking if asking and asking.role == "guest" else None
