"""Training examples -> a fine-tuned network."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from antinomy.classify.checkpoint import (
    Checkpoint,
    copy_weights,
    load_checkpoint,
    read_moments,
    restore_moments,
    save_checkpoint,
)
from antinomy.classify.examples import Example
from antinomy.classify.network import Network
from antinomy.classify.passages import Passage
from antinomy.classify.predict import pad_passages

Floats = npt.NDArray[np.float64]
Batches = Callable[[Sequence[list[int]]], Iterator[list[int]]]

# names of torch.cpu.get_capabilities, on x86 and on ARM
SHORT = ("avx512_bf16", "amx_bf16", "bf16")


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """What decides a training run.

    Attributes:
        epochs: Passes over the coded passages at most; the best one on the calibration split is kept.
        patience: Epochs without gain after which training stops.
        batch: Passages per step.
        uncoded: Passages without code drawn anew each epoch, per coded one: most carry none, and
            without balance the rare codes drown.
        layers: Layers of the encoder that are kept, from below; None for all.
        frozen: Layers, from below, that stay as pre-training left them. What they make of a passage is
            computed once and kept, some 200 kB a passage.
        learning_rate: Of the encoder's last layer; each layer below has ``decay`` times as much.
        decay: See ``learning_rate``.
        head_rate: Learning rate of the head.
        weight_decay: Of AdamW.
        dropout: Before the head.
        seed: Of everything random.
    """

    epochs: int = 4
    patience: int = 2
    batch: int = 16
    uncoded: float = 1.5
    layers: int | None = None
    frozen: int = 0
    learning_rate: float = 5e-5
    decay: float = 0.9
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    dropout: float = 0.2
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
    padding: int,
    report: Callable[[Epoch], None],
    progress: Batches = iter,
    keep: tuple[Path, str] | None = None,
) -> list[Epoch]:
    """Fine-tune ``network`` in place and leave it as it was after its best epoch.

    Args:
        network: Encoder with a fresh head.
        examples: The training split.
        judge: Returns the score by which epochs are compared (higher is better).
        settings: See ``TrainSettings``.
        padding: Token that fills up.
        report: Called after every epoch, also for those that an interrupted run had finished.
        progress: Wraps the batches of an epoch.
        keep: Folder for checkpoints and the fingerprint of the run; None to keep none.
    """
    device = next(network.parameters()).device
    targets = np.concatenate([example.targets for example in examples])
    loss_of = nn.BCEWithLogitsLoss(pos_weight=_positive_weights(targets).to(device), reduction="none")
    coded = np.flatnonzero([example.targets.any() for example in examples])
    uncoded = np.setdiff1d(np.arange(len(examples)), coded)
    drawn = min(len(uncoded), round(settings.uncoded * len(coded)))
    per_epoch = math.ceil((len(coded) + drawn) / settings.batch)
    optimizer = torch.optim.AdamW(_groups(network, settings), weight_decay=settings.weight_decay)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _ramp(per_epoch * settings.epochs))
    epochs, best = _resume(network, optimizer, schedule, per_epoch, keep)
    for epoch in epochs:
        report(epoch)
    lengths = [len(example.passage.ids) for example in examples]
    begun: dict[int, Tensor] = {}
    for number in range(len(epochs) + 1, settings.epochs + 1):
        if _is_over(epochs, settings.patience):
            break
        # seeded by epoch, so that a resumed run draws what an uninterrupted one would have drawn
        torch.manual_seed(1000 * settings.seed + number)
        random = np.random.default_rng([settings.seed, number])
        network.train()
        order = random.permutation(np.concatenate([coded, random.choice(uncoded, drawn, replace=False)]))
        losses = []
        for batch in progress(_batch_by_length(order, lengths, settings.batch, random)):
            passages = [examples[i].passage for i in batch]
            new = [i for i in batch if i not in begun]
            begun.update(
                zip(new, _begin(network, [examples[i].passage for i in new], settings.frozen, padding), strict=True)
            )
            feed = as_tensors(passages, padding, device)
            with _short_numbers(device) as short:
                states = pad_sequence([begun[i] for i in batch], batch_first=True).to(device)
                states = states if short else states.float()
                logits = network.finish(states, feed["attention_mask"], feed["pool"], settings.frozen)
            real = feed["pool"].sum(-1) > 0
            wanted = torch.tensor(np.concatenate([examples[i].targets for i in batch]), dtype=torch.float32)
            loss = loss_of(logits[real].float(), wanted.to(device)).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        epochs.append(Epoch(number, float(np.mean(losses)), judge(network)))
        report(epochs[-1])
        if max(epochs, key=lambda epoch: epoch.score).number == number:
            best = copy_weights(network)
        if keep:
            history = [asdict(epoch) for epoch in epochs]
            save_checkpoint(*keep, Checkpoint(history, copy_weights(network), best, read_moments(optimizer)))
    network.load_state_dict(best)
    return epochs


def compute_logits(network: Network, passages: Sequence[Passage], padding: int, *, batch: int = 32) -> Floats:
    """Return logits of shape (sentences of all passages, labels), without touching the network."""
    device = next(network.parameters()).device
    network.eval()
    order = sorted(range(len(passages)), key=lambda i: len(passages[i].ids))
    rows: dict[int, Floats] = {}
    with torch.inference_mode(), _short_numbers(device):
        for first in range(0, len(order), batch):
            chosen = order[first : first + batch]
            logits = network(**as_tensors([passages[i] for i in chosen], padding, device)).double().cpu().numpy()
            rows.update({i: logits[row, : len(passages[i].spans)] for row, i in enumerate(chosen)})
    return np.concatenate([rows[i] for i in range(len(passages))])


def as_tensors(passages: Sequence[Passage], padding: int, device: torch.device) -> dict[str, Tensor]:
    """Return the network's inputs."""
    return {name: torch.from_numpy(values).to(device) for name, values in pad_passages(passages, padding).items()}


