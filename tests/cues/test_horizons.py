import pytest
from tests.support.markup import make_sentence, mark_cue, read_markup

from antinomy.codebook import load_codebook
from antinomy.cues import CueExtractor

# what the words alone say, without a document's date
UNDATED = """
We must be ready [long|P5Y:within five years].
It will be standard [medium|P2Y:in the next couple of years].
The budget holds [medium|P18M:for the next 18 months].
Think of [long|P10Y:the next decade].
They want it [medium:in the next few years].
We will need [long|P5Y:three to five years] for that.
It should work [long|P5Y:in 3-5 years].
That will take [short|P6M:half a year].
It will take [medium|P18M:a year and a half], maybe more.
It is going to take [medium|P30M:two and a half years].
[medium|P2Y:Over the next year or two] we replace the cells.
[long|P25Y:In twenty-five years] nobody will remember.
We have [long|P5Y:a five-year plan] and no spare parts.
Their [short|P2W:two-week horizon] is generous.
We look [medium|P3Y:three years ahead].
[short|P6W:Six weeks from now] it should be running.
Our planning horizon is [long|P4Y:four years].
The investment must pay back in [medium|P2Y:two years].
They think in [long:decades].
Down here we think in [short:shifts].
We only plan [short|P2W:two weeks ahead].
[medium:The coming years] will show it.
It will matter for [long:years to come].
[short|P1Y:The year ahead] looks thin.
It counts [short:this shift] and nothing else.
[short:The next shift] gets what we leave.
They look at [short:the shift].
[short|P1W:This week] we chase parts.
[short|P1W:This week's] plan is on the wall.
[short|P3M:Next quarter] they want savings.
[short|P3M:This quarter] everything is frozen.
[short|P1M:Next month] somebody else will ask.
[short|P1Y:Next year] we get the robots.
It must be ready [short:by Friday].
We deliver it [short:before the end of May].
[short:Next spring] the hall will be empty.
It has to be done [short:by the end of the year].
They need it [short:by the end of the day].
[short|P1D:Today's output] is what I am asked about.
I have parts for [short|P1D:today] and none [short|P1D:for tomorrow].
The [short:day-to-day] eats us.
Our [short:day-to-day business] eats us.
Nobody frees us from the [short:daily targets].
The [short:monthly figures] rule.
We are measured on [short:weekly output].
[short:Right now] nobody has a head for it.
[short:At the moment] we patch.
They want results [short:now], not later.
[short:Currently] there is one person who can do it.
It will come [short:soon].
The [short:short-term] wins.
That is [short:short term] thinking.
[short:In the near future] we will see more of it.
It stays like that [medium:for the foreseeable future].
The [medium:mid-term] planning is empty.
[long:Long-term] thinking has no slot in the calendar.
We never get to the [long:long term].
[long:The future] is on a poster.
[long:In the future] it will be one system.
There is a [long:vision] and there is a printer.
Our [long||2030:2030 strategy] hangs in the lift.
It is all in the [long||2030:vision 2030].
The [long:roadmap] is full of arrows.
The [long:road map] is full of arrows.
We build it for [long:the next generation].
[long:Next-generation] lines need other people.
They dream of the factory of [long:tomorrow].
[past|P1Y:Last year] we had a pilot.
[past||2015:Back in 2015] nobody asked.
We bought it [past|P10Y:ten years ago].
[past|P20Y:For twenty years] we have done it by hand.
[past|P5Y:Over the last five years] we closed two lines.
[past:In the past] we drew it on paper.
We [past:used to know] every customer by name.
Operators [past:used to fix] it themselves.
[past|P1D:Yesterday] it stood still.
[past:In the nineties] we had forty people here.
[past:A long time ago] somebody wrote a manual.
[past:Recently] the screens went dark.
It was better [past:back then].
"""

