import pytest
import torch
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from antinomy.classify.network import Network

SIZES = {"vocab_size": 40, "hidden_size": 16, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 32}


def make(kind):
    torch.manual_seed(0)
    if kind == "bert":
        return BertModel(BertConfig(**SIZES), add_pooling_layer=False).eval()
    return MPNetModel(MPNetConfig(**SIZES), add_pooling_layer=False).eval()


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_the_layers_are_run_as_the_encoder_runs_them(kind):
    encoder = make(kind)
    network = Network(encoder, 5, dropout=0.1).eval()
    ids = torch.randint(5, 40, (2, 9))
    mask = torch.ones_like(ids)
    mask[1, 6:] = 0
    ids[1, 6:] = encoder.config.pad_token_id
    with torch.no_grad():
        wanted = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        states = network.begin(ids, mask, 3)
        assert torch.allclose(states[0], wanted[0], atol=1e-5)
        assert torch.allclose(states[1, :6], wanted[1, :6], atol=1e-5)
        pool = torch.full((2, 1, 9), 0.0)
        pool[:, 0, 1:4] = 1 / 3
        torch.nn.init.normal_(network.head.weight)
        whole = network(ids, mask, pool)
        halves = network.finish(network.begin(ids, mask, 2), mask, pool, 2)
        assert whole.shape == (2, 1, 5)
        assert torch.allclose(whole, halves, atol=1e-6)
