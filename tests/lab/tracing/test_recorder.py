"""A trace holds what the steps computed, can be differentiated, saved and loaded, and works on anybody's module.

Longer than 300 lines because it mirrors the one recorder that serves every reader.
"""

import pytest
import torch
from torch import nn

from tests.arithmetic import FLOAT64
from translate.errors import TranslateError
from translate.lab.tracing.recorder import Recorder
from translate.lab.tracing.run import module_trace, trace
from translate.lab.tracing.site import UnknownSite
from translate.lab.tracing.trace import Trace
from translate.model.unroll import run, sites_of

pytestmark = pytest.mark.numerical

BATCH, TIME, INPUT, UNITS = 3, 5, 4, 6
MODULES = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}


def make(kind="lstm", **options):
    torch.manual_seed(1)
    return MODULES[kind](INPUT, UNITS, **{"batch_first": True, **options}).double()


def some_inputs():
    return torch.randn(BATCH, TIME, INPUT, dtype=torch.float64, generator=torch.Generator().manual_seed(2))


@pytest.mark.parametrize("gradients", [False, True])
@pytest.mark.parametrize("kind", MODULES)
def test_holds_every_site_and_the_outputs(kind, gradients):
    module, inputs = make(kind, num_layers=2, bidirectional=True), some_inputs()
    seen = trace(module, inputs, gradients=gradients)
    assert list(seen) == list(seen.sites) == list(seen.keys()) == sites_of(module)
    assert all(value.shape == (BATCH, TIME, UNITS) for value in seen.values())
    assert all(value.requires_grad == gradients for value in seen.values())
    outputs, _ = module(inputs)
    torch.testing.assert_close(seen.outputs, outputs)
    torch.testing.assert_close(torch.cat([seen["l1.h"], seen["l1.rev.h"]], dim=-1), outputs)
    for site in sites_of(module):
        gate, state = site.split(".")[-1], {"i": torch.sigmoid, "z": torch.sigmoid, "g": torch.tanh}
        if gate in state:  # each value stands where it belongs, both in the shared buffer and in a copy
            torch.testing.assert_close(seen[site], state[gate](seen[f"{site}_pre"]))


def test_the_same_values_with_and_without_gradients():
    module, inputs = make(bidirectional=True), some_inputs()
    plain, kept = trace(module, inputs), trace(module, inputs, gradients=True)
    for site in plain:
        torch.testing.assert_close(plain[site], kept[site], rtol=0, atol=FLOAT64)


def test_the_first_dimension_is_the_batch_in_either_layout():
    batch_first, time_first = make(), make(batch_first=False)
    inputs = some_inputs()
    a, b = trace(batch_first, inputs), trace(time_first, inputs.transpose(0, 1))
    torch.testing.assert_close(a["l0.c"], b["l0.c"], rtol=0, atol=FLOAT64)
    assert torch.equal(a.outputs, b.outputs)


@pytest.mark.parametrize("kind", MODULES)
def test_nothing_is_copied_where_everything_is_kept(kind):
    """The pre-activations lie where the projection was written, all else in one block: two blocks a layer."""
    seen = trace(make(kind, num_layers=2), some_inputs())
    blocks = {site: values.untyped_storage().data_ptr() for site, values in seen.items()}
    assert len(set(blocks.values())) == 4
    assert seen.outputs.untyped_storage().data_ptr() == blocks["l1.h"]
    alone = trace(make(kind, num_layers=2), some_inputs(), sites="l1.h")["l1.h"]
    assert alone.untyped_storage().nbytes() == BATCH * TIME * UNITS * 8  # asked for alone it holds no more