# the document is of 10 May 2023
DATED = """
We must be ready [long|P5Y|2023-05-10/2028-05-10:within five years].
The budget holds [medium|P18M|2023-05-10/2024-11-10:for the next 18 months].
[short|P1D|2023-05-10:Today] it runs.
[short|P1D|2023-05-11:Tomorrow] it will not.
[short|P1W|2023-05-08/2023-05-14:This week] we chase parts.
[short|P1W|2023-05-15/2023-05-21:Next week] we count them.
[short|P1M|2023-06:Next month] somebody else will ask.
[short|P3M|2023-04/2023-06:This quarter] everything is frozen.
[short|P3M|2023-07/2023-09:Next quarter] they want savings.
[short|P1Y|2024:Next year] we get the robots.
[long|P10Y|2020/2029:This decade] is lost.
It must be ready [short||2023-05-12:by Friday].
It must be ready [short||2023-05-17:by Wednesday].
We deliver it [short||2024-03:before the end of March].
It has to be done [short||2023-12-31:by the end of the year].
It has to be done [short||2023-05-31:by the end of the month].
It was decided [past|P1Y|2022:last year].
It was decided [past|P1M|2023-04:last month].
We bought it [past|P10Y|2013:ten years ago].
We bought it [past|P3M|2023-02:three months ago].
We bought it [past|P2W|2023-04-26:two weeks ago].
[past|P5Y|2018-05-10/2023-05-10:Over the last five years] we closed two lines.
[long||2027:In 2027] the old line goes.
The hall must be empty [long||2030:by 2030].
Our [long||2030:2030 strategy] hangs in the lift.
[short||2023:In 2023] we freeze.
[short||2024:In 2024] we thaw.
[medium||2026:In 2026] we count.
The report was written [past||2015:in 2015].
We start [short||2023-07/2023-09:in Q3 2023].
We start [medium||2025-07/2025-09:in Q3 2025].
We start [medium||2025-01/2025-03:in the first quarter of 2025].
It ends with the [short||2023-07/2023-12:second half of 2023].
It ends [short||2024-04:in April 2024].
It began [past||2023-05-03:on 3 May 2023].
It ends [short||2023-05-12:on May 12, 2023].
It ends [short||2024:in summer 2024].
It has been so [past||2009:since 2009].
[long||2030/2039:In the 2030s] I will be fishing.
[past:In the nineties] we had forty people here.
Was it [past||1990/1999:in the 1990s]?
They want it [medium:in the next few years].
[short:Next spring] the hall will be empty.
We need [short:this shift].
"""

NONE = """
At the end of the day it is about people.
In the long run we are all dead.
From day one he was against it.
They preach just-in-time.
From time to time the screen freezes.
At the same time nobody asks.
This time it worked.
It was the first time that I saw it.
We get the data in real time.
She works there full time.
The line runs 24/7.
He comes one day a week.
It stops twice a day.
We meet every week.
The old panel runs Windows 10.
Industry 4.0 was the title.
A 2 x 4 held the door.
He is 25 years old.
A forty-year-old press is not a laptop.
She has twenty years of experience.
Part number 2045 is missing.
Line 2030 has a new guard.
It cost 2030 euros.
We made 2015 pieces of it.
That may be so.
We may have to march on.
The second operator waved.
Wait a second.
For the present that you gave me, thanks.
The present was wrapped.
The machine vision system sees the lid.
The vision camera is dirty.
We shift the blame.
The paradigm shift was a slide.
A quarter of the parts failed.
It happened one day.
Now and then it beeps.
Now that we have it, nobody wants it.
He called it a day.
The school year starts.
The whole day went by.
Next to the press is a bin.
Next time we ask first.
The next steps are unclear.
We look forward to it.
It is used to measure the gap.
We are used to it.
I got used to waiting.
The daily stand-up is short.
They do it on a daily basis.
There is a lot of long-term memory in that chip.
Five years is a number.
It took three years.
In the same week two people left.
The three-day workshop was full.
As soon as it stops, they call.
In two of the cells we have it.
Version 2025 was installed.
It lasted a while.
Last but not least the coffee.
"""


def lines_of(block):
    return [line for line in block.splitlines() if line]


@pytest.mark.parametrize("line", lines_of(UNDATED))
def test_undated(find, line):
    text, marks = read_markup(line)
    assert [mark_cue(cue) for cue in find(text, "horizon")] == marks


@pytest.mark.parametrize("line", lines_of(DATED))
def test_dated(find, line):
    text, marks = read_markup(line)
    assert [mark_cue(cue) for cue in find(text, "horizon", document_date="2023-05-10")] == marks


