from __future__ import annotations

import pytest

from quiz.storage.database import Database, RowCountError
from quiz.storage.sources import select_originals, select_sources
from quiz.workflows.attach_source import NotTheDocument, attach_source
from quiz.workflows.check_source import check_source
from quiz.workflows.load_sources import load_source
from tests.conftest import NOW
from tests.small_content import DOCUMENT, FIRST, SECOND, THIRD, claim, source


@pytest.fixture(autouse=True)
def bridge(db: Database) -> None:
    load_source(db, source())


def test_the_passages_of_the_document_are_stored(db: Database) -> None:
    assert attach_source(db, "bridge", DOCUMENT, now=NOW) == 3
    assert select_originals(db, "bridge") == {"a01": FIRST, "a02": SECOND, "f01": THIRD}
    assert select_sources(db)[0].attached == NOW


def test_white_space_and_line_ends_make_no_difference(db: Database) -> None:
    attach_source(db, "bridge", DOCUMENT.replace("\n", "\r\n").replace(" ", "\u00a0 "), now=NOW)

    assert select_originals(db, "bridge")["a01"] == FIRST


def test_a_copy_that_differs_is_refused_with_the_passages_that_do(db: Database) -> None:
    copy = DOCUMENT.replace("1901", "1902").replace("Of steel.", "")

    with pytest.raises(NotTheDocument, match=r"2 of 3 passages differ: a01 \(changed\), f01 \(missing\)"):
        attach_source(db, "bridge", copy, now=NOW)

    assert select_originals(db, "bridge") == {}


def test_a_record_has_nothing_to_check_or_attach(db: Database) -> None:
    events = source(
        "events", kind="record", passages=(), page_claims=(claim("t01", passage=""),), contradictions=()
    )
    load_source(db, events)

    assert check_source(db, "events", DOCUMENT) == []
    with pytest.raises(NotTheDocument, match="there is no document"):
        attach_source(db, "events", DOCUMENT, now=NOW)


def test_an_unknown_source_is_an_error(db: Database) -> None:
    with pytest.raises(RowCountError):
        check_source(db, "none", DOCUMENT)