def test_the_previous_state_closes_the_recurrence():
    """c_t = f c_{t-1} + i g, from the initial state on, in both directions."""
    module = make(bidirectional=True)
    state = tuple(torch.randn(2, BATCH, UNITS, dtype=torch.float64) for _ in range(2))
    lengths = torch.tensor([TIME, 2, 1])
    seen = trace(module, some_inputs(), state, lengths=lengths)
    real = torch.arange(TIME) < lengths.unsqueeze(1)
    for prefix, row in (("l0.", 0), ("l0.rev.", 1)):
        assert torch.equal(seen.initial[f"{prefix}c"], state[1][row])
        i, f, g, c = (seen[prefix + site] for site in "ifgc")
        rebuilt = f * seen.previous(f"{prefix}c") + i * g
        torch.testing.assert_close(rebuilt[real], c[real], rtol=0, atol=FLOAT64)
    with pytest.raises(UnknownSite, match="not a state"):
        seen.previous("l0.f")


# -------------------------------------------------------------------------------------------------- the filter


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ("l0.c", ["l0.c"]),
        ("*.f", ["l0.f", "l1.f"]),
        (["l1.h", "l0.[io]"], ["l0.i", "l0.o", "l1.h"]),
    ],
)
def test_only_the_sites_that_were_asked_for_are_kept(sites, expected):
    seen = trace(make(num_layers=2), some_inputs(), sites=sites)
    assert list(seen) == expected
    assert set(seen.initial) <= set(expected)
    whole = trace(make(num_layers=2), some_inputs())
    assert all(torch.equal(seen[site], whole[site]) for site in expected)


def test_a_site_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(TranslateError, match=r"no site l0\.cc here; did you mean l0\.c"):
        trace(make(), some_inputs(), sites="l0.cc")
    with pytest.raises(KeyError, match=r"l1\.c"):
        trace(make(), some_inputs())["l1.c"]
    assert "l1.c" not in trace(make(), some_inputs())


# --------------------------------------------------------------------------------------------------- gradients


@pytest.mark.parametrize("kind", MODULES)
@pytest.mark.parametrize("frozen", [False, True])
def test_gradients_equal_finite_differences(kind, frozen):
    module, inputs = make(kind, bidirectional=True).requires_grad_(not frozen), some_inputs()
    seen = trace(module, inputs, gradients=True)
    loss = seen.outputs.square().sum()
    found = seen.gradients(loss)
    assert list(found) == list(seen)
    assert all(parameter.grad is None for parameter in module.parameters())
    direction = torch.randn(BATCH, UNITS, dtype=torch.float64)
    for site in seen:
        assert torch.equal(seen.gradient(site, loss), found[site])  # asked again, one by one

        def nudged(size, site=site):
            def edit(name, t, value):
                return value + size * direction if (name, t) == (site, 2) else value

            return trace(module, inputs, edit=edit).outputs.square().sum()

        slope = (nudged(1e-6) - nudged(-1e-6)) / 2e-6
        torch.testing.assert_close((found[site][:, 2] * direction).sum(), slope, rtol=1e-6, atol=1e-7)


def test_a_number_computed_from_a_site_has_gradients_and_later_steps_have_none():
    seen = trace(make(), some_inputs(), gradients=True)
    gradient = seen.gradient("l0.c", of=seen["l0.c"][:, 2].sum())
    assert torch.equal(gradient[:, 2], torch.ones(BATCH, UNITS, dtype=torch.float64))
    assert gradient[:, :2].abs().sum() > 0
    assert torch.equal(gradient[:, 3:], torch.zeros_like(gradient[:, 3:]))


def test_gradients_that_were_not_kept_are_asked_for_clearly():
    seen, plain = trace(make(), some_inputs(), gradients=True), trace(make(), some_inputs())
    for without in (plain, seen.detach()):
        with pytest.raises(TranslateError, match="gradients=True"):
            without.gradient("l0.c", of=without.outputs.sum())
    for number in (seen.outputs, plain.outputs.sum()):
        with pytest.raises(TranslateError, match="one number"):
            seen.gradient("l0.c", of=number)
    assert not any(value.requires_grad for value in seen.detach().values())
    assert not seen.detach().outputs.requires_grad


# -------------------------------------------------------------------------------------- editing and larger models


