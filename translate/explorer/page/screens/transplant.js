/** A part of the state of one sentence, put into the run of another: what it does, beside as many random units. */
import { el, fill } from "app/drawing/draw.js";
import { range } from "app/network/arrays.js";
import { differing } from "app/words/differing.js";
import { count } from "app/words/numbers.js";

/** What can be exchanged, by its name in a link. */
export const EXCHANGED = {
  both: "c and h",
  c: "c",
  h: "h",
  top1: "the best unit of c",
  top3: "the best 3 units of c",
  top10: "the best 10 units of c",
  pinned: "the pinned units of c",
};
const DRAWS = 20;
const isWhole = (part) => ["both", "c", "h"].includes(part);

/** One word after the first one that differs, as the report does it: on both sides when that word has been read. */
function usualStep(a, b, side) {
  const differs =
    side === "enc"
      ? a.enc.ids.findIndex((id, t) => id !== b.enc.ids[t])
      : a.written.findIndex((id, t) => id !== b.written[t]);
  return Math.max(0, Math.min(differs + 1, a[side].steps - 1, b[side].steps - 1));
}

/**
 * The transplant as edits. In the decoder h stays A's where only c is taken, so that the two can be told apart.
 * @param {string} other the sentence that the values come from
 */
function editsOf(app, { part, side, layer, sentence }, other, units, step) {
  const { model } = app;
  const isAll = isWhole(part);
  const steps = [side === "enc" ? model.placeOf(step, app.runs().n) : step];
  const names = part === "both" ? model.states : [part === "h" ? "h" : model.memory];
  const keepsH = side === "dec" && names.join() === "c";
  const edit = (name, l, from, some) => ({
    site: `${side}.l${l}.${name}`,
    units: some,
    steps,
    op: "from",
    sentence: from,
  });
  const layers = range(model.config.layers).filter((l) => isAll || l === layer);
  return layers.flatMap((l) => [
    ...names.map((name) => edit(name, l, other, isAll ? null : units)),
    ...(keepsH ? [edit("h", l, sentence, null)] : []),
  ]);
}

/** Whether an agreeing word came out in the other gender. */
function turned(app, before, after) {
  const grammar = (id) => (id === undefined ? null : app.grammar(app.target.word(id)));
  return before.some((id, t) => {
    const [one, other] = [grammar(id), grammar(after[t])];
    return one && other && one.kind !== "noun" && one.gender !== other.gender;
  });
}

const czechLine = (app, ids, changed = new Set()) =>
  el(
    "p",
    { class: "czechline", lang: "cs" },
    ids.map((id, t) => [
      el("span", { class: changed.has(t) ? "changed" : null }, id === app.END ? "" : app.czech(app.target.word(id))),
      " ",
    ]),
  );

/** The same over many sentences; the report exchanges one word after the noun, and not every part. */
function inGeneral(app, id) {
  if (!app.payload.measured || app.payload.aggregates[id]) return app.aggregate(id);
  return el(
    "p",
    { class: "aggregate" },
    el("b", null, "In general: "),
    "this part was not exchanged over many sentences; the whole state was. ",
    app.aggregate(`swap.${app.store.get().side}.both`),
  );
}

/** The step after which the state is exchanged, as the view has it or the usual one; `when` offers all of them. */
function stepOf(app, view, { a, b }, when) {
  const { side } = view;
  const steps = Math.min(a[side].steps, b[side].steps);
  const isGiven = /^\d+$/.test(view.when) && Number(view.when) < steps;
  const step = isGiven ? Number(view.when) : usualStep(a, b, side);
  fill(
    when,
    range(steps).map((t) => el("option", { value: t }, `${t + 1} ${app.read(side, t, a)}`)),
  );
  when.value = step;
  return step;
}

/**
 * @param {HTMLSelectElement} when the word after which the state is exchanged
 * @param {HTMLElement} result where it is said what came of it
 */
export function transplant(app, view, runs, sentence, both, when, result) {
  const { side, part } = view;
  const { a, b } = both;
  const step = stepOf(app, view, both, when);
  const units = /^top/.test(part) ? app.top(Number(part.slice(3)), side, view.layer) : view.pinned;
  const edits = (some) => editsOf(app, view, sentence, some, step);
  const written = (some) => app.model.run(runs.ids, { edits: app.resolve(edits(some)) }).written;
  const after = written(units);
  const changed = differing(a.written, after);
  const draws = isWhole(part) ? [] : range(DRAWS).map((k) => turned(app, a.written, written(app.random(units, k))));
  const keep = () => app.store.set({ edits: edits(units), screen: "whatif" });
  fill(
    result,
    el(
      "dl",
      null,
      el("dt", null, "A"),
      el("dd", null, czechLine(app, a.written)),
      el("dt", null, "B"),
      el("dd", null, czechLine(app, b.written)),
      el("dt", null, `A with ${EXCHANGED[part]} of B after ${step + 1} ${app.read(side, step, a)}`),
      el(
        "dd",
        null,
        czechLine(app, after, changed),
        el(
          "p",
          null,
          changed.size ? `${count(changed.size, "word")} changed; ` : "Nothing changed; ",
          el("b", null, turned(app, a.written, after) ? "the agreement turned." : "no agreeing word turned."),
        ),
      ),
    ),
    draws.length
      ? el(
          "p",
          null,
          "The same for as many ",
          app.term("random units"),
          `: agreement turned in ${draws.filter(Boolean).length} of ${draws.length} draws.`,
        )
      : null,
    inGeneral(app, `swap.${side}.${part}`),
    /^top(3|10)$/.test(part) && side === "dec" ? inGeneral(app, `swap.dec.random${part.slice(3)}`) : null,
    el("p", { class: "turn" }, el("button", { onclick: keep }, "Keep it as a clamp and look around")),
  );
}
