import pytest
from tests.support.markup import make_sentence, mark_cue, read_markup

from antinomy.codebook import load_codebook
from antinomy.cues import CueExtractor
from antinomy.errors import CodebookError

MENTIONS = """
The [production:operators] never saw the drawing.
A [production:Line Operator] should be able to stop it.
Two [production:maintenance technicians] came up with the idea.
My [production:team leader] drew it on a napkin, and the [production:shift leaders] laughed.
We told the [production:plant manager] and the [production:production managers].
The [production:head of manufacturing] signs it.
People on the [production:shop floor] shrug, on the [production:shop-floor] next door they cheer.
Nobody explained it to the [production:shopfloor].
The [production:assembly workers] have their own spreadsheet.
The [production:foreman] keeps the old cards.
Those working on [production:the floor] know the sound of it.
The [production:maintenance people] get called afterwards.
Then [production:maintenance] says it cannot be done.
You get a different answer from [production:maintenance].
[production:Production] wants the output, full stop.
We asked [production:production], and they had other worries.
Us in [production:production] hear about it last.
For [production:production], it is one more screen.
[production:Production] and [production:maintenance people] share a canteen.
[production:Production] will never accept that.
The [production:blue-collar] side was not invited.
The [production:supervisors] stand in between.
The [sp_team:SP-team] sits upstairs.
An [sp_team:SP team] without a mandate is a hobby.
The [sp_team:smart factory people] brought cake.
Our [sp_team:smart production team] has six members.
The [sp_team:digitalization department] is in another town.
The [sp_team:digitalisation team] and the [sp_team:Industry 4.0 people].
The [sp_team:head of digitalisation] came once.
Two [sp_team:automation engineers] and a [sp_team:data scientist] sat with us.
The [sp_team:innovation team] loves it.
The [sp_team:transformation office] counts use cases.
The [lps_team:lean team] drew a value stream map.
The [lps_team:lean office] owns the boards, the [lps_team:kaizen office] the events.
Every [lps_team:lean coach] has a different answer.
The [lps_team:LPS-team] audits us.
Our [lps_team:CI coordinator] asked for photos.
The [lps_team:continuous improvement people] were not in the room.
She leads the [lps_team:production system office].
A [lps_team:black belt] measured it for three days.
[senior_management:Top management] nods.
[senior_management:Senior-level management] nods too.
The [senior_management:management team] has never been here.
The [senior_management:site management] moved the meeting.
Our [senior_management:site director] is new.
The [senior_management:CEO] tweeted it before we knew.
The [senior_management:chief digital officer] is in London.
The [senior_management:executives] flew in and out.
[senior_management:Head office] decides, [senior_management:headquarters] pays, and [senior_management:HQ] forgets.
It was decided at [senior_management:corporate].
The [senior_management:board] wants a number.
The [senior_management:board of directors] has approved it.
We presented it to the [senior_management:board].
[senior_management:Management] does not see it.
We get no answer from [senior_management:management].
The [senior_management:leadership team] promised to listen.
The [senior_management:vice president] knows the word.
[specialist_functions:IT] blocks the port.
The [specialist_functions:IT department] says no, and so do the [specialist_functions:IT/OT people].
We waited for [specialist_functions:IT].
The [specialist_functions:quality department] must sign.
The [specialist_functions:quality people] found it first.
[specialist_functions:QA] wants three signatures.
The [specialist_functions:quality manager] agreed.
[specialist_functions:Maintenance engineering] wrote the spec.
The [specialist_functions:process engineers] trust the model.
The [specialist_functions:production engineers] trust nobody.
The [specialist_functions:logistics department] moved the racks.
The [specialist_functions:safety officer] stopped the robot.
[specialist_functions:HR] wants a course.
The [specialist_functions:purchasing department] squeezed them.
The [external:vendor] holds the password.
Two [external:suppliers] and a [external:system integrator] were on site.
The [external:consultants] left a slide deck.
A [external:customer] asked for the data.
Our [external:customers]’ audits are friendly.
The [external:machine builder] ships it locked.
The [external:researchers] came with cameras.
An [external:outside consultant] drew the same arrow.
"""

