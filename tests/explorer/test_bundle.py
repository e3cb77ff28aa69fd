"""The file that is made: what is in it, how large it is, and that no word of any vocabulary can break out of it.

Longer than 300 lines because making the file takes seconds, and all is asked of the one that was made.
"""

import base64
import json
import subprocess
import sys
import zlib
from dataclasses import replace

import numpy as np
import pytest

from translate.errors import TranslateError, UsageError
from translate.explorer import bundle, grammar, measured
from translate.explorer.payload import make_payload
from translate.lab.demonstrations import walk
from translate.lab.demonstrations.reference import best_units
from translate.lab.experiments.intervening.clamps import Clamp, Clamps, best
from translate.lab.experiments.intervening.parts import Effect, Exchange
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.claim import Claim
from translate.model.checkpoint import save_frame, save_weights
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.translator import Translator
from translate.resources import models
from translate.text import split_exactly
from translate.tokenizer import Tokenizer

KB = 1000


def inside(html: str, start: str, end: str = "</script>") -> str:
    return html.split(start, 1)[1].split(end, 1)[0]


def test_the_budgets(built, payload):
    html = built.read_text(encoding="utf-8")
    assert len(bundle.packed()) <= 80 * KB
    assert len(bundle.style().encode()) <= 20 * KB
    assert len(html.encode()) <= 2500 * KB
    modules = {path.relative_to(bundle.PAGE).as_posix(): path for path in bundle.PAGE.rglob("*.js")}
    assert set(modules) == set(bundle.sources())
    for name, path in modules.items():
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) <= 300 and max(map(len, lines)) <= 120, name


def test_the_modules_come_out_as_they_went_in(built):
    html = built.read_text(encoding="utf-8")
    unpacked = json.loads(zlib.decompress(base64.b64decode(inside(html, 'id="modules">'))))
    assert unpacked == {"imports": bundle.modules()}
    assert set(unpacked["imports"]) == {f"app/{name}" for name in bundle.sources()}


def test_nothing_in_the_payload_ends_its_element(built, payload):
    text = bundle.as_json({"a": "</script><!--<script>\u2028", "b": ["<"]})
    assert "<" not in text and "\u2028" not in text and json.loads(text)["a"] == "</script><!--<script>\u2028"
    html = built.read_text(encoding="utf-8")
    assert html.count("</script>") == html.count("<script") == 3
    assert json.loads(inside(html, 'id="payload">')) == json.loads(json.dumps(payload))


def test_the_same_model_gives_the_same_bytes(translator, payload):
    assert bundle.page(make_payload(translator, payload["about"]["command"])) == bundle.page(payload)


def test_the_payload_holds_the_model_and_what_the_laboratory_says_of_it(translator, payload):
    weights = translator.checkpoint.numpy_weights()
    for name, text in payload["weights"].items():
        assert np.array_equal(np.frombuffer(base64.b64decode(text), "<f4"), weights[name].ravel())
    assert payload["walk"]["open"] == walk.OPEN and payload["walk"]["cases"]["open closed"] == walk.KEPT
    assert all(sorted(order) == list(range(128)) for order in payload["random"])
    assert payload["about"]["model"] == translator.checkpoint.hash


def test_words_and_their_grammar(payload):
    assert payload["agreeing"]["ráda"] == {"gender": "f", "kind": "agrees", "other": "rád"}
    assert payload["agreeing"]["kluk"] == {"gender": "m", "kind": "noun", "other": "holka"}
    assert payload["twins"]["boy"] == "girl" and "actress" in payload["an"] and "boy" not in payload["an"]
    assert payload["genders"]["en"]["sister"] == "f" and payload["genders"]["cs"]["hrdina"] == "m"
    missing = [word for word in payload["target"][4:] if word not in payload["glosses"] and word not in ",."]
    assert not missing
    assert grammar.glosses(["<b>", "kluk"]) == {"kluk": "boy"}