def test_what_is_recorded_is_what_went_on():
    module, inputs = make(), some_inputs()
    seen = trace(module, inputs, edit=lambda site, t, value: torch.ones_like(value) if site == "l0.f" else value)
    assert torch.equal(seen["l0.f"], torch.ones_like(seen["l0.f"]))
    summed = (seen["l0.i"] * seen["l0.g"]).cumsum(dim=1)  # with the forget gate open nothing is lost
    torch.testing.assert_close(seen["l0.c"], summed)


def test_one_recorder_serves_two_parts():
    encoder, decoder = make(), make("lstm", num_layers=2)
    recorder = Recorder(["enc.*.c", "dec.l1.*"])
    with torch.no_grad():
        run(encoder, some_inputs(), at=recorder.under("enc."))
        run(decoder, some_inputs()[:, :2], at=recorder.under("dec."))
    seen = module_trace(recorder, "lstm", tokens={"enc": [["a"] * TIME] * BATCH})
    assert seen.sites[0] == "enc.l0.c"
    assert set(seen.initial) == {"enc.l0.c", "dec.l1.h", "dec.l1.c"}
    assert seen["enc.l0.c"].shape == (BATCH, TIME, UNITS)
    assert seen["dec.l1.h"].shape == (BATCH, 2, UNITS)
    with pytest.raises(TranslateError, match="new Recorder"):
        run(encoder, some_inputs(), at=recorder.under("enc."))


class LanguageModel(nn.Module):
    """Somebody else's: an LSTM of their own class, between an embedding and a head."""

    class OwnLSTM(nn.LSTM):
        pass

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(11, INPUT)
        self.memory = self.OwnLSTM(INPUT, UNITS, num_layers=2, batch_first=True)
        self.head = nn.Linear(UNITS, 11)

    def forward(self, words):
        return self.head(self.memory(self.embedding(words))[0])


def test_a_users_language_model():
    torch.manual_seed(0)
    model = LanguageModel().double()
    words = torch.tensor([[1, 2, 3, 10], [4, 4, 0, 7]])
    seen = trace(model.memory, model.embedding(words), gradients=True)
    scores = model.head(seen.outputs)
    torch.testing.assert_close(scores, model(words), rtol=0, atol=FLOAT64)
    gradient = seen.gradient("l0.c", of=scores[:, -1, 5].sum())
    assert gradient.shape == (2, 4, UNITS) and gradient.abs().sum() > 0


# ------------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("kind", MODULES)
@pytest.mark.parametrize("gradients", [False, True])
def test_a_saved_trace_comes_back_bit_for_bit(tmp_path, kind, gradients):
    tokens = [["dívka", ",", "která", "čte", "."]] * BATCH
    lengths = torch.tensor([5, 4, 1])
    seen = trace(make(kind, bidirectional=True), some_inputs(), gradients=gradients, tokens=tokens, lengths=lengths)
    seen.save(tmp_path / "run.safetensors")
    back = Trace.load(tmp_path / "run.safetensors")
    assert back.kind == kind and back.sites == seen.sites and back.tokens == {"": tokens}
    assert all(torch.equal(back[site], seen[site]) for site in seen)
    assert back.initial.keys() == seen.initial.keys()
    assert all(torch.equal(back.previous(site), seen.previous(site)) for site in seen.initial)
    assert torch.equal(back.lengths[""], lengths) and torch.equal(back.outputs, seen.outputs)
    assert type(back.state) is type(seen.state)
    assert all(torch.equal(a, b) for a, b in zip(back.state, seen.state, strict=True))


def test_a_file_that_is_no_trace_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(TranslateError, match="Cannot read the trace"):
        Trace.load(tmp_path / "missing.safetensors")
    trace(make(), some_inputs()).save(tmp_path / "whole.safetensors")
    (tmp_path / "cut.safetensors").write_bytes((tmp_path / "whole.safetensors").read_bytes()[:200])
    with pytest.raises(TranslateError, match="damaged"):
        Trace.load(tmp_path / "cut.safetensors")
    from safetensors.torch import save_file

    save_file({"weight": torch.zeros(2)}, tmp_path / "other.safetensors")
    with pytest.raises(TranslateError, match="not a trace"):
        Trace.load(tmp_path / "other.safetensors")


