/** One number multiplied again and again, and what the trained networks make of it: how far back a nudge is felt. */

import { choice, course } from "app/drawing/course.js";
import { el, fill, svg } from "app/drawing/draw.js";
import { range } from "app/network/arrays.js";
import { directGains, gains, lengths, settled, wordGradient } from "app/network/gradients.js";
import { short } from "app/words/numbers.js";

const SNAP = 0.025;
const FAN = [0.5, 0.7, 0.9, 1, 1.1, 1.3, 1.5];
const COUNT = 20;

/** The same over many sentences, from the numbers of the lesson. */
function general({ payload }) {
  const numbers = payload.lesson?.numbers ?? {};
  const [words, lstm, rnn] = ["reach_words", "lstm_left", "rnn_left"].map((name) => numbers[name]?.text);
  return el(
    "p",
    { class: "aggregate" },
    el("b", null, "In general: "),
    lstm
      ? [
          `of the gradient of an agreeing word’s loss ${lstm} is still there at its English noun in the LSTM’s c`,
          rnn ? `, and ${rnn} in the RNN’s h` : "",
          ` (medians over many sentences; the noun is ${words} words back on average).`,
        ]
      : "not measured in this page.",
  );
}

export const screen = {
  id: "gradients",
  title: "Gradients",
  question: "Why does a plain network forget, and what does the memory pipeline do about it?",
  mount(root, app) {
    const { store, model } = app;
    const width = () => Math.max(260, root.clientWidth - 46);
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
    const theory = el("div");
    const measured = el("div");
    const note = el("p");
    const target = choice(
      "How strongly is felt",
      [
        ["state", "at the last word, a nudge at an earlier one"],
        ["word", "in the agreeing word, a nudge anywhere before it"],
      ],
      (value) => {
        mode = value;
        measure(store.get(), app.runs());
      },
    );
    let mode = "state";
    let job = 0;
    let done = "";
    root.append(
      el(
        "section",
        { class: "card" },
        el("h3", null, "The same weight, once a word"),
        el("p", { class: "field" }, el("label", { for: "wrec" }, app.term("W_rec")), slider, out),
        product,
        theory,
      ),
      el(
        "section",
        { class: "card" },
        el("h3", null, "Measured, in the trained networks, for the sentence above"),
        el("div", { class: "controls" }, target.node),
        measured,
        note,
        general(app),
      ),
      el(
        "section",
        { class: "card" },
        el("h3", null, "Why W_rec = 1 is the idea of the memory pipeline"),
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

    function wrec({ wrec: w }) {
      const name = w === 1 ? "constant" : w < 1 ? "vanishing" : "exploding";
      const text = String(w);
      slider.value = w;
      fill(out, el("b", null, w.toFixed(2)), " ", app.term(name === "constant" ? "W_rec" : name, name));
      slider.setAttribute("aria-valuetext", `${w.toFixed(2)}, ${name}`);
      fill(
        product,
        `∂h_T/∂h_t = ${text} × ${text} × … × ${text} = ${text}^${COUNT} = `,
        el("b", null, short(w ** COUNT)),
        ` after ${COUNT} words; after 10: ${short(w ** 10)}.`,
      );
      const values = (weight) => range(COUNT + 1).map((k) => weight ** k);
      fill(
        theory,
        course({
          width: width(),
          height: 300,
          log: true,
          low: -6,
          high: 4,
          text: short,
          words: range(COUNT + 1).map(String),
          title: `W_rec to the power of the number of words, for ${text}: ${name}`,
          lines: [
            ...FAN.filter((other) => other !== w).map((other) => ({
              values: values(other),
              kind: "faint",
              name: String(other),
            })),
            { values: values(w), kind: "strong", name: text },
          ],
          extra: (y, cols) => [
            svg("text", { x: cols.x(0), y: y(5000), class: "muted" }, "exploding ↑"),
            svg("text", { x: cols.x(0), y: y(3e-6), class: "muted" }, "vanishing ↓"),
            svg("text", { x: cols.x(6), y: y(1.6e-6), class: "muted" }, "words between →"),
          ],
        }),
      );
    }

    /** The networks that are compared: this one first; a rival is led through the same words. */
    function networks(runs) {
      const forced = runs.plain.written.filter((id) => id !== app.END);
      return [
        [model, runs.plain],
        ...["rnn", "gru"]
          .map((name) => app.rival(name))
          .filter(Boolean)
          .map((rival) => [rival, rival.run(runs.ids, { forced })]),
      ];
    }

    async function measure(view, runs) {
      const { n } = runs;
      const key = [view.sentence, mode, root.clientWidth].join("|");
      if (key === done) return;
      const mine = ++job;
      done = key;
      target.set(mode);
      fill(note, "Computing…");
      measured.setAttribute("aria-busy", "true");
      if (n < 2) return fill(measured, el("p", null, "Type a sentence of two words or more."));
      // Before anything is waited for: by then there may be another sentence in the box.
      const words = range(n).map((t) => app.read("enc", t, runs.plain));
      const lines = [];
      const agreeing = runs.words.findLastIndex((word) => app.grammar(word)?.kind === "agrees");
      if (mode === "word" && agreeing < 0)
        return fill(measured, el("p", null, "No word of this translation has to agree."));
      for (const [k, [network, run]] of networks(runs).entries()) {
        const name = network.config.cell.toUpperCase();
        const layer = network.config.layers - 1;
        const kind = k ? "rival" : "own";
        for (const state of [...network.states].reverse()) {
          const site = `l${layer}.${state}`;
          const label = network.states.length > 1 ? `${name} ${state}` : name;
          const style = `${kind}${state === "h" && !k ? " dotted" : ""}${k > 1 ? " dotted" : ""}`;
          if (mode === "state") {
            lines.push({
              values: await settled(gains(network, run, "enc", site, n - 1), () => mine === job),
              name: label,
              kind: style,
            });
          } else {
            const word = runs.words[agreeing];
            const gradient = wordGradient(
              network,
              run,
              agreeing,
              app.target.id(word),
              app.target.id(app.grammar(word).other) ?? null,
            );
            const of = (side) => lengths(gradient[side][site], network.units);
            lines.push({ values: [...of("enc"), ...of("dec").slice(0, agreeing + 1)], name: label, kind: style });
          }
        }
      }
      const open = mode === "state" && directGains(model, runs.plain, "enc", model.config.layers - 1, n - 1);
      if (open) lines.push({ values: open, name: "f·f·…·f", kind: "faint" });
      const word = runs.words[agreeing];
      fill(
        measured,
        course({
          width: width(),
          height: 300,
          log: true,
          text: short,
          at: mode === "state" || view.at <= n + agreeing ? view.at : -1,
          lines,
          words: mode === "state" ? words : [...words, ...runs.words.slice(0, agreeing + 1)],
          pick: (k) => store.set({ at: k }),
          title:
            mode === "state"
              ? "Gain of a nudge of the state at each word, at the last word"
              : `Length of the gradient of the log-odds of ${word} at each earlier word`,
        }),
      );
      measured.removeAttribute("aria-busy");
      fill(
        note,
        mode === "state"
          ? [
              "Height: the ",
              app.term("gain"),
              " of a ",
              app.term("nudge"),
              `, ‖∂s_T/∂s_t‖/√units, T the last word read (“${words.at(-1)}”). `,
              `At “${words[0]}”, ${n - 1} words before: `,
              lines.map(({ name, values }, k) => [k ? ", " : "", `${name} `, el("b", null, short(values[0]))]),
              ". ",
            ]
          : [
              "Height: the length of the ",
              app.term("gradient"),
              ` of the log-odds of “${word}” against “${app.grammar(word).other}”. At “${words[0]}”: `,
              lines.map(({ name, values }, k) => [k ? ", " : "", `${name} `, el("b", null, short(values[0]))]),
              ". ",
            ],
        app.rival("rnn")
          ? "The RNN is a trained one, led through the same words."
          : "No trained RNN is in this page, so nothing stands beside the LSTM.",
      );
    }

    return {
      update(view, runs, why) {
        if (["wrec", "size", "scheme", "shown"].some((name) => why.has(name))) wrec(view);
        if (["runs", "size", "shown", "scheme"].some((name) => why.has(name))) measure(view, runs);
      },
    };
  },
};
