import pytest
import regex

from antinomy.cues.match import Matcher
from antinomy.cues.vocabulary import Rule, compile_anchored, expand, load_rules, load_table

FAMILIES = ("stakeholder", "horizon", "marker", "scope")


def rule(id, pattern, code="x", family="a", **conditions):
    compiled = {key: regex.compile(text) for key, text in conditions.items()}
    return Rule(id, family, code, compile_anchored(pattern), **compiled)


def find(rules, text, family="a"):
    return [(hit.rule.id, text[hit.start : hit.end]) for hit in Matcher(rules).find(text)[family]]


def test_longest_match_wins_whatever_the_order():
    rules = [rule("short", "plant"), rule("long", "plant managers?"), rule("middle", "plant manager")]
    assert find(rules, "Plant managers run the plant") == [("long", "Plant managers"), ("short", "plant")]


def test_of_equal_matches_the_first_rule_wins():
    assert find([rule("first", "line"), rule("second", "lines?")], "the line") == [("first", "line")]


def test_phrase_without_code_takes_its_words():
    rules = [rule("day", "day"), rule("not", "at the end of the day", code=None)]
    assert find(rules, "At the end of the day, a day") == [("day", "day")]


def test_families_do_not_see_each_other():
    rules = [rule("one", "no time"), rule("two", "no", family="b")]
    assert find(rules, "no time") == [("one", "no time")]
    assert find(rules, "no time", "b") == [("two", "no")]


def test_conditions_look_at_the_stretch_between_full_stops():
    rules = [rule("in", "in a year", requires=r"\bwill\b", unless=r"\bwas\b")]
    assert find(rules, "It will come in a year.") == [("in", "in a year")]
    assert find(rules, "It will come. In a year.") == []
    assert find(rules, "It will be what was in a year") == []


def test_refused_longer_match_leaves_the_shorter_one():
    rules = [rule("long", "in a year", requires=r"\bwill\b"), rule("short", "in")]
    assert find(rules, "it was in a year") == [("short", "in")]


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("shop~floor", ["shop floor", "shop-floor", "shopfloor", "Shop‑Floor"]),
        ("don’t", ["don't", "don’t"]),
        ("(?-i:IT)", ["IT"]),
        ("x(?: y)?", ["x", "x y", "x\ny"]),
        ("x ?y", ["xy", "x y"]),
    ],
)
def test_signs_of_patterns(pattern, texts):
    for text in texts:
        assert compile_anchored(pattern).fullmatch(text)


def test_case_counts_where_the_pattern_says_so():
    assert not compile_anchored("(?-i:IT)").fullmatch("it")


@pytest.mark.parametrize("pattern", ["a.*", "a+", "(?:ab){2,}", "{about}*"])
def test_pattern_without_bound_is_refused(pattern):
    with pytest.raises(ValueError, match="unbounded"):
        compile_anchored(pattern)


def test_unknown_atom_is_refused():
    with pytest.raises(KeyError):
        expand("{nonsense}")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_rule_can_begin_with_a_word(family):
    """A pattern that begins with a sign would never be tried."""
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    for loaded in load_rules(family):
        assert any(loaded.pattern.match(letter, partial=True) for letter in letters), loaded.pattern.pattern


@pytest.mark.parametrize("family", FAMILIES)
def test_ids_are_unique(family):
    ids = [entry["id"] for entry in load_table(family)["pattern"]]
    assert len(set(ids)) == len(ids)


def test_matcher_forgets_beginnings_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr("antinomy.cues.match.MAX_BEGINNINGS", 50)
    matcher = Matcher([rule("word", "[a-z]{3,9}")])
    words = [f"{a}{b}{c}word" for a in "abcde" for b in "abcde" for c in "abcde"]
    for word in words:
        assert len(matcher.find(word)["a"]) == 1
    assert matcher._size < 100
