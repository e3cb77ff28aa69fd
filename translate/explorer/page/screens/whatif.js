/**
 * What if: hold a valve or a memory at a value while the network runs on freely, and see what becomes of the
 * sentence.
 */
import { el, fill, picture, scale, svg } from "app/drawing/draw.js";
import { altered, described, example, form, siteOf } from "app/state/clamp.js";
import { differing } from "app/words/differing.js";
import { count, percent } from "app/words/numbers.js";
import { SHAPES } from "app/words/terms.js";

const DRAWS = 5;

/**
 * p(right ending) of each agreeing word of `run`: its share against the other gender's form, all earlier words as
 * they were.
 */
function endings(app, run, probs) {
  return run.written.flatMap((id, t) => {
    const word = app.target.word(id);
    const found = app.grammar(word);
    const other = found && app.target.id(found.other);
    if (found?.kind !== "agrees" || other === undefined || !probs[t]) return [];
    return [{ t, word, other: found.other, p: probs[t][id] / (probs[t][id] + probs[t][other] || 1) }];
  });
}

/** Before (hollow), after (full) and random units (ticks) of each agreeing word on an axis from 0 to 1. */
function dots(app, before, after, random, width) {
  const wide = width > 420;
  const left = wide ? 110 : 84;
  const x = scale([0, 1], [left, width - (wide ? 150 : 84)]);
  const y = (k) => 34 + 40 * k;
  const last = y(before.length - 1) + 24;
  const rows = before.map(({ word, p }, k) => {
    const { gender } = app.grammar(word);
    const now = after[k]?.p ?? 0;
    return [
      svg("line", { x1: x(0), x2: x(1), y1: y(k), y2: y(k), class: "rail" }),
      svg(
        "text",
        { x: left - 12, y: y(k), "text-anchor": "end", "dominant-baseline": "middle", lang: "cs", class: "strong" },
        `${word} ${SHAPES[gender]}`,
      ),
      svg("line", { x1: x(p), x2: x(now), y1: y(k), y2: y(k), class: "moved" }),
      svg("circle", { cx: x(p), cy: y(k), r: 8, class: "was" }),
      svg("circle", { cx: x(now), cy: y(k), r: 6, class: "is" }),
      random.map((draw) =>
        svg("line", { x1: x(draw[k].p), x2: x(draw[k].p), y1: y(k) - 15, y2: y(k) + 15, class: "tick" }),
      ),
      svg(
        "text",
        { x: x(1) + 16, y: y(k), "dominant-baseline": "middle" },
        wide ? `${percent(p)} → ${percent(now)}` : percent(now),
      ),
    ];
  });
  return picture(
    width,
    last + 18,
    "The probability of the right ending of each agreeing word, before and after",
    [0, 0.5, 1].map((p) =>
      svg(
        "g",
        { class: "grid" },
        svg("line", { x1: x(p), x2: x(p), y1: 18, y2: last }),
        svg("text", { x: x(p), y: last + 14, "text-anchor": "middle" }, ["wrong", "either", "right"][2 * p]),
      ),
    ),
    rows,
  );
}

