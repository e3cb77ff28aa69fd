"""Attention: at each step of the decoder, a look back at what the encoder's last layer held at every source word.

Global attention with the *general* score (Luong, Pham & Manning 2015). h is the decoder's last layer at this step and
h_s the encoder's last layer at source word s, all of which together are the *memory*:

    score_s = h_sᵀ W_a h      a = softmax(score)      context = Σ_s a_s h_s      h~ = tanh(W_c [context; h])

The output layer reads h~ in place of h. The *dot* score (no W_a) would need both sides to say the same thing with the
same units; W_a learns how one's units speak of the other's, for one product a step. There is no input feeding: h~ is
not told to the next step, so that the decoder's cell stays an ordinary one, whose states are traced, edited and
differentiated as without attention.

The quantities are sites like those of a cell: `attention` (a) `[batch, source time]`, `context` and `attentional` (h~)
`[batch, unit]`. `Attention` is the fast path of training, `attend` one open step; a test holds both to each other.
"""

from typing import NamedTuple

from translate.model.arrays import Array, Library
from translate.model.cells import At, identity

SITES = ("attention", "context", "attentional")
"""The named quantities of a step of attention, in the order of computing."""

PADDING = -1e30
"""The score of what is no word. Its weight is exactly 0; -inf would give NaN where a sentence has no word at all."""


class AttentionWeights(NamedTuple):
    """The parameters: score (W_a) `[unit, unit]`, combine (W_c) `[unit, 2·unit]`."""

    score: Array
    combine: Array


class Memory(NamedTuple):
    """What is looked at: h_s `[batch, source time, unit]`, 0 beyond a sentence's end, and the scores' addend.

    padding `[batch, source time]`: 0 at a word, `PADDING` beyond the end.
    """

    hidden: Array
    padding: Array


def attend(h: Array, memory: Memory, weights: AttentionWeights, lib: Library, at: At = identity) -> Array:
    """One step: h `[batch, unit]` of the decoder's last layer gives h~ `[batch, unit]`."""
    query = lib.linear(h, weights.score)
    scores = (memory.hidden @ query[..., None])[..., 0]
    weight = at("attention", lib.softmax(scores + memory.padding))
    context = at("context", (weight[:, None] @ memory.hidden)[:, 0])
    return at("attentional", lib.tanh(lib.linear(lib.join(context, h), weights.combine)))
