import pytest

from antinomy.errors import InputError
from antinomy.ingest.blocks import ReadOptions, freeze
from antinomy.ingest.spacing import mend_spaces, needs_spaces
from antinomy.ingest.subtitles import read_srt, read_vtt


def _cues(*cues, comma="."):
    """Lay cues (start, end, text) of seconds below ten minutes out as a file without a header."""
    stamps = (
        f"{start // 60:02}:{start % 60:02}{comma}000 --> {end // 60:02}:{end % 60:02}{comma}000"
        for start, end, _ in cues
    )
    return "\n\n".join(f"{stamp}\n{text}" for stamp, (_, _, text) in zip(stamps, cues, strict=True))


def _turns(reading):
    frozen = freeze(reading.blocks)
    return [(turn.speaker, frozen.text[turn.start : turn.end]) for turn in frozen.turns]


def _vtt(*cues, header="WEBVTT\n\n"):
    return read_vtt((header + _cues(*cues)).encode(), "a.vtt", ReadOptions())


def test_adjacent_cues_of_a_speaker_are_one_turn_with_an_anchor_each():
    reading = _vtt(
        (1, 3, "<v Ada>We moved the"), (3, 5, "<v Ada>press."), (6, 7, "<v Ben>Why?"), (20, 21, "<v Ben>Well.")
    )
    assert _turns(reading) == [("Ada", "We moved the press."), ("Ben", "Why?"), ("Ben", "Well.")]
    assert [block.start_time for block in reading.blocks] == [1, 3, 6, 20]
    assert freeze(reading.blocks).turns[0].end_time == 5
    assert reading.spoken is True


def test_voice_tags_with_class_entities_colon_and_no_end():
    reading = _vtt((1, 3, "<v.loud Ada M&uuml;ller>We <i>stop</i> &amp; look.</v> <v Ben: lead>Do <c.red>we</c>?"))
    assert _turns(reading) == [("Ada Müller", "We stop & look."), ("Ben: lead", "Do we?")]


def test_header_notes_styles_and_settings_are_no_words():
    header = (
        "\ufeffWEBVTT - shift talk\r\nKind: captions\r\n\r\nNOTE\r\nnot said\r\n\r\n"
        "STYLE\r\n::cue { color: red }\r\n\r\nopening\r\n"
    )
    reading = _vtt((1, 3, "We stop."), header=header)
    assert _turns(reading) == [(None, "We stop.")]
    assert _turns(read_vtt(b"WEBVTT\n\n1:00:01.000 --> 1:00:02.000 align:start\nSo.\n", "a", ReadOptions())) == [
        (None, "So.")
    ]


def test_names_before_a_colon_as_zoom_writes_them():
    reading = _vtt(
        (1, 3, "Ada Moss (she/her): Honestly: it was hard."),
        (3, 4, "Gupta, WUD: See https://example.org: there."),
        (4, 5, "Ada Moss (she/her): Note: not all."),
    )
    assert _turns(reading) == [
        ("Ada Moss", "Honestly: it was hard."),
        ("Gupta, WUD", "See https://example.org: there."),
        ("Ada Moss", "Note: not all."),
    ]


def test_names_given_only_at_changes_are_carried_on():
    reading = _vtt(
        (1, 3, "Ada: We moved"), (3, 5, "the press"), (5, 7, "twice."), (7, 8, "Ben: Why?"), (8, 9, "Ada: So.")
    )
    assert _turns(reading) == [("Ada", "We moved the press twice."), ("Ben", "Why?"), ("Ada", "So.")]


def test_a_missing_name_among_named_cues_is_nobody():
    named = [(2 * index, 2 * index + 2, f"<v Ada>Sentence {index}.") for index in range(20)]
    reading = _vtt(*named, (40, 42, "Who is that?"))
    assert _turns(reading)[-1] == (None, "Who is that?")
    assert reading.blocks[-1].role == "respondent"


