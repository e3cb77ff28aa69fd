"""The network as it is trained: an encoder that reads, a decoder that writes, and between them only a state.

There is no attention. Whatever the translation needs of the source, the gender too, must go through the encoder's
last state (h, c), which the decoder starts from (Sutskever et al. 2014; Cho et al. 2014). Here both sides are
torch's fused layers; `network.py` runs the same weights step by step.
"""

import torch
from torch import Tensor, nn

from translate.model.config import ModelConfig
from translate.tokenizer import PAD

LAYERS = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}


class EncoderDecoder(nn.Module):
    """Source ids in, logits of the target ids out (teacher forcing).

    All sentences of a batch have the same source length, so that no padding ever reaches the encoder's state;
    targets may be padded at the end, where a causal decoder cannot see it and the loss ignores it.
    """

    def __init__(self, config: ModelConfig):
        super().__init__()
        self.config = config
        layer = LAYERS[config.cell]
        between = config.dropout if config.layers > 1 else 0.0
        self.source_embedding = nn.Embedding(config.source_vocabulary, config.embedding)
        self.target_embedding = nn.Embedding(config.target_vocabulary, config.embedding)
        self.encoder = layer(config.embedding, config.hidden, config.layers, dropout=between)
        self.decoder = layer(config.embedding, config.hidden, config.layers, dropout=between)
        self.dropout = nn.Dropout(config.dropout)
        self.output = nn.Linear(config.hidden, config.target_vocabulary)
        if config.cell == "lstm":
            open_forget_gates(self.encoder, config.forget_bias)
            open_forget_gates(self.decoder, config.forget_bias)
        if config.cell == "rnn":
            start_at_identity(self.encoder)
            start_at_identity(self.decoder)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Logits `[batch, time, target vocabulary]` of the word that follows each word of `target`.

        Args:
            source: ids `[batch, time]`, one length, without padding.
            target: ids `[batch, time]` that begin with the start mark.
        """
        # Time-major inside: the fused layers are fastest so.
        source, target = source.t(), target.t()
        if self.config.reverse_source:
            source = source.flip(0)
        _, state = self.encoder(self.dropout(self.source_embedding(source)))
        hidden, _ = self.decoder(self.dropout(self.target_embedding(target)), state)
        return self.output(self.dropout(hidden)).transpose(0, 1)

    def loss(self, source: Tensor, target_in: Tensor, target_out: Tensor) -> Tensor:
        """Mean cross-entropy in nats a word of `target_out` `[batch, time]`; padding does not count."""
        logits = self(source, target_in)
        return nn.functional.cross_entropy(logits.flatten(0, 1).float(), target_out.flatten(), ignore_index=PAD)


def open_forget_gates(layer: nn.LSTM, bias: float) -> None:
    """Start every forget gate at sigmoid(`bias`) (Gers et al. 2000; Jozefowicz et al. 2015 recommend above 0)."""
    units = slice(layer.hidden_size, 2 * layer.hidden_size)  # PyTorch's order of gates: i, f, g, o
    with torch.no_grad():
        for index in range(layer.num_layers):
            getattr(layer, f"bias_ih_l{index}")[units] = bias
            getattr(layer, f"bias_hh_l{index}")[units] = 0.0


def start_at_identity(layer: nn.RNN) -> None:
    """Start every recurrent matrix at W_rec = 1, the identity (Le, Jaitly & Hinton 2015).

    It is the plain RNN's open forget gate: with PyTorch's own start it translated no dev
    sentence after 7,500 steps of the lesson's recipe, at any of three rates (0.0005, 0.001, 0.003).
    """
    with torch.no_grad():
        for index in range(layer.num_layers):
            nn.init.eye_(getattr(layer, f"weight_hh_l{index}"))
