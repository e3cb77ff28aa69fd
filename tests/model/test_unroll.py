"""What PyTorch's modules take, the explicit steps take as well, and give back what the modules do."""

from itertools import product

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils import parametrizations, prune, spectral_norm, weight_norm
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

from translate.errors import TranslateError
from translate.model.unroll import run

pytestmark = [
    pytest.mark.numerical,
    pytest.mark.filterwarnings("ignore:LSTM with projections:UserWarning"),
    pytest.mark.filterwarnings("ignore:.*weight_norm.*:FutureWarning"),
]

BATCH, TIME, INPUT, UNITS = 3, 5, 4, 6
LENGTHS = [2, 5, 1]
MODULES = {
    "lstm": (nn.LSTM, {}),
    "projected": (nn.LSTM, {"proj_size": 3}),
    "gru": (nn.GRU, {}),
    "rnn": (nn.RNN, {}),
    "rnn_relu": (nn.RNN, {"nonlinearity": "relu"}),
}


def make(kind, layers=1, both_ways=False, **options):
    torch.manual_seed(1)
    module, own = MODULES[kind]
    return module(INPUT, UNITS, num_layers=layers, bidirectional=both_ways, **own, **options).double()


def given(module, batch=BATCH):
    """Inputs and an initial state in the module's layout; batch None: one sequence alone."""
    rows = [] if batch is None else [batch]
    shape = [*rows, TIME] if module.batch_first else [TIME, *rows]
    places = module.num_layers * (2 if module.bidirectional else 1)
    h = torch.randn(places, *rows, module.proj_size or UNITS).double()
    c = torch.randn(places, *rows, UNITS).double()
    return torch.randn(*shape, INPUT).double(), (h, c) if module.mode == "LSTM" else h


def assert_same(ours, own):
    assert type(ours[0]) is type(own[0]) and type(ours[1]) is type(own[1])
    for one, other in zip(*(_tensors(values) for values in (ours, own)), strict=True):
        torch.testing.assert_close(one, other)


def _tensors(values):
    outputs, state = values
    first = [outputs] if isinstance(outputs, torch.Tensor) else [outputs.data, outputs.batch_sizes]
    return [*first, *([state] if isinstance(state, torch.Tensor) else state)]


@pytest.mark.parametrize("kind", MODULES)
@pytest.mark.parametrize(("layers", "both_ways"), [(1, False), (2, True)])
def test_a_sequence_alone_is_what_the_module_makes_of_it(kind, layers, both_ways):
    module = make(kind, layers, both_ways, batch_first=True)
    inputs, state = given(module, None)
    assert_same(run(module, inputs, state), module(inputs, state))
    assert_same(run(module, inputs), module(inputs))


@pytest.mark.parametrize("kind", MODULES)
@pytest.mark.parametrize(("layers", "both_ways"), [(1, True), (2, False)])
def test_a_packed_sequence_comes_back_packed(kind, layers, both_ways):
    for batch_first, is_sorted in product([True, False], repeat=2):
        module = make(kind, layers, both_ways, batch_first=batch_first)
        inputs, state = given(module)
        lengths = torch.tensor(sorted(LENGTHS, reverse=True) if is_sorted else LENGTHS)
        packed = pack_padded_sequence(inputs, lengths, batch_first, enforce_sorted=is_sorted)
        for initial in (state, None):
            ours, own = run(module, packed, initial), module(packed, initial)
            assert isinstance(ours[0], PackedSequence)
            assert_same(ours, own)


@pytest.mark.parametrize("kind", ["lstm", "projected", "gru"])
def test_lengths_may_be_a_list_an_array_or_a_tensor(kind):
    module = make(kind, both_ways=True, batch_first=True)
    inputs, state = given(module)
    own, last = module(pack_padded_sequence(inputs, torch.tensor(LENGTHS), True, enforce_sorted=False), state)
    own = pad_packed_sequence(own, True, total_length=TIME)[0]
    for lengths in (LENGTHS, tuple(LENGTHS), np.array(LENGTHS), torch.tensor(LENGTHS, dtype=torch.int32)):
        assert_same(run(module, inputs, state, lengths=lengths), (own, last))


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ([2, 5], "shape [2]"),
        ([2.0, 5.0, 1.0], "not float64"),
        ([True, True, True], "not bool"),
        ([0, 5, 1], "from 0 to 5"),
        (torch.tensor([2, 6, 1]), "from 1 to 6"),
        (torch.tensor([[2, 5, 1]]), "shape [1, 3]"),
        ("abc", "not 'abc'"),
        (5, "shape []"),
    ],
)
def test_lengths_that_are_not_one_for_each_row_are_refused(lengths, said):
    module = make("lstm", batch_first=True)
    with pytest.raises(TranslateError, match="one for each row") as raised:
        run(module, given(module)[0], lengths=lengths)
    assert said in str(raised.value)


