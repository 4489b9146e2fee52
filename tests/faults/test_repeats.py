"""Posts that come more than once. The full form: ``python -m tests.bench repeat`` and ``submit``."""

from __future__ import annotations

from tests.bench.repeats import repeat_posts, submit_at_once


def test_a_post_that_is_repeated_has_its_effect_once(tmp_path):
    report = repeat_posts(tmp_path, posts=600)

    assert report.posts >= 300
    assert report.operations > 30
    assert (report.refused, report.doubled, report.missing, report.wrong) == (0, 0, 0, 0)


def test_fifty_simultaneous_submissions_give_one_result(tmp_path):
    report = submit_at_once(tmp_path, posts=50)

    assert (report.answered, report.steps, report.receipts, report.scores) == (50, 1, 1, 1)
