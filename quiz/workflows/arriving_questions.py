"""What an item from outside comes to as a question of ours, and all that has to be told of it. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from quiz.core.claims import Citation
from quiz.core.import_content import Content, ordered
from quiz.core.import_report import Message, of_problem, of_remark
from quiz.core.items import EnterNumber, Fill, Hint, Item
from quiz.core.languages import language_from
from quiz.core.lint import RULE_NAMES, Ignore
from quiz.core.losses import lost_remarks, setting
from quiz.core.markdown_items import in_markdown
from quiz.core.messages import N_, Explained
from quiz.core.pictures import Picture
from quiz.core.question_type import Body, QuestionType, UnusableBody
from quiz.core.questions import Wording
from quiz.core.refusals import refusal_of
from quiz.core.row_ids import with_ids
from quiz.core.standing import CitedClaim
from quiz.core.travelling import Grounding, taken_in
from quiz.question_types import QUESTION_TYPES
from quiz.storage.database import Database
from quiz.storage.sources import select_all_claims, select_sources
from quiz.workflows.keep_picture import read_pictures_of
from quiz.workflows.lint_question import cited_claims
from quiz.workflows.outgoing_questions import IGNORE_SETTING

LONGEST = 10_000
"""Characters of a question or its feedback, as in the editor."""

MOST_TAGS = 50
LONGEST_TAG = 200

# What a question of ours has a place for. Titles and points are told as notes: nearly every file has them.
_KEPT = (
    "the id", "the category", "the tags", "the general feedback", "the feedback to single answers", "the hints",
    "the files", "the fixed order of options", "the place of single options", "the case of letters", "the units",
    "the way of marking the order", "all-or-nothing marking", "the language", "the reasons for what lint found",
    "the limits and notes of free writing", "the rubric", "the model answer",
)  # fmt: skip
_TRIFLES = ("the title", "the points", "settings of another format")
_OTHERS = ("the penalty", "the feedback to the whole response", "the decimal sign")

FILL_THE_GAPS = "Fill the gaps."


class Unfit(Explained):
    """The item can't become a question. The message says why."""


@dataclass
class Arrival:
    """An item as a question. content: None if it can't become one. told: the grounding as the file has it.

    body: the content's as its type read it.
    """

    item: Item
    content: Content | None = None
    body: Body | None = None
    told: Grounding | None = None
    messages: list[Message] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


class Customs:
    """What arriving questions are held against: the claims that there are, and the bank's language."""

    def __init__(self, db: Database, language: str) -> None:
        self.db = db
        self.language = language
        self.claims = select_all_claims(db)
        self.checked_on = {source.id: source.checked_on for source in select_sources(db)}
        self._homes: dict[str, list[str]] = {}
        for source, claim in sorted(self.claims):
            self._homes.setdefault(claim, []).append(source)

    def arrive(self, item: Item) -> Arrival:
        """Return what the item comes to."""
        arrival = Arrival(item)
        try:
            arrival.content = self._content(item, arrival)
        except Explained as problem:
            arrival.messages.append(of_problem(problem))
        return arrival

    def cited(self, citations: Iterable[Citation]) -> list[CitedClaim]:
        """Return the cited claims as standing and lint see them."""
        return cited_claims(citations, self.claims, self.checked_on)

    def _content(self, item: Item, arrival: Arrival) -> Content:
        item, lossy = in_markdown(item)
        if lossy:
            _warn(arrival, N_("some of its formatting is lost: here texts are Markdown"))
        if item.files:
            item, arrival.pictures, remarks = read_pictures_of(self.db, item)
            arrival.messages += [of_remark(remark) for remark in remarks]
        arrived = taken_in(item)
        item, arrival.item, arrival.told = arrived.item, arrived.item, arrived.grounding
        if arrived.disagree:
            _warn(arrival, N_("its tags and its line “Source: …” name different claims; the tags are taken"))
        _tell_losses(item, arrival)
        stem = _stem(item, arrival)
        question_type, body = _type_and_body(item)
        plain = question_type.body_to_plain(body)
        if ids := setting(item, "footnote.ids").split():
            plain = with_ids(plain, ids)
            body = question_type.body_from_plain(plain)
        arrival.body = body
        grounding = arrival.told
        return Content(
            type=question_type.name,
            stem=stem,
            body=plain,
            feedback=_short_enough(item.general_feedback.strip(), N_("the feedback")),
            hints=tuple(hint.text.strip() for hint in item.hints if hint.text.strip()),
            language=self._language(item, arrival),
            tags=_tags(item.tags, arrival),
            basis=grounding.basis if grounding else None,
            citations=self._citations(grounding.citations, arrival) if grounding else None,
            difficulty=grounding.difficulty if grounding else None,
            ignores=_ignores(item, arrival),
        )

    def _language(self, item: Item, arrival: Arrival) -> str:
        """Return the language of the texts, "" where it is the bank's."""
        try:
            language = language_from(item.language)
        except UnusableBody as problem:
            arrival.messages.append(of_problem(problem, "warning"))
            return ""
        return "" if language.lower() == self.language.lower() else language

    def _citations(self, told: Sequence[Citation], arrival: Arrival) -> tuple[Citation, ...]:
        """Return those claims that exist here, with their sources; the others are told and left out."""
        found = []
        for citation in told:
            homes = [citation.source] if citation.source else self._homes.get(citation.claim, [])
            if len(homes) > 1:
                _warn(
                    arrival,
                    N_("{claim} is in several sources, so it is not cited; write one of {choices}"),
                    claim=citation.claim,
                    choices=", ".join(f"{home}#{citation.claim}" for home in homes),
                )
            elif not homes or (homes[0], citation.claim) not in self.claims:
                name = f"{citation.source}/{citation.claim}" if citation.source else citation.claim
                _warn(
                    arrival,
                    N_(
                        "there is no claim {claim} here, so it is not cited; load its source, then import again"
                    ),
                    claim=name,
                )
            else:
                found.append(replace(citation, source=homes[0]))
        return ordered(tuple(dict.fromkeys(found)))


