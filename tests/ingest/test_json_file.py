import json

import pytest

from antinomy.errors import InputError
from antinomy.ingest.blocks import ReadOptions, freeze
from antinomy.ingest.json_file import read_json


def _read(content):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_json(data, "a.json", ReadOptions())


def _rows(reading):
    return [(block.speaker, block.text, block.start_time) for block in reading.blocks]


def test_whisper_segments_are_joined_like_captions():
    reading = _read(
        {
            "text": " We moved it. And more.",
            "segments": [
                {"start": 0.0, "end": 4.2, "text": " We moved", "words": [{"word": "We", "start": 0.0}]},
                {"start": 4.2, "end": 6.0, "text": " it."},
                {"start": 16.0, "end": 17.0, "text": " And more."},
            ],
            "language": "en",
        }
    )
    assert [frozen.start_time for frozen in freeze(reading.blocks).turns] == [0.0, 16.0]
    assert reading.spoken is True


def test_whisperx_speakers_and_a_segment_without_one():
    segments = [
        {"start": 0.0, "end": 2.0, "text": "We moved", "speaker": "SPEAKER_00"},
        {"start": 2.0, "end": 3.0, "text": "it."},
        {"start": 3.0, "end": 4.0, "text": "Why?", "speaker": "SPEAKER_01"},
    ]
    frozen = freeze(_read({"segments": segments}).blocks)
    assert [(turn.speaker, frozen.text[turn.start : turn.end]) for turn in frozen.turns] == [
        ("SPEAKER_00", "We moved it."),
        ("SPEAKER_01", "Why?"),
    ]


def test_offsets_of_whisper_cpp_are_milliseconds_however_slow_the_talk():
    reading = _read({"transcription": [{"offsets": {"from": 10, "to": 900}, "text": " We stop here for now, all."}]})
    assert [(block.start_time, block.end_time) for block in reading.blocks] == [(0.01, 0.9)]


def test_integer_milliseconds_are_told_from_seconds():
    turns = [
        {"speaker": "A", "text": "so it is", "start": 250, "end": 4000},
        {"speaker": "B", "text": "yes", "start": 95000},
    ]
    assert [start for *_, start in _rows(_read({"utterances": turns}))] == [0.25, 95.0]


def test_speakers_listed_beside_the_turns():
    reading = _read(
        {
            "speech": {
                "speakers": [{"id": 7, "speaker_name": "Ada"}],
                "transcripts": [{"transcript": "Well.", "speaker_id": 7}, {"transcript": "Yes.", "speaker_id": 8}],
            }
        }
    )
    assert _rows(reading) == [("Ada", "Well.", None), ("Speaker 8", "Yes.", None)]


def test_the_list_with_speakers_wins_over_longer_lists():
    reading = _read(
        {
            "queries": [{"query": "Why?", "answer": "A very long summary of what was said " * 9}],
            "meeting_transcripts": [{"speaker": "Ada", "content": "We stop."}, {"speaker": "Ben", "content": "Why?"}],
        }
    )
    assert _rows(reading) == [("Ada", "We stop.", None), ("Ben", "Why?", None)]


@pytest.mark.parametrize(
    "content",
    [
        [{"speaker": "Ada", "text": "We stop."}],
        {"data": {"turns": [{"speaker": {"name": "Ada"}, "utterance": "We stop."}]}},
        b'{"speaker": "Ada", "text": "We stop."}\n\n{"other": 1}\n',
        b'\xef\xbb\xbf[{"who": "Ada", "message": "We stop."}]',
    ],
)
def test_lists_of_turns_wherever_they_stand(content):
    assert _rows(_read(content)) == [("Ada", "We stop.", None)]


def test_turns_without_speakers_are_searched_for_marks():
    assert _read([{"text": "Ada: We stop."}, {"text": "Ben: Why?"}]).spoken is None


def test_a_bare_text_is_paragraphs():
    assert [text for _, text, _ in _rows(_read({"text": "We stop.\nWhy?\n"}))] == ["We stop.", "Why?"]


def test_an_unknown_shape_names_the_keys_that_were_looked_for():
    with pytest.raises(InputError) as caught:
        _read({"a": {"b": [1, 2]}})
    assert "utterance" in caught.value.problems[0].what
    assert "speaker" in caught.value.problems[0].fix


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b'{"text": "We', "a.json, line 1"),
        (b'{"text": "We"}\n{"text": "stop"\n', "a.json, line 2"),
        (b"[" * 200_000, "a.json"),
        (b'{"a":' * 200_000, "a.json"),
        (b'{"text": ' + b"1" * 9_000 + b"}", "a.json"),
    ],
)
def test_damaged_or_bottomless_json_is_refused(data, where):
    with pytest.raises(InputError) as caught:
        _read(data)
    assert caught.value.problems[0].where == where
