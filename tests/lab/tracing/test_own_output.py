"""A trace of a module is the module's own run, or says why it is not.

Over 300 lines: each way in which a module may differ from its steps, and what is said of it.
"""

from itertools import product

import pytest
import torch
from torch import nn
from torch.nn.utils import parametrizations, prune, spectral_norm, weight_norm
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from tests.arithmetic import FLOAT64
from translate import lab
from translate.errors import TranslateError
from translate.lab.tracing.site import UnknownSite
from translate.model import cells

pytestmark = [pytest.mark.numerical, pytest.mark.filterwarnings("ignore:.*weight_norm.*:FutureWarning")]

BATCH, TIME, INPUT, UNITS = 3, 5, 4, 6
MODULES = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}


def make(module=nn.LSTM, **options):
    torch.manual_seed(1)
    return module(INPUT, UNITS, **{"batch_first": True, **options}).double()


def some_inputs(batch=BATCH):
    return torch.randn(batch, TIME, INPUT, dtype=torch.float64, generator=torch.Generator().manual_seed(2))


# ------------------------------------------------------------------------------------------- it is the module's own run


@pytest.mark.parametrize("kind", [*MODULES, "projected"])
@pytest.mark.parametrize("lengths", [None, [2, 5, 1]])
def test_a_trace_is_the_modules_own_run_in_every_shape(kind, lengths):
    module, own = (nn.LSTM, {"proj_size": 3}) if kind == "projected" else (MODULES[kind], {})
    for layers, both_ways, bias, sites in product((1, 2), (False, True), (False, True), (None, "*.h")):
        module_ = make(module, num_layers=layers, bidirectional=both_ways, bias=bias, **own)
        inputs = some_inputs()
        seen = lab.trace(module_, inputs, lengths=lengths, sites=sites)
        if lengths is None:
            outputs, state = module_(inputs)
        else:
            packed = pack_padded_sequence(inputs, torch.tensor(lengths), True, enforce_sorted=False)
            outputs, state = module_(packed)
            outputs = pad_packed_sequence(outputs, True, total_length=TIME)[0]
            assert seen.lengths[""].tolist() == lengths
        torch.testing.assert_close(seen.outputs, outputs)
        torch.testing.assert_close(seen.state, state)


@pytest.mark.filterwarnings("ignore:LSTM with projections:UserWarning")
def test_a_projection_has_gates_of_all_units_and_h_of_some():
    module = make(proj_size=3)
    seen = lab.trace(module, some_inputs())
    assert seen["l0.h"].shape == (BATCH, TIME, 3) and seen["l0.o"].shape == seen["l0.c"].shape == (BATCH, TIME, UNITS)
    h = (seen["l0.o"] * seen["l0.c"].tanh()) @ module.weight_hr_l0.T
    torch.testing.assert_close(seen["l0.h"], h)
    gradient = lab.trace(module, some_inputs(), gradients=True)
    assert gradient.gradient("l0.c", gradient.outputs.sum()).abs().sum() > 0
    with pytest.raises(TranslateError, match="proj_size"):
        lab.Chain.of_module(module, some_inputs())


def test_one_sequence_is_a_batch_of_one_and_its_state_as_the_module_has_it(tmp_path):
    module = make(num_layers=2)
    inputs = some_inputs()[0]
    seen, (outputs, state) = lab.trace(module, inputs), module(inputs)
    assert seen["l1.c"].shape == seen.outputs.shape == (1, TIME, UNITS)
    torch.testing.assert_close(seen.outputs[0], outputs)
    torch.testing.assert_close(seen.state, state)
    torch.testing.assert_close(seen.select(rows=[0]).state[0][:, 0], state[0])
    seen.save(tmp_path / "one.safetensors")
    assert torch.equal(lab.Trace.load(tmp_path / "one.safetensors").state[1], seen.state[1])


def test_tokens_are_given_row_by_row():
    for tokens in ([["a"] * TIME], [["a"] * TIME] * 4):
        with pytest.raises(TranslateError, match=f"3 rows and tokens for {len(tokens)}"):
            lab.trace(make(), some_inputs(), tokens=tokens)


def test_a_packed_sequence_is_traced_with_its_lengths():
    module, lengths = make(nn.GRU, bidirectional=True), torch.tensor([2, 5, 1])
    packed = pack_padded_sequence(some_inputs(), lengths, True, enforce_sorted=False)
    seen, (outputs, state) = lab.trace(module, packed), module(packed)
    assert seen.lengths[""].tolist() == lengths.tolist()
    torch.testing.assert_close(seen.outputs, pad_packed_sequence(outputs, True)[0])
    torch.testing.assert_close(seen.state, state)
    padded, real = lab.trace(module, some_inputs(), lengths=lengths.numpy()), torch.arange(TIME) < lengths[:, None]
    torch.testing.assert_close(seen["l0.n"][real], padded["l0.n"][real])