# ------------------------------------------------------------------------------------------------------ slices


WORDS = [["kluk", "který", "rád", "čte", "."], ["ta", "holka", "čte", ".", "–"], ["kluk", "–", "–", "–", "–"]]
LENGTHS = torch.tensor([5, 4, 1])


def told(**options):
    return trace(make(bidirectional=True), some_inputs(), tokens=WORDS, lengths=LENGTHS, **options)


def test_places_are_found_by_word_step_and_row_and_never_in_the_padding():
    seen = told()
    c = seen["l0.c"]
    assert torch.equal(seen.at("l0.c", word="čte"), torch.stack([c[0, 3], c[1, 2]]))
    assert torch.equal(seen.at("l0.c", word="kluk", row=2, unit=4), c[2, :1, 4])
    assert torch.equal(seen.at("l0.c", step=3, unit=[5, 0]), c[:2, 3][:, [5, 0]])
    rows, positions = seen.places("l0.c", row=[0, 2])
    assert rows.tolist() == [0] * 5 + [2] and positions.tolist() == [0, 1, 2, 3, 4, 0]
    with pytest.raises(TranslateError, match="meets word '–'"):
        seen.at("l0.c", word="–")
    with pytest.raises(TranslateError, match="roles"):
        seen.at("l0.c", role="controller 1")
    with pytest.raises(TranslateError, match="give `tokens`"):
        trace(make(), some_inputs()).at("l0.c", word="kluk")


def test_rows_are_aligned_at_an_event_and_nan_stands_outside_the_sentence():
    seen = told()
    around = seen.aligned("l0.f", [1, 1, -1], (-2, -1, 0, 2, 3))
    assert around.shape == (3, 5, UNITS)
    assert torch.equal(around[0, 1:], seen["l0.f"][0, [0, 1, 3, 4]]) and torch.equal(
        around[1, 1:4], seen["l0.f"][1, [0, 1, 3]]
    )
    assert around.isnan().all(-1).tolist() == [[True] + [False] * 4, [True] + [False] * 3 + [True], [True] * 5]
    with pytest.raises(TranslateError, match="3 rows and 2 events"):
        seen.aligned("l0.f", [1, 1], (0,))


def test_a_selection_is_a_trace_of_its_own():
    seen = told()
    some = seen.select("*.c", rows=[2, 0], units=[1, 3])
    assert some.sites == ("l0.c", "l0.rev.c") and some.tokens[""] == [WORDS[2], WORDS[0]]
    assert torch.equal(some["l0.c"], seen["l0.c"][[2, 0]][..., [1, 3]])
    assert torch.equal(some.previous("l0.rev.c"), seen.previous("l0.rev.c")[[2, 0]][..., [1, 3]])
    assert some.outputs is None and some.state is None
    rows = seen.select(rows=[1])
    assert torch.equal(rows.outputs, seen.outputs[1:2]) and torch.equal(rows.state[1], seen.state[1][:, 1:2])
    with pytest.raises(UnknownSite, match=r"l9\.c"):
        seen.select("l9.c")


def test_a_notebook_shows_sites_words_and_heat_and_nothing_of_it_is_markup():
    seen = trace(make(), some_inputs(), tokens=[["<b>", "&", "c", "d", "e"]] * BATCH)
    page = seen._repr_html_()
    assert "<b>" not in page.replace("<b>Trace</b>", "") and "&lt;b&gt;" in page and "&amp;" in page
    assert "i_pre i f_pre f g_pre g o_pre o c h" in page and f"{BATCH} × {TIME} × {UNITS}" in page
    assert page.count("background:rgba") == UNITS * TIME and "<script" not in page and "http" not in page
    assert "0 sites" in Trace("lstm", {})._repr_html_()
