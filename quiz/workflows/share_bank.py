"""Say who sees a bank: every instructor, or the instructors of chosen classes besides its maker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.bank_rules import UnusableBank
from quiz.core.messages import N_
from quiz.storage.banks import Audience, BankRow, select_classes_of_bank, update_sharing
from quiz.storage.classes import select_classes_of_person
from quiz.storage.database import Database
from quiz.workflows.bank_access import may_share
from quiz.workflows.log_bank_change import log_bank_change


@dataclass(frozen=True)
class Sharing:
    """class_ids: if not everyone sees it; none for its maker alone."""

    audience: Audience = "everyone"
    class_ids: tuple[str, ...] = ()


def share_bank(db: Database, bank: BankRow, sharing: Sharing, *, by: str, now: datetime) -> None:
    """Share the bank so, and no more with others. Raises UnusableBank if it isn't theirs to share."""
    if not may_share(bank, by):
        raise UnusableBank("audience", N_("Only whoever made a bank says who sees it"))
    with db.atomic():
        before = select_classes_of_bank(db, bank.id)
        share(db, bank.id, sharing, by=by)
        after = select_classes_of_bank(db, bank.id)
        if (bank.audience, before) != (sharing.audience, after):
            audience, classes = sharing.audience, list(after.values())
            log_bank_change(db, bank.id, "shared", by=by, now=now, audience=audience, classes=classes)


def share(db: Database, bank_id: str, sharing: Sharing, *, by: str) -> None:
    """Write who sees the bank, and no log of it. Belongs inside atomic().

    Only classes that the person teaches can be chosen; others, chosen by an earlier form, stay chosen if they are.
    """
    before = set(select_classes_of_bank(db, bank_id))
    taught = {found.id for found in select_classes_of_person(db, by, "instructor")}
    chosen = (
        {i for i in sharing.class_ids if i in taught or i in before}
        if sharing.audience == "classes"
        else set()
    )
    update_sharing(db, bank_id, sharing.audience, sorted(chosen))
