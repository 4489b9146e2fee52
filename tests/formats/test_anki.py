from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

import pytest
import zstandard

from quiz.core.interchange import NotThisFormat
from quiz.core.items import EnterText, Fill, Item, ItemFile, TextAnswer, Write
from quiz.core.packages import write_package
from quiz.formats.anki import format as anki

BASIC, CLOZE = 1, 2
MODELS = {
    "1": {
        "name": "Basic (and reversed card)", "type": 0,
        "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
        "tmpls": [
            {"name": "1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"},
            {"name": "2", "ord": 1, "qfmt": "{{Back}}", "afmt": "{{FrontSide}}<hr id=answer>{{Front}}"},
        ],
    },
    "2": {
        "name": "Cloze", "type": 1,
        "flds": [{"name": "Text", "ord": 0}, {"name": "Extra", "ord": 1}],
        "tmpls": [{"name": "C", "ord": 0, "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}<br>{{Extra}}"}],
    },
}  # fmt: skip
Note = tuple[int, str, str, Sequence[int]]


def old_collection(*notes: Note) -> bytes:
    db = sqlite3.connect(":memory:")
    db.executescript(
        "CREATE TABLE col(models, decks);"
        "CREATE TABLE notes(id INTEGER PRIMARY KEY, guid, mid, tags, flds);"
        "CREATE TABLE cards(id INTEGER PRIMARY KEY, nid, did, ord);"
    )
    db.execute(
        "INSERT INTO col VALUES (?, ?)", (json.dumps(MODELS), json.dumps({"9": {"name": "Geo::Rivers"}}))
    )
    for number, (model, fields, tags, cards) in enumerate(notes, start=1):
        values = (number, f"guid{number}", model, tags, fields.replace("|", "\x1f"))
        db.execute("INSERT INTO notes VALUES (?, ?, ?, ?, ?)", values)
        db.executemany(
            "INSERT INTO cards(nid, did, ord) VALUES (?, 9, ?)", [(number, card) for card in cards]
        )
    return _closed(db)


def new_collection(front: str, back: str) -> bytes:
    db = sqlite3.connect(":memory:")
    db.create_collation("unicase", lambda a, b: (a > b) - (a < b))
    db.executescript(
        "CREATE TABLE notetypes(id INTEGER PRIMARY KEY, name TEXT COLLATE unicase, config);"
        "CREATE TABLE fields(ntid, ord, name TEXT COLLATE unicase);"
        "CREATE TABLE templates(ntid, ord, name TEXT COLLATE unicase, config);"
        "CREATE TABLE decks(id INTEGER PRIMARY KEY, name TEXT COLLATE unicase);"
        "CREATE TABLE notes(id INTEGER PRIMARY KEY, guid, mid, tags, flds);"
        "CREATE TABLE cards(id INTEGER PRIMARY KEY, nid, did, ord);"
        "INSERT INTO notetypes VALUES (1, 'Basic', x''); INSERT INTO cards VALUES (1, 1, 9, 0);"
        "INSERT INTO fields VALUES (1, 0, 'Front'), (1, 1, 'Back');"
    )
    db.execute("INSERT INTO decks VALUES (9, ?)", ("Geo\x1fRivers",))
    config = message((1, b"{{Front}}"), (2, b"{{Back}}"))
    db.execute("INSERT INTO templates VALUES (1, 0, 'Card 1', ?)", (config,))
    db.execute("INSERT INTO notes VALUES (1, 'guid1', 1, '', ?)", (f"{front}\x1f{back}",))
    return _closed(db)


def message(*fields: tuple[int, bytes]) -> bytes:
    return b"".join(bytes([number << 3 | 2, len(value)]) + value for number, value in fields)


