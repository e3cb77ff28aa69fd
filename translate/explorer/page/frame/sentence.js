/** The sentence box and what stands under it: the words that are not known, the words read and the words written. */
import { el, fill } from "app/drawing/draw.js";
import { doubtsOf } from "app/words/agreement.js";
import { differing } from "app/words/differing.js";
import { count, percent } from "app/words/numbers.js";
import { GENDERS } from "app/words/terms.js";
import { unknownWords } from "app/words/unknown.js";

const $ = (id) => document.getElementById(id);
const button = (word, onclick) => el("button", { class: "word", onclick }, word);

/** The box, the examples, and the button that makes the twin. */
function mountBox({ store, payload, runs }) {
  const box = $("sentence");
  const examples = $("examples");
  box.addEventListener("input", () => store.set({ sentence: box.value }));
  $("ask").addEventListener("submit", (event) => event.preventDefault());
  for (const [k, { sentence, about }] of payload.examples.entries())
    examples.append(el("option", { value: k }, `${sentence} — ${about}`));
  examples.addEventListener("change", () => {
    if (examples.value) store.set({ sentence: payload.examples[examples.value].sentence });
    examples.value = "";
  });
  $("swap").addEventListener("click", () => {
    const { twinSentence } = runs();
    if (twinSentence) store.set({ sentence: twinSentence });
  });
  return box;
}

/** The word under the cursor is seen, also where its line is longer than the screen; the keyboard goes with it. */
function bringToView() {
  if (document.activeElement?.matches(".chip"))
    document.querySelector(".chip[data-now]")?.focus({ preventScroll: true });
  requestAnimationFrame(() => {
    const now = document.querySelector(".chip[data-now]");
    const line = now?.parentNode;
    if (!line || line.scrollWidth <= line.clientWidth) return;
    line.scrollLeft = now.offsetLeft - line.offsetLeft - (line.clientWidth - now.offsetWidth) / 2;
  });
}

/** All the words that the model knows; one that is pressed is added to the sentence. */
function listKnown({ store, source }) {
  const words = [...source.words].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const add = (word) => store.set({ sentence: `${store.get().sentence.trimEnd()} ${word}`.trimStart() });
  fill(
    $("words"),
    words.map((word) => button(word, () => add(word))),
  );
}

/** The words that are not known, each with those that are like it, and whether the sentence is too long. */
function showUnknown({ store, source }, { tokens }, typed) {
  fill(
    $("unknown"),
    unknownWords(source, typed, tokens, (sentence) => store.set({ sentence })),
  );
}

/** The words read and written, and what was written without the clamps. */
function showWords(app, { tokens, now, plain, edited, n, words, newWords }) {
  const chip = (place, kind, inside) => {
    const onclick = () => app.store.set({ at: place });
    return el("button", { tabindex: -1, class: `chip ${kind}`, "data-at": place, onclick }, inside);
  };
  const read = tokens.map((_, t) => tokens[app.model.placeOf(t, n)]);
  fill(
    $("english"),
    read.map((word, t) => {
      const isKnown = app.source.known(word);
      const gender = GENDERS[app.payload.genders.en[word.toLowerCase()]];
      const about = isKnown ? (gender ? `${word}: ${gender}` : word) : `${word} is not a word that this model knows`;
      return app.explain(chip(t, isKnown ? "" : "unknown", word), about);
    }),
  );
  const changed = edited ? differing(words, newWords) : new Set();
  const written = now.written.map((id, t) => {
    const isEnd = id === app.END;
    const word = app.target.word(id);
    const node = chip(n + t, changed.has(t) ? "changed" : "", isEnd ? "end" : app.czech(word));
    const about = () => (isEnd ? "the end of the sentence" : app.about(word));
    return app.explain(node, () => `${about()}; p = ${percent(now.probs[t][id])}`);
  });
  fill($("czech"), written);
  const same = changed.size ? ` (${count(changed.size, "word differs", "words differ")})` : " (the same)";
  const before = ["Without the clamps: ", el("span", { lang: "cs" }, app.target.text(plain.written)), same];
  fill($("was"), edited ? before : "");
  $("cut").hidden = now.finished;
  const doubts = tokens.every(app.source.known) ? doubtsOf(app, { tokens, plain }) : [];
  $("doubts").hidden = !doubts.length;
  fill($("doubts"), [el("b", null, "Doubtful: "), `${doubts.join("; ")}.`]);
}

export function mountSentence(app) {
  const box = mountBox(app);
  const list = () => listKnown(app);
  $("known").querySelector("summary").addEventListener("click", list, { once: true });
  return {
    update(view, runs, why) {
      if (why.has("runs")) {
        showWords(app, runs);
        if (box.value !== view.sentence) box.value = view.sentence;
        showUnknown(app, runs, box.value);
      }
      // Where it is told beside what is held, it would only push that away under the hand.
      $("was").hidden = !runs.edited || ["cell", "whatif"].includes(view.screen);
      $("swap").disabled = runs.twinSentence === null;
      for (const node of document.querySelectorAll(".chip")) {
        const at = Number(node.dataset.at);
        const [side, place] = at < runs.n ? ["enc", app.model.placeOf(at, runs.n)] : ["dec", at - runs.n];
        const isClamped = ({ site, steps }) => site.startsWith(side) && (!steps || steps.includes(place));
        node.toggleAttribute("data-now", at === view.at);
        node.toggleAttribute("data-clamped", view.edits.some(isClamped));
        node.tabIndex = at === view.at ? 0 : -1;
      }
      if (why.has("at") || why.has("runs")) bringToView();
    },
  };
}
