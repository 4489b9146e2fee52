"""Write a source back into its folder of the seeds, touching no file that says the same already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quiz.core.claims import Claim, Passage, Source
from quiz.core.toml_text import dump_toml
from quiz.storage.seed_files import (
    CLAIM_FIELDS,
    CONTRADICTION_FIELDS,
    SOURCE_FIELDS,
    FileReading,
    read_source_folder,
)
from quiz.storage.toml_files import heading_of, without_empty

_FILE_OF_KIND = {"paragraph": "article.toml", "faq": "faq.toml", "event": "events.toml"}


def write_source_files(folder: Path, source: Source) -> list[str]:
    """Write the source into its folder; return the names of the files written.

    Files whose content is as it should be are left as they are, comments and all; of others the first comment
    stays. Passages stay in the file they were in; new ones go to the file of their kind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    was = read_source_folder(folder)
    home = {key: name for name, keys in was.files.items() for key in keys}
    contents: dict[str, dict[str, Any]] = {name: {} for name in was.files}
    contents["source.toml"] = _head_as_written(source)
    for passage in source.passages:
        name = home.get(passage.key, _FILE_OF_KIND[passage.kind])
        contents.setdefault(name, {}).setdefault("passage", []).append(_passage_as_written(passage))
    written = []
    for name, content in contents.items():
        path = folder / name
        text = dump_toml(content)
        if _says(path, folder.name) != _says_text(text, f"{folder.name}/{name}"):
            path.write_text(heading_of(path) + text, encoding="utf-8")
            written.append(name)
    return sorted(written)


def _head_as_written(source: Source) -> dict[str, Any]:
    head = without_empty({name: getattr(source, name) for name in SOURCE_FIELDS})
    for claim in source.page_claims:
        row = {"id": claim.id, "where": claim.where} | _claim_as_written(claim)
        head.setdefault("page_claim", []).append(row)
    for n in source.not_passages:
        head.setdefault("not_passage", []).append({"what": n.what, "kind": n.kind, "sha256": n.digest})
    for c in source.contradictions:
        row = {name: getattr(c, name) for name in CONTRADICTION_FIELDS}
        head.setdefault("contradiction", []).append(without_empty(row, keep=("claims",)))
    return head


def _passage_as_written(passage: Passage) -> dict[str, Any]:
    row = {name: getattr(passage, name) for name in ("key", "kind", "date", "asked", "gist")}
    row |= {"sha256": passage.digests, "misleads": passage.misleads, "note": passage.note}
    return without_empty(row) | {"claim": [_claim_as_written(claim) for claim in passage.claims]}


def _claim_as_written(claim: Claim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in CLAIM_FIELDS}


def _says(path: Path, folder: str) -> object:
    return _says_text(path.read_text(encoding="utf-8"), f"{folder}/{path.name}") if path.exists() else None


def _says_text(text: str, name: str) -> object:
    reading = FileReading(name)
    reading.read(text.encode())
    parts = (
        reading.head,
        reading.passages,
        reading.page_claims,
        reading.not_passages,
        reading.contradictions,
    )
    return None if reading.mistakes.found else parts
