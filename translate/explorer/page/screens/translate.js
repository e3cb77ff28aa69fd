/**
 * Translate: how sure each word is, and the gender that the memory holds at each word, with where it was stored and
 * erased.
 */
import { el, fill } from "app/drawing/draw.js";
import { genderOf } from "app/network/readout.js";
import { marksOf, ribbon } from "app/screens/ribbon.js";
import { percent } from "app/words/numbers.js";
import { GENDERS, genderName } from "app/words/terms.js";

const TEN = 10;

function likeliest(app, runs, t) {
  const p = runs.now.probs[t];
  const order = [...p.keys()].sort((a, b) => p[b] - p[a]).slice(0, TEN);
  return el(
    "div",
    { class: "bars" },
    order.map((id, k) =>
      el(
        "div",
        { class: k ? "" : "first" },
        app.explain(el("span", null, app.czech(app.target.word(id))), app.about(app.target.word(id))),
        el("i", { style: { width: `${Math.max(0.6, 100 * p[id])}%` } }),
        el("span", null, percent(p[id])),
      ),
    ),
  );
}

/** What the ribbon shows, in a sentence or two about this sentence. */
function story(app, runs) {
  const marks = marksOf(app, "dec", runs.now);
  const genders = app.genders("dec", runs.now);
  if (!genders || !marks || !runs.n) return "";
  const name = (set) => [...set].map((t) => `“${app.target.word(runs.now.written[t])}”`).join(", ");
  const turns = genders.flatMap((p, t) =>
    t &&
    genderOf(p) &&
    genderOf(genders[t - 1]) !== genderOf(p) &&
    genders.slice(0, t).some((q) => genderOf(q) && genderOf(q) !== genderOf(p))
      ? [t]
      : [],
  );
  const begin = `The writer starts with ${genderName(genders[0])} in its memory, which the reader handed over`;
  const [turn] = turns;
  const turning =
    turn === undefined
      ? "the gender never turns"
      : `it turns to ${GENDERS[genderOf(genders[turn])]} at “${app.target.word(runs.now.written[turn])}”`;
  const stored = name(marks.stored) || "no word in particular";
  const erased = name(marks.gone) || "no word";
  return `${begin}, and ${turning}. Most of it is stored at ${stored}, and most is erased at ${erased}.`;
}

const LEGEND = [
  "Above: the gender that one fixed direction of the memory tells after each word. ",
  "Below: by how much the word moved it, left bar written, right bar erased, up towards feminine; ",
  "“stored” stands where most of the gender then told was written, “erased” where most of the one before was ",
  "taken away (three words at most, each at least half of the largest). ",
  "The direction is read from the memory, it is a correlation; what it does is asked under What if.",
];

export const screen = {
  id: "translate",
  title: "Translate",
  question: "Where in the sentence does the network hold the gender, and how sure is it of each Czech word?",
  mount(root, app) {
    const figure = el("div");
    const text = el("p");
    const list = el("div");
    const title = el("h3");
    root.append(
      el(
        "div",
        { class: "card" },
        el("h3", null, "The ", app.term("gender"), " in the ", app.term("cell state"), ", word by word"),
        text,
        figure,
        el("p", { class: "small" }, LEGEND),
      ),
      el(
        "div",
        { class: "two" },
        el("div", { class: "card" }, title, el("div", { class: "choice" }), list),
        el(
          "div",
          { class: "card" },
          el("h3", null, "Is this sentence typical?"),
          app.aggregate("stored-decoder"),
          el("br"),
          app.aggregate("agreement"),
        ),
      ),
    );
    let drawn = null;
    let width = 0; // asked for only where it may have changed: it costs a layout
    return {
      update(view, runs, why) {
        const { side, t } = app.where();
        const step = side === "dec" ? t : 0;
        if (why.has("shown") || why.has("size")) width = Math.max(260, figure.clientWidth);
        if (["runs", "shown", "size"].some((name) => why.has(name))) {
          drawn = ribbon(app, runs, width);
          fill(figure, drawn.node);
          fill(text, story(app, runs));
        }
        drawn.place(view.at);
        const read = step ? `after “${app.target.word(runs.now.written[step - 1])}”` : "the first word";
        const first = "The ten likeliest first words (no Czech word is under the cursor)";
        fill(title, side === "dec" ? `The ten likeliest words ${read}` : first);
        fill(list, likeliest(app, runs, step));
      },
    };
  },
};
