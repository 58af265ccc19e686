import shutil

import pytest

from antinomy.classify.checkpoint import NAME
from antinomy.codebook import load_codebook
from antinomy.train_flow import TrainRequest, train_model


class Interrupted(Exception):
    pass


def train(gold, base, out, *, stop_after=None, seed=1):
    """Train for three epochs; return what was said of each."""
    said = []

    def say(line):
        said.append(line)
        if stop_after and line.startswith(f"epoch {stop_after + 1}:"):
            raise Interrupted

    request = TrainRequest(gold=(gold,), sources=None, base=base, out=out, name=out.name, version="1")
    settings = {"epochs": 3, "patience": 3, "learning_rate": 3e-3, "head_rate": 3e-2, "decay": 1.0, "seed": seed}
    train_model(request, load_codebook(), settings=settings, say=say)
    return [line for line in said if line.startswith("epoch")]


def test_an_interrupted_training_goes_on_and_ends_where_it_would_have_ended(tiny_gold, tiny_base, tmp_path):
    whole = train(tiny_gold, tiny_base, tmp_path / "whole")
    with pytest.raises(Interrupted):
        train(tiny_gold, tiny_base, tmp_path / "broken", stop_after=1)
    kept = tmp_path / ".broken.training"
    assert (kept / NAME).is_file() and not (tmp_path / "broken").exists()
    started = (kept / NAME).stat().st_mtime_ns
    assert train(tiny_gold, tiny_base, tmp_path / "broken") == whole
    assert started and not kept.exists()
    same = [(tmp_path / name / "labels.json").read_bytes() for name in ("whole", "broken")]
    assert same[0] == same[1]


def test_the_checkpoint_of_another_run_is_not_used(tiny_gold, tiny_base, tmp_path):
    with pytest.raises(Interrupted):
        train(tiny_gold, tiny_base, tmp_path / "m", stop_after=1)
    other = train(tiny_gold, tiny_base, tmp_path / "fresh", seed=2)
    shutil.rmtree(tmp_path / "fresh")
    assert train(tiny_gold, tiny_base, tmp_path / "m", seed=2) == other