def test_every_sentence_becomes_the_words_that_the_tokenizer_makes(network_page, translator, payload):
    from translate.chat.twin import twin_of
    from translate.text import normal

    texts = [
        "I'm a boy who doesn't like to lern.",
        "SHE’S tall; won't can't they're who's",
        "my sister's book—really? (yes) 3,5 % a_b l'été",
        "The Boy\tand\u00a0the\u200b girl\x07!",
        "I am an actor who likes to chat with his sister.",
        "Ž Ω 東京 é e\u0301 x'",
        "",
        "  ",
        "'''",
        "He is an emperor, she isn't.",
        'The "boy" is here. „she is.“ "Am I?" ("I am") said: she',
        "c\u030cesky\u2028x\u030cy\u3000\u200cمی\u200cخواهم \u200c \ufeffso\u00adft\x85▁kůň",
        "👩\u200d👧👍🏽🇨🇿🇸🇰 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3 हिन्दी \u0301",
    ]
    ask = """async (texts) => {
      const { makeTokenizer, normal, twinOf } = await import("app/words/text.js");
      const { payload } = await import("app/words/payload.js");
      const source = makeTokenizer(payload.source, { english: true });
      const target = makeTokenizer(payload.target);
      const twins = new Map(Object.entries(payload.twins));
      return texts.map((text) => {
        const line = normal(text);
        const words = source.tokens(line);
        const near = words.filter((word) => !source.known(word)).map((word) => source.nearest(word));
        const joined = target.text(target.ids(words));
        return { line, words, ids: source.ids(words), near, twin: twinOf(line, twins, payload.an), joined };
      });
    }"""
    for text, found in zip(texts, network_page.evaluate(ask, texts), strict=True):
        line, tokenizer = normal(text), translator.source
        assert found["line"] == line
        assert found["words"] == tokenizer.split(line)
        assert found["ids"] == tokenizer.encode(line)
        assert found["near"] == [
            tokenizer.nearest(word) for word in tokenizer.split(line) if word not in tokenizer.words
        ]
        assert found["twin"] == twin_of(line)
        assert found["joined"] == translator.target.decode(translator.target.ids(found["words"]))


def test_the_page_joins_words_with_their_gaps_as_python_does(network_page):
    texts = ['Má 3,5 cm a „A-1" (5 %).', "https://a.cz/b?c=1", "Např. když: „ano.“ šel", "rock 'n' roll !", '„ a “ "b"']
    ask = """async (tokens) => {
      const { join } = await import("app/words/text.js");
      return tokens.map(join);
    }"""
    assert network_page.evaluate(ask, [split_exactly(text) for text in texts]) == texts


# -------------------------------------------------------------------------------------------- what was measured


