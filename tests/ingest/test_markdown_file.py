import time

import pytest

from antinomy.errors import InputError
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.markdown_file import read_markdown
from antinomy.ingest.turns import split_speakers


def read(text):
    return read_markdown(text.encode(), "a.md", ReadOptions())


def texts(text):
    return [block.text for block in read(text).blocks]


@pytest.mark.parametrize(
    ("front", "metadata"),
    [
        (
            "---\ntitle: 'Talk: one'\ndate: 2021-03-04 10:00:00 +0100\nauthor: \"Ana\"\nlang: en\n---\n",
            {"title": "Talk: one", "date": "2021-03-04", "author": "Ana", "language": "en"},
        ),
        ("---\ntitle: Talk\ntags:\n- a\n- b\nguests:\n  - title: No\n---\n", {"title": "Talk"}),
        ("---\norganization: The plant\ndate: 3 May 2020\n...\n", {"organisation": "The plant", "date": "2020-05-03"}),
        ('+++\ntitle = "Talk"\n+++\n', {"title": "Talk"}),
        ("---\ndate: last week\n---\n", {}),
    ],
)
def test_front_matter_is_metadata(front, metadata):
    reading = read(f"{front}\nHello.")
    assert reading.metadata == metadata
    assert [block.text for block in reading.blocks] == ["Hello."]


def test_a_rule_at_the_top_is_no_front_matter():
    assert texts("---\n\nThis is said first.\n\n---\n\nThen this.") == ["This is said first.", "Then this."]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# Title\n\nOne *two* **three** `four`.", ["Title", "One two three four."]),
        ("**Ana:** One\n\nmore\n\n**Bo:** Two", ["Ana: One", "more", "Bo: Two"]),
        ("**Ana:** One\n**Bo:** Two", ["Ana: One\nBo: Two"]),
        ("wrapped\nin the file", ["wrapped\nin the file"]),
        ("[a link](http://localhost/x) ![a picture](y.png) <b>bold</b>", ["a link bold"]),
        ("One[^1].\n\n[^1]: A note\n    that goes on.\n\nTwo.", ["One.", "Two."]),
        ("```\nno\n```\n\nOne.\n\n    An indented speech.", ["One.", "An indented speech."]),
        ("## Table of Contents\n\n- [[00:00:00] A](#a)\n- [B](#b)\n\nOne.", ["One."]),
        ("[text]({{ '/x' | url }}) {% include y %}\n{: .lead}", ["text"]),
        ("> quoted\n\n1. first\n2. second", ["quoted", "first", "second"]),
        ("a &rarr; b ~~no~~<!-- no -->", ["a → b"]),
        ("| Plant | 2021 |\n|---|---|\n| North | 12 |", ["Plant | 2021", "North | 12"]),
        ("<div class='transcript-timestamp'>00:28 // Ana</div> One\n\nmore", ["00:28 // Ana", "One", "more"]),
    ],
)
def test_what_a_file_shows(text, shown):
    assert texts(text) == shown


def test_escaped_times_come_to_stand_at_the_words_that_follow():
    text = "**Ana:** \\[04:02\\] And then? \\[04:10\\] Well.\n\n**Bo:** Yes.\n\n**Ana:** So?\n\n**Bo:** So."
    blocks = split_speakers(read(text).blocks)
    assert [(block.speaker, block.start_time, block.text.strip(), block.continues) for block in blocks][:3] == [
        ("Ana", 242.0, "And then?", None),
        ("Ana", 250.0, "Well.", " "),
        ("Bo", None, "Yes.", None),
    ]


PROTOCOL = """# Protocol

**Tue 5.3.2024**

_Would you tell us_ **what you do here**

- I plan the shifts
  - in both halls

## Tools

**Which tools do you use?**
- A board

**Who** _chose_ **it?**

Nobody remembers.

Was it you?

- No

**Would you keep it?**

Yes.
"""


def test_emphasised_questions_make_a_protocol():
    reading = read(PROTOCOL)
    assert reading.spoken is True
    assert [(block.role, block.speaker, block.text) for block in reading.blocks] == [
        (None, None, "Protocol"),
        (None, None, "Tue 5.3.2024"),
        ("interviewer", "Interviewer", "Would you tell us what you do here"),
        ("respondent", "Respondent", "I plan the shifts"),
        ("respondent", "Respondent", "in both halls"),
        (None, None, "Tools"),
        ("interviewer", "Interviewer", "Which tools do you use?"),
        ("respondent", "Respondent", "A board"),
        ("interviewer", "Interviewer", "Who chose it?"),
        ("respondent", "Respondent", "Nobody remembers."),
        ("interviewer", "Interviewer", "Was it you?"),
        ("respondent", "Respondent", "No"),
        ("interviewer", "Interviewer", "Would you keep it?"),
        ("respondent", "Respondent", "Yes."),
    ]


def test_two_emphasised_questions_make_no_protocol():
    assert all(block.role is None for block in read("**Why?**\n\nSo.\n\n**Really?**\n\nYes.").blocks)


def test_an_empty_file_is_refused():
    with pytest.raises(InputError, match="holds no text"):
        read("---\ntitle: x\n---\n")


@pytest.mark.parametrize("part", ["[", "![", "*a ", "[a](", "[^a", "{{", "<a href='", "> - "])
def test_odd_marks_take_no_time(part):
    start = time.perf_counter()
    try:
        read(part * 4_000)
    except InputError:
        pass
    assert time.perf_counter() - start < 10
