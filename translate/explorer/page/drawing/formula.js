/** How one part of the cell came about at a word: its formula, and the same with this word's numbers. */
import { el } from "app/drawing/draw.js";
import { openness, unitOf } from "app/network/readout.js";
import { CANDIDATES } from "app/network/walk.js";
import { number, signed } from "app/words/numbers.js";
import { PARTS, SITES } from "app/words/terms.js";

const line = (...parts) => el("p", { class: "formula" }, ...parts);
const note = (...parts) => el("p", { class: "small" }, ...parts);

/** What a look makes of the units' numbers: of those of a valve, or of a state or what is written into it. */
const ofAll = ({ look }, letter, isValve) =>
  look.gender ? (isValve ? `Σ |u_j| ${letter}_j / Σ |u_j|` : `Σ u_j ${letter}_j`) : `mean of all ${letter}_j`;

/** How a gate came about, and what pushed it. @param what as the formulas below have it */
function gate({ step, isUnit }, site, squash, value, letter) {
  const { word, hidden, sum } = step.push(site);
  const sums = `${squash}(W x + b + U h before)`;
  return [
    line(isUnit ? `${letter} = ${sums}` : `${letter}_j = ${sums}_j`),
    isUnit
      ? line(`= ${squash}(${number(word)} ${signed(hidden)}) = ${squash}(${number(sum)}) = ${number(value, 3)}`)
      : line(`${ofAll(step, letter, squash === "σ")} = ${number(value, 3)}`),
    note(
      `The word pushes by ${signed(word)}, what was said before by ${signed(hidden)}`,
      `${isUnit ? "" : " on average, before the squashing"}.`,
    ),
  ];
}

/** By part of the drawing: its formula, the same with numbers, and a note. */
const FORMULAS = {
  x: ({ app, view, word }) => [
    line(`x = the vector of “${word}”`),
    note(
      view.layer
        ? "In this layer the word comes as the hidden state of the layer below."
        : `${app.model.config.embedding} numbers that stand for the word. They tell every valve something; ` +
            "click one to see how much.",
    ),
  ],
  h0: ({ step, over }) => [
    line(`h before = ${number(step.hBefore)}${over}`),
    note("What the cell said after the word before. Together with the word it moves the valves."),
  ],
  c0: ({ step, over, odds }) => [
    line(`c before = ${number(step.before)}${over}`),
    note(odds, "What the memory pipeline brings from the word before."),
  ],
  f: ({ cell, walk, valves, step, ...what }) => [
    ...gate({ step, ...what }, cell === "gru" ? "z" : "f", "σ", valves.f, "f"),
    note(
      `Open above ${walk.open.toFixed(2)}, closed below ${walk.closed.toFixed(2)}. Here it is `,
      el("b", null, openness(valves.f, walk)),
      `: ${(100 * valves.f).toFixed(0)} % is kept, and ${signed(step.erased)} is taken away.`,
    ),
  ],
  i: ({ cell, walk, valves, ...what }) => [
    ...(cell === "gru" ? [line(`i = 1 − z = ${number(valves.i, 3)}`)] : gate(what, "i", "σ", valves.i, "i")),
    note(
      "Here it is ",
      el("b", null, openness(valves.i, walk)),
      `: ${(100 * valves.i).toFixed(0)} % of the candidate goes in.`,
    ),
  ],
  g: ({ cell, ...what }) => gate(what, CANDIDATES[cell], "tanh", what.step.candidate, "g"),
  c: ({ step, valves, isUnit, odds }) => [
    line(isUnit ? "c = f · c before + i · g" : "c_j = f_j · c_j before + i_j · g_j"),
    isUnit
      ? line(
          `= ${number(valves.f, 3)} · ${number(step.before)} + ${number(valves.i, 3)} · ${number(step.candidate)}`,
          ` = ${number(step.after)}`,
        )
      : line(
          `${ofAll(step, "c", false)}${odds ? " + b" : ""} = ${number(step.before)} ${signed(step.erased)} `,
          `${signed(step.written)} = ${number(step.after)}`,
        ),
    note(
      odds,
      isUnit ? "" : "Before, erased, written: unit by unit the formula above, summed along what you look at. ",
      "The + is an addition: what is kept is not squeezed through anything on its way.",
    ),
  ],
  o: ({ valves, walk, ...what }) => [
    ...gate(what, "o", "σ", valves.o, "o"),
    note("Here it is ", el("b", null, openness(valves.o, walk)), "."),
  ],
  h: ({ step, valves, isUnit, odds, writes }) => [
    line(isUnit ? "h = o · tanh(c)" : "h_j = o_j · tanh(c_j)"),
    isUnit
      ? line(`= ${number(valves.o, 3)} · ${number(step.squashed)} = ${number(step.hAfter)}`)
      : line(`${ofAll(step, "h", false)}${odds ? " + b" : ""} = ${number(step.hAfter)}`),
    note(
      writes
        ? `From h the next word is chosen: “${writes}”.`
        : "Its own next step hears h; after the last English word it goes, with c, to the writer.",
    ),
  ],
};

/** How one part of the drawing came about at this word: the formula, and the same with numbers. */
export function formula(app, view, step, name, word, writes) {
  const { look, valves } = step;
  const { cell } = app.model.config;
  if (cell === "gru" && ["o", "h"].includes(name))
    return [line("h is the memory itself"), note("A GRU has no output valve.")];
  const isUnit = unitOf(app, view, app.where().side) !== null;
  const what = {
    app,
    view,
    step,
    word,
    writes,
    cell,
    valves,
    walk: app.payload.walk,
    isUnit,
    over: isUnit ? "" : ` (${look.name})`,
    odds: look.gender ? "In log-odds of feminine, above 0 is feminine. " : "",
  };
  return [el("h3", null, app.term(SITES[name.replace("0", "")] ?? "", PARTS[name])), ...FORMULAS[name](what)];
}
