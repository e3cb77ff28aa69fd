/** A clamp: the form that makes it, what it is called, and the one that is shown before there is any. */
import { el, fill } from "app/drawing/draw.js";
import { between } from "app/network/arrays.js";
import { genderOf } from "app/network/readout.js";
import { number } from "app/words/numbers.js";
import { isGate, SIDES, SITES } from "app/words/terms.js";

/** The memory is called so too, where it can be clamped. */
const CALLED = { ...SITES, c: `memory (${SITES.c})` };
const WHOSE = { dec: `Czech (${SIDES.dec})`, enc: `English (${SIDES.enc})` };

export const siteOf = (edit) => edit.site.split(".")[2];

/** What is shown before anyone has clamped anything: one that means something for this sentence. */
export function example(app, view, runs) {
  const layer = `l${view.layer}`;
  const genders = app.genders("dec", runs.plain);
  const memory = app.model.memory;
  const units = app.top(3, "dec", view.layer);
  if (genders && units.length && app.model.config.cell === "lstm") {
    let told = null; // the gender told so far, and the step at which it turns
    const turn = genders.findIndex((p) => {
      const now = genderOf(p);
      const turns = told && now && now !== told;
      told = now ?? told;
      return turns;
    });
    if (turn > 0)
      return {
        site: `dec.${layer}.f`,
        units,
        steps: between(turn - 1, Math.min(turn + 2, runs.plain.dec.steps - 1)),
        op: "set",
        value: 1,
      };
  }
  const noun = runs.plain.written.findIndex((id) => app.grammar(app.target.word(id))?.kind === "noun");
  const step = Math.max(0, noun + 1);
  if (runs.twinSentence && units.length)
    return { site: `dec.${layer}.${memory}`, units, steps: [step], op: "from", sentence: runs.twinSentence };
  return { site: `dec.${layer}.${memory}`, units: null, steps: [step], op: "set", value: 0 };
}

const listed = (units) => (units.length > 8 ? `${units.slice(0, 8).join(", ")} …` : units.join(", "));

/** An edit in words. */
export function described(edit, runs) {
  const side = edit.site.slice(0, 3);
  const site = siteOf(edit);
  const word = (t) => (side === "enc" ? runs.tokens[t] : runs.words[t]) ?? `step ${t}`;
  const what = {
    set: `at ${number(edit.value ?? 0)}`,
    mean: "at its mean",
    scale: `times ${number(edit.value ?? 0)}`,
    from: `from “${edit.sentence ?? ""}”`,
  }[edit.op];
  const when = edit.steps
    ? edit.steps.length > 1
      ? `from “${word(edit.steps[0])}” to “${word(edit.steps.at(-1))}”`
      : `at “${word(edit.steps[0])}”`
    : "at every word";
  const which = edit.units ? `${edit.units.length === 1 ? "unit" : "units"} ${listed(edit.units)}` : "all units";
  return `${CALLED[site]} of the ${SIDES[side]}, ${which}, ${what}, ${when}`;
}

const UNITS = { all: "all units", top1: "the best unit", top3: "the best 3", top10: "the best 10", own: "units …" };
const HOW = { set: "hold at", mean: "hold at its mean", from: "take from the twin" };

/** What a clamp is made with; each calls `change(patch)` with what was altered. */
function makeFields({ gates, states }, change, history) {
  const sites = gates.concat(states.filter((name) => !gates.includes(name)));
  const select = (label, options, patch) =>
    el(
      "select",
      { "aria-label": label, onchange: (event) => change(patch(event.target.value)) },
      Object.entries(options).map(([value, text]) => el("option", { value }, text)),
    );
  const own = el("input", {
    type: "text",
    class: "own",
    "aria-label": "Unit numbers, as 3, 17 or 4-9",
    onchange: () => change({ own: own.value }),
  });
  const value = el("input", {
    type: "range",
    "aria-label": "Value",
    oninput() {
      history.hold();
      change({ value: Number(value.value) });
    },
    onchange: history.release,
  });
  return {
    site: select("What", Object.fromEntries(sites.map((name) => [name, CALLED[name]])), (name) => ({ name })),
    side: select("Whose", WHOSE, (side) => ({ side })),
    which: select("Units", UNITS, (which) => ({ which })),
    own,
    from: select("From word", {}, (from) => ({ from })),
    to: select("To word", {}, (to) => ({ to })),
    op: select("How", HOW, (op) => ({ op })),
    value,
    shown: el("output", { class: "large" }),
  };
}

/** The fields in a row, as a sentence. */
function rowOf({ site, side, which, own, from, to, op, value, shown }) {
  const label = (text) => el("span", { class: "label" }, text);
  return el(
    "div",
    { class: "controls" },
    el("label", null, op),
    el("label", null, label("the"), site, label("of"), side),
    el("label", null, label("in"), which, own),
    el("label", null, label("from"), from),
    el("label", null, label("to"), to),
    el("label", { class: "amount" }, label("value"), value, shown),
  );
}

