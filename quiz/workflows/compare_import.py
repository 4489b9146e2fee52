"""Hold what a file tells against what a bank has, question by question; nothing is written.

Whose question is it? One that was imported into this bank under the same outside id; else ours of that id, if it is
in this bank; else the bank's that asks the same. An id that has the form of ours and that nobody has becomes the
question's own, so that a bank moves to another installation with its ids. Any other is remembered as what the
outside calls the question, since an id from elsewhere must neither shape our addresses nor reach into another bank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from quiz.core.import_content import Content, is_same, joined
from quiz.core.import_parts import Part
from quiz.core.import_report import Action, Message, of_finding, of_problem, of_remark, status_of
from quiz.core.interchange import Format
from quiz.core.lint import Finding, stops_ready
from quiz.core.lint import lint_question as findings_in
from quiz.core.messages import N_, Explained
from quiz.core.pictures import Picture, without_pictures
from quiz.core.questions import State, Wording, check_citations
from quiz.core.row_ids import with_kept_ids
from quiz.core.standing import standing_of
from quiz.core.text_bytes import one_line
from quiz.question_types import QUESTION_TYPES
from quiz.storage.database import Database
from quiz.storage.encoding import new_ids
from quiz.storage.imports import (
    ImportRow,
    StagedWording,
    StoredQuestion,
    select_ignores_of,
    select_origins,
    select_question_ids,
    select_stored,
)
from quiz.workflows.arriving_questions import Arrival, Customs, wording_of
from quiz.workflows.lint_question import seen_by_lint
from quiz.workflows.outgoing_questions import content_of, item_of, sent_through, wordings_of

_AT_ONCE = 500
_OUR_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 100
_LONGEST_TITLE = 120

COMES_AS_DRAFT = N_("it comes in as a draft, since it has an error")
CITES_NOTHING = N_("it cites no claim, so it will stand as Unverified")

# What came from elsewhere hardly ever cites a claim; the page says so once, for all of it.
_TOLD_ONCE = ("no_citation",)


@dataclass(frozen=True)
class Planned:
    """A row of the report, what it writes, and the pictures that it needs."""

    row: ImportRow
    staged: StagedWording | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Known:
    """A stored question. content: what it says; sent: what of it comes back through the file's format."""

    stored: StoredQuestion
    content: Content
    sent: Content | None


@dataclass
class _Entry:
    """A part that is being looked at. outside_id: what it is called elsewhere, "" if that is its id here too.

    by_content: the stored question was found by what it asks.
    """

    part: Part
    arrival: Arrival | None
    question_id: str = ""
    outside_id: str = ""
    by_content: bool = False
    known: Known | None = None


def compare_import(
    db: Database,
    parts: Iterable[Part],
    exchange_format: Format,
    *,
    bank_id: str | None,
    language: str,
    now: datetime,
) -> Iterator[Planned]:
    """Give a row for each part of the file, in order. bank_id: None for a bank that is still to be made."""
    comparison = _Comparison(db, exchange_format, bank_id, language, now)
    waiting = iter(parts)
    while chunk := list(islice(waiting, _AT_ONCE)):
        yield from comparison.rows(chunk)