def test_without_results_the_page_says_so(browser, payload, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(bundle.page(payload | {"measured": None, "aggregates": {}}), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    assert "not measured for this model; run translate probe" in page.inner_text(
        "#screen-translate .aggregate >> nth=0"
    )
    assert "Nothing was measured over many sentences" in page.inner_text("footer")


def test_a_number_about_many_sentences_says_by_what_it_was_made(open_page, payload):
    page = open_page()
    told = page.inner_text("#screen-translate .aggregate >> nth=0")
    found = payload["aggregates"]["stored-decoder"]
    assert found["text"] in told and f"n = {found['n']:,} words" in told and "seed 0; figure “controls”" in told
    for text in (payload["measured"]["command"], payload["about"]["model"], payload["about"]["command"]):
        assert text in page.inner_text("footer")


def test_aggregates_come_from_results_json():
    def share(value, n=200):
        return Estimate(value, value - 0.1, value + 0.1, n, "words", "")

    claim = Claim("used", "S.", "holds", "", share(0.9), {}, "", side="decoder")
    effect = Effect(Exchange("best units", ("c",), 3), "after noun", 0, share(0.5), share(0.0), share(1.0), 200)
    clamp = Clamp("dec", "forget open", best(3), share(0.94), share(0.0), share(0.06), share(1.0))
    shipped = measured.load_results(models("lesson") / measured.NAME, "579ebccdeafc")
    results = replace(
        shipped,
        claims=(claim,),
        effects=(effect, replace(effect, clause=1)),
        encoder_effects=(),
        clamps=Clamps((clamp,), (), 200, 0),
    )
    found = measured.aggregates(results)
    assert set(found) == {"used-decoder", "swap.dec.top3", "clamp.dec.f.top3"}
    assert found["used-decoder"]["interval"] == [0.8, 1.0] and found["used-decoder"]["figure"] == "effects"
    assert "turns 100 of 200 agreeing words" in found["swap.dec.top3"]["text"]
    assert "in 188 of 200 words" in found["clamp.dec.f.top3"]["text"]


@pytest.mark.parametrize(
    "text, says",
    [
        ("{", "is damaged; make it again with `translate probe`"),
        ('{"about": 3}', "is damaged"),
        ('{"format": "translate-results 3"}', "has another format"),
        (None, "belongs to other weights"),
    ],
)
def test_results_that_do_not_fit_are_told(tmp_path, text, says):
    text = text or (models("lesson") / measured.NAME).read_text(encoding="utf-8").replace("579ebccdeafc", "0" * 12)
    (tmp_path / "results.json").write_text(text, encoding="utf-8")
    with pytest.raises(TranslateError, match=says):
        measured.load_results(measured.find_results(tmp_path, None), "579ebccdeafc")
    with pytest.raises(TranslateError, match="There is no"):
        measured.find_results(tmp_path, tmp_path / "nowhere.json")


# ------------------------------------------------------------------------------------------------- other models


def small(folder, kind="word", **options) -> Translator:
    texts = ["a small cat sleeps .", "a big dog runs .", "</script> & <b>"]
    source, target = (
        Tokenizer.train(texts, kind, 300, english=english, pretokenised=kind == "word") for english in (True, False)
    )
    config = ModelConfig(len(source), len(target), hidden=8, embedding=4, **options)
    save_frame(folder, config, source, target)
    save_weights(folder, EncoderDecoder(config))
    return Translator.load(folder, "numpy")


def test_subword_models_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(UsageError, match="models of whole words"):
        make_payload(small(tmp_path, "bpe"), "")


@pytest.mark.parametrize("options", [{"attention": "luong"}, {"bidirectional": True}], ids=str)
def test_models_that_the_page_cannot_compute_are_refused_in_a_sentence(tmp_path, options):
    with pytest.raises(UsageError, match="which the explorer cannot compute"):
        make_payload(small(tmp_path / "own", **options), "")
    small(tmp_path / "rivals" / "rnn", **options)
    with pytest.raises(UsageError, match=r"rnn is a model with .*, which the explorer cannot compute"):
        make_payload(Translator.load(device="numpy"), "", rivals=tmp_path / "rivals")


@pytest.mark.parametrize(
    "options", [{"cell": "rnn"}, {"cell": "gru"}, {"layers": 2}, {"reverse_source": True}], ids=str
)
def test_a_model_of_other_words_and_without_readout_has_its_page(tmp_path, browser, options):
    path = tmp_path / "page.html"
    path.write_text(bundle.page(make_payload(small(tmp_path, **options), "translate explore")), encoding="utf-8")
    page, noted = browser.new_page(), []
    page.on("console", lambda message: noted.append(message.text))
    page.on("pageerror", lambda error: noted.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    for screen in page.locator("#screens button").all():
        screen.click()
    page.click("[data-screen=translate]")
    page.fill("#sentence", "a cat </script> dog")
    read = page.locator("#english .chip").all_inner_texts()  # in the order of reading
    assert read == ["a", "cat", "</script>", "dog"][:: -1 if "reverse_source" in options else 1]
    assert noted == []
    page.close()


# ---------------------------------------------------------------------------------------------------- the command


def translate(*arguments, cwd=None):
    return subprocess.run([sys.executable, "-m", "translate", *arguments], capture_output=True, text=True, cwd=cwd)


def test_the_command_writes_one_file(tmp_path):
    done = translate("explore", "--out", str(tmp_path), "--minimal")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path / 'explorer.html'}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["explorer.html"]
    html = (tmp_path / "explorer.html").read_text(encoding="utf-8")
    assert json.loads(inside(html, 'id="payload">'))["corpus"] is None
    assert str(tmp_path.parent) not in inside(html, "<style>", "</style>")


def test_the_command_tells_what_is_wrong(tmp_path):
    missing = translate("explore", "--model", str(tmp_path / "none"))
    assert missing.returncode == 2 and "is not a model folder" in missing.stderr
    rivals = translate("explore", "--rivals", str(tmp_path), "--out", str(tmp_path))
    assert rivals.returncode == 2 and "has neither a folder rnn nor a folder gru" in rivals.stderr
    results = translate("explore", "--results", str(tmp_path / "none.json"), "--out", str(tmp_path))
    assert results.returncode == 1 and "There is no" in results.stderr and "Traceback" not in results.stderr


def test_its_help_needs_no_torch_and_no_numpy():
    code = """
import sys
sys.argv = ['translate', 'explore', '--help']
from translate.cli.main import main
try:
    main()
except SystemExit:
    pass
print(sorted({'torch', 'numpy'} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip().endswith("[]") and "--minimal" in done.stdout


def test_served_it_is_the_same_page_and_nothing_else():
    import threading
    import urllib.error
    import urllib.request

    from translate.explorer.serve import serve_page

    told, ready = [], threading.Event()

    def tell(address):
        told.append(address)
        ready.set()

    threading.Thread(target=serve_page, args=(b"<p>page", 0, tell), daemon=True).start()
    assert ready.wait(10) and told[0].startswith("http://127.0.0.1:")
    assert urllib.request.urlopen(told[0]).read() == b"<p>page"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(told[0] + "../etc/passwd")
    with pytest.raises(TranslateError, match="cannot be used"):
        serve_page(b"", int(told[0].rstrip("/").rsplit(":", 1)[1]), tell)


def test_the_best_units_are_those_of_the_terminal(payload, translator):
    for layer in ("dec.l0", "enc.l0"):
        assert payload["ranking"][layer][:10] == list(best_units(translator, f"{layer}.c", 10))