def packed(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def _closed(db: sqlite3.Connection) -> bytes:
    db.commit()
    data = db.serialize()
    db.close()
    return data


def read(*notes: Note, media: dict[str, bytes] | None = None) -> list[Item]:
    names = {str(number): name for number, name in enumerate(media or {})}
    files = [(number, (media or {})[name]) for number, name in names.items()]
    members = [("collection.anki2", old_collection(*notes)), ("media", json.dumps(names).encode()), *files]
    return anki.read(write_package(members)).items


def test_a_card_with_a_short_back_is_a_short_answer():
    (item,) = read((BASIC, "Which river passes Cairo?|the <b>Nile</b>", " rivers egypt ", [0]))

    assert item == Item(
        "Which river passes Cairo?", EnterText((TextAnswer("the Nile"),)), id="guid1", category="Geo/Rivers",
        prompt_format="html", general_feedback="the <b>Nile</b>", tags=("rivers", "egypt"),
    )  # fmt: skip


def test_a_reversed_card_is_a_question_of_its_own():
    items = read((BASIC, "Cairo|Nile", "", [0, 1]))

    assert [(item.id, item.prompt) for item in items] == [("guid1", "Cairo"), ("guid1-2", "Nile")]


def test_a_long_back_is_for_comparing():
    (item,) = read((BASIC, f"Why?|{'Because it is so. ' * 10}", "", [0]))

    assert isinstance(item.interaction, Write)
    assert item.interaction.notes == item.general_feedback


def test_clozes_become_gaps_with_their_hints():
    (item,) = read((CLOZE, "The {{c1::Nile::river}} passes {{c2::Cairo}}.|By its delta.", "", [0, 1]))

    gaps = (EnterText((TextAnswer("Nile"),)), EnterText((TextAnswer("Cairo"),)))
    assert item.interaction == Fill("The [[1]] (river) passes [[2]].", gaps)
    assert item.general_feedback == "By its delta."


def test_a_star_on_the_back_is_a_star():
    assert read((BASIC, "Q|5*", "", [0]))[0].interaction == EnterText((TextAnswer("5\\*"),))


def test_media_and_latex_are_taken_along():
    (item,) = read(
        (BASIC, '<img src="a b.png"> [$]x^2[/$] [sound:s.mp3]|y', "", [0]), media={"a b.png": b"PNG"}
    )

    assert item.prompt == '<img src="@@PLUGINFILE@@/a%20b.png"> \\(x^2\\) [sound:s.mp3]'
    assert item.files == (ItemFile("a b.png", "image/png", b"PNG"),)


def test_the_newest_container_is_read_first():
    name = message((1, message((1, b"x.png"))))
    data = write_package(
        [
            (
                "collection.anki2",
                old_collection((BASIC, "Please update to the latest Anki version|x", "", [0])),
            ),
            ("collection.anki21b", packed(new_collection("<img src='x.png'>Q", "A"))),
            ("media", packed(name)),
            ("0", packed(b"PNG")),
        ]
    )

    (item,) = anki.read(data).items

    assert (item.prompt, item.category) == ('<img src="@@PLUGINFILE@@/x.png">Q', "Geo/Rivers")
    assert [file.data for file in item.files] == [b"PNG"]


def test_the_message_of_newer_versions_is_no_question():
    stub = old_collection((BASIC, "Please update to the latest Anki version|x", "", [0]))

    with pytest.raises(NotThisFormat, match="update Anki"):
        anki.read(write_package([("collection.anki2", stub)]))


def test_a_card_that_asks_nothing_loses_no_other():
    data = write_package(
        [("collection.anki2", old_collection((BASIC, "Q|", "", [0]), (BASIC, "R|a", "", [0])))]
    )

    reading = anki.read(data)

    assert [item.prompt for item in reading.items] == ["R"]
    assert [(remark.severity, remark.where) for remark in reading.remarks][0] == ("error", "Q")


@pytest.mark.parametrize(
    "members",
    [
        [("x", b"y")],
        [("collection.anki2", b"no database")],
        [("collection.anki21b", b"no zstd")],
        [("collection.anki21b", packed(b"\0" * 100_000_000))],
        [("collection.anki2", b"SQLite format 3\0" + b"\xff" * 4096)],
    ],
)
def test_a_damaged_package_is_refused(members):
    with pytest.raises(NotThisFormat):
        anki.read(write_package(members))
