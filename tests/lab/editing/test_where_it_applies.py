"""An edit that would change nothing is an error, in a module and in a translator; globs and single edits are taken."""

import numpy as np
import pytest
import torch
from torch import nn

from tests.lab.small_networks import SOURCES, make, tokens
from translate import lab
from translate.errors import TranslateError, UsageError
from translate.lab.editing.network import EditedNetwork
from translate.model import search
from translate.model.translator import Translator

pytestmark = pytest.mark.numerical

TIME, UNITS = 5, 6


def module_of(**options):
    torch.manual_seed(0)
    return nn.LSTM(4, UNITS, batch_first=True, **options).double()


def inputs():
    return torch.randn(3, TIME, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


half = lab.Set(0.5)

# ---------------------------------------------------------------------------------------------------- of any, by itself


@pytest.mark.parametrize("site", [None, 3, ["l0.c", "l0.h"]])
def test_a_site_is_a_name(site):
    with pytest.raises(UsageError, match="The site of an edit is a name"):
        lab.Edit(site, half)


@pytest.mark.parametrize("name", ["steps", "units"])
@pytest.mark.parametrize("given", [True, [True, False], np.array([True]), torch.tensor([True]), 1.0, "3", [None], -1])
def test_steps_and_units_are_whole_numbers_and_no_masks(name, given):
    with pytest.raises(TranslateError, match=f"The {name} of an edit of l0.c must be"):
        lab.Edit("l0.c", half, **{name: given})
    whole = [2, np.int64(2), np.array(2), torch.tensor(2), [2], range(2, 3), torch.tensor([2]), {2}]
    assert {getattr(lab.Edit("l0.c", half, **{name: each}), name) for each in whole} == {(2,)}


@pytest.mark.parametrize("value", [None, "1", "one", 1j, np.zeros(6, dtype=object), [[1.0], [1.0, 2.0]]])
def test_values_are_numbers(value):
    for operation in (lab.Set, lab.From, lab.Scale, lab.Clamp, lab.Noise):
        with pytest.raises(TranslateError, match=r"needs numbers, not|cannot be read as an array"):
            operation(value)


# --------------------------------------------------------------------------------------------------------- of a module


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lab.Edit("dec.l0.c", half), "no site dec.l0.c in this model; did you mean l0.c?"),
        (lab.Edit("l0.C", half), "did you mean l0.c?"),
        (lab.Edit("l1.c", half), "did you mean l0.c?"),
        (lab.Edit("l0.rev.c", half), "no site l0.rev.c"),
        (lab.Edit("enc.*", half), "no site enc.*"),
        (lab.Edit("", half), "There is no site"),
        (lab.Edit("l0.c", half, steps=99), "step 99 of l0.c; its steps go from 0 to 4"),
        (lab.Edit("l0.c", half, steps=(0, TIME)), "step 5 of l0.c"),
        (lab.Edit("*.c", half, steps=TIME), "step 5 of l0.c"),
        (lab.Edit("l0.c_0", half, steps=1), "it has step 0 alone"),
        (lab.Edit("l0.c", half, units=UNITS), "no unit 6; its 6 units"),
        (lab.Edit("l0.c", half, steps=()), "names no steps"),
        (lab.Edit("l0.c", half, units=()), "names no units"),
        (lab.Edit("l0.c", lab.From(np.zeros((2, UNITS))), steps=(2, 3)), "has values for 2 steps"),
        (lab.Edit("l0.c", lab.Add(np.full((2, UNITS), np.nan))), "has values for 0 steps"),
        (lab.Edit("l0.", half), "There is no site l0."),
        ("l0.c", "not 'l0.c'"),
        ([half], "`edit` takes"),
        (3, "`edit` takes"),
    ],
)
def test_an_edit_that_a_module_has_not_is_an_error(edit, said):
    for given in (edit, [edit]) if isinstance(edit, lab.Edit) else (edit,):
        with pytest.raises(TranslateError) as raised:
            lab.trace(module_of(), inputs(), edit=given)
        assert said in str(raised.value)
        assert str(raised.value).count("\n") == 0
    if isinstance(edit, lab.Edit):
        with pytest.raises(TranslateError):
            lab.trace(module_of(), inputs(), edit=lab.Edits([edit]))


def test_a_step_beyond_every_row_is_an_error_and_one_beyond_some_is_not():
    edit = lab.Edit("l0.h", half, steps=2)
    seen = lab.trace(module_of(), inputs(), lengths=[1, 3, 2], edit=edit)
    assert (seen["l0.h"][1, 2] == 0.5).all()
    with pytest.raises(UsageError, match="its steps go from 0 to 1"):
        lab.trace(module_of(), inputs(), lengths=[1, 2, 2], edit=edit)


