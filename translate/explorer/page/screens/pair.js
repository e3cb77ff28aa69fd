/**
 * A sentence and its twin, beside each other and exchanged: where they differ, and what a transplant of the state
 * does.
 */
import { choice, course } from "app/drawing/course.js";
import { el, fill, svg } from "app/drawing/draw.js";
import { range } from "app/network/arrays.js";
import { genderOf, lookAlong } from "app/network/readout.js";
import { EXCHANGED, transplant } from "app/screens/transplant.js";
import { doubtsOf } from "app/words/agreement.js";
import { differing } from "app/words/differing.js";
import { count, minus } from "app/words/numbers.js";
import { unknownWords } from "app/words/unknown.js";

const WHILE = [
  ["enc", "reading English"],
  ["dec", "writing Czech"],
];

/** B: the twin of the whole sentence, or of one of its two people. */
function twins(app, { sentence }, { tokens, twinSentence }) {
  const link = tokens.findIndex((word) => /^(but|and)$/.test(word));
  const first = link > 0 && app.twin(sentence, (place) => place < link);
  const second = link > 0 && app.twin(sentence, (place) => place >= link);
  return [
    ...(first && second
      ? [
          [first, "the first person"],
          [second, "the second"],
        ]
      : []),
    ...(twinSentence ? [[twinSentence, "everyone"]] : []),
  ];
}

/** What both runs hold at each word along what the view looks along, and their words: "who", "boy / girl". */
function comparison(app, view, a, b) {
  const { side } = view;
  const site = `l${view.layer}.${app.model.memory}`;
  const unit = Number.isInteger(view.unit) ? view.unit : "gender";
  const look = lookAlong(app, { ...view, unit }, side, app.model.memory);
  const along = (run) => range(run[side].steps).map((t) => look.along(run[side].row(site, t)) + look.bias);
  const [ofA, ofB] = [along(a), along(b)];
  const gap = ofA.slice(0, ofB.length).map((value, k) => ofB[k] - value);
  const word = (run, k) => (side === "enc" ? app.source.word(run.enc.ids[k]) : app.target.word(run.written[k]));
  const words = range(Math.max(a[side].steps, b[side].steps)).map((k) => {
    const [p, q] = [a, b].map((run) => (k >= run[side].steps ? "" : word(run, k)));
    return p === q ? p : `${p || "–"} / ${q || "–"}`;
  });
  return { unit, look, ofA, ofB, gap, words, differs: words.findIndex((word) => word.includes(" / ")) };
}

/** A, B and B − A, word by word. */
function picture(app, { side, layer }, { a, b }, { unit, look, ofA, ofB, gap, words, differs }, width) {
  const marks = (run) => {
    const genders = app.genders(side, run, layer);
    return genders ? (k) => genderOf(genders[k]) : null;
  };
  const end = words.length - 1;
  return course({
    width,
    height: 300,
    words,
    lang: side === "dec" ? "cs" : null,
    at: app.where().t,
    pick: (k) => app.go(side, k),
    text: (v) => `${unit !== "gender" || !v ? "" : v > 0 ? "■ " : "● "}${minus(String(v))}`,
    title: `A, B and B − A along ${look.name}, word by word`,
    lines: [
      { values: gap, kind: "gap", name: "B − A" },
      { values: ofA, kind: "", name: "A", marks: marks(a) },
      { values: ofB, kind: "dotted", name: "B", marks: marks(b) },
    ],
    extra: (y, cols) => [
      svg("line", { class: "zero", x1: cols.x(0), x2: cols.x(end), y1: y(0), y2: y(0) }),
      differs < 0 ? null : svg("text", { class: "note", x: cols.x(differs), y: 10, "text-anchor": "middle" }, "▾"),
    ],
  });
}

/** What the picture shows, and where the two translations differ. */
function factsOf(app, { a, b }, { unit, words, differs }) {
  const firstWritten = a.written.findIndex((id, t) => id !== b.written[t]);
  const changed = differing(a.written, b.written);
  return [
    unit === "gender"
      ? "Height: the log-odds of feminine that the readout sees in the memory; above 0 feminine. "
      : `Height: ${app.model.memory} of unit ${unit}. `,
    "A solid, B dashed, B − A dotted; ● masculine, ■ feminine, ◇ undecided. ",
    differs < 0 ? "No word differs on this side. " : `▾: the first word that differs on this side, ${words[differs]}. `,
    firstWritten < 0
      ? "Both are translated alike."
      : `Czech: ${count(changed.size, "word differs", "words differ")}, first word ${firstWritten + 1}.`,
  ];
}

