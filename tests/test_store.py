import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from antinomy import store
from antinomy.codebook import load_codebook
from antinomy.records import CodedSentence, Cue, Document, Prediction, Sentence, Turn

CODEBOOK = load_codebook()


def make_sentence(number, status="coded"):
    return Sentence(
        document="d", turn=0, index=number, start=number, end=number + 1, text="x", speaker="Eva", role="respondent",
        time=1.5, status=status,
    )  # fmt: skip


def test_codes_go_to_their_dimension_and_probabilities_to_their_column():
    prediction = Prediction({"organising": 0.75, "pull_vs_push": 0.5}, ("organising", "pull_vs_push"))
    schema = store.sentence_schema(CODEBOOK, {"model_sha256": "abc"})
    coded = [CodedSentence(make_sentence(0), prediction, ()), CodedSentence(make_sentence(1, "interviewer"), None, ())]
    first, second = store.sentence_table(coded, CODEBOOK, schema).to_pylist()
    assert (first["paradox"], first["tension"], first["archetype"]) == (["organising"], ["pull_vs_push"], [])
    assert (first["p_organising"], first["p_pull_vs_push"], first["p_myopia"]) == (0.75, 0.5, None)
    assert (second["paradox"], second["p_organising"], second["status"]) == ([], None, "interviewer")
    assert schema.metadata[b"antinomy.model_sha256"] == b"abc"


def test_cues_and_documents_survive_the_table():
    cue = Cue(
        document="d", sentence=3, kind="horizon", code="long", start=4, end=9, rule="horizon.years", text="2 yrs",
        duration="P2Y", negated=True,
    )  # fmt: skip
    [row] = store.cue_table([cue]).to_pylist()
    assert Cue(**row) == cue
    document = Document(
        id="d", path="in/d.txt", format="text", sha256="0", text="Häl 🙂", turns=(Turn(start=0, end=5),),
        metadata={"date": "2024-03"}, notes=("read as cp1252",),
    )  # fmt: skip
    [row] = store.document_table([document]).to_pylist()
    assert (row["document"], row["characters"], row["turns"], row["text"]) == ("d", 5, 1, "Häl 🙂")
    assert (row["metadata"], row["notes"]) == ('{"date": "2024-03"}', ["read as cp1252"])


@pytest.mark.parametrize("cuts", [[10_000, 30_000], [1, 16_384, 16_385, 39_999], list(range(500, 40_000, 500))])
def test_how_rows_were_cut_into_parts_does_not_show_in_the_bytes(tmp_path, cuts):
    table = pa.table({"n": list(range(40_000)), "words": [f"w{i % 97}" for i in range(40_000)]})

    def write(name, places):
        edges = [0, *places, table.num_rows]
        parts = []
        for number, (a, b) in enumerate(zip(edges, edges[1:], strict=False)):
            parts.append(tmp_path / f"{name}{number}.parquet")
            pq.write_table(table.slice(a, b - a), parts[-1])
        target = tmp_path / f"{name}.parquet"
        assert store.concat_tables(parts, target, table.schema) == 40_000
        return target

    whole, pieces = write("whole", []), write("pieces", cuts)
    assert pq.read_table(pieces).equals(table)
    assert whole.read_bytes() == pieces.read_bytes()


def test_no_rows_make_an_empty_table_with_all_columns(tmp_path):
    schema = store.sentence_schema(CODEBOOK, {})
    assert store.concat_tables([], tmp_path / "empty.parquet", schema) == 0
    assert pq.read_table(tmp_path / "empty.parquet").schema.names == schema.names
