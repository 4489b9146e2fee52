"""What the cells of a row come to, kind by kind: plain data of an interaction."""

from __future__ import annotations

import re
from typing import Any

from quiz.core.key_numbers import BadNumber, read_margin, read_value
from quiz.core.question_table.rows import Row, Unusable, listed
from quiz.core.text_folding import fold

Plain = dict[str, Any]

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


def _kind(row: Row) -> str:
    named = row.cell("type")
    kind = _KIND_OF.get(fold(named.replace("_", " "))) or _KIND_OF.get(fold(named))
    if named and kind is None:
        raise Unusable(
            f"the type {named!r} is unknown; there are {', '.join(sorted(n[0] for n in _TYPES.values()))}"
        )
    if kind:
        return kind
    guessed = _guessed_kind(row)
    if guessed != "choice":
        row.warn(f"no type is given; it is read as {_TYPES[guessed][0]}", "note")
    return guessed


def _guessed_kind(row: Row) -> str:
    correct = row.cell("correct")
    if _texts(row):
        return "choice"
    if fold(correct) in _TRUE | _FALSE:
        return "judge"
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", correct):
        return "enter_number"
    return "enter_text" if correct else "write"


def interaction_of(row: Row) -> Plain:
    """Return the interaction as JSON data. Raises Unusable."""
    kind = _kind(row)
    match kind:
        case "single" | "several" | "choice":
            return _choice(row, several=kind == "several", told=kind == "choice")
        case "judge":
            return _judge(row)
        case "enter_text":
            return {"kind": "enter_text", "answers": _accepted(row)}
        case "enter_number":
            return {"kind": "enter_number", "answers": _numbers(row)}
        case "enter_date":
            return {"kind": "enter_date", "answer": row.cell("correct")}
        case "match":
            return _matching(row)
        case "arrange":
            steps = [text for _, text in _texts(row)]
            if len(steps) < 2:
                raise Unusable(
                    "an ordering question needs at least two steps, in the columns option_1, option_2 …"
                )
            return {"kind": "arrange", "steps": steps}
        case "fill":
            return {"kind": "fill", "template": row.cell("gap_text") or row.cell("question")}
        case "check_claim":
            return {"kind": "check_claim", "verdict": row.cell("correct")}
    return {"kind": kind}


def _texts(row: Row) -> list[tuple[int, str]]:
    """Return the options that have text, with their numbers."""
    texts = [(n, row.numbered("option", n)) for n in row.header.options]
    found = [(n, text) for n, text in texts if text]
    if row.header.wrong_only and row.cell("correct"):
        return [(1, row.cell("correct")), *((n + 1, text) for n, text in found)]
    if found or not row.cell("options"):
        return found
    return list(enumerate(listed(row.cell("options")), start=1))


def _choice(row: Row, *, several: bool, told: bool = False) -> Plain:
    """told: the type itself leaves open whether one or several can be chosen."""
    texts = _texts(row)
    if len(texts) < 2:
        raise Unusable("a choice needs at least two options, in the columns option_1, option_2 …")
    weights = {n: _weight(row, n) for n, _ in texts}
    right = [] if any(weight is not None for weight in weights.values()) else _right_places(row)
    if not several and len(right) > 1:
        several = True
        if not told:
            row.warn("several options are right, so the question is read as multiple choice")
    worth = round(1 / len(right), 7) if several and right else 1.0
    options = [
        {
            "text": text,
            "fraction": weights[n] if weights[n] is not None else (worth if n in right else 0.0),
            "feedback": row.numbered("feedback", n),
        }
        for n, text in texts
    ]
    if all(option["fraction"] <= 0 for option in options):  # type: ignore[operator]
        raise Unusable(
            "no option is marked as right; name it in the column correct, by its letter or its text"
        )
    return {"kind": "choose", "several": several, "options": options}


def _weight(row: Row, number: int) -> float | None:
    written = row.numbered("weight", number).replace(",", ".").removesuffix("%").strip()
    if not written:
        return None
    try:
        fraction = float(written) / 100
    except ValueError:
        raise Unusable(f"weight_{number} must be a percentage, not {written[:20]!r}") from None
    if not -1 <= fraction <= 1:
        raise Unusable(f"weight_{number} must lie between -100 and 100, not at {written}")
    return fraction


