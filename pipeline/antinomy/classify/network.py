"""The network: an encoder, pooled over the sentence and over its whole window, one logit per code."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel


class Network(nn.Module):
    """Encoder with one linear head over (mean of the sentence, mean of the window)."""

    def __init__(self, encoder: BertModel, labels: int, *, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(2 * encoder.config.hidden_size, labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Return logits of shape (windows, labels) for inputs of shape (windows, tokens)."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        sentence = _mean(states, token_type_ids)
        window = _mean(states, attention_mask)
        logits: Tensor = self.head(self.dropout(torch.cat([sentence, window], dim=-1)))
        return logits


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)


def load_encoder(folder: Path) -> BertModel:
    """Load an encoder from safetensors; attention in plain operations, so that it can be exported."""
    return BertModel.from_pretrained(
        folder, use_safetensors=True, local_files_only=True, add_pooling_layer=False, attn_implementation="eager"
    )
