"""Accepted variants of the grammar are accepted, and what it calls wrong never is."""

import pytest

from translate.corpus.show import sample
from translate.evaluation.variants import accepts
from translate.text import join

ACCEPTED = """
Jsem kluk, který se ve škole rád učí. ≈ Jsem kluk, který se rád ve škole učí.
Jsem kluk, který se rád učí ve škole. ≈ Jsem kluk, který se ve škole rád učí.
Jsem kluk, který se rád učí. ≈ Jsem kluk, který se učí rád.
Kluk, kterého vidí holka, je šťastný. ≈ Kluk, kterého holka vidí, je šťastný.
Holka, kterou holka ráda chválí, je chytrá. ≈ Holka, kterou ráda chválí holka, je chytrá.
Kluci pracují a pijí. ≈ Kluci pracujou a pijou.
Ráda pracuji doma. ≈ Ráda pracuju doma.
Moje sestra tančí. ≈ Má sestra tančí.
Eva si ráda hraje se svou sestrou. ≈ Eva si ráda hraje se svojí sestrou.
Můj strýc miluje svou dceru. ≈ Můj strýc miluje svoji dceru.
Holka je šťastná. ≈ Holka je šťastna.
Král je nemocný. ≈ Král je nemocen.
Jsem kluk. ≈ Jsem chlapec.
Vidím holku. ≈ Vidím dívku.
Plaveš rád? ≈ Rád plaveš?
Plave tvoje sestra ráda? ≈ Tvoje sestra ráda plave?
Eva řekla, že je král starý. ≈ Eva řekla, že král je starý.
Královna byla rozzlobená, protože byl král opilý. ≈ Královna byla rozzlobená, protože král byl opilý.
Kdyby se manželka vrátila, byl by manžel šťastný. ≈ Kdyby se manželka vrátila, manžel by byl šťastný.
Pokud je královna nemocná, je král smutný. ≈ Pokud je královna nemocná, král je smutný.
Král bude po večeři unavený. ≈ Král bude unavený po večeři.
Myslím si, že jsem šťastná. ≈ Myslím, že jsem šťastná.
Žena se usmívala. „Jsem šťastná,“ řekla. ≈ Žena se usmála. „Jsem šťastná,“ řekla.
Král se smál a viděl holku. ≈ Král se zasmál a uviděl holku.
Je to moje sestra. ≈ Je moje sestra.
Je to studentka. ≈ Je studentkou.
Lucie bude lékařkou. ≈ Lucie bude lékařka.
Ráda čte. ≈ Ona ráda čte.
Ráda čte. ≈ Čte ráda.
Holka řekla, že kluk je unavený a že ona je šťastná. ≈ Holka řekla, že je kluk unavený a že je šťastná.
I když je muž bohatý, je smutný. ≈ Přestože je muž bohatý, je smutný.
Eva neví, jestli je nemocná. ≈ Eva neví, zda je nemocná.
Byla jsem vždycky zlobivá. ≈ Vždycky jsem byla zlobivá.
Muž se díval na ni. ≈ Muž se na ni díval.
Policista dámě nevěřil. ≈ Policista nevěřil dámě.
„Jsem stará,“ řekla královna králi. ≈ „Jsem stará,“ královna řekla králi.
Kluk, který by rád vyhrál, trénuje každý den. ≈ Kluk, který by rád vyhrál, každý den trénuje.
Zuzana je šťastná, protože ji Tomáš miluje. ≈ Zuzana je šťastná, protože ji miluje Tomáš.
Šimon zná Lenku a rád s ní pracuje. ≈ Šimon zná Lenku a rád pracuje s ní.
"""

