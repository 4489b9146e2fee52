"""Find questions that are nearly the same, by their sketches first, then by comparing their texts.

Only questions that share part of a sketch are compared, and each with few others; so a hundred thousand take about
a second, and clones can't make it n².
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from quiz.core.likeness import pairs_alike
from quiz.core.searched_words import words_of
from quiz.storage.alike import Sketched, select_different, select_sketches
from quiz.storage.database import Database
from quiz.storage.heads import texts_in
from quiz.storage.questions import select_public_questions
from quiz.storage.search import ListedQuestion, select_listed
from quiz.workflows.bank_access import visible_bank_ids
from quiz.workflows.near_pairs import ALIKE

MOST_LOOKED_AT = 100_000
"""Questions that are compared at once, the newest."""
MOST_TOGETHER = 12
"""Questions that are shown side by side; what else is like them comes up once these are seen to."""
MOST_COMPARED = 300
"""Groups whose texts are compared for one page; if none is alike, the next page goes on."""


@dataclass(frozen=True)
class Lookalikes:
    """Questions that are nearly the same, the newest first. likeness: of the two that are most alike, 0 to 1."""

    questions: tuple[ListedQuestion, ...]
    likeness: float


@dataclass(frozen=True)
class Alike:
    """One page of them. next_after: where the next one begins, None if nowhere. looked_at: how many were compared."""

    sets: tuple[Lookalikes, ...]
    next_after: int | None
    looked_at: int

    @property
    def is_cut(self) -> bool:
        """Tell whether there may be more questions than were looked at."""
        return self.looked_at >= MOST_LOOKED_AT


def find_alike(
    db: Database, *, by: str, bank_id: str = "", after: int | None = None, limit: int = 8
) -> Alike:
    """Return about ``limit`` sets of lookalikes, the newest first: of one bank, or of all that one may see."""
    visible = visible_bank_ids(db, by)
    sketched = select_sketches(db, visible & {bank_id} if bank_id else visible, limit=MOST_LOOKED_AT)
    found: list[Lookalikes] = []
    compared = 0
    for group in _groups(sketched):
        if after is not None and group[0].place >= after:
            continue
        found += _verified(db, group)
        compared += 1
        if len(found) >= limit or compared == MOST_COMPARED:
            return Alike(tuple(found), group[0].place, len(sketched))
    return Alike(tuple(found), None, len(sketched))


def _groups(sketched: Sequence[Sketched]) -> Iterator[list[Sketched]]:
    """Give the questions that hang together by their sketches, group by group, each in order."""
    root = list(range(len(sketched)))

    def root_of(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for first, second in pairs_alike([one.sketch for one in sketched]):
        lower, higher = sorted((root_of(first), root_of(second)))
        root[higher] = lower
    groups: dict[int, list[Sketched]] = {}
    for place, one in enumerate(sketched):
        groups.setdefault(root_of(place), []).append(one)
    yield from (group for group in groups.values() if len(group) > 1)


def _verified(db: Database, group: Sequence[Sketched]) -> list[Lookalikes]:
    """Return the parts of the group whose texts are alike indeed."""
    group = group[: 4 * MOST_TOGETHER]
    questions = {q.question_id: q for q in select_listed(db, [one.place for one in group])}
    texts = _texts(db, questions.values())
    different = select_different(db, questions)
    likeness: dict[frozenset[str], float] = {}
    for first, second in combinations(questions, 2):
        pair = frozenset((first, second))
        if pair not in different:
            ratio = fuzz.ratio(texts[first], texts[second], score_cutoff=ALIKE * 100) / 100
            if ratio:
                likeness[pair] = ratio
    return [
        Lookalikes(
            tuple(questions[i] for i in part[:MOST_TOGETHER]),
            max(ratio for pair, ratio in likeness.items() if pair <= set(part)),
        )
        for part in _parts(list(questions), likeness)
    ]


def _parts(ids: Sequence[str], pairs: Collection[frozenset[str]]) -> list[list[str]]:
    """Return the sets of two or more that hang together by these pairs, each in the order of the ids."""
    parts: list[set[str]] = []
    for pair in pairs:
        joined = [part for part in parts if part & pair]
        parts = [part for part in parts if part not in joined] + [set(pair).union(*joined)]
    ordered = [[i for i in ids if i in part] for part in parts]
    return sorted(ordered, key=lambda part: ids.index(part[0]))


def _texts(db: Database, questions: Iterable[ListedQuestion]) -> dict[str, str]:
    """Return what is compared: the stem, then what else is shown, in an order that no shuffling changes."""
    versions = {question.version_id: question.question_id for question in questions}
    public = select_public_questions(db, versions)
    return {
        versions[version_id]: " ".join(words_of(" ".join([shown.stem, *sorted(texts_in(shown.ask))])))
        for version_id, shown in public.items()
    }
