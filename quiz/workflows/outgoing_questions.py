"""Stored questions as the outside world exchanges them, with all that travels along: ids, tags, claims, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from quiz.core.import_content import Content, ordered
from quiz.core.interchange import Format, NotThisFormat
from quiz.core.items import Hint, Item
from quiz.core.lint import Ignore
from quiz.core.pictures import picture_ids_in
from quiz.core.question_type import Body
from quiz.core.questions import Wording
from quiz.core.standing import Reason, Standing
from quiz.core.travelling import Grounding, sent_out
from quiz.question_types import QUESTION_TYPES
from quiz.storage.database import Database
from quiz.storage.imports import StoredQuestion, select_question_ids, select_stored
from quiz.storage.linting import select_ignores_of_bank
from quiz.storage.questions import select_keys, select_newest_ready_version_ids, select_public_questions
from quiz.storage.search import select_tags_of
from quiz.storage.sources import select_sources
from quiz.workflows.keep_picture import with_files
from quiz.workflows.question_standing import standings_of

IGNORE_SETTING = "footnote.ignore."


def wordings_of(db: Database, questions: Sequence[StoredQuestion]) -> dict[str, Wording]:
    """Return the wording of each question's version, by question id; types that are not installed are left out."""
    versions = [question.version_id for question in questions]
    public, keys = select_public_questions(db, versions), select_keys(db, versions)
    tags = select_tags_of(db, [question.id for question in questions])
    found = {}
    for question in questions:
        seen, hidden = public[question.version_id], keys[question.version_id]
        if seen.type not in QUESTION_TYPES:
            continue
        question_type = QUESTION_TYPES[seen.type]
        found[question.id] = Wording(
            type=seen.type,
            basis=seen.basis,
            stem=seen.stem,
            ask=question_type.ask_from_json(seen.ask),
            key=question_type.key_from_json(hidden.key),
            feedback=hidden.feedback,
            citations=seen.citations,
            tags=tags.get(question.id, ()),
            difficulty=question.difficulty,
            hints=hidden.hints,
            language=seen.language,
        )
    return found


def content_of(wording: Wording, ignores: Sequence[Ignore] = ()) -> Content:
    """Return what the wording says, to be compared."""
    return Content(
        type=wording.type,
        stem=wording.stem,
        body=QUESTION_TYPES[wording.type].body_to_plain(Body(wording.ask, wording.key)),
        feedback=wording.feedback,
        hints=wording.hints,
        language=wording.language,
        tags=tuple(sorted(wording.tags)),
        basis=wording.basis,
        citations=ordered(wording.citations),
        difficulty=wording.difficulty,
        ignores=tuple(sorted(ignores, key=lambda ignore: ignore.rule)) or None,
    )


def item_of(
    db: Database,
    question_id: str,
    wording: Wording,
    ignores: Sequence[Ignore] = (),
    *,
    standing: Standing | None = None,
    titles: dict[str, str] | None = None,
) -> Item:
    """Return the question as it is exchanged. standing: of today, None to leave it out. titles: of sources, by id."""
    item = QUESTION_TYPES[wording.type].to_item(wording.stem, Body(wording.ask, wording.key))
    item = replace(
        item,
        id=question_id,
        general_feedback=wording.feedback,
        tags=wording.tags,
        hints=tuple(Hint(text) for text in wording.hints),
        language=wording.language,
        settings=tuple((f"{IGNORE_SETTING}{ignore.rule}", ignore.reason) for ignore in ignores),
    )
    reasons = [reason_in_words(reason) for reason in standing.reasons] if standing else []
    grounding = Grounding(wording.basis, wording.citations, wording.difficulty)
    if picture_ids_in([item]):
        item = with_files(db, item)
    return sent_out(item, grounding, standing=standing, reasons=reasons, titles=titles)


def reason_in_words(reason: Reason) -> str:
    """Return in English why a key is unverified, with the claim that it is about."""
    told = reason.sentence.format(verdict=reason.verdict or "", reason=reason.detail, date=reason.since)
    return f"{reason.claim} {told}" if reason.claim else told


def items_of_bank(db: Database, bank_id: str, *, today: date) -> Iterator[Item]:
    """Give the bank's questions by id, each in its newest version that is ready; no drafts and no retired ones."""
    titles = {source.id: source.short_title for source in select_sources(db)}
    ignores = select_ignores_of_bank(db, bank_id)
    for ids in select_question_ids(db, bank_id):
        asked = select_newest_ready_version_ids(db, ids)
        stored = [question for i, question in sorted(select_stored(db, asked).items())]
        standings = standings_of(db, asked.values(), today=today)
        for question_id, wording in wordings_of(db, stored).items():
            standing = standings[asked[question_id]]
            yield item_of(
                db, question_id, wording, ignores.get(question_id, ()), standing=standing, titles=titles
            )


def sent_through(exchange_format: Format, items: Sequence[Item]) -> list[Item | None]:
    """Return what of each item comes back from a file of that format, None where nothing does.

    All at once where it can be told which is which, else one by one.
    """
    together = _back(exchange_format, items)
    if len(together) == len(items):
        by_id = {item.id: item for item in together}
        if len(by_id) == len(items) and all(item.id in by_id for item in items):
            return [by_id[item.id] for item in items]
        if not any(by_id) and not any(item.category for item in items):
            return list(together)
    return (
        [next(iter(_back(exchange_format, [item])), None) for item in items]
        if len(items) > 1
        else ([together[0] if len(together) == 1 else None for _ in items])
    )


def _back(exchange_format: Format, items: Iterable[Item]) -> list[Item]:
    try:
        return exchange_format.read(exchange_format.write(items).data).items
    except NotThisFormat:
        # A file without questions is no file of most formats.
        return []
