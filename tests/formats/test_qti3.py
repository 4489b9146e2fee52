"""QTI 3: the dashed names mean what they mean in QTI 2, both ways."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from quiz.core.items import Arrange, Judge
from quiz.formats.qti2 import format as qti2
from quiz.formats.qti3 import format as qti3
from tests.formats.test_qti2 import EVERYTHING

SAMPLES = Path(__file__).parents[1] / "samples" / "qti3"


def test_a_choice_of_true_and_false_is_a_statement_to_judge():
    [item] = qti3.read((SAMPLES / "true_false.xml").read_bytes()).items

    assert item.interaction == Judge(True, "It ends in the Mediterranean.", "Look at where Cairo lies.")
    assert item.prompt == "The Nile flows north."
    assert (item.points, item.language) == (10.0, "en")


def test_an_order_is_read_in_its_right_order():
    [item] = qti3.read((SAMPLES / "order.xml").read_bytes()).items

    assert item.interaction == Arrange(("Mercury", "Venus", "Earth"), "all_or_nothing")


@pytest.mark.parametrize("item", EVERYTHING, ids=lambda item: item.id)
def test_every_kind_of_question_comes_back_as_it_went(item):
    assert qti3.read(qti3.write([item]).data).items == [item]


def test_the_versions_are_told_apart_by_namespace_not_by_file_name():
    packages = qti2.write(EVERYTHING).data, qti3.write(EVERYTHING).data
    sample = (SAMPLES / "order.xml").read_bytes()

    assert [qti3.looks_like(data) > 0.5 for data in (*packages, sample)] == [False, True, True]
    assert [qti2.looks_like(data) > 0.5 for data in (*packages, sample)] == [True, False, False]


def test_only_dashed_names_are_written(tmp_path):
    (tmp_path / "out.zip").write_bytes(qti3.write(EVERYTHING).data)

    with ZipFile(tmp_path / "out.zip") as archive:
        written = archive.read("items/single.xml").decode()

    assert "<qti-choice-interaction response-identifier=" in written
    assert "<simpleChoice" not in written
    assert "<qti-content-body>" in written
