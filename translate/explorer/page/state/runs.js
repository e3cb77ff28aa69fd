/** The runs of the page: of any sentence, and of the view with its clamps as the model takes them. */
import { range } from "app/network/arrays.js";
import { floats } from "app/network/model.js";
import { LONGEST, normal, twinOf } from "app/words/text.js";

/** How many plain runs are kept. */
const KEPT = 8;

/** A mean over the lesson's sentences, the same at every step. */
function meanEdit({ payload, model }, edit) {
  const mean = payload.units[edit.site] && floats(payload.units[edit.site].mean);
  const steps = 2 * LONGEST + 20;
  return {
    ...edit,
    op: mean ? "values" : "scale",
    value: 1,
    values: mean && Float32Array.from({ length: steps * model.units }, (_, k) => mean[k % model.units]),
  };
}

/** What another run has at the same places. */
function fromEdit({ model }, edit, other) {
  const [side, layer, site] = edit.site.split(".");
  const run = other[side];
  const place = (t) => (side === "enc" ? model.placeOf(t, run.steps) : t);
  const values = range(run.steps).flatMap((t) => [...run.row(`${layer}.${site}`, place(t))]);
  return { ...edit, op: "values", values: new Float32Array(values) };
}

/** The run of the view: what is read and written, without its clamps (`plain`) and with them (`now`). */
function runsOf({ model, source, target }, all, { sentence, edits }) {
  const tokens = all.tokensOf(sentence);
  const ids = source.ids(tokens);
  const plain = all.runOf(sentence);
  const edited = edits.length && ids.length ? model.run(ids, { edits: all.resolve(edits) }) : null;
  const now = edited ?? plain;
  const twinSentence = all.twin(sentence);
  return {
    tokens,
    ids,
    plain,
    edited,
    now,
    twinSentence,
    words: plain.written.map(target.word),
    newWords: now.written.map(target.word),
    twin: () => (twinSentence === null ? null : all.runOf(twinSentence)),
    n: ids.length,
    m: now.written.length,
  };
}

/** @param given the `payload`, the `model`, and the tokenizers `source` and `target` */
export function makeRuns(given) {
  const { payload, model, source } = given;
  const twins = new Map(Object.entries(payload.twins));
  const names = Object.keys(model.run([]).enc.sites);
  const sites = new Set(names.flatMap((site) => ["enc", "dec"].map((side) => `${side}.${site}`)));
  const plainRuns = new Map();
  const latest = { key: "", runs: null };
  const runs = {
    /** Every site that can be edited, "dec.l0.c". */
    sites,
    /** The tokens of a sentence, no more than a sentence has. */
    tokensOf: (sentence) => source.tokens(normal(sentence)).slice(0, LONGEST),
    /** The run of any sentence; plain ones are kept for a while. @returns {import("app/network/model.js").Run} */
    runOf(sentence, options) {
      const ids = source.ids(runs.tokensOf(sentence));
      // Of nothing the model would still make a sentence, about nobody.
      const run = () => (ids.length ? model.run(ids, options) : { ...model.run(ids, { maxSteps: 0 }), finished: true });
      if (options) return run();
      if (!plainRuns.has(sentence)) {
        if (plainRuns.size >= KEPT) plainRuns.delete(plainRuns.keys().next().value);
        plainRuns.set(sentence, run());
      }
      return plainRuns.get(sentence);
    },
    /** Edits as the model takes them: "from" another sentence becomes that run's values. */
    resolve: (edits) =>
      edits
        .filter((edit) => sites.has(edit.site))
        .map((edit) => {
          if (edit.op === "mean") return meanEdit(given, edit);
          return edit.op === "from" ? fromEdit(given, edit, runs.runOf(edit.sentence)) : edit;
        }),
    /** The boy/girl twin of a sentence, or of some of its words, or null. @param {(place: number) => boolean} within */
    twin: (sentence, within) => twinOf(normal(sentence), twins, payload.an, within),
    /** The same object as long as the view's sentence and clamps are the same. */
    of(view) {
      const key = JSON.stringify([view.sentence, view.edits]);
      if (key !== latest.key) Object.assign(latest, { key, runs: runsOf(given, runs, view) });
      return latest.runs;
    },
  };
  return runs;
}
