"""The seeds folder: a source is a folder of TOML files, read together, with every mistake named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

from quiz.core.claims import (
    VERDICTS,
    Claim,
    ClaimKind,
    Contradiction,
    NotPassage,
    Passage,
    PassageKind,
    Source,
    SourceKind,
    Volatility,
)
from quiz.core.messages import N_, Explained
from quiz.core.question_type import UnusableBody
from quiz.core.toml_text import load_toml
from quiz.core.written import flag_in, one_of, refuse_strangers, tables_in, text_in
from quiz.storage.encoding import json_text
from quiz.storage.toml_files import (
    BadFile,
    Mistakes,
    day_in,
    filled_text_in,
    partial_date_in,
    texts_in,
)

SOURCE_FIELDS = (
    "id", "kind", "title", "short_title", "byline", "publisher", "faq_byline", "published", "published_note",
    "language", "checked_on", "reliability", "evidence",
)  # fmt: skip
_LISTS = ("passage", "page_claim", "not_passage", "contradiction")
_PASSAGE_FIELDS = ("key", "kind", "date", "asked", "gist", "sha256", "misleads", "note", "claim")
CLAIM_FIELDS = (
    "id", "statement", "kind", "asserted_by", "verdict", "reason", "correction", "as_of", "review_by",
    "volatility", "confidence", "quizworthy", "evidence",
)  # fmt: skip
CONTRADICTION_FIELDS = ("id", "claims", "against", "about", "note", "ask")
_NEED_CORRECTION = ("dated", "wrong", "inconsistent")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class SourceFolder:
    """A folder as read.

    source: None if there is a mistake in any of its files. files: passage keys by file name.
    """

    path: Path
    source: Source | None
    mistakes: tuple[BadFile, ...]
    files: Mapping[str, tuple[str, ...]]


def read_source_folders(folder: Path) -> list[SourceFolder]:
    """Read every folder in the folder that holds TOML files, by name."""
    return [read_source_folder(path) for path in sorted(folder.iterdir()) if any(path.glob("*.toml"))]


def read_source_folder(folder: Path) -> SourceFolder:
    """Read one source from its folder.

    Every mistake is reported at once; one is enough to keep the source out.
    """
    head: dict[str, Any] = {}
    passages: list[Passage] = []
    page_claims: list[Claim] = []
    not_passages: list[NotPassage] = []
    contradictions: list[Contradiction] = []
    mistakes: list[BadFile] = []
    files: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.toml")):
        reading = FileReading(f"{folder.name}/{path.name}")
        reading.read(path.read_bytes())
        head |= reading.head
        passages += reading.passages
        page_claims += reading.page_claims
        not_passages += reading.not_passages
        contradictions += reading.contradictions
        mistakes += reading.mistakes.found
        files[path.name] = tuple(p.key for p in reading.passages)
    source = None
    whole = Mistakes(folder.name)
    _check_whole(folder.name, head, passages, page_claims, contradictions, whole)
    if not mistakes and not whole.found:
        source = Source(
            **head,
            passages=tuple(passages),
            page_claims=tuple(page_claims),
            not_passages=tuple(not_passages),
            contradictions=tuple(contradictions),
        )
    return SourceFolder(folder, source, (*mistakes, *whole.found), files)


def digest_of(thing: Source | Claim) -> str:
    """Return a digest of all that the source or the claim says, however its files are laid out."""
    plain = asdict(thing)
    return sha256(json_text(_dates_as_text(plain)).encode()).hexdigest()


class FileReading:
    """What one file of a source holds."""

    def __init__(self, name: str) -> None:
        self.mistakes = Mistakes(name)
        self.head: dict[str, Any] = {}
        self.passages: list[Passage] = []
        self.page_claims: list[Claim] = []
        self.not_passages: list[NotPassage] = []
        self.contradictions: list[Contradiction] = []

    def read(self, content: bytes) -> None:
        written = self.mistakes.read("", load_toml, content)
        if written is None:
            return
        self.mistakes.read("", refuse_strangers, written, (*SOURCE_FIELDS, *_LISTS))
        if any(name in written for name in SOURCE_FIELDS):
            self._read_head(written)
        for n, row in enumerate(self._tables(written, "passage"), start=1):
            self._read_passage(row, _called(N_("passage"), row.get("key"), n))
        for n, row in enumerate(self._tables(written, "page_claim"), start=1):
            where = _called(N_("page claim"), row.get("id"), n)
            claim = self._read_claim(row, where, passage="", extra=("where",))
            if claim:
                self.page_claims.append(claim)
        for n, row in enumerate(self._tables(written, "not_passage"), start=1):
            with self.mistakes.noted(_called(N_("not_passage"), row.get("what"), n)):
                self.not_passages.append(_read_not_passage(row))
        for n, row in enumerate(self._tables(written, "contradiction"), start=1):
            with self.mistakes.noted(_called(N_("contradiction"), row.get("id"), n)):
                self.contradictions.append(_read_contradiction(row))

    def _tables(self, written: Mapping[str, Any], field: str) -> Iterable[Mapping[str, Any]]:
        return self.mistakes.read("", tables_in, written, field) or ()

    def _read_head(self, written: Mapping[str, Any]) -> None:
        take, where = self.mistakes.read, ""
        self.head = {
            "id": take(where, _id_in, written, "id"),
            "kind": take(where, one_of, written, "kind", get_args(SourceKind)),
            **{
                n: take(where, filled_text_in, written, n)
                for n in ("title", "short_title", "byline", "publisher")
            },
            "published": take(where, partial_date_in, written, "published"),
            "language": take(where, filled_text_in, written, "language"),
            "checked_on": take(where, day_in, written, "checked_on"),
            "reliability": take(where, filled_text_in, written, "reliability"),
            "published_note": take(where, text_in, written, "published_note", default=""),
            "faq_byline": take(where, text_in, written, "faq_byline", default=""),
            "evidence": take(where, texts_in, written, "evidence"),
        }

    def _read_passage(self, row: Mapping[str, Any], where: str) -> None:
        take, before = self.mistakes.read, len(self.mistakes.found)
        take(where, refuse_strangers, row, _PASSAGE_FIELDS)
        key = take(where, _id_in, row, "key")
        kind = take(where, one_of, row, "kind", get_args(PassageKind))
        gist = take(where, filled_text_in, row, "gist")
        digests = take(where, _digests_in, row)
        day = take(where, partial_date_in, row, "date", default="")
        texts = {n: take(where, text_in, row, n, default="") for n in ("asked", "misleads", "note")}
        if kind == "faq" and not texts["asked"]:
            self.mistakes.add(where, UnusableBody("asked", N_("asked must say what the FAQ entry asks")))
        claims = [
            self._read_claim(claim, _called(N_("claim"), claim.get("id"), n, where), passage=key or "")
            for n, claim in enumerate(take(where, tables_in, row, "claim") or (), start=1)
        ]
        if len(self.mistakes.found) == before:
            read = {"key": key, "kind": kind, "gist": gist, "digests": digests, "date": day, **texts}
            kept = tuple(claim for claim in claims if claim)
            self.passages.append(Passage(**read, claims=kept))  # type: ignore[arg-type]

    def _read_claim(
        self, row: Mapping[str, Any], where: str, *, passage: str, extra: tuple[str, ...] = ()
    ) -> Claim | None:
        take, before = self.mistakes.read, len(self.mistakes.found)
        take(where, refuse_strangers, row, (*CLAIM_FIELDS, *extra))
        read = {
            "id": take(where, _id_in, row, "id"),
            **{n: take(where, filled_text_in, row, n) for n in ("statement", "asserted_by", "reason")},
            "kind": take(where, one_of, row, "kind", get_args(ClaimKind)),
            "verdict": take(where, one_of, row, "verdict", VERDICTS),
            "correction": take(where, text_in, row, "correction", default=""),
            "as_of": take(where, partial_date_in, row, "as_of"),
            "review_by": take(where, day_in, row, "review_by"),
            "volatility": take(where, one_of, row, "volatility", get_args(Volatility)),
            "confidence": take(where, one_of, row, "confidence", ("high", "medium", "low")),
            "quizworthy": take(where, flag_in, row, "quizworthy", default=False),
            "evidence": take(where, texts_in, row, "evidence"),
            "where": "" if passage else take(where, text_in, row, "where", default=""),
        }
        if read["verdict"] in _NEED_CORRECTION and not read["correction"]:
            problem = N_("correction must say what is so instead: the claim is {verdict}")
            self.mistakes.add(where, UnusableBody("correction", problem, verdict=read["verdict"]))
        if len(self.mistakes.found) > before:
            return None
        return Claim(passage=passage, **read)  # type: ignore[arg-type]


def _read_not_passage(row: Mapping[str, Any]) -> NotPassage:
    refuse_strangers(row, ("what", "kind", "sha256"))
    digest = text_in(row, "sha256")
    _refuse_unless_digest(digest)
    return NotPassage(kind=filled_text_in(row, "kind"), what=filled_text_in(row, "what"), digest=digest)


def _read_contradiction(row: Mapping[str, Any]) -> Contradiction:
    refuse_strangers(row, CONTRADICTION_FIELDS)
    return Contradiction(
        id=_id_in(row, "id"),
        claims=texts_in(row, "claims"),
        about=filled_text_in(row, "about"),
        note=filled_text_in(row, "note"),
        against=text_in(row, "against", default=""),
        ask=text_in(row, "ask", default=""),
    )


def _check_whole(
    folder: str,
    head: Mapping[str, Any],
    passages: list[Passage],
    page_claims: list[Claim],
    contradictions: list[Contradiction],
    mistakes: Mistakes,
) -> None:
    """Note what only shows when all files of a source are seen together."""
    if not head:
        mistakes.add("", Explained(N_("no file here says what source this is; write source.toml")))
    elif head["id"] and head["id"] != folder:
        problem = N_("the source calls itself {id}; its id and its folder must have one name")
        mistakes.add("", Explained(problem, id=head["id"]))
    claims = [claim.id for passage in passages for claim in passage.claims] + [
        claim.id for claim in page_claims
    ]
    for what, ids in ((N_("passage"), [p.key for p in passages]), (N_("claim"), claims)):
        for twice in sorted({i for i in ids if ids.count(i) > 1}):
            mistakes.add(f"{what} {twice}", Explained(N_("stands here twice; give one of them another id")))
    for contradiction in contradictions:
        for unknown in (c for c in contradiction.claims if c not in claims):
            where = f"{N_('contradiction')} {contradiction.id}"
            mistakes.add(where, Explained(N_("there is no claim {claim} in this source"), claim=unknown))


def _called(what: str, name: object, number: int, within: str = "") -> str:
    """Return how a message calls a table: by its id, or by its number where it has none."""
    called = (
        f"{what} {name}"
        if isinstance(name, str) and name
        else f"{within + ', ' if within else ''}{what} no. {number}"
    )
    return called if len(called) < 80 else called[:80] + "…"


def _id_in(row: Mapping[str, Any], field: str) -> str:
    value = filled_text_in(row, field)
    if not _ID.fullmatch(value):
        problem = N_("{field} must be made of lower-case letters, digits and dashes, not “{value}”")
        raise UnusableBody(field, problem, field=field, value=value)
    return value


def _digests_in(row: Mapping[str, Any]) -> tuple[str, ...]:
    digests = texts_in(row, "sha256")
    for digest in digests:
        _refuse_unless_digest(digest)
    return digests


def _refuse_unless_digest(digest: str) -> None:
    if not _DIGEST.fullmatch(digest):
        raise UnusableBody("sha256", N_("sha256 must be 64 hexadecimal digits, not “{value}”"), value=digest)


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _dates_as_text(v) for name, v in value.items()}
    if isinstance(value, list | tuple):
        return [_dates_as_text(v) for v in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
