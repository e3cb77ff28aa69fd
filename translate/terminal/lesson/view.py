"""How the tour is shown: a step at a time, with a question, what was measured, and a picture of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from translate.errors import TranslateError
from translate.lesson.gallery import Broken, Tried, broken, save, try_sentence
from translate.lesson.measured import Measured
from translate.lesson.steps import TourStep, steps
from translate.lesson.steps import verdict as said_of
from translate.lesson.taught import NEVER, of_model
from translate.lesson.tour import Answered, answered, question
from translate.lines import argument, checked
from translate.model.translator import Translator
from translate.terminal.console import remark, stderr_console
from translate.terminal.lesson.pictures import PICTURES
from translate.terminal.marks import marked_lines
from translate.terminal.screen import MARGIN, Screen

_LETTERS = "abcdefgh"
_LEAVES = ("q", "quit", "exit")


class LessonScreen(Screen):
    """The screen of the tour. asks: whether a person is there to answer."""

    def __init__(self, asks: bool):
        super().__init__()
        self.asks = asks
        self.right = self.asked = 0

    def titles(self) -> None:
        """All steps, a line each."""
        for number, step in enumerate(steps(), 1):
            self._say(f"{number}  {step.title}")

    def tour(self, measured: Measured, only: int | None = None) -> None:
        """All steps, or the one numbered `only`; after the last one a person may try sentences of their own."""
        for number, step in enumerate(steps(), 1):
            if only in (None, number) and not self.step(number, step, measured):
                return self._end()
        if only in (None, len(steps())) and self.asks:
            while sentence := self.ask("  Your sentence (Enter: none): "):
                self.judge(measured.translator, sentence)
        self._end()

    def step(self, number: int, step: TourStep, measured: Measured) -> bool:
        """One step; False if the learner leaves."""
        self._say(f"{number} of {len(steps())}  {step.title}", "bold")
        self.gap()
        self._say(f"The lesson: {step.statement}", gap=True)
        with self._busy():
            asked = question(step, measured)
        self._say(asked)
        for letter, option in zip(_LETTERS, step.options, strict=False):
            self._say(f"{letter}  {option.text}", margin=4)
        self.gap()
        prediction = self._predict([*_LETTERS[: len(step.options)]])
        if prediction in _LEAVES:
            return False
        with self._busy():
            answer = answered(step, measured)
        self._answer(answer, prediction)
        if step.id in PICTURES and not self._go_on("a picture of it"):
            return False
        self._picture(step.id, measured)
        self._say(f"More: {step.command}", "dim", gap=True)
        return number == len(steps()) or self._go_on("the next step")

    def judge(self, translator: Translator, sentence: str, quiet: bool = False) -> Tried | None:
        """Judge one sentence of the learner's, and save it if it breaks the model; None where it cannot be judged."""
        line, problems = checked(translator.source, argument(sentence))
        for problem in problems:
            remark(problem)
        if problems or not line:
            remark("A sentence counts if the model knows all of its words; try another one.")
            return None
        tried = try_sentence(translator, line)
        if not quiet:
            known = of_model(translator.source.words) if tried.judgement.breaks else None
            self._tried(tried, known.lacks(translator.source.split(line)) if known else "")
        if tried.judgement.breaks:
            try:
                is_new = save(broken(tried, translator.checkpoint.hash))
                where = "now (translate lesson --gallery)" if is_new else "already"
                remark(f"It is in your gallery {where}.")
            except TranslateError as error:
                remark(str(error))
        return tried

    def gallery(self, entries: Sequence[Broken]) -> None:
        """What was saved."""
        for entry in entries:
            self._say(entry.sentence)
            self._say(entry.translation)
            self._say(
                f"{_fault(entry.wrong, entry.lost, entry.doubts)} ({entry.date}, model {entry.model})", "dim", gap=True
            )

    # ------------------------------------------------------------------------------------------------ in a step

    @contextmanager
    def _busy(self) -> Iterator[None]:
        """Say that something is measured, where somebody waits for it."""
        if not self.asks:
            yield
            return
        with stderr_console().status(self.signs.shown("  measuring …"), spinner="line"):
            yield

    def _predict(self, letters: list[str]) -> str:
        """The letter of the learner's prediction, empty for none, or a word that leaves."""
        while self.asks:
            typed = self.ask(f"  Your prediction ({', '.join(letters)}; Enter: none, q: leave): ")
            if typed is None:
                return _LEAVES[0]
            if typed.lower() in ("", *letters, *_LEAVES):
                return typed.lower()
            self._say(f"Type one of {', '.join(letters)}.")
        return ""

    def _answer(self, answer: Answered, prediction: str) -> None:
        """What was measured, beside what was predicted, and which sentences of the lesson hold."""
        if answer.right is None:
            self._say("Measured: nothing.", "bold")
        else:
            letter = _LETTERS[answer.step.options.index(answer.right)]
            self.asked += bool(prediction)
            self.right += prediction == letter
            said = f"Measured: {letter}, {answer.right.text}."
            if prediction:
                said = said_of(answer.step.options[_LETTERS.index(prediction)], answer.right)
            unsure = "" if answer.sure else " (The 95 % interval reaches into another answer.)"
            self._say(f"{said}{unsure}", "bold")
        self._say(answer.explanation, gap=True)
        for finding in answer.findings:
            self._say(f"{self.signs.verdicts[finding.holds]} “{finding.says}” {finding.text}", margin=4)
        self.gap()

    def _picture(self, step: str, measured: Measured) -> None:
        """A picture of the step, from the commands that show it in full."""
        for line in PICTURES[step](measured, self) if step in PICTURES else ():
            if isinstance(line, str):
                self._say(line, "dim")
            else:
                self.print(line)
        self.gap()

    def _go_on(self, to: str) -> bool:
        """Wait for Enter where a person is there; False if they leave."""
        if not self.asks:
            return True
        try:
            typed = self.ask(f"  Enter: {to}, q: leave ")
        finally:
            self.gap()
        return typed is not None and typed.lower() not in _LEAVES

    def _tried(self, tried: Tried, lacks: str) -> None:
        """The learner's sentence, its translation and the judgement; lacks: what of it the model was never taught."""
        self._say(tried.sentence)
        self.print(*marked_lines(tried.translation, self))
        self._say(verdict(tried), "bold" if tried.judgement.breaks else "", gap=not lacks)
        if lacks:
            self._say(NEVER.format(what=lacks), gap=True)

    def _end(self) -> None:
        """How it went."""
        if self.asked:
            self._say(f"You predicted {self.right} of {self.asked} as it was measured.", "bold")

    def _say(self, text: str, style: str = "", margin: int = MARGIN, gap: bool = False) -> None:
        """A paragraph; of one that is set in, the later lines a little further."""
        self.print(*self.lines(text, style, margin=margin, hanging=margin - MARGIN, free=MARGIN))
        if gap:
            self.gap()


def verdict(tried: Tried) -> str:
    """What the judge found, in a sentence."""
    judgement = tried.judgement
    cut = "" if tried.finished else " It does not come to an end."
    if judgement.breaks:
        wrong = [tried.words[t] for t in judgement.wrong]
        return f"Broken: {_fault(wrong, judgement.lost, judgement.reasons)}.{cut}"
    if not judgement.judged:
        return f"No word of it has to agree; take a sentence with who likes to.{cut}"
    many = len(judgement.judged)
    return f"It agrees: {many} word{'s' if many > 1 else ''} with the right gender, and nobody is lost.{cut}"


def _fault(wrong: Sequence[str], lost: Sequence[str], doubts: Sequence[str]) -> str:
    parts = []
    if wrong:
        parts.append(f"{', '.join(wrong)} {'does' if len(wrong) == 1 else 'do'} not agree")
    if lost:
        parts.append(f"{', '.join(lost)} {'is' if len(lost) == 1 else 'are'} lost")
    return "; ".join([" and ".join(parts), *doubts] if parts else doubts)
