"""The network: an encoder, each sentence pooled over its own tokens in context, one logit per code."""

from pathlib import Path

from torch import Tensor, nn
from transformers import AutoModel, PreTrainedModel


class Network(nn.Module):
    """Encoder with one linear head over the mean of a sentence's tokens."""

    def __init__(self, encoder: PreTrainedModel, labels: int, *, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, labels)

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
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits: Tensor = self.head(self.dropout(pool @ states.to(pool.dtype)))
        return logits


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
