"""How far back a trained model's gradient reaches: from the loss of one agreeing word to the state at every word before.

All models read the same sentence and are made to write the same translation (teacher forcing), the first one's own. The
word is the last of it that agrees with a noun. Its loss is −log p(word), and ∂loss/∂s_t is what training would tell the
state s after each word that was read: its memory, c, or h where a cell has no other. How large the loss is depends on
how sure a model already is, so models are compared by *shares*: the gradient's length at each word over that at the
last, from whose state the word is chosen. In float64, as the loss of a word that is nearly certain needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from translate import lab
from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.language import forms
from translate.model.cells import STATES
from translate.model.network import Network

SENTENCE = "The girl who at the weekend with friends liked to sing was sad."
"""What is looked at where no sentence is given: its last word but one agrees with its second."""
_COPULA = frozenset(("byl", "byla"))  # agrees with its subject; what stands behind it is the predicate
_SUBJECTS = frozenset(("i", "you", "he", "she"))


@dataclass(frozen=True)
class WordGradient:
    """One model's gradients.

    model: its hash. kind: "lstm", "gru" or "rnn". state: its memory, "c" or "h". probability: of the word.
    sizes: ‖∂loss/∂s_t‖ by word, in the order of `Rivals.read`; the last is the state from which the word is chosen.
    """

    name: str
    model: str
    kind: str
    state: str
    probability: float
    sizes: list[float]

    @property
    def shares(self) -> list[float]:
        """`sizes` over the last of them; NaN where that is 0."""
        return [size / self.sizes[-1] if self.sizes[-1] else float("nan") for size in self.sizes]


@dataclass(frozen=True)
class Rivals:
    """Several models at one word.

    word: the agreeing word that is scored. read: the words before it as they were read, English and then Czech ones
    (the decoder's first step reads the start), `encoder` of them English. noun: the place in `read` of the English word
    that `word` agrees with (see `controller`), None where that cannot be told.
    """

    sentence: str
    translation: str
    word: str
    read: list[str]
    encoder: int
    noun: int | None
    models: list[WordGradient]

    @property
    def age(self) -> int | None:
        """How many words are read after the noun until the agreeing word is chosen; None without a noun."""
        return None if self.noun is None else len(self.read) - 1 - self.noun


def shipped_rivals() -> dict[str, object]:
    """The lesson's rivals that ship with this package, by kind ("gru", "rnn"), as `Translator`s."""
    from translate.model.checkpoint import WEIGHTS
    from translate.model.translator import Translator
    from translate.resources import models

    folders = {kind: models(f"lesson-{kind}") for kind in ("gru", "rnn")}
    return {kind: Translator.load(path, "numpy") for kind, path in folders.items() if (path / WEIGHTS).is_file()}


def rivals(named: Sequence[tuple[str, object]], sentence: str) -> Rivals:
    """Compare models, (name, `Translator`) each, on one sentence; the first one's translation is taken.

    Raises `TranslateError` where no word of it agrees, or where a model cannot read or write these words.
    """
    first = named[0][1]
    source = first.source.split(sentence)
    target = first.translate([sentence], scores=False)[0][0]
    step = max((t for t, word in enumerate(target.tokens) if forms.gender_of(word)), default=None)
    if step is None:
        raise TranslateError(f"No word of “{target.text}” agrees with a noun; try a sentence with who likes to.")
    found = [_word_gradient(name, translator, source, target.tokens, step) for name, translator in named]
    noun, english = controller(source, target.tokens, step), source
    if first.checkpoint.config.reverse_source:
        noun, english = None if noun is None else len(source) - 1 - noun, source[::-1]
    return Rivals(
        sentence, target.text, target.tokens[step], [*english, "(start)", *target.tokens[:step]], len(english),
        noun, found,
    )  # fmt: skip


def controller(english: Sequence[str], czech: Sequence[str], step: int) -> int | None:
    """The place of the English noun (or *he*, *she*) that the Czech word at `step` agrees with; None if none is sure.

    In Czech that is the noun right behind the word (*šťastná holka*), or else the last noun in the nominative before it:
    one in another case only stands by (*s bratrem*). A subject pronoun behind it in the English takes its place. It is
    sure if one English word alone stands for it and both genders are one; of *I* and *you* it never is.
    """
    shown = forms.gender_of(czech[step])
    behind = [] if czech[step].lower() in _COPULA else czech[step + 1 : step + 2]
    near = [*behind, *reversed(czech[:step])]
    noun = next((word for word in near if forms.noun(word)), None)
    there = noun is not None and forms.noun(noun).gender == shown
    places = [place for place, word in enumerate(english) if there and noun.lower() in forms.czech_nouns(word)]
    after = english[max(places, default=-1) + 1 :]
    subject = next((k for k in range(len(after) - 1, -1, -1) if after[k].lower() in _SUBJECTS), None)
    if subject is None:
        return places[0] if len(places) == 1 else None
    return len(english) - len(after) + subject if forms.english_gender(after[subject]) == shown else None


def _word_gradient(name: str, translator, source: list[str], target: list[str], step: int) -> WordGradient:
    config = translator.checkpoint.config
    _check_words(translator, name, source, target)
    state, layer = STATES[config.cell][-1], config.layers - 1
    sites = [f"{side}.l{layer}.{state}" for side in ("enc", "dec")]
    network = Network.of(translator.checkpoint.module().double())
    trace = lab.trace(translator, [source], [target], sites, network=network, gradients=True)
    log_probability = trace.log_probability(0, step, target[step])
    sizes = []
    for site, gradient in trace.gradients(-log_probability, sites).items():
        by_word = gradient[0].norm(dim=-1)
        sizes += (
            by_word.flip(0) if trace.is_backward(site) else by_word[: step + 1 if "dec" in site else None]
        ).tolist()
    probability = float(log_probability.detach().exp())
    return WordGradient(name, translator.checkpoint.hash, config.cell, state, probability, sizes)


def noun_shares(translator, pairs: Sequence[SentencePair]) -> tuple[list[float], list[int]]:
    """The share of the gradient that is left at the English noun, for each sentence's last agreeing word.

    The decoder reads the annotated translation. Returns the shares, and how many words were read in between. Sentences
    whose words the model does not know raise `TranslateError`.
    """
    config = translator.checkpoint.config
    pairs = [pair for pair in pairs if pair.agreements]
    for pair in pairs:
        _check_words(translator, translator.checkpoint.folder.name, pair.source, pair.target)
    state = f"l{config.layers - 1}.{STATES[config.cell][-1]}"
    network = Network.of(translator.checkpoint.module().double())
    trace = lab.trace(translator, pairs, pairs, [f"enc.{state}", f"dec.{state}"], network=network, gradients=True)
    last = [max(pair.agreements, key=lambda word: word.position) for pair in pairs]
    rows, steps = list(range(len(pairs))), [word.position for word in last]
    words = [pair.target[step] for pair, step in zip(pairs, steps, strict=True)]
    loss = -trace.log_probability(rows, steps, words).sum()
    sizes = {site: gradient.norm(dim=-1).numpy() for site, gradient in trace.gradients(loss, [*trace][:2]).items()}
    shares, ages = [], []
    for row, (pair, word) in enumerate(zip(pairs, last, strict=True)):
        noun = pair.nouns[word.controller].source
        at_word = sizes[f"dec.{state}"][row, word.position]
        shares.append(float(sizes[f"enc.{state}"][row, noun] / at_word) if at_word else 0.0)
        ages.append((noun if config.reverse_source else len(pair.source) - 1 - noun) + word.position + 1)
    return shares, ages


def _check_words(translator, name: str, source: Sequence[str], target: Sequence[str]) -> None:
    if translator.source.kind != "word":
        raise TranslateError(f"{name} reads pieces of words; only models that read whole words can be compared.")
    for tokenizer, words, does in ((translator.source, source, "read"), (translator.target, target, "write")):
        unknown = tokenizer.unknown(" ".join(words))
        if unknown:
            raise TranslateError(
                f"{name} cannot {does} '{unknown[0]}'; choose a sentence of words that all models know."
            )
