"""The card of a model says what it is and which command made it."""

from translate.model.config import ModelConfig
from translate.training.card import write_card

METRICS = {
    "parameters": 12345,
    "dev_exact_match": 0.5,
    "dev_sentences": 400,
    "best_step": 60,
    "seed": 1,
    "precision": "float32",
    "threads": 1,
}


def test_it_says_what_the_model_is_and_where_it_comes_from(tmp_path):
    folder = tmp_path / "tiny"
    folder.mkdir()
    write_card(folder, ModelConfig(9, 9, "gru", layers=2, hidden=8), "bpe", METRICS, {"command": "`translate train`"})
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert card.startswith("# tiny\n") and "GRU encoder–decoder without attention, 2 layers of 8 units" in card
    assert "12,345 parameters, `bpe` pieces" in card
    for row in ("| command | `translate train` |", "| dev sentences translated exactly | 50.00 % of 400, step 60 |"):
        assert row in card


def test_it_says_how_the_decoder_knows_of_the_english_words(tmp_path):
    for attention, says in (("", "Its whole memory"), ("luong", "the decoder looks back")):
        write_card(tmp_path, ModelConfig(9, 9, attention=attention), "word", METRICS, {})
        card = (tmp_path / "README.md").read_text(encoding="utf-8")
        assert says in card and "\n\n| | |\n" in card
