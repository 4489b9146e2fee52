"""The questions folder: a bank is a TOML file, read with every mistake named, and written back.

The question types stand in a ring beside this one, so callers hand them in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any, cast, get_args

from quiz.core.bank import Bank, BankQuestion
from quiz.core.claims import BASES, ROLES, Basis, Citation, Claim, Role
from quiz.core.languages import language_from
from quiz.core.lint import RULE_NAMES, Ignore
from quiz.core.messages import N_, Explained
from quiz.core.question_type import Body, QuestionType, UnusableBody
from quiz.core.questions import Difficulty, Wording, check_citations
from quiz.core.toml_text import dump_toml, load_toml
from quiz.core.written import distinct, one_of, refuse_strangers, tables_in, text_in
from quiz.storage.bank_pictures import pictures_as_written, read_pictures
from quiz.storage.toml_files import (
    BadFile,
    Mistakes,
    filled_text_in,
    heading_of,
    texts_in,
    without_empty,
)

Claims = Mapping[tuple[str, str], Claim]
Types = Mapping[str, QuestionType]

_BANK_FIELDS = ("id", "title", "description", "language", "question", "picture")
_QUESTION_FIELDS = (
    "id", "type", "basis", "language", "stem", "tags", "difficulty", *ROLES, "feedback", "hints", "body", "ignore",
)  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Citable:
    """The claims that there are, also by their short names."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims
        self.homes: dict[str, list[str]] = {}
        for source, claim in sorted(claims):
            self.homes.setdefault(claim, []).append(source)

    def short_name(self, citation: Citation) -> str:
        """Return the claim's id alone where that is enough."""
        return citation.claim if len(self.homes.get(citation.claim, ())) == 1 else _full_name(citation)

    def cited(self, name: str, role: Role) -> Citation:
        """Return the citation that "a04-2" or "since-2024#s01-1" stands for. Raises Explained."""
        source, _, claim = name.rpartition("#")
        homes = [source] if source else self.homes.get(claim, [])
        if len(homes) > 1:
            choices = ", ".join(f"{home}#{claim}" for home in homes)
            raise Explained(
                N_("{claim} is in several sources; write one of {choices}"), claim=claim, choices=choices
            )
        if not homes or (homes[0], claim) not in self.claims:
            raise Explained(
                N_("there is no claim {claim}; there are {near}"), claim=name, near=self._near(name)
            )
        return Citation(homes[0], claim, role)

    def _near(self, name: str) -> str:
        names = [f"{source}#{claim}" for source, claim in self.claims] if "#" in name else list(self.homes)
        return ", ".join(get_close_matches(name, sorted(names)) or sorted(names)[:3]) or N_(
            "none: load the sources first"
        )


@dataclass(frozen=True)
class BankFile:
    """A file as read. digest: of its bytes. bank: None if there is a mistake in the file."""

    path: Path
    digest: str
    bank: Bank | None
    mistakes: tuple[BadFile, ...]


def bank_files_in(folder: Path) -> list[Path]:
    """Return the bank files of the folder, by name."""
    return sorted(folder.glob("*.toml"))


def read_bank_files(paths: Iterable[Path], *, types: Types, claims: Claims) -> list[BankFile]:
    """Read the files. An id that an earlier file has is a mistake of the later one.

    claims: all that questions may cite, by source id and claim id.
    """
    home: dict[str, str] = {}
    files = []
    for path in paths:
        file = read_bank_file(path, types=types, claims=claims)
        mistakes = Mistakes(path.name)
        for name in _names_in(file):
            if name in home:
                problem = N_("{file} has the same id; ids are unique over all banks, so rename one of them")
                mistakes.add(name, Explained(problem, file=home[name]))
            home.setdefault(name, path.name)
        if mistakes.found:
            file = replace(file, bank=None, mistakes=(*file.mistakes, *mistakes.found))
        files.append(file)
    return files


def read_bank_file(path: Path, *, types: Types, claims: Claims) -> BankFile:
    """Read one bank. Every mistake is reported at once; one is enough to keep the bank out."""
    content = path.read_bytes()
    mistakes = Mistakes(path.name)
    bank = _read_bank(content, mistakes, types, claims)
    return BankFile(
        path, sha256(content).hexdigest(), None if mistakes.found else bank, tuple(mistakes.found)
    )


