"""The shape of a network: what is refused, and how it is said in words."""

import json

import pytest

from translate.errors import TranslateError, UsageError
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder


def test_a_network_in_words():
    assert ModelConfig(9, 9).in_words() == "LSTM encoder–decoder without attention, 1 layer of 128 units"
    assert ModelConfig(9, 9, "gru", layers=2, hidden=64).layers_in_words() == "2 layers of 64 units"


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("layers", [1, 2])
def test_the_shapes_are_those_of_the_module(cell, layers):
    config = ModelConfig(9, 11, cell, layers, hidden=6, embedding=5)
    weights = EncoderDecoder(config).state_dict()
    assert config.shapes() == {name: tuple(value.shape) for name, value in weights.items()}


def test_a_written_configuration_is_read_again():
    config = ModelConfig(9, 11, "gru", 2, dropout=0.5, reverse_source=True)
    values = json.loads(json.dumps(config.to_dict()))
    assert ModelConfig.from_dict(values) == config
    del values["layers"]
    with pytest.raises(TranslateError, match=r"\(layers\)"):
        ModelConfig.from_dict(values | {})


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        (dict(cell="transformer"), "no cell 'transformer'; choose one of lstm, gru, rnn"),
        (dict(layers=0), "layers must be a whole number above 0"),
        (dict(hidden=8.0), "hidden must be a whole number"),
        (dict(dropout=1.0), "dropout must lie between 0 and 1"),
        (dict(forget_bias="4"), "forget_bias must be a number"),
        (dict(reverse_source=1), "reverse_source must be true or false"),
    ],
)
def test_what_cannot_be_is_refused(values, problem):
    with pytest.raises(UsageError, match=problem):
        ModelConfig(9, 9, **values)