def _right_places(row: Row) -> list[int]:
    """Return the numbers of the right options: named by text, letter or number.

    Raises Unusable for a stranger.
    """
    correct, texts = row.cell("correct"), _texts(row)
    if row.header.wrong_only:
        return [1]
    whole = _place_of(row, correct, texts) if correct else 0
    if whole:
        return [whole]
    places = [_place_of(row, part, texts) for part in listed(correct)]
    if not all(places):
        stranger = listed(correct)[places.index(0)]
        raise Unusable(f"correct names {stranger[:40]!r}, which is none of the options")
    return sorted(set(places))


def _place_of(row: Row, named: str, texts: list[tuple[int, str]]) -> int:
    """Return the number of the option named so, 0 for none."""
    by_text = next((n for n, text in texts if fold(text) == fold(named)), 0)
    label = re.fullmatch(r"(?:option|answer|choice)?\s*([A-Za-z]|\d{1,2})[.)]?", named.strip(), re.IGNORECASE)
    by_label = 0
    if label:
        number = int(label[1]) if label[1].isdigit() else _LETTERS.find(label[1].upper()) + 1
        by_label = number if number in [n for n, _ in texts] else 0
    if by_text and by_label and by_text != by_label:
        row.warn(
            f"correct, {named!r}, is the text of option {by_text} and the name of option "
            f"{by_label}; the text counts"
        )
    return by_text or by_label


def _judge(row: Row) -> Plain:
    said = fold(row.cell("correct"))
    if said in ("a", "b", "1", "2") and _texts(row):
        place = _right_places(row)
        said = fold(dict(_texts(row))[place[0]])
    if said in ("1", "0"):
        said = "true" if said == "1" else "false"
    if said not in _TRUE | _FALSE:
        raise Unusable(f"correct must be true or false, not {row.cell('correct')[:20]!r}")
    answer = said in _TRUE
    told = {True: row.numbered("feedback", 1), False: row.numbered("feedback", 2)}
    return {
        "kind": "judge",
        "answer": answer,
        "feedback_right": told[answer],
        "feedback_wrong": told[not answer],
    }


def _accepted(row: Row) -> list[Plain]:
    rows = [
        {
            "text": text,
            "fraction": w if (w := _weight(row, n)) is not None else 1.0,
            "feedback": row.numbered("feedback", n),
        }
        for n, text in _texts(row)
    ]
    if not rows:
        rows = [{"text": text} for text in re.split(r"\s*[|;]\s*", row.cell("correct")) if text.strip()]
    if not rows:
        raise Unusable("a short answer needs an accepted answer, in the column correct or option_1")
    return rows


def _numbers(row: Row) -> list[Plain]:
    written = _texts(row) or [(1, row.cell("correct"))]
    rows = []
    for n, text in written:
        told: list[str] = []
        try:
            value, unit = read_value(text, told)
            margin = read_margin(row.numbered("tolerance", n) or row.cell("tolerance"), told)
        except BadNumber as error:
            raise Unusable(str(error)) from None
        if unit:
            raise Unusable(
                f"{text[:30]!r} has a unit; write the number alone, and the unit into the question"
            )
        for problem in told:
            row.warn(problem)
        weight = _weight(row, n)
        rows.append(
            {"value": value, "tolerance": margin, "fraction": 1.0 if weight is None else weight,
             "feedback": row.numbered("feedback", n)}
        )  # fmt: skip
    return rows


def _matching(row: Row) -> Plain:
    numbers = sorted({n for meaning, n in row.header.numbered if meaning in ("option", "match")})
    sides = [(row.numbered("option", n), row.numbered("match", n)) for n in numbers]
    pairs = [[left, right] for left, right in sides if left]
    if len(pairs) < 2 or not all(right for _, right in pairs):
        raise Unusable("a matching question needs two pairs or more, in the columns option_1 and match_1 …")
    return {"kind": "match", "pairs": pairs, "distractors": [r for left, r in sides if r and not left]}