def bank_as_toml(bank: Bank, *, types: Types, claims: Claims) -> str:
    """Return the bank as a file holds it; read_bank_file reads the same bank from it."""
    short_name = _Citable(claims).short_name
    head = {"id": bank.id, "title": bank.title, "description": bank.description, "language": bank.language}
    rows = [question_as_written(q, types[q.wording.type], short_name) for q in bank.questions]
    pictures = pictures_as_written(bank.pictures)
    return dump_toml(
        head | ({"question": rows} if rows else {}) | ({"picture": pictures} if pictures else {})
    )


def write_bank_file(path: Path, bank: Bank, *, types: Types, claims: Claims) -> bool:
    """Write the bank, unless the file says the same already; return whether it was written.

    Questions stay in the order that the file has them in, new ones follow; the file's first comment stays.
    """
    if path.exists():
        bank = _in_order_of(path, bank)
        if read_bank_file(path, types=types, claims=claims).bank == bank:
            return False
    path.write_text(heading_of(path) + bank_as_toml(bank, types=types, claims=claims), encoding="utf-8")
    return True


def question_as_written(
    question: BankQuestion, question_type: QuestionType, name_of: Callable[[Citation], str] | None = None
) -> dict[str, Any]:
    """Return the question as the table that a file holds.

    name_of: how it names a claim, in full unless told.
    """
    wording = question.wording
    row: dict[str, Any] = {
        "id": question.id,
        "type": wording.type,
        "basis": wording.basis,
        "language": wording.language,
        "stem": wording.stem,
        "tags": list(wording.tags),
        "difficulty": wording.difficulty,
    }
    for role in ROLES:
        row[role] = [(name_of or _full_name)(c) for c in wording.citations if c.role == role]
    row["feedback"] = wording.feedback
    row["hints"] = list(wording.hints)
    ignores = [{"rule": ignore.rule, "reason": ignore.reason} for ignore in question.ignores]
    body = question_type.body_to_plain(Body(wording.ask, wording.key))
    return without_empty(row) | {"body": body} | ({"ignore": ignores} if ignores else {})


def _in_order_of(path: Path, bank: Bank) -> Bank:
    try:
        rows = load_toml(path.read_bytes()).get("question", [])
    except Explained:
        return bank
    place = {row.get("id"): n for n, row in enumerate(rows)}
    return replace(bank, questions=tuple(sorted(bank.questions, key=lambda q: place.get(q.id, len(place)))))


def _names_in(file: BankFile) -> list[str]:
    if file.bank is None:
        return []
    return [f"bank {file.bank.id}", *(f"question {question.id}" for question in file.bank.questions)]


def _read_bank(content: bytes, mistakes: Mistakes, types: Types, claims: Claims) -> Bank | None:
    written = mistakes.read("", load_toml, content)
    if written is None:
        return None
    mistakes.read("", refuse_strangers, written, _BANK_FIELDS)
    bank_id = mistakes.read("", _id_in, written)
    texts = {name: mistakes.read("", filled_text_in, written, name) for name in ("title", "language")}
    description = mistakes.read("", text_in, written, "description", default="")
    citable = _Citable(claims)
    questions = []
    seen: set[str] = set()
    for n, row in enumerate(mistakes.read("", tables_in, written, "question") or (), start=1):
        named = isinstance(row.get("id"), str) and row["id"]
        where = f"question {named}" if named else f"question no. {n}"
        if named and named in seen:
            mistakes.add(where, Explained(N_("stands here twice; give one of them another id")))
        seen.add(named or "")
        question = _read_question(row, where, mistakes, types, citable)
        if question:
            questions.append(question)
    pictures = read_pictures(written, mistakes)
    if mistakes.found:
        return None
    return Bank(
        bank_id or "",
        texts["title"] or "",
        description or "",
        texts["language"] or "",
        tuple(questions),
        pictures,
    )


