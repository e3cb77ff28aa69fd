/** One number multiplied again and again, and what the trained networks make of it: how far back a nudge is felt. */

import { choice, course } from "app/drawing/course.js";
import { el, fill, svg } from "app/drawing/draw.js";
import { range } from "app/network/arrays.js";
import { directGains, gains, lengths, settled, wordGradient } from "app/network/gradients.js";
import { apart, bestOf, mostApart } from "app/screens/apart.js";
import { short } from "app/words/numbers.js";

const SNAP = 0.025;
const FAN = [0.5, 0.7, 0.9, 1, 1.1, 1.3, 1.5];
const COUNT = 20;

/** The same over many sentences, from the numbers of the lesson. */
function general({ payload }) {
  const numbers = payload.lesson?.numbers ?? {};
  const [words, lstm, rnn, gru] = ["reach_words", "lstm_left", "rnn_left", "gru_left"].map(
    (name) => numbers[name]?.text,
  );
  return el(
    "p",
    { class: "aggregate" },
    el("b", null, "In general: "),
    lstm
      ? [
          `of the gradient of an agreeing word’s loss ${lstm} is still there at its English noun in the LSTM’s c`,
          gru ? `, ${gru} in the GRU’s h` : "",
          rnn ? `, and ${rnn} in the RNN’s h` : "",
          ` (medians over many sentences; the noun is ${words} words back on average).`,
        ]
      : "not measured in this page.",
  );
}

/** The powers of a weight beside those of others, from word to word. */
function powers(w, name, width) {
  const values = (weight) => range(COUNT + 1).map((k) => weight ** k);
  const line = (weight, kind) => ({ values: values(weight), kind, name: String(weight) });
  return course({
    width,
    height: 300,
    log: true,
    low: -6,
    high: 4,
    text: short,
    words: range(COUNT + 1).map(String),
    title: `W_rec to the power of the number of words, for ${w}: ${name}`,
    lines: [...FAN.filter((other) => other !== w).map((other) => line(other, "faint")), line(w, "strong")],
    extra: (y, cols) => [
      svg("text", { x: cols.x(0), y: y(5000), class: "muted" }, "exploding ↑"),
      svg("text", { x: cols.x(0), y: y(3e-6), class: "muted" }, "vanishing ↓"),
      svg("text", { x: cols.x(6), y: y(1.6e-6), class: "muted" }, "words between →"),
    ],
  });
}

/** The same weight once a word: its slider, the product, and its picture. */
function makeWrec(app, width) {
  const { store } = app;
  const slider = el("input", {
    type: "range",
    id: "wrec",
    min: 0.5,
    max: 1.5,
    step: 0.01,
    oninput: () => {
      const w = Number(slider.value);
      store.set({ wrec: Math.abs(w - 1) <= SNAP ? 1 : w });
    },
  });
  slider.addEventListener("keydown", (event) => {
    // an arrow key leaves the 1 that a hand is caught by
    const move = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!move) return;
    event.preventDefault();
    store.set({ wrec: Math.max(0.5, Math.min(1.5, Math.round((store.get().wrec + move * 0.05) * 100) / 100)) });
  });
  const out = el("output", { for: "wrec" });
  const product = el("p", { class: "formula" });
  const chart = el("div");
  return {
    nodes: [el("p", { class: "field" }, el("label", { for: "wrec" }, app.term("W_rec")), slider, out), product, chart],
    show({ wrec: w }) {
      const name = w === 1 ? "constant" : w < 1 ? "vanishing" : "exploding";
      slider.value = w;
      fill(out, el("b", null, w.toFixed(2)), " ", app.term(name === "constant" ? "W_rec" : name, name));
      slider.setAttribute("aria-valuetext", `${w.toFixed(2)}, ${name}`);
      fill(
        product,
        `∂h_T/∂h_t = ${w} × ${w} × … × ${w} = ${w}^${COUNT} = `,
        el("b", null, short(w ** COUNT)),
        ` after ${COUNT} words; after 10: ${short(w ** 10)}.`,
      );
      fill(chart, powers(w, name, width()));
    },
  };
}

const MODES = [
  ["state", "at the last word, a nudge at an earlier one"],
  ["word", "in the agreeing word, a nudge anywhere before it"],
];

/** Every state of the networks that are compared: this one first; a rival is led through the same words. */
function statesOf(app, runs) {
  const forced = runs.plain.written.filter((id) => id !== app.END);
  const rivals = ["rnn", "gru"].map((name) => app.rival(name)).filter(Boolean);
  const networks = [[app.model, runs.plain], ...rivals.map((rival) => [rival, rival.run(runs.ids, { forced })])];
  return networks.flatMap(([network, run], k) => {
    const cell = network.config.cell.toUpperCase();
    return [...network.states].reverse().map((state) => ({
      network,
      run,
      site: `l${network.config.layers - 1}.${state}`,
      name: network.states.length > 1 ? `${cell} ${state}` : cell,
      kind: `${k ? "rival" : "own"}${state === "h" && !k ? " dotted" : ""}${k > 1 ? " dotted" : ""}`,
    }));
  });
}

/** By mode the values of a state's line: the gain at the last English word, or the gradient of the agreeing word. */
const VALUES = {
  state: ({ runs, network, run, site, wanted }) => settled(gains(network, run, "enc", site, runs.n - 1), wanted),
  word({ app, runs, network, run, site, agreeing }) {
    const word = runs.words[agreeing];
    const other = app.target.id(app.grammar(word).other) ?? null;
    const gradient = wordGradient(network, run, agreeing, app.target.id(word), other);
    const of = (side) => lengths(gradient[side][site], network.units);
    return [...of("enc"), ...of("dec").slice(0, agreeing + 1)];
  },
};

