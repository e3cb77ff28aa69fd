/** A picture of each step of the lesson, over the words of the sentence in the box. */
import { course } from "app/drawing/course.js";
import { el } from "app/drawing/draw.js";
import { valve } from "app/lesson/here.js";
import { range } from "app/network/arrays.js";
import { genderOf } from "app/network/readout.js";
import { percent, short } from "app/words/numbers.js";

/** What the pictures need of a sentence: its words, valves, and what is marked on them. */
function seriesOf(app, runs) {
  const steps = (side) => range(runs.now[side].steps);
  const words = (side) => steps(side).map((t) => app.wordAt(side, t));
  return {
    count: Math.max(runs.n, 2),
    words,
    /** Of one unit of the encoder: a site, or what a gate makes of another. */
    along(gate, unit, of) {
      const { enc } = runs.now;
      const row = (name, t) => (name === "before" ? enc.before("l0.c", t) : enc.row(`l0.${name}`, t))[unit];
      return steps("enc").map((t) => row(gate, t) * (of ? row(of, t) : 1));
    },
    valves: (side, names) =>
      names.map(([site, name, kind, marks]) => ({
        name,
        kind,
        marks,
        values: steps(side).map((t) => valve(app, runs.now, side, site, t)),
      })),
    agrees(t) {
      const grammar = app.grammar(words("dec")[t] ?? "");
      return grammar?.kind === "agrees" ? grammar.gender : undefined;
    },
    gender(side) {
      const genders = app.genders(side);
      return genders ? (t) => genderOf(genders[t]) : undefined;
    },
  };
}

/** The steps that have a picture. */
const PICTURES = {
  wrec: ({ count }) => ({
    words: range(count).map(String),
    log: true,
    text: short,
    title: "W_rec to the power of the number of words",
    lines: [0.9, 1, 1.1].map((w) => ({
      name: String(w),
      kind: w === 1 ? "strong" : "faint",
      values: range(count).map((k) => w ** k),
    })),
  }),
  rnn: ({ words }, { lines }) => ({
    words: words("enc"),
    log: true,
    text: short,
    title: "How much of a nudge at each word is felt at the last one",
    lines: [
      { name: "LSTM c", kind: "strong", values: lines.lstm },
      { name: "RNN h", kind: "rival dotted", values: lines.rnn },
    ],
  }),
  pipeline: ({ words, along }, { unit }) => ({
    words: words("enc"),
    title: `What unit ${unit} keeps, what is added to it, and its memory`,
    lines: [
      { name: "memory", kind: "strong", values: along("c", unit) },
      { name: "kept", kind: "dotted", values: along("f", unit, "before") },
      { name: "added", kind: "faint", values: along("i", unit, "g") },
    ],
  }),
  valves: ({ words, valves, gender }) => ({
    words: words("enc"),
    title: "Three valves over the English words",
    lines: valves("enc", [
      ["f", "forget", "strong", gender("enc")],
      ["i", "memory", "dotted"],
      ["o", "output", "faint"],
    ]),
  }),
  switch: ({ words, valves, gender }) => ({
    words: words("dec"),
    lang: "cs",
    title: "Forget and memory valve over the Czech words",
    lines: valves("dec", [
      ["f", "forget", "strong", gender("dec")],
      ["i", "memory", "dotted"],
    ]),
  }),
  output: ({ words, valves, agrees }) => ({
    words: words("dec"),
    lang: "cs",
    title: "Output valve over the Czech words",
    lines: valves("dec", [["o", "output", "strong", agrees]]),
  }),
};
const CAPTIONS = {
  wrec: "A log axis: each line is as much of a factor above the next.",
  rnn: "Height: how much of a nudge of the state at that word is left at the last word; a log axis.",
  pipeline: "kept = forget valve × the memory before; added = memory valve × the candidate; both add up to the memory.",
  output: "The three units that tell the gender best; ● and ■ stand at the words that agree.",
};
const CAPTION =
  "The mean of the three units that tell the gender best; " +
  "● ■ ◇: the gender that is read from the memory at that word.";

/** Both translations, with the words that differ. */
function twins(app, runs, { changed, others }) {
  const line = (words, name) =>
    el(
      "p",
      { class: "czechline" },
      el("span", { class: "label" }, name),
      " ",
      words.map((word, t) => [el("span", { class: changed.includes(t) ? "changed" : null }, app.czech(word)), " "]),
    );
  const without = (words) => words.filter((word) => word !== app.target.word(app.END));
  return [line(without(runs.newWords), "as it is "), line(without(others), "its twin ")];
}

/** Shares as bars. */
const shares = (counts) =>
  el(
    "div",
    { class: "bars" },
    counts.map(([name, share]) =>
      el(
        "div",
        null,
        el("span", null, name),
        el("i", { style: { width: `${Math.max(0.6, 100 * share)}%` } }),
        el("span", null, percent(share)),
      ),
    ),
  );

const VALVES = ["valves", "switch", "output"];

/** The picture of a step. @param found what `live` has found in the sentence */
export function drawn(app, runs, id, found, width) {
  if (id === "boygirl") return twins(app, runs, found);
  if (id === "cases") return shares(found.counts);
  if (!PICTURES[id] || (VALVES.includes(id) && !app.model.gates.includes("f"))) return null;
  const what = PICTURES[id](seriesOf(app, runs), found);
  return [
    course({ width, height: 300, at: -1, ...(VALVES.includes(id) ? { low: 0, high: 1 } : {}), ...what }),
    el("p", { class: "small" }, CAPTIONS[id] ?? CAPTION),
  ];
}
