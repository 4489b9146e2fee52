from __future__ import annotations

from pathlib import Path

from quiz.storage.toml_files import heading_of


def test_only_what_stands_before_the_first_line_is_the_heading(tmp_path: Path) -> None:
    path = tmp_path / "bank.toml"
    path.write_text('# One.\n# Two.\n\nid = "x"\n# Three.\n')

    assert heading_of(path) == "# One.\n# Two.\n\n"
    assert heading_of(tmp_path / "none.toml") == ""