def loaded(made):
    """The module with other weights, as a file has them: nothing has been worked out from them yet."""
    state = {name: value + 0.3 * torch.rand_like(value) for name, value in made.state_dict().items()}
    made.load_state_dict({name: value.round() if "mask" in name else value for name, value in state.items()})
    return made.eval()


@pytest.mark.parametrize(
    "made",
    [
        lambda module: weight_norm(module, "weight_hh_l0"),
        lambda module: spectral_norm(module, "weight_ih_l0"),
        lambda module: prune.l1_unstructured(module, "weight_hh_l0", 0.4),
        lambda module: parametrizations.weight_norm(module, "weight_hh_l0"),
        lambda module: parametrizations.orthogonal(module, "weight_hh_l0"),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_weights_made_anew_for_each_run_are_those_of_this_run(made, check):
    module = loaded(made(make()))
    seen = lab.trace(module, some_inputs(), check=check)
    torch.testing.assert_close(seen.outputs, module(some_inputs())[0])


def test_what_is_checked_once_is_checked_again_with_other_weights(monkeypatch):
    module, inputs, asked = make(), some_inputs(), []
    module_forward = nn.LSTM.forward
    monkeypatch.setattr(nn.LSTM, "forward", lambda self, *given: asked.append(1) or module_forward(self, *given))
    for expected in (1, 1):
        lab.trace(module, inputs)
        assert len(asked) == expected
    with torch.no_grad():
        module.weight_hh_l0.mul_(1.1)
    lab.trace(module, inputs)
    assert len(asked) == 2
    lab.trace(module, inputs, lengths=[1, 2, 5])
    lab.trace(module, inputs, gradients=True)
    assert len(asked) == 4


def test_rounding_that_grows_over_many_steps_is_no_difference():
    """An Elman network whose states are chaotic: two float32 programs end up anywhere."""
    torch.manual_seed(0)
    module = nn.RNN(4, 64, batch_first=True)
    with torch.no_grad():
        module.weight_hh_l0.normal_(std=3 / 8)
    inputs = torch.randn(2, 300, 4)
    seen = lab.trace(module, inputs)
    assert not torch.allclose(seen.outputs, module.double()(inputs.double())[0].float(), atol=0.1)


# ------------------------------------------------------------------------------------------------- or it says why not


class Doubled(nn.LSTM):
    def forward(self, inputs, state=None):
        return super().forward(2 * inputs, state)


class OutputsAlone(nn.LSTM):
    def forward(self, inputs, state=None):
        return super().forward(inputs, state)[0] + 1


class Named(nn.LSTM):
    def forward(self, inputs, state=None):
        return {"outputs": super().forward(inputs, state)[0]}


class InNeedOfMore(nn.LSTM):
    def forward(self, inputs, mask):
        return super().forward(inputs * mask)


class LastRow(nn.LSTM):
    def forward(self, inputs, state=None):
        outputs, state = super().forward(inputs, state)
        return torch.cat([outputs[:-1], outputs[-1:] + 1]), state


class TheSame(nn.LSTM):
    def forward(self, inputs, state=None):
        return super().forward(inputs, state)


@pytest.mark.parametrize(
    ("module", "said"),
    [
        (Doubled, "it has a forward of its own"),
        (OutputsAlone, "it has a forward of its own"),
        (LastRow, "it has a forward of its own"),
        (Named, r"returns a dict, not \(outputs, state\)"),
        (InNeedOfMore, "its forward fails .TypeError"),
    ],
)
def test_a_forward_of_its_own_that_does_something_else_is_said(module, said):
    module, inputs = make(module).eval(), some_inputs()
    for options in ({}, {"sites": "l0.f"}, {"edit": lab.Edit("l0.f", lab.Set(1.0))}, {"gradients": True}):
        for _ in range(2):  # what was refused once is not known for good
            with pytest.raises(TranslateError, match=said):
                lab.trace(module, inputs, **options)
    bare = nn.LSTM(INPUT, UNITS, batch_first=True).double()
    bare.load_state_dict(module.state_dict())
    torch.testing.assert_close(lab.trace(module, inputs, check=False).outputs, bare(inputs)[0])


def test_a_forward_of_its_own_that_does_the_same_is_traced():
    module = make(TheSame)
    torch.testing.assert_close(lab.trace(module, some_inputs()).outputs, module(some_inputs())[0])


@pytest.mark.parametrize(
    ("hook", "said"),
    [
        (lambda module: module.register_forward_hook(lambda _, given, made: (2 * made[0], made[1])), "forward hooks"),
        (lambda module: module.register_forward_pre_hook(lambda _, given: (2 * given[0],)), "forward pre-hooks"),
        (lambda module: setattr(module, "forward", lambda *given: Doubled.forward(module, *given)), "of its own"),
    ],
)
def test_hooks_that_change_something_are_said(hook, said):
    module = make(Doubled if said == "of its own" else nn.LSTM)
    hook(module)
    with pytest.raises(TranslateError, match=f"apart.*{said}.*check=False"):
        lab.trace(module, some_inputs())
    assert lab.trace(module, some_inputs(), check=False)["l0.c"].shape == (BATCH, TIME, UNITS)


def test_hooks_that_only_look_are_no_hindrance():
    module, seen = make(), []
    module.register_forward_hook(lambda module, given, made: seen.append(made[0]))
    module.register_forward_pre_hook(lambda module, given: None)
    traced = lab.trace(module, some_inputs())
    torch.testing.assert_close(seen[0], traced.outputs)


def test_wrong_steps_are_found_in_every_layer_and_direction(monkeypatch):
    """The check itself: if the equations of a cell were others, a trace would say so."""

    def wrong(x, state, weights, at=cells.identity, lib=None):
        h, c = cells.lstm_step(x, state, weights, at, lib)
        return h, c * 1.001

    monkeypatch.setitem(cells.STEPS, "lstm", wrong)
    for options in ({}, {"num_layers": 2, "bidirectional": True}):
        for sites in (None, "l0.f"):
            with pytest.raises(TranslateError, match="do not give what this LSTM itself does"):
                lab.trace(make(**options), some_inputs(), sites=sites)
    lab.trace(make(), some_inputs(), check=False)


class WeightDrop(nn.Module):
    """As in AWD-LSTM: the inner module's weights are those of the wrapper, dropped anew for each of its runs."""

    def __init__(self, module, inside):
        super().__init__()
        self.module = module
        raw = nn.Parameter(module._parameters.pop("weight_hh_l0").data)
        (module if inside else self).register_parameter("weight_hh_l0_raw", raw)
        self.raw = lambda: raw

    def forward(self, inputs):
        self.module.weight_hh_l0 = nn.functional.dropout(self.raw(), 0.5, self.training)
        return self.module(inputs)


@pytest.mark.parametrize("inside", [False, True])
def test_a_module_whose_weights_a_wrapper_drops_is_that_of_the_evaluated_wrapper(inside):
    wrapper, inputs = WeightDrop(make(), inside), some_inputs()
    with pytest.raises(TranslateError, match="no weight_hh_l0 yet"):
        lab.trace(wrapper.module, inputs)
    wrapper(inputs)
    with pytest.raises(TranslateError, match=r"another one at each run; call eval\(\)"):
        lab.trace(wrapper.module, inputs)
    wrapper.eval()
    with pytest.raises(TranslateError, match=r"still that of an earlier run; call eval\(\)"):
        lab.trace(wrapper.module, inputs)
    outputs, _ = wrapper(inputs)
    torch.testing.assert_close(lab.trace(wrapper.module, inputs).outputs, outputs)


@pytest.mark.parametrize("kind", MODULES)
@pytest.mark.parametrize("gradients", [False, True])
def test_under_autocast_a_trace_is_as_near_as_its_types_are(kind, gradients):
    module, inputs = make(MODULES[kind], num_layers=2).float(), some_inputs().float()
    with torch.autocast("cpu", torch.bfloat16):
        try:
            outputs, _ = module(inputs)
        except RuntimeError as error:
            pytest.skip(f"this processor has no {kind} of bfloat16 ({error})")
        seen = lab.trace(module, inputs, gradients=gradients)
    torch.testing.assert_close(seen.outputs.float(), outputs.float(), rtol=0.0, atol=0.03)


def test_the_random_numbers_of_a_user_are_not_used_up():
    class Noisy(nn.LSTM):
        def forward(self, inputs, state=None):
            return super().forward(inputs, state)[0] + 0 * torch.rand(1)

    module = make(Noisy)
    torch.manual_seed(5)
    lab.trace(module, some_inputs())
    assert torch.equal(torch.rand(2), torch.manual_seed(5) and torch.rand(2))


def test_an_edited_run_is_checked_without_its_edits():
    edit = lab.Edit("l0.c", lab.Set(0.0))
    for module in (make(), make(TheSame)):
        seen = lab.trace(module, some_inputs(), edit=edit)
        assert not seen["l0.c"].any()
    torch.testing.assert_close(seen.previous("l0.c"), torch.zeros(BATCH, TIME, UNITS).double(), rtol=0, atol=FLOAT64)


# -------------------------------------------------------------------------------------- what is no module, or no input


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = make(), make(nn.GRU)


@pytest.mark.parametrize(
    ("module", "said"),
    [
        (
            nn.Sequential(make()),
            r"This Sequential cannot be run step by step; pass .* inside it: its get_submodule\('0'\)",
        ),
        (Model(), r"its get_submodule\('encoder'\), get_submodule\('decoder'\)"),
        (nn.DataParallel(make()), r"its get_submodule\('module'\)"),
        (nn.Linear(2, 2), "pass a torch.nn.LSTM, GRU or RNN$|pass a torch.nn.LSTM, GRU or RNN."),
        (nn.GRUCell(2, 2), "makes one step alone: give its weights to a torch.nn.GRU "),
        (torch.jit.script(nn.LSTM(2, 2)), "pass the module that it was compiled from"),
        (nn.LSTM, "A Translator or a torch.nn.LSTM, GRU or RNN is traced, not <class"),
        ("lesson", r"is traced, not 'lesson'; Translator.load\(…\) opens a model"),
        (None, "is traced, not None"),
    ],
)
def test_what_cannot_be_traced_says_what_can(module, said):
    with pytest.raises(TranslateError, match=said):
        lab.trace(module, some_inputs())


def test_a_part_that_is_named_can_be_traced():
    model = Model()
    seen = lab.trace(model.get_submodule("encoder"), some_inputs())
    torch.testing.assert_close(seen.outputs, model.encoder(some_inputs())[0])


def test_a_state_and_inputs_of_another_type_or_of_no_values_are_refused():
    zeros = torch.zeros(1, BATCH, UNITS)
    for state in ((zeros, zeros), (zeros.long(), zeros.double())):
        with pytest.raises(
            TranslateError, match=r"The initial state is torch\.(float32|int64) on cpu, but the weights"
        ):
            lab.trace(make(), some_inputs(), state)
    with pytest.raises(TranslateError, match="meta device"):
        lab.trace(make().to("meta"), some_inputs().to("meta"))
    with pytest.raises(TranslateError, match=r"weights of this LSTM are torch\.float64 on meta"):
        lab.trace(make().to("meta"), some_inputs())


def test_tokens_stand_for_rows_and_their_positions():
    inputs, lengths = some_inputs(), [2, 5, 1]
    letters = lab.trace(make(), inputs, tokens=["abcde"] * BATCH)
    assert letters.tokens[""] == [list("abcde")] * BATCH
    words = lab.trace(make(), inputs, tokens=[["a"] * length for length in lengths], lengths=lengths)
    assert [len(row) for row in words.tokens[""]] == lengths
    for tokens in ("abc", 5, [["a"] * TIME] * 2, [["a"] * 3] * BATCH, [1, 2, 3]):
        with pytest.raises(
            TranslateError, match=r"list for each row|rows and tokens|positions and 3 tokens|needed here"
        ):
            lab.trace(make(), inputs, tokens=tokens)


def test_a_batch_of_no_rows_is_a_trace_of_none():
    for module in (make(), make(nn.GRU, num_layers=2, bidirectional=True)):
        for lengths in (None, []):
            seen = lab.trace(module, some_inputs(0), lengths=lengths)
            assert seen.outputs.shape == (0, TIME, UNITS * (1 + module.bidirectional))


@pytest.mark.parametrize("back", [None, 0.0, "c"])
def test_a_watcher_that_returns_no_values_is_said(back):
    with pytest.raises(TranslateError, match=f"The edit of l0.h_0 at step 0 has a {type(back).__name__}"):
        lab.trace(make(), some_inputs(), edit=lambda site, t, value: back)


@pytest.mark.parametrize("site", [None, 5, ["l0.c"], ("l0.c", "l0.h"), "", "l0.C"])
def test_a_trace_names_the_site_that_it_has_not(site):
    with pytest.raises(UnknownSite, match="There is no site"):
        lab.trace(make(), some_inputs())[site]
    with pytest.raises(TranslateError, match=r"There is no site|needed here"):
        lab.trace(make(), some_inputs(), sites=5 if site == 5 else [site])
