import pytest
from tests.support.markup import make_sentence, mark_cue, read_markup

from antinomy.language_model import parse_texts

# decided by the order of words; the speaker, Kari, is of production
CLAUSES = """
Production looks at [production>short:the shift], the SP-team at [sp_team>long:the next decade].
The operators care about [production>short:this shift], whereas headquarters thinks in [senior_management>long:decades].
The board has [senior_management>long:a five-year plan] and we have [production>short:this week].
We look at [production>short:this week] and the digital team looks at [sp_team>long:the next decade].
Headquarters talks about the [senior_management>long:vision], production about [production>short:the shift].
The lean coaches plan [lps_team>medium:two years ahead] while maintenance lives in the [production>short:day-to-day].
The plant manager is measured on [production>short:daily output].
For the lean team [lps_team>short:the next quarter] is already far away.
For production, [production>short:the next quarter] is already far away.
Management does not look beyond [senior_management>short:this quarter].
The consultants left [external>past:last year].
"""

# these need the syntax
PARSED = """
The [sp_team>long:vision] of the SP-team is a factory without paper.
At head office they think in [senior_management>long:decades].
The operators, who think in [production>short:shifts], were never asked.
The SP-team's [sp_team>long:roadmap] covers [sp_team>medium:the next three years].
IT and quality look [specialist_functions>medium:three years ahead].
I think management only sees [senior_management>short:the current quarter].
The [senior_management>long:long-term] goals of senior management are unknown on the shop floor.
The bonus plans of line managers remain tied to [production>short:monthly output].
Nobody in maintenance management thinks about the next decade, but the vendor plans [external>long:ten years ahead].
The vendor told the operators that it will be ready [external>short:by Friday].
The board says it will take [senior_management>medium:two years].
"""

NOBODY = """
If you ask the board, the future is digital.
The next decade is a long time.
The operators smiled.
"""


def lines_of(block):
    return [line for line in block.splitlines() if line]


def refuse(_):
    raise AssertionError("no parse was needed")


@pytest.mark.parametrize("line", lines_of(CLAUSES))
def test_clauses_decide_without_a_parse(find, line):
    text, marks = read_markup(line)
    found = find(text, "holding", parse=refuse, speakers={"Kari": "production"})
    assert [mark_cue(cue) for cue in found] == marks


@pytest.mark.parametrize("line", lines_of(PARSED) + lines_of(NOBODY))
def test_syntax_decides_the_rest(find, line):
    text, marks = read_markup(line)
    found = find(text, "holding", parse=parse_texts, speakers={"Kari": "production"})
    assert [mark_cue(cue) for cue in found] == marks


def test_without_parse_the_rest_stays_open(find):
    assert find("At head office they think in decades.", "holding") == []


def test_holding_carries_horizon_and_mention(find):
    text = "The board never had a five-year plan."
    (cue,) = find(text, "holding")
    assert (cue.code, cue.holder, cue.duration, cue.negated) == ("long", "senior_management", "P5Y", True)
    assert (text[cue.start : cue.end], text[cue.holder_start : cue.holder_end]) == ("a five-year plan", "board")
    assert cue.rule == "holding.clause"


def test_first_person_holds_only_where_the_speaker_is_known(find):
    text = "We look at this week."
    assert find(text, "holding") == []
    (cue,) = find(text, "holding", speakers={"Kari": "production"})
    assert (cue.holder, cue.holder_start, cue.holder_end) == ("production", None, None)
    assert find(text, "holding", speakers={"Ola": "production"}) == []


def test_parse_gets_only_the_sentences_that_need_it(extractor):
    texts = ["The board has a five-year plan.", "At head office they think in decades.", "Nothing here.", "Next year."]
    sentences = [make_sentence(text, index=i, start=100 * i) for i, text in enumerate(texts)]
    seen = []

    def parse(texts):
        seen.extend(texts)
        return parse_texts(texts)

    cues = extractor.extract(sentences, parse=parse)
    assert seen == [texts[1]]
    assert [[cue.holder for cue in found if cue.kind == "holding"] for found in cues] == [
        ["senior_management"],
        ["senior_management"],
        [],
        [],
    ]
