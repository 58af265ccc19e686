import pytest

from antinomy.evaluate.groups import audit_groups


@pytest.fixture
def audited(close, say, sentence, compare):
    """Talks at two plants, four coded sentences in ten; the model misses one in every second talk, or more up north."""

    def audit(talks=12, missed_north=()):
        predictions, gold = [], []
        for talk in range(talks):
            plant = "north" if talk >= talks // 2 else "south"
            missed = {3} if talk % 2 else set()
            if plant == "north":
                missed |= set(missed_north)
            for number in range(10):
                coded = number % 3 == 0
                predictions.append(say(pull_vs_push=0.9) if coded and number not in missed else say())
                attributes = {"source": plant, "sample": "all"} | ({"role": "lean coach"} if talk == 0 else {})
                gold.append(sentence(f"talk_{talk}", close("pull_vs_push") if coded else close(), **attributes))
        return audit_groups(compare(predictions, gold, draws=200), gold)

    return audit


def test_a_group_that_the_model_does_not_hear_stands_out(audited):
    north, south = audited(missed_north=(3, 6, 9))
    assert [(g.attribute, g.group, g.sentences, g.documents) for g in (north, south)] == [
        ("source", "north", 60, 6),
        ("source", "south", 60, 6),
    ]
    assert north.positives == 24
    assert north.scores["recall"].value == pytest.approx(1 / 4)
    assert north.scores["precision"].value == 1
    assert north.others == south.scores
    assert {"recall", "f1", "kappa_any"} <= set(north.stands_out)
    assert "precision" not in north.stands_out


def test_groups_alike_do_not_stand_out(audited):
    north, south = audited()
    assert north.scores["recall"].value == south.scores["recall"].value == 1 - 3 / 24
    assert north.scores["recall"].low < north.scores["recall"].value < north.scores["recall"].high
    assert north.stands_out == south.stands_out == ()


def test_few_documents_give_neither_interval_nor_flag(audited):
    for group in audited(talks=6):
        assert group.documents == 3
        assert group.scores["f1"].value is not None
        assert group.scores["f1"].low is None
        assert group.stands_out == ()


def test_an_attribute_with_one_value_is_no_comparison(audited):
    assert {group.attribute for group in audited()} == {"source"}


def test_excess_is_probability_minus_the_share_that_gold_affirms(close, say, sentence, compare):
    gold = [sentence("a", close(), source="x"), sentence("b", close("dogma"), source="y")]
    x, y = audit_groups(compare([say(dogma=0.4), say(dogma=0.4)], gold), gold)
    assert x.scores["excess"].value == pytest.approx(0.4 / 24)
    assert y.scores["excess"].value == pytest.approx(-0.6 / 24)
