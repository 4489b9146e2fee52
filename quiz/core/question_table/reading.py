"""Reading rows: each is a question by itself, and one that makes no sense loses nothing but itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from quiz.core.interchange import NotThisFormat, Reading, Remark
from quiz.core.item_json import NotAnItem, item_from_plain
from quiz.core.items import Item
from quiz.core.key_numbers import BadNumber, read_margin, read_value
from quiz.core.question_table.headers import Header, read_header
from quiz.core.tables import is_formula
from quiz.core.text_bytes import LONGEST_TEXT, one_line
from quiz.core.text_folding import fold

Cells = Sequence[str]
Plain = dict[str, Any]

MOST_COLUMNS = 512
_HEADER_WITHIN = 30
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_TYPES: dict[str, tuple[str, ...]] = {
    "single": ("single_choice", "single choice", "single", "sc", "radio", "radio button",
    "one answer", "dropdown"),
    "several": (
        "multiple_answers", "multiple answers", "several", "multi select", "multiple response", "checkbox",
        "checkboxes", "ma", "mr", "multiselect", "multiple select", "select all that apply",
        "multiple correct",
    ),
    "choice": (
        "choice", "mc", "mcq", "multiple choice", "multichoice", "multiple choice question",
        "quiz", "choices",
    ),
    "judge": ("true_false", "true false", "true/false", "tf", "t/f", "boolean", "judge", "yes no"),
    "enter_text": (
        "short_answer", "short answer", "shortanswer", "short text", "text", "fill in the blank",
        "fill in", "open",
        "sa", "enter_text", "fib", "type answer", "identification",
    ),
    "enter_number": ("numeric", "numerical", "number", "num", "enter_number", "numerisch"),
    "enter_date": ("date", "enter_date"),
    "match": ("matching", "match", "pairs", "pairing"),
    "arrange": ("ordering", "order", "arrange", "sequence", "ranking"),
    "fill": ("cloze", "fill", "gaps", "gap text"),
    "check_claim": ("check_claim", "claim check"),
    "write": ("essay", "write", "free text", "long answer", "paragraph", "open ended", "long text"),
    "inform": ("description", "inform", "information", "text only", "slide"),
}  # fmt: skip
_KIND_OF = {fold(name): kind for kind, names in _TYPES.items() for name in names}
_TRUE = frozenset(
    fold(word)
    for word in ("true", "t", "yes", "y", "richtig", "wahr", "ja", "vrai", "verdadero", "صح", "صحيح")
)
_FALSE = frozenset(
    fold(word) for word in ("false", "f", "no", "n", "falsch", "nein", "faux", "falso", "خطأ", "خاطئ")
)


class Unusable(ValueError):
    """The row makes no question. The message says what, and how to mend it."""


def read_table(rows: Iterable[tuple[int, Cells]]) -> Reading:
    """Return the questions of a table. rows: with their line numbers, the header among the first of them.

    Raises NotThisFormat if no row is a header.
    """
    iterator = iter(rows)
    header, header_line = _find_header(iterator)
    items: list[Item] = []
    remarks: list[Remark] = []
    if header.unknown:
        named = ", ".join(repr(name[:30]) for name in header.unknown[:8])
        remarks.append(
            Remark(f"these columns mean nothing here and are left out: {named}", "warning", header_line)
        )
    for line, cells in iterator:
        if any(cell.strip() for cell in cells):
            items += _read_row(header, line, cells, remarks)
    return Reading(items, remarks)


def _find_header(rows: Iterator[tuple[int, Cells]]) -> tuple[Header, int]:
    for line, cells in islice(rows, _HEADER_WITHIN):
        if len(cells) > MOST_COLUMNS:
            raise NotThisFormat(f"line {line} has {len(cells):,} columns; at most {MOST_COLUMNS} are read")
        header = read_header(cells)
        if header.is_usable:
            return header, line
    raise NotThisFormat(
        f"none of the first {_HEADER_WITHIN} rows names the columns; "
        "the first row has to, like: type, question, option_1, option_2, correct"
    )


def _read_row(header: Header, line: int, cells: Cells, remarks: list[Remark]) -> list[Item]:
    row = _Row(header, cells)
    where = one_line(row.cell("title") or row.cell("question")) or f"row {line}"
    try:
        if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
            raise Unusable(f"the row has {len(cells):,} columns; at most {MOST_COLUMNS} are read")
        if max(map(len, cells), default=0) > LONGEST_TEXT:
            raise Unusable(f"a cell has more than {LONGEST_TEXT:,} characters")
        item = row.item()
    except (Unusable, NotAnItem) as problem:
        remarks.append(Remark(str(problem), "error", line, where))
        return []
    finally:
        remarks += [Remark(text, severity, line, where) for text, severity in row.told]  # type: ignore[arg-type]
    return [item]


def item_in_row(header: Header, cells: Cells) -> Item:
    """Return the question of one row. Raises Unusable or NotAnItem."""
    return _Row(header, cells).item()


class _Row:
    def __init__(self, header: Header, cells: Cells) -> None:
        self.header = header
        self.cells = [_undone(cell) for cell in cells]
        self.told: list[tuple[str, str]] = []

    def cell(self, meaning: str) -> str:
        place = self.header.single.get(meaning, -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""

    def numbered(self, meaning: str, number: int) -> str:
        place = self.header.numbered.get((meaning, number), -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""

    def warn(self, text: str, severity: str = "warning") -> None:
        self.told.append((text, severity))

    def item(self) -> Item:
        """Return the question. Raises Unusable or NotAnItem."""
        more = self._more()
        plain: Plain = {
            "id": self.cell("id"),
            "title": self.cell("title"),
            "category": self.cell("category"),
            "prompt": self.cell("question"),
            "prompt_format": self._format(),
            "points": self._points(),
            "general_feedback": self.cell("general_feedback"),
            "tags": [tag.strip() for tag in re.split(r"[;,|]", self.cell("tags")) if tag.strip()],
            "language": self.cell("language"),
        }
        if not plain["prompt"] and not self.cell("gap_text") and not more:
            raise Unusable("the question has no text")
        interaction = more.pop("interaction", {})
        if "kind" not in interaction:
            interaction = self._interaction(self._kind()) | interaction
        return item_from_plain(plain | more | {"interaction": interaction})

    def _more(self) -> Plain:
        text = self.cell("more")
        try:
            more = json.loads(text) if text else {}
        except ValueError:
            raise Unusable("the column “more” holds no JSON; leave it empty") from None
        if not isinstance(more, dict) or not isinstance(more.get("interaction", {}), dict):
            raise Unusable("the column “more” must hold a JSON object; leave it empty")
        return more

    def _format(self) -> str:
        return self.cell("format") or "plain"

    def _points(self) -> float:
        written = self.cell("points").replace(",", ".")
        if not written:
            return 1.0
        try:
            points = float(written)
            if not 0 <= points <= 1e6:
                raise ValueError
        except ValueError:
            self.warn(f"points must be a number, not {written[:20]!r}; they are read as 1")
            return 1.0
        return points

    # -- kinds -----------------------------------------------------------------------------------------------
    def _kind(self) -> str:
        named = self.cell("type")
        kind = _KIND_OF.get(fold(named.replace("_", " "))) or _KIND_OF.get(fold(named))
        if named and kind is None:
            raise Unusable(
                f"the type {named!r} is unknown; there are {', '.join(sorted(n[0] for n in _TYPES.values()))}"
            )
        if kind:
            return kind
        guessed = self._guessed_kind()
        if guessed != "choice":
            self.warn(f"no type is given; it is read as {_TYPES[guessed][0]}", "note")
        return guessed

    def _guessed_kind(self) -> str:
        correct = self.cell("correct")
        if self._texts():
            return "choice"
        if fold(correct) in _TRUE | _FALSE:
            return "judge"
        if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", correct):
            return "enter_number"
        return "enter_text" if correct else "write"

    def _interaction(self, kind: str) -> Plain:
        match kind:
            case "single" | "several" | "choice":
                return self._choice(several=kind == "several", told=kind == "choice")
            case "judge":
                return self._judge()
            case "enter_text":
                return {"kind": "enter_text", "answers": self._accepted()}
            case "enter_number":
                return {"kind": "enter_number", "answers": self._numbers()}
            case "enter_date":
                return {"kind": "enter_date", "answer": self.cell("correct")}
            case "match":
                return self._matching()
            case "arrange":
                steps = [text for _, text in self._texts()]
                if len(steps) < 2:
                    raise Unusable(
                        "an ordering question needs at least two steps, in the columns option_1, option_2 …"
                    )
                return {"kind": "arrange", "steps": steps}
            case "fill":
                return {"kind": "fill", "template": self.cell("gap_text") or self.cell("question")}
            case "check_claim":
                return {"kind": "check_claim", "verdict": self.cell("correct")}
        return {"kind": kind}

    def _texts(self) -> list[tuple[int, str]]:
        """Return the options that have text, with their numbers."""
        texts = [(n, self.numbered("option", n)) for n in self.header.options]
        found = [(n, text) for n, text in texts if text]
        if self.header.wrong_only and self.cell("correct"):
            return [(1, self.cell("correct")), *((n + 1, text) for n, text in found)]
        if found or not self.cell("options"):
            return found
        return list(enumerate(_listed(self.cell("options")), start=1))

    def _choice(self, *, several: bool, told: bool = False) -> Plain:
        """told: the type itself leaves open whether one or several can be chosen."""
        texts = self._texts()
        if len(texts) < 2:
            raise Unusable("a choice needs at least two options, in the columns option_1, option_2 …")
        weights = {n: self._weight(n) for n, _ in texts}
        right = [] if any(weight is not None for weight in weights.values()) else self._right_places()
        if not several and len(right) > 1:
            several = True
            if not told:
                self.warn("several options are right, so the question is read as multiple choice")
        worth = round(1 / len(right), 7) if several and right else 1.0
        options = [
            {
                "text": text,
                "fraction": weights[n] if weights[n] is not None else (worth if n in right else 0.0),
                "feedback": self.numbered("feedback", n),
            }
            for n, text in texts
        ]
        if all(option["fraction"] <= 0 for option in options):  # type: ignore[operator]
            raise Unusable(
                "no option is marked as right; name it in the column correct, by its letter or its text"
            )
        return {"kind": "choose", "several": several, "options": options}

    def _weight(self, number: int) -> float | None:
        written = self.numbered("weight", number).replace(",", ".").removesuffix("%").strip()
        if not written:
            return None
        try:
            fraction = float(written) / 100
        except ValueError:
            raise Unusable(f"weight_{number} must be a percentage, not {written[:20]!r}") from None
        if not -1 <= fraction <= 1:
            raise Unusable(f"weight_{number} must lie between -100 and 100, not at {written}")
        return fraction

    def _right_places(self) -> list[int]:
        """Return the numbers of the right options: named by text, letter or number.

        Raises Unusable for a stranger.
        """
        correct, texts = self.cell("correct"), self._texts()
        if self.header.wrong_only:
            return [1]
        whole = self._place_of(correct, texts) if correct else 0
        if whole:
            return [whole]
        places = [self._place_of(part, texts) for part in _listed(correct)]
        if not all(places):
            stranger = _listed(correct)[places.index(0)]
            raise Unusable(f"correct names {stranger[:40]!r}, which is none of the options")
        return sorted(set(places))

    def _place_of(self, named: str, texts: list[tuple[int, str]]) -> int:
        """Return the number of the option named so, 0 for none."""
        by_text = next((n for n, text in texts if fold(text) == fold(named)), 0)
        label = re.fullmatch(
            r"(?:option|answer|choice)?\s*([A-Za-z]|\d{1,2})[.)]?", named.strip(), re.IGNORECASE
        )
        by_label = 0
        if label:
            number = int(label[1]) if label[1].isdigit() else _LETTERS.find(label[1].upper()) + 1
            by_label = number if number in [n for n, _ in texts] else 0
        if by_text and by_label and by_text != by_label:
            self.warn(
                f"correct, {named!r}, is the text of option {by_text} and the name of option "
                f"{by_label}; the text counts"
            )
        return by_text or by_label

    def _judge(self) -> Plain:
        said = fold(self.cell("correct"))
        if said in ("a", "b", "1", "2") and self._texts():
            place = self._right_places()
            said = fold(dict(self._texts())[place[0]])
        if said in ("1", "0"):
            said = "true" if said == "1" else "false"
        if said not in _TRUE | _FALSE:
            raise Unusable(f"correct must be true or false, not {self.cell('correct')[:20]!r}")
        answer = said in _TRUE
        told = {True: self.numbered("feedback", 1), False: self.numbered("feedback", 2)}
        return {
            "kind": "judge",
            "answer": answer,
            "feedback_right": told[answer],
            "feedback_wrong": told[not answer],
        }

    def _accepted(self) -> list[Plain]:
        rows = [
            {
                "text": text,
                "fraction": w if (w := self._weight(n)) is not None else 1.0,
                "feedback": self.numbered("feedback", n),
            }
            for n, text in self._texts()
        ]
        if not rows:
            rows = [{"text": text} for text in re.split(r"\s*[|;]\s*", self.cell("correct")) if text.strip()]
        if not rows:
            raise Unusable("a short answer needs an accepted answer, in the column correct or option_1")
        return rows

    def _numbers(self) -> list[Plain]:
        written = self._texts() or [(1, self.cell("correct"))]
        rows = []
        for n, text in written:
            told: list[str] = []
            try:
                value, unit = read_value(text, told)
                margin = read_margin(self.numbered("tolerance", n) or self.cell("tolerance"), told)
            except BadNumber as error:
                raise Unusable(str(error)) from None
            if unit:
                raise Unusable(
                    f"{text[:30]!r} has a unit; write the number alone, and the unit into the question"
                )
            for problem in told:
                self.warn(problem)
            weight = self._weight(n)
            rows.append(
                {"value": value, "tolerance": margin, "fraction": 1.0 if weight is None else weight,
                 "feedback": self.numbered("feedback", n)}
            )  # fmt: skip
        return rows

    def _matching(self) -> Plain:
        numbers = sorted({n for meaning, n in self.header.numbered if meaning in ("option", "match")})
        sides = [(self.numbered("option", n), self.numbered("match", n)) for n in numbers]
        pairs = [[left, right] for left, right in sides if left]
        if len(pairs) < 2 or not all(right for _, right in pairs):
            raise Unusable(
                "a matching question needs two pairs or more, in the columns option_1 and match_1 …"
            )
        return {"kind": "match", "pairs": pairs, "distractors": [r for left, r in sides if r and not left]}


def _listed(text: str) -> list[str]:
    """Return the parts of a list that somebody typed into one cell."""
    for separator in ("\n", "|", ";", ","):
        if separator in text:
            return [part.strip() for part in text.split(separator) if part.strip()]
    return [text.strip()] if text.strip() else []


def _undone(cell: str) -> str:
    """Return the text of a cell without the sign that keeps a spreadsheet from running it."""
    stripped = cell.strip()
    return stripped[1:] if stripped.startswith("'") and is_formula(stripped[1:]) else stripped
