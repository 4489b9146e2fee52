"""Change what a bank says of itself: its title, its description, the language of its questions."""

from __future__ import annotations

from datetime import datetime

from quiz.core.bank_rules import usable_facts
from quiz.storage.banks import BankRow, update_bank
from quiz.storage.database import Database
from quiz.workflows.log_bank_change import log_bank_change


def edit_bank(
    db: Database, bank: BankRow, *, title: str, description: str, language: str, by: str, now: datetime
) -> bool:
    """Write what differs; return whether anything does. Raises UnusableBank.

    From then on the bank's file has no say in it.
    """
    facts = usable_facts(title, description, language)
    changed = sorted(name for name, value in facts.items() if value != getattr(bank, name))
    if not changed:
        return False
    with db.atomic():
        update_bank(db, bank.id, **facts, now=now)
        log_bank_change(db, bank.id, "edited", by=by, now=now, changed=changed, title=facts["title"])
    return True
