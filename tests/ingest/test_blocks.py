import json

from antinomy.ingest.blocks import Block, Reading, clean_text, freeze
from antinomy.ingest.registry import read_document


def test_half_characters_are_replaced():
    assert clean_text("a \ud83d b \U0001f600") == "a \ufffd b \U0001f600"
    frozen = freeze((Block(text="We \ude00 wait.", speaker="A\ud83d"),))
    assert (frozen.text, frozen.turns[0].speaker) == ("A\ufffd: We \ufffd wait.", "A\ufffd")


def test_half_characters_in_what_a_file_says_of_itself_are_replaced():
    assert Reading(blocks=(), metadata={"title": "a\ud83d"}).metadata == {"title": "a\ufffd"}


def test_a_document_from_json_can_be_encoded_as_a_whole(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps([{"speaker": "A\ud83dnn", "text": "We wait \ud83d here."}, {"speaker": "Bo", "text": "So?"}])
    )
    document = read_document(path, id="a")
    path.write_text(json.dumps({"text": "Interviewer: \ud83dAnn\n\nWe wait here for the parts."}))
    plain = read_document(path, id="a")
    assert document.notes and plain.metadata["interviewer"] == "\ufffdAnn"
    assert repr(document).isprintable() and "\\ud83d" not in repr((document, plain))
    repr((document, plain)).encode()
