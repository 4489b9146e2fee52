"""What a question is grounded on, as it travels in files: tags, and one visible line at the end of its feedback.

No other program has a field for basis, citations and standing. Tags bring them back exactly; people elsewhere read
the line, and where a format has no tags it brings back all but the difficulty. The line is English in every
language, since it is read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple, cast, get_args

from quiz.core.claims import BASES, ROLES, Basis, Citation, Role
from quiz.core.items import Item
from quiz.core.questions import Difficulty
from quiz.core.standing import Standing

CATEGORY_TAG = "category:"
"""A category has no place in a bank, so it is kept as a tag that begins so, and goes out as a category again."""

_DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
_STANDING_WORDS = {
    "checked": "Checked",
    "in_the_source": "In the source",
    "unverified": "Unverified",
    "marked_by_a_person": "Marked by a person",
    "nothing_asked": "Nothing is asked",
}
_STANDING_OF = {words: word for word, words in _STANDING_WORDS.items()}
_ROLE_WORDS: dict[Role, str] = {"rests_on": "rests on", "corrects": "corrects", "checks": "checks"}
_ROLE_OF = {words: role for role, words in _ROLE_WORDS.items()}

_NAME = r"[A-Za-z0-9][\w.-]*"
_REFERENCE = re.compile(rf"(?:({_NAME})/)?({_NAME})")
_REFERENCES = rf"{_NAME}(?:/{_NAME})?(?:, {_NAME}(?:/{_NAME})?)*"
_WITH_ROLE = re.compile(rf"({'|'.join(_ROLE_OF)}) ({_REFERENCES})")
_IN_BRACKETS = re.compile(rf"\(({_WITH_ROLE.pattern}(?:; {_WITH_ROLE.pattern})*)\)")
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_LINE = re.compile(
    r"Source: (?P<sources>.*?) · Basis: (?P<basis>world|text|check)"
    rf"(?: · (?P<standing>{'|'.join(_STANDING_OF)})(?P<rest>.*))?",
    re.DOTALL,
)
_SAID = "Source: "
_LONGEST_REASON = 160
_LONGEST_LINE = 20_000
_MOST_TRIES = 20
_UNSAFE = re.compile(r"[\s·*_`\[\]()<>{}\\|~#=@$%]+")


@dataclass(frozen=True)
class Grounding:
    """What a file tells of a question beyond its text and key.

    difficulty: None where it is not told. standing: as it was told, one of the words of Standing.word, "" if not;
    nobody believes it, since standing is computed. as_of: the date told with it.
    """

    basis: Basis = "world"
    citations: tuple[Citation, ...] = ()
    difficulty: Difficulty | None = None
    standing: str = ""
    as_of: str = ""


class Arrived(NamedTuple):
    """An item as it is without what travelled along. grounding: None if the file tells nothing of it.

    disagree: the line says something else than the tags, which were taken.
    """

    item: Item
    grounding: Grounding | None
    disagree: bool = False


def sent_out(
    item: Item,
    grounding: Grounding,
    *,
    standing: Standing | None = None,
    reasons: Iterable[str] = (),
    titles: Mapping[str, str] | None = None,
) -> Item:
    """Return the item with its grounding in tags and in the visible line; its feedback must be Markdown.

    standing: of today, None to leave it out. reasons: why it is unverified, in words. titles: of sources, by id.
    """
    category = next((tag for tag in item.tags if tag.startswith(CATEGORY_TAG)), "")
    kept = [tag for tag in item.tags if tag != category]
    line = _line(grounding, standing, reasons, titles or {})
    return replace(
        item,
        category=item.category or category.removeprefix(CATEGORY_TAG),
        tags=(*kept, *_tags(grounding, standing)),
        general_feedback=f"{item.general_feedback}\n\n{line}" if item.general_feedback else line,
    )


def taken_in(item: Item) -> Arrived:
    """Return the item without tags and line of its grounding, and what those say; its feedback must be Markdown."""
    feedback, of_line = _without_line(item.general_feedback)
    tags, of_tags = _without_tags(item.tags)
    if category := usual_category(item.category):
        tags = (*tags, CATEGORY_TAG + category)
    is_clean = (tags, feedback, "") == (item.tags, item.general_feedback, item.category)
    clean = item if is_clean else replace(item, category="", tags=tags, general_feedback=feedback)
    disagree = of_tags is not None and of_line is not None and _core(of_tags) != _core(of_line)
    return Arrived(clean, of_tags or of_line, disagree)


def reference_to(citation: Citation) -> str:
    """Return how files name the claim: its source and id, or its id alone where the source is not known."""
    return f"{citation.source}/{citation.claim}" if citation.source else citation.claim


def usual_category(category: str) -> str:
    """Return the category as a tag says it: lower case, single blanks, without Moodle's names of places."""
    # Where tags are typed, commas part them.
    plain = category.replace(",", " ").replace("،", " ")
    parts = [" ".join(part.split()).lower() for part in plain.split("/")]
    if parts and parts[0].startswith("$") and parts[0].endswith("$"):
        parts = parts[1:]
    if parts and parts[0] == "top":
        parts = parts[1:]
    return "/".join(part for part in parts if part)


