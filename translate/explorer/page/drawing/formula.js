/** How one part of the cell came about at a word: its formula, and the same with this word's numbers. */
import { el } from "app/drawing/draw.js";
import { openness } from "app/network/readout.js";
import { CANDIDATES } from "app/network/walk.js";
import { number, signed } from "app/words/numbers.js";
import { PARTS, SITES } from "app/words/terms.js";

/** How one part of the drawing came about at this word: the formula, and the same with numbers. */
export function formula(app, view, step, name, word, writes) {
  const { look, valves } = step;
  const single = Number.isInteger(view.unit);
  const over = single ? "" : ` (${look.name})`;
  const line = (...parts) => el("p", { class: "formula" }, ...parts);
  const note = (...parts) => el("p", { class: "small" }, ...parts);
  const gate = (site, squash, value, letter) => {
    const { word: w, hidden: h, sum } = step.push(site);
    return [
      line(`${letter} = ${squash}(W x + b + U h before)`),
      single
        ? line(`= ${squash}(${number(w)} ${signed(h)}) = ${squash}(${number(sum)}) = ${number(value, 3)}`)
        : line(`= ${number(value, 3)}${over}`),
      note(
        `The word pushes by ${signed(w)}, what was said before by ${signed(h)}`,
        `${single ? "" : " on average, before the squashing"}.`,
      ),
    ];
  };
  const cell = app.model.config.cell;
  const { walk } = app.payload;
  const term = app.term;
  const odds = look.gender ? "In log-odds of feminine, above 0 is feminine. " : "";
  const made = {
    x: () => [
      line(`x = the vector of “${word}”`),
      note(
        view.layer
          ? "In this layer the word comes as the hidden state of the layer below."
          : `${app.model.config.embedding} numbers that stand for the word. They tell every valve something; ` +
              "click one to see how much.",
      ),
    ],
    h0: () => [
      line(`h before = ${number(step.hBefore)}${over}`),
      note("What the cell said after the word before. Together with the word it moves the valves."),
    ],
    c0: () => [
      line(`c before = ${number(step.before)}${over}`),
      note(odds, "What the memory pipeline brings from the word before."),
    ],
    f: () => [
      ...gate(cell === "gru" ? "z" : "f", "σ", valves.f, "f"),
      note(
        `Open above ${walk.open.toFixed(2)}, closed below ${walk.closed.toFixed(2)}. Here it is `,
        el("b", null, openness(valves.f, walk)),
        `: ${(100 * valves.f).toFixed(0)} % is kept, and ${signed(step.erased)} is taken away.`,
      ),
    ],
    i: () => [
      ...(cell === "gru" ? [line(`i = 1 − z = ${number(valves.i, 3)}`)] : gate("i", "σ", valves.i, "i")),
      note(
        "Here it is ",
        el("b", null, openness(valves.i, walk)),
        `: ${(100 * valves.i).toFixed(0)} % of the candidate goes in.`,
      ),
    ],
    g: () => gate(CANDIDATES[cell], "tanh", step.candidate, "g"),
    c: () => [
      line("c = f · c before + i · g"),
      single
        ? line(
            `= ${number(valves.f, 3)} · ${number(step.before)} + ${number(valves.i, 3)} · ${number(step.candidate)}`,
            ` = ${number(step.after)}`,
          )
        : line(
            `= ${number(step.before)} ${signed(step.erased)} ${signed(step.written)} = ${number(step.after)}${over}`,
          ),
      note(
        odds,
        single ? "" : "Before, erased, written: unit by unit the formula above, summed along what you look at. ",
        "The + is an addition: what is kept is not squeezed through anything on its way.",
      ),
    ],
    o: () => [...gate("o", "σ", valves.o, "o"), note("Here it is ", el("b", null, openness(valves.o, walk)), ".")],
    h: () => [
      line("h = o · tanh(c)"),
      single
        ? line(`= ${number(valves.o, 3)} · ${number(step.squashed)} = ${number(step.hAfter)}`)
        : line(`= ${number(step.hAfter)}${over}`),
      note(
        writes
          ? `From h the next word is chosen: “${writes}”.`
          : "Its own next step hears h; after the last English word it goes, with c, to the writer.",
      ),
    ],
  };
  if (cell === "gru" && ["o", "h"].includes(name))
    return [line("h is the memory itself"), note("A GRU has no output valve.")];
  return [el("h3", null, term(SITES[name.replace("0", "")] ?? "", PARTS[name])), ...made[name]()];
}
