"""Single values of Moodle XML: truths, numbers and weights, mended where it is plain what was meant."""

from __future__ import annotations

from lxml import etree

from quiz.core.weights import settled_weight
from quiz.formats.moodle_xml.texts import Texts, Unusable, value_of
from quiz.xml_reading import line_of


def is_true(written: str) -> bool:
    return written.strip().lower() not in ("", "0", "false", "no")


def number_in(parent: etree._Element, name: str, default: float, texts: Texts) -> float:
    """Return the child's number; what is none is told, and the default taken."""
    written = value_of(parent, name)
    if not written:
        return default
    try:
        number = float(written.replace(",", "."))
        if number != number or abs(number) > 1e9:
            raise ValueError
    except ValueError:
        texts.told.append(f"<{name}> must be a number, not {written[:40]!r}; it is read as {default:g}")
        return default
    if "," in written:
        texts.told.append(f"the decimal comma in <{name}> {written} is read as a point")
    return number


def weight_of(answer: etree._Element, texts: Texts) -> float:
    """Return what the answer earns: percent in its attribute; a share in the element that old files have."""
    old = value_of(answer, "fraction")
    written = old or answer.get("fraction") or "0"
    try:
        number = float(written.replace(",", ".").replace("%", ""))
    except ValueError:
        raise Unusable(
            f'the weight {written!r} is not a number; write fraction="100"', line_of(answer)
        ) from None
    if "," in written:
        texts.told.append(f"the decimal comma of the weight {written} is read as a point")
    try:
        fraction, problem = settled_weight(number if old else number / 100)
    except ValueError as error:
        raise Unusable(str(error), line_of(answer)) from None
    if problem:
        texts.told.append(problem)
    return fraction


def need_full_mark(fractions: list[float], texts: Texts) -> None:
    if all(fraction < 1 for fraction in fractions):
        texts.told.append('no answer earns the full mark; give the right one fraction="100"')
