"""Contrasts as annotated sentences: what depends on the difference, the model itself says.

Nobody has to annotate anything. A model translates both sentences; the words that it writes in one of them alone depend
on what differs. The first of these stands for the noun, the others agree with it, and every experiment that works on
the lesson's sentences works on these: the first column's side is its "m", the second's its "f". Where a sentence has
one contrast, its first word is judged as well: in a caption it is often the only one.

Two contrasts in one sentence, of which all four versions are there, are *crossed*: only they tell what becomes of the
first when the second comes.

Misleads when a translation is taken for right: what the model writes is what it is asked about, right or wrong.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from translate.corpus.pair import Agreement, Noun, SentencePair
from translate.difference import changed_places, changed_words
from translate.errors import UsageError
from translate.lab.editing.counterfactual import edit
from translate.lab.sentences.contrast import Contrast
from translate.lab.sentences.material import Material, Suite
from translate.lab.sentences.minimal_pairs import ALONE
from translate.lab.sentences.side_names import SideNames, side_names
from translate.language.words import GENDERS, Gender, opposite
from translate.model.translator import Translation, Translator

FEWEST = 6
"""So many labels, all as frequent, are enough to draw intervals over; with fewer each sentence stands for itself.

Labels of unequal weight count as that many of equal weight (Hill's number of order 2): ten of which *man/woman* makes
up nine tenths are hardly more than one.
"""

Words = tuple[str, ...]
Sides = tuple[Gender, ...]
"""On which side of each of its contrasts a sentence is."""


Kind = Literal["unknown word", "read alike", "read in lengths", "unfinished", "written alike", "written in lengths"]
"""Why nothing can be asked of a contrast, in short."""


@dataclass(frozen=True)
class Dropped:
    """A contrast that nothing can be asked of, and why: in a sentence, and in short."""

    contrast: Contrast
    reason: str
    kind: Kind


@dataclass(frozen=True)
class Contrasted:
    """Contrasts as the laboratory takes them.

    material: the annotated sentences, all in the suite "switch"; those that differ in the first contrast alone stand
    side by side in "boy-girl". sides: what the two columns are called. words: by the label that intervals
    are drawn over, the words that differ. by_sentence: whether each sentence stands for
    itself where intervals are drawn and nouns are held out, not each label. used, dropped: of the contrasts. crossed:
    sentences with two contrasts. changed: what the model writes in place of what, and in how many contrasts, the
    commonest first. hits, expected: of the words that ought to change those that do, and all.
    """

    material: Material
    sides: SideNames
    words: dict[str, str]
    by_sentence: bool
    used: tuple[Contrast, ...]
    dropped: tuple[Dropped, ...]
    crossed: int
    changed: dict[tuple[str, str], int]
    hits: int
    expected: int


def _as_many(labels: Iterable[str]) -> float:
    """As many labels of equal weight as these are: (Σ n)² / Σ n²."""
    counts = Counter(labels).values()
    return sum(counts) ** 2 / sum(count**2 for count in counts)


def contrasted(translator: Translator, contrasts: Sequence[Contrast], origin: str = "your contrasts") -> Contrasted:
    """Annotate contrasts by what the model writes.

    origin: where they come from, in words. Raises `UsageError` where none can be used, or where two of them are the
    same the other way round.
    """
    edges = [_Edge(number, each, *_steps(translator, each)) for number, each in enumerate(contrasts, 1)]
    _check_sides(edges)
    written = _written(translator, [sentence for edge in edges for sentence in (edge.one, edge.other)])
    reasons = [_reason(translator, edge, written) for edge in edges]
    kept = [edge for edge, reason in zip(edges, reasons, strict=True) if not reason]
    if not kept:
        why = next(said for reason in reasons if reason for _, said in [reason])
        raise UsageError(f"None of the {len(edges)} contrasts can be used; of the first: {why}.")
    each_alone = _as_many(edge.label for edge in kept) < FEWEST
    suite: Suite = []
    twins: Suite = []
    told: dict[Words, frozenset[int]] = {}
    words: dict[str, str] = {}
    for number, item in enumerate(_items(kept, written)):
        versions = item.annotated(written, number, f" {number + 1}" if each_alone else "")
        suite += versions
        told |= dict.fromkeys(item.versions.values(), frozenset().union(*(edge.places for edge in item.edges)))
        twins += [(pair, {"pair": number, "gender": tags["y1"]}) for pair, tags in versions if tags["y2"] != "f"]
        differing = [side_names([edge.contrast]).both for edge in item.edges]
        words |= {noun.lemma: differing[noun.clause] for pair, _ in versions for noun in pair.nouns}
    changes = [changed_words(written[edge.one].tokens, written[edge.other].tokens) for edge in kept]
    texts = [(written[edge.one].text.split(), written[edge.other].text.split()) for edge in kept]
    gone = [{one[place] for place in changed_places(one, other)} for one, other in texts]
    hits = [word in words for edge, words in zip(kept, gone, strict=True) for word in edge.contrast.expected]
    return Contrasted(
        material=Material({"switch": suite, "boy-girl": twins}, origin, as_written=True, told=told),
        sides=side_names(edge.contrast for edge in kept),
        words=words,
        by_sentence=each_alone,
        used=tuple(edge.contrast for edge in kept),
        dropped=tuple(
            Dropped(edge.contrast, why[1], why[0]) for edge, why in zip(edges, reasons, strict=True) if why is not None
        ),
        crossed=sum(tags["y2"] is not None for _, tags in suite),
        changed=dict(Counter(change for of_edge in changes for change in dict.fromkeys(of_edge)).most_common()),
        hits=sum(hits),
        expected=len(hits),
    )


@dataclass(frozen=True, eq=False)
class _Edge:
    """A contrast in the model's own steps; number: of its line, from 1."""

    number: int
    contrast: Contrast
    one: Words
    other: Words

    @property
    def places(self) -> frozenset[int]:
        """Where the two differ, of equally long ones."""
        return frozenset(changed_places(self.one, self.other))

    @property
    def label(self) -> str:
        """What they are about: as it was said, or else the words that differ."""
        return self.contrast.label or "/".join(self._differing)

    @property
    def _differing(self) -> tuple[str, str]:
        words = changed_words(self.one, self.other)
        return " ".join(old for old, _ in words), " ".join(new for _, new in words)

    def beside(self, sentence: Words) -> Words:
        """The other one of the two."""
        return self.other if sentence == self.one else self.one

    def side(self, sentence: Words) -> Gender:
        """On which side a sentence is."""
        return GENDERS[sentence == self.other]


@dataclass(frozen=True)
class _Item:
    """A sentence in all its versions, by the sides of its contrasts in the order of the source."""

    versions: dict[Sides, Words]
    edges: tuple[_Edge, ...]

    def dependents(self, written: Mapping[Words, Translation], sides: Sides, contrast: int) -> list[int]:
        """The words of a version's translation that are others on the other side of a contrast."""
        other = _turned(sides, contrast)
        return sorted(changed_places(written[self.versions[sides]].tokens, written[self.versions[other]].tokens))

    def is_sound(self, written: Mapping[Words, Translation]) -> bool:
        """Whether each contrast has words of its own, at the same places in all versions, and those in order."""
        if len({len(written[sentence].tokens) for sentence in self.versions.values()}) > 1:
            return False
        places = {tuple(tuple(self._of(written, sides)[k]) for k in range(len(sides))) for sides in self.versions}
        if len(places) > 1:
            return False
        of_contrasts = next(iter(places))
        firsts = [words[0] for words in of_contrasts if words]
        apart = len({place for words in of_contrasts for place in words}) == sum(map(len, of_contrasts))
        return len(firsts) == len(of_contrasts) and apart and firsts == sorted(firsts)

    def _of(self, written: Mapping[Words, Translation], sides: Sides) -> list[list[int]]:
        return [self.dependents(written, sides, contrast) for contrast in range(len(sides))]

    def annotated(self, written: Mapping[Words, Translation], number: int, suffix: str) -> Suite:
        """The versions as annotated sentences with their tags; suffix: of the labels."""
        suite: Suite = []
        for sides, source in self.versions.items():
            target, count, words = written[source].tokens, len(self.edges), self._of(written, sides)
            nouns, agreements = [], []
            for clause, (side, edge) in enumerate(zip(sides, self.edges, strict=True)):
                first, judged = words[clause][0], words[clause][count > 1 :]
                nouns.append(Noun(edge.label + suffix, side, min(edge.places), first, clause, "controller"))
                beside = written[self.versions[_turned(sides, clause)]].tokens
                for place in judged:  # one of the first contrast after the second one's first word comes back to it
                    returns = not clause and count > 1 and place > words[1][0]
                    of = count if returns else clause
                    word = Agreement(place, clause, side, "contrast", of, place - first, "forward", (), beside[place])
                    agreements.append(word)
            agreements.sort(key=lambda word: word.position)
            kinds = ("contrast",) * max([count, *(word.clause + 1 for word in agreements)])
            pair = SentencePair(source, tuple(target), tuple(nouns), tuple(agreements), kinds)
            y1, y2 = (*sides, None)[:2]
            suite.append((pair, {"item": number, "switch": f"{y1}>{y2}" if y2 else ALONE, "y1": y1, "y2": y2}))
        return suite


def _turned(sides: Sides, contrast: int) -> Sides:
    return (*sides[:contrast], opposite(sides[contrast]), *sides[contrast + 1 :])


def _steps(translator: Translator, contrast: Contrast) -> tuple[Words, Words]:
    return tuple(translator.source.split(contrast.one)), tuple(translator.source.split(contrast.other))


def _check_sides(edges: Sequence[_Edge]) -> None:
    """Raise `UsageError` where what is said in the first column of one line is said in the second of another."""
    lines: dict[tuple[str, str], int] = {}
    for edge in edges:
        one, other = edge._differing
        if one != other and (other, one) in lines:
            raise UsageError(
                f'Contrast {lines[other, one]} has "{other}" first and "{one}" second, contrast {edge.number} the '
                "other way round; write each kind of sentence in the same column."
            )
        lines.setdefault((one, other), edge.number)


def _written(translator: Translator, sentences: Sequence[Words]) -> dict[Words, Translation]:
    """What the model writes of each sentence by itself."""
    asked = [sentence for sentence in dict.fromkeys(sentences) if sentence]
    runs = edit(translator, asked, [(row, []) for row in range(len(asked))])
    return dict(zip(asked, runs, strict=True))


def _reason(translator: Translator, edge: _Edge, written: Mapping[Words, Translation]) -> tuple[Kind, str] | None:
    """Why nothing can be asked of a contrast, in short and in words; None where something can."""
    if unknown := translator.source.unknown(f"{edge.contrast.one} {edge.contrast.other}"):
        return "unknown word", f'the model does not know the word "{unknown[0]}"'
    if edge.one == edge.other:
        return "read alike", "the model reads the same words in both"
    if len(edge.one) != len(edge.other):
        counts = f"{len(edge.one)} and {len(edge.other)} words"
        return "read in lengths", f"the two have {counts}, as the model reads them"
    one, other = written[edge.one], written[edge.other]
    if not (one.finished and other.finished):
        return "unfinished", "the model does not end a translation"
    if one.tokens == other.tokens:
        return "written alike", "the model writes the same of both"
    if len(one.tokens) != len(other.tokens):
        counts = f"{len(one.tokens)} and {len(other.tokens)} words"
        return "written in lengths", f"the two translations have {counts}, as the model writes them"
    return None


def _items(edges: Sequence[_Edge], written: Mapping[Words, Translation]) -> Iterator[_Item]:
    """The crossed sentences, and then what belongs to none of them."""
    beside: dict[Words, list[_Edge]] = {}
    for edge in edges:
        beside.setdefault(edge.one, []).append(edge)
        beside.setdefault(edge.other, []).append(edge)
    taken: set[_Edge] = set()
    for sentence, its in beside.items():
        for pair in combinations(its, 2):
            item = _crossed(sentence, *sorted(pair, key=lambda edge: min(edge.places)))
            versions = set(item.versions.values()) if item else set()
            if item and taken.isdisjoint(pair) and beside.keys() >= versions and item.is_sound(written):
                taken |= {edge for one in versions for edge in beside[one] if edge.beside(one) in versions}
                yield item
    for edge in edges:
        if edge not in taken:
            yield _Item({("m",): edge.one, ("f",): edge.other}, (edge,))


def _crossed(sentence: Words, first: _Edge, second: _Edge) -> _Item | None:
    """The four versions of a sentence with two contrasts; None where the two are one and the same place."""
    if first.places & second.places:
        return None
    versions = {}
    for sides in product(GENDERS, repeat=2):
        words = list(sentence)
        for side, edge in zip(sides, (first, second), strict=True):
            for place in edge.places:
                words[place] = (edge.one, edge.other)[GENDERS.index(side)][place]
        versions[sides] = tuple(words)
    return _Item(versions, (first, second))