@pytest.mark.parametrize("gradients", [False, True])
@pytest.mark.parametrize("keep_all", [False, True])
def test_a_projected_h_is_seen_and_edited_in_its_own_width(gradients, keep_all):
    module = make("projected", 2, True, bias=False)
    inputs, state = given(module)
    seen = {}

    def at(site, t, value):
        seen[site, t] = tuple(value.shape)
        return torch.zeros_like(value) if site.endswith(".h") else value

    with torch.set_grad_enabled(gradients):
        assert_same(run(module, inputs, state, keep_all=keep_all), module(inputs, state))
        outputs, (_, c) = run(module, inputs, state, at, keep_all=keep_all)
    assert seen["l0.h", 0] == seen["l1.rev.h_0", TIME - 1] == (BATCH, 3)
    assert seen["l0.c", 0] == seen["l1.o_pre", 0] == (BATCH, UNITS)
    assert not outputs.any() and c.any()
    with pytest.raises(TranslateError, match=r"h_0 and c_0 of shape \[4, 3, 3\] and \[4, 3, 6\]"):
        run(module, inputs, (state[1], state[1]))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_is_that_of_the_module(dtype):
    module = make("lstm", batch_first=True).to(dtype)
    inputs = given(module)[0].to(dtype)
    with torch.no_grad():
        ours, own = run(module, inputs)[0], module(inputs)[0]
    assert ours.dtype == dtype
    torch.testing.assert_close(ours, own, rtol=0.0, atol=0.02)


# ------------------------------------------------------------------------------------------------ weights made anew


def pruned(module):
    return prune.random_unstructured(module, "weight_hh_l0", 0.5)


MAKERS = {
    "weight_norm": lambda module: weight_norm(module, "weight_hh_l0"),
    "spectral_norm": lambda module: spectral_norm(module, "weight_ih_l0"),
    "pruning": pruned,
    "parametrized weight_norm": lambda module: parametrizations.weight_norm(module, "weight_hh_l0"),
    "parametrized spectral_norm": lambda module: parametrizations.spectral_norm(module, "weight_hh_l0"),
    "orthogonal": lambda module: parametrizations.orthogonal(module, "weight_hh_l0"),
}


def loaded(made):
    """The module with other weights, as a file has them: nothing has been worked out from them yet."""
    state = {name: value + 0.3 * torch.rand_like(value) for name, value in made.state_dict().items()}
    made.load_state_dict({name: value.round() if "mask" in name else value for name, value in state.items()})
    return made.eval()


@pytest.mark.parametrize("made", MAKERS)
def test_weights_that_are_worked_out_for_each_run_are_those_of_this_run(made):
    module = loaded(MAKERS[made](make("lstm", batch_first=True)))
    inputs, state = given(module)
    ours = run(module, inputs, state)  # before the module's own run, which would work them out as well
    assert_same(ours, module(inputs, state))


@pytest.mark.parametrize("made", ["weight_norm", "parametrized weight_norm"])
def test_gradients_reach_what_the_weights_are_made_of(made):
    module = loaded(MAKERS[made](make("lstm", batch_first=True)))
    inputs, _ = given(module)
    found = []
    for each in (run, lambda module, inputs: module(inputs)):
        module.zero_grad()
        each(module, inputs)[0].sum().backward()
        found.append([parameter.grad.clone() for parameter in module.parameters()])
    for ours, own in zip(*found, strict=True):
        assert ours.abs().sum() > 0
        torch.testing.assert_close(ours, own)


# ---------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize("made", ["spectral_norm", "parametrized spectral_norm"])
def test_weights_that_change_with_each_run_are_refused(made):
    module = MAKERS[made](make("lstm", batch_first=True)).train()
    with pytest.raises(TranslateError, match=r"spectral_norm changes its weights .*; call module.eval"):
        run(module, given(module)[0])


def quantised():
    return torch.ao.quantization.quantize_dynamic(nn.Sequential(nn.LSTM(INPUT, UNITS)), {nn.LSTM})[0]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("make_one", [quantised, lambda: torch.ao.nn.quantizable.LSTM(INPUT, UNITS)])
def test_a_quantised_module_is_named_as_such(make_one):
    with pytest.raises(TranslateError, match=r"This LSTM is quantised \(torch\.ao\."):
        run(make_one(), torch.zeros(TIME, BATCH, INPUT))


@pytest.mark.parametrize(
    ("inputs", "state", "said"),
    [
        (torch.zeros(BATCH, TIME, INPUT).double(), torch.zeros(1, BATCH, UNITS).double(), "h_0 and c_0"),
        (torch.zeros(TIME, INPUT).double(), (torch.zeros(1, BATCH, UNITS).double(),) * 2, "[1, 1, 6]"),
        (torch.zeros(BATCH, TIME, INPUT), None, "float32 on cpu"),
        (torch.zeros(BATCH, TIME, INPUT).long(), None, "int64 on cpu"),
        (torch.zeros(BATCH, TIME, INPUT).double(), ("h", "c"), "must be a tensor"),
        (np.zeros((BATCH, TIME, INPUT)), None, "a ndarray"),
        (torch.zeros(1, 1, 1, INPUT), None, "shape [1, 1, 1, 4]"),
        (torch.zeros(0, INPUT).double(), None, "no steps"),
    ],
)
def test_what_a_module_cannot_take_is_said(inputs, state, said):
    with pytest.raises(TranslateError) as raised:
        run(make("lstm", batch_first=True), inputs, state)
    assert said in str(raised.value)


def test_a_packed_sequence_knows_its_lengths():
    packed = pack_padded_sequence(torch.zeros(TIME, BATCH, INPUT).double(), torch.tensor(LENGTHS), enforce_sorted=False)
    with pytest.raises(TranslateError, match="leave `lengths` out"):
        run(make("lstm"), packed, lengths=LENGTHS)
