"""Keep a picture that somebody sent, and those that come with a question from another system; and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from quiz.core.interchange import Remark
from quiz.core.items import Item, ItemFile
from quiz.core.losses import name_of
from quiz.core.pictures import Picture, picture_ids_in, referring_to_files, referring_to_pictures
from quiz.picture_reading import ReadPicture, UnusablePicture, check_picture, read_picture
from quiz.storage.database import Database
from quiz.storage.pictures import insert_picture, select_picture_or_none, select_pictures


def keep_picture(db: Database, data: bytes, *, by: str | None, now: datetime) -> ReadPicture:
    """Store the picture in the file, once however often it is sent. Raises UnusablePicture."""
    read = read_picture(data)
    insert_picture(db, read.picture, by=by, now=now)
    return read


def keep_known_picture(db: Database, picture: Picture, *, by: str | None, now: datetime) -> None:
    """Store a picture that comes back from a file of ours, as it is. Raises UnusablePicture."""
    check_picture(picture)
    insert_picture(db, picture, by=by, now=now)


def read_pictures_of(db: Database, item: Item) -> tuple[Item, list[Picture], list[Remark]]:
    """Return the item with its texts referring to pictures, those pictures, and what became of other files.

    Nothing is stored: an import looks first. What is no usable picture is named, and its reference stays.
    """
    pictures: dict[str, Picture] = {}
    remarks: list[Remark] = []
    for file in item.files:
        try:
            read = _known(db, file) or read_picture(file.data)
        except UnusablePicture as problem:
            remarks.append(Remark(f"{file.name} was left out: {problem}", where=name_of(item)))
            continue
        pictures[file.name] = read.picture
        told = [sentence.format(**values) for sentence, values in read.remarks]
        remarks += [Remark(f"{file.name}: {words}", "note", where=name_of(item)) for words in told]
    referring = referring_to_pictures(
        replace(item, files=()), {name: picture.id for name, picture in pictures.items()}
    )
    return referring, list(pictures.values()), remarks


def _known(db: Database, file: ItemFile) -> ReadPicture | None:
    """Return the picture that is stored already and was written into the file by with_files, None if it was not.

    Encoded again it would have another id, and a question that comes back unchanged would look changed.
    """
    known = select_picture_or_none(db, file.name.rpartition(".")[0])
    return ReadPicture(known) if known and known.data == file.data else None


def keep_pictures(db: Database, pictures: list[Picture], *, by: str | None, now: datetime) -> None:
    """Store pictures that read_pictures_of or keep_picture read."""
    for picture in pictures:
        insert_picture(db, picture, by=by, now=now)


def with_files(db: Database, item: Item) -> Item:
    """Return the item with the pictures that its texts refer to as files; read_pictures_of is the way back."""
    pictures = select_pictures(db, picture_ids_in([item]))
    if not pictures:
        return item
    files = tuple(ItemFile(p.file_name, p.media_type, p.data) for p in pictures.values())
    return replace(referring_to_files(item, pictures), files=(*item.files, *files))
