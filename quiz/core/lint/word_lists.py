"""The English words that rules look for, as data."""
# ruff: noqa: SIM905 (a list of words reads better as a text than as a hundred quoted strings)

from __future__ import annotations

EMPTY_WORDS = frozenset(
    """
    a about after all also an and any are as at be because been before began being between both but by
    can could did do does during each for from had has have he her him his how if in into is it its
    itself may more most no nor not of off on one or other others out over own put same several she so
    some such than that the their them themselves then there these they this those through to true false
    under until up upon was were what when where which while who whom whose why will with without would
    you your according article faq source says said say following statement statements select apply
    match complete order year years month date name called call
    """.split()
)
"""Words that carry no meaning of their own in a question, or stand in too many of them."""

ABSOLUTE_TERMS = frozenset(
    """
    absolutely all always altogether anybody anyone certainly completely entirely every everybody
    everyone everything everywhere exclusively impossible invariably never nobody none nothing nowhere
    totally undoubtedly wholly
    """.split()
)

VAGUE_TERMS = frozenset(
    """
    commonly few frequently generally large largely many mostly normally often occasionally perhaps
    possibly probably quite rarely relatively seldom several significantly somewhat sometimes typically
    usually various
    """.split()
)

NEGATIVE_WORDS = ("not", "cannot", "except", "least", "never", "neither", "nor", "incorrect", "untrue")

INSTRUCTIONS = frozenset(
    """
    answer arrange assign build calculate choose classify compare complete compute connect correct count
    decide define describe determine discuss drag draw enter estimate evaluate explain fill find finish
    give identify indicate judge label list locate mark match name number order outline pick place put
    rank read replace select show solve sort state supply tell tick translate type underline use write
    true
    """.split()
)

TIME_WORDS = (
    r"now",
    r"nowadays",
    r"currently",
    r"(?:the )?current",
    r"presently",
    r"today",
    r"tonight",
    r"yesterday",
    r"tomorrow",
    r"recent(?:ly)?",
    r"lately",
    r"newly",
    r"soon",
    r"so far",
    r"up to now",
    r"until now",
    r"at present",
    r"at the moment",
    r"these days",
    r"to this day",
    r"(?:this|last|next|past) (?:year|month|week|century|decade|spring|summer|autumn|winter)",
    r"last (?:january|february|march|april|may|june|july|august|september|october|november|december|fall)",
)
"""Patterns whose meaning depends on the day on which they are read."""

OFFICES = (
    "president",
    "vice-president",
    "prime minister",
    "premier",
    "chancellor",
    "king",
    "queen",
    "monarch",
    "emperor",
    "pope",
    "sultan",
    "emir",
    "supreme leader",
    "minister",
    "secretary-general",
    "secretary general",
    "secretary of state",
    "ambassador",
    "governor",
    "mayor",
    "speaker of",
    "chairman",
    "chairwoman",
    "chair of",
    "commander",
    "chief executive",
    "ceo",
    "head of state",
    "head of government",
)

HOLDING_VERBS = ("is", "are", "holds", "serves as", "leads", "heads", "rules", "governs", "reigns")

MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)

SMALL_NUMBERS = tuple("zero one two three four five six seven eight nine ten eleven twelve".split())
"""As they stand in texts; each at its own place."""
