"""A tiny encoder, a tiny gold set and the model trained on them: the whole path without any download."""

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODED = "We get the sensors pushed on us and nobody on the line asked for them."
PLAIN = "I started here as an apprentice in the tool shop."
WORDS = sorted({word for text in (CODED, PLAIN) for word in text.lower().replace(".", " .").split()})


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory):
    """An encoder of one layer with random weights, and a tokenizer that knows a few words."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("base")
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary = {token: number for number, token in enumerate([*special, ":", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(0)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(vocabulary), **sizes), add_pooling_layer=False).save_pretrained(folder)
    return folder


def write_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="session")
def tiny_gold(tmp_path_factory):
    """Six interviews, two a split, in which one sentence recurs coded and another uncoded."""
    folder = tmp_path_factory.mktemp("gold") / "tiny"
    (folder / "documents").mkdir(parents=True)
    documents, units, codings, splits = [], [], [], []
    for number in range(6):
        name = f"talk_{number}"
        text = "Interviewer: How did it begin?\n\n" + "".join(f"Kari: {CODED} {PLAIN}\n\n" for _ in range(12))
        path = folder / "documents" / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        documents.append({"document": name, "file": f"documents/{name}.txt", "sha256": digest})
        splits.append({"document": name, "split": ("train", "calibration", "test")[number // 2]})
        start = 0
        for place in range(12):
            for words, code in ((CODED, "pull_vs_push"), (PLAIN, "none")):
                start = text.index(words, start)
                unit = f"{name}-{place}-{code}"
                digest = hashlib.sha256(words.encode()).hexdigest()
                span = {"start": start, "end": start + len(words)}
                units.append({"id": unit, "document": name, **span, "sha256": digest, "sample": "all"})
                for coder in ("ann", "ben"):
                    dimension = "" if code == "none" else "tension"
                    codings.append({"id": unit, "coder": coder, "dimension": dimension, "code": code})
                start += len(words)
    for name, rows in (("documents", documents), ("units", units), ("codings", codings), ("splits", splits)):
        write_csv(folder / f"{name}.csv", rows)
    head = {"id": "tiny", "codebook": "antinomy", "codebook_version": "1.1", "documents": "here", "adjudicator": None}
    head["about"] = "Six talks of one worker."
    (folder / "set.json").write_text(json.dumps(head), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def tiny_model(tiny_gold, tiny_base, tmp_path_factory):
    """The model folder that training makes of the tiny gold set."""
    from antinomy.codebook import load_codebook
    from antinomy.train_flow import TrainRequest, train_model

    out = tmp_path_factory.mktemp("models") / "tiny-1"
    request = TrainRequest(gold=(tiny_gold,), sources=None, base=tiny_base, out=out, name="tiny-1", version="1")
    # a network with random weights learns at rates that would ruin a pre-trained one
    settings = {"epochs": 8, "patience": 8, "learning_rate": 3e-3, "head_rate": 3e-2, "decay": 1.0}
    return train_model(request, load_codebook(), settings=settings, say=print)


def run_cli(*arguments, **options):
    """Run antinomy as a user does, in its own process."""
    command = [sys.executable, "-m", "antinomy", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, **options)


@pytest.fixture(scope="session")
def cli():
    """The command line as a function."""
    return run_cli
