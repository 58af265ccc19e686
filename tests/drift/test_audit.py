import pytest

from antinomy.drift.audit import GROUPS, Group, judge_audit


def make(before, after, *, share=(0.02, 0.10), near=(0, 0)):
    """``before`` and ``after``: how many of eight given sentences people confirm."""
    return {
        ("before", "given"): Group(share[0], 8, before),
        ("before", "near"): Group(0.05, 8, near[0]),
        ("after", "given"): Group(share[1], 8, after),
        ("after", "near"): Group(0.05, 8, near[1]),
    }


@pytest.mark.parametrize(
    ("groups", "rising", "confirmed"),
    [
        (make(7, 7), True, True),
        (make(7, 7, share=(0.10, 0.02)), False, True),
        (make(8, 0, share=(0.06, 0.10)), True, False),
        (make(8, 0, share=(0.06, 0.10)), False, True),
        (make(4, 3, share=(0.05, 0.06)), True, None),
    ],
)
def test_what_people_found_decides(groups, rising, confirmed):
    assert judge_audit(groups, rising=rising).confirmed is confirmed


def test_what_the_model_misses_counts_too():
    """A rise in what it finds is none if it found less of the same before."""
    seen = judge_audit(make(8, 8, share=(0.05, 0.08), near=(6, 0)), rising=True)
    blind = judge_audit(make(8, 8, share=(0.05, 0.08)), rising=True)
    assert seen.rise < 0.5 < blind.rise


def test_nothing_coded_leaves_it_open():
    empty = {group: Group(0.05, 0, 0) for group in GROUPS}
    verdict = judge_audit(empty, rising=True)
    assert verdict.confirmed is None
    assert verdict.rise == pytest.approx(0.5, abs=0.02)
