from __future__ import annotations

from pathlib import Path

import pytest

from quiz.storage.seed_files import SourceFolder, digest_of, read_source_folder, read_source_folders
from quiz.storage.seed_writing import write_source_files
from tests.small_content import claim, source


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """The small source, written into its folder."""
    folder = tmp_path / "bridge"
    write_source_files(folder, source())
    return folder


def told(reading: SourceFolder) -> list[str]:
    return [str(mistake) for mistake in reading.mistakes]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_written_reads_back_the_same(bridge: Path) -> None:
    reading = read_source_folder(bridge)

    assert told(reading) == []
    assert reading.source == source()


def test_each_kind_of_passage_has_its_file(bridge: Path) -> None:
    assert sorted(path.name for path in bridge.iterdir()) == ["article.toml", "faq.toml", "source.toml"]


def test_writing_the_same_again_touches_no_file(bridge: Path) -> None:
    change(bridge / "article.toml", 'key = "a01"', '# by hand\nkey = "a01"')

    assert write_source_files(bridge, source()) == []
    assert "# by hand" in (bridge / "article.toml").read_text()


def test_writing_a_change_touches_its_file_alone_and_keeps_the_first_comment(bridge: Path) -> None:
    faq = bridge / "faq.toml"
    faq.write_text("# The FAQ.\n\n" + faq.read_text())
    passages = source().passages
    changed = source(
        passages=(*passages[:2], passages[2].__class__("f01", "faq", "New gist.", asked="What?"))
    )

    assert write_source_files(bridge, changed) == ["faq.toml"]
    assert faq.read_text().startswith("# The FAQ.\n\n[[passage]]")
    assert read_source_folder(bridge).source == changed


def test_a_digest_follows_the_content_not_the_layout(bridge: Path) -> None:
    before = read_source_folder(bridge).source
    (bridge / "source.toml").write_text("# A comment.\n" + (bridge / "source.toml").read_text())
    after = read_source_folder(bridge).source

    assert before is not None and after is not None
    assert digest_of(before) == digest_of(after)
    assert digest_of(claim()) != digest_of(claim(reason="Another."))


def test_every_mistake_of_a_file_is_told_at_once_with_its_place(bridge: Path) -> None:
    article = bridge / "article.toml"
    change(article, 'verdict = "supported"', 'verdict = "true"')
    change(article, "review_by = 2031-11-22", 'review_by = "2031-11-22"')
    change(
        article,
        'kind = "paragraph"\ngist = "It is called the longest."',
        'kind = "paragraph"\ngits = "Oops."',
    )

    problems = "\n".join(told(read_source_folder(bridge)))

    assert "bridge/article.toml: claim a01-1: verdict must be one of supported, dated" in problems
    assert (
        "bridge/article.toml: claim a01-1: review_by must be a date without quotes, such as 2026-11-22"
        in problems
    )
    assert "bridge/article.toml: passage a02: gits is not a field here; known are key, kind" in problems
    assert "bridge/article.toml: passage a02: gist is missing" in problems


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "a02-1"', 'id = "a01-1"', "bridge: claim a01-1: stands here twice"),
        ('key = "a02"', 'key = "a01"', "bridge: passage a01: stands here twice"),
        (
            'correction = "It was, until 1950."',
            'correction = ""',
            "claim a02-1: correction must say what is so instead",
        ),
        ('as_of = "1901"', 'as_of = "1901-13"', "claim a01-1: as_of: “1901-13” is not in the calendar"),
        ('id = "a01-1"', "id = 1", "passage a01, claim no. 1: id must be text, not 1"),
        (
            'id = "a01-1"',
            'id = "A01 1"',
            "id must be made of lower-case letters, digits and dashes, not “A01 1”",
        ),
        ("quizworthy = true", 'quizworthy = "yes"', "claim a01-1: quizworthy must be true or false"),
    ],
)
def test_a_mistake_is_named(bridge: Path, old: str, new: str, expected: str) -> None:
    change(bridge / "article.toml", old, new)

    reading = read_source_folder(bridge)

    assert reading.source is None
    assert expected in "\n".join(told(reading))


def test_a_contradiction_of_unknown_claims_is_named(bridge: Path) -> None:
    change(bridge / "source.toml", '"a02-1"', '"a77-1"')

    assert told(read_source_folder(bridge)) == [
        "bridge: contradiction length: there is no claim a77-1 in this source"
    ]


def test_malformed_toml_names_line_and_column(bridge: Path) -> None:
    (bridge / "faq.toml").write_text('[[passage]]\nkey "f01"\n')

    (problem,) = told(read_source_folder(bridge))[:1]

    assert problem.startswith("bridge/faq.toml: not TOML at line 2, column 5: Expected '='")


def test_a_file_in_another_encoding_names_the_line(bridge: Path) -> None:
    (bridge / "faq.toml").write_bytes('key = "a"\nwhat = "Zürich"\n'.encode("latin-1"))

    assert "bridge/faq.toml: line 2 is not UTF-8 text; save the file as UTF-8" in told(
        read_source_folder(bridge)
    )


def test_a_folder_without_a_source_says_what_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "faq.toml").write_text("")

    assert told(read_source_folder(folder)) == [
        "empty: no file here says what source this is; write source.toml"
    ]


def test_a_source_has_the_name_of_its_folder(bridge: Path) -> None:
    moved = bridge.rename(bridge.parent / "tower")

    assert told(read_source_folder(moved)) == [
        "tower: the source calls itself bridge; its id and its folder must have one name"
    ]


def test_a_bad_source_does_not_keep_the_others_out(bridge: Path) -> None:
    write_source_files(bridge.parent / "tower", source("tower"))
    change(bridge / "article.toml", 'verdict = "supported"', 'verdict = "true"')

    readings = read_source_folders(bridge.parent)

    assert [reading.source and reading.source.id for reading in readings] == [None, "tower"]
