import pytest
from tests.support.markup import mark_cue, read_markup

MARKED = """
[contrast:Although] the line is down, they want a workshop.
It is a good tool, [contrast:even though] nobody uses it.
They plan for years, [contrast:whereas] we plan for the shift.
They want data, [contrast:while] production wants parts.
[contrast:While] the office counts clicks, the press counts strokes.
[contrast:On the one hand] we want to test, [contrast:on the other hand] we must deliver.
We should train people, [contrast:but at the same time] we run every shift.
We got sensors [contrast:instead of] spare parts.
They bought a platform [contrast:rather than] a person.
It is output [contrast:versus] learning.
We agree in the meeting, [contrast:but] we forget it at the line.
[contrast:But] who asked for it?
It was announced; [contrast:however], nothing came.
It is new, [contrast:yet] already old.
[contrast:Despite] the training nobody logs in.
[contrast:Either] we run the line or we test the thing.
It is a [dilemma:dilemma].
I am [dilemma:torn between] the boss and my crew.
There is a [dilemma:trade-off] that nobody names.
It is a [dilemma:balancing act].
You [dilemma:cannot have both].
We are [dilemma:caught between] two offices.
The two programmes are [conflict:pulling in different directions].
The two goals are [conflict:at odds].
That is in [conflict:conflict with] the standard.
There is a [conflict:tension] between the two.
The teams [conflict:compete for] the same people.
We have [conflict:competing priorities].
It is always [conflict:us and them].
There is [conflict:resistance] in the hall.
It was [imposition:imposed on] us.
We were [imposition:forced to] take it.
They [imposition:push it on us] every time.
It is all [imposition:top-down].
The decision [imposition:came from above].
[imposition:Nobody asked us].
It went [imposition:over our heads].
We [imposition:were never asked].
We have [lack_of_time:no time] for that.
We [lack_of_time:don't have the time] to learn it.
There is [lack_of_time:not enough time] in a shift.
We are [lack_of_time:too busy] with breakdowns.
All we do is [lack_of_time:firefighting].
There is so much [lack_of_time:time pressure].
We are [lack_of_time:stretched thin].
We [lack_of_time:never get the time] to try.
"""

UNMARKED = """
It is nothing but a screen.
Last but not least, the canteen.
All but two of them signed.
Not only the young ones use it.
It is not yet connected.
That is yet another login.
Sit down for a while.
It was worth your while.
We did it all the while.
However you do it, write it down.
The belt tension is wrong.
Check the chain-tension gauge.
The work force grew.
The force sensor is calibrated.
In no time it was fixed.
There was a merge conflict.
He has a conflict of interest.
It is on either side of the press.
Push the button twice.
We arrived at the same time.
The water resistance was tested.
I was asked about the layout.
A hand was on the other side of the gate.
We had time for a coffee.
The driving force behind it was Eva.
He looked as though he slept.
"""


def lines_of(block):
    return [line for line in block.splitlines() if line]


@pytest.mark.parametrize("line", lines_of(MARKED) + lines_of(UNMARKED))
def test_markers(find, line):
    text, marks = read_markup(line)
    assert [mark_cue(cue) for cue in find(text, "marker")] == marks
