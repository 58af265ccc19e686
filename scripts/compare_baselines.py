"""Measures baselines and models on gold: ``python scripts/compare_baselines.py --sources DIR [--model NAME …]``.

Baselines are fitted on the split train, calibrated on calibration and measured on test, as a model is. Writes
``comparison.json`` (gold set -> what ``baselines.figures.compare`` says) and prints its tables.
Needs the extras ``train`` and ``dev`` (scikit-learn).
"""

import argparse
import sys
from functools import cache
from pathlib import Path
from typing import Any

from antinomy.classify.artefact import TOKENIZER, find_model, load_artefact, write_json
from antinomy.classify.base import find_base_encoder, name_encoder
from antinomy.classify.examples import ReadSentences, build_examples
from antinomy.classify.passages import FileTokenizer
from antinomy.classify.predict import Classifier
from antinomy.codebook import Codebook, load_codebook
from antinomy.errors import ModelError, UserError
from antinomy.gold import GoldSet, find_gold, read_gold
from antinomy.measure import DRAWS, SEED, describe_sentences, predict_examples, read_sentences
from antinomy.records import Prediction
from baselines.figures import Settings, compare
from baselines.listed import fit_dictionary, fit_majority
from baselines.logistic import fit_frozen, fit_tfidf
from baselines.parts import Part, choose_units, read_parts
from baselines.table import format_table


def main(request: argparse.Namespace) -> dict[str, Any]:
    """Return what ``comparison.json`` holds."""
    codebook, base = load_codebook(), request.base or find_base_encoder()
    golds = [read_gold(folder, codebook, sources=request.sources) for folder in find_gold(request.gold)]
    classifiers = [Classifier(load_artefact(find_model(model), codebook), codebook) for model in request.model]
    names = [classifier.artefact.name for classifier in classifiers]
    if len(set(names)) < len(names):
        raise ModelError("two models have the same name", where=", ".join(names), fix="Measure them one by one.")
    # every tokenizer cuts the same sentences, so documents are read once
    read = cache(read_sentences)
    tokenizer = FileTokenizer(str(base / TOKENIZER))
    train, calibration, tests = read_parts(golds, codebook, tokenizer, read)
    fitted = {
        "majority (no code)": fit_majority(train, codebook),
        "dictionary": fit_dictionary(train, codebook),
        "TF-IDF + logistic regression": fit_tfidf(train, calibration, codebook),
        "frozen embeddings + logistic regression": fit_frozen(
            train, calibration, codebook, base=base, padding=tokenizer.padding
        ),
    }
    settings, sets = Settings(request.draws, request.seed), {}
    for gold in golds:
        if gold.id in tests:
            named = {name: predict(tests[gold.id]) for name, predict in fitted.items()}
            said = {
                c.artefact.name: ask(c, codebook, choose_units(gold, "test"), tests[gold.id], read) for c in classifiers
            }
            sentences = describe_sentences(gold, tests[gold.id].examples)
            sets[gold.id] = compare({**named, **said}, sentences, codebook, settings, models=said)
            print(format_table(gold.id, sets[gold.id], codebook), flush=True)
    meaning = {"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256}
    settled = {"draws": request.draws, "seed": request.seed, "base": name_encoder(base)}
    return {"codebook": meaning, "settings": settled, "sets": sets}


def ask(classifier: Classifier, codebook: Codebook, gold: GoldSet, part: Part, read: ReadSentences) -> list[Prediction]:
    """Return what a model says of the sentences of a part, in their order."""
    artefact = classifier.artefact
    examples = build_examples(gold, artefact.labels, FileTokenizer(str(artefact.folder / TOKENIZER)), read)
    said = predict_examples(classifier, codebook, examples)
    by_unit = dict(zip((unit.id for example in examples for unit in example.units), said, strict=True))
    return [by_unit[unit.id] for example in part.examples for unit in example.units]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[1] / "data" / "gold")
    parser.add_argument("--sources", type=Path, help="local copies of documents that gold only refers to")
    parser.add_argument("--base", type=Path, help="folder of the encoder; default: all-MiniLM-L6-v2")
    parser.add_argument("--model", action="append", default=[], help="model folder or name; may be given several times")
    parser.add_argument("--out", type=Path, default=Path("comparison.json"))
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    try:
        write_json(given.out, main(given))
    except UserError as error:
        sys.exit(f"error: {error}")