def _core(grounding: Grounding) -> tuple[Basis, frozenset[Citation]]:
    return grounding.basis, frozenset(grounding.citations)


# -- tags ----------------------------------------------------------------------------------------------------


def _tags(grounding: Grounding, standing: Standing | None) -> list[str]:
    tags = [f"basis:{grounding.basis}"]
    tags += [f"difficulty:{grounding.difficulty}"] if grounding.difficulty else []
    tags += [f"{citation.role}:{reference_to(citation)}" for citation in grounding.citations]
    if standing is not None:
        tags.append(f"standing:{standing.word}")
        tags += [f"as_of:{standing.as_of}"] if standing.as_of else []
    return tags


def _without_tags(tags: Iterable[str]) -> tuple[tuple[str, ...], Grounding | None]:
    kept: list[str] = []
    told: dict[str, str] = {}
    citations: list[Citation] = []
    for tag in tags:
        name, _, value = tag.partition(":")
        reference = _REFERENCE.fullmatch(value) if name in ROLES else None
        if reference:
            citations.append(Citation(reference[1] or "", reference[2], cast("Role", name)))
        elif name not in told and _is_told(name, value):
            told[name] = value
        else:
            kept.append(tag)
    if not told and not citations:
        return tuple(kept), None
    return tuple(kept), Grounding(
        basis=cast("Basis", told.get("basis", "world")),
        citations=tuple(dict.fromkeys(citations)),
        difficulty=cast("Difficulty | None", told.get("difficulty")),
        standing=told.get("standing", ""),
        as_of=told.get("as_of", ""),
    )


def _is_told(name: str, value: str) -> bool:
    allowed: dict[str, tuple[str, ...]] = {
        "basis": BASES,
        "difficulty": _DIFFICULTIES,
        "standing": tuple(_STANDING_WORDS),
    }
    return bool(_DATE.fullmatch(value)) if name == "as_of" else value in allowed.get(name, ())


# -- the visible line ----------------------------------------------------------------------------------------


def _line(
    grounding: Grounding, standing: Standing | None, reasons: Iterable[str], titles: Mapping[str, str]
) -> str:
    cited = [
        f"{_safe(titles.get(source, '')) or source or 'claims'} ({_roles(list(of_source))})"
        for source, of_source in groupby(grounding.citations, key=lambda citation: citation.source)
    ]
    parts = [f"{_SAID}{'; '.join(cited) or 'none'}", f"Basis: {grounding.basis}"]
    if standing is not None:
        parts += _standing(standing, reasons)
    return " · ".join(parts)


def _roles(citations: list[Citation]) -> str:
    return "; ".join(
        f"{_ROLE_WORDS[role]} {', '.join(map(reference_to, of_role))}"
        for role, of_role in groupby(citations, key=lambda citation: citation.role)
    )


def _standing(standing: Standing, reasons: Iterable[str]) -> list[str]:
    if standing.about != "key":
        return [_STANDING_WORDS[standing.word]]
    parts = ["In the source"] if standing.in_source else []
    if not standing.is_verified:
        told = "; ".join(_shortened(_safe(reason)) for reason in reasons)
        return [*parts, f"Unverified: {told}" if told else "Unverified"]
    word = "Checked" if not standing.in_source else parts.pop()
    return [*parts, f"{word}, as of {standing.as_of}" if standing.as_of else word]


def _safe(text: str) -> str:
    """Return the text in one line, without signs that any format or the line itself would read as something else."""
    return _UNSAFE.sub(" ", text).strip()


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_REASON else text[: _LONGEST_REASON - 1].rstrip() + "…"


def _without_line(feedback: str) -> tuple[str, Grounding | None]:
    """Return the feedback without the line that it ends with, and what that says.

    Some formats run lines together, so the line may stand behind other words.
    """
    start = len(feedback)
    for _ in range(_MOST_TRIES):
        start = feedback.rfind(_SAID, 0, start)
        if start < 0 or len(feedback) - start > _LONGEST_LINE:
            break
        line = _LINE.fullmatch(" ".join(feedback[start:].replace("\\", "").split()))
        if line and (start == 0 or feedback[start - 1].isspace()):
            return feedback[:start].rstrip(), _told_by(line)
    return feedback, None


def _told_by(line: re.Match[str]) -> Grounding:
    citations = [
        citation for inner in _IN_BRACKETS.finditer(line["sources"]) for citation in _cited(inner[1])
    ]
    rest = line["rest"] or ""
    word = _STANDING_OF.get(line["standing"] or "", "")
    if word == "in_the_source" and rest.startswith(" · Unverified"):
        word = "unverified"
    as_of = _DATE.search(rest) if word in ("checked", "in_the_source") else None
    return Grounding(
        basis=cast("Basis", line["basis"]),
        citations=tuple(dict.fromkeys(citations)),
        standing=word,
        as_of=as_of[0] if as_of else "",
    )


def _cited(inner: str) -> list[Citation]:
    return [
        Citation(source, claim, _ROLE_OF[words])
        for words, references in _WITH_ROLE.findall(inner)
        for source, claim in _REFERENCE.findall(references)
    ]
