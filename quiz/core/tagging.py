"""Tags as people type them."""

from __future__ import annotations

MOST_TAGS = 12
LONGEST_TAG = 40


def tags_in(text: str) -> tuple[str, ...]:
    """Return the tags between the commas: lower case, each once, in order, no more than a question may have."""
    tags = dict.fromkeys(
        " ".join(tag.split()).lower()[:LONGEST_TAG] for tag in text.replace("،", ",").split(",")
    )
    return tuple(sorted(tag for tag in tags if tag)[:MOST_TAGS])
