import pytest

from antinomy.ingest.blocks import Block
from antinomy.ingest.roles import assign_roles


def _talk(*turns):
    return tuple(Block(text=text, speaker=speaker) for speaker, text in turns)


def _asking(blocks, *names, **options):
    assigned, note = assign_roles(blocks, names, **options)
    return {block.speaker for block in assigned if block.role == "interviewer"}, note


ANSWER = "We tried that for a year, and then the line had other worries, so it was put off again and again."
DIALOGUE = _talk(*[("Ada", "And what came next?"), ("Ben", ANSWER)] * 5)


@pytest.mark.parametrize(
    "label",
    ["Interviewer", "INTERVIEWER 2", "interviewer", "Int", "I", "Q", "Moderator", "Host", "Facilitator", "Researcher"],
)
def test_labels_that_say_who_asks(label):
    assert _asking(_talk((label, "So."), ("Ben", "Why do you ask?"))) == ({label}, None)


def test_r_is_the_researcher_only_beside_participants():
    assert _asking(_talk(("R1", "So?"), ("P1", "Yes.")))[0] == {"R1"}
    assert _asking(_talk(("I", "So?"), ("R1", "Yes.")))[0] == {"I"}


@pytest.mark.parametrize("given", ["Ada Moss", "ada moss", "Ada", "AM", "Moss (lead)"])
def test_interviewers_that_a_person_names(given):
    speakers = {"Ada Moss": "Ada Moss", "ada moss": "Ada Moss", "Ada": "Ada Moss", "AM": "AM", "Moss (lead)": "Moss"}
    assert _asking(_talk((speakers[given], ANSWER), ("Ben", "Really?")), given) == ({speakers[given]}, None)


def test_initials_stand_for_a_name():
    assert _asking(_talk(("AM", ANSWER), ("BH", "Why?")), "Ada Moss") == ({"AM"}, None)


def test_a_name_that_is_not_there_is_noted_with_the_speakers():
    asking, note = _asking(DIALOGUE, "Zoe")
    assert asking == {"Ada"}
    assert "Zoe is not among the speakers: Ada, Ben" in note


def test_whoever_asks_and_says_less_is_taken_for_the_interviewer():
    asking, note = _asking(DIALOGUE)
    assert asking == {"Ada"}
    assert "--interviewer" in note


def test_a_host_is_an_interviewer():
    welcome = "Welcome to the floor talk, today I'm talking to Ben about the press."
    talk = [
        ("Ada", welcome),
        ("Ben", ANSWER * 3),
        ("Ada", "I see."),
        ("Ben", ANSWER * 3),
        ("Ada", "How so?"),
        ("Ben", ANSWER),
    ]
    assert _asking(_talk(*talk))[0] == {"Ada"}


def test_tags_are_no_questions():
    talk = [("Ada", "It was late, right?"), ("Ben", ANSWER), ("Ada", "So it was."), ("Ben", ANSWER)] * 3
    assert _asking(_talk(*talk))[0] == set()


def test_an_even_talk_has_no_interviewer():
    asking, note = _asking(
        _talk(*[("Ada", ANSWER), ("Ben", f"{ANSWER} Or not?"), ("Ada", "Why not?"), ("Ben", "No.")] * 4)
    )
    assert asking == set()
    assert "No interviewer recognised among Ada, Ben" in note


def test_the_announcing_voice_is_not_coded():
    blocks = _talk(("Intro", "This is the floor talk."), *((block.speaker, block.text) for block in DIALOGUE))
    assert _asking(blocks)[0] == {"Intro", "Ada"}


def test_roles_set_by_a_reader_stay():
    blocks = (Block(text="Why?", speaker="Ada", role="interviewer"), Block(text="So.", speaker="Ben"))
    assert [block.role for block in assign_roles(blocks)[0]] == ["interviewer", "respondent"]


def test_text_without_speakers():
    blocks = (Block(text="We stop."),)
    assert assign_roles(blocks) == ((Block(text="We stop.", role="document"),), None)
    assigned, note = assign_roles(blocks, spoken=True)
    assert assigned[0].role == "respondent"
    assert note is not None


def test_many_speakers_are_not_all_listed():
    _, note = assign_roles(_talk(*((f"Person {index}", "So.") for index in range(30))))
    assert "and 22 others" in note