@pytest.mark.parametrize("line", lines_of(NONE))
def test_no_horizon(find, line):
    assert find(line, "horizon", document_date="2023-05-10") == []


PARTIAL = [
    ("2023", "We need it within five years.", "2023/2028"),
    ("2023", "We need it within 18 months.", None),
    ("2023", "We need it within 24 months.", "2023/2025"),
    ("2023", "We need it within two weeks.", None),
    ("2023", "Next year we stop.", "2024"),
    ("2023", "Next quarter we stop.", None),
    ("2023", "This week we stop.", None),
    ("2023", "Today we stop.", None),
    ("2023", "We stop by Friday.", None),
    ("2023", "We stop by the end of the year.", "2023-12-31"),
    ("2023-11", "We need it within 18 months.", "2023-11/2025-05"),
    ("2023-11", "We need it within two weeks.", None),
    ("2023-11", "Next quarter we stop.", "2024-01/2024-03"),
    ("2023-11", "Next month we stop.", "2023-12"),
    ("2023-11", "It was decided ten years ago.", "2013"),
    ("2023-11", "It was decided three months ago.", "2023-08"),
    ("2023-11", "It must be done before the end of March.", "2024-03"),
    ("2024-01-31", "We need it within one month.", "2024-01-31/2024-02-29"),
    ("2024-02-29", "We need it within one year.", "2024-02-29/2025-02-28"),
    ("2024-12-30", "Next week we stop.", "2025-01-06/2025-01-12"),
    ("2024-12-31T23:59:00", "Tomorrow we stop.", "2025-01-01"),
    (None, "We need it within five years.", None),
    ("spring 2023", "We need it within five years.", None),
    ("2023-02-30", "We need it within five years.", None),
    ("9999", "We need it within five years.", None),
]


@pytest.mark.parametrize(("date", "text", "resolved"), PARTIAL)
def test_a_date_is_no_more_precise_than_it_is_known(find, date, text, resolved):
    (cue,) = find(text, "horizon", document_date=date)
    assert cue.resolved == resolved


BINS = [
    ("2023", "It goes in 2027.", "long"),
    ("2023", "It goes in 2026.", "medium"),
    ("2023", "It goes in 2024.", "short"),
    ("2023", "It goes in Q1 2023.", "short"),
    ("2023-06", "It went in Q1 2023.", "past"),
    ("2023-06", "It goes in Q2 2023.", "short"),
    ("2023-06-15", "It goes in 2023.", "short"),
    ("2023-06-15", "It happened on 14 June 2023.", "past"),
    ("2023-06-15", "It happens on 15 June 2023.", "short"),
    ("2030", "The 2027 strategy hangs in the lift.", "past"),
]


@pytest.mark.parametrize(("date", "text", "code"), BINS)
def test_bin_of_a_date_is_measured_from_the_document(find, date, text, code):
    (cue,) = find(text, "horizon", document_date=date)
    assert cue.code == code


@pytest.mark.parametrize(
    "text", ["It goes in 2027.", "It went in 2015.", "We start in Q3 2025.", "By 2030 it is gone."]
)
def test_bin_of_a_date_is_not_guessed(find, text):
    assert find(text, "horizon") == []


def test_year_without_document_date_resolves_to_itself_where_the_words_tell_the_bin(find):
    (cue,) = find("We have had it since 2009.", "horizon")
    assert (cue.code, cue.resolved) == ("past", "2009")


def test_bins_are_the_codebook_s(tmp_path):
    path = tmp_path / "study.toml"
    path.write_text(
        'id = "study"\nversion = "1"\nextends = "antinomy"\n'
        '[[horizon]]\nid = "short"\nname = "Short"\ndefinition = "Days."\nmax_days = 7\n'
        '[[horizon]]\nid = "medium"\nname = "Medium"\ndefinition = "Weeks."\nmax_days = 60\n',
        encoding="utf-8",
    )
    extractor = CueExtractor(load_codebook(path))
    (cues,) = extractor.extract([make_sentence("Within a week, within six weeks, within three months.")])
    assert [cue.code for cue in cues if cue.kind == "horizon"] == ["short", "medium", "long"]


@pytest.mark.parametrize("line", lines_of(NONE))
def test_no_horizon_without_a_date_either(find, line):
    assert find(line, "horizon") == []
