"""An Anki package opened: the newest of its three containers, its notes, and its media by name."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import zstandard

from quiz.core.interchange import NotThisFormat
from quiz.core.packages import Package, open_package
from quiz.formats.anki.protobuf import BadMessage, fields_of, texts_of

LARGEST_COLLECTION = 48 * 1024 * 1024
_MOST_NOTES = 200_000
_STEPS_A_CHECK, _MOST_CHECKS = 100_000, 20_000
# The oldest container is only a message in packages of newer versions, so it is looked at last.
_CONTAINERS = ("collection.anki21b", "collection.anki21", "collection.anki2")


@dataclass(frozen=True)
class Template:
    """One kind of card of a note type: its two sides, with fields in double braces."""

    name: str
    front: str
    back: str


@dataclass(frozen=True)
class NoteType:
    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False


@dataclass(frozen=True)
class Note:
    """cards: the numbers of the templates that it has cards of. deck: of its first card."""

    guid: str
    note_type: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str
    cards: tuple[int, ...]


@dataclass
class Deck:
    """media: reads a file by name; None if there is none of that name."""

    notes: list[Note]
    media: Callable[[str], bytes | None]
    is_stub: bool = False
    unknown_types: int = 0
    problems: list[str] = field(default_factory=list)


def open_deck(data: bytes) -> Deck:
    """Return what the package holds. Raises NotThisFormat if it is none, or damaged."""
    package = open_package(data)
    name = next((name for name in _CONTAINERS if name in package), None)
    if name is None:
        raise NotThisFormat("not an Anki package: there is no collection in it")
    collection = package.read(name, at_most=LARGEST_COLLECTION)
    if name.endswith("21b"):
        collection = _unpacked(collection, name)
    problems: list[str] = []
    try:
        with_tables = _connect(collection)
        try:
            notes, unknown = _notes(with_tables)
        finally:
            with_tables.close()
    except (sqlite3.Error, ValueError, KeyError, TypeError, BadMessage, IndexError, AttributeError) as error:
        raise NotThisFormat(f"the collection {name} is damaged: {error}") from None
    return Deck(
        notes,
        _media_reader(package, problems),
        is_stub=name == "collection.anki2"
        and len(notes) == 1
        and "latest Anki version" in "".join(notes[0].fields),
        unknown_types=unknown,
        problems=problems,
    )


def _connect(collection: bytes) -> sqlite3.Connection:
    if not collection.startswith(b"SQLite format 3\0"):
        raise ValueError("it is no SQLite database")
    connection = sqlite3.connect(":memory:")
    # A database in WAL mode can't be opened from memory; the two bytes say which mode it is in.
    connection.deserialize(collection[:18] + b"\x01\x01" + collection[20:])
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.create_collation(
        "unicase", lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold())
    )
    checks = iter(range(_MOST_CHECKS))
    connection.set_progress_handler(lambda: int(next(checks, None) is None), _STEPS_A_CHECK)
    return connection


def _notes(db: sqlite3.Connection) -> tuple[list[Note], int]:
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"notes", "cards"} <= tables:
        raise ValueError("it has no notes")
    types = _new_types(db) if "notetypes" in tables else _old_types(db)
    decks = _new_decks(db) if "decks" in tables else _old_decks(db)
    cards: dict[int, list[tuple[int, int]]] = {}
    for note_id, number, deck_id in db.execute("SELECT nid, ord, did FROM cards ORDER BY nid, ord"):
        cards.setdefault(note_id, []).append((number, deck_id))
    notes, unknown = [], 0
    rows = db.execute("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id LIMIT ?", (_MOST_NOTES,))
    for note_id, guid, type_id, tags, values in rows:
        note_type = types.get(int(type_id))
        own = cards.get(note_id, [])
        if note_type is None:
            unknown += 1
            continue
        deck = decks.get(own[0][1], "") if own else ""
        fields = tuple(str(values).split("\x1f"))
        notes.append(
            Note(
                str(guid),
                note_type,
                fields,
                tuple(str(tags).split()),
                deck,
                tuple(number for number, _ in own),
            )
        )
    return notes, unknown


def _old_types(db: sqlite3.Connection) -> dict[int, NoteType]:
    (models,) = db.execute("SELECT models FROM col").fetchone()
    return {int(key): _old_type(model) for key, model in json.loads(models).items()}


def _old_type(model: Mapping[str, Any]) -> NoteType:
    fields = sorted(model["flds"], key=lambda f: int(f.get("ord", 0)))
    templates = sorted(model["tmpls"], key=lambda t: int(t.get("ord", 0)))
    return NoteType(
        str(model.get("name", "")),
        tuple(str(f["name"]) for f in fields),
        tuple(Template(str(t.get("name", "")), str(t["qfmt"]), str(t["afmt"])) for t in templates),
        is_cloze=model.get("type") == 1,
    )


def _new_types(db: sqlite3.Connection) -> dict[int, NoteType]:
    fields: dict[int, list[str]] = {}
    for type_id, name in db.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(type_id, []).append(str(name))
    templates: dict[int, list[Template]] = {}
    for type_id, name, config in db.execute("SELECT ntid, name, config FROM templates ORDER BY ntid, ord"):
        sides = texts_of(config)
        templates.setdefault(type_id, []).append(Template(str(name), sides.get(1, ""), sides.get(2, "")))
    return {
        type_id: NoteType(
            str(name),
            tuple(fields.get(type_id, ())),
            tuple(templates.get(type_id, ())),
            is_cloze=any(number == 1 and value == 1 for number, value in fields_of(config)),
        )
        for type_id, name, config in db.execute("SELECT id, name, config FROM notetypes")
    }


def _old_decks(db: sqlite3.Connection) -> dict[int, str]:
    (decks,) = db.execute("SELECT decks FROM col").fetchone()
    return {int(key): "/".join(str(deck["name"]).split("::")) for key, deck in json.loads(decks).items()}


def _new_decks(db: sqlite3.Connection) -> dict[int, str]:
    return {
        deck_id: "/".join(str(name).split("\x1f"))
        for deck_id, name in db.execute("SELECT id, name FROM decks")
    }


def _media_reader(package: Package, problems: list[str]) -> Callable[[str], bytes | None]:
    members = _media_names(package, problems)

    def read(name: str) -> bytes | None:
        member = members.get(unicodedata.normalize("NFC", name))
        if member is None or member not in package:
            return None
        data = package.read(member)
        return _unpacked(data, name) if data[:4] == b"\x28\xb5\x2f\xfd" else data

    return read


def _media_names(package: Package, problems: list[str]) -> dict[str, str]:
    """Return the members of the package by the names that the notes use."""
    if "media" not in package:
        return {}
    listed = package.read("media", at_most=LARGEST_COLLECTION)
    try:
        if listed[:1] == b"{":
            names = {str(name): str(member) for member, name in json.loads(listed).items()}
        else:
            names = {name: str(number) for number, name in enumerate(_names_in(_unpacked(listed, "media")))}
    except (ValueError, BadMessage, AttributeError) as error:
        problems.append(f"the list of media is damaged ({error}); no picture or sound is read")
        return {}
    return {unicodedata.normalize("NFC", name): member for name, member in names.items()}


def _names_in(message: bytes) -> Iterator[str]:
    """Give the names of a list of media: entries (field 1), each with its name (field 1)."""
    for number, entry in fields_of(message):
        if number == 1 and isinstance(entry, bytes):
            yield texts_of(entry).get(1, "")


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(data)
        unpacked = reader.read(LARGEST_COLLECTION + 1)
    except (zstandard.ZstdError, MemoryError) as error:
        raise NotThisFormat(f"{name} in the package is damaged: {error}") from None
    if len(unpacked) > LARGEST_COLLECTION:
        raise NotThisFormat(f"{name} in the package unpacks to more than {LARGEST_COLLECTION:,} bytes")
    return bytes(unpacked)