/** What the height of the lines is. @param {string[]} read the English words */
function explained(app, mode, read, lines, word) {
  const height =
    mode === "state"
      ? [
          "Height: the ",
          app.term("gain"),
          " of a ",
          app.term("nudge"),
          `, ‖∂s_T/∂s_t‖/√units, T the last word read (“${read.at(-1)}”). `,
        ]
      : [
          "Height: the length of the ",
          app.term("gradient"),
          ` of the log-odds of “${word}” against “${app.grammar(word).other}”. `,
        ];
  const beside =
    bestOf(lines).length > 1
      ? "The others are trained ones, led through the same words."
      : "No other trained network is in this page, so nothing stands beside it.";
  return [height, beside];
}

/** Every line of the picture, measured one after another. */
async function linesOf(app, mode, runs, agreeing, wanted) {
  const lines = [];
  for (const { name, kind, ...state } of statesOf(app, runs))
    lines.push({
      name,
      kind,
      network: state.network,
      values: await VALUES[mode]({ ...state, app, runs, agreeing, wanted }),
    });
  const { config } = app.model;
  const open = mode === "state" && directGains(app.model, runs.plain, "enc", config.layers - 1, runs.n - 1);
  return open ? [...lines, { values: open, name: "f·f·…·f", kind: "faint" }] : lines;
}

/** The lines over the words. @param {string[]} read the English words */
function measuredPicture(app, mode, { at }, { n, words }, { read, lines, agreeing }, width) {
  const isState = mode === "state";
  const found = mostApart(lines);
  return course({
    width,
    height: 300,
    log: true,
    text: short,
    extra: (_, cols) =>
      found ? [svg("text", { class: "note", x: cols.x(found.word), y: 10, "text-anchor": "middle" }, "▾")] : [],
    at: isState || at <= n + agreeing ? at : -1,
    lines,
    words: isState ? read : [...read, ...words.slice(0, agreeing + 1)],
    pick: (k) => app.store.set({ at: k }),
    title: isState
      ? "Gain of a nudge of the state at each word, at the last word"
      : `Length of the gradient of the log-odds of ${words[agreeing]} at each earlier word`,
  });
}

/** @param {() => number} width that the picture may take */
function makeMeasured(app, width) {
  const chart = el("div");
  const why = el("div", { role: "status" });
  const note = el("p", { class: "small" });
  const target = choice("How strongly is felt", MODES, (value) => {
    mode = value;
    measure(app.store.get(), app.runs());
  });
  let mode = "state";
  let job = 0;
  let done = "";

  async function measure(view, runs) {
    const key = [view.sentence, mode, width()].join("|");
    if (key === done) return;
    const mine = ++job;
    done = key;
    target.set(mode);
    fill(why);
    fill(note, "Computing…");
    chart.setAttribute("aria-busy", "true");
    if (runs.n < 2) return fill(chart, el("p", null, "Type a sentence of two words or more."));
    // Before anything is waited for: by then there may be another sentence in the box.
    const read = range(runs.n).map((t) => app.read("enc", t, runs.plain));
    const agreeing = runs.words.findLastIndex((word) => app.grammar(word)?.kind === "agrees");
    if (mode === "word" && agreeing < 0) return fill(chart, el("p", null, "No word of this translation has to agree."));
    const lines = await linesOf(app, mode, runs, agreeing, () => mine === job);
    fill(chart, measuredPicture(app, mode, view, runs, { read, lines, agreeing }, width()));
    chart.removeAttribute("aria-busy");
    const words = mode === "state" ? read : [...read, ...runs.words.slice(0, agreeing + 1)];
    fill(why, apart(lines, words));
    fill(note, explained(app, mode, read, lines, runs.words[agreeing]));
  }
  return { choice: target.node, why, chart, note, measure };
}

const card = (title, ...parts) => el("section", { class: "card" }, el("h3", null, title), ...parts);

export const screen = {
  id: "gradients",
  title: "Gradients",
  question: "Where in the sentence do three cells differ most in what they still feel, and why?",
  mount(root, app) {
    const width = () => Math.max(260, root.clientWidth - 46);
    const wrec = makeWrec(app, width);
    const measured = makeMeasured(app, width);
    const weight = card("The same weight, once a word", ...wrec.nodes);
    const trained = card(
      "Three trained cells, the sentence above: how far back is a nudge felt?",
      el("div", { class: "controls" }, measured.choice),
      measured.why,
      measured.chart,
      measured.note,
      general(app),
    );
    root.append(
      trained,
      weight,
      card(
        "Why W_rec = 1 is the idea of the memory pipeline",
        el(
          "p",
          null,
          "A gradient that goes back through a word is multiplied by the factor of that word, ",
          "and only a factor of 1 neither loses nor inflates it. ",
          "The LSTM's memory is carried on as c_t = f·c_(t−1) + i·g: what is new is ",
          el("b", null, "added"),
          ", and what is old is multiplied by the forget valve f alone. So an open valve (f = 1) is W_rec = 1, ",
          "the past arrives as it was; and where something should be forgotten, the network can close the valve ",
          "at that one word.",
        ),
      ),
    );
    return {
      update(view, runs, why) {
        // The first step of the lesson is about the weight
        if (why.has("shown")) root.prepend(view.back === 0 ? weight : trained);
        if (["wrec", "size", "scheme", "shown"].some((name) => why.has(name))) wrec.show(view);
        if (["runs", "size", "shown", "scheme"].some((name) => why.has(name))) measured.measure(view, runs);
      },
    };
  },
};
