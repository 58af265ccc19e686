import csv
import json
import shutil

import pytest

from antinomy.classify import artefact
from antinomy.classify.artefact import load_artefact
from antinomy.classify.predict import Classifier
from antinomy.codebook import load_codebook
from antinomy.errors import GoldError, ModelError
from antinomy.gold import read_gold
from antinomy.measure import read_sentences


def test_the_trained_model_gives_the_code_where_gold_has_it(tiny_model, tiny_gold):
    codebook = load_codebook()
    classifier = Classifier(load_artefact(tiny_model, codebook), codebook)
    _, sentences = read_sentences(tiny_gold / "documents" / "talk_5.txt")
    predictions = list(classifier.predict(sentences))
    assert len(predictions) == len(sentences) == 25
    assert predictions[0] is None  # the interviewer
    assert all(p.codes == ("organising", "pull_vs_push") for p in predictions[1::2])
    assert all(p.codes == () for p in predictions[2::2])
    assert all(p.probabilities["pull_vs_push"] <= p.probabilities["organising"] for p in predictions[1:])


def test_card_and_metrics_come_from_the_run_and_quote_nothing(tiny_model):
    metrics = json.loads((tiny_model / "metrics.json").read_text("utf-8"))
    table = metrics["splits"]["test"]["tiny"]
    assert table["sentences"] == 48
    assert table["codes"]["pull_vs_push"]["f1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert table["codes"]["dogma"]["f1"]["value"] is None
    card = (tiny_model / "README.md").read_text("utf-8")
    assert "| `pull_vs_push` | 24.0 | 24 | 1.00 | 1.00 | 1.00 [1.00, 1.00] |" in card
    assert "| `tiny` | 6 | 48 | 48 | 48 |" in card
    assert "- `tiny`: Six talks of one worker." in card
    assert "fine-tuned from an encoder with sha256" in card and "MiniLM" not in card
    assert "`pull_vs_push` 24" in card.split("Few sentences to learn from")[1]
    assert "sensors" not in card and "apprentice" not in card


def test_a_run_is_told_the_test_scores_without_their_intervals(tiny_model, tmp_path):
    codebook = load_codebook()
    scores = load_artefact(tiny_model, codebook).read_test_scores()["tiny"]
    assert scores["sentences"] == 48
    assert scores["codes"]["pull_vs_push"]["f1"] == scores["dimensions"]["tension"]["kappa_any"] == 1.0
    assert set(scores) == {"sentences", "codes", "dimensions"}
    early = shutil.copytree(tiny_model, tmp_path / "early")  # as models had it before there were intervals
    (early / "metrics.json").write_text(json.dumps({"splits": {"test": {"tiny": scores}}}))
    assert load_artefact(early, codebook).read_test_scores() == {"tiny": scores}


def test_altered_or_missing_files_are_refused(tiny_model, tmp_path):
    codebook = load_codebook()
    broken = shutil.copytree(tiny_model, tmp_path / "broken")
    (broken / "thresholds.json").write_text("{}")
    with pytest.raises(ModelError, match="thresholds.json was altered"):
        load_artefact(broken, codebook)
    (broken / "model.onnx.1").unlink()
    with pytest.raises(ModelError, match="model.onnx.1 is missing"):
        load_artefact(broken, codebook)
    with pytest.raises(ModelError, match="manifest.json is missing"):
        load_artefact(tmp_path, codebook)


def test_weights_are_split_and_joined(tmp_path, monkeypatch):
    monkeypatch.setattr(artefact, "SHARD", 4)
    whole = tmp_path / "weights"
    whole.write_bytes(bytes(range(45)))
    artefact.write_weights(tmp_path, whole)
    assert len(artefact.list_shards(tmp_path)) == 12
    assert artefact.read_weights(tmp_path) == bytes(range(45))


def test_no_file_of_a_model_is_pickled(tiny_model):
    assert not [path for path in tiny_model.iterdir() if path.suffix in {".pt", ".pkl", ".bin", ".joblib"}]


def edit(gold, tmp_path, name, change):
    copy = shutil.copytree(gold, tmp_path / "gold")
    with (copy / name).open(newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with (copy / name).open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return copy


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("codings.csv", lambda rows: rows[0].update(code="typo"), "unknown code 'typo'"),
        ("codings.csv", lambda rows: rows.__delitem__(slice(0, 2)), "nobody coded it"),
        ("splits.csv", lambda rows: rows[0].update(split="exam"), "unknown split 'exam'"),
        ("splits.csv", lambda rows: rows.pop(), "has no split"),
        ("units.csv", lambda rows: rows[0].update(document="lost"), "unknown document 'lost'"),
        ("documents.csv", lambda rows: rows[0].update(sha256="0"), "document was altered"),
        ("documents.csv", lambda rows: rows[0].update(file="documents/lost.txt"), "document not found"),
    ],
)
def test_incoherent_gold_is_named(tiny_gold, tmp_path, name, change, message):
    with pytest.raises(GoldError, match=message):
        read_gold(edit(tiny_gold, tmp_path, name, change), load_codebook())


def test_a_unit_whose_words_are_not_those_coded_is_refused(tiny_gold, tmp_path):
    copy = edit(tiny_gold, tmp_path, "units.csv", lambda rows: rows[0].update(start="1"))
    gold = read_gold(copy, load_codebook())
    with pytest.raises(GoldError, match="is not the text that was coded"):
        list(gold.by_document())
