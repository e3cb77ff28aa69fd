"""The network as it is trained: an encoder that reads, a decoder that writes, and between them only a state.

Whatever the translation needs of the source, the gender too, must go through the encoder's last state (h, c), which
the decoder starts from (Sutskever et al. 2014; Cho et al. 2014), unless the model has attention (`attention.py`), by
which every step may also look back at the source's words. Here both sides are torch's fused layers; `network.py` runs
the same weights step by step.
"""

from typing import Any

import torch
from torch import Tensor, nn

from translate.model.config import ModelConfig
from translate.tokenizer import PAD

LAYERS = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}
_FUSED: dict[str, Any] = {"lstm": torch.lstm, "gru": torch.gru, "rnn": torch.rnn_tanh}


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
        both = config.bidirectional
        self.encoder = layer(config.embedding, config.encoder_units, config.layers, dropout=between, bidirectional=both)
        self.decoder = layer(config.embedding, config.hidden, config.layers, dropout=between)
        self.dropout = nn.Dropout(config.dropout)
        self.output: nn.Linear | TiedOutput = nn.Linear(config.hidden, config.target_vocabulary)
        if config.tied_embeddings:
            self.output = TiedOutput(config.hidden, self.target_embedding)
        self.attention = Attention(config.hidden) if config.attention else None
        if config.embedding_start != 1:
            with torch.no_grad():
                self.source_embedding.weight.mul_(config.embedding_start)
                self.target_embedding.weight.mul_(config.embedding_start)
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
        return self.output(self.dropout(self.hidden(source, target))).transpose(0, 1)

    def hidden(self, source: Tensor, target: Tensor) -> Tensor:
        """What the output layer reads, before dropout, `[time, batch, unit]`; the arguments are those of `forward`."""
        # Time-major inside: the fused layers are fastest so.
        source, target = source.t(), target.t()
        if self.config.reverse_source:
            source = source.flip(0)
        memory, state = self._run(self.encoder, self.dropout(self.source_embedding(source)))
        if self.config.bidirectional:
            state = tuple(map(_side_by_side, state)) if isinstance(state, tuple) else _side_by_side(state)
        hidden, _ = self._run(self.decoder, self.dropout(self.target_embedding(target)), state)
        if self.attention is not None:
            hidden = self.attention(hidden, memory)
        return hidden

    def loss(self, source: Tensor, target_in: Tensor, target_out: Tensor, smoothing: float = 0.0) -> Tensor:
        """Mean cross-entropy in nats a word of `target_out` `[batch, time]`; padding does not count.

        smoothing: the share ε of the target that is spread evenly over the vocabulary (Szegedy et al. 2016): the loss
        of a word is (1 - ε) · -log p(word) + ε · the mean of -log p over all words.
        """
        logits = self(source, target_in)
        return nn.functional.cross_entropy(
            logits.flatten(0, 1).float(), target_out.flatten(), ignore_index=PAD, label_smoothing=smoothing
        )

    def _run(self, layer: nn.RNNBase, inputs: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        """The fused layers, in training with some of their recurrent weights dropped."""
        share = self.config.recurrent_dropout
        if not (share and self.training):
            return layer(inputs, state)
        # One draw for all rows and steps of a batch: the fused layers stay as fast as they are.
        weights = [
            nn.functional.dropout(weight, share) if name.startswith("weight_hh") else weight
            for name, weight in layer.named_parameters()  # in the order of the fused layers' own list
        ]
        if state is None:
            zeros = inputs.new_zeros(len(weights) // 4, inputs.shape[1], layer.hidden_size)
            state = (zeros, zeros) if self.config.cell == "lstm" else zeros
        options = (True, layer.num_layers, layer.dropout, True, layer.bidirectional, False)
        outputs, *last = _FUSED[self.config.cell](inputs, state, weights, *options)
        return outputs, tuple(last) if len(last) > 1 else last[0]


class Attention(nn.Module):
    """The equations of `attention.py` for all steps of a batch at once; parameters as `AttentionWeights` has them."""

    def __init__(self, units: int):
        super().__init__()
        self.score = nn.Linear(units, units, bias=False)
        self.combine = nn.Linear(2 * units, units, bias=False)

    def forward(self, hidden: Tensor, memory: Tensor) -> Tensor:
        """h~ `[time, batch, unit]` for the decoder's hidden states `[time, batch, unit]`.

        memory: the encoder's, `[source time, batch, unit]`, of sentences of one length.
        """
        by_row = memory.transpose(0, 1)
        scores = self.score(hidden).transpose(0, 1) @ by_row.transpose(1, 2)  # [batch, time, source time]
        context = (scores.softmax(-1) @ by_row).transpose(0, 1)
        return self.combine(torch.cat([context, hidden], dim=-1)).tanh()


class TiedOutput(nn.Module):
    """Logits by the target's own word vectors E, `[vocabulary, embedding]`: E P h + b (Press & Wolf 2017)."""

    def __init__(self, units: int, words: nn.Embedding):
        super().__init__()
        self.projection = nn.Linear(units, words.embedding_dim, bias=False)
        self.bias = nn.Parameter(torch.zeros(words.num_embeddings))
        self._words = (words,)  # in a tuple, so that its weights are not counted and written twice

    @property
    def weight(self) -> Tensor:
        """E P, `[vocabulary, units]`: what an output of its own would have as weights."""
        return self._words[0].weight @ self.projection.weight

    def forward(self, hidden: Tensor) -> Tensor:
        """Logits `[…, vocabulary]` for `hidden` `[…, units]`."""
        return nn.functional.linear(self.projection(hidden), self._words[0].weight, self.bias)


def _side_by_side(state: Tensor) -> Tensor:
    """A bidirectional state `[layers·2, batch, unit]` as one of a single direction, `[layers, batch, 2·unit]`."""
    return state.unflatten(0, (-1, 2)).transpose(1, 2).flatten(2)


def open_forget_gates(layer: nn.LSTM, bias: float) -> None:
    """Start every forget gate at sigmoid(`bias`) (Gers et al. 2000; Jozefowicz et al. 2015 recommend above 0)."""
    units = slice(layer.hidden_size, 2 * layer.hidden_size)  # PyTorch's order of gates: i, f, g, o
    with torch.no_grad():
        for name, parameter in layer.named_parameters():
            if name.startswith("bias"):
                parameter[units] = bias if name.startswith("bias_ih") else 0.0


def start_at_identity(layer: nn.RNN) -> None:
    """Start every recurrent matrix at W_rec = 1, the identity (Le, Jaitly & Hinton 2015).

    It is the plain RNN's open forget gate: with PyTorch's own start it translated no dev
    sentence after 7,500 steps of the lesson's recipe, at any of three rates (0.0005, 0.001, 0.003).
    """
    with torch.no_grad():
        for name, parameter in layer.named_parameters():
            if name.startswith("weight_hh"):
                nn.init.eye_(parameter)
