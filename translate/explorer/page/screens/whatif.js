/**
 * What if: hold a valve or a memory at a value while the network runs on freely, and see what becomes of the
 * sentence.
 */
import { el, fill } from "app/drawing/draw.js";
import { dots, endings } from "app/screens/endings.js";
import { altered, described, example, form, siteOf } from "app/state/clamp.js";
import { differing } from "app/words/differing.js";
import { count } from "app/words/numbers.js";

const DRAWS = 5;

/**
 * The clamps as this screen changes them, and which one the form shows (`chosen`). Before there is one, the form shows
 * an example, which may be chosen otherwise (the view's `draft`); it becomes a clamp where its value is moved.
 */
function makeClamps(app) {
  const { store, history } = app;
  const clamps = {
    chosen: 0,
    now() {
      const view = store.get();
      const runs = app.runs();
      const shown = view.edits.length ? view.edits : view.draft;
      return { view, runs, edits: shown.length ? shown : [example(app, view, runs)] };
    },
    put: (edits) => store.set({ edits, draft: [] }),
    change(patch) {
      const { view, runs, edits } = clamps.now();
      const k = Math.min(clamps.chosen, edits.length - 1);
      const next = edits.map((edit, each) => (each === k ? altered(app, edit, patch, runs, view) : edit));
      if (view.edits.length || "value" in patch) clamps.put(next);
      else store.set({ draft: next });
    },
    choose(k) {
      clamps.chosen = k;
      store.set({ edits: [...store.get().edits] });
    },
    another() {
      const { edits } = clamps.now();
      clamps.chosen = edits.length;
      clamps.put([...edits, edits.at(-1)]);
    },
    back() {
      history.back();
      clamps.chosen = 0;
    },
  };
  return clamps;
}

function makeButtons(clamps) {
  const button = (text, onclick, primary) => el("button", { onclick, class: primary ? "primary" : "" }, text);
  return {
    keep: button("Keep this clamp on every screen", () => clamps.put(clamps.now().edits), true),
    more: button("Add another", clamps.another),
    back: button("Undo", clamps.back),
    none: button("Remove all", () => clamps.put([])),
  };
}

