"""A training run under way <-> one file that it can go on from; nothing in it is pickled."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn, optim

NAME = "checkpoint.safetensors"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a run knows after an epoch.

    Attributes:
        epochs: What each epoch so far came to.
        network: Weights after the last epoch.
        best: Weights after the best one.
        moments: State of the optimizer, by number of the parameter and name.
    """

    epochs: list[dict[str, Any]]
    network: dict[str, Tensor]
    best: dict[str, Tensor]
    moments: dict[str, Tensor]


def save_checkpoint(folder: Path, fingerprint: str, checkpoint: Checkpoint) -> None:
    """Write a checkpoint; an interrupted write leaves the one before intact.

    Args:
        folder: Where the run keeps what it needs to go on.
        fingerprint: Of everything that decides the run.
        checkpoint: What to keep.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = {"network": checkpoint.network, "best": checkpoint.best, "moments": checkpoint.moments}
    tensors = {
        f"{part}/{name}": value.contiguous().clone() for part, held in parts.items() for name, value in held.items()
    }
    state = {"fingerprint": fingerprint, "epochs": json.dumps(checkpoint.epochs)}
    save_file(tensors, folder / f"{NAME}.new", metadata=state)
    (folder / f"{NAME}.new").replace(folder / NAME)


def load_checkpoint(folder: Path, fingerprint: str) -> Checkpoint | None:
    """Return what an interrupted run left behind; None if there is nothing, or it was another run's."""
    try:
        with safe_open(folder / NAME, framework="pt") as file:
            state = file.metadata()
            if state.get("fingerprint") != fingerprint:
                return None
            parts: dict[str, dict[str, Tensor]] = {"network": {}, "best": {}, "moments": {}}
            for key in file.keys():  # noqa: SIM118 - not a mapping
                part, name = key.split("/", 1)
                parts[part][name] = file.get_tensor(key)
    except (FileNotFoundError, SafetensorError):
        return None
    return Checkpoint(json.loads(state["epochs"]), parts["network"], parts["best"], parts["moments"])


def read_moments(optimizer: optim.Optimizer) -> dict[str, Tensor]:
    """Return the optimizer's state as named tensors."""
    state = optimizer.state_dict()["state"]
    return {f"{number}/{name}": value for number, held in state.items() for name, value in held.items()}


def restore_moments(optimizer: optim.Optimizer, moments: dict[str, Tensor]) -> None:
    """Put named tensors back as the optimizer's state."""
    whole = optimizer.state_dict()
    held: dict[int, dict[str, Tensor]] = {}
    for key, value in moments.items():
        number, name = key.split("/", 1)
        held.setdefault(int(number), {})[name] = value
    optimizer.load_state_dict({"state": held, "param_groups": whole["param_groups"]})


def copy_weights(network: nn.Module) -> dict[str, Tensor]:
    """Return a copy of the network's weights."""
    return {name: value.detach().clone() for name, value in network.state_dict().items()}