class _Comparison:
    def __init__(
        self, db: Database, exchange_format: Format, bank_id: str | None, language: str, now: datetime
    ) -> None:
        self.db = db
        self.format = exchange_format
        self.bank_id = bank_id
        self.language = language
        self.today: date = now.date()
        self.customs = Customs(db, language)
        self.ids = new_ids(now)
        self.position = 0
        # Where a question, or what is asked, stood first: (position, line). Nothing else is kept of it.
        self.met: dict[str, tuple[int, int | None]] = {}
        self.asked: dict[bytes, tuple[int, int | None]] = {}
        self.claimed: set[str] = set()
        self._alike: dict[bytes, list[str]] | None = None

    def rows(self, chunk: Sequence[Part]) -> Iterator[Planned]:
        entries = [_Entry(part, self.customs.arrive(part.item) if part.item else None) for part in chunk]
        self._name(entries)
        self._recall(entries)
        for entry in entries:
            self.position += 1
            yield self._row(entry)

    # -- whose question is it? -------------------------------------------------------------------------------

    def _name(self, entries: Sequence[_Entry]) -> None:
        """Find out which stored question each entry is about, if any, and how a new one is called."""
        told = {entry.part.item.id.strip() for entry in entries if entry.part.item} - {""}
        origins = select_origins(self.db, self.bank_id, told)
        stored = select_stored(self.db, told | set(origins.values()))
        for entry in entries:
            if entry.arrival is None or entry.arrival.content is None or entry.part.item is None:
                continue
            outside = entry.part.item.id.strip()
            here = stored.get(origins.get(outside, outside))
            if here is not None and here.bank_id == self.bank_id:
                entry.question_id = here.id
            elif alike := self._one_alike(entry.arrival.content):
                entry.question_id, entry.by_content = alike, True
            elif here is None and len(outside) <= _LONGEST_ID and _OUR_ID.fullmatch(outside):
                entry.question_id = outside
            else:
                entry.outside_id = outside
                if here is not None:
                    told_of = N_(
                        "the id {id} belongs to a question of another bank, so this copy gets one of its own"
                    )
                    entry.arrival.messages.append(Message("note", told_of, {"id": outside}))
            if self.bank_id:
                self.claimed.add(entry.question_id)

    def _one_alike(self, content: Content) -> str:
        """Return the bank's question that asks the same, "" if there is none that is not taken."""
        if self._alike is None:
            self._alike = self._all_that_ask()
        if not self._alike:
            return ""
        return next((i for i in self._alike.get(content.asked, ()) if i not in self.claimed), "")

    def _all_that_ask(self) -> dict[bytes, list[str]]:
        alike: dict[bytes, list[str]] = {}
        for ids in select_question_ids(self.db, self.bank_id) if self.bank_id else ():
            for known in self._known(select_stored(self.db, ids).values()):
                if known.sent:
                    alike.setdefault(known.sent.asked, []).append(known.stored.id)
        return alike

    def _recall(self, entries: Sequence[_Entry]) -> None:
        """Give each entry the stored question that it is about."""
        stored = select_stored(self.db, {entry.question_id for entry in entries} - {""})
        known = {one.stored.id: one for one in self._known(stored.values())}
        for entry in entries:
            entry.known = known.get(entry.question_id)

    def _known(self, stored: Iterable[StoredQuestion]) -> list[Known]:
        stored = list(stored)
        if not stored:
            return []
        wordings = wordings_of(self.db, stored)
        ignores = select_ignores_of(self.db, list(wordings))
        kept = [question for question in stored if question.id in wordings]
        items = [item_of(self.db, q.id, wordings[q.id], ignores.get(q.id, ())) for q in kept]
        back = sent_through(self.format, items)
        return [
            Known(
                q,
                content_of(wordings[q.id], ignores.get(q.id, ())),
                self.customs.arrive(item).content if item else None,
            )
            for q, item in zip(kept, back, strict=True)
        ]

    # -- what happens to it? ---------------------------------------------------------------------------------

    def _row(self, entry: _Entry) -> Planned:
        told = [of_remark(remark) for remark in entry.part.remarks]
        arrival = entry.arrival
        if arrival is None:
            return self._told_only(entry.part, told)
        messages = told + arrival.messages
        if arrival.content is None:
            return self._none(entry, messages)
        earlier = self._met_before(entry, arrival.content)
        if earlier is not None:
            return self._none(entry, [*messages, earlier])
        try:
            if entry.known is not None:
                return self._of_known(entry, entry.known, arrival.content, messages)
            return self._of_new(entry, arrival.content, messages)
        except Explained as problem:
            return self._none(entry, [*messages, of_problem(problem)])

    def _told_only(self, part: Part, told: list[Message]) -> Planned:
        is_lost = any(message.severity == "error" for message in told)
        where = part.remarks[0].where if part.remarks else ""
        row = ImportRow(
            self.position,
            part.line,
            "none",
            "error" if is_lost else "warning",
            "",
            one_line(where),
            tuple(told),
        )
        return Planned(row)

    def _none(self, entry: _Entry, messages: list[Message], action: Action = "none") -> Planned:
        return Planned(self._report(entry, action, messages))

    def _met_before(self, entry: _Entry, content: Content) -> Message | None:
        """Return why an entry is left out that the file has had before; remember it if it has not."""
        by_id = bool(entry.question_id) and not entry.by_content
        here = (self.position, entry.part.line)
        if by_id:
            first = self.met.setdefault(entry.question_id, here)
            sentence = N_(
                "a question with the id {id} stands before it ({place}); give one of them another id"
            )
        else:
            first = self.asked.setdefault(content.asked, here)
            sentence = N_("the same question stands before it ({place})")
        if first == here:
            return None
        place = f"line {first[1]}" if first[1] else "above"
        severity = "error" if by_id else "warning"
        return Message(severity, sentence, {"place": place, "id": entry.question_id})  # type: ignore[arg-type]

    def _of_known(self, entry: _Entry, known: Known, arrived: Content, messages: list[Message]) -> Planned:
        content = joined(arrived, known.sent, known.content)
        if known.stored.retired:
            messages.append(Message("note", N_("the question is retired, and stays so")))
        if is_same(content, known.content):
            return self._none(entry, messages + self._standing_told(entry, content), "same")
        if content.asked != known.content.asked:
            self._tell_of_change(known, content, messages)
            content = replace(content, body=with_kept_ids(content.body, known.content.body))
        wording = wording_of(content)
        rewrites = not is_same(_without_labels(content), _without_labels(known.content))
        state: State = "ready"
        if rewrites:
            state = self._checked(wording, content, known.stored.id, messages)
        row = self._report(
            entry,
            "update",
            messages + self._standing_told(entry, content),
            based_on=known.stored.newest_id,
            version_id=next(self.ids) if rewrites else "",
            before=_labels(known.content),
            after=_labels(content),
        )
        return self._written(row, entry, wording, content, state)

    def _of_new(self, entry: _Entry, content: Content, messages: list[Message]) -> Planned:
        entry.question_id = entry.question_id or next(self.ids)
        wording = wording_of(content, entry.arrival.body if entry.arrival else None)
        state = self._checked(wording, content, entry.question_id, messages)
        told = messages + self._standing_told(entry, content)
        row = self._report(entry, "add", told, version_id=next(self.ids), after=_labels(content))
        return self._written(row, entry, wording, content, state)

    def _tell_of_change(self, known: Known, content: Content, messages: list[Message]) -> None:
        if content.type != known.content.type:
            sentence = N_("its type changes from {before} to {after}")
            before, after = (str(QUESTION_TYPES[one.type].label) for one in (known.content, content))
            messages.append(Message("warning", sentence, {"before": before, "after": after}))
        if known.sent is None or known.sent.asked != known.content.asked:
            sentence = N_(
                "this format can't say all that the stored question says; what it can't say goes with the update"
            )
            messages.append(Message("warning", sentence))

    def _checked(
        self, wording: Wording, content: Content, question_id: str, messages: list[Message]
    ) -> State:
        """Return whether it may be asked; what lint finds is added to the messages. Raises UnfitCitation."""
        check_citations(wording, self.customs.claims)
        seen = seen_by_lint(
            wording,
            self.customs.cited(wording.citations),
            question_id=question_id,
            language=self.language,
            today=self.today,
        )
        findings = findings_in(seen, content.ignores or ())
        messages += [message for finding in findings if (message := _message_of(finding))]
        if stops_ready(findings):
            messages.append(Message("warning", COMES_AS_DRAFT))
            return "draft"
        return "ready"

    def _standing_told(self, entry: _Entry, content: Content) -> list[Message]:
        """Return a note where the file tells another standing than is computed here."""
        told = entry.arrival.told if entry.arrival else None
        if told is None or not told.standing:
            return []
        marking = QUESTION_TYPES[content.type].marking
        cited = self.customs.cited(content.citations or ())
        here = standing_of(content.basis or "world", cited, today=self.today, marking=marking)
        if (here.word, here.as_of) == (told.standing, told.as_of):
            return []
        sentence = N_("the file says {told}; what counts is computed here: {here}")
        return [
            Message(
                "note",
                sentence,
                {
                    "told": f"{told.standing} {told.as_of}".strip(),
                    "here": f"{here.word} {here.as_of}".strip(),
                },
            )
        ]

    def _report(self, entry: _Entry, action: Action, messages: Sequence[Message], **more: Any) -> ImportRow:
        """Return the row. more: its other fields."""
        item = entry.part.item
        content = entry.arrival.content if entry.arrival else None
        said = content.stem if content else (item.prompt or item.title) if item else ""
        return ImportRow(
            self.position,
            entry.part.line,
            action,
            status_of(action, messages),
            entry.question_id,
            one_line(without_pictures(said), at_most=_LONGEST_TITLE),
            tuple(messages),
            **more,
        )

    def _written(
        self, row: ImportRow, entry: _Entry, wording: Wording, content: Content, state: State
    ) -> Planned:
        question_type = QUESTION_TYPES[wording.type]
        stored = replace(
            wording, ask=question_type.ask_to_json(wording.ask), key=question_type.key_to_json(wording.key)
        )
        staged = StagedWording(stored, state, entry.outside_id, content.ignores or ())
        pictures = tuple(entry.arrival.pictures) if entry.arrival else ()
        return Planned(row, staged, pictures)


def _without_labels(content: Content) -> Content:
    """Return the content without what belongs to the question and not to a version of it."""
    return replace(content, tags=(), difficulty=None, ignores=None)


def _labels(content: Content) -> dict[str, object]:
    ignores = [[ignore.rule, ignore.reason] for ignore in content.ignores or ()]
    return {"tags": sorted(content.tags), "difficulty": content.difficulty or "medium", "ignores": ignores}


def _message_of(finding: Finding) -> Message | None:
    if finding.severity == "note" or finding.reason:
        return None
    if finding.rule in _TOLD_ONCE:
        return Message("note", CITES_NOTHING)
    # An error only keeps the question from being asked; it comes in all the same.
    return of_finding(finding, "warning")
