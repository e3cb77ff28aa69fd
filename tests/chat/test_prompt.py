"""The line that a person types: completion and history."""

from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from translate.chat.prompt import History, WordCompleter


def complete(typed: str) -> list[str]:
    completer = WordCompleter(["girl", "giant", "great", "I", "Prague", ",", "gi"])
    return [found.text for found in completer.get_completions(Document(typed), CompleteEvent())]


def test_completion():
    assert complete("I am a gir") == ["girl"]
    assert complete("Gi") == ["Girl", "Giant"]
    assert complete("in pra") == ["Prague"]
    assert complete("I am a ") == []
    assert complete(":s") == [":swap"]
    assert complete("a :s") == []


def test_a_history_keeps_lines_and_forgives_everything(tmp_path):
    history = History(tmp_path / "new" / "history")
    history.store_string("I am a boy")
    history.store_string("x" * 5000)
    history.store_string("a lone surrogate \udcff")
    assert list(History(tmp_path / "new" / "history").load_history_strings())[-1] == "I am a boy"
    assert list(History(tmp_path).load_history_strings()) == []
    History(tmp_path).store_string("a folder cannot be written to")
