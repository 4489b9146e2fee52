"""Questions for the tests of interchange: one plain question of each kind, and any that can be thought of."""

from __future__ import annotations

from hypothesis import strategies as st

from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Fill,
    Hint,
    Inform,
    Item,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.orderings import GRADINGS
from quiz.core.weights import MOODLE_WEIGHTS

ONE_OF_EACH = (
    Item("Which sea has no outlet?", Choose((Option("The Red Sea"), Option("The Dead Sea", 1.0)))),
    Item("Rivers?", Choose((Option("Nile", 0.5), Option("Tigris", 0.5), Option("Etna", -0.5)), several=True)),
    Item("The Nile flows north.", Judge(True)),
    Item("The capital of Jordan?", EnterText((TextAnswer("Amman"),))),
    Item("Water boils at?", EnterNumber((NumberAnswer("100", "0.5"),))),
    Item("When?", EnterDate("2024-04-01")),
    Item("Which river?", Match((("Cairo", "Nile"), ("Baghdad", "Tigris")))),
    Item("By size.", Arrange(("Moon", "Earth", "Sun"))),
    Item("", Fill("The [[1]] sat.", (EnterText((TextAnswer("cat"),)),))),
    Item("Holds?", CheckClaim("wrong", (("so", True), ("or so", False)))),
    Item("Why?", Write()),
    Item("Read this.", Inform(), points=0.0),
)

_LETTERS = "abzAZ019 äßéابم日·,.;:!?-+=~#{}[]()<>&%$*\\/|\"'^_@`\t\n"


def _words(most: int = 30) -> st.SearchStrategy[str]:
    text = st.text(_LETTERS, min_size=1, max_size=most)
    return text.map(lambda t: " ".join(t.split())).filter(bool)


def _paragraphs() -> st.SearchStrategy[str]:
    return st.lists(_words(), min_size=1, max_size=3).map("\n".join)


def _distinct(count_from: int, count_to: int) -> st.SearchStrategy[list[str]]:
    return st.lists(_words(), min_size=count_from, max_size=count_to, unique=True)


_FEEDBACK = st.one_of(st.just(""), _words())
_DECIMALS = st.decimals(-1000, 1000, places=3).map(str)
_MARGINS = st.decimals(0, 10, places=3).map(str)
_WEIGHTS = st.sampled_from(MOODLE_WEIGHTS)
_POSITIVE = st.sampled_from([weight for weight in MOODLE_WEIGHTS if weight > 0])


@st.composite
def choices(draw: st.DrawFn) -> Choose:
    texts = draw(_distinct(2, 5))
    several = draw(st.booleans())
    rest = [draw(_WEIGHTS) for _ in texts[1:]]
    first = draw(_POSITIVE) if several else 1.0
    options = [
        Option(text, weight, draw(_FEEDBACK)) for text, weight in zip(texts, [first, *rest], strict=True)
    ]
    return Choose(tuple(draw(st.permutations(options))), several, shuffle=draw(st.booleans()))


@st.composite
def accepted_texts(draw: st.DrawFn) -> EnterText:
    texts = draw(_distinct(1, 3))
    weights = [1.0, *(draw(_WEIGHTS) for _ in texts[1:])]
    answers = tuple(TextAnswer(t, w, draw(_FEEDBACK)) for t, w in zip(texts, weights, strict=True))
    return EnterText(answers, case_sensitive=draw(st.booleans()))


@st.composite
def accepted_numbers(draw: st.DrawFn) -> EnterNumber:
    count = draw(st.integers(1, 3))
    weights = [1.0, *(draw(_WEIGHTS) for _ in range(count - 1))]
    kinds = st.sampled_from(("nominal", "nominal", "relative", "geometric"))
    answers = [
        NumberAnswer(draw(_DECIMALS), draw(_MARGINS), w, draw(_FEEDBACK), draw(kinds)) for w in weights
    ]
    if draw(st.booleans()):
        answers.append(NumberAnswer("*", "0", 0.0, draw(_FEEDBACK)))
    units = draw(st.sampled_from(((), (("m", 1.0), ("cm", 100.0)))))
    return EnterNumber(tuple(answers), units=units)


@st.composite
def fills(draw: st.DrawFn) -> Fill:
    gaps = draw(st.lists(st.one_of(choices(), accepted_texts(), accepted_numbers()), min_size=1, max_size=3))
    weights = draw(st.sampled_from(((), tuple(float(n) for n in range(1, len(gaps) + 1)))))
    template = " ".join(f"word [[{number}]]" for number in range(1, len(gaps) + 1))
    if all(weight == 1 for weight in weights):
        weights = ()
    return Fill(template, tuple(gaps), weights)


@st.composite
def matches(draw: st.DrawFn) -> Match:
    sides = draw(_distinct(4, 9))
    count = len(sides) // 2
    pairs = tuple(zip(sides[:count], sides[count : 2 * count], strict=True))
    return Match(pairs, tuple(sides[2 * count :]), shuffle=draw(st.booleans()))


def arranges() -> st.SearchStrategy[Arrange]:
    return st.builds(Arrange, _distinct(2, 5).map(tuple), st.sampled_from(GRADINGS))


INTERACTIONS = st.one_of(
    choices(),
    st.builds(Judge, st.booleans(), _FEEDBACK, _FEEDBACK),
    accepted_texts(),
    accepted_numbers(),
    st.just(EnterDate("2024-04", "month")),
    matches(),
    arranges(),
    fills(),
    st.just(CheckClaim("holds")),
    st.builds(Write, st.none() | st.integers(1, 9), st.none() | st.integers(10, 99), _FEEDBACK, _FEEDBACK),
    st.just(Inform()),
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any question, with whatever a question can say; all texts without blanks around them."""
    interaction = draw(INTERACTIONS)
    rarely = draw(st.booleans())
    return Item(
        prompt=draw(_paragraphs()),
        interaction=interaction,
        id=draw(st.sampled_from(("", "q-1", "a]b"))),
        title=draw(st.one_of(st.just(""), _words())),
        category=draw(st.sampled_from(("", "top/Rivers"))),
        prompt_format=draw(st.sampled_from(("plain", "markdown", "html", "moodle"))),
        points=0.0 if isinstance(interaction, Inform) else draw(st.sampled_from((1.0, 2.0, 0.5))),
        general_feedback=draw(_FEEDBACK),
        tags=draw(st.sampled_from(((), ("one", "two words")))),
        penalty=draw(st.sampled_from((None, 0.25))) if rarely else None,
        hints=(Hint(draw(_words()), True),) if rarely and draw(st.booleans()) else (),
        feedback_right=draw(_FEEDBACK) if rarely else "",
        feedback_wrong=draw(_FEEDBACK) if rarely else "",
    )
