"""The ledger adds up, tells who wrote what, and refuses what does not add up."""

import numpy as np
import pytest
import torch
from torch import nn

from tests.arithmetic import FLOAT64
from translate import lab
from translate.errors import TranslateError
from translate.lab.tracing.ledger import Ledger, conservation, who_wrote

pytestmark = pytest.mark.numerical

BATCH, TIME, UNITS = 3, 6, 5


def make(**options):
    torch.manual_seed(3)
    return nn.LSTM(4, UNITS, batch_first=True, **options).double()


def inputs():
    return torch.randn(BATCH, TIME, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(4))


def test_what_each_step_wrote_adds_up_to_the_cell_at_every_step():
    state = tuple(torch.randn(1, BATCH, UNITS, dtype=torch.float64) for _ in range(2))
    trace = lab.trace(make(), inputs(), state)
    ledger = Ledger.of(trace)
    assert ledger.conservation < FLOAT64
    for until in range(TIME):
        written, start = ledger.contributions(until)
        assert written.shape == (BATCH, TIME, UNITS) and not written[:, until + 1 :].any()
        np.testing.assert_allclose(written.sum(1) + start, trace["l0.c"][:, until], atol=FLOAT64)
        np.testing.assert_allclose(start, state[1][0] * trace["l0.f"][:, : until + 1].prod(1), atol=FLOAT64)
    each = np.array([5, 0, 3])  # every row at a step of its own
    written, _ = ledger.contributions(each)
    for row, until in enumerate(each):
        np.testing.assert_array_equal(written[row], ledger.contributions(int(until))[0][row])


def test_an_entry_is_what_would_be_missing_if_nothing_had_been_written_there():
    """The share of a step is the difference that its own writing makes, the gates being what they were."""
    trace = lab.trace(make(), inputs())
    f, i, g = (trace[f"l0.{site}"] for site in "fig")
    written, _ = Ledger.of(trace).contributions(TIME - 1)
    for without in range(TIME):
        c = torch.zeros(BATCH, UNITS, dtype=torch.float64)
        for t in range(TIME):
            c = f[:, t] * c + (i[:, t] * g[:, t] if t != without else 0)
        np.testing.assert_allclose(trace["l0.c"][:, -1] - c, written[:, without], atol=FLOAT64)


def test_along_a_direction_a_step_is_what_it_erases_and_what_it_writes():
    trace = lab.trace(make(), inputs())
    u = np.array([0.6, 0, -0.8, 0, 0])
    flow = Ledger.of(trace).along(u)
    before = trace.previous("l0.c").numpy() @ u
    np.testing.assert_allclose(flow.before, before, atol=FLOAT64)
    np.testing.assert_allclose(flow.before + flow.erased + flow.written, flow.after, atol=FLOAT64)
    np.testing.assert_allclose(flow.written, ((trace["l0.i"] * trace["l0.g"]).numpy() @ u), atol=FLOAT64)


@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("reverse", [False, True])
def test_every_layer_and_direction_has_one_and_padding_has_none(layer, reverse):
    lengths = torch.tensor([TIME, 2, 1])
    trace = lab.trace(make(num_layers=2, bidirectional=True), inputs(), lengths=lengths)
    ledger = Ledger.of(trace, layer=layer, reverse=reverse)
    alone = lab.trace(make(num_layers=2, bidirectional=True), inputs()[1:2, :2])
    site = f"l{layer}.{'rev.' if reverse else ''}c"
    written, _ = ledger.contributions(lengths.numpy() - 1)
    np.testing.assert_allclose(written.sum(1)[1], alone[site][0, 0 if reverse else 1], atol=FLOAT64)
    assert np.isnan(ledger.state[1, 2:]).all()
    with pytest.raises(TranslateError, match="Row 1 has no step 4"):
        ledger.contributions(4)


