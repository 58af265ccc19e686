import pytest

from antinomy.evaluate.boundaries import Confusion, tabulate_rules


def find(tables, rule):
    [table] = [table for table in tables if table.rule == rule]
    return table


def test_a_rule_counts_who_mixes_its_codes_up(codebook, close, say, sentence, compare):
    gold = [close("myopia"), close("myopia"), close("dogma"), close("dogma"), close(), close("empowering"), close()]
    model = ["myopia", "dogma", "dogma", None, "myopia", None, None]
    predictions = [say(**{code: 0.9}) if code else say() for code in model]
    tables = tabulate_rules(compare(predictions, [sentence("a", codes) for codes in gold]))
    assert [table.rule for table in tables] == [rule.id for rule in codebook.rules]
    table = find(tables, "myopia_or_dogma")
    assert (table.n, table.agree, table.confused, table.missed, table.invented) == (5, 2, 1, 1, 1)
    # four sentences are wrong, one of them about an action
    assert table.share_of_errors == 3 / 4
    assert set(table.table) == {
        Confusion("myopia", ("myopia",), 1),
        Confusion("myopia", ("dogma",), 1),
        Confusion("dogma", ("dogma",), 1),
        Confusion("dogma", ("none",), 1),
        Confusion("none", ("myopia",), 1),
    }
    assert find(tables, "machine_verdict").n == 0


def test_the_most_frequent_comes_first_and_two_codes_make_two_rows(close, say, sentence, compare):
    gold = [close("myopia", "dogma"), close("dogma"), close("dogma")]
    predictions = [say(myopia=0.9), say(), say()]
    table = find(tabulate_rules(compare(predictions, [sentence("a", codes) for codes in gold])), "myopia_or_dogma")
    assert table.table[0] == Confusion("dogma", ("none",), 2)
    assert set(table.table[1:]) == {Confusion("dogma", ("myopia",), 1), Confusion("myopia", ("myopia",), 1)}


def test_two_references_are_averaged_and_no_error_is_no_share(close, say, sentence, compare):
    table = find(
        tabulate_rules(compare([say(dogma=0.9)], [sentence("a", close("dogma"), close("myopia"))])), "myopia_or_dogma"
    )
    assert (table.n, table.agree, table.confused) == (1, 0.5, 0.5)
    assert table.share_of_errors == pytest.approx(1)
    table = find(tabulate_rules(compare([say()], [sentence("a", close())])), "myopia_or_dogma")
    assert (table.n, table.share_of_errors, table.table) == (0, None, ())