# Each with what the grammar has in its place, by section.
WRONG = """
Jsem kluk, který rád čte. ✗ Jsem kluk, který rádý čte.
Jsem holka, která ráda čte. ✗ Jsem holka, která rada čte.
Jsem kluk, který rád čte. ✗ Jsem kluk, který rád číst.
Jsem kluk, který rád čte. ✗ Jsem kluk, který má rád číst.
Jsem holka, která se nerada učí. ✗ Jsem holka, která se neráda učí.
Jsem holka, která se nerada učí. ✗ Jsem holka, která se ráda neučí.
Jsem kluk, který se rád učí. ✗ Jsem kluk, který rád vydělává.
Jsem kluk, který se rád učí. ✗ Jsem kluk, který rád učí.
Jsem kluk, který se rád učí. ✗ Jsem kluk, který rád se učí.
Jsem kluk, který rád cestuje. ✗ Já jsem kluk kdo rád cestuje.
Jsem kluk, který rád cestuje. ✗ Jsem kluk který rád cestuje.
Jsem kluk, který rád cestuje. ✗ Jsem kluk, který rád cestuji.
Jsem kluk, který rád cestuje. ✗ Jsem holka, který rád cestuje.
Je to kluk, který rád hraje šachy. ✗ On je kluk, který rád hraje šachy.
Jsem kluk, který se rád učí ve škole. ✗ Jsem kluk, který ve škole se rád učí.
Jsem kluk, který se rád učí. ✗ Jsem kluk, který rád učí se.
Kluk, který rád čte, se usmívá. ✗ Kluk se, který rád čte, usmívá.
Kluk, který rád čte knihy, se usmívá. ✗ Kluk se, který rád čte knihy, usmívá.
Kluk, který rád čte knihy, se usmívá. ✗ Kluk, který rád čte knihy, usmívá se.
Byl jsem kluk, který rád četl. ✗ Jsem byl kluk, který rád četl.
Byla jsem holka, která rád četla. ✗ Já jsem byla kluk, která rád četla.
Kluk, který rád zpíval, byl šťastný. ✗ Kluk, který rád zpíval, byl šťastná.
Holka, která ráda zpívala, byla šťastná. ✗ Holka, která rád zpívala, byla šťastná.
Kluk, který rád zpíval, byl šťastný. ✗ Kluk, který rád zpívál, byl šťastný.
Jako holka ses ráda učila. ✗ Jako holka jsi se ráda učila.
Jako holka by ses ráda učila. ✗ Jako holka by jsi se ráda učila.
Jako holka by ses ráda učila. ✗ Jako holka bys se ráda učila.
Rád bych cestoval. ✗ Rád by jsem cestoval.
Jako kluk jsem se rád učil. ✗ Jako kluk jsem učil se rád.
Byla jsi unavená. ✗ Byla jste unavená.
Jsem kluk, který by rád cestoval. ✗ Jsem kluk, který rád by cestoval.
Jsem kluk, který by se rád učil. ✗ Jsem kluk, který se by rád učil.
Jsem holka, která by se ráda učila. ✗ Jsem holka, která by ráda učila se.
Kdyby se moje sestra učila, byla by šťastná. ✗ Kdyby by se moje sestra učila, byla by šťastná.
Moje dcera bude šťastná, až se vrátí. ✗ Moje dcera bude šťastná, když se vrátí.
Kluk, kterého vidí holka, je šťastný. ✗ Kluk, který vidí holka, je šťastný.
Kluk, kterého vidí holka, je šťastný. ✗ Kluk, kterého vidí holka, je šťastná.
Holka, kterou viděl kluk, byla šťastná. ✗ Holka, kterou viděla kluk, byla šťastná.
Servírka, které pomohl král, byla překvapená. ✗ Servírka, kterou pomohl král, byla překvapená.
Herec, se kterým pracuje moje sestra, je slavný. ✗ Herec, kterým pracuje moje sestra s, je slavný.
Jsem kluk, ale moje sestra je holka, která ráda zpívá. ✗ Jsem kluk, ale moje sestra je holka, který rád zpívá.
Král je přísný, královna je hodná a princ je líný. ✗ Král je přísný, královna je hodný a princ je líný.
Je unavená a ráda se učí. ✗ Je unavená a se ráda učí.
Jsem kluk, který rád čte, a jsem unavený. ✗ Jsem kluk, který rád čte a jsem unavený.
Učitelka řekla, že je unavená. ✗ Učitelka řekla, že byla unavená.
Učitelka řekla, že je unavená. ✗ Učitelka řekla že je unavená.
Učitel řekl, že je unavený. ✗ Učitel řekl, že ona je unavený.
Inženýr doufal, že bude úspěšný. ✗ Inženýr doufal, že by byl úspěšný.
Holka potkala kluka a pozvala ho do kina. ✗ Holka potkala kluka a pozvala jeho do kina.
Kluk ji viděl. ✗ Kluk jí viděl.
Kluk, jehož sestra ráda zpívá, je šťastný. ✗ Kluk, jejíž sestra ráda zpívá, je šťastný.
Holka, jejíž bratr rád zpívá, je šťastná. ✗ Holka, jejíž bratr ráda zpívá, je šťastná.
Eva si ráda hraje se svým bratrem. ✗ Eva si ráda hraje s jejím bratrem.
Herečka řekla, že její manžel je bohatý. ✗ Herečka řekla, že svůj manžel je bohatý.
Petr si rád hraje se svou sestrou. ✗ Petr si rád hraje se svým sestrou.
Holka byla pochválena svým otcem. ✗ Holka byl pochválen svým otcem.
Holka byla pochválena svým otcem. ✗ Holka byla pochválen svým otcem.
Holka byla pochválena otcem. ✗ Holka byla pochválena od otce.
Holka byla pochválena otcem. ✗ Holka byla pochválena otec.
Kluk se narodil v Praze. ✗ Kluk byl narozen v Praze.
Holka je sama doma. ✗ Holka je sám doma.
Žena je vdaná a spokojená. ✗ Žena je ženatá a spokojená.
Muž je ženatý a spokojený. ✗ Muž je vdaný a spokojený.
Mladá žena je statečná. ✗ Mladý žena je statečná.
Holka je šťastná. ✗ Holka je šťastně.
Princezna se stala královnou. ✗ Princezna se stala královna.
Když je holka doma, je šťastná. ✗ Když holka je doma ona je šťastná.
Když je holka doma, je šťastná. ✗ Když je holka doma, ona je šťastný.
Holka je unavená, protože ráda čte v noci. ✗ Holka je unavená, protože ona ráda čte v noci.
Jakmile se manželka vrátila, usnula. ✗ Jakmile manželka se vrátila, usnula.
Kluk je ve škole. ✗ Kluk je v škole.
Holka si hraje se sestrou. ✗ Holka si hraje s sestrou.
Jsme holky, které se rády učí. ✗ Jsme holky, kteří se rádi učí.
Kluci byli tiší. ✗ Kluci byly tiší.
Kluk a holka byli šťastní. ✗ Kluk a holka byly šťastné.
Herci, které pozvala královna, byli unavení. ✗ Herci, kterých pozvala královna, byli unavení.
Matka vidí dceru. ✗ Matku vidí dcera.
Petra vidí Jana. ✗ Jana vidí Petra.
Moje sestra má bratra. ✗ Moje sestra moje bratra.
Jsou šťastní. ✗ Jsou to šťastní.
Holka je šťastná. ✗ Je holka šťastná.
Eva neví, jestli je nemocná. ✗ Eva neví, pokud je nemocná.
Petr miluje svou sestru. ✗ Petr miluje své sestru.
"""


def lines(text: str, mark: str) -> list[list[str]]:
    return [line.split(f" {mark} ") for line in text.strip().splitlines()]


@pytest.mark.parametrize(("reference", "variant"), lines(ACCEPTED, "≈"))
def test_a_variant_is_accepted(reference, variant):
    assert accepts(reference, variant)
    assert accepts(reference, reference)


@pytest.mark.parametrize(("right", "wrong"), lines(WRONG, "✗"))
def test_what_the_grammar_calls_wrong_is_not_accepted(right, wrong):
    assert not accepts(right, wrong)


def test_a_word_in_the_other_gender_is_never_a_variant():
    for pair in sample("lesson", count=60, seed=3):
        for word in pair.agreements:
            words = list(pair.target)
            words[word.position] = word.other
            assert not accepts(pair.target_text, join(words))