@contextmanager
def _short_numbers(device: torch.device) -> Iterator[bool]:
    """Compute in bfloat16 and say so, unless the processor has no such arithmetic.

    It doubles the speed of processors that have it; others imitate it, slower than plain numbers.
    """
    able = device.type != "cpu" or any(torch.cpu.get_capabilities().get(name) for name in SHORT)
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=able):
        yield able


def _resume(
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    per_epoch: int,
    keep: tuple[Path, str] | None,
) -> tuple[list[Epoch], dict[str, Tensor]]:
    """Put everything back to where an interrupted run was after its last whole epoch."""
    found = load_checkpoint(*keep) if keep else None
    if found is None:
        return [], copy_weights(network)
    network.load_state_dict(found.network)
    restore_moments(optimizer, found.moments)
    epochs = [Epoch(**epoch) for epoch in found.epochs]
    for _ in range(per_epoch * len(epochs)):
        schedule.step()
    return epochs, found.best


def _is_over(epochs: Sequence[Epoch], patience: int) -> bool:
    if not epochs:
        return False
    return len(epochs) - max(epochs, key=lambda epoch: epoch.score).number >= patience


def _ramp(steps: int) -> Callable[[int], float]:
    """Rise over the first tenth of the steps, then fall to nothing."""
    rise = max(1, steps // 10)
    return lambda step: min((step + 1) / rise, max(0.0, (steps - step) / max(1, steps - rise)))


def _batch_by_length(
    order: npt.NDArray[np.int64], lengths: Sequence[int], size: int, random: np.random.Generator
) -> list[list[int]]:
    """Cut a random order into batches of passages of similar length, which waste little padding."""
    pool = 16 * size
    batches = []
    for first in range(0, len(order), pool):
        near = sorted(order[first : first + pool].tolist(), key=lambda i: lengths[i])
        batches += [near[i : i + size] for i in range(0, len(near), size)]
    random.shuffle(batches)
    return batches


def _begin(network: Network, passages: Sequence[Passage], layers: int, padding: int) -> list[Tensor]:
    """Return what the frozen layers make of each passage, without padding."""
    if not passages:
        return []
    device = next(network.parameters()).device
    feed = as_tensors(passages, padding, device)
    network.eval()
    with torch.no_grad(), _short_numbers(device):
        states = network.begin(feed["input_ids"], feed["attention_mask"], layers).to(torch.bfloat16).cpu()
    network.train()
    return [states[row, : len(passage.ids)].clone() for row, passage in enumerate(passages)]


def _positive_weights(targets: Floats) -> Tensor:
    positives = targets.sum(axis=0)
    ratio = (len(targets) - positives) / np.maximum(positives, 1)
    return torch.tensor(np.clip(np.sqrt(ratio) / 2, 1, 5), dtype=torch.float32)


def _groups(network: Network, settings: TrainSettings) -> list[dict[str, object]]:
    """Word vectors and frozen layers stay as they were: rare words would only be memorised."""
    network.encoder.requires_grad_(requires_grad=False)
    groups: list[dict[str, object]] = [{"params": list(network.head.parameters()), "lr": settings.head_rate}]
    for depth, layer in enumerate(reversed(list(network.layers)[settings.frozen :])):
        layer.requires_grad_(requires_grad=True)
        rate = settings.learning_rate * settings.decay**depth
        groups.append({"params": list(layer.parameters()), "lr": rate})
    return groups
