"""What a column means, by the many names that people and other systems give it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quiz.core.text_folding import fold

# Our own name comes first; the file that we write has it.
_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "idnumber", "question id", "qid", "identifier", "external id", "ref"),
    "type": ("type", "question type", "kind", "item type", "typ", "fragetyp", "tipo", "النوع", "نوع السؤال"),
    "category": (
        "category", "topic", "subject", "chapter", "section", "unit", "domain", "kategorie",
        "thema", "categoria",
        "categorie", "الفئة", "الموضوع",
    ),
    "title": ("title", "name", "question title", "question name", "titel", "titulo", "titre", "العنوان"),
    "question": (
        "question", "question text", "prompt", "stem", "text", "item", "question stem",
        "questions", "query", "frage",
        "fragetext", "pregunta", "domanda", "pergunta", "question body", "السؤال", "نص السؤال",
    ),
    "format": ("format", "question format", "text format"),
    "points": ("points", "point", "score", "mark", "marks", "grade", "max score", "punkte",
    "puntos", "الدرجة", "العلامة"),
    "correct": (
        "correct", "correct answer", "correct answers", "answer", "answers", "right answer", "right", "key",
        "answer key", "solution", "correct option", "correct options", "correct choice", "correct response",
        "richtige antwort", "antwort", "losung", "respuesta", "respuesta correcta", "reponse",
        "bonne reponse",
        "الجواب", "الاجابه", "الاجابه الصحيحه",
    ),
    "tolerance": ("tolerance", "margin", "error", "toleranz"),
    "general_feedback": (
        "general feedback", "feedback", "explanation", "rationale", "comment", "comments",
        "answer explanation",
        "erklarung", "ruckmeldung", "explicacion", "explication", "الشرح", "التغذيه الراجعه",
    ),
    "tags": ("tags", "tag", "keywords", "labels", "schlagworte", "etiquetas", "الوسوم"),
    "gap_text": ("gap_text", "text with gaps", "cloze text"),
    "options": ("options", "choices", "answer options", "optionen", "الخيارات"),
    "more": ("more",),
    "language": ("language", "lang", "sprache", "idioma", "langue", "اللغه"),
}  # fmt: skip
_NUMBERED: dict[str, tuple[str, ...]] = {
    "option": (
        "option", "choice", "answer", "opt", "answer option", "answer choice", "response",
        "alternative", "distractor",
        "antwort", "opcion", "respuesta", "reponse", "خيار", "الخيار", "incorrect answer", "wrong answer",
    ),
    "weight": ("weight", "fraction", "percent", "grade"),
    "feedback": ("feedback", "explanation", "comment"),
    "tolerance": ("tolerance", "margin"),
    "match": ("match", "right", "pair", "matches"),
}  # fmt: skip
_IGNORED = (
    "time limit",
    "time",
    "duration",
    "image",
    "image link",
    "no",
    "nr",
    "number",
    "#",
    "difficulty",
    "level",
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_OPTIONS = 99


def _plain(name: str) -> str:
    text = fold(name.replace("_", " ").replace("-", " "))
    # Kahoot's template says "Answer 1 - max 75 characters"; others say "Answer (A)" or "Question:".
    text = re.sub(r"\bmax(imum)? \d+.*|[–—(].*?[)]?$|[:*?.]+$", "", text) if len(text) > 3 else text
    return " ".join(text.split())


_MEANINGS = {_plain(name): meaning for meaning, names in _NAMES.items() for name in names}
_NUMBERED_MEANINGS = {_plain(name): meaning for meaning, names in _NUMBERED.items() for name in names}


@dataclass
class Header:
    """Where each meaning stands in a row.

    numbered: the columns of option 1, 2 … by meaning and number, from 1.
    """

    single: dict[str, int] = field(default_factory=dict)
    numbered: dict[tuple[str, int], int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    wrong_only: bool = False

    @property
    def is_usable(self) -> bool:
        names = set(self.single)
        return bool({"question", "gap_text"} & names) and bool(
            {"correct", "type", "more"} & names or self.options
        )

    @property
    def options(self) -> list[int]:
        """The numbers of the options that there are columns for."""
        return sorted(number for meaning, number in self.numbered if meaning == "option")


def read_header(cells: Sequence[str]) -> Header:
    """Return what the columns mean; those that mean nothing here are named, but for empty ones."""
    header = Header()
    for place, cell in enumerate(cells):
        meaning, number = _meaning_of(cell)
        if meaning and number and (meaning, number) not in header.numbered:
            header.numbered[meaning, number] = place
        elif meaning and not number and meaning not in header.single:
            header.single[meaning] = place
        elif cell.strip() and _plain(cell) not in _IGNORED:
            header.unknown.append(cell.strip())
    _settle_answer(header, cells)
    return header


def recognised(cells: Sequence[str]) -> int:
    """Return how many of the cells are names of columns."""
    return sum(bool(_meaning_of(cell)[0]) for cell in cells)


def _meaning_of(cell: str) -> tuple[str, int]:
    name = _plain(cell)
    if not name:
        return "", 0
    if name in _MEANINGS:
        return _MEANINGS[name], 0
    if len(name) == 1 and name in _LETTERS:
        return "option", _LETTERS.index(name) + 1
    found = re.fullmatch(r"(?P<name>.+?)\s*(?P<number>\d{1,2}|[a-z])", name)
    if found and found["name"].strip() in _NUMBERED_MEANINGS:
        number = int(found["number"]) if found["number"].isdigit() else _LETTERS.index(found["number"]) + 1
        if 1 <= number <= MOST_OPTIONS:
            return _NUMBERED_MEANINGS[found["name"].strip()], number
    return "", 0


def _settle_answer(header: Header, cells: Sequence[str]) -> None:
    """See whether the options are the wrong answers only, and the right one has a column of its own."""
    wrong = [cell for cell in cells if re.match(r"(?:incorrect|wrong) answer|distractor", _plain(cell))]
    if wrong and len(wrong) == len(header.options) and "correct" in header.single:
        header.wrong_only = True
