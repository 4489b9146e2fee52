from quiz.core.attempts import Score, SlotResult, score_of


def test_a_score_adds_up_points_by_what_each_slot_earned():
    slots = [SlotResult(2.0, 1.0, True), SlotResult(2.0, 0.5, True), SlotResult(1.0, 0.0, True)]

    assert score_of(slots) == Score(earned=3.0, possible=5.0, uncounted=0)


def test_a_blank_slot_earns_nothing_but_counts_among_the_possible_points():
    assert score_of([SlotResult(1.0, 1.0, True), SlotResult(1.0, None, True)]) == Score(1.0, 2.0, 0)


def test_what_is_not_counted_changes_neither_side_and_is_told():
    assert score_of([SlotResult(1.0, 1.0, True), SlotResult(5.0, 1.0, False)]) == Score(1.0, 1.0, 1)


def test_a_share_of_nothing_is_no_share():
    assert score_of([SlotResult(1.0, 1.0, False)]).share is None
    assert score_of([SlotResult(4.0, 0.75, True)]).share == 0.75
