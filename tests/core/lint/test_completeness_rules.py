from __future__ import annotations

import pytest

from tests.linting import RIVERS, choice, findings, places


def test_missing_feedback_is_found() -> None:
    assert places(choice(*RIVERS, feedback=" "), "missing_feedback") == ["feedback"]


@pytest.mark.parametrize(
    "picture",
    ["![](bridge.png)", "![ ](bridge.png)", '<img src="bridge.png">', '<img alt="" src="bridge.png">'],
)
def test_a_picture_without_a_description_is_an_error(picture: str) -> None:
    (finding,) = findings(
        choice(*RIVERS, stem=f"{picture} Which river is it?"), "picture_without_description"
    )

    assert (finding.severity, finding.where) == ("error", "stem")


def test_a_described_picture_is_fine_unless_it_is_elsewhere() -> None:
    here = choice(*RIVERS, stem="![A bridge of three arches](bridge.png) Which river is it?")
    elsewhere = choice(
        *RIVERS, stem="![A bridge of three arches](https://example.org/b.png) Which river is it?"
    )

    assert places(here, "picture_without_description") == places(here, "picture_elsewhere") == []
    assert places(elsewhere, "picture_elsewhere") == ["stem"]


def test_a_picture_that_only_decorates_must_say_so() -> None:
    address = "picture:" + "0" * 32 + "-4x3"
    silent = choice(*RIVERS, stem=f"![]({address}) Which river is it?")
    decorative = choice(*RIVERS, stem=f'![]({address} "decorative") Which river is it?')

    assert places(silent, "picture_without_description") == ["stem"]
    assert places(decorative, "picture_without_description") == []
