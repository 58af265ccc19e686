import pytest
from tests.support.markup import Mark, read_markup

# ! lies in the scope of a negation, ? in that of a hypothesis
SCOPED = """
We [negation:never] look at [!:the next decade].
We [negation:don’t] plan for [!:next year].
[negation:Nobody] asked the [!:operators].
[negation:Without] the [!:vendor] it stands still.
The [:operators] do [negation:not] think of [!:next year], the [:board] does.
We do [negation:not] plan ahead, but [:next year] we start.
It is [negation:not] there because the [:vendor] is late.
[negation:Neither] the [!:operators] [negation:nor] the [!:vendor] came.
They look at [:this week] [negation:instead of] [!:the next decade].
There is [negation:no] [!:vision].
It is [negation:hardly] about the [!:customer].
The [:operators] [negation:can’t] see it.
[hypothesis:If] the [?:vendor] leaves, we stop.
[hypothesis:If] it works, the [?:operators] are happy, and so is the [?:customer].
The [:operators] [hypothesis:would] need it [?:this week].
It [hypothesis:might] come [?:next year].
[hypothesis:There is a risk that] the [?:operators] lose it.
[hypothesis:Suppose] the [?:vendor] leaves.
[hypothesis:Hopefully] it comes [?:next year].
It [hypothesis:may] come [?:next year].
[hypothesis:If] they [negation:never] ask the [!?:operators], it fails.
Not only the [:operators] but the [:board] came.
No doubt the [:vendor] will come.
It comes no later than [:next week].
Why not ask the [:operators]?
Ask the [:operators], if not the [:vendor].
The [:operators] will see it [:next week].
It comes in May, says the [:vendor].
We would like to thank the [:operators].
The [:operators] saw it, didn't they?
As if the [:vendor] cared.
I would say the [:vendor] cares.
"""


def lines_of(block):
    return [line for line in block.splitlines() if line]


def mark_scope(cue):
    if cue.kind in ("negation", "hypothesis"):
        return Mark(cue.start, cue.end, cue.code)
    return Mark(cue.start, cue.end, "!" * cue.negated + "?" * cue.hypothetical)


@pytest.mark.parametrize("line", lines_of(SCOPED))
def test_scope(find, line):
    text, marks = read_markup(line)
    found = find(text, "stakeholder", "horizon", "negation", "hypothesis")
    assert [mark_scope(cue) for cue in found] == marks
