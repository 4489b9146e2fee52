"""Moodle's Cloze syntax, ``{1:SHORTANSWER:=Berlin#Yes~%50%Bonn}``: gaps written into their text.

Only what Moodle takes for a gap is one; all else stays text, and what only looks like a gap is told of.
"""

from __future__ import annotations

from quiz.core.cloze_text.reading import ClozeText, has_gap, read_cloze
from quiz.core.cloze_text.syntax import BadGap
from quiz.core.cloze_text.writing import join_prompt, split_prompt, write_cloze

__all__ = ["BadGap", "ClozeText", "has_gap", "join_prompt", "read_cloze", "split_prompt", "write_cloze"]