/** What is not known of B, or doubtful in its translation. @param {(better: string) => void} put */
function remarks(app, sentence, put) {
  const unknown = unknownWords(app.source, sentence, app.tokensOf(sentence), put);
  if (unknown.length || !sentence) return unknown;
  const doubts = doubtsOf(app, { tokens: app.tokensOf(sentence), plain: app.runOf(sentence) });
  return doubts.length ? el("p", null, el("b", null, "Doubtful: "), `${doubts.join("; ")}.`) : [];
}

/** Sentence B, the side, what is looked along, and the part that is exchanged. */
function makeControls(app) {
  const { store, model } = app;
  const box = el("input", {
    type: "text",
    id: "twin",
    spellcheck: "false",
    oninput: () => store.set({ twin: box.value.trim() }),
  });
  const swap = choice("exchange", [], (value) => store.set({ twin: value }));
  const side = choice("While", WHILE, (value) => store.set({ side: value }));
  const what = choice("Along", [], (value) => store.set({ unit: value === "gender" ? value : Number(value) }));
  const part = choice("Put into A from B", [], (value) => store.set({ part: value }));
  const when = el("select", { id: "when", onchange: () => store.set({ when: when.value }) });
  const canExchange = (name, { pinned }) =>
    (name !== "pinned" || pinned.length) &&
    (name !== "both" || model.states.length > 1) &&
    (name !== "c" || model.memory === "c");
  const said = el("div", { class: "unknown", role: "status" });
  const put = (better) => {
    box.value = better;
    store.set({ twin: better });
  };
  return {
    sentence: [el("p", { class: "field" }, el("label", { for: "twin" }, "Sentence B"), box, swap.node), said],
    look: el("div", { class: "controls" }, side.node, what.node),
    part: part.node,
    when,
    show(view, sentence, offered) {
      const units = app.top(5, view.side, view.layer);
      const isUnit = Number.isInteger(view.unit);
      side.set(view.side);
      swap.node.hidden = !offered.length;
      swap.set(sentence, offered);
      if (document.activeElement !== box) box.value = sentence;
      box.placeholder = offered[0]?.[0] ?? "";
      fill(said, remarks(app, sentence, put));
      const more = isUnit && !units.includes(view.unit) ? [...units, view.unit] : units;
      const named = more.map((unit) => [unit, `unit ${unit}`]);
      what.set(isUnit ? view.unit : "gender", [["gender", "the gender direction"], ...named]);
      const parts = Object.entries(EXCHANGED).filter(([name]) => canExchange(name, view));
      part.set(view.part, parts);
    },
  };
}

/** The cards of the screen, around the parts that are filled later. */
function layout(app, controls, { chart, facts, result }) {
  return [
    el("div", { class: "card" }, controls.sentence, controls.look, chart, facts),
    el(
      "section",
      { class: "card" },
      el("h3", null, "Transplant"),
      el(
        "p",
        null,
        "An ",
        app.term("intervention"),
        ": run A, and once A has read the word below, exchange a part of its state for what B has there. ",
        "Then A goes on by itself.",
      ),
      el(
        "div",
        { class: "controls" },
        controls.part,
        el("p", { class: "field" }, el("label", { for: "when" }, "after A has read"), controls.when),
      ),
      result,
    ),
  ];
}

const NO_PERSON = "This sentence has no boy or girl to exchange. Write a second sentence above.";

export const screen = {
  id: "pair",
  title: "Boy / girl",
  question: "One word differs: where does it go, and is it the state that carries it?",
  mount(root, app) {
    const controls = makeControls(app);
    const chart = el("div");
    const facts = el("p");
    const result = el("div", { class: "result", "aria-live": "polite" });
    root.append(...layout(app, controls, { chart, facts, result }));
    function compare(view, both) {
      const compared = comparison(app, view, both.a, both.b);
      fill(chart, picture(app, view, both, compared, Math.max(260, root.clientWidth - 46)));
      fill(facts, factsOf(app, both, compared));
    }
    return {
      update(view, runs, why) {
        const any = (...names) => names.some((name) => why.has(name));
        const offered = twins(app, view, runs);
        const sentence = view.twin || offered[0]?.[0] || "";
        controls.show(view, sentence, offered);
        if (!runs.n || !sentence || !app.tokensOf(sentence).length) {
          fill(chart, el("p", { class: "empty" }, NO_PERSON));
          fill(facts);
          fill(result);
          return;
        }
        const both = () => ({ a: runs.plain, b: app.runOf(sentence) });
        const exchange = () => transplant(app, view, runs, sentence, both(), controls.when, result);
        if (any("at", "runs", "unit", "side", "layer", "twin", "size", "scheme", "shown")) {
          compare(view, both());
          if (why.size > 1 || !why.has("at")) exchange();
        } else if (any("part", "when", "pinned")) exchange();
      },
    };
  },
};
