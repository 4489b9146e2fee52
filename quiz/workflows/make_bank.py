"""Make a bank in the pages: an empty one, or a copy of another."""

from __future__ import annotations

from datetime import datetime

from quiz.core.bank_rules import usable_facts
from quiz.storage.bank_copies import copy_questions
from quiz.storage.banks import BankRow, insert_bank, select_bank_or_none
from quiz.storage.database import Database
from quiz.workflows.log_bank_change import log_bank_change
from quiz.workflows.share_bank import Sharing, share


def make_bank(
    db: Database,
    bank_id: str,
    *,
    title: str,
    description: str = "",
    language: str = "en",
    sharing: Sharing,
    by: str,
    now: datetime,
) -> None:
    """Make an empty bank. bank_id: made with the form, so that a form sent twice makes one. Raises UnusableBank."""
    facts = usable_facts(title, description, language)
    with db.atomic():
        if select_bank_or_none(db, bank_id) is None:
            insert_bank(db, bank_id, **facts, audience=sharing.audience, by=by, now=now)
            share(db, bank_id, sharing, by=by)
            log_bank_change(db, bank_id, "made", by=by, now=now)


def duplicate_bank(
    db: Database, bank: BankRow, new_id: str, *, title: str, sharing: Sharing, by: str, now: datetime
) -> int | None:
    """Copy the bank with its questions, retired ones aside; return how many those are.

    None, and nothing is changed, if the copy is there already: the form was sent twice. Raises UnusableBank.
    """
    facts = usable_facts(title, bank.description, bank.language)
    with db.atomic():
        if select_bank_or_none(db, new_id) is not None:
            return None
        insert_bank(db, new_id, **facts, audience=sharing.audience, by=by, now=now, copied_from=bank.id)
        share(db, new_id, sharing, by=by)
        count = copy_questions(db, bank.id, new_id, by=by, now=now)
        log_bank_change(db, new_id, "made", by=by, now=now, from_bank=bank.id, count=count)
        log_bank_change(db, bank.id, "duplicated", by=by, now=now, to_bank=new_id, count=count)
        return count
