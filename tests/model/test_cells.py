"""The explicit steps are the fused modules of PyTorch, and every site is what its equation says.

Longer than 300 lines because three cells are held to the same equations: a test per kind would say them three times.
"""

import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from tests.arithmetic import FLOAT64, assert_as_near
from translate.errors import TranslateError
from translate.model.cells import SITES, STATES, STEPS, lstm_step, project, scoped
from translate.model.unroll import kind_of, run, sites_of, weights_of

pytestmark = pytest.mark.numerical

MAKERS = {
    "lstm": nn.LSTM,
    "gru": nn.GRU,
    "rnn": nn.RNN,
    "rnn_relu": lambda *sizes, **options: nn.RNN(*sizes, nonlinearity="relu", **options),
}
KINDS = list(MAKERS)
BATCH, TIME, INPUT, UNITS = 3, 5, 4, 6


def make(kind, dtype=torch.float64, sizes=(INPUT, UNITS), **options):
    torch.manual_seed(1)
    return MAKERS[kind](*sizes, batch_first=options.pop("batch_first", True), **options).to(dtype)


def inputs_and_state(module, batch=BATCH, time=TIME):
    generator = torch.Generator().manual_seed(2)
    dtype = module.weight_hh_l0.dtype
    shape = (batch, time) if module.batch_first else (time, batch)
    inputs = torch.randn(*shape, module.input_size, dtype=dtype, generator=generator)
    rows = module.num_layers * (2 if module.bidirectional else 1)
    parts = [torch.randn(rows, batch, module.hidden_size, dtype=dtype, generator=generator) for _ in range(2)]
    return inputs, tuple(parts) if kind_of(module) == "lstm" else parts[0]


def flat(result):
    outputs, state = result
    return [outputs, *(state if isinstance(state, tuple) else [state])]


def joined(result):
    return torch.cat([value.flatten() for value in flat(result)]).detach().numpy()


def recorded(module, inputs, state=None, **options):
    seen = {}

    def watch(site, t, value):
        seen[site, t] = value
        return value

    return run(module, inputs, state, watch, **options), seen


def assert_same(ours, theirs, tolerance=FLOAT64):
    for mine, fused in zip(flat(ours), flat(theirs), strict=True):
        torch.testing.assert_close(mine, fused, rtol=0, atol=tolerance)


def in_float64(module, inputs, state=None):
    """What the module gives in float64, with the same weights."""
    parts = (
        tuple(part.double() for part in state)
        if isinstance(state, tuple)
        else state
        if state is None
        else state.double()
    )
    return copy.deepcopy(module).double()(inputs.double(), parts)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("batch_first", [False, True])
class TestSameAsFused:
    @pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
    @pytest.mark.parametrize("watched", [True, False])
    def test_values(self, kind, layers, bidirectional, bias, batch_first, dtype, watched):
        options = dict(num_layers=layers, bidirectional=bidirectional, bias=bias, batch_first=batch_first)
        module = make(kind, dtype, **options)
        inputs, state = inputs_and_state(module)
        for beginning in (state, None):
            with torch.set_grad_enabled(watched):  # the two ways in which the pre-activations are laid out
                ours, fused = run(module, inputs, beginning), module(inputs, beginning)
            if dtype == torch.float64:
                assert_same(ours, fused)
            else:
                assert_as_near(*(joined(result) for result in (ours, fused, in_float64(module, inputs, beginning))))

    def test_gradients(self, kind, layers, bidirectional, bias, batch_first):
        options = dict(num_layers=layers, bidirectional=bidirectional, bias=bias, batch_first=batch_first)
        module = make(kind, **options)
        inputs, state = inputs_and_state(module)
        states = list(state) if isinstance(state, tuple) else [state]
        leaves = [leaf.requires_grad_() for leaf in [inputs, *states]] + list(module.parameters())

        def gradients(result):
            scale = (torch.linspace(-1, 2, value.numel()).view_as(value) for value in flat(result))
            weighted = sum((value * factor).sum() for value, factor in zip(flat(result), scale, strict=True))
            return torch.autograd.grad(weighted, leaves)

        for mine, fused in zip(gradients(run(module, inputs, state)), gradients(module(inputs, state)), strict=True):
            torch.testing.assert_close(mine, fused, rtol=0, atol=FLOAT64)


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    batch=st.integers(1, 4),
    time=st.integers(1, 6),
    sizes=st.tuples(st.integers(1, 5), st.integers(1, 5)),
    layers=st.integers(1, 3),
    bidirectional=st.booleans(),
    bias=st.booleans(),
    data=st.data(),
)
def test_any_shape_any_lengths(kind, batch, time, sizes, layers, bidirectional, bias, data):
    module = make(kind, sizes=sizes, num_layers=layers, bidirectional=bidirectional, bias=bias)
    inputs, state = inputs_and_state(module, batch, time)
    lengths = torch.tensor(data.draw(st.lists(st.integers(1, time), min_size=batch, max_size=batch)))
    assert_same(run(module, inputs, state), module(inputs, state))
    packed = nn.utils.rnn.pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
    outputs, last = module(packed, state)
    padded, _ = nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=time)
    assert_same(run(module, inputs, state, lengths=lengths), (padded, last))


