"""What a question is grounded on goes out in tags and in a line, and comes back from either."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.claims import BASES, ROLES, Citation
from quiz.core.items import Inform, Item
from quiz.core.standing import BY_A_PERSON, NO_SOURCE, Reason, Standing
from quiz.core.travelling import Grounding, sent_out, taken_in, usual_category

CHECKED = Standing(is_verified=True, as_of="2024-04-01")
UNVERIFIED = Standing(is_verified=False, reasons=(Reason(NO_SOURCE),))
GROUNDING = Grounding(
    "world",
    (
        Citation("bridge", "a01-1", "rests_on"),
        Citation("events", "s01-2", "rests_on"),
        Citation("bridge", "a02-1", "corrects"),
    ),
    "hard",
)
TITLES = {"bridge": "The bridge (a *story*) · part 2", "events": "Since then"}

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
CITATIONS = st.lists(st.builds(Citation, NAMES, NAMES, st.sampled_from(ROLES)), max_size=5, unique=True)
TEXTS = st.text("abz .,;:!?()[]·*_`\\/\n\"'äß", max_size=60)
GROUNDINGS = st.builds(
    Grounding,
    st.sampled_from(BASES),
    CITATIONS.map(tuple),
    st.sampled_from((None, "easy", "medium", "hard")),
)


def item(feedback: str = "Because.", **changes) -> Item:
    return replace(Item("Which?", Inform(), general_feedback=feedback, tags=("rivers",)), **changes)


def test_the_line_can_be_read_by_people():
    sent = sent_out(item(), GROUNDING, standing=CHECKED, titles=TITLES)

    assert sent.general_feedback == (
        "Because.\n\nSource: The bridge a story part 2 (rests on bridge/a01-1); Since then (rests on events/s01-2); "
        "The bridge a story part 2 (corrects bridge/a02-1) · Basis: world · Checked, as of 2024-04-01"
    )


def test_what_is_unverified_says_why():
    sent = sent_out(item(), Grounding(), standing=UNVERIFIED, reasons=["no source"])

    assert sent.general_feedback.endswith("Source: none · Basis: world · Unverified: no source")
    assert "standing:unverified" in sent.tags


def test_what_a_person_marks_says_so():
    sent = sent_out(item(), Grounding(), standing=BY_A_PERSON)

    assert sent.general_feedback.endswith("Marked by a person")
    assert taken_in(replace(sent, tags=())).grounding.standing == "marked_by_a_person"


@given(GROUNDINGS, TEXTS, TEXTS, st.sampled_from((None, CHECKED, UNVERIFIED, BY_A_PERSON)))
def test_tags_bring_everything_back(grounding, feedback, title, standing):
    feedback = feedback.strip()
    titles = {citation.source: title for citation in grounding.citations}
    sent = sent_out(item(feedback), grounding, standing=standing, reasons=[title], titles=titles)

    arrived = taken_in(sent)

    assert arrived.item == item(feedback)
    assert replace(arrived.grounding, standing="", as_of="") == grounding
    assert not arrived.disagree
    assert arrived.grounding.standing == (standing.word if standing else "")


@given(GROUNDINGS, TEXTS, st.sampled_from((None, CHECKED, UNVERIFIED)))
def test_the_line_alone_brings_back_all_but_the_difficulty(grounding, title, standing):
    titles = {citation.source: title for citation in grounding.citations}
    sent = sent_out(item(), grounding, standing=standing, reasons=[title], titles=titles)

    arrived = taken_in(replace(sent, tags=()))

    assert arrived.item.general_feedback == "Because."
    told = arrived.grounding
    assert (told.basis, told.citations) == (grounding.basis, grounding.citations)
    assert told.standing == (standing.word if standing else "")


def test_a_line_that_was_run_together_with_the_feedback_is_found():
    sent = sent_out(item(), GROUNDING, standing=CHECKED)
    flat = replace(sent, tags=(), general_feedback=" ".join(sent.general_feedback.split()))

    assert taken_in(flat).grounding.citations == GROUNDING.citations
    assert taken_in(flat).item.general_feedback == "Because."


def test_ordinary_feedback_and_tags_are_left_alone():
    plain = item("Source: my aunt.", tags=("basis:unknown", "difficulty:huge", "time:noon"))

    assert taken_in(plain) == (plain, None, False)


def test_a_line_that_somebody_changed_beside_the_tags_is_noticed():
    sent = sent_out(item(), GROUNDING, standing=CHECKED)
    changed = replace(sent, general_feedback=sent.general_feedback.replace("a01-1", "a09-9"))

    arrived = taken_in(changed)

    assert arrived.disagree
    assert arrived.grounding.citations == GROUNDING.citations


def test_a_category_is_kept_as_a_tag_and_goes_out_as_a_category_again():
    arrived = taken_in(item(category="$course$/top/The Rivers/ Nile"))

    assert arrived.item.tags == ("rivers", "category:the rivers/nile")
    assert sent_out(arrived.item, Grounding()).category == "the rivers/nile"


@pytest.mark.parametrize(
    ("category", "usual"), [("", ""), ("top", ""), ("A, B/ C ", "a b/c"), ("$module$/top/X", "x")]
)
def test_categories_lose_the_names_of_places_in_moodle(category, usual):
    assert usual_category(category) == usual


def test_hostile_feedback_is_searched_quickly():
    assert taken_in(item("Source: x " * 100_000)).grounding is None
