"""Use a setup link: make its holder an instructor, and sign them in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from quiz.core.messages import N_, Explained
from quiz.storage import people, setup_links
from quiz.storage.database import Database
from quiz.storage.people import Person
from quiz.storage.setup_file import forget_token
from quiz.workflows.open_session import SignedIn, open_session
from quiz.workflows.record_audit import record_audit
from quiz.workflows.secret_tokens import hash_of
from quiz.workflows.sign_up import insert_account, new_account

INVITATION_LASTS = timedelta(days=14)


class UnknownLink(Explained):
    """No such link was ever made."""


class LinkIsOver(Explained):
    """The link was good once: it was used, or it waited too long."""


def require_good_link(db: Database, token: str, *, now: datetime) -> None:
    """Raise UnknownLink or LinkIsOver unless the link can be used."""
    link = setup_links.select_setup_link_or_none(db, hash_of(token))
    if link is None:
        raise UnknownLink(N_("There is no such link. Check that you have all of it"))
    if link.is_used:
        raise LinkIsOver(N_("This link was used already. Each works once"))
    # The link for the first instructor waits as long as it takes; an invitation doesn't.
    if now - link.created_at > INVITATION_LASTS and people.has_instructor(db):
        raise LinkIsOver(N_("This link waited too long. Ask for a new one"))


def set_up_instructor(
    db: Database, token: str, *, name: str, email: str, password: str, now: datetime,
    setup_file: Path | None = None, guest: Person | None = None, replacing: str | None = None,
) -> SignedIn:  # fmt: skip
    """Make an instructor's account and sign it in. Raises UnknownLink, LinkIsOver or UnusableAccount."""
    require_good_link(db, token, now=now)
    person, password_hash = new_account(
        name=name, email=email, password=password, role="instructor", now=now, guest=guest
    )
    with db.atomic():
        is_first = not people.has_instructor(db)
        insert_account(db, person, password_hash, now=now, guest=guest)
        _use_up(db, token, person, is_first=is_first, now=now)
        signed_in = open_session(db, person, now=now, replacing=replacing)
    forget_token(setup_file)
    return signed_in


def promote_learner(
    db: Database, token: str, learner: Person, *, now: datetime, setup_file: Path | None = None,
    replacing: str | None = None,
) -> SignedIn:  # fmt: skip
    """Make an instructor of somebody who has an account. Raises UnknownLink or LinkIsOver."""
    require_good_link(db, token, now=now)
    person = replace(learner, role="instructor")
    with db.atomic():
        is_first = not people.has_instructor(db)
        people.update_role(db, person.id, person.role)
        _use_up(db, token, person, is_first=is_first, now=now)
        signed_in = open_session(db, person, now=now, replacing=replacing)
    forget_token(setup_file)
    return signed_in


def _use_up(db: Database, token: str, person: Person, *, is_first: bool, now: datetime) -> None:
    if not setup_links.update_setup_link_used(db, hash_of(token), used_by=person.id, now=now):
        raise LinkIsOver(N_("This link was used already. Each works once"))
    # Several starts may have printed several links: the first instructor shuts the door behind them.
    if is_first:
        setup_links.delete_unused_setup_links(db)
    record_audit(db, actor_id=person.id, action="become_instructor", subject=f"person {person.id}", now=now)