/** The cards of the screen, around the parts that are filled later. */
function layout(row, { keep, more, back, none }, { badge, list, kind, verdict, lines, chart, others, general }) {
  return [
    el(
      "div",
      { class: "card" },
      el("h3", null, badge, " The clamp"),
      row,
      list,
      el("div", { class: "controls" }, keep, more, back, none),
      kind,
    ),
    el(
      "div",
      { class: "two" },
      el("div", { class: "card" }, el("h3", null, "The translation, before and after"), verdict, lines, others),
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
  ];
}

/** One line of the list: a clamp in words, and how to be rid of it. */
function listed(clamps, edit, k, { view, runs }) {
  const word = (attributes, text) => el("button", { class: "word", ...attributes }, text);
  const choose = { "aria-pressed": String(k === clamps.chosen), onclick: () => clamps.choose(k) };
  const remove = {
    "aria-label": `Remove clamp ${k + 1}`,
    onclick: () => clamps.put(view.edits.filter((_, each) => each !== k)),
  };
  return el(
    "li",
    null,
    word(choose, described(edit, runs)),
    view.edits.length ? word(remove, "✕") : " (an example: nothing is clamped yet)",
  );
}

/** Whether the network can have such values by itself. */
function showKind({ badge, kind }, edits) {
  const natural = edits.every((edit) => edit.op === "from");
  fill(badge, natural ? "intervention, transplant" : "intervention, out of distribution");
  fill(
    kind,
    natural
      ? "A transplant: these are values that the network has by itself, in the twin sentence, at the same step."
      : "A value set by hand may be one that the network never has by itself, " +
          "so what follows shows what it can be made to do, not what it does.",
  );
}

/** The translation before and after, and which words change. */
function showTranslation(app, { lines, verdict }, runs, run) {
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
    verdict,
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
}

/** What the edits do to each right ending; the same on random units follows a draw at a time. */
function makeEffect(app, { chart, others }) {
  let latest = 0;
  let width = 0; // asked for only where it may have changed: it costs a layout
  const forcedOf = (runs) => runs.plain.written.filter((id) => id !== app.END);
  const under = (runs, edits) => app.model.run(runs.ids, { edits, forced: forcedOf(runs) }).probs;

  /** Once the hand rests, so that nothing waits for it. */
  async function random(runs, edits, before, after, isLatest) {
    const rest = (ms) => new Promise((done) => setTimeout(done, ms));
    await rest(150);
    if (!edits.every((edit) => edit.units && 2 * edit.units.length <= app.model.units)) {
      if (isLatest()) fill(others, "All or most units are clamped: there are no random units to compare with.");
      return;
    }
    const draws = [];
    let changed = 0;
    for (let k = 0; k < DRAWS; k++) {
      if (!isLatest()) return;
      const other = app.resolve(edits.map((edit) => ({ ...edit, units: app.random(edit.units, k) })));
      changed += String(app.model.run(runs.ids, { edits: other }).written) !== String(runs.plain.written);
      draws.push(endings(app, runs.plain, under(runs, other)));
      await rest(0);
    }
    if (!isLatest()) return;
    if (before.length) fill(chart, dots(app, before, after, draws, width));
    const sum = `${changed} of ${DRAWS} draws change the translation.`;
    fill(others, el("b", null, `The same clamp on as many random units: ${sum}`));
  }
  return {
    measure() {
      width = chart.clientWidth;
    },
    /** What is still being drawn no longer counts. */
    forget() {
      latest++;
    },
    show(runs, edits, real) {
      const mine = latest;
      const before = endings(app, runs.plain, runs.plain.probs);
      const after = endings(app, runs.plain, under(runs, real));
      if (before.length) fill(chart, dots(app, before, after, [], width));
      else fill(chart, el("p", null, "No word of this translation must agree."));
      fill(others, "…");
      random(runs, edits, before, after, () => mine === latest);
    },
  };
}

/** The names of the results over many sentences that fit a clamp best. */
function resultsOf(edit) {
  const side = edit.site.slice(0, 3);
  const site = siteOf(edit);
  if (site === "f" || site === "i") return [`clamp.${side}.${site}.top3`, `clamp.${side}.${site}.all`];
  return side === "dec" ? ["swap.dec.top3", "swap.dec.random3"] : ["swap.enc.both", "swap.enc.random10"];
}

export const screen = {
  id: "whatif",
  title: "What if",
  question: "Which valve or memory must be changed for the network to choose another ending?",
  mount(root, app) {
    const clamps = makeClamps(app);
    const clampForm = form(app, clamps.change, app.history);
    const buttons = makeButtons(clamps);
    const parts = {
      badge: el("span", { class: "badge" }),
      list: el("ol", { class: "clamps" }),
      kind: el("p", { class: "small" }),
      verdict: el("p", { class: "verdict" }),
      lines: el("div", { class: "versions" }),
      chart: el("div"),
      others: el("p"),
      general: el("div"),
    };
    const effect = makeEffect(app, parts);
    root.append(...layout(clampForm.row, buttons, parts));
    return {
      update(view, runs, why) {
        if ([...why].every((name) => name === "at" || name === "side")) return;
        if (why.has("shown") || why.has("size")) effect.measure();
        const { edits } = clamps.now();
        const real = app.resolve(edits);
        effect.forget();
        if (!runs.n) return;
        clamps.chosen = Math.min(clamps.chosen, edits.length - 1);
        clampForm.show(edits[clamps.chosen], runs, view);
        const lines = edits.map((edit, k) => listed(clamps, edit, k, { view, runs }));
        fill(parts.list, lines);
        const isKept = view.edits.length > 0;
        buttons.keep.hidden = isKept;
        buttons.none.hidden = !isKept;
        buttons.back.disabled = !app.history.can();
        showKind(parts, edits);
        const run = isKept && runs.edited ? runs.edited : app.model.run(runs.ids, { edits: real });
        showTranslation(app, parts, runs, run);
        effect.show(runs, edits, real);
        if (why.has("edits") || why.has("draft") || why.has("shown") || why.has("runs"))
          fill(parts.general, resultsOf(edits[0]).map(app.aggregate));
      },
    };
  },
};