def test_one_edit_a_list_of_them_and_edits_are_the_same():
    edit, other = lab.Edit("l0.c", half, steps=2), lab.Edit("l0.c", lab.Scale(2.0), steps=2)
    ways = (edit, [edit], (edit,), lab.Edits([edit]), lab.Edits(edit), [lab.Edits(edit)])
    one = [lab.trace(module_of(), inputs(), edit=way)["l0.c"] for way in ways]
    assert all(torch.equal(each, one[0]) for each in one) and (one[0][:, 2] == 0.5).all()
    both = lab.trace(module_of(), inputs(), edit=[edit, other])["l0.c"]
    assert (both[:, 2] == 1.0).all()  # one after the other
    own = lab.trace(module_of(), inputs())["l0.c"]
    assert torch.equal(lab.trace(module_of(), inputs(), edit=[])["l0.c"], own)


def test_a_glob_names_all_sites_that_it_fits_but_no_initial_state():
    module = module_of(num_layers=2, bidirectional=True)
    seen = lab.trace(module, inputs(), edit=lab.Edit("*.c*", half, units=1))
    assert all((seen[f"{layer}.c"][..., 1] == 0.5).all() for layer in ("l0", "l0.rev", "l1", "l1.rev"))
    assert not seen.initial["l0.c"].any()
    seen = lab.trace(module, inputs(), edit=lab.Edit("l0.[if]", lab.Zero()))
    assert not seen["l0.i"].any() and not seen["l0.f"].any() and seen["l0.rev.f"].all()


def test_the_state_that_a_module_begins_with_is_edited_where_it_is_read():
    module = module_of(bidirectional=True)
    edits = [lab.Edit("l0.c_0", half), lab.Edit("l0.rev.h_0", half, steps=TIME - 1)]
    seen = lab.trace(module, inputs(), edit=edits)
    h, c = torch.zeros(2, 3, UNITS).double(), torch.zeros(2, 3, UNITS).double()
    h[1], c[0] = 0.5, 0.5
    torch.testing.assert_close(seen.outputs, module(inputs(), (h, c))[0])
    assert (seen.initial["l0.c"] == 0.5).all()


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float64])
def test_values_of_any_type_and_with_a_gradient_are_set(dtype):
    module, given = module_of().to(dtype), inputs().to(dtype)
    held = lab.trace(module, given, gradients=True)["l0.c"]
    assert held.requires_grad
    one, run, many = held[0, 1], held[0], held[:, 1]
    operations = [
        *(lab.Set(one), lab.Set([*one]), lab.Mean(one), lab.From(run), lab.Add(one), lab.Resample(many)),
        *(lab.Clamp(one, one), lab.Scale(one), lab.Noise(one), lab.Affine(torch.eye(UNITS, dtype=dtype), one)),
        lab.InSubspace(torch.eye(UNITS, dtype=dtype)[:, :2], one),
    ]
    for operation in operations:
        seen = lab.trace(module, given, edit=lab.Edit("l0.c", operation, steps=2))
        assert seen["l0.c"].dtype == dtype
    seen = lab.trace(module, given, edit=lab.Edit("l0.c", lab.Set(one), steps=2))
    assert torch.equal(seen["l0.c"][2, 2], one.detach())


# ----------------------------------------------------------------------------------------------------- of a translator


@pytest.fixture(scope="module")
def lesson() -> Translator:
    return Translator.load(device="numpy")


SENTENCES = ["I am a girl who likes to learn.", "I am a boy."]


def test_one_edit_a_list_and_globs_in_every_sentence(lesson):
    edit = lab.Edit("dec.l0.f", lab.Set(0.0), steps=2)
    expected = [each.text for each in lab.edit(lesson, SENTENCES, [(0, [edit]), (1, [edit])])]
    for runs in (edit, [edit], [(0, edit), (1, edit)], [(0, lab.Edits(edit)), (1, lab.Edits([edit]))]):
        assert [each.text for each in lab.edit(lesson, SENTENCES, runs)] == expected
    glob = lab.Edit("dec.l0.[f]", lab.Set(0.0), steps=2)
    assert [each.text for each in lab.edit(lesson, SENTENCES, glob)] == expected
    traced = lab.trace(lesson, SENTENCES, edit=glob)
    own = lab.trace(lesson, SENTENCES)
    assert not traced["dec.l0.f"][:, 2].any() and own["dec.l0.f"][:, 2].any()
    network = EditedNetwork(lesson.network(2), [edit, glob])
    torch.testing.assert_close(
        lab.trace(lesson, SENTENCES, network=network)["dec.l0.c"], traced["dec.l0.c"], equal_nan=True
    )


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lab.Edit("dec.l0.c", half, steps=20), "No translation comes to step 20 of dec.l0.c"),
        (lab.Edit("dec.l0.[c]", half, steps=(20, 21)), "No translation comes to step 20 of dec.l0.c"),
        (lab.Edit("dec.l0.c", half, steps=999), "step 999 of dec.l0.c"),
        (lab.Edit("enc.l0.c", half, steps=30), "step 30 of enc.l0.c"),
        (lab.Edit("dec.l0.c", half, units=4000), "has no unit 4000"),
        (lab.Edit("dec.L0.c", half), "did you mean dec.l0.c?"),
        (lab.Edit("l0.c", half), "There is no site l0.c"),
        (lab.Edit("*.l9.c", half), "There is no site *.l9.c"),
        (lab.Edit("dec.l0.c", half, steps=[]), "names no steps"),
        (lab.Edit("dec.l0.c", lab.From(np.zeros((2, 128))), steps=4), "has values for 2 steps"),
    ],
)
def test_an_edit_that_no_translation_has_is_an_error(lesson, edit, said):
    for run in (
        lambda: lab.edit(lesson, SENTENCES, edit),
        lambda: lab.edit(lesson, SENTENCES, [(0, [edit]), (1, [])]),
        lambda: lab.trace(lesson, SENTENCES, edit=edit),
    ):
        with pytest.raises(TranslateError) as raised:
            run()
        assert said in str(raised.value)


