"""A trained network -> int8 weights of a model folder, calibrated."""

import tempfile
from pathlib import Path

import numpy as np
import torch

from antinomy.classify.artefact import write_weights
from antinomy.classify.network import Network
from antinomy.classify.passages import Passage
from antinomy.classify.train import as_tensors


def fold_calibration(network: Network, scales: np.ndarray, shifts: np.ndarray) -> None:
    """Scale and shift the logits inside the head, so that its sigmoid is the calibrated probability."""
    with torch.no_grad():
        a = torch.tensor(scales, dtype=torch.float32)
        network.head.weight.mul_(a[:, None])
        network.head.bias.mul_(a).add_(torch.tensor(shifts, dtype=torch.float32))


def export_onnx(network: Network, out: Path) -> None:
    """Write the network into a model folder as ONNX with int8 weights; all sizes of its inputs stay dynamic."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    example = as_tensors([Passage(tuple(range(5, 17)), ((2, 5), (6, 9)))] * 2, 0, torch.device("cpu"))
    names = ["input_ids", "attention_mask", "pool"]
    tokens = {0: "passages", 1: "tokens"}
    axes = {
        "input_ids": tokens,
        "attention_mask": tokens,
        "pool": {0: "passages", 1: "sentences", 2: "tokens"},
        "logits": {0: "passages", 1: "sentences"},
    }
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            network,
            tuple(example[name] for name in names),
            str(full),
            input_names=names,
            output_names=["logits"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        small = Path(folder) / "small.onnx"
        quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True)
        write_weights(out, small)
