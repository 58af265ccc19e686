"""A trained network -> int8 weights of a model folder, calibrated."""

import logging
import tempfile
from pathlib import Path

import numpy as np
import torch

from antinomy.classify.artefact import write_weights
from antinomy.classify.network import Network
from antinomy.classify.passages import Passage
from antinomy.classify.train import as_tensors

# How the exporter names the second product of a layer's feed-forward part, in BERT and MPNet.
LAST_PRODUCT = "output/dense"


def fold_calibration(network: Network, scales: np.ndarray, shifts: np.ndarray) -> None:
    """Scale and shift the logits inside the head, so that its sigmoid is the calibrated probability."""
    with torch.no_grad():
        a = torch.tensor(scales, dtype=torch.float32)
        network.head.weight.mul_(a[:, None])
        network.head.bias.mul_(a).add_(torch.tensor(shifts, dtype=torch.float32))


def export_onnx(network: Network, out: Path) -> None:
    """Write the network into a model folder as ONNX with int8 weights; all sizes of its inputs stay dynamic."""
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
        quantize_weights(full, Path(folder) / "small.onnx")
        write_weights(out, Path(folder) / "small.onnx")


def quantize_weights(full: Path, small: Path) -> None:
    """Turn the weights of an ONNX file into int8.

    Most products take their inputs as int8 too, with one scale for the whole tensor. What enters the last product of a
    layer has outliers that would drown the rest, so its weights are int8 in blocks and its inputs are scaled by block.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

    # both tell of every node
    logging.disable(logging.WARNING)
    try:
        model = onnx.load(full)
        others = [node.name for node in model.graph.node if node.op_type == "MatMul" and LAST_PRODUCT not in node.name]
        blocks = DefaultWeightOnlyQuantConfig(block_size=256, is_symmetric=True, accuracy_level=4, bits=8)
        quantizer = MatMulNBitsQuantizer(model, nodes_to_exclude=others, algo_config=blocks)
        quantizer.process()
        partly = small.with_suffix(".partly.onnx")
        onnx.save(quantizer.model.model, partly)
        quantize_dynamic(partly, small, weight_type=QuantType.QInt8, per_channel=True)
    finally:
        logging.disable(logging.NOTSET)