def test_a_step_that_one_translation_comes_to_is_enough_for_all(lesson):
    last = len(lab.edit(lesson, SENTENCES[:1], [(0, [])])[0].tokens)
    runs = [(number, [lab.Edit("dec.l0.c", half, steps=last)]) for number in (0, 1)]
    assert len(lab.edit(lesson, SENTENCES, runs)) == 2
    with pytest.raises(UsageError, match=f"comes to step {last}"):
        lab.edit(lesson, SENTENCES, runs[1:])
    assert lab.edit(lesson, SENTENCES, runs[1:], must_apply=False)[0].text == lesson.texts(SENTENCES)[1]
    with pytest.raises(UsageError, match="comes to step 3"):
        lab.edit(lesson, SENTENCES[:1], [(0, lab.Edit("dec.l0.c", half, steps=3))], targets=["Jsem"])
    with pytest.raises(UsageError, match="comes to step 20"):
        lab.trace(lesson, SENTENCES, network=EditedNetwork(lesson.network(2), [[lab.Edit("dec.l0.c", half, 20)], []]))


def test_a_run_names_a_sentence_that_is_there_and_a_row_stands_for_each(lesson):
    edit = lab.Edit("dec.l0.c", half)
    for number in (2, -1):
        with pytest.raises(TranslateError, match=f"sentence {number} of 2"):
            lab.edit(lesson, SENTENCES, [(number, [edit])])
    for runs in ([0, 1], [(0, 1, 2)], [("0", [])], [(0, [half])], [(0, "dec.l0.c")], [edit, (0, edit)]):
        with pytest.raises(UsageError, match=r"A run is|The edits of a run are"):
            lab.edit(lesson, SENTENCES, runs)
    for runs in ([[edit]], [[edit]] * 3):
        with pytest.raises(TranslateError, match=f"There are {len(runs)} runs and 2 sentences"):
            lab.trace(lesson, SENTENCES, network=EditedNetwork(lesson.network(2), runs))


def test_a_network_takes_globs_and_says_which_site_it_has_not():
    network = make("lstm", 2)
    found = [EditedNetwork(network, [[lab.Edit(site, half, 1)]] * 6) for site in ("dec.l[01].c", "dec.l*.c")]
    one, other = (tokens(search.greedy(each, SOURCES)) for each in found)
    assert one == other != tokens(search.greedy(network, SOURCES))
    with pytest.raises(UsageError, match=r"no site enc\.l7\.\*"):
        EditedNetwork(network, [[lab.Edit("enc.l7.*", half)]])


def test_what_is_of_a_module_is_refused_of_a_translator_and_the_other_way_round(lesson):
    for given in (dict(lengths=[1, 2]), dict(tokens=[["a"]]), dict(state=torch.zeros(1))):
        with pytest.raises(UsageError, match=f"takes no `{next(iter(given))}`"):
            lab.trace(lesson, SENTENCES, **given)
    with pytest.raises(UsageError, match="takes no `network`"):
        lab.trace(module_of(), inputs(), network=lesson.network())


def test_rows_steps_units_and_words_that_a_trace_has_not_are_errors(lesson):
    trace = lab.trace(lesson, SENTENCES, sites=["dec.l0.c", "dec.logits"])
    time = trace["dec.l0.c"].shape[1]
    for ask, said in (
        (lambda: trace.at("dec.l0.c", row=[0, 9]), "no row 9"),
        (lambda: trace.places("dec", step=[1, time]), f"no step {time}"),
        (lambda: trace.at("dec.l0.c", unit=128), "no unit 128"),
        (lambda: trace.at("dec.l0.c", unit=[0, 999]), "no unit 999"),
        (lambda: trace.at("dec.l0.c", word="xyz"), "No word of this trace meets word 'xyz'"),
        (lambda: trace.select(rows=[2]), "no row 2"),
        (lambda: trace.select("dec.l0.c", units=[128]), "no unit 128"),
        (lambda: trace.aligned("dec.l0.c", [1], (0,), rows=[5]), "no row 5"),
        (lambda: trace.log_probability(7, 0, "jsem"), "no row 7"),
        (lambda: trace.log_probability(0, 77, "jsem"), "no step 77"),
        (lambda: trace.at("dec.l0.c", row=0.5), "whole numbers"),
    ):
        with pytest.raises(TranslateError) as raised:
            ask()
        assert said in str(raised.value)
    assert torch.equal(trace.at("dec.l0.c", row=0, unit=-1), trace.at("dec.l0.c", row=0, unit=127))