/**
 * The form that makes one clamp; `change(patch)` is called with what was altered, and `history` told where a movement
 * of the value begins and ends.
 */
export function form(app, change, history) {
  let isTyped = false; // whether the units are typed, also where they happen to be the best ones
  const changed = (patch) => {
    if ("which" in patch) isTyped = patch.which === "own";
    change(patch);
  };
  const fields = makeFields(app.model, changed, history);
  const { site, side, which, own, from, to, op, value, shown } = fields;
  return {
    row: rowOf(fields),
    show(edit, runs, view) {
      const { units, steps, value: held = 0 } = edit;
      const where = edit.site.slice(0, 3);
      const name = siteOf(edit);
      const words = where === "enc" ? runs.tokens : runs.words;
      site.value = name;
      side.value = where;
      op.value = edit.op;
      op.lastChild.disabled = !runs.twinSentence;
      const same = (k) => !isTyped && JSON.stringify(units) === JSON.stringify(app.top(k, where, view.layer));
      isTyped &&= units !== null;
      which.value = !units ? "all" : [1, 3, 10].map((k) => (same(k) ? `top${k}` : "")).join("") || "own";
      own.hidden = which.value !== "own";
      own.value = (units ?? []).join(", ");
      const options = () => words.map((word, t) => el("option", { value: t }, `${t + 1} ${word}`));
      fill(from, el("option", { value: "all" }, "every word"), options());
      fill(to, options());
      from.value = steps ? steps[0] : "all";
      to.value = steps ? steps.at(-1) : words.length - 1;
      to.parentNode.hidden = !steps;
      value.parentNode.hidden = edit.op !== "set";
      const bound = isGate(name) || name !== "c" ? 1 : 6;
      Object.assign(value, { min: isGate(name) ? 0 : -bound, max: bound, step: 0.01 });
      value.value = held;
      shown.textContent = number(held);
    },
  };
}

/** The steps of the other side whose words say the same; where no word does, the person's. */
function besides(app, where, steps, { tokens, words }) {
  const [own, other] = where === "enc" ? [tokens, words] : [words, tokens];
  const english = (word) => (app.gloss(word) || word).toLowerCase();
  const isPerson = (word) => app.grammar(word)?.kind === "noun" || Object.hasOwn(app.payload.genders.en, word);
  const said = steps.flatMap((t) => other.findIndex((word) => english(word) === english(own[t] ?? "")));
  const found = said.filter((t) => t >= 0);
  return found.length ? between(Math.min(...found), Math.max(...found)) : [Math.max(0, other.findIndex(isPerson))];
}

/** `edit` with what the form altered. */
export function altered(app, edit, patch, runs, view) {
  const [where, layer, name] = edit.site.split(".");
  const side = patch.side ?? where;
  const site = patch.name ?? name;
  const next = { ...edit, site: `${side}.${layer}.${site}` };
  const most = (side === "enc" ? runs.n : runs.words.length) - 1;
  if (patch.side && side !== where) {
    next.steps = edit.steps && besides(app, where, edit.steps, runs);
    next.units = edit.units && app.top(edit.units.length, side, view.layer);
  }
  if (patch.name && isGate(site) !== isGate(name)) next.value = isGate(site) ? 1 : 0;
  if (patch.which)
    next.units =
      patch.which === "all"
        ? null
        : patch.which === "own"
          ? (edit.units ?? [0])
          : app.top(Number(patch.which.slice(3)), side, view.layer);
  if ("own" in patch) {
    const found = patch.own.split(",").flatMap((s) => {
      const m = /^\s*(\d+)\s*(?:-\s*(\d+))?\s*$/.exec(s);
      return m ? between(Number(m[1]), Math.min(Number(m[2] ?? m[1]), app.model.units - 1)) : [];
    });
    next.units = [...new Set(found.filter((unit) => unit < app.model.units))];
    if (!next.units.length) {
      app.problem(`“${patch.own}” names no units; say numbers below ${app.model.units}, as 3, 17 or 4-9.`);
      return edit;
    }
  }
  const from = "from" in patch ? patch.from : edit.steps ? edit.steps[0] : "all";
  if ("from" in patch || "to" in patch)
    next.steps =
      from === "all"
        ? null
        : between(Number(from), Math.min(most, Math.max(Number(from), Number(patch.to ?? edit.steps?.at(-1) ?? from))));
  if ("value" in patch) next.value = patch.value;
  if (patch.op)
    Object.assign(next, {
      op: patch.op,
      value: edit.value ?? (isGate(site) ? 1 : 0),
      sentence: patch.op === "from" ? runs.twinSentence : undefined,
    });
  app.problem("");
  return next;
}
