/**
 * Translate: how sure each word is, and the gender that the memory holds at each word, with where it was stored and
 * erased.
 */
import { el, fill } from "app/drawing/draw.js";
import { storedAt } from "app/network/readout.js";
import { ribbon } from "app/screens/ribbon.js";
import { percent } from "app/words/numbers.js";
import { GENDERS } from "app/words/terms.js";

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

/** What the picture shows, in one sentence about this sentence. */
function story(app, runs) {
  const [reader, writer] = ["enc", "dec"].map((side) => app.genders(side, runs.now));
  if (!reader || !writer) return "";
  const [stored, told] = [storedAt(reader), storedAt(writer)];
  const name = ({ gender }) => el("i", null, GENDERS[gender]);
  const places = stored.flatMap((each, k) => [
    k ? ", then " : "",
    name(each),
    " at ",
    el("b", null, app.read("enc", each.t)),
  ]);
  const begins = stored.length ? ["The reader stored ", places] : ["The reader stored no gender for sure"];
  const [first, turn] = told;
  if (!first) return [begins, "; nor is the writer ever sure of one."];
  const at = (each) => ["“", el("b", { lang: "cs" }, app.target.word(runs.now.written[each.t])), "”"];
  if (!turn && first.gender === stored.at(-1)?.gender) return [begins, "; the writer held it to the end."];
  const turns = told
    .slice(1)
    .flatMap((each, k) => [k ? ", and to " : " and turned to ", name(each), " at ", ...at(each)]);
  return [begins, "; the writer began with ", name(first), turn ? turns : " and held it to the end", "."];
}

const legend = ({ term }) => [
  "Bars: by how much the word moved the ",
  term("gender"),
  " along one fixed direction of the ",
  term("cell state", "memory"),
  ", left bar written, right bar ",
  "erased, up towards feminine. “Stored”: from here on the memory tells this gender; “erased”: the one ",
  "before was taken away here. The direction is a ",
  term("correlation"),
  "; what it does is asked under What if.",
];

export const screen = {
  id: "translate",
  title: "Translate",
  question: "Where is the gender stored, and how long is it held?",
  mount(root, app) {
    const figure = el("div");
    const text = el("p", { class: "verdict" });
    const list = el("div");
    const title = el("summary");
    const likely = el("details", { class: "fold" }, title, list);
    root.append(
      el("div", { class: "card" }, text, figure, el("p", { class: "small whole" }, legend(app))),
      el(
        "div",
        { class: "two" },
        el("div", { class: "card" }, likely),
        el("div", { class: "card" }, app.aggregate("stored-decoder"), el("br"), app.aggregate("agreement")),
      ),
    );
    let drawn = null;
    let width = 0; // asked for only where it may have changed: it costs a layout
    return {
      update(view, runs, why) {
        const { side, t } = app.where();
        const step = side === "dec" ? t : 0;
        if (why.has("shown") || why.has("size")) width = Math.max(260, figure.clientWidth);
        if (["runs", "shown", "size", "unit", "layer"].some((name) => why.has(name))) {
          drawn = ribbon(app, view, runs, width);
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