def test_what_does_not_add_up_is_refused():
    edited = lab.trace(make(), inputs(), edit=lambda site, t, c: c + 0.001 if (site, t) == ("l0.c", 2) else c)
    with pytest.raises(TranslateError, match="does not add up"):
        Ledger.of(edited)
    gates = lab.trace(make(), inputs(), edit=lambda site, t, f: f * 0 if (site, t) == ("l0.f", 2) else f)
    assert not Ledger.of(gates).contributions(4)[0][:, :2].any()  # a gate may be edited: the sum still holds
    with pytest.raises(TranslateError, match="Only an LSTM"):
        Ledger.of(lab.trace(nn.GRU(4, UNITS, batch_first=True).double(), inputs()))
    with pytest.raises(TranslateError, match="no site"):
        Ledger.of(lab.trace(make(), inputs(), sites="l0.c"))


def test_a_translation_is_one_ledger_across_both_languages(planted_model):
    translator, _, suite = planted_model
    pairs = [pair for pair, _ in suite[:6]]
    sentences = [pairs[0].source[:5], *(pair.source for pair in pairs[1:])]  # of several lengths
    trace = lab.trace(translator, sentences)
    ledger = Ledger.of_translation(trace)
    last = trace.lengths["dec"].numpy() - 1
    written, start = ledger.contributions(ledger.steps + last)
    held = trace["dec.l0.c"][torch.arange(6), torch.as_tensor(last)]
    np.testing.assert_allclose(written.sum(1), held, atol=FLOAT64)
    assert not start.any()
    own, brought = Ledger.of(trace, "dec").contributions(last)
    np.testing.assert_allclose(written[:, ledger.steps :], own, atol=FLOAT64)  # the Czech words' part
    np.testing.assert_allclose(written[:, : ledger.steps].sum(1), brought, atol=FLOAT64)  # and the English words'


def test_who_wrote_the_gender_that_a_cell_holds(planted_model):
    translator, units, suite = planted_model
    pair = next(pair for pair, tags in suite if tags["switch"] == "m>f")
    trace = lab.trace(translator, [pair], [pair])
    for step in range(len(pair.target) + 1):
        lines = who_wrote(trace, 0, step, units["G"])
        assert [line.word for line in lines] == [*pair.source, "<s>", *pair.target[:step]]
        assert sum(line.amount for line in lines) == pytest.approx(
            float(trace["dec.l0.c"][0, step, units["G"]]), abs=FLOAT64
        )
    along = np.zeros(translator.checkpoint.config.hidden)
    along[units["G"]] = 2.0
    assert [line.amount for line in who_wrote(trace, 0, step, along)] == pytest.approx(
        [2 * line.amount for line in lines]
    )


def test_a_translation_by_another_cell_has_none(planted_model):
    from dataclasses import replace

    from translate.model.encoder_decoder import EncoderDecoder
    from translate.model.network import Network

    translator, _, suite = planted_model
    network = Network.of(EncoderDecoder(replace(translator.checkpoint.config, cell="gru")).eval())
    with pytest.raises(TranslateError, match="Only an LSTM"):
        conservation(translator, [suite[0][0]], network)
    with pytest.raises(TranslateError, match="Only an LSTM"):
        who_wrote(lab.trace(translator, [suite[0][0]], network=network), 0, 0, 0)


@pytest.mark.parametrize("reverse_source", [False, True])
def test_it_adds_up_in_a_network_of_two_layers_that_reads_either_way(planted_model, reverse_source):
    from dataclasses import replace

    from translate.model.encoder_decoder import EncoderDecoder
    from translate.model.network import Network

    translator, _, suite = planted_model
    torch.manual_seed(5)
    config = replace(translator.checkpoint.config, layers=2, reverse_source=reverse_source)
    network = Network.of(EncoderDecoder(config).eval().double())
    pairs = [pair for pair, _ in suite[:8]]
    assert conservation(translator, pairs, network) < FLOAT64
    trace = lab.trace(translator, [pairs[0].source, pairs[1].source[:4]], network=network)
    assert who_wrote(trace, 1, 0, 0, layer=1)[0].position == (3 if reverse_source else 0)
    for site in ("enc.l1.c", "dec.l1.c"):
        rebuilt = (
            trace[site.replace(".c", ".f")] * trace.previous(site)
            + trace[site.replace(".c", ".i")] * trace[site.replace(".c", ".g")]
        )
        real = ~trace[site].isnan()
        torch.testing.assert_close(rebuilt[real], trace[site][real], rtol=0, atol=FLOAT64)
