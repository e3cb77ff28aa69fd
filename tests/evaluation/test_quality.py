import sacrebleu

from translate.evaluation.quality import corpus_scores, exact_match, exact_tokens

REFERENCES = ["Jsem kluk, který se rád učí.", "Moje sestra ráda tančí.", "Je to holka, která ráda kreslí zvířata."] * 10


def test_the_references_themselves_are_perfect():
    bleu, chrf, ter = corpus_scores(REFERENCES, REFERENCES)
    assert (round(bleu.value, 6), round(chrf.value, 6), ter.value) == (100, 100, 0)
    assert ter.interval == (0, 0) and bleu.interval[1] <= 100
    assert exact_match(REFERENCES, REFERENCES).value == 1


def test_values_are_sacrebleus_and_signatures_reproduce_them():
    texts = [text.replace("rád", "nerad") for text in REFERENCES]
    bleu, chrf, ter = corpus_scores(texts, REFERENCES)
    assert bleu.value == sacrebleu.corpus_bleu(texts, [REFERENCES]).score
    assert chrf.value == sacrebleu.corpus_chrf(texts, [REFERENCES]).score
    assert ter.value == sacrebleu.corpus_ter(texts, [REFERENCES]).score
    for score in (bleu, chrf, ter):
        assert score.interval[0] < score.value < score.interval[1]
        assert "seed:12345" in score.signature and f"version:{sacrebleu.__version__}" in score.signature


def test_same_texts_give_the_same_intervals():
    texts = REFERENCES[1:] + REFERENCES[:1]
    assert corpus_scores(texts, REFERENCES) == corpus_scores(texts, REFERENCES)


def test_empty_translations_are_scored_and_not_an_error():
    bleu, chrf, ter = corpus_scores([""] * 30, REFERENCES)
    assert (bleu.value, chrf.value) == (0, 0)
    assert ter.value == 100


def test_exact_match_forgives_nothing_and_exact_tokens_only_spaces():
    reference = ["Jsem kluk, který rád čte."]
    for text, whole, tokens in [
        ("Jsem kluk, který rád čte.", 1, 1),
        ("Jsem kluk , který rád čte .", 0, 1),
        ("jsem kluk, který rád čte.", 0, 0),
        ("Jsem kluk, který rád čte", 0, 0),
        ("Jsem kluk, která rád čte.", 0, 0),
    ]:
        assert exact_match([text], reference).successes == whole
        assert exact_tokens([text], reference).successes == tokens