NO_MENTIONS = """
It never worked, and it is what it is.
IT IS WHAT IT IS.
Welcome on board, said the poster.
We put it on the whiteboard and on the dashboard.
He held it in the board meeting room, of all places.
It was the same across the board.
The kanban board is full.
Hands off the keyboard.
Quality is everybody's job.
The quality of the parts went up.
We talked about quality, cost and delivery.
Lean is a way of thinking.
We want to be lean.
They leaned on the fence.
Mass production made the town.
The production line stopped twice.
The production system is running on an old server.
We pushed it to production on Friday evening.
It runs in a production environment.
Predictive maintenance sounds nice.
The maintenance costs went up.
Digitalisation is coming anyway.
Industry 4.0 was the title of the talk.
A smart factory is more than screens.
Change management is a nice word.
Project management takes half of my day.
The time management course was full.
Customer service is a phone number.
The executive summary had one page.
A tour operator called by mistake.
There is only one operator overloading in that code.
I report on customised parts.
My thesis supervisor disagreed.
Logistics costs went up.
The data and the automation are there.
We took the corporate colours.
The floor plan is outdated.
The SP500 fell again.
That is good leadership.
I went into management.
"""


def lines_of(block):
    return [line for line in block.splitlines() if line]


@pytest.mark.parametrize("line", lines_of(MENTIONS) + lines_of(NO_MENTIONS))
def test_mentions(find, line):
    text, marks = read_markup(line)
    assert [mark_cue(cue) for cue in find(text, "stakeholder")] == marks


def test_every_group_of_the_codebook_is_mentioned_above():
    for stakeholder in load_codebook().stakeholders:
        assert f"[{stakeholder.id}:" in MENTIONS


def test_rule_names_the_pattern(find):
    (cue,) = find("Ask the operators.", "stakeholder")
    assert cue.rule == "stakeholder.operators"


ROLES = [
    ("production manager", "production"),
    ("Plant Manager, Site A", "production"),
    ("Director of operations", "production"),
    ("Operator 3", "production"),
    ("Maintenance technician", "production"),
    ("Head of Digitalisation", "sp_team"),
    ("Smart factory engineer", "sp_team"),
    ("CI coordinator", "lps_team"),
    ("head of lean", "lps_team"),
    ("Site director", "senior_management"),
    ("VP", "senior_management"),
    ("head of IT", "specialist_functions"),
    ("Maintenance engineering", "specialist_functions"),
    ("Quality", "specialist_functions"),
    ("PhD student", "external"),
    ("Consultant, lean", "external"),
    ("Interviewer", None),
    ("Ai Tanaka", None),
    ("P3", None),
    ("", None),
]


@pytest.mark.parametrize(("label", "stakeholder"), ROLES)
def test_roles(extractor, label, stakeholder):
    assert extractor.speaker_stakeholder(label) == stakeholder


def study(tmp_path, terms, id="works_council"):
    path = tmp_path / "study.toml"
    path.write_text(
        f'id = "study"\nversion = "1"\nextends = "antinomy"\n[[stakeholder]]\nid = "{id}"\nname = "Own"\n'
        f'definition = "Own group."\nterms = {terms}\n',
        encoding="utf-8",
    )
    return load_codebook(path)


def test_terms_of_the_study_win(tmp_path):
    extractor = CueExtractor(study(tmp_path, '["works council", "Ombud", "BR", "lean team", "Ärzte/Pflege"]'))
    text = "The Works Councils, the ombud, BR, not br, the lean team, Ärzte/Pflege and the operators."
    (cues,) = extractor.extract([make_sentence(text)])
    found = [(cue.code, cue.text) for cue in cues if cue.kind == "stakeholder"]
    own = ["Works Councils", "ombud", "BR", "lean team", "Ärzte/Pflege"]
    assert found == [*(("works_council", text) for text in own), ("production", "operators")]


def test_replaced_group_keeps_the_built_in_words(tmp_path):
    extractor = CueExtractor(study(tmp_path, '["nurse"]', id="production"))
    (cues,) = extractor.extract([make_sentence("Nurses and operators met.")])
    assert [cue.code for cue in cues] == ["production", "production"]


def test_term_without_letters_is_refused(tmp_path):
    with pytest.raises(CodebookError, match="no letters"):
        CueExtractor(study(tmp_path, '["++"]'))