def wording_of(content: Content, body: Body | None = None) -> Wording:
    """Return what is written of the content; what it does not tell is as usual. Raises UnusableBody.

    body: its body, if it has been read already.
    """
    body = body or QUESTION_TYPES[content.type].body_from_plain(content.body)
    return Wording(
        type=content.type,
        basis=content.basis or "world",
        stem=content.stem,
        ask=body.ask,
        key=body.key,
        feedback=content.feedback,
        citations=content.citations or (),
        tags=content.tags,
        difficulty=content.difficulty or "medium",
        hints=content.hints,
        language=content.language,
    )


def _stem(item: Item, arrival: Arrival) -> str:
    stem = item.prompt.strip()
    if not stem and isinstance(item.interaction, Fill):
        arrival.messages.append(
            Message("note", N_("it has no text before its gaps; “Fill the gaps.” is put there"))
        )
        return FILL_THE_GAPS
    if not stem:
        raise Unfit(N_("the question has no text"))
    return _short_enough(stem, N_("the question"))


def _type_and_body(item: Item) -> tuple[QuestionType, Body]:
    for question_type in QUESTION_TYPES.values():
        body = question_type.from_item(item)
        if body is not None:
            return question_type, body
    raise refusal_of(item.interaction)


def _short_enough(text: str, what: str) -> str:
    if len(text) > LONGEST:
        raise Unfit(
            N_("{what} has {count} characters; at most {most} are taken"),
            what=what, count=len(text), most=LONGEST,
        )  # fmt: skip
    if "\0" in text:
        raise Unfit(N_("{what} holds a NUL character, which can't be stored"), what=what)
    return text


def _tags(tags: Iterable[str], arrival: Arrival) -> tuple[str, ...]:
    """Return the tags as ours are: lower case, single blanks, no commas, since those part them in the editor."""
    clean = dict.fromkeys(" ".join(tag.replace(",", " ").replace("،", " ").split()).lower() for tag in tags)
    short = [tag for tag in clean if 0 < len(tag) <= LONGEST_TAG and "\0" not in tag][:MOST_TAGS]
    if len(short) < sum(1 for tag in clean if tag):
        _warn(
            arrival,
            N_("only {count} of its tags are kept: at most {most}, of {longest} characters each"),
            count=len(short), most=MOST_TAGS, longest=LONGEST_TAG,
        )  # fmt: skip
    return tuple(sorted(short))


def _ignores(item: Item, arrival: Arrival) -> tuple[Ignore, ...] | None:
    found = []
    for name, reason in item.settings:
        if not name.startswith(IGNORE_SETTING):
            continue
        rule = name.removeprefix(IGNORE_SETTING)
        if rule in RULE_NAMES and reason.strip():
            found.append(Ignore(rule, reason.strip()))
        else:
            _warn(
                arrival,
                N_("there is no rule {rule} here, so the reason for ignoring it is left out"),
                rule=rule,
            )
    # A file that gives no reason does not say that there is none.
    return tuple(sorted(found, key=lambda ignore: ignore.rule)) or None


def _tell_losses(item: Item, arrival: Arrival) -> None:
    if any(hint != Hint(hint.text) for hint in item.hints):
        _warn(arrival, N_("its hints are kept; what they show or clear beside their words is not"))
    if _says_nothing_more(item):
        return
    grave = lost_remarks(item, "Footnote", carried=_KEPT + _TRIFLES)
    light = lost_remarks(item, "Footnote", carried=_KEPT + _OTHERS)
    arrival.messages += map(of_remark, [*grave, *(replace(remark, severity="note") for remark in light)])


def _says_nothing_more(item: Item) -> bool:
    """Tell whether nothing of the item can get lost; quicker than looking for all that could."""
    told = (item.title, item.feedback_right, item.feedback_partial, item.feedback_wrong, item.settings)
    return (
        not any(told)
        and item.points == 1
        and item.penalty is None
        and not isinstance(item.interaction, EnterNumber)
    )


def _warn(arrival: Arrival, sentence: str, **values: object) -> None:
    arrival.messages.append(Message("warning", sentence, values))