def _read_question(
    row: Mapping[str, Any], where: str, mistakes: Mistakes, types: Types, citable: _Citable
) -> BankQuestion | None:
    take, before = mistakes.read, len(mistakes.found)
    take(where, refuse_strangers, row, _QUESTION_FIELDS)
    question_id = take(where, _id_in, row)
    type_name = take(where, one_of, row, "type", sorted(types))
    basis = cast("Basis", take(where, one_of, row, "basis", BASES))
    stem = take(where, filled_text_in, row, "stem")
    feedback = take(where, filled_text_in, row, "feedback")
    difficulty = take(where, one_of, row, "difficulty", get_args(Difficulty), default="medium")
    tags = take(where, _tags_in, row)
    hints = take(where, _hints_in, row)
    language = take(where, _language_in, row)
    cited = [_citations_in(row, role, where, mistakes, citable) for role in ROLES]
    citations = tuple(citation for of_role in cited for citation in of_role)
    take(where, _check_roles, basis, row)
    body = take(where, _body_in, row, types[type_name]) if type_name else None
    ignores = take(where, _ignores_in, row)
    if len(mistakes.found) > before or body is None:
        return None
    wording = Wording(
        type=type_name or "",
        basis=basis,
        stem=stem or "",
        ask=body.ask,
        key=body.key,
        feedback=feedback or "",
        citations=citations,
        tags=tags or (),
        difficulty=cast("Difficulty", difficulty),
        hints=hints or (),
        language=language or "",
    )
    take(where, check_citations, wording, citable.claims)
    return BankQuestion(question_id or "", wording, ignores or ())


def _body_in(row: Mapping[str, Any], question_type: QuestionType) -> Body:
    body = row.get("body")
    if not isinstance(body, Mapping):
        raise UnusableBody("body", N_("[question.body] is missing below the question"))
    return question_type.body_from_plain(body)


def _ignores_in(row: Mapping[str, Any]) -> tuple[Ignore, ...]:
    ignores = []
    for written in tables_in(row, "ignore"):
        refuse_strangers(written, ("rule", "reason"))
        ignores.append(Ignore(one_of(written, "rule", RULE_NAMES), filled_text_in(written, "reason")))
    distinct("ignore", [ignore.rule for ignore in ignores])
    return tuple(sorted(ignores, key=lambda ignore: ignore.rule))


def _tags_in(row: Mapping[str, Any]) -> tuple[str, ...]:
    tags = texts_in(row, "tags")
    distinct("tags", tags)
    for tag in tags:
        if tag != tag.lower() or not tag:
            raise UnusableBody("tags", N_("tags are lower-case words, not “{tag}”"), tag=tag)
    return tuple(sorted(tags))


def _hints_in(row: Mapping[str, Any]) -> tuple[str, ...]:
    hints = texts_in(row, "hints")
    if not all(hints):
        raise UnusableBody("hints", N_("{field} must not be empty"), field="hints")
    return hints


def _language_in(row: Mapping[str, Any]) -> str:
    return language_from(text_in(row, "language", default=""))


def _citations_in(
    row: Mapping[str, Any], role: Role, where: str, mistakes: Mistakes, citable: _Citable
) -> list[Citation]:
    citations = []
    for name in mistakes.read(where, texts_in, row, role) or ():
        with mistakes.noted(f"{where}, {role}"):
            citations.append(citable.cited(name, role))
    return list(dict.fromkeys(citations))


def _check_roles(basis: Basis | None, row: Mapping[str, Any]) -> None:
    if basis in ("world", "text") and not row.get("rests_on"):
        problem = N_("rests_on must name the claims that the key rests on: the basis is {basis}")
        raise UnusableBody("rests_on", problem, basis=basis)
    if basis == "check" and not row.get("checks"):
        raise UnusableBody("checks", N_("checks must name the claim that the question checks"))


def _id_in(row: Mapping[str, Any]) -> str:
    value = filled_text_in(row, "id")
    if not _ID.fullmatch(value):
        problem = N_("id must be made of lower-case letters, digits and dashes, not “{value}”")
        raise UnusableBody("id", problem, value=value)
    return value


def _full_name(citation: Citation) -> str:
    return f"{citation.source}#{citation.claim}"
