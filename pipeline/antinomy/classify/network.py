"""The network: an encoder, each sentence pooled over its own tokens in context, one logit per code."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel, PreTrainedModel

# Where the logits start: most sentences carry no code.
RARE = -3.0


class Network(nn.Module):
    """Encoder with one linear head over the mean of a sentence's tokens."""

    def __init__(self, encoder: PreTrainedModel, labels: int, *, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        # encoders differ in the scale of their states; the head's learning rate should not depend on it
        self.norm = nn.LayerNorm(encoder.config.hidden_size, elementwise_affine=False)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, labels)
        nn.init.zeros_(self.head.weight)
        nn.init.constant_(self.head.bias, RARE)

    @property
    def layers(self) -> nn.ModuleList:
        """The encoder's layers, from below."""
        return _layers(self.encoder)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, pool: Tensor) -> Tensor:
        """Return logits of shape (passages, sentences, labels).

        Args:
            input_ids: Shape (passages, tokens).
            attention_mask: 1 for tokens, 0 for padding; the same shape.
            pool: Share of each token in each sentence, shape (passages, sentences, tokens).
        """
        return self.finish(self.begin(input_ids, attention_mask, 0), attention_mask, pool, 0)

    def begin(self, input_ids: Tensor, attention_mask: Tensor, layers: int) -> Tensor:
        """Return the states after the first ``layers`` layers, shape (passages, tokens, size)."""
        return self._run(self.encoder.get_submodule("embeddings")(input_ids=input_ids), attention_mask, 0, layers)

    def finish(self, states: Tensor, attention_mask: Tensor, pool: Tensor, layers: int) -> Tensor:
        """Return logits from the states after the first ``layers`` layers."""
        states = self._run(states, attention_mask, layers, len(self.layers))
        logits: Tensor = self.head(self.dropout(self.norm(pool @ states.to(pool.dtype))))
        return logits

    def _run(self, states: Tensor, attention_mask: Tensor, first: int, end: int) -> Tensor:
        mask = (1 - attention_mask[:, None, None, :].to(states.dtype)) * torch.finfo(torch.bfloat16).min
        # MPNet shares one position bias between its layers; BERT has none
        share = getattr(self.encoder.get_submodule("encoder"), "compute_position_bias", None)
        extra = {} if share is None else {"position_bias": share(states)}
        for layer in self.layers[first:end]:
            result = layer(states, attention_mask=mask, **extra)
            states = result[0] if isinstance(result, tuple) else result
        return states


def load_encoder(folder: Path, *, layers: int | None = None) -> PreTrainedModel:
    """Load an encoder from safetensors; attention in plain operations, so that it can be exported.

    Args:
        folder: Of a BERT or MPNet encoder.
        layers: How many layers to keep, from below; None for all.
    """
    encoder: PreTrainedModel = AutoModel.from_pretrained(
        folder, use_safetensors=True, local_files_only=True, add_pooling_layer=False, attn_implementation="eager"
    )
    if layers is not None:
        kept = _layers(encoder)[:layers]
        encoder.get_submodule("encoder").layer = kept
        encoder.config.num_hidden_layers = len(kept)
    return encoder


def _layers(encoder: PreTrainedModel) -> nn.ModuleList:
    layers = encoder.get_submodule("encoder.layer")
    if not isinstance(layers, nn.ModuleList):
        raise TypeError("the encoder's layers are no list")
    return layers
