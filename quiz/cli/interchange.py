"""``flask quiz formats``, ``convert`` and ``mark``: questions of other systems, file to file, no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import click

from quiz.cli.command_tools import json_option, print_json, print_table, remark
from quiz.core.interchange import Format, NotThisFormat, Reading, Remark
from quiz.core.item_json import item_to_plain
from quiz.core.marking import mark_case
from quiz.formats import FORMATS, format_for_suffix, format_named, guess_format

_LARGEST_FILE = 256 * 1024 * 1024
_LONGEST_CASE = 4 * 1024 * 1024


@click.command("formats")
@json_option
def list_formats(as_json: bool) -> None:
    """List the formats that questions can be read from and written to.

    Example: flask quiz formats
    """
    if as_json:
        print_json([_described(found) for found in FORMATS.values()])
        return
    print_table((found.name, " ".join(found.suffixes), found.label) for found in FORMATS.values())


@click.command("convert")
@click.argument("source", metavar="IN")
@click.option(
    "--from", "from_name", metavar="FORMAT", help="What IN is; found by its name and content unless given."
)
@click.option(
    "--to", "to_name", metavar="FORMAT", help="What to write; without it, what was read is shown as JSON."
)
@click.option("-o", "--output", metavar="OUT", default="-", help="Where to; standard output unless given.")
@click.option("--strict", is_flag=True, help="Exit with 1 if a question was lost.")
@json_option
def convert(
    source: str, from_name: str | None, to_name: str | None, output: str, strict: bool, as_json: bool
) -> None:
    """Read questions from a file and write them in another format, telling all that is lost or guessed.

    IN may be - for standard input. Without --to the questions are printed as JSON, with the remarks.

    Example: flask quiz convert history.gift --to moodle_xml -o history.xml
    """
    wanted = _wanted_format(to_name, output)
    refused = False
    try:
        reading = _read(source, from_name)
    except NotThisFormat as error:
        refused, reading = True, Reading([], [Remark(str(error), "error", where=source)])
    told = list(reading.remarks)
    if wanted is None:
        _put(output, _as_json({"items": [item_to_plain(i) for i in reading.items], "remarks": _plain(told)}))
    elif not refused:
        writing = wanted.write(reading.items)
        _put(output, writing.data)
        told += writing.remarks
    if wanted is not None:
        _tell(told, source, as_json=as_json, to_stderr=output == "-")
    lost = any(told_one.severity == "error" for told_one in told)
    sys.exit(1 if refused or (strict and lost) else 0)


@click.command("mark")
@click.argument("cases", metavar="CASES.ndjson")
def mark(cases: str) -> None:
    """Mark responses by their keys: a JSON object with item and response a line in, its mark a line out.

    Further keys where they apply: behaviour, tries, penalty, certainty. CASES may be - for standard input.
    Exits with 1 if a line is no JSON.

    Example: flask quiz mark cases.ndjson
    """
    failed = False
    out = sys.stdout.buffer
    for number, line in enumerate(_lines(cases), start=1):
        if not line.strip():
            continue
        try:
            told = mark_case(json.loads(line))
        except (ValueError, RecursionError) as error:
            failed = True
            reason = f"line {number} is not JSON: {error}"
            told = {"fraction": None, "feedback": "", "readable": False, "reason": reason}
        out.write(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    out.flush()
    sys.exit(1 if failed else 0)


commands = (list_formats, convert, mark)


def _read(source: str, from_name: str | None) -> Reading:
    """Return what is in the file. Raises NotThisFormat."""
    given = format_named(from_name) if from_name else None
    data = _bytes_of(source)
    if given is None:
        given = guess_format(data, "" if source == "-" else Path(source).suffix)
    return given.read(data)


def _wanted_format(to_name: str | None, output: str) -> Format | None:
    try:
        return format_named(to_name) if to_name else _by_suffix(output)
    except NotThisFormat as error:
        raise click.ClickException(str(error)) from None


def _by_suffix(output: str) -> Format | None:
    suffix = Path(output).suffix
    return None if output == "-" or suffix in ("", ".json") else format_for_suffix(suffix)


def _bytes_of(source: str) -> bytes:
    try:
        with _opened(source) as stream:
            data = stream.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise click.ClickException(f"can't read {source}: {error.strerror}") from None
    if len(data) > _LARGEST_FILE:
        raise NotThisFormat(f"the file has more than {_LARGEST_FILE:,} bytes, which is the most that is read")
    return data


def _lines(source: str) -> Iterator[bytes]:
    try:
        with _opened(source) as stream:
            while line := stream.readline(_LONGEST_CASE):
                yield line
    except OSError as error:
        raise click.ClickException(f"can't read {source}: {error.strerror}") from None


def _opened(source: str) -> IO[bytes]:
    return sys.stdin.buffer if source == "-" else Path(source).open("rb")


def _put(output: str, data: bytes) -> None:
    if output == "-":
        stream = sys.stdout.buffer
        stream.write(data)
        stream.flush()
        return
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"can't write {output}: {error.strerror}") from None


def _tell(told: Iterable[Remark], source: str, *, as_json: bool, to_stderr: bool) -> None:
    if as_json:
        click.echo(_as_json({"remarks": _plain(told)}).decode(), err=to_stderr, nl=False)
        return
    for told_one in told:
        place = f"{source}:{told_one.line}" if told_one.line else source
        where = f"{told_one.where}: " if told_one.where else ""
        remark(f"{place}: {told_one.severity}: {where}{told_one.text}")


def _plain(told: Iterable[Remark]) -> list[dict[str, Any]]:
    return [
        {
            name: value
            for name, value in asdict(told_one).items()
            if name in ("line", "where", "severity", "text")
        }
        for told_one in told
    ]


def _as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def _described(found: Format) -> dict[str, Any]:
    kinds = sorted(kind.__name__ for kind in found.carries)
    return {"name": found.name, "label": str(found.label), "suffixes": list(found.suffixes), "carries": kinds}
