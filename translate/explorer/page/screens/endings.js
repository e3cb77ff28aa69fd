/** How sure the network is of each right ending: the number, and the picture of it before and after a change. */
import { picture, scale, svg } from "app/drawing/draw.js";
import { percent } from "app/words/numbers.js";
import { SHAPES } from "app/words/terms.js";

/**
 * p(right ending) of each agreeing word of `run`: its share against the other gender's form, all earlier words as
 * they were.
 */
export function endings(app, run, probs) {
  return run.written.flatMap((id, t) => {
    const word = app.target.word(id);
    const found = app.grammar(word);
    const other = found && app.target.id(found.other);
    if (found?.kind !== "agrees" || other === undefined || !probs[t]) return [];
    return [{ t, word, other: found.other, p: probs[t][id] / (probs[t][id] + probs[t][other] || 1) }];
  });
}

/** Before (hollow), after (full) and random units (ticks) of each agreeing word on an axis from 0 to 1. */
export function dots(app, before, after, random, width) {
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
