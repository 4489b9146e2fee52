"""The ids of rows in a body (options, pairs, steps, gaps): kept where the texts are equal, or left aside.

A file from outside knows no ids of ours, and stored responses point to them; so a question that is written anew
keeps the ids of all rows that still say the same. Bodies are plain data here, as bank files hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Plain = dict[str, Any]

_GAP = re.compile(r"\[\[([^\[\]\s]{1,60})\]\]")


def with_kept_ids(new: Mapping[str, Any], old: Mapping[str, Any]) -> Plain:
    """Return the new body with the ids that the old one has for the same rows."""
    body = dict(new)
    for name, rows in new.items():
        if _are_rows(rows):
            body[name], renamed = _kept(rows, _rows_in(old, name))
            if name == "gaps":
                body["text"] = _GAP.sub(lambda m, r=renamed: f"[[{r.get(m[1], m[1])}]]", str(body["text"]))  # type: ignore[misc]
    return body


def without_ids(body: Mapping[str, Any]) -> Plain:
    """Return the body with no ids in its rows; gaps are marked by their numbers. Equal bodies ask the same."""
    bare: Plain = {}
    for name, value in body.items():
        rows = [without_ids(row) for row in value] if _are_rows(value) else value
        bare[name] = (
            [{k: v for k, v in row.items() if k != "id"} for row in rows] if _are_rows(rows) else value
        )
    if _are_rows(body.get("gaps")):
        numbers = {row.get("id"): n for n, row in enumerate(body["gaps"], start=1)}
        bare["text"] = _GAP.sub(lambda mark: f"[[{numbers.get(mark[1], mark[1])}]]", str(body["text"]))
    return bare


def ids_in(body: Mapping[str, Any]) -> list[str]:
    """Return the ids of all rows, in their order, those within a row after its own."""
    ids: list[str] = []
    for rows in body.values():
        for row in rows if _are_rows(rows) else ():
            ids += [str(row["id"]), *ids_in(row)]
    return ids


def with_ids(body: Mapping[str, Any], ids: Sequence[str]) -> Plain:
    """Return the body with these ids for its rows, as ids_in gives them; as it is if there are not as many."""
    if len(ids) != len(ids_in(body)) or len(ids) != len(set(ids)) and "gaps" not in body:
        return dict(body)
    return _renamed(body, iter(ids))


def _renamed(body: Mapping[str, Any], ids: Iterator[str]) -> Plain:
    renamed = dict(body)
    for name, rows in body.items():
        if _are_rows(rows):
            renamed[name] = [{**row, "id": next(ids), **_inner(row, ids)} for row in rows]
    if _are_rows(body.get("gaps")):
        names = {row["id"]: new["id"] for row, new in zip(body["gaps"], renamed["gaps"], strict=True)}
        renamed["text"] = _GAP.sub(lambda mark: f"[[{names.get(mark[1], mark[1])}]]", str(body["text"]))
    return renamed


def _inner(row: Mapping[str, Any], ids: Iterator[str]) -> Plain:
    return {name: rows for name, rows in _renamed(row, ids).items() if name != "id"}


def _kept(
    rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]
) -> tuple[list[Plain], dict[str, str]]:
    """Return the rows with the ids of those before that say the same, and what was renamed to what."""
    partners = _partners(rows, before)
    taken = {before[n]["id"] for n in partners.values()}
    renamed: dict[str, str] = {}
    kept = []
    for n, row in enumerate(rows):
        partner = before[partners[n]] if n in partners else {}
        new_id = str(partner.get("id") or row.get("id", ""))
        while not partner and new_id in taken:
            new_id += "-2"
        taken.add(new_id)
        renamed[str(row.get("id", ""))] = new_id
        kept.append(with_kept_ids(row, partner) | {"id": new_id})
    return kept, renamed


def _partners(rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Return for rows, by place, the place of the row before that says the same. Gaps have no text: place counts."""
    if rows and "kind" in rows[0]:
        alike = len(rows) == len(before)
        return {n: n for n in range(len(rows)) if alike and rows[n]["kind"] == before[n].get("kind")}
    places: dict[str, list[int]] = {}
    for n, row in enumerate(before):
        places.setdefault(_said(row), []).append(n)
    found = {}
    for n, row in enumerate(rows):
        if waiting := places.get(_said(row)):
            found[n] = waiting.pop(0)
    return found


def _said(row: Mapping[str, Any]) -> str:
    return " ".join(str(row.get("title") or row.get("text") or row.get("left") or "").split())


def _rows_in(body: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = body.get(name)
    return rows if isinstance(rows, list) and _are_rows(rows) else []


def _are_rows(value: Any) -> bool:
    return (
        isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) and "id" in v for v in value)
    )
