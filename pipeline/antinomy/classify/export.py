"""A trained network -> ``model.onnx`` with int8 weights, calibrated."""

import tempfile
from pathlib import Path

import numpy as np
import torch

from antinomy.classify.network import Network
from antinomy.classify.train import as_tensors
from antinomy.classify.windows import Window


def fold_calibration(network: Network, scales: np.ndarray, shifts: np.ndarray) -> None:
    """Scale and shift the logits inside the head, so that its sigmoid is the calibrated probability."""
    with torch.no_grad():
        a = torch.tensor(scales, dtype=torch.float32)
        network.head.weight.mul_(a[:, None])
        network.head.bias.mul_(a).add_(torch.tensor(shifts, dtype=torch.float32))


def export_onnx(network: Network, path: Path) -> None:
    """Write the network as ONNX with int8 weights; windows and tokens stay dynamic."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    example = as_tensors([Window(tuple(range(1, 13)), (0,) * 4 + (1,) * 4 + (0,) * 4)] * 2)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "windows", 1: "tokens"} for name in names} | {"logits": {0: "windows"}}
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
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True)
