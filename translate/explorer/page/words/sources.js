/**
 * By what each number can be made again: the sentence beside an example that says how it is in general, and the
 * footer.
 */
import { el } from "app/drawing/draw.js";
import { thousands } from "app/words/numbers.js";

const range = (x, share) => (!share ? x.toFixed(2) : x < 1 && x >= 0.9995 ? "99.9+" : (100 * x).toFixed(1));

/** The aggregate of a single example: its sentence, its interval, and the figure of the report that shows it. */
export function aggregate({ payload }, id) {
  const found = Object.hasOwn(payload.aggregates, id) ? payload.aggregates[id] : null;
  if (!found)
    return el(
      "p",
      { class: "aggregate" },
      el("b", null, "In general: "),
      "not measured for this model; run ",
      el("code", null, "translate probe"),
      " on it, and make this page again with ",
      el("code", null, "--results report"),
      ".",
    );
  const { text, verdict, value, interval, n, unit, share, figure } = found;
  const { command, seed, page } = payload.measured;
  return el(
    "p",
    { class: "aggregate" },
    el("b", null, "In general: "),
    text,
    " ",
    verdict && verdict !== "holds" ? el("b", null, `(${verdict}) `) : null,
    el(
      "span",
      { class: "source" },
      `${range(value, share)}${share ? " %" : ""} [${interval.map((x) => range(x, share)).join(", ")}], `,
      `n = ${thousands(n)} ${unit}; `,
      el("code", null, command),
      `, seed ${seed}; `,
      page ? el("a", { href: `${page}#${figure}` }, `figure “${figure}”`) : `figure “${figure}” of its report`,
      ".",
    ),
  );
}

export function footer({ payload: { about, measured } }) {
  return el(
    "p",
    null,
    `Model ${about.name}, ${about.shape}; weights ${about.model}, training seed ${about.seed}. `,
    "Every gate on this page is computed here, in the browser, from these weights. Page made by ",
    el("code", null, about.command),
    ` (version ${about.version}). `,
    measured
      ? [
          "Sentences “in general” come from ",
          el("code", null, measured.command),
          `, seed ${measured.seed}, ${measured.corpus}.`,
        ]
      : ["Nothing was measured over many sentences: ", el("code", null, "translate probe"), " does."],
  );
}
