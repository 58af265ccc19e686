"""Prints sentences per second of the whole run beside a naive one: ``python scripts/bench_label.py [PATHS…]``.

Naive: spaCy's full pipeline over every turn, then one ``transformers`` forward pass per sentence with the
same encoder in full precision. Both read the same files in the same process, antinomy first and last.
"""

import sys
import tempfile
import time
from pathlib import Path

import spacy
import torch
from transformers import AutoModel, AutoTokenizer

from antinomy.batch.progress import Progress
from antinomy.batch.run_folder import prepare_folder, run_labelling
from antinomy.classify.base import find_base_encoder
from antinomy.flow import Labeller, LabelSettings
from antinomy.ingest.collect import collect_files
from antinomy.language_model import find_language_model
from antinomy.report.exports import write_exports


def run_antinomy(paths: list[str]) -> float:
    """Label into a fresh folder, with workbook and report; return sentences per second, loading included."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        prepare_folder(out)
        found = collect_files(paths).found
        labeller = Labeller(LabelSettings())
        result = run_labelling(found, {}, out, labeller=labeller, settings={}, progress=Progress(1, 1, quiet=True))
        write_exports(out, ["xlsx", "html"])
    return result.counts["sentences"] / (time.perf_counter() - begun)


def run_naive(paths: list[str]) -> float:
    """Do it the naive way; return sentences per second, loading included."""
    begun = time.perf_counter()
    language = spacy.load(find_language_model()[1])
    tokenizer = AutoTokenizer.from_pretrained(find_base_encoder())
    encoder = AutoModel.from_pretrained(find_base_encoder()).eval()
    reader, sentences = Labeller(LabelSettings()), 0
    for found in collect_files(paths).found:
        document = reader.read(found, {})
        for turn in document.turns:
            for sentence in language(document.text[turn.start : turn.end]).sents:
                with torch.inference_mode():
                    encoder(**tokenizer(sentence.text, return_tensors="pt", truncation=True))
                sentences += 1
    return sentences / (time.perf_counter() - begun)


if __name__ == "__main__":
    given = sys.argv[1:] or [str(Path(__file__).parents[1] / "data" / "samples")]
    first, naive, second = run_antinomy(given), run_naive(given), run_antinomy(given)
    print(f"antinomy, whole run:  {first:.0f} and {second:.0f} sentences/s")
    print(f"naive:                {naive:.0f} sentences/s")
    print(f"ratio:                {(first + second) / 2 / naive:.1f}")
