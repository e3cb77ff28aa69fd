import pytest

from translate.report.study_figures import kind_name
from translate.study.replica import Kind


@pytest.mark.parametrize(
    "kind, name",
    [
        (Kind(), "LSTM 128"),
        (Kind(cell="rnn"), "plain RNN 128"),
        (Kind("neutral", "gru", 64), "GRU 64, neutral twin"),
        (Kind("return", layers=2, bidirectional=True), "LSTM 128, 2 layers, encoder both ways, twin that returns"),
    ],
)
def test_a_kind_of_model_in_words(kind, name):
    assert kind_name(kind) == name