def test_a_name_in_round_brackets_and_dashes():
    assert _turns(_vtt((1, 2, "(Ada Moss)\nWe stop."), (2, 3, "(Ben Hill)\nWhy?"), (3, 4, "(Ada Moss)\nSo."))) == [
        ("Ada Moss", "We stop."),
        ("Ben Hill", "Why?"),
        ("Ada Moss", "So."),
    ]
    assert _turns(_vtt((1, 2, "- Who is it?\n- Me."), (2, 3, "[Music]"), (3, 4, ">> Come in."))) == [
        (None, "Who is it?"),
        (None, "Me."),
        (None, "Come in."),
    ]


def test_a_hyphen_inside_a_line_stays():
    assert _turns(_vtt((1, 2, "Two shifts - early and late.")))[0][1] == "Two shifts - early and late."


def test_rolling_captions_are_read_once():
    lines = ["we have always done", "it in that way and", "nobody has asked us"]
    cues = []
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else ""
        timed = f"{above}\n{line[:7]}<00:00:01.500><c>{line[7:]}</c>".strip()
        cues += [(2 * index, 2 * index + 2, timed), (2 * index + 2, 2 * index + 2, line)]
    assert _turns(_vtt(*cues)) == [(None, " ".join(lines))]


def test_what_is_said_twice_stays():
    assert (
        _turns(_vtt((1, 2, "Yes, we do."), (2, 3, "Yes, we do."), (3, 4, "And more.")))[0][1].count("Yes, we do.") == 2
    )


def test_srt_with_missing_blank_lines_and_numbers_in_the_words():
    text = (
        "1\n00:00:01,000 --> 00:00:03,000\nWe need\n42\n2\n00:00:03,000 --> 00:00:04,000\nof them.\n\n"
        "3\n00:00:04,000 --> 00:00:05,000\n\n"
    )
    assert _turns(read_srt(text.encode(), "a.srt", ReadOptions())) == [(None, "We need 42 of them.")]


def test_spaces_left_out_after_punctuation_are_put_back():
    reading = _vtt((1, 2, "Well,we stopped.Um,it was3,5 or"), (2, 3, "so,yes,at line.example.com?No."))
    assert _turns(reading) == [(None, "Well, we stopped. Um, it was 3,5 or so, yes, at line.example.com? No.")]


def test_spacing_is_left_alone_where_it_is_the_exception():
    assert not needs_spaces(["One, two, three, four.", "Five,six and seven, eight."])
    assert mend_spaces("see https://a.org/x,y?z and e.g. this,that") == "see https://a.org/x,y?z and e.g. this, that"


def test_one_unreadable_time_is_skipped_with_a_note():
    text = "1\n00:00:01,000 --> 00:00:03,000\nGood.\n\n2\n00:0z:03 --> 00:00:04,000\nLost.\n"
    reading = read_srt(text.encode(), "a.srt", ReadOptions())
    assert _turns(reading) == [(None, "Good.")]
    assert "line 6" in reading.notes[0]


def test_several_unreadable_times_are_an_error_with_their_lines():
    text = "1\n00:0a --> 00:00:03,000\nA.\n\n2\n00:0z:03 --> 00:00:04,000\nB.\n\n3\n00:00:05,000 --> 00:00:06,000\nC.\n"
    with pytest.raises(InputError) as caught:
        read_srt(text.encode(), "a.srt", ReadOptions())
    assert [problem.where for problem in caught.value.problems] == ["a.srt, line 2", "a.srt, line 6"]


@pytest.mark.parametrize("data", [b"WEBVTT\n\n", b"Just words.\n"])
def test_a_file_without_captions_is_refused(data):
    with pytest.raises(InputError, match="no captions"):
        read_vtt(data, "a.vtt", ReadOptions())


def test_captions_without_punctuation_are_noted():
    cues = [(index, index + 1, f"and then {index} of us went on with the old line as ever") for index in range(12)]
    assert "punctuation" in _vtt(*cues).notes[0]
