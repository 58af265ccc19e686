"""Training examples -> a fine-tuned network."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from antinomy.classify.examples import Example
from antinomy.classify.network import Network
from antinomy.classify.predict import pad_windows
from antinomy.classify.windows import Window

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """What decides a training run.

    Attributes:
        epochs: Passes over the coded sentences at most; the best one on the calibration split is kept.
        patience: Epochs without gain after which training stops.
        batch: Windows per step.
        uncoded: Sentences without code drawn anew each epoch, per coded one: most carry none, and
            without balance the rare codes drown.
        learning_rate: Of the encoder's last layer; each layer below has ``decay`` times as much.
        decay: See ``learning_rate``.
        head_rate: Learning rate of the head.
        weight_decay: Of AdamW.
        dropout: Before the head.
        drop_context: Share of windows whose context is hidden during training.
        drop_tokens: Share of tokens masked during training.
        seed: Of everything random.
    """

    epochs: int = 6
    patience: int = 2
    batch: int = 32
    uncoded: float = 1.5
    learning_rate: float = 1e-4
    decay: float = 0.9
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    dropout: float = 0.2
    drop_context: float = 0.15
    drop_tokens: float = 0.1
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Epoch:
    """What one epoch came to: mean loss in training, mean average precision on calibration."""

    number: int
    loss: float
    score: float


def train_network(
    network: Network,
    examples: Sequence[Example],
    judge: Callable[[Network], float],
    settings: TrainSettings,
    *,
    mask_id: int,
    report: Callable[[Epoch], None],
    progress: Callable[[Sequence[list[int]]], Iterator[list[int]]] = iter,
) -> list[Epoch]:
    """Fine-tune ``network`` in place and leave it as it was after its best epoch.

    Args:
        network: Encoder with a fresh head.
        examples: The training split.
        judge: Returns the score by which epochs are compared (higher is better).
        settings: See ``TrainSettings``.
        mask_id: Token that stands for a hidden one.
        report: Called after every epoch.
        progress: Wraps the batches of an epoch.
    """
    torch.manual_seed(settings.seed)
    random = np.random.default_rng(settings.seed)
    # word vectors stay as pre-training left them: rare words would only be memorised
    network.encoder.embeddings.requires_grad_(requires_grad=False)
    optimizer = torch.optim.AdamW(_groups(network, settings), weight_decay=settings.weight_decay)
    targets = np.array([example.targets for example in examples])
    loss_of = nn.BCEWithLogitsLoss(pos_weight=_positive_weights(targets))
    coded = np.flatnonzero(targets.any(axis=1))
    uncoded = np.flatnonzero(~targets.any(axis=1))
    drawn = min(len(uncoded), round(settings.uncoded * len(coded)))
    steps = settings.epochs * -(-(len(coded) + drawn) // settings.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [group["lr"] for group in optimizer.param_groups], total_steps=steps, pct_start=0.1
    )
    epochs: list[Epoch] = []
    best: dict[str, Tensor] = {}
    for number in range(1, settings.epochs + 1):
        network.train()
        order = random.permutation(np.concatenate([coded, random.choice(uncoded, drawn, replace=False)]))
        batches = _batch_by_length(order, [len(example.window.ids) for example in examples], settings.batch, random)
        losses = []
        for batch in progress(batches):
            windows = [_hide(examples[i].window, random, settings, mask_id) for i in batch]
            # bfloat16 doubles the speed on processors that have it
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = network(**as_tensors(windows))
            loss = loss_of(logits.float(), torch.tensor(targets[batch], dtype=torch.float32))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        epochs.append(Epoch(number, float(np.mean(losses)), judge(network)))
        report(epochs[-1])
        top = max(epochs, key=lambda epoch: epoch.score)
        if top.number == number:
            best = {name: value.detach().clone() for name, value in network.state_dict().items()}
        elif number - top.number >= settings.patience:
            break
    network.load_state_dict(best)
    return epochs


def compute_logits(network: Network, windows: Sequence[Window], *, batch: int = 64) -> Floats:
    """Return logits of shape (windows, labels), without touching the network."""
    network.eval()
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    rows: dict[int, Floats] = {}
    with torch.inference_mode():
        for first in range(0, len(order), batch):
            chosen = order[first : first + batch]
            logits = network(**as_tensors([windows[i] for i in chosen]))
            rows.update(zip(chosen, logits.double().numpy(), strict=True))
    return np.array([rows[i] for i in range(len(windows))])


def as_tensors(windows: Sequence[Window]) -> dict[str, Tensor]:
    """Return the network's inputs."""
    return {name: torch.from_numpy(values) for name, values in pad_windows(windows).items()}


def _batch_by_length(
    order: npt.NDArray[np.int64], lengths: Sequence[int], size: int, random: np.random.Generator
) -> list[list[int]]:
    """Cut a random order into batches of windows of similar length, which waste little padding."""
    pool = 16 * size
    batches = []
    for first in range(0, len(order), pool):
        near = sorted(order[first : first + pool].tolist(), key=lambda i: lengths[i])
        batches += [near[i : i + size] for i in range(0, len(near), size)]
    random.shuffle(batches)
    return batches


def _hide(window: Window, random: np.random.Generator, settings: TrainSettings, mask_id: int) -> Window:
    ids, types = np.array(window.ids), np.array(window.types)
    if random.random() < settings.drop_context:
        # keep [CLS], the sentence and the separator after it
        last = int(np.flatnonzero(types)[-1]) + 1
        keep = np.concatenate([[0], np.flatnonzero(types), [last]])
        ids, types = ids[keep], types[keep]
    hidden = random.random(len(ids)) < settings.drop_tokens
    hidden[[0, -1]] = False
    ids[hidden] = mask_id
    return Window(tuple(ids.tolist()), tuple(types.tolist()))


def _positive_weights(targets: Floats) -> Tensor:
    positives = targets.sum(axis=0)
    ratio = (len(targets) - positives) / np.maximum(positives, 1)
    return torch.tensor(np.clip(np.sqrt(ratio) / 2, 1, 5), dtype=torch.float32)


def _groups(network: Network, settings: TrainSettings) -> list[dict[str, object]]:
    layers = list(network.encoder.encoder.layer)
    groups: list[dict[str, object]] = [{"params": list(network.head.parameters()), "lr": settings.head_rate}]
    for depth, layer in enumerate(reversed(layers)):
        rate = settings.learning_rate * settings.decay**depth
        groups.append({"params": list(layer.parameters()), "lr": rate})
    return groups