export const screen = {
  id: "whatif",
  title: "What if",
  question: "Which valve or memory must be changed for the network to choose another ending?",
  mount(root, app) {
    const { store } = app;
    const undo = [];
    let chosen = 0;
    let token = 0;
    let width = 0; // asked for only where it may have changed: it costs a layout
    const now = () => {
      const view = store.get();
      const runs = app.runs();
      return { view, runs, edits: view.edits.length ? view.edits : [example(app, view, runs)] };
    };
    const put = (edits) => {
      undo.push(store.get().edits);
      store.set({ edits });
    };
    const change = (patch) => {
      const { view, runs, edits } = now();
      const k = Math.min(chosen, edits.length - 1);
      put(edits.map((edit, each) => (each === k ? altered(app, edit, patch, runs, view) : edit)));
    };
    const made = form(app, change);
    const badge = el("span", { class: "badge" });
    const list = el("ol", { class: "clamps" });
    const kind = el("p", { class: "small" });
    const said = el("p", { class: "verdict" });
    const lines = el("div", { class: "versions" });
    const chart = el("div");
    const others = el("p");
    const general = el("div");
    const button = (text, onclick, primary) =>
      el("button", { type: "button", onclick, class: primary ? "primary" : "" }, text);
    const keep = button("Keep this clamp on every screen", () => put(now().edits), true);
    const more = button("Add another", () => {
      const { edits } = now();
      chosen = edits.length;
      put([...edits, edits.at(-1)]);
    });
    const back = button("Undo", () => {
      if (undo.length) {
        store.set({ edits: undo.pop() });
        chosen = 0;
      }
    });
    const none = button("Remove all", () => put([]));
    root.append(
      el(
        "div",
        { class: "card" },
        el("h3", null, badge, " The clamp"),
        made.row,
        list,
        el("div", { class: "controls" }, keep, more, back, none),
        kind,
      ),
      el(
        "div",
        { class: "two" },
        el("div", { class: "card" }, el("h3", null, "The translation, before and after"), said, lines, others),
        el(
          "div",
          { class: "card" },
          el("h3", null, "The effect on the right ending"),
          chart,
          el(
            "p",
            { class: "small" },
            "○ before, ● with the clamp, | the same clamp on random units. Each is the probability of the right form ",
            "against the other gender's, had all earlier words stayed as they were; a later ending can then lean on ",
            "an earlier one, so the translation at the left, which is written freely, is the stronger test.",
          ),
        ),
      ),
      general,
    );

    /** The same clamp on random units, a draw at a time once the hand rests, so that nothing waits for it. */
    async function random(runs, edits, before, after, mine) {
      const rest = (ms) => new Promise((done) => setTimeout(done, ms));
      await rest(150);
      if (!edits.every((edit) => edit.units && 2 * edit.units.length <= app.model.units)) {
        if (mine === token) fill(others, "All or most units are clamped: there are no random units to compare with.");
        return;
      }
      const forced = runs.plain.written.filter((id) => id !== app.END);
      const draws = [];
      let changed = 0;
      for (let k = 0; k < DRAWS; k++) {
        if (mine !== token) return;
        const other = app.resolve(edits.map((edit) => ({ ...edit, units: app.random(edit.units, k) })));
        changed += String(app.model.run(runs.ids, { edits: other }).written) !== String(runs.plain.written);
        draws.push(endings(app, runs.plain, app.model.run(runs.ids, { edits: other, forced }).probs));
        await rest(0);
      }
      if (mine !== token) return;
      if (before.length) fill(chart, dots(app, before, after, draws, width));
      fill(
        others,
        el("b", null, `The same clamp on as many random units: ${changed} of ${DRAWS} draws change the translation.`),
      );
    }
    return {
      update(view, runs, why) {
        if ([...why].every((name) => name === "at" || name === "side")) return;
        if (why.has("shown") || why.has("size")) width = chart.clientWidth;
        const { edits } = now();
        const shown = view.edits.length > 0;
        const real = app.resolve(edits);
        const mine = ++token;
        if (!runs.n) return;
        chosen = Math.min(chosen, edits.length - 1);
        made.show(edits[chosen], runs, view);
        fill(
          list,
          edits.map((edit, k) =>
            el(
              "li",
              null,
              el(
                "button",
                {
                  type: "button",
                  class: "word",
                  "aria-pressed": String(k === chosen),
                  onclick: () => {
                    chosen = k;
                    store.set({ edits: [...view.edits] });
                  },
                },
                described(edit, runs),
              ),
              shown
                ? el(
                    "button",
                    {
                      type: "button",
                      class: "word",
                      "aria-label": `Remove clamp ${k + 1}`,
                      onclick: () => put(view.edits.filter((_, each) => each !== k)),
                    },
                    "✕",
                  )
                : " (an example: nothing is clamped yet)",
            ),
          ),
        );
        keep.hidden = shown;
        none.hidden = !shown;
        back.disabled = !undo.length;
        const natural = edits.every((edit) => edit.op === "from");
        fill(badge, natural ? "intervention, transplant" : "intervention, out of distribution");
        fill(
          kind,
          natural
            ? "A transplant: these are values that the network has by itself, in the twin sentence, at the same step."
            : "A value set by hand may be one that the network never has by itself, " +
                "so what follows shows what it can be made to do, not what it does.",
        );
        const run = shown && runs.edited ? runs.edited : app.model.run(runs.ids, { edits: real });
        const after = run.written.map(app.target.word);
        const diff = differing(runs.words, after);
        const was = differing(after, runs.words);
        const line = (label, words, marked) =>
          el(
            "p",
            null,
            el("span", { class: "label" }, label),
            words.map((word, t) => [
              " ",
              word === "(end)" ? "" : el("span", { class: marked.has(t) ? "differs" : "" }, app.czech(word)),
            ]),
          );
        fill(lines, line("before", runs.words, was), line("after", after, diff));
        fill(
          said,
          diff.size || was.size
            ? [
                el("b", { class: "case" }, `${count(Math.max(diff.size, was.size), "word changes", "words change")}: `),
                [...was]
                  .map((t) => `${runs.words[t]} → ${after[t] ?? "nothing"}`)
                  .slice(0, 5)
                  .join(", "),
                ".",
              ]
            : [el("b", { class: "case" }, "No word changes"), ": this is not enough to turn the ending."],
          run.finished ? "" : " It does not come to an end any more.",
        );
        const before = endings(app, runs.plain, runs.plain.probs);
        const forced = app.model.run(runs.ids, {
          edits: real,
          forced: runs.plain.written.filter((id) => id !== app.END),
        });
        const end = endings(app, runs.plain, forced.probs);
        if (before.length) fill(chart, dots(app, before, end, [], width));
        else fill(chart, el("p", null, "No word of this translation must agree."));
        fill(others, "…");
        random(runs, edits, before, end, mine);
        const side = edits[0].site.slice(0, 3);
        const site = siteOf(edits[0]);
        if (why.has("edits") || why.has("shown") || why.has("runs"))
          fill(
            general,
            site === "f" || site === "i"
              ? [app.aggregate(`clamp.${side}.${site}.top3`), app.aggregate(`clamp.${side}.${site}.all`)]
              : [
                  app.aggregate(`swap.${side}.${side === "dec" ? "top3" : "both"}`),
                  app.aggregate(`swap.${side}.${side === "dec" ? "random3" : "random10"}`),
                ],
          );
      },
    };
  },
};
