"""How far back does a trained model's gradient reach, from the loss of one agreeing word to the words before?

All models read the same sentence and are made to write the same translation (teacher forcing), the first one's own. The
word is the last of it that agrees with a noun. Its loss is −log p(word), and ∂loss/∂s_t is what training would tell the
state s after each word that was read: its memory, c, or h where a cell has no other. How large the loss is depends on
how sure a model already is, so models are compared by *shares*: the gradient's length at each word over that at the
last, from whose state the word is chosen. In float64, as the loss of a word that is nearly certain needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from translate import lab
from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.tracing.site import memory_of, memory_site
from translate.language import forms
from translate.model.checkpoint import WEIGHTS
from translate.model.network import Network
from translate.model.translator import Translator
from translate.resources import models

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


def shipped_rivals() -> dict[str, Translator]:
    """The lesson's rivals that ship with this package, by kind ("gru", "rnn")."""
    folders = {kind: models(f"lesson-{kind}") for kind in ("gru", "rnn")}
    return {kind: Translator.load(path, "numpy") for kind, path in folders.items() if (path / WEIGHTS).is_file()}


def _advice(translator: Translator) -> str:
    """What to do where no word of a translation agrees."""
    if translator.target.kind != "word":
        return f"which ones do is known of whole words, not of {translator.target.kind} pieces: take a model of words"
    if translator.source.unknown("who likes to"):
        return "give a sentence of this model's own text that has one (she was tired; the girl who), or another model"
    return "try a sentence with who likes to"


def rivals(named: Sequence[tuple[str, Translator]], sentence: str) -> Rivals:
    """Compare models, (name, `Translator`) each, on one sentence; the first one's translation is taken.

    Raises `TranslateError` where no word of it agrees, or where a model cannot read or write these words.
    """
    first = named[0][1]
    source = first.source.split(sentence)
    target = first.translate([sentence], scores=False)[0][0]
    step = max((t for t, word in enumerate(target.tokens) if forms.gender_of(word)), default=None)
    if step is None:
        raise TranslateError(f"No word of “{target.text}” agrees with a noun; {_advice(first)}.")
    gradients = [_word_gradient(name, translator, source, target.tokens, step) for name, translator in named]
    noun, english = controller(source, target.tokens, step), source
    if first.checkpoint.config.reverse_source:
        noun, english = None if noun is None else len(source) - 1 - noun, source[::-1]
    return Rivals(
        sentence=sentence,
        translation=target.text,
        word=target.tokens[step],
        read=[*english, "(start)", *target.tokens[:step]],
        encoder=len(english),
        noun=noun,
        models=gradients,
    )


def controller(english: Sequence[str], czech: Sequence[str], step: int) -> int | None:
    """The place of the English noun (or *he*, *she*) that the Czech word at `step` agrees with; None if none is sure.

    In Czech that is the noun right behind the word (*šťastná holka*), or else the last noun in the nominative before
    it: one in another case only stands by (*s bratrem*). A subject pronoun behind it in the English takes its place. It
    is sure if one English word alone stands for it and both genders are one; of *I* and *you* it never is.
    """
    gender = forms.gender_of(czech[step])
    behind = [] if czech[step].lower() in _COPULA else czech[step + 1 : step + 2]
    noun = next((word for word in [*behind, *reversed(czech[:step])] if forms.noun(word)), "")
    places: list[int] = []
    if (entry := forms.noun(noun)) is not None and entry.gender == gender:
        places = [place for place, word in enumerate(english) if noun.lower() in forms.czech_nouns(word)]
    begin = max(places, default=-1) + 1
    subjects = [place for place in range(begin, len(english)) if english[place].lower() in _SUBJECTS]
    if not subjects:
        return places[0] if len(places) == 1 else None
    return subjects[-1] if forms.english_gender(english[subjects[-1]]) == gender else None


def noun_shares(translator: Translator, pairs: Sequence[SentencePair]) -> tuple[list[float], list[int]]:
    """The share of the gradient that is left at the English noun, for each sentence's last agreeing word.

    The decoder reads the annotated translation. Returns the shares, and how many words were read in between. Sentences
    whose words the model does not know raise `TranslateError`.
    """
    pairs = [pair for pair in pairs if pair.agreements]
    for pair in pairs:
        _check_words(translator, translator.checkpoint.folder.name, pair.source, pair.target)
    last = [max(pair.agreements, key=lambda word: word.position) for pair in pairs]
    losses = _Losses.of(translator, pairs, pairs, [word.position for word in last])
    backwards = translator.checkpoint.config.reverse_source
    shares, ages = [], []
    for row, (pair, word) in enumerate(zip(pairs, last, strict=True)):
        noun = pair.nouns[word.controller].source
        at_noun, at_word = float(losses.encoder[row, noun]), float(losses.decoder[row, word.position])
        shares.append(at_noun / at_word if at_word else 0.0)
        ages.append((noun if backwards else len(pair.source) - 1 - noun) + word.position + 1)
    return shares, ages


@dataclass(frozen=True)
class _Losses:
    """‖∂loss/∂s‖ of one word in each sentence, by the position of the memory s: `[row, time]` on each side.

    log_probability `[row]`: of the words.
    """

    encoder: Tensor
    decoder: Tensor
    log_probability: Tensor

    @classmethod
    def of(cls, translator: Translator, sources: Sequence, targets: Sequence, steps: Sequence[int]) -> "_Losses":
        """In float64; steps: the decoder's step that writes the word, for each sentence."""
        sites = [memory_site(translator.checkpoint.config, side) for side in ("enc", "dec")]
        network = Network.of(translator.checkpoint.module().double())
        trace = lab.trace(translator, sources, targets, sites, network=network, gradients=True)
        rows = list(range(len(steps)))
        words = [trace.tokens["dec"][row][step] for row, step in zip(rows, steps, strict=True)]
        log_probability = trace.log_probability(rows, list(steps), words)
        encoder, decoder = trace.gradients(-log_probability.sum(), sites).values()
        return cls(encoder.norm(dim=-1), decoder.norm(dim=-1), log_probability.detach())


def _word_gradient(name: str, translator: Translator, source: list[str], target: list[str], step: int) -> WordGradient:
    config = translator.checkpoint.config
    _check_words(translator, name, source, target)
    losses = _Losses.of(translator, [source], [target], [step])
    encoder = losses.encoder[0].flip(0) if config.reverse_source else losses.encoder[0]
    return WordGradient(
        name=name,
        model=translator.checkpoint.hash,
        kind=config.cell,
        state=memory_of(config.cell),
        probability=float(losses.log_probability[0].exp()),
        sizes=[*encoder.tolist(), *losses.decoder[0, : step + 1].tolist()],
    )


def _check_words(translator: Translator, name: str, source: Sequence[str], target: Sequence[str]) -> None:
    if translator.source.kind != "word":
        raise TranslateError(f"{name} reads pieces of words; only models that read whole words can be compared.")
    for tokenizer, words, verb in ((translator.source, source, "read"), (translator.target, target, "write")):
        unknown = tokenizer.unknown(" ".join(words))
        if unknown:
            raise TranslateError(
                f"{name} cannot {verb} '{unknown[0]}'; choose a sentence of words that all models know, or another "
                "`rival`."
            )