# ------------------------------------------------------------------------------------------------- the equations


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("differentiable", [False, True])
def test_each_site_satisfies_its_equation(kind, reverse, differentiable):
    module = make(kind, bidirectional=reverse)
    inputs, state = inputs_and_state(module)
    with torch.set_grad_enabled(differentiable):
        _, seen = recorded(module, inputs, state)
    prefix, suffix = ("l0.rev.", "l0_reverse") if reverse else ("l0.", "l0")
    W, U, b, d = (getattr(module, f"{name}_{suffix}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
    order = list(range(TIME))[:: -1 if reverse else 1]
    before = {name: seen[f"{prefix}{name}_0", order[0]] for name in STATES[kind]}
    sigmoid, tanh = torch.sigmoid, torch.tanh
    for t in order:
        at = {site: seen[prefix + site, t] for site in SITES[kind]}
        h0 = before["h"]
        from_input, from_state = inputs[:, t] @ W.T + b, h0 @ U.T + d
        expected = {}
        if kind == "lstm":
            for name, x, r in zip("ifgo", from_input.chunk(4, 1), from_state.chunk(4, 1), strict=True):
                expected[f"{name}_pre"] = x + r
                expected[name] = tanh(x + r) if name == "g" else sigmoid(x + r)
            expected["c"] = at["f"] * before["c"] + at["i"] * at["g"]
            expected["h"] = at["o"] * tanh(at["c"])
        elif kind == "gru":
            (x_r, x_z, x_n), (h_r, h_z, h_n) = from_input.chunk(3, 1), from_state.chunk(3, 1)
            expected |= {"r_pre": x_r + h_r, "z_pre": x_z + h_z, "n_pre": x_n + at["r"] * h_n}
            expected |= {"r": sigmoid(at["r_pre"]), "z": sigmoid(at["z_pre"]), "n": tanh(at["n_pre"])}
            expected["h"] = (1 - at["z"]) * at["n"] + at["z"] * h0
        else:
            expected["h_pre"] = from_input + from_state
            expected["h"] = at["h_pre"].clamp(min=0) if kind == "rnn_relu" else tanh(at["h_pre"])
        assert set(expected) == set(at)
        for site, value in expected.items():
            torch.testing.assert_close(
                at[site], value, rtol=0, atol=FLOAT64, msg=lambda m, s=site, t=t: f"{s} {t}: {m}"
            )
        before = {name: at[name] for name in STATES[kind]}


@pytest.mark.parametrize("kind", KINDS)
def test_every_site_is_visited_once_a_step(kind):
    module = make(kind, num_layers=2, bidirectional=True)
    visits = []
    run(module, inputs_and_state(module)[0], at=lambda site, t, value: visits.append((site, t)) or value)
    steps = [visit for visit in visits if not visit[0].endswith("_0")]
    assert sorted(steps) == sorted((site, t) for site in sites_of(module) for t in range(TIME))
    starts = sorted(visit for visit in visits if visit[0].endswith("_0"))
    marks = [("l0.", 0), ("l0.rev.", TIME - 1), ("l1.", 0), ("l1.rev.", TIME - 1)]
    assert starts == sorted((f"{mark}{name}_0", t) for mark, t in marks for name in STATES[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_of_projected_words_feeds_the_same_step(kind):
    """Embedding and input projection folded into one table [vocabulary, gates·unit]: its rows are left unchanged."""
    module, embedding = make(kind), nn.Embedding(7, INPUT, dtype=torch.float64)
    words = torch.tensor([[3, 0, 6], [1, 1, 2]])
    weights = weights_of(module)
    with torch.no_grad():
        table = project(embedding.weight, weights)
        kept = table.clone()
        state = tuple(torch.zeros(2, UNITS, dtype=torch.float64) for _ in STATES[kind])
        for t in range(3):
            state = STEPS[kind](table[words[:, t]], state, weights)
        alone = STEPS[kind](table[3:4], tuple(part[:1] for part in state), weights)  # a view of the table itself
        assert alone[0].shape == (1, UNITS)
        assert torch.equal(table, kept)
        torch.testing.assert_close(state[0], module(embedding(words))[0][:, -1], rtol=0, atol=FLOAT64)


# ------------------------------------------------------------------------------------------------------- editing


def edit_at(site, t, change):
    return lambda name, step, value: change(value) if (name, step) == (site, t) else value


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_changes_nothing_before_and_the_fused_module_follows_from_it(kind):
    module = make(kind)
    inputs, state = inputs_and_state(module)
    plain, seen = recorded(module, inputs, state)
    for site in SITES[kind]:
        states = {}

        def watch(name, t, value, site=site, states=states):
            if (name, t) == (f"l0.{site}", 2):
                value = value + 0.5
            states[name, t] = value
            return value

        edited = run(module, inputs, state, watch)
        assert torch.equal(edited[0][:, :2], plain[0][:, :2])
        order = SITES[kind]
        for name, t in ((f"l0.{other}", 2) for other in order[: order.index(site)]):
            assert torch.equal(states[name, t], seen[name, t]), f"{site} changed {name}, which comes before it"
        assert not torch.equal(edited[0][:, 2], plain[0][:, 2])
        after = tuple(states[f"l0.{name}", 2].unsqueeze(0) for name in STATES[kind])
        fused = module(inputs[:, 3:], after if kind == "lstm" else after[0])
        assert_same((edited[0][:, 3:], edited[1]), fused)


def test_clamping_the_forget_gate_before_or_after_the_sigmoid_is_the_same():
    module = make("lstm")
    inputs, _ = inputs_and_state(module)
    after = run(module, inputs, at=edit_at("l0.f", 1, lambda value: torch.full_like(value, 0.25)))
    logit = torch.logit(torch.tensor(0.25, dtype=torch.float64)).item()
    before = run(module, inputs, at=edit_at("l0.f_pre", 1, lambda value: torch.full_like(value, logit)))
    assert_same(before, after)


@pytest.mark.parametrize("reverse", [False, True])
def test_the_initial_state_can_be_edited(reverse):
    module = make("lstm", bidirectional=reverse)
    inputs, (h, c) = inputs_and_state(module)
    first, site = (TIME - 1, "l0.rev.c_0") if reverse else (0, "l0.c_0")
    edited = run(module, inputs, (h, c), edit_at(site, first, lambda value: value + 1))
    moved = c.clone()
    moved[1 if reverse else 0] += 1
    assert_same(edited, module(inputs, (h, moved)))


@pytest.mark.parametrize("grad", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_that_changes_nothing_changes_not_one_bit(kind, grad):
    module = make(kind, torch.float32, num_layers=2, bidirectional=True)
    inputs, state = inputs_and_state(module)
    with torch.set_grad_enabled(grad):
        plain = run(module, inputs, state)
        for same in (lambda site, t, value: value, lambda site, t, value: value.view_as(value)):
            for a, b in zip(flat(plain), flat(run(module, inputs, state, same)), strict=True):
                assert torch.equal(a, b)
        # A copy lies elsewhere in memory, where vector instructions may round the last bit another way.
        copied = run(module, inputs, state, lambda site, t, value: value.clone())
    assert_as_near(*(joined(result) for result in (copied, plain, in_float64(module, inputs, state))))


@pytest.mark.parametrize("kind", KINDS)
def test_the_gradient_through_a_site_equals_finite_differences(kind):
    module = make(kind, num_layers=2, bidirectional=True)
    inputs, state = inputs_and_state(module)
    for site in ["l0." + site for site in SITES[kind]] + ["l1.rev.h", f"l0.{STATES[kind][-1]}_0"]:
        t = TIME - 1 if "rev" in site else 0 if site.endswith("_0") else 1

        def outcome(nudge, site=site, t=t):
            outputs, _ = run(module, inputs, state, edit_at(site, t, lambda value: value + nudge))
            return outputs.square().sum()

        nudge = torch.zeros(BATCH, UNITS, dtype=torch.float64, requires_grad=True)
        assert torch.autograd.gradcheck(outcome, (nudge,), fast_mode=True, nondet_tol=0)
        assert torch.autograd.grad(outcome(nudge), nudge)[0].abs().sum() > 0


# ------------------------------------------------------------------------------------------------- what is refused


def test_inputs_are_not_changed():
    module = make("lstm")
    inputs, (h, c) = inputs_and_state(module)
    kept = [value.clone() for value in (inputs, h, c)]
    with torch.no_grad():
        run(module, inputs, (h, c))
    assert all(torch.equal(value, copy) for value, copy in zip((inputs, h, c), kept, strict=True))


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (nn.LSTM(INPUT, UNITS, 2, dropout=0.5), "eval()"),
        (nn.Linear(INPUT, UNITS), "Linear"),
        (nn.GRU(INPUT + 1, UNITS), str(INPUT + 1)),
    ],
)
def test_what_is_not_supported_is_said(module, words):
    with pytest.raises(TranslateError) as raised:
        run(module, torch.zeros(TIME, BATCH, INPUT))
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"inputs": torch.zeros(TIME)}, "batch, time"),
        ({"inputs": torch.zeros(TIME, BATCH + INPUT)}, "4 inputs"),
        ({"inputs": torch.zeros(BATCH, 0, INPUT)}, "no steps"),
        ({"state": torch.zeros(1, BATCH, UNITS)}, "h_0 and c_0"),
        ({"state": (torch.zeros(2, BATCH, UNITS), torch.zeros(2, BATCH, UNITS))}, "[1, 3, 6]"),
        ({"lengths": torch.tensor([1, 2, TIME + 1])}, "from 1 to 5"),
        ({"at": lambda site, t, value: value[:1]}, "return one of shape [3, 6]"),
    ],
)
def test_a_wrong_argument_is_named(arguments, words):
    with pytest.raises(TranslateError) as raised:
        run(nn.LSTM(INPUT, UNITS, batch_first=True), **{"inputs": torch.zeros(BATCH, TIME, INPUT), **arguments})
    assert words in str(raised.value)


def test_dropout_does_not_matter_once_the_module_is_evaluated():
    module = make("lstm", num_layers=2, dropout=0.5).eval()
    inputs, state = inputs_and_state(module)
    assert_same(run(module, inputs, state), module(inputs, state))


def test_a_step_can_be_watched_alone():
    module = make("lstm")
    seen = []
    state = tuple(torch.zeros(BATCH, UNITS, dtype=torch.float64) for _ in range(2))
    x = project(torch.ones(BATCH, INPUT, dtype=torch.float64), weights_of(module))
    at = scoped(lambda site, t, value: seen.append((site, t)) or value, "dec.l0.", 7)
    lstm_step(x, state, weights_of(module), at)
    assert {t for _, t in seen} == {7}
    assert {site.removeprefix("dec.l0.") for site, _ in seen} == set(SITES["lstm"])
