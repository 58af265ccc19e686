import json

import pyarrow
import pytest
from pyarrow import parquet

from antinomy.errors import InputError
from antinomy.report import load_run
from antinomy.run_tables import iterate_cues, iterate_sentences


def rewrite(path, change):
    parquet.write_table(change(parquet.read_table(path)), path)


def test_a_run_is_read_back(make_run, said, spoken):
    talk = said("We {m:contrast|but} wait.", {"pull_vs_push": 0.9}, speaker="Ann", page=3, time=4.5)
    folder = make_run([spoken("a.txt", [talk], {"organisation": "Plant"}, ["A note."])])
    tables = load_run(folder)
    (document,) = tables.documents
    assert (document.id, document.organisation, document.notes) == ("a.txt", "Plant", ("A note.",))
    (coded,) = iterate_sentences(tables)
    assert coded.prediction.codes == ("organising", "pull_vs_push")
    assert coded.prediction.probabilities["pull_vs_push"] == pytest.approx(0.9)
    assert (coded.sentence.text, coded.sentence.page, coded.sentence.time) == ("We but wait.", 3, 4.5)
    (cue,) = iterate_cues(tables)
    assert coded.sentence.text[cue.start : cue.end] == "but"


def test_every_missing_file_is_named(make_run, said, spoken):
    folder = make_run([spoken("a.txt", [said("One.")])])
    (folder / "cues.parquet").unlink()
    (folder / "run.json").unlink()
    with pytest.raises(InputError) as caught:
        load_run(folder)
    assert [problem.where for problem in caught.value.problems] == [
        str(folder / "run.json"),
        str(folder / "cues.parquet"),
    ]


@pytest.mark.parametrize("name", ["run.json", "codebook.json", "documents.parquet"])
@pytest.mark.parametrize("content", [b"", b"PAR1 not really", b"[1, 2]", b"\xff\xfe", b'{"id": []'])
def test_a_damaged_file_is_named(make_run, said, spoken, name, content):
    folder = make_run([spoken("a.txt", [said("One.")])])
    (folder / name).write_bytes(content)
    with pytest.raises(InputError, match=name):
        load_run(folder)


def test_a_codebook_without_codes_is_no_codebook(make_run, said, spoken):
    folder = make_run([spoken("a.txt", [said("One.")])])
    (folder / "codebook.json").write_text("{}")
    with pytest.raises(InputError, match=r"codebook\.json: not a codebook"):
        load_run(folder)


def test_a_damaged_table_is_named_when_it_is_iterated(make_run, said, spoken):
    folder = make_run([spoken("a.txt", [said("One.")])])
    tables = load_run(folder)
    (folder / "sentences.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match=r"sentences\.parquet"):
        list(iterate_sentences(tables))


def test_a_missing_column_is_named(make_run, said, spoken):
    folder = make_run([spoken("a.txt", [said("One.")])])
    rewrite(folder / "sentences.parquet", lambda table: table.drop_columns(["archetype"]))
    with pytest.raises(InputError, match="column 'archetype' is missing"):
        list(iterate_sentences(load_run(folder)))


def test_a_code_outside_the_codebook_is_named(make_run, said, spoken):
    folder = make_run([spoken("a.txt", [said("One.")])])
    foreign = pyarrow.array([["zeal"]], pyarrow.list_(pyarrow.string()))
    rewrite(folder / "sentences.parquet", lambda table: table.drop_columns(["action"]).append_column("action", foreign))
    with pytest.raises(InputError, match="'zeal' is not in codebook"):
        list(iterate_sentences(load_run(folder)))


def test_what_is_optional_may_be_missing(make_run, said, spoken):
    folder = make_run([spoken("a.txt", [said("We {h:long|soon} wait.", {"dogma": 0.9})])])
    optional = ["page", "time", *(f"p_{code}" for code in ("dogma", "myopia"))]
    rewrite(folder / "sentences.parquet", lambda table: table.drop_columns(optional))
    rewrite(folder / "cues.parquet", lambda table: table.drop_columns(["duration", "resolved", "negated", "holder"]))
    rewrite(folder / "documents.parquet", lambda table: table.select(["document"]))
    tables = load_run(folder)
    assert tables.documents[0].metadata == {}
    (coded,) = iterate_sentences(tables)
    assert coded.prediction.codes == ("dogma",)
    assert "dogma" not in coded.prediction.probabilities
    assert coded.sentence.page is None
    (cue,) = iterate_cues(tables)
    assert (cue.negated, cue.holder) == (False, None)


@pytest.mark.parametrize("metadata", ["", "no json", "[]", "null", '"text"'])
def test_unusable_metadata_say_nothing(make_run, said, spoken, metadata):
    folder = make_run([spoken("a.txt", [said("One.")])])
    column = pyarrow.array([metadata])
    rewrite(
        folder / "documents.parquet", lambda table: table.drop_columns(["metadata"]).append_column("metadata", column)
    )
    assert load_run(folder).documents[0].metadata == {}


def test_numbers_that_are_none_are_no_numbers(make_run, said, spoken):
    nan = float("nan")
    folder = make_run([spoken("a.txt", [said("One.", {"dogma": nan}, time=nan)])])
    (coded,) = iterate_sentences(load_run(folder))
    assert coded.sentence.time is None
    assert "dogma" not in coded.prediction.probabilities


def test_sentences_that_were_not_coded_have_no_prediction(make_run, said, spoken):
    question = said("Why?", {"dogma": 0.9}, role="interviewer", status="interviewer")
    (coded,) = iterate_sentences(load_run(make_run([spoken("a.txt", [question])])))
    assert coded.prediction is None


def test_the_codebook_is_the_one_that_was_written(rich_run):
    written = json.loads((rich_run / "codebook.json").read_text())
    assert json.loads(json.dumps(load_run(rich_run).codebook.as_dict())) == written
